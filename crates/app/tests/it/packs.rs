//! A pack that is edited: what was measured by the old one is found and measured by it still; what comes, by the new.

use crate::path::concluded;
use crate::site::{Site, open, open_with, pack_files, puyang};
use store::StreamName;

/// The Puyang pack with one clause's plain text changed.
fn edited() -> Vec<(String, Vec<u8>)> {
    let mut files = puyang();
    let (_, bytes) = files.iter_mut().find(|(name, _)| name.starts_with("clauses/")).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let changed = text.replacen("plain = \"", "plain = \"（改）", 1);
    assert_ne!(changed, text);
    *bytes = changed.into_bytes();
    files
}

/// How many packs are on the site's record.
async fn on_record(app: &app::App) -> usize {
    let events = app.store().read(&StreamName::Site(app.store().site())).await.unwrap();
    events.iter().filter(|event| event.kind == "pack-installed/1").count()
}

#[test]
fn of_the_packs_in_the_repository_puyang_runs() {
    for (pack, served) in [
        ("410900/pumin-2024-16", true),
        ("examples/four-conditions", false),
        ("examples/unit-leniency", false),
    ] {
        let files = app::PackFiles::read(&pack_files(pack)).expect("a sound pack");
        assert_eq!(casefile::runs(&files.pack().procedure).is_ok(), served, "{pack}");
    }
}

#[tokio::test]
async fn an_edited_pack_leaves_old_cases_as_they_were() {
    let mut site = Site::new().await;
    let old = site.app.packs().current().reference();
    let number = concluded(&site, "经过").await;
    let before = site.app.case(&number).await.unwrap().case;
    let assessed = site.app.assessment(&before).unwrap();
    assert_eq!(on_record(&site.app).await, 1);

    site.app = open_with(site.folder.path(), site.clock.clone(), edited()).await;
    let new = site.app.packs().current().reference();
    assert_eq!((&new.id, new.digest == old.digest), (&old.id, false));
    let after = site.app.case(&number).await.unwrap().case;
    assert_eq!(after, before);
    assert_eq!(site.app.assessment(&after).unwrap(), assessed);
    assert_eq!(assessed.policy, old);
    site.app.case_file(&site.viewer("局长").await, &number).await.unwrap();
    site.app.rebuild().await.unwrap();

    let next = site.submitted("又一件").await;
    let case = site.app.case(&next).await.unwrap().case;
    assert_eq!(case.receipt.unwrap().pack, new);
    assert_eq!(on_record(&site.app).await, 2);
    // The old one in force again: nothing is recorded twice, and both are found.
    let again = open(site.folder.path(), site.clock.clone()).await;
    assert_eq!(again.packs().current().reference(), old);
    assert_eq!(again.packs().named(&new).unwrap().reference(), new);
    assert_eq!(on_record(&again).await, 2);
}
