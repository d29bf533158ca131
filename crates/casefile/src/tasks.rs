//! The task list of a case (办理步骤): four groups, each task with one of five states and a second line that says who,
//! when, or what comes first. Derived from the state and from [`waiting`]; late is not a state but added words.

use crate::ActName;
use crate::case::{Anew, Case, Recipient, Round};
use crate::waiting::{Waiting, waiting};
use crate::words::{day, party};
use base::Date;
use base::calendar::Calendar;
use base::law::{Assessment, Procedure, QuestionId};

/// The state of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 未开始: may be done now.
    NotStarted,
    /// 进行中: begun, not finished.
    Underway,
    /// 已完成
    Done,
    /// 不能开始: something comes first.
    Blocked,
    /// 不需要
    NotNeeded,
}

impl State {
    /// As the page shows it.
    pub fn name(self) -> &'static str {
        match self {
            State::NotStarted => "未开始",
            State::Underway => "进行中",
            State::Done => "已完成",
            State::Blocked => "不能开始",
            State::NotNeeded => "不需要",
        }
    }
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What the task is.
    pub title: &'static str,
    /// How far it is.
    pub state: State,
    /// The second line: who, when, or what comes first.
    pub detail: String,
    /// `晚了 3 天`, where its day has passed.
    pub late: Option<String>,
    /// The act that is to be done next for it, where one is waited for.
    pub act: Option<ActName>,
}

/// One group of tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// 一、申请和受理 …
    pub title: &'static str,
    /// Its tasks, in order.
    pub tasks: Vec<Task>,
}

/// The task list; `assessment` is what follows from the findings so far.
pub fn tasks(
    case: &Case,
    procedure: &Procedure,
    assessment: &Assessment,
    calendar: &Calendar,
    today: Date,
) -> Vec<Group> {
    let list = List {
        case,
        procedure,
        open: case.open_questions(assessment).len(),
        waits: waiting(case, procedure, assessment, calendar, today),
        today,
    };
    let group = |title, tasks: Vec<Option<Task>>| Group {
        title,
        tasks: tasks.into_iter().flatten().collect(),
    };
    vec![
        group(
            "一、申请和受理",
            vec![list.received(), list.supplement(), list.accepted()],
        ),
        group(
            "二、核实",
            vec![
                list.led_by_city(),
                list.assigned(),
                list.recusals(),
                list.inquiries(),
                list.heard(),
                list.findings(),
                list.conclusion(),
            ],
        ),
        group(
            "三、认定",
            vec![
                list.opinions(),
                list.consultation(),
                list.major(),
                list.determination(),
                list.issued(),
            ],
        ),
        group(
            "四、送达和归档",
            vec![list.reported(), list.served(), list.review(), list.filed()],
        ),
    ]
}

struct List<'a> {
    case: &'a Case,
    procedure: &'a Procedure,
    /// How many questions that would change the outcome are not found yet.
    open: usize,
    waits: Vec<Waiting>,
    today: Date,
}

/// What is known of a task before its waits are looked at.
enum Stand {
    /// Finished, with the second line.
    Done(String),
    /// Begun, with what is there.
    Begun(String),
    /// Nothing yet; `要先有：…` where it cannot begin.
    Open(&'static str),
}

impl List<'_> {
    fn task(&self, title: &'static str, acts: &[ActName], stand: Stand) -> Option<Task> {
        let waits: Vec<_> = self.waits.iter().filter(|wait| acts.contains(&wait.act)).collect();
        let late = waits
            .iter()
            .filter_map(|wait| wait.due)
            .min()
            .filter(|due| *due < self.today);
        let mut task = Task {
            title,
            state: State::Done,
            detail: String::new(),
            late: late.map(|due| format!("晚了 {} 天", (self.today - due).get_days())),
            act: waits.first().map(|wait| wait.act),
        };
        let mut names: Vec<_> = waits.iter().map(|wait| wait.who.text(self.case)).collect();
        names.dedup();
        let waited = format!("等{}", names.join("、"));
        let over = self.case.ending.is_some() && acts != [ActName::FileCase];
        (task.state, task.detail) = match stand {
            Stand::Done(detail) => {
                task.late = None;
                (State::Done, detail)
            }
            Stand::Begun(_) | Stand::Open(_) if over => (State::NotNeeded, self.ended()),
            Stand::Begun(detail) if names.is_empty() => (State::Underway, detail),
            Stand::Begun(detail) => (State::Underway, format!("{detail}，{waited}")),
            Stand::Open(_) if !names.is_empty() => (State::NotStarted, waited),
            Stand::Open(first) => (State::Blocked, format!("要先有：{first}")),
        };
        Some(task)
    }

    fn not_needed(title: &'static str, why: &str) -> Option<Task> {
        Some(Task {
            title,
            state: State::NotNeeded,
            detail: why.into(),
            late: None,
            act: None,
        })
    }

    fn ended(&self) -> String {
        let ending = self.case.ending.as_ref();
        format!("已经{}", ending.map_or("办结", |ending| ending.kind.name()))
    }

    /// `9 月 20 日完成过，因…重开`, where this was done in the round before on the day that `done` names.
    fn again(&self, done: impl Fn(&Round) -> Option<Date>, otherwise: Stand) -> Stand {
        let Some((round, on)) = self.case.rounds.last().and_then(|round| Some((round, done(round)?))) else {
            return otherwise;
        };
        let why = match round.ground {
            Anew::Facts => "退回补充调查",
            Anew::Concealment => "发现隐瞒",
            Anew::Review => "复核",
            Anew::Awaited => "等的结论到了",
        };
        Stand::Begun(format!("{}完成过，因{why}重开", day(on)))
    }

    fn received(&self) -> Option<Task> {
        let received = self.case.receipt.as_ref()?;
        self.task(
            "收到申请",
            &[],
            Stand::Done(format!("{}，期限从次日算起", day(received.received_on))),
        )
    }

    fn supplement(&self) -> Option<Task> {
        let asked = self.case.supplement.as_ref()?;
        let stand = match &asked.answer {
            Some(answer) => Stand::Done(format!("{}补正", day(answer.on))),
            None => Stand::Begun(format!("{}告知，{}前补正", day(asked.asked_on), day(asked.until))),
        };
        self.task("补正", &[ActName::Supplement], stand)
    }

    fn accepted(&self) -> Option<Task> {
        let stand = match &self.case.accepted {
            Some(done) => Stand::Done(format!("{}，{}", day(done.on), done.stood.name)),
            None => Stand::Open("收到申请"),
        };
        self.task("受理", &[ActName::Accept], stand)
    }

    fn led_by_city(&self) -> Option<Task> {
        let stand = match self.case.led_by_city_in_words() {
            (None, None) => return None,
            (Some(lacking), _) => Stand::Begun(lacking),
            (None, Some(led)) => Stand::Done(led),
        };
        self.task("市级牵头", &[ActName::TakeLead], stand)
    }

    fn assigned(&self) -> Option<Task> {
        let names: Vec<_> = self.case.active_investigators().map(|i| i.name.as_str()).collect();
        let stand = match names.len() {
            0 => Stand::Open("受理"),
            n if n < usize::from(self.procedure.investigators) => Stand::Begun(format!("已有{}", names.join("、"))),
            _ => Stand::Done(names.join("、")),
        };
        self.task("指派调查人", &[ActName::Assign], stand)
    }

    fn recusals(&self) -> Option<Task> {
        let recusals = &self.case.recusals;
        let last = recusals.last()?;
        let stand = match recusals.iter().filter(|recusal| recusal.ruling.is_none()).count() {
            0 => Stand::Done(format!("{} 件，最后一件 {}", recusals.len(), day(last.on))),
            n => Stand::Begun(format!("{n} 件还没有决定")),
        };
        self.task("回避", &[ActName::RuleRecusal], stand)
    }

    fn inquiries(&self) -> Option<Task> {
        let all = &self.case.inquiries;
        let signed = all.iter().filter(|inquiry| inquiry.countersigned.is_some()).count();
        let stand = match all.len() {
            0 => Stand::Open("指派调查人"),
            n if signed == n => Stand::Done(format!("{n} 份")),
            n => Stand::Begun(format!("{n} 份，会签 {signed} 份")),
        };
        self.task("调查笔录", &[ActName::Investigate, ActName::Countersign], stand)
    }

    fn heard(&self) -> Option<Task> {
        if !self.procedure.hear_applicant {
            return List::not_needed("听取申辩", "文件没有要求");
        }
        let statement = &self.case.statement;
        let answered = statement
            .arguments
            .iter()
            .filter(|argument| argument.answer.is_some())
            .count();
        let stand = match (statement.invited, statement.stated, &statement.waived) {
            (Some(_), None, Some(waived)) => Stand::Done(format!("{}放弃", day(waived.on))),
            (Some(_), Some(on), _) if self.case.is_heard() => {
                Stand::Done(format!("{}说明，{answered} 条都已答复", day(on)))
            }
            (_, Some(on), _) => Stand::Begun(format!(
                "{}说明，答复 {answered} 条，共 {} 条",
                day(on),
                statement.arguments.len()
            )),
            (Some((on, until)), None, None) => Stand::Begun(format!("{}告知，{}前说明", day(on), day(until))),
            (None, ..) => self.again(|round| round.statement.stated, Stand::Open("受理")),
        };
        let acts = [
            ActName::Invite,
            ActName::State,
            ActName::Waive,
            ActName::AnswerArgument,
            ActName::Explain,
        ];
        self.task("听取申辩", &acts, stand)
    }

    fn findings(&self) -> Option<Task> {
        let answers = self.case.answers();
        let stated = |id: &&QuestionId| self.case.finding(id).is_some_and(|finding| finding.impossible);
        let impossible = answers.keys().filter(stated).count();
        let mut found = format!("查明 {} 题", answers.len() - impossible);
        if impossible > 0 {
            found.push_str(&format!("，{impossible} 题无法查明"));
        }
        let stand = if self.case.conclusion.is_some() || self.case.proposed.is_some() {
            Stand::Done(found)
        } else if self.case.findings.is_empty() {
            Stand::Open("调查笔录")
        } else if self.open > 0 {
            Stand::Begun(format!("{found}，还差 {} 题", self.open))
        } else {
            Stand::Begun(found)
        };
        self.task("认定事实", &[ActName::Find], stand)
    }

    fn conclusion(&self) -> Option<Task> {
        let before = |round: &Round| round.conclusion.as_ref().map(|before| before.on);
        let heard = !self.procedure.hear_applicant || self.case.is_heard();
        let stand = match (&self.case.conclusion, &self.case.proposed) {
            (Some(conclusion), _) => {
                let names: Vec<_> = conclusion.signed.iter().map(|(_, name)| name.as_str()).collect();
                let time = if conclusion.in_time {
                    "在期限内"
                } else {
                    "超过期限"
                };
                Stand::Done(format!("{}，{time}，{}", day(conclusion.on), names.join("、")))
            }
            (None, Some(proposed)) => Stand::Begun(format!("已签 {} 人", proposed.signed.len())),
            (None, None) if self.case.is_basis_pending() => self.again(before, Stand::Open("确定依据")),
            (None, None) if heard => self.again(before, Stand::Open("会改变结果的问题都查明")),
            (None, None) if self.open == 0 => self.again(before, Stand::Open("听取申辩")),
            (None, None) => self.again(before, Stand::Open("听取申辩，会改变结果的问题都查明")),
        };
        self.task("调查结论", &[ActName::Conclude, ActName::SignConclusion], stand)
    }

    fn opinions(&self) -> Option<Task> {
        let case = self.case;
        let stand = match case.opinions.len() {
            0 => self.again(
                |round| {
                    round
                        .opinions
                        .values()
                        .filter_map(|opinion| opinion.opened)
                        .max()
                        .map(|at| at.date())
                },
                Stand::Open("调查结论"),
            ),
            _ if case.opinions_settled(self.procedure) => {
                let silent: Vec<_> = case.silent.iter().filter(|p| !case.opinions.contains_key(p)).collect();
                let on = case
                    .opinions_opened
                    .map(|opened| day(opened.date()))
                    .unwrap_or_default();
                let how = if case.opinions_differ() {
                    "意见不一致"
                } else {
                    "意见一致"
                };
                Stand::Done(match silent.first() {
                    Some(one) => format!("{on}打开，{}没有提意见，已载明", party(**one)),
                    None => format!("{on}打开，{how}"),
                })
            }
            n => Stand::Begun(format!("已提交 {n} 份")),
        };
        self.task("两家意见", &[ActName::Opine], stand)
    }

    fn consultation(&self) -> Option<Task> {
        let case = self.case;
        let stand = match case.consultations.last() {
            Some(consultation) => match &consultation.minutes {
                Some(minutes) if minutes.agreed.is_some() => Stand::Done(format!("{}，意见一致", day(minutes.on))),
                Some(minutes) => Stand::Done(format!("{}，仍不一致", day(minutes.on))),
                None => Stand::Begun(format!("{}发起", day(consultation.opened_on))),
            },
            None if case.must_consult() => Stand::Open("两家意见"),
            None if case.opinions_settled(self.procedure) && !case.opinions.is_empty() => {
                return List::not_needed("会商", "意见一致，不用会商");
            }
            None => return None,
        };
        self.task("会商", &[ActName::OpenConsultation, ActName::MinuteConsultation], stand)
    }

    fn major(&self) -> Option<Task> {
        let case = self.case;
        let stand = match (&case.escalation, &case.coordination) {
            (Some(_), Some(coordination)) if case.missing_confirmations().is_empty() => {
                Stand::Done(format!("{}协调", day(coordination.on)))
            }
            (Some(_), Some(coordination)) => Stand::Begun(format!("{}协调", day(coordination.on))),
            (Some(escalation), None) if escalation.city_silent => Stand::Done("市民政局没有协调，已载明".into()),
            (Some(escalation), None) => Stand::Begun(format!("{}上报", day(escalation.on))),
            (None, _) if case.remains_in_disagreement() => Stand::Open("会商"),
            (None, _) => return None,
        };
        self.task(
            "重大事项",
            &[ActName::Escalate, ActName::Coordinate, ActName::Confirm],
            stand,
        )
    }

    fn determination(&self) -> Option<Task> {
        let before = |round: &Round| round.determination.as_ref().map(|before| before.on);
        let stand = match self.case.determination() {
            Some(determination) => Stand::Done(format!("{}，{}", day(determination.on), determination.by_name)),
            None => self.again(before, Stand::Open("调查结论、两家意见")),
        };
        self.task("认定", &[ActName::Determine], stand)
    }

    fn issued(&self) -> Option<Task> {
        let stand = match self.case.reports.last() {
            Some(report) => Stand::Done(format!("{}，{}", day(report.on), report.number)),
            None => self.again(
                |round| round.report.as_ref().map(|report| report.on),
                Stand::Open("认定"),
            ),
        };
        self.task("出具认定报告", &[ActName::Issue], stand)
    }

    fn reported(&self) -> Option<Task> {
        let stand = match self.case.reported.first() {
            Some(first) => Stand::Done(format!("{}，{} 家", day(first.sent_on), self.case.reported.len())),
            None => self.again(
                |round| round.reported.first().map(|reported| reported.sent_on),
                Stand::Open("认定报告"),
            ),
        };
        self.task("书面报送", &[ActName::SendReport], stand)
    }

    fn served(&self) -> Option<Task> {
        let services = &self.case.services;
        let open: Vec<_> = services
            .iter()
            .filter(|service| !service.complete())
            .map(|service| service.to)
            .collect();
        let last = services
            .iter()
            .map(|service| service.acknowledged.as_ref().map_or(service.on, |signed| signed.0))
            .max();
        let stand = match (last, open.as_slice()) {
            (None, _) => self.again(
                |round| round.services.iter().map(|service| service.on).max(),
                Stand::Open("认定报告"),
            ),
            (Some(on), []) => Stand::Done(format!("{}，本人和单位都已送达", day(on))),
            (Some(_), [Recipient::Worker]) => Stand::Begun("单位已送达".into()),
            (Some(_), [Recipient::Unit]) => Stand::Begun("本人已送达".into()),
            (Some(on), _) => Stand::Begun(format!("{}送出", day(on))),
        };
        self.task(
            "送达本人和单位",
            &[ActName::Serve, ActName::Acknowledge, ActName::ServeOtherwise],
            stand,
        )
    }

    fn review(&self) -> Option<Task> {
        let review = self.case.reviews.last()?;
        let stand = match &review.decision {
            Some(decision) => {
                let how = if decision.upheld { "维持" } else { "重新认定" };
                Stand::Done(format!("{}，{}，{how}", day(decision.on), decision.by_name))
            }
            None => Stand::Begun(format!(
                "{}申请{}",
                day(review.applied_on),
                if review.late { "（逾期）" } else { "" }
            )),
        };
        self.task("申诉复核", &[ActName::DecideReview], stand)
    }

    fn filed(&self) -> Option<Task> {
        let stand = match &self.case.filed {
            Some(done) => Stand::Done(format!("{}，{}", day(done.on), done.stood.name)),
            None => self.again(
                |round| round.filed.as_ref().map(|done| done.on),
                Stand::Open("报送，本人和单位都送达"),
            ),
        };
        self.task("归档", &[ActName::FileCase], stand)
    }
}

#[cfg(test)]
mod tests;
