//! 上报重大事项: the county reports a major matter to the city bureau in time (六（二）). The clock runs on.

use crate::act::Perform;
use crate::case::{Case, Escalation};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use base::law::{GroundId, Party, Procedure};
use serde::{Deserialize, Serialize};

/// The ground of a disagreement that a consultation did not settle.
pub const DISAGREEMENT: &str = "disagreement";
/// The ground of a party that keeps silent.
pub const SILENCE: &str = "silence";
/// The ground of an applicant who leads.
pub const LEADER: &str = "leader";
/// The ground of an outcome that hangs on a reading.
pub const READING: &str = "reading";

/// A lead reports a major matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalate {
    /// The pack's grounds.
    pub grounds: Vec<GroundId>,
    /// In words.
    pub reason: String,
}

impl Case {
    /// Whose lead the applicant is.
    pub fn led_by_applicant(&self) -> Option<Party> {
        self.receipt.as_ref().and_then(|receipt| receipt.led_by_applicant)
    }

    /// Whether a matter on that ground has yet to be reported to the city; where the city bureau leads, nothing has.
    pub(crate) fn must_report(&self, ground: &str, procedure: &Procedure) -> bool {
        let listed = procedure
            .major_grounds
            .iter()
            .any(|listed| listed.id.as_str() == ground);
        let mut reported = self.escalation.iter().flat_map(|escalation| &escalation.grounds);
        listed && !reported.any(|reported| reported.as_str() == ground) && !self.is_led_by_city()
    }
}

impl Perform for Escalate {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        ctx.must_lead(case)?;
        if case.accepted.is_none() {
            return Err(Refusal::not_yet(
                "not-accepted",
                "还没有受理，不能上报。",
                "请先受理。",
                "六（二）",
            ));
        }
        if case.is_led_by_city() {
            return Err(Refusal::not_yet(
                "led-by-city",
                "市民政局已经牵头办这个案件，不用再上报。",
                "仍不一致的意见写进认定报告。",
                "六（二）",
            ));
        }
        if case.escalation.is_some() && !case.is_coordinated() {
            return Err(Refusal::already("已经上报，市民政局正在协调。"));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let listed = |id: &GroundId| ctx.procedure.major_grounds.iter().any(|ground| ground.id == *id);
        let has = |id: &str| self.grounds.iter().any(|ground| ground.as_str() == id);
        let known = case
            .escalation
            .as_ref()
            .map_or(&[][..], |escalation| &escalation.grounds);
        let mut check = Check::new();
        check
            .that(
                !self.grounds.is_empty() && self.grounds.iter().all(listed),
                "grounds",
                "还没选属于哪种重大事项。请至少选一项。",
            )
            .that(
                self.grounds.is_empty() || self.grounds.iter().any(|ground| !known.contains(ground)),
                "grounds",
                "这些事项已经上报过。请选新的事项。",
            )
            .that(
                !has(DISAGREEMENT) || case.remains_in_disagreement(),
                "grounds",
                "会商以后仍不一致，才能按意见不一致上报。请先会商并写纪要。",
            )
            .that(
                !has(SILENCE) || !case.reminders.is_empty(),
                "grounds",
                "提醒以后仍没有意见，才能按这一项上报。请先提醒对方。",
            )
            .required("reason", "情况说明", &self.reason, LONG_TEXT);
        check.done()?;
        let by = ctx.must_lead(case)?;
        let sealed = EscalationText { reason: self.reason };
        Ok(vec![
            Escalated {
                grounds: self.grounds,
                by,
                on: ctx.today(),
                sealed,
            }
            .into(),
        ])
    }
}

/// 已上报
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalated {
    /// The pack's grounds.
    pub grounds: Vec<GroundId>,
    /// By which party.
    pub by: Party,
    /// The day.
    pub on: Date,
    /// In words.
    #[serde(skip)]
    pub sealed: EscalationText,
}

/// The sealed part of [`Escalated`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationText {
    /// In words.
    pub reason: String,
}

impl Recorded for Escalated {
    sealed_part!(EscalationText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        let earlier = case
            .escalation
            .take()
            .map_or_else(Vec::new, |escalation| escalation.grounds);
        case.escalation = Some(Escalation {
            grounds: earlier.into_iter().chain(self.grounds.iter().cloned()).collect(),
            on: self.on,
            by: self.by,
            reason: self.sealed.reason.clone(),
            discipline_view: None,
            city_silent: false,
        });
        case.earlier_coordinations.extend(case.coordination.take());
        case.earlier_confirmations
            .extend(std::mem::take(&mut case.confirmations));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Coordinate;
    use crate::testing::{COORDINATOR, Given};

    fn escalate(ground: &str) -> Escalate {
        Escalate {
            grounds: vec![ground.into()],
            reason: "有人死亡。".into(),
        }
    }

    #[test]
    fn reported_by_either_and_the_clock_runs_on() {
        let given = Given::accepted();
        let due = given.case.receipt.as_ref().map(|receipt| receipt.due);
        let case = given.discipline_lead().when(escalate("death")).then();
        assert_eq!(case.escalation.unwrap().by, Party::Discipline);
        assert_eq!(case.receipt.map(|receipt| receipt.due), due);
    }

    #[test]
    fn a_further_ground_is_coordinated_anew() {
        let given = Given::still_differing().lead().done(escalate("death"));
        let given = given
            .by(COORDINATOR)
            .done(Coordinate {
                text: "依法办理。".into(),
            })
            .lead();
        let case = given.when(escalate("disagreement")).then();
        assert_eq!(
            case.escalation.as_ref().unwrap().grounds,
            ["death".into(), "disagreement".into()]
        );
        assert!(case.coordination.is_none());
        assert_eq!(case.earlier_coordinations.len(), 1);
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::received().lead().when(escalate("death")).refused().code,
            "not-accepted"
        );
        assert_eq!(
            Given::accepted().intake().when(escalate("death")).refused().code,
            "leads-only"
        );
        let pending = Given::accepted().lead().done(escalate("death"));
        assert_eq!(pending.when(escalate("silence")).refused().code, "already-done");
        for ground in ["unknown", "disagreement", "silence"] {
            assert_eq!(
                Given::accepted().lead().when(escalate(ground)).refused().fields[0].field,
                "grounds"
            );
        }
        let empty = Escalate {
            grounds: vec![],
            reason: " ".into(),
        };
        assert_eq!(Given::accepted().lead().when(empty).refused().fields.len(), 2);
    }
}
