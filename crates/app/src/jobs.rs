//! What the calendar brings about by itself: opinions open on the step's day, whoever is late is reminded, then the city
//! hears; cases whose erasure two people decided are erased when the wait is over. Never a decision. Beside the cases: what
//! is kept of logins is closed by the day and swept, and a month that begins with fewer than three officers is on record.
//!
//! The binary calls [`App::tick`] now and then; running it twice does nothing twice. A case that cannot be read does
//! not hold up the others.

use crate::App;
use crate::error::{Failure, Result};
use crate::perform::{Acting, system};
use casefile::Act;
use casefile::acts::{OpenOpinions, RemindDue};
use casefile::stage::Stage;
use store::CaseRow;

impl App {
    /// Does what is due by itself today; returns how many cases it touched.
    ///
    /// # Errors
    /// The list of cases cannot be read. What is wrong with one case goes to the log.
    pub async fn tick(&self) -> Result<u32> {
        self.tend_logins().await?;
        self.note_shortage().await?;
        let mut touched = 0;
        if let Err(error) = self.erase_due().await {
            tracing::error!(%error, "erasure");
        }
        for row in self.open_cases().await? {
            match self.tick_case(&row).await {
                Ok(did) => touched += u32::from(did),
                Err(error) => tracing::error!(%error, case = row.number, "tick"),
            }
        }
        Ok(touched)
    }

    async fn tick_case(&self, row: &CaseRow) -> Result<bool> {
        let mut touched = false;
        if row.stage == Stage::Opinions.code() {
            touched |= self.by_itself(&row.number, OpenOpinions {}.into()).await?;
        }
        if self.may_be_due(row) {
            touched |= self.by_itself(&row.number, RemindDue {}.into()).await?;
        }
        Ok(touched)
    }

    /// Whether a look at the row alone leaves it open that somebody is to be reminded: a threshold of some pack is
    /// reached, or a step's target is past. The act itself knows the case's own pack, and what was reminded of already.
    fn may_be_due(&self, row: &CaseRow) -> bool {
        let today = self.today();
        let widest = self.packs.all().iter().flat_map(|pack| &pack.procedure.reminders).max();
        let near = |day| {
            let left = self.calendar().working_days_between(today, day);
            day < today || widest.is_some_and(|days| left <= i32::from(*days))
        };
        let concluding = row.due_on.filter(|_| row.met_on.is_none()).is_some_and(near);
        concluding || row.step_due_on.is_some_and(|target| target < today)
    }

    async fn by_itself(&self, number: &str, act: Act) -> Result<bool> {
        let loaded = self.loaded(number).await?;
        let (viewer, seat) = system(&loaded.case);
        let acting = Acting {
            act_id: self.fresh_act(),
            viewer: &viewer,
            seat: &seat,
            numbers: Vec::new(),
        };
        match self.record(&loaded, acting, act).await {
            Ok(_) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}
