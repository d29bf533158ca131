//! Logging in: name and password in, a session token out; the token's digest alone is stored.
//!
//! Passwords are hashed with argon2id. Whether a name exists can be told neither from the answer nor from the time it
//! takes. What the site asks stands in [`policy`], how many tries are too many in [`lockout`]. A success is an event on
//! the person's stream; failures are not, since an outsider could make them at will: a wrong password, a wrong code, a
//! wrong signature or a name that only the provider knows leaves one line per day, person and address, and each day's
//! lines are named by their digest on the site's stream ([`trace`]).

mod accounts;
pub mod factor;
pub mod lockout;
mod oidc;
pub mod policy;
mod sessions;
pub mod signature;
pub mod trace;

pub use accounts::OneTime;
pub(crate) use accounts::one_time;
pub use policy::LoginPolicy;
pub use sessions::{PasswordDue, SessionSeen};
pub use signature::{Signature, is_signed};

use crate::App;
use crate::authority::Viewer;
use crate::beside::{Beside, by_system, by_themselves};
use crate::error::{Failure, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base::{Digest, PersonId, Timestamp};
use casefile::Refusal;
use serde::Serialize;
use store::{Account, Attempt, Session, StreamName, ViewChanges};

/// What of the site's stream lets whoever did it come in as the person concerned.
pub(crate) const TAKING_OVER: [&str; 2] = [accounts::RESET, factor::DROPPED];

/// How many passwords are looked at at once: each takes 19 MiB and a core. Fewer than the tries of any policy, and
/// each turn lasts until its count is cleared, so that people of one name who all know their password do not lock
/// each other out.
pub(crate) const AT_ONCE: usize = 2;

/// On the person's stream: a session was begun.
const LOGGED_IN: &str = "logged-in/1";
/// On the person's stream, once a day: too many wrong passwords.
const LOCKED: &str = "login-locked/1";
/// What of logging in stands on a person's stream: no row follows from it.
pub(crate) const ON_PERSON: [&str; 5] = [LOGGED_IN, LOCKED, accounts::CHANGED, factor::SET, oidc::VOUCHED];

/// The address in the trace of what fails within a session, or at the server's own command line.
const WITHIN: &str = "";

/// Where a request to log in comes from, as the edge saw it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address; empty where the edge knows none.
    pub address: String,
    /// The browser in plain words, e.g. `电脑上的微软浏览器`.
    pub browser: String,
    /// What the browser kept of an earlier login, if anything.
    pub device: Option<String>,
}

/// A session begun.
#[derive(Clone, Debug)]
pub struct Login {
    /// What the browser keeps for the session; 64 hexadecimal digits, fresh at every login.
    pub token: String,
    /// What the browser keeps to be known by next time.
    pub device: String,
    /// The password is to be changed first.
    pub must_change: bool,
    /// Nothing but a second factor may be given under the token yet.
    pub half: bool,
}

#[derive(Serialize)]
struct Whence<'a> {
    address: &'a str,
    browser: &'a str,
}

#[derive(Serialize)]
struct Nothing {}

/// Under which counters a try is counted.
enum Door<'a> {
    /// A browser the person has logged in from: its own.
    Known(String),
    /// Any other: the name's and the address's.
    Stranger { name: String, address: &'a str },
}

impl App {
    /// Logs in by login name, or by 姓名 where nobody else has it, and password.
    ///
    /// # Errors
    /// One refusal for a wrong name, a wrong password and a closed account alike; one for too many tries.
    pub async fn login(&self, name: &str, password: &str, from: &Origin) -> Result<Login> {
        let name = name.trim();
        let turn = self.verifying.acquire().await;
        let account = self.account_named(name).await?;
        let door = self.door(name, account.as_ref(), from).await?;
        let locks = self.knock(&door).await?;
        let hash = account
            .as_ref()
            .map_or(self.no_such_hash.as_str(), |account| account.password.as_str());
        let right = self.verify(password, hash).await?;
        let person = account.as_ref().map(|account| account.person);
        let Some(account) = account.filter(|_| right) else {
            self.failed(&door, person, from, locks).await?;
            return Err(wrong().into());
        };
        let Some(viewer) = self.seated(account.person).await? else {
            self.failed(&door, person, from, locks).await?;
            return Err(wrong().into());
        };
        self.store.forget_attempts(door.counter()).await?;
        drop(turn);
        self.proved(&viewer, from).await
    }

    /// What somebody who has given the first proof of who they are is let into: a session, or the half of one where
    /// they have a second factor.
    async fn proved(&self, viewer: &Viewer, from: &Origin) -> Result<Login> {
        match self.store.factor(viewer.person).await? {
            None => self.begin(viewer, from).await,
            Some(_) => Ok(Login {
                token: self.session(viewer, from, true).await?,
                device: from.device.clone().unwrap_or_default(),
                must_change: false,
                half: true,
            }),
        }
    }

    /// A new session's token.
    async fn session(&self, viewer: &Viewer, from: &Origin, half: bool) -> Result<String> {
        let (now, token) = (self.clock.now(), self.token());
        let session = Session {
            token: Digest::of(&token),
            person: viewer.person,
            half,
            created: now,
            last_seen: now,
            address: from.address.clone(),
            browser: from.browser.clone(),
        };
        self.store.begin_session(&session).await?;
        Ok(token)
    }

    /// Begins a session of somebody who has proved who they are.
    async fn begin(&self, viewer: &Viewer, from: &Origin) -> Result<Login> {
        let now = self.clock.now();
        let token = self.session(viewer, from, false).await?;
        let device = from.device.clone().unwrap_or_else(|| self.token());
        self.store.know_device(Digest::of(&device), viewer.person, now).await?;
        self.on_person(viewer.person, LOGGED_IN, by_themselves(viewer), Some(from))
            .await?;
        Ok(Login {
            token,
            device,
            must_change: self.password_due(viewer).await? != PasswordDue::No,
            half: false,
        })
    }

    /// An event of logging in on a person's stream; where from is sealed.
    async fn on_person(
        &self,
        person: PersonId,
        kind: &str,
        (by, capacity): (store::Actor, casefile::Capacity),
        from: Option<&Origin>,
    ) -> Result<()> {
        let what = Beside {
            stream: StreamName::Person(person),
            expected: None,
            kind,
            act: self.fresh_act(),
            by,
            capacity,
            views: ViewChanges::default(),
        };
        let whence = from.map(|from| Whence {
            address: &from.address,
            browser: &from.browser,
        });
        self.beside(what, &Nothing {}, whence.as_ref()).await?;
        Ok(())
    }

    /// The account of a login name, or of the one person of that name; both are looked up whatever the first finds.
    async fn account_named(&self, name: &str) -> Result<Option<Account>> {
        let by_login = self.store.account(name).await?;
        let people = self.store.persons(None).await?;
        let mut namesakes = people.iter().filter(|person| person.active && person.name == name);
        let only = match (namesakes.next(), namesakes.next()) {
            (Some(one), None) => one.id,
            _ => PersonId::default(),
        };
        let by_name = self.store.account_of(only).await?;
        Ok(by_login.or(by_name))
    }

    /// Through which door: a browser's token is looked up for nobody too.
    async fn door<'a>(&self, name: &str, account: Option<&Account>, from: &'a Origin) -> Result<Door<'a>> {
        let person = account.map(|account| account.person).unwrap_or_default();
        let device = Digest::of(from.device.as_deref().unwrap_or_default());
        if self.store.knows_device(device, person).await? {
            return Ok(Door::Known(browser(device)));
        }
        Ok(Door::Stranger {
            name: format!("name/{name}"),
            address: &from.address,
        })
    }

    /// Counts a try before the password is looked at; whether it locks unless it is right.
    ///
    /// # Errors
    /// Locked, or the address has to wait.
    async fn knock(&self, door: &Door<'_>) -> Result<bool> {
        let now = self.clock.now();
        if let Door::Stranger { address, .. } = door {
            let address = self.store.attempt(&format!("address/{address}")).await?;
            if address.until > now {
                return Err(locked(address.until).into());
            }
        }
        self.knock_at(door.counter(), now).await
    }

    /// Counts one try under `counter`; whether it locks unless it is right.
    async fn knock_at(&self, counter: &str, now: Timestamp) -> Result<bool> {
        let policy = self.login_policy();
        let mut held = false;
        let after = self
            .store
            .count_attempt(counter, |before: Attempt| {
                held = before.until > now;
                lockout::knock(&policy, before, now)
            })
            .await?;
        match held {
            true => Err(locked(after.until).into()),
            false => Ok(after.until > now),
        }
    }

    /// What a wrong password leaves behind.
    async fn failed(&self, door: &Door<'_>, person: Option<PersonId>, from: &Origin, locks: bool) -> Result<()> {
        let now = self.clock.now();
        if let Door::Stranger { address, .. } = door {
            let name = format!("address/{address}");
            self.store
                .count_attempt(&name, |before| lockout::failed_from(before, now))
                .await?;
        }
        self.traced(person, &from.address, locks).await
    }

    /// The trace of one failure, and once a day on the person's stream that it locked.
    async fn traced(&self, person: Option<PersonId>, address: &str, locks: bool) -> Result<()> {
        let now = self.clock.now();
        self.store.trace_failure(person, address, locks, now).await?;
        let Some(person) = person.filter(|_| locks) else {
            return Ok(());
        };
        let today = self.store.failures_of(person, now.date()).await?;
        if today.iter().map(|line| line.locked).sum::<u64>() == 1 {
            self.on_person(person, LOCKED, by_system(), None).await?;
        }
        Ok(())
    }

    /// A secret for a browser to keep.
    fn token(&self) -> String {
        format!("{}{}", hex::encode(self.ids.fresh()), hex::encode(self.ids.fresh()))
    }

    /// A hash when it is its turn, so that many of them leave room for who logs in.
    pub(crate) async fn hash_in_turn(&self, password: &str) -> Result<String> {
        let _turn = self.verifying.acquire().await;
        self.hash(password).await
    }

    async fn hash(&self, password: &str) -> Result<String> {
        let (password, salt) = (password.to_owned(), self.ids.fresh());
        blocking(move || hash(&password, &salt)).await?
    }

    async fn verify(&self, password: &str, hash: &str) -> Result<bool> {
        let (password, hash) = (password.to_owned(), hash.to_owned());
        blocking(move || {
            PasswordHash::new(&hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }
}

impl Door<'_> {
    /// The counter that is cleared by a right password.
    fn counter(&self) -> &str {
        match self {
            Door::Known(counter) => counter,
            Door::Stranger { name, .. } => name,
        }
    }
}

/// Under what is counted in a browser that is known.
fn browser(device: Digest) -> String {
    format!("device/{device}")
}

/// Under what codes of a second factor are counted.
fn codes(person: PersonId) -> String {
    format!("factor/{person}")
}

/// Under what the passwords of signatures are counted.
fn signing(person: PersonId) -> String {
    format!("signing/{person}")
}

/// An argon2id hash in PHC form.
pub(crate) fn hash(password: &str, salt: &[u8]) -> Result<String> {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|e| Failure::Internal(format!("argon2: {e}")))
}

async fn blocking<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    Ok(tokio::task::spawn_blocking(f).await?)
}

fn wrong() -> Refusal {
    Refusal::not_you(
        "login",
        "姓名（账号）或者密码不对。",
        "请再试一次；忘了密码，请找系统管理员重置。",
        "",
    )
}

/// Too many tries; the minute after `until` is told.
fn locked(until: Timestamp) -> Refusal {
    let wall = Timestamp(until.0 + 59_999_999).wall();
    Refusal::not_yet(
        "login-locked",
        format!(
            "密码错的次数太多了，{:02}:{:02} 以后才能再试。",
            wall.hour(),
            wall.minute()
        ),
        "请到时候再试；用您以前登录过的浏览器不受影响；着急的，请找系统管理员解除。",
        "",
    )
}
