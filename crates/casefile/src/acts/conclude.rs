//! 调查结论: an investigator proposes and signs first (七（二）); it stands when the required number has signed
//! (`sign_conclusion.rs`), and that signing meets the statutory deadline.
//!
//! What it needs is written once, in [`Context::must_be_conclusive`], and asked again at every signature. The
//! proposal freezes what followed from the findings, with the answers and readings; anything found, chosen or said
//! afterwards makes it void.

use crate::act::Perform;
use crate::case::{Case, Conclusion};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, day};
use crate::{Context, sealed_part};
use base::Date;
use base::law::{Answers, Assessment, ReadingChoices};
use serde::{Deserialize, Serialize};

/// An investigator proposes the conclusion and signs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conclude {
    /// What the facts amount to.
    pub text: String,
}

impl Context<'_> {
    /// Everything a conclusion needs, first things first.
    pub(super) fn must_be_conclusive(&self, case: &Case) -> Result<(), Refusal> {
        case.must_have_a_basis("请写明依据。")?;
        self.must_have_investigators(case)?;
        self.must_have_heard(case)?;
        if let Some(inquiry) = case.inquiries.iter().find(|inquiry| inquiry.is_open(case)) {
            return Err(Refusal::not_yet(
                "not-countersigned",
                format!("第 {} 份笔录还没有会签，不能作结论。", inquiry.number),
                "请先请另一名调查人会签。",
                "七（二）",
            ));
        }
        let open = case.open_questions(self.assessment).len();
        if open > 0 {
            return Err(Refusal::not_yet(
                "open-questions",
                format!("还有 {open} 个会改变结果的问题没有查明，不能作结论。"),
                "请先查明，或者写明无法查明和理由。",
                "三、五",
            ));
        }
        if case.explanation_due(self.procedure) && case.explained.is_none() {
            return Err(Refusal::not_yet(
                "not-explained",
                "还没有向申请人释明可以提出减责，不能作结论。",
                "请先释明并记录。",
                "四",
            ));
        }
        Ok(())
    }

    /// As many active investigators as the pack asks for.
    fn must_have_investigators(&self, case: &Case) -> Result<(), Refusal> {
        let (active, least) = (
            case.active_investigators().count(),
            usize::from(self.procedure.investigators),
        );
        if active >= least {
            return Ok(());
        }
        let recused: Vec<_> = case
            .investigators
            .iter()
            .filter(|i| case.is_recused(i.person))
            .map(|i| i.name.as_str())
            .collect();
        let aside = if recused.is_empty() {
            String::new()
        } else {
            format!("（{}已回避）", recused.join("、"))
        };
        Err(Refusal::not_yet(
            "too-few-investigators",
            format!("现在只有 {active} 名调查人可以办，至少要 {least} 人。"),
            format!(
                "请先指派{}人{aside}。",
                ["", "一", "两"].get(least - active).unwrap_or(&"")
            ),
            "七（二）",
        ))
    }

    /// The applicant was invited, had the time to speak, and every argument is answered; or it was waived.
    fn must_have_heard(&self, case: &Case) -> Result<(), Refusal> {
        if !self.procedure.hear_applicant {
            return Ok(());
        }
        let statement = &case.statement;
        let not_yet = |code, sentence: String, next| Err(Refusal::not_yet(code, sentence, next, "七（一）"));
        let unanswered = statement
            .arguments
            .iter()
            .filter(|argument| argument.answer.is_none())
            .count();
        let Some((invited, until)) = statement.invited else {
            return not_yet(
                "not-heard",
                "还没听取申请人说明，不能作结论。".into(),
                "请先发出申辩告知，或者记录本人放弃。",
            );
        };
        if unanswered > 0 {
            return not_yet(
                "not-answered",
                format!("申请人的说明还有 {unanswered} 条没有答复，不能作结论。"),
                "请逐条写明采纳不采纳和理由。",
            );
        }
        let spoken = statement.stated.is_some_and(|stated| stated >= invited);
        if statement.waived.is_some() || spoken {
            return Ok(());
        }
        if self.today() <= until {
            return not_yet(
                "may-still-speak",
                format!("申请人可以说明到 {}，现在不能作结论。", day(until)),
                "请等申请人说明或者放弃。",
            );
        }
        if statement.stated.is_some() {
            return Ok(());
        }
        not_yet(
            "not-heard",
            "还没听取申请人说明，不能作结论。".into(),
            "请等申请人说明，或者记录本人放弃。",
        )
    }
}

impl Perform for Conclude {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_under_inquiry()?;
        ctx.must_investigate(case)?;
        ctx.must_be_conclusive(case)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Check::new()
            .required("text", "调查结论", &self.text, LONG_TEXT)
            .done()?;
        let proposed = ConclusionProposed {
            assessment: ctx.assessment.clone(),
            answers: case.answers(),
            readings: case.reading_choices(),
            on: ctx.today(),
            sealed: ConclusionText { text: self.text },
        };
        let mut events = vec![proposed.into()];
        if ctx.procedure.investigators <= 1 {
            events.push(Concluded::today(case, ctx).into());
        }
        Ok(events)
    }
}

/// A conclusion was proposed, with its first signature; the receipt of the evaluation is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConclusionProposed {
    /// What follows from the findings.
    pub assessment: Assessment,
    /// The answers it was made from.
    pub answers: Answers,
    /// The readings in force.
    pub readings: ReadingChoices,
    /// The day.
    pub on: Date,
    /// In words.
    #[serde(skip)]
    pub sealed: ConclusionText,
}

/// The sealed part of [`ConclusionProposed`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConclusionText {
    /// What the facts amount to.
    pub text: String,
}

impl Recorded for ConclusionProposed {
    sealed_part!(ConclusionText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.proposed = Some(Conclusion {
            text: self.sealed.text.clone(),
            assessment: self.assessment.clone(),
            answers: self.answers.clone(),
            readings: self.readings.clone(),
            signed: vec![(meta.actor, meta.stood.name.clone())],
            on: self.on,
            in_time: false,
        });
    }
}

/// 调查结论作出: the required number has signed. Meets the statutory deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concluded {
    /// The day.
    pub on: Date,
    /// Whether that was within the deadline.
    pub in_time: bool,
}

impl Concluded {
    /// Today, in time or not by the due date as it stands.
    pub(super) fn today(case: &Case, ctx: &Context) -> Concluded {
        let on = ctx.today();
        Concluded {
            on,
            in_time: case.receipt.as_ref().is_some_and(|receipt| on <= receipt.due.due),
        }
    }
}

impl Recorded for Concluded {
    sealed_part!();

    fn apply(&self, case: &mut Case, _: &Meta) {
        if let Some(mut conclusion) = case.proposed.take() {
            conclusion.on = self.on;
            conclusion.in_time = self.in_time;
            case.conclusion = Some(conclusion);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, INVESTIGATOR, SECOND, conclusion, inquiry, statement};

    #[test]
    fn proposed_with_the_first_signature_and_the_receipt_of_the_evaluation() {
        let case = Given::ready_to_conclude().investigator().when(conclusion()).then();
        let proposed = case.proposed.unwrap();
        assert_eq!(proposed.signed[0].0, INVESTIGATOR);
        assert_eq!(proposed.answers.len(), 1);
        assert!(case.conclusion.is_none());
    }

    #[test]
    fn what_is_missing_is_named_first_things_first() {
        let table: [(&str, Given); 7] = [
            ("basis-pending", Given::ready_to_conclude().basis_pending()),
            ("too-few-investigators", Given::investigated().leaves(SECOND)),
            ("not-heard", Given::investigated()),
            (
                "may-still-speak",
                Given::investigated().intake().done(crate::acts::Invite::default()),
            ),
            ("not-answered", Given::heard().worker().done(statement())),
            ("not-countersigned", Given::heard().investigator().done(inquiry())),
            ("open-questions", Given::heard()),
        ];
        for (code, given) in table {
            assert_eq!(given.investigator().when(conclusion()).refused().code, code);
        }
        let unexplained = Given::heard().investigator().done_find("timely");
        assert_eq!(unexplained.when(conclusion()).refused().code, "not-explained");
    }

    #[test]
    fn refusals() {
        let code = |given: Given| given.when(conclusion()).refused().code;
        assert_eq!(code(Given::accepted().investigator()), "investigators-only");
        assert_eq!(code(Given::ready_to_conclude().lead()), "investigators-only");
        assert_eq!(code(Given::concluded().investigator()), "concluded");
        let silent = Given::ready_to_conclude().investigator().when(Conclude::default());
        assert_eq!(silent.refused().field_names(), ["text"]);
    }
}
