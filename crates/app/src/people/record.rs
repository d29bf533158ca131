//! A person or an institution as it stands on its stream, and the rows that follow from it.

use super::{Institution, Person, leaving};
use crate::codec::{misshapen, parse_party, party_code, role_code};
use crate::error::{Failure, Result};
use crate::login;
use base::law::Party;
use base::{InstitutionId, PersonId};
use casefile::Role;
use serde::{Deserialize, Serialize};
use store::{InstitutionRow, PersonRow, PersonView, StoredEvent, ViewChanges};

#[derive(Serialize, Deserialize)]
pub(super) struct InstitutionCodes {
    pub id: InstitutionId,
    pub party: Option<Party>,
    pub division: String,
    pub parent: Option<InstitutionId>,
    pub counterpart: Option<InstitutionId>,
}

/// The kind of what is no party to cases: township, village, office.
pub(super) const UNIT: &str = "unit";

#[derive(Serialize, Deserialize)]
pub(super) struct InstitutionText {
    pub name: String,
    pub code: String,
    pub contact: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub overseer: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct PersonCodes {
    pub id: PersonId,
    pub unit: Option<InstitutionId>,
    pub capacities: Vec<(Role, InstitutionId)>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct PersonText {
    pub name: String,
    pub post: String,
}

/// On an institution's stream: as it is from now on.
pub(super) const INSTITUTION: &str = "institution-registered/1";
/// On a person's stream: as they are from now on.
pub(crate) const PERSON: &str = "person-registered/1";

/// A person as registered, for the record and the views.
pub(crate) struct Registration {
    /// What lies open.
    pub codes: PersonCodes,
    /// What is sealed.
    pub text: PersonText,
}

impl Registration {
    pub(crate) fn of(person: Person) -> Registration {
        let codes = PersonCodes {
            id: person.id,
            unit: person.unit,
            capacities: person.capacities,
        };
        let text = PersonText {
            name: person.name,
            post: person.post,
        };
        Registration { codes, text }
    }

    pub(crate) fn views(&self) -> ViewChanges {
        ViewChanges {
            persons: vec![person_view(&self.codes, &self.text)],
            ..ViewChanges::default()
        }
    }
}

pub(super) fn institution(row: InstitutionRow) -> Institution {
    let details: InstitutionText = serde_json::from_str(&row.details).unwrap_or(InstitutionText {
        name: String::new(),
        code: String::new(),
        contact: String::new(),
        overseer: String::new(),
    });
    Institution {
        id: row.id,
        name: row.name,
        party: parse_party(&row.kind),
        division: row.division,
        parent: row.parent,
        counterpart: row.counterpart,
        code: details.code,
        contact: details.contact,
        overseer: details.overseer,
    }
}

pub(super) fn institution_row(codes: &InstitutionCodes, text: &InstitutionText) -> InstitutionRow {
    InstitutionRow {
        id: codes.id,
        name: text.name.clone(),
        kind: codes.party.map_or(UNIT, party_code).into(),
        division: codes.division.clone(),
        parent: codes.parent,
        counterpart: codes.counterpart,
        details: serde_json::to_string(text).unwrap_or_default(),
        active: true,
    }
}

fn person_view(codes: &PersonCodes, text: &PersonText) -> PersonView {
    let capacity = |(role, institution): &(Role, InstitutionId)| store::Capacity {
        role: role_code(*role).into(),
        institution: *institution,
    };
    PersonView {
        row: PersonRow {
            id: codes.id,
            name: text.name.clone(),
            unit: codes.unit,
            post: text.post.clone(),
            active: true,
        },
        capacities: codes.capacities.iter().map(capacity).collect(),
    }
}

/// The rows of an institution or a person from the events of their stream, of which the last registration counts: how
/// a rebuild makes them anew.
///
/// # Errors
/// A body of another shape, an unknown kind.
pub(crate) fn rows(events: &[StoredEvent]) -> Result<ViewChanges> {
    let mut views = ViewChanges::default();
    let known = |kind: &str| [INSTITUTION, PERSON, leaving::LEFT].contains(&kind) || login::ON_PERSON.contains(&kind);
    if let Some(other) = events.iter().find(|event| !known(&event.kind)) {
        return Err(Failure::Record(format!(
            "unknown kind {} in {}",
            other.kind, other.stream
        )));
    }
    let registers = |event: &StoredEvent| [INSTITUTION, PERSON].contains(&event.kind.as_str());
    let Some(at) = events.iter().rposition(registers) else {
        return Ok(views);
    };
    let event = &events[at];
    let has_left = events[at..].iter().any(|event| event.kind == leaving::LEFT);
    let broken = |e: serde_json::Error| Failure::Record(format!("{}: {}", event.kind, misshapen(&e)));
    let sealed = event.sealed.plain().unwrap_or(b"null");
    if event.kind == INSTITUTION {
        let (codes, text) = (serde_json::from_slice(&event.open), serde_json::from_slice(sealed));
        let row = institution_row(&codes.map_err(broken)?, &text.map_err(broken)?);
        views.institutions.push(row);
    } else {
        let (codes, text) = (serde_json::from_slice(&event.open), serde_json::from_slice(sealed));
        let view = person_view(&codes.map_err(broken)?, &text.map_err(broken)?);
        views.persons.push(match has_left {
            true => leaving::left(view.row),
            false => view,
        });
    }
    Ok(views)
}
