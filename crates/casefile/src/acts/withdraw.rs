//! 撤回: the applicant takes the application back, with own signature and reason, before anything is determined.
//!
//! The group gets a copy at once. A new application is a new case that names this one, so the chain of receipts stays
//! visible (七（二）).

use crate::act::Perform;
use crate::case::{Case, Ending, EndingKind, File};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::{Date, InstitutionId};
use serde::{Deserialize, Serialize};

/// The applicant withdraws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdraw {
    /// Why.
    pub reason: String,
    /// 姓名, typed by the applicant as the signature, or as the paper bears it.
    pub signature: String,
    /// The signed paper, where the bureau's window enters it.
    pub scan: Option<File>,
}

impl Perform for Withdraw {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        ctx.must_be_applicant_or_window(case)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let name = case
            .application
            .as_ref()
            .map_or("", |application| application.text.name.trim());
        Check::new()
            .required("reason", "撤回的理由", &self.reason, LONG_TEXT)
            .that(
                self.signature.trim() == name,
                "signature",
                format!("签名和申请人的姓名不一样。撤回要本人签名，请写“{name}”。"),
            )
            .that(
                ctx.is_signed(case, self.scan.as_ref()),
                "scan",
                "还没有上传申请人签了名的纸。请扫描或者拍照上传。",
            )
            .done()?;
        let event = Withdrawn {
            on: ctx.today(),
            copied_to: case.receipt.iter().map(|receipt| receipt.discipline).collect(),
            sealed: WithdrawnText {
                reason: self.reason,
                scan: self.scan,
            },
        };
        Ok(vec![event.into()])
    }
}

/// 已撤回
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The day.
    pub on: Date,
    /// The group, which gets a copy at once.
    pub copied_to: Vec<InstitutionId>,
    /// The words.
    #[serde(skip)]
    pub sealed: WithdrawnText,
}

/// The sealed part of [`Withdrawn`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawnText {
    /// Why.
    pub reason: String,
    /// The signed paper.
    pub scan: Option<File>,
}

impl Recorded for Withdrawn {
    sealed_part!(WithdrawnText);

    fn files(&self) -> Vec<&File> {
        self.sealed.scan.iter().collect()
    }

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.ending = Some(Ending {
            kind: EndingKind::Withdrawn,
            on: self.on,
            by: meta.actor,
            ground: None,
            reason: self.sealed.reason.clone(),
            heard: String::new(),
            to: String::new(),
            copied_to: self.copied_to.clone(),
            scan: self.sealed.scan.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{DISCIPLINE, Given};

    fn withdraw(reason: &str, signature: &str) -> Withdraw {
        Withdraw {
            reason: reason.into(),
            signature: signature.into(),
            scan: None,
        }
    }

    #[test]
    fn by_the_applicant_copied_to_the_group() {
        let case = Given::accepted()
            .worker()
            .when(withdraw("想补齐材料再申请。", "李春梅"))
            .then();
        let ending = case.ending.unwrap();
        assert_eq!(
            (ending.kind, ending.copied_to),
            (EndingKind::Withdrawn, vec![DISCIPLINE])
        );
    }

    #[test]
    fn refusals() {
        let fields = |act| Given::received().worker().when(act).refused().fields[0].field.clone();
        assert_eq!(fields(withdraw("", "李春梅")), "reason");
        assert_eq!(fields(withdraw("不申请了。", "王丽")), "signature");
        let act = || withdraw("不申请了。", "李春梅");
        assert_eq!(Given::received().intake().when(act()).refused().fields[0].field, "scan");
        assert_eq!(
            Given::received().discipline_lead().when(act()).refused().code,
            "applicant-only"
        );
        assert_eq!(
            Given::received().worker().done(act()).when(act()).refused().code,
            "ended"
        );
        assert_eq!(Given::nothing().worker().when(act()).refused().code, "not-found");
    }
}
