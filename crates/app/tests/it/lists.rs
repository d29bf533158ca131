//! Lists, to-dos, searching what is sealed, exports and figures: within the viewer's reach, and told of nothing else.

use crate::path::{concluded, filed, opine};
use crate::site::Site;
use app::Failure;
use app::figures::Shown;
use app::reading::CaseQuery;
use casefile::act::ActName;
use casefile::acts::{AddEvidence, DeclareRecusal};
use casefile::case::Ring;
use store::{StreamKind, StreamName};

fn query(text: &str) -> CaseQuery {
    CaseQuery {
        text: Some(text.into()),
        ..CaseQuery::default()
    }
}

/// In how many cases somebody finds a text.
async fn found(site: &Site, who: &str, text: &str) -> usize {
    let viewer = site.viewer(who).await;
    site.app.mentions(&viewer, &query(text)).await.unwrap().found.len()
}

fn evidence(title: &str, ring: Ring) -> AddEvidence {
    AddEvidence {
        title: title.into(),
        proves: "情况".into(),
        made: None,
        ring,
        protects: Vec::new(),
        document: false,
        file: None,
    }
}

#[tokio::test]
async fn contents_are_found_by_their_words() {
    let site = Site::new().await;
    let number = site.submitted("三月核对孙大圣家，车管所的数据晚了。").await;
    assert_eq!(found(&site, "收件岗", "孙大圣").await, 0, "not indexed yet");
    assert_eq!(site.app.index_pending().await.unwrap(), 1);
    assert_eq!(site.app.index_pending().await.unwrap(), 0);
    for (who, n) in [
        ("收件岗", 1),
        ("局长", 1),
        ("组长", 1),
        ("市协调人", 1),
        ("审计员", 1),
        // Not assigned to it.
        ("调查甲", 0),
    ] {
        for text in ["孙大圣", "车管", "圣"] {
            assert_eq!(found(&site, who, text).await, n, "{who} {text}");
        }
        for text in ["管车", "没有", "，", ""] {
            assert_eq!(found(&site, who, text).await, 0, "{who} {text}");
        }
    }
    for who in ["申请人", "签收人", "管理员"] {
        let viewer = site.viewer(who).await;
        let answer = site.app.mentions(&viewer, &query("孙大圣")).await;
        assert!(matches!(answer, Err(Failure::Refused(_))), "{who}");
    }
    // Who found it by its content has read of it.
    let readers = site.app.readers(&site.viewer("局长").await, &number).await.unwrap();
    assert!(
        readers
            .iter()
            .any(|r| r.what == "search" && r.name.as_deref() == Some("收件岗"))
    );
    assert!(readers.iter().all(|r| r.name.as_deref() != Some("调查甲")));
}

#[tokio::test]
async fn what_is_protected_or_withheld_is_found_by_nobody() {
    let site = Site::new().await;
    let number = concluded(&site, "经过").await;
    site.does("局长", &number, evidence("举报人白龙马的信", Ring::Protected))
        .await;
    site.does("局长", &number, evidence("沙悟净的笔记", Ring::Team)).await;
    site.does("局长", &number, opine()).await;
    site.app.index_pending().await.unwrap();
    for who in ["局长", "组长", "调查甲", "市协调人", "审计员"] {
        assert_eq!(found(&site, who, "白龙马").await, 0, "{who}");
        assert_eq!(found(&site, who, "沙悟净").await, 1, "{who}");
        assert_eq!(found(&site, who, "MARKER-opinion").await, 0, "{who}");
    }
    site.does("组长", &number, opine()).await;
    site.app.index_pending().await.unwrap();
    for who in ["局长", "组长"] {
        assert_eq!(found(&site, who, "MARKER-opinion").await, 1, "{who}");
    }
    // A rebuild knows no more.
    site.app.rebuild().await.unwrap();
    assert_eq!(found(&site, "局长", "白龙马").await, 0);
    assert_eq!(found(&site, "局长", "沙悟净").await, 1);
}

#[tokio::test]
async fn who_is_recused_finds_nothing_of_the_case() {
    let site = Site::new().await;
    let number = concluded(&site, "三月核对孙大圣家。").await;
    site.app.index_pending().await.unwrap();
    assert_eq!(found(&site, "调查乙", "孙大圣").await, 1);
    let ground = site.app.packs().current().procedure.recusal_grounds[0].id.clone();
    let recusal = DeclareRecusal {
        ground,
        reason: "经手过".into(),
        other_leads: Default::default(),
    };
    site.does("局长", &number, recusal).await;
    let lead = site.viewer("局长").await;
    assert_eq!(found(&site, "局长", "孙大圣").await, 0);
    assert_eq!(site.app.cases(&lead, &CaseQuery::default()).await.unwrap().count.n, 0);
    let mut all = 0;
    for month in site.app.figures(&lead, None, None).await.unwrap().months {
        all += month.1.received.number().unwrap_or(0);
    }
    assert_eq!(all, 0);
}

#[tokio::test]
async fn an_export_is_the_list_and_on_record() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    let clerk = site.viewer("收件岗").await;
    let (rows, more) = site.app.export_cases(&clerk, &query("申请")).await.unwrap();
    assert_eq!((rows.len(), rows[0].number.as_str(), more), (1, number.as_str(), false));
    let stream = StreamName::Access {
        institution: site.institution("县局"),
        day: site.app.today(),
    };
    let events = site.app.store().read(&stream).await.unwrap();
    let event = events.last().unwrap();
    assert_eq!(
        (event.kind.as_str(), event.open.as_slice()),
        ("exported/1", br#"{"rows":1}"#.as_slice())
    );
    assert_eq!(event.sealed.plain(), Some("申请".as_bytes()));
    for who in ["申请人", "签收人", "管理员"] {
        let answer = site.app.export_cases(&site.viewer(who).await, &query("申请")).await;
        assert!(matches!(answer, Err(Failure::Refused(_))), "{who}");
    }
    // A rebuild passes over it, and the record verifies.
    site.app.rebuild().await.unwrap();
    assert_eq!(site.app.store().verify().await.unwrap().findings, []);
    assert_eq!(
        site.app.store().streams(StreamKind::Access, None, 9).await.unwrap(),
        [stream]
    );
}

#[tokio::test]
async fn an_investigator_sees_how_many_questions_are_open() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    site.does("收件岗", &number, casefile::acts::Accept {}).await;
    for (lead, who, at) in [("局长", "调查甲", "县局"), ("组长", "调查乙", "县组")] {
        let people = vec![crate::path::assignee(&site, who, at)];
        site.does(lead, &number, casefile::acts::Assign { people }).await;
    }
    let case = site.app.case(&number).await.unwrap().case;
    let assessment = site.app.assessment(&case).unwrap();
    let open = case.open_questions(&assessment).len() as u32;
    assert!(open > 5);
    let page = site.app.todo(&site.viewer("调查甲").await).await.unwrap();
    assert_eq!(page.investigated[0].open_questions, Some(open));
    let items = [page.overdue, page.today, page.soon, page.later].concat();
    assert!(
        items
            .iter()
            .any(|item| item.act == ActName::Investigate && item.open_questions == Some(open))
    );
    // The lead, for whom nothing waits, sees what others have to do.
    let lead = site.app.todo(&site.viewer("组长").await).await.unwrap();
    let others: Vec<&str> = lead.others.iter().map(|other| other.who.as_str()).collect();
    assert!(
        others.contains(&"调查人调查甲") && others.contains(&"民政局收件岗"),
        "{others:?}"
    );
    let worker = site.app.todo(&site.viewer("申请人").await).await.unwrap();
    assert_eq!((worker.others.len(), worker.own.len()), (0, 1));
    assert_eq!(filed(&site, "二").await, "JZ-410928-2026-0002");
    let page = site.app.todo(&site.viewer("调查甲").await).await.unwrap();
    assert_eq!(
        page.investigated.len(),
        1,
        "what is filed is no longer a case to work on"
    );
}

#[tokio::test]
async fn figures_are_for_leads_and_the_city_and_never_over_few() {
    let site = Site::new().await;
    for n in 0..3 {
        filed(&site, &format!("经过{n}")).await;
        site.at(9, 16, 9);
    }
    site.submitted("经过").await;
    for who in ["局长", "组长", "市协调人"] {
        let figures = site.app.figures(&site.viewer(who).await, None, None).await.unwrap();
        assert_eq!(figures.total.received, Shown::Number(4), "{who}");
        // Three in time and one that runs: each would give the other away.
        assert!(
            figures.total.timing.iter().all(|shown| shown.number().is_none()),
            "{who}"
        );
        assert!(
            figures.outcomes.iter().all(|(_, shown)| shown.number().is_none()),
            "{who}"
        );
        let months: Vec<u8> = figures.months.iter().map(|(month, _)| *month).collect();
        assert_eq!(months, [9], "{who}: since the site began, until now");
    }
    site.does("收件岗", "JZ-410928-2026-0004", casefile::acts::Accept {})
        .await;
    for who in ["收件岗", "调查甲", "审计员", "申请人", "管理员"] {
        let answer = site.app.figures(&site.viewer(who).await, None, None).await;
        assert!(matches!(answer, Err(Failure::Refused(_))), "{who}");
    }
}
