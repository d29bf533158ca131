//! 结果改变过: findings that took the place of another answer and readings chosen anew, each with the suggestion
//! before and after. Shown for ever.
//!
//! Derived from the record in its order; knows nothing of how a page says it.

use crate::load::Entry;
use base::Date;
use base::law::{Answer, Answers, ChoiceId, OutcomeCode, QuestionId, ReadingChoices, ReadingId};
use casefile::event::Event;
use rules::Pack;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What was changed.
    pub what: Changed,
    /// The suggestion before; `None` where there was none yet.
    pub before: Option<OutcomeCode>,
    /// The suggestion after.
    pub after: Option<OutcomeCode>,
    /// When.
    pub on: Date,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// A finding: question, answer before, answer after.
    Finding(QuestionId, Answer, Answer),
    /// A reading, and the choice taken.
    Reading(ReadingId, ChoiceId),
}

/// The changes in the order they were made. `claim` is what is asked for; findings the pack does not know change
/// nothing it could say.
pub fn changes(entries: &[Entry], pack: &Pack, claim: Option<&[OutcomeCode]>) -> Vec<Change> {
    let (mut answers, mut readings) = (Answers::default(), ReadingChoices::default());
    let suggested = |answers: &Answers, readings: &ReadingChoices| {
        let assessment = pack.evaluate(answers, readings, claim).ok();
        assessment.and_then(|assessment| assessment.outcome)
    };
    let mut told = Vec::new();
    for Entry { meta, event } in entries {
        let (earlier_answers, earlier_readings) = (answers.clone(), readings.clone());
        let (what, on, reason) = match event {
            Event::Found(found) => {
                let (question, answer) = (found.question.clone(), found.answer);
                match answers.insert(question.clone(), answer) {
                    Some(before) if before != answer => {
                        let what = Changed::Finding(question, before, answer);
                        (what, found.on, found.sealed.reason.clone())
                    }
                    _ => continue,
                }
            }
            Event::ReadingWasChosen(chosen) => {
                let (reading, choice) = (chosen.reading.clone(), chosen.choice.clone());
                let default = pack.reading(&reading).map(|reading| reading.default.clone());
                if readings.insert(reading.clone(), choice.clone()).or(default).as_ref() == Some(&choice) {
                    continue;
                }
                (
                    Changed::Reading(reading, choice),
                    chosen.on,
                    chosen.sealed.reason.clone(),
                )
            }
            _ => continue,
        };
        told.push(Change {
            what,
            before: suggested(&earlier_answers, &earlier_readings),
            after: suggested(&answers, &readings),
            on,
            by: meta.stood.name.clone(),
            reason,
        });
    }
    told
}
