//! A pack's rules with every name resolved to a number, and the functions they are.
//!
//! This is the one place that says what outcomes, clauses and readings mean; `evaluate` and `check` both build on it.
//! It knows neither findings nor text.

use crate::diagram::{Builder, FALSE, Id, Set, TRUE, TooLarge, VOID};
use crate::expr::{Condition, Expr, Under};
use crate::model::{Clause, Outcome, Question, Reading};
use crate::rule::{Choices, Rule, function, rename, visit, visit_signed};
use base::law::{ClauseId, QuestionId, ReadingId};
use std::collections::HashMap;

/// The most questions a pack may have.
pub(crate) const MAX_QUESTIONS: usize = 128;

/// The most outcomes a pack may have.
pub(crate) const MAX_OUTCOMES: usize = 8;

/// Readings taken together with claims: the most combinations a pack may have.
pub(crate) const MAX_COMBINATIONS: usize = 2048;

/// The most choices a reading may have.
pub(crate) const MAX_CHOICES: usize = 8;

/// One clause among an outcome's conditions.
#[derive(Debug)]
pub(crate) struct Part {
    pub clause: usize,
    pub under: Option<Choices>,
}

impl Part {
    /// Whether it is a condition under this combination of readings.
    pub fn counts(&self, chosen: &[usize]) -> bool {
        self.under.is_none_or(|under| under.taken(chosen))
    }
}

/// What an outcome needs.
#[derive(Debug)]
pub(crate) struct Conditions {
    pub thresholds: Vec<Part>,
    pub circumstances: Vec<Part>,
    pub exclusions: Vec<Part>,
}

/// Which part of a pack a fault lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    Pack,
    Outcome(usize),
    Clause(usize),
    Question(usize),
}

/// Faults found while resolving.
pub(crate) type Faults = Vec<(At, String)>;

/// The resolved rules.
#[derive(Debug)]
pub(crate) struct Logic {
    /// Question (by place in the pack) -> variable.
    pub var: Vec<u8>,
    /// Variable -> question.
    pub question: Vec<usize>,
    /// For each variable the variables that are yes whenever it is.
    pub up: Vec<Set>,
    /// For each variable the variables that are no whenever it is.
    pub down: Vec<Set>,
    /// For each clause its rule.
    pub rules: Vec<Rule>,
    /// For each outcome but the last its conditions.
    pub outcomes: Vec<Conditions>,
    /// For each reading the number of its choices.
    pub sizes: Vec<usize>,
}

impl Logic {
    /// Resolves a pack's rules.
    pub fn new(
        outcomes: &[Outcome],
        clauses: &[Clause],
        questions: &[Question],
        readings: &[Reading],
    ) -> Result<Logic, Faults> {
        let names = Names {
            questions: questions
                .iter()
                .enumerate()
                .map(|(place, question)| (&question.id, place))
                .collect(),
            clauses: clauses
                .iter()
                .enumerate()
                .map(|(place, clause)| (&clause.id, place))
                .collect(),
            readings: readings
                .iter()
                .enumerate()
                .map(|(place, reading)| (&reading.id, place))
                .collect(),
            all_clauses: clauses,
            all_readings: readings,
        };
        let mut faults = Faults::new();

        let mut rules = Vec::new();
        for (place, clause) in clauses.iter().enumerate() {
            match names.rule(&clause.rule, &mut vec![place]) {
                Ok(rule) => rules.push(rule),
                Err(message) => faults.push((At::Clause(place), message)),
            }
        }
        let mut conditions = Vec::new();
        let conditional = outcomes.len().saturating_sub(1);
        for (place, outcome) in outcomes.iter().enumerate().take(conditional) {
            let mut parts = |list: &[Condition]| {
                let part = |condition| {
                    names
                        .part(condition)
                        .map_err(|message| faults.push((At::Outcome(place), message)))
                };
                list.iter().map(part).filter_map(Result::ok).collect()
            };
            conditions.push(Conditions {
                thresholds: parts(&outcome.thresholds),
                circumstances: parts(&outcome.circumstances),
                exclusions: parts(&outcome.exclusions),
            });
        }
        let mut direct = vec![0; questions.len()];
        for (place, question) in questions.iter().enumerate() {
            for implied in &question.implies {
                match names.questions.get(implied) {
                    Some(other) => direct[place] |= 1 << other,
                    None => faults.push((At::Question(place), unknown("implies 里的问题", implied.as_str()))),
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }

        let mut logic = Logic {
            var: vec![0; questions.len()],
            question: Vec::new(),
            up: Vec::new(),
            down: Vec::new(),
            rules,
            outcomes: conditions,
            sizes: readings.iter().map(|reading| reading.choices.len()).collect(),
        };
        faults.extend(logic.not_applicable_faults(questions));
        logic.order(questions.len());
        faults.extend(logic.link(&direct, questions));
        if faults.is_empty() { Ok(logic) } else { Err(faults) }
    }

    /// Every combination of readings, in the order of [`Logic::combination`].
    pub fn combinations(&self) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new()];
        for size in &self.sizes {
            all = all
                .into_iter()
                .flat_map(|head: Vec<usize>| {
                    (0..*size).map(move |choice| head.iter().copied().chain([choice]).collect())
                })
                .collect();
        }
        all
    }

    /// The number of a combination of readings.
    pub fn combination(&self, chosen: &[usize]) -> usize {
        chosen
            .iter()
            .zip(&self.sizes)
            .fold(0, |number, (choice, size)| number * size + choice)
    }

    /// Numbers the variables: questions in the order in which the outcomes' conditions come to them, thresholds first,
    /// then exclusions, then circumstances. This keeps the diagrams small; nothing else depends on it.
    fn order(&mut self, questions: usize) {
        let mut seen = vec![false; questions];
        let mut order = Vec::new();
        for outcome in &self.outcomes {
            for part in outcome
                .thresholds
                .iter()
                .chain(&outcome.exclusions)
                .chain(&outcome.circumstances)
            {
                visit(&self.rules[part.clause], &mut |var| {
                    if !std::mem::replace(&mut seen[usize::from(var)], true) {
                        order.push(usize::from(var));
                    }
                });
            }
        }
        order.extend((0..questions).filter(|question| !seen[*question]));
        for (var, question) in order.iter().enumerate() {
            self.var[*question] = var as u8;
        }
        self.question = order;
        for rule in &mut self.rules {
            rename(rule, &self.var);
        }
    }

    /// Closes `implies` over chains. Two questions that imply each other are one question.
    fn link(&mut self, direct: &[Set], questions: &[Question]) -> Faults {
        let count = direct.len();
        let mut up = direct.to_vec();
        for _ in 0..count {
            for place in 0..count {
                up[place] |= (0..count)
                    .filter(|other| up[place] >> other & 1 == 1)
                    .fold(0, |set, other| set | up[other]);
            }
        }
        let mut faults = Faults::new();
        self.up = vec![0; count];
        self.down = vec![0; count];
        for place in 0..count {
            if up[place] >> place & 1 == 1 {
                faults.push((
                    At::Question(place),
                    "这个问题通过 implies 又推出自己。互相推出的问题请合成一个。".into(),
                ));
            }
            for other in (0..count).filter(|other| up[place] >> other & 1 == 1) {
                if questions[place].not_applicable.is_some() || questions[other].not_applicable.is_some() {
                    faults.push((
                        At::Question(place),
                        "允许“不适用”的问题不能出现在 implies 的任何一端。".into(),
                    ));
                }
                self.up[usize::from(self.var[place])] |= 1 << self.var[other];
                self.down[usize::from(self.var[other])] |= 1 << self.var[place];
            }
        }
        faults
    }

    /// 不适用 counts as met; that makes sense only where being met never works against the applicant.
    fn not_applicable_faults(&self, questions: &[Question]) -> Faults {
        let mut faults = Faults::new();
        for outcome in &self.outcomes {
            let parts = |list: &'static str, parts: &[Part], met: bool, faults: &mut Faults| {
                for part in parts {
                    visit_signed(&self.rules[part.clause], met, &mut |question, met| {
                        let question = usize::from(question);
                        if !met && questions[question].not_applicable.is_some() {
                            let fault =
                                format!("“不适用”按符合算，所以这个问题不能用在{list}里，也不能用在 not 下面。");
                            if !faults.contains(&(At::Question(question), fault.clone())) {
                                faults.push((At::Question(question), fault));
                            }
                        }
                    });
                }
            };
            parts("门槛", &outcome.thresholds, true, &mut faults);
            parts("情形", &outcome.circumstances, true, &mut faults);
            parts("排除条款", &outcome.exclusions, false, &mut faults);
        }
        faults
    }

    /// Whether the rule names no question twice, and none that is linked to another.
    pub fn is_read_once(&self, rule: &Rule) -> bool {
        let (mut seen, mut once): (Set, bool) = (0, true);
        visit(rule, &mut |var| {
            let linked = self.up[usize::from(var)] | self.down[usize::from(var)] != 0;
            once &= !linked && seen >> var & 1 == 0;
            seen |= 1 << var;
        });
        once
    }

    /// Whether the clause is a condition of any outcome, not only a part of other clauses.
    pub fn uses(&self, clause: usize) -> bool {
        let mut lists = self
            .outcomes
            .iter()
            .flat_map(|o| [&o.thresholds, &o.circumstances, &o.exclusions]);
        lists.any(|list| list.iter().any(|part| part.clause == clause))
    }

    /// The answers that can be: no yes without what it implies.
    pub fn can_be(&self, builder: &mut Builder) -> Result<Id, TooLarge> {
        let mut all = TRUE;
        for (var, implied) in self.up.iter().enumerate() {
            for other in (0..self.up.len()).filter(|other| implied >> other & 1 == 1) {
                let (from, to) = (builder.var(var as u8)?, builder.var(other as u8)?);
                let link = builder.ite(from, to, TRUE)?;
                all = builder.and(all, link)?;
            }
        }
        Ok(all)
    }

    /// Where the clause holds.
    pub fn clause(&self, builder: &mut Builder, clause: usize, chosen: &[usize]) -> Result<Id, TooLarge> {
        function(&self.rules[clause], builder, chosen)
    }

    /// Where the outcome's own conditions hold, whatever stands before it.
    /// `turned` is a clause taken for its opposite, to see whether it can decide anything.
    pub fn conditions(
        &self,
        builder: &mut Builder,
        outcome: usize,
        chosen: &[usize],
        turned: Option<usize>,
    ) -> Result<Id, TooLarge> {
        let clause = |builder: &mut Builder, part: &Part| {
            let holds = self.clause(builder, part.clause, chosen)?;
            if turned == Some(part.clause) {
                builder.not(holds)
            } else {
                Ok(holds)
            }
        };
        let Conditions {
            thresholds,
            circumstances,
            exclusions,
        } = &self.outcomes[outcome];
        let mut holds = if circumstances.is_empty() { TRUE } else { FALSE };
        for part in circumstances.iter().filter(|part| part.counts(chosen)) {
            let one = clause(builder, part)?;
            holds = builder.or(holds, one)?;
        }
        for part in exclusions.iter().filter(|part| part.counts(chosen)) {
            let bar = clause(builder, part)?;
            let free = builder.not(bar)?;
            holds = builder.and(holds, free)?;
        }
        for part in thresholds.iter().filter(|part| part.counts(chosen)) {
            let met = clause(builder, part)?;
            holds = builder.and(holds, met)?;
        }
        Ok(holds)
    }

    /// The outcome: the first claimed one whose conditions hold, else the closing one; [`VOID`] where answers cannot be.
    pub fn outcome(
        &self,
        builder: &mut Builder,
        chosen: &[usize],
        claimed: u32,
        turned: Option<usize>,
    ) -> Result<Id, TooLarge> {
        let mut outcome = self.outcomes.len() as Id;
        for place in (0..self.outcomes.len()).rev().filter(|place| claimed >> place & 1 == 1) {
            let holds = self.conditions(builder, place, chosen, turned)?;
            outcome = builder.ite(holds, place as Id, outcome)?;
        }
        let can_be = self.can_be(builder)?;
        builder.ite(can_be, outcome, VOID)
    }
}

/// Where names are looked up.
struct Names<'a> {
    questions: HashMap<&'a QuestionId, usize>,
    clauses: HashMap<&'a ClauseId, usize>,
    readings: HashMap<&'a ReadingId, usize>,
    all_clauses: &'a [Clause],
    all_readings: &'a [Reading],
}

impl Names<'_> {
    /// `within` are the clauses being written out, to notice one that refers to itself.
    fn rule(&self, expr: &Expr, within: &mut Vec<usize>) -> Result<Rule, String> {
        let parts = |parts: &[Expr], within: &mut Vec<usize>| {
            if parts.is_empty() {
                return Err("all 和 any 里至少要写一项。".to_owned());
            }
            parts
                .iter()
                .map(|part| self.rule(part, within))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(match expr {
            Expr::Question(id) => match self.questions.get(id) {
                Some(place) => Rule::Var(*place as u8),
                None => return Err(unknown("问题", id.as_str())),
            },
            Expr::All(list) => Rule::All(parts(list, within)?),
            Expr::Any(list) => Rule::Any(parts(list, within)?),
            Expr::Not(part) => Rule::Not(Box::new(self.rule(part, within)?)),
            Expr::Clause(id) => {
                let Some(place) = self.clauses.get(id) else {
                    return Err(unknown("条款", id.as_str()));
                };
                if within.contains(place) {
                    return Err(format!("条款“{id}”绕回到了自己。条款不能引用自己。"));
                }
                within.push(*place);
                let rule = self.rule(&self.all_clauses[*place].rule, within)?;
                within.pop();
                rule
            }
            Expr::Reading(under) => Rule::Choice(self.choices(under)?),
        })
    }

    fn part(&self, condition: &Condition) -> Result<Part, String> {
        let Some(clause) = self.clauses.get(&condition.clause) else {
            return Err(unknown("条款", condition.clause.as_str()));
        };
        let under = condition.under.as_ref().map(|under| self.choices(under)).transpose()?;
        Ok(Part { clause: *clause, under })
    }

    fn choices(&self, under: &Under) -> Result<Choices, String> {
        let Some(reading) = self.readings.get(&under.reading) else {
            return Err(unknown("读法", under.reading.as_str()));
        };
        let mut set = 0;
        for choice in &under.is {
            match self.all_readings[*reading]
                .choices
                .iter()
                .position(|known| known.id == *choice)
            {
                Some(place) => set |= 1 << place,
                None => return Err(format!("读法“{}”没有“{choice}”这个选项。", under.reading)),
            }
        }
        Ok(Choices { reading: *reading, set })
    }
}

fn unknown(what: &str, id: &str) -> String {
    format!("没有编号为“{id}”的{what}。请改正编号，或者补上它。")
}
