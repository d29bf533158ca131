//! The state of a case, derived from its events and from nothing else.
//!
//! Each act's file changes the fields that are its own; what is written here is their shape and the questions that
//! several acts ask of them. Nothing is ever removed: what is superseded stays in its list.

// long because: the whole state stands in one place, one plain struct after the other; apart they would have to be looked for.

use crate::acts::order_secrecy::Secrecy;
use crate::acts::remind::Reminder;
use crate::acts::submit::Application;
use crate::acts::take_lead::CityLead;
use crate::context::Capacity;
use crate::event::Stood;
use crate::paper::MadePaper;
use crate::words::When;
use base::calendar::Due;
use base::law::{
    Answer, Answers, Assessment, ChoiceId, GroundId, OutcomeCode, PackRef, Party, QuestionId, ReadingChoices, ReadingId,
};
use base::{
    ArgumentId, CaseId, Date, Digest, DocumentId, EventId, EvidenceId, InquiryId, InstitutionId, PersonId, Timestamp,
};
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

/// That something was done, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The day.
    pub on: Date,
    /// Who.
    pub by: PersonId,
    /// Name and post as they stood.
    pub stood: Stood,
    /// What was said with it; empty where nothing was.
    pub note: String,
}

/// 收件
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// 收件编号, e.g. `JZ-410928-2026-0017`.
    pub number: String,
    /// The bureau that received and decides.
    pub bureau: InstitutionId,
    /// The group stationed at it.
    pub discipline: InstitutionId,
    /// The city bureau above them, and the group stationed there.
    pub city: InstitutionId,
    /// The group stationed at the city bureau.
    pub city_discipline: InstitutionId,
    /// How it came.
    pub channel: Channel,
    /// The day the bureau had it (收到): day 0 of the statutory deadline.
    pub received_on: Date,
    /// The day it was handed in to somebody else first, where it was.
    pub handed_in_on: Option<Date>,
    /// The clerk who entered it, where it came on paper; the applicant stays the worker.
    pub entered_by: Option<PersonId>,
    /// The statutory due date of the conclusion; recomputed when a calendar is published.
    pub due: Due,
    /// Due dates it had before, oldest first.
    pub earlier_due: Vec<Due>,
    /// The pack the application was made under, until a basis is named.
    pub pack: PackRef,
    /// Whether it is still open which pack governs (依据待定).
    pub basis_pending: bool,
    /// The earlier case, where the applicant withdrew and applied anew.
    pub follows: Option<CaseId>,
    /// Whose lead the applicant is, where they lead one of the two institutions: the city leads then.
    pub led_by_applicant: Option<Party>,
}

/// How an application came (六（一）).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 网上
    Online,
    /// 窗口
    Window,
    /// 邮寄
    Post,
    /// 口头，有笔录和捺印
    Oral,
    /// 他人代交，本人签字
    Carried,
}

/// What is known of an application on paper beyond its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The scan with the applicant's signature or thumbprint.
    pub scan: File,
    /// To whom it was handed in first, where that was not the bureau.
    pub handed_in_to: String,
    /// Who carried it, where somebody did.
    pub carried_by: String,
}

/// 变更请求
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// What is claimed from then on.
    pub claim: GroundId,
    /// When.
    pub on: Date,
    /// Why; may be empty.
    pub reason: String,
    /// The signed paper, where it came on paper.
    pub scan: Option<File>,
}

/// 线索移送: a clue of crime or corruption, handed to the competent body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clue {
    /// To which body.
    pub to: String,
    /// What it is.
    pub text: String,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub on: Date,
}

/// 一次性告知补正, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplement {
    /// When it was asked for.
    pub asked_on: Date,
    /// What is lacking, complete.
    pub items: Vec<String>,
    /// By when it is asked for; a target, the statutory clock runs on.
    pub until: Date,
    /// What the worker answered.
    pub answer: Option<SupplementAnswer>,
}

/// 补正
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplementAnswer {
    /// When.
    pub on: Date,
    /// In words.
    pub text: String,
    /// The papers handed in, each with what it is.
    pub files: Vec<(File, String)>,
}

/// Which packs govern, and by which rule of validity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Governs the procedure.
    pub procedure: PackRef,
    /// Governs the substance.
    pub substance: PackRef,
    /// The rule of validity that chose them.
    pub rule: GroundId,
    /// Named on.
    pub on: Date,
    /// Why, in words.
    pub reason: String,
}

/// An ending without a determination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Which.
    pub kind: EndingKind,
    /// When.
    pub on: Date,
    /// By whom.
    pub by: PersonId,
    /// The ground from the pack's closed list, for a decline.
    pub ground: Option<GroundId>,
    /// Reason in words.
    pub reason: String,
    /// For a decline: what the worker said to it, or that they were asked and did not speak.
    pub heard: String,
    /// For a transfer: to which body. For a deferral: whose conclusion is awaited.
    pub to: String,
    /// To whom it was copied at once.
    pub copied_to: Vec<InstitutionId>,
    /// The signed paper, for a withdrawal on paper.
    pub scan: Option<File>,
}

/// The endings without a determination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndingKind {
    /// 不予受理
    Declined,
    /// 移送
    Transferred,
    /// 撤回
    Withdrawn,
    /// 暂不认定
    Deferred,
}

impl EndingKind {
    /// As the office calls it, after 已经.
    pub fn name(self) -> &'static str {
        match self {
            EndingKind::Declined => "不予受理",
            EndingKind::Transferred => "移送",
            EndingKind::Withdrawn => "撤回",
            EndingKind::Deferred => "暂不认定",
        }
    }
}

/// Somebody assigned to investigate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Investigator {
    /// Who.
    pub person: PersonId,
    /// 姓名, as it stood.
    pub name: String,
    /// Of which institution.
    pub institution: InstitutionId,
    /// Which party that is, `None` for one borrowed from elsewhere.
    pub party: Option<Party>,
    /// Assigned on.
    pub on: Date,
    /// No longer: recused or replaced.
    pub left: bool,
}

/// 商请函: a letter that asks another body for an investigator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Borrowing {
    /// From whom.
    pub from: String,
    /// Why.
    pub reason: String,
    /// When.
    pub on: Date,
}

/// A recusal declared or asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recusal {
    /// Who is to be recused.
    pub person: PersonId,
    /// 姓名, as it stood.
    pub name: String,
    /// In what capacity they have a part in the case; decides who rules.
    pub capacity: Capacity,
    /// The pack's ground.
    pub ground: GroundId,
    /// Who asked; the person themself where declared.
    pub asked_by: PersonId,
    /// When.
    pub on: Date,
    /// Why, in words.
    pub reason: String,
    /// For a lead: the other leads of the institution, as they were then.
    pub other_leads: Vec<PersonId>,
    /// How it was ruled, by whom; a declared one stands recused until ruled otherwise.
    pub ruling: Option<Ruling>,
}

/// A ruling on a recusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// 回避 or not.
    pub recused: bool,
    /// Who ruled.
    pub by: PersonId,
    /// When.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// Who may see a piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ring {
    /// The applicant and both institutions.
    Everyone,
    /// The joint team: both institutions and the city, not the applicant.
    Team,
    /// A whistle-blower's ring: closed to worker, unit and village.
    Protected,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// 第几号, from 1.
    pub number: u32,
    /// Title.
    pub title: String,
    /// What it proves.
    pub proves: String,
    /// When it was made.
    pub made: Option<When>,
    /// Made after the inquiry was known: marked.
    pub made_after_inquiry: bool,
    /// Who may see it.
    pub ring: Ring,
    /// A document of the competent body.
    pub document: bool,
    /// Who gave it.
    pub by: PersonId,
    /// 姓名 of who gave it, as it stood.
    pub by_name: String,
    /// Given on.
    pub on: Date,
    /// The stored file, where there is one.
    pub file: Option<File>,
}

/// A stored file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// SM3 of its ciphertext: its address in the store.
    pub address: String,
    /// File name as it was handed in, without path.
    pub name: String,
    /// MIME type by content.
    pub media: String,
    /// Bytes of the plain file.
    pub size: u64,
    /// SM3 of the plain bytes.
    pub digest: String,
    /// Address of the copy without place data that is shown in its stead; the file itself is then the 原件.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// 压缩后上传: made smaller before it was sent, at the worker's wish; the camera's own file was never here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shrunk: bool,
}

/// The kinds of 调查笔录.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InquiryKind {
    /// 谈话: two investigators.
    Interview,
    /// 走访: two investigators.
    Visit,
    /// 调取材料: one investigator and a counter-signature.
    Papers,
}

/// A record of an interview, a visit or fetched papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry {
    /// Its id.
    pub id: InquiryId,
    /// 第几份, from 1.
    pub number: u32,
    /// Kind.
    pub kind: InquiryKind,
    /// Held on.
    pub on: Date,
    /// Place.
    pub place: String,
    /// With whom, or whose papers.
    pub whom: String,
    /// Text.
    pub text: String,
    /// The investigator who wrote it.
    pub by: PersonId,
    /// The one who was there with them, and must counter-sign.
    pub with: PersonId,
    /// Counter-signed on; counts only then.
    pub countersigned: Option<Date>,
}

/// A finding (认定事实).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// On which question.
    pub question: QuestionId,
    /// The answer.
    pub answer: Answer,
    /// What it rests on.
    pub evidence: Vec<EvidenceId>,
    /// The records of inquiry it rests on.
    pub inquiries: Vec<InquiryId>,
    /// The reason in words.
    pub reason: String,
    /// The provision a yes names: document, number, article; empty where none is asked for.
    pub citation: String,
    /// For an unknown: stated as impossible to find.
    pub impossible: bool,
    /// Who found it.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// When.
    pub on: Date,
}

impl Finding {
    /// The reason in words, after the provision it names.
    pub fn grounds(&self) -> String {
        match self.citation.trim() {
            "" => self.reason.clone(),
            citation => format!("依据：{citation}。{}", self.reason),
        }
    }
}

/// A reading chosen (选定读法).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingChosen {
    /// Which reading.
    pub reading: ReadingId,
    /// Which choice.
    pub choice: ChoiceId,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: PersonId,
    /// When.
    pub on: Date,
}

/// 陈述申辩 (七（一）).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Invited on, and until when to speak.
    pub invited: Option<(Date, Date)>,
    /// What the applicant was asked to speak to; may be empty.
    pub matters: String,
    /// What the applicant said, argument by argument.
    pub arguments: Vec<Argument>,
    /// The applicant spoke on, the last time.
    pub stated: Option<Date>,
    /// Papers the applicant signed, where another person entered their word.
    pub papers: Vec<File>,
    /// Waived: by the applicant, or recorded by a person under the pack's rule after the day had passed.
    pub waived: Option<Waived>,
}

/// A waiver of the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// When.
    pub on: Date,
    /// By the applicant's own word, or recorded by another after silence.
    pub own: bool,
    /// The reason or circumstances.
    pub reason: String,
}

/// One argument of the applicant, with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its id.
    pub id: ArgumentId,
    /// What the applicant said.
    pub text: String,
    /// Adopted or not, and why.
    pub answer: Option<(bool, String)>,
}

/// 调查结论
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    /// What the facts amount to, in words.
    pub text: String,
    /// What follows from the findings, frozen.
    pub assessment: Assessment,
    /// The answers and readings it was made from.
    pub answers: Answers,
    /// The readings in force.
    pub readings: ReadingChoices,
    /// Who signed.
    pub signed: Vec<(PersonId, String)>,
    /// The day the last required signature was given: meets the statutory deadline.
    pub on: Date,
    /// Whether that was in time.
    pub in_time: bool,
}

/// A party's opinion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The event that committed it, whose own key opens it.
    pub event: EventId,
    /// Who gave it.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
    /// When it was opened to the other party; `None` while withheld.
    pub opened: Option<Timestamp>,
    /// What it says; `None` until opened.
    pub content: Option<OpinionContent>,
    /// What it says, out of everybody's sight until opened; empty where the record was read before the opening.
    pub(crate) withheld: Withheld,
}

/// The content of an opinion not yet opened. Its `Debug` says nothing, and nothing outside `opine` reads it.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Withheld(pub(crate) Option<OpinionContent>);

impl std::fmt::Debug for Withheld {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("withheld")
    }
}

/// What an opinion says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionContent {
    /// The outcome the party holds right.
    pub outcome: OutcomeCode,
    /// Why.
    pub reason: String,
}

/// 会商
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// Opened on.
    pub opened_on: Date,
    /// By which party.
    pub opened_by: Party,
    /// The minutes, once written.
    pub minutes: Option<Minutes>,
}

/// 会商纪要
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// Held on.
    pub on: Date,
    /// Who took part.
    pub attendees: String,
    /// What was said.
    pub text: String,
    /// The outcome both agree on; `None` while they still differ.
    pub agreed: Option<OutcomeCode>,
}

/// 重大事项上报
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// The pack's grounds.
    pub grounds: Vec<GroundId>,
    /// Reported on.
    pub on: Date,
    /// By which party.
    pub by: Party,
    /// In words.
    pub reason: String,
    /// What the group stationed at the city bureau said before the city coordinated.
    pub discipline_view: Option<String>,
    /// The city kept silent, and that was named.
    pub city_silent: bool,
}

/// 市级协调意见; it coordinates, it does not decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coordination {
    /// Given on.
    pub on: Date,
    /// By whom.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// What it says.
    pub text: String,
    /// The view of the group stationed at the city bureau.
    pub discipline_view: Option<String>,
}

/// What a county body said after the coordination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// The outcome it now holds right.
    pub outcome: OutcomeCode,
    /// Why it confirms or keeps its opinion.
    pub reason: String,
    /// When.
    pub on: Date,
}

/// 认定
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Determination {
    /// The outcome.
    pub outcome: OutcomeCode,
    /// The clauses it rests on, as the assessment named them.
    pub assessment: Assessment,
    /// The answers it was made from.
    pub answers: Answers,
    /// The readings in force.
    pub readings: ReadingChoices,
    /// Reasons in words.
    pub reason: String,
    /// By whom.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// When.
    pub on: Date,
    /// The parties that still hold another outcome; their opinions are printed.
    pub dissent: Vec<Party>,
}

/// 认定报告, issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// To whom it is addressed (主送).
    pub recipients: Vec<String>,
    /// Issued on.
    pub on: Date,
    /// Who issued it.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// The document; with number and file from the paper made of it.
    pub document: DocumentId,
    /// 文号
    pub number: String,
    /// The stored PDF.
    pub file: File,
}

/// What rendered a document (record.md 14).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendering {
    /// SM3 of the template's source.
    pub template: Option<Digest>,
    /// SM3 of each font used.
    pub fonts: Vec<Digest>,
    /// The renderer and its version.
    pub renderer: String,
}

/// 书面报送 to one body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The institution, where it is one of this site.
    pub institution: Option<InstitutionId>,
    /// To which body.
    pub body: String,
    /// By what authority over the person.
    pub authority: String,
    /// Sent on.
    pub sent_on: Date,
    /// Received on.
    pub received_on: Option<Date>,
}

/// To whom the result is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// 本人
    Worker,
    /// 所在单位
    Unit,
}

/// How a service was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// 直接送达
    Direct,
    /// 留置送达, with two witnesses
    Left,
    /// 邮寄送达
    Posted,
    /// 公告送达
    Announced,
}

/// 送达
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// To whom.
    pub to: Recipient,
    /// The document served; with the two files from the papers made of it.
    pub document: DocumentId,
    /// The stored PDF of what is served.
    pub file: File,
    /// The stored receipt of service, to be signed on paper.
    pub receipt: File,
    /// How.
    pub manner: Manner,
    /// Served on.
    pub on: Date,
    /// Witnesses, posting number or notice, where it was not handed over.
    pub details: String,
    /// 签收: when, and by whom.
    pub acknowledged: Option<(Date, String)>,
}

impl Service {
    /// Whether it counts as served.
    pub fn complete(&self) -> bool {
        self.acknowledged.is_some() || self.manner != Manner::Direct
    }
}

/// 采纳情况
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Which body.
    pub body: String,
    /// What it did with the determination.
    pub text: String,
    /// When.
    pub on: Date,
}

/// 复核
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Level, from 1.
    pub level: u8,
    /// Applied for on.
    pub applied_on: Date,
    /// After the pack's days: recorded and marked.
    pub late: bool,
    /// Why.
    pub reason: String,
    /// The signed application, where it came on paper.
    pub signed: Option<File>,
    /// The decision.
    pub decision: Option<ReviewDecision>,
}

/// A review's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewDecision {
    /// Upheld, or to be determined anew.
    pub upheld: bool,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: PersonId,
    /// 姓名, as it stood.
    pub by_name: String,
    /// Whether it was somebody of the city.
    pub by_city: bool,
    /// When.
    pub on: Date,
}

/// 更正 of a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What is corrected, from what to what.
    pub text: String,
    /// When.
    pub on: Date,
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
