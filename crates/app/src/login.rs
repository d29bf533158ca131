//! Logging in: name and password in, a session token out; the token's digest alone is stored.
//!
//! Passwords are hashed with argon2id. Whether a name exists cannot be told from the answer. Lock-out, second factors
//! and expiry come with a later issue; nothing here has to be torn out for them.

use crate::App;
use crate::authority::Viewer;
use crate::codec::capacity_text;
use crate::error::{Failure, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base::{ActId, Digest, EventId, PersonId};
use casefile::{Refusal, Role};
use serde::Serialize;
use store::{Actor, Append, NewEvent, StreamAppend, StreamName};

/// The shortest password, in characters (standards.md C3).
pub const SHORTEST_PASSWORD: usize = 8;

/// Idle time after which a session ends: half a day, so that nothing is lost over a lunch break on a phone.
const IDLE_MICROS: i64 = 12 * 3600 * 1_000_000;

/// How old the last sign of a session may grow before it is written anew: a page view is not worth a commit.
const FRESH_MICROS: i64 = 60 * 1_000_000;

/// A session begun.
#[derive(Clone, Debug)]
pub struct Login {
    /// What the browser keeps; 64 hexadecimal digits.
    pub token: String,
    /// The password was given by somebody else and is to be changed first.
    pub must_change: bool,
}

/// A password given by an administrator, told once.
#[derive(Clone)]
pub struct OneTime {
    /// The login name.
    pub login: String,
    /// The password.
    pub password: String,
}

/// On the site's stream: whose password was reset.
const RESET: &str = "password-reset/1";

#[derive(Serialize)]
struct Reset {
    person: PersonId,
}

impl App {
    /// Logs in by login name, or by 姓名 where nobody else has it, and password.
    ///
    /// # Errors
    /// One refusal for a wrong name, a wrong password and a closed account alike.
    pub async fn login(&self, name: &str, password: &str) -> Result<Login> {
        let account = self.account_named(name.trim()).await?;
        let hash = account
            .as_ref()
            .map_or(self.no_such_hash.as_str(), |account| account.password.as_str());
        let right = self.verify(password, hash).await?;
        let Some(account) = account.filter(|_| right) else {
            return Err(wrong().into());
        };
        if self.seated(account.person).await?.is_none() {
            return Err(wrong().into());
        }
        let token = format!("{}{}", hex::encode(self.ids.fresh()), hex::encode(self.ids.fresh()));
        self.store
            .begin_session(Digest::of(&token), account.person, self.clock.now())
            .await?;
        Ok(Login {
            token,
            must_change: account.must_change,
        })
    }

    /// The account of a login name, or of the one person of that name.
    async fn account_named(&self, name: &str) -> Result<Option<store::Account>> {
        if let Some(account) = self.store.account(name).await? {
            return Ok(Some(account));
        }
        let people = self.store.persons(None).await?;
        let mut namesakes = people.iter().filter(|person| person.name == name);
        match (namesakes.next(), namesakes.next()) {
            (Some(one), None) => Ok(self.store.account_of(one.id).await?),
            _ => Ok(None),
        }
    }

    /// Whose session a token is, with the seats held today; `None` where it is unknown or ended.
    ///
    /// # Errors
    /// The store.
    pub async fn viewer(&self, token: &str) -> Result<Option<Viewer>> {
        let digest = Digest::of(token);
        let now = self.clock.now();
        let Some(session) = self.store.session(digest).await? else {
            return Ok(None);
        };
        if now.0 - session.last_seen.0 > IDLE_MICROS {
            self.store.end_session(digest).await?;
            return Ok(None);
        }
        if now.0 - session.last_seen.0 > FRESH_MICROS {
            self.store.touch_session(digest, now).await?;
        }
        self.seated(session.person).await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The store.
    pub async fn logout(&self, token: &str) -> Result<()> {
        Ok(self.store.end_session(Digest::of(token)).await?)
    }

    /// Checks the viewer's own password again, for a signature.
    ///
    /// # Errors
    /// A refusal at the field `password`.
    pub async fn check_password(&self, viewer: &Viewer, password: &str) -> Result<()> {
        let account = self.store.account_of(viewer.person).await?;
        let hash = account
            .as_ref()
            .map_or(self.no_such_hash.as_str(), |account| account.password.as_str());
        if self.verify(password, hash).await? {
            return Ok(());
        }
        Err(Refusal::field("password", "密码不对。请再输一次，其他内容都还在。").into())
    }

    /// Changes the viewer's own password.
    ///
    /// # Errors
    /// A refusal at the field.
    pub async fn change_password(&self, viewer: &Viewer, old: &str, new: &str) -> Result<()> {
        self.check_password(viewer, old).await?;
        if new.chars().count() < SHORTEST_PASSWORD {
            return Err(Refusal::field("new", format!("新密码至少要 {SHORTEST_PASSWORD} 个字符。请再想一个。")).into());
        }
        let Some(account) = self.store.account_of(viewer.person).await? else {
            return Err(Refusal::not_found().into());
        };
        let hash = self.hash(new).await?;
        self.store.set_password(&account.login, &hash, false).await?;
        Ok(())
    }

    /// Whether the viewer's password was given by somebody else and has not been changed yet.
    ///
    /// # Errors
    /// The store.
    pub async fn must_change(&self, viewer: &Viewer) -> Result<bool> {
        let account = self.store.account_of(viewer.person).await?;
        Ok(account.is_some_and(|account| account.must_change))
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

    /// Gives a person a login name and a password; `must_change` where somebody else knows it.
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

    /// Gives a person a one-time password for one that was forgotten, ends their sessions, and puts on the site's record
    /// who did it for whom; the password is told this once and must be changed at the next login.
    ///
    /// # Errors
    /// Not found for whoever is no administrator; nobody's account; a form sent twice.
    pub async fn reset_password(&self, viewer: &Viewer, act: ActId, person: PersonId) -> Result<OneTime> {
        let Some(seat) = viewer.seat(Role::Administrator) else {
            return Err(Refusal::not_found().into());
        };
        let Some(account) = self.store.account_of(person).await? else {
            return Err(Refusal::field("person", "这个人还没有账号。请先在上面填登录名和首次密码。").into());
        };
        if self.store.find_act(act).await?.is_some() {
            return Err(Refusal::conflict("密码已经重置过了，一次性密码只显示一次。没有记下的，请再重置一次。").into());
        }
        let password = one_time(self.ids.fresh());
        let hash = self.hash(&password).await?;
        let event = NewEvent {
            id: EventId::fresh(&*self.ids),
            kind: RESET.into(),
            act,
            actor: Actor::Person(viewer.person),
            capacity: capacity_text(seat.capacity),
            acted: self.clock.now(),
            open: serde_json::to_vec(&Reset { person }).map_err(|e| Failure::Internal(e.to_string()))?,
            sealed: None,
        };
        let streams = vec![StreamAppend {
            stream: StreamName::Site(self.store.site()),
            expected: None,
            events: vec![event],
        }];
        let append = Append {
            act,
            streams,
            ..Append::default()
        };
        self.store.append(append).await?;
        self.store.set_password(&account.login, &hash, true).await?;
        self.store.end_sessions_of(person).await?;
        Ok(OneTime {
            login: account.login,
            password,
        })
    }

    /// The administrator of that login name.
    ///
    /// # Errors
    /// The store.
    pub async fn administrator(&self, login: &str) -> Result<Option<Viewer>> {
        let Some(account) = self.store.account(login.trim()).await? else {
            return Ok(None);
        };
        let viewer = self.seated(account.person).await?;
        Ok(viewer.filter(|viewer| viewer.has(Role::Administrator)))
    }

    /// Whether the person can log in at all.
    ///
    /// # Errors
    /// The store.
    pub async fn has_account(&self, person: PersonId) -> Result<bool> {
        Ok(self.store.account_of(person).await?.is_some())
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

/// Twelve characters that can be read out over the telephone: no letter that looks or sounds like a digit.
fn one_time(random: [u8; 16]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let groups: Vec<String> = random[..12]
        .chunks(4)
        .map(|four| four.iter().map(letter).collect())
        .collect();
    groups.join("-")
}

/// An argon2id hash in PHC form.
pub(crate) fn hash(password: &str, salt: &[u8]) -> Result<String> {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|e| Failure::Internal(format!("argon2: {e}")))
}

async fn blocking<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(f)
        .await
        .map_err(|e| Failure::Internal(e.to_string()))
}

fn login_taken() -> Refusal {
    Refusal::field("login", "这个登录名已经有人用了，或者这个人已经有账号。请换一个。")
}

fn wrong() -> Refusal {
    Refusal::not_you(
        "login",
        "姓名（账号）或者密码不对。",
        "请再试一次；忘了密码，请找系统管理员重置。",
        "",
    )
}
