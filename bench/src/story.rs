//! A case from its application to the archive, every step an act.

use crate::measure::Failed;
use crate::site::{Site, institution, person};
use base::law::{Answer, Party, QuestionId};
use casefile::acts::*;
use casefile::case::{InquiryKind, Ring};
use rules::Role;

/// Applies, withdraws: the shortest case that is closed.
pub async fn withdrawn(site: &Site) -> Result<String, Failed> {
    let number = site.submits().await?;
    let withdraw = Withdraw {
        reason: "想再看看政策。".into(),
        signature: crate::site::APPLICANT.into(),
        scan: None,
    };
    site.does(crate::site::APPLICANT, &number, withdraw).await?;
    Ok(number)
}

/// Applies; accepted and assigned.
pub async fn assigned(site: &Site) -> Result<String, Failed> {
    let number = site.submits().await?;
    site.does("收件岗", &number, Accept {}).await?;
    site.does(
        "局长",
        &number,
        Assign {
            people: vec![assignee("陈涛", 1, Party::Bureau)],
        },
    )
    .await?;
    site.does(
        "组长",
        &number,
        Assign {
            people: vec![assignee("孙静", 2, Party::Discipline)],
        },
    )
    .await?;
    Ok(number)
}

fn assignee(name: &str, at: u8, party: Party) -> Assignee {
    Assignee {
        person: person(name),
        name: name.into(),
        institution: institution(at),
        party: Some(party),
        leads: false,
    }
}

/// The whole way, to the archive; the clock stands as it stood.
pub async fn filed(site: &Site) -> Result<String, Failed> {
    let number = assigned(site).await?;
    site.does(
        "收件岗",
        &number,
        Invite {
            matters: "请就申请所写的经过、当时按什么程序办，说明情况。".into(),
        },
    )
    .await?;
    for (title, proves) in [
        ("核对平台更新记录", "车辆数据晚到两个半月"),
        ("低保复核表", "入户、公示都按程序做了"),
    ] {
        let evidence = AddEvidence {
            title: title.into(),
            proves: proves.into(),
            made: None,
            ring: Ring::Everyone,
            protects: Vec::new(),
            document: false,
            file: None,
        };
        site.does("陈涛", &number, evidence).await?;
    }
    let inquiry = Investigate {
        kind: InquiryKind::Interview,
        on: site.app.today(),
        place: "子岸镇人民政府".into(),
        whom: "民政所所长".into(),
        text: "李春梅发现当天就报告了，平台当时确实没有车辆信息。".into(),
        with: person("孙静"),
    };
    site.does("陈涛", &number, inquiry).await?;
    let case = site.app.case(&number).await?.case;
    for inquiry in &case.inquiries {
        site.does("孙静", &number, Countersign { inquiry: inquiry.id }).await?;
    }
    let arguments = vec![
        "核对平台没有车辆数据，不是我没有查。".into(),
        "发现当天就报告了。".into(),
    ];
    site.does(
        crate::site::APPLICANT,
        &number,
        State {
            arguments,
            signed: None,
        },
    )
    .await?;
    for argument in site.app.case(&number).await?.case.statement.arguments {
        let answer = AnswerArgument {
            argument: argument.id,
            adopted: Some(true),
            reason: "平台更新记录证明，核对时确实没有这条数据。".into(),
        };
        site.does("陈涛", &number, answer).await?;
    }
    find(site, &number).await?;
    site.does(
        "收件岗",
        &number,
        Explain {
            note: "已向申请人释明可以请求减责。".into(),
        },
    )
    .await?;
    let text = "申请人按程序核对、入户、公示，偏差由车辆登记数据更新滞后造成，发现后当天报告并全部追回。";
    site.does("陈涛", &number, Conclude { text: text.into() }).await?;
    site.does("孙静", &number, SignConclusion {}).await?;
    for lead in ["局长", "组长"] {
        let reason = "偏差由部门数据滞后造成，申请人按程序核对、及时报告。";
        site.does(
            lead,
            &number,
            Opine {
                outcome: "免责".into(),
                reason: reason.into(),
            },
        )
        .await?;
    }
    site.does(
        "局长",
        &number,
        Determine {
            outcome: "免责".into(),
            reason: "符合三（五）。".into(),
        },
    )
    .await?;
    let recipients = vec!["驻县民政局纪检监察组".into()];
    site.does("收件岗", &number, Issue { recipients }).await?;
    let group = ReportRecipient {
        institution: Some(institution(2)),
        body: "驻县民政局纪检监察组".into(),
        authority: "会同审核认定".into(),
    };
    site.does(
        "收件岗",
        &number,
        SendReport {
            recipients: vec![group],
        },
    )
    .await?;
    site.does("收件岗", &number, Serve {}).await?;
    site.does(crate::site::APPLICANT, &number, Acknowledge {}).await?;
    site.does("马志强", &number, Acknowledge {}).await?;
    site.does(
        "收件岗",
        &number,
        FileCase {
            note: "全卷一册。".into(),
        },
    )
    .await?;
    Ok(number)
}

/// Finds what is asked next until the outcome follows: thresholds and 三（五） met, nothing else, no grave harm.
async fn find(site: &Site, number: &str) -> Result<(), Failed> {
    loop {
        let case = site.app.case(number).await?.case;
        let open = site.app.assessment(&case)?;
        let Some(question) = open.ask_next.first().cloned() else {
            return Ok(());
        };
        let yes = is_met(site, &question);
        let find = Find {
            question,
            answer: if yes { Answer::Yes } else { Answer::No },
            evidence: case.evidence.iter().map(|evidence| evidence.id).collect(),
            inquiries: case.inquiries.iter().map(|inquiry| inquiry.id).collect(),
            reason: "依据证据和笔录认定。".into(),
            citation: String::new(),
            impossible: false,
        };
        site.does("陈涛", number, find).await?;
    }
}

fn is_met(site: &Site, question: &QuestionId) -> bool {
    let pack = site.app.packs().current();
    let mut of = pack.clauses.iter().filter(|clause| clause.questions.contains(question));
    question.as_str() != "grave-harm" && of.any(|clause| clause.role == Role::Threshold || clause.id.as_str() == "s3-5")
}
