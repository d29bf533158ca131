//! 调查笔录: the record of an interview, a visit or fetched papers (七（二）).
//!
//! Interviews and visits are held by two investigators, papers may be fetched by one; either way the other one named
//! in the record counter-signs, and it counts only then (`countersign.rs`).

use crate::act::Perform;
use crate::case::{Case, Inquiry, InquiryKind};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, SHORT_TEXT};
use crate::{Context, sealed_part};
use base::{Date, InquiryId, PersonId};
use serde::{Deserialize, Serialize};

/// An investigator writes the record of an inquiry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Investigate {
    /// Interview, visit or papers.
    pub kind: InquiryKind,
    /// Held on.
    pub on: Date,
    /// Where.
    pub place: String,
    /// With whom, or whose papers.
    pub whom: String,
    /// What was said, seen or fetched.
    pub text: String,
    /// The other investigator, who counter-signs.
    pub with: PersonId,
}

impl Perform for Investigate {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_under_inquiry()?;
        ctx.must_investigate(case)?;
        if case.active_investigators().count() < 2 {
            return Err(Refusal::not_yet(
                "alone",
                "现在只有您 1 名调查人可以办，笔录要 2 人签。",
                "请先指派一人。",
                "七（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let received = case.receipt.as_ref().map(|receipt| receipt.received_on);
        let other = self.with != ctx.actor.person && case.is_investigating(self.with);
        let mut check = Check::new();
        check
            .that(self.on <= ctx.today(), "on", "调查的日期不能晚于今天。请改一下。")
            .that(
                received.is_none_or(|received| self.on >= received),
                "on",
                "调查的日期不能早于收到申请的那天。以前的调查材料，请作为证据提交。",
            )
            .required("place", "地点", &self.place, SHORT_TEXT)
            .required("whom", "向谁了解", &self.whom, SHORT_TEXT)
            .required("text", "笔录内容", &self.text, LONG_TEXT)
            .that(other, "with", "还没选另一名调查人。请选一名正在办这个案件的调查人。");
        check.done()?;
        Ok(vec![
            Investigated {
                inquiry: InquiryId::fresh(ctx.ids),
                kind: self.kind,
                on: self.on,
                with: self.with,
                sealed: InquiryText {
                    place: self.place,
                    whom: self.whom,
                    text: self.text,
                },
            }
            .into(),
        ])
    }
}

/// The record of an inquiry was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Investigated {
    /// Its id.
    pub inquiry: InquiryId,
    /// Kind.
    pub kind: InquiryKind,
    /// Held on.
    pub on: Date,
    /// Who counter-signs.
    pub with: PersonId,
    /// What was said, seen or fetched.
    #[serde(skip)]
    pub sealed: InquiryText,
}

/// The sealed part of [`Investigated`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InquiryText {
    /// Where.
    pub place: String,
    /// With whom, or whose papers.
    pub whom: String,
    /// Text.
    pub text: String,
}

impl Recorded for Investigated {
    sealed_part!(InquiryText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.inquiries.push(Inquiry {
            id: self.inquiry,
            number: case.inquiries.len() as u32 + 1,
            kind: self.kind,
            on: self.on,
            place: self.sealed.place.clone(),
            whom: self.sealed.whom.clone(),
            text: self.sealed.text.clone(),
            by: meta.actor,
            with: self.with,
            countersigned: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, INVESTIGATOR, SECOND, THIRD, inquiry};

    #[test]
    fn written_by_one_to_be_countersigned_by_the_other() {
        let case = Given::assigned().investigator().when(inquiry()).then();
        let record = &case.inquiries[0];
        assert_eq!(
            (record.by, record.with, record.countersigned),
            (INVESTIGATOR, SECOND, None)
        );
        assert!(record.is_open(&case));
    }

    #[test]
    fn refusals() {
        let code = |given: Given| given.when(inquiry()).refused().code;
        assert_eq!(code(Given::received().by(INVESTIGATOR)), "not-accepted");
        assert_eq!(code(Given::accepted().investigator()), "investigators-only");
        assert_eq!(code(Given::assigned().lead()), "investigators-only");
        assert_eq!(code(Given::concluded().investigator()), "concluded");
        let table: [(&str, Investigate); 7] = [
            (
                "on",
                Investigate {
                    on: Date::constant(2026, 12, 1),
                    ..inquiry()
                },
            ),
            (
                "on",
                Investigate {
                    on: Date::constant(2026, 9, 1),
                    ..inquiry()
                },
            ),
            (
                "place",
                Investigate {
                    place: String::new(),
                    ..inquiry()
                },
            ),
            (
                "whom",
                Investigate {
                    whom: "　".into(),
                    ..inquiry()
                },
            ),
            (
                "text",
                Investigate {
                    text: "问".repeat(LONG_TEXT + 1),
                    ..inquiry()
                },
            ),
            (
                "with",
                Investigate {
                    with: INVESTIGATOR,
                    ..inquiry()
                },
            ),
            (
                "with",
                Investigate {
                    with: THIRD,
                    ..inquiry()
                },
            ),
        ];
        for (field, act) in table {
            assert_eq!(
                Given::assigned().investigator().when(act).refused().field_names(),
                [field]
            );
        }
    }
}
