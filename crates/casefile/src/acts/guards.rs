//! Questions that many acts ask before anything else, each answered by one refusal in one place.

use crate::case::{Case, EndingKind, File};
use crate::refusal::Refusal;
use crate::{Context, Role};
use base::Date;
use base::calendar::Due;
use base::law::{OutcomeCode, Party, Unit};

impl Case {
    /// The case exists, is not ended and not determined.
    pub(crate) fn must_run(&self) -> Result<(), Refusal> {
        if self.receipt.is_none() {
            return Err(Refusal::not_found());
        }
        if let Some(ending) = &self.ending {
            return Err(Refusal::not_yet(
                "ended",
                format!("这个案件已经{}，不再往下办。", ending.kind.name()),
                if ending.kind == EndingKind::Deferred {
                    "可以归档；等的结论到了，用重新认定。"
                } else {
                    "可以归档。"
                },
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

    /// The case exists.
    pub(crate) fn must_be_received(&self) -> Result<(), Refusal> {
        if self.receipt.is_none() {
            return Err(Refusal::not_found());
        }
        Ok(())
    }

    /// The case exists and is not filed.
    pub(crate) fn must_be_open(&self) -> Result<(), Refusal> {
        self.must_be_received()?;
        if self.filed.is_some() {
            return Err(Refusal::not_yet(
                "filed",
                "这个案件已经归档，不能再改。",
                "以后的材料用补充归档。",
                "六（四）",
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
        self.must_not_be_concluded()
    }

    /// The case runs, and its conclusion is not yet given.
    pub(crate) fn must_not_be_concluded(&self) -> Result<(), Refusal> {
        self.must_run()?;
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

    /// It is settled which pack governs; `next` says what is to be done where it is not.
    pub(crate) fn must_have_a_basis(&self, next: &str) -> Result<(), Refusal> {
        if self.is_basis_pending() {
            return Err(Refusal::not_yet(
                "basis-pending",
                "这件事还没有确定按哪份文件办（依据待定）。",
                next,
                "六（二）",
            ));
        }
        Ok(())
    }

    /// The report is issued.
    pub(crate) fn must_be_issued(&self) -> Result<(), Refusal> {
        self.must_be_determined()?;
        if self.reports.is_empty() {
            return Err(Refusal::not_yet(
                "not-issued",
                "还没有出具认定报告。",
                "请先出具认定报告。",
                "六（二）",
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

    /// The actor does not act in their own case and is not recused from it.
    pub(crate) fn must_be_impartial(&self, case: &Case) -> Result<(), Refusal> {
        if case.applicant() == Some(self.actor.person) {
            return Err(Refusal::not_you(
                "own-case",
                "这是您自己的申请，不能由您来办。",
                "请局负责人换人。",
                "回避规定",
            ));
        }
        self.must_not_be_recused(case)
    }

    /// The actor is the applicant, or works at the bureau's window and enters what the applicant signed on paper.
    pub(crate) fn must_be_applicant_or_window(&self, case: &Case) -> Result<(), Refusal> {
        if case.applicant() == Some(self.actor.person) {
            return Ok(());
        }
        if self.must_be_bureau_staff(case).is_ok() {
            return Ok(());
        }
        Err(Refusal::not_you(
            "applicant-only",
            "这一步要由申请人本人办。",
            "申请人可以在网上办，也可以到窗口交签了名的纸。",
            "六（一）",
        ))
    }

    /// Whether what the form says was signed: online by the applicant's own login, else on the paper that was scanned.
    pub(crate) fn is_signed(&self, case: &Case, scan: Option<&File>) -> bool {
        case.applicant() == Some(self.actor.person) || scan.is_some()
    }

    /// The actor works for the bureau: its intake or its lead, not recused.
    pub(crate) fn must_be_bureau_staff(&self, case: &Case) -> Result<(), Refusal> {
        if self.actor.capacity.is(Role::Intake, Party::Bureau) {
            return self.must_be_impartial(case);
        }
        if self.own_party(case) == Some(Party::Bureau) {
            return self.must_lead(case).map(|_| ());
        }
        Err(Refusal::not_you(
            "bureau-only",
            "这一步由县（区）民政局办。",
            "请交给民政局收件岗或者负责人。",
            "六（二）",
        ))
    }

    /// The actor leads one of the two county institutions, or stands in for its lead, not recused; which one.
    pub(crate) fn must_lead(&self, case: &Case) -> Result<Party, Refusal> {
        if let Some(party) = case.stands_in_for(self.actor.person) {
            self.must_be_impartial(case)?;
            return Ok(party);
        }
        match (self.actor.capacity.role, self.actor.capacity.party) {
            (Role::Lead, Some(party @ (Party::Bureau | Party::Discipline))) => {
                self.must_be_impartial(case)?;
                case.city_lead(party).map_or(Ok(party), |lead| {
                    Err(Refusal::not_you(
                        "led-by-city",
                        format!("本案由{}{}牵头，代行负责人的职责。", lead.institution, lead.name),
                        "请等牵头的人办。",
                        "回避规定",
                    ))
                })
            }
            _ => Err(Refusal::not_you(
                "leads-only",
                "这一步由民政局或者驻局纪检监察组的负责人办。",
                "请交给负责人。",
                "六（二）",
            )),
        }
    }

    /// The actor leads one of the two county institutions and never investigated this case; which one.
    pub(crate) fn must_judge(&self, case: &Case) -> Result<Party, Refusal> {
        let party = self.must_lead(case)?;
        if case.ever_investigated(self.actor.person) {
            return Err(Refusal::not_you(
                "investigated",
                "您参与过本案调查，不能再提意见或者认定。",
                "请由没有参与调查的负责人办。",
                "七（二）",
            ));
        }
        Ok(party)
    }

    /// The actor leads the bureau and never investigated this case.
    pub(crate) fn must_judge_for_bureau(&self, case: &Case) -> Result<(), Refusal> {
        if self.must_judge(case)? != Party::Bureau {
            return Err(Refusal::not_you(
                "bureau-lead-only",
                "这一步由民政局负责人办。",
                "请交给民政局负责人。",
                "六（二）",
            ));
        }
        Ok(())
    }

    /// Whether the working days of `step` after `from` are over; a step without a target has no end.
    pub(crate) fn step_is_over(&self, step: &str, from: Date) -> bool {
        let target = self
            .step_days(step)
            .map(|days| self.calendar.deadline(from, days, Unit::WorkingDays));
        target.is_some_and(|target| target.due < self.today())
    }

    /// Whether the pack knows the outcome.
    pub(crate) fn knows_outcome(&self, outcome: &OutcomeCode) -> bool {
        self.substance.outcomes.contains(outcome)
    }

    /// The actor is an unrecused investigator of this case.
    pub(crate) fn must_investigate(&self, case: &Case) -> Result<(), Refusal> {
        self.must_be_impartial(case)?;
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
