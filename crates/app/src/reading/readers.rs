//! Who opened a case, and when. The applicant sees the institution and the day, not the person; what an order of
//! secrecy (保密令) covers appears to them when it ends.

use crate::App;
use crate::authority::{self, Standing, Viewer};
use crate::error::Result;
use base::{PersonId, Timestamp};
use casefile::{Case, Refusal};
use store::Reading;

/// One reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// When.
    pub at: Timestamp,
    /// Which institution.
    pub institution: String,
    /// Who; `None` for the applicant's eyes.
    pub name: Option<String>,
    /// What was opened, as a code: `case`, `file:<address>`, `family`.
    pub what: String,
}

/// The most readings shown.
const MOST: u32 = 500;

impl App {
    /// Who opened the case, the latest first.
    ///
    /// # Errors
    /// Not found.
    pub async fn readers(&self, viewer: &Viewer, number: &str) -> Result<Vec<Reader>> {
        let loaded = self.loaded(number).await?;
        let Some(standing) = authority::standing(viewer, &loaded.case) else {
            return Err(Refusal::not_found().into());
        };
        let rows = self.store.readings_of(loaded.case.id, MOST).await?;
        let mut ids: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
        ids.sort();
        ids.dedup();
        let people = self.store.persons_named(&ids).await?;
        let institutions = self.store.institutions().await?;
        let (case, today) = (&loaded.case, self.today());
        let readers = rows.into_iter().filter(|row| {
            let own = row.person == viewer.person;
            standing != Standing::Applicant || !own && !case.is_secret(row.institution, row.at.date(), today)
        });
        Ok(readers
            .map(|row| Reader {
                at: row.at,
                institution: institutions
                    .iter()
                    .find(|institution| institution.id == row.institution)
                    .map_or_else(String::new, |institution| institution.name.clone()),
                name: (standing != Standing::Applicant)
                    .then(|| {
                        people
                            .iter()
                            .find(|person| person.id == row.person)
                            .map(|person| person.name.clone())
                    })
                    .flatten(),
                what: row.what,
            })
            .collect())
    }

    /// Records that the viewer opened something of the case. The applicant reading their own case is no reading.
    pub(crate) async fn note_reading(&self, viewer: &Viewer, case: &Case, what: &str) -> Result<()> {
        self.note_readings(viewer, [case], what).await
    }

    /// The same of several cases that are read at once.
    pub(crate) async fn note_readings<'a>(
        &self,
        viewer: &Viewer,
        cases: impl IntoIterator<Item = &'a Case>,
        what: &str,
    ) -> Result<()> {
        let others = cases.into_iter().filter(|case| case.applicant() != Some(viewer.person));
        let readings: Vec<Reading> = others.filter_map(|case| self.reading(viewer, case, what)).collect();
        Ok(self.store.record_readings(&readings).await?)
    }

    /// The reading of `what` of the case by the viewer now; `None` for who reads it in no seat.
    pub(crate) fn reading(&self, viewer: &Viewer, case: &Case, what: &str) -> Option<Reading> {
        let seat = authority::reading_seat(viewer, case)?;
        Some(Reading {
            at: self.clock.now(),
            person: viewer.person,
            role: crate::codec::role_code(seat.capacity.role).into(),
            institution: seat.capacity.institution,
            case: case.id,
            what: what.into(),
        })
    }
}
