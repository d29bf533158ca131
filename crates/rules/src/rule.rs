//! A rule with its names resolved: an expression over variables, clauses written out.

use crate::diagram::{Builder, FALSE, Id, TRUE, TooLarge};

/// A rule over variables, clauses written out.
#[derive(Debug)]
pub(crate) enum Rule {
    Var(u8),
    All(Vec<Rule>),
    Any(Vec<Rule>),
    Not(Box<Rule>),
    Choice(Choices),
}

/// Some choices of a reading, one bit each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choices {
    pub reading: usize,
    pub set: u32,
}

impl Choices {
    /// Whether the combination of readings takes one of these choices.
    pub fn taken(&self, chosen: &[usize]) -> bool {
        self.set >> chosen[self.reading] & 1 == 1
    }
}

/// The function the rule is under a combination of readings.
pub(crate) fn function(rule: &Rule, builder: &mut Builder, chosen: &[usize]) -> Result<Id, TooLarge> {
    match rule {
        Rule::Var(var) => builder.var(*var),
        Rule::All(parts) => parts.iter().rev().try_fold(TRUE, |all, part| {
            let part = function(part, builder, chosen)?;
            builder.and(part, all)
        }),
        Rule::Any(parts) => parts.iter().rev().try_fold(FALSE, |any, part| {
            let part = function(part, builder, chosen)?;
            builder.or(part, any)
        }),
        Rule::Not(part) => {
            let part = function(part, builder, chosen)?;
            builder.not(part)
        }
        Rule::Choice(choices) => Ok(Id::from(choices.taken(chosen))),
    }
}

/// Calls `each` on every variable of the rule, as often as it stands there.
pub(crate) fn visit(rule: &Rule, each: &mut dyn FnMut(u8)) {
    visit_signed(rule, true, &mut |var, _| each(var));
}

/// As [`visit`], and says whether the variable works for the rule (`met`) or, under `not`, against it.
pub(crate) fn visit_signed(rule: &Rule, met: bool, each: &mut dyn FnMut(u8, bool)) {
    match rule {
        Rule::Var(var) => each(*var, met),
        Rule::All(parts) | Rule::Any(parts) => parts.iter().for_each(|part| visit_signed(part, met, each)),
        Rule::Not(part) => visit_signed(part, !met, each),
        Rule::Choice(_) => {}
    }
}

/// Gives every variable another number.
pub(crate) fn rename(rule: &mut Rule, to: &[u8]) {
    match rule {
        Rule::Var(var) => *var = to[usize::from(*var)],
        Rule::All(parts) | Rule::Any(parts) => parts.iter_mut().for_each(|part| rename(part, to)),
        Rule::Not(part) => rename(part, to),
        Rule::Choice(_) => {}
    }
}
