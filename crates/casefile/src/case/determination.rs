//! What is in a case's state of opinions, consultation, coordination and determination; the shape alone.

use base::law::{Answers, Assessment, GroundId, OutcomeCode, Party, ReadingChoices};
use base::{Date, EventId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// A party's opinion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The event that committed it, whose own key opens it.
    pub event: EventId,
    /// Who gave it.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
    /// When it was opened to the other party; `None` while withheld.
    pub opened: Option<Timestamp>,
    /// What it says; `None` until opened.
    pub content: Option<OpinionContent>,
    /// What it says, out of everybody's sight until opened; empty where the record was read before the opening.
    pub(crate) withheld: Withheld,
}

/// The content of an opinion not yet opened. Its `Debug` says nothing, and nothing outside `opine` reads it.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Withheld(pub(crate) Option<OpinionContent>);

impl std::fmt::Debug for Withheld {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("withheld")
    }
}

/// What an opinion says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionContent {
    /// The outcome the party holds right.
    pub outcome: OutcomeCode,
    /// Why.
    pub reason: String,
}

/// 会商
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// Opened on.
    pub opened_on: Date,
    /// By which party.
    pub opened_by: Party,
    /// The minutes, once written.
    pub minutes: Option<Minutes>,
}

/// 会商纪要
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// Held on.
    pub on: Date,
    /// Who took part.
    pub attendees: String,
    /// What was said.
    pub text: String,
    /// The outcome both agree on; `None` while they still differ.
    pub agreed: Option<OutcomeCode>,
}

/// 重大事项上报
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// The pack's grounds.
    pub grounds: Vec<GroundId>,
    /// Reported on.
    pub on: Date,
    /// By which party.
    pub by: Party,
    /// In words.
    pub reason: String,
    /// What the group stationed at the city bureau said before the city coordinated.
    pub discipline_view: Option<String>,
    /// The city kept silent, and that was named.
    pub city_silent: bool,
}

/// 市级协调意见; it coordinates, it does not decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coordination {
    /// Given on.
    pub on: Date,
    /// By whom.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// What it says.
    pub text: String,
    /// The view of the group stationed at the city bureau.
    pub discipline_view: Option<String>,
}

/// What a county body said after the coordination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// The outcome it now holds right.
    pub outcome: OutcomeCode,
    /// Why it confirms or keeps its opinion.
    pub reason: String,
    /// When.
    pub on: Date,
}

/// 认定
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Determination {
    /// The outcome.
    pub outcome: OutcomeCode,
    /// The clauses it rests on, as the assessment named them.
    pub assessment: Assessment,
    /// The answers it was made from.
    pub answers: Answers,
    /// The readings in force.
    pub readings: ReadingChoices,
    /// Reasons in words.
    pub reason: String,
    /// By whom.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// When.
    pub on: Date,
    /// The parties that still hold another outcome; their opinions are printed.
    pub dissent: Vec<Party>,
}
