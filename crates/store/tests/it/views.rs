//! Views of people, and rebuilding: rebuilt equals maintained.

use crate::on_both;
use crate::place::{GROUP, INSTITUTION, PERSON, Place, case};
use base::{Clock, InstitutionId, PersonId};
use store::{Capacity, InstitutionRow, PersonRow, PersonView, Reading, SettingRow, StreamKind, ViewChanges};

on_both! {
    people_institutions_and_settings
    what_is_below_is_found_by_kind
    rebuilt_equals_maintained
    a_rebuild_left_off_changes_nothing
}

fn person(n: u8, name: &str, unit: Option<InstitutionId>, capacities: &[(&str, InstitutionId)]) -> PersonView {
    PersonView {
        row: PersonRow {
            id: PersonId([n; 16]),
            name: name.into(),
            unit,
            post: "科员".into(),
            active: true,
        },
        capacities: capacities
            .iter()
            .map(|(r, i)| Capacity {
                role: (*r).into(),
                institution: *i,
            })
            .collect(),
    }
}

fn institution(id: InstitutionId, name: &str, parent: Option<InstitutionId>) -> InstitutionRow {
    InstitutionRow {
        id,
        name: name.into(),
        kind: "bureau".into(),
        division: "410902".into(),
        parent,
        counterpart: Some(GROUP),
        details: r#"{"code":"濮华民"}"#.into(),
        active: true,
    }
}

async fn what_is_below_is_found_by_kind(place: Place) {
    let store = place.open().await;
    let [bureau, town, village, hamlet, loop_of_its_own, other] = [1, 2, 3, 4, 5, 6].map(|n| InstitutionId([n; 16]));
    let row = |id, kind: &str, parent| InstitutionRow {
        kind: kind.into(),
        parent,
        ..institution(id, "一个单位", None)
    };
    let mut append = place.act(case(1), None);
    append.views.institutions = vec![
        row(bureau, "bureau", None),
        row(town, "unit", Some(bureau)),
        row(village, "unit", Some(town)),
        row(hamlet, "unit", Some(village)),
        row(loop_of_its_own, "unit", Some(loop_of_its_own)),
        row(other, "unit", Some(bureau)),
    ];
    store.append(append).await.unwrap();
    for (of, expected) in [
        (vec![], vec![]),
        (vec![bureau], vec![]),
        (vec![town], vec![town, village, hamlet]),
        (vec![bureau, village, hamlet], vec![village, hamlet]),
        (vec![loop_of_its_own, other], vec![loop_of_its_own, other]),
        (vec![InstitutionId([9; 16])], vec![]),
    ] {
        assert_eq!(store.below(&of, "unit").await.unwrap(), expected, "{of:?}");
    }
}

async fn people_institutions_and_settings(place: Place) {
    let store = place.open().await;
    let mut append = place.act(case(1), None);
    let wang = person(
        1,
        "王建国",
        Some(INSTITUTION),
        &[("lead", INSTITUTION), ("clerk", INSTITUTION)],
    );
    let li = person(2, "李秀兰", None, &[("lead", GROUP)]);
    append.views = ViewChanges {
        persons: vec![wang.clone(), li.clone()],
        institutions: vec![
            institution(INSTITUTION, "华龙区民政局", None),
            institution(GROUP, "纪检监察组", Some(INSTITUTION)),
        ],
        settings: vec![
            SettingRow {
                name: "calendar/2026".into(),
                value: "days".into(),
            },
            SettingRow {
                name: "pack/x".into(),
                value: "2024-05-01".into(),
            },
        ],
        ..ViewChanges::default()
    };
    store.append(append).await.unwrap();
    assert_eq!(store.person(wang.row.id).await.unwrap(), Some(wang.row.clone()));
    assert_eq!(store.person(PERSON).await.unwrap(), None);
    assert_eq!(store.persons(None).await.unwrap().len(), 2);
    assert_eq!(
        store.persons(Some(INSTITUTION)).await.unwrap(),
        std::slice::from_ref(&wang.row)
    );
    assert_eq!(
        store.persons_named(&[li.row.id, PERSON]).await.unwrap(),
        std::slice::from_ref(&li.row)
    );
    assert_eq!(store.persons_named(&[]).await.unwrap(), []);
    assert_eq!(store.capacities(wang.row.id).await.unwrap(), wang.capacities);
    assert_eq!(
        store.holders("lead", GROUP).await.unwrap(),
        std::slice::from_ref(&li.row)
    );
    assert_eq!(store.holders("lead", InstitutionId([9; 16])).await.unwrap(), []);
    let group = store.institution(GROUP).await.unwrap().unwrap();
    assert_eq!(group, institution(GROUP, "纪检监察组", Some(INSTITUTION)));
    assert_eq!(store.institutions().await.unwrap().len(), 2);
    assert_eq!(store.setting("calendar/2026").await.unwrap().as_deref(), Some("days"));
    assert_eq!(store.setting("calendar/2027").await.unwrap(), None);
    assert_eq!(store.settings("calendar/").await.unwrap().len(), 1);

    let mut append = place.act(case(1), None);
    let changed = person(1, "王建国", Some(GROUP), &[("auditor", GROUP)]);
    append.views.persons = vec![changed.clone()];
    append.views.settings = vec![SettingRow {
        name: "pack/x".into(),
        value: "2024-06-01".into(),
    }];
    store.append(append).await.unwrap();
    assert_eq!(store.capacities(wang.row.id).await.unwrap(), changed.capacities);
    assert_eq!(store.persons(Some(GROUP)).await.unwrap(), [changed.row]);
    assert_eq!(store.setting("pack/x").await.unwrap().as_deref(), Some("2024-06-01"));
}

/// What a small application would derive from a case: its rows hang on the number of its events alone.
fn derived(n: u8, version: u64) -> ViewChanges {
    let mut view = crate::lists::view(u32::from(n));
    view.row.case = case(n);
    view.row.version = version;
    view.row.stage = format!("stage-{version}");
    view.todos.iter_mut().for_each(|todo| todo.case = case(n));
    view.todos.truncate(version as usize % 3);
    ViewChanges {
        cases: vec![view],
        ..ViewChanges::default()
    }
}

async fn maintained(place: &Place) -> store::Store {
    let store = place.open().await;
    for round in 0..3 {
        for n in (1..=9).filter(|n| (n + round) % 3 != 0) {
            let stream = store::StreamName::Case(case(n));
            let version = store.head(&stream).await.unwrap().map_or(0, |h| h.version);
            let mut append = place.act(case(n), Some(version));
            append.views = derived(n, version + 1);
            store.append(append).await.unwrap();
        }
        let reading = Reading {
            at: place.clock.now(),
            person: PERSON,
            role: "auditor".into(),
            institution: INSTITUTION,
            case: case(round + 1),
            what: "case".into(),
        };
        store.record_readings(&[reading.clone(), reading]).await.unwrap();
        place.clock.advance(24 * 60);
    }
    store
}

async fn rebuilt_equals_maintained(place: Place) {
    let store = maintained(&place).await;
    let before = store.dump_views().await.unwrap();
    assert!(before.contains("stage-2") && before.contains("auditor"), "{before}");
    place.tamper("delete from todo").await;
    place.tamper("update case_view set stage = 'x'").await;
    place.tamper("delete from case_reading").await;
    place
        .run("insert into setting (name, value) values ('left', 'over')")
        .await;
    assert_ne!(store.dump_views().await.unwrap(), before);
    let rebuild = store.rebuild().await.unwrap();
    for stream in store.streams(StreamKind::Case, None, 100).await.unwrap() {
        let events = store.read(&stream).await.unwrap();
        let store::StreamName::Case(id) = stream else { panic!() };
        rebuild.write(derived(id.0[0], events.len() as u64)).await.unwrap();
    }
    rebuild.finish().await.unwrap();
    assert_eq!(store.dump_views().await.unwrap(), before);
    // The store goes on as before.
    store.append(place.act(case(50), Some(0))).await.unwrap();
    assert_eq!(store.verify().await.unwrap().findings, []);
}

async fn a_rebuild_left_off_changes_nothing(place: Place) {
    let store = maintained(&place).await;
    let before = store.dump_views().await.unwrap();
    let rebuild = store.rebuild().await.unwrap();
    rebuild.write(derived(77, 1)).await.unwrap();
    assert_eq!(store.dump_views().await.unwrap(), before);
    drop(rebuild);
    store.append(place.act(case(50), Some(0))).await.unwrap();
    assert_eq!(store.dump_views().await.unwrap(), before);
}
