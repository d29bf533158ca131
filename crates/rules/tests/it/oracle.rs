//! The evaluator against brute force: every completion of the open answers, over small random packs.
//!
//! The oracle computes the outcome of a full set of answers straight from the pack's text, and everything else from
//! its definition.

use base::law::{Answer, Answers, OutcomeCode, QuestionId, ReadingChoices, Truth};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rules::{Expr, Pack, Problem, RulesError};
use std::collections::{BTreeMap, BTreeSet};

const QUESTIONS: usize = 7;

fn id(question: usize) -> String {
    format!("q{question}")
}

/// A rule over questions, without names: what a random pack is made of.
#[derive(Clone, Debug)]
enum Rule {
    Question(usize),
    Reading(usize),
    All(Vec<Rule>),
    Any(Vec<Rule>),
    Not(Box<Rule>),
}

impl Rule {
    fn toml(&self) -> String {
        let list = |parts: &[Rule]| parts.iter().map(Rule::toml).collect::<Vec<_>>().join(", ");
        match self {
            Rule::Question(question) => format!("\"{}\"", id(*question)),
            Rule::Reading(choice) => format!("{{ reading = \"R1\", is = [\"c{choice}\"] }}"),
            Rule::All(parts) => format!("{{ all = [{}] }}", list(parts)),
            Rule::Any(parts) => format!("{{ any = [{}] }}", list(parts)),
            Rule::Not(part) => format!("{{ not = {} }}", part.toml()),
        }
    }
}

/// Exactly one of the two: nothing less than both answers settles it.
fn either(a: Rule, b: Rule) -> Rule {
    let not = |rule: &Rule| Rule::Not(Box::new(rule.clone()));
    let one = Rule::All(vec![a.clone(), not(&b)]);
    let other = Rule::All(vec![not(&a), b]);
    Rule::Any(vec![one, other])
}

fn rule() -> impl Strategy<Value = Rule> {
    let leaf = prop_oneof![8 => (0..QUESTIONS).prop_map(Rule::Question), 1 => (0..2usize).prop_map(Rule::Reading)];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Rule::All),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Rule::Any),
            inner.clone().prop_map(|part| Rule::Not(Box::new(part))),
            (inner.clone(), inner).prop_map(|(a, b)| either(a, b)),
        ]
    })
}

/// For each outcome but the last: thresholds, circumstances and exclusions by clause, and whether it must be claimed.
type RandomOutcome = (Vec<usize>, Vec<usize>, Vec<usize>, bool);

#[derive(Clone, Debug)]
struct Random {
    clauses: Vec<Rule>,
    outcomes: Vec<RandomOutcome>,
    implies: Vec<(usize, usize)>,
}

fn random() -> impl Strategy<Value = Random> {
    let clauses = prop::collection::vec(rule(), 2..5);
    let some = || prop::collection::vec(0..100usize, 0..3);
    let outcome = (
        prop::collection::vec(0..100usize, 1..3),
        some(),
        some(),
        prop::bool::weighted(0.3),
    );
    // Links run from smaller to larger questions only, so that none runs in a circle.
    let link = (0..QUESTIONS - 1, 1..QUESTIONS).prop_map(|(from, by)| (from, (from + by).min(QUESTIONS - 1)));
    (
        clauses,
        prop::collection::vec(outcome, 1..3),
        prop::collection::vec(link, 0..3),
    )
        .prop_map(|(clauses, mut outcomes, implies)| {
            for (thresholds, circumstances, exclusions, _) in &mut outcomes {
                for list in [thresholds, circumstances, exclusions] {
                    list.iter_mut().for_each(|clause| *clause %= clauses.len());
                }
            }
            Random {
                clauses,
                outcomes,
                implies,
            }
        })
}

impl Random {
    fn pack(&self) -> Result<Pack, Vec<Problem>> {
        let ids = |clauses: &[usize]| {
            clauses
                .iter()
                .map(|clause| format!("\"c{clause}\""))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut pack = String::from("id = \"t/t\"\ntitle = \"t\"\nnumber = \"t\"\nissuers = []\n");
        for (place, (thresholds, circumstances, exclusions, asked)) in self.outcomes.iter().enumerate() {
            pack += &format!(
                "[[outcomes]]\ncode = \"o{place}\"\ntext = \"t\"\nmodal = \"may\"\nonly_if_claimed = {asked}\n\
                 thresholds = [{}]\ncircumstances = [{}]\nexclusions = [{}]\n",
                ids(thresholds),
                ids(circumstances),
                ids(exclusions)
            );
        }
        pack += "[[outcomes]]\ncode = \"last\"\ntext = \"t\"\nmodal = \"may\"\notherwise = true\n\
                 [[readings]]\nid = \"R1\"\nquestion = \"t\"\ncitation = \"t\"\ndefault = \"c0\"\nreason = \"t\"\n\
                 choices = [{ id = \"c0\", text = \"t\" }, { id = \"c1\", text = \"t\" }]\n\
                 [validity]\nyields_to = []\ntext = \"t\"\nrules = []\n";
        let mut clauses = String::new();
        for (place, rule) in self.clauses.iter().enumerate() {
            clauses += &format!(
                "[[clause]]\nid = \"c{place}\"\ncitation = \"c{place}\"\ntext = \"t\"\nplain = \"t\"\nrule = {}\n",
                rule.toml()
            );
        }
        for question in 0..QUESTIONS {
            let implies: BTreeSet<String> = self
                .implies
                .iter()
                .filter(|(from, _)| *from == question)
                .map(|(_, to)| format!("\"{}\"", id(*to)))
                .collect();
            let implies = implies.into_iter().collect::<Vec<_>>().join(", ");
            clauses += &format!(
                "[[clause.question]]\nid = \"{}\"\ninvestigator = \"t\"\napplicant = \"t\"\nimplies = [{implies}]\n",
                id(question)
            );
        }
        let procedure = crate::packs::small_procedure();
        Pack::parse(&[
            ("pack.toml", pack.as_bytes()),
            ("clauses/1.toml", clauses.as_bytes()),
            ("procedure.toml", procedure.as_bytes()),
            ("notice.md", b"t"),
        ])
    }
}

/// One bit per question.
type Full = u32;

struct Oracle<'a> {
    pack: &'a Pack,
    choice: usize,
    claim: Option<&'a [OutcomeCode]>,
}

impl<'a> Oracle<'a> {
    fn holds(&self, rule: &Expr, full: Full) -> bool {
        match rule {
            Expr::Question(question) => full >> self.place(question) & 1 == 1,
            Expr::All(parts) => parts.iter().all(|part| self.holds(part, full)),
            Expr::Any(parts) => parts.iter().any(|part| self.holds(part, full)),
            Expr::Not(part) => !self.holds(part, full),
            Expr::Clause(clause) => self.holds(&self.pack.clause(clause).unwrap().rule, full),
            Expr::Reading(under) => under
                .is
                .iter()
                .any(|choice| choice.as_str() == format!("c{}", self.choice)),
        }
    }

    fn place(&self, question: &QuestionId) -> usize {
        self.pack
            .questions
            .iter()
            .position(|known| known.id == *question)
            .unwrap()
    }

    fn can_be(&self, full: Full) -> bool {
        self.pack.questions.iter().enumerate().all(|(place, question)| {
            full >> place & 1 == 0
                || question
                    .implies
                    .iter()
                    .all(|implied| full >> self.place(implied) & 1 == 1)
        })
    }

    fn outcome(&self, full: Full) -> &'a OutcomeCode {
        let clause =
            |condition: &rules::Condition| self.holds(&self.pack.clause(&condition.clause).unwrap().rule, full);
        let first = self.pack.outcomes.iter().find(|outcome| {
            let claimed = match self.claim {
                Some(claim) => claim.contains(&outcome.code),
                None => !outcome.only_if_claimed,
            };
            outcome.otherwise
                || claimed
                    && outcome.thresholds.iter().all(clause)
                    && (outcome.circumstances.is_empty() || outcome.circumstances.iter().any(clause))
                    && !outcome.exclusions.iter().any(clause)
        });
        &first.unwrap().code
    }

    /// Every way to complete the answers that can be.
    fn completions(&self, answers: &BTreeMap<usize, bool>) -> Vec<Full> {
        let fits = |full: &Full| answers.iter().all(|(place, yes)| (full >> place & 1 == 1) == *yes);
        (0..1 << QUESTIONS)
            .filter(fits)
            .filter(|full| self.can_be(*full))
            .collect()
    }

    fn reached(&self, answers: &BTreeMap<usize, bool>) -> BTreeSet<&'a OutcomeCode> {
        self.completions(answers)
            .into_iter()
            .map(|full| self.outcome(full))
            .collect()
    }

    /// Whether some answers to exactly these questions settle the outcome.
    fn settles(&self, answers: &BTreeMap<usize, bool>, questions: &[usize]) -> bool {
        (0..1u32 << questions.len()).any(|values| {
            let mut more = answers.clone();
            more.extend(
                questions
                    .iter()
                    .enumerate()
                    .map(|(bit, place)| (*place, values >> bit & 1 == 1)),
            );
            self.reached(&more).len() == 1
        })
    }
}

fn compare(random: &Random, answers: &BTreeMap<usize, bool>, choice: usize, claim: Option<Vec<OutcomeCode>>) {
    let pack = random.pack().unwrap();
    let oracle = Oracle {
        pack: &pack,
        choice,
        claim: claim.as_deref(),
    };
    let findings: Answers = answers
        .iter()
        .map(|(place, yes)| {
            (
                QuestionId::from(id(*place).as_str()),
                if *yes { Answer::Yes } else { Answer::No },
            )
        })
        .collect();
    let readings: ReadingChoices = [("R1".into(), format!("c{choice}").as_str().into())].into();
    let got = pack.evaluate(&findings, &readings, claim.as_deref());
    let completions = oracle.completions(answers);
    if completions.is_empty() {
        assert!(matches!(got, Err(RulesError::Contradiction(..))), "{got:?}");
        return;
    }
    let got = got.unwrap();
    let reached = oracle.reached(answers);
    let possible: Vec<&OutcomeCode> = pack
        .outcomes
        .iter()
        .map(|o| &o.code)
        .filter(|code| reached.contains(code))
        .collect();
    assert_eq!(got.possible.iter().collect::<Vec<_>>(), possible, "possible");
    assert_eq!(
        got.outcome.as_ref(),
        (possible.len() == 1).then(|| possible[0]),
        "outcome"
    );

    for (clause, value) in pack.clauses.iter().zip(&got.clauses) {
        let values: BTreeSet<bool> = completions
            .iter()
            .map(|full| oracle.holds(&clause.rule, *full))
            .collect();
        let expected = match (values.contains(&true), values.contains(&false)) {
            (true, false) => Truth::Yes,
            (false, true) => Truth::No,
            _ => Truth::Unknown,
        };
        assert_eq!(value.value, expected, "{}", clause.id);
        if expected != Truth::Unknown {
            // The findings named are enough to make the value.
            let because = answers
                .iter()
                .filter(|(place, _)| value.because.contains(&id(**place).as_str().into()));
            let because: BTreeMap<usize, bool> = because.map(|(place, yes)| (*place, *yes)).collect();
            assert_eq!(
                because.len(),
                value.because.len(),
                "{}: only findings make a value",
                clause.id
            );
            let values: BTreeSet<bool> = oracle
                .completions(&because)
                .into_iter()
                .map(|full| oracle.holds(&clause.rule, full))
                .collect();
            assert_eq!(values.len(), 1, "{}: because {:?}", clause.id, value.because);
        }
    }

    let open: Vec<usize> = (0..QUESTIONS).filter(|place| !answers.contains_key(place)).collect();
    let relevant: Vec<usize> = open
        .iter()
        .copied()
        .filter(|place| {
            completions.iter().any(|full| {
                let other = full ^ 1 << place;
                oracle.can_be(other) && oracle.outcome(*full) != oracle.outcome(other)
            })
        })
        .collect();
    let ids = |places: &[usize]| {
        places
            .iter()
            .map(|place| QuestionId::from(id(*place).as_str()))
            .collect::<Vec<_>>()
    };
    assert_eq!(got.relevant, ids(&relevant), "relevant");

    let ask: Vec<usize> = got.ask_next.iter().map(|question| oracle.place(question)).collect();
    assert_eq!(
        ask.is_empty(),
        possible.len() == 1,
        "nothing to ask when settled, something when not"
    );
    if possible.len() > 1 {
        assert!(
            ask.iter().all(|place| relevant.contains(place)),
            "asked, but not relevant"
        );
        assert!(oracle.settles(answers, &ask), "{ask:?} does not settle it");
        // No smaller set of relevant questions does, which is more than that no part of this one does.
        for set in 0..1u32 << relevant.len() {
            if set.count_ones() < ask.len() as u32 {
                let smaller: Vec<usize> = relevant
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| set >> bit & 1 == 1)
                    .map(|(_, place)| *place)
                    .collect();
                assert!(
                    !oracle.settles(answers, &smaller),
                    "{smaller:?} is smaller than {ask:?}"
                );
            }
        }
    }

    let under: Vec<Option<&OutcomeCode>> = (0..2)
        .map(|choice| {
            let reached = Oracle {
                pack: &pack,
                choice,
                claim: claim.as_deref(),
            }
            .reached(answers);
            pack.outcomes
                .iter()
                .map(|o| &o.code)
                .find(|code| reached.len() == 1 && reached.contains(code))
        })
        .collect();
    let hangs: Vec<Vec<Option<&OutcomeCode>>> = got
        .depends_on_readings
        .iter()
        .map(|d| d.results.iter().map(|(_, outcome)| outcome.as_ref()).collect())
        .collect();
    assert_eq!(
        hangs,
        if under[0] == under[1] { vec![] } else { vec![under] },
        "depends_on_readings"
    );

    for place in open {
        let effects = pack
            .effect_of(&id(place).as_str().into(), &findings, &readings, claim.as_deref())
            .unwrap();
        let mut expected = Vec::new();
        for (answer, yes) in [(Answer::Yes, true), (Answer::No, false)] {
            let mut more = answers.clone();
            more.insert(place, yes);
            let reached = oracle.reached(&more);
            if !reached.is_empty() {
                let reached: Vec<OutcomeCode> = pack
                    .outcomes
                    .iter()
                    .map(|o| o.code.clone())
                    .filter(|code| reached.contains(code))
                    .collect();
                expected.push((answer, reached));
            }
        }
        let effects: Vec<_> = effects
            .into_iter()
            .map(|effect| (effect.answer, effect.possible))
            .collect();
        assert_eq!(effects, expected, "effect of {}", id(place));
    }
}

/// Rules that no few answers settle, with and without linked questions among them.
#[test]
fn rules_that_need_many_answers() {
    let odd = |questions: &[usize]| questions.iter().map(|q| Rule::Question(*q)).reduce(either).unwrap();
    let links: [&[(usize, usize)]; 4] = [&[], &[(2, 3)], &[(0, 3), (1, 2)], &[(0, 1), (1, 2), (2, 3)]];
    for implies in links {
        for questions in [&[0, 1][..], &[0, 1, 2], &[0, 1, 2, 3], &[0, 1, 2, 3, 4]] {
            let outcomes = vec![(vec![0], vec![], vec![], false)];
            let random = Random {
                clauses: vec![odd(questions)],
                outcomes,
                implies: implies.to_vec(),
            };
            for answers in [vec![], vec![(0, true)], vec![(3, true)], vec![(3, false), (4, true)]] {
                compare(&random, &answers.into_iter().collect(), 0, None);
            }
        }
    }
}

/// 600 packs, the same each time; where PROPTEST_CASES is set (`./test --long`), as many as it says, fresh ones.
fn config() -> ProptestConfig {
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => config,
        None => ProptestConfig {
            cases: 600,
            rng_seed: RngSeed::Fixed(1624),
            ..config
        },
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_evaluator_is_exact(
        random in random(),
        answers in prop::collection::btree_map(0..QUESTIONS, any::<bool>(), 0..QUESTIONS),
        choice in 0..2usize,
        claim in prop::option::of(1..4u32),
    ) {
        let claim = claim.map(|set| {
            let codes = (0..random.outcomes.len()).filter(|place| set >> place & 1 == 1);
            let codes: Vec<OutcomeCode> = codes.map(|place| format!("o{place}").as_str().into()).collect();
            if codes.is_empty() { vec!["last".into()] } else { codes }
        });
        compare(&random, &answers, choice, claim);
    }

    /// Once an outcome is determined, no further finding changes it.
    #[test]
    fn more_findings_never_change_a_determined_outcome(
        random in random(),
        answers in prop::collection::btree_map(0..QUESTIONS, any::<bool>(), 0..QUESTIONS),
    ) {
        let pack = random.pack().unwrap();
        let mut determined = None;
        let mut findings = Answers::new();
        for (place, yes) in answers {
            findings.insert(id(place).as_str().into(), if yes { Answer::Yes } else { Answer::No });
            let Ok(got) = pack.evaluate(&findings, &ReadingChoices::new(), None) else { break };
            if determined.is_some() {
                prop_assert_eq!(&got.outcome, &determined);
            }
            determined = got.outcome;
        }
    }
}
