//! `jinzhi policy evaluate --format json`: what it takes and what it prints, field by field as documented.

use crate::{Pack, RulesError};
use base::law::{
    Answers, Assessment, ChoiceId, ClauseValue, OutcomeCode, PackRef, QuestionId, ReadingChoices, ReadingId,
};
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Findings, readings and claim as they come in. A missing question is unknown, a missing reading its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvaluationInput {
    /// The findings.
    #[serde(default, deserialize_with = "no_key_twice")]
    pub findings: Answers,
    /// The readings chosen.
    #[serde(default, deserialize_with = "no_key_twice")]
    pub readings: ReadingChoices,
    /// The outcomes claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Vec<OutcomeCode>>,
}

impl EvaluationInput {
    /// Reads the JSON text.
    ///
    /// # Errors
    /// A Chinese sentence with the line where the text is not what it should be.
    pub fn parse(text: &str) -> Result<EvaluationInput, String> {
        const SHAPE: &str = r#"应当是 {"findings": {问题: "yes"|"no"|"unknown"|"not_applicable"}, "readings": {读法: 选项}, "claim": [结果]}。"#;
        // A list would pass for the fields in their order.
        if !text.trim_start().starts_with('{') {
            return Err(format!("第 1 行读不懂：不是 JSON 对象。{SHAPE}"));
        }
        serde_json::from_str(text).map_err(|error: serde_json::Error| {
            // What this crate says is Chinese; what the reader of JSON says is not, and the shape says it better.
            let said = error.to_string();
            let own = said.split(" at line").next().filter(|own| own.starts_with('“'));
            let own = own.map(|own| format!("：{own}")).unwrap_or_default();
            format!("第 {} 行读不懂{own}。{SHAPE}", error.line())
        })
    }

    /// Evaluates the pack over this input.
    ///
    /// # Errors
    /// As [`Pack::evaluate`].
    pub fn evaluate(&self, pack: &Pack) -> Result<EvaluationOutput, RulesError> {
        pack.evaluate(&self.findings, &self.readings, self.claim.as_deref())
            .map(EvaluationOutput::from)
    }
}

/// The assessment as it is printed.
#[derive(Clone, Debug, Serialize)]
pub struct EvaluationOutput {
    /// The outcome's code, or `undetermined`.
    pub outcome: OutcomeCode,
    /// The outcomes still possible.
    pub possible: Vec<OutcomeCode>,
    /// Every clause.
    pub clauses: Vec<ClauseValue>,
    /// The questions whose answer can change the outcome.
    pub relevant: Vec<QuestionId>,
    /// The fewest of them that can settle it.
    pub ask_next: Vec<QuestionId>,
    /// The readings the outcome hangs on.
    pub depends_on_readings: Vec<Dependence>,
    /// The pack.
    pub policy: PackRef,
}

/// One reading the outcome hangs on.
#[derive(Clone, Debug, Serialize)]
pub struct Dependence {
    /// The reading.
    pub id: ReadingId,
    /// The outcome under each choice, in pack order.
    #[serde(serialize_with = "in_order")]
    pub results: Vec<(ChoiceId, OutcomeCode)>,
}

impl From<Assessment> for EvaluationOutput {
    fn from(assessment: Assessment) -> Self {
        let dependence = |of: base::law::ReadingDependence| Dependence {
            id: of.id,
            results: of
                .results
                .into_iter()
                .map(|(choice, outcome)| (choice, named(outcome)))
                .collect(),
        };
        EvaluationOutput {
            outcome: named(assessment.outcome),
            possible: assessment.possible,
            clauses: assessment.clauses,
            relevant: assessment.relevant,
            ask_next: assessment.ask_next,
            depends_on_readings: assessment.depends_on_readings.into_iter().map(dependence).collect(),
            policy: assessment.policy,
        }
    }
}

fn named(outcome: Option<OutcomeCode>) -> OutcomeCode {
    outcome.unwrap_or_else(|| UNDETERMINED.into())
}

/// How an outcome that is not settled yet is written.
pub const UNDETERMINED: &str = "undetermined";

fn in_order<S: Serializer>(results: &[(ChoiceId, OutcomeCode)], to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(results.len()))?;
    for (choice, outcome) in results {
        map.serialize_entry(choice, outcome)?;
    }
    map.end()
}

/// A map in which no key stands twice: two findings on one question are a contradiction, not the last of them.
fn no_key_twice<'de, D, K, V>(from: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    struct Map<K, V>(PhantomData<(K, V)>);
    impl<'de, K: Deserialize<'de> + Ord + fmt::Display, V: Deserialize<'de>> Visitor<'de> for Map<K, V> {
        type Value = BTreeMap<K, V>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("对象")
        }
        fn visit_map<M: MapAccess<'de>>(self, mut from: M) -> Result<Self::Value, M::Error> {
            let mut map = BTreeMap::new();
            while let Some(key) = from.next_key::<K>()? {
                if map.contains_key(&key) {
                    return Err(M::Error::custom(format!("“{key}”写了两次")));
                }
                map.insert(key, from.next_value()?);
            }
            Ok(map)
        }
    }
    from.deserialize_map(Map(PhantomData))
}
