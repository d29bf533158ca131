//! One evaluation of the Puyang pack — outcome, clause values, relevant, ask_next, readings — allocation included.
//!
//! Its peer walks the rules with Kleene's tables and says the outcome alone: no clause values, no relevance, nothing
//! to ask, and `None` wherever only the questions together would settle it.

use crate::measure::{Failed, Figure, Goal, Times, repeat};
use crate::site::pack;
use base::law::{Answer, Answers, ClauseId, OutcomeCode, ReadingChoices, Truth};
use rules::{Condition, Example, Expr, Pack, Under};
use std::collections::HashMap;
use std::time::Duration;

const GOAL: Goal = Goal::Median(Duration::from_micros(20));

/// From nothing found to all found on one case, then the slowest of the pack's worked examples.
pub fn figures() -> Result<Vec<Figure>, Failed> {
    let pack = pack()?;
    let whole = pack
        .examples
        .iter()
        .filter(|example| example.expect.outcome == pack.outcomes[0].code);
    let whole = whole
        .max_by_key(|example| example.findings.len())
        .ok_or("the pack has no worked example")?;
    let found: Vec<_> = pack
        .questions
        .iter()
        .filter_map(|q| whole.findings.get_key_value(&q.id))
        .collect();
    let mut figures = Vec::new();
    for quarters in 0..=4 {
        let some = found.iter().take(found.len() * quarters / 4);
        let answers: Answers = some.map(|(question, answer)| ((*question).clone(), **answer)).collect();
        let what = format!("evaluation, {} of {} found", answers.len(), found.len());
        figures.push(figure(
            &pack,
            what,
            &answers,
            &whole.readings,
            whole.claim.as_deref(),
            10_000,
        )?);
    }
    let mut slowest: Option<(Duration, &Example)> = None;
    for example in &pack.examples {
        let time = times(
            &pack,
            &example.findings,
            &example.readings,
            example.claim.as_deref(),
            200,
        )?
        .median();
        if slowest.is_none_or(|(most, _)| time > most) {
            slowest = Some((time, example));
        }
    }
    if let Some((_, example)) = slowest {
        let what = format!("evaluation, slowest of {} worked examples", pack.examples.len());
        figures.push(figure(
            &pack,
            what,
            &example.findings,
            &example.readings,
            example.claim.as_deref(),
            10_000,
        )?);
    }
    Ok(figures)
}

fn figure(
    pack: &Pack,
    what: String,
    answers: &Answers,
    readings: &ReadingChoices,
    claim: Option<&[OutcomeCode]>,
    rounds: usize,
) -> Result<Figure, Failed> {
    let naive = Naive::of(pack, readings);
    let said = naive.outcome(answers, claim);
    let outcome = pack.evaluate(answers, readings, claim)?.outcome;
    if said.is_some() && said != outcome.as_ref() {
        return Err(format!("{what}: the peer says {said:?}, the pack {outcome:?}").into());
    }
    Ok(Figure {
        what,
        times: times(pack, answers, readings, claim, rounds)?,
        goal: GOAL,
        peer: "Kleene's tables, the outcome alone".into(),
        peer_median: repeat(rounds, || naive.outcome(answers, claim)).median(),
    })
}

fn times(
    pack: &Pack,
    answers: &Answers,
    readings: &ReadingChoices,
    claim: Option<&[OutcomeCode]>,
    rounds: usize,
) -> Result<Times, Failed> {
    pack.evaluate(answers, readings, claim)?;
    Ok(repeat(rounds, || pack.evaluate(answers, readings, claim)))
}

/// The peer: rules as the pack writes them.
struct Naive<'a> {
    pack: &'a Pack,
    rules: HashMap<&'a ClauseId, &'a Expr>,
    readings: &'a ReadingChoices,
}

impl<'a> Naive<'a> {
    fn of(pack: &'a Pack, readings: &'a ReadingChoices) -> Naive<'a> {
        let rules = pack.clauses.iter().map(|clause| (&clause.id, &clause.rule)).collect();
        Naive { pack, rules, readings }
    }

    /// The first outcome that holds, where nothing before it is unknown.
    fn outcome(&self, answers: &Answers, claim: Option<&[OutcomeCode]>) -> Option<&'a OutcomeCode> {
        for outcome in &self.pack.outcomes {
            let asked = claim.map_or(!outcome.only_if_claimed, |claim| claim.contains(&outcome.code));
            if outcome.otherwise {
                return Some(&outcome.code);
            }
            if !asked {
                continue;
            }
            let of = |list: &'a [Condition]| {
                let counted = list
                    .iter()
                    .filter(|condition| condition.under.as_ref().is_none_or(|u| self.taken(u)));
                counted.map(|condition| self.clause(&condition.clause, answers))
            };
            let mut circumstances = of(&outcome.circumstances).peekable();
            let any = if circumstances.peek().is_none() {
                Truth::Yes
            } else {
                any(circumstances)
            };
            let holds = [
                all(of(&outcome.thresholds)),
                any,
                not(self::any(of(&outcome.exclusions))),
            ];
            match all(holds.into_iter()) {
                Truth::Yes => return Some(&outcome.code),
                Truth::No => {}
                Truth::Unknown => return None,
            }
        }
        None
    }

    fn clause(&self, id: &ClauseId, answers: &Answers) -> Truth {
        self.rules
            .get(id)
            .map_or(Truth::Unknown, |rule| self.value(rule, answers))
    }

    fn value(&self, rule: &Expr, answers: &Answers) -> Truth {
        match rule {
            Expr::Question(id) => match answers.get(id) {
                Some(Answer::Yes | Answer::NotApplicable) => Truth::Yes,
                Some(Answer::No) => Truth::No,
                Some(Answer::Unknown) | None => Truth::Unknown,
            },
            Expr::All(parts) => all(parts.iter().map(|part| self.value(part, answers))),
            Expr::Any(parts) => any(parts.iter().map(|part| self.value(part, answers))),
            Expr::Not(part) => not(self.value(part, answers)),
            Expr::Clause(id) => self.clause(id, answers),
            Expr::Reading(under) if self.taken(under) => Truth::Yes,
            Expr::Reading(_) => Truth::No,
        }
    }

    fn taken(&self, under: &Under) -> bool {
        let default = || self.pack.reading(&under.reading).map(|reading| &reading.default);
        let chosen = self.readings.get(&under.reading).or_else(default);
        chosen.is_some_and(|choice| under.is.contains(choice))
    }
}

fn all(mut parts: impl Iterator<Item = Truth>) -> Truth {
    let mut value = Truth::Yes;
    let ended = parts.find(|part| {
        if *part == Truth::Unknown {
            value = Truth::Unknown;
        }
        *part == Truth::No
    });
    ended.unwrap_or(value)
}

fn any(parts: impl Iterator<Item = Truth>) -> Truth {
    not(all(parts.map(not)))
}

fn not(value: Truth) -> Truth {
    match value {
        Truth::Yes => Truth::No,
        Truth::No => Truth::Yes,
        Truth::Unknown => Truth::Unknown,
    }
}
