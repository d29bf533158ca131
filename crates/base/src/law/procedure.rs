//! The procedure of a pack as plain data: who may do what, in how many days, and what happens in a small office.
//! Parsed and checked by `rules`, obeyed by `casefile`, which refuses at start a pack whose procedure asks for more than
//! its acts do (`casefile::runs`); its deadlines are computed with [`crate::calendar`].

use super::{GroundId, OutcomeCode, QuestionId, StepId};
use serde::{Deserialize, Serialize};

/// The procedure part of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Who may start (适用主体); only the person is served so far.
    pub starters: Vec<Starter>,
    /// Who determines (认定).
    pub decider: Decider,
    /// The least number of unrecused investigators (七（二）).
    pub investigators: u8,
    /// Whose opinions must be on record before anything is determined.
    pub opinions: Vec<Party>,
    /// Whether opinions are withheld from each other until all are in.
    pub withhold_opinions: bool,
    /// What follows when a party gives no opinion.
    pub silence: Silence,
    /// Whether the applicant must have been invited to a statement before the conclusion (七（一）).
    pub hear_applicant: bool,
    /// The statutory deadlines.
    pub deadlines: Vec<Deadline>,
    /// Targets of single steps; targets, not law.
    pub steps: Vec<StepTarget>,
    /// Closed list of grounds for declining (不予受理).
    pub decline_grounds: Vec<Ground>,
    /// Grounds for recusal (回避).
    pub recusal_grounds: Vec<Ground>,
    /// Grounds of a major matter (重大事项).
    pub major_grounds: Vec<Ground>,
    /// How many levels of review follow a determination (复核), 0–2.
    pub review_levels: u8,
    /// Working days within which a review is applied for; later is recorded and marked, not blocked.
    pub review_days: u8,
    /// Working days left at which a reminder is due, largest first.
    pub reminders: Vec<u8>,
    /// Whether 减责 must be explained (释明) before the conclusion when it is not claimed, and for which outcome.
    pub explain_outcome: Option<OutcomeCode>,
    /// What the applicant may claim: each claim is a set of outcomes, in the order of preference.
    pub claims: Vec<Claim>,
    /// Questions whose yes needs the competent body's document (五（二）（六）). The pack's files say so at the question;
    /// `rules` fills this in.
    #[serde(default)]
    pub needs_document: Vec<QuestionId>,
    /// What is relaxed in a small office, and how it is named on record.
    pub degradations: Vec<Ground>,
    /// Kinds of work (工作类别).
    pub work_kinds: Vec<Ground>,
    /// Links of the work (工作环节).
    pub work_links: Vec<Ground>,
    /// What the applicant declares when signing.
    pub declaration: Text,
    /// The leaflet of rights (告知书), read before signing.
    pub leaflet: Text,
    /// What is printed on a result that does not exempt.
    pub result_note: String,
}

/// Who may start the procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Starter {
    /// The worker in their own name (本人直接).
    Person,
    /// The unit (单位).
    Unit,
    /// The body that holds to account (问责机关).
    AccountabilityBody,
}

/// Who determines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Decider {
    /// The county civil affairs bureau (民政局).
    Bureau,
    /// The body that holds to account, with the level whose approval it needs.
    AccountabilityBody {
        /// The approving level, in the pack's words.
        approval: String,
    },
}

/// A party to the procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The civil affairs bureau of the county (民政局).
    Bureau,
    /// The discipline inspection group stationed at it (纪检监察组).
    Discipline,
    /// The civil affairs bureau of the city (市民政局).
    City,
    /// The discipline inspection group stationed at the city bureau.
    CityDiscipline,
}

/// What follows when a party gives no opinion. Silence never becomes a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Reminded, then escalated to the city; after the city has coordinated, the silence is named on record and the
    /// determination may go on.
    Escalate,
    /// Nothing goes on without the opinion.
    Wait,
}

/// A statutory deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Its name within the pack, e.g. `conclusion`.
    pub id: StepId,
    /// How many units.
    pub n: u16,
    /// The unit.
    pub unit: Unit,
    /// The act from which it runs; that day is day 0.
    pub from: String,
    /// The act that meets it.
    pub met_by: String,
    /// Acts that extend or suspend it; empty for Puyang (七（二）), and served only so.
    #[serde(default)]
    pub suspended_by: Vec<String>,
    /// The clause it rests on.
    pub clause: String,
}

/// The unit of a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 工作日
    WorkingDays,
    /// 日（自然日）
    Days,
    /// 月
    Months,
}

/// The target of one step, in working days after the act that opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepTarget {
    /// The step.
    pub id: StepId,
    /// Working days.
    pub days: u16,
    /// The act from which it runs.
    pub from: String,
}

/// One entry of a closed list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Its code.
    pub id: GroundId,
    /// In Chinese, as users see it.
    pub text: String,
    /// Whose rule it is: a clause of the notice, or ours where the notice is silent.
    #[serde(default)]
    pub source: String,
}

/// One thing that may be claimed, e.g. 免责，备位减责.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Its code.
    pub id: GroundId,
    /// As the notice names it.
    pub text: String,
    /// In plain words for the applicant.
    pub plain: String,
    /// The outcomes it asks for, the preferred one first.
    pub outcomes: Vec<OutcomeCode>,
}

/// A text whose version is recorded when it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Version, e.g. `2026-1`.
    pub version: String,
    /// Title.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}
