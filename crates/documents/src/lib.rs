//! The official documents (文书) as typed data, and the templates they are printed with.
//!
//! [`prepare`] turns a [`Document`] into [`Prepared`]: a template's name and the exact texts it prints, as JSON.
//! A [`Press`] makes a PDF of it. Deliberately absent: the case, the record, files, fonts, the clock and any
//! rendering. Whoever fills the types decides what may stand in them; a family is named as 某村某户 only, a
//! whistle-blower not at all, and what a recipient may not learn has no field in that recipient's document.

mod acceptance;
mod decline;
mod defence_notice;
mod number;
mod press;
mod receipt;
mod report;
mod result_notice;
mod service_receipt;
mod template;
mod text;

pub use acceptance::Acceptance;
pub use decline::Decline;
pub use defence_notice::DefenceNotice;
pub use number::{BadNumber, DocumentNumber};
pub use press::{FontUsed, Press, PressError, Rendered};
pub use receipt::{Due, DueDay, Receipt};
pub use report::{AppliedClause, ArgumentAnswered, Finding, Opinion, ReadingNoted, Report, Statement};
pub use result_notice::{ResultNotice, ResultTo};
pub use service_receipt::{ServedDocument, ServiceReceipt};
pub use template::TemplateName;
pub use text::{chinese_date, chinese_time, weekday};

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

/// Every official document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "one is made, printed and dropped; none is kept in numbers"
)]
pub enum Document {
    /// 收件回执
    Receipt(Receipt),
    /// 受理通知书
    Acceptance(Acceptance),
    /// 不予受理决定书
    Decline(Decline),
    /// 申辩告知书
    DefenceNotice(DefenceNotice),
    /// 认定报告
    Report(Report),
    /// 认定结果告知书
    ResultNotice(ResultNotice),
    /// 送达回证
    ServiceReceipt(ServiceReceipt),
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

/// Prepares `document` for printing. The same document gives the same bytes.
pub fn prepare(document: &Document) -> Prepared {
    let (template, title, date, data) = match document {
        Document::Receipt(d) => (
            TemplateName::Receipt,
            d.title(),
            d.received.date(),
            serde_json::to_value(d),
        ),
        Document::Acceptance(d) => (
            TemplateName::Acceptance,
            d.title(),
            d.head.date,
            serde_json::to_value(d),
        ),
        Document::Decline(d) => (TemplateName::Decline, d.title(), d.head.date, serde_json::to_value(d)),
        Document::DefenceNotice(d) => (
            TemplateName::DefenceNotice,
            d.title(),
            d.head.date,
            serde_json::to_value(d),
        ),
        Document::Report(d) => (TemplateName::Report, d.title(), d.date, serde_json::to_value(d)),
        Document::ResultNotice(d) => (
            TemplateName::ResultNotice,
            d.title(),
            d.head.date,
            serde_json::to_value(d),
        ),
        Document::ServiceReceipt(d) => (TemplateName::ServiceReceipt, d.title(), d.date, serde_json::to_value(d)),
    };
    // The types hold texts, numbers and lists alone: nothing in them that JSON cannot say.
    let mut data = data.unwrap_or_default();
    data["title"] = title.as_str().into();
    text::clean(&mut data);
    let title = data["title"].as_str().unwrap_or_default().to_owned();
    Prepared {
        template,
        template_digest: template.digest(),
        title,
        date,
        data: data.to_string().into_bytes(),
    }
}
