//! Papers: made with their act or not at all, numbered without gaps, read by whom they are for, and seen before.

use crate::path::{concluded, filed, opine};
use crate::site::{JAM, Site};
use app::{Failure, Signature};
use casefile::acts::*;
use casefile::refusal::Kind;
use casefile::{Act, MadePaper, PaperKind};

async fn papers(site: &Site, number: &str) -> Vec<MadePaper> {
    site.app.case(number).await.unwrap().case.papers
}

/// The text of a paper: the press of the tests prints its data.
async fn read(site: &Site, who: &str, number: &str, paper: &MadePaper) -> Option<String> {
    let viewer = site.viewer(who).await;
    let file = site.app.file(&viewer, number, &paper.file.address).await;
    file.ok().map(|(_, bytes)| String::from_utf8(bytes).unwrap())
}

fn decline(reason: &str) -> Decline {
    Decline {
        ground: "not-work".into(),
        reason: reason.into(),
        heard: "9 月 16 日电话问过，没有意见。".into(),
    }
}

fn escalate() -> Escalate {
    Escalate {
        grounds: vec!["public-attention".into()],
        reason: "有媒体在问 MARKER-major".into(),
    }
}

#[tokio::test]
async fn every_act_of_the_main_path_leaves_its_papers() {
    let site = Site::new().await;
    let number = filed(&site, "经过 MARKER-account").await;
    let made = papers(&site, &number).await;
    let told: Vec<_> = made
        .iter()
        .map(|paper| (paper.kind.code(), paper.number.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("receipt", ""),
            ("acceptance", "濮县民函〔2026〕1号"),
            ("leaflet", ""),
            ("defence-notice", "濮县民函〔2026〕2号"),
            ("inquiry", ""),
            ("statement", ""),
            ("conclusion", ""),
            ("report", "濮县民〔2026〕1号"),
            ("report-letter", "濮县民函〔2026〕3号"),
            ("result-worker", "濮县民函〔2026〕4号"),
            ("service-worker", ""),
            ("result-unit", "濮县民函〔2026〕5号"),
            ("service-unit", ""),
        ]
    );
    let says: [(PaperKind, &[&str]); 7] = [
        (
            PaperKind::Receipt,
            &["JZ-410928-2026-0001", "2026年9月16日9时00分", "收到当天不算"],
        ),
        (
            PaperKind::Acceptance,
            &["14", "濮民〔2024〕16号", "驻县民政局纪检监察组"],
        ),
        (PaperKind::Leaflet, &["申请人权利告知书", "您可以撤回申请"]),
        (
            PaperKind::Conclusion,
            &["调查甲", "调查乙", "三（五）", "适用尽职免责机制"],
        ),
        (PaperKind::ReportLetter, &["濮县民〔2026〕1号", "驻县民政局纪检监察组"]),
        (PaperKind::ResultUnit, &["子岸镇人民政府", "濮县民〔2026〕1号"]),
        (PaperKind::ServiceUnit, &["濮县民函〔2026〕5号"]),
    ];
    for (kind, phrases) in says {
        let paper = made.iter().find(|paper| paper.kind == kind).unwrap();
        let text = read(&site, "收件岗", &number, paper).await.unwrap();
        for phrase in phrases {
            assert!(text.contains(phrase), "{}: {phrase} is not in {text}", kind.title());
        }
        assert!(!text.contains("proof"), "{} is marked as a proof", kind.title());
    }
}

#[tokio::test]
async fn no_paper_names_the_family_or_its_village() {
    let account = "赵家庄村的王大山一家，子岸镇赵家庄村都知道 MARKER-account";
    let whole = Site::new().await;
    let number = filed(&whole, account).await;
    let correct = Correct {
        text: "王大山的名字写错 MARKER-correction".into(),
    };
    whole.does("收件岗", &number, correct).await;
    let short = Site::new().await;
    let declined = short.submitted(account).await;
    short
        .does("局长", &declined, decline("赵家庄村王大山的事 MARKER-decline"))
        .await;
    let major = Site::new().await;
    let city = concluded(&major, account).await;
    let ask = Escalate {
        reason: "赵家庄村王大山上了新闻 MARKER-major".into(),
        ..escalate()
    };
    major.does("局长", &city, ask).await;
    let say = Coordinate {
        text: "王大山一事照办 MARKER-city".into(),
    };
    major.does("市协调人", &city, say).await;
    let mut printed = String::new();
    for (site, number) in [(&whole, number), (&short, declined), (&major, city)] {
        for paper in papers(site, &number).await {
            let text = read(site, "收件岗", &number, &paper).await.unwrap();
            for hidden in ["王大山", "赵家庄"] {
                assert!(!text.contains(hidden), "{} says {hidden}: {text}", paper.kind.title());
            }
            printed.push_str(&text);
        }
    }
    let markers = [
        "account",
        "matters",
        "title",
        "inquiry",
        "argument",
        "answer",
        "conclusion",
        "finding",
        "opinion",
        "reason",
        "correction",
        "decline",
        "major",
        "city",
    ];
    for marker in markers {
        assert!(
            printed.contains(&format!("MARKER-{marker}")),
            "no paper prints the {marker}"
        );
    }
    assert!(printed.contains("某村某户"));
}

#[tokio::test]
async fn a_paper_is_read_by_whom_it_is_for() {
    let site = Site::new().await;
    let number = filed(&site, "经过").await;
    for paper in papers(&site, &number).await {
        for (reader, allowed) in [
            ("申请人", paper.kind.is_for_applicant()),
            ("组长", true),
            ("市协调人", true),
            ("审计员", true),
            ("签收人", false),
            ("同事", false),
            ("管理员", false),
        ] {
            let open = read(&site, reader, &number, &paper).await.is_some();
            assert_eq!(open, allowed, "{reader}: {}", paper.kind.title());
        }
    }
    let worker = site.app.case_file(&site.viewer("申请人").await, &number).await.unwrap();
    let told = format!("{:?}{:?}", worker.case.papers, worker.entries);
    for hidden in ["Conclusion,", "ReportLetter", "ResultUnit", "Inquiry,"] {
        assert!(!told.contains(hidden), "the applicant is told of {hidden}");
    }
}

#[tokio::test]
async fn the_report_is_the_applicants_only_once_it_is_served() {
    let site = Site::new().await;
    let number = concluded(&site, "经过").await;
    for who in ["局长", "组长"] {
        site.does(who, &number, opine()).await;
    }
    let determine = Determine {
        outcome: "免责".into(),
        reason: "符合三（五）".into(),
    };
    site.does("局长", &number, determine).await;
    let recipients = vec!["驻县民政局纪检监察组".into()];
    site.does("收件岗", &number, Issue { recipients }).await;
    let report = papers(&site, &number).await.pop().unwrap();
    assert_eq!(report.kind, PaperKind::Report);
    assert!(read(&site, "申请人", &number, &report).await.is_none());
    site.does("收件岗", &number, Serve {}).await;
    assert!(read(&site, "申请人", &number, &report).await.is_some());
}

#[tokio::test]
async fn a_clue_goes_its_own_way() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    let clue = Transfer {
        what: Transferred::Clue,
        to: "濮阳县纪委监委".into(),
        reason: "有人代领 MARKER-clue".into(),
    };
    site.does("收件岗", &number, clue).await;
    let made = papers(&site, &number).await.pop().unwrap();
    assert_eq!(made.kind, PaperKind::Clue);
    assert!(
        read(&site, "组长", &number, &made)
            .await
            .unwrap()
            .contains("MARKER-clue")
    );
    assert!(read(&site, "申请人", &number, &made).await.is_none());
}

#[tokio::test]
async fn what_cannot_be_printed_is_not_done() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    let before = site.app.case(&number).await.unwrap();
    assert!(matches!(
        site.tries("局长", &number, decline(JAM)).await,
        Err(Failure::Press(_))
    ));
    let after = site.app.case(&number).await.unwrap();
    assert_eq!((after.case.version, after.case), (before.case.version, before.case));
    let auditor = site.viewer("审计员").await;
    assert!(site.app.audit(&auditor).await.unwrap().report.findings.is_empty());
    // The number was not used up.
    site.does("局长", &number, decline("殡葬管理的事")).await;
    assert_eq!(
        papers(&site, &number).await.pop().unwrap().number,
        "濮县民函〔2026〕1号"
    );
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_paper() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    let (clerk, act) = (site.viewer("收件岗").await, site.act());
    for already in [false, true] {
        let done = site
            .app
            .perform(&clerk, &number, act, None, Accept {}.into(), Signature::none())
            .await
            .unwrap();
        assert_eq!(done.already, already);
    }
    assert_eq!(papers(&site, &number).await.len(), 3);
}

#[tokio::test]
async fn a_paper_is_seen_before_and_nothing_is_recorded() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    let clerk = site.viewer("收件岗").await;
    let before = site.app.case(&number).await.unwrap().case;
    let see = async |acts: Vec<Act>, paper| site.app.preview_paper(&clerk, &number, acts, paper).await;
    for _ in 0..2 {
        let seen = see(vec![Accept {}.into()], PaperKind::Acceptance).await.unwrap();
        let seen = String::from_utf8(seen).unwrap();
        assert!(
            seen.contains("\"proof\":true") && seen.contains("濮县民函〔2026〕1号"),
            "{seen}"
        );
    }
    assert_eq!(site.app.case(&number).await.unwrap().case, before);
    let refused = see(vec![decline("").into()], PaperKind::Decline).await;
    let Err(Failure::Refused(refusal)) = refused else {
        panic!("a decline without its reason")
    };
    assert_eq!(refusal.field_names(), ["reason"]);
    let other = see(vec![Accept {}.into()], PaperKind::Report).await;
    assert!(matches!(other, Err(Failure::Refused(refusal)) if refusal.kind == Kind::NotFound));
    let worker = site.viewer("申请人").await;
    let not_theirs = site
        .app
        .preview_paper(&worker, &number, vec![Accept {}.into()], PaperKind::Acceptance)
        .await;
    assert!(matches!(not_theirs, Err(Failure::Refused(refusal)) if refusal.kind == Kind::NotYou));
}

#[tokio::test]
async fn what_follows_an_issue_is_seen_with_it() {
    let site = Site::new().await;
    let number = concluded(&site, "经过").await;
    for who in ["局长", "组长"] {
        site.does(who, &number, opine()).await;
    }
    let determine = Determine {
        outcome: "免责".into(),
        reason: "符合三（五）".into(),
    };
    site.does("局长", &number, determine).await;
    let clerk = site.viewer("收件岗").await;
    let recipients = vec!["驻县民政局纪检监察组".into()];
    let acts: Vec<Act> = vec![Issue { recipients }.into(), Serve {}.into()];
    let seen = site
        .app
        .preview_paper(&clerk, &number, acts, PaperKind::ServiceUnit)
        .await
        .unwrap();
    let seen = String::from_utf8(seen).unwrap();
    // Acceptance and notice of defence have taken two; the worker's result is the third, the unit's the fourth.
    assert!(seen.contains("濮县民函〔2026〕4号"), "{seen}");
}

#[tokio::test]
async fn what_goes_to_the_city_stays_with_the_institutions() {
    let site = Site::new().await;
    let number = concluded(&site, "经过").await;
    site.does("局长", &number, escalate()).await;
    let coordinate = Coordinate {
        text: "请按查明的事实办理".into(),
    };
    site.does("市协调人", &number, coordinate).await;
    let made = papers(&site, &number).await;
    let [.., request, coordination] = &made[..] else {
        panic!()
    };
    assert_eq!(
        (request.kind, request.number.as_str()),
        (PaperKind::Request, "濮县民〔2026〕1号")
    );
    assert_eq!(coordination.kind, PaperKind::Coordination);
    for (paper, says) in [(request, "引起社会关注"), (coordination, "濮县民〔2026〕1号")] {
        assert!(read(&site, "组长", &number, paper).await.unwrap().contains(says));
        assert!(read(&site, "申请人", &number, paper).await.is_none());
    }
}
