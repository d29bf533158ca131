//! People and institutions: registered on their own streams, seen as rows, made into a [`Viewer`] at each request.
//!
//! Knows nothing of passwords (`login`) and nothing of cases.

pub mod import;
pub mod leaving;
mod record;

pub(crate) use record::{PERSON, Registration, rows};

use crate::App;
use crate::authority::{Matter, Seat, Viewer, seat_in};
use crate::beside::Beside;
use crate::codec::{parse_party, parse_role, role_code};
use crate::error::{Failure, Result};
use crate::officers::is_officer;
use crate::papers::Names;
use base::law::Party;
use base::{ActId, InstitutionId, PersonId};
use casefile::refusal::Check;
use casefile::{Capacity, Case, Refusal, Role};
use record::{INSTITUTION, InstitutionCodes, InstitutionText, institution, institution_row};
use std::collections::{HashMap, HashSet};
use store::{Actor, PersonRow, StreamName, ViewChanges};

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
        self.stays_what_it_is(&institution).await?;
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
            expected: None,
            kind: INSTITUTION,
            act,
            by: Actor::Person(viewer.person),
            capacity,
            views,
        };
        self.beside(what, &codes, Some(&text)).await?;
        Ok(())
    }

    /// Registers a person with the roles held, or what has changed of them: whoever runs the site enters people, and
    /// workers, who see their own things alone; whoever gives the roles gives all others. Officers' roles are not given
    /// here.
    ///
    /// # Errors
    /// Not found for whoever may do neither; a refusal by field, also of roles that check each other; somebody else changed the person meanwhile.
    pub async fn register_person(&self, viewer: &Viewer, act: ActId, person: Person) -> Result<()> {
        let head = self.store.head(&StreamName::Person(person.id)).await?;
        let known = match self.store.person(person.id).await? {
            Some(row) => Some(self.with_capacities(row).await?),
            None => None,
        };
        let capacity = may_register(viewer, known.as_ref(), &person)?;
        let begins = known.is_none() && !self.store.is_held(role_code(Role::Administrator)).await?;
        if !begins {
            roles_fit(known.as_ref(), &person)?;
            self.checks_nobody_twice(known.as_ref(), &person).await?;
        }
        let mut check = Check::new();
        check
            .required("name", "姓名", &person.name, 50)
            .optional("post", "职务", &person.post, 100);
        check.done()?;
        let registration = Registration::of(person);
        let what = Beside {
            stream: StreamName::Person(registration.codes.id),
            expected: head.map(|head| head.version),
            kind: PERSON,
            act,
            by: Actor::Person(viewer.person),
            capacity,
            views: registration.views(),
        };
        match self.beside(what, &registration.codes, Some(&registration.text)).await {
            Err(Failure::Store(store::Error::Conflict { .. })) => {
                Err(Refusal::conflict("您打开页面以后，这个人有了改动。请看一看现在的，再改一次。").into())
            }
            done => done.map(|_| ()),
        }
    }

    /// What an institution is in the procedure decides what the roles at it may do: as long as somebody holds one, it
    /// stays what it is, so that changing it takes whoever gives the roles as well.
    async fn stays_what_it_is(&self, after: &Institution) -> Result<()> {
        let Some(before) = self.store.institution(after.id).await?.map(institution) else {
            return Ok(());
        };
        let same = (before.party, before.counterpart, before.parent) == (after.party, after.counterpart, after.parent);
        if same || !self.store.has_holders(after.id).await? {
            return Ok(());
        }
        let sentence = "这个机构已经有人有岗位，不能改它是什么、归谁管、和谁配合。请先去掉这些岗位，再改。";
        Err(Refusal::field("kind", sentence).into())
    }

    /// Whether new roles leave those apart who check each other: nobody leads on the side of the bureaus and on that of
    /// the discipline groups (会同), and nobody audits who has a part in cases.
    async fn checks_nobody_twice(&self, known: Option<&Person>, person: &Person) -> Result<()> {
        if known.is_some_and(|known| known.capacities == person.capacities) {
            return Ok(());
        }
        let parties: HashMap<_, _> = (self.institutions().await?.into_iter())
            .map(|one| (one.id, one.party))
            .collect();
        let leads = |sides: [Party; 2]| {
            let of = |at| {
                parties
                    .get(at)
                    .copied()
                    .flatten()
                    .is_some_and(|party| sides.contains(&party))
            };
            let mut held = person.capacities.iter();
            held.any(|(role, at)| matches!(role, Role::Lead | Role::Coordinator) && of(at))
        };
        if leads([Party::Bureau, Party::City]) && leads([Party::Discipline, Party::CityDiscipline]) {
            let sentence = "民政局和纪检监察组相互监督，一个人不能在两边都当负责人或者协调人。请去掉一个。";
            return Err(Refusal::field("role-1", sentence).into());
        }
        let holds = |roles: &[Role]| person.capacities.iter().any(|(role, _)| roles.contains(role));
        if holds(&[Role::Auditor]) && holds(&[Role::Intake, Role::Lead, Role::Investigator, Role::Coordinator]) {
            let sentence = "审计员看全部案件，不能再有办案的岗位。请去掉一个。";
            return Err(Refusal::field("role-1", sentence).into());
        }
        Ok(())
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

    /// A person as they sit today: name, post, seats, and the units they are in the line of.
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
        let places = seats.iter().map(|seat| seat.capacity.institution).chain(row.unit);
        let units = self.store.below(&places.collect::<Vec<_>>(), record::UNIT).await?;
        self.stand_in(&mut seats).await?;
        Ok(Some(Viewer {
            person: row.id,
            name: row.name,
            post: row.post,
            seats,
            units,
        }))
    }

    /// Where nobody is there to give the roles, whoever runs the site does.
    async fn stand_in(&self, seats: &mut Vec<Seat>) -> Result<()> {
        let runs = seats.iter().find(|seat| seat.capacity.role == Role::Administrator);
        let Some(mut seat) = runs.cloned() else { return Ok(()) };
        if !self.store.is_held(role_code(Role::Security)).await? {
            seat.capacity.role = Role::Security;
            seats.push(seat);
        }
        Ok(())
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
    let seat = seat_in(viewer, Matter::RunSite);
    seat.map(|seat| seat.capacity).ok_or_else(Refusal::not_found)
}

/// The capacity in which the viewer makes of `known` what `person` says.
fn may_register(viewer: &Viewer, known: Option<&Person>, person: &Person) -> Result<Capacity, Refusal> {
    let (runs, grants) = (seat_in(viewer, Matter::RunSite), seat_in(viewer, Matter::GrantRoles));
    let roles = |person: &Person| {
        let of_others = person.capacities.iter().filter(|(role, _)| *role != Role::Worker);
        of_others.copied().collect::<HashSet<_>>()
    };
    let described =
        known.is_none_or(|known| (&known.name, &known.post, known.unit) != (&person.name, &person.post, person.unit));
    let granted = known.map(roles).unwrap_or_default() != roles(person);
    let seat = match (described, granted) {
        (true, true) => runs.filter(|_| grants.is_some()),
        (true, false) => runs,
        (false, true) => grants,
        (false, false) => runs.or(grants),
    };
    seat.map(|seat| seat.capacity).ok_or_else(|| match (runs, grants) {
        (None, None) => Refusal::not_found(),
        (Some(_), None) => Refusal::field(
            "role-1",
            "办案的岗位由安全管理员给。这里只能选“工作人员”。请去掉别的岗位。",
        ),
        _ => Refusal::field("name", "姓名、职务和单位由系统管理员改。这里只改岗位。"),
    })
}

/// Whether the roles go together: an officer's stay as they are, and whoever is one has no part in cases.
fn roles_fit(known: Option<&Person>, person: &Person) -> Result<(), Refusal> {
    let offices = |person: &Person| {
        let held = person.capacities.iter().filter(|(role, _)| is_officer(*role));
        held.copied().collect::<HashSet<_>>()
    };
    let held = offices(person);
    let other = |(role, _): &(Role, InstitutionId)| !is_officer(*role) && *role != Role::Worker;
    if known.map(offices).unwrap_or_default() != held {
        let sentence = "三员的岗位不在这里给，也不在这里免。请在“三员”页面提名，由另一名三员确认。";
        return Err(Refusal::field("role-1", sentence));
    }
    if !held.is_empty() && person.capacities.iter().any(other) {
        return Err(Refusal::field(
            "role-1",
            "三员不能有办案的岗位。请去掉，或者先在“三员”页面免去。",
        ));
    }
    Ok(())
}
