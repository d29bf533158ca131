//! The pages of opinions, determination, service and filing: what is typed becomes the act, or is refused at its field
//! with the text kept; the combined page; documents, receipts and the city's list.

// long because: a table with one entry an act, each with the whole act that must come of it.

use crate::browser::{Answer, Browser};
use crate::site::Site;
use crate::{html, path, sample};
use app::Standing;
use app::reading::{TodoItem, UnitResult};
use askama::Template;
use axum::http::StatusCode;
use base::law::Party;
use base::{ActId, Date, DocumentId, EventId, PersonId, Timestamp};
use casefile::act::ActName;
use casefile::acts::*;
use casefile::case::{Anew, Escalation, File, Manner, Opinion, Recipient, Report, Service};
use casefile::{Act, Refusal};
use web::desk::Desk;
use web::frame::Frame;
use web::pages::acts::{page_of, sample as draw, service};
use web::pages::{coordination, document, receipts};
use web::values::Values;

const ON: Date = Date::constant(2026, 9, 17);

/// A case with one opinion opened, reported to the city, determined, issued and served.
fn desk(act: ActName) -> Desk {
    let mut desk = sample::desk(act);
    desk.case.reports.push(Report {
        recipients: Vec::new(),
        document: DocumentId([21; 16]),
        number: "濮县民〔2026〕16号".into(),
        on: ON,
        by: Default::default(),
        by_name: "王丽".into(),
        file: pdf("认定报告.pdf"),
    });
    for to in [Recipient::Worker, Recipient::Unit] {
        desk.case.services.push(Service {
            to,
            document: DocumentId([22; 16]),
            file: pdf("告知书.pdf"),
            receipt: pdf("回证.pdf"),
            manner: Manner::Direct,
            on: ON,
            details: String::new(),
            acknowledged: None,
        });
    }
    desk
}

fn pdf(name: &str) -> File {
    File {
        address: "ab".repeat(32),
        name: name.into(),
        media: "application/pdf".into(),
        size: 1024,
        digest: "cd".repeat(32),
        ..File::default()
    }
}

fn typed(pairs: &[(&str, &str)]) -> Values {
    let mut values = Values::default();
    for (name, text) in pairs {
        values.put(name, text);
    }
    values
}

fn parsed(act: ActName, pairs: &[(&str, &str)]) -> Result<Act, Refusal> {
    (page_of(act).expect("a page").parse)(&desk(act), &typed(pairs))
}

fn group() -> ReportRecipient {
    ReportRecipient {
        institution: Some(sample::DISCIPLINE),
        body: "驻县民政局纪检监察组".into(),
        authority: "派驻监督".into(),
    }
}

fn elsewhere(body: &str, authority: &str) -> ReportRecipient {
    ReportRecipient {
        institution: None,
        body: body.into(),
        authority: authority.into(),
    }
}

#[test]
fn what_is_typed_becomes_the_act() {
    let reason = || "事实清楚。".to_owned();
    let table: Vec<(&[(&str, &str)], Act)> = vec![
        (
            &[("outcome", "免责"), ("reason", "事实清楚。")],
            Opine {
                outcome: "免责".into(),
                reason: reason(),
            }
            .into(),
        ),
        (
            &[("party", "discipline")],
            Remind {
                party: Party::Discipline,
            }
            .into(),
        ),
        (
            &[("party", "city"), ("reason", "事实清楚。")],
            NoteSilence {
                party: Party::City,
                reason: reason(),
            }
            .into(),
        ),
        (&[], OpenConsultation {}.into()),
        (
            &[
                ("held_on.year", "2026"),
                ("held_on.month", "9"),
                ("held_on.day", "17"),
                ("attendees", "周建国、赵明"),
                ("text", "谈过了。"),
                ("agreed", "-"),
            ],
            MinuteConsultation {
                held_on: ON,
                attendees: "周建国、赵明".into(),
                text: "谈过了。".into(),
                agreed: None,
            }
            .into(),
        ),
        (
            &[("grounds", "death"), ("reason", "事实清楚。")],
            Escalate {
                grounds: vec!["death".into()],
                reason: reason(),
            }
            .into(),
        ),
        (
            &[("text", "请按查明的事实办。")],
            Coordinate {
                text: "请按查明的事实办。".into(),
            }
            .into(),
        ),
        (
            &[("text", "同意。")],
            AddCityView {
                text: "同意。".into()
            }
            .into(),
        ),
        (
            &[("outcome", "减责"), ("reason", "事实清楚。")],
            Confirm {
                outcome: "减责".into(),
                reason: reason(),
            }
            .into(),
        ),
        (&[("reason", "事实清楚。")], ReturnToInquiry { reason: reason() }.into()),
        (
            &[("outcome", "免责"), ("reason", "事实清楚。")],
            Determine {
                outcome: "免责".into(),
                reason: reason(),
            }
            .into(),
        ),
        (
            &[("likely", "濮阳县纪委监委"), ("others", "濮阳市纪委监委，正在追究责任")],
            SendReport {
                recipients: vec![
                    group(),
                    elsewhere("濮阳县纪委监委", "干部管理权限"),
                    elsewhere("濮阳市纪委监委", "正在追究责任"),
                ],
            }
            .into(),
        ),
        (
            &[("likely", "子岸镇纪委")],
            Issue {
                recipients: vec!["驻县民政局纪检监察组".into(), "子岸镇纪委".into()],
            }
            .into(),
        ),
        (&[], AcknowledgeReport {}.into()),
        (&[], Serve::default().into()),
        (&[], Acknowledge {}.into()),
        (
            &[
                ("to", "unit"),
                ("manner", "left"),
                ("made_on.year", "2026"),
                ("made_on.month", "9"),
                ("made_on.day", "17"),
                ("witnesses", "王海、 刘芳"),
            ],
            ServeOtherwise {
                to: Recipient::Unit,
                manner: Manner::Left,
                made_on: ON,
                details: String::new(),
                witnesses: vec!["王海".into(), "刘芳".into()],
            }
            .into(),
        ),
        (
            &[("body", "县纪委监委"), ("text", "采纳。")],
            RecordUse {
                body: "县纪委监委".into(),
                text: "采纳。".into(),
            }
            .into(),
        ),
        (
            &[("reason", "事实清楚。")],
            ApplyReview {
                reason: reason(),
                signed: None,
            }
            .into(),
        ),
        (
            &[("upheld", "no"), ("reason", "事实清楚。")],
            DecideReview {
                upheld: false,
                reason: reason(),
            }
            .into(),
        ),
        (
            &[("ground", "concealment"), ("reason", "事实清楚。")],
            Redetermine {
                ground: Anew::Concealment,
                reason: reason(),
            }
            .into(),
        ),
        (
            &[("text", "三月改为二月。")],
            Correct {
                text: "三月改为二月。".into(),
            }
            .into(),
        ),
        (&[], FileCase::default().into()),
        (
            &[("note", "回函。")],
            FileSupplement {
                note: "回函。".into()
            }
            .into(),
        ),
    ];
    for (pairs, act) in table {
        assert_eq!(parsed(act.name(), pairs), Ok(act.clone()), "{}", act.name().code());
    }
}

#[test]
fn what_cannot_be_read_is_told_at_its_field_and_kept() {
    let table: [(ActName, &[(&str, &str)], &[&str]); 7] = [
        (ActName::Opine, &[("reason", "写好的理由")], &["outcome"]),
        (
            ActName::MinuteConsultation,
            &[("text", "写好的理由")],
            &["agreed", "held_on"],
        ),
        (ActName::SendReport, &[("others", "写好的理由")], &["others"]),
        (ActName::Issue, &[("others", "，写好的理由")], &["others"]),
        (
            ActName::ServeOtherwise,
            &[("details", "写好的理由")],
            &["to", "manner", "made_on"],
        ),
        (ActName::DecideReview, &[("reason", "写好的理由")], &["upheld"]),
        (ActName::Redetermine, &[("reason", "写好的理由")], &["ground"]),
    ];
    for (act, pairs, fields) in table {
        let refusal = parsed(act, pairs).expect_err("cannot be read");
        let named: Vec<&str> = refusal.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(named, fields, "{}", act.code());
        let page = draw(page_of(act).expect("a page"), &desk(act), &typed(pairs));
        let drawn = web::pages::acts::ActForm {
            form: page.form.refuse(&refusal),
            ..page
        };
        let html = html::check(act.code(), &drawn.render().expect("draws"));
        for field in &refusal.fields {
            assert_eq!(
                html.matches(&field.sentence).count(),
                2,
                "{}: in the summary and at the field",
                act.code()
            );
        }
        assert!(html.contains("写好的理由"), "{}: what was typed is kept", act.code());
    }
}

#[test]
fn one_form_for_issue_report_and_service_leaves_out_what_is_done() {
    let ids = [ActId([1; 16]), ActId([2; 16]), ActId([3; 16])];
    let mut desk = desk(ActName::Issue);
    assert_eq!(service::steps(&desk.case), [ActName::SendReport]);
    desk.case.reports.clear();
    desk.case.services.clear();
    assert_eq!(
        service::steps(&desk.case),
        [ActName::Issue, ActName::SendReport, ActName::Serve]
    );
    let form = service::form(&desk, &Values::default(), ids);
    let names: Vec<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
    for name in [
        "likely",
        "others",
        "password",
        "id-issue",
        "id-report",
        "id-serve",
        "version",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    let acts = service::parse(&desk, &typed(&[("likely", "濮阳县纪委监委")])).expect("can be read");
    assert_eq!(
        acts[1],
        SendReport {
            recipients: vec![group(), elsewhere("濮阳县纪委监委", "干部管理权限")]
        }
        .into()
    );
    assert_eq!(
        service::parse(&desk, &typed(&[("others", "只有名称")]))
            .unwrap_err()
            .fields[0]
            .field,
        "others"
    );
}

#[test]
fn a_withheld_opinion_is_on_no_page() {
    let mut desk = desk(ActName::Opine);
    let page = || page_of(ActName::Opine).expect("a page");
    let empty = draw(page(), &desk, &Values::default()).render().expect("draws");
    // Case::apply is the only way to a withheld opinion; this is the case as it is read before the opening.
    let committed = OpinionCommitted {
        party: Party::Discipline,
        opinion: EventId([5; 16]),
        sealed: None,
    };
    let meta = casefile::Meta {
        event: EventId([5; 16]),
        act: ActId([6; 16]),
        actor: PersonId([14; 16]),
        capacity: desk.capacity,
        stood: Default::default(),
        recorded: Timestamp::default(),
        version: 2,
    };
    let version = desk.case.version;
    desk.case.apply(&meta, &committed.into());
    desk.case.version = version;
    assert!(matches!(
        desk.case.opinions.get(&Party::Discipline),
        Some(Opinion { content: None, .. })
    ));
    assert_eq!(draw(page(), &desk, &Values::default()).render().expect("draws"), empty);
}

#[test]
fn receipts_show_the_result_only() {
    let result = |acknowledged| UnitResult {
        number: "JZ-410928-2026-0017".into(),
        worker: "李春梅".into(),
        bureau: "濮阳县民政局".into(),
        outcome: "适用尽职免责机制".into(),
        on: ON,
        file: pdf("告知书.pdf"),
        acknowledged,
        version: 9,
        revoked: false,
    };
    let open = receipts::page(Frame::bare(), vec![result(None)], || ActId([7; 16]));
    let text = html::check("receipts", &open.render().expect("draws"));
    assert!(text.contains("签收：已收到，不代表同意") && text.contains("适用尽职免责机制"));
    let signed = receipts::page(Frame::bare(), vec![result(Some((ON, "马志强".into())))], || {
        ActId([7; 16])
    });
    let text = html::check("receipts-signed", &signed.render().expect("draws"));
    assert!(text.contains("马志强签收") && !text.contains("<button"));
    let none = receipts::page(Frame::bare(), vec![], || ActId([7; 16]));
    assert!(html::check("receipts-none", &none.render().expect("draws")).contains("现在没有等您签收的。"));
}

#[test]
fn a_service_is_told_in_words() {
    let service = |manner, acknowledged| Service {
        to: Recipient::Worker,
        document: DocumentId([22; 16]),
        file: pdf("告知书.pdf"),
        receipt: pdf("回证.pdf"),
        manner,
        on: ON,
        details: String::new(),
        acknowledged,
    };
    let table = [
        (service(Manner::Direct, None), "送出，等签收"),
        (service(Manner::Direct, Some((ON, "李春梅".into()))), "，李春梅签收"),
        (service(Manner::Left, None), "留置送达"),
        (service(Manner::Posted, None), "邮寄送达"),
        (service(Manner::Announced, None), "公告送达"),
    ];
    for (service, end) in table {
        assert!(
            document::state(&service).ends_with(end),
            "{}",
            document::state(&service)
        );
    }
}

#[test]
fn a_document_shows_its_number_its_file_and_its_service() {
    let case = desk(ActName::Issue).case;
    let file = sample::file(case, Standing::Team(Party::Bureau), ON, &[]);
    for (id, has) in [(21, "濮县民〔2026〕16号"), (22, "送出，等签收")] {
        let page = document::page(Frame::bare(), &file, DocumentId([id; 16])).expect("a document of the case");
        let text = html::check("document", &page.render().expect("draws"));
        assert!(text.contains(has) && text.contains("/files/abab"), "{has}");
    }
    assert!(document::page(Frame::bare(), &file, DocumentId([23; 16])).is_none());
}

#[test]
fn the_city_sees_both_opinions_and_where_they_differ() {
    let mut case = sample::opinions();
    case.escalation = Some(Escalation {
        grounds: vec!["death".into()],
        on: ON,
        by: Party::Bureau,
        reason: "老人在家中去世。".into(),
        discipline_view: None,
        city_silent: false,
    });
    let file = sample::file(case, Standing::City(Party::City), ON, &[]);
    let item = TodoItem {
        act: ActName::Coordinate,
        number: file.number.clone(),
        applicant: "李春梅".into(),
        due: Some(Date::constant(2026, 9, 16)),
        since: ON,
        reminded: None,
        open_questions: None,
    };
    let matters = coordination::matter(&file, &item).into_iter().collect();
    let page = coordination::CoordinationPage {
        frame: Frame::bare(),
        matters,
        overdue: vec![(
            "JZ-410928-2026-0001".into(),
            "张伟（子岸镇）".into(),
            "应于9 月 1 日（周二）出结论，已经超期".into(),
        )],
    };
    let text = html::check("coordination", &page.render().expect("draws"));
    for has in [
        "老人在家中去世。",
        "应于",
        "/acts/coordinate",
        "有人死亡或者发生极端事件",
        "超期上报",
        "JZ-410928-2026-0001",
    ] {
        assert!(text.contains(has), "{has}");
    }
    let none = coordination::CoordinationPage {
        frame: Frame::bare(),
        matters: vec![],
        overdue: vec![],
    };
    assert!(html::check("coordination-none", &none.render().expect("draws")).contains("现在没有等您协调的。"));
}

/// The form of `url` sent with `fields`, its hidden fields as the page had them.
async fn sends(browser: &mut Browser, url: &str, hidden: &[&str], fields: &[(&str, &str)]) -> Answer {
    let page = browser.open(url).await;
    assert_eq!(page.status, StatusCode::OK, "{url}: {}", html::text(&page.html));
    let kept: Vec<(&str, String)> = hidden.iter().map(|name| (*name, page.hidden(name))).collect();
    let all: Vec<(&str, &str)> = kept
        .iter()
        .map(|(name, id)| (*name, id.as_str()))
        .chain(fields.iter().copied())
        .collect();
    browser.send(url, &all).await
}

#[tokio::test]
async fn from_the_opinions_to_the_receipts_in_the_browser() {
    let site = Site::new().await;
    let number = path::concluded(&site, "经过").await;
    let act = |code: &str| format!("/cases/{number}/acts/{code}");
    let once = ["act_id", "version"];
    let signed = ("password", Browser::password());
    let mut lead = Browser::of(&site, "局长", "juzhang").await;
    let mut group = Browser::of(&site, "组长", "zuzhang").await;
    let mut clerk = Browser::of(&site, "收件岗", "shoujian").await;

    let mine = [("outcome", "免责"), ("reason", "局里的理由"), signed];
    assert_eq!(
        sends(&mut lead, &act("opine"), &once, &mine).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(!group.open(&act("opine")).await.html.contains("局里的理由"), "withheld");
    let wrong = sends(&mut group, &act("opine"), &once, &[("reason", "组里的理由"), signed]).await;
    assert!(wrong.html.contains("组里的理由") && wrong.html.matches("还没选意见。请选一项。").count() == 2);
    let own = [("outcome", "免责"), ("reason", "组里的理由"), signed];
    assert_eq!(
        sends(&mut group, &act("opine"), &once, &own).await.status,
        StatusCode::SEE_OTHER
    );

    let against = [("outcome", "不予免责"), ("reason", "不符合"), signed];
    let refused = sends(&mut lead, &act("determine"), &once, &against).await;
    assert!(refused.html.contains("查明的事实得不出这个结果。") && refused.html.contains("组里的理由"));
    let follows = [("outcome", "免责"), ("reason", "符合三（五）"), signed];
    assert_eq!(
        sends(&mut lead, &act("determine"), &once, &follows).await.status,
        StatusCode::SEE_OTHER
    );

    let ids = ["id-issue", "id-report", "id-serve", "version"];
    let unclear = sends(&mut clerk, &act("service"), &ids, &[("others", "只有名称"), signed]).await;
    assert!(
        unclear.html.contains("“只有名称”要写成"),
        "{}",
        html::text(&unclear.html)
    );
    let page = clerk.open(&act("service")).await;
    let kept: Vec<_> = ids.iter().map(|name| (*name, page.hidden(name))).collect();
    let mut form: Vec<(&str, &str)> = kept.iter().map(|(name, id)| (*name, id.as_str())).collect();
    form.extend([("others", "县纪委监委，干部管理权限"), signed]);
    for _ in 0..2 {
        let done = clerk.send(&act("service"), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", html::text(&done.html));
    }
    let case = site.app.case(&number).await.expect("the case").case;
    assert_eq!(
        (case.reports.len(), case.reported.len(), case.services.len()),
        (1, 2, 2)
    );

    let report = format!("/cases/{number}/documents/{}", case.reports[0].document);
    assert!(clerk.open(&report).await.html.contains(&case.reports[0].number));
    let mut unit = Browser::of(&site, "签收人", "qianshou").await;
    assert!(unit.open("/todo").await.html.contains("/receipts"));
    assert_eq!(unit.open(&report).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        unit.open(&format!("/receipts/{number}/file")).await.status,
        StatusCode::OK
    );
    let receipts = unit.open("/receipts").await;
    assert!(!receipts.html.contains("组里的理由"));
    let signed_for = unit
        .send(
            &format!("/receipts/{number}"),
            &[("act_id", &receipts.hidden("act_id"))],
        )
        .await;
    assert_eq!(signed_for.status, StatusCode::SEE_OTHER);
    let case = site.app.case(&number).await.expect("the case").case;
    assert!(
        case.services
            .iter()
            .any(|service| service.to == Recipient::Unit && service.complete())
    );

    let mut colleague = Browser::of(&site, "同事", "tongshi").await;
    for hidden in [
        "/coordination".to_owned(),
        format!("/receipts/{number}/file"),
        report,
        act("service"),
    ] {
        assert_eq!(colleague.open(&hidden).await.status, StatusCode::NOT_FOUND, "{hidden}");
    }
    let mut city = Browser::of(&site, "市协调人", "xietiao").await;
    assert_eq!(city.open("/coordination").await.status, StatusCode::OK);
}
