//! Fills the official documents from a case. Pure: what is known after the act in, a [`documents::Document`] out.
//! Families appear as 某村某户, whoever wrote their names ([`veil`]); a protected piece of evidence appears by its number alone.
//!
//! Which act makes which paper is `casefile`'s table; here stands what is on each. Knows nothing of how a document is
//! printed or where it is kept.

mod closing;
mod grounds;
mod inquiry;
mod major;
mod opening;
mod outcome;

pub use grounds::grounds;

use base::calendar::Calendar;
use base::law::Party;
use base::{Date, Timestamp};
use casefile::acts::{ClueTransferred, Countersigned};
use casefile::case::Inquiry;
use casefile::{Actor, Case, Event, PaperKind};
use documents::{Applicant, Basis, Document, DocumentNumber, Head, Veil};
use rules::Pack;

/// The full names of the institutions of a case, as they stand today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The bureau, e.g. 濮阳县民政局.
    pub bureau: String,
    /// The group stationed at it.
    pub discipline: String,
    /// The city bureau.
    pub city: String,
    /// The group stationed at the city bureau.
    pub city_discipline: String,
    /// The bureau's document code (机关代字), e.g. 濮县民.
    pub bureau_code: String,
    /// The bureau's phone and window.
    pub contact: String,
    /// The discipline bodies with authority over the applicant, from their unit up.
    pub overseers: Vec<String>,
}

impl Names {
    /// The name of a party.
    pub fn of(&self, party: Party) -> &str {
        match party {
            Party::Bureau => &self.bureau,
            Party::Discipline => &self.discipline,
            Party::City => &self.city,
            Party::CityDiscipline => &self.city_discipline,
        }
    }
}

/// What a paper is filled from.
#[derive(Clone, Debug)]
pub struct Filling<'a> {
    /// The case as it stands after the act.
    pub case: &'a Case,
    /// What the act records.
    pub events: &'a [Event],
    /// The pack whose clauses measure the case.
    pub pack: &'a Pack,
    /// The pack whose procedure it follows.
    pub procedure: &'a Pack,
    /// Working days.
    pub calendar: &'a Calendar,
    /// The institutions' names.
    pub names: &'a Names,
    /// Who acts.
    pub by: &'a Actor,
    /// Whose paper it is.
    pub issuer: Party,
    /// When.
    pub now: Timestamp,
    /// The paper's number, for what bears one.
    pub number: Option<DocumentNumber>,
}

/// A series a body's papers are numbered in, each without gaps (发文字号). What goes out under the red head bears the
/// body's own code, what goes out as a letter the code with 函; records, receipts and leaflets bear none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    /// 文件
    Document,
    /// 函
    Letter,
}

impl Series {
    /// The series of a paper.
    pub fn of(paper: PaperKind) -> Option<Series> {
        use PaperKind::*;
        match paper {
            Report | Request => Some(Series::Document),
            SupplementNotice | Acceptance | Decline | Transfer | Clue | DefenceNotice | Deferral | Coordination
            | ReportLetter | ResultWorker | ResultUnit | ReviewDecision | Correction => Some(Series::Letter),
            Receipt | Leaflet | Inquiry | Statement | Conclusion | Minutes | ServiceWorker | ServiceUnit => None,
        }
    }

    /// Its kind as the record writes it.
    pub fn kind(self) -> &'static str {
        match self {
            Series::Document => "document",
            Series::Letter => "letter",
        }
    }

    /// The number in the series of the body with that code; `None` where it has no code, or none that can stand in a
    /// number.
    pub fn number(self, code: &str, year: i16, number: u64) -> Option<DocumentNumber> {
        let number = u32::try_from(number).ok()?;
        let code = match self {
            Series::Document => code.to_owned(),
            Series::Letter if code.is_empty() => return None,
            Series::Letter => format!("{code}函"),
        };
        DocumentNumber::new(&code, year, number).ok()
    }
}

/// Whose paper it is, and so whose number: the bureau's, whoever leads the case in its stead, but for what a group or
/// the city says in its own name.
pub fn issuer(paper: PaperKind, case: &Case, by: &Actor) -> Party {
    match paper {
        PaperKind::Coordination => Party::City,
        PaperKind::Request => case
            .escalation
            .as_ref()
            .map_or(Party::Bureau, |escalation| escalation.by),
        PaperKind::ReviewDecision => by.capacity.party.unwrap_or(Party::Bureau),
        _ => Party::Bureau,
    }
}

/// Whether the act that was decided makes the paper now: a record of inquiry counts once it is counter-signed, a
/// conclusion once all have signed; of the letters of transfer one.
pub fn is_due(paper: PaperKind, case: &Case, events: &[Event]) -> bool {
    let any = |is: fn(&Event) -> bool| events.iter().any(is);
    match paper {
        PaperKind::Inquiry => any(|event| matches!(event, Event::Countersigned(_))),
        PaperKind::Conclusion => case.conclusion.is_some() && any(|event| matches!(event, Event::Concluded(_))),
        PaperKind::Transfer => any(|event| matches!(event, Event::ApplicationTransferred(_))),
        PaperKind::Clue => any(|event| matches!(event, Event::ClueTransferred(_))),
        _ => true,
    }
}

/// The paper filled; `None` where the case holds nothing to fill it from.
pub fn fill(paper: PaperKind, with: &Filling) -> Option<Document> {
    match paper {
        PaperKind::Receipt => opening::receipt(with).map(Document::Receipt),
        PaperKind::SupplementNotice => opening::supplement_notice(with).map(Document::SupplementNotice),
        PaperKind::Acceptance => opening::acceptance(with).map(Document::Acceptance),
        PaperKind::Leaflet => opening::leaflet(with).map(Document::Leaflet),
        PaperKind::Decline => opening::decline(with).map(Document::Decline),
        PaperKind::Transfer => opening::transfer(with).map(Document::Transfer),
        PaperKind::Clue => opening::clue(with).map(Document::Transfer),
        PaperKind::Inquiry => inquiry::inquiry(with).map(Document::Record),
        PaperKind::DefenceNotice => inquiry::defence_notice(with).map(Document::DefenceNotice),
        PaperKind::Statement => inquiry::statement(with).map(Document::Record),
        PaperKind::Conclusion => outcome::conclusion(with).map(Document::Conclusion),
        PaperKind::Minutes => major::minutes(with).map(Document::Record),
        PaperKind::Request => major::request(with).map(Document::Request),
        PaperKind::Coordination => major::coordination(with).map(Document::Coordination),
        PaperKind::Deferral => outcome::deferral(with).map(Document::Deferral),
        PaperKind::Report => outcome::report(with).map(Document::Report),
        PaperKind::ReportLetter => closing::report_letter(with).map(Document::ReportLetter),
        PaperKind::ResultWorker => closing::result(with).map(Document::ResultNotice),
        PaperKind::ResultUnit => closing::unit_result(with).map(Document::ResultNotice),
        PaperKind::ServiceWorker => closing::service_receipt(with, false).map(Document::ServiceReceipt),
        PaperKind::ServiceUnit => closing::service_receipt(with, true).map(Document::ServiceReceipt),
        PaperKind::ReviewDecision => closing::review_decision(with).map(Document::ReviewDecision),
        PaperKind::Correction => closing::correction(with).map(Document::Correction),
    }
}

/// What no paper of the case may print: the household and the village as the application names them. The applicant and
/// the institutions stay as they are, a village committee that is the applicant's unit too.
pub fn veil(case: &Case, names: &Names) -> Veil {
    let Some(text) = case.application.as_ref().map(|application| &application.text) else {
        return Veil::default();
    };
    let institutions = [&names.bureau, &names.discipline, &names.city, &names.city_discipline];
    let kept = institutions.into_iter().chain([&text.name, &text.unit]);
    Veil::new(&text.household, &text.village, kept.cloned())
}

/// What the paper is called in the case, e.g. `调查笔录（第 2 份）`; also the name of its file.
pub fn name(paper: PaperKind, with: &Filling) -> String {
    let title = paper.title();
    match (paper, &with.number) {
        (PaperKind::Inquiry, _) => match with.inquiry() {
            Some(inquiry) => format!("{title}（第{}份）", inquiry.number),
            None => title.into(),
        },
        (_, Some(number)) => format!("{title} {number}"),
        (_, None) => title.into(),
    }
}

impl Filling<'_> {
    fn today(&self) -> Date {
        self.now.date()
    }

    /// The head of a letter or a document of whoever acts; of the bureau where nobody acts for a party.
    fn head(&self) -> Head {
        Head {
            issuer: self.names.of(self.issuer).to_owned(),
            number: self.number.clone(),
            date: self.today(),
        }
    }

    fn number_of_case(&self) -> Option<String> {
        self.case.receipt.as_ref().map(|receipt| receipt.number.clone())
    }

    fn applicant(&self) -> Applicant {
        let text = self.case.application.as_ref().map(|a| &a.text);
        let field =
            |get: fn(&casefile::acts::submit::ApplicationText) -> &String| text.map(get).cloned().unwrap_or_default();
        Applicant {
            name: field(|t| &t.name),
            unit: field(|t| &t.unit),
            post: field(|t| &t.post),
        }
    }

    fn contact(&self) -> Option<String> {
        Some(self.names.contact.trim().to_owned()).filter(|contact| !contact.is_empty())
    }

    fn basis(&self) -> Basis {
        Basis {
            title: self.pack.title.clone(),
            number: self.pack.number.clone(),
        }
    }

    /// The notice the case is handled under; `None` while 依据待定.
    fn basis_known(&self) -> Option<Basis> {
        (!self.case.is_basis_pending()).then(|| self.basis())
    }

    /// The claim in the notice's words.
    fn claim(&self) -> String {
        let claim = self.case.claim.as_ref();
        let claim = claim.and_then(|id| self.pack.procedure.claims.iter().find(|claim| claim.id == *id));
        claim.map(|claim| claim.text.clone()).unwrap_or_default()
    }

    /// The record of inquiry the act is about.
    fn inquiry(&self) -> Option<&Inquiry> {
        let signed = self.events.iter().find_map(|event| match event {
            Event::Countersigned(Countersigned { inquiry, .. }) => Some(*inquiry),
            Event::Investigated(investigated) => Some(investigated.inquiry),
            _ => None,
        })?;
        self.case.inquiries.iter().find(|inquiry| inquiry.id == signed)
    }

    /// The clue the act hands over.
    fn clue_handed_over(&self) -> Option<&ClueTransferred> {
        self.events.iter().find_map(|event| match event {
            Event::ClueTransferred(clue) => Some(clue),
            _ => None,
        })
    }
}

/// What was typed, as paragraphs.
fn paragraphs(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}
