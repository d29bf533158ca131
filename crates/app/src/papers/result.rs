//! 认定结果告知书: the result to the worker with its reasons, and to the unit the result alone (六（三）).

use super::report::{applied, grounds, note, outcome_text};
use super::{Names, applicant, basis};
use base::Date;
use casefile::Case;
use documents::{DocumentNumber, Head, ResultNotice, ResultTo};
use rules::Pack;

/// The result for the worker.
pub fn result(case: &Case, pack: &Pack, names: &Names, report: DocumentNumber, date: Date) -> Option<ResultNotice> {
    let determination = case.determination()?;
    let decides = grounds(&determination.assessment, &determination.outcome, pack);
    let mut reasons = Vec::new();
    if !decides.is_empty() {
        reasons.push(format!("认定依据：{}。", decides.join("、")));
    }
    if !determination.reason.trim().is_empty() {
        reasons.push(determination.reason.clone());
    }
    let to = ResultTo::Worker {
        reasons,
        clauses: applied(&determination.assessment, pack),
        rights: rights(pack, names),
    };
    notice(case, pack, names, report, date, to)
}

/// The result for the unit: no findings, no exclusions, no family.
pub fn unit_result(
    case: &Case,
    pack: &Pack,
    names: &Names,
    report: DocumentNumber,
    date: Date,
) -> Option<ResultNotice> {
    let name = case.application.as_ref()?.text.unit.clone();
    notice(case, pack, names, report, date, ResultTo::Unit { name })
}

fn notice(
    case: &Case,
    pack: &Pack,
    names: &Names,
    report: DocumentNumber,
    date: Date,
    to: ResultTo,
) -> Option<ResultNotice> {
    let determination = case.determination()?;
    let receipt = case.receipt.as_ref()?;
    Some(ResultNotice {
        head: Head {
            issuer: names.bureau.clone(),
            number: None,
            date,
        },
        case: receipt.number.clone(),
        applicant: applicant(case),
        received: receipt.received_on,
        basis: basis(pack),
        report,
        outcome: outcome_text(&determination.outcome, pack),
        note: note(determination, pack),
        to,
    })
}

fn rights(pack: &Pack, names: &Names) -> Vec<String> {
    if pack.procedure.review_levels == 0 {
        return Vec::new();
    }
    vec![format!(
        "对结果有意见的，可以在收到之日起 {} 个工作日内向{}申请复核，由没有办过此事的人办理。超过时间也可以提出，会记明情况。",
        pack.procedure.review_days, names.bureau
    )]
}
