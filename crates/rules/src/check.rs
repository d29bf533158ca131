//! Whether a pack is sound: what no reader would notice, proved with the functions that `evaluate` uses.
//!
//! A pack that parses has names that resolve. Here: words that are in the notice, clauses that can decide, exclusions
//! that leave room, outcomes that do not contradict each other, examples that come out as they say and leave no clause
//! untried. Where something fails, a counter-example is printed.

use crate::diagram::{Builder, FALSE, Id, Known, TooLarge};
use crate::expr::Expr;
use crate::json::UNDETERMINED;
use crate::logic::{At, Logic};
use crate::model::{Example, Kind, Modal, Role};
use crate::{Pack, Problem};
use base::law::{ClauseId, OutcomeCode, Truth};
use std::collections::HashSet;

impl Pack {
    /// What makes the pack unsound, with counter-examples; empty for a sound one.
    pub fn check(&self) -> Vec<Problem> {
        let mut check = Check {
            pack: self,
            logic: &self.engine.logic,
            problems: Vec::new(),
        };
        check.texts();
        check.uses();
        if check.proofs().is_err() {
            check.problem(At::Pack, "规则太复杂，证明不过来。请把条款写得简单些。".into());
        }
        check.examples();
        check.problems
    }
}

struct Check<'a> {
    pack: &'a Pack,
    logic: &'a Logic,
    problems: Vec<Problem>,
}

/// A text without what only lays it out: spaces, line ends, heading marks.
fn words(text: &str) -> String {
    text.lines()
        .map(|line| line.trim_start_matches('#'))
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .collect()
}

impl Check<'_> {
    fn problem(&mut self, at: At, message: String) {
        self.problems.push(self.pack.places.problem(at, message));
    }

    /// The clauses' words stand in the notice; nothing a page shows is empty.
    fn texts(&mut self) {
        let notice = words(&self.pack.notice);
        for (place, clause) in self.pack.clauses.iter().enumerate() {
            let text = words(&clause.text);
            if text.is_empty() || !notice.contains(&text) {
                let message = format!(
                    "{} 的条文在 notice.md 里找不到。请照原文一字不差地抄。",
                    clause.citation
                );
                self.problem(At::Clause(place), message);
            }
            let unfinished = clause.plain.is_empty() || (clause.group.is_some() && clause.example.is_empty());
            if unfinished {
                let message = format!("{} 缺少通俗解释；放进分组的条款还要有例子。", clause.citation);
                self.problem(At::Clause(place), message);
            }
        }
        if !notice.contains(&words(&self.pack.validity.text)) {
            self.problem(At::Pack, "有效期的条文在 notice.md 里找不到。".into());
        }
        for (place, question) in self.pack.questions.iter().enumerate() {
            if question.investigator.is_empty() || question.applicant.is_empty() {
                self.problem(
                    At::Question(place),
                    format!("问题“{}”缺少问调查人或者问申请人的说法。", question.id),
                );
            }
        }
    }

    /// Clauses, questions and readings that nothing uses.
    fn uses(&mut self) {
        let mut used = HashSet::new();
        for outcome in &self.pack.outcomes {
            let conditions = outcome
                .thresholds
                .iter()
                .chain(&outcome.circumstances)
                .chain(&outcome.exclusions);
            for condition in conditions {
                self.reach(&condition.clause, &mut used);
            }
        }
        for (place, clause) in self.pack.clauses.iter().enumerate() {
            if !used.contains(&clause.id) {
                self.problem(At::Clause(place), format!("{} 没有用在任何结果里。", clause.citation));
            }
        }
        for (place, question) in self.pack.questions.iter().enumerate() {
            if question.clauses.is_empty() {
                self.problem(
                    At::Question(place),
                    format!("问题“{}”没有用在任何条款里。", question.id),
                );
            }
        }
    }

    fn reach(&self, clause: &ClauseId, used: &mut HashSet<ClauseId>) {
        if used.insert(clause.clone())
            && let Some(clause) = self.pack.clause(clause)
        {
            self.reach_in(&clause.rule, used);
        }
    }

    fn reach_in(&self, rule: &Expr, used: &mut HashSet<ClauseId>) {
        match rule {
            Expr::Clause(clause) => self.reach(clause, used),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| self.reach_in(part, used)),
            Expr::Not(part) => self.reach_in(part, used),
            Expr::Question(_) | Expr::Reading(_) => {}
        }
    }

    fn proofs(&mut self) -> Result<(), TooLarge> {
        let mut builder = Builder::default();
        let can_be = self.logic.can_be(&mut builder)?;
        self.catch_alls(&mut builder, can_be)?;
        self.deciding(&mut builder, can_be)?;
        self.swallowing(&mut builder, can_be)?;
        self.contradicting(&mut builder, can_be)
    }

    /// A clause that refers to provisions elsewhere holds only with a citation.
    fn catch_alls(&mut self, builder: &mut Builder, can_be: Id) -> Result<(), TooLarge> {
        for (place, clause) in self
            .pack
            .clauses
            .iter()
            .enumerate()
            .filter(|(_, clause)| clause.catch_all)
        {
            let mut cited = FALSE;
            for (place, _) in self
                .pack
                .questions
                .iter()
                .enumerate()
                .filter(|(_, q)| q.kind == Kind::Citation)
            {
                let yes = builder.var(self.logic.var[place])?;
                cited = builder.or(cited, yes)?;
            }
            for chosen in self.logic.combinations() {
                let holds = self.logic.clause(builder, place, &chosen)?;
                let holds = builder.and(holds, can_be)?;
                let without = builder.ite(cited, FALSE, holds)?;
                if let Some(known) = builder.witness(without) {
                    let message = format!(
                        "{} 是兜底条款，要有一个 kind = \"citation\" 的问题，不引用规定就不能成立。反例：{}。",
                        clause.citation,
                        self.case(&known)
                    );
                    self.problem(At::Clause(place), message);
                    break;
                }
            }
        }
        Ok(())
    }

    /// A clause can hold and can fail; and there are findings under which it alone makes the outcome what it is: a
    /// threshold by failing, a circumstance or an exclusion by holding.
    fn deciding(&mut self, builder: &mut Builder, can_be: Id) -> Result<(), TooLarge> {
        for place in 0..self.logic.rules.len() {
            let clause = &self.pack.clauses[place];
            let (mut holds_once, mut fails_once) = (false, false);
            let mut decides = !self.logic.uses(place);
            for chosen in self.logic.combinations() {
                let holds = self.logic.clause(builder, place, &chosen)?;
                let fails = builder.ite(holds, FALSE, can_be)?;
                let holds = builder.and(holds, can_be)?;
                holds_once |= holds != FALSE;
                fails_once |= fails != FALSE;
                let telling = if clause.role == Role::Threshold { fails } else { holds };
                for claimed in (0..1 << self.logic.outcomes.len()).rev() {
                    if !decides {
                        let outcome = self.logic.outcome(builder, &chosen, claimed, None)?;
                        let turned = self.logic.outcome(builder, &chosen, claimed, Some(place))?;
                        let differ = builder.differ(outcome, turned)?;
                        decides = builder.and(differ, telling)? != FALSE;
                    }
                }
            }
            let citation = &clause.citation;
            let message = match (holds_once, fails_once, decides) {
                (false, _, _) => format!("{citation} 怎么查都不会成立。请检查它的规则。"),
                (_, false, _) => format!("{citation} 怎么查都成立。请检查它的规则。"),
                (_, _, false) => format!("{citation} 成立不成立，结果都一样。请检查它的规则和别的条款。"),
                _ => continue,
            };
            self.problem(At::Clause(place), message);
        }
        Ok(())
    }

    /// No exclusion holds whenever a circumstance of the same outcome does.
    fn swallowing(&mut self, builder: &mut Builder, can_be: Id) -> Result<(), TooLarge> {
        for chosen in self.logic.combinations() {
            for (outcome, conditions) in self.logic.outcomes.iter().enumerate() {
                for circumstance in conditions.circumstances.iter().filter(|part| part.counts(&chosen)) {
                    let holds = self.logic.clause(builder, circumstance.clause, &chosen)?;
                    let holds = builder.and(holds, can_be)?;
                    for exclusion in conditions.exclusions.iter().filter(|part| part.counts(&chosen)) {
                        let bars = self.logic.clause(builder, exclusion.clause, &chosen)?;
                        let free = builder.ite(bars, FALSE, holds)?;
                        let Some(known) = builder.witness(holds).filter(|_| free == FALSE) else {
                            continue;
                        };
                        let message = format!(
                            "{} 吞掉了 {}：{}成立时它总是成立，“{}”就不会因为它成立。反例：{}。",
                            self.pack.clauses[exclusion.clause].citation,
                            self.pack.clauses[circumstance.clause].citation,
                            self.pack.clauses[circumstance.clause].citation,
                            self.pack.outcomes[outcome].code,
                            self.case(&known),
                        );
                        let problem = self.pack.places.problem(At::Clause(exclusion.clause), message);
                        if !self.problems.contains(&problem) {
                            self.problems.push(problem);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// No two outcomes that shall follow (应当) have their conditions met at once.
    fn contradicting(&mut self, builder: &mut Builder, can_be: Id) -> Result<(), TooLarge> {
        let shall: Vec<usize> = (0..self.logic.outcomes.len())
            .filter(|place| self.pack.outcomes[*place].modal == Modal::Shall)
            .collect();
        for (count, second) in shall.iter().enumerate() {
            for first in &shall[..count] {
                for chosen in self.logic.combinations() {
                    let one = self.logic.conditions(builder, *first, &chosen, None)?;
                    let other = self.logic.conditions(builder, *second, &chosen, None)?;
                    let both = builder.and(one, other)?;
                    let both = builder.and(both, can_be)?;
                    if let Some(known) = builder.witness(both) {
                        let message = format!(
                            "“{}”和“{}”都写“应当”，却会同时成立。反例：{}。请让其中一个排除另一个，或者写成“可以”。",
                            self.pack.outcomes[*first].code,
                            self.pack.outcomes[*second].code,
                            self.case(&known),
                        );
                        self.problem(At::Outcome(*second), message);
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// Findings in words: what must be yes, what must be no.
    fn case(&self, known: &Known) -> String {
        let ids = |set: u128| {
            let vars = self.pack.questions.iter().zip(&self.logic.var);
            let ids = vars
                .filter(|(_, var)| set >> **var & 1 == 1)
                .map(|(question, _)| question.id.as_str());
            ids.collect::<Vec<_>>().join("、")
        };
        match (ids(known.yes), ids(known.no)) {
            (yes, no) if yes.is_empty() && no.is_empty() => "什么都没有查明时也是".into(),
            (yes, no) if no.is_empty() => format!("{yes} 为是"),
            (yes, no) if yes.is_empty() => format!("{no} 为否"),
            (yes, no) => format!("{yes} 为是，{no} 为否"),
        }
    }

    /// The examples come out as they say, reach every outcome, and try every clause both ways.
    fn examples(&mut self) {
        let mut outcomes: HashSet<OutcomeCode> = HashSet::new();
        let mut values: HashSet<(ClauseId, Truth)> = HashSet::new();
        for example in &self.pack.examples {
            let claim = example.claim.as_deref();
            let faults = match self.pack.evaluate(&example.findings, &example.readings, claim) {
                Ok(assessment) => {
                    outcomes.extend(assessment.outcome.clone());
                    values.extend(
                        assessment
                            .clauses
                            .iter()
                            .map(|clause| (clause.id.clone(), clause.value)),
                    );
                    differences(example, &assessment)
                }
                Err(refusal) => vec![refusal.to_string()],
            };
            for fault in faults {
                let message = format!("例子“{}”：{fault}", example.name);
                self.problems.push(Problem {
                    file: example.file.clone(),
                    line: Some(example.line),
                    message,
                });
            }
        }
        for (place, outcome) in self.pack.outcomes.iter().enumerate() {
            if !outcomes.contains(&outcome.code) {
                self.problem(
                    At::Outcome(place),
                    format!("cases/ 里没有得出“{}”的例子。", outcome.code),
                );
            }
        }
        for (place, clause) in self.pack.clauses.iter().enumerate() {
            for (value, word) in [(Truth::Yes, "成立"), (Truth::No, "不成立")] {
                if !values.contains(&(clause.id.clone(), value)) {
                    self.problem(
                        At::Clause(place),
                        format!("cases/ 里没有 {} {word}的例子。", clause.citation),
                    );
                }
            }
        }
    }
}

/// Where an assessment is not what the example expects.
fn differences(example: &Example, got: &base::law::Assessment) -> Vec<String> {
    let expect = &example.expect;
    let mut faults = Vec::new();
    let mut compare = |what: &str, expected: String, got: String| {
        if expected != got {
            faults.push(format!("{what}应当是 {expected}，算出来是 {got}。"));
        }
    };
    let outcome = got.outcome.as_ref().map_or(UNDETERMINED, |code| code.as_str());
    compare("结果", expect.outcome.to_string(), outcome.into());
    if let Some(possible) = &expect.possible {
        compare("可能的结果", list(possible), list(&got.possible));
    }
    if let Some(relevant) = &expect.relevant {
        compare("会改变结果的问题", list(relevant), list(&got.relevant));
    }
    if let Some(ask_next) = &expect.ask_next {
        compare("接下来问的问题", list(ask_next), list(&got.ask_next));
    }
    if let Some(readings) = &expect.depends_on {
        let hangs: Vec<_> = got
            .depends_on_readings
            .iter()
            .map(|reading| reading.id.clone())
            .collect();
        compare("取决于的读法", list(readings), list(&hangs));
    }
    for (clause, value) in &expect.clauses {
        match got.clauses.iter().find(|known| known.id == *clause) {
            Some(known) => compare(
                &format!("条款 {clause} "),
                word(*value).into(),
                word(known.value).into(),
            ),
            None => compare("条款", clause.to_string(), "没有这个条款".into()),
        }
    }
    faults
}

fn list<T: ToString>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    if items.is_empty() {
        "没有".into()
    } else {
        items.join("、")
    }
}

/// A clause's value in a word.
pub(crate) fn word(value: Truth) -> &'static str {
    match value {
        Truth::Yes => "成立",
        Truth::No => "不成立",
        Truth::Unknown => "未查明",
    }
}
