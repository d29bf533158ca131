//! 笔录、纪要: what was said, seen or agreed, with those who were there and their signatures. Three papers of one shape:
//! 调查笔录, 陈述申辩笔录 and 会商纪要.

use crate::text;
use base::Date;
use serde::Serialize;

/// A record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Which record.
    pub kind: RecordKind,
    /// The body in whose file it stands, full name.
    pub issuer: String,
    /// The day it was made.
    #[serde(serialize_with = "text::date")]
    pub date: Date,
    /// The case's number (收件编号).
    pub case: String,
    /// Its head: when, where, who; label and text.
    pub facts: Vec<(String, String)>,
    /// What was said, seen or fetched. Paragraphs, or one entry an argument for a statement.
    pub text: Vec<String>,
    /// Who signs, in order.
    pub signatures: Vec<Signature>,
}

/// The kinds of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// 调查笔录 of an interview or a visit: who was asked signs it too.
    Inquiry,
    /// 调查笔录 of papers fetched.
    Papers,
    /// 陈述申辩笔录: the applicant's own words.
    Statement,
    /// 会商纪要: of both institutions.
    Minutes,
}

/// A signature: as recorded, or a blank to be filled in by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// As what, e.g. 调查人.
    pub label: String,
    /// Who signed in the system; `None` is a blank.
    pub name: Option<String>,
    /// When.
    #[serde(serialize_with = "text::maybe_date")]
    pub on: Option<Date>,
}

impl Signature {
    /// A blank to be signed by hand.
    pub fn blank(label: impl Into<String>) -> Signature {
        Signature {
            label: label.into(),
            name: None,
            on: None,
        }
    }

    /// Signed in the system.
    pub fn given(label: impl Into<String>, name: impl Into<String>, on: Date) -> Signature {
        Signature {
            label: label.into(),
            name: Some(name.into()),
            on: Some(on),
        }
    }
}

impl Record {
    pub(crate) fn title(&self) -> String {
        match self.kind {
            RecordKind::Inquiry | RecordKind::Papers => "调查笔录",
            RecordKind::Statement => "陈述申辩笔录",
            RecordKind::Minutes => "会商纪要",
        }
        .to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.date
    }
}
