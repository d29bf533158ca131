//! 释明: the bureau or an investigator explains that 减责 may be claimed too, before the conclusion.
//!
//! Only where the pack asks for it and the claim in force does not name that outcome: it is never given unasked.

use crate::act::Perform;
use crate::case::{Case, Done};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use base::law::Procedure;
use serde::{Deserialize, Serialize};

/// It is explained to the applicant what else may be claimed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explain {
    /// How it was explained, and what the applicant said to it.
    pub note: String,
}

impl Case {
    /// Whether the pack asks for the explanation under the claim in force.
    pub(crate) fn explanation_due(&self, procedure: &Procedure) -> bool {
        let Some(outcome) = &procedure.explain_outcome else {
            return false;
        };
        let claimed = procedure
            .claims
            .iter()
            .find(|claim| Some(&claim.id) == self.claim.as_ref());
        !claimed.is_some_and(|claim| claim.outcomes.contains(outcome))
    }
}

impl Perform for Explain {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_under_inquiry()?;
        if ctx.must_be_bureau_staff(case).is_err() {
            ctx.must_investigate(case)?;
        }
        if case.explained.is_some() {
            return Err(Refusal::already("已经释明过了。"));
        }
        if !case.explanation_due(ctx.procedure) {
            return Err(Refusal::not_yet(
                "claimed",
                "申请人已经提出减责，不用再释明。",
                "请继续往下办。",
                "四",
            ));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Check::new()
            .required("note", "释明的情况", &self.note, LONG_TEXT)
            .done()?;
        Ok(vec![
            Explained {
                on: ctx.today(),
                sealed: ExplanationText { note: self.note },
            }
            .into(),
        ])
    }
}

/// It was explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// The day.
    pub on: Date,
    /// How.
    #[serde(skip)]
    pub sealed: ExplanationText,
}

/// The sealed part of [`Explained`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplanationText {
    /// How it was explained, and what the applicant said to it.
    pub note: String,
}

impl Recorded for Explained {
    sealed_part!(ExplanationText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.explained = Some(Done {
            on: self.on,
            by: meta.actor,
            stood: meta.stood.clone(),
            note: self.sealed.note.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, explanation};

    #[test]
    fn by_the_bureau_or_an_investigator() {
        assert!(
            Given::assigned()
                .intake()
                .when(explanation())
                .then()
                .explained
                .is_some()
        );
        assert!(
            Given::assigned()
                .second()
                .when(explanation())
                .then()
                .explained
                .is_some()
        );
    }

    #[test]
    fn refusals() {
        let claimed = Given::received_with(|a| a.codes.claim = "exempt-or-mitigate".into()).intake();
        let claimed = claimed.done(crate::acts::Accept::default());
        assert_eq!(claimed.when(explanation()).refused().code, "claimed");
        assert_eq!(
            Given::received().intake().when(explanation()).refused().code,
            "not-accepted"
        );
        assert_eq!(
            Given::assigned().discipline_lead().when(explanation()).refused().code,
            "investigators-only"
        );
        assert_eq!(
            Given::assigned()
                .intake()
                .done(explanation())
                .when(explanation())
                .refused()
                .code,
            "already-done"
        );
        assert_eq!(
            Given::assigned()
                .intake()
                .when(Explain::default())
                .refused()
                .field_names(),
            ["note"]
        );
    }
}
