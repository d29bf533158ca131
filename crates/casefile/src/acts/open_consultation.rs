//! 发起会商: either institution asks the other to talk; required where the opinions differ.

use crate::act::Perform;
use crate::case::{Case, Consultation};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, sealed_part};
use base::Date;
use base::law::Party;
use serde::{Deserialize, Serialize};

/// A lead opens a consultation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenConsultation {}

impl Perform for OpenConsultation {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_concluded()?;
        ctx.must_judge(case)?;
        if case.opinions.is_empty() || !case.opinions_settled(ctx.procedure) {
            return Err(Refusal::not_yet(
                "opinions-not-open",
                "两家意见还没有打开，不能会商。",
                "请等两家都提了意见。",
                "六（二）",
            ));
        }
        if case.is_consulting() {
            return Err(Refusal::already("会商已经发起，还没有纪要。"));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Ok(vec![
            ConsultationOpened {
                by: ctx.must_judge(case)?,
                on: ctx.today(),
            }
            .into(),
        ])
    }
}

/// 会商已发起
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationOpened {
    /// By which party.
    pub by: Party,
    /// The day.
    pub on: Date,
}

impl Recorded for ConsultationOpened {
    sealed_part!();

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.consultations.push(Consultation {
            opened_on: self.on,
            opened_by: self.by,
            minutes: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    #[test]
    fn opened_by_either() {
        let case = Given::opined("exempted", "not-exempted")
            .discipline_lead()
            .when(OpenConsultation {})
            .then();
        assert_eq!(case.consultations[0].opened_by, Party::Discipline);
        assert!(case.is_consulting());
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::accepted().lead().when(OpenConsultation {}).refused().code,
            "not-concluded"
        );
        assert_eq!(
            Given::concluded().lead().when(OpenConsultation {}).refused().code,
            "opinions-not-open"
        );
        let opined = || Given::opined("exempted", "not-exempted");
        assert_eq!(opined().intake().when(OpenConsultation {}).refused().code, "leads-only");
        let twice = opined().lead().done(OpenConsultation {}).when(OpenConsultation {});
        assert_eq!(twice.refused().code, "already-done");
    }
}
