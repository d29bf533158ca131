//! What follows from findings: outcome, possible outcomes, clause values, relevant questions, what to ask next, and
//! the readings the outcome hangs on.
//!
//! Everything is exact over the completions of the open answers: when a pack is loaded each outcome function, one per
//! combination of readings and claim, becomes a decision diagram ([`crate::diagram`]); an evaluation is some passes over
//! it. Semantics 1: 不适用 counts as met; the first claimed outcome whose conditions hold is the outcome; answers that
//! `implies` rules out are no completions.

use crate::diagram::{Builder, Diagram, Forcing, Id, Known, Room, Set, State, TooLarge, VOID};
use crate::logic::{Logic, MAX_CHOICES};
use crate::model::{Effect, Outcome, Question};
use crate::rule::{Rule, visit};
use crate::{Pack, RulesError};
use base::law::{Answer, Answers, Assessment, OutcomeCode, QuestionId, ReadingChoices, ReadingDependence, SEMANTICS};
use std::collections::HashMap;

/// The pack's functions, ready to evaluate.
#[derive(Debug)]
pub(crate) struct Engine {
    pub logic: Logic,
    /// Questions in the order of their ids, to meet findings, which come in that order.
    by_id: Vec<usize>,
    defaults: Vec<usize>,
    /// What an absent claim allows.
    unclaimed: u32,
    /// Variables that imply others, and variables that are implied.
    implying: Set,
    implied: Set,
    /// By clause, the questions its value may rest on, in pack order.
    pub behind: Vec<Vec<usize>>,
    /// By combination of readings and claim, which of the functions it is: many combinations share one.
    combinations: Vec<usize>,
    functions: Vec<Function>,
    /// By combination of readings, then clause; none where Kleene's tables are exact.
    pub clauses: Vec<Vec<Option<Diagram>>>,
}

/// The outcome as a function of the answers.
#[derive(Debug)]
struct Function {
    outcome: Diagram,
    /// For each outcome: where it, and nothing else, follows.
    forced: Vec<Forcing>,
}

impl Function {
    fn new(builder: &mut Builder, outcome: Id, outcomes: usize) -> Result<Function, TooLarge> {
        let mut forced = Vec::new();
        for leaf in 0..outcomes {
            let is = builder.is(outcome, 1 << leaf | 1 << VOID)?;
            forced.push(builder.forcing(is)?);
        }
        Ok(Function {
            outcome: builder.diagram(outcome),
            forced,
        })
    }
}

impl Engine {
    pub fn new(
        logic: Logic,
        outcomes: &[Outcome],
        questions: &[Question],
        defaults: Vec<usize>,
    ) -> Result<Engine, TooLarge> {
        let mut builder = Builder::default();
        let can_be = logic.can_be(&mut builder)?;
        let (mut functions, mut combinations, mut clauses) = (Vec::new(), Vec::new(), Vec::new());
        let mut known = HashMap::new();
        for chosen in logic.combinations() {
            for claimed in 0..1u32 << logic.outcomes.len() {
                let outcome = logic.outcome(&mut builder, &chosen, claimed, None)?;
                let place = match known.get(&outcome) {
                    Some(place) => *place,
                    None => {
                        functions.push(Function::new(&mut builder, outcome, outcomes.len())?);
                        known.insert(outcome, functions.len() - 1);
                        functions.len() - 1
                    }
                };
                combinations.push(place);
            }
            let mut values = Vec::new();
            for (clause, rule) in logic.rules.iter().enumerate() {
                if logic.is_read_once(rule) {
                    values.push(None);
                    continue;
                }
                let value = logic.clause(&mut builder, clause, &chosen)?;
                let value = builder.ite(can_be, value, VOID)?;
                values.push(Some(builder.diagram(value)));
            }
            clauses.push(values);
        }
        let mut by_id: Vec<usize> = (0..questions.len()).collect();
        by_id.sort_by(|a, b| questions[*a].id.cmp(&questions[*b].id));
        let unclaimed = outcomes.iter().take(logic.outcomes.len()).enumerate();
        let unclaimed = unclaimed
            .filter(|(_, outcome)| !outcome.only_if_claimed)
            .fold(0, |set, (place, _)| set | 1 << place);
        let set_of = |links: &[Set]| {
            (0..links.len())
                .filter(|var| links[*var] != 0)
                .fold(0, |set, var| set | 1 << var)
        };
        let behind = |rule: &Rule| {
            let mut own = 0;
            visit(rule, &mut |var| own |= 1 << var);
            let linked = members(own).fold(own, |set, var| {
                set | logic.up[usize::from(var)] | logic.down[usize::from(var)]
            });
            let places = 0..questions.len();
            places.filter(|place| linked >> logic.var[*place] & 1 == 1).collect()
        };
        Ok(Engine {
            by_id,
            defaults,
            unclaimed,
            implying: set_of(&logic.up),
            implied: set_of(&logic.down),
            behind: logic.rules.iter().map(behind).collect(),
            combinations,
            functions,
            clauses,
            logic,
        })
    }

    /// Which function the outcome is under these readings and this claim.
    fn function(&self, chosen: &[usize], claimed: u32) -> usize {
        self.combinations[(self.logic.combination(chosen) << self.logic.outcomes.len()) + claimed as usize]
    }

    /// Adds what the answers imply; `Err` names a yes and the no it contradicts.
    fn close(&self, known: Known) -> Result<Known, (u8, u8)> {
        let mut closed = known;
        for var in members(known.yes & self.implying) {
            let up = self.logic.up[usize::from(var)];
            if up & known.no != 0 {
                return Err((var, (up & known.no).trailing_zeros() as u8));
            }
            closed.yes |= up;
        }
        for var in members(known.no & self.implied) {
            closed.no |= self.logic.down[usize::from(var)];
        }
        Ok(closed)
    }

    /// The fewest relevant questions some answers to which settle the outcome, as (variable, answer).
    fn ask(&self, function: &Function, known: &Known, relevant: Set, possible: u32, room: &mut Room) -> Vec<u8> {
        let mut best: Option<Known> = None;
        let state = State::of(known);
        // The closing outcome first: one answer often forces it, and then nothing can be fewer.
        for (_, forced) in function
            .forced
            .iter()
            .enumerate()
            .rev()
            .filter(|(leaf, _)| possible >> leaf & 1 == 1)
        {
            if best.as_ref().is_none_or(|best| best.len() > 1) {
                self.fewest(forced, known, &state, (relevant, relevant), room, &mut best);
            }
        }
        let chosen = best.unwrap_or_default();
        members(chosen.yes | chosen.no).collect()
    }

    /// Improves `best` by the fewest answers that force the function. Answers that contradict each other force
    /// everything and mean nothing: where they are the fewest, one of the two is forbidden, then the other.
    fn fewest(
        &self,
        forced: &Forcing,
        known: &Known,
        state: &State,
        (yes, no): (Set, Set),
        room: &mut Room,
        best: &mut Option<Known>,
    ) {
        let Some(chosen) = forced.fewest(state, yes, no, room) else {
            return;
        };
        if best.as_ref().is_some_and(|best| best.len() <= chosen.len()) {
            return;
        }
        let together = Known {
            yes: known.yes | chosen.yes,
            no: known.no | chosen.no,
        };
        match self.close(together) {
            Ok(_) => *best = Some(chosen),
            Err((a, b)) => {
                self.fewest(forced, known, state, (yes & !(1 << a), no), room, best);
                self.fewest(forced, known, state, (yes, no & !(1 << b)), room, best);
            }
        }
    }
}

/// The members of a set, smallest first.
pub(crate) fn members(set: Set) -> impl Iterator<Item = u8> {
    let mut left = set;
    std::iter::from_fn(move || {
        let member = (left != 0).then(|| left.trailing_zeros() as u8)?;
        left &= left - 1;
        Some(member)
    })
}

/// What was handed in, in numbers.
struct Input {
    /// As answered.
    answered: Known,
    /// With what the answers imply.
    known: Known,
    chosen: Vec<usize>,
    claimed: u32,
}

impl Pack {
    fn input(
        &self,
        answers: &Answers,
        readings: &ReadingChoices,
        claim: Option<&[OutcomeCode]>,
    ) -> Result<Input, RulesError> {
        let engine = &self.engine;
        let mut answered = Known::default();
        let mut places = engine.by_id.iter().copied();
        for (id, answer) in answers {
            let place = places.by_ref().find(|place| self.questions[*place].id >= *id);
            let question = place.filter(|place| self.questions[*place].id == *id);
            let Some(place) = question else {
                return Err(RulesError::UnknownQuestion(id.clone()));
            };
            let bit = 1 << engine.logic.var[place];
            match answer {
                Answer::Yes => answered.yes |= bit,
                Answer::No => answered.no |= bit,
                Answer::Unknown => {}
                Answer::NotApplicable if self.questions[place].not_applicable.is_some() => answered.yes |= bit,
                Answer::NotApplicable => return Err(RulesError::NotApplicableRefused(id.clone())),
            }
        }
        let mut chosen = engine.defaults.clone();
        for (id, choice) in readings {
            let Some(place) = self.readings.iter().position(|reading| reading.id == *id) else {
                return Err(RulesError::UnknownReading(id.clone()));
            };
            let Some(choice_place) = self.readings[place]
                .choices
                .iter()
                .position(|known| known.id == *choice)
            else {
                return Err(RulesError::UnknownChoice(id.clone(), choice.clone()));
            };
            chosen[place] = choice_place;
        }
        let mut claimed = engine.unclaimed;
        if let Some(claim) = claim {
            claimed = 0;
            for code in claim {
                match self.outcomes.iter().position(|outcome| outcome.code == *code) {
                    Some(place) => claimed |= 1 << place,
                    None => return Err(RulesError::UnknownOutcome(code.clone())),
                }
            }
            if claim.is_empty() {
                return Err(RulesError::EmptyClaim);
            }
            // The closing outcome needs no claim.
            claimed &= (1 << engine.logic.outcomes.len()) - 1;
        }
        let known = engine
            .close(answered)
            .map_err(|(yes, no)| self.contradiction(yes, no))?;
        Ok(Input {
            answered,
            known,
            chosen,
            claimed,
        })
    }

    fn contradiction(&self, yes: u8, no: u8) -> RulesError {
        RulesError::Contradiction(self.id_of(yes), self.id_of(no))
    }

    fn id_of(&self, var: u8) -> QuestionId {
        self.questions[self.engine.logic.question[usize::from(var)]].id.clone()
    }

    /// What follows from the findings: see design.md §4. A missing question is unknown, a missing reading its default;
    /// without a claim every outcome is considered except those that must be asked for.
    ///
    /// # Errors
    /// Findings, readings or a claim that do not belong to the pack, or findings that contradict each other.
    pub fn evaluate(
        &self,
        answers: &Answers,
        readings: &ReadingChoices,
        claim: Option<&[OutcomeCode]>,
    ) -> Result<Assessment, RulesError> {
        let Input {
            answered,
            known,
            chosen,
            claimed,
        } = self.input(answers, readings, claim)?;
        let engine = &self.engine;
        let function = &engine.functions[engine.function(&chosen, claimed)];
        let mut room = Room::default();
        let state = State::of(&known);
        let reached = function.outcome.reach(&state, &mut room);
        let settled = reached.count_ones() == 1;
        let relevant = if settled {
            0
        } else {
            function.outcome.relevant(&state, &mut room)
        };
        let ask = if settled {
            Vec::new()
        } else {
            engine.ask(function, &known, relevant, reached, &mut room)
        };
        Ok(Assessment {
            outcome: self.only(reached),
            possible: self.codes(reached),
            clauses: self.clause_values(&answered, &known, &state, &chosen, &mut room),
            relevant: self.ids(relevant),
            ask_next: self.by_decision(ask, function, &known, &mut room),
            depends_on_readings: self.dependences(&state, &chosen, claimed, reached, &mut room),
            policy: self.reference(),
            semantics: SEMANTICS,
        })
    }

    /// The outcomes still possible if `question` were answered yes, and if it were answered no; an answer that the
    /// other findings rule out is left out. The question's own finding, if there is one, is set aside.
    ///
    /// # Errors
    /// As [`Pack::evaluate`].
    pub fn effect_of(
        &self,
        question: &QuestionId,
        answers: &Answers,
        readings: &ReadingChoices,
        claim: Option<&[OutcomeCode]>,
    ) -> Result<Vec<Effect>, RulesError> {
        let Some(place) = self.questions.iter().position(|known| known.id == *question) else {
            return Err(RulesError::UnknownQuestion(question.clone()));
        };
        let Input {
            answered,
            chosen,
            claimed,
            ..
        } = self.input(answers, readings, claim)?;
        let function = &self.engine.functions[self.engine.function(&chosen, claimed)];
        let bit = 1 << self.engine.logic.var[place];
        let others = Known {
            yes: answered.yes & !bit,
            no: answered.no & !bit,
        };
        let mut room = Room::default();
        let mut effects = Vec::new();
        for (answer, known) in [
            (
                Answer::Yes,
                Known {
                    yes: others.yes | bit,
                    ..others
                },
            ),
            (
                Answer::No,
                Known {
                    no: others.no | bit,
                    ..others
                },
            ),
        ] {
            if let Ok(known) = self.engine.close(known) {
                effects.push(Effect {
                    answer,
                    possible: self.codes(function.outcome.reach(&State::of(&known), &mut room)),
                });
            }
        }
        Ok(effects)
    }

    fn only(&self, reached: u32) -> Option<OutcomeCode> {
        (reached.count_ones() == 1).then(|| self.outcomes[reached.trailing_zeros() as usize].code.clone())
    }

    fn codes(&self, reached: u32) -> Vec<OutcomeCode> {
        let reached = self
            .outcomes
            .iter()
            .enumerate()
            .filter(|(place, _)| reached >> place & 1 == 1);
        reached.map(|(_, outcome)| outcome.code.clone()).collect()
    }

    /// The questions answered yes whenever the one at `place` is, chains included.
    pub(crate) fn implied_by(&self, place: usize) -> Vec<QuestionId> {
        self.ids(self.engine.logic.up[usize::from(self.engine.logic.var[place])])
    }

    /// The questions of a set of variables, in pack order.
    fn ids(&self, set: Set) -> Vec<QuestionId> {
        let mut ids = Vec::with_capacity(set.count_ones() as usize);
        let vars = self.questions.iter().zip(&self.engine.logic.var);
        ids.extend(
            vars.filter(|(_, var)| set >> **var & 1 == 1)
                .map(|(question, _)| question.id.clone()),
        );
        ids
    }

    /// Most decisive first: the fewer outcomes its answers leave, the more decisive a question; then pack order.
    fn by_decision(&self, ask: Vec<u8>, function: &Function, known: &Known, room: &mut Room) -> Vec<QuestionId> {
        if ask.len() < 2 {
            return ask.into_iter().map(|var| self.id_of(var)).collect();
        }
        let mut left = |known: Known| match self.engine.close(known) {
            Ok(known) => function.outcome.reach(&State::of(&known), room).count_ones(),
            Err(_) => 0,
        };
        let mut ranked: Vec<(u32, usize)> = Vec::with_capacity(ask.len());
        for var in ask {
            let yes = left(Known {
                yes: known.yes | 1 << var,
                no: known.no,
            });
            let no = left(Known {
                yes: known.yes,
                no: known.no | 1 << var,
            });
            ranked.push((yes + no, self.engine.logic.question[usize::from(var)]));
        }
        ranked.sort_unstable();
        ranked
            .into_iter()
            .map(|(_, place)| self.questions[place].id.clone())
            .collect()
    }

    fn dependences(
        &self,
        state: &State,
        chosen: &[usize],
        claimed: u32,
        reached: u32,
        room: &mut Room,
    ) -> Vec<ReadingDependence> {
        // Undetermined is one result, whatever is still possible.
        let result = |reached: u32| if reached.count_ones() == 1 { reached } else { 0 };
        let same = self.engine.function(chosen, claimed);
        let mut found = Vec::new();
        let mut other = chosen.to_vec();
        for (place, reading) in self.readings.iter().enumerate() {
            let mut results = [result(reached); MAX_CHOICES];
            for choice in (0..reading.choices.len()).filter(|choice| *choice != chosen[place]) {
                other[place] = choice;
                let function = self.engine.function(&other, claimed);
                if function != same {
                    results[choice] = result(self.engine.functions[function].outcome.reach(state, room));
                }
            }
            other[place] = chosen[place];
            if results.iter().any(|one| *one != results[chosen[place]]) {
                let results = reading.choices.iter().zip(results);
                found.push(ReadingDependence {
                    id: reading.id.clone(),
                    results: results
                        .map(|(choice, result)| (choice.id.clone(), self.only(result)))
                        .collect(),
                });
            }
        }
        found
    }
}
