//! The case file as one reader may see it.

use super::changes::{Change, changes};
use crate::authority::{self, Standing, Viewer};
use crate::error::{Failure, Result};
use crate::load::{self, Entry, Loaded};
use crate::papers::Names;
use crate::perform::actor;
use crate::{App, masking, policy, redact};
use base::Date;
use base::calendar::Calendar;
use base::law::Assessment;
use casefile::act::ActName;
use casefile::tasks::{self, Group};
use casefile::waiting::{self, Waiting};
use casefile::{Case, Refusal};
use rules::Pack;
use std::sync::Arc;

/// A case as one reader may see it: what they may not see is not in it.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// 收件编号
    pub number: String,
    /// How the reader stands to the case.
    pub standing: Standing,
    /// The case, redacted.
    pub case: Case,
    /// The pack whose clauses measure it.
    pub pack: Arc<Pack>,
    /// The pack whose procedure it follows.
    pub procedure: Arc<Pack>,
    /// What follows from the findings; for the applicant of nothing but the pack, until the result is served.
    pub assessment: Assessment,
    /// The task list.
    pub tasks: Vec<Group>,
    /// Whom the case waits for.
    pub waiting: Vec<Waiting>,
    /// The acts that wait for this reader and can be done now.
    pub my_acts: Vec<ActName>,
    /// When the statutory deadline was met or missed by the first conclusion, and whether it was met.
    pub concluded: Option<(Date, bool)>,
    /// What changed the suggestion; nothing for the applicant.
    pub changes: Vec<Change>,
    /// The record as far as this reader may see it, oldest first.
    pub entries: Vec<Entry>,
    /// The application the applicant withdrew before this one: number, day of receipt.
    pub earlier: Option<(String, Date)>,
    /// The institutions' names.
    pub names: Names,
    /// The legal day.
    pub today: Date,
    /// Working days.
    pub calendar: Arc<Calendar>,
}

impl App {
    /// The case with that receipt number; the reading is recorded.
    ///
    /// # Errors
    /// Not found, whether there is none or it is hidden; erased, for those whose list has it.
    pub async fn case_file(&self, viewer: &Viewer, number: &str) -> Result<CaseFile> {
        let loaded = match self.case(number).await {
            Err(Failure::Refused(refusal)) if refusal.code == load::ERASED && !self.lists(viewer, number).await? => {
                return Err(Refusal::not_found().into());
            }
            other => other?,
        };
        let file = self.file_of(viewer, number, loaded).await?;
        self.note_reading(viewer, &file.case, "case").await?;
        Ok(file)
    }

    /// The case as the viewer may see it, without recording.
    pub(crate) async fn file_of(&self, viewer: &Viewer, number: &str, loaded: Loaded) -> Result<CaseFile> {
        let Some(standing) = authority::standing(viewer, &loaded.case) else {
            return Err(Refusal::not_found().into());
        };
        let loaded = match standing {
            Standing::Applicant => loaded,
            _ => masking::masked(&loaded),
        };
        let whole = &loaded.case;
        let pack = Arc::clone(self.packs.substance(whole)?);
        let procedure = Arc::clone(self.packs.procedure(whole)?);
        let calendar = self.calendar();
        let today = self.today();
        let case = redact::case(whole, viewer, standing);
        let my_acts = self.acts_now(viewer, whole)?;
        let told = redact::progress(whole, standing);
        let assessment = policy::assess(&case, &pack)?;
        let steps = tasks::tasks(&told, &procedure.procedure, &assessment, &calendar, today);
        let earlier = match whole.receipt.as_ref().and_then(|receipt| receipt.follows) {
            Some(id) => self.store.case_row(id).await?,
            None => None,
        };
        let entries: Vec<Entry> = loaded
            .entries
            .into_iter()
            .filter(|entry| redact::shows(viewer, standing, &loaded.case, entry))
            .collect();
        let concluded = loaded.case.first_conclusion().map(|first| (first.on, first.in_time));
        let claim = policy::claimed(&case, &pack);
        Ok(CaseFile {
            number: number.into(),
            standing,
            tasks: redact::tasks(steps, standing),
            waiting: waiting::waiting(&told, &procedure.procedure, &assessment, &calendar, today),
            assessment,
            my_acts,
            concluded,
            changes: changes(&entries, &pack, claim.as_deref()),
            entries,
            earlier: earlier.map(|row| (row.number, row.received_on)),
            names: self.names(whole).await?,
            pack,
            procedure,
            case,
            today,
            calendar,
        })
    }

    /// The acts the viewer may do on the case now, in the order of the procedure.
    fn acts_now(&self, viewer: &Viewer, case: &Case) -> Result<Vec<ActName>> {
        let mut ready = Vec::new();
        for seat in &viewer.seats {
            let own = |act: &&ActName| authority::seat_for(viewer, **act, case).is_ok_and(|found| found == seat);
            let actor = actor(viewer, seat);
            self.deciding(case, &actor, self.fresh_act(), self.clock.now(), |ctx| {
                let now = ActName::ALL
                    .iter()
                    .filter(own)
                    .filter(|act| act.ready(case, ctx).is_ok());
                ready.extend(now);
            })?;
        }
        ready.sort_unstable();
        ready.dedup();
        Ok(ready)
    }
}
