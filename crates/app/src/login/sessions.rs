//! Sessions: whose a token is, how long it is good, seen and ended by its owner.

use crate::App;
use crate::authority::Viewer;
use crate::error::Result;
use base::{Digest, Timestamp};
use casefile::Refusal;
use store::Session;

/// How old the last sign of a session may grow before it is written anew: a page view is not worth a commit.
const FRESH_MICROS: i64 = 60 * 1_000_000;

const DAY: i64 = 24 * 3600 * 1_000_000;

/// How long a browser is known after the last login from it: half a year.
const KNOWN: i64 = 182 * DAY;

/// Why a password is to be changed before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordDue {
    /// It need not be.
    No,
    /// Somebody else gave it.
    Given,
    /// It is older than the policy lets it grow.
    Expired,
}

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSeen {
    /// What it is ended by; not what it is used by.
    pub id: Digest,
    /// Since when.
    pub begun: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen: Timestamp,
    /// From which address it was begun; may be empty.
    pub address: String,
    /// In which browser.
    pub browser: String,
    /// Whether it is the one that asks.
    pub this: bool,
}

impl App {
    /// Whose session a token is, with the seats held today; `None` where it is unknown or ended.
    ///
    /// # Errors
    /// The store.
    pub async fn viewer(&self, token: &str) -> Result<Option<Viewer>> {
        let digest = Digest::of(token);
        let now = self.clock.now();
        let Some(session) = self.store.session(digest).await?.filter(|session| !session.half) else {
            return Ok(None);
        };
        let viewer = self.seated(session.person).await?;
        let Some(viewer) = viewer.filter(|viewer| self.is_good(&session, viewer, now)) else {
            self.store.end_session(digest).await?;
            return Ok(None);
        };
        if now.0 - session.last_seen.0 > FRESH_MICROS {
            self.store.touch_session(digest, now).await?;
        }
        Ok(Some(viewer))
    }

    /// Whether a session is neither idle nor old by the rules for its owner.
    fn is_good(&self, session: &Session, viewer: &Viewer, now: Timestamp) -> bool {
        let rules = self.login_policy().of(&viewer.seats);
        now.0 - session.last_seen.0 <= rules.idle && now.0 - session.created.0 <= rules.longest
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The store.
    pub async fn logout(&self, token: &str) -> Result<()> {
        self.store.end_session(Digest::of(token)).await?;
        Ok(())
    }

    /// The viewer's own sessions that are still good, the last used first; `token` is the one that asks.
    ///
    /// # Errors
    /// The store.
    pub async fn sessions(&self, viewer: &Viewer, token: &str) -> Result<Vec<SessionSeen>> {
        let (now, own) = (self.clock.now(), Digest::of(token));
        let all = self.store.sessions_of(viewer.person).await?.into_iter();
        let good = all.filter(|session| !session.half && self.is_good(session, viewer, now));
        let seen = |session: Session| SessionSeen {
            id: session.token,
            begun: session.created,
            last_seen: session.last_seen,
            address: session.address,
            browser: session.browser,
            this: session.token == own,
        };
        Ok(good.map(seen).collect())
    }

    /// Ends one of the viewer's own sessions; one that has ended already is no mistake.
    ///
    /// # Errors
    /// Not found for another's.
    pub async fn end_session(&self, viewer: &Viewer, id: Digest) -> Result<()> {
        match self.store.session(id).await? {
            Some(session) if session.person != viewer.person => Err(Refusal::not_found().into()),
            Some(_) => {
                self.store.end_session(id).await?;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Ends all sessions of the viewer but the one that asks.
    ///
    /// # Errors
    /// The store.
    pub async fn end_other_sessions(&self, viewer: &Viewer, token: &str) -> Result<()> {
        let own = Some(Digest::of(token));
        self.store.end_sessions_of(viewer.person, own).await?;
        Ok(())
    }

    /// What time brings about: finished days of failed logins on record, and what is kept no longer dropped.
    pub(crate) async fn tend_logins(&self) -> Result<()> {
        let now = self.clock.now();
        let ago = |micros: i64| Timestamp(now.0 - micros);
        self.close_login_days().await?;
        self.store.sweep_sessions(ago(DAY), ago(DAY)).await?;
        self.store.sweep_attempts(ago(DAY), now).await?;
        self.store.sweep_devices(ago(KNOWN)).await?;
        Ok(())
    }

    /// Whether the viewer's password is to be changed first: given by somebody else, or too old for their roles.
    ///
    /// # Errors
    /// The store.
    pub async fn password_due(&self, viewer: &Viewer) -> Result<PasswordDue> {
        let Some(account) = self.store.account_of(viewer.person).await? else {
            return Ok(PasswordDue::No);
        };
        if account.must_change {
            return Ok(PasswordDue::Given);
        }
        let expiry = self.login_policy().of(&viewer.seats).expiry_days;
        let age = self.clock.now().0 - account.changed.0;
        Ok(match expiry.is_some_and(|days| age > i64::from(days) * DAY) {
            true => PasswordDue::Expired,
            false => PasswordDue::No,
        })
    }
}
