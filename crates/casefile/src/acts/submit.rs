//! 提出申请: the worker applies in their own name, directly to the county bureau (六（一）).
//!
//! Records the receipt: number, day received, due date. Receipt is never refused because it is unclear which pack is
//! in force; the case is then marked 依据待定. What the applicant claims is a claim; only findings count later.

use crate::act::Perform;
use crate::case::{Case, Channel, File, Paper, Receipt};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, SHORT_TEXT, When};
use crate::{Context, Role, sealed_part};
use base::law::{ClauseId, GroundId, PackRef, Party, Procedure};
use base::{CaseId, Date, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};

/// An application as it is handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Codes and dates, kept open.
    pub codes: ApplicationCodes,
    /// Everything in words, sealed.
    pub text: ApplicationText,
}

/// The open part of an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationCodes {
    /// The worker who applies (免责申请人).
    pub person: PersonId,
    /// Their unit.
    pub unit: InstitutionId,
    /// What is claimed: 免责 · 减责 · 免责，备位减责.
    pub claim: GroundId,
    /// The clauses the applicant ticked; a wrong tick is never a ground to decline.
    pub clauses: Vec<ClauseId>,
    /// 工作类别
    pub work_kind: GroundId,
    /// 工作环节
    pub work_links: Vec<GroundId>,
    /// When it happened.
    pub happened: When,
    /// When it was discovered.
    pub discovered: Option<When>,
    /// 发现以后，您向谁报告了？
    pub reporting: Reporting,
    /// When it was reported.
    pub reported: Option<When>,
    /// 后来改正了吗？
    pub correcting: Correcting,
    /// 您和他们是亲戚吗？
    pub kin: Kin,
    /// For kin: whether that was recorded (近亲属备案).
    pub kin_recorded: Option<bool>,
    /// Whether somebody holds the worker to account for it already.
    pub accountability: Accountability,
    /// When the worker first knew of an inquiry.
    pub inquiry_known: Option<When>,
    /// Version of the declaration signed.
    pub declaration: String,
    /// Version of the leaflet of rights read before signing; empty for a paper that came without it: the leaflet is
    /// handed over with the acceptance.
    pub leaflet: String,
}

impl ApplicationCodes {
    /// Whether both are about one matter: the same person in the same unit, at the same kind of work in the same month.
    pub fn same_matter(&self, other: &ApplicationCodes) -> bool {
        let of = |codes: &ApplicationCodes| (codes.person, codes.unit, codes.happened.year, codes.happened.month);
        of(self) == of(other) && self.work_kind == other.work_kind
    }
}

/// The sealed part of an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationText {
    /// 姓名
    pub name: String,
    /// 单位
    pub unit: String,
    /// 岗位
    pub post: String,
    /// 手机
    pub phone: String,
    /// 谁授权的, for authorised staff.
    pub authorised_by: String,
    /// 其他工作, written out.
    pub work_other: String,
    /// 事情的经过
    pub account: String,
    /// 向谁、怎么报告的
    pub reported_to: String,
    /// 怎么改正的
    pub correction: String,
    /// 户主姓名 of the family concerned; may be empty.
    pub household: String,
    /// 村（社区）
    pub village: String,
    /// 依据的其他文件, for 三（十二） and 四（三）.
    pub citation: String,
    /// By which body, at what stage, under which number, the worker is held to account.
    pub accountability: String,
    /// Files handed in with it.
    pub files: Vec<(File, String)>,
}

/// Whether it was reported (及时报告).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reporting {
    /// 报告了
    Reported,
    /// 没报告
    NotReported,
    /// 别人先发现的
    FoundByOthers,
}

/// Whether it was corrected (整改纠正).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correcting {
    /// 已改正
    Corrected,
    /// 正在改
    UnderWay,
    /// 改不了
    Impossible,
    /// 还没改
    NotYet,
}

/// Kinship between the worker and the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kin {
    /// 是
    Yes,
    /// 不是
    No,
    /// 不清楚
    Unsure,
}

/// Whether the worker is held to account already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accountability {
    /// 还没有人追究
    None,
    /// 正在调查
    Pending,
    /// 已经处理
    Decided,
}

/// Where and when an application was received; the same for every way it can come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// The new case.
    pub case: CaseId,
    /// 收件编号, the next of the bureau's series.
    pub number: String,
    /// The bureau.
    pub bureau: InstitutionId,
    /// The group stationed at it.
    pub discipline: InstitutionId,
    /// The city bureau.
    pub city: InstitutionId,
    /// The group stationed at the city bureau.
    pub city_discipline: InstitutionId,
    /// The pack whose questions the form put.
    pub pack: PackRef,
    /// Whether it is open which pack governs (依据待定).
    pub basis_pending: bool,
    /// The earlier case, where the applicant withdrew and applies anew.
    pub follows: Option<CaseId>,
    /// Whose lead the applicant is, where they lead one of the two institutions.
    pub led_by_applicant: Option<Party>,
}

/// The worker hands in the application online.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submit {
    /// Where it goes.
    pub intake: Intake,
    /// What it says.
    pub application: Application,
}

impl Perform for Submit {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        not_received_twice(case)?;
        if ctx.actor.capacity.role != Role::Worker {
            return Err(Refusal::not_you(
                "own-name",
                "尽职免责申请要由本人提出。",
                "请让本人登录申请，或者在窗口收纸质申请。",
                "六（一）",
            ));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        if self.application.codes.person != ctx.actor.person {
            return Err(Refusal::not_you(
                "own-name",
                "不能替别人提出申请。",
                "请让本人登录申请，或者在窗口收纸质申请。",
                "六（一）",
            ));
        }
        let application = &self.application;
        well_formed(application, ctx.procedure, &ctx.substance.clauses, ctx.today())
            .that(
                application.codes.leaflet == ctx.procedure.leaflet.version,
                "leaflet",
                "告知书换了新的。请重新看过，再提交。",
            )
            .done()?;
        let arrival = Arrival {
            channel: Channel::Online,
            received_on: ctx.today(),
            handed_in_on: None,
            paper: None,
        };
        Ok(vec![received(self.intake, self.application, arrival, ctx).into()])
    }
}

/// A case is received once.
pub(super) fn not_received_twice(case: &Case) -> Result<(), Refusal> {
    if case.receipt.is_some() {
        return Err(Refusal::already("这份申请已经收到了。"));
    }
    Ok(())
}

/// What every application must say, whichever way it comes; `clauses` are the pack's. Also asked before it is handed in,
/// to name what is missing. The codes lie open in the record: only what the pack lists gets there.
pub fn well_formed(application: &Application, procedure: &Procedure, clauses: &[ClauseId], today: Date) -> Check {
    let (codes, text) = (&application.codes, &application.text);
    let listed = |list: &[base::law::Ground], id: &GroundId| list.iter().any(|ground| ground.id == *id);
    let not_after_today = |when: When| when.earliest().is_some_and(|day| day <= today);
    let mut check = Check::new();
    check
        .required("name", "姓名", &text.name, 50)
        .required("unit", "单位", &text.unit, SHORT_TEXT)
        .required("post", "岗位", &text.post, SHORT_TEXT)
        .optional("phone", "手机", &text.phone, 20)
        .optional("authorised_by", "谁授权的", &text.authorised_by, SHORT_TEXT)
        .that(
            listed(&procedure.work_kinds, &codes.work_kind),
            "work_kind",
            "还没选是哪项工作。请选一项。",
        )
        .that(
            !codes.work_links.is_empty() && codes.work_links.iter().all(|link| listed(&procedure.work_links, link)),
            "work_links",
            "还没选问题出在哪一步。请至少选一项。",
        )
        // Of the work and of the link, one after the other.
        .optional("work_other", "其他工作", &text.work_other, 2 * SHORT_TEXT + 1)
        .that(
            not_after_today(codes.happened),
            "happened",
            format!(
                "事情发生的日期不能晚于今天（{} 年 {} 月 {} 日）。请改一下。",
                today.year(),
                today.month(),
                today.day()
            ),
        )
        .that(
            codes.discovered.is_none_or(not_after_today),
            "discovered",
            "发现的日期不能晚于今天。请改一下。",
        )
        .that(
            codes.reported.is_none_or(not_after_today),
            "reported",
            "报告的日期不能晚于今天。请改一下。",
        )
        .that(
            codes.inquiry_known.is_none_or(not_after_today),
            "inquiry_known",
            "知道有单位在查的日期不能晚于今天。请改一下。",
        )
        .that(
            procedure.claims.iter().any(|claim| claim.id == codes.claim),
            "claim",
            "还没选要申请什么。请选一项。",
        )
        .that(
            !codes.clauses.is_empty(),
            "clauses",
            "还没选相符的情况。至少选一项，拿不准就选最像的。",
        )
        .that(
            codes.clauses.iter().all(|clause| clauses.contains(clause)),
            "clauses",
            "选的情况不在这份文件里。请从列出的里面选。",
        )
        .required("account", "事情的经过", &text.account, LONG_TEXT)
        .optional("reported_to", "报告的情况", &text.reported_to, LONG_TEXT)
        .optional("correction", "改正的情况", &text.correction, LONG_TEXT)
        .optional("household", "户主姓名", &text.household, 50)
        .optional("village", "村（社区）", &text.village, SHORT_TEXT)
        .optional("citation", "依据的文件", &text.citation, SHORT_TEXT)
        .optional("accountability", "追究的情况", &text.accountability, LONG_TEXT)
        .that(
            text.files
                .iter()
                .all(|(_, proves)| proves.chars().count() <= SHORT_TEXT),
            "files",
            format!("材料能证明什么，一份最多写 {SHORT_TEXT} 个字。请删短一些。"),
        )
        .that(
            codes.declaration == procedure.declaration.version,
            "declaration",
            "还没勾选声明。请看过声明，勾选后再提交。",
        );
    check
}

/// How and when an application came to the bureau.
pub(super) struct Arrival {
    /// The way it came.
    pub channel: Channel,
    /// The day the bureau had it.
    pub received_on: Date,
    /// The day it was handed in to somebody else first.
    pub handed_in_on: Option<Date>,
    /// The paper, where it came on paper.
    pub paper: Option<Paper>,
}

/// The event of receipt. The due date runs from the day the bureau had it; that day is day 0 (七（二）).
pub(super) fn received(intake: Intake, application: Application, arrival: Arrival, ctx: &Context) -> Received {
    Received {
        case: intake.case,
        receipt: Receipt {
            number: intake.number,
            bureau: intake.bureau,
            discipline: intake.discipline,
            city: intake.city,
            city_discipline: intake.city_discipline,
            channel: arrival.channel,
            received_on: arrival.received_on,
            handed_in_on: arrival.handed_in_on,
            entered_by: (ctx.actor.person != application.codes.person).then_some(ctx.actor.person),
            due: ctx.due(arrival.received_on),
            earlier_due: Vec::new(),
            pack: intake.pack,
            basis_pending: intake.basis_pending,
            follows: intake.follows,
            led_by_applicant: intake.led_by_applicant,
        },
        application: application.codes,
        sealed: ReceivedText {
            application: application.text,
            paper: arrival.paper,
        },
    }
}

/// 收到: the bureau has the application; the statutory clock runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The case.
    pub case: CaseId,
    /// Number, days, due date.
    pub receipt: Receipt,
    /// The application's codes.
    pub application: ApplicationCodes,
    /// The application's words.
    #[serde(skip)]
    pub sealed: ReceivedText,
}

/// The sealed part of a receipt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedText {
    /// The application's words.
    pub application: ApplicationText,
    /// What is known of the paper it came on, where it came on paper.
    pub paper: Option<Paper>,
}

impl Recorded for Received {
    sealed_part!(ReceivedText);

    fn files(&self) -> Vec<&File> {
        let application = self.sealed.application.files.iter().map(|(file, _)| file);
        application
            .chain(self.sealed.paper.iter().map(|paper| &paper.scan))
            .collect()
    }

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.id = self.case;
        case.receipt = Some(self.receipt.clone());
        case.claim = Some(self.application.claim.clone());
        case.application = Some(Application {
            codes: self.application.clone(),
            text: self.sealed.application.clone(),
        });
        case.paper = self.sealed.paper.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Change, Given, application, intake};

    fn submit(change: impl FnOnce(&mut Application)) -> Submit {
        let mut application = application();
        change(&mut application);
        Submit {
            intake: intake(),
            application,
        }
    }

    #[test]
    fn receipt_gives_number_and_due_date() {
        let case = Given::nothing().worker().when(submit(|_| ())).then();
        let receipt = case.receipt.unwrap();
        assert_eq!(receipt.number, "JZ-410928-2026-0017");
        assert_eq!(receipt.due.due, Date::constant(2026, 10, 12));
        assert!(!receipt.due.provisional);
    }

    #[test]
    fn receipt_is_never_refused_for_validity() {
        let mut act = submit(|_| ());
        act.intake.basis_pending = true;
        let case = Given::nothing().worker().when(act).then();
        assert!(case.receipt.unwrap().basis_pending);
    }

    #[test]
    fn refusals_name_the_field() {
        let table: [(&str, Change<Application>); 8] = [
            ("clauses", |a| a.codes.clauses.clear()),
            ("clauses", |a| a.codes.clauses.push("李春梅".into())),
            ("leaflet", |a| a.codes.leaflet = "李春梅".into()),
            ("account", |a| a.text.account = " ".into()),
            ("account", |a| a.text.account = "长".repeat(LONG_TEXT + 1)),
            ("happened", |a| {
                a.codes.happened = When {
                    year: 2099,
                    month: 1,
                    day: None,
                }
            }),
            ("declaration", |a| a.codes.declaration.clear()),
            ("claim", |a| a.codes.claim = "nothing".into()),
        ];
        for (field, change) in table {
            let refusal = Given::nothing().worker().when(submit(change)).refused();
            assert_eq!(
                refusal.fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(),
                [field]
            );
        }
    }

    #[test]
    fn nobody_applies_for_another() {
        let act = submit(|a| a.codes.person = PersonId([9; 16]));
        assert_eq!(Given::nothing().worker().when(act).refused().code, "own-name");
        assert_eq!(
            Given::nothing().intake().when(submit(|_| ())).refused().code,
            "own-name"
        );
    }

    #[test]
    fn a_form_sent_twice_is_received_once() {
        assert_eq!(
            Given::received().worker().when(submit(|_| ())).refused().code,
            "already-done"
        );
    }
}
