//! 回避（申请他人回避）: anyone with a part in the case, the applicant first of all, asks that somebody keep out. Nothing
//! changes until it is ruled.

use crate::act::Perform;
use crate::acts::declare_recusal::{RecusalText, has_a_part};
use crate::case::{Case, Recusal};
use crate::context::Capacity;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::law::GroundId;
use base::{Date, PersonId};
use serde::{Deserialize, Serialize};

/// The actor asks that somebody else keep out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskRecusal {
    /// Who, of those who have a part in the case.
    pub person: PersonId,
    /// 姓名, as it stands.
    pub name: String,
    /// In what capacity they have that part.
    pub capacity: Capacity,
    /// The pack's ground.
    pub ground: GroundId,
    /// In words.
    pub reason: String,
}

impl Perform for AskRecusal {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_open()?;
        let actor = ctx.actor;
        if case.applicant() != Some(actor.person) && !has_a_part(case, actor.person, actor.capacity) {
            return Err(Refusal::not_you(
                "no-part",
                "您和这个案件没有关系，不能申请别人回避。",
                "请告诉申请人或者民政局。",
                "回避规定",
            ));
        }
        ctx.must_not_be_recused(case)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let listed = Context::ground_text(&ctx.procedure.recusal_grounds, &self.ground).is_some();
        let pending = case
            .recusals
            .iter()
            .any(|r| r.person == self.person && r.ruling.is_none());
        let concerned = has_a_part(case, self.person, self.capacity) && case.applicant() != Some(self.person);
        Check::new()
            .that(
                self.person != ctx.actor.person,
                "person",
                "这是您自己。自己要回避的，请用“自行回避”。",
            )
            .that(concerned, "person", "这个人不办这个案件，不用回避。请选办案的人。")
            .that(
                !case.is_recused(self.person),
                "person",
                format!("{}已经回避了，不用再申请。", self.name),
            )
            .that(
                !pending || case.is_recused(self.person),
                "person",
                format!("已经有人申请{}回避，正在等决定。", self.name),
            )
            .that(listed, "ground", "还没选回避的理由。请选一项。")
            .required("reason", "理由", &self.reason, LONG_TEXT)
            .done()?;
        let event = RecusalAsked {
            on: ctx.today(),
            person: self.person,
            capacity: self.capacity,
            ground: self.ground,
            sealed: RecusalText {
                name: self.name,
                reason: self.reason,
            },
        };
        Ok(vec![event.into()])
    }
}

/// 已申请他人回避
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecusalAsked {
    /// The day.
    pub on: Date,
    /// Who is to keep out.
    pub person: PersonId,
    /// In what capacity they have a part.
    pub capacity: Capacity,
    /// The pack's ground.
    pub ground: GroundId,
    /// The words.
    #[serde(skip)]
    pub sealed: RecusalText,
}

impl Recorded for RecusalAsked {
    sealed_part!(RecusalText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.recusals.push(Recusal {
            person: self.person,
            name: self.sealed.name.clone(),
            capacity: self.capacity,
            ground: self.ground.clone(),
            asked_by: meta.actor,
            on: self.on,
            reason: self.sealed.reason.clone(),
            other_leads: Vec::new(),
            ruling: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Change, Given, INVESTIGATOR, RECIPIENT, WORKER, ask_recusal};

    #[test]
    fn nothing_changes_until_it_is_ruled() {
        let case = Given::assigned().worker().when(ask_recusal(INVESTIGATOR)).then();
        assert_eq!(case.recusals.len(), 1);
        assert!(case.is_investigating(INVESTIGATOR));
    }

    #[test]
    fn refusals() {
        let table: [(&str, Change<AskRecusal>); 4] = [
            ("ground", |a| a.ground = "mood".into()),
            ("reason", |a| a.reason.clear()),
            ("person", |a| a.person = WORKER),
            ("person", |a| {
                a.person = RECIPIENT;
                a.capacity.party = None;
            }),
        ];
        for (field, change) in table {
            let mut act = ask_recusal(INVESTIGATOR);
            change(&mut act);
            assert_eq!(Given::assigned().worker().when(act).refused().fields[0].field, field);
        }
        let own = Given::assigned()
            .investigator()
            .when(ask_recusal(INVESTIGATOR))
            .refused();
        assert_eq!(own.fields[0].field, "person");
        let asked = Given::assigned().worker().done(ask_recusal(INVESTIGATOR));
        assert_eq!(
            asked.lead().when(ask_recusal(INVESTIGATOR)).refused().fields[0].field,
            "person"
        );
        let outside = Given::assigned()
            .by(RECIPIENT)
            .when(ask_recusal(INVESTIGATOR))
            .refused();
        assert_eq!(outside.code, "no-part");
    }
}
