//! Erasing a case: nothing opens or finds it any more, the chain verifies, lists keep its number; broken off, it is
//! brought to its end.

use crate::lists::view;
use crate::on_both;
use crate::place::{GROUP, INSTITUTION, PERSON, Place, files_below};
use base::{ActId, CaseId, Digest, DraftId, KeyId, Timestamp};
use sea_orm::{ConnectionTrait, Database};
use store::{
    Actor, CaseFilter, CaseOrder, Error, KeyRef, SealedPart, Sealing, Store, StreamKind, StreamName, ViewChanges,
    erased,
};

on_both! {
    nothing_opens_or_finds_an_erased_case
    its_row_keeps_what_figures_count
    the_chain_verifies_and_the_files_are_not_missed
    broken_off_after_any_step_it_is_brought_to_its_end
    its_wrapped_keys_lie_nowhere_in_the_key_tables_files
    a_case_that_moved_is_not_erased_and_one_that_is_not_erased_keeps_its_keys
}

const LIST: ActId = ActId([0x77; 16]);

/// A case of `lists::view` with a sealed part, a withheld one, words, a draft and two files; its key is returned.
async fn whole(place: &Place, store: &Store, n: u32) -> (CaseId, KeyId, [Digest; 2]) {
    let mut view = view(n);
    view.row.closed = true;
    let case = view.row.case;
    let file = store.put_file(b"scan".to_vec(), KeyRef::Case(case)).await.unwrap();
    let unnamed = store.put_file(b"sealed".to_vec(), KeyRef::Case(case)).await.unwrap();
    let own = store.own_key().await.unwrap();
    let mut append = place.act(case, Some(0));
    let act = append.act;
    append.streams[0].events[0].open = format!(r#"{{"file":"{}"}}"#, file.address).into_bytes();
    let mut withheld = place.event(act, KeyRef::Case(case));
    withheld.sealed = Some(Sealing {
        plain: b"opinion".to_vec(),
        under: KeyRef::Own(own),
    });
    append.streams[0].events.push(withheld);
    view.row.version = 2;
    append.views = ViewChanges {
        cases: vec![view],
        ..ViewChanges::default()
    };
    store.append(append).await.unwrap();
    store.write_words(case, 2, &["孙大圣".to_owned()]).await.unwrap();
    let draft = DraftId([n as u8; 16]);
    store
        .save_draft(draft, PERSON, "find", Some(case), b"typed")
        .await
        .unwrap();
    (case, own, [file.address, unnamed.address])
}

async fn nothing_opens_or_finds_an_erased_case(place: Place) {
    let store = place.open().await;
    let (case, own, files) = whole(&place, &store, 2).await;
    let (kept, _, kept_files) = whole(&place, &store, 4).await;
    store.erase(case, LIST).await.unwrap();
    store.destroy(case).await.unwrap();
    // In this process, which had the key in memory, and in the next one.
    for store in [store.clone(), place.open().await] {
        let events = store.read_with_keys(&StreamName::Case(case), &[own]).await.unwrap();
        assert!(matches!(events[0].sealed, SealedPart::NoKey(_)));
        assert!(matches!(events[1].sealed, SealedPart::NoKey(key) if key == own));
        assert!(matches!(store.reveal_key(own).await, Err(Error::NoKey(_))));
        for file in files {
            assert!(store.get_file(file, KeyRef::Case(case)).await.is_err());
        }
        let found = store
            .find_words(&CaseFilter::default(), "孙大圣", 9)
            .await
            .unwrap()
            .rows;
        assert_eq!(found.iter().map(|row| row.case).collect::<Vec<_>>(), [kept]);
        assert_eq!(store.load_draft(DraftId([2; 16]), PERSON).await.unwrap(), None);
        // The other case is untouched.
        let events = store.read(&StreamName::Case(kept)).await.unwrap();
        assert!(events[0].sealed.plain().is_some());
        for file in kept_files {
            store.get_file(file, KeyRef::Case(kept)).await.unwrap();
        }
        assert!(store.load_draft(DraftId([4; 16]), PERSON).await.unwrap().is_some());
    }
}

async fn its_row_keeps_what_figures_count(place: Place) {
    let store = place.open().await;
    let (case, ..) = whole(&place, &store, 10).await;
    let year = view(10).row.received_on.year();
    let nobody = None;
    let before = store.case_row(case).await.unwrap().unwrap();
    let tallies = store.tallies(&[INSTITUTION], year, nobody).await.unwrap();
    store.erase(case, LIST).await.unwrap();
    let after = store.case_row(case).await.unwrap().unwrap();
    assert_eq!(store.tallies(&[INSTITUTION], year, nobody).await.unwrap(), tallies);
    assert_eq!((&after.number, after.stage_text.as_str()), (&before.number, "erased"));
    assert_eq!((after.applicant, after.unit), (None, None));
    assert_eq!((after.applicant_name.as_str(), after.unit_name.as_str()), ("", ""));
    assert_eq!((after.version, after.words.len()), (3, 0));
    let list = |text: &str| CaseFilter {
        text: Some(text.into()),
        ..CaseFilter::default()
    };
    let found = async |text: &str| {
        let page = store.list_cases(&list(text), CaseOrder::Number, None, 9).await.unwrap();
        page.rows.len()
    };
    assert_eq!(found(&before.number).await, 1);
    assert_eq!(found(&before.applicant_name).await, 0);
    assert_eq!(found(&before.unit_name).await, 0);
    // What a rebuild makes of its last event is the row that was maintained.
    let events = store.read(&StreamName::Case(case)).await.unwrap();
    let erasure = erased(&events).unwrap().unwrap();
    assert_eq!((erasure.keys, erasure.destroyed.len(), erasure.list), (2, 2, LIST));
    assert_eq!(erasure.view(case, 3).row, after);
    assert_eq!(events[2].actor, Actor::System);
}

async fn the_chain_verifies_and_the_files_are_not_missed(place: Place) {
    let store = place.open().await;
    let (case, _, files) = whole(&place, &store, 2).await;
    store.erase(case, LIST).await.unwrap();
    assert_eq!(
        store.verify().await.unwrap().findings,
        [],
        "recorded, not yet destroyed"
    );
    store.destroy(case).await.unwrap();
    let report = store.verify().await.unwrap();
    assert_eq!((report.findings, report.files), (vec![], 0));
    let names: Vec<String> = files_below(&place.directory().join("files"))
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    assert!(
        files
            .iter()
            .all(|file| !names.iter().any(|name| name.ends_with(&file.to_string()[2..])))
    );
    // A file of another case is missed as before.
    let (_, _, kept) = whole(&place, &store, 4).await;
    let name = kept[0].to_string();
    std::fs::remove_file(place.directory().join("files").join(&name[..2]).join(&name[2..])).unwrap();
    assert_eq!(store.verify().await.unwrap().findings.len(), 1);
}

async fn broken_off_after_any_step_it_is_brought_to_its_end(place: Place) {
    let store = place.open().await;
    let (case, ..) = whole(&place, &store, 2).await;
    let stream = StreamName::Case(case);
    store.erase(case, LIST).await.unwrap();
    store.erase(case, LIST).await.unwrap();
    assert_eq!(store.read(&stream).await.unwrap().len(), 3, "recorded once");
    // Broken off before anything was destroyed: the message is there for the next process.
    store.close().await.unwrap();
    let store = place.open().await;
    let now = Timestamp(i64::MAX - 1);
    let claimed = store.claim_outbox(store::erase::TOPIC, 9, now, now).await.unwrap();
    assert_eq!(claimed.len(), 1);
    let named: CaseId = serde_json::from_slice(&claimed[0].message.body).unwrap();
    assert_eq!(named, case);
    store.destroy(case).await.unwrap();
    // Broken off before the message was done with: all of it again.
    store.destroy(case).await.unwrap();
    store.finish_outbox(claimed[0].message.id).await.unwrap();
    assert_eq!(store.verify().await.unwrap().findings, []);
    assert_eq!(store.heads(StreamKind::Case).await.unwrap()[0].version, 3);
}

async fn its_wrapped_keys_lie_nowhere_in_the_key_tables_files(place: Place) {
    let store = place.open().await;
    let (case, own, _) = whole(&place, &store, 2).await;
    let wrapped = wrapped(&place, KeyRef::Case(case)).await;
    let withheld = self::wrapped(&place, KeyRef::Own(own)).await;
    if place.is_sqlite() {
        assert!(
            holds(&place, &wrapped) && holds(&place, &withheld),
            "the search finds what is there"
        );
    }
    store.erase(case, LIST).await.unwrap();
    store.destroy(case).await.unwrap();
    // PostgreSQL's write-ahead log keeps them until it is recycled; the table's own file does not.
    if place.is_sqlite() {
        assert!(!holds(&place, &wrapped) && !holds(&place, &withheld));
    } else {
        let left = "select count(*) from jinzhi_keys.wrapped_key where scope = ";
        let mut db = Vec::new();
        for of in [KeyRef::Case(case), KeyRef::Own(own)] {
            let sql = format!("select case when ({left}'{of}') = 0 then 'gone'::bytea else 'here'::bytea end");
            db.push(place.bytes(&sql).await);
        }
        assert_eq!(db, [b"gone".to_vec(), b"gone".to_vec()]);
    }
}

/// A key as it is wrapped, without the header that also stands elsewhere.
async fn wrapped(place: &Place, of: KeyRef) -> Vec<u8> {
    let (url, table) = match &place.location {
        store::Location::Directory(directory) => (
            format!("sqlite:{}?mode=ro", directory.join("keys.db").display()),
            "wrapped_key",
        ),
        store::Location::Postgres { url, .. } => (url.clone(), "jinzhi_keys.wrapped_key"),
    };
    let db = Database::connect(url).await.unwrap();
    let sql = format!("select wrapped from {table} where scope = '{of}'");
    let row = db
        .query_one_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap();
    let bytes: Vec<u8> = row.try_get_by_index(0).unwrap();
    db.close().await.unwrap();
    store::seal::header(&bytes).unwrap().1.to_vec()
}

fn holds(place: &Place, what: &[u8]) -> bool {
    let files = files_below(&place.directory());
    files.iter().any(|path| {
        std::fs::read(path)
            .unwrap()
            .windows(what.len())
            .any(|part| part == what)
    })
}

async fn a_case_that_moved_is_not_erased_and_one_that_is_not_erased_keeps_its_keys(place: Place) {
    let store = place.open().await;
    let (case, ..) = whole(&place, &store, 2).await;
    assert!(matches!(store.destroy(case).await, Err(Error::Malformed(_))));
    assert!(
        store.read(&StreamName::Case(case)).await.unwrap()[0]
            .sealed
            .plain()
            .is_some()
    );
    assert!(store.erase(CaseId([9; 16]), LIST).await.is_err());
    // Only what has not moved since is found for it.
    let moved = store.head(&StreamName::Case(case)).await.unwrap().unwrap();
    assert_eq!(moved.version, 2);
    let (before, after) = (Timestamp(0), Timestamp(i64::MAX));
    let numbers = async |institution, until| store.unmoved_since(institution, until, 9).await.unwrap().len();
    assert_eq!(numbers(INSTITUTION, after).await, 1);
    assert_eq!(numbers(INSTITUTION, before).await, 0);
    assert_eq!(numbers(GROUP, after).await, 0);
    store.erase(case, LIST).await.unwrap();
    assert_eq!(numbers(INSTITUTION, after).await, 0);
}
