//! 补正: the worker hands in what was asked for, online or on paper at the window. Late is taken all the same.

use crate::act::Perform;
use crate::case::{Case, File, SupplementAnswer};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, SHORT_TEXT};
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

/// The worker answers the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supplement {
    /// In words; may be empty where files say it.
    pub text: String,
    /// The papers, each with what it is.
    pub files: Vec<(File, String)>,
}

impl Perform for Supplement {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_not_be_concluded()?;
        ctx.must_be_applicant_or_window(case)?;
        match &case.supplement {
            None => Err(Refusal::not_yet(
                "not-asked",
                "民政局没有要求补正。",
                "还有材料的，请用“提交证据”。",
                "六（二）",
            )),
            Some(asked) if asked.answer.is_some() => {
                Err(Refusal::already("已经补正过了。还有材料的，请用“提交证据”。"))
            }
            Some(_) => Ok(()),
        }
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check
            .that(
                !self.text.trim().is_empty() || !self.files.is_empty(),
                "text",
                "还没写说明，也没有材料。请至少交一样；没有的，写明为什么没有。",
            )
            .optional("text", "说明", &self.text, LONG_TEXT);
        for (_, title) in &self.files {
            check.optional("files", "材料名称", title, SHORT_TEXT);
        }
        check.done()?;
        let event = Supplemented {
            on: ctx.today(),
            sealed: SupplementedText {
                text: self.text,
                files: self.files,
            },
        };
        Ok(vec![event.into()])
    }
}

/// 已补正
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplemented {
    /// The day.
    pub on: Date,
    /// The words.
    #[serde(skip)]
    pub sealed: SupplementedText,
}

/// The sealed part of [`Supplemented`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementedText {
    /// What was said.
    pub text: String,
    /// The papers, each with what it is.
    pub files: Vec<(File, String)>,
}

impl Recorded for Supplemented {
    sealed_part!(SupplementedText);

    fn files(&self) -> Vec<&File> {
        self.sealed.files.iter().map(|(file, _)| file).collect()
    }

    fn apply(&self, case: &mut Case, _: &Meta) {
        if let Some(supplement) = &mut case.supplement {
            supplement.answer = Some(SupplementAnswer {
                on: self.on,
                text: self.sealed.text.clone(),
                files: self.sealed.files.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::RequestSupplement;
    use crate::testing::{DISCIPLINE_LEAD, Given, INTAKE, INVESTIGATOR, WORKER};

    fn asked() -> Given {
        Given::received().intake().done(RequestSupplement {
            items: vec!["入户核查表".into()],
            until: Date::constant(2026, 9, 18),
        })
    }

    fn answer(text: &str) -> Supplement {
        Supplement {
            text: text.into(),
            files: vec![],
        }
    }

    #[test]
    fn answered_by_the_worker_or_at_the_window_even_late() {
        for person in [WORKER, INTAKE] {
            let late = asked().next_day().next_day().next_day();
            let case = late.by(person).when(answer("表找到了。")).then();
            assert_eq!(case.supplement.unwrap().answer.unwrap().text, "表找到了。");
        }
    }

    #[test]
    fn refusals() {
        let given = asked().worker();
        assert_eq!(given.when(answer(" ")).refused().fields[0].field, "text");
        let given = asked().worker().done(answer("表"));
        assert_eq!(given.when(answer("表")).refused().code, "already-done");
        assert_eq!(
            Given::received().worker().when(answer("表")).refused().code,
            "not-asked"
        );
        for person in [DISCIPLINE_LEAD, INVESTIGATOR] {
            assert_eq!(asked().by(person).when(answer("表")).refused().code, "applicant-only");
        }
    }
}
