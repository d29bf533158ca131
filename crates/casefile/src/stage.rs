//! Where a case stands, in one word: for lists and filters. Derived from the state; knows no dates and no people.

use crate::case::{Case, EndingKind};

macro_rules! stages {
    ($($(#[$doc:meta])* $name:ident $code:literal $text:literal)+) => {
        /// A stage of the procedure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Stage { $($(#[$doc])* $name),+ }

        impl Stage {
            /// Every stage, in the order of the procedure.
            pub const ALL: &[Stage] = &[$(Stage::$name),+];

            /// As URLs and views write it.
            pub fn code(self) -> &'static str {
                match self { $(Stage::$name => $code),+ }
            }

            /// As lists show it.
            pub fn name(self) -> &'static str {
                match self { $(Stage::$name => $text),+ }
            }

            /// The stage of that code.
            pub fn parse(code: &str) -> Option<Stage> {
                match code { $($code => Some(Stage::$name),)+ _ => None }
            }
        }
    };
}

stages! {
    /// Received, not accepted.
    Received "received" "待受理"
    /// Under inquiry.
    Inquiry "inquiry" "核实中"
    /// Opinions are to come or to be opened.
    Opinions "opinions" "提意见"
    /// The opinions differ.
    Consultation "consultation" "会商"
    /// The city coordinates, or the county bodies confirm.
    Coordination "coordination" "市级协调"
    /// Ready to be determined.
    Determination "determination" "待认定"
    /// Determined, no report yet.
    Issuing "issuing" "待出具报告"
    /// Issued; to be reported and served.
    Service "service" "送达中"
    /// A review is pending.
    Review "review" "复核中"
    /// All done but the filing.
    Filing "filing" "待归档"
    /// Filed after a determination.
    Filed "filed" "已归档"
    /// 不予受理
    Declined "declined" "不予受理"
    /// 移送
    Transferred "transferred" "已移送"
    /// 撤回
    Withdrawn "withdrawn" "已撤回"
    /// 暂不认定
    Deferred "deferred" "暂不认定"
}

impl Stage {
    /// Where the case stands.
    pub fn of(case: &Case) -> Stage {
        if case.reviews.last().is_some_and(|review| review.decision.is_none()) {
            return Stage::Review;
        }
        if let Some(ending) = &case.ending {
            return match ending.kind {
                EndingKind::Declined => Stage::Declined,
                EndingKind::Transferred => Stage::Transferred,
                EndingKind::Withdrawn => Stage::Withdrawn,
                EndingKind::Deferred => Stage::Deferred,
            };
        }
        if case.filed.is_some() {
            return Stage::Filed;
        }
        if !case.determinations.is_empty() {
            return Stage::after_determination(case);
        }
        if case.accepted.is_none() {
            Stage::Received
        } else if case.conclusion.is_none() {
            Stage::Inquiry
        } else {
            Stage::before_determination(case)
        }
    }

    fn before_determination(case: &Case) -> Stage {
        // How many are asked for is the pack's; a stage is not worth the pack, and every pack asks both institutions.
        let spoken = case.opinions.len() + case.silent.iter().filter(|p| !case.opinions.contains_key(p)).count();
        let city_waits =
            case.escalation.is_some() && (!case.is_coordinated() || !case.missing_confirmations().is_empty());
        if spoken < 2 || case.has_withheld_opinion() {
            Stage::Opinions
        } else if case.is_consulting() || case.must_consult() {
            Stage::Consultation
        } else if city_waits || case.remains_in_disagreement() && case.escalation.is_none() && !case.is_led_by_city() {
            Stage::Coordination
        } else {
            Stage::Determination
        }
    }

    fn after_determination(case: &Case) -> Stage {
        if case.reports.is_empty() {
            Stage::Issuing
        } else if case.reported.is_empty() || case.services.is_empty() || !case.services.iter().all(|s| s.complete()) {
            Stage::Service
        } else {
            Stage::Filing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::{ApplyReview, OpenConsultation, Opine, Withdraw};
    use crate::testing::{Given, issue};

    #[test]
    fn of_every_state() {
        let opine = Opine {
            outcome: "exempted".into(),
            reason: "符合".into(),
        };
        let withdraw = Withdraw {
            reason: "不申请了。".into(),
            signature: "李春梅".into(),
            scan: None,
        };
        let table = [
            (Stage::Received, Given::received()),
            (Stage::Inquiry, Given::heard()),
            (Stage::Opinions, Given::concluded()),
            (Stage::Opinions, Given::concluded().lead().done(opine)),
            (Stage::Consultation, Given::opined("exempted", "not-exempted")),
            (
                Stage::Consultation,
                Given::opined("exempted", "not-exempted")
                    .lead()
                    .done(OpenConsultation {}),
            ),
            (Stage::Coordination, Given::still_differing()),
            (Stage::Coordination, Given::coordinated()),
            (Stage::Determination, Given::opined("exempted", "exempted")),
            (Stage::Issuing, Given::determined("exempted")),
            (Stage::Service, Given::determined("exempted").intake().done(issue())),
            (Stage::Filing, Given::served("exempted")),
            (Stage::Filed, Given::filed()),
            (
                Stage::Review,
                Given::filed().worker().done(ApplyReview {
                    reason: "漏看了材料。".into(),
                    signed: None,
                }),
            ),
            (Stage::Deferred, Given::deferred()),
            (Stage::Withdrawn, Given::accepted().worker().done(withdraw)),
        ];
        for (stage, given) in table {
            assert_eq!(Stage::of(&given.case), stage);
        }
    }

    #[test]
    fn codes_are_read_back() {
        for stage in Stage::ALL {
            assert_eq!(Stage::parse(stage.code()), Some(*stage));
        }
    }
}
