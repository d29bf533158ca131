//! 认定: the bureau's lead determines what follows from the findings and readings (六（二）), after both institutions'
//! parts are on record. Another outcome needs another finding or another reading; what remains of a disagreement is
//! recorded and printed.

use crate::act::Perform;
use crate::case::{Case, Determination};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, OURS, party};
use crate::{Context, sealed_part};
use base::Date;
use base::law::{Answer, Assessment, ChoiceId, Decider, OutcomeCode, Party, QuestionId, ReadingId};
use serde::{Deserialize, Serialize};

use super::escalate::{LEADER, READING};

/// The bureau's lead determines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Determine {
    /// The outcome; must be what the findings amount to.
    pub outcome: OutcomeCode,
    /// Why, in words.
    pub reason: String,
}

impl Perform for Determine {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        ctx.must_be_settled(case)?;
        if ctx.assessment.outcome.is_none() {
            return Err(Refusal::not_yet(
                "undetermined",
                "按已查明的事实，还得不出结果，不能认定。",
                "还能查明的，请退回补充调查；现在无法查明的，请办暂不认定。",
                "三、五",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        if ctx.assessment.outcome.as_ref() != Some(&self.outcome) {
            return Err(Refusal::not_lawful(
                "against-findings",
                "查明的事实得不出这个结果。",
                "请先改查明的事实（要有证据），或者选定另一种读法并写明理由。",
                "三、五",
            ));
        }
        never_to_the_detriment(case, &self.outcome, ctx)?;
        let mut check = Check::new();
        check.required("reason", "理由", &self.reason, LONG_TEXT);
        check.done()?;
        let dissents = |party: &&Party| case.position(**party).is_some_and(|position| *position != self.outcome);
        Ok(vec![
            Determined {
                dissent: case.opinions.keys().filter(dissents).copied().collect(),
                outcome: self.outcome,
                assessment: ctx.assessment.clone(),
                answers: case.answers().into_iter().collect(),
                readings: case.reading_choices().into_iter().collect(),
                on: ctx.today(),
                sealed: DeterminationText { reason: self.reason },
            }
            .into(),
        ])
    }
}

impl Context<'_> {
    /// All that comes before the bureau's lead ends the case, whatever the findings amount to.
    pub(super) fn must_be_settled(&self, case: &Case) -> Result<(), Refusal> {
        case.must_be_concluded()?;
        if self.procedure.decider != Decider::Bureau {
            return Err(Refusal::not_lawful(
                "decided-elsewhere",
                "按这份文件，不由民政局认定。",
                "请报送问责机关。",
                "六（二）",
            ));
        }
        self.must_judge_for_bureau(case)?;
        case.must_have_a_basis("请先退回补充调查，再写明依据。")?;
        opinions_settled(case, self)?;
        disagreement_settled(case)?;
        major_matter_settled(case, self)
    }
}

fn opinions_settled(case: &Case, ctx: &Context) -> Result<(), Refusal> {
    if let Some(missing) = case.missing_opinions(ctx.procedure).first() {
        let reminded = case.reminders.iter().any(|reminder| reminder.to == *missing);
        return Err(Refusal::not_yet(
            "opinion-missing",
            format!("还缺{}的意见，不能认定。", party(*missing)),
            if reminded {
                "已提醒对方。"
            } else {
                "请先提意见，或者提醒对方。"
            },
            "六（二）",
        ));
    }
    if case.has_withheld_opinion() {
        return Err(Refusal::not_yet(
            "opinions-not-open",
            "意见还没有打开，不能认定。",
            "请等意见打开。",
            "六（二）",
        ));
    }
    Ok(())
}

fn disagreement_settled(case: &Case) -> Result<(), Refusal> {
    if case.is_consulting() || case.must_consult() {
        return Err(Refusal::not_yet(
            "not-consulted",
            "两家意见不一致，还没有会商纪要。",
            "请先会商并写纪要。",
            "六（二）",
        ));
    }
    if case.remains_in_disagreement() && case.escalation.is_none() && !case.is_led_by_city() {
        return Err(Refusal::not_yet(
            "not-escalated",
            "会商以后仍不一致，属于重大事项。",
            "请先上报市民政局协调。",
            "六（二）",
        ));
    }
    Ok(())
}

fn major_matter_settled(case: &Case, ctx: &Context) -> Result<(), Refusal> {
    if !ctx.assessment.depends_on_readings.is_empty() && case.must_report(READING, ctx.procedure) {
        return Err(Refusal::not_yet(
            "hangs-on-reading",
            "换一种读法结果就不一样，属于重大事项。",
            "请先上报市民政局协调。",
            "六（二）",
        ));
    }
    if case.led_by_applicant().is_some() && case.must_report(LEADER, ctx.procedure) {
        return Err(Refusal::not_yet(
            "leader-not-reported",
            "申请人是负责人，属于重大事项。",
            "请先上报市民政局协调。",
            "六（二）",
        ));
    }
    if case.escalation.is_none() {
        return Ok(());
    }
    if !case.is_coordinated() {
        return Err(Refusal::not_yet(
            "not-coordinated",
            "重大事项已经上报，市民政局还没有协调。",
            "请等市民政局协调。",
            "六（二）",
        ));
    }
    if let Some(missing) = case.missing_confirmations().first() {
        return Err(Refusal::not_yet(
            "not-confirmed",
            format!("市民政局协调以后，{}还没有确认意见。", party(*missing)),
            "请先确认或者保留意见。",
            "六（二）",
        ));
    }
    Ok(())
}

/// After a review nothing gets worse for the applicant.
fn never_to_the_detriment(case: &Case, outcome: &OutcomeCode, ctx: &Context) -> Result<(), Refusal> {
    let rank = |outcome: &OutcomeCode| ctx.substance.outcomes.iter().position(|known| known == outcome);
    if case
        .reviewed_determination()
        .is_some_and(|before| rank(outcome) > rank(&before.outcome))
    {
        return Err(Refusal::not_lawful(
            "to-the-detriment",
            "复核以后的认定，不能比原来的对申请人更不利。",
            "请保留原来的结果。",
            OURS,
        ));
    }
    Ok(())
}

/// 已认定
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Determined {
    /// The outcome.
    pub outcome: OutcomeCode,
    /// What followed from the findings, frozen (record.md 15).
    pub assessment: Assessment,
    /// The findings in force.
    pub answers: Vec<(QuestionId, Answer)>,
    /// The readings in force.
    pub readings: Vec<(ReadingId, ChoiceId)>,
    /// The parties that still hold another outcome.
    pub dissent: Vec<Party>,
    /// The day.
    pub on: Date,
    /// Why.
    #[serde(skip)]
    pub sealed: DeterminationText,
}

/// The sealed part of [`Determined`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeterminationText {
    /// Why.
    pub reason: String,
}

impl Recorded for Determined {
    sealed_part!(DeterminationText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.determinations.push(Determination {
            outcome: self.outcome.clone(),
            assessment: self.assessment.clone(),
            answers: self.answers.iter().cloned().collect(),
            readings: self.readings.iter().cloned().collect(),
            reason: self.sealed.reason.clone(),
            by: meta.actor,
            by_name: meta.stood.name.clone(),
            on: self.on,
            dissent: self.dissent.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::{Confirm, Escalate, MinuteConsultation, OpenConsultation};
    use crate::testing::Given;
    use base::law::ReadingDependence;

    fn determine(outcome: &str) -> Determine {
        Determine {
            outcome: outcome.into(),
            reason: "事实清楚。".into(),
        }
    }

    fn confirm(outcome: &str) -> Confirm {
        Confirm {
            outcome: outcome.into(),
            reason: "理由不变。".into(),
        }
    }

    #[test]
    fn follows_from_the_findings() {
        let case = Given::opined("exempted", "exempted")
            .lead()
            .when(determine("exempted"))
            .then();
        let determination = case.determination().unwrap();
        assert_eq!(determination.outcome, "exempted".into());
        assert_eq!(determination.assessment.outcome, Some("exempted".into()));
        assert!(determination.dissent.is_empty());
    }

    #[test]
    fn a_remaining_dissent_is_recorded() {
        let given = Given::coordinated()
            .lead()
            .done(confirm("exempted"))
            .discipline_lead()
            .done(confirm("not-exempted"));
        let case = given.lead().when(determine("exempted")).then();
        assert_eq!(case.determination().unwrap().dissent, [Party::Discipline]);
    }

    #[test]
    fn a_consultation_that_agrees_needs_no_city() {
        let given = Given::opined("exempted", "not-exempted")
            .lead()
            .done(OpenConsultation {});
        let minutes = MinuteConsultation {
            held_on: given.today(),
            attendees: "周建国、赵明".into(),
            text: "一致。".into(),
            agreed: Some("exempted".into()),
        };
        given.done(minutes).done(determine("exempted"));
    }

    #[test]
    fn refused_while_something_is_to_come() {
        let differing = || Given::opined("exempted", "not-exempted");
        let mut elsewhere = Given::opined("exempted", "exempted").lead();
        elsewhere.procedure.decider = Decider::AccountabilityBody {
            approval: "县级".into(),
        };
        let mut reading = Given::opined("exempted", "exempted").lead();
        let results = vec![
            ("split".into(), Some("exempted".into())),
            ("all".into(), Some("not-exempted".into())),
        ];
        reading.assessment.depends_on_readings = vec![ReadingDependence {
            id: "R1".into(),
            results,
        }];
        // Reported on another ground: the reading is still to be named.
        let mut not_named = Given::coordinated()
            .lead()
            .done(confirm("exempted"))
            .discipline_lead()
            .done(confirm("exempted"))
            .lead();
        not_named.assessment.depends_on_readings = reading.assessment.depends_on_readings.clone();
        let escalated = Given::still_differing().lead().done(Escalate {
            grounds: vec!["death".into()],
            reason: "有人死亡。".into(),
        });
        let table = [
            ("not-concluded", Given::accepted().lead()),
            ("opinion-missing", Given::concluded().lead()),
            ("decided-elsewhere", elsewhere),
            (
                "bureau-lead-only",
                Given::opined("exempted", "exempted").discipline_lead(),
            ),
            ("leads-only", Given::opined("exempted", "exempted").investigator()),
            ("leads-only", Given::opined("exempted", "exempted").worker()),
            ("not-consulted", differing().lead()),
            ("not-consulted", differing().lead().done(OpenConsultation {})),
            ("not-escalated", Given::still_differing().lead()),
            ("hangs-on-reading", reading),
            ("hangs-on-reading", not_named),
            (
                "basis-pending",
                Given::opined("exempted", "exempted").basis_pending().lead(),
            ),
            ("not-coordinated", escalated),
            ("not-confirmed", Given::coordinated().lead().done(confirm("exempted"))),
            (
                "undetermined",
                Given::opined("exempted", "exempted").assessed(None).lead(),
            ),
            (
                "against-findings",
                Given::opined("exempted", "exempted")
                    .assessed(Some("not-exempted"))
                    .lead(),
            ),
            ("determined", Given::determined("exempted").lead()),
        ];
        for (code, given) in table {
            assert_eq!(given.when(determine("exempted")).refused().code, code);
        }
        let given = Given::opined("exempted", "exempted").lead();
        let empty = Determine {
            outcome: "exempted".into(),
            reason: " ".into(),
        };
        assert_eq!(given.when(empty).refused().fields[0].field, "reason");
    }
}
