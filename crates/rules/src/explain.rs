//! An assessment in words: `jinzhi policy evaluate --format text`.

use crate::check::word;
use crate::{Pack, Role};
use base::law::{Assessment, OutcomeCode, QuestionId, Truth};
use std::fmt::Write;

impl Pack {
    /// The assessment as plain text, one statement a line: what follows, by which clause, what is still to be found
    /// out, and the readings it hangs on.
    pub fn explain(&self, assessment: &Assessment) -> String {
        let mut text = String::new();
        let mut line = |words: std::fmt::Arguments<'_>| {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{words}");
        };
        match &assessment.outcome {
            Some(outcome) => match self.outcome(outcome) {
                Some(known) => line(format_args!("按已查明的事实，系统建议 {outcome}：{}。", known.text)),
                None => line(format_args!("按已查明的事实，系统建议 {outcome}。")),
            },
            None => line(format_args!(
                "现在还不能得出建议，可能是：{}。",
                join(&assessment.possible)
            )),
        }
        line(format_args!("依据：{}（{}）", self.title, self.number));
        for (role, heading) in [
            (Role::Threshold, "每件都要符合"),
            (Role::Circumstance, "至少符合一项"),
            (Role::Exclusion, "有一项就不适用"),
        ] {
            let clauses = self
                .clauses
                .iter()
                .zip(&assessment.clauses)
                .filter(|(clause, _)| clause.role == role);
            for (count, (clause, value)) in clauses.enumerate() {
                if count == 0 {
                    line(format_args!("\n{heading}"));
                }
                let why = if value.value == Truth::Unknown {
                    "还没查明"
                } else {
                    "因为查明了"
                };
                line(format_args!(
                    "  {} {}：{}。{why}：{}",
                    clause.citation,
                    word(value.value),
                    clause.plain,
                    self.questions_in_words(&value.because)
                ));
            }
        }
        if !assessment.relevant.is_empty() {
            line(format_args!("\n会改变结果的未查明问题"));
            for question in &assessment.relevant {
                line(format_args!("  {}", self.asked(question)));
            }
            line(format_args!("\n先查这些，就可能得出结果"));
            for question in &assessment.ask_next {
                line(format_args!("  {}", self.asked(question)));
            }
        }
        for dependence in &assessment.depends_on_readings {
            let Some(reading) = self.reading(&dependence.id) else {
                continue;
            };
            line(format_args!(
                "\n结果取决于文件怎么读（{}）：{}",
                reading.id, reading.question
            ));
            for (choice, (_, outcome)) in reading.choices.iter().zip(&dependence.results) {
                let outcome = outcome.as_ref().map_or("还不能得出", OutcomeCode::as_str);
                line(format_args!("  {}：{outcome}", choice.text));
            }
        }
        line(format_args!(
            "\n建议不是认定。您认为不对，请改查明的事实（要有证据），或者选定另一种读法（要写理由）。"
        ));
        text
    }

    /// The questions as they are put to the investigator, each in 「」.
    fn questions_in_words(&self, ids: &[QuestionId]) -> String {
        let worded = ids.iter().map(|id| match self.question(id) {
            Some(question) => format!("「{}」", question.investigator),
            None => id.to_string(),
        });
        worded.collect()
    }

    fn asked(&self, id: &QuestionId) -> String {
        match self.question(id) {
            Some(question) => format!("{id}　{}", question.investigator),
            None => id.to_string(),
        }
    }
}

fn join<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}
