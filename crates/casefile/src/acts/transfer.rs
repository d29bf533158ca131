//! 移送: an application for another county goes there; a clue of crime or corruption goes to the competent body.
//!
//! Two events, because they are two things: `transferred` ends the case here; `clue-transferred` does not, and is no
//! business of the applicant's (its readers are the joint team's).

use crate::act::Perform;
use crate::case::{Case, Clue, Ending, EndingKind};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, SHORT_TEXT};
use crate::{Context, sealed_part};
use base::{Date, InstitutionId};
use serde::{Deserialize, Serialize};

/// What is transferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transferred {
    /// The whole application: another county is competent.
    Application,
    /// A clue (问题线索); the case goes on.
    Clue,
}

/// The bureau transfers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// What.
    pub what: Transferred,
    /// To which body.
    pub to: String,
    /// Why, or what the clue is.
    pub reason: String,
}

impl Perform for Transfer {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        ctx.must_be_bureau_staff(case)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        if self.what == Transferred::Application {
            case.must_not_be_concluded()?;
        }
        Check::new()
            .required("to", "移送给哪个单位", &self.to, SHORT_TEXT)
            .required("reason", "移送的理由", &self.reason, LONG_TEXT)
            .done()?;
        let (on, sealed) = (
            ctx.today(),
            TransferText {
                to: self.to,
                reason: self.reason,
            },
        );
        Ok(vec![match self.what {
            Transferred::Application => {
                let copied_to = case
                    .receipt
                    .iter()
                    .flat_map(|receipt| [receipt.discipline, receipt.city])
                    .collect();
                ApplicationTransferred { on, copied_to, sealed }.into()
            }
            Transferred::Clue => ClueTransferred { on, sealed }.into(),
        }])
    }
}

/// 已移送
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationTransferred {
    /// The day.
    pub on: Date,
    /// The group and the city bureau, who get a copy at once.
    pub copied_to: Vec<InstitutionId>,
    /// The words.
    #[serde(skip)]
    pub sealed: TransferText,
}

/// 线索已移送
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClueTransferred {
    /// The day.
    pub on: Date,
    /// The words.
    #[serde(skip)]
    pub sealed: TransferText,
}

/// The sealed part of both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferText {
    /// To which body.
    pub to: String,
    /// Why, or what the clue is.
    pub reason: String,
}

impl Recorded for ApplicationTransferred {
    sealed_part!(TransferText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.ending = Some(Ending {
            kind: EndingKind::Transferred,
            on: self.on,
            by: meta.actor,
            ground: None,
            reason: self.sealed.reason.clone(),
            heard: String::new(),
            to: self.sealed.to.clone(),
            copied_to: self.copied_to.clone(),
            scan: None,
        });
    }
}

impl Recorded for ClueTransferred {
    sealed_part!(TransferText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.clues.push(Clue {
            to: self.sealed.to.clone(),
            text: self.sealed.reason.clone(),
            by: meta.actor,
            on: self.on,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    fn transfer(what: Transferred, to: &str) -> Transfer {
        Transfer {
            what,
            to: to.into(),
            reason: "申请人在清丰县工作。".into(),
        }
    }

    #[test]
    fn an_application_ends_here_a_clue_does_not() {
        let case = Given::received()
            .intake()
            .when(transfer(Transferred::Application, "清丰县民政局"))
            .then();
        assert_eq!(case.ending.unwrap().to, "清丰县民政局");
        let case = Given::accepted()
            .lead()
            .when(transfer(Transferred::Clue, "濮阳县纪委监委"))
            .then();
        assert!(case.is_running());
        assert_eq!(case.clues[0].to, "濮阳县纪委监委");
    }

    #[test]
    fn refusals() {
        let act = || transfer(Transferred::Application, "清丰县民政局");
        let refusal = Given::received()
            .intake()
            .when(transfer(Transferred::Application, ""))
            .refused();
        assert_eq!(refusal.fields[0].field, "to");
        assert_eq!(
            Given::received().discipline_lead().when(act()).refused().code,
            "bureau-only"
        );
        assert_eq!(
            Given::received().intake().done(act()).when(act()).refused().code,
            "ended"
        );
        assert_eq!(Given::nothing().intake().when(act()).refused().code, "not-found");
    }
}
