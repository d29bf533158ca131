//! The rows lists and to-dos are made of: a pure function of the case, its procedure and the calendar.
//!
//! Open text here is what the record allows: numbers, workers' names, units, clauses, outcomes; never a family's.

use crate::authority::institution_of;
use crate::codec::{party_code, role_code};
use crate::error::{Failure, Result};
use base::calendar::Calendar;
use casefile::Case;
use casefile::stage::Stage;
use casefile::waiting::{Waiting, Whom, waiting};
use rules::Pack;
use store::{CasePersonRow, CaseRow, CaseView, Holder, TodoRow};

/// The rows of one case, as of the day of its last event.
///
/// # Errors
/// The case was never received.
pub fn case_view(case: &Case, pack: &Pack, calendar: &Calendar) -> Result<CaseView> {
    let (Some(receipt), Some(application)) = (&case.receipt, &case.application) else {
        return Err(Failure::Internal("a view of a case that was never received".into()));
    };
    let today = case.last_recorded.unwrap_or_default().date();
    let waits = waiting(case, &pack.procedure, calendar, today);
    let stage = Stage::of(case);
    let row = CaseRow {
        case: case.id,
        number: receipt.number.clone(),
        institution: receipt.bureau,
        discipline: receipt.discipline,
        applicant: Some(application.codes.person),
        applicant_name: application.text.name.clone(),
        unit: Some(application.codes.unit),
        unit_name: application.text.unit.clone(),
        work_kind: application.codes.work_kind.to_string(),
        clauses: application.codes.clauses.iter().map(ToString::to_string).collect(),
        stage: stage.code().into(),
        stage_text: stage.code().into(),
        outcome: case
            .determination()
            .map(|determination| determination.outcome.to_string()),
        received_on: receipt.received_on,
        due_on: Some(receipt.due.due),
        provisional: receipt.due.provisional,
        met_on: case.first_conclusion().map(|conclusion| conclusion.on),
        step_due_on: waits.iter().filter_map(|wait| wait.due).min(),
        waiting_for: waits
            .iter()
            .filter_map(|wait| holder(case, &wait.who))
            .map(|holder| holder.to_string())
            .collect(),
        closed: case.is_closed(),
        version: case.version,
    };
    let todos = waits.iter().filter_map(|wait| todo(case, &row, wait)).collect();
    Ok(CaseView {
        row,
        todos,
        people: people(case),
    })
}

fn todo(case: &Case, row: &CaseRow, wait: &Waiting) -> Option<TodoRow> {
    Some(TodoRow {
        case: case.id,
        number: row.number.clone(),
        holder: holder(case, &wait.who)?,
        act: wait.act.code().into(),
        due_on: wait.due,
        opened_on: wait.since,
        applicant_name: row.applicant_name.clone(),
        reminded_on: wait.reminded(case).map(|(_, last)| last),
    })
}

/// Who holds what the case waits for, as the store writes it.
pub fn holder(case: &Case, who: &Whom) -> Option<Holder> {
    match who {
        Whom::Person(person) => Some(Holder::Person(*person)),
        Whom::Unit(role) => {
            let unit = case.application.as_ref()?.codes.unit;
            Some(Holder::Role {
                role: role_code(*role).into(),
                institution: unit,
            })
        }
        Whom::Role(role, party) => Some(Holder::Role {
            role: format!("{}.{}", role_code(*role), party_code(*party)),
            institution: institution_of(case, *party)?,
        }),
    }
}

fn people(case: &Case) -> Vec<CasePersonRow> {
    let row = |person, relation: &str| CasePersonRow {
        person,
        relation: relation.into(),
    };
    let applicant = case.applicant().map(|person| row(person, "applicant"));
    let investigators = case.active_investigators().map(|i| row(i.person, "investigator"));
    let recused = case
        .recusals
        .iter()
        .filter(|r| case.is_recused(r.person))
        .map(|r| row(r.person, "recused"));
    applicant.into_iter().chain(investigators).chain(recused).collect()
}
