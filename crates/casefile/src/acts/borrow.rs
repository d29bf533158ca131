//! 商请: a letter that asks another section, county or the city for an investigator, so that a small office is never
//! stuck (七（二）). Who comes is then assigned like anybody else.

use crate::act::Perform;
use crate::acts::assign::must_assign;
use crate::case::{Borrowing, Case};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, SHORT_TEXT};
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

/// A lead asks another body for an investigator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Borrow {
    /// From whom.
    pub from: String,
    /// Why.
    pub reason: String,
}

impl Perform for Borrow {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_under_inquiry()?;
        must_assign(case, ctx)
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Check::new()
            .required("from", "向哪个单位商请", &self.from, SHORT_TEXT)
            .required("reason", "商请的理由", &self.reason, LONG_TEXT)
            .done()?;
        let event = BorrowingAsked {
            on: ctx.today(),
            sealed: BorrowingAskedText {
                from: self.from,
                reason: self.reason,
            },
        };
        Ok(vec![event.into()])
    }
}

/// 已商请
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BorrowingAsked {
    /// The day of the letter.
    pub on: Date,
    /// The words.
    #[serde(skip)]
    pub sealed: BorrowingAskedText,
}

/// The sealed part of [`BorrowingAsked`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BorrowingAskedText {
    /// From whom.
    pub from: String,
    /// Why.
    pub reason: String,
}

impl Recorded for BorrowingAsked {
    sealed_part!(BorrowingAskedText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.borrowings.push(Borrowing {
            from: self.sealed.from.clone(),
            reason: self.sealed.reason.clone(),
            on: self.on,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    fn borrow(from: &str, reason: &str) -> Borrow {
        Borrow {
            from: from.into(),
            reason: reason.into(),
        }
    }

    #[test]
    fn asked_by_a_lead() {
        let case = Given::accepted()
            .lead()
            .when(borrow("清丰县民政局", "本局只有一名调查人。"))
            .then();
        assert_eq!(case.borrowings[0].from, "清丰县民政局");
    }

    #[test]
    fn refusals() {
        for (field, act) in [("from", borrow("", "人不够。")), ("reason", borrow("市民政局", " "))] {
            assert_eq!(Given::accepted().lead().when(act).refused().fields[0].field, field);
        }
        let act = || borrow("市民政局", "人不够。");
        assert_eq!(Given::received().lead().when(act()).refused().code, "not-accepted");
        assert_eq!(Given::accepted().intake().when(act()).refused().code, "leads-only");
    }
}
