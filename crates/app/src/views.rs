//! The rows lists and to-dos are made of: a pure function of the case, its procedure and the calendar.
//!
//! Open text here is what the record allows: numbers, workers' names, units, clauses, outcomes; never a family's.

use crate::App;
use crate::authority::institution_of;
use crate::codec::{party_code, role_code};
use crate::error::{Failure, Result};
use crate::policy::assess;
use base::calendar::Calendar;
use casefile::Case;
use casefile::stage::Stage;
use casefile::waiting::{Waiting, Whom, waiting};
use rules::Pack;
use store::{CasePersonRow, CaseRow, CaseView, Holder, TodoRow};

/// How a case stands to its statutory day, as far as that does not hang on today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pace {
    /// No conclusion yet.
    Open,
    /// Concluded by the statutory day.
    InTime,
    /// Concluded after it.
    Late,
    /// Ended without a conclusion: declined, transferred, withdrawn.
    Ended,
}

impl Pace {
    /// Every one.
    pub const ALL: [Pace; 4] = [Pace::Open, Pace::InTime, Pace::Late, Pace::Ended];

    /// As URLs and views write it.
    pub fn code(self) -> &'static str {
        match self {
            Pace::Open => "open",
            Pace::InTime => "in-time",
            Pace::Late => "late",
            Pace::Ended => "ended",
        }
    }

    /// The one of that code.
    pub fn parse(code: &str) -> Option<Pace> {
        Pace::ALL.into_iter().find(|pace| pace.code() == code)
    }
}

impl App {
    /// The rows of a case as it now stands.
    pub(crate) fn view(&self, case: &Case) -> Result<CaseView> {
        let (procedure, substance) = (self.packs.procedure(case)?, self.packs.substance(case)?);
        case_view(case, procedure, substance, &self.calendar())
    }
}

/// The rows of one case, as of the day of its last event.
///
/// # Errors
/// The case was never received; findings that the pack does not accept.
pub fn case_view(case: &Case, pack: &Pack, substance: &Pack, calendar: &Calendar) -> Result<CaseView> {
    let (Some(receipt), Some(application)) = (&case.receipt, &case.application) else {
        return Err(Failure::Internal("a view of a case that was never received".into()));
    };
    let today = case.last_recorded.unwrap_or_default().date();
    let assessment = assess(case, substance)?;
    let waits = waiting(case, &pack.procedure, &assessment, calendar, today);
    let stage = Stage::of(case);
    let met_on = case.first_conclusion().map(|conclusion| conclusion.on);
    let pace = match met_on {
        Some(met) if met <= receipt.due.due => Pace::InTime,
        Some(_) => Pace::Late,
        None if case.ending.is_some() => Pace::Ended,
        None => Pace::Open,
    };
    let days_used = met_on.map(|met| calendar.working_days_between(receipt.received_on, met));
    let open_questions = if case.is_running() && case.conclusion.is_none() {
        u32::try_from(case.open_questions(&assessment).len()).ok()
    } else {
        None
    };
    let outcome = case
        .determination()
        .map(|determination| determination.outcome.to_string());
    let clauses = application.codes.clauses.iter().filter_map(|id| substance.clause(id));
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
        words: clauses
            .map(|clause| clause.citation.clone())
            .chain(outcome.clone())
            .collect(),
        outcome,
        received_on: receipt.received_on,
        due_on: Some(receipt.due.due),
        provisional: receipt.due.provisional,
        met_on,
        step_due_on: waits.iter().filter_map(|wait| wait.due).min(),
        waiting_for: waits
            .iter()
            .filter_map(|wait| holder(case, &wait.who))
            .map(|holder| holder.to_string())
            .collect(),
        closed: case.is_closed(),
        version: case.version,
        pace: pace.code().into(),
        days_used: days_used.and_then(|days| u32::try_from(days).ok()),
        open_questions,
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
