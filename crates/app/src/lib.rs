//! The use cases: load, authorise, decide, append with views and outbox in one transaction.
//!
//! One [`App`] per site. Clock, ids, randomness, press and packs come in at the start. Deliberately unknown here:
//! HTTP, SQL, HTML, and how a document is printed.

pub mod audit;
pub mod authority;
pub mod codec;
pub mod drafts;
pub mod error;
pub mod figures;
pub mod files;
pub mod installed;
pub mod jobs;
pub mod keys;
pub mod kin;
pub mod login;
pub mod making;
pub mod officers;
pub mod papers;
pub mod people;
pub mod perform;
pub mod photo;
pub mod policy;
pub mod reading;
pub mod receive;
pub mod retention;
pub mod search;
pub mod settings;
pub mod uploads;
pub mod views;

mod beside;
mod excel;
mod load;
mod masking;
mod overtaken;
mod rebuild;
mod redact;

pub use authority::{Seat, Standing, Viewer};
pub use error::{Failure, Result};
pub use installed::PackFiles;
pub use load::{Entry, Loaded};
pub use login::{LoginPolicy, Signature};
pub use people::{Institution, Person};
pub use perform::Performed;

use base::calendar::Calendar;
use base::{Clock, Date, IdSource};
use documents::Press;
use policy::Packs;
use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};
use store::Store;

/// What a site is made of.
pub struct Parts {
    /// The record.
    pub store: Store,
    /// The policy packs in force; the first is the one whose questions the application form puts.
    pub packs: Vec<PackFiles>,
    /// The calendar as published so far.
    pub calendar: Calendar,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Where ids come from.
    pub ids: Arc<dyn IdSource>,
    /// What prints documents.
    pub press: Arc<dyn Press>,
}

/// A site at work. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Site>);

/// The inside of an [`App`].
pub struct Site {
    pub(crate) store: Store,
    pub(crate) packs: Packs,
    calendar: RwLock<Arc<Calendar>>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn IdSource>,
    pub(crate) press: Arc<dyn Press>,
    /// Held while a number is looked up and taken, so that people of this process do not race for it; who races from
    /// another process on the same PostgreSQL takes the next one.
    pub(crate) numbering: tokio::sync::Mutex<()>,
    /// Held while a draft is read, changed and written back, or handed in: two tabs lose nothing of each other. Taken
    /// before `numbering`.
    pub(crate) drafting: tokio::sync::Mutex<()>,
    /// What is asked of whoever logs in.
    pub(crate) login_policy: RwLock<Arc<LoginPolicy>>,
    /// Taken while a password is looked at: few at once, whatever is asked of the site.
    pub(crate) verifying: tokio::sync::Semaphore,
    /// The hash of no password: verified against where a login name is unknown, so that the answer takes as long.
    pub(crate) no_such_hash: String,
}

impl Deref for App {
    type Target = Site;
    fn deref(&self) -> &Site {
        &self.0
    }
}

impl App {
    /// A site from its parts, with the settings and the packs on its record; a pack that is not there yet is put there.
    ///
    /// # Errors
    /// A setting or a pack that cannot be read.
    pub async fn open(parts: Parts) -> Result<App> {
        let packs = installed::packs(&parts.store, &*parts.clock, &*parts.ids, &parts.packs).await?;
        let app = App(Arc::new(Site {
            no_such_hash: login::hash(&hex::encode(parts.ids.fresh()), &parts.ids.fresh())?,
            store: parts.store,
            packs,
            calendar: RwLock::new(Arc::new(parts.calendar)),
            login_policy: RwLock::default(),
            verifying: tokio::sync::Semaphore::new(login::AT_ONCE),
            numbering: tokio::sync::Mutex::new(()),
            drafting: tokio::sync::Mutex::new(()),
            clock: parts.clock,
            ids: parts.ids,
            press: parts.press,
        }));
        app.load_settings().await?;
        app.load_login_policy().await?;
        Ok(app)
    }

    /// The record, for the operator's verbs and for tests that look below the use cases.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The packs of the site.
    pub fn packs(&self) -> &Packs {
        &self.packs
    }

    /// The calendar as published so far.
    pub fn calendar(&self) -> Arc<Calendar> {
        Arc::clone(&self.calendar.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes a published year into the calendar in use.
    pub(crate) fn publish_year(&self, year: base::calendar::YearCalendar) {
        let mut calendar = self.calendar.write().unwrap_or_else(PoisonError::into_inner);
        let mut next = Calendar::clone(&calendar);
        next.insert(year);
        *calendar = Arc::new(next);
    }

    /// Now.
    pub fn now(&self) -> base::Timestamp {
        self.clock.now()
    }

    /// The legal day.
    pub fn today(&self) -> Date {
        self.clock.now().date()
    }

    /// A fresh id for an act, to be put into its form.
    pub fn fresh_act(&self) -> base::ActId {
        base::ActId::fresh(&*self.ids)
    }
}
