//! 笔录会签: the other investigator named in a record of inquiry signs it; the record counts only then (七（二）).

use crate::act::Perform;
use crate::case::{Case, Inquiry};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, sealed_part};
use base::{Date, InquiryId, PersonId};
use serde::{Deserialize, Serialize};

/// The named investigator counter-signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Countersign {
    /// The record.
    pub inquiry: InquiryId,
}

impl Inquiry {
    /// Still to be counter-signed by somebody who can. The record of one who left before signing waits for nobody and
    /// never counts.
    pub fn is_open(&self, case: &Case) -> bool {
        self.countersigned.is_none() && case.is_investigating(self.with)
    }
}

impl Case {
    /// The records that wait for this person's counter-signature, oldest first.
    pub fn to_countersign(&self, person: PersonId) -> impl Iterator<Item = &Inquiry> {
        self.inquiries
            .iter()
            .filter(move |inquiry| inquiry.with == person && inquiry.is_open(self))
    }
}

impl Perform for Countersign {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_under_inquiry()?;
        ctx.must_investigate(case)?;
        if case.to_countersign(ctx.actor.person).next().is_none() {
            return Err(Refusal::not_yet(
                "nothing-to-sign",
                "没有等您会签的笔录。",
                "请回到案件。",
                "",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        if !case
            .to_countersign(ctx.actor.person)
            .any(|inquiry| inquiry.id == self.inquiry)
        {
            return Err(Refusal::field(
                "inquiry",
                "这份笔录不等您会签。请选一份等您会签的笔录。",
            ));
        }
        Ok(vec![
            Countersigned {
                inquiry: self.inquiry,
                on: ctx.today(),
            }
            .into(),
        ])
    }
}

/// A record of inquiry was counter-signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countersigned {
    /// The record.
    pub inquiry: InquiryId,
    /// The day.
    pub on: Date,
}

impl Recorded for Countersigned {
    sealed_part!();

    fn apply(&self, case: &mut Case, _: &Meta) {
        if let Some(inquiry) = case.inquiries.iter_mut().find(|inquiry| inquiry.id == self.inquiry) {
            inquiry.countersigned = Some(self.on);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, inquiry};

    #[test]
    fn counts_once_the_other_has_signed() {
        let given = Given::assigned().investigator().done(inquiry());
        let id = given.case.inquiries[0].id;
        let case = given.second().when(Countersign { inquiry: id }).then();
        assert!(case.inquiries[0].countersigned.is_some());
        assert!(!case.inquiries[0].is_open(&case));
    }

    #[test]
    fn refusals() {
        let written = || Given::assigned().investigator().done(inquiry());
        let id = written().case.inquiries[0].id;
        let sign = || Countersign { inquiry: id };
        assert_eq!(
            written().investigator().when(sign()).refused().code,
            "nothing-to-sign",
            "not one's own"
        );
        assert_eq!(written().lead().when(sign()).refused().code, "investigators-only");
        assert_eq!(
            written().second().done(sign()).when(sign()).refused().code,
            "nothing-to-sign"
        );
        let other = Countersign {
            inquiry: InquiryId([9; 16]),
        };
        assert_eq!(written().second().when(other).refused().field_names(), ["inquiry"]);
    }
}
