//! 确定依据: which pack governs the procedure and which the substance, and by which rule of validity.
//!
//! Until then a case that came when no pack was plainly in force is 依据待定; its clock runs all the same. The rules of
//! validity and the packs are the caller's to check: this crate knows no pack.

use crate::act::Perform;
use crate::case::{Basis, Case};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use base::law::{GroundId, PackRef};
use serde::{Deserialize, Serialize};

/// The bureau names the basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameBasis {
    /// Governs the procedure.
    pub procedure: PackRef,
    /// Governs the substance.
    pub substance: PackRef,
    /// The rule of validity that chose them.
    pub rule: GroundId,
    /// Why, in words.
    pub reason: String,
}

impl Perform for NameBasis {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_not_be_concluded()?;
        ctx.must_be_bureau_staff(case)?;
        if case.basis.is_some() {
            return Err(Refusal::already("这个案件的依据已经确定了。"));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Check::new()
            .that(
                !self.procedure.id.is_empty(),
                "procedure",
                "还没选程序按哪份文件。请选一项。",
            )
            .that(
                !self.substance.id.is_empty(),
                "substance",
                "还没选认定按哪份文件。请选一项。",
            )
            .that(
                !self.rule.as_str().is_empty(),
                "rule",
                "还没选按什么规则确定。请选一项。",
            )
            .required("reason", "理由", &self.reason, LONG_TEXT)
            .done()?;
        let event = BasisNamed {
            on: ctx.today(),
            procedure: self.procedure,
            substance: self.substance,
            rule: self.rule,
            sealed: BasisNamedText { reason: self.reason },
        };
        Ok(vec![event.into()])
    }
}

/// 依据已确定
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasisNamed {
    /// The day.
    pub on: Date,
    /// Governs the procedure.
    pub procedure: PackRef,
    /// Governs the substance.
    pub substance: PackRef,
    /// The rule of validity that chose them.
    pub rule: GroundId,
    /// The words.
    #[serde(skip)]
    pub sealed: BasisNamedText,
}

/// The sealed part of [`BasisNamed`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasisNamedText {
    /// Why.
    pub reason: String,
}

impl Recorded for BasisNamed {
    sealed_part!(BasisNamedText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.basis = Some(Basis {
            procedure: self.procedure.clone(),
            substance: self.substance.clone(),
            rule: self.rule.clone(),
            on: self.on,
            reason: self.sealed.reason.clone(),
        });
        // A conclusion proposed under another pack is none under this one.
        case.proposed = None;
        if let Some(receipt) = &mut case.receipt {
            receipt.basis_pending = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Submit;
    use crate::testing::{Change, Given, application, intake, pack};

    fn name() -> NameBasis {
        NameBasis {
            procedure: pack(),
            substance: pack(),
            rule: "received-in-time".into(),
            reason: "收到时意见还在有效期内。".into(),
        }
    }

    #[test]
    fn no_longer_pending() {
        let mut act = Submit {
            intake: intake(),
            application: application(),
        };
        act.intake.basis_pending = true;
        let case = Given::nothing().worker().done(act).intake().when(name()).then();
        assert!(!case.receipt.unwrap().basis_pending);
        assert_eq!(case.basis.unwrap().rule, "received-in-time".into());
    }

    #[test]
    fn refusals() {
        let table: [(&str, Change<NameBasis>); 4] = [
            ("procedure", |a| a.procedure.id.clear()),
            ("substance", |a| a.substance.id.clear()),
            ("rule", |a| a.rule = "".into()),
            ("reason", |a| a.reason.clear()),
        ];
        for (field, change) in table {
            let mut act = name();
            change(&mut act);
            assert_eq!(Given::received().intake().when(act).refused().fields[0].field, field);
        }
        assert_eq!(Given::received().worker().when(name()).refused().code, "bureau-only");
        assert_eq!(
            Given::received().discipline_lead().when(name()).refused().code,
            "bureau-only"
        );
        assert_eq!(
            Given::received().intake().done(name()).when(name()).refused().code,
            "already-done"
        );
    }
}
