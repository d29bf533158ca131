//! Lists: filters, order, pages, counts, search; the same on both engines.

// long because: every list is held against the same sixty cases, one table of filters among them.

use crate::on_both;
use crate::place::{GROUP, INSTITUTION, PERSON, Place};
use base::{CaseId, Date, InstitutionId, PersonId};
use store::{
    CaseFilter, CaseOrder, CasePersonRow, CaseRow, CaseView, Count, Except, Holder, PersonRow, PersonView, Scope,
    Store, TodoRow, ViewChanges,
};

on_both! {
    cases_are_filtered_ordered_and_paged
    search_finds_parts_of_number_name_and_unit
    counts_stop_at_the_cap
    todos_are_listed_for_their_holders
    what_others_have_to_do_is_listed
    cases_of_who_has_left_are_listed
    own_cases_are_left_out
    rows_replace_those_of_the_same_case
    a_broken_cursor_is_refused
}

const OTHER: InstitutionId = InstitutionId([0x13; 16]);
pub const OTHER_PERSON: PersonId = PersonId([0x22; 16]);
const NAMES: [&str; 6] = ["王建国", "李秀兰", "张伟", "王芳", "赵_强%", "O'Neil"];

fn id(n: u32) -> CaseId {
    let mut id = [0; 16];
    id[12..].copy_from_slice(&n.to_be_bytes());
    CaseId(id)
}

/// A reader who is kept out of their own cases and of those of these units' workers.
pub fn except(person: PersonId, units: &[InstitutionId]) -> Option<Except> {
    let units = units.to_vec();
    Some(Except { person, units })
}

fn holder(role: &str, institution: InstitutionId) -> Holder {
    Holder::Role {
        role: role.into(),
        institution,
    }
}

/// The `n`th case: every second one of another bureau, every third closed, every fourth without a due day.
pub fn view(n: u32) -> CaseView {
    let institution = if n.is_multiple_of(2) { INSTITUTION } else { OTHER };
    let day = |d: u32| Date::constant(2026, 9, 1 + d as i8);
    let number = format!("濮华民免申〔2026〕{n}号");
    let row = CaseRow {
        case: id(n),
        number: number.clone(),
        institution,
        discipline: GROUP,
        applicant: (n.is_multiple_of(5)).then_some(PERSON),
        applicant_name: NAMES[n as usize % NAMES.len()].into(),
        unit: Some(OTHER),
        unit_name: format!("第{}街道办事处", n % 7),
        work_kind: ["low-income", "destitute"][n as usize / 2 % 2].into(),
        clauses: vec!["s3-5".into(), "s4-1".into()],
        stage: ["received", "investigating"][n as usize % 2].into(),
        stage_text: "waiting".into(),
        outcome: (n.is_multiple_of(3)).then(|| "exempt".into()),
        received_on: day(n % 11),
        due_on: (!n.is_multiple_of(4)).then(|| day(n % 13)),
        provisional: n.is_multiple_of(2),
        met_on: None,
        step_due_on: Some(day(3)),
        waiting_for: vec![holder("clerk", institution).to_string()],
        closed: n.is_multiple_of(3),
        version: u64::from(n),
        pace: ["open", "in-time", "late"][n as usize % 3].into(),
        days_used: (n.is_multiple_of(3)).then_some(n % 20),
        open_questions: (!n.is_multiple_of(3)).then_some(n % 8),
        words: vec![["三（五）", "四（一）"][n as usize % 2].into(), "免责".into()],
    };
    let todo = |holder: Holder, act: &str| TodoRow {
        case: row.case,
        number: number.clone(),
        holder,
        act: act.into(),
        due_on: row.due_on,
        opened_on: row.received_on,
        applicant_name: row.applicant_name.clone(),
        reminded_on: None,
    };
    let todos = vec![
        todo(holder("clerk", institution), "accept"),
        todo(Holder::Person(PERSON), "find"),
    ];
    let people = row.applicant.iter().map(|p| CasePersonRow {
        person: *p,
        relation: "applicant".into(),
    });
    let investigator = (n.is_multiple_of(7)).then_some(CasePersonRow {
        person: OTHER_PERSON,
        relation: "investigator".into(),
    });
    CaseView {
        people: people.chain(investigator).collect(),
        todos,
        row,
    }
}

async fn filled(place: &Place, n: u32) -> Store {
    let store = place.open().await;
    for n in 1..=n {
        write(place, &store, view(n)).await;
    }
    store
}

async fn write(place: &Place, store: &Store, view: CaseView) {
    let mut append = place.act(view.row.case, None);
    append.views = ViewChanges {
        cases: vec![view],
        ..ViewChanges::default()
    };
    store.append(append).await.unwrap();
}

async fn cases_are_filtered_ordered_and_paged(place: Place) {
    let store = filled(&place, 60).await;
    let all: Vec<CaseRow> = (1..=60).map(|n| view(n).row).collect();
    let filter = |change: fn(&mut CaseFilter)| {
        let mut filter = CaseFilter::default();
        change(&mut filter);
        filter
    };
    type Test = fn(&CaseRow) -> bool;
    let table: Vec<(&str, CaseFilter, Test)> = vec![
        ("all", filter(|_| {}), |_| true),
        ("a bureau's", filter(|f| f.scope = Scope::Bureau(INSTITUTION)), |r| {
            r.institution == INSTITUTION
        }),
        ("a group's", filter(|f| f.scope = Scope::Discipline(GROUP)), |_| true),
        (
            "none of this group",
            filter(|f| f.scope = Scope::Discipline(OTHER)),
            |_| false,
        ),
        ("a unit's", filter(|f| f.scope = Scope::Unit(OTHER)), |_| true),
        (
            "a person's",
            filter(|f| {
                f.scope = Scope::Person {
                    person: PERSON,
                    relations: vec![],
                }
            }),
            |r| r.applicant == Some(PERSON),
        ),
        (
            "a person's as recipient",
            filter(|f| {
                f.scope = Scope::Person {
                    person: PERSON,
                    relations: vec!["recipient".into()],
                }
            }),
            |_| false,
        ),
        (
            "as applicant, open",
            filter(|f| {
                f.scope = Scope::Person {
                    person: PERSON,
                    relations: vec!["x".into(), "applicant".into()],
                };
                f.closed = Some(false);
            }),
            |r| r.applicant == Some(PERSON) && !r.closed,
        ),
        (
            "nobody's",
            filter(|f| {
                f.scope = Scope::Person {
                    person: PersonId([9; 16]),
                    relations: vec![],
                }
            }),
            |_| false,
        ),
        ("one stage", filter(|f| f.stages = vec!["received".into()]), |r| {
            r.stage == "received"
        }),
        (
            "two stages",
            filter(|f| f.stages = vec!["received".into(), "investigating".into()]),
            |_| true,
        ),
        ("closed", filter(|f| f.closed = Some(true)), |r| r.closed),
        ("one bureau of all", filter(|f| f.bureau = Some(OTHER)), |r| {
            r.institution == OTHER
        }),
        (
            "another bureau than the scope's",
            filter(|f| {
                f.scope = Scope::Bureau(INSTITUTION);
                f.bureau = Some(OTHER);
            }),
            |_| false,
        ),
        ("one unit", filter(|f| f.unit = Some(OTHER)), |_| true),
        ("no such unit", filter(|f| f.unit = Some(GROUP)), |_| false),
        ("late", filter(|f| f.pace = Some("late".into())), |r| r.pace == "late"),
        ("one kind", filter(|f| f.work_kind = Some("destitute".into())), |r| {
            r.work_kind == "destitute"
        }),
        (
            "one outcome",
            filter(|f| f.outcome = Some(Some("exempt".into()))),
            |r| r.outcome.is_some(),
        ),
        ("no outcome yet", filter(|f| f.outcome = Some(None)), |r| {
            r.outcome.is_none()
        }),
        ("in some days", filter(|f| f.days_used = Some((6, 12))), |r| {
            r.days_used.is_some_and(|days| (6..=12).contains(&days))
        }),
        ("one investigator", filter(|f| f.handler = Some(OTHER_PERSON)), |r| {
            r.version.is_multiple_of(7)
        }),
        (
            "received in a span",
            filter(|f| {
                f.received_from = Some(Date::constant(2026, 9, 3));
                f.received_by = Some(Date::constant(2026, 9, 6));
            }),
            |r| (3..=6).contains(&r.received_on.day()),
        ),
        (
            "due from",
            filter(|f| f.due_from = Some(Date::constant(2026, 9, 5))),
            |r| r.due_on.is_none_or(|d| d >= Date::constant(2026, 9, 5)),
        ),
        (
            "a group's, filtered",
            filter(|f| {
                f.scope = Scope::Discipline(GROUP);
                f.pace = Some("open".into());
                f.work_kind = Some("low-income".into());
                f.closed = Some(true);
            }),
            |r| r.pace == "open" && r.work_kind == "low-income" && r.closed,
        ),
        ("due by", filter(|f| f.due_by = Some(Date::constant(2026, 9, 5))), |r| {
            r.due_on.is_some_and(|d| d <= Date::constant(2026, 9, 5))
        }),
        (
            "all at once",
            filter(|f| {
                f.scope = Scope::Bureau(INSTITUTION);
                f.stages = vec!["received".into()];
                f.closed = Some(false);
                f.due_by = Some(Date::constant(2026, 9, 8));
                f.text = Some("王".into());
            }),
            |r| {
                r.institution == INSTITUTION
                    && r.stage == "received"
                    && !r.closed
                    && r.due_on.is_some_and(|d| d <= Date::constant(2026, 9, 8))
                    && r.applicant_name.contains('王')
            },
        ),
    ];
    for (what, filter, test) in table {
        for order in [CaseOrder::Due, CaseOrder::Received, CaseOrder::Number] {
            let mut expected: Vec<CaseRow> = all.iter().filter(|row| test(row)).cloned().collect();
            match order {
                CaseOrder::Due => expected.sort_by_key(|r| (r.closed, r.due_on.unwrap_or(Date::MAX), r.case)),
                CaseOrder::Received => expected.sort_by_key(|r| std::cmp::Reverse((r.received_on, r.case))),
                CaseOrder::Number => expected.sort_by_key(|r| r.number.clone()),
            }
            for limit in [1, 7, 100] {
                let mut pages: Vec<Vec<CaseRow>> = Vec::new();
                let mut at: Option<String> = None;
                let mut back = loop {
                    let page = store.list_cases(&filter, order, at.as_deref(), limit).await.unwrap();
                    assert!(page.rows.len() <= limit as usize);
                    assert_eq!(page.previous.is_some(), !pages.is_empty(), "{what}, {order:?}");
                    pages.push(page.rows);
                    at = page.next;
                    if at.is_none() {
                        break page.previous;
                    }
                };
                assert_eq!(pages.concat(), expected, "{what}, {order:?}, {limit} a page");
                // Backward the same pages come again.
                for rows in pages.iter().rev().skip(1) {
                    let page = store.list_cases(&filter, order, back.as_deref(), limit).await.unwrap();
                    assert_eq!(page.rows, *rows, "{what}, {order:?}, {limit} a page, back");
                    assert!(page.next.is_some());
                    back = page.previous;
                }
                assert_eq!(back, None, "{what}, {order:?}, {limit} a page");
            }
            let count = store.count_cases(&filter).await.unwrap();
            assert_eq!(
                count,
                Count {
                    n: expected.len() as u64,
                    more: false
                },
                "{what}"
            );
        }
    }
}

async fn search_finds_parts_of_number_name_and_unit(place: Place) {
    let store = filled(&place, 30).await;
    let table = [
        ("王建国", vec![6, 12, 18, 24, 30]),
        ("建国", vec![6, 12, 18, 24, 30]),
        ("国", vec![6, 12, 18, 24, 30]),
        ("国建", vec![]),
        ("〔2026〕7号", vec![7]),
        ("2026〕2", vec![2, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29]),
        ("第3街道", vec![3, 10, 17, 24]),
        ("  张伟 ", vec![2, 8, 14, 20, 26]),
        ("o'neil", vec![5, 11, 17, 23, 29]),
        ("O'NEIL", vec![5, 11, 17, 23, 29]),
        ("赵_强%", vec![4, 10, 16, 22, 28]),
        ("王_国", vec![]),
        ("%", vec![4, 10, 16, 22, 28]),
        ("\\", vec![]),
        ("王建国李", vec![]),
        ("没有的人", vec![]),
        ("三（五）", (1..=15).map(|n| 2 * n).collect()),
        ("免责", (1..=30).collect()),
        ("' or 1=1 --", vec![]),
        ("\0建国\n", vec![6, 12, 18, 24, 30]),
    ];
    for (text, expected) in table {
        let filter = CaseFilter {
            text: Some(text.into()),
            ..CaseFilter::default()
        };
        let mut found: Vec<CaseId> = store
            .list_cases(&filter, CaseOrder::Received, None, 100)
            .await
            .unwrap()
            .rows
            .iter()
            .map(|r| r.case)
            .collect();
        found.sort();
        assert_eq!(found, expected.into_iter().map(id).collect::<Vec<_>>(), "{text:?}");
    }
    let blank = CaseFilter {
        text: Some("  ".into()),
        ..CaseFilter::default()
    };
    assert_eq!(store.count_cases(&blank).await.unwrap().n, 30);
    // A changed name is found by the new one only.
    let mut renamed = view(6);
    renamed.row.applicant_name = "欧阳靖".into();
    write(&place, &store, renamed).await;
    for (text, n) in [("王建国", 4), ("欧阳", 1)] {
        let filter = CaseFilter {
            text: Some(text.into()),
            ..CaseFilter::default()
        };
        assert_eq!(store.count_cases(&filter).await.unwrap().n, n, "{text}");
    }
}

async fn counts_stop_at_the_cap(place: Place) {
    let store = place.open().await;
    let mut append = place.act(id(1), None);
    append.views.cases = (1..=1002).map(view).collect();
    store.append(append).await.unwrap();
    assert_eq!(
        store.count_cases(&CaseFilter::default()).await.unwrap(),
        Count { n: 1000, more: true }
    );
    let open = CaseFilter {
        closed: Some(false),
        ..CaseFilter::default()
    };
    assert_eq!(store.count_cases(&open).await.unwrap(), Count { n: 668, more: false });
    // A text that is in more rows than the cap, with one that is in few.
    for (text, count) in [
        ("街道办", Count { n: 1000, more: true }),
        ("〕1002号", Count { n: 1, more: false }),
    ] {
        let filter = CaseFilter {
            text: Some(text.into()),
            ..CaseFilter::default()
        };
        assert_eq!(store.count_cases(&filter).await.unwrap(), count, "{text}");
    }
    let holders = [Holder::Person(PERSON)];
    assert_eq!(
        store.count_todos(&holders, None).await.unwrap(),
        Count { n: 1000, more: true }
    );
}

async fn own_cases_are_left_out(place: Place) {
    let store = filled(&place, 20).await;
    let mut recused = view(21);
    recused.people.push(CasePersonRow {
        person: PERSON,
        relation: "recused".into(),
    });
    write(&place, &store, recused).await;
    let stranger = PersonId([9; 16]);
    for (except, cases, todos) in [
        (None, 21, 11 + 21),
        (except(PERSON, &[]), 16, 8 + 21),
        (except(stranger, &[]), 21, 11 + 21),
        (except(stranger, &[GROUP]), 21, 11 + 21),
        // Of applicants of OTHER: what OTHER itself has to do stays, and what PERSON has to do on their own four cases.
        (except(stranger, &[OTHER]), 0, 11),
        (except(PERSON, &[OTHER]), 0, 11 + 4),
    ] {
        let filter = CaseFilter {
            except: except.clone(),
            ..CaseFilter::default()
        };
        assert_eq!(store.count_cases(&filter).await.unwrap().n, cases, "{except:?}");
        let listed = store.list_cases(&filter, CaseOrder::Due, None, 100).await.unwrap();
        assert_eq!(listed.rows.len() as u64, cases, "{except:?}");
        // What waits for the person by name stays; what waits for the role they hold does not.
        let holders = [Holder::Person(PERSON), holder("clerk", OTHER)];
        let found = store.list_todos(&holders, except.as_ref(), None, 100).await.unwrap();
        assert_eq!(found.rows.len(), todos, "{except:?}");
    }
}

async fn todos_are_listed_for_their_holders(place: Place) {
    let store = filled(&place, 40).await;
    let all: Vec<TodoRow> = (1..=40).flat_map(|n| view(n).todos).collect();
    let clerk = holder("clerk", INSTITUTION);
    let table = [
        vec![],
        vec![Holder::Person(PERSON), Holder::Person(PERSON)],
        vec![clerk.clone()],
        vec![clerk, Holder::Person(PERSON), holder("clerk", OTHER)],
        vec![holder("lead", INSTITUTION), Holder::Person(PersonId([9; 16]))],
    ];
    for holders in table {
        let mut expected: Vec<TodoRow> = all.iter().filter(|t| holders.contains(&t.holder)).cloned().collect();
        expected.sort_by_key(|t| (t.due_on.unwrap_or(Date::MAX), t.case, t.act != "accept"));
        let mut found = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let page = store.list_todos(&holders, None, after.as_deref(), 7).await.unwrap();
            found.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found, expected, "{holders:?}");
        assert_eq!(
            store.count_todos(&holders, None).await.unwrap().n,
            expected.len() as u64
        );
        let by = Date::constant(2026, 9, 4);
        let due = expected.iter().filter(|t| t.due_on.is_some_and(|d| d <= by)).count();
        assert_eq!(store.count_todos(&holders, Some(by)).await.unwrap().n, due as u64);
    }
}

async fn what_others_have_to_do_is_listed(place: Place) {
    let store = filled(&place, 12).await;
    let open = |change: fn(&mut CaseFilter)| {
        let mut filter = CaseFilter::default();
        change(&mut filter);
        filter
    };
    let numbers = |rows: &[(CaseRow, TodoRow)]| {
        rows.iter()
            .map(|(case, todo)| {
                assert_eq!(case.case, todo.case);
                case.version
            })
            .collect::<Vec<_>>()
    };
    // Cases 1, 2, 4, 5, 7, 8, 10, 11 are open; the clerk of INSTITUTION has something to do on the even ones.
    let clerk = [holder("clerk", INSTITUTION)];
    let rows = store.list_others(&open(|_| {}), &clerk, 50).await.unwrap();
    assert_eq!(numbers(&rows), [1, 1, 5, 5, 7, 7, 11, 11]);
    let rows = store.list_others(&open(|_| {}), &clerk, 3).await.unwrap();
    assert_eq!(numbers(&rows), [1, 1, 5]);
    let rows = store
        .list_others(&open(|f| f.except = except(PERSON, &[])), &clerk, 50)
        .await
        .unwrap();
    assert_eq!(numbers(&rows), [1, 1, 7, 7, 11, 11]);
    let rows = store
        .list_others(&open(|f| f.scope = Scope::Bureau(INSTITUTION)), &clerk, 50)
        .await
        .unwrap();
    assert_eq!(rows, []);
    let rows = store.list_others(&open(|_| {}), &[], 50).await.unwrap();
    assert_eq!(rows.len(), 16);
}

async fn cases_of_who_has_left_are_listed(place: Place) {
    let store = filled(&place, 30).await;
    let person = |active| PersonRow {
        id: OTHER_PERSON,
        name: "陈涛".into(),
        unit: None,
        post: String::new(),
        active,
    };
    let all = CaseFilter::default();
    let numbers = async |filter: &CaseFilter, limit| {
        let rows = store.list_left(filter, limit).await.unwrap();
        let of = |(case, person, name): &(CaseRow, PersonId, String)| {
            assert_eq!((*person, name.as_str()), (OTHER_PERSON, "陈涛"));
            case.version
        };
        rows.iter().map(of).collect::<Vec<_>>()
    };
    for (active, expected) in [(true, &[][..]), (false, &[14, 7, 28, 21]), (true, &[])] {
        let mut append = place.act(id(1), None);
        append.views.persons = vec![PersonView {
            row: person(active),
            capacities: Vec::new(),
        }];
        store.append(append).await.unwrap();
        // By the cases' due days, closed ones last.
        assert_eq!(numbers(&all, 50).await, expected);
        let few = if expected.is_empty() { 0 } else { 2 };
        assert_eq!(numbers(&all, 2).await.len(), few);
        let bureau = CaseFilter {
            scope: Scope::Bureau(INSTITUTION),
            closed: Some(false),
            stages: vec!["received".into()],
            ..CaseFilter::default()
        };
        let even: Vec<u64> = expected.iter().copied().filter(|n| n % 2 == 0).collect();
        assert_eq!(numbers(&bureau, 50).await, even);
    }
}

async fn rows_replace_those_of_the_same_case(place: Place) {
    let store = filled(&place, 3).await;
    let before = view(2);
    assert_eq!(store.case_row(id(2)).await.unwrap(), Some(before.row.clone()));
    assert_eq!(
        store.case_by_number(&before.row.number).await.unwrap(),
        Some(before.row.clone())
    );
    assert_eq!(store.todos_of(id(2)).await.unwrap(), before.todos);
    let mut after = before.clone();
    after.row.stage = "filed".into();
    after.row.due_on = None;
    after.row.clauses.clear();
    after.row.waiting_for.clear();
    after.todos.truncate(1);
    after.people = vec![CasePersonRow {
        person: PERSON,
        relation: "investigator".into(),
    }];
    write(&place, &store, after.clone()).await;
    assert_eq!(store.case_row(id(2)).await.unwrap(), Some(after.row));
    assert_eq!(store.todos_of(id(2)).await.unwrap(), after.todos);
    assert_eq!(store.people_of(id(2)).await.unwrap(), after.people);
    assert_eq!(store.case_row(id(3)).await.unwrap(), Some(view(3).row));
    assert_eq!(store.case_row(id(4)).await.unwrap(), None);
    // An act that is refused leaves the rows as they were.
    let mut append = place.act(id(3), Some(9));
    append.views.cases = vec![CaseView {
        todos: vec![],
        ..view(3)
    }];
    assert!(store.append(append).await.is_err());
    assert_eq!(store.todos_of(id(3)).await.unwrap().len(), 2);
    // So does a number that another case has.
    let mut append = place.act(id(3), None);
    let mut taken = view(3);
    taken.row.number = view(1).row.number;
    append.views.cases = vec![taken];
    assert!(store.append(append).await.is_err());
    assert_eq!(
        store
            .head(&store::StreamName::Case(id(3)))
            .await
            .unwrap()
            .unwrap()
            .version,
        1
    );
}

async fn a_broken_cursor_is_refused(place: Place) {
    let store = filled(&place, 2).await;
    for cursor in ["", "x", "a~b", "x~2026-09-01~y", "1~2~3~4"] {
        let due = store
            .list_cases(&CaseFilter::default(), CaseOrder::Due, Some(cursor), 10)
            .await;
        assert!(due.is_err(), "{cursor:?}");
        assert!(
            store
                .list_todos(&[Holder::Person(PERSON)], None, Some(cursor), 10)
                .await
                .is_err(),
            "{cursor:?}"
        );
    }
}
