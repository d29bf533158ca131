//! What a reader may see of a case: a copy from which the rest is gone.
//!
//! Pages, lists and exports get the copy and nothing else, so what is hidden cannot slip into their HTML. The joint
//! team, the city and the auditor see the whole file; a withheld opinion is absent for everybody before its opening.
//! The applicant sees their own part, how far it has come, and the result once it is served; a result served in an
//! earlier round stays theirs.

use crate::authority::{self, Standing, Viewer};
use crate::load::Entry;
use base::PersonId;
use casefile::Case;
use casefile::PaperKind;
use casefile::case::{Anew, Evidence, Recipient, Ring, Round};
use casefile::event::Event;
use casefile::tasks::Group;

/// Kinds of the record the applicant sees; all else is the institutions' own until the result is served.
const APPLICANT_SEES: &[&str] = &[
    "received",
    "supplement-requested",
    "supplemented",
    "accepted",
    "declined",
    "transferred",
    "claim-amended",
    "withdrawn",
    "basis-named",
    "due-recomputed",
    "lead-taken",
    "assigned",
    "invited",
    "stated",
    "statement-waived",
    "argument-answered",
    "explained",
    "concluded",
    "deferred",
    "report-issued",
    "result-served",
    "served-otherwise",
    "acknowledged",
    "review-applied",
    "reviewed",
    "reopened",
    "corrected",
    "filed",
];

/// The case as the viewer may see it, who stands to it as `standing`.
pub fn case(case: &Case, viewer: &Viewer, standing: Standing) -> Case {
    match standing {
        Standing::Team(_) | Standing::City(_) | Standing::Auditor => without_rings(case, viewer),
        Standing::Applicant => for_applicant(case),
    }
}

/// Of what is in a ring that the viewer is not let into, that it is there: findings may rest on it.
fn without_rings(whole: &Case, viewer: &Viewer) -> Case {
    let mut seen = whole.clone();
    if authority::admits(viewer, whole, Ring::Protected) {
        return seen;
    }
    seen.clues.retain(|clue| clue.by == viewer.person);
    // Each clue has its letter, in the same order.
    let mut clues = whole.clues.iter();
    let mut own = || clues.next().is_some_and(|clue| clue.by == viewer.person);
    seen.papers.retain(|paper| paper.kind != PaperKind::Clue || own());
    let closed = |e: &&mut Evidence| e.by != viewer.person && e.ring == Ring::Protected;
    for evidence in seen.evidence.iter_mut().filter(closed) {
        *evidence = Evidence {
            title: "受保护的材料".into(),
            proves: String::new(),
            made: None,
            by: PersonId::default(),
            by_name: String::new(),
            file: None,
            protects: Vec::new(),
            ..evidence.clone()
        };
    }
    seen
}

fn for_applicant(whole: &Case) -> Case {
    let mut seen = whole.clone();
    let me = whole.applicant();
    seen.evidence.retain(|e| e.ring == Ring::Everyone || Some(e.by) == me);
    for lead in &mut seen.city_leads {
        lead.reason.clear();
    }
    seen.recusals.retain(|r| Some(r.asked_by) == me);
    seen.secrecy.clear();
    seen.inquiries.clear();
    seen.findings.clear();
    seen.readings.clear();
    seen.borrowings.clear();
    seen.clues.clear();
    seen.linked.clear();
    seen.proposed = None;
    seen.opinions.clear();
    seen.reminders.clear();
    seen.silent.clear();
    seen.consultations.clear();
    seen.escalation = None;
    seen.coordination = None;
    seen.confirmations.clear();
    seen.earlier_coordinations.clear();
    seen.earlier_confirmations.clear();
    seen.rounds
        .retain(|round| round.ending.is_some() || served_on_worker(round));
    seen.rounds.iter_mut().for_each(own_part);
    seen.uses.clear();
    seen.reported.clear();
    let served: Vec<usize> = (whole.papers.iter())
        .filter(|paper| paper.kind == PaperKind::ResultWorker)
        .map(|paper| paper.round)
        .collect();
    seen.papers.retain(|paper| {
        paper.kind.is_for_applicant() && (paper.kind != PaperKind::Report || served.contains(&paper.round))
    });
    seen.services.retain(|s| s.to == Recipient::Worker);
    if seen.services.is_empty() {
        seen.conclusion = None;
        seen.determinations.clear();
        seen.reports.clear();
    }
    seen
}

fn served_on_worker(round: &Round) -> bool {
    round.services.iter().any(|service| service.to == Recipient::Worker)
}

/// Leaves of an earlier round what the applicant read of it then.
fn own_part(round: &mut Round) {
    round.reason.clear();
    round.opinions.clear();
    round.consultations.clear();
    round.escalation = None;
    round.coordination = None;
    round.confirmations.clear();
    round.reminders.clear();
    round.silent.clear();
    round.reported.clear();
    round.services.retain(|service| service.to == Recipient::Worker);
    if round.services.is_empty() {
        round.conclusion = None;
        round.determination = None;
        round.report = None;
    }
}

/// The case from which `standing` is told how far it has come: for the applicant without a word of whether the
/// institutions differ, what they do about it, or who else was to be recused.
pub fn progress(case: &Case, standing: Standing) -> Case {
    let mut told = case.clone();
    if standing == Standing::Applicant {
        for opinion in told.opinions.values_mut() {
            opinion.content = None;
        }
        told.secrecy.clear();
        told.consultations.clear();
        told.escalation = None;
        told.coordination = None;
        told.confirmations.clear();
        told.recusals.retain(|r| Some(r.asked_by) == case.applicant());
    }
    told
}

/// The task list as `standing` may see it: for the applicant step and state, no second lines, no consultation and no
/// major matter.
pub fn tasks(mut groups: Vec<Group>, standing: Standing) -> Vec<Group> {
    if standing == Standing::Applicant {
        for group in &mut groups {
            group.tasks.retain(|task| !matches!(task.title, "会商" | "重大事项"));
            group.tasks.iter_mut().for_each(|task| task.detail.clear());
        }
    }
    groups
}

/// Whether an entry of the record may be shown to the viewer.
pub fn shows(viewer: &Viewer, standing: Standing, case: &Case, entry: &Entry) -> bool {
    authority::admits_entry(viewer, case, entry) && shows_kind(standing, &entry.event)
}

fn shows_kind(standing: Standing, event: &Event) -> bool {
    match (standing, event) {
        (Standing::Applicant, Event::Reopened(reopened)) => return reopened.ground != Anew::Facts,
        (Standing::Applicant, Event::PaperMade(made)) => return made.paper.is_for_applicant(),
        _ => {}
    }
    let kind = event.kind();
    standing != Standing::Applicant || APPLICANT_SEES.contains(&kind.split_once('/').map_or(kind, |(name, _)| name))
}
