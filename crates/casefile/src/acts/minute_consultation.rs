//! 会商纪要: who came, what was said, and the outcome agreed on or that they still differ.

use crate::act::Perform;
use crate::case::{Case, Minutes};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, SHORT_TEXT};
use crate::{Context, sealed_part};
use base::Date;
use base::law::OutcomeCode;
use serde::{Deserialize, Serialize};

/// A lead writes the minutes of the consultation that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinuteConsultation {
    /// Held on.
    pub held_on: Date,
    /// Who took part.
    pub attendees: String,
    /// What was said.
    pub text: String,
    /// The outcome both agree on; `None` while they still differ.
    pub agreed: Option<OutcomeCode>,
}

impl Context<'_> {
    /// The outcomes that the findings allow: what follows, or what would follow under another reading.
    pub fn allowed_outcomes(&self) -> Vec<OutcomeCode> {
        let assessment = self.assessment;
        let readings = assessment
            .depends_on_readings
            .iter()
            .flat_map(|reading| &reading.results);
        let under_readings = readings.filter_map(|(_, outcome)| outcome.clone());
        let mut allowed: Vec<_> = match &assessment.outcome {
            Some(outcome) => std::iter::once(outcome.clone()).chain(under_readings).collect(),
            None => {
                let none = std::iter::once(super::defer::DEFERRAL.into());
                assessment.possible.iter().cloned().chain(none).collect()
            }
        };
        allowed.sort();
        allowed.dedup();
        allowed
    }
}

impl Perform for MinuteConsultation {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_concluded()?;
        ctx.must_judge(case)?;
        if !case.is_consulting() {
            return Err(Refusal::not_yet(
                "no-consultation",
                "还没有发起会商。",
                "请先发起会商。",
                "六（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let opened_on = case.consultations.last().map(|consultation| consultation.opened_on);
        let mut check = Check::new();
        check
            .that(
                self.held_on <= ctx.today(),
                "held_on",
                "会商的日期不能晚于今天。请改一下。",
            )
            .that(
                opened_on.is_none_or(|opened| self.held_on >= opened),
                "held_on",
                "会商的日期不能早于发起的日期。请改一下。",
            )
            .required("attendees", "参加人", &self.attendees, SHORT_TEXT)
            .required("text", "纪要", &self.text, LONG_TEXT)
            .that(
                self.agreed
                    .as_ref()
                    .is_none_or(|agreed| ctx.allowed_outcomes().contains(agreed)),
                "agreed",
                "查明的事实得不出这个结果。请改选，或者选“仍不一致”；事实不对的，请退回补充调查。依据 三、五",
            );
        check.done()?;
        let sealed = MinutesText {
            attendees: self.attendees,
            text: self.text,
        };
        Ok(vec![
            ConsultationMinuted {
                held_on: self.held_on,
                agreed: self.agreed,
                sealed,
            }
            .into(),
        ])
    }
}

/// 会商纪要已写
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationMinuted {
    /// Held on.
    pub held_on: Date,
    /// The outcome both agree on; `None` while they still differ.
    pub agreed: Option<OutcomeCode>,
    /// Who came and what was said.
    #[serde(skip)]
    pub sealed: MinutesText,
}

/// The sealed part of [`ConsultationMinuted`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesText {
    /// Who took part.
    pub attendees: String,
    /// What was said.
    pub text: String,
}

impl Recorded for ConsultationMinuted {
    sealed_part!(MinutesText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        if let Some(consultation) = case.consultations.last_mut() {
            consultation.minutes = Some(Minutes {
                on: self.held_on,
                attendees: self.sealed.attendees.clone(),
                text: self.sealed.text.clone(),
                agreed: self.agreed.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::OpenConsultation;
    use crate::testing::Given;
    use base::law::Party;

    fn minutes(agreed: Option<&str>) -> MinuteConsultation {
        MinuteConsultation {
            held_on: Date::constant(2026, 9, 17),
            attendees: "周建国、赵明".into(),
            text: "双方说明了各自的理由。".into(),
            agreed: agreed.map(Into::into),
        }
    }

    fn opened() -> Given {
        Given::opined("exempted", "not-exempted")
            .lead()
            .done(OpenConsultation {})
    }

    fn dated(given: &Given, agreed: Option<&str>) -> MinuteConsultation {
        MinuteConsultation {
            held_on: given.today(),
            ..minutes(agreed)
        }
    }

    #[test]
    fn agreed_or_not() {
        let given = opened();
        let act = dated(&given, Some("exempted"));
        let case = given.when(act).then();
        assert_eq!(case.agreed_outcome(), Some("exempted".into()));
        assert_eq!(case.position(Party::Discipline), Some(&"exempted".into()));
        let given = opened();
        let act = dated(&given, None);
        assert!(given.when(act).then().remains_in_disagreement());
    }

    #[test]
    fn refusals() {
        let given = Given::opined("exempted", "exempted");
        assert_eq!(given.lead().when(minutes(None)).refused().code, "no-consultation");
        let given = opened();
        let today = given.today();
        let wrong = [
            (
                "held_on",
                MinuteConsultation {
                    held_on: Date::constant(2099, 1, 1),
                    ..minutes(None)
                },
            ),
            (
                "held_on",
                MinuteConsultation {
                    held_on: Date::constant(2026, 1, 1),
                    ..minutes(None)
                },
            ),
            (
                "attendees",
                MinuteConsultation {
                    held_on: today,
                    attendees: " ".into(),
                    ..minutes(None)
                },
            ),
            (
                "text",
                MinuteConsultation {
                    held_on: today,
                    text: String::new(),
                    ..minutes(None)
                },
            ),
            (
                "agreed",
                MinuteConsultation {
                    held_on: today,
                    ..minutes(Some("mitigated"))
                },
            ),
        ];
        for (field, act) in wrong {
            let fields = opened().when(act).refused().fields;
            assert_eq!(fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), [field]);
        }
    }
}
