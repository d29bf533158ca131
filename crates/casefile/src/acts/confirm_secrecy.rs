//! 确认保密令: a second person, of another seat than who ordered it, confirms an order of secrecy; it holds from then on
//! ([`super::order_secrecy`]). Ours where the notice is silent.

use crate::act::Perform;
use crate::case::Case;
use crate::context::Role;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, sealed_part};
use base::law::Party;
use base::{ActId, Date};
use serde::{Deserialize, Serialize};

/// The bureau's lead or a coordinator of the city confirms an order of secrecy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmSecrecy {}

impl Perform for ConfirmSecrecy {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_received()?;
        let capacity = ctx.actor.capacity;
        let second = capacity.is(Role::Lead, Party::Bureau) || capacity.role == Role::Coordinator;
        if !second {
            return Err(Refusal::not_you(
                "second-person",
                "保密令由民政局负责人或者市级协调人确认。",
                "请交给他们。",
                "本系统默认",
            ));
        }
        ctx.must_be_impartial(case)?;
        let mut orders = case.unconfirmed_secrecy(ctx.today()).peekable();
        if orders.peek().is_none() {
            return Err(Refusal::not_yet(
                "no-order",
                "没有等确认的保密令。",
                "有了再来确认。",
                "本系统默认",
            ));
        }
        if orders.all(|order| order.by == ctx.actor.person || order.institution == capacity.institution) {
            return Err(Refusal::not_you(
                "own-order",
                "下令的机构不能自己确认。",
                "请由民政局负责人或者市民政局的协调人确认。",
                "本系统默认",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let another = case
            .unconfirmed_secrecy(ctx.today())
            .filter(|order| order.by != ctx.actor.person && order.institution != ctx.actor.capacity.institution);
        let on = ctx.today();
        Ok(another
            .map(|order| SecrecyConfirmed { order: order.order, on }.into())
            .collect())
    }
}

/// 已确认保密令
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecrecyConfirmed {
    /// The act that ordered it.
    pub order: ActId,
    /// The day.
    pub on: Date,
}

impl Recorded for SecrecyConfirmed {
    sealed_part!();

    fn apply(&self, case: &mut Case, meta: &Meta) {
        let mut orders = case.secrecy.iter_mut();
        if let Some(order) = orders.find(|order| order.order == self.order) {
            order.confirmed = Some((meta.actor, self.on));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::*;
    use crate::testing::*;

    fn ordered(given: Given) -> Given {
        let until = given.today().tomorrow().unwrap();
        given.done(OrderSecrecy {
            until,
            reason: "正在核实线索。".into(),
        })
    }

    #[test]
    fn a_second_person_confirms_it() {
        for confirms in [LEAD, COORDINATOR, CITY_DISCIPLINE_LEAD] {
            let given = ordered(Given::accepted().discipline_lead());
            let case = given.by(confirms).when(ConfirmSecrecy {}).then();
            assert_eq!(case.secrecy[0].confirmed.map(|(by, _)| by), Some(confirms));
        }
    }

    #[test]
    fn refusals() {
        let ordered_by_group = || ordered(Given::accepted().discipline_lead());
        let table = [
            ("not-found", Given::nothing().lead()),
            ("second-person", ordered_by_group().discipline_lead()),
            ("second-person", ordered_by_group().intake()),
            ("second-person", ordered_by_group().worker()),
            ("own-order", ordered(Given::accepted().by(CITY_DISCIPLINE_LEAD))),
            ("no-order", Given::accepted().lead()),
            ("no-order", ordered_by_group().lead().done(ConfirmSecrecy {})),
            ("no-order", ordered_by_group().days(3).lead()),
        ];
        for (code, given) in table {
            assert_eq!(given.when(ConfirmSecrecy {}).refused().code, code);
        }
    }
}
