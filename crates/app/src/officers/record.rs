//! What of the officers stands on the site's stream, and how it is read back: proposals and their ends, months without
//! all three, the city's looks, and everything an officer did.

use super::Shortage;
use crate::codec::{misshapen, parse_capacity};
use crate::error::{Failure, Result};
use crate::people::Person;
use base::{ActId, Date, InstitutionId, PersonId, Timestamp};
use casefile::Role;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::{Actor, StoredEvent, StreamName};

/// An officer's event on another stream, named on the site's.
pub(crate) const ACTED: &str = "officer-acted/1";
pub(super) const PROPOSED: &str = "officer-proposed/1";
pub(super) const SETTLED: &str = "officer-settled/1";
/// A month begins with fewer than three.
pub(super) const SHORT: &str = "officers-short/1";
/// The city has looked at a month.
pub(super) const WATCHED: &str = "officers-watched/1";

/// A person comes into an office, or leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Who.
    pub person: PersonId,
    /// Which of the three.
    pub role: Role,
    /// Into it, or out of it.
    pub appoint: bool,
}

/// A change that waits for a second officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The act that proposed it.
    pub id: ActId,
    /// What is proposed.
    pub change: Change,
    /// Where the office is held.
    pub institution: InstitutionId,
    /// Who proposed it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// A month that the city has looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Its first day.
    pub month: Date,
    /// Who looked.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What was found.
    pub found: String,
}

/// One thing that an officer did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// When it was recorded.
    pub at: Timestamp,
    /// Who did it.
    pub by: PersonId,
    /// As which officer.
    pub role: Role,
    /// The kind of event, e.g. `person-registered/1`.
    pub kind: String,
    /// Whom or what it concerns, where it is a person or an institution.
    pub of: Option<Concern>,
}

/// Whom or what a deed concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// A person.
    Person(PersonId),
    /// An institution.
    Institution(InstitutionId),
}

/// The state of the three.
#[derive(Clone, Debug)]
pub struct Officers {
    /// Each of the three with who holds it.
    pub held: Vec<(Role, Vec<Person>)>,
    /// What waits for a second officer.
    pub pending: Vec<Pending>,
    /// Fewer than three.
    pub shortage: Option<Shortage>,
    /// The months the city has looked at, the last first.
    pub watched: Vec<Watched>,
    /// What officers did, the last first.
    pub deeds: Vec<Deed>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Acted {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<PersonId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    institution: Option<InstitutionId>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Proposed {
    pub person: PersonId,
    pub role: Role,
    pub appoint: bool,
    pub institution: InstitutionId,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Settled {
    pub proposal: ActId,
    pub confirm: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Month {
    pub month: Date,
}

#[derive(Serialize)]
pub(super) struct Short {
    pub month: Date,
    pub missing: Vec<Role>,
}

/// Whom an event of the site's stream concerns, whatever its kind.
#[derive(Deserialize)]
struct Whom {
    person: Option<PersonId>,
    institution: Option<InstitutionId>,
}

impl Acted {
    /// Names an event of `kind` on `stream`.
    pub(crate) fn of(kind: &str, stream: &StreamName) -> Acted {
        let (person, institution) = match stream {
            StreamName::Person(person) => (Some(*person), None),
            StreamName::Institution(institution) => (None, Some(*institution)),
            _ => (None, None),
        };
        Acted {
            kind: kind.to_owned(),
            person,
            institution,
        }
    }
}

impl Officers {
    /// The state that the site's `events` tell of, with who holds what today.
    pub(super) fn of(events: &[StoredEvent], everybody: &[Person], shortage: Option<Shortage>) -> Result<Officers> {
        let holders = |role: Role| {
            let held = everybody
                .iter()
                .filter(|person| person.capacities.iter().any(|(held, _)| *held == role));
            (role, held.cloned().collect())
        };
        let mut deeds: Vec<Deed> = events.iter().filter_map(deed).collect();
        let mut watched = watched(events)?;
        deeds.reverse();
        watched.reverse();
        Ok(Officers {
            held: super::OFFICES.map(holders).into(),
            pending: pending(events)?,
            shortage,
            watched,
            deeds,
        })
    }
}

/// The proposals that nobody has settled.
pub(super) fn pending(events: &[StoredEvent]) -> Result<Vec<Pending>> {
    let mut open = Vec::new();
    for event in events {
        match (event.kind.as_str(), event.actor) {
            (PROPOSED, Actor::Person(by)) => {
                let proposed: Proposed = read(event, &event.open)?;
                open.push(Pending {
                    id: event.act,
                    change: Change {
                        person: proposed.person,
                        role: proposed.role,
                        appoint: proposed.appoint,
                    },
                    institution: proposed.institution,
                    by,
                    at: event.recorded,
                });
            }
            (SETTLED, _) => {
                let settled: Settled = read(event, &event.open)?;
                open.retain(|pending| pending.id != settled.proposal);
            }
            _ => {}
        }
    }
    Ok(open)
}

/// The months that began with fewer than three, in order.
pub(super) fn short(events: &[StoredEvent]) -> Result<Vec<Date>> {
    let months = events.iter().filter(|event| event.kind == SHORT);
    months
        .map(|event| read(event, &event.open).map(|Month { month }| month))
        .collect()
}

/// The months the city has looked at, in order.
pub(super) fn watched(events: &[StoredEvent]) -> Result<Vec<Watched>> {
    let mut months = Vec::new();
    for event in events.iter().filter(|event| event.kind == WATCHED) {
        let Actor::Person(by) = event.actor else { continue };
        let Month { month } = read(event, &event.open)?;
        months.push(Watched {
            month,
            by,
            at: event.recorded,
            found: read(event, event.sealed.plain().unwrap_or(b"\"\""))?,
        });
    }
    Ok(months)
}

/// What an officer did, if this is one's.
pub(super) fn deed(event: &StoredEvent) -> Option<Deed> {
    let Actor::Person(by) = event.actor else { return None };
    let role = parse_capacity(&event.capacity)?.role;
    if !super::is_officer(role) {
        return None;
    }
    let acted: Option<Acted> = serde_json::from_slice(&event.open).ok().filter(|_| event.kind == ACTED);
    let whom: Option<Whom> = serde_json::from_slice(&event.open).ok();
    let of = whom.and_then(|whom| {
        let person = whom.person.map(Concern::Person);
        person.or(whom.institution.map(Concern::Institution))
    });
    Some(Deed {
        at: event.recorded,
        by,
        role,
        kind: acted.map_or_else(|| event.kind.clone(), |acted| acted.kind),
        of,
    })
}

fn read<T: DeserializeOwned>(event: &StoredEvent, bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|e| Failure::Record(format!("{}: {}", event.kind, misshapen(&e))))
}
