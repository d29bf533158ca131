//! What lies on the disk: no free text in plain, files whole or not at all.

use crate::on_both;
use crate::place::{INSTITUTION, PERSON, Place, case};
use base::DraftId;
use std::fs;
use std::process::Command;
use store::{KeyRef, Reading, Sealing, StreamAppend, StreamName};

on_both! {
    no_marker_lies_anywhere_in_plain
    files_come_back_whole
    a_file_is_stored_once_and_for_its_owner_alone
}

const MARKER: &str = "救助家庭王某某MARKER";

async fn no_marker_lies_anywhere_in_plain(place: Place) {
    let store = place.open().await;
    let mut append = place.act(case(1), Some(0));
    append.streams[0].events[0].sealed.as_mut().unwrap().plain = MARKER.as_bytes().to_vec();
    let act = append.act;
    let mut event = place.event(act, KeyRef::Site);
    event.sealed = Some(Sealing {
        plain: MARKER.as_bytes().to_vec(),
        under: KeyRef::Site,
    });
    append.streams.push(StreamAppend {
        stream: StreamName::Person(PERSON),
        expected: None,
        events: vec![event],
    });
    let own = store.own_key().await.unwrap();
    let mut event = place.event(act, KeyRef::Own(own));
    event.sealed = Some(Sealing {
        plain: MARKER.as_bytes().to_vec(),
        under: KeyRef::Own(own),
    });
    append.streams[0].events.push(event);
    assert!(!format!("{append:?}").contains("MARKER"));
    store.append(append).await.unwrap();
    store
        .save_draft(DraftId([1; 16]), PERSON, "submit", None, MARKER.as_bytes())
        .await
        .unwrap();
    store
        .put_file(MARKER.as_bytes().repeat(1000), KeyRef::Case(case(1)))
        .await
        .unwrap();
    let reading = Reading {
        at: base::Timestamp(0),
        person: PERSON,
        role: "auditor".into(),
        institution: INSTITUTION,
        case: case(1),
        what: "case".into(),
    };
    store.record_readings(&[reading]).await.unwrap();
    let events = store.read_with_keys(&StreamName::Case(case(1)), &[own]).await.unwrap();
    assert!(
        events
            .iter()
            .all(|event| event.sealed.plain() == Some(MARKER.as_bytes()))
    );
    assert!(!format!("{events:?}").contains("MARKER"));

    // While the store is open, so that the write-ahead log is still there.
    let mut folders = vec![place.directory()];
    match place.cluster_directory() {
        Some(cluster) => folders.push(cluster),
        None => assert!(place.directory().join("record.db-wal").exists()),
    }
    let holding = |text: &str| {
        let found = Command::new("grep")
            .args(["-rlaF", "-e", text])
            .args(&folders)
            .output()
            .unwrap();
        String::from_utf8(found.stdout).unwrap()
    };
    assert_eq!(holding(MARKER), "");
    assert_eq!(holding("MARKER"), "");
    assert_ne!(holding("noted/1"), "", "the search finds what lies open");
}

async fn files_come_back_whole(place: Place) {
    let store = place.open().await;
    for size in [0, 1, 15, 16, 17, 1_000_000] {
        let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
        let stored = store.put_file(bytes.clone(), KeyRef::Case(case(1))).await.unwrap();
        assert_eq!((stored.size, stored.plain), (size as u64, base::Digest::of(&bytes)));
        assert_eq!(
            store.get_file(stored.address, KeyRef::Case(case(1))).await.unwrap(),
            bytes
        );
    }
    assert_eq!(store.verify().await.unwrap().files, 6);
}

async fn a_file_is_stored_once_and_for_its_owner_alone(place: Place) {
    use std::os::unix::fs::PermissionsExt;
    let store = place.open().await;
    let first = store.put_file(b"same".to_vec(), KeyRef::Case(case(1))).await.unwrap();
    let second = store.put_file(b"same".to_vec(), KeyRef::Case(case(1))).await.unwrap();
    // Another nonce, another address: equal files do not show as equal.
    assert_ne!(first.address, second.address);
    assert_eq!(first.plain, second.plain);
    let name = first.address.to_string();
    let path = place.directory().join("files").join(&name[..2]).join(&name[2..]);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(base::Digest::of(fs::read(&path).unwrap()), first.address);
    // A file cut off while it was written never has an address: what is left of it is not a file of the record.
    fs::write(path.with_file_name(".half.1.part"), b"half").unwrap();
    let report = store.verify().await.unwrap();
    assert_eq!((report.files, report.findings), (2, vec![]));
    // Where the folder cannot be written, nothing is stored and the caller is told.
    let files = place.directory().join("files");
    fs::rename(&files, place.directory().join("away")).unwrap();
    fs::write(&files, b"in the way").unwrap();
    assert!(store.put_file(b"x".to_vec(), KeyRef::Case(case(1))).await.is_err());
}
