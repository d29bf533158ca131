//! The value of each clause, with the findings that make it.
//!
//! Kleene's tables say what the parts of a rule make of each other, and so which findings stand behind a value; where
//! they leave a value open that no completion leaves open, the clause's diagram decides.

use crate::Pack;
use crate::diagram::{FALSE, Known, Room, Set, State, TRUE};
use crate::evaluate::members;
use crate::rule::{Rule, visit};
use base::law::{ClauseValue, Truth};

/// A yes-or-no function that reaches "true" alone, and one that reaches "false" alone.
const YES: u32 = 1 << TRUE;
const NO: u32 = 1 << FALSE;

impl Pack {
    /// Every clause's value, in pack order. `answered` are the findings, `known` also what they imply, `state` the same
    /// spread out.
    pub(crate) fn clause_values(
        &self,
        answered: &Known,
        known: &Known,
        state: &State,
        chosen: &[usize],
        room: &mut Room,
    ) -> Vec<ClauseValue> {
        let engine = &self.engine;
        let diagrams = &engine.clauses[engine.logic.combination(chosen)];
        let mut clauses = Vec::with_capacity(self.clauses.len());
        for (place, clause) in self.clauses.iter().enumerate() {
            let rule = &engine.logic.rules[place];
            let by_parts = kleene(rule, state, chosen);
            let value = match (by_parts, &diagrams[place]) {
                (Truth::Unknown, Some(diagram)) => match diagram.reach(state, room) {
                    YES => Truth::Yes,
                    NO => Truth::No,
                    _ => Truth::Unknown,
                },
                (value, _) => value,
            };
            let mut because = 0;
            if by_parts == value {
                explain(rule, value, state, chosen, &mut because);
            } else {
                // The parts together settle it though none does alone: all that is known of it stands behind the value.
                visit(rule, &mut |var| because |= 1 << var);
                because &= known.yes | known.no;
            }
            let because = self.origins(because, value, answered);
            let mut ids = Vec::with_capacity(because.count_ones() as usize);
            let behind = engine.behind[place]
                .iter()
                .filter(|place| because >> engine.logic.var[**place] & 1 == 1);
            ids.extend(behind.map(|place| self.questions[*place].id.clone()));
            clauses.push(ClauseValue {
                id: clause.id.clone(),
                citation: clause.citation.clone(),
                value,
                because: ids,
            });
        }
        clauses
    }

    /// Puts in the place of an answer that was only implied the answers it was implied by.
    fn origins(&self, because: Set, value: Truth, answered: &Known) -> Set {
        let findings = answered.yes | answered.no;
        if value == Truth::Unknown || because & !findings == 0 {
            return because;
        }
        let logic = &self.engine.logic;
        members(because & !findings).fold(because & findings, |set, var| {
            let var = usize::from(var);
            set | (logic.down[var] & answered.yes) | (logic.up[var] & answered.no)
        })
    }
}

fn kleene(rule: &Rule, known: &State, chosen: &[usize]) -> Truth {
    let fold = |parts: &[Rule], absorbing: Truth, neutral: Truth| {
        let mut value = neutral;
        for part in parts {
            match kleene(part, known, chosen) {
                part if part == absorbing => return absorbing,
                Truth::Unknown => value = Truth::Unknown,
                _ => {}
            }
        }
        value
    };
    match rule {
        Rule::Var(var) => known.value(*var),
        Rule::All(parts) => fold(parts, Truth::No, Truth::Yes),
        Rule::Any(parts) => fold(parts, Truth::Yes, Truth::No),
        Rule::Not(part) => opposite(kleene(part, known, chosen)),
        Rule::Choice(choices) if choices.taken(chosen) => Truth::Yes,
        Rule::Choice(_) => Truth::No,
    }
}

fn opposite(value: Truth) -> Truth {
    match value {
        Truth::Yes => Truth::No,
        Truth::No => Truth::Yes,
        Truth::Unknown => Truth::Unknown,
    }
}

/// Collects the questions of the parts that have the value `value` the whole has.
fn explain(rule: &Rule, value: Truth, known: &State, chosen: &[usize], because: &mut Set) {
    match rule {
        Rule::Var(var) => *because |= 1 << var,
        Rule::All(parts) | Rule::Any(parts) => {
            for part in parts.iter().filter(|part| kleene(part, known, chosen) == value) {
                explain(part, value, known, chosen, because);
            }
        }
        Rule::Not(part) => explain(part, opposite(value), known, chosen, because),
        Rule::Choice(_) => {}
    }
}
