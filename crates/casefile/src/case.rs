//! The state of a case, derived from its events and from nothing else.
//!
//! Each act's file changes the fields that are its own; what is written here is their shape, part by part in the rooms
//! below, and the questions that several acts ask of them. Nothing is ever removed: what is superseded stays in its list.

mod afterwards;
mod determination;
mod inquiry;
mod receipt;

pub use afterwards::*;
pub use determination::*;
pub use inquiry::*;
pub use receipt::*;

use crate::acts::order_secrecy::Secrecy;
use crate::acts::remind::Reminder;
use crate::acts::submit::Application;
use crate::acts::take_lead::CityLead;
use crate::paper::MadePaper;
use base::law::{Answers, GroundId, Party, QuestionId, ReadingChoices};
use base::{CaseId, Date, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// How many events it has.
    pub version: u64,
    /// When the last of them was recorded.
    pub last_recorded: Option<Timestamp>,

    // 申请和受理
    /// Receipt (收件), from the first event on.
    pub receipt: Option<Receipt>,
    /// The application as it was handed in.
    pub application: Option<Application>,
    /// What is known of the paper it came on, where it came on paper.
    pub paper: Option<Paper>,
    /// The claim in force; the first one is the application's.
    pub claim: Option<GroundId>,
    /// 变更请求: every change of the claim, in order.
    pub amendments: Vec<Amendment>,
    /// 补正
    pub supplement: Option<Supplement>,
    /// 受理
    pub accepted: Option<Done>,
    /// Which pack governs, once named (确定依据).
    pub basis: Option<Basis>,
    /// How the case ended other than by a determination.
    pub ending: Option<Ending>,
    /// Other cases of the same matter.
    pub linked: Vec<CaseId>,
    /// 线索移送: clues handed to the competent body; the case goes on.
    pub clues: Vec<Clue>,

    // 核实
    /// 市级牵头: who of the city stood in for a lead of the county, in order; the last of a party is in force.
    pub city_leads: Vec<CityLead>,
    /// 保密令: every order of secrecy, in order.
    pub secrecy: Vec<Secrecy>,
    /// Everyone ever assigned (指派), borrowed ones too.
    pub investigators: Vec<Investigator>,
    /// Letters that ask another body for an investigator (商请函).
    pub borrowings: Vec<Borrowing>,
    /// Recusals declared or asked for (回避).
    pub recusals: Vec<Recusal>,
    /// 证据
    pub evidence: Vec<Evidence>,
    /// 调查笔录
    pub inquiries: Vec<Inquiry>,
    /// Every finding ever made (认定事实), in order; the last on a question is in force.
    pub findings: Vec<Finding>,
    /// Every choice of a reading (选定读法), in order; the last on a reading is in force.
    pub readings: Vec<ReadingChosen>,
    /// 申辩
    pub statement: Statement,
    /// 释明: that 减责 may be claimed.
    pub explained: Option<Done>,
    /// A conclusion signed by one investigator and waiting for the other; void once anything is found anew.
    pub proposed: Option<Conclusion>,
    /// 调查结论
    pub conclusion: Option<Conclusion>,

    // 认定
    /// The parties' opinions (意见); content only once opened.
    pub opinions: BTreeMap<Party, Opinion>,
    /// When opinions were opened last.
    pub opinions_opened: Option<Timestamp>,
    /// Reminders sent to parties that are waited for, in order.
    pub reminders: Vec<Reminder>,
    /// Parties whose silence was named on record.
    pub silent: Vec<Party>,
    /// 会商
    pub consultations: Vec<Consultation>,
    /// 重大事项上报
    pub escalation: Option<Escalation>,
    /// 市级协调意见 on what was escalated last.
    pub coordination: Option<Coordination>,
    /// What the city said on grounds escalated before.
    pub earlier_coordinations: Vec<Coordination>,
    /// What each county body said after that coordination (确认).
    pub confirmations: BTreeMap<Party, Confirmation>,
    /// What they said after earlier ones.
    pub earlier_confirmations: Vec<(Party, Confirmation)>,
    /// 认定 of this round; an earlier one stands in [`Case::rounds`].
    pub determinations: Vec<Determination>,
    /// 认定报告 of this round.
    pub reports: Vec<Report>,

    // 送达和归档
    /// 书面报送
    pub reported: Vec<Reported>,
    /// 送达
    pub services: Vec<Service>,
    /// 采纳情况
    pub uses: Vec<Use>,
    /// 复核
    pub reviews: Vec<Review>,
    /// 更正
    pub corrections: Vec<Correction>,
    /// 归档
    pub filed: Option<Done>,
    /// 缺人时的办法, as they stood when the case was filed.
    pub relaxed: Vec<GroundId>,
    /// 补充归档
    pub supplementary_filings: Vec<Done>,
    /// 文书: every paper made, oldest first, those of earlier rounds too.
    pub papers: Vec<MadePaper>,

    /// What was done before the case was opened again (退回补充调查、重新认定), oldest first.
    pub rounds: Vec<Round>,
}

/// What a case came to before it was opened again. It stays, marked; the case's own fields start afresh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// On what ground it was opened again.
    pub ground: Anew,
    /// Why, in words.
    pub reason: String,
    /// When.
    pub reopened_on: Date,
    /// Its ending, where it was declined.
    pub ending: Option<Ending>,
    /// Its statement and defence.
    pub statement: Statement,
    /// Its conclusion.
    pub conclusion: Option<Conclusion>,
    /// Its opinions.
    pub opinions: BTreeMap<Party, Opinion>,
    /// Its consultations.
    pub consultations: Vec<Consultation>,
    /// Its escalation.
    pub escalation: Option<Escalation>,
    /// What the city said.
    pub coordination: Option<Coordination>,
    /// What the county bodies confirmed.
    pub confirmations: BTreeMap<Party, Confirmation>,
    /// Its reminders.
    pub reminders: Vec<Reminder>,
    /// Whose silence was named.
    pub silent: Vec<Party>,
    /// Its determination.
    pub determination: Option<Determination>,
    /// Its report.
    pub report: Option<Report>,
    /// To whom that was reported.
    pub reported: Vec<Reported>,
    /// Its services.
    pub services: Vec<Service>,
    /// Its reviews.
    pub reviews: Vec<Review>,
    /// Its filing.
    pub filed: Option<Done>,
}

/// On what ground a case is opened again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anew {
    /// The leads hold that facts are missing or wrong, before anything is determined (退回补充调查).
    Facts,
    /// The determination was obtained by concealment (隐瞒骗取).
    Concealment,
    /// A review did not uphold it (复核).
    Review,
    /// It was deferred, and what was awaited has come (暂不认定).
    Awaited,
}

impl Case {
    /// The applicant's person id.
    pub fn applicant(&self) -> Option<PersonId> {
        self.application.as_ref().map(|application| application.codes.person)
    }

    /// Investigators who may act: assigned, not recused, not replaced.
    pub fn active_investigators(&self) -> impl Iterator<Item = &Investigator> {
        self.investigators
            .iter()
            .filter(|i| !i.left && !self.is_recused(i.person))
    }

    /// Whether the person is an active investigator of this case.
    pub fn is_investigating(&self, person: PersonId) -> bool {
        self.active_investigators().any(|i| i.person == person)
    }

    /// How many investigators are missing to the floor of `needed`.
    pub fn investigators_missing(&self, needed: u8) -> usize {
        usize::from(needed).saturating_sub(self.active_investigators().count())
    }

    /// Whether the person was ever assigned; who investigates never decides, even after leaving.
    pub fn ever_investigated(&self, person: PersonId) -> bool {
        self.investigators.iter().any(|i| i.person == person)
    }

    /// Whether the person is recused: declared and not ruled otherwise, or ruled so. The last word counts.
    pub fn is_recused(&self, person: PersonId) -> bool {
        self.recusals
            .iter()
            .rev()
            .find(|r| r.person == person && (r.ruling.is_some() || r.asked_by == person))
            .is_some_and(|r| r.ruling.as_ref().is_none_or(|ruling| ruling.recused))
    }

    /// Whether it is still open which pack governs (依据待定).
    pub fn is_basis_pending(&self) -> bool {
        self.basis.is_none() && self.receipt.as_ref().is_some_and(|receipt| receipt.basis_pending)
    }

    /// The findings in force.
    pub fn answers(&self) -> Answers {
        self.findings.iter().map(|f| (f.question.clone(), f.answer)).collect()
    }

    /// The readings chosen, the last of each.
    pub fn reading_choices(&self) -> ReadingChoices {
        self.readings
            .iter()
            .map(|r| (r.reading.clone(), r.choice.clone()))
            .collect()
    }

    /// The finding in force on a question.
    pub fn finding(&self, question: &QuestionId) -> Option<&Finding> {
        self.findings.iter().rev().find(|f| f.question == *question)
    }

    /// The first conclusion signed: what meets the statutory deadline, or misses it. Opened again, a case does not owe
    /// it anew.
    pub fn first_conclusion(&self) -> Option<&Conclusion> {
        let earlier = self.rounds.iter().find_map(|round| round.conclusion.as_ref());
        earlier.or(self.conclusion.as_ref())
    }

    /// The determination in force.
    pub fn determination(&self) -> Option<&Determination> {
        self.determinations.last()
    }

    /// Whether the statement and defence has been heard: said and every argument answered, or waived.
    pub fn is_heard(&self) -> bool {
        let s = &self.statement;
        s.waived.is_some() && s.stated.is_none() || s.stated.is_some() && s.arguments.iter().all(|a| a.answer.is_some())
    }

    /// Whether the case is over: determined and served, or ended otherwise, and filed.
    pub fn is_closed(&self) -> bool {
        self.filed.is_some()
    }

    /// Whether anything of the procedure up to the determination can still be done.
    pub fn is_running(&self) -> bool {
        self.receipt.is_some() && self.ending.is_none() && self.determinations.is_empty()
    }
}
