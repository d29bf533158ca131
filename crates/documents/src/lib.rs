//! The official documents (文书) as typed data, and the templates they are printed with.
//!
//! [`prepare`] turns a [`Document`] into [`Prepared`]: a template's name and the exact texts it prints, as JSON.
//! A [`Press`] makes a PDF of it. Deliberately absent: the case, the record, files, fonts, the clock and any
//! rendering. Whoever fills the types decides what may stand in them; a [`Veil`] leaves a family as 某村某户, a
//! whistle-blower is not named at all, and what a recipient may not learn has no field in that recipient's document.
//! Identity numbers and mobile phones in what was typed are masked here, whoever fills it in.

mod acceptance;
mod conclusion;
mod coordination;
mod correction;
mod decline;
mod defence_notice;
mod deferral;
mod leaflet;
mod number;
mod press;
mod receipt;
mod record;
mod report;
mod report_letter;
mod request;
mod result_notice;
mod review_decision;
mod service_receipt;
mod supplement_notice;
mod template;
mod text;
mod transfer;
mod veil;

pub use acceptance::Acceptance;
pub use conclusion::Conclusion;
pub use coordination::Coordination;
pub use correction::Correction;
pub use decline::Decline;
pub use defence_notice::DefenceNotice;
pub use deferral::Deferral;
pub use leaflet::Leaflet;
pub use number::{BadNumber, DocumentNumber};
pub use press::{FontUsed, Press, PressError, Rendered};
pub use receipt::{Due, DueDay, Receipt};
pub use record::{Record, RecordKind, Signature};
pub use report::{AppliedClause, ArgumentAnswered, Finding, Opinion, ReadingNoted, Report, Statement};
pub use report_letter::ReportLetter;
pub use request::Request;
pub use result_notice::{ResultNotice, ResultTo};
pub use review_decision::{ReviewDecision, Reviewed};
pub use service_receipt::{ServedDocument, ServiceReceipt};
pub use supplement_notice::SupplementNotice;
pub use text::{chinese_date, chinese_time, weekday};
pub use transfer::{Transfer, Transferred};
pub use veil::Veil;

use base::{Date, Digest};
use serde::Serialize;

/// The head and the end of an official document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The issuing body's full name (发文机关), e.g. 濮阳县民政局; printed in the red head and as the signature.
    pub issuer: String,
    /// The document number (发文字号), where the body numbers this kind of document.
    pub number: Option<DocumentNumber>,
    /// The day the document is made (成文日期).
    #[serde(serialize_with = "text::date")]
    pub date: Date,
}

/// The applicant (免责申请人) as recorded when applying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Applicant {
    /// Name.
    pub name: String,
    /// Unit (所在单位).
    pub unit: String,
    /// Post (岗位、职务).
    pub post: String,
}

/// The document a case is decided under (依据).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// Its title, without 《》.
    pub title: String,
    /// Its number as its issuer wrote it, e.g. 濮民〔2024〕16号.
    pub number: String,
}

/// A document ready for a [`Press`]: which template, and what it prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The template.
    pub template: TemplateName,
    /// The digest of the template and of what it is built on.
    pub template_digest: Digest,
    /// The title as the PDF's metadata carry it.
    pub title: String,
    /// The day the document bears; the PDF's only date.
    pub date: Date,
    /// What is printed, as JSON: every text as it will stand on paper.
    pub data: Vec<u8>,
}

macro_rules! documents {
    ($($kind:ident $chinese:literal $file:literal)+) => {
        /// Every official document.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(
            clippy::large_enum_variant,
            reason = "one is made, printed and dropped; none is kept in numbers"
        )]
        pub enum Document {
            $(#[doc = $chinese] $kind($kind)),+
        }

        impl Document {
            /// Template, title, date and data.
            fn parts(&self) -> (TemplateName, String, Date, serde_json::Result<serde_json::Value>) {
                match self {
                    $(Document::$kind(d) => (TemplateName::$kind, d.title(), d.date(), serde_json::to_value(d)),)+
                }
            }
        }

        template::templates! { $($kind $chinese $file)+ }
    };
}

documents! {
    Receipt "收件回执" "receipt.typ"
    SupplementNotice "补正告知书" "supplement-notice.typ"
    Acceptance "受理通知书" "acceptance.typ"
    Leaflet "权利告知书" "leaflet.typ"
    Decline "不予受理决定书" "decline.typ"
    Transfer "移送函" "transfer.typ"
    DefenceNotice "申辩告知书" "defence-notice.typ"
    Record "调查笔录、陈述申辩笔录、会商纪要" "record.typ"
    Conclusion "调查结论书" "conclusion.typ"
    Request "重大事项请示" "request.typ"
    Coordination "协调意见" "coordination.typ"
    Deferral "暂不认定告知书" "deferral.typ"
    Report "认定报告" "report.typ"
    ReportLetter "报送函" "report-letter.typ"
    ResultNotice "认定结果告知书" "result-notice.typ"
    ServiceReceipt "送达回证" "service-receipt.typ"
    ReviewDecision "复核决定书" "review-decision.typ"
    Correction "更正通知书" "correction.typ"
}

/// Prepares `document` for printing. The same document gives the same bytes.
pub fn prepare(document: &Document) -> Prepared {
    prepared(document, false)
}

/// Prepares `document` to be looked at before it is issued: the same pages, marked 样稿.
pub fn prepare_proof(document: &Document) -> Prepared {
    prepared(document, true)
}

fn prepared(document: &Document, proof: bool) -> Prepared {
    let (template, title, date, data) = document.parts();
    // The types hold texts, numbers and lists alone: nothing in them that JSON cannot say.
    let mut data = data.unwrap_or_default();
    data["title"] = title.as_str().into();
    if proof {
        data["proof"] = true.into();
    }
    text::clean(&mut data);
    text::mask(&mut data);
    let title = data["title"].as_str().unwrap_or_default().to_owned();
    Prepared {
        template,
        template_digest: template.digest(),
        title,
        date,
        data: data.to_string().into_bytes(),
    }
}
