//! What a reader may see of a case: a copy from which the rest is gone.
//!
//! Pages, lists and exports get the copy and nothing else, so what is hidden cannot slip into their HTML. The joint
//! team, the city and the auditor see the whole file; a withheld opinion is absent for everybody before its opening.
//! The applicant sees their own part, how far it has come, and the result once it is served.

use crate::authority::Standing;
use base::law::Party;
use casefile::Case;
use casefile::case::{Anew, Recipient, Ring};
use casefile::event::{Event, Meta};

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
    "assigned",
    "invited",
    "stated",
    "statement-waived",
    "argument-answered",
    "explained",
    "concluded",
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

/// The case as `standing` may see it.
pub fn case(case: &Case, standing: Standing) -> Case {
    match standing {
        Standing::Team(_) | Standing::City(_) | Standing::Auditor => case.clone(),
        Standing::Applicant => for_applicant(case),
    }
}

fn for_applicant(whole: &Case) -> Case {
    let mut seen = whole.clone();
    let me = whole.applicant();
    seen.evidence.retain(|e| e.ring == Ring::Everyone || Some(e.by) == me);
    seen.recusals.retain(|r| Some(r.asked_by) == me);
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
    seen.rounds.clear();
    seen.uses.clear();
    seen.reported.clear();
    seen.services.retain(|s| s.to == Recipient::Worker);
    if seen.services.is_empty() {
        seen.conclusion = None;
        seen.determinations.clear();
        seen.reports.clear();
    }
    seen
}

/// Whether an entry of the record may be shown to `standing`.
pub fn shows(standing: Standing, event: &Event) -> bool {
    if let (Standing::Applicant, Event::Reopened(reopened)) = (standing, event) {
        return reopened.ground != Anew::Facts;
    }
    let kind = event.kind();
    standing != Standing::Applicant || APPLICANT_SEES.contains(&kind.split_once('/').map_or(kind, |(name, _)| name))
}

/// Whether `meta` was recorded by the reader's own institution: a party may read its own opinion before the opening.
pub fn is_own(standing: Standing, meta: &Meta) -> bool {
    let own = |party: Party| meta.capacity.party == Some(party);
    match standing {
        Standing::Team(party) | Standing::City(party) => own(party),
        Standing::Applicant | Standing::Auditor => false,
    }
}
