//! Tampering past the store, and what `verify` and `read` say of it.

use crate::on_both;
use crate::place::{Place, case, files_below};
use std::fs;
use store::read::digest_of;
use store::{Error, Finding, KeyRef, Store, StoredEvent, StreamKind, StreamName};

on_both! {
    a_sound_record_has_no_findings
    every_change_of_an_event_is_named
    a_changed_or_missing_file_is_named
    verifying_needs_no_key
    an_event_with_its_hash_recomputed_breaks_the_chain_behind_it
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
    let keep_acts = "create table kept_acts as select * from act";
    for sql in [keep, keep_heads, keep_acts] {
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
    let set_back = |to: u64| {
        format!(
            "update stream set version = {to}, hash = (select hash from event where stream = '{name}' and version = {to})
             where name = '{name}'"
        )
    };
    let cut = vec![delete(4), delete(3), set_back(2)];
    table.push(("cut with its head".into(), cut, name.clone(), Some(3)));
    let gone = vec![
        format!("delete from event where stream = '{name}'"),
        format!("delete from stream where name = '{name}'"),
    ];
    table.push(("deleted with its head".into(), gone, name.clone(), None));
    let act = |version: u64| format!("delete from act where heads like '{name} {version} %'");
    table.push(("last act deleted".into(), vec![act(4)], name.clone(), Some(4)));
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
                "cut with its head",
                "deleted with its head",
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
            "delete from act",
            "insert into act select * from kept_acts",
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

/// Sets an event's times past the store with its hash recomputed; with `follow`, the rest of the stream and its
/// registered head too.
async fn rewrite(place: &Place, events: &[StoredEvent], version: u64, acted: i64, recorded: i64, follow: bool) {
    let mut prev = events[version as usize - 1].prev;
    for event in &events[version as usize - 1..] {
        let mut event = event.clone();
        if event.version == version {
            (event.acted.0, event.recorded.0) = (acted, recorded);
        }
        event.prev = prev;
        let hash = event.envelope().hash();
        let dash = prev.map_or("null".into(), |p| format!("'{p}'"));
        place
            .tamper(&format!(
                "update event set acted = {}, recorded = {}, prev = {dash}, hash = '{hash}' \
                 where stream = '{}' and version = {}",
                event.acted.0, event.recorded.0, event.stream, event.version
            ))
            .await;
        prev = Some(hash);
        if !follow {
            return;
        }
        place
            .tamper(&format!(
                "update stream set hash = '{hash}' where name = '{}'",
                event.stream
            ))
            .await;
    }
}

async fn an_event_with_its_hash_recomputed_breaks_the_chain_behind_it(place: Place) {
    let (store, stream, _) = record(&place).await;
    let events = store.read(&stream).await.unwrap();
    let recorded = events[0].recorded.0;
    // (version, recorded, with all that follows, where it shows)
    let table: [(u64, i64, bool, &[u64]); 6] = [
        (1, recorded, false, &[2]),
        (3, recorded, false, &[4]),
        (4, recorded, false, &[4]),
        (3, recorded - 1, true, &[3, 4]),
        (2, recorded + 1, true, &[3, 4]),
        (2, recorded, true, &[4]),
    ];
    for (version, recorded, follow, shows) in table {
        rewrite(&place, &events, version, 7, recorded, follow).await;
        let found: Vec<Option<u64>> = store
            .verify()
            .await
            .unwrap()
            .findings
            .iter()
            .map(|f| f.version)
            .collect();
        let shows: Vec<_> = shows.iter().copied().map(Some).collect();
        assert_eq!(found, shows, "{version} {follow}");
        let original = &events[version as usize - 1];
        rewrite(&place, &events, version, original.acted.0, original.recorded.0, true).await;
        assert_eq!(store.read(&stream).await.unwrap(), events);
    }
    // The first event taken away and the second made to look like the first of the stream.
    place
        .tamper(&format!("delete from event where stream = '{stream}' and version = 1"))
        .await;
    let mut headless = events.clone();
    headless[1].prev = None;
    rewrite(&place, &headless, 2, 7, recorded, true).await;
    let findings = store.verify().await.unwrap().findings;
    assert_eq!(
        findings.iter().map(|f| f.version).collect::<Vec<_>>(),
        [Some(2), Some(4)]
    );
}

/// What the act of a stream's last event says of it.
async fn rewrite_act(place: &Place, stream: &StreamName, version: u64, hash: base::Digest) {
    place
        .tamper(&format!(
            "update act set heads = '{stream} {version} {hash}' where heads like '{stream} {version} %'"
        ))
        .await;
}

/// What `verify` cannot find by itself: everything recomputed, or the end cut off, together with heads and acts.
async fn a_stream_rewritten_with_its_head_shows_only_against_a_kept_digest(place: Place) {
    let (store, stream, _) = record(&place).await;
    let kept = digest_of(&store.heads(StreamKind::Case).await.unwrap());
    let events = store.read(&stream).await.unwrap();
    let (first, third) = (&events[0], &events[2]);
    rewrite(&place, &events, 1, 7, first.recorded.0, true).await;
    let versions = |findings: &[Finding]| findings.iter().map(|f| f.version).collect::<Vec<_>>();
    assert_eq!(versions(&store.verify().await.unwrap().findings), [Some(4)]);
    let rewritten = store.read(&stream).await.unwrap()[3].hash;
    rewrite_act(&place, &stream, 4, rewritten).await;
    assert_eq!(store.verify().await.unwrap().findings, []);
    assert_ne!(digest_of(&store.heads(StreamKind::Case).await.unwrap()), kept);
    rewrite(&place, &events, 1, first.acted.0, first.recorded.0, true).await;
    rewrite_act(&place, &stream, 4, events[3].hash).await;
    assert_eq!(digest_of(&store.heads(StreamKind::Case).await.unwrap()), kept);

    place
        .tamper(&format!("delete from event where stream = '{stream}' and version = 4"))
        .await;
    let sql = format!(
        "update stream set version = 3, hash = '{}' where name = '{stream}'",
        third.hash
    );
    place.tamper(&sql).await;
    assert_eq!(versions(&store.verify().await.unwrap().findings), [Some(4)]);
    place
        .tamper(&format!("delete from act where heads like '{stream} 4 %'"))
        .await;
    assert_eq!(store.verify().await.unwrap().findings, []);
    assert_ne!(digest_of(&store.heads(StreamKind::Case).await.unwrap()), kept);
}
