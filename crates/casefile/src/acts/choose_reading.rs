//! 选定读法: a lead chooses how a doubtful place of the notice is read, with reasons.
//!
//! One of two ways in which people change an outcome (the other is a finding). Chosen by a lead who never investigated,
//! until the first opinion is given, so that all opinions are on the same readings. What was concluded stays frozen as
//! it was, and a reading chosen later shows as a changed result.

use crate::act::Perform;
use crate::case::{Case, ReadingChosen};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use base::law::{ChoiceId, ReadingId};
use serde::{Deserialize, Serialize};

/// A lead chooses a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChooseReading {
    /// The reading.
    pub reading: ReadingId,
    /// The choice.
    pub choice: ChoiceId,
    /// Why.
    pub reason: String,
}

impl Perform for ChooseReading {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        ctx.must_judge(case)?;
        if !case.opinions.is_empty() {
            return Err(Refusal::not_yet(
                "opinions-given",
                "已经有人提了意见，不能再改读法。",
                "请先退回补充调查。",
                "六（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let Some(rule) = ctx.substance.readings.iter().find(|rule| rule.id == self.reading) else {
            return Err(Refusal::field("reading", "这份文件里没有这种读法。请从清单里选。"));
        };
        let in_force = case.reading_choices().get(&self.reading) == Some(&self.choice);
        let mut check = Check::new();
        check
            .that(
                rule.choices.contains(&self.choice),
                "choice",
                "还没选怎么读。请选一项。",
            )
            .that(!in_force, "choice", "已经选定这样读了。要改的，请选另一项。")
            .required("reason", "理由", &self.reason, LONG_TEXT);
        check.done()?;
        Ok(vec![
            ReadingWasChosen {
                reading: self.reading,
                choice: self.choice,
                on: ctx.today(),
                sealed: ReadingText { reason: self.reason },
            }
            .into(),
        ])
    }
}

/// A reading was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingWasChosen {
    /// The reading.
    pub reading: ReadingId,
    /// The choice.
    pub choice: ChoiceId,
    /// The day.
    pub on: Date,
    /// Why.
    #[serde(skip)]
    pub sealed: ReadingText,
}

/// The sealed part of [`ReadingWasChosen`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingText {
    /// Why.
    pub reason: String,
}

impl Recorded for ReadingWasChosen {
    sealed_part!(ReadingText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.readings.push(ReadingChosen {
            reading: self.reading.clone(),
            choice: self.choice.clone(),
            reason: self.sealed.reason.clone(),
            by: meta.actor,
            on: self.on,
        });
        case.proposed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    fn choose(choice: &str) -> ChooseReading {
        ChooseReading {
            reading: "R1".into(),
            choice: choice.into(),
            reason: "按原文的用词。".into(),
        }
    }

    #[test]
    fn the_last_choice_is_in_force_and_all_stay() {
        let case = Given::accepted()
            .lead()
            .done(choose("split"))
            .discipline_lead()
            .when(choose("all"))
            .then();
        assert_eq!(case.readings.len(), 2);
        assert_eq!(case.reading_choices()[&"R1".into()], "all".into());
    }

    #[test]
    fn a_choice_after_the_conclusion_leaves_what_was_concluded() {
        let case = Given::concluded().lead().when(choose("all")).then();
        assert!(case.conclusion.as_ref().unwrap().readings.is_empty());
        assert_eq!(case.reading_choices().len(), 1);
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::accepted().investigator().when(choose("all")).refused().code,
            "leads-only"
        );
        assert_eq!(Given::nothing().lead().when(choose("all")).refused().code, "not-found");
        let opined = Given::opined("exempted", "exempted").lead();
        assert_eq!(opined.when(choose("all")).refused().code, "opinions-given");
        let table = [
            (
                "reading",
                ChooseReading {
                    reading: "R9".into(),
                    ..choose("all")
                },
            ),
            ("choice", choose("neither")),
            (
                "reason",
                ChooseReading {
                    reason: String::new(),
                    ..choose("all")
                },
            ),
        ];
        for (field, act) in table {
            assert_eq!(Given::accepted().lead().when(act).refused().field_names(), [field]);
        }
        let again = Given::accepted().lead().done(choose("all")).when(choose("all"));
        assert_eq!(again.refused().field_names(), ["choice"]);
    }
}
