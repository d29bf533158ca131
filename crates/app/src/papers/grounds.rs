//! The citations that decide an outcome, from the conditions the pack sets for it: what establishes it, or what kept
//! each claimed outcome from following.

use base::law::{Assessment, OutcomeCode, ReadingChoices, Truth};
use rules::{Condition, Outcome, Pack};

/// The citations that decide, in the order of the pack. `claimed` are the outcomes asked for; `None` asks for all that
/// are given unasked. `readings` are those in force, a missing one its default.
pub fn grounds(
    assessment: &Assessment,
    outcome: &OutcomeCode,
    claimed: Option<&[OutcomeCode]>,
    readings: &ReadingChoices,
    pack: &Pack,
) -> Vec<String> {
    let with = Conditions {
        assessment,
        readings,
        pack,
    };
    let Some(decided) = pack.outcome(outcome) else {
        return Vec::new();
    };
    if !decided.otherwise {
        let own = if decided.circumstances.is_empty() {
            &decided.thresholds
        } else {
            &decided.circumstances
        };
        return with.citations(own, Truth::Yes);
    }
    let asked = |outcome: &&Outcome| match claimed {
        Some(claimed) => claimed.contains(&outcome.code),
        None => !outcome.only_if_claimed,
    };
    let mut said = Vec::new();
    for one in pack.outcomes.iter().filter(asked).flat_map(|one| with.barred_by(one)) {
        if !said.contains(&one) {
            said.push(one);
        }
    }
    said
}

struct Conditions<'a> {
    assessment: &'a Assessment,
    readings: &'a ReadingChoices,
    pack: &'a Pack,
}

impl Conditions<'_> {
    /// What keeps the outcome from following: exclusions established, thresholds failed, no circumstance.
    fn barred_by(&self, outcome: &Outcome) -> Vec<String> {
        let mut said = self.citations(&outcome.exclusions, Truth::Yes);
        said.extend(self.citations(&outcome.thresholds, Truth::No));
        let none = |condition: &Condition| self.value(condition) == Truth::No;
        let circumstances = &outcome.circumstances;
        if let (Some(first), Some(last), true) = (
            circumstances.first().and_then(|condition| self.citation(condition)),
            circumstances.last().and_then(|condition| self.citation(condition)),
            circumstances.iter().all(none),
        ) {
            said.push(if circumstances.len() == 1 {
                format!("没有{first}的情形")
            } else {
                format!("没有{first}至{last}的情形")
            });
        }
        said
    }

    /// The citations of those in force that have this value.
    fn citations(&self, conditions: &[Condition], value: Truth) -> Vec<String> {
        let has = |condition: &&Condition| self.is_in_force(condition) && self.value(condition) == value;
        let having = conditions.iter().filter(has);
        having.filter_map(|condition| self.citation(condition)).collect()
    }

    /// Whether it is a condition under the readings in force.
    fn is_in_force(&self, condition: &Condition) -> bool {
        condition.under.as_ref().is_none_or(|under| {
            let chosen = self.readings.get(&under.reading);
            let default = self.pack.reading(&under.reading).map(|reading| &reading.default);
            chosen.or(default).is_some_and(|choice| under.is.contains(choice))
        })
    }

    fn value(&self, condition: &Condition) -> Truth {
        let clauses = &self.assessment.clauses;
        let known = clauses.iter().find(|clause| clause.id == condition.clause);
        known.map_or(Truth::Unknown, |clause| clause.value)
    }

    fn citation(&self, condition: &Condition) -> Option<String> {
        self.pack
            .clause(&condition.clause)
            .map(|clause| clause.citation.clone())
    }
}
