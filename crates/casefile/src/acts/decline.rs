//! 不予受理: the bureau does not take the application up, on a ground of the pack's closed list, never on the merits.
//!
//! The worker is heard first; group and city get a copy at once; it can be reviewed, and it is filed like every case.

use crate::act::Perform;
use crate::case::{Case, Ending, EndingKind};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, OURS};
use crate::{Context, sealed_part};
use base::law::GroundId;
use base::{Date, InstitutionId};
use serde::{Deserialize, Serialize};

/// The bureau declines the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decline {
    /// The ground, from the pack's closed list.
    pub ground: GroundId,
    /// Why it holds, in words.
    pub reason: String,
    /// What the worker said to it, or when and how they were asked and did not speak.
    pub heard: String,
}

impl Perform for Decline {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        ctx.must_be_bureau_staff(case)?;
        if case.accepted.is_some() {
            return Err(Refusal::not_yet(
                "accepted",
                "这个案件已经受理，不能再不予受理。",
                "请核实后认定。",
                OURS,
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let listed = Context::ground_text(&ctx.procedure.decline_grounds, &self.ground).is_some();
        Check::new()
            .that(
                listed,
                "ground",
                "还没选不予受理的理由。只能选列出的；事情该不该免责，要受理以后才能认定。",
            )
            .required("reason", "理由", &self.reason, LONG_TEXT)
            .required("heard", "申请人的说法", &self.heard, LONG_TEXT)
            .done()?;
        let event = Declined {
            on: ctx.today(),
            ground: self.ground,
            copied_to: case
                .receipt
                .iter()
                .flat_map(|receipt| [receipt.discipline, receipt.city])
                .collect(),
            sealed: DeclinedText {
                reason: self.reason,
                heard: self.heard,
            },
        };
        Ok(vec![event.into()])
    }
}

/// 不予受理
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    /// The day.
    pub on: Date,
    /// The ground.
    pub ground: GroundId,
    /// The group and the city bureau, who get a copy at once.
    pub copied_to: Vec<InstitutionId>,
    /// The words.
    #[serde(skip)]
    pub sealed: DeclinedText,
}

/// The sealed part of [`Declined`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclinedText {
    /// Why.
    pub reason: String,
    /// What the worker said to it.
    pub heard: String,
}

impl Recorded for Declined {
    sealed_part!(DeclinedText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.ending = Some(Ending {
            kind: EndingKind::Declined,
            on: self.on,
            by: meta.actor,
            ground: Some(self.ground.clone()),
            reason: self.sealed.reason.clone(),
            heard: self.sealed.heard.clone(),
            to: String::new(),
            copied_to: self.copied_to.clone(),
            scan: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Accept;
    use crate::testing::{CITY, DISCIPLINE, Given};

    fn decline(ground: &str, heard: &str) -> Decline {
        Decline {
            ground: ground.into(),
            reason: "申请人在县医保局工作，没有经办社会救助。".into(),
            heard: heard.into(),
        }
    }

    #[test]
    fn declined_on_a_listed_ground_and_copied() {
        let case = Given::received()
            .lead()
            .when(decline("not-subject", "申请人说没有意见。"))
            .then();
        let ending = case.ending.as_ref().unwrap();
        assert_eq!(ending.kind, EndingKind::Declined);
        assert_eq!(ending.copied_to, [DISCIPLINE, CITY]);
        assert!(!case.is_running());
    }

    #[test]
    fn refusals() {
        let act = || decline("not-subject", "没有意见。");
        let fields = |act| Given::received().lead().when(act).refused().fields[0].field.clone();
        assert_eq!(fields(decline("no-merit", "没有意见。")), "ground");
        assert_eq!(fields(decline("not-subject", " ")), "heard");
        assert_eq!(Given::accepted().lead().when(act()).refused().code, "accepted");
        assert_eq!(
            Given::received().discipline_lead().when(act()).refused().code,
            "bureau-only"
        );
        let declined = || Given::received().lead().done(act());
        assert_eq!(declined().when(act()).refused().code, "ended");
        assert_eq!(declined().when(Accept {}).refused().code, "ended");
    }
}
