//! What may be wrong with findings handed in: refused with a code and a Chinese sentence, never guessed around.

use base::law::{ChoiceId, OutcomeCode, QuestionId, ReadingId};
use thiserror::Error;

/// Why findings, readings or a claim cannot be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RulesError {
    /// The pack has no such question.
    #[error("这份文件里没有“{0}”这个问题。请对照条款里的问题编号。")]
    UnknownQuestion(QuestionId),
    /// The pack does not allow 不适用 there.
    #[error("“{0}”这个问题不能答“不适用”。请答是、否或者未查明。")]
    NotApplicableRefused(QuestionId),
    /// The pack has no such reading.
    #[error("这份文件里没有“{0}”这个读法。请对照文件列出的读法。")]
    UnknownReading(ReadingId),
    /// The reading has no such choice.
    #[error("读法“{0}”没有“{1}”这个选项。请从列出的选项里选。")]
    UnknownChoice(ReadingId, ChoiceId),
    /// The claim names what is no outcome of the pack.
    #[error("这份文件里没有“{0}”这个结果，不能申请。请从文件列出的申请里选。")]
    UnknownOutcome(OutcomeCode),
    /// The claim names nothing.
    #[error("没有写明申请什么。请至少写一项。")]
    EmptyClaim,
    /// A yes implies a yes that was found to be a no.
    #[error("查明的事实互相矛盾：“{0}”为是，“{1}”就不能为否。请改其中一项。")]
    Contradiction(QuestionId, QuestionId),
}

impl RulesError {
    /// The code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            RulesError::UnknownQuestion(_) => "unknown-question",
            RulesError::NotApplicableRefused(_) => "not-applicable-refused",
            RulesError::UnknownReading(_) => "unknown-reading",
            RulesError::UnknownChoice(..) => "unknown-choice",
            RulesError::UnknownOutcome(_) => "unknown-outcome",
            RulesError::EmptyClaim => "empty-claim",
            RulesError::Contradiction(..) => "contradictory-findings",
        }
    }
}

/// One thing wrong with a pack: where, and what, in Chinese.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.place())]
pub struct Problem {
    /// The file within the pack; empty where the fault is in the pack as a whole.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Problem {
    fn place(&self) -> String {
        match (self.file.as_str(), self.line) {
            ("", _) => self.message.clone(),
            (file, None) => format!("{file}：{}", self.message),
            (file, Some(line)) => format!("{file} 第 {line} 行：{}", self.message),
        }
    }
}
