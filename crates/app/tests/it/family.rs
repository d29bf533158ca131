//! A family's data: masked on every way out, whole for a reason that is recorded, and for whom.

use crate::path::filed;
use crate::site::Site;
use app::reading::CaseQuery;
use casefile::acts::{Accept, AddEvidence, Invite};
use casefile::case::Ring;
use casefile::refusal::Kind;
use store::access::FAMILY;

/// What nobody but the applicant reads without a reason.
const WHOLE: [&str; 4] = [
    "张建国",
    "410922197002030028",
    "４１０９２２１９７００２０３００２８",
    "13912345678",
];

const ACCOUNT: &str =
    "张建国家核对时，身份证410922197002030028（４１０９２２１９７００２０３００２８），手机13912345678。";

/// An application that names a family in its field and in its account.
async fn submitted(site: &Site) -> String {
    let viewer = site.viewer("申请人").await;
    let draft = site.app.new_draft(&viewer).await.unwrap();
    let mut application = site.application(ACCOUNT);
    application.text.household = "张建国".into();
    application.text.village = "东关村".into();
    let done = site.app.submit(&viewer, site.act(), draft, application).await;
    let number = done.unwrap().number;
    site.does("收件岗", &number, Accept {}).await;
    let evidence = AddEvidence {
        title: "张建国的核对表 410922197002030028.pdf".into(),
        proves: "张建国的收入".into(),
        made: None,
        ring: Ring::Everyone,
        protects: Vec::new(),
        document: false,
        file: None,
    };
    site.does("收件岗", &number, evidence).await;
    number
}

fn whole_in(text: &str) -> Vec<&'static str> {
    WHOLE.into_iter().filter(|whole| text.contains(whole)).collect()
}

#[tokio::test]
async fn every_way_out_has_it_masked() {
    let site = Site::new().await;
    let number = submitted(&site).await;
    site.app.index_pending().await.unwrap();
    for reader in ["收件岗", "局长", "组长", "市协调人", "市组", "审计员"] {
        let viewer = site.viewer(reader).await;
        let file = site.app.case_file(&viewer, &number).await.unwrap();
        let read = format!("{file:?}");
        assert!(whole_in(&read).is_empty(), "{reader} reads {:?}", whole_in(&read));
        for masked in ["张某某", "410922********0028", "139****5678", "东关村"] {
            assert!(read.contains(masked), "{reader} misses {masked}");
        }
        let query = CaseQuery {
            text: Some("张建国".into()),
            ..CaseQuery::default()
        };
        let found = site.app.mentions(&viewer, &query).await.unwrap();
        assert_eq!(found.found.len(), 1, "{reader} finds the case by the name");
        assert!(whole_in(&format!("{found:?}")).is_empty(), "{reader}: the hit");
        let rows = site.app.export_cases(&viewer, &CaseQuery::default()).await.unwrap();
        assert!(whole_in(&format!("{rows:?}")).is_empty(), "{reader}: the export");
        let todo = site.app.todo(&viewer).await.unwrap();
        assert!(whole_in(&format!("{todo:?}")).is_empty(), "{reader}: the to-dos");
    }
    let own = site.app.case_file(&site.viewer("申请人").await, &number).await.unwrap();
    assert_eq!(own.case.application.unwrap().text.account, ACCOUNT);
    let kept = site.app.case(&number).await.unwrap().case;
    assert_eq!(
        kept.application.unwrap().text.household,
        "张建国",
        "the record is whole"
    );
}

#[tokio::test]
async fn papers_have_the_numbers_masked() {
    let site = Site::new().await;
    let number = submitted(&site).await;
    let matters = Invite {
        matters: ACCOUNT.into(),
    };
    site.does("收件岗", &number, matters).await;
    let papers = site.app.case(&number).await.unwrap().case.papers;
    let lead = site.viewer("局长").await;
    let mut masked = 0;
    for paper in papers {
        let (_, bytes) = site.app.file(&lead, &number, &paper.file.address).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for whole in &WHOLE[1..] {
            assert!(!text.contains(whole), "{}: {whole}", paper.kind.title());
        }
        masked += text.matches("410922********0028").count();
    }
    assert!(masked > 0, "the notice of defence says the matters");
}

#[tokio::test]
async fn to_see_it_whole_takes_a_reason_that_is_recorded() {
    let site = Site::new().await;
    let number = submitted(&site).await;
    let lead = site.viewer("局长").await;
    for (reason, field) in [("", "reason"), (" ", "reason"), (&"长".repeat(5000), "reason")] {
        let Err(app::Failure::Refused(refusal)) = site.app.reveal(&lead, &number, reason).await else {
            panic!("shown for {reason:?}")
        };
        assert_eq!(refusal.field_names(), [field]);
    }
    assert!(
        site.app.store().reveals(9).await.unwrap().is_empty(),
        "nothing shown, nothing recorded"
    );

    let masked = site.app.family_masked(&lead, &number).await.unwrap();
    assert_eq!(
        (masked.household.as_str(), whole_in(&format!("{masked:?}"))),
        ("张某某", vec![])
    );
    let family = site.app.reveal(&lead, &number, " 上门核实 ").await.unwrap();
    assert_eq!(
        (family.household.as_str(), family.village.as_str()),
        ("张建国", "东关村")
    );
    assert_eq!(family.numbers, ["410922197002030028", "13912345678"]);

    let own = site.app.readers(&site.viewer("申请人").await, &number).await.unwrap();
    let shown: Vec<_> = own.iter().filter(|one| one.what == FAMILY).collect();
    assert_eq!(shown.len(), 1);
    assert_eq!(
        (shown[0].institution.as_str(), shown[0].name.as_deref()),
        ("濮阳县民政局", None)
    );
    assert!(!format!("{own:?}").contains("上门"), "the applicant reads the reason");
    let auditor = site.viewer("审计员").await;
    let told = site.app.reveals(&auditor).await.unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|one| (one.name.as_str(), one.number.as_str(), one.reason.as_str()))
        .collect();
    assert_eq!(told, [("局长", number.as_str(), "上门核实")]);
    site.app.rebuild().await.unwrap();
    let rebuilt = site.app.readers(&lead, &number).await.unwrap();
    assert!(rebuilt.iter().any(|one| one.what == FAMILY), "a rebuild forgets it");
}

#[tokio::test]
async fn it_is_shown_whole_to_team_and_auditor_alone() {
    let site = Site::new().await;
    let number = filed(&site, "经过").await;
    let table = [
        ("收件岗", true),
        ("局长", true),
        ("组长", true),
        ("调查甲", true),
        ("审计员", true),
        ("市协调人", false),
        ("市组", false),
        ("申请人", false),
        ("同事", false),
        ("签收人", false),
        ("管理员", false),
    ];
    for (reader, may) in table {
        let viewer = site.viewer(reader).await;
        match site.app.reveal(&viewer, &number, "核实").await {
            Ok(_) => assert!(may, "{reader} is shown it"),
            Err(app::Failure::Refused(refusal)) => assert_eq!((may, refusal.kind), (false, Kind::NotFound), "{reader}"),
            Err(failure) => panic!("{reader}: {failure:?}"),
        }
        assert_eq!(site.app.family_masked(&viewer, &number).await.is_ok(), may, "{reader}");
        assert_eq!(site.app.reveals(&viewer).await.is_ok(), reader == "审计员", "{reader}");
    }
}
