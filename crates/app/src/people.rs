//! People and institutions: registered on their own streams, seen as rows, made into a [`Viewer`] at each request.
//!
//! Knows nothing of passwords (`login`) and nothing of cases.

use crate::App;
use crate::authority::{Seat, Viewer};
use crate::beside::Beside;
use crate::codec::{parse_party, parse_role, party_code, role_code};
use crate::error::{Failure, Result};
use crate::login;
use crate::papers::Names;
use base::law::Party;
use base::{ActId, InstitutionId, PersonId};
use casefile::refusal::Check;
use casefile::{Capacity, Case, Refusal, Role};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use store::{Actor, InstitutionRow, PersonRow, PersonView, StoredEvent, StreamName, ViewChanges};

/// An institution (机构).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Institution {
    /// Its id.
    pub id: InstitutionId,
    /// Full name, e.g. 濮阳县民政局; the zones' bodies are not called 民政局.
    pub name: String,
    /// What it is in the procedure; `None` for a unit (township, village, office).
    pub party: Option<Party>,
    /// Division code, e.g. 410928; for a zone without an official one its own, marked by a letter.
    pub division: String,
    /// The institution above it: the city bureau above a bureau, the bureau's county above a unit.
    pub parent: Option<InstitutionId>,
    /// A bureau's discipline group, a group's bureau.
    pub counterpart: Option<InstitutionId>,
    /// 机关代字, for its document numbers.
    pub code: String,
    /// Phone and window, for help lines.
    pub contact: String,
    /// The discipline body with authority over its staff (干部管理权限), which gets the reports about them; empty where
    /// none is entered.
    pub overseer: String,
}

/// A person (人员), as registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// 姓名
    pub name: String,
    /// The unit they belong to.
    pub unit: Option<InstitutionId>,
    /// 职务
    pub post: String,
    /// Roles held.
    pub capacities: Vec<(Role, InstitutionId)>,
}

#[derive(Serialize, Deserialize)]
struct InstitutionCodes {
    id: InstitutionId,
    party: Option<Party>,
    division: String,
    parent: Option<InstitutionId>,
    counterpart: Option<InstitutionId>,
}

#[derive(Serialize, Deserialize)]
struct InstitutionText {
    name: String,
    code: String,
    contact: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    overseer: String,
}

#[derive(Serialize, Deserialize)]
struct PersonCodes {
    id: PersonId,
    unit: Option<InstitutionId>,
    capacities: Vec<(Role, InstitutionId)>,
}

#[derive(Serialize, Deserialize)]
struct PersonText {
    name: String,
    post: String,
}

const INSTITUTION: &str = "institution-registered/1";
const PERSON: &str = "person-registered/1";

impl App {
    /// Registers an institution, or what has changed of it.
    ///
    /// # Errors
    /// A refusal by field.
    pub async fn register_institution(&self, viewer: &Viewer, act: ActId, institution: Institution) -> Result<()> {
        let capacity = administers(viewer)?;
        let mut check = Check::new();
        check
            .required("name", "机构名称", &institution.name, 100)
            .required("division", "区划代码", &institution.division, 12)
            .optional("code", "机关代字", &institution.code, 10)
            .optional("contact", "联系方式", &institution.contact, 200)
            .optional("overseer", "收认定报告的纪检监察机关", &institution.overseer, 100);
        check.done()?;
        let codes = InstitutionCodes {
            id: institution.id,
            party: institution.party,
            division: institution.division.clone(),
            parent: institution.parent,
            counterpart: institution.counterpart,
        };
        let text = InstitutionText {
            name: institution.name.clone(),
            code: institution.code.clone(),
            contact: institution.contact.clone(),
            overseer: institution.overseer.trim().to_owned(),
        };
        let views = ViewChanges {
            institutions: vec![institution_row(&codes, &text)],
            ..ViewChanges::default()
        };
        let what = Beside {
            stream: StreamName::Institution(institution.id),
            kind: INSTITUTION,
            act,
            by: Actor::Person(viewer.person),
            capacity,
            views,
        };
        self.beside(what, &codes, Some(&text)).await
    }

    /// Registers a person with the roles held, or what has changed of them.
    ///
    /// # Errors
    /// A refusal by field.
    pub async fn register_person(&self, viewer: &Viewer, act: ActId, person: Person) -> Result<()> {
        let capacity = administers(viewer)?;
        let mut check = Check::new();
        check
            .required("name", "姓名", &person.name, 50)
            .optional("post", "职务", &person.post, 100);
        check.done()?;
        let codes = PersonCodes {
            id: person.id,
            unit: person.unit,
            capacities: person.capacities,
        };
        let text = PersonText {
            name: person.name,
            post: person.post,
        };
        let views = ViewChanges {
            persons: vec![person_view(&codes, &text)],
            ..ViewChanges::default()
        };
        let what = Beside {
            stream: StreamName::Person(codes.id),
            kind: PERSON,
            act,
            by: Actor::Person(viewer.person),
            capacity,
            views,
        };
        self.beside(what, &codes, Some(&text)).await
    }

    /// All institutions of the site.
    ///
    /// # Errors
    /// The store.
    pub async fn institutions(&self) -> Result<Vec<Institution>> {
        Ok(self.store.institutions().await?.into_iter().map(institution).collect())
    }

    /// One institution.
    ///
    /// # Errors
    /// Not found.
    pub async fn institution(&self, id: InstitutionId) -> Result<Institution> {
        let row = self.store.institution(id).await?;
        row.map(institution).ok_or_else(|| Refusal::not_found().into())
    }

    /// All people of the site, by name, with the roles held.
    ///
    /// # Errors
    /// The store.
    pub async fn people(&self) -> Result<Vec<Person>> {
        let mut people = Vec::new();
        for row in self.store.persons(None).await? {
            people.push(self.with_capacities(row).await?);
        }
        Ok(people)
    }

    /// Those who hold `role` at `institution`, for pickers.
    ///
    /// # Errors
    /// The store.
    pub async fn holders(&self, role: Role, institution: InstitutionId) -> Result<Vec<Person>> {
        let mut people = Vec::new();
        for row in self.store.holders(role_code(role), institution).await? {
            people.push(self.with_capacities(row).await?);
        }
        Ok(people)
    }

    /// One person.
    ///
    /// # Errors
    /// Not found.
    pub async fn person(&self, id: PersonId) -> Result<Person> {
        match self.store.person(id).await? {
            Some(row) => self.with_capacities(row).await,
            None => Err(Refusal::not_found().into()),
        }
    }

    /// The first administrator of the site, as whom the command line acts.
    ///
    /// # Errors
    /// The store.
    pub async fn first_administrator(&self) -> Result<Option<Viewer>> {
        for institution in self.store.institutions().await? {
            if let Some(row) = self
                .store
                .holders(role_code(Role::Administrator), institution.id)
                .await?
                .first()
            {
                return self.seated(row.id).await;
            }
        }
        Ok(None)
    }

    async fn with_capacities(&self, row: PersonRow) -> Result<Person> {
        let held = self.store.capacities(row.id).await?;
        let capacities = held
            .iter()
            .filter_map(|c| parse_role(&c.role).map(|role| (role, c.institution)))
            .collect();
        Ok(Person {
            id: row.id,
            name: row.name,
            unit: row.unit,
            post: row.post,
            capacities,
        })
    }

    /// A person as they sit today: name, post, seats.
    ///
    /// # Errors
    /// The store.
    pub async fn seated(&self, id: PersonId) -> Result<Option<Viewer>> {
        let Some(row) = self.store.person(id).await?.filter(|row| row.active) else {
            return Ok(None);
        };
        let mut seats = Vec::new();
        for held in self.store.capacities(id).await? {
            let (Some(role), Some(at)) = (parse_role(&held.role), self.store.institution(held.institution).await?)
            else {
                continue;
            };
            let capacity = Capacity {
                role,
                institution: at.id,
                party: parse_party(&at.kind),
            };
            seats.push(Seat {
                capacity,
                institution_name: at.name,
            });
        }
        Ok(Some(Viewer {
            person: row.id,
            name: row.name,
            post: row.post,
            seats,
        }))
    }

    /// The institutions' names as a case's papers and pages write them.
    pub(crate) async fn names(&self, case: &Case) -> Result<Names> {
        let Some(receipt) = &case.receipt else {
            return Ok(Names::default());
        };
        let bureau = self.institution(receipt.bureau).await?;
        Ok(Names {
            overseers: self.overseers(case, &bureau).await?,
            discipline: self.institution(receipt.discipline).await?.name,
            city: self.institution(receipt.city).await?.name,
            city_discipline: self.institution(receipt.city_discipline).await?.name,
            bureau: bureau.name,
            bureau_code: bureau.code,
            contact: bureau.contact,
        })
    }

    /// The discipline bodies with authority over the applicant, from their unit up to the bureau, each once.
    async fn overseers(&self, case: &Case, bureau: &Institution) -> Result<Vec<String>> {
        let mut list: Vec<String> = Vec::new();
        let mut next = case.application.as_ref().map(|application| application.codes.unit);
        for _ in 0..8 {
            let Some(id) = next.filter(|id| *id != bureau.id) else {
                break;
            };
            let unit = self.institution(id).await?;
            list.push(unit.overseer);
            next = unit.parent;
        }
        list.push(bureau.overseer.clone());
        let mut named = HashSet::new();
        list.retain(|name| !name.is_empty() && named.insert(name.clone()));
        Ok(list)
    }
}

/// The capacity in which the viewer administers the site.
pub(crate) fn administers(viewer: &Viewer) -> Result<Capacity, Refusal> {
    viewer
        .seat(Role::Administrator)
        .map(|seat| seat.capacity)
        .ok_or_else(Refusal::not_found)
}

fn institution(row: InstitutionRow) -> Institution {
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

fn institution_row(codes: &InstitutionCodes, text: &InstitutionText) -> InstitutionRow {
    InstitutionRow {
        id: codes.id,
        name: text.name.clone(),
        kind: codes.party.map_or("unit", party_code).into(),
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
    let known = |kind: &str| [INSTITUTION, PERSON].contains(&kind) || login::ON_PERSON.contains(&kind);
    if let Some(other) = events.iter().find(|event| !known(&event.kind)) {
        return Err(Failure::Record(format!(
            "unknown kind {} in {}",
            other.kind, other.stream
        )));
    }
    let registers = |event: &&StoredEvent| !login::ON_PERSON.contains(&event.kind.as_str());
    let Some(event) = events.iter().rfind(registers) else {
        return Ok(views);
    };
    let broken = |e: serde_json::Error| Failure::Record(format!("{}: {}", event.kind, crate::codec::misshapen(&e)));
    let sealed = event.sealed.plain().unwrap_or(b"null");
    if event.kind == INSTITUTION {
        let (codes, text) = (serde_json::from_slice(&event.open), serde_json::from_slice(sealed));
        let row = institution_row(&codes.map_err(broken)?, &text.map_err(broken)?);
        views.institutions.push(row);
    } else {
        let (codes, text) = (serde_json::from_slice(&event.open), serde_json::from_slice(sealed));
        let view = person_view(&codes.map_err(broken)?, &text.map_err(broken)?);
        views.persons.push(view);
    }
    Ok(views)
}
