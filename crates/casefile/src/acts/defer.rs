//! 暂不认定: the findings amount to no outcome, and nobody can find out more now; the bureau's lead says so on record,
//! after both institutions' parts, and the case ends without a determination. Ours: the notice is silent. Unknown never
//! becomes no, and a determination never is made without findings; but every case comes to an end that is filed
//! (六（四）), and the applicant learns of it. When what is awaited arrives, the case is opened again
//! (`redetermine.rs`).

use crate::act::Perform;
use crate::case::{Case, Ending, EndingKind};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, OURS, SHORT_TEXT};
use crate::{Context, sealed_part};
use base::law::OutcomeCode;
use base::{Date, InstitutionId};
use serde::{Deserialize, Serialize};

/// What a party holds right that holds that nothing can be determined now: no outcome of any pack, but a position
/// beside them.
pub const DEFERRAL: &str = "暂不认定";

/// The bureau's lead determines nothing for now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defer {
    /// Whose conclusion on what is awaited; may be empty where nobody is to give one.
    pub awaited: String,
    /// Why nothing can be determined now.
    pub reason: String,
}

impl Context<'_> {
    /// Whether a party may hold `outcome` right: one of the pack's, or, while nothing follows, none for now.
    pub(crate) fn may_be_held(&self, outcome: &OutcomeCode) -> bool {
        self.knows_outcome(outcome) || outcome.as_str() == DEFERRAL && self.assessment.outcome.is_none()
    }
}

impl Perform for Defer {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        ctx.must_be_settled(case)?;
        if ctx.assessment.outcome.is_some() {
            return Err(Refusal::not_lawful(
                "determinable",
                "按已查明的事实，已经得出结果，不能暂不认定。",
                "请认定。",
                "三、五",
            ));
        }
        let open = case.open_questions(ctx.assessment).len();
        if open > 0 {
            return Err(Refusal::not_yet(
                "open-questions",
                format!("还有 {open} 个会改变结果的问题没有查明，也没有写明无法查明。"),
                "请退回补充调查。",
                "三、五",
            ));
        }
        if case.reviewed_determination().is_some() {
            return Err(Refusal::not_lawful(
                "to-the-detriment",
                "复核以后重新认定的，不能暂不认定：申请人原来的结果会落空。",
                "请退回补充调查。",
                OURS,
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Check::new()
            .optional("awaited", "等哪个机关的什么结论", &self.awaited, SHORT_TEXT)
            .required("reason", "理由", &self.reason, LONG_TEXT)
            .done()?;
        let copied_to = case.receipt.iter();
        Ok(vec![
            Deferred {
                on: ctx.today(),
                copied_to: copied_to
                    .flat_map(|receipt| [receipt.discipline, receipt.city])
                    .collect(),
                sealed: DeferredText {
                    awaited: self.awaited,
                    reason: self.reason,
                },
            }
            .into(),
        ])
    }
}

/// 暂不认定
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferred {
    /// The day.
    pub on: Date,
    /// The group and the city bureau, who get a copy at once.
    pub copied_to: Vec<InstitutionId>,
    /// The words.
    #[serde(skip)]
    pub sealed: DeferredText,
}

/// The sealed part of [`Deferred`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeferredText {
    /// Whose conclusion on what is awaited.
    pub awaited: String,
    /// Why.
    pub reason: String,
}

impl Recorded for Deferred {
    sealed_part!(DeferredText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.ending = Some(Ending {
            kind: EndingKind::Deferred,
            on: self.on,
            by: meta.actor,
            ground: None,
            reason: self.sealed.reason.clone(),
            heard: String::new(),
            to: self.sealed.awaited.clone(),
            copied_to: self.copied_to.clone(),
            scan: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::{
        ApplyReview, Confirm, DecideReview, Determine, FileCase, MinuteConsultation, OpenConsultation, Redetermine,
    };
    use crate::case::Anew;
    use crate::testing::{CITY, COORDINATOR, DISCIPLINE, Given, defer};

    #[test]
    fn ends_the_case_without_a_determination_and_is_filed() {
        let case = Given::deferred().intake().when(FileCase::default()).then();
        let ending = case.ending.as_ref().unwrap();
        assert_eq!(ending.kind, EndingKind::Deferred);
        assert_eq!(ending.copied_to, [DISCIPLINE, CITY]);
        assert!(case.determination().is_none());
        assert!(case.filed.is_some());
    }

    #[test]
    fn opened_again_when_what_is_awaited_arrives_and_the_applicant_is_heard_on_it() {
        let act = Redetermine {
            ground: Anew::Awaited,
            reason: "县公安局的结论已经收到。".into(),
        };
        let given = Given::deferred().intake().done(FileCase::default()).lead().done(act);
        assert!(given.case.must_be_under_inquiry().is_ok());
        assert!(!given.case.is_heard());
        assert!(given.case.rounds[0].ending.is_some());
        let again = given.concluded_again("exempted").opined_again("exempted");
        again.determines("exempted");
    }

    #[test]
    fn a_review_may_want_it_determined() {
        let given = Given::deferred().worker().done(ApplyReview {
            reason: "结论早就有了。".into(),
            signed: None,
        });
        let given = given.by(COORDINATOR).done(DecideReview {
            upheld: false,
            reason: "结论已经作出。".into(),
        });
        given.lead().done(Redetermine {
            ground: Anew::Review,
            reason: "复核要求重新认定。".into(),
        });
    }

    #[test]
    fn both_may_hold_that_nothing_can_be_determined_only_while_nothing_follows() {
        let given = Given::opined("exempted", "not-exempted").assessed(None).lead();
        let minutes = MinuteConsultation {
            held_on: given.today(),
            attendees: "周建国、赵明".into(),
            text: "等县公安局的结论。".into(),
            agreed: Some(DEFERRAL.into()),
        };
        let given = given.done(OpenConsultation {}).done(minutes).done(defer());
        assert_eq!(given.case.agreed_outcome(), Some(DEFERRAL.into()));
        let confirm = Confirm {
            outcome: DEFERRAL.into(),
            reason: "等结论。".into(),
        };
        let refused = Given::coordinated().lead().when(confirm).refused();
        assert_eq!(refused.field_names(), ["outcome"]);
    }

    #[test]
    fn refusals() {
        let undetermined = || Given::opined(DEFERRAL, DEFERRAL);
        let mut open = undetermined().lead();
        open.assessment.relevant = vec!["s3-other".into()];
        let mut reading = undetermined().lead();
        reading.assessment.depends_on_readings = vec![base::law::ReadingDependence {
            id: "R1".into(),
            results: vec![("split".into(), None), ("all".into(), Some("not-exempted".into()))],
        }];
        let reviewed = Given::served("mitigated").worker().done(ApplyReview {
            reason: "有一份材料没有看。".into(),
            signed: None,
        });
        let reviewed = reviewed.by(COORDINATOR).done(DecideReview {
            upheld: false,
            reason: "漏看了材料。".into(),
        });
        let reviewed = reviewed.lead().done(Redetermine {
            ground: Anew::Review,
            reason: "复核要求重新认定。".into(),
        });
        let table = [
            ("not-concluded", Given::accepted().lead()),
            ("opinion-missing", Given::concluded().assessed(None).lead()),
            ("determinable", Given::opined("exempted", "exempted").lead()),
            ("bureau-lead-only", undetermined().discipline_lead()),
            ("leads-only", undetermined().investigator()),
            (
                "not-consulted",
                Given::opined("exempted", "not-exempted").assessed(None).lead(),
            ),
            ("open-questions", open),
            ("hangs-on-reading", reading),
            (
                "to-the-detriment",
                reviewed
                    .concluded_again("mitigated")
                    .opined_again("mitigated")
                    .assessed(None)
                    .lead(),
            ),
            ("ended", Given::deferred().lead()),
        ];
        for (code, given) in table {
            assert_eq!(given.when(defer()).refused().code, code);
        }
        let late = Given::deferred().lead().when(Determine {
            outcome: "exempted".into(),
            reason: "符合。".into(),
        });
        assert_eq!(late.refused().code, "ended");
        let silent = Defer {
            awaited: String::new(),
            reason: " ".into(),
        };
        assert_eq!(undetermined().lead().when(silent).refused().field_names(), ["reason"]);
        let wrong = Redetermine {
            ground: Anew::Awaited,
            reason: "收到。".into(),
        };
        let refused = Given::determined("exempted").lead().when(wrong).refused();
        assert_eq!(refused.field_names(), ["ground"]);
    }
}
