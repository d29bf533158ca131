//! The trace of failed logins (等保 GB/T 22239 8.1.4 安全审计: time, user, event, success): one line per day, person and
//! address, for the auditor; the digest of each finished day's lines is an event on the site's stream.
//!
//! *Because* whoever is outside can make a million failures, and a chain that grows by a million events is as good as
//! lost. A line that is altered later no longer fits the digest; the auditor's page says so.

use crate::App;
use crate::authority::{Matter, Viewer, seat_in};
use crate::error::{Failure, Result};
use base::{Date, Digest, Timestamp};
use casefile::Refusal;
use serde::{Deserialize, Serialize};
use store::{LoginFailure, StreamName};

/// On the site's stream: what one day's failures were.
const FAILURES: &str = "login-failures/1";
/// How far back finished days are looked for: as long as a site may stand still over a holiday.
const LOOK_BACK: i64 = 14;
/// How long the lines are kept, in days: 网络安全法 asks for six months.
const KEPT: i64 = 400;
/// How many lines the auditor sees.
const SHOWN: u32 = 200;

#[derive(Serialize, Deserialize)]
struct Day {
    day: Date,
    failed: u64,
    locked: u64,
    lines: u64,
    digest: Digest,
}

/// What the auditor sees of failed logins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The lines of the last thirty days, the last day first.
    pub lines: Vec<Failures>,
    /// The days whose lines no longer fit the digest on record.
    pub altered: Vec<Date>,
}

/// What failed on one day under one name from one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failures {
    /// The day.
    pub day: Date,
    /// 姓名; `None` where no account has the name that was typed.
    pub name: Option<String>,
    /// From where.
    pub address: String,
    /// How many failed.
    pub failed: u64,
    /// How many of them locked.
    pub locked: u64,
    /// When the first one was.
    pub first: Timestamp,
    /// When the last one was.
    pub last: Timestamp,
}

impl App {
    /// The trace, for the auditor.
    ///
    /// # Errors
    /// Not found for everybody else.
    pub async fn login_trace(&self, viewer: &Viewer) -> Result<Trace> {
        seat_in(viewer, Matter::Audit).ok_or_else(Refusal::not_found)?;
        let from = days_before(self.clock.now(), 30);
        let mut trace = Trace::default();
        for line in self.store.failures_since(from, SHOWN).await? {
            let name = match line.person {
                Some(person) => self.store.person(person).await?.map(|row| row.name),
                None => None,
            };
            trace.lines.push(Failures {
                day: line.day,
                name,
                address: line.address,
                failed: line.failed,
                locked: line.locked,
                first: line.first,
                last: line.last,
            });
        }
        let events = self.store.read(&StreamName::Site(self.store.site())).await?;
        for event in events.iter().filter(|event| event.kind == FAILURES) {
            let day: Day =
                serde_json::from_slice(&event.open).map_err(|e| Failure::Record(crate::codec::misshapen(&e)))?;
            if day.day >= from && digest(&self.store.failures_on(day.day).await?) != day.digest {
                trace.altered.push(day.day);
            }
        }
        Ok(trace)
    }

    /// Puts the digests of finished days on record, and drops what is kept no longer.
    pub(crate) async fn close_login_days(&self) -> Result<()> {
        let now = self.clock.now();
        for back in 1..=LOOK_BACK {
            self.close_login_day(days_before(now, back)).await?;
        }
        self.store.sweep_failures(days_before(now, KEPT)).await?;
        Ok(())
    }

    async fn close_login_day(&self, day: Date) -> Result<()> {
        let lines = self.store.failures_on(day).await?;
        if lines.is_empty() {
            return Ok(());
        }
        let open = Day {
            day,
            failed: lines.iter().map(|line| line.failed).sum(),
            locked: lines.iter().map(|line| line.locked).sum(),
            lines: lines.len() as u64,
            digest: digest(&lines),
        };
        self.once_of(day, FAILURES, &open).await
    }
}

/// SM3 of the lines, `day|person|address|failed|locked|first|last` each, with a line end.
fn digest(lines: &[LoginFailure]) -> Digest {
    let line = |l: &LoginFailure| {
        let person = l.person.map(|person| person.to_string()).unwrap_or_default();
        let (first, last) = (l.first.0, l.last.0);
        format!(
            "{}|{person}|{}|{}|{}|{first}|{last}\n",
            l.day, l.address, l.failed, l.locked
        )
    };
    Digest::of(lines.iter().map(line).collect::<String>())
}

fn days_before(now: Timestamp, days: i64) -> Date {
    Timestamp(now.0 - days * 24 * 3600 * 1_000_000).date()
}
