//! What the calendar brings about by itself: opinions open on the step's day, reminders go out. Never a decision.
//!
//! The binary calls [`App::tick`] now and then; running it twice does nothing twice. A case that cannot be read does
//! not hold up the others.

use crate::App;
use crate::codec::capacity_text;
use crate::error::{Failure, Result};
use crate::perform::{Acting, system};
use base::{ActId, Date, Digest, EventId};
use casefile::acts::OpenOpinions;
use casefile::stage::Stage;
use casefile::{Capacity, Role};
use serde::{Deserialize, Serialize};
use store::{Actor, Append, CaseRow, NewEvent, OutboxMessage, StreamAppend, StreamName};

/// On the site's stream: somebody is to be reminded of a case.
const REMINDED: &str = "reminder-due/1";

/// A reminder, on record and in the outbox: codes and days only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Reminder {
    /// 收件编号
    number: String,
    /// `due-N`: at most N working days are left; `overdue`: the due date is past; `step`: the step's target is past.
    code: String,
    /// The day it is about.
    day: Date,
}

impl App {
    /// Does what is due by itself today; returns how many cases it touched.
    ///
    /// # Errors
    /// The list of cases cannot be read. What is wrong with one case goes to the log.
    pub async fn tick(&self) -> Result<u32> {
        let mut touched = 0;
        for row in self.open_cases().await? {
            match self.tick_case(&row).await {
                Ok(did) => touched += u32::from(did),
                Err(error) => tracing::error!(%error, case = row.number, "tick"),
            }
        }
        Ok(touched)
    }

    async fn tick_case(&self, row: &CaseRow) -> Result<bool> {
        let opened = row.stage == Stage::Opinions.code() && self.open_opinions(&row.number).await?;
        let mut reminded = false;
        for reminder in self.reminders(row).await? {
            reminded |= self.remind(reminder).await?;
        }
        Ok(opened || reminded)
    }

    /// What is to be reminded of on a case today: the tightest threshold of its pack reached, and the step's target.
    async fn reminders(&self, row: &CaseRow) -> Result<Vec<Reminder>> {
        let today = self.today();
        let mut due = Vec::new();
        let reminder = |code: String, day: Date| Reminder {
            number: row.number.clone(),
            code,
            day,
        };
        if let Some(day) = row.due_on.filter(|_| row.met_on.is_none()) {
            let left = self.calendar().working_days_between(today, day);
            let reached = |threshold: &&u8| left <= i32::from(**threshold);
            if day < today {
                due.push(reminder("overdue".into(), day));
            } else if (self.packs.all().iter()).any(|pack| pack.procedure.reminders.iter().any(|days| reached(&days))) {
                let case = self.loaded(&row.number).await?.case;
                let threshold = self
                    .packs
                    .procedure(&case)?
                    .procedure
                    .reminders
                    .iter()
                    .filter(reached)
                    .min();
                due.extend(threshold.map(|days| reminder(format!("due-{days}"), day)));
            }
        }
        let target = row.step_due_on.filter(|target| *target < today);
        due.extend(target.map(|target| reminder("step".into(), target)));
        Ok(due)
    }

    /// Puts a reminder on record and into the outbox; `false` where it stands there already.
    async fn remind(&self, reminder: Reminder) -> Result<bool> {
        let key = format!("{REMINDED}|{}|{}|{}", reminder.number, reminder.code, reminder.day);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&Digest::of(key).0[..16]);
        let act = ActId(bytes);
        if self.store.find_act(act).await?.is_some() {
            return Ok(false);
        }
        let body = serde_json::to_vec(&reminder).map_err(|e| Failure::Internal(e.to_string()))?;
        let event = NewEvent {
            id: EventId(bytes),
            kind: REMINDED.into(),
            act,
            actor: Actor::System,
            capacity: capacity_text(Capacity {
                role: Role::System,
                institution: base::InstitutionId::default(),
                party: None,
            }),
            acted: self.clock.now(),
            open: body.clone(),
            sealed: None,
        };
        let streams = vec![StreamAppend {
            stream: StreamName::Site(self.store.site()),
            expected: None,
            events: vec![event],
        }];
        let outbox = vec![OutboxMessage {
            id: EventId(bytes),
            topic: "reminder".into(),
            body,
        }];
        self.store
            .append(Append {
                act,
                streams,
                outbox,
                ..Append::default()
            })
            .await?;
        Ok(true)
    }

    async fn open_opinions(&self, number: &str) -> Result<bool> {
        let loaded = self.loaded(number).await?;
        let (viewer, seat) = system(&loaded.case);
        let acting = Acting {
            act_id: self.fresh_act(),
            viewer: &viewer,
            seat: &seat,
            numbers: Vec::new(),
        };
        match self.record(&loaded, acting, OpenOpinions {}.into()).await {
            Ok(_) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}
