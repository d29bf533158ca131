//! What is in a case's state of the inquiry: investigators, evidence, findings, statement, conclusion; the shape alone.

use crate::context::Capacity;
use crate::words::When;
use base::law::{Answer, Answers, Assessment, ChoiceId, GroundId, Party, QuestionId, ReadingChoices, ReadingId};
use base::{ArgumentId, Date, EvidenceId, InquiryId, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};

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
    /// 要保护的人的姓名: whoever reads the piece must not write them where worker, unit or village read.
    pub protects: Vec<String>,
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
