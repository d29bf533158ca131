//! 采纳情况: what the body that holds the worker to account did with the determination. Never blocks filing.

use crate::act::Perform;
use crate::case::{Case, Use};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, SHORT_TEXT};
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

/// The bureau records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordUse {
    /// Which body.
    pub body: String,
    /// What it did.
    pub text: String,
}

impl Perform for RecordUse {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_issued()?;
        ctx.must_be_bureau_staff(case)
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check
            .required("body", "单位名称", &self.body, SHORT_TEXT)
            .required("text", "采纳情况", &self.text, LONG_TEXT);
        check.done()?;
        Ok(vec![
            UseRecorded {
                on: ctx.today(),
                sealed: UseText {
                    body: self.body,
                    text: self.text,
                },
            }
            .into(),
        ])
    }
}

/// 采纳情况已记
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseRecorded {
    /// The day.
    pub on: Date,
    /// Who did what.
    #[serde(skip)]
    pub sealed: UseText,
}

/// The sealed part of [`UseRecorded`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseText {
    /// Which body.
    pub body: String,
    /// What it did.
    pub text: String,
}

impl Recorded for UseRecorded {
    sealed_part!(UseText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.uses.push(Use {
            body: self.sealed.body.clone(),
            text: self.sealed.text.clone(),
            on: self.on,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    fn used() -> RecordUse {
        RecordUse {
            body: "县纪委监委".into(),
            text: "采纳认定，不再追究。".into(),
        }
    }

    #[test]
    fn recorded_before_and_after_filing() {
        assert_eq!(
            Given::issued("exempted")
                .intake()
                .done(used())
                .when(used())
                .then()
                .uses
                .len(),
            2
        );
        assert_eq!(Given::filed().intake().when(used()).then().uses.len(), 1);
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::determined("exempted").intake().when(used()).refused().code,
            "not-issued"
        );
        assert_eq!(
            Given::issued("exempted").discipline_lead().when(used()).refused().code,
            "bureau-only"
        );
        let empty = RecordUse {
            body: " ".into(),
            text: String::new(),
        };
        assert_eq!(Given::issued("exempted").intake().when(empty).refused().fields.len(), 2);
    }
}
