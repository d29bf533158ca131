//! 签收: worker or unit has received what was served. 已收到，不代表同意.

use crate::act::Perform;
use crate::case::{Case, Recipient};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, Role, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

/// The recipient signs for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Acknowledge {}

impl Context<'_> {
    /// For whom the actor signs in this case.
    pub fn signs_for(&self, case: &Case) -> Option<Recipient> {
        let capacity = self.actor.capacity;
        let unit = case.application.as_ref().map(|application| application.codes.unit);
        if case.applicant() == Some(self.actor.person) {
            Some(Recipient::Worker)
        } else if capacity.role == Role::Recipient && Some(capacity.institution) == unit {
            Some(Recipient::Unit)
        } else {
            None
        }
    }
}

impl Perform for Acknowledge {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        if case.receipt.is_none() {
            return Err(Refusal::not_found());
        }
        let Some(to) = ctx.signs_for(case) else {
            return Err(Refusal::not_you(
                "recipients-only",
                "这份文书不是送给您的。",
                "请让本人或者单位签收人签收。",
                "六（三）",
            ));
        };
        match case.services.iter().rev().find(|service| service.to == to) {
            None => Err(Refusal::not_yet(
                "not-served",
                "结果还没有送达。",
                "请等民政局送达。",
                "六（三）",
            )),
            Some(service) if service.acknowledged.is_some() => Err(Refusal::already("已经签收。")),
            Some(_) => Ok(()),
        }
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let to = ctx.signs_for(case).ok_or_else(Refusal::not_found)?;
        Ok(vec![Acknowledged { to, on: ctx.today() }.into()])
    }
}

/// 已签收
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// For whom.
    pub to: Recipient,
    /// The day.
    pub on: Date,
}

impl Recorded for Acknowledged {
    sealed_part!();

    fn apply(&self, case: &mut Case, meta: &Meta) {
        if let Some(service) = case.services.iter_mut().rev().find(|service| service.to == self.to) {
            service.acknowledged = Some((self.on, meta.stood.name.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, RECIPIENT, serve};

    fn served() -> Given {
        Given::issued("exempted").intake().done(serve())
    }

    #[test]
    fn each_for_their_own() {
        let case = served()
            .by(RECIPIENT)
            .done(Acknowledge {})
            .worker()
            .when(Acknowledge {})
            .then();
        assert!(case.services.iter().all(|service| service.complete()));
        assert_eq!(case.services[1].acknowledged.as_ref().unwrap().1, "马志强");
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::issued("exempted").worker().when(Acknowledge {}).refused().code,
            "not-served"
        );
        assert_eq!(served().lead().when(Acknowledge {}).refused().code, "recipients-only");
        let twice = served().worker().done(Acknowledge {}).when(Acknowledge {});
        assert_eq!(twice.refused().code, "already-done");
    }
}
