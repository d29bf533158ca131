//! What an act needs to know of the world, handed in by the caller.

use base::calendar::Calendar;
use base::law::{Assessment, GroundId, PackRef, Party, Procedure, StepId, Substance};
use base::{ActId, Date, IdSource, InstitutionId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// What a person may be in an institution (岗位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 工作人员: a worker of social assistance, the one who applies.
    Worker,
    /// 收件岗: receives, serves, files.
    Intake,
    /// 调查人
    Investigator,
    /// 负责人: of the bureau or the discipline group, by the institution.
    Lead,
    /// 市级协调人: at the city bureau or the group stationed at it.
    Coordinator,
    /// 单位签收人
    Recipient,
    /// 审计员: reads all, does nothing.
    Auditor,
    /// 系统管理员, an officer of the site: people, institutions, calendar, packs, keys; no case content.
    Administrator,
    /// 安全管理员, an officer of the site: gives people their roles, sets the rules of logging in; no case content.
    Security,
    /// 安全审计员, an officer of the site: watches over the other two; no case content.
    SecurityAuditor,
    /// The system itself, for what the calendar brings about; never a decision.
    System,
}

/// In what capacity an act is done: a role at an institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Capacity {
    /// The role.
    pub role: Role,
    /// The institution.
    pub institution: InstitutionId,
    /// What that institution is in the procedure; `None` for a unit.
    pub party: Option<Party>,
}

impl Capacity {
    /// Whether this is `role` at the institution that is `party`.
    pub fn is(&self, role: Role, party: Party) -> bool {
        self.role == role && self.party == Some(party)
    }
}

/// Who acts, with name and post as they stand today; copied into the event's sealed part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// 姓名
    pub name: String,
    /// 职务, as it stands.
    pub post: String,
    /// The institution's name, as it stands.
    pub institution_name: String,
    /// In what capacity.
    pub capacity: Capacity,
}

/// The world as one act sees it.
pub struct Context<'a> {
    /// The act's id: its idempotency key from the form to the log.
    pub act: ActId,
    /// Who acts.
    pub actor: &'a Actor,
    /// Now, as recorded.
    pub now: Timestamp,
    /// The procedure of the pack that governs the procedure of this case.
    pub procedure: &'a Procedure,
    /// That pack, and the one that governs the substance.
    pub pack: &'a PackRef,
    /// The questions and readings of the pack that governs the substance.
    pub substance: &'a Substance,
    /// What follows from the findings and readings in force.
    pub assessment: &'a Assessment,
    /// Working days.
    pub calendar: &'a Calendar,
    /// Where new ids come from.
    pub ids: &'a dyn IdSource,
}

impl Context<'_> {
    /// The legal day of the act.
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// The working days a step has as its target, if the pack sets one.
    pub fn step_days(&self, step: &str) -> Option<u16> {
        let step = StepId::from(step);
        self.procedure
            .steps
            .iter()
            .find(|target| target.id == step)
            .map(|target| target.days)
    }

    /// The Chinese text of a ground in one of the pack's lists.
    pub fn ground_text<'g>(list: &'g [base::law::Ground], id: &GroundId) -> Option<&'g str> {
        list.iter()
            .find(|ground| ground.id == *id)
            .map(|ground| ground.text.as_str())
    }
}
