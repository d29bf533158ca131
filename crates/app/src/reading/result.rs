//! What the unit sees: the result served on it, never findings, exclusions or a family (六（三）).

use crate::App;
use crate::authority::Viewer;
use crate::error::{Failure, Result};
use base::{Date, Digest};
use casefile::case::{File, Recipient};
use casefile::{Refusal, Role};
use store::{CaseFilter, CaseOrder, KeyRef, Scope};

/// A result served on the viewer's unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitResult {
    /// The case's receipt number.
    pub number: String,
    /// The worker.
    pub worker: String,
    /// The issuing bureau.
    pub bureau: String,
    /// The outcome in the notice's words.
    pub outcome: String,
    /// Served on.
    pub on: Date,
    /// The document.
    pub file: File,
    /// 签收: when, and by whom.
    pub acknowledged: Option<(Date, String)>,
    /// The case's version, for the form of acknowledgement.
    pub version: u64,
    /// 已撤销: the case was opened again since.
    pub revoked: bool,
}

impl App {
    /// The results served on the units the viewer receives for, the latest first.
    ///
    /// # Errors
    /// The store.
    pub async fn unit_results(&self, viewer: &Viewer) -> Result<Vec<UnitResult>> {
        let mut results = Vec::new();
        for seat in viewer.seats.iter().filter(|seat| seat.capacity.role == Role::Recipient) {
            let filter = CaseFilter {
                scope: Scope::Unit(seat.capacity.institution),
                ..CaseFilter::default()
            };
            let list = self.store.list_cases(&filter, CaseOrder::Received, None, 200).await?;
            for row in list.rows.iter().filter(|row| row.applicant != Some(viewer.person)) {
                results.extend(self.unit_results_of(&row.number).await?);
            }
        }
        Ok(results)
    }

    /// The PDF of a result served on a unit the viewer receives for, that of `address` or else the latest; the reading
    /// is recorded.
    ///
    /// # Errors
    /// Not found, whether there is none or it is another unit's.
    pub async fn unit_file(&self, viewer: &Viewer, number: &str, address: Option<&str>) -> Result<(File, Vec<u8>)> {
        let results = self.unit_results(viewer).await?;
        let asked = |result: &UnitResult| {
            result.number == number && address.is_none_or(|address| result.file.address == address)
        };
        let Some(result) = results.into_iter().find(asked) else {
            return Err(Refusal::not_found().into());
        };
        let case = self.loaded(number).await?.case;
        let address: Digest = (result.file.address.parse())
            .map_err(|_| Failure::Record(format!("file address {}", result.file.address)))?;
        let bytes = self.store.get_file(address, KeyRef::Case(case.id)).await?;
        self.note_reading(viewer, &case, &format!("file:{address}")).await?;
        Ok((result.file, bytes))
    }

    /// What was served on the unit in a case, the latest first, with what was revoked since.
    async fn unit_results_of(&self, number: &str) -> Result<Vec<UnitResult>> {
        let case = self.loaded(number).await?.case;
        let pack = self.packs.substance(&case)?;
        let bureau = self.names(&case).await?.bureau;
        let worker = (case.application.as_ref()).map_or_else(String::new, |a| a.text.name.clone());
        let earlier = case.rounds.iter().rev();
        let earlier = earlier.map(|round| (&round.services, round.determination.as_ref(), true));
        let rounds = std::iter::once((&case.services, case.determination(), false)).chain(earlier);
        let served = rounds.filter_map(|(services, determination, revoked)| {
            let service = services.iter().rev().find(|service| service.to == Recipient::Unit)?;
            let outcome = &determination?.outcome;
            Some(UnitResult {
                number: number.into(),
                worker: worker.clone(),
                bureau: bureau.clone(),
                outcome: (pack.outcome(outcome)).map_or_else(|| outcome.to_string(), |outcome| outcome.text.clone()),
                on: service.on,
                file: service.file.clone(),
                acknowledged: service.acknowledged.clone(),
                version: case.version,
                revoked,
            })
        });
        Ok(served.collect())
    }
}
