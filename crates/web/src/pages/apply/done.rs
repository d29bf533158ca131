//! The receipt of an application: its number, the last day for the conclusion, what comes next. In the worker's list
//! for ever.

use super::within;
use crate::error::{self, Page};
use crate::extract::{Path, Visit};
use crate::frame::Frame;
use crate::words;
use app::Standing;
use app::reading::CaseFile;
use askama::Template;
use axum::response::{Html, IntoResponse};
use casefile::PaperKind;
use casefile::act::ActName;
use casefile::case::Receipt;

/// What a receipt says, for the worker and for the slip of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// 收件编号
    pub number: String,
    /// When it was received.
    pub received: String,
    /// The last day for the conclusion, in a sentence.
    pub due: String,
    /// How the days are counted, or that the day may still change.
    pub counted: String,
    /// That it is open which notice governs; empty where it is not.
    pub pending: &'static str,
    /// The bureau's phone and window; may be empty.
    pub contact: String,
    /// Where the slip to take home is, as PDF; empty where there is none.
    pub slip: String,
}

/// `/apply/done/{no}`
#[derive(Debug, Template)]
#[template(path = "pages/apply_done.html")]
pub struct DonePage {
    /// Around it.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// The receipt.
    pub told: Told,
    /// How many investigate.
    pub investigators: u8,
    /// What may be done with the case now: address and words.
    pub acts: Vec<(String, &'static str)>,
}

/// `GET /apply/done/{no}`
pub async fn get(visit: Visit, Path(number): Path<String>) -> Page {
    let file = visit.app.case_file(&visit.viewer, &number).await?;
    let (Standing::Applicant, Some(receipt)) = (file.standing, &file.case.receipt) else {
        return Ok(error::not_found());
    };
    let act = |act: ActName, words| {
        let url = format!("/cases/{number}/acts/{}", act.code());
        file.my_acts.contains(&act).then_some((url, words))
    };
    let acts = [act(ActName::AddEvidence, "补材料"), act(ActName::Withdraw, "撤回申请")];
    let page = DonePage {
        frame: visit.frame("/apply"),
        title: format!("已经交到{}了", file.names.bureau),
        told: told(&file, receipt),
        investigators: file.procedure.procedure.investigators,
        acts: acts.into_iter().flatten().collect(),
    };
    Ok(Html(page.render()?).into_response())
}

/// What the receipt of a case says.
pub fn told(file: &CaseFile, receipt: &Receipt) -> Told {
    let entered = file.entries.first().map(|entry| entry.meta.recorded);
    let received = match (receipt.entered_by, entered) {
        (None, Some(at)) => words::long_moment(at),
        _ => words::date(receipt.received_on),
    };
    let last = words::date(receipt.due.due);
    let (due, counted) = if receipt.due.provisional {
        let year = receipt.due.due.year();
        (
            format!("最迟 {last}（暂定）"),
            format!("{year} 年放假安排还没公布，公布后可能变，变了会告诉您。"),
        )
    } else {
        let from = receipt.received_on.tomorrow().map(words::day).unwrap_or_default();
        let counted = format!(
            "从 {from}起算 {}，{}放假不算，调休上班算。",
            within(&file.procedure),
            holidays(file, receipt)
        );
        (format!("最迟 {last}出结论"), counted)
    };
    Told {
        number: file.number.clone(),
        received,
        due,
        counted,
        pending: match receipt.basis_pending {
            true => "已收到，期限照算。这件事还没有确定按哪份文件办（依据待定），民政局会写明依据。",
            false => "",
        },
        contact: file.names.contact.clone(),
        slip: file
            .case
            .last_paper(PaperKind::Receipt)
            .map(|paper| format!("/cases/{}/files/{}", file.number, paper.file.address))
            .unwrap_or_default(),
    }
}

/// The holidays between receipt and the last day, as a sentence goes on: `中秋节、国庆节`.
fn holidays(file: &CaseFile, receipt: &Receipt) -> String {
    let Some(deadline) = file.procedure.procedure.deadlines.first() else {
        return String::new();
    };
    let days = file.calendar.derivation(receipt.received_on, deadline.n, deadline.unit);
    let mut names: Vec<&str> = days.iter().filter_map(|day| day.why.strip_suffix("放假")).collect();
    names.dedup();
    names.join("、")
}
