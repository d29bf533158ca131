//! Tampering past the store, and what `verify` and `read` say of it.

use crate::on_both;
use crate::place::{Place, case, files_below};
use std::fs;
use store::{Error, Finding, KeyRef, Store, StreamName};

on_both! {
    a_sound_record_has_no_findings
    every_change_of_an_event_is_named
    a_changed_or_missing_file_is_named
    verifying_needs_no_key
    a_stream_rewritten_with_its_head_shows_only_against_a_kept_digest
}

/// Three cases of four events each; the first case's second event names a file.
async fn record(place: &Place) -> (Store, StreamName, base::Digest) {
    let store = place.open().await;
    let file = store.put_file(b"a scan".to_vec(), KeyRef::Case(case(1))).await.unwrap();
    for n in 1..=3 {
        for version in 0..4 {
            let mut append = place.act(case(n), Some(version));
            if (n, version) == (1, 1) {
                append.streams[0].events[0].open =
                    format!(r#"{{"evidence":{{"file":"{}"}}}}"#, file.address).into_bytes();
            }
            store.append(append).await.unwrap();
        }
    }
    (store, StreamName::Case(case(1)), file.address)
}

async fn a_sound_record_has_no_findings(place: Place) {
    let (store, _, _) = record(&place).await;
    store
        .put_file(b"not handed in".to_vec(), KeyRef::Case(case(2)))
        .await
        .unwrap();
    let report = store.verify().await.unwrap();
    assert_eq!(report.findings, []);
    assert_eq!(
        (report.streams, report.events, report.files, report.unnamed_files),
        (4, 13, 2, 1)
    );
}

async fn every_change_of_an_event_is_named(place: Place) {
    let (store, stream, _) = record(&place).await;
    let keep = "create table kept as select * from event";
    let keep_heads = "create table kept_heads as select * from stream";
    for sql in [keep, keep_heads] {
        place.run(sql).await;
    }
    let other = StreamName::Case(case(2)).to_string();
    let name = stream.to_string();
    let at = |version: i64| format!("where stream = '{name}' and version = {version}");
    // (what, statements, stream, version)
    let mut table: Vec<(String, Vec<String>, String, Option<u64>)> = Vec::new();
    let columns = [
        ("open", "cast('{\"code\":\"b\"}' as BLOB)"),
        ("sealed", "cast('x' as BLOB)"),
        ("sealed", "null"),
        ("site", "'00000000000000000000000000000000'"),
        ("kind", "'noted/2'"),
        ("event", "'00000000000000000000000000000000'"),
        ("act", "'00000000000000000000000000000000'"),
        ("actor", "'system'"),
        ("capacity", "'clerk@x'"),
        ("acted", "acted + 1"),
        ("recorded", "recorded + 1"),
        ("open_digest", "hash"),
        ("sealed_digest", "hash"),
        ("sealed_digest", "null"),
        ("prev", "hash"),
        ("prev", "null"),
        ("hash", "prev"),
        ("kind", "'not a kind'"),
        ("actor", "'not an actor'"),
        ("hash", "'not a digest'"),
    ];
    let blob = if place.is_sqlite() { "blob" } else { "bytea" };
    for (column, value) in columns {
        let sql = format!("update event set {column} = {} {}", value.replace("BLOB", blob), at(3));
        table.push((format!("{column} = {value}"), vec![sql], name.clone(), Some(3)));
    }
    let delete = |version: i64| format!("delete from event {}", at(version));
    table.push(("first deleted".into(), vec![delete(1)], name.clone(), Some(2)));
    table.push(("middle deleted".into(), vec![delete(2)], name.clone(), Some(3)));
    table.push(("last deleted".into(), vec![delete(4)], name.clone(), Some(4)));
    table.push((
        "all deleted".into(),
        vec![format!("delete from event where stream = '{name}'")],
        name.clone(),
        Some(1),
    ));
    table.push((
        "head deleted".into(),
        vec![format!("delete from stream where name = '{name}'")],
        name.clone(),
        None,
    ));
    table.push((
        "head set back".into(),
        vec![format!("update stream set version = 3 where name = '{name}'")],
        name.clone(),
        Some(4),
    ));
    table.push((
        "head's hash changed".into(),
        vec![format!(
            "update stream set hash = '{}' where name = '{name}'",
            "0".repeat(64)
        )],
        name.clone(),
        Some(4),
    ));
    table.push((
        "head's kind changed".into(),
        vec![format!("update stream set kind = 'person' where name = '{name}'")],
        name.clone(),
        None,
    ));
    let copy = |version: &str, from: &str, of: i64| {
        format!(
            "insert into event select stream, {version}, site, kind, '{}', act, actor, capacity, acted, recorded, open, \
             open_digest, sealed, sealed_digest, prev, hash from {from} where stream = '{name}' and version = {of}",
            "e".repeat(32)
        )
    };
    table.push((
        "added at the end".into(),
        vec![copy("5", "kept", 4)],
        name.clone(),
        Some(5),
    ));
    let swap = vec![
        format!("update event set version = 99 {}", at(2)),
        format!("update event set version = 2 {}", at(3)),
        format!("update event set version = 3 {}", at(99)),
    ];
    table.push(("reordered".into(), swap, name.clone(), Some(2)));
    let moved = vec![format!("update event set stream = '{other}', version = 5 {}", at(4))];
    table.push(("moved to another stream".into(), moved, other.clone(), Some(5)));
    table.push((
        "stream renamed".into(),
        vec![format!("update event set stream = 'case/x' {}", at(4))],
        "case/x".into(),
        None,
    ));
    for (what, statements, stream_named, version) in table {
        for sql in &statements {
            place.tamper(sql).await;
        }
        let findings = store.verify().await.unwrap().findings;
        let named = |f: &Finding| f.stream == stream_named && f.version == version;
        assert!(findings.iter().any(named), "{what}: {findings:?}");
        assert!(
            findings.iter().all(|f| f.stream == stream_named || f.stream == name),
            "{what}: {findings:?}"
        );
        // Reading stops at it too, unless only the register of heads was touched or the end cut off.
        let touches_events = statements.iter().any(|sql| sql.contains(" event "));
        if touches_events
            && ![
                "last deleted",
                "all deleted",
                "moved to another stream",
                "stream renamed",
            ]
            .contains(&what.as_str())
        {
            let error = store.read(&stream).await.unwrap_err();
            assert!(
                matches!(&error, Error::Damaged { version: v, .. } if version.is_none_or(|at| at == *v)),
                "{what}: {error}"
            );
        }
        for sql in [
            "delete from event",
            "insert into event select * from kept",
            "delete from stream",
            "insert into stream select * from kept_heads",
        ] {
            place.run(sql).await;
        }
        assert_eq!(store.verify().await.unwrap().findings, [], "restored after {what}");
    }
}

async fn a_changed_or_missing_file_is_named(place: Place) {
    let (store, stream, address) = record(&place).await;
    let paths = files_below(&place.directory().join("files"));
    let [path] = paths.as_slice() else { panic!("{paths:?}") };
    let whole = fs::read(path).unwrap();
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    for (what, bytes) in [
        ("changed", changed),
        ("cut", whole[..whole.len() - 1].to_vec()),
        ("emptied", vec![]),
    ] {
        fs::write(path, bytes).unwrap();
        let findings = store.verify().await.unwrap().findings;
        assert_eq!(findings.len(), 1, "{what}: {findings:?}");
        assert_eq!(
            (&findings[0].stream, findings[0].version, findings[0].file),
            (&stream.to_string(), Some(2), Some(address))
        );
        assert!(matches!(
            store.get_file(address, KeyRef::Case(case(1))).await,
            Err(Error::FileDamaged(_))
        ));
    }
    fs::remove_file(path).unwrap();
    assert!(matches!(
        store.get_file(address, KeyRef::Case(case(1))).await,
        Err(Error::FileMissing(_))
    ));
    let findings = store.verify().await.unwrap().findings;
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!((findings[0].version, findings[0].file), (Some(2), Some(address)));
    assert!(findings[0].to_string().contains("找不到文件"));
    // One that no open part names is missed by the register.
    let unnamed = store
        .put_file(b"x".to_vec(), KeyRef::Case(case(1)))
        .await
        .unwrap()
        .address;
    let name = unnamed.to_string();
    fs::remove_file(place.directory().join("files").join(&name[..2]).join(&name[2..])).unwrap();
    let findings = store.verify().await.unwrap().findings;
    assert_eq!(
        findings.iter().map(|f| f.file).collect::<Vec<_>>(),
        [Some(address), Some(unnamed)]
    );
    fs::write(path, &whole).unwrap();
    place
        .tamper(&format!("delete from file where address = '{unnamed}'"))
        .await;
    assert_eq!(store.verify().await.unwrap().findings, []);
    assert_eq!(store.get_file(address, KeyRef::Case(case(1))).await.unwrap(), b"a scan");
}

async fn verifying_needs_no_key(place: Place) {
    if place.is_sqlite() {
        assert!(matches!(store::verify(&place.location).await, Err(Error::NoRecord(_))));
        assert!(!place.directory().exists());
    }
    let (store, stream, _) = record(&place).await;
    let report = store.verify().await.unwrap();
    assert_eq!(store::verify(&place.location).await.unwrap(), report);
    store.close().await.unwrap();
    fs::remove_file(place.directory().join("master.key")).unwrap();
    if place.is_sqlite() {
        fs::remove_file(place.directory().join("keys.db")).unwrap();
    } else {
        place.run("drop schema jinzhi_keys cascade").await;
    }
    assert_eq!(store::verify(&place.location).await.unwrap(), report);
    place
        .tamper(&format!(
            "update event set acted = 0 where stream = '{stream}' and version = 2"
        ))
        .await;
    let findings = store::verify(&place.location).await.unwrap().findings;
    assert_eq!((findings.len(), findings[0].version), (1, Some(2)));
    assert!(!place.directory().join("master.key").exists());
}

async fn a_stream_rewritten_with_its_head_shows_only_against_a_kept_digest(place: Place) {
    let (store, stream, _) = record(&place).await;
    let kept = store.head(&stream).await.unwrap().unwrap();
    let third = store.read(&stream).await.unwrap()[2].hash;
    place
        .tamper(&format!("delete from event where stream = '{stream}' and version = 4"))
        .await;
    place
        .tamper(&format!(
            "update stream set version = 3, hash = '{third}' where name = '{stream}'"
        ))
        .await;
    assert_eq!(store.verify().await.unwrap().findings, []);
    assert_ne!(store.head(&stream).await.unwrap().unwrap(), kept);
}
