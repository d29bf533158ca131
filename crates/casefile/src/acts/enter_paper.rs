//! 窗口代录: an application on paper, as good a path as the one online (六（一）).
//!
//! The clerk enters what the worker signed; the applicant stays the worker. The clock runs from the day the bureau
//! had the paper, not from the day it was handed in to somebody else, nor from the day it was typed.

use crate::act::Perform;
use crate::acts::submit::{Application, Arrival, Intake, not_received_twice, received, well_formed};
use crate::case::{Case, Channel, File, Paper};
use crate::event::Event;
use crate::refusal::{FieldRefusal, Refusal};
use crate::words::SHORT_TEXT;
use crate::{Context, Role};
use base::Date;
use base::law::Party;

/// The clerk enters an application that came on paper. Records `received/1`, as [`crate::acts::Submit`] does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnterPaper {
    /// Where it goes.
    pub intake: Intake,
    /// What the paper says.
    pub application: Application,
    /// 窗口 · 邮寄 · 口头 · 他人代交; never 网上.
    pub channel: Channel,
    /// The day the bureau had it.
    pub received_on: Date,
    /// The day it was handed in to somebody else first.
    pub handed_in_on: Option<Date>,
    /// To whom; goes with the day.
    pub handed_in_to: String,
    /// Who carried it, for [`Channel::Carried`].
    pub carried_by: String,
    /// The scan with signature or thumbprint.
    pub scan: Option<File>,
}

impl Perform for EnterPaper {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        not_received_twice(case)?;
        let capacity = ctx.actor.capacity;
        if capacity.is(Role::Intake, Party::Bureau) || capacity.is(Role::Lead, Party::Bureau) {
            return Ok(());
        }
        Err(Refusal::not_you(
            "window-only",
            "纸质申请由县（区）民政局窗口代录。",
            "请把申请交到民政局窗口，或者本人在网上申请。",
            "六（一）",
        ))
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        if self.application.codes.person == ctx.actor.person {
            return Err(Refusal::not_you(
                "own-case",
                "您自己的申请不能由您代录。",
                "请用本人的账号在网上申请，或者请同事代录。",
                "六（一）",
            ));
        }
        let (today, happened) = (ctx.today(), self.application.codes.happened);
        well_formed(&self.application, ctx.procedure, &ctx.substance.clauses, today)
            .that(
                self.channel != Channel::Online,
                "channel",
                "还没选申请是怎么交来的。请选一项。",
            )
            .that(
                self.received_on <= today,
                "received_on",
                "收到的日期不能晚于今天。请改成局里拿到申请的那一天。",
            )
            .that(
                happened.earliest().is_none_or(|day| day <= self.received_on),
                "received_on",
                "收到的日期早于事情发生的日期。请看一下是不是写错了。",
            )
            .that(
                self.handed_in_on.is_none_or(|day| day <= self.received_on),
                "handed_in_on",
                "交出的日期不能晚于局里收到的日期。请改一下。",
            )
            .that(
                self.handed_in_on.is_none() || !self.handed_in_to.trim().is_empty(),
                "handed_in_to",
                "还没写先交给了谁。请写上，例如“子岸镇民政所”。",
            )
            .that(
                self.handed_in_on.is_some() || self.handed_in_to.trim().is_empty(),
                "handed_in_on",
                "还没写是哪一天交出的。请写上。",
            )
            .optional("handed_in_to", "先交给了谁", &self.handed_in_to, SHORT_TEXT)
            .that(
                self.channel != Channel::Carried || !self.carried_by.trim().is_empty(),
                "carried_by",
                "还没写是谁代交的。请写上。",
            )
            .optional("carried_by", "代交人", &self.carried_by, SHORT_TEXT)
            .that(
                ["", ctx.procedure.leaflet.version.as_str()].contains(&self.application.codes.leaflet.as_str()),
                "leaflet",
                "告知书换了新的。请把新的告知书给本人看过，再勾选。",
            )
            .that(self.scan.is_some(), "scan", no_scan().sentence)
            .done()?;
        let paper = Paper {
            scan: self.scan.unwrap_or_default(),
            handed_in_to: self.handed_in_to,
            carried_by: self.carried_by,
        };
        let arrival = Arrival {
            channel: self.channel,
            received_on: self.received_on,
            handed_in_on: self.handed_in_on,
            paper: Some(paper),
        };
        Ok(vec![received(self.intake, self.application, arrival, ctx).into()])
    }
}

/// What is said where the scan is missing; also asked before it is entered, to tell it with all else.
pub fn no_scan() -> FieldRefusal {
    FieldRefusal {
        field: "scan".into(),
        sentence: "还没有上传签了名的申请。请扫描或者拍照上传，要看得清签名或者手印。".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Change, Given, INTAKE, WORKER, paper_application};

    fn enter(change: impl FnOnce(&mut EnterPaper)) -> EnterPaper {
        let mut act = paper_application();
        change(&mut act);
        act
    }

    #[test]
    fn the_clock_runs_from_the_day_the_bureau_had_it() {
        let case = Given::nothing().intake().when(enter(|_| ())).then();
        let receipt = case.receipt.as_ref().unwrap();
        assert_eq!(receipt.received_on, Date::constant(2026, 9, 15));
        assert_eq!(receipt.handed_in_on, Some(Date::constant(2026, 9, 14)));
        assert_eq!(receipt.due.due, Date::constant(2026, 10, 10));
        assert_eq!(receipt.entered_by, Some(INTAKE));
        assert_eq!(case.applicant(), Some(WORKER));
        assert_eq!(case.paper.unwrap().handed_in_to, "子岸镇民政所");
    }

    #[test]
    fn receipt_on_paper_is_never_refused_for_validity() {
        let case = Given::nothing()
            .intake()
            .when(enter(|act| act.intake.basis_pending = true))
            .then();
        assert!(case.receipt.unwrap().basis_pending);
    }

    #[test]
    fn refusals_name_the_field() {
        let table: [(&str, Change<EnterPaper>); 10] = [
            ("channel", |a| a.channel = Channel::Online),
            ("received_on", |a| a.received_on = Date::constant(2026, 9, 17)),
            ("received_on", |a| {
                a.application.codes.happened = Date::constant(2026, 9, 16).into();
            }),
            ("handed_in_on", |a| a.handed_in_on = Some(Date::constant(2026, 9, 16))),
            ("handed_in_on", |a| a.handed_in_on = None),
            ("handed_in_to", |a| a.handed_in_to.clear()),
            ("handed_in_to", |a| a.handed_in_to = "长".repeat(SHORT_TEXT + 1)),
            ("carried_by", |a| a.channel = Channel::Carried),
            ("scan", |a| a.scan = None),
            ("account", |a| a.application.text.account.clear()),
        ];
        for (field, change) in table {
            let refusal = Given::nothing().intake().when(enter(change)).refused();
            assert_eq!(
                refusal.fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(),
                [field]
            );
        }
    }

    #[test]
    fn entered_once_at_the_window_for_another() {
        let refused = |given: Given, act| given.when(act).refused().code;
        assert_eq!(refused(Given::nothing().worker(), enter(|_| ())), "window-only");
        assert_eq!(
            refused(Given::nothing().discipline_lead(), enter(|_| ())),
            "window-only"
        );
        assert_eq!(
            refused(
                Given::nothing().intake(),
                enter(|a| a.application.codes.person = INTAKE)
            ),
            "own-case"
        );
        assert_eq!(refused(Given::received().intake(), enter(|_| ())), "already-done");
    }
}
