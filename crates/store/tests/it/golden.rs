//! One golden file per kind of event that the store itself writes: its open part, byte for byte. Files are added,
//! never changed once released.

use crate::on_both;
use crate::place::{INSTITUTION, PERSON, Place, case};
use base::{ActId, Clock, Date, EventId, InstitutionId, PersonId};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use store::access::{FAMILY, RegisterReading};
use store::{Actor, Export, Random, Reading, StoredEvent, StreamName};

on_both! { kinds_are_written_and_read_as_they_were }

/// Counts: the same keys in every run.
struct Counted(AtomicU8);

impl Random for Counted {
    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        bytes
            .iter_mut()
            .for_each(|byte| *byte = self.0.fetch_add(1, Ordering::SeqCst));
        Ok(())
    }
}

async fn kinds_are_written_and_read_as_they_were(place: Place) {
    let store = place.try_open_with(Arc::new(Counted(AtomicU8::new(1)))).await.unwrap();
    let number = store.next_number(INSTITUTION, 2026, "report").await.unwrap();
    let mut append = place.act(case(1), Some(0));
    let (event, act, capacity) = (EventId([7; 16]), ActId([8; 16]), format!("clerk@{INSTITUTION}"));
    let now = place.clock.now();
    append.streams = vec![number.issue(event, act, Actor::Person(PERSON), &capacity, now, &case(1).to_string())];
    store.append(append).await.unwrap();
    let reading = Reading {
        at: now,
        person: PERSON,
        role: "auditor".into(),
        institution: INSTITUTION,
        case: case(1),
        what: "case".into(),
    };
    store.record_readings(std::slice::from_ref(&reading)).await.unwrap();

    let people = [(PERSON, capacity.clone()), (PersonId([9; 16]), capacity)];
    store.split_master_key(ActId([9; 16]), people).await.unwrap();
    let rotation = store.begin_rotation(None).unwrap();
    rotation.rewrap().await.unwrap();
    rotation.record(Actor::System, "-").await.unwrap();
    rotation.settle().await.unwrap();
    drop(rotation);
    store.close().await.unwrap();
    let store = place.open().await;
    let mut view = crate::lists::view(6);
    view.row.version = 1;
    let erased = view.row.case;
    let mut append = place.act(erased, Some(0));
    append.views.cases = vec![view];
    store.append(append).await.unwrap();
    store.erase(erased, ActId([5; 16])).await.unwrap();
    let export = Export {
        at: now,
        person: PERSON,
        role: "lead".into(),
        institution: INSTITUTION,
        rows: 17,
        text: "低保".into(),
    };
    store.record_export(export).await.unwrap();

    let access = StreamName::Access {
        institution: INSTITUTION,
        day: Date::constant(2026, 9, 16),
    };
    let group = InstitutionId([0x32; 16]);
    let revealed = Reading {
        institution: group,
        what: FAMILY.into(),
        ..reading.clone()
    };
    let told = "上门核实".to_owned();
    store.record_reveal(revealed.clone(), told.clone()).await.unwrap();
    let revealing = StreamName::Access {
        institution: group,
        day: Date::constant(2026, 9, 16),
    };

    let bureau = InstitutionId([0x33; 16]);
    let gone_through = RegisterReading {
        at: now,
        person: PERSON,
        role: "intake".into(),
        institution: bureau,
        entries: 12,
    };
    store.record_register_reading(gone_through).await.unwrap();
    let register = StreamName::Access {
        institution: bureau,
        day: Date::constant(2026, 9, 16),
    };

    let site = StreamName::Site(store.site());
    let table: [(StreamName, &str, &str); 9] = [
        (
            site.clone(),
            "site-founded/1",
            include_str!("../golden/site-founded-1.json"),
        ),
        (
            site.clone(),
            "master-key-exported/1",
            include_str!("../golden/master-key-exported-1.json"),
        ),
        (
            site,
            "master-key-rotated/1",
            include_str!("../golden/master-key-rotated-1.json"),
        ),
        (
            number.stream,
            "number-issued/1",
            include_str!("../golden/number-issued-1.json"),
        ),
        (
            StreamName::Case(erased),
            "case-erased/1",
            include_str!("../golden/case-erased-1.json"),
        ),
        (access.clone(), "opened/1", include_str!("../golden/opened-1.json")),
        (access, "exported/1", include_str!("../golden/exported-1.json")),
        (
            register,
            "register-opened/1",
            include_str!("../golden/register-opened-1.json"),
        ),
        (revealing, "revealed/1", include_str!("../golden/revealed-1.json")),
    ];
    for (stream, kind, golden) in table {
        let events: Vec<StoredEvent> = store.read(&stream).await.unwrap();
        let of_kind: Vec<&StoredEvent> = events.iter().filter(|event| event.kind == kind).collect();
        assert_eq!(of_kind.len(), 1, "{kind}");
        let open = String::from_utf8(of_kind[0].open.clone()).unwrap();
        assert_eq!(open, golden.trim_end(), "{kind}");
    }
    // What is derived from them: the site is found at the next start, the readings by a rebuild.
    let rebuild = store.rebuild().await.unwrap();
    rebuild.finish().await.unwrap();
    let mut read = store.readings_of(case(1), 9).await.unwrap();
    read.sort_by(|a, b| a.what.cmp(&b.what));
    assert_eq!(read, [reading, revealed.clone()]);
    assert_eq!(store.reveals(9).await.unwrap(), [(revealed, told)]);
    let site = store.site();
    store.close().await.unwrap();
    assert_eq!(place.open().await.site(), site);
}
