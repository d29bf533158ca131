//! 申辩答复: the investigators answer each argument of the applicant, adopted or not, and why (七（一）).
//!
//! An argument may be answered anew while the inquiry goes on; the record keeps both answers.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::{ArgumentId, Date};
use serde::{Deserialize, Serialize};

/// An investigator answers one argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerArgument {
    /// The argument.
    pub argument: ArgumentId,
    /// 采纳 or not; `None` where the form left it open.
    pub adopted: Option<bool>,
    /// Why.
    pub reason: String,
}

impl Perform for AnswerArgument {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_under_inquiry()?;
        ctx.must_investigate(case)?;
        if case.statement.arguments.is_empty() {
            return Err(Refusal::not_yet(
                "nothing-stated",
                "申请人还没有说明，没有要答复的。",
                "请等申请人说明。",
                "七（一）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let known = case
            .statement
            .arguments
            .iter()
            .any(|argument| argument.id == self.argument);
        let mut check = Check::new();
        check
            .that(known, "argument", "没有这一条说明。请从清单里选。")
            .that(self.adopted.is_some(), "adopted", "还没选采纳不采纳。请选一项。")
            .required("reason", "理由", &self.reason, LONG_TEXT);
        check.done()?;
        let Some(adopted) = self.adopted else { return Ok(vec![]) };
        Ok(vec![
            Answered {
                argument: self.argument,
                adopted,
                on: ctx.today(),
                sealed: AnswerText { reason: self.reason },
            }
            .into(),
        ])
    }
}

/// An argument was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The argument.
    pub argument: ArgumentId,
    /// 采纳 or not.
    pub adopted: bool,
    /// The day.
    pub on: Date,
    /// Why.
    #[serde(skip)]
    pub sealed: AnswerText,
}

/// The sealed part of [`Answered`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerText {
    /// Why.
    pub reason: String,
}

impl Recorded for Answered {
    sealed_part!(AnswerText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        let argument = case
            .statement
            .arguments
            .iter_mut()
            .find(|argument| argument.id == self.argument);
        if let Some(argument) = argument {
            argument.answer = Some((self.adopted, self.sealed.reason.clone()));
        }
        case.proposed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, statement};

    fn answer(given: &Given, argument: usize) -> AnswerArgument {
        AnswerArgument {
            argument: given.case.statement.arguments[argument].id,
            adopted: Some(true),
            reason: "有报告记录可以证明。".into(),
        }
    }

    #[test]
    fn heard_once_every_argument_is_answered() {
        let given = Given::assigned().worker().done(statement()).investigator();
        let (first, second) = (answer(&given, 0), answer(&given, 1));
        let given = given.done(first);
        assert!(!given.case.is_heard());
        let case = given.when(second).then();
        assert!(case.is_heard());
    }

    #[test]
    fn refusals() {
        let stated = || Given::assigned().worker().done(statement()).investigator();
        let act = answer(&stated(), 0);
        assert_eq!(
            Given::assigned().investigator().when(act.clone()).refused().code,
            "nothing-stated"
        );
        assert_eq!(stated().lead().when(act.clone()).refused().code, "investigators-only");
        let table = [
            (
                "argument",
                AnswerArgument {
                    argument: ArgumentId([9; 16]),
                    ..act.clone()
                },
            ),
            (
                "adopted",
                AnswerArgument {
                    adopted: None,
                    ..act.clone()
                },
            ),
            (
                "reason",
                AnswerArgument {
                    reason: String::new(),
                    ..act
                },
            ),
        ];
        for (field, act) in table {
            assert_eq!(stated().when(act).refused().field_names(), [field]);
        }
    }
}
