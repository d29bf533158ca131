//! Figures: cases that are alike are counted together, a bureau's and a year's own; the same on both engines.

use crate::lists::{except, view};
use crate::on_both;
use crate::place::{GROUP, INSTITUTION, PERSON, Place};
use base::{Date, InstitutionId, PersonId};
use std::collections::BTreeMap;
use store::{CasePersonRow, CaseView};

on_both! {
    tallies_count_what_is_there
    what_a_person_may_not_see_is_not_counted
    a_tally_moves_with_its_case
}

const OTHER: InstitutionId = InstitutionId([0x13; 16]);

async fn tallies_count_what_is_there(place: Place) {
    let store = place.open().await;
    let mut views: Vec<_> = (1..=60).map(view).collect();
    views[0].row.received_on = Date::constant(2025, 12, 31);
    views[1].row.received_on = Date::constant(2026, 12, 31);
    let rows: Vec<_> = views.iter().map(|view| view.row.clone()).collect();
    let mut append = place.act(rows[0].case, None);
    append.views.cases = views;
    store.append(append).await.unwrap();
    for (bureaus, year) in [
        (vec![INSTITUTION, OTHER], 2026),
        (vec![INSTITUTION], 2026),
        (vec![OTHER], 2025),
        (vec![INSTITUTION], 2025),
        (vec![GROUP], 2026),
        (vec![], 2026),
    ] {
        let mut expected: BTreeMap<_, u64> = BTreeMap::new();
        let of_year = rows
            .iter()
            .filter(|row| bureaus.contains(&row.institution) && row.received_on.year() == year);
        for row in of_year {
            let month = row.received_on.to_string()[..7].to_owned();
            let due = row.due_on.filter(|_| !row.closed);
            let key = (
                row.institution,
                month,
                row.pace.clone(),
                due,
                row.stage.clone(),
                row.outcome.clone(),
            );
            *expected.entry(key).or_default() += 1;
        }
        let mut found: BTreeMap<_, u64> = BTreeMap::new();
        for tally in store.tallies(&bureaus, year, None).await.unwrap() {
            assert_eq!(tally.clauses, ["s3-5", "s4-1"]);
            let key = (
                tally.institution,
                tally.month,
                tally.pace,
                tally.due_on,
                tally.stage,
                tally.outcome,
            );
            *found.entry(key).or_default() += tally.n;
        }
        assert_eq!(found, expected, "{bureaus:?} {year}");
    }
}

async fn what_a_person_may_not_see_is_not_counted(place: Place) {
    let store = place.open().await;
    let mut views: Vec<_> = (1..=20).map(view).collect();
    views[1].people.push(CasePersonRow {
        person: PERSON,
        relation: "recused".into(),
    });
    let hidden = |view: &CaseView| view.people.iter().any(|person| person.person == PERSON);
    let own = views.iter().filter(|view| view.row.institution == INSTITUTION);
    let (all, seen) = (
        own.clone().count() as u64,
        own.filter(|view| !hidden(view)).count() as u64,
    );
    let mut append = place.act(views[0].row.case, None);
    append.views.cases = views;
    store.append(append).await.unwrap();
    assert!(seen < all);
    let stranger = PersonId([9; 16]);
    for (except, expected) in [
        (None, all),
        (except(PERSON, &[]), seen),
        (except(stranger, &[GROUP]), all),
        (except(stranger, &[GROUP, OTHER]), 0),
        (except(PERSON, &[OTHER]), 0),
    ] {
        let tallies = store.tallies(&[INSTITUTION], 2026, except.as_ref()).await.unwrap();
        assert_eq!(tallies.iter().map(|tally| tally.n).sum::<u64>(), expected, "{except:?}");
    }
}

async fn a_tally_moves_with_its_case(place: Place) {
    let store = place.open().await;
    let mut changed = view(2);
    for (met, pace, days) in [
        (None, "open", None),
        (Some(Date::constant(2026, 9, 20)), "in-time", Some(3)),
    ] {
        (changed.row.met_on, changed.row.pace, changed.row.days_used) = (met, pace.into(), days);
        let mut append = place.act(changed.row.case, None);
        append.views.cases = vec![changed.clone()];
        store.append(append).await.unwrap();
        let tallies = store.tallies(&[INSTITUTION], 2026, None).await.unwrap();
        let [tally] = tallies.as_slice() else {
            panic!("{tallies:?}")
        };
        assert_eq!((tally.pace.as_str(), tally.days_used, tally.n), (pace, days, 1));
        assert_eq!(tally.due_on, changed.row.due_on.filter(|_| met.is_none()));
    }
}
