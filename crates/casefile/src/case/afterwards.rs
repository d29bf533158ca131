//! What is in a case's state of what follows a determination: report, service, review, correction; the shape alone.

use super::File;
use base::{Date, Digest, DocumentId, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};

/// 认定报告, issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// To whom it is addressed (主送).
    pub recipients: Vec<String>,
    /// Issued on.
    pub on: Date,
    /// Who issued it.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// The document; with number and file from the paper made of it.
    pub document: DocumentId,
    /// 文号
    pub number: String,
    /// The stored PDF.
    pub file: File,
}

/// What rendered a document (record.md 14).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendering {
    /// SM3 of the template's source.
    pub template: Option<Digest>,
    /// SM3 of each font used.
    pub fonts: Vec<Digest>,
    /// The renderer and its version.
    pub renderer: String,
}

/// 书面报送 to one body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The institution, where it is one of this site.
    pub institution: Option<InstitutionId>,
    /// To which body.
    pub body: String,
    /// By what authority over the person.
    pub authority: String,
    /// Sent on.
    pub sent_on: Date,
    /// Received on.
    pub received_on: Option<Date>,
}

/// To whom the result is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// 本人
    Worker,
    /// 所在单位
    Unit,
}

/// How a service was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// 直接送达
    Direct,
    /// 留置送达, with two witnesses
    Left,
    /// 邮寄送达
    Posted,
    /// 公告送达
    Announced,
}

/// 送达
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// To whom.
    pub to: Recipient,
    /// The document served; with the two files from the papers made of it.
    pub document: DocumentId,
    /// The stored PDF of what is served.
    pub file: File,
    /// The stored receipt of service, to be signed on paper.
    pub receipt: File,
    /// How.
    pub manner: Manner,
    /// Served on.
    pub on: Date,
    /// Witnesses, posting number or notice, where it was not handed over.
    pub details: String,
    /// 签收: when, and by whom.
    pub acknowledged: Option<(Date, String)>,
}

impl Service {
    /// Whether it counts as served.
    pub fn complete(&self) -> bool {
        self.acknowledged.is_some() || self.manner != Manner::Direct
    }
}

/// 采纳情况
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Which body.
    pub body: String,
    /// What it did with the determination.
    pub text: String,
    /// When.
    pub on: Date,
}

/// 复核
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Level, from 1.
    pub level: u8,
    /// Applied for on.
    pub applied_on: Date,
    /// After the pack's days: recorded and marked.
    pub late: bool,
    /// Why.
    pub reason: String,
    /// The signed application, where it came on paper.
    pub signed: Option<File>,
    /// The decision.
    pub decision: Option<ReviewDecision>,
}

/// A review's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewDecision {
    /// Upheld, or to be determined anew.
    pub upheld: bool,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// Whether it was somebody of the city.
    pub by_city: bool,
    /// When.
    pub on: Date,
}

/// 更正 of a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What is corrected, from what to what.
    pub text: String,
    /// When.
    pub on: Date,
}
