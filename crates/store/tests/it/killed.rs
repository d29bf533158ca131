//! A killed process loses no acknowledged act: the test binary runs itself as a writer, kills it under writing, opens
//! the record again and looks for every act the writer had acknowledged.

use crate::on_both;
use crate::place::{INSTITUTION, PERSON, Place};
use base::{ActId, CaseId, Clock, EventId, IdSource, Timestamp};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use store::{
    Actor, Append, KeyRef, Location, MasterKey, NewEvent, Random, Sealing, Store, StreamAppend, StreamName,
    SystemRandom,
};

on_both! { a_killed_process_loses_no_acknowledged_act }

/// What the writer prints before each act it was told is recorded.
const ACKNOWLEDGED: &str = "acknowledged ";
const DIRECTORY: &str = "JINZHI_TEST_WRITER_DIRECTORY";
const URL: &str = "JINZHI_TEST_WRITER_URL";

struct RandomIds;

impl IdSource for RandomIds {
    fn fresh(&self) -> [u8; 16] {
        let mut id = [0; 16];
        SystemRandom.fill(&mut id).unwrap();
        id
    }
}

/// Counts up: the writer needs no real time.
struct Ticks(std::sync::atomic::AtomicI64);

impl Clock for Ticks {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst))
    }
}

/// Not a test of its own: the process that is killed. Without its environment it has nothing to do.
#[tokio::test(flavor = "multi_thread")]
async fn writer() {
    let Ok(directory) = std::env::var(DIRECTORY) else {
        return;
    };
    let directory = directory.into();
    let location = match std::env::var(URL) {
        Ok(url) => Location::Postgres { url, directory },
        Err(_) => Location::Directory(directory),
    };
    let clock = Arc::new(Ticks(1_000_000.into()));
    let store = Store::open(
        location,
        MasterKey::Own,
        clock,
        Arc::new(RandomIds),
        Arc::new(SystemRandom),
    )
    .await
    .unwrap();
    let clients = (0..4).map(|_| tokio::spawn(write_on(store.clone())));
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
}

async fn write_on(store: Store) {
    let case = CaseId::fresh(&RandomIds);
    for version in 0.. {
        let act = ActId::fresh(&RandomIds);
        let event = |under| NewEvent {
            id: EventId::fresh(&RandomIds),
            kind: "noted/1".into(),
            act,
            actor: Actor::Person(PERSON),
            capacity: format!("clerk@{INSTITUTION}"),
            acted: Timestamp(version as i64),
            open: b"{}".to_vec(),
            sealed: Some(Sealing {
                plain: vec![7; 200],
                under,
            }),
        };
        let streams = vec![
            StreamAppend {
                stream: StreamName::Case(case),
                expected: Some(version),
                events: vec![event(KeyRef::Case(case))],
            },
            StreamAppend {
                stream: StreamName::Person(PERSON),
                expected: None,
                events: vec![event(KeyRef::Site)],
            },
        ];
        store
            .append(Append {
                act,
                streams,
                ..Append::default()
            })
            .await
            .unwrap();
        let mut out = std::io::stdout().lock();
        // The line begins anew: the test harness may have printed before it.
        writeln!(out, "\n{ACKNOWLEDGED}{act}").unwrap();
        out.flush().unwrap();
    }
}

async fn a_killed_process_loses_no_acknowledged_act(place: Place) {
    let mut acknowledged: Vec<ActId> = Vec::new();
    for round in 1..=3 {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "killed::writer", "--nocapture", "--test-threads=1"]);
        command
            .env(DIRECTORY, place.directory())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Location::Postgres { url, .. } = &place.location {
            command.env(URL, url);
        }
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut heard = 0;
        let mut hear = |line: String| {
            if let Some(act) = line.strip_prefix(ACKNOWLEDGED) {
                acknowledged.push(act.parse().unwrap());
                heard += 1;
            }
            heard
        };
        while hear(lines.next().expect("the writer ended by itself").unwrap()) < round * 40 {}
        // SIGKILL: nothing is flushed, nothing is closed.
        child.kill().unwrap();
        // A line cut off by the kill was not an acknowledgement.
        for line in lines
            .map_while(Result::ok)
            .filter(|line| line.len() == ACKNOWLEDGED.len() + 32)
        {
            hear(line);
        }
        child.wait().unwrap();
        let store = place.open().await;
        for act in &acknowledged {
            assert!(
                store.find_act(*act).await.unwrap().is_some(),
                "{act} was acknowledged and is lost"
            );
        }
        let report = store.verify().await.unwrap();
        assert_eq!(report.findings, []);
        // Both events of each act, or neither.
        let cases = store
            .heads(store::StreamKind::Case)
            .await
            .unwrap()
            .iter()
            .map(|h| h.version)
            .sum::<u64>();
        let person = store.head(&StreamName::Person(PERSON)).await.unwrap().unwrap().version;
        assert_eq!(cases, person);
        assert!(person >= acknowledged.len() as u64);
        store.close().await.unwrap();
    }
    assert!(acknowledged.len() >= 240);
}
