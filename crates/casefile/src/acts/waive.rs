//! 放弃申辩: the applicant does not want to speak, by their own word or, after the day to speak has passed, as a
//! named person of the bureau records it. Silence by itself is never a waiver.

use crate::act::Perform;
use crate::case::{Case, File, Waived};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, day};
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

/// The statement is waived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waive {
    /// Why; must be there where another person records it.
    pub reason: String,
    /// The applicant's signed waiver, where another person brings it.
    pub signed: Option<File>,
}

impl Perform for Waive {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        ctx.must_be_applicant_or_window(case)?;
        if case.conclusion.is_some() {
            return Err(Refusal::not_yet(
                "concluded",
                "调查结论已经作出。",
                "请回到案件。",
                "七（一）",
            ));
        }
        if case.statement.waived.is_some() || case.statement.stated.is_some() {
            return Err(Refusal::already("申请人已经说明过，或者已经放弃。"));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let by_applicant = case.applicant() == Some(ctx.actor.person);
        let own = ctx.is_signed(case, self.signed.as_ref());
        if !own {
            match case.statement.invited {
                None => {
                    return Err(Refusal::not_yet(
                        "not-invited",
                        "还没有发出申辩告知，不能记录放弃。",
                        "请先发出申辩告知。",
                        "七（一）",
                    ));
                }
                Some((_, until)) if ctx.today() <= until => {
                    return Err(Refusal::not_yet(
                        "may-still-speak",
                        format!("申请人可以说明到 {}，现在不能记录放弃。", day(until)),
                        "请等这一天过后再办；本人签名放弃的，请上传扫描件。",
                        "七（一）",
                    ));
                }
                Some(_) => {}
            }
        }
        let mut check = Check::new();
        if by_applicant {
            check.optional("reason", "理由", &self.reason, LONG_TEXT);
        } else {
            check.required("reason", "放弃的情况", &self.reason, LONG_TEXT);
        }
        check.done()?;
        Ok(vec![
            StatementWaived {
                own,
                on: ctx.today(),
                sealed: WaiverText {
                    reason: self.reason,
                    signed: self.signed,
                },
            }
            .into(),
        ])
    }
}

/// The statement was waived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementWaived {
    /// By the applicant's own word; otherwise recorded after silence.
    pub own: bool,
    /// The day.
    pub on: Date,
    /// Why.
    #[serde(skip)]
    pub sealed: WaiverText,
}

/// The sealed part of [`StatementWaived`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverText {
    /// Why.
    pub reason: String,
    /// The signed waiver.
    pub signed: Option<File>,
}

impl Recorded for StatementWaived {
    sealed_part!(WaiverText);

    fn files(&self) -> Vec<&File> {
        self.sealed.signed.iter().collect()
    }

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.statement.waived = Some(Waived {
            on: self.on,
            own: self.own,
            reason: self.sealed.reason.clone(),
        });
        case.statement.papers.extend(self.sealed.signed.clone());
        case.proposed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Invite;
    use crate::testing::{Given, paper, statement};

    fn silence() -> Waive {
        Waive {
            reason: "告知后一直没有说明，电话问过两次。".into(),
            signed: None,
        }
    }

    #[test]
    fn the_applicant_at_any_time_and_on_paper_too() {
        let case = Given::accepted().worker().when(Waive::default()).then();
        assert!(case.statement.waived.as_ref().unwrap().own && case.is_heard());
        let case = Given::accepted()
            .intake()
            .when(Waive {
                signed: Some(paper()),
                ..silence()
            })
            .then();
        assert!(case.statement.waived.unwrap().own);
    }

    #[test]
    fn silence_only_after_the_day_and_by_a_person() {
        let invited = || Given::accepted().intake().done(Invite::default());
        assert_eq!(Given::accepted().intake().when(silence()).refused().code, "not-invited");
        assert_eq!(invited().when(silence()).refused().code, "may-still-speak");
        let last_day = || (0..4).fold(invited(), |given, _| given.next_day());
        assert_eq!(last_day().when(silence()).refused().code, "may-still-speak");
        let waived = last_day().next_day().when(silence()).then().statement.waived.unwrap();
        assert!(!waived.own);
        assert_eq!(
            last_day().next_day().when(Waive::default()).refused().field_names(),
            ["reason"]
        );
    }

    #[test]
    fn who_waived_may_still_speak() {
        let case = Given::accepted()
            .worker()
            .done(Waive::default())
            .when(statement())
            .then();
        assert!(!case.is_heard(), "the arguments are to be answered");
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::nothing().worker().when(Waive::default()).refused().code,
            "not-found"
        );
        assert_eq!(
            Given::accepted().discipline_lead().when(silence()).refused().code,
            "applicant-only"
        );
        assert_eq!(
            Given::accepted()
                .worker()
                .done(statement())
                .when(Waive::default())
                .refused()
                .code,
            "already-done"
        );
        assert_eq!(
            Given::concluded().worker().when(Waive::default()).refused().code,
            "concluded"
        );
    }
}
