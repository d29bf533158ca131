//! `jinzhi policy evaluate --format json`: what it takes and what it prints, field by field as documented.

use crate::{Pack, RulesError};
use base::law::{
    Answers, Assessment, ChoiceId, ClauseValue, OutcomeCode, PackRef, QuestionId, ReadingChoices, ReadingId,
};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

/// Findings, readings and claim as they come in. A missing question is unknown, a missing reading its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvaluationInput {
    /// The findings.
    #[serde(default)]
    pub findings: Answers,
    /// The readings chosen.
    #[serde(default)]
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
        serde_json::from_str(text).map_err(|error| {
            let line = error.line();
            format!("第 {line} 行读不懂：{error}。应当是 {{\"findings\": {{问题: \"yes\"|\"no\"|\"unknown\"|\"not_applicable\"}}, \"readings\": {{读法: 选项}}, \"claim\": [结果]}}。")
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
