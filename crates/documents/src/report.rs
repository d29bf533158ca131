//! 认定报告: the determination report, issued by the bureau under its head and number alone (六（二）).

use crate::{Applicant, Basis, DocumentNumber, text};
use base::Date;
use base::law::{Answer, Truth};
use serde::Serialize;

/// The determination report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The bureau's full name.
    pub issuer: String,
    /// The bureau's number.
    pub number: DocumentNumber,
    /// The day of issue.
    #[serde(serialize_with = "text::date")]
    pub date: Date,
    /// The case's number (收件编号).
    pub case: String,
    /// Recipients of the written report (主送), by authority over the person.
    pub recipients: Vec<String>,
    /// Others it is copied to (抄送).
    pub copies: Vec<String>,
    /// Whom it is about.
    pub applicant: Applicant,
    /// The discipline group that took part (会同), full name.
    pub group: String,
    /// The notice it rests on.
    pub basis: Basis,
    /// What has to be said about the basis, e.g. which rule of validity named it.
    pub basis_note: Option<String>,
    /// The claim in the notice's words: 免责 · 减责 · 免责，备位减责.
    pub claim: String,
    /// What the applicant wants to be freed of, at which body and stage; one sentence.
    pub accountability: String,
    /// Received (收到), the day the fourteen working days run from.
    #[serde(serialize_with = "text::date")]
    pub received: Date,
    /// Accepted (受理).
    #[serde(serialize_with = "text::date")]
    pub accepted: Date,
    /// The conclusion of the investigation (调查结论) signed.
    #[serde(serialize_with = "text::date")]
    pub concluded: Date,
    /// The last day for the conclusion.
    #[serde(serialize_with = "text::date")]
    pub due: Date,
    /// Name and institution of each investigator (调查人).
    pub investigators: Vec<String>,
    /// Anything the procedure's record has to say: recusals, borrowing, degradations, lateness. One sentence each.
    pub procedure: Vec<String>,
    /// What the applicant says happened. Paragraphs.
    pub account: Vec<String>,
    /// The facts found (查明). Paragraphs; a family appears as 某村某户.
    pub facts: Vec<String>,
    /// The finding on each question.
    pub findings: Vec<Finding>,
    /// The statement and defence (申辩).
    pub statement: Statement,
    /// The clauses the outcome rests on, verbatim.
    pub clauses: Vec<AppliedClause>,
    /// The readings the outcome hangs on.
    pub readings: Vec<ReadingNoted>,
    /// Citations of the clauses that decide, e.g. 三（五）.
    pub grounds: Vec<String>,
    /// The outcome in the notice's words, e.g. 适用尽职免责机制，予以免责.
    pub outcome: String,
    /// What is printed under the outcome, e.g. that it is no ground for punishment.
    pub notes: Vec<String>,
    /// The opinions of both institutions; attached, each on a sheet of its own.
    pub opinions: Vec<Opinion>,
    /// How a disagreement or a major matter was coordinated. Paragraphs.
    pub coordination: Vec<String>,
    /// What remains of a disagreement: printed in the body. One paragraph a party, beginning with its name.
    pub dissent: Vec<String>,
}

/// A finding (认定的事实).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The question as the investigators answered it.
    pub question: String,
    /// What was found.
    #[serde(serialize_with = "text::answer")]
    pub answer: Answer,
    /// Why. Empty where nothing was written.
    pub reason: String,
    /// The evidence it rests on, by name.
    pub evidence: Vec<String>,
}

/// What came of the invitation to state and defend (申辩). Silence is none of these: it is a waiver only by an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Statement {
    /// Said, each argument answered.
    Heard {
        /// The day.
        #[serde(serialize_with = "text::date")]
        on: Date,
        /// Every argument with its answer.
        arguments: Vec<ArgumentAnswered>,
    },
    /// Waived.
    Waived {
        /// The day.
        #[serde(serialize_with = "text::date")]
        on: Date,
        /// How, in one sentence.
        how: String,
    },
}

/// An argument and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArgumentAnswered {
    /// The argument.
    pub argument: String,
    /// Whether it is adopted (采纳).
    pub adopted: bool,
    /// Why.
    pub answer: String,
}

/// A clause applied, as published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AppliedClause {
    /// Its citation, e.g. 三（五）.
    pub citation: String,
    /// Its text, verbatim.
    pub text: String,
    /// Whether it is established.
    #[serde(serialize_with = "text::truth")]
    pub value: Truth,
    /// The pack's note on it, e.g. that a regulation it cites is repealed.
    pub note: Option<String>,
}

/// A reading (读法) the outcome hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadingNoted {
    /// Where the notice can be read two ways.
    pub question: String,
    /// The choice applied in this case.
    pub chosen: String,
    /// Why it was chosen.
    pub reason: String,
    /// Each choice and the outcome under it.
    pub results: Vec<(String, String)>,
}

/// An institution's opinion, attached to the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opinion {
    /// The institution's full name.
    pub institution: String,
    /// What it is of the opinion, in a few words, e.g. 同意免责.
    pub position: String,
    /// Its reasons. Paragraphs.
    pub reasons: Vec<String>,
    /// Who signed.
    pub by: String,
    /// The day.
    #[serde(serialize_with = "text::date")]
    pub date: Date,
}

impl Report {
    pub(crate) fn title(&self) -> String {
        format!("关于{}尽职免责申请的认定报告", self.applicant.name)
    }

    pub(crate) fn date(&self) -> Date {
        self.date
    }
}
