//! 收到报告: the discipline group notes that the report reached it.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, sealed_part};
use base::law::Party;
use base::{Date, InstitutionId};
use serde::{Deserialize, Serialize};

/// The group's lead notes the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AcknowledgeReport {}

impl Perform for AcknowledgeReport {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_issued()?;
        ctx.must_be_impartial(case)?;
        if ctx.must_lead(case) != Ok(Party::Discipline) {
            return Err(Refusal::not_you(
                "group-only",
                "这一步由驻局纪检监察组办。",
                "请交给驻局纪检监察组。",
                "六（二）",
            ));
        }
        let own = case.receipt.as_ref().map(|receipt| receipt.discipline);
        let mut sent = case
            .reported
            .iter()
            .filter(|reported| reported.institution == own)
            .peekable();
        if sent.peek().is_none() {
            return Err(Refusal::not_yet(
                "not-reported",
                "报告还没有报送。",
                "请等民政局报送。",
                "六（二）",
            ));
        }
        if sent.all(|reported| reported.received_on.is_some()) {
            return Err(Refusal::already("已经记下收到报告。"));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let group = case.receipt.as_ref().map(|receipt| receipt.discipline);
        let event = ReportReceived {
            institution: group.unwrap_or(ctx.actor.capacity.institution),
            on: ctx.today(),
        };
        Ok(vec![event.into()])
    }
}

/// 报告已收到
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportReceived {
    /// By whom.
    pub institution: InstitutionId,
    /// The day.
    pub on: Date,
}

impl Recorded for ReportReceived {
    sealed_part!();

    fn apply(&self, case: &mut Case, _: &Meta) {
        for reported in case
            .reported
            .iter_mut()
            .filter(|reported| reported.institution == Some(self.institution))
        {
            reported.received_on.get_or_insert(self.on);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, send_report};

    #[test]
    fn noted_once_by_the_group() {
        let given = Given::issued("exempted").intake().done(send_report()).discipline_lead();
        let given = given.done(AcknowledgeReport {});
        assert!(given.case.reported[0].received_on.is_some());
        assert_eq!(given.when(AcknowledgeReport {}).refused().code, "already-done");
    }

    #[test]
    fn refusals() {
        let sent = Given::issued("exempted").intake().done(send_report());
        assert_eq!(sent.lead().when(AcknowledgeReport {}).refused().code, "group-only");
        let issued = Given::issued("exempted").discipline_lead();
        assert_eq!(issued.when(AcknowledgeReport {}).refused().code, "not-reported");
    }
}
