//! Order and atomicity: versions, conflicts, acts recorded once, several streams at once, series, the clock.

use crate::on_both;
use crate::place::{GROUP, INSTITUTION, PERSON, Place, case, later};
use base::{Clock, EventId};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Actor, Append, Appended, Error, KeyRef, OutboxMessage, StreamAppend, StreamKind, StreamName};

on_both! {
    events_come_back_as_they_were_handed_in
    a_conflict_names_both_versions_and_changes_nothing
    an_act_is_recorded_once
    several_streams_are_all_or_nothing
    of_two_writers_one_wins
    a_failed_append_takes_no_other_with_it
    series_have_no_gaps_under_concurrent_issuers
    a_clock_set_back_is_held
    what_must_not_stand_in_the_record_is_refused
    streams_are_walked_in_name_order
}

async fn events_come_back_as_they_were_handed_in(place: Place) {
    let store = place.open().await;
    let append = place.act(case(1), Some(0));
    let given = append.streams[0].events[0].clone();
    let Appended::Now(written) = store.append(append).await.unwrap() else {
        panic!("recorded before")
    };
    let stream = StreamName::Case(case(1));
    store.append(place.act(case(1), Some(1))).await.unwrap();
    let events = store.read(&stream).await.unwrap();
    assert_eq!(events.len(), 2);
    let event = &events[0];
    assert_eq!(
        (event.id, &event.kind, event.act, event.actor),
        (given.id, &given.kind, given.act, given.actor)
    );
    assert_eq!(
        (&event.capacity, event.acted, &event.open),
        (&given.capacity, given.acted, &given.open)
    );
    assert_eq!(event.sealed.plain(), Some(given.sealed.unwrap().plain.as_slice()));
    assert_eq!(
        (event.version, event.prev, event.recorded),
        (1, None, place.clock.now())
    );
    assert_eq!(event.envelope().hash(), event.hash);
    assert_eq!((events[1].version, events[1].prev), (2, Some(event.hash)));
    assert_eq!(
        (written.heads[0].version, written.heads[0].hash, written.clamped),
        (1, event.hash, false)
    );
    // The same after a restart.
    store.close().await.unwrap();
    let store = place.open().await;
    assert_eq!(store.read(&stream).await.unwrap(), events);
    assert_eq!(store.read(&StreamName::Case(case(9))).await.unwrap(), []);
}

async fn a_conflict_names_both_versions_and_changes_nothing(place: Place) {
    let store = place.open().await;
    let stream = place.case(&store, case(1), 2).await;
    for expected in [0, 1, 3] {
        match store.append(place.act(case(1), Some(expected))).await {
            Err(Error::Conflict {
                stream: s,
                expected: e,
                actual,
            }) => assert_eq!((s, e, actual), (stream.clone(), expected, 2)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(store.read(&stream).await.unwrap().len(), 2);
    store.append(place.act(case(1), None)).await.unwrap();
    assert_eq!(store.head(&stream).await.unwrap().unwrap().version, 3);
}

async fn an_act_is_recorded_once(place: Place) {
    let store = place.open().await;
    let append = place.act(case(1), Some(0));
    let act = append.act;
    assert_eq!(store.find_act(act).await.unwrap(), None);
    let Appended::Now(first) = store.append(append.clone()).await.unwrap() else {
        panic!()
    };
    // Twice by the same form, and once more with other events for another stream.
    assert_eq!(
        store.append(append).await.unwrap(),
        Appended::AlreadyDone(first.clone())
    );
    let mut other = place.act(case(2), Some(0));
    other.act = act;
    assert_eq!(store.append(other).await.unwrap(), Appended::AlreadyDone(first.clone()));
    assert_eq!(store.find_act(act).await.unwrap(), Some(first));
    assert_eq!(store.read(&StreamName::Case(case(1))).await.unwrap().len(), 1);
    assert!(!store.has_case(case(2)).await.unwrap());

    // At the same time, into streams of their own: exactly one is recorded.
    let act = place.act_id();
    let both = [10, 11, 12, 13].map(|n| {
        let (store, mut append) = (store.clone(), place.act(case(n), Some(0)));
        append.act = act;
        tokio::spawn(async move { store.append(append).await.unwrap() })
    });
    let mut now = 0;
    for one in both {
        now += usize::from(matches!(one.await.unwrap(), Appended::Now(_)));
    }
    assert_eq!(now, 1);
    assert_eq!(store.heads(StreamKind::Case).await.unwrap().len(), 2);
}

async fn several_streams_are_all_or_nothing(place: Place) {
    let store = place.open().await;
    place.case(&store, case(2), 1).await;
    let append = |second: u64| {
        let mut append = place.act(case(1), Some(0));
        let act = append.act;
        append.streams.push(place.act(case(2), Some(second)).streams.remove(0));
        append.streams.push(StreamAppend {
            stream: StreamName::Institution(INSTITUTION),
            expected: None,
            events: vec![place.event(act, KeyRef::Site), place.event(act, KeyRef::Site)],
        });
        append.outbox.push(OutboxMessage {
            id: EventId(act.0),
            topic: "case".into(),
            body: b"{}".to_vec(),
        });
        append
    };
    assert!(matches!(store.append(append(0)).await, Err(Error::Conflict { .. })));
    assert!(!store.has_case(case(1)).await.unwrap());
    assert_eq!(store.head(&StreamName::Institution(INSTITUTION)).await.unwrap(), None);
    let far = later(place.clock.now(), 60);
    assert_eq!(store.claim_outbox("case", 10, far, far).await.unwrap(), []);

    let appended = store.append(append(1)).await.unwrap();
    let heads: Vec<String> = appended
        .written()
        .heads
        .iter()
        .map(|h| format!("{} {}", h.stream, h.version))
        .collect();
    let names = [
        format!("case/{} 1", case(1)),
        format!("case/{} 2", case(2)),
        format!("institution/{INSTITUTION} 2"),
    ];
    assert_eq!(heads, names);
    assert_eq!(store.claim_outbox("case", 10, far, far).await.unwrap().len(), 1);
    assert_eq!(store.verify().await.unwrap().findings, []);
}

async fn of_two_writers_one_wins(place: Place) {
    let store = place.open().await;
    for version in 0..5 {
        let appends = (0..8).map(|_| {
            let (store, append) = (store.clone(), place.act(case(1), Some(version)));
            tokio::spawn(async move { store.append(append).await })
        });
        let mut won = 0;
        for one in appends.collect::<Vec<_>>() {
            match one.await.unwrap() {
                Ok(_) => won += 1,
                Err(Error::Conflict { expected, actual, .. }) => assert_eq!((expected, actual), (version, version + 1)),
                Err(e) => panic!("{e}"),
            }
        }
        assert_eq!(won, 1);
    }
    assert_eq!(store.verify().await.unwrap().findings, []);
}

async fn a_failed_append_takes_no_other_with_it(place: Place) {
    let store = place.open().await;
    // Of forty that come at once every second bears the one number that another case has already: it fails after its
    // events were written.
    let number = |n: u8| if n.is_multiple_of(2) { 1 } else { u32::from(n) };
    let append = |n: u8| {
        let mut append = place.act(case(n), Some(0));
        let mut view = crate::lists::view(number(n));
        view.row.case = case(n);
        append.views.cases = vec![view];
        append
    };
    store.append(append(1)).await.unwrap();
    let appends = (2..42).map(|n| {
        let (store, append) = (store.clone(), append(n));
        tokio::spawn(async move { (n, store.append(append).await.is_ok()) })
    });
    for one in appends.collect::<Vec<_>>() {
        let (n, recorded) = one.await.unwrap();
        assert_eq!(recorded, !n.is_multiple_of(2), "{n}");
        assert_eq!(store.has_case(case(n)).await.unwrap(), recorded, "{n}");
        assert_eq!(store.case_row(case(n)).await.unwrap().is_some(), recorded, "{n}");
    }
    assert_eq!(store.verify().await.unwrap().findings, []);
}

async fn series_have_no_gaps_under_concurrent_issuers(place: Place) {
    let place = Arc::new(place);
    let store = place.open().await;
    place.case(&store, case(99), 1).await;
    let issuers = (0..6u8).map(|issuer| {
        let (place, store) = (place.clone(), store.clone());
        tokio::spawn(async move {
            let mut got = Vec::new();
            let mut failed = 0;
            while got.len() < 5 {
                let number = store.next_number(INSTITUTION, 2026, "report").await.unwrap();
                let mut append = place.act(case(issuer + 1), None);
                let (act, at) = (append.act, place.clock.now());
                append.streams.push(number.issue(
                    EventId(place.act_id().0),
                    act,
                    Actor::Person(PERSON),
                    &format!("clerk@{INSTITUTION}"),
                    at,
                    &case(issuer + 1).to_string(),
                ));
                // Every third attempt is rolled back by another stream's conflict after the number was peeked at.
                if failed % 3 == 0 {
                    append.streams.push(place.act(case(99), Some(7)).streams.remove(0));
                }
                match store.append(append).await {
                    Ok(_) => got.push(number.number),
                    Err(Error::Conflict { .. }) => {}
                    Err(e) => panic!("{e}"),
                }
                failed += 1;
            }
            got
        })
    });
    let mut all = Vec::new();
    for issuer in issuers.collect::<Vec<_>>() {
        all.extend(issuer.await.unwrap());
    }
    assert_eq!(all.len(), 30);
    assert_eq!(all.into_iter().collect::<BTreeSet<u64>>(), (1..=30).collect());
    assert_eq!(store.next_number(INSTITUTION, 2026, "report").await.unwrap().number, 31);
    // Another year, kind and institution begin at 1.
    assert_eq!(store.next_number(INSTITUTION, 2027, "report").await.unwrap().number, 1);
    assert_eq!(store.next_number(INSTITUTION, 2026, "receipt").await.unwrap().number, 1);
    assert_eq!(store.next_number(GROUP, 2026, "report").await.unwrap().number, 1);
}

async fn a_clock_set_back_is_held(place: Place) {
    let store = place.open().await;
    let stream = place.case(&store, case(1), 1).await;
    let first = place.clock.now();
    place.clock.set(later(first, -3600));
    let held = store.append(place.act(case(1), Some(1))).await.unwrap();
    assert_eq!((held.written().recorded, held.written().clamped), (first, true));
    // What was claimed stays as claimed; a stream of its own is not held.
    let events = store.read(&stream).await.unwrap();
    assert_eq!((events[1].acted, events[1].recorded), (later(first, -3600), first));
    let free = store.append(place.act(case(2), Some(0))).await.unwrap();
    assert_eq!(
        (free.written().recorded, free.written().clamped),
        (later(first, -3600), false)
    );
    place.clock.set(later(first, 1));
    let on = store.append(place.act(case(1), Some(2))).await.unwrap();
    assert_eq!((on.written().recorded, on.written().clamped), (later(first, 1), false));
}

async fn what_must_not_stand_in_the_record_is_refused(place: Place) {
    let store = place.open().await;
    let own = store.own_key().await.unwrap();
    type Change = Box<dyn Fn(&mut Append)>;
    let event = |change: fn(&mut store::NewEvent)| -> Change { Box::new(move |a| change(&mut a.streams[0].events[0])) };
    let under =
        |under: KeyRef| -> Change { Box::new(move |a| a.streams[0].events[0].sealed.as_mut().unwrap().under = under) };
    let table: Vec<(&str, Change, bool)> = vec![
        ("as it should be", event(|_| {}), true),
        ("no streams", Box::new(|a| a.streams.clear()), false),
        ("no events", Box::new(|a| a.streams[0].events.clear()), false),
        (
            "a stream twice",
            Box::new(|a| a.streams.push(a.streams[0].clone())),
            false,
        ),
        ("kind without version", event(|e| e.kind = "received".into()), false),
        ("kind in upper case", event(|e| e.kind = "Received/1".into()), false),
        ("kind with version 0", event(|e| e.kind = "received/0".into()), false),
        ("kind over two lines", event(|e| e.kind = "received\n/1".into()), false),
        ("empty capacity", event(|e| e.capacity = String::new()), false),
        (
            "capacity over two lines",
            event(|e| e.capacity = "a@b\nprev:-".into()),
            false,
        ),
        ("capacity not ASCII", event(|e| e.capacity = "民政局".into()), false),
        ("open part not JSON", event(|e| e.open = b"{".to_vec()), false),
        ("open part not an object", event(|e| e.open = b"[1]".to_vec()), false),
        (
            "open part with a fraction",
            event(|e| e.open = br#"{"a":[{"b":0.5}]}"#.to_vec()),
            false,
        ),
        (
            "a file that is not an address",
            event(|e| e.open = br#"{"file":"a.pdf"}"#.to_vec()),
            false,
        ),
        (
            "a file that is not there",
            event(|e| e.open = format!(r#"{{"a":{{"files":["{}"]}}}}"#, "0".repeat(64)).into_bytes()),
            false,
        ),
        ("no sealed part", event(|e| e.sealed = None), true),
        ("under a key of its own", under(KeyRef::Own(own)), true),
        (
            "under a key that was never made",
            under(KeyRef::Own(base::KeyId([9; 16]))),
            false,
        ),
        ("under another case's key", under(KeyRef::Case(case(200))), false),
        ("under the site's key", under(KeyRef::Site), false),
        (
            "another kind in a series",
            Box::new(|a| {
                a.streams[0].events[0].sealed = None;
                a.streams[0].stream = StreamName::series(INSTITUTION, 2026, "report").unwrap();
            }),
            false,
        ),
    ];
    for (at, (what, change, allowed)) in table.into_iter().enumerate() {
        let of = case(at as u8 + 1);
        let mut append = place.act(of, Some(0));
        change(&mut append);
        assert_eq!(store.append(append).await.is_ok(), allowed, "{what}");
        assert_eq!(store.has_case(of).await.unwrap(), allowed, "{what}");
    }
    assert_eq!(store.verify().await.unwrap().findings, []);
}

async fn streams_are_walked_in_name_order(place: Place) {
    let store = place.open().await;
    for n in [7, 3, 255, 16, 1] {
        place.case(&store, case(n), 1).await;
    }
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = store.streams(StreamKind::Case, after.as_ref(), 2).await.unwrap();
        let Some(last) = page.last().cloned() else { break };
        after = Some(last);
        found.extend(page);
    }
    assert_eq!(found, [1, 3, 7, 16, 255].map(|n| StreamName::Case(case(n))));
    let heads = store.heads(StreamKind::Case).await.unwrap();
    assert_eq!(heads.iter().map(|h| h.stream.clone()).collect::<Vec<_>>(), found);
    let digest = store::read::digest_of(&heads);
    place.case(&store, case(2), 1).await;
    assert_ne!(
        store::read::digest_of(&store.heads(StreamKind::Case).await.unwrap()),
        digest
    );
}
