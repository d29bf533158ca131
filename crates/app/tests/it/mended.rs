//! What two tabs, a killed process, a withdrawal and the calendar leave behind.

use crate::files::coming;
use crate::site::{Site, open};
use app::drafts::Fields;
use base::{CaseId, Timestamp};
use casefile::acts::{NameBasis, Withdraw};
use std::collections::BTreeSet;

fn fields(name: &str) -> Fields {
    Fields::from([(name.to_owned(), vec!["写好的".to_owned()])])
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_lose_nothing_of_each_other() {
    let site = Site::new().await;
    let viewer = site.viewer("申请人").await;
    let draft = site.app.new_draft(&viewer).await.unwrap();
    let mut tabs = Vec::new();
    for n in 0..8 {
        let (app, viewer) = (site.app.clone(), viewer.clone());
        tabs.push(tokio::spawn(async move {
            app.save_fields(&viewer, draft, fields(&format!("field-{n}")))
                .await
                .unwrap();
            let paper = b"%PDF-1.7\n".to_vec();
            app.add_draft_file(&viewer, draft, coming(&format!("{n}.pdf"), paper))
                .await
                .unwrap();
        }));
    }
    for tab in tabs {
        tab.await.unwrap();
    }
    let kept = site.app.draft(&viewer, draft).await.unwrap();
    assert_eq!((kept.fields.len(), kept.files.len()), (8, 8));
}

#[tokio::test]
async fn a_draft_that_was_handed_in_is_not_handed_in_again() {
    let site = Site::new().await;
    let viewer = site.viewer("申请人").await;
    let draft = site.app.new_draft(&viewer).await.unwrap();
    let submit = || site.app.submit(&viewer, site.act(), draft, site.application("经过"));
    let first = submit().await.unwrap();
    // The process died before the draft was deleted.
    let store = site.app.store();
    store
        .save_draft(draft, viewer.person, "submit", None, b"{\"fields\":{},\"files\":[]}")
        .await
        .unwrap();
    let again = submit().await.unwrap();
    assert_eq!((again.number, again.already), (first.number, true));
    assert!(site.app.drafts(&viewer).await.unwrap().is_empty());
    let other = site.viewer("同事").await;
    assert_eq!(site.app.handed_in(&other, draft).await.unwrap(), None);
}

#[tokio::test]
async fn who_withdrew_and_applies_anew_leaves_a_chain() {
    let site = Site::new().await;
    let follows = async |number: &str| site.app.case(number).await.unwrap().case.receipt.unwrap().follows;
    let first = site.submitted("经过").await;
    let second = site.submitted("另一件事").await;
    assert_eq!(follows(&second).await, None::<CaseId>);
    let withdraw = Withdraw {
        reason: "先撤回".into(),
        signature: "申请人".into(),
        scan: None,
    };
    site.does("申请人", &first, withdraw).await;
    let third = site.submitted("经过").await;
    let earlier = site.app.case(&first).await.unwrap().case.id;
    assert_eq!(follows(&third).await, Some(earlier));
    let clerk = site.viewer("收件岗").await;
    let shown = site.app.case_file(&clerk, &third).await.unwrap().earlier;
    assert_eq!(shown, Some((first, site.app.today())));
}

#[tokio::test]
async fn reminders_go_out_once_at_each_threshold() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    let due = site.app.case(&number).await.unwrap().case.receipt.unwrap().due.due;
    let mut told = BTreeSet::new();
    let mut day = site.app.today();
    let mut messages = 0;
    while day <= due.tomorrow().unwrap().tomorrow().unwrap() {
        site.clock.set(Timestamp::on(day, 9, 0).unwrap());
        site.app.tick().await.unwrap();
        site.app.tick().await.unwrap();
        let now = Timestamp::on(day, 10, 0).unwrap();
        for row in site.app.store().claim_outbox(100, now, now).await.unwrap() {
            if row.message.topic == "reminder" {
                let body: serde_json::Value = serde_json::from_slice(&row.message.body).unwrap();
                assert_eq!(body["number"], number.as_str());
                told.insert(body["code"].as_str().unwrap().to_owned());
                messages += 1;
            }
            site.app.store().finish_outbox(row.message.id).await.unwrap();
        }
        day = day.tomorrow().unwrap();
    }
    let expected = ["due-0", "due-2", "due-5", "overdue", "step"].map(String::from);
    assert_eq!(told, BTreeSet::from(expected));
    assert_eq!(messages, told.len());
    // A rebuild knows the reminders on the site's stream and passes over them.
    drop(open(site.folder.path(), site.clock.clone()).await);
    site.app.rebuild().await.unwrap();
}

#[tokio::test]
async fn naming_the_basis_is_one_append() {
    let site = Site::without_publication().await;
    let number = site.submitted("经过").await;
    let pack = site.app.packs().current().reference();
    let before = site.app.case(&number).await.unwrap().case.version;
    let basis = NameBasis {
        procedure: pack.clone(),
        substance: pack,
        rule: "received-in-time".into(),
        reason: "收到时还有效。".into(),
    };
    site.does("收件岗", &number, basis).await;
    assert_eq!(
        site.app.case(&number).await.unwrap().case.version,
        before + 1,
        "the due date is the same"
    );
}

#[tokio::test]
async fn a_year_imported_anew_moves_final_due_dates_too() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    let before = site.app.case(&number).await.unwrap().case.receipt.unwrap().due;
    assert!(!before.provisional);
    let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../calendars/2026.toml");
    let year = std::fs::read_to_string(folder).unwrap();
    let longer = format!("{year}\n[[holiday]]\nname = \"试验\"\noff = [\"2026-09-21\"]\n");
    let administrator = site.viewer("管理员").await;
    let imported = site
        .app
        .import_calendar(&administrator, site.act(), &longer)
        .await
        .unwrap();
    let after = site.app.case(&number).await.unwrap().case.receipt.unwrap().due;
    assert!(after.due > before.due, "{after:?}");
    assert_eq!(imported.recomputed, [(number, before, after)]);
    assert!(imported.failed.is_empty());
}
