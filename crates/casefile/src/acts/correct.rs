//! 更正: a slip of the pen in what was issued is put right, on record; the outcome cannot be changed this way.

use crate::act::Perform;
use crate::case::{Case, Correction};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

/// The bureau corrects a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correct {
    /// What is corrected, from what to what.
    pub text: String,
}

impl Perform for Correct {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_issued()?;
        ctx.must_be_bureau_staff(case)
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.required("text", "更正的内容", &self.text, LONG_TEXT);
        check.done()?;
        Ok(vec![
            Corrected {
                on: ctx.today(),
                sealed: CorrectionText { text: self.text },
            }
            .into(),
        ])
    }
}

/// 已更正
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The day.
    pub on: Date,
    /// From what to what.
    #[serde(skip)]
    pub sealed: CorrectionText,
}

/// The sealed part of [`Corrected`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionText {
    /// What is corrected, from what to what.
    pub text: String,
}

impl Recorded for Corrected {
    sealed_part!(CorrectionText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.corrections.push(Correction {
            text: self.sealed.text.clone(),
            on: self.on,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    fn correct() -> Correct {
        Correct {
            text: "第二页“李春美”更正为“李春梅”。".into(),
        }
    }

    #[test]
    fn a_slip_leaves_the_outcome() {
        let case = Given::issued("exempted").intake().when(correct()).then();
        assert_eq!(case.corrections.len(), 1);
        assert_eq!(case.determination().unwrap().outcome, "exempted".into());
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::determined("exempted").intake().when(correct()).refused().code,
            "not-issued"
        );
        assert_eq!(
            Given::issued("exempted")
                .discipline_lead()
                .when(correct())
                .refused()
                .code,
            "bureau-only"
        );
        let empty = Given::issued("exempted").intake().when(Correct { text: " ".into() });
        assert_eq!(empty.refused().fields[0].field, "text");
    }
}
