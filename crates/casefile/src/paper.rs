//! 文书: the papers a case has brought forth, and the one event that names each (record.md 14).
//!
//! A paper is made once, from the case as it stands after its act, and recorded together with it. Which act makes which
//! paper is told here; what stands on it, its number and its PDF are `app`'s.

use crate::ActName;
use crate::case::{Case, File, Recipient, Rendering};
use crate::event::{Meta, Recorded};
use crate::sealed_part;
use base::{Date, DocumentId};
use serde::{Deserialize, Serialize};

macro_rules! papers {
    ($($code:literal $title:literal $name:ident)+) => {
        /// A kind of paper.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "each is named by its title")]
        pub enum PaperKind { $(#[serde(rename = $code)] $name),+ }

        impl PaperKind {
            /// Every kind, in the order of the procedure.
            pub const ALL: &[PaperKind] = &[$(PaperKind::$name),+];

            /// As URLs and the record write it.
            pub fn code(self) -> &'static str {
                match self { $(PaperKind::$name => $code),+ }
            }

            /// What the office calls it.
            pub fn title(self) -> &'static str {
                match self { $(PaperKind::$name => $title),+ }
            }

            /// How the record names the making of it.
            pub fn made(self) -> &'static str {
                match self { $(PaperKind::$name => concat!("成文：", $title)),+ }
            }

            /// The kind of that code.
            pub fn parse(code: &str) -> Option<PaperKind> {
                match code { $($code => Some(PaperKind::$name),)+ _ => None }
            }
        }
    };
}

papers! {
    "receipt" "收件回执" Receipt
    "supplement-notice" "补正告知书" SupplementNotice
    "acceptance" "受理通知书" Acceptance
    "leaflet" "权利告知书" Leaflet
    "decline" "不予受理决定书" Decline
    "transfer" "移送函" Transfer
    "clue" "线索移送函" Clue
    "inquiry" "调查笔录" Inquiry
    "defence-notice" "申辩告知书" DefenceNotice
    "statement" "陈述申辩笔录" Statement
    "conclusion" "调查结论书" Conclusion
    "minutes" "会商纪要" Minutes
    "request" "重大事项请示" Request
    "coordination" "协调意见" Coordination
    "report" "认定报告" Report
    "deferral" "暂不认定告知书" Deferral
    "report-letter" "报送函" ReportLetter
    "result-worker" "认定结果告知书（本人）" ResultWorker
    "service-worker" "送达回证（本人）" ServiceWorker
    "result-unit" "认定结果告知书（单位）" ResultUnit
    "service-unit" "送达回证（单位）" ServiceUnit
    "review-decision" "复核决定书" ReviewDecision
    "correction" "更正通知书" Correction
}

impl PaperKind {
    /// Whether the applicant may read it: it is addressed to them, or it is their own word. All others are the joint
    /// team's; the report becomes the applicant's with the service of the result.
    pub fn is_for_applicant(self) -> bool {
        use PaperKind::*;
        match self {
            Receipt | SupplementNotice | Acceptance | Leaflet | Decline | Transfer | DefenceNotice | Statement
            | Deferral | Report | ResultWorker | ServiceWorker | ReviewDecision | Correction => true,
            Clue | Inquiry | Conclusion | Minutes | Request | Coordination | ReportLetter | ResultUnit
            | ServiceUnit => false,
        }
    }
}

impl ActName {
    /// The papers the act may make, in the order they are made.
    pub fn papers(self) -> &'static [PaperKind] {
        use PaperKind::*;
        match self {
            ActName::Submit | ActName::EnterPaper => &[Receipt],
            ActName::RequestSupplement => &[SupplementNotice],
            ActName::Accept => &[Acceptance, Leaflet],
            ActName::Decline => &[Decline],
            ActName::Transfer => &[Transfer, Clue],
            ActName::Investigate | ActName::Countersign => &[Inquiry],
            ActName::Invite => &[DefenceNotice],
            ActName::State => &[Statement],
            ActName::Conclude | ActName::SignConclusion => &[Conclusion],
            ActName::MinuteConsultation => &[Minutes],
            ActName::Escalate => &[Request],
            ActName::Coordinate => &[Coordination],
            ActName::Defer => &[Deferral],
            ActName::Issue => &[Report],
            ActName::SendReport => &[ReportLetter],
            ActName::Serve => &[ResultWorker, ServiceWorker, ResultUnit, ServiceUnit],
            ActName::DecideReview => &[ReviewDecision],
            ActName::Correct => &[Correction],
            _ => &[],
        }
    }
}

/// A paper of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadePaper {
    /// The document.
    pub document: DocumentId,
    /// Which paper.
    pub kind: PaperKind,
    /// 文号; empty for what bears none.
    pub number: String,
    /// The day it was made.
    pub on: Date,
    /// The stored PDF.
    pub file: File,
    /// Digests of template and fonts, and the renderer's version.
    pub rendered_by: Rendering,
    /// In which round of the case, from 0; an earlier one's is revoked with it.
    pub round: usize,
}

impl MadePaper {
    /// What it is called in lists, e.g. `调查笔录（第 2 份）`.
    pub fn name(&self) -> &str {
        self.file.name.strip_suffix(".pdf").unwrap_or(&self.file.name)
    }
}

impl Case {
    /// The paper of that document.
    pub fn paper_of(&self, document: DocumentId) -> Option<&MadePaper> {
        self.papers.iter().find(|paper| paper.document == document)
    }

    /// The last paper of a kind.
    pub fn last_paper(&self, kind: PaperKind) -> Option<&MadePaper> {
        self.papers.iter().rev().find(|paper| paper.kind == kind)
    }
}

/// 已成文: a paper was made and stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperMade {
    /// The document.
    pub document: DocumentId,
    /// Which paper.
    pub paper: PaperKind,
    /// Where the PDF is stored.
    pub file: String,
    /// What rendered it.
    pub rendering: Rendering,
    /// The day.
    pub on: Date,
    /// Its number and what the PDF is called.
    #[serde(skip)]
    pub sealed: PaperText,
}

/// The sealed part of [`PaperMade`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperText {
    /// 文号; empty for what bears none.
    pub number: String,
    /// Name, size and digest of the PDF.
    pub file: File,
}

impl Recorded for PaperMade {
    sealed_part!(PaperText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        let PaperText { number, file } = &self.sealed;
        match self.paper {
            PaperKind::Report => {
                if let Some(report) = case.reports.last_mut() {
                    report.document = self.document;
                    report.number.clone_from(number);
                    report.file = file.clone();
                }
            }
            PaperKind::ResultWorker | PaperKind::ResultUnit => {
                if let Some(service) = service(case, self.paper) {
                    service.document = self.document;
                    service.file = file.clone();
                }
            }
            PaperKind::ServiceWorker | PaperKind::ServiceUnit => {
                if let Some(service) = service(case, self.paper) {
                    service.receipt = file.clone();
                }
            }
            _ => {}
        }
        case.papers.push(MadePaper {
            document: self.document,
            kind: self.paper,
            number: number.clone(),
            on: self.on,
            file: file.clone(),
            rendered_by: self.rendering.clone(),
            round: case.rounds.len(),
        });
    }
}

/// The service that a result or its receipt of service belongs to.
fn service(case: &mut Case, paper: PaperKind) -> Option<&mut crate::case::Service> {
    let to = match paper {
        PaperKind::ResultUnit | PaperKind::ServiceUnit => Recipient::Unit,
        _ => Recipient::Worker,
    };
    case.services.iter_mut().rev().find(|service| service.to == to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, made};

    #[test]
    fn a_code_reads_back() {
        for kind in PaperKind::ALL {
            assert_eq!(PaperKind::parse(kind.code()), Some(*kind));
            let stored = serde_json::to_value(kind).unwrap();
            assert_eq!(stored, kind.code());
        }
        assert_eq!(PaperKind::parse("letter"), None);
    }

    #[test]
    fn every_paper_is_some_acts() {
        for kind in PaperKind::ALL {
            assert!(
                ActName::ALL.iter().any(|act| act.papers().contains(kind)),
                "no act makes {}",
                kind.title()
            );
        }
    }

    #[test]
    fn report_and_results_are_found_by_what_they_are() {
        let given = Given::issued("exempted").recorded(made(PaperKind::Report));
        let case = &given.case;
        assert_eq!(case.reports[0].number, case.papers[0].number);
        let given = given.done(crate::testing::serve());
        let kinds = [PaperKind::ResultUnit, PaperKind::ServiceUnit, PaperKind::ResultWorker];
        let case = kinds
            .into_iter()
            .fold(given, |given, kind| given.recorded(made(kind)))
            .case;
        let [worker, unit] = &case.services[..] else { panic!() };
        assert_eq!(unit.file, case.last_paper(PaperKind::ResultUnit).unwrap().file);
        assert_eq!(unit.receipt, case.last_paper(PaperKind::ServiceUnit).unwrap().file);
        assert_eq!(
            worker.document,
            case.last_paper(PaperKind::ResultWorker).unwrap().document
        );
        assert_eq!(worker.receipt, File::default());
    }
}
