//! Accounts: opened, given a one-time password, unlocked; the own password changed.

use crate::App;
use crate::authority::{Matter, Viewer, seat_in};
use crate::beside::{Beside, by_themselves, just_now};
use crate::codec::parse_role;
use crate::error::{Failure, Result};
use crate::officers::is_officer;
use crate::people::administers;
use base::{ActId, Digest, PersonId, Timestamp};
use casefile::{Capacity, Kind, Refusal};
use serde::Serialize;
use store::{Actor, StreamName, ViewChanges};

/// On the site's stream: who was given an account.
const OPENED: &str = "account-opened/1";
/// On the site's stream: whose password was reset.
pub(super) const RESET: &str = "password-reset/1";
/// On the site's stream: whose lock was lifted.
const UNLOCKED: &str = "login-unlocked/1";
/// On the person's stream.
pub(super) const CHANGED: &str = "password-changed/1";

/// A password given by an administrator, told once.
#[derive(Clone)]
pub struct OneTime {
    /// The login name.
    pub login: String,
    /// The password.
    pub password: String,
}

#[derive(Serialize)]
struct Whose {
    person: PersonId,
}

impl App {
    /// Changes the viewer's own password and ends their other sessions; `token` is the one that asks.
    ///
    /// # Errors
    /// A refusal at the field.
    pub async fn change_password(&self, viewer: &Viewer, token: &str, old: &str, new: &str) -> Result<()> {
        self.check_password(viewer, old).await?;
        let Some(account) = self.store.account_of(viewer.person).await? else {
            return Err(Refusal::not_found().into());
        };
        self.login_policy().admits("new", new, &account.login)?;
        if old == new {
            return Err(Refusal::field("new", "新密码和现在的一样。请换一个。").into());
        }
        let hash = self.hash(new).await?;
        self.store.set_password(&account.login, &hash, false).await?;
        self.store
            .end_sessions_of(viewer.person, Some(Digest::of(token)))
            .await?;
        self.on_person(viewer.person, CHANGED, by_themselves(viewer), None)
            .await
    }

    /// Whether [`App::open_account`] could give a person that login name.
    ///
    /// # Errors
    /// The login name is taken, or the person has an account.
    pub async fn account_can_open(&self, person: PersonId, login: &str) -> Result<()> {
        let taken = self.store.account(login.trim()).await?.is_some();
        if taken || self.store.account_of(person).await?.is_some() {
            return Err(login_taken().into());
        }
        Ok(())
    }

    /// Gives a person a login name and a first password, which must be changed at the first login; on the site's record.
    ///
    /// # Errors
    /// Not found for whoever may not; the account would be an officer's; as [`App::account_can_open`].
    pub async fn give_account(
        &self,
        viewer: &Viewer,
        act: ActId,
        person: PersonId,
        (login, password): (&str, &str),
    ) -> Result<()> {
        self.may_take_over(viewer, person).await?;
        self.account_can_open(person, login).await?;
        self.on_account(viewer, act, OPENED, person).await?;
        self.open_account(person, login, password, true).await
    }

    /// Puts an account in place, off the record: where a site begins. `must_change` where somebody else knows the password.
    ///
    /// # Errors
    /// The login name is taken, or the person has an account.
    pub async fn open_account(&self, person: PersonId, login: &str, password: &str, must_change: bool) -> Result<()> {
        if login.trim().is_empty() {
            return Err(Refusal::field("login", "还没写登录名。请写上。").into());
        }
        let hash = self.hash(password).await?;
        if self.store.add_account(login.trim(), person, &hash, must_change).await? {
            return Ok(());
        }
        Err(login_taken().into())
    }

    /// Gives a person a one-time password for one that was forgotten, ends their sessions and locks, and puts on the
    /// site's record who did it for whom; the password is told this once and must be changed at the next login.
    ///
    /// # Errors
    /// Not found for whoever is no administrator; nobody's account; a form sent twice.
    pub async fn reset_password(&self, viewer: &Viewer, act: ActId, person: PersonId) -> Result<OneTime> {
        self.may_take_over(viewer, person).await?;
        let Some(account) = self.store.account_of(person).await? else {
            return Err(Refusal::field("person", "这个人还没有账号。请先在上面填登录名和首次密码。").into());
        };
        if self.store.person(person).await?.is_some_and(|row| !row.active) {
            administers(viewer)?;
            return Err(Refusal::field("person", "这个人已经离岗。回来了的，请先重新登记岗位，再重置密码。").into());
        }
        let once = "密码已经重置过了，一次性密码只显示一次。没有记下的，请再重置一次。";
        match self.on_account(viewer, act, RESET, person).await {
            Err(Failure::Refused(refusal)) if refusal.kind == Kind::Conflict => Err(Refusal::already(once))?,
            done => done?,
        }
        let password = one_time(self.ids.fresh());
        let hash = self.hash(&password).await?;
        self.store.set_password(&account.login, &hash, true).await?;
        self.store.end_sessions_of(person, None).await?;
        self.lift(person).await?;
        Ok(OneTime {
            login: account.login,
            password,
        })
    }

    /// Closes a person's account: a password that nobody knows, no session, no known browser, no second factor. The
    /// login name stays theirs.
    pub(crate) async fn close_account(&self, person: PersonId) -> Result<()> {
        if let Some(account) = self.store.account_of(person).await? {
            let hash = self.hash(&self.token()).await?;
            self.store.set_password(&account.login, &hash, true).await?;
        }
        self.store.end_sessions_of(person, None).await?;
        self.store.forget_devices_of(person).await?;
        self.store.drop_factor(person).await?;
        Ok(())
    }

    /// Until when nobody gets in under the person's names, for whoever may lift it.
    ///
    /// # Errors
    /// The store.
    pub async fn locked_until(&self, person: PersonId) -> Result<Option<Timestamp>> {
        let mut until = Timestamp(0);
        for counter in self.counters(person).await? {
            until = until.max(self.store.attempt(&counter).await?.until);
        }
        Ok(Some(until).filter(|until| *until > self.clock.now()))
    }

    /// Lifts a person's locks before their time; on the site's record.
    ///
    /// # Errors
    /// Not found for whoever may not.
    pub async fn unlock(&self, viewer: &Viewer, act: ActId, person: PersonId) -> Result<()> {
        self.on_account(viewer, act, UNLOCKED, person).await?;
        self.lift(person).await
    }

    async fn lift(&self, person: PersonId) -> Result<()> {
        for counter in self.counters(person).await? {
            self.store.forget_attempts(&counter).await?;
        }
        Ok(())
    }

    /// What is counted of a person: under the login name, under 姓名, in browsers known as theirs, of codes and of
    /// signatures.
    async fn counters(&self, person: PersonId) -> Result<Vec<String>> {
        let login = self.store.account_of(person).await?.map(|account| account.login);
        let name = self.store.person(person).await?.map(|row| row.name);
        let typed = login.into_iter().chain(name).map(|name| format!("name/{name}"));
        let browsers = self.store.devices_of(person).await?;
        let known = browsers.into_iter().map(super::browser);
        Ok(typed
            .chain(known)
            .chain([super::codes(person), super::signing(person)])
            .collect())
    }

    /// Whoever gives somebody a password, or takes their second factor, could come in as them: with an officer's account
    /// it is done at the server, as by themselves.
    pub(super) async fn may_take_over(&self, viewer: &Viewer, person: PersonId) -> Result<()> {
        if viewer.person == person && viewer.seats.iter().any(|seat| is_officer(seat.capacity.role)) {
            return Ok(());
        }
        administers(viewer)?;
        let held = self.store.capacities(person).await?;
        let officer = held.iter().any(|held| parse_role(&held.role).is_some_and(is_officer));
        if !officer && !self.is_proposed(person).await? {
            return Ok(());
        }
        Err(Refusal::not_you(
            "officers-account",
            "三员和等确认的人，账号、密码和第二道验证别的三员不能动。",
            "请本人到服务器那里重置，怎么办见运维手册。",
            "",
        )
        .into())
    }

    /// An event about somebody's account on the site's stream; refused where the act was done before.
    pub(super) async fn on_account(&self, viewer: &Viewer, act: ActId, kind: &str, person: PersonId) -> Result<()> {
        let what = Beside {
            stream: StreamName::Site(self.store.site()),
            expected: None,
            kind,
            act,
            by: Actor::Person(viewer.person),
            capacity: helping(viewer, person)?,
            views: ViewChanges::default(),
        };
        just_now(self.beside(what, &Whose { person }, None::<&()>).await?)
    }

    /// The officer of that login name.
    ///
    /// # Errors
    /// The store.
    pub async fn officer(&self, login: &str) -> Result<Option<Viewer>> {
        let Some(account) = self.store.account(login.trim()).await? else {
            return Ok(None);
        };
        let viewer = self.seated(account.person).await?;
        Ok(viewer.filter(|viewer| viewer.seats.iter().any(|seat| is_officer(seat.capacity.role))))
    }

    /// Whether the person can log in at all.
    ///
    /// # Errors
    /// The store.
    pub async fn has_account(&self, person: PersonId) -> Result<bool> {
        Ok(self.store.account_of(person).await?.is_some())
    }
}

/// The capacity in which somebody's account is tended: of whoever runs the site, or one's own as an officer.
fn helping(viewer: &Viewer, person: PersonId) -> Result<Capacity, Refusal> {
    let own = seat_in(viewer, Matter::AppointOfficers).filter(|_| viewer.person == person);
    administers(viewer).or_else(|refusal| own.map(|seat| seat.capacity).ok_or(refusal))
}

/// Twelve characters that can be read out over the telephone: no letter that looks or sounds like a digit.
pub(crate) fn one_time(random: [u8; 16]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let groups: Vec<String> = random[4..]
        .chunks(4)
        .map(|four| four.iter().map(letter).collect())
        .collect();
    groups.join("-")
}

fn login_taken() -> Refusal {
    Refusal::field("login", "这个登录名已经有人用了，或者这个人已经有账号。请换一个。")
}
