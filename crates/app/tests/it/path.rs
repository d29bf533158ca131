//! The main path from the application to the archive, through the use cases alone. Every text names the family, so that
//! a test can hold that no paper does.

use crate::site::Site;
use base::law::{Answer, OutcomeCode};
use casefile::acts::*;
use casefile::case::{InquiryKind, Ring};
use casefile::refusal::Kind;
use casefile::stage::Stage;

/// From receipt to the conclusion signed by both.
pub async fn concluded(site: &Site, account: &str) -> String {
    let number = site.submitted(account).await;
    site.at(9, 17, 9);
    site.does("收件岗", &number, Accept {}).await;
    site.does(
        "局长",
        &number,
        Assign {
            people: vec![assignee(site, "调查甲", "县局")],
        },
    )
    .await;
    site.does(
        "组长",
        &number,
        Assign {
            people: vec![assignee(site, "调查乙", "县组")],
        },
    )
    .await;
    site.does(
        "收件岗",
        &number,
        Invite {
            matters: "请说明经过。MARKER-matters 赵家庄王大山".into(),
        },
    )
    .await;
    let evidence = AddEvidence {
        title: "查询记录 MARKER-title 赵家庄王大山".into(),
        proves: "数据晚到 MARKER-proves 赵家庄王大山".into(),
        made: None,
        ring: Ring::Everyone,
        protects: Vec::new(),
        document: false,
        file: None,
    };
    site.does("调查甲", &number, evidence).await;
    let inquiry = Investigate {
        kind: InquiryKind::Interview,
        on: site.app.today(),
        place: "镇政府 MARKER-place 赵家庄王大山".into(),
        whom: "所长 MARKER-whom 赵家庄王大山".into(),
        text: "都查了 MARKER-inquiry 赵家庄王大山".into(),
        with: site.person("调查乙"),
    };
    site.does("调查甲", &number, inquiry).await;
    let case = site.app.case(&number).await.unwrap().case;
    site.does(
        "调查乙",
        &number,
        Countersign {
            inquiry: case.inquiries[0].id,
        },
    )
    .await;
    site.does(
        "申请人",
        &number,
        State {
            arguments: vec!["不是没查 MARKER-argument 赵家庄王大山".into()],
            signed: None,
        },
    )
    .await;
    let argument = site.app.case(&number).await.unwrap().case.statement.arguments[0].id;
    let answer = AnswerArgument {
        argument,
        adopted: Some(true),
        reason: "属实 MARKER-answer 赵家庄王大山".into(),
    };
    site.does("调查甲", &number, answer).await;
    find_all(site, &number).await;
    site.does(
        "收件岗",
        &number,
        Explain {
            note: "已释明".into()
        },
    )
    .await;
    site.does(
        "调查甲",
        &number,
        Conclude {
            text: "数据滞后所致 MARKER-conclusion 赵家庄王大山".into(),
        },
    )
    .await;
    site.does("调查乙", &number, SignConclusion {}).await;
    number
}

/// Who is assigned.
pub fn assignee(site: &Site, name: &str, at: &str) -> Assignee {
    let party = if at == "县局" {
        base::law::Party::Bureau
    } else {
        base::law::Party::Discipline
    };
    Assignee {
        person: site.person(name),
        name: name.into(),
        institution: site.institution(at),
        party: Some(party),
        leads: false,
    }
}

/// Thresholds and 三（五） established, no exclusion.
async fn find_all(site: &Site, number: &str) {
    loop {
        let case = site.app.case(number).await.unwrap().case;
        let assessment = site.app.assessment(&case).unwrap();
        let Some(question) = assessment.ask_next.first().cloned() else {
            return;
        };
        let excluded = question.as_str().starts_with("s5") || question.as_str() == "grave-harm";
        let other = question.as_str().starts_with("s3-") && question.as_str().as_bytes()[3].is_ascii_digit();
        let yes = !excluded && (!other || question.as_str().starts_with("s3-5"));
        let find = Find {
            question,
            answer: if yes { Answer::Yes } else { Answer::No },
            evidence: vec![case.evidence[0].id],
            inquiries: vec![case.inquiries[0].id],
            reason: "依据证据 MARKER-finding 赵家庄王大山".into(),
            citation: String::new(),
            impossible: false,
        };
        site.does("调查甲", number, find).await;
    }
}

/// An opinion for 免责.
pub fn opine() -> Opine {
    Opine {
        outcome: "免责".into(),
        reason: "符合 MARKER-opinion 赵家庄王大山".into(),
    }
}

/// From the application to the archive.
pub async fn filed(site: &Site, account: &str) -> String {
    let number = concluded(site, account).await;
    to_archive(site, &number).await;
    number
}

/// From the conclusion to the archive.
pub async fn to_archive(site: &Site, number: &str) {
    site.at(9, 18, 9);
    site.does("局长", number, opine()).await;
    site.does("组长", number, opine()).await;
    site.does(
        "局长",
        number,
        Determine {
            outcome: "免责".into(),
            reason: "符合三（五） MARKER-reason 赵家庄王大山".into(),
        },
    )
    .await;
    let recipients = vec!["驻县民政局纪检监察组".into()];
    site.does("收件岗", number, Issue { recipients }).await;
    let group = ReportRecipient {
        institution: Some(site.institution("县组")),
        body: "驻县民政局纪检监察组".into(),
        authority: "会同认定".into(),
    };
    site.does(
        "收件岗",
        number,
        SendReport {
            recipients: vec![group],
        },
    )
    .await;
    site.does("收件岗", number, Serve {}).await;
    site.does("申请人", number, Acknowledge {}).await;
    site.does("签收人", number, Acknowledge {}).await;
    site.does(
        "收件岗",
        number,
        FileCase {
            note: "全卷一册".into(),
        },
    )
    .await;
}

#[tokio::test]
async fn from_the_application_to_the_archive() {
    let site = Site::new().await;
    let number = filed(&site, "经过").await;
    assert_eq!(number, "JZ-410928-2026-0001");
    let case = site.app.case(&number).await.unwrap().case;
    assert_eq!(Stage::of(&case), Stage::Filed);
    assert_eq!(case.reports[0].number, "濮县民〔2026〕1号");
    assert!(case.conclusion.unwrap().in_time);
    let report = site
        .app
        .file(&site.viewer("局长").await, &number, &case.reports[0].file.address)
        .await
        .unwrap();
    let text = String::from_utf8(report.1).unwrap();
    for said in [
        "濮县民〔2026〕1号",
        "三（五）",
        "MARKER-argument",
        "MARKER-answer",
        "MARKER-opinion",
        "适用尽职免责机制",
    ] {
        assert!(text.contains(said), "the report does not say {said}");
    }
    assert!(
        site.app
            .audit(&site.viewer("审计员").await)
            .await
            .unwrap()
            .report
            .findings
            .is_empty()
    );
}

#[tokio::test]
async fn the_unit_sees_the_result_and_nothing_else() {
    let site = Site::new().await;
    let number = filed(&site, "经过 MARKER-account").await;
    let recipient = site.viewer("签收人").await;
    let results = site.app.unit_results(&recipient).await.unwrap();
    assert_eq!(results.len(), 1);
    assert_eq!(results[0].outcome, "适用尽职免责机制，依纪依法依规免于追责问责");
    let Err(app::Failure::Refused(hidden)) = site.app.case_file(&recipient, &number).await else {
        panic!("the unit reads the file")
    };
    assert_eq!(hidden.kind, Kind::NotFound);
}

#[tokio::test]
async fn a_determination_follows_from_the_findings() {
    let site = Site::new().await;
    let number = concluded(&site, "经过").await;
    site.does("局长", &number, opine()).await;
    let before = site
        .refused(
            "局长",
            &number,
            Determine {
                outcome: "免责".into(),
                reason: "好".into(),
            },
        )
        .await;
    assert_eq!(before.kind, Kind::NotYet);
    site.does("组长", &number, opine()).await;
    let outcome: OutcomeCode = "不予免责".into();
    let refusal = site
        .refused(
            "局长",
            &number,
            Determine {
                outcome,
                reason: "不好".into(),
            },
        )
        .await;
    assert_eq!(refusal.code, "against-findings");
}

#[tokio::test]
async fn received_though_no_pack_is_plainly_in_force() {
    let site = Site::without_publication().await;
    let number = site.submitted("经过").await;
    assert!(
        site.app
            .case(&number)
            .await
            .unwrap()
            .case
            .receipt
            .unwrap()
            .basis_pending
    );
}
