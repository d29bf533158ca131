//! What two tabs, a killed process, a withdrawal and the calendar leave behind.

use crate::files::coming;
use crate::site::{Site, open};
use app::Signature;
use app::drafts::Fields;
use base::law::Party;
use base::{CaseId, Timestamp};
use casefile::act::ActName;
use casefile::acts::*;

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
    // A later month is another matter; the same month is the one that was withdrawn.
    let mut elsewhen = site.application("经过");
    elsewhen.codes.happened.month = 5;
    let worker = site.viewer("申请人").await;
    let draft = site.app.new_draft(&worker).await.unwrap();
    let done = site.app.submit(&worker, site.app.fresh_act(), draft, elsewhen).await;
    assert_eq!(follows(&done.unwrap().number).await, None);
    let third = site.submitted("经过").await;
    let earlier = site.app.case(&first).await.unwrap().case.id;
    assert_eq!(follows(&third).await, Some(earlier));
    let clerk = site.viewer("收件岗").await;
    let shown = site.app.case_file(&clerk, &third).await.unwrap().earlier;
    assert_eq!(shown, Some((first, site.app.today())));
}

#[tokio::test]
async fn reminders_go_out_once_at_each_threshold_and_reach_the_city() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    site.at(9, 17, 9);
    site.does("收件岗", &number, Accept {}).await;
    let due = site.app.case(&number).await.unwrap().case.receipt.unwrap().due.due;
    let mut day = site.app.today();
    while day <= due.tomorrow().unwrap().tomorrow().unwrap() {
        site.clock.set(Timestamp::on(day, 9, 0).unwrap());
        site.app.tick().await.unwrap();
        assert_eq!(site.app.tick().await.unwrap(), 0, "twice does nothing twice");
        day = day.tomorrow().unwrap();
    }
    let case = site.app.case(&number).await.unwrap().case;
    let to = |party| {
        let of = case.reminders.iter().filter(move |reminder| reminder.to == party);
        of.map(|reminder| reminder.cause).collect::<Vec<_>>()
    };
    use ReminderCause::{Left, Overdue, Step, Unassigned};
    assert_eq!(to(Party::Bureau), [Step, Step, Left(5), Left(2), Left(0), Overdue]);
    assert_eq!(to(Party::Discipline), [Step, Left(5), Left(2), Left(0), Overdue]);
    assert_eq!(to(Party::City), [Unassigned, Overdue]);
    // Shown to whoever is waited for; the city reminds in turn, and a form opened before a reminder is still taken.
    let todo = site.app.todo(&site.viewer("组长").await).await.unwrap();
    assert_eq!(todo.overdue[0].reminded, Some(due.tomorrow().unwrap()));
    let todo = site.app.todo(&site.viewer("市协调人").await).await.unwrap();
    assert_eq!(
        todo.overdue.iter().map(|item| item.act).collect::<Vec<_>>(),
        [ActName::Remind]
    );
    let before = case.version;
    let remind = |party| Remind { party };
    site.does("市协调人", &number, remind(Party::Bureau)).await;
    let assign = Assign {
        people: vec![crate::path::assignee(&site, "调查甲", "县局")],
    };
    let lead = site.viewer("局长").await;
    let done = site
        .app
        .perform(
            &lead,
            &number,
            site.act(),
            Some(before),
            assign.into(),
            Signature::none(),
        )
        .await;
    done.unwrap();
    // A rebuild makes the same of it.
    drop(open(site.folder.path(), site.clock.clone()).await);
    let kept = site.app.todo(&lead).await.unwrap();
    site.app.rebuild().await.unwrap();
    assert_eq!(site.app.todo(&lead).await.unwrap(), kept);
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
