//! 送达回证: the receipt of service (送达), printed before it for signing or after it as recorded.

use crate::{DocumentNumber, text};
use base::Date;
use serde::Serialize;

/// The receipt of service. What is `None` or empty is printed as a blank to be filled in by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceReceipt {
    /// The serving body's full name.
    pub issuer: String,
    /// The day the receipt is made out.
    #[serde(serialize_with = "text::date")]
    pub date: Date,
    /// The case's number (收件编号).
    pub case: String,
    /// What it is about (事由), e.g. 李春梅尽职免责申请; without the result.
    pub matter: String,
    /// Who is served (受送达人): the worker or the unit.
    pub recipient: String,
    /// What is served.
    pub documents: Vec<ServedDocument>,
    /// How (送达方式): 直接、留置、邮寄、公告.
    pub way: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Who served (送达人); two.
    pub servers: Vec<String>,
    /// The day served.
    #[serde(serialize_with = "text::maybe_date")]
    pub served: Option<Date>,
    /// Who received, and for whom if not in person.
    pub received_by: Option<String>,
    /// Why it was not received (拒收事由).
    pub refusal: Option<String>,
    /// Witnesses (见证人); two where it was left (留置).
    pub witnesses: Vec<String>,
    /// Remarks.
    pub remarks: Option<String>,
}

/// A document served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServedDocument {
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: Option<DocumentNumber>,
    /// How many copies (份).
    pub copies: u8,
}

impl ServiceReceipt {
    pub(crate) fn title(&self) -> String {
        "送达回证".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.date
    }
}
