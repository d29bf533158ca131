//! Questions that many acts ask before anything else, each answered by one refusal in one place.

use crate::case::{Case, EndingKind};
use crate::refusal::Refusal;
use crate::{Context, Role};
use base::Date;
use base::calendar::Due;
use base::law::{Party, Unit};

impl Case {
    /// The case exists, is not ended and not determined.
    pub(crate) fn must_run(&self) -> Result<(), Refusal> {
        if self.receipt.is_none() {
            return Err(Refusal::not_found());
        }
        if let Some(ending) = &self.ending {
            let how = match ending.kind {
                EndingKind::Declined => "不予受理",
                EndingKind::Transferred => "移送",
                EndingKind::Withdrawn => "撤回",
            };
            return Err(Refusal::not_yet(
                "ended",
                format!("这个案件已经{how}，不再往下办。"),
                "可以归档。",
                "六（四）",
            ));
        }
        if !self.determinations.is_empty() {
            return Err(Refusal::not_yet(
                "determined",
                "这个案件已经认定，不能再改前面的步骤。",
                "确有错误的，请用更正或者重新认定。",
                "六（二）",
            ));
        }
        Ok(())
    }

    /// The case runs, is accepted, and its conclusion is not yet given.
    pub(crate) fn must_be_under_inquiry(&self) -> Result<(), Refusal> {
        self.must_run()?;
        if self.accepted.is_none() {
            return Err(Refusal::not_yet(
                "not-accepted",
                "还没有受理，不能开始核实。",
                "请先受理。",
                "六（二）",
            ));
        }
        if self.conclusion.is_some() {
            return Err(Refusal::not_yet(
                "concluded",
                "调查结论已经作出，不能再改前面的事实。",
                "认定以后发现隐瞒的，用重新认定；笔误用更正。",
                "七（二）",
            ));
        }
        Ok(())
    }

    /// The conclusion is given and nothing is determined.
    pub(crate) fn must_be_concluded(&self) -> Result<(), Refusal> {
        self.must_run()?;
        if self.conclusion.is_none() {
            return Err(Refusal::not_yet(
                "not-concluded",
                "还没有调查结论。",
                "请等调查人作出结论。",
                "七（二）",
            ));
        }
        Ok(())
    }

    /// There is a determination.
    pub(crate) fn must_be_determined(&self) -> Result<(), Refusal> {
        if self.receipt.is_none() {
            return Err(Refusal::not_found());
        }
        if self.determinations.is_empty() {
            return Err(Refusal::not_yet(
                "not-determined",
                "还没有认定。",
                "请等局负责人认定。",
                "六（二）",
            ));
        }
        Ok(())
    }
}

impl Context<'_> {
    /// The due date of the conclusion: the pack's deadline met by `conclude`, from the day of receipt.
    pub(crate) fn due(&self, received_on: Date) -> Due {
        let deadline = self
            .procedure
            .deadlines
            .iter()
            .find(|deadline| deadline.met_by == "conclude");
        let (n, unit) = deadline.map_or((0, Unit::WorkingDays), |deadline| (deadline.n, deadline.unit));
        self.calendar.deadline(received_on, n, unit)
    }

    /// The actor is not recused from this case.
    pub(crate) fn must_not_be_recused(&self, case: &Case) -> Result<(), Refusal> {
        if case.is_recused(self.actor.person) {
            return Err(Refusal::not_you(
                "recused",
                "您已回避，不能再办这个案件。",
                "请局负责人换人。",
                "回避规定",
            ));
        }
        Ok(())
    }

    /// The actor is the applicant of this case.
    pub(crate) fn must_be_applicant(&self, case: &Case) -> Result<(), Refusal> {
        if case.applicant() != Some(self.actor.person) {
            return Err(Refusal::not_you(
                "applicant-only",
                "这一步要由申请人本人办。",
                "请告诉申请人。",
                "六（一）",
            ));
        }
        Ok(())
    }

    /// The actor works for the bureau: its intake or its lead, not recused.
    pub(crate) fn must_be_bureau_staff(&self) -> Result<(), Refusal> {
        let capacity = self.actor.capacity;
        if capacity.is(Role::Intake, Party::Bureau) || capacity.is(Role::Lead, Party::Bureau) {
            return Ok(());
        }
        Err(Refusal::not_you(
            "bureau-only",
            "这一步由县（区）民政局办。",
            "请交给民政局收件岗或者负责人。",
            "六（二）",
        ))
    }

    /// The actor leads one of the two county institutions; which one.
    pub(crate) fn must_lead(&self) -> Result<Party, Refusal> {
        match (self.actor.capacity.role, self.actor.capacity.party) {
            (Role::Lead, Some(party @ (Party::Bureau | Party::Discipline))) => Ok(party),
            _ => Err(Refusal::not_you(
                "leads-only",
                "这一步由民政局或者驻局纪检监察组的负责人办。",
                "请交给负责人。",
                "六（二）",
            )),
        }
    }

    /// The actor is an unrecused investigator of this case.
    pub(crate) fn must_investigate(&self, case: &Case) -> Result<(), Refusal> {
        self.must_not_be_recused(case)?;
        if !case.is_investigating(self.actor.person) {
            return Err(Refusal::not_you(
                "investigators-only",
                "这一步由本案的调查人办。",
                "请交给调查人。",
                "七（二）",
            ));
        }
        Ok(())
    }
}
