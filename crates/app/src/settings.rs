//! The site's settings on its own stream: calendar years imported, days of publication entered.
//!
//! Importing a year recomputes the due date of every open case; where it moves, old and new stand on the case's record.

use crate::App;
use crate::authority::Viewer;
use crate::beside::{Beside, just_now};
use crate::error::{Failure, Result};
use crate::people::administers;
use crate::perform::{Acting, system};
use base::calendar::{Due, YearCalendar, parse_date};
use base::{ActId, Date, PersonId};
use casefile::acts::RecomputeDue;
use casefile::{Capacity, Kind, Refusal};
use serde::{Deserialize, Serialize};
use store::{Actor, CaseFilter, CaseOrder, CaseRow, SettingRow, StoredEvent, StreamName, ViewChanges};

const SET: &str = "setting-set/1";

/// How often a due date is recomputed anew when another act on the case comes first.
const TRIES: usize = 5;

/// Prefix of the settings that hold a year's calendar.
pub const CALENDAR: &str = "calendar/";
/// Prefix of the settings that hold a pack's day of publication.
pub const PUBLISHED: &str = "published/";

/// What importing a year changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The year.
    pub year: i16,
    /// Cases whose due date was recomputed: number, before, after.
    pub recomputed: Vec<(String, Due, Due)>,
    /// Cases that could not be recomputed, by number; the cause is in the log.
    pub failed: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Name {
    name: String,
}

impl App {
    /// Takes in the State Council's arrangement of a year and recomputes what it moves.
    ///
    /// # Errors
    /// A refusal that says what is wrong with the file; then nothing has changed.
    pub async fn import_calendar(&self, viewer: &Viewer, act: ActId, text: &str) -> Result<Imported> {
        let year = YearCalendar::parse(text).map_err(|e| Failure::from(Refusal::field("calendar", e.to_string())))?;
        let number = year.year;
        let capacity = administers(viewer)?;
        self.set(viewer.person, capacity, act, &format!("{CALENDAR}{number}"), text)
            .await?;
        self.publish_year(year);
        let (mut recomputed, mut failed) = (Vec::new(), Vec::new());
        for case in self.open_cases().await? {
            match self.recompute_due(&case.number).await {
                Ok(changed) => recomputed.extend(changed),
                Err(error) => {
                    tracing::error!(%error, case = case.number, "due date not recomputed");
                    failed.push(case.number);
                }
            }
        }
        Ok(Imported {
            year: number,
            recomputed,
            failed,
        })
    }

    /// Enters the day on which a pack's notice was published.
    ///
    /// # Errors
    /// No such pack, no such day, or a day to come.
    pub async fn enter_publication(&self, viewer: &Viewer, act: ActId, pack: &str, day: &str) -> Result<()> {
        let date: Date = parse_date(day).map_err(|e| Failure::from(Refusal::field("published_on", e.to_string())))?;
        if date > self.today() {
            return Err(Refusal::field("published_on", "发布的日期不能晚于今天。请改一下。").into());
        }
        if self.packs.by_id(pack).is_none() {
            return Err(Refusal::field("pack", "没有这份文件。请从列出的文件里选。").into());
        }
        let (capacity, name) = (administers(viewer)?, format!("{PUBLISHED}{pack}"));
        self.set(viewer.person, capacity, act, &name, &date.to_string()).await?;
        self.packs.enter_publication(pack, date);
        Ok(())
    }

    /// Takes the settings on record into the running site.
    ///
    /// # Errors
    /// A setting that cannot be read.
    pub async fn load_settings(&self) -> Result<()> {
        for setting in self.store.settings(CALENDAR).await? {
            let year = YearCalendar::parse(&setting.value).map_err(|e| Failure::Record(e.to_string()))?;
            self.publish_year(year);
        }
        for setting in self.store.settings(PUBLISHED).await? {
            let day = parse_date(&setting.value).map_err(|e| Failure::Record(e.to_string()))?;
            self.packs
                .enter_publication(setting.name.trim_start_matches(PUBLISHED), day);
        }
        Ok(())
    }

    /// Puts a setting on the site's record; refused where the act was done before.
    pub(crate) async fn set(
        &self,
        person: PersonId,
        capacity: Capacity,
        act: ActId,
        name: &str,
        value: &str,
    ) -> Result<()> {
        let settings = vec![SettingRow {
            name: name.into(),
            value: value.into(),
        }];
        let what = Beside {
            stream: StreamName::Site(self.store.site()),
            expected: None,
            kind: SET,
            act,
            by: Actor::Person(person),
            capacity,
            views: ViewChanges {
                settings,
                ..ViewChanges::default()
            },
        };
        just_now(self.beside(what, &Name { name: name.into() }, Some(&value)).await?)
    }

    /// All cases that have not come to their end.
    pub(crate) async fn open_cases(&self) -> Result<Vec<CaseRow>> {
        let mut rows = Vec::new();
        let mut after = None;
        loop {
            let filter = CaseFilter {
                closed: Some(false),
                ..CaseFilter::default()
            };
            let page = self
                .store
                .list_cases(&filter, CaseOrder::Due, after.as_deref(), 200)
                .await?;
            rows.extend(page.rows);
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(rows),
            }
        }
    }

    /// Recomputes one case's due date; `None` where it stays what it was. Who is overtaken tries again.
    async fn recompute_due(&self, number: &str) -> Result<Option<(String, Due, Due)>> {
        let mut overtaken = 0;
        loop {
            let loaded = self.loaded(number).await?;
            let Some(before) = loaded.case.receipt.as_ref().map(|receipt| receipt.due) else {
                return Ok(None);
            };
            if loaded.case.filed.is_some() {
                return Ok(None);
            }
            let (viewer, seat) = system(&loaded.case);
            let acting = Acting {
                act_id: self.fresh_act(),
                viewer: &viewer,
                seat: &seat,
                numbers: Vec::new(),
            };
            match self.record(&loaded, acting, RecomputeDue {}.into()).await {
                Ok(_) => {
                    let after = self.loaded(number).await?.case.receipt;
                    return Ok(Some((
                        number.into(),
                        before,
                        after.map_or(before, |receipt| receipt.due),
                    )));
                }
                Err(Failure::Refused(refusal)) if refusal.code == "unchanged" => return Ok(None),
                Err(Failure::Refused(refusal)) if refusal.kind == Kind::Conflict && overtaken < TRIES => overtaken += 1,
                Err(other) => return Err(other),
            }
        }
    }
}

/// The rows of the site's stream: the last value of each setting.
///
/// # Errors
/// A body of another shape.
pub(crate) fn rows(events: &[StoredEvent]) -> Result<ViewChanges> {
    let mut views = ViewChanges::default();
    for event in events.iter().filter(|event| event.kind == SET) {
        let broken = |e: serde_json::Error| Failure::Record(format!("{SET}: {}", crate::codec::misshapen(&e)));
        let Name { name } = serde_json::from_slice(&event.open).map_err(broken)?;
        let value = serde_json::from_slice(event.sealed.plain().unwrap_or(b"\"\"")).map_err(broken)?;
        views.settings.push(SettingRow { name, value });
    }
    Ok(views)
}
