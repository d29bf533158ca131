//! The window and the acts from receipt to recusal, asked of the real edge: the form, a wrong form, the act.

use crate::browser::Browser;
use crate::html;
use crate::site::Site;
use axum::http::StatusCode;

pub const PDF: &[u8] = b"%PDF-1.7 signed";

/// What a paper says, typed by the clerk.
pub fn typed(site: &Site) -> Vec<(&'static str, String)> {
    let texts = [
        ("channel", "window"),
        ("received_on.year", "2026"),
        ("received_on.month", "9"),
        ("received_on.day", "15"),
        ("handed_in_on.year", "2026"),
        ("handed_in_on.month", "9"),
        ("handed_in_on.day", "14"),
        ("handed_in_to", "子岸镇民政所"),
        ("name", "高玉兰"),
        ("post", "民政专干"),
        ("work_kind", "dibao"),
        ("work_links", "check"),
        ("happened.year", "2026"),
        ("happened.month", "3"),
        ("clauses.data", "s3-5"),
        ("claim", "exempt"),
        ("account", "三月核对时车辆数据还没有更新。"),
        ("reporting", "reported"),
        ("held", "none"),
        ("correcting", "corrected"),
        ("kin", "no"),
        ("declaration", "2026-1"),
        ("act_id", "000000000000000000000000000000a1"),
    ];
    let mut fields: Vec<_> = texts.into_iter().map(|(name, text)| (name, text.to_owned())).collect();
    fields.push(("unit", site.institution("镇政府").to_string()));
    fields
}

pub fn borrowed<'f>(fields: &'f [(&'f str, String)]) -> Vec<(&'f str, &'f str)> {
    fields.iter().map(|(name, text)| (*name, text.as_str())).collect()
}

#[tokio::test]
async fn a_paper_is_entered_accepted_assigned_and_invited() {
    let site = Site::new().await;
    let mut clerk = Browser::of(&site, "收件岗", "shou").await;
    html::check("paper", &clerk.open("/paper").await.html);

    // Without the scan, and with a day that is none: refused by field, what was typed kept.
    let mut wrong = typed(&site);
    wrong.retain(|(name, _)| *name != "kin");
    wrong.push(("carried_by", "她儿子".into()));
    let answer = clerk.send("/paper", &borrowed(&wrong)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.html.contains("id=\"kin-error\"") && answer.html.contains("她儿子"));
    let answer = clerk.send("/paper", &borrowed(&typed(&site))).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.html.contains("id=\"scan-error\"") && answer.html.contains("高玉兰"),
        "{}",
        html::text(&answer.html)
    );
    let answer = clerk
        .upload_as("/paper", &borrowed(&typed(&site)), "scan", "空.pdf", b"")
        .await;
    assert!(
        answer.html.contains("id=\"scan-error\""),
        "{}",
        html::text(&answer.html)
    );

    // A scan that came with a form that is refused is not sent again; a colleague does not get hold of it.
    let mut wrong = typed(&site);
    wrong.retain(|(name, _)| *name != "kin");
    let refused = clerk
        .upload_as("/paper", &borrowed(&wrong), "scan", "签名页.pdf", PDF)
        .await;
    assert!(refused.html.contains("✓ 已收到：签名页.pdf") && !refused.html.contains("id=\"scan-error\""));
    let kept = refused.hidden("scan.kept");
    let mut again = typed(&site);
    again.push(("scan.kept", kept));
    let mut lead = Browser::of(&site, "局长", "ju").await;
    let answer = lead.send("/paper", &borrowed(&again)).await;
    assert!(
        answer.html.contains("id=\"scan-error\""),
        "{}",
        html::text(&answer.html)
    );
    again.retain(|(name, _)| *name != "received_on.day");
    let refused = clerk.send("/paper", &borrowed(&again)).await;
    assert!(refused.html.contains("✓ 已收到：签名页.pdf") && refused.html.contains("id=\"received_on-error\""));
    let kept = refused.hidden("scan.kept");
    let mut right = typed(&site);
    right.retain(|(name, _)| *name != "act_id");
    right.extend([
        ("scan.kept", kept),
        ("act_id", "000000000000000000000000000000a0".into()),
    ]);
    let answer = clerk.send("/paper", &borrowed(&right)).await;
    assert_eq!(
        answer.location,
        "/paper/done/JZ-410928-2026-0001",
        "{}",
        html::text(&answer.html)
    );

    // Sent twice, received once.
    let fields = typed(&site);
    let answer = clerk
        .upload_as("/paper", &borrowed(&fields), "scan", "申请书.pdf", PDF)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", html::text(&answer.html));
    let again = clerk
        .upload_as("/paper", &borrowed(&fields), "scan", "申请书.pdf", PDF)
        .await;
    assert_eq!(again.location, answer.location);
    assert_eq!(answer.location, "/paper/done/JZ-410928-2026-0002");
    let slip = html::check("slip", &clerk.open(&answer.location).await.html);
    for told in [
        "已收下高玉兰的申请",
        "JZ-410928-2026-0002",
        "收到时间 2026 年 9 月 15 日（周二）",
        "最迟 2026 年 10 月 10 日（周六）出结论",
    ] {
        assert!(slip.contains(told), "{told}: {}", html::text(&slip));
    }
    let intake = "/cases/JZ-410928-2026-0002/acts/intake".to_owned();
    assert!(slip.contains(&intake));
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    assert_eq!(worker.open(&answer.location).await.status, StatusCode::NOT_FOUND);

    // The clerk accepts and invites; assigning is the lead's.
    let page = clerk.open(&intake).await;
    html::check("intake", &page.html);
    assert!(page.html.contains("value=\"accept\"") && page.html.contains("value=\"invite\""));
    assert!(!page.html.contains("value=\"assign\""));
    assert!(
        clerk
            .send(&intake, &[("matters", "核对的经过")])
            .await
            .html
            .contains("id=\"parts-error\"")
    );
    let ids = [
        page.hidden("act_id.accept"),
        page.hidden("act_id.invite"),
        page.hidden("version"),
    ];
    let both = [
        ("parts", "accept"),
        ("parts", "invite"),
        ("matters", "核对的经过"),
        ("act_id.accept", ids[0].as_str()),
        ("act_id.invite", ids[1].as_str()),
        ("version", ids[2].as_str()),
    ];
    let case = "/cases/JZ-410928-2026-0002";
    assert_eq!(clerk.send(&intake, &both).await.location, case);
    assert_eq!(clerk.open(&intake).await.location, case);

    assert!(
        lead.send(&intake, &[("parts", "assign")])
            .await
            .html
            .contains("id=\"people-error\"")
    );
    let chen = site.person("调查甲").to_string();
    assert_eq!(
        lead.send(&intake, &[("parts", "assign"), ("people", &chen)])
            .await
            .location,
        case
    );
    assert!(lead.open(case).await.html.contains("调查甲"));
}

#[tokio::test]
async fn only_the_bureau_has_a_window() {
    let site = Site::new().await;
    for (who, login) in [("申请人", "gong"), ("组长", "zu"), ("审计员", "shen")] {
        let mut browser = Browser::of(&site, who, login).await;
        assert_eq!(browser.open("/paper").await.status, StatusCode::NOT_FOUND, "{who}");
        assert_eq!(
            browser.send("/paper", &[("name", "高玉兰")]).await.status,
            StatusCode::NOT_FOUND,
            "{who}"
        );
    }
}

/// Opens the act's form, sends it wrong, sends it right.
async fn does(browser: &mut Browser, number: &str, act: &str, wrong: &[(&str, &str)], right: &[(&str, &str)]) {
    let url = format!("/cases/{number}/acts/{act}");
    let page = browser.open(&url).await;
    assert_eq!(page.status, StatusCode::OK, "{act}: {}", html::text(&page.html));
    html::check(act, &page.html);
    if let Some((_, kept)) = wrong.first() {
        let answer = browser.send(&url, wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        assert!(
            answer.html.contains("处要改") && answer.html.contains("-error\""),
            "{act}: {}",
            html::text(&answer.html)
        );
        assert!(answer.html.contains(kept), "{act} keeps what was typed");
    }
    let mut fields = right.to_vec();
    let (id, version) = (page.hidden("act_id"), page.hidden("version"));
    fields.extend([("act_id", id.as_str()), ("version", version.as_str())]);
    let answer = browser.send(&url, &fields).await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "{act}: {}",
        html::text(&answer.html)
    );
    // The same form again does nothing again.
    let again = browser.send(&url, &fields).await;
    assert_ne!(again.status, StatusCode::INTERNAL_SERVER_ERROR, "{act} again");
}

#[tokio::test]
async fn every_act_from_receipt_to_recusal() {
    let site = Site::new().await;
    let number = site.submitted("核对时数据没有更新。").await;
    let other = site.submitted("同一件事的另一份。").await;
    let mut clerk = Browser::of(&site, "收件岗", "shou").await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let mut lead = Browser::of(&site, "局长", "ju").await;
    let mut group = Browser::of(&site, "组长", "zu").await;
    let mut first = Browser::of(&site, "调查甲", "jia").await;
    let (jia, yi) = (site.person("调查甲").to_string(), site.person("调查乙").to_string());
    let pack = site.app.packs().current().id.clone();

    let items = [
        ("items", "入户核查表"),
        ("until.year", "2026"),
        ("until.month", "9"),
        ("until.day", "24"),
    ];
    does(&mut clerk, &number, "request-supplement", &items[..2], &items).await;
    does(
        &mut worker,
        &number,
        "supplement",
        &[("text", "")],
        &[("text", "表在所里。")],
    )
    .await;
    let basis = [
        ("procedure", pack.as_str()),
        ("substance", &pack),
        ("rule", "procedure"),
        ("reason", "都在有效期内。"),
    ];
    does(
        &mut clerk,
        &number,
        "name-basis",
        &[("reason", "都在有效期内。")],
        &basis,
    )
    .await;
    does(
        &mut clerk,
        &number,
        "link",
        &[("other", "JZ-410928-2026-9999")],
        &[("other", &other)],
    )
    .await;
    does(&mut clerk, &number, "accept", &[], &[]).await;
    let clue = [
        ("to", "濮阳县纪委监委"),
        ("reason", "有人反映收过烟酒。"),
        ("what", "clue"),
    ];
    does(&mut clerk, &number, "transfer", &clue[..2], &clue).await;
    let claim = [("reason", "听了解释。"), ("claim", "mitigate")];
    does(&mut worker, &number, "amend-claim", &claim[..1], &claim).await;
    let borrow = [("from", "清丰县民政局"), ("reason", "人不够。")];
    does(&mut lead, &number, "borrow", &borrow[..1], &borrow).await;
    does(&mut lead, &number, "assign", &[], &[("people", &jia)]).await;
    does(&mut group, &number, "assign", &[], &[("people", &yi)]).await;
    let ask = [
        ("reason", "他也去入户了。"),
        ("person", yi.as_str()),
        ("ground", "handled"),
    ];
    does(&mut worker, &number, "ask-recusal", &ask[..1], &ask).await;
    let rule = [
        ("reason", "没有参加。"),
        ("person", yi.as_str()),
        ("recused", "no"),
        ("password", Browser::password()),
    ];
    // Everything right but the password: what was typed stays.
    let unsigned = [rule[0], rule[1], rule[2], ("password", "bu-dui")];
    does(&mut group, &number, "rule-recusal", &unsigned, &rule).await;
    does(
        &mut first,
        &number,
        "declare-recusal",
        &[("reason", "是表姐。")],
        &[("ground", "kin")],
    )
    .await;
    let replace = [("reason", "已回避。"), ("out", jia.as_str())];
    does(&mut lead, &number, "replace-investigator", &replace[..1], &replace).await;
    let withdraw = [("reason", "想补齐材料。"), ("signature", "申请人")];
    does(&mut worker, &number, "withdraw", &withdraw[..1], &withdraw).await;

    let case = site
        .app
        .case_file(&site.viewer("收件岗").await, &number)
        .await
        .expect("readable")
        .case;
    assert!(case.ending.is_some() && case.linked.len() == 1 && case.clues.len() == 1);
    assert_eq!(case.investigators_missing(2), 1);
    // The link stands on both; the other is declined.
    let grounds = site.app.packs().current().procedure.decline_grounds[0].id.to_string();
    let decline = [
        ("reason", "不在本系统。"),
        ("heard", "没有意见。"),
        ("ground", grounds.as_str()),
    ];
    does(&mut lead, &other, "decline", &decline[..2], &decline).await;
    let case = site
        .app
        .case_file(&site.viewer("收件岗").await, &other)
        .await
        .expect("readable")
        .case;
    assert_eq!(case.linked.len(), 1);
}
