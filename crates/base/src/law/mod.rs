//! The nouns that `rules` and `casefile` share, as plain data.
//!
//! `rules` makes [`Assessment`]s and [`Procedure`]s from a policy pack; `casefile` makes [`Answers`] from findings and
//! obeys the procedure. Neither knows the other: `app` carries the values across.

mod assessment;
mod procedure;
mod substance;

pub use assessment::*;
pub use procedure::*;
pub use substance::*;

use crate::Digest;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Arc<str>);

        impl $name {
            /// The code as the pack writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                $name(code.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    )+};
}

codes! {
    /// A choice of a reading.
    ChoiceId
    /// A clause of the notice, as the pack names it (`s3-5` for 三（五）).
    ClauseId
    /// A ground from one of the pack's closed lists: declining, recusal, major matter.
    GroundId
    /// An outcome in the pack's vocabulary (免责, 减责, 不予免责 …).
    OutcomeCode
    /// A question that investigators answer by a finding.
    QuestionId
    /// A reading (读法): a place where the notice can be read two ways.
    ReadingId
    /// A step of the procedure that has a target of its own (`accept`, `invite`, `opine` …).
    StepId
}

/// Kleene's three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// 成立
    Yes,
    /// 不成立
    No,
    /// 未查明
    Unknown,
}

/// What a finding says about a question (查明). Unknown never becomes no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// 是
    Yes,
    /// 否
    No,
    /// 未查明
    Unknown,
    /// 不适用; counts as met, only where the pack allows it.
    NotApplicable,
}

/// The findings in force: the last answer to each question. A missing question is unknown.
pub type Answers = BTreeMap<QuestionId, Answer>;

/// The readings chosen (选定读法). A missing reading takes the pack's default.
pub type ReadingChoices = BTreeMap<ReadingId, ChoiceId>;

/// One published policy pack: its id (`410900/pumin-2024-16`) and the SM3 of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackRef {
    /// Jurisdiction and pack, as the folders under `policies/` are named.
    pub id: String,
    /// What makes the pack immutable: any change of its data is another digest.
    pub digest: Digest,
}
