//! Between the case's events and the record's bytes: capacities as text, events with their open and sealed parts.
//!
//! Knows which event is withheld under a key of its own; knows nothing of where the bytes lie.

use base::law::Party;
use base::{CaseId, InstitutionId, KeyId};
use casefile::event::{DecodeError, Meta};
use casefile::{Capacity, Event, Role};
use store::{Actor, KeyRef, NewEvent, Sealing, StoredEvent};

const ROLES: [(Role, &str); 11] = [
    (Role::Worker, "worker"),
    (Role::Intake, "intake"),
    (Role::Investigator, "investigator"),
    (Role::Lead, "lead"),
    (Role::Coordinator, "coordinator"),
    (Role::Recipient, "recipient"),
    (Role::Auditor, "auditor"),
    (Role::Administrator, "administrator"),
    (Role::Security, "security"),
    (Role::SecurityAuditor, "security-auditor"),
    (Role::System, "system"),
];

const PARTIES: [(Party, &str); 4] = [
    (Party::Bureau, "bureau"),
    (Party::Discipline, "discipline"),
    (Party::City, "city"),
    (Party::CityDiscipline, "city-discipline"),
];

/// The role's name in the record and in views.
pub fn role_code(role: Role) -> &'static str {
    ROLES.iter().find(|(r, _)| *r == role).map_or("", |(_, code)| code)
}

/// The role of that name.
pub fn parse_role(code: &str) -> Option<Role> {
    ROLES.iter().find(|(_, c)| *c == code).map(|(role, _)| *role)
}

/// The party's name in the record and in views.
pub fn party_code(party: Party) -> &'static str {
    PARTIES.iter().find(|(p, _)| *p == party).map_or("", |(_, code)| code)
}

/// The party of that name.
pub fn parse_party(code: &str) -> Option<Party> {
    PARTIES.iter().find(|(_, c)| *c == code).map(|(party, _)| *party)
}

/// `lead.bureau@<institution>`, or `worker@<institution>` where the institution is no party.
pub fn capacity_text(capacity: Capacity) -> String {
    let role = role_code(capacity.role);
    match capacity.party {
        Some(party) => format!("{role}.{}@{}", party_code(party), capacity.institution),
        None => format!("{role}@{}", capacity.institution),
    }
}

/// The capacity of that text.
pub fn parse_capacity(text: &str) -> Option<Capacity> {
    let (what, institution) = text.split_once('@')?;
    let institution: InstitutionId = institution.parse().ok()?;
    let (role, party) = match what.split_once('.') {
        Some((role, party)) => (parse_role(role)?, Some(parse_party(party)?)),
        None => (parse_role(what)?, None),
    };
    Some(Capacity {
        role,
        institution,
        party,
    })
}

/// The event as the store takes it. `own_key` is the key of a withheld opinion.
pub fn new_event(case: CaseId, meta: &Meta, event: &Event, own_key: Option<KeyId>) -> NewEvent {
    let (open, sealed) = event.encode(&meta.stood);
    let under = own_key.map_or(KeyRef::Case(case), KeyRef::Own);
    NewEvent {
        id: meta.event,
        kind: event.kind().into(),
        act: meta.act,
        actor: if meta.capacity.role == Role::System {
            Actor::System
        } else {
            Actor::Person(meta.actor)
        },
        capacity: capacity_text(meta.capacity),
        acted: meta.recorded,
        open,
        sealed: Some(Sealing { plain: sealed, under }),
    }
}

/// The event as the case takes it.
///
/// # Errors
/// An unknown kind or a body of another shape: loading stops.
pub fn event(stored: &StoredEvent) -> Result<(Meta, Event), String> {
    let (event, stood) = Event::decode(&stored.kind, &stored.open, stored.sealed.plain()).map_err(|e| undecoded(&e))?;
    let capacity = parse_capacity(&stored.capacity)
        .ok_or_else(|| format!("capacity {:?} of event {}", stored.capacity, stored.id))?;
    let actor = match stored.actor {
        Actor::Person(person) => person,
        Actor::System => base::PersonId::default(),
    };
    let meta = Meta {
        event: stored.id,
        act: stored.act,
        actor,
        capacity,
        stood,
        recorded: stored.recorded,
        version: stored.version,
    };
    Ok((meta, event))
}

/// Why bytes of the record were not read, without a word of what they say.
fn undecoded(error: &DecodeError) -> String {
    match error {
        DecodeError::UnknownKind(_) => error.to_string(),
        DecodeError::Body { kind, source } => format!("event {kind}: {}", misshapen(source)),
    }
}

/// What is wrong with a JSON text and where: serde's own words quote values, and these may be sealed.
pub(crate) fn misshapen(error: &serde_json::Error) -> String {
    format!(
        "{:?} error at line {} column {}",
        error.classify(),
        error.line(),
        error.column()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_misshapen_is_not_quoted() {
        let source = serde_json::from_str::<u8>("\n \"MARKER\"").unwrap_err();
        assert!(source.to_string().contains("MARKER"));
        let kind = "stated/1".to_owned();
        let said = undecoded(&DecodeError::Body { kind, source });
        assert_eq!(said, "event stated/1: Data error at line 2 column 9");
    }

    #[test]
    fn a_capacity_reads_back_as_it_was_written() {
        for (role, _) in ROLES {
            for party in PARTIES.iter().map(|(party, _)| Some(*party)).chain([None]) {
                let capacity = Capacity {
                    role,
                    institution: InstitutionId([7; 16]),
                    party,
                };
                assert_eq!(parse_capacity(&capacity_text(capacity)), Some(capacity));
            }
        }
        assert_eq!(parse_capacity("king@00000000000000000000000000000000"), None);
        assert_eq!(parse_capacity("lead"), None);
    }
}
