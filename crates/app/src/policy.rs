//! The packs of this site, the days their notices were published as entered at installation, and which pack governs.
//!
//! Knows nothing of what a pack says; `rules` picks and evaluates. How packs come onto the site's record and back is
//! [`crate::installed`].

use crate::error::{Failure, Result};
use base::Date;
use base::law::{Assessment, OutcomeCode, PackRef};
use casefile::Case;
use rules::{Pack, validity};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// The packs of this site: those in force, and those that cases of earlier days name.
#[derive(Debug)]
pub struct Packs {
    packs: Vec<Arc<Pack>>,
    earlier: Vec<Arc<Pack>>,
    published: RwLock<BTreeMap<String, Date>>,
}

impl Packs {
    /// At least one pack in force; the first is the one whose questions the application form puts.
    ///
    /// # Errors
    /// No pack at all.
    pub(crate) fn new(packs: Vec<Arc<Pack>>, earlier: Vec<Arc<Pack>>) -> Result<Packs> {
        if packs.is_empty() {
            return Err(Failure::Internal("no policy pack".into()));
        }
        Ok(Packs {
            packs,
            earlier,
            published: RwLock::default(),
        })
    }

    /// All in force.
    pub fn all(&self) -> &[Arc<Pack>] {
        &self.packs
    }

    /// The one whose questions the application form puts.
    pub fn current(&self) -> &Arc<Pack> {
        &self.packs[0]
    }

    /// The pack in force of that id.
    pub fn by_id(&self, id: &str) -> Option<&Arc<Pack>> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// The very pack a case names, in force or earlier.
    ///
    /// # Errors
    /// It was never installed here.
    pub fn named(&self, reference: &PackRef) -> Result<&Arc<Pack>> {
        self.packs
            .iter()
            .chain(&self.earlier)
            .find(|pack| pack.reference() == *reference)
            .ok_or_else(|| {
                Failure::Record(format!(
                    "pack {} with digest {} is not installed",
                    reference.id, reference.digest
                ))
            })
    }

    /// The day the pack's notice was published, as far as it is known here.
    pub fn published_on(&self, pack: &Pack) -> Option<Date> {
        let entered = self
            .published
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&pack.id)
            .copied();
        entered.or(pack.validity.published_on)
    }

    /// Enters the day of publication.
    pub fn enter_publication(&self, pack: &str, day: Date) {
        self.published
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(pack.into(), day);
    }

    /// Which packs govern conduct and receipt of these days.
    pub fn govern(&self, conduct: Date, received: Date) -> rules::Basis {
        let versions: Vec<_> = self
            .packs
            .iter()
            .map(|pack| validity::Version {
                pack,
                published_on: self.published_on(pack),
            })
            .collect();
        validity::select(&versions, conduct, received)
    }

    /// The pack whose clauses this case is measured by: the one named, until then the one applied under.
    ///
    /// # Errors
    /// As [`Packs::named`].
    pub fn substance(&self, case: &Case) -> Result<&Arc<Pack>> {
        let applied = case.receipt.as_ref().map(|receipt| &receipt.pack);
        match case.basis.as_ref().map(|basis| &basis.substance).or(applied) {
            Some(reference) => self.named(reference),
            None => Ok(self.current()),
        }
    }

    /// The pack whose procedure this case follows.
    ///
    /// # Errors
    /// As [`Packs::named`].
    pub fn procedure(&self, case: &Case) -> Result<&Arc<Pack>> {
        let applied = case.receipt.as_ref().map(|receipt| &receipt.pack);
        match case.basis.as_ref().map(|basis| &basis.procedure).or(applied) {
            Some(reference) => self.named(reference),
            None => Ok(self.current()),
        }
    }
}

/// The outcomes a case's claim asks for.
pub fn claimed(case: &Case, pack: &Pack) -> Option<Vec<OutcomeCode>> {
    let claim = case.claim.as_ref()?;
    pack.procedure
        .claims
        .iter()
        .find(|c| c.id == *claim)
        .map(|claim| claim.outcomes.clone())
}

/// What follows from the findings of a case.
///
/// # Errors
/// Findings on record that the pack does not accept: the record and the pack do not fit.
pub fn assess(case: &Case, pack: &Pack) -> Result<Assessment> {
    let claim = claimed(case, pack);
    pack.evaluate(&case.answers(), &case.reading_choices(), claim.as_deref())
        .map_err(|e| Failure::Record(format!("findings do not fit pack {}: {e}", pack.id)))
}
