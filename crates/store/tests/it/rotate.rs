//! Changing the master key: broken off after any step, and killed at any point, the old or the new one works.

use crate::on_both;
use crate::place::{PERSON, Place, case};
use base::{ActId, Date, Digest, PersonId};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use store::{Actor, Error, Location, MasterKey, Store, StreamName, SystemRandom};
use testkit::{FixedClock, SeededIds};

on_both! {
    broken_off_after_any_step_either_key_works
    the_old_key_opens_nothing_any_more
    a_service_still_running_makes_no_key_that_would_be_lost
    a_key_from_elsewhere_is_changed_by_handing_over_a_file
    a_given_key_is_taken_and_refused_like_a_file
    killed_at_any_point_either_key_works
    half_a_key_is_nothing_and_two_halves_are_the_key
}

const DIRECTORY: &str = "JINZHI_TEST_ROTATOR_DIRECTORY";
const URL: &str = "JINZHI_TEST_ROTATOR_URL";
/// What the process that is killed prints after each change.
const ROTATED: &str = "rotated";

/// Not a test of its own: the process that is killed. Without its environment it has nothing to do.
#[tokio::test(flavor = "multi_thread")]
async fn rotator() {
    let Ok(directory) = std::env::var(DIRECTORY) else {
        return;
    };
    let directory = directory.into();
    let location = match std::env::var(URL) {
        Ok(url) => Location::Postgres { url, directory },
        Err(_) => Location::Directory(directory),
    };
    for seed in u64::from(std::process::id()) << 20.. {
        let ids = Arc::new(SeededIds::new(seed));
        let clock = Arc::new(FixedClock::at(Date::constant(2026, 9, 16), 9));
        let store = Store::open(location.clone(), MasterKey::Own, clock, ids, Arc::new(SystemRandom));
        let store = store.await.unwrap();
        rotate(&store, None).await;
        store.close().await.unwrap();
        println!("\n{ROTATED}");
    }
}

async fn killed_at_any_point_either_key_works(place: Place) {
    let store = place.open().await;
    for n in 1..40 {
        place.case(&store, case(n), 1).await;
    }
    store.close().await.unwrap();
    for round in 0..6u64 {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "rotate::rotator", "--nocapture", "--test-threads=1"]);
        command
            .env(DIRECTORY, place.directory())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Location::Postgres { url, .. } = &place.location {
            command.env(URL, url);
        }
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let rotated = |line: std::io::Result<String>| line.unwrap() == ROTATED;
        while !rotated(lines.next().expect("it ended by itself")) {}
        // Somewhere in the next change, later in each round.
        std::thread::sleep(Duration::from_millis(7 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let store = place.open().await;
        works(&place, &store, 100 + round as u8).await;
        for n in 1..40 {
            let events = store.read(&StreamName::Case(case(n))).await.unwrap();
            assert!(events[0].sealed.plain().is_some(), "round {round}, case {n}");
        }
        assert_eq!(on_record(&store).await.last(), Some(&fingerprint(&place).to_string()));
        store.close().await.unwrap();
    }
}

async fn half_a_key_is_nothing_and_two_halves_are_the_key(place: Place) {
    let store = place.open().await;
    place.case(&store, case(1), 1).await;
    let people = [
        (PERSON, "administrator@-".to_owned()),
        (PersonId([9; 16]), "auditor@-".to_owned()),
    ];
    let [one, two] = store.split_master_key(ActId([3; 16]), people.clone()).await.unwrap();
    let [another, _] = store.split_master_key(ActId([4; 16]), people).await.unwrap();
    store.close().await.unwrap();
    let key = fs::read_to_string(place.directory().join("master.key")).unwrap();
    for half in [&one, &two, &another] {
        assert!(!half.contains(key.trim_end()));
    }
    let restore = |halves: [&str; 2]| store::master::restore(&place.directory(), halves);
    assert!(matches!(restore([&one, &two]), Err(Error::MasterKeyThere(_))));
    fs::remove_file(place.directory().join("master.key")).unwrap();
    let (one, two, another) = (one.as_str(), two.as_str(), another.as_str());
    for wrong in [[one, one], [one, another], [two, another], [one, &key], ["", ""]] {
        assert!(matches!(restore(wrong), Err(Error::HalvesWrong)));
    }
    assert_eq!(restore([two, one]).unwrap(), fingerprint(&place));
    assert_eq!(fs::read_to_string(place.directory().join("master.key")).unwrap(), key);
    let store = place.open().await;
    assert!(
        store.read(&StreamName::Case(case(1))).await.unwrap()[0]
            .sealed
            .plain()
            .is_some()
    );
    let events = store.read(&StreamName::Site(store.site())).await.unwrap();
    assert_eq!(kinds(&events)[1..], ["master-key-exported/1"; 2]);
    assert_eq!(events[1].actor, Actor::Person(PERSON));
}

fn kinds(events: &[store::StoredEvent]) -> Vec<&str> {
    events.iter().map(|event| event.kind.as_str()).collect()
}

async fn on_record(store: &Store) -> Vec<String> {
    let events = store.read(&StreamName::Site(store.site())).await.unwrap();
    assert!(kinds(&events)[1..].iter().all(|kind| *kind == "master-key-rotated/1"));
    let named = |event: &store::StoredEvent| {
        let open: serde_json::Value = serde_json::from_slice(&event.open).unwrap();
        open["master_key"].as_str().unwrap().to_owned()
    };
    events.iter().map(named).collect()
}

/// Everything of two cases is readable, and a new key can be made.
async fn works(place: &Place, store: &Store, n: u8) {
    for stream in [case(1), case(2)].map(StreamName::Case) {
        let events = store.read(&stream).await.unwrap();
        assert!(!events.is_empty() && events.iter().all(|event| event.sealed.plain().is_some()));
    }
    place.case(store, case(n), 1).await;
    assert_eq!(store.verify().await.unwrap().findings, []);
}

fn fingerprint(place: &Place) -> Digest {
    place.master_key.fingerprint(&place.directory()).unwrap()
}

async fn broken_off_after_any_step_either_key_works(place: Place) {
    let store = place.open().await;
    place.case(&store, case(1), 2).await;
    place.case(&store, case(2), 1).await;
    store.own_key().await.unwrap();
    store.close().await.unwrap();
    let mut expected = vec![fingerprint(&place).to_string()];
    for steps in 1..=4 {
        let store = place.open().await;
        let before = fingerprint(&place);
        let rotation = store.begin_rotation(None).unwrap();
        if steps > 1 {
            // The site's data key, its two cases', the withheld one, and one of each round before.
            assert_eq!(rotation.rewrap().await.unwrap(), 4 + steps - 1);
        }
        if steps > 2 {
            rotation.record(Actor::Person(PERSON), "administrator@-").await.unwrap();
        }
        if steps > 3 {
            rotation.settle().await.unwrap();
        }
        let next = rotation.fingerprint();
        drop(rotation);
        store.close().await.unwrap();

        let store = place.open().await;
        works(&place, &store, 10 + steps as u8).await;
        let now = fingerprint(&place);
        assert_eq!(now, if steps == 1 { before } else { next }, "after step {steps}");
        if steps > 1 {
            expected.push(next.to_string());
            assert!(!place.directory().join("master.key.next").exists());
        }
        assert_eq!(on_record(&store).await, expected, "after step {steps}");
        let mode = fs::metadata(place.directory().join("master.key"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        store.close().await.unwrap();
    }
}

/// All four steps.
async fn rotate(store: &Store, handed_over: Option<&std::path::Path>) {
    let rotation = store.begin_rotation(handed_over).unwrap();
    rotation.rewrap().await.unwrap();
    rotation.record(Actor::System, "-").await.unwrap();
    rotation.settle().await.unwrap();
}

async fn the_old_key_opens_nothing_any_more(place: Place) {
    let store = place.open().await;
    place.case(&store, case(1), 1).await;
    let path = place.directory().join("master.key");
    let old = fs::read_to_string(&path).unwrap();
    rotate(&store, None).await;
    store.close().await.unwrap();
    let new = fs::read_to_string(&path).unwrap();
    assert_ne!(old, new);
    fs::write(&path, &old).unwrap();
    let error = place.try_open().await.err().unwrap();
    assert!(matches!(error, Error::KeyTableLost(_)), "{error}");
    fs::write(&path, &new).unwrap();
    place.open().await;
}

async fn a_service_still_running_makes_no_key_that_would_be_lost(place: Place) {
    let running = place.open().await;
    place.case(&running, case(1), 1).await;
    let store = place.open().await;
    rotate(&store, None).await;
    let error = running.append(place.act(case(2), Some(0))).await.unwrap_err();
    assert!(matches!(error, Error::MasterKeyChanged), "{error}");
    assert!(matches!(running.own_key().await, Err(Error::MasterKeyChanged)));
    // What it has opened before it still reads and writes; nothing of it is lost.
    running.append(place.act(case(1), Some(1))).await.unwrap();
    running.close().await.unwrap();
    store.close().await.unwrap();
    let store = place.open().await;
    assert_eq!(store.read(&StreamName::Case(case(1))).await.unwrap().len(), 2);
    place.case(&store, case(2), 1).await;
}

async fn a_key_from_elsewhere_is_changed_by_handing_over_a_file(mut place: Place) {
    let folder = place.directory().parent().unwrap().to_owned();
    let (first, second) = (folder.join("service"), folder.join("service.new"));
    place.master_key = MasterKey::File(first.clone());
    let error = place.try_open().await.err().unwrap();
    assert!(
        matches!(error, Error::MasterKeyLost(_)),
        "it is never made here: {error}"
    );
    fs::write(&first, "00112233445566778899aabbccddeeff\n").unwrap();
    fs::set_permissions(&first, fs::Permissions::from_mode(0o644)).unwrap();
    let error = place.try_open().await.err().unwrap();
    assert!(matches!(error, Error::MasterKeyTooOpen { .. }), "{error}");
    fs::set_permissions(&first, fs::Permissions::from_mode(0o400)).unwrap();
    let store = place.open().await;
    assert!(!place.directory().join("master.key").exists());
    place.case(&store, case(1), 1).await;
    place.case(&store, case(2), 1).await;
    assert!(matches!(store.begin_rotation(None).err(), Some(Error::Malformed(_))));
    assert!(matches!(
        store.begin_rotation(Some(&first)).err(),
        Some(Error::MasterKeySame)
    ));
    // Broken off when the table has gone over: the file handed over holds the key that works.
    let rotation = store.begin_rotation(Some(&second)).unwrap();
    rotation.rewrap().await.unwrap();
    drop(rotation);
    store.close().await.unwrap();
    let error = place.try_open().await.err().unwrap();
    assert!(matches!(error, Error::KeyTableLost(_)), "{error}");
    place.master_key = MasterKey::File(second);
    let store = place.open().await;
    works(&place, &store, 3).await;
    assert_eq!(on_record(&store).await.len(), 2);
}

async fn a_given_key_is_taken_and_refused_like_a_file(mut place: Place) {
    let given = |key: &str| MasterKey::Given {
        key: key.to_owned().into(),
        from: "环境变量 KEY".into(),
    };
    place.master_key = given("not a key");
    let error = place.try_open().await.err().unwrap();
    assert!(matches!(&error, Error::MasterKeyMalformed(_)), "{error}");
    assert!(error.to_string().contains("环境变量 KEY") && !error.to_string().contains("not a key"));
    place.master_key = given("00112233445566778899aabbccddeeff");
    assert!(!format!("{:?}", place.master_key).contains("0011"));
    let store = place.open().await;
    place.case(&store, case(1), 1).await;
    store.close().await.unwrap();
    place.master_key = given("ff112233445566778899aabbccddeeff");
    let error = place.try_open().await.err().unwrap();
    assert!(matches!(error, Error::MasterKeyWrong(_)), "{error}");
    place.master_key = given("00112233445566778899aabbccddeeff\n");
    let store = place.open().await;
    assert!(
        store.read(&StreamName::Case(case(1))).await.unwrap()[0]
            .sealed
            .plain()
            .is_some()
    );
}
