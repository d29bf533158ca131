//! What lies beside the log: drafts, accounts, sessions, readings, the outbox.

use crate::on_both;
use crate::place::{GROUP, INSTITUTION, PERSON, Place, case, later};
use base::{Clock, Digest, DraftId, EventId, PersonId};
use std::collections::BTreeSet;
use store::{Account, Attempt, LoginFailure, OutboxMessage, Reading, Session, StreamKind, StreamName};

on_both! {
    drafts_are_ones_own
    accounts_hold_one_password
    accounts_are_opened_with_an_append_or_nothing_is
    sessions_begin_and_end
    browsers_are_known_by_person
    browsers_of_a_person_are_forgotten
    attempts_are_counted_one_after_another
    failures_leave_one_line_a_day
    readings_leave_the_case_alone
    an_outbox_message_goes_to_one_claimer
}

const OTHER: PersonId = PersonId([0x22; 16]);

async fn drafts_are_ones_own(place: Place) {
    let store = place.open().await;
    let (first, second) = (DraftId([1; 16]), DraftId([2; 16]));
    store.save_draft(first, PERSON, "submit", None, b"one").await.unwrap();
    place.clock.advance(1);
    store
        .save_draft(second, PERSON, "find", Some(case(1)), b"two")
        .await
        .unwrap();
    place.clock.advance(1);
    store
        .save_draft(first, PERSON, "submit", None, b"one, longer")
        .await
        .unwrap();
    let heads = store.drafts(PERSON).await.unwrap();
    assert_eq!(heads.iter().map(|d| d.id).collect::<Vec<_>>(), [first, second]);
    assert_eq!((heads[0].saved, heads[1].case), (place.clock.now(), Some(case(1))));
    assert_eq!(
        store.load_draft(first, PERSON).await.unwrap().unwrap().body,
        b"one, longer"
    );
    // Another neither reads, nor overwrites, nor deletes it.
    assert_eq!(store.load_draft(first, OTHER).await.unwrap(), None);
    assert!(store.save_draft(first, OTHER, "submit", None, b"theirs").await.is_err());
    assert!(!store.delete_draft(first, OTHER).await.unwrap());
    assert_eq!(store.drafts(OTHER).await.unwrap(), []);
    assert_eq!(
        store.load_draft(first, PERSON).await.unwrap().unwrap().body,
        b"one, longer"
    );
    assert!(store.delete_draft(first, PERSON).await.unwrap());
    assert!(!store.delete_draft(first, PERSON).await.unwrap());
    assert_eq!(store.load_draft(first, PERSON).await.unwrap(), None);
}

async fn accounts_hold_one_password(place: Place) {
    let store = place.open().await;
    let opened = place.clock.now();
    assert!(store.add_account("wang", PERSON, "$argon2id$a", true).await.unwrap());
    assert!(!store.add_account("wang", OTHER, "$argon2id$b", true).await.unwrap());
    assert!(!store.add_account("wang2", PERSON, "$argon2id$b", true).await.unwrap());
    let account = store.account("wang").await.unwrap().unwrap();
    assert_eq!(
        (
            account.person,
            account.password.as_str(),
            account.must_change,
            account.changed
        ),
        (PERSON, "$argon2id$a", true, opened)
    );
    assert_eq!(store.account("Wang").await.unwrap(), None);
    place.clock.advance(5);
    assert!(store.set_password("wang", "$argon2id$c", false).await.unwrap());
    assert!(!store.set_password("nobody", "x", false).await.unwrap());
    let account = store.account_of(PERSON).await.unwrap().unwrap();
    assert_eq!((account.password.as_str(), account.must_change), ("$argon2id$c", false));
    assert_eq!(account.changed, place.clock.now());
    assert!(!format!("{account:?}").contains("argon2id"));
    assert_eq!(store.accounts().await.unwrap(), [account]);
}

async fn sessions_begin_and_end(place: Place) {
    let store = place.open().await;
    let now = place.clock.now();
    let token = |n: u8| Digest::of([n]);
    let session = |n: u8, person| Session {
        token: token(n),
        person,
        half: n == 3,
        created: later(now, i64::from(n)),
        last_seen: later(now, i64::from(n)),
        address: "10.1.2.3".into(),
        browser: "电脑上的微软浏览器".into(),
    };
    for n in 1..=4 {
        let person = if n == 4 { OTHER } else { PERSON };
        store.begin_session(&session(n, person)).await.unwrap();
    }
    store.touch_session(token(1), later(now, 100)).await.unwrap();
    let used = Session {
        last_seen: later(now, 100),
        ..session(1, PERSON)
    };
    assert_eq!(store.session(token(1)).await.unwrap(), Some(used.clone()));
    assert_eq!(store.session(token(9)).await.unwrap(), None);
    let of = store.sessions_of(PERSON).await.unwrap();
    assert_eq!(of, [used, session(3, PERSON), session(2, PERSON)]);
    assert!(store.end_session(token(2)).await.unwrap());
    assert!(!store.end_session(token(2)).await.unwrap(), "ended once");
    assert_eq!(store.session(token(2)).await.unwrap(), None);
    assert_eq!(store.sweep_sessions(now, later(now, 4)).await.unwrap(), 1);
    assert_eq!(store.session(token(3)).await.unwrap(), None);
    store.begin_session(&session(5, PERSON)).await.unwrap();
    assert_eq!(store.end_sessions_of(PERSON, Some(token(5))).await.unwrap(), 1);
    assert!(store.session(token(5)).await.unwrap().is_some());
    assert_eq!(store.end_sessions_of(PERSON, None).await.unwrap(), 1);
    assert_eq!(store.session(token(5)).await.unwrap(), None);
    assert!(store.session(token(4)).await.unwrap().is_some());
}

async fn browsers_are_known_by_person(place: Place) {
    let store = place.open().await;
    let now = place.clock.now();
    let token = Digest::of([1]);
    assert!(!store.knows_device(token, PERSON).await.unwrap());
    store.know_device(token, PERSON, now).await.unwrap();
    assert!(store.knows_device(token, PERSON).await.unwrap());
    assert!(!store.knows_device(token, OTHER).await.unwrap());
    assert_eq!(store.devices_of(PERSON).await.unwrap(), [token]);
    assert_eq!(store.devices_of(OTHER).await.unwrap(), []);
    // A browser that another logs in from is the other's.
    store.know_device(token, OTHER, later(now, 9)).await.unwrap();
    assert!(!store.knows_device(token, PERSON).await.unwrap());
    assert_eq!(store.sweep_devices(later(now, 9)).await.unwrap(), 0);
    assert_eq!(store.sweep_devices(later(now, 10)).await.unwrap(), 1);
    assert!(!store.knows_device(token, OTHER).await.unwrap());
}

async fn browsers_of_a_person_are_forgotten(place: Place) {
    let store = place.open().await;
    let now = place.clock.now();
    for (n, person) in [(1u8, PERSON), (2, PERSON), (3, OTHER)] {
        store.know_device(Digest::of([n]), person, now).await.unwrap();
    }
    store.forget_devices_of(PERSON).await.unwrap();
    for (n, person, known) in [(1u8, PERSON, false), (2, PERSON, false), (3, OTHER, true)] {
        assert_eq!(store.knows_device(Digest::of([n]), person).await.unwrap(), known, "{n}");
    }
}

async fn accounts_are_opened_with_an_append_or_nothing_is(place: Place) {
    let store = place.open().await;
    let account = |n: u8, login: &str| Account {
        login: login.into(),
        person: PersonId([n; 16]),
        password: "$argon2id$a".into(),
        must_change: true,
        changed: place.clock.now(),
    };
    let mut append = place.act(case(1), Some(0));
    append.accounts = (0..150).map(|n| account(n, &format!("user{n}"))).collect();
    store.append(append).await.unwrap();
    assert_eq!(store.accounts().await.unwrap().len(), 150);
    assert_eq!(store.account("user149").await.unwrap(), Some(account(149, "user149")));
    // A login name that is taken, a person who has one: not even the events.
    for taken in [account(200, "user1"), account(1, "another")] {
        let mut append = place.act(case(2), Some(0));
        append.accounts = vec![account(201, "fresh"), taken];
        assert!(store.append(append).await.is_err());
        assert_eq!(store.account("fresh").await.unwrap(), None);
        assert_eq!(store.head(&StreamName::Case(case(2))).await.unwrap(), None);
    }
    // Written together with others, it alone is refused.
    let mut bad = place.act(case(3), Some(0));
    bad.accounts = vec![account(202, "user1")];
    let good = place.act(case(4), Some(0));
    let (bad, good) = tokio::join!(store.append(bad), store.append(good));
    assert!(bad.is_err() && good.is_ok());
    assert_eq!(store.verify().await.unwrap().findings, []);
}

async fn attempts_are_counted_one_after_another(place: Place) {
    let store = place.open().await;
    let now = place.clock.now();
    assert_eq!(store.attempt("name/wang").await.unwrap(), Attempt::default());
    let tries = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let count = |before: Attempt| Attempt {
                failed: before.failed + 1,
                last: now,
                until: before.until,
            };
            store.count_attempt("name/wang", count).await.unwrap().failed
        })
    });
    let mut counts = BTreeSet::new();
    for one in tries.collect::<Vec<_>>() {
        counts.insert(one.await.unwrap());
    }
    assert_eq!(counts, (1..=8).collect(), "no two saw the same count");
    assert_eq!(store.attempt("name/wang").await.unwrap().failed, 8);
    let held = |_| Attempt {
        failed: 9,
        last: now,
        until: later(now, 600),
    };
    store.count_attempt("name/li", held).await.unwrap();
    assert_eq!(store.sweep_attempts(now, now).await.unwrap(), 0, "nothing is that old");
    assert_eq!(store.sweep_attempts(later(now, 1), later(now, 600)).await.unwrap(), 1);
    assert_eq!(
        store.attempt("name/li").await.unwrap(),
        held(Attempt::default()),
        "held"
    );
    store.forget_attempts("name/li").await.unwrap();
    assert_eq!(store.attempt("name/li").await.unwrap(), Attempt::default());
}

async fn failures_leave_one_line_a_day(place: Place) {
    let store = place.open().await;
    let at = place.clock.now();
    for (person, address, locked, seconds) in [
        (Some(PERSON), "10.1.2.3", false, 0),
        (Some(PERSON), "10.1.2.3", true, 5),
        (Some(PERSON), "10.9.9.9", false, 6),
        (None, "10.1.2.3", false, 7),
        (None, "10.1.2.3", false, 86_400),
    ] {
        store
            .trace_failure(person, address, locked, later(at, seconds))
            .await
            .unwrap();
    }
    let line = |person, address: &str, (failed, locked), (first, last)| LoginFailure {
        day: later(at, first).date(),
        person,
        address: address.into(),
        failed,
        locked,
        first: later(at, first),
        last: later(at, last),
    };
    let today = [
        line(None, "10.1.2.3", (1, 0), (7, 7)),
        line(Some(PERSON), "10.1.2.3", (2, 1), (0, 5)),
        line(Some(PERSON), "10.9.9.9", (1, 0), (6, 6)),
    ];
    assert_eq!(store.failures_on(at.date()).await.unwrap(), today);
    assert_eq!(store.failures_of(PERSON, at.date()).await.unwrap(), today[1..]);
    let tomorrow = line(None, "10.1.2.3", (1, 0), (86_400, 86_400));
    let since = store.failures_since(at.date(), 2).await.unwrap();
    assert_eq!(since, [tomorrow.clone(), today[1].clone()]);
    assert_eq!(store.sweep_failures(tomorrow.day).await.unwrap(), 3);
    assert_eq!(store.failures_since(at.date(), 9).await.unwrap(), [tomorrow]);
}

async fn readings_leave_the_case_alone(place: Place) {
    let store = place.open().await;
    let stream = place.case(&store, case(1), 1).await;
    let at = place.clock.now();
    let reading = |person, institution, seconds, what: &str| Reading {
        at: later(at, seconds),
        person,
        role: "investigator".into(),
        institution,
        case: case(1),
        what: what.into(),
    };
    let readings = [
        reading(PERSON, INSTITUTION, 0, "case"),
        reading(OTHER, GROUP, 5, "record"),
        reading(PERSON, INSTITUTION, 86_400, "case"),
    ];
    store.record_readings(&readings).await.unwrap();
    store.record_readings(&[]).await.unwrap();
    let mut latest_first = readings.to_vec();
    latest_first.reverse();
    assert_eq!(store.readings_of(case(1), 10).await.unwrap(), latest_first);
    assert_eq!(store.readings_of(case(1), 1).await.unwrap(), latest_first[..1]);
    assert_eq!(store.readings_of(case(2), 10).await.unwrap(), []);
    assert_eq!(store.head(&stream).await.unwrap().unwrap().version, 1);
    let names: Vec<String> = store
        .heads(StreamKind::Access)
        .await
        .unwrap()
        .iter()
        .map(|h| h.stream.to_string())
        .collect();
    let expected = [
        format!("access/{INSTITUTION}/2026-09-16"),
        format!("access/{INSTITUTION}/2026-09-17"),
        format!("access/{GROUP}/2026-09-16"),
    ];
    assert_eq!(names, expected);
    assert_eq!(store.verify().await.unwrap().findings, []);
}

async fn an_outbox_message_goes_to_one_claimer(place: Place) {
    let store = place.open().await;
    for n in 0..20u8 {
        let mut append = place.act(case(n + 1), Some(0));
        append.outbox.push(OutboxMessage {
            id: EventId([n; 16]),
            topic: "case".into(),
            body: vec![n],
        });
        store.append(append).await.unwrap();
    }
    let now = place.clock.now();
    let claimers = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut got = Vec::new();
            loop {
                let rows = store.claim_outbox("case", 3, now, later(now, 60)).await.unwrap();
                if rows.is_empty() {
                    return got;
                }
                got.extend(rows);
            }
        })
    });
    let mut all = Vec::new();
    for claimer in claimers.collect::<Vec<_>>() {
        all.extend(claimer.await.unwrap());
    }
    let mut ids: Vec<u8> = all.iter().map(|row| row.message.id.0[0]).collect();
    ids.sort();
    assert_eq!(ids, (0..20).collect::<Vec<u8>>());
    assert!(all.iter().all(|row| row.attempts == 1 && row.created == now));
    // Delivered, given back, or left lying by a claimer that died.
    for n in 0..18 {
        store.finish_outbox(EventId([n; 16])).await.unwrap();
    }
    store.retry_outbox(EventId([18; 16]), later(now, 10)).await.unwrap();
    assert_eq!(
        store
            .claim_outbox("case", 9, later(now, 9), later(now, 99))
            .await
            .unwrap(),
        []
    );
    let again = store
        .claim_outbox("case", 9, later(now, 10), later(now, 99))
        .await
        .unwrap();
    assert_eq!(
        again
            .iter()
            .map(|row| (row.message.id.0[0], row.attempts))
            .collect::<Vec<_>>(),
        [(18, 2)]
    );
    let dead = store
        .claim_outbox("case", 9, later(now, 60), later(now, 99))
        .await
        .unwrap();
    assert_eq!(
        dead.iter()
            .map(|row| (row.message.id.0[0], row.attempts))
            .collect::<Vec<_>>(),
        [(19, 2)]
    );
}
