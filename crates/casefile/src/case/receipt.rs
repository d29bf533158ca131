//! What is in a case's state of its receipt, its basis and its endings without a determination; the shape alone.

use super::File;
use crate::event::Stood;
use base::calendar::Due;
use base::law::{GroundId, PackRef, Party};
use base::{CaseId, Date, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};

/// That something was done, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The day.
    pub on: Date,
    /// Who.
    pub by: PersonId,
    /// Name and post as they stood.
    pub stood: Stood,
    /// What was said with it; empty where nothing was.
    pub note: String,
}

/// 收件
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// 收件编号, e.g. `JZ-410928-2026-0017`.
    pub number: String,
    /// The bureau that received and decides.
    pub bureau: InstitutionId,
    /// The group stationed at it.
    pub discipline: InstitutionId,
    /// The city bureau above them, and the group stationed there.
    pub city: InstitutionId,
    /// The group stationed at the city bureau.
    pub city_discipline: InstitutionId,
    /// How it came.
    pub channel: Channel,
    /// The day the bureau had it (收到): day 0 of the statutory deadline.
    pub received_on: Date,
    /// The day it was handed in to somebody else first, where it was.
    pub handed_in_on: Option<Date>,
    /// The clerk who entered it, where it came on paper; the applicant stays the worker.
    pub entered_by: Option<PersonId>,
    /// The statutory due date of the conclusion; recomputed when a calendar is published.
    pub due: Due,
    /// Due dates it had before, oldest first.
    pub earlier_due: Vec<Due>,
    /// The pack the application was made under, until a basis is named.
    pub pack: PackRef,
    /// Whether it is still open which pack governs (依据待定).
    pub basis_pending: bool,
    /// The earlier case, where the applicant withdrew and applied anew.
    pub follows: Option<CaseId>,
    /// Whose lead the applicant is, where they lead one of the two institutions: the city leads then.
    pub led_by_applicant: Option<Party>,
}

/// How an application came (六（一）).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 网上
    Online,
    /// 窗口
    Window,
    /// 邮寄
    Post,
    /// 口头，有笔录和捺印
    Oral,
    /// 他人代交，本人签字
    Carried,
}

/// What is known of an application on paper beyond its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The scan with the applicant's signature or thumbprint.
    pub scan: File,
    /// To whom it was handed in first, where that was not the bureau.
    pub handed_in_to: String,
    /// Who carried it, where somebody did.
    pub carried_by: String,
}

/// 变更请求
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// What is claimed from then on.
    pub claim: GroundId,
    /// When.
    pub on: Date,
    /// Why; may be empty.
    pub reason: String,
    /// The signed paper, where it came on paper.
    pub scan: Option<File>,
}

/// 线索移送: a clue of crime or corruption, handed to the competent body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clue {
    /// To which body.
    pub to: String,
    /// What it is.
    pub text: String,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub on: Date,
}

/// 一次性告知补正, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplement {
    /// When it was asked for.
    pub asked_on: Date,
    /// What is lacking, complete.
    pub items: Vec<String>,
    /// By when it is asked for; a target, the statutory clock runs on.
    pub until: Date,
    /// What the worker answered.
    pub answer: Option<SupplementAnswer>,
}

/// 补正
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplementAnswer {
    /// When.
    pub on: Date,
    /// In words.
    pub text: String,
    /// The papers handed in, each with what it is.
    pub files: Vec<(File, String)>,
}

/// Which packs govern, and by which rule of validity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Governs the procedure.
    pub procedure: PackRef,
    /// Governs the substance.
    pub substance: PackRef,
    /// The rule of validity that chose them.
    pub rule: GroundId,
    /// Named on.
    pub on: Date,
    /// Why, in words.
    pub reason: String,
}

/// An ending without a determination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Which.
    pub kind: EndingKind,
    /// When.
    pub on: Date,
    /// By whom.
    pub by: PersonId,
    /// The ground from the pack's closed list, for a decline.
    pub ground: Option<GroundId>,
    /// Reason in words.
    pub reason: String,
    /// For a decline: what the worker said to it, or that they were asked and did not speak.
    pub heard: String,
    /// For a transfer: to which body. For a deferral: whose conclusion is awaited.
    pub to: String,
    /// To whom it was copied at once.
    pub copied_to: Vec<InstitutionId>,
    /// The signed paper, for a withdrawal on paper.
    pub scan: Option<File>,
}

/// The endings without a determination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndingKind {
    /// 不予受理
    Declined,
    /// 移送
    Transferred,
    /// 撤回
    Withdrawn,
    /// 暂不认定
    Deferred,
}

impl EndingKind {
    /// As the office calls it, after 已经.
    pub fn name(self) -> &'static str {
        match self {
            EndingKind::Declined => "不予受理",
            EndingKind::Transferred => "移送",
            EndingKind::Withdrawn => "撤回",
            EndingKind::Deferred => "暂不认定",
        }
    }
}
