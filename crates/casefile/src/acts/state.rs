//! 陈述申辩: the applicant speaks, argument by argument (七（一）), from the receipt to the conclusion.
//!
//! Being invited is not needed to speak. Who has no account hands in a signed paper or speaks to the record: the
//! bureau or an investigator enters it with the scan, and the words stay the applicant's.

use crate::act::Perform;
use crate::case::{Argument, Case, File};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::{ArgumentId, Date};
use serde::{Deserialize, Serialize};

/// The applicant's statement and defence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// One argument each; blank ones are left out.
    pub arguments: Vec<String>,
    /// The signed paper, where another person enters it for the applicant.
    pub signed: Option<File>,
}

impl Perform for State {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        if ctx.must_investigate(case).is_err() {
            ctx.must_be_applicant_or_window(case)?;
        }
        if case.conclusion.is_some() {
            return Err(Refusal::not_yet(
                "concluded",
                "调查结论已经作出，这一步的说明已经结束。",
                "认定以后不服的，可以申请复核。",
                "七（一）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let texts: Vec<String> = self
            .arguments
            .into_iter()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect();
        let mut check = Check::new();
        check.that(
            !texts.is_empty(),
            "arguments",
            "还没写要说明的话。请写上，一条理由写一段。",
        );
        for text in &texts {
            check.optional("arguments", "每一条", text, LONG_TEXT);
        }
        check.that(
            ctx.is_signed(case, self.signed.as_ref()),
            "signed",
            "替申请人录入，要有本人签名的书面说明或者笔录。请上传扫描件。",
        );
        check.done()?;
        Ok(vec![
            Stated {
                arguments: texts.iter().map(|_| ArgumentId::fresh(ctx.ids)).collect(),
                on: ctx.today(),
                sealed: StatementText {
                    texts,
                    signed: self.signed,
                },
            }
            .into(),
        ])
    }
}

/// The applicant spoke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// Ids of the arguments, in order.
    pub arguments: Vec<ArgumentId>,
    /// The day.
    pub on: Date,
    /// The arguments' words.
    #[serde(skip)]
    pub sealed: StatementText,
}

/// The sealed part of [`Stated`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementText {
    /// The arguments, in the order of their ids.
    pub texts: Vec<String>,
    /// The signed paper.
    pub signed: Option<File>,
}

impl Recorded for Stated {
    sealed_part!(StatementText);

    fn files(&self) -> Vec<&File> {
        self.sealed.signed.iter().collect()
    }

    fn apply(&self, case: &mut Case, _: &Meta) {
        let texts = self
            .sealed
            .texts
            .iter()
            .cloned()
            .chain(std::iter::repeat(String::new()));
        let arguments = self
            .arguments
            .iter()
            .zip(texts)
            .map(|(&id, text)| Argument { id, text, answer: None });
        case.statement.arguments.extend(arguments);
        case.statement.papers.extend(self.sealed.signed.clone());
        case.statement.stated = Some(self.on);
        case.proposed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, paper, statement};

    #[test]
    fn spoken_before_being_invited_and_again() {
        let case = Given::received().worker().done(statement()).when(statement()).then();
        assert_eq!(case.statement.arguments.len(), 4);
        assert!(!case.is_heard());
    }

    #[test]
    fn a_signed_paper_is_entered_by_the_bureau_or_an_investigator() {
        let on_paper = || State {
            signed: Some(paper()),
            ..statement()
        };
        assert_eq!(
            Given::accepted().intake().when(statement()).refused().field_names(),
            ["signed"]
        );
        assert_eq!(
            Given::accepted()
                .intake()
                .when(on_paper())
                .then()
                .statement
                .papers
                .len(),
            1
        );
        assert_eq!(
            Given::assigned()
                .second()
                .when(on_paper())
                .then()
                .statement
                .arguments
                .len(),
            2
        );
        assert_eq!(
            Given::accepted().discipline_lead().when(on_paper()).refused().code,
            "applicant-only"
        );
    }

    #[test]
    fn refusals() {
        assert_eq!(Given::nothing().worker().when(statement()).refused().code, "not-found");
        assert_eq!(
            Given::concluded().worker().when(statement()).refused().code,
            "concluded"
        );
        let table: [(&str, Vec<String>); 3] = [
            ("arguments", vec![]),
            ("arguments", vec![" ".into(), "\n".into()]),
            ("arguments", vec!["话".repeat(LONG_TEXT + 1)]),
        ];
        for (field, arguments) in table {
            let act = State {
                arguments,
                signed: None,
            };
            assert_eq!(Given::received().worker().when(act).refused().field_names(), [field]);
        }
    }
}
