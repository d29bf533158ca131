//! The opinion that is in opens by itself once the step's day is over, so that one silent party does not keep the
//! other's word under seal. Done by the system, never a decision.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, Role, sealed_part};
use base::law::Party;
use base::{Digest, EventId, KeyId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The step's day is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenOpinions {}

impl Perform for OpenOpinions {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_concluded()?;
        if ctx.actor.capacity.role != Role::System {
            return Err(Refusal::not_you(
                "system-only",
                "意见到齐或者到期时自己打开，不用人办。",
                "请回到案件看现在等谁。",
                "六（二）",
            ));
        }
        if !case.has_withheld_opinion() {
            return Err(Refusal::already("没有还没打开的意见。"));
        }
        let over = case
            .conclusion
            .as_ref()
            .is_some_and(|conclusion| ctx.step_is_over("opine", conclusion.on));
        if !over {
            return Err(Refusal::not_yet(
                "opinions-not-due",
                "提意见的期限还没到，不能打开。",
                "请等两家到齐。",
                "六（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, _: &Context) -> Result<Vec<Event>, Refusal> {
        let withheld = case.opinions.iter().filter(|(_, opinion)| opinion.opened.is_none());
        let opinions = withheld.map(|(party, opinion)| (*party, opinion.event)).collect();
        Ok(vec![
            OpinionsOpened {
                opinions,
                why: WhyOpened::StepDay,
                sealed: Vec::new(),
            }
            .into(),
        ])
    }
}

/// Why opinions were opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyOpened {
    /// Every opinion asked for is in.
    AllIn,
    /// The step's day is over.
    StepDay,
    /// The pack does not withhold opinions.
    NotWithheld,
}

/// 意见已打开: from here on the named events may be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionsOpened {
    /// Whose, and the event that committed it.
    pub opinions: Vec<(Party, EventId)>,
    /// Why.
    pub why: WhyOpened,
    /// The keys that open them, so that the case's own record suffices to read them ever after; filled in by `app`,
    /// which has the keys.
    #[serde(skip)]
    pub sealed: Vec<OpinionKey>,
}

/// The key of one withheld opinion.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionKey {
    /// The event it opens.
    pub opinion: EventId,
    /// The key's id.
    pub key: KeyId,
    /// SM3("jinzhi-key" ‖ key id ‖ key), as the sealed opinion's header names it.
    pub commitment: Digest,
    /// The key, hexadecimal.
    pub bytes: String,
}

// A key never reaches a log through `{:?}`.
impl fmt::Debug for OpinionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpinionKey({} for {})", self.key, self.opinion)
    }
}

impl Recorded for OpinionsOpened {
    sealed_part!(Vec<OpinionKey>);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        for (party, event) in &self.opinions {
            if let Some(opinion) = case.opinions.get_mut(party).filter(|opinion| opinion.event == *event) {
                opinion.opened = Some(meta.recorded);
                opinion.content = std::mem::take(&mut opinion.withheld).0;
            }
        }
        case.opinions_opened = Some(meta.recorded);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Opine;
    use crate::testing::{Given, SYSTEM};

    fn one_in() -> Given {
        Given::concluded().lead().done(Opine {
            outcome: "exempted".into(),
            reason: "符合".into(),
        })
    }

    #[test]
    fn opens_when_the_day_is_over() {
        let mut given = one_in().by(SYSTEM);
        assert_eq!(
            given.ready(crate::act::ActName::OpenOpinions).unwrap_err().code,
            "opinions-not-due"
        );
        for _ in 0..7 {
            given = given.next_day();
        }
        let case = given.when(OpenOpinions {}).then();
        assert!(case.opinions[&Party::Bureau].content.is_some());
        assert_eq!(case.missing_opinions(&crate::testing::procedure()), [Party::Discipline]);
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::accepted().by(SYSTEM).when(OpenOpinions {}).refused().code,
            "not-concluded"
        );
        assert_eq!(one_in().lead().when(OpenOpinions {}).refused().code, "system-only");
        assert_eq!(
            Given::concluded().by(SYSTEM).when(OpenOpinions {}).refused().code,
            "already-done"
        );
    }
}
