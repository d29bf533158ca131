//! Who may do what, and who may read what: the one table, deny by default.
//!
//! An act is allowed to a *seat*: a role at an institution, in the relation to the case that the table names
//! ([`who_may`], [`READERS`], [`PROTECTED`]); what is done beside cases is the [`Matter`] of a seat ([`whose`]). What wins over it stands in [`holds`] and [`standing`]: in their own case
//! a person is the applicant and nothing else, who belongs to the applicant's own superior line ([`in_line`]) is at most
//! the recipient of the result, and a recused person has no part in it. Where a list filters in SQL, its condition comes
//! from the same rows ([`scope`], [`except`]). Which order the procedure prescribes is not asked here; `casefile`
//! refuses that. What a person may not read is not found.

use crate::load::Entry;
use base::law::Party;
use base::{InstitutionId, PersonId};
use casefile::act::ActName;
use casefile::case::{Evidence, File, Ring};
use casefile::event::Event;
use casefile::{Capacity, Case, PaperKind, Refusal, Role};
use store::{Except, Scope};

/// A role held at an institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Role, institution, party.
    pub capacity: Capacity,
    /// The institution's name.
    pub institution_name: String,
}

/// Somebody who is logged in, with the seats held today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The person.
    pub person: PersonId,
    /// 姓名
    pub name: String,
    /// 职务
    pub post: String,
    /// The seats, in the order the home page names them.
    pub seats: Vec<Seat>,
    /// The units (所在单位) the person belongs to or sits in, and those below them; bureau, group and city are none.
    pub units: Vec<InstitutionId>,
}

impl Viewer {
    /// Whether the person holds `role` anywhere.
    pub fn has(&self, role: Role) -> bool {
        self.seats.iter().any(|seat| seat.capacity.role == role)
    }

    /// The first seat of `role`.
    pub fn seat(&self, role: Role) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.capacity.role == role)
    }
}

/// To whom the table allows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The applicant of this case.
    Applicant,
    /// The bureau's intake.
    Intake,
    /// The lead of the bureau or of the group, or who of the city stands in for them in this case.
    Lead(Party),
    /// Somebody assigned to investigate this case, not recused.
    Investigator,
    /// The coordinator of the city bureau or of the group stationed there.
    Coordinator(Party),
    /// The recipient of the applicant's unit.
    Recipient,
    /// Whoever audits the site: reads all, does nothing.
    Auditor,
    /// Whoever runs the site (系统管理员), and has no part in cases.
    Administrator,
    /// Whoever gives roles and sets the rules of logging in (安全管理员), and has no part in cases.
    Security,
    /// Whoever watches over these two (安全审计员), and has no part in cases.
    SecurityAuditor,
    /// The system, for what the calendar brings about.
    System,
}

mod matters;

pub use matters::{Matter, seat_in, seats_in, whose};

use Who::{
    Administrator, Applicant, Auditor, Coordinator, Intake, Investigator, Lead, Recipient, Security, SecurityAuditor,
    System,
};

const BUREAU: Who = Lead(Party::Bureau);
const GROUP: Who = Lead(Party::Discipline);
const CITY: Who = Coordinator(Party::City);
const CITY_GROUP: Who = Coordinator(Party::CityDiscipline);

/// Who may do an act. An act that is not named here is allowed to nobody.
pub fn who_may(act: ActName) -> &'static [Who] {
    match act.code() {
        "submit" => &[Applicant],
        "enter-paper" | "accept" | "invite" => &[Intake, BUREAU],
        "request-supplement" | "decline" | "transfer" | "name-basis" | "link" => &[Intake, BUREAU],
        "supplement" | "amend-claim" | "withdraw" => &[Applicant, Intake, BUREAU],
        "state" => &[Applicant, Intake, BUREAU, Investigator],
        "take-lead" => &[CITY, CITY_GROUP],
        "assign" | "borrow" | "replace-investigator" => &[BUREAU, GROUP, CITY],
        "declare-recusal" => &[Investigator, BUREAU, GROUP, Intake, CITY, CITY_GROUP],
        "ask-recusal" => &[Applicant, Investigator, BUREAU, GROUP, Intake, CITY, CITY_GROUP],
        "rule-recusal" => &[BUREAU, GROUP, CITY, CITY_GROUP],
        "recompute-due" | "open-opinions" | "remind-due" => &[System],
        "add-evidence" => &[Applicant, Investigator, Intake, BUREAU, GROUP, CITY, CITY_GROUP],
        "investigate" | "countersign" | "find" | "answer" | "conclude" | "sign-conclusion" => &[Investigator],
        "choose-reading" => &[BUREAU, GROUP],
        "waive" => &[Applicant, Intake, BUREAU],
        "explain" => &[Intake, BUREAU, Investigator],
        "opine" | "open-consultation" | "minute-consultation" | "escalate" | "confirm" | "return-to-inquiry" => {
            &[BUREAU, GROUP]
        }
        "order-secrecy" => &[GROUP, CITY_GROUP],
        "confirm-secrecy" => &[BUREAU, CITY, CITY_GROUP],
        "remind" => &[Intake, BUREAU, GROUP, CITY, CITY_GROUP],
        "note-silence" | "determine" | "defer" | "redetermine" => &[BUREAU],
        "coordinate" => &[CITY],
        "add-city-view" => &[CITY_GROUP],
        "issue" | "report" | "serve" | "serve-otherwise" | "record-use" | "correct" | "file" | "file-supplement" => {
            &[Intake, BUREAU]
        }
        "acknowledge-report" => &[GROUP],
        "acknowledge" => &[Applicant, Recipient],
        "apply-review" => &[Applicant, Intake, BUREAU],
        "review" => &[BUREAU, GROUP, CITY, CITY_GROUP],
        _ => &[],
    }
}

/// Who reads a case and has it in their lists, before its applicant. The unit's recipient reads the result alone.
pub const READERS: [Who; 7] = [Intake, BUREAU, GROUP, Investigator, CITY, CITY_GROUP, Auditor];

/// Who reads what is kept from worker, unit and village: evidence that would give a whistle-blower away, clues handed
/// on. Of these, whoever sits in the applicant's own unit, which then is the bureau or the group, does not, unless they
/// investigate the case.
pub const PROTECTED: [Who; 6] = [BUREAU, GROUP, Investigator, CITY, CITY_GROUP, Auditor];

/// In what relation a person stands to a case; decides what they may read of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 申请人本人
    Applicant,
    /// Of the bureau, the group, or an investigator: the joint team.
    Team(Party),
    /// Of the city bureau or the group stationed there.
    City(Party),
    /// 审计员
    Auditor,
}

/// The institution that is `party` in this case.
pub fn institution_of(case: &Case, party: Party) -> Option<InstitutionId> {
    case.receipt.as_ref().map(|receipt| match party {
        Party::Bureau => receipt.bureau,
        Party::Discipline => receipt.discipline,
        Party::City => receipt.city,
        Party::CityDiscipline => receipt.city_discipline,
    })
}

/// Whether a seat of this kind is `who`, whatever the case.
fn fits(seat: &Seat, who: Who) -> bool {
    let Capacity { role, party, .. } = seat.capacity;
    match who {
        Applicant => role == Role::Worker,
        Intake => role == Role::Intake && party == Some(Party::Bureau),
        Lead(of) => role == Role::Lead && party == Some(of),
        Investigator => role == Role::Investigator,
        Coordinator(of) => role == Role::Coordinator && party == Some(of),
        Recipient => role == Role::Recipient,
        Auditor => role == Role::Auditor,
        Administrator => role == Role::Administrator,
        Security => role == Role::Security,
        SecurityAuditor => role == Role::SecurityAuditor,
        System => role == Role::System,
    }
}

/// Whether a seat that fits is tied to this case.
fn tied(viewer: &Viewer, seat: &Seat, who: Who, case: &Case) -> bool {
    let at = seat.capacity.institution;
    match who {
        Applicant => case.receipt.is_none() || case.applicant() == Some(viewer.person),
        Intake => institution_of(case, Party::Bureau) == Some(at),
        Lead(of) | Coordinator(of) => institution_of(case, of) == Some(at),
        Investigator => case.is_investigating(viewer.person),
        Recipient => case.application.as_ref().is_some_and(|a| a.codes.unit == at),
        Auditor | Administrator | Security | SecurityAuditor | System => true,
    }
}

/// The cases that a seat that fits is tied to: [`tied`] as a condition of a list. A site serves one city (record.md 16),
/// so the city's are all of them.
fn reached(viewer: &Viewer, seat: &Seat, who: Who) -> Scope {
    let at = seat.capacity.institution;
    let related = |relation: &str| Scope::Person {
        person: viewer.person,
        relations: vec![relation.into()],
    };
    match who {
        Applicant => related("applicant"),
        Intake | BUREAU => Scope::Bureau(at),
        Lead(_) => Scope::Discipline(at),
        Investigator => related("investigator"),
        Recipient => Scope::Unit(at),
        Coordinator(_) | Auditor | Administrator | Security | SecurityAuditor | System => Scope::All,
    }
}

/// Whether the viewer belongs to the applicant's own superior line: to their unit, or to one above it and below the
/// bureau. Where the applicant is of the bureau or the group itself there is none: their lead is led by the city.
pub fn in_line(viewer: &Viewer, case: &Case) -> bool {
    let application = case.application.as_ref();
    application.is_some_and(|application| viewer.units.contains(&application.codes.unit))
}

/// Whether the viewer is kept out of the case in every seat but the applicant's and the recipient's: [`except`] of one case.
pub fn is_kept_out(viewer: &Viewer, case: &Case) -> bool {
    case.applicant() == Some(viewer.person) || case.is_recused(viewer.person) || in_line(viewer, case)
}

/// Whether `seat` is `who` of the table in this case. In their own case a person is the applicant and nothing else; of
/// the applicant's line, the unit's recipient and nothing else.
fn holds(viewer: &Viewer, seat: &Seat, who: Who, case: &Case) -> bool {
    let own = case.receipt.is_some() && case.applicant() == Some(viewer.person);
    if own && who != Applicant || in_line(viewer, case) && !matches!(who, Applicant | Recipient) {
        return false;
    }
    let stands_in = matches!(who, Lead(party) if stands_in(viewer, seat, party, case));
    stands_in || fits(seat, who) && tied(viewer, seat, who, case)
}

/// The cases the viewer is kept out of, whatever their seats reach: their own, those they are recused from, and those of
/// applicants in whose line they are ([`in_line`]).
pub fn except(viewer: &Viewer) -> Except {
    Except {
        person: viewer.person,
        units: viewer.units.clone(),
    }
}

/// The cases the viewer's seats reach; `None` for those who have no list. Those they are kept out of are left out by
/// [`except`].
pub fn scope(viewer: &Viewer) -> Option<Scope> {
    let seats = viewer.seats.iter();
    let rows = seats.flat_map(|seat| {
        READERS
            .iter()
            .filter(|who| fits(seat, **who))
            .map(move |who| (seat, *who))
    });
    let mut scopes: Vec<Scope> = rows.map(|(seat, who)| reached(viewer, seat, who)).collect();
    if scopes.contains(&Scope::All) {
        return Some(Scope::All);
    }
    match scopes.len() {
        0 | 1 => scopes.pop(),
        _ => Some(Scope::Any(scopes)),
    }
}

/// The first seat by which the viewer reaches cases in lists.
pub fn list_seat(viewer: &Viewer) -> Option<&Seat> {
    let reads = |seat: &&Seat| READERS.iter().any(|who| fits(seat, *who));
    viewer.seats.iter().find(reads)
}

/// Whether it is in this seat that the viewer stands in for the lead of `party` (市级牵头).
fn stands_in(viewer: &Viewer, seat: &Seat, party: Party, case: &Case) -> bool {
    let city = if party == Party::Bureau {
        Party::City
    } else {
        Party::CityDiscipline
    };
    seat.capacity.is(Role::Coordinator, city) && case.stands_in_for(viewer.person) == Some(party)
}

/// The seat in which the viewer may do `act` on `case`.
///
/// # Errors
/// Not found where the viewer may not even read the case; otherwise whose act it is.
pub fn seat_for<'v>(viewer: &'v Viewer, act: ActName, case: &Case) -> Result<&'v Seat, Refusal> {
    let seat = viewer
        .seats
        .iter()
        .find(|seat| who_may(act).iter().any(|who| holds(viewer, seat, *who, case)));
    seat.ok_or_else(|| match standing(viewer, case) {
        Some(_) => Refusal::not_you(
            "not-your-act",
            format!("“{}”不归您办。", act.title()),
            "请回到案件看现在等谁。",
            "职责分工",
        ),
        None => Refusal::not_found(),
    })
}

/// Whether the viewer may have the original (原件) of a file they see: who examines the case, who watches over it, and
/// who gave it; everybody else has the copy without place data. `seen` is the case as the viewer sees it.
pub fn may_have_original(viewer: &Viewer, standing: Standing, seen: &Case, file: &File) -> bool {
    let of_another = |evidence: &Evidence| evidence.by != viewer.person && evidence.file.as_ref() == Some(file);
    match standing {
        Standing::Team(_) | Standing::Auditor => true,
        Standing::Applicant => !seen.evidence.iter().any(of_another),
        Standing::City(_) => false,
    }
}

/// The seat in which the viewer reads the case, or the result of it.
pub fn reading_seat<'v>(viewer: &'v Viewer, case: &Case) -> Option<&'v Seat> {
    let reads = |seat: &&Seat| {
        let mut readers = READERS.iter().chain(&[Recipient]);
        readers.any(|who| holds(viewer, seat, *who, case))
    };
    viewer.seats.iter().find(reads)
}

/// How the viewer stands to the case; `None` is not found. The applicant stands as applicant whatever else they are,
/// and a recused person has no standing.
pub fn standing(viewer: &Viewer, case: &Case) -> Option<Standing> {
    case.receipt.as_ref()?;
    if case.applicant() == Some(viewer.person) {
        return Some(Standing::Applicant);
    }
    if case.is_recused(viewer.person) {
        return None;
    }
    viewer.seats.iter().find_map(|seat| {
        let who = READERS.into_iter().find(|who| holds(viewer, seat, *who, case))?;
        let party = seat.capacity.party;
        Some(match who {
            Lead(party) => Standing::Team(party),
            Coordinator(party) => Standing::City(party),
            Auditor => Standing::Auditor,
            _ => Standing::Team(party.unwrap_or(Party::Bureau)),
        })
    })
}

/// Whether the viewer is let into a ring of the case that they stand to.
pub fn admits(viewer: &Viewer, case: &Case, ring: Ring) -> bool {
    let applicant = case.applicant() == Some(viewer.person);
    match ring {
        Ring::Everyone => true,
        Ring::Team => !applicant,
        Ring::Protected => {
            let unit = case.application.as_ref().map(|application| application.codes.unit);
            let of_unit = viewer.seats.iter().any(|seat| Some(seat.capacity.institution) == unit);
            let held = |who: &Who| viewer.seats.iter().any(|seat| holds(viewer, seat, *who, case));
            !applicant && PROTECTED.iter().any(held) && (!of_unit || held(&Investigator))
        }
    }
}

/// Whether the viewer is let into what an entry of the record says. What they gave themselves stays open to them.
pub fn admits_entry(viewer: &Viewer, case: &Case, entry: &Entry) -> bool {
    let ring = match &entry.event {
        Event::EvidenceAdded(added) => added.ring,
        Event::ClueTransferred(_) => Ring::Protected,
        Event::PaperMade(made) if made.paper == PaperKind::Clue => Ring::Protected,
        _ => Ring::Everyone,
    };
    entry.meta.actor == viewer.person || admits(viewer, case, ring)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_is_somebodys() {
        for act in ActName::ALL {
            assert!(!who_may(*act).is_empty(), "nobody may {}", act.code());
        }
    }
}
