//! The three officers (三员: 系统管理员, 安全管理员, 安全审计员) of GB/T 22239 8.1.5: held once at the hosting site for all its
//! bodies. Nobody holds two of them, none has a part in cases, one comes into office or leaves it on the word of two.
//!
//! A small site may begin or run with fewer. Then whoever administers gives the roles too ([`crate::App::seated`]), every
//! officer and the city are told so on their pages, each month that begins so is on record, and the city looks each
//! month at what was done. What each officer may do stands in `authority`.

mod record;

pub(crate) use record::{ACTED, Acted};
pub use record::{Change, Concern, Deed, Officers, Pending, Watched};

use crate::App;
use crate::authority::{Matter, Seat, Viewer, seat_in};
use crate::beside::{Beside, just_now};
use crate::codec::role_code;
use crate::error::{Failure, Result};
use crate::login::TAKING_OVER;
use crate::people::{self, Institution, Person};
use base::{ActId, Date, PersonId};
use casefile::refusal::Check;
use casefile::{Capacity, Refusal, Role};
use record::{Month, Proposed, SETTLED, SHORT, Settled, Short, WATCHED};
use store::{Actor, StoredEvent, StreamAppend, StreamName, ViewChanges};

/// The three, in the order they are shown.
pub const OFFICES: [Role; 3] = [Role::Administrator, Role::Security, Role::SecurityAuditor];

/// Whether a role is one of the three.
pub fn is_officer(role: Role) -> bool {
    OFFICES.contains(&role)
}

/// What the site lacks of its three officers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// Which of the three nobody holds.
    pub missing: Vec<Role>,
    /// The first month that began so, is over, and was not looked at by the city.
    pub unwatched: Option<Date>,
}

/// Whoever begins a site where nobody is registered yet: both who runs it and who gives the roles.
pub fn founder(person: PersonId, name: &str, at: &Institution) -> Viewer {
    let seat = |role| Seat {
        capacity: Capacity {
            role,
            institution: at.id,
            party: at.party,
        },
        institution_name: at.name.clone(),
    };
    Viewer {
        person,
        name: name.to_owned(),
        post: String::new(),
        seats: vec![seat(Role::Administrator), seat(Role::Security)],
        units: Vec::new(),
    }
}

impl App {
    /// Who the officers are, what is proposed, what they did.
    ///
    /// # Errors
    /// Not found for whoever may not see it.
    pub async fn officers(&self, viewer: &Viewer) -> Result<Officers> {
        seat_in(viewer, Matter::SeeOfficers).ok_or_else(Refusal::not_found)?;
        let (_, events) = self.site_events().await?;
        let everybody = self.people().await?;
        Officers::of(&events, &everybody, self.shortage_of(&events).await?)
    }

    /// What is to be told to whoever sees the officers; `None` where nothing is amiss, and for everybody else.
    ///
    /// # Errors
    /// The store.
    pub async fn shortage(&self, viewer: &Viewer) -> Result<Option<Shortage>> {
        if seat_in(viewer, Matter::SeeOfficers).is_none() {
            return Ok(None);
        }
        let (_, events) = self.site_events().await?;
        self.shortage_of(&events).await
    }

    /// Proposes that a person comes into an office or leaves it; another one confirms.
    ///
    /// # Errors
    /// Not found for whoever may not; a refusal at the field.
    pub async fn propose_officer(&self, viewer: &Viewer, act: ActId, change: Change) -> Result<()> {
        let seat = seat_in(viewer, Matter::AppointOfficers).ok_or_else(Refusal::not_found)?;
        let (version, events) = self.site_events().await?;
        let person = self.person(change.person).await?;
        self.fits_office(&person, &change).await?;
        if change.appoint {
            self.has_own_password(&person).await?;
        }
        let mut pending = record::pending(&events)?.into_iter();
        if pending.any(|pending| pending.change.person == change.person) {
            return Err(Refusal::field("person", "这个人已经有一项提名在等确认。请先确认或者撤下那一项。").into());
        }
        let proposed = Proposed {
            person: change.person,
            role: change.role,
            appoint: change.appoint,
            institution: seat.capacity.institution,
        };
        let what = self.on_the_site(viewer, seat, act, record::PROPOSED, version);
        self.settled(self.beside(what, &proposed, None::<&()>).await)
    }

    /// Confirms what another officer proposed, or takes it down; where there is no third officer, the city confirms.
    ///
    /// # Errors
    /// Not found for whoever may not; it was settled before; the person does not fit the office any more.
    pub async fn settle_officer(&self, viewer: &Viewer, act: ActId, proposal: ActId, confirm: bool) -> Result<()> {
        let (version, events) = self.site_events().await?;
        let Some(pending) = record::pending(&events)?
            .into_iter()
            .find(|pending| pending.id == proposal)
        else {
            return Err(Refusal::already("这项提名已经办过了。").into());
        };
        let seat = self.may_settle(viewer, &pending, confirm).await?;
        let settled = Settled { proposal, confirm };
        let mut what = self.on_the_site(viewer, seat, act, SETTLED, version);
        if !confirm {
            return self.settled(self.beside(what, &settled, None::<&()>).await);
        }
        let change = pending.change;
        let mut person = self.person(change.person).await?;
        self.fits_office(&person, &change).await?;
        if change.appoint {
            self.has_own_password(&person).await?;
        }
        if viewer.seats.iter().all(|seat| !is_officer(seat.capacity.role)) && taken_over(&events, &pending, viewer) {
            return Err(Refusal::not_you(
                "taken-over",
                "提名的人最近重置过您的密码或者取消过您的第二道验证，这项提名您不能确认。",
                "请另一名市级协调人确认。",
                "",
            )
            .into());
        }
        match change.appoint {
            true => person.capacities.push((change.role, pending.institution)),
            false => person.capacities.retain(|(role, _)| *role != change.role),
        }
        let registration = people::Registration::of(person);
        what.views = registration.views();
        let head = self.store.head(&StreamName::Person(change.person)).await?;
        let entry = self.entry(&what, people::PERSON, &registration.codes, Some(&registration.text))?;
        let registered = StreamAppend {
            stream: StreamName::Person(change.person),
            expected: head.map(|head| head.version),
            events: vec![entry],
        };
        self.settled(self.beside_and(what, &settled, None::<&()>, vec![registered]).await)
    }

    /// Whether the viewer may settle a proposal that way.
    ///
    /// # Errors
    /// The store.
    pub async fn settles(&self, viewer: &Viewer, pending: &Pending, confirm: bool) -> Result<bool> {
        match self.may_settle(viewer, pending, confirm).await {
            Ok(_) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// The city has looked at what the officers did in a month; `month` is its first day.
    ///
    /// # Errors
    /// Not found for whoever may not; nothing to look at; a refusal at the field.
    pub async fn watch_officers(&self, viewer: &Viewer, act: ActId, month: Date, found: &str) -> Result<()> {
        let seat = seat_in(viewer, Matter::WatchOfficers).ok_or_else(Refusal::not_found)?;
        let mut check = Check::new();
        check.required("found", "检查情况", found, 1000);
        check.done()?;
        let (version, events) = self.site_events().await?;
        let shortage = self.shortage_of(&events).await?;
        if shortage.and_then(|shortage| shortage.unwatched) != Some(month) {
            return Err(Refusal::field("found", "这个月不用检查，或者别人已经检查过了。您写的没有记录。").into());
        }
        let what = self.on_the_site(viewer, seat, act, WATCHED, version);
        self.settled(self.beside(what, &Month { month }, Some(&found.trim())).await)
    }

    /// Puts on record, once a month, that the site runs with fewer than three officers.
    pub(crate) async fn note_shortage(&self) -> Result<()> {
        let missing = self.missing_officers().await?;
        let month = first_of(self.today());
        if missing.is_empty() {
            return Ok(());
        }
        self.once_of(month, SHORT, &Short { month, missing }).await
    }

    /// Which of the three nobody holds.
    pub(crate) async fn missing_officers(&self) -> Result<Vec<Role>> {
        let mut missing = Vec::new();
        for role in OFFICES {
            if !self.store.is_held(role_code(role)).await? {
                missing.push(role);
            }
        }
        Ok(missing)
    }

    /// What the site lacks today, and what the city has still to look at of the months it lacked it in.
    async fn shortage_of(&self, events: &[StoredEvent]) -> Result<Option<Shortage>> {
        let missing = self.missing_officers().await?;
        let (this, watched) = (first_of(self.today()), record::watched(events)?);
        let over = |month: &Date| *month < this && watched.iter().all(|watched| watched.month != *month);
        let unwatched = record::short(events)?.into_iter().find(over);
        let none = missing.is_empty() && unwatched.is_none();
        Ok((!none).then_some(Shortage { missing, unwatched }))
    }

    /// Whether a person waits to come into an office.
    pub(crate) async fn is_proposed(&self, person: PersonId) -> Result<bool> {
        let (_, events) = self.site_events().await?;
        let mut pending = record::pending(&events)?.into_iter();
        Ok(pending.any(|pending| pending.change.appoint && pending.change.person == person))
    }

    /// Nobody comes into office under a password that somebody else gave them.
    async fn has_own_password(&self, person: &Person) -> Result<()> {
        let account = self.store.account_of(person.id).await?;
        if account.is_some_and(|account| !account.must_change) {
            return Ok(());
        }
        let sentence = format!(
            "{}还没有自己的密码。请先开账号，本人登录改好密码，再提名。",
            person.name
        );
        Err(Refusal::field("person", sentence).into())
    }

    /// Whether a person may come into an office, or leave it.
    async fn fits_office(&self, person: &Person, change: &Change) -> Result<()> {
        let holds = |role: Role| person.capacities.iter().any(|(held, _)| *held == role);
        let refuse = |sentence: String| Err(Refusal::field("person", sentence).into());
        let name = &person.name;
        if !is_officer(change.role) {
            return Err(Refusal::field("role", "请选三员里的一项。").into());
        }
        if change.appoint {
            if person.capacities.iter().any(|(held, _)| is_officer(*held)) {
                return refuse(format!(
                    "{name}已经是三员之一，一个人只能担任一项。请换一个人，或者先免去原来的。"
                ));
            }
            if person.capacities.iter().any(|(held, _)| *held != Role::Worker) {
                return refuse(format!(
                    "{name}还有办案的岗位，三员不能看案件。请先去掉这些岗位，或者换一个人。"
                ));
            }
            return Ok(());
        }
        if !holds(change.role) {
            return refuse(format!("{name}不担任这一项，不用免去。"));
        }
        let everybody = self.people().await?;
        let mut others = everybody.iter().filter(|other| other.id != person.id);
        if change.role == Role::Administrator
            && !others.any(|other| other.capacities.iter().any(|(r, _)| *r == change.role))
        {
            return refuse("本站至少要有一名系统管理员。请先任命另一名，再免去。".into());
        }
        Ok(())
    }

    /// The seat in which somebody settles a proposal: who made it may take it down, never confirm it.
    async fn may_settle<'v>(&self, viewer: &'v Viewer, pending: &Pending, confirm: bool) -> Result<&'v Seat> {
        let officer = seat_in(viewer, Matter::AppointOfficers);
        if !confirm {
            return Ok(officer.ok_or_else(Refusal::not_found)?);
        }
        let concerned = [pending.by, pending.change.person];
        let everybody = self.people().await?;
        let third = everybody.iter().any(|person| {
            let held = person.capacities.iter().any(|(role, _)| is_officer(*role));
            held && !concerned.contains(&person.id)
        });
        let city = seat_in(viewer, Matter::WatchOfficers).filter(|_| !third);
        let seat = officer.or(city).filter(|_| !concerned.contains(&viewer.person));
        seat.ok_or_else(|| match seat_in(viewer, Matter::SeeOfficers) {
            Some(_) => Refusal::not_you(
                "second-officer",
                "这项提名要由另一名三员确认，提名的人和本人都不行；没有第三名三员的，由市级协调人确认。",
                "请找另一名三员登录确认。",
                "",
            )
            .into(),
            None => Refusal::not_found().into(),
        })
    }

    /// The site's stream, and where it stands.
    async fn site_events(&self) -> Result<(u64, Vec<StoredEvent>)> {
        let events = self.store.read(&StreamName::Site(self.store.site())).await?;
        Ok((events.last().map_or(0, |event| event.version), events))
    }

    fn on_the_site<'a>(&self, viewer: &Viewer, seat: &Seat, act: ActId, kind: &'a str, version: u64) -> Beside<'a> {
        Beside {
            stream: StreamName::Site(self.store.site()),
            expected: Some(version),
            kind,
            act,
            by: Actor::Person(viewer.person),
            capacity: seat.capacity,
            views: ViewChanges::default(),
        }
    }

    /// Who was overtaken is told so, and who sends an act again.
    fn settled(&self, done: Result<bool>) -> Result<()> {
        match done {
            Err(Failure::Store(store::Error::Conflict { .. })) => {
                Err(Refusal::conflict("您打开页面以后，三员或者人员有了改动。请看一看现在的，再办一次。").into())
            }
            done => just_now(done?),
        }
    }
}

/// Whether whoever proposed it could come in as the viewer: reset their password or took their second factor in the last
/// thirty days.
fn taken_over(events: &[StoredEvent], pending: &Pending, viewer: &Viewer) -> bool {
    const DAYS: i64 = 30 * 24 * 60 * 60 * 1_000_000;
    let deeds = events.iter().filter_map(record::deed);
    let mut recent = deeds.filter(|deed| deed.at.0 > pending.at.0 - DAYS && deed.by == pending.by);
    recent.any(|deed| TAKING_OVER.contains(&deed.kind.as_str()) && deed.of == Some(Concern::Person(viewer.person)))
}

/// The first day of a day's month.
fn first_of(day: Date) -> Date {
    day.first_of_month()
}
