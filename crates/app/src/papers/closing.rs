//! The papers that go out after a determination: 报送函, 认定结果告知书 (the unit's with the result alone, 六（三）),
//! 送达回证, 复核决定书, 更正通知书.

use super::outcome::{applied, note, outcome_text};
use super::{Filling, paragraphs};
use casefile::case::EndingKind;
use casefile::{Event, PaperKind};
use documents::{
    Correction, DocumentNumber, ReportLetter, ResultNotice, ResultTo, ReviewDecision, Reviewed, ServedDocument,
    ServiceReceipt,
};

impl Filling<'_> {
    /// The number of the report in force.
    fn report_number(&self) -> Option<DocumentNumber> {
        self.case.reports.last()?.number.parse().ok()
    }
}

pub(super) fn report_letter(with: &Filling) -> Option<ReportLetter> {
    let sent = with.events.iter().find_map(|event| match event {
        Event::ReportSent(sent) => Some(&sent.sealed.recipients),
        _ => None,
    })?;
    Some(ReportLetter {
        head: with.head(),
        case: with.number_of_case()?,
        to: sent.iter().map(|to| to.body.clone()).collect(),
        applicant: with.applicant(),
        basis: with.basis(),
        report: with.report_number()?,
        contact: with.contact(),
    })
}

/// The result for the worker.
pub(super) fn result(with: &Filling) -> Option<ResultNotice> {
    let determination = with.case.determination()?;
    let decides = with.decides(determination);
    let mut reasons = Vec::new();
    if !decides.is_empty() {
        reasons.push(format!("认定依据：{}。", decides.join("、")));
    }
    reasons.extend(paragraphs(&determination.reason));
    let review = (with.procedure.procedure.review_levels > 0).then(|| with.review_right("结果"));
    let to = ResultTo::Worker {
        reasons,
        clauses: applied(&determination.assessment, with.pack),
        rights: review.into_iter().collect(),
    };
    notice(with, to)
}

/// The result for the unit: no findings, no exclusions, no family.
pub(super) fn unit_result(with: &Filling) -> Option<ResultNotice> {
    let name = with.applicant().unit;
    notice(with, ResultTo::Unit { name })
}

fn notice(with: &Filling, to: ResultTo) -> Option<ResultNotice> {
    let determination = with.case.determination()?;
    let receipt = with.case.receipt.as_ref()?;
    Some(ResultNotice {
        head: with.head(),
        case: receipt.number.clone(),
        applicant: with.applicant(),
        received: receipt.received_on,
        basis: with.basis(),
        report: with.report_number()?,
        outcome: outcome_text(&determination.outcome, with.pack),
        note: note(determination, with.pack),
        to,
    })
}

/// The receipt of service for one recipient, blank where it is filled in by hand.
pub(super) fn service_receipt(with: &Filling, for_unit: bool) -> Option<ServiceReceipt> {
    let applicant = with.applicant();
    let report = with.report_number()?;
    let result = if for_unit {
        PaperKind::ResultUnit
    } else {
        PaperKind::ResultWorker
    };
    let result = with.case.last_paper(result).and_then(|paper| paper.number.parse().ok());
    let document = |title: &str, number| ServedDocument {
        title: title.into(),
        number,
        copies: 1,
    };
    let notice = document("尽职免责认定结果告知书", result);
    let (recipient, documents) = if for_unit {
        (applicant.unit, vec![notice])
    } else {
        let served = vec![document("尽职免责认定报告", Some(report)), notice];
        (applicant.name.clone(), served)
    };
    Some(ServiceReceipt {
        issuer: with.head().issuer,
        date: with.today(),
        case: with.number_of_case()?,
        matter: format!("{}尽职免责申请", applicant.name),
        recipient,
        documents,
        way: None,
        place: None,
        servers: vec![with.by.name.clone()],
        served: None,
        received_by: None,
        refusal: None,
        witnesses: Vec::new(),
        remarks: None,
    })
}

pub(super) fn review_decision(with: &Filling) -> Option<ReviewDecision> {
    let review = with.case.reviews.last()?;
    let decision = review.decision.as_ref()?;
    let declined = with
        .case
        .ending
        .as_ref()
        .is_some_and(|ending| ending.kind != EndingKind::Withdrawn);
    let reviewed = match with.report_number() {
        Some(report) if !declined => Reviewed::Determination { report },
        _ => Reviewed::Decline,
    };
    let again = decision.upheld && review.level < with.procedure.procedure.review_levels;
    Some(ReviewDecision {
        head: with.head(),
        case: with.number_of_case()?,
        applicant: with.applicant(),
        applied: review.applied_on,
        late: review.late,
        reviewed,
        upheld: decision.upheld,
        reasons: paragraphs(&decision.reason),
        by: format!("{}{}", with.head().issuer, decision.by_name),
        remedies: again.then(|| with.review_right("复核决定")).into_iter().collect(),
    })
}

pub(super) fn correction(with: &Filling) -> Option<Correction> {
    let correction = with.case.corrections.last()?;
    let name = with.applicant().name;
    let reported = with.case.reported.iter().map(|reported| reported.body.clone());
    Some(Correction {
        head: with.head(),
        case: with.number_of_case()?,
        to: std::iter::once(name.clone()).chain(reported).collect(),
        name,
        report: with.report_number()?,
        text: paragraphs(&correction.text),
    })
}
