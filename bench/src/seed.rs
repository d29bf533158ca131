//! Many cases, fast: a few are made by acts, then copied with ids, numbers and names of their own, many in one append.
//!
//! A copy is a whole case: its events chain, open and apply like those of the case it was copied from.

use crate::measure::Failed;
use crate::site::{APPLICANT, Site, ids};
use crate::story;
use app::views::case_view;
use base::{ActId, CaseId, EventId};
use std::collections::HashMap;
use store::{Append, CaseView, KeyRef, NewEvent, Sealing, StreamAppend, StreamName};

/// How many cases one append copies.
const BATCH: usize = 250;
/// The days on which the cases that are copied were received.
const DAYS: i8 = 20;

/// Cases to copy.
pub struct Templates(Vec<Template>);

struct Template {
    number: String,
    case: CaseId,
    events: Vec<NewEvent>,
    view: CaseView,
}

impl Templates {
    /// Of every ten cases nine withdrawn and one assigned, received on one of twenty days.
    pub async fn make(site: &Site) -> Result<Templates, Failed> {
        let mut made = Vec::new();
        for n in 0..DAYS {
            site.at(9, 1 + n, 10)?;
            let withdrawn = story::withdrawn(site).await?;
            made.push(template(site, &withdrawn).await?);
        }
        for n in (0..DAYS).step_by(9) {
            site.at(9, 1 + n, 11)?;
            let assigned = story::assigned(site).await?;
            made.push(template(site, &assigned).await?);
        }
        Ok(Templates(made))
    }

    /// Adds copies, numbered `from` to `to`.
    pub async fn copy(&self, site: &Site, from: usize, to: usize) -> Result<(), Failed> {
        let places: Vec<usize> = (from..to).collect();
        for batch in places.chunks(BATCH) {
            let mut append = Append {
                act: ActId::fresh(&*ids()),
                ..Append::default()
            };
            for n in batch {
                // Scattered, so that neighbours in the list are not all alike.
                let template = &self.0[n * 7919 % self.0.len()];
                let (stream, view) = template.copy(*n);
                append.streams.push(stream);
                append.views.cases.push(view);
            }
            site.app.store().append(append).await?;
        }
        Ok(())
    }
}

async fn template(site: &Site, number: &str) -> Result<Template, Failed> {
    let case = site.app.case(number).await?.case;
    let stored = site.app.store().read(&StreamName::Case(case.id)).await?;
    let events = stored.into_iter().map(|event| NewEvent {
        sealed: event.sealed.plain().map(|plain| Sealing {
            plain: plain.to_vec(),
            under: KeyRef::Case(case.id),
        }),
        id: event.id,
        kind: event.kind,
        act: event.act,
        actor: event.actor,
        capacity: event.capacity,
        acted: event.acted,
        open: event.open,
    });
    let pack = site.app.packs().current();
    let view = case_view(&case, pack, pack, &site.app.calendar())?;
    Ok(Template {
        number: number.into(),
        case: case.id,
        events: events.collect(),
        view,
    })
}

impl Template {
    fn copy(&self, n: usize) -> (StreamAppend, CaseView) {
        let case = CaseId::fresh(&*ids());
        let (number, name) = (format!("JZ-410928-2026-{n:06}"), name(n));
        let mut words = vec![
            (self.case.to_string(), case.to_string()),
            (self.number.clone(), number.clone()),
            (APPLICANT.to_owned(), name.clone()),
        ];
        let mut acts = HashMap::new();
        let mut fresh = Vec::new();
        for event in &self.events {
            let id = EventId::fresh(&*ids());
            let act = *acts.entry(event.act).or_insert_with(|| ActId::fresh(&*ids()));
            words.push((event.id.to_string(), id.to_string()));
            fresh.push((id, act));
        }
        let events = self.events.iter().zip(fresh).map(|(event, (id, act))| NewEvent {
            id,
            act,
            open: replaced(&event.open, &words),
            sealed: event.sealed.as_ref().map(|sealing| Sealing {
                plain: replaced(&sealing.plain, &words),
                under: KeyRef::Case(case),
            }),
            ..event.clone()
        });
        let stream = StreamAppend {
            stream: StreamName::Case(case),
            expected: Some(0),
            events: events.collect(),
        };
        let mut view = self.view.clone();
        (view.row.case, view.row.number, view.row.applicant_name) = (case, number.clone(), name.clone());
        for todo in &mut view.todos {
            (todo.case, todo.number, todo.applicant_name) = (case, number.clone(), name.clone());
        }
        (stream, view)
    }
}

fn replaced(bytes: &[u8], words: &[(String, String)]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    words
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
        .into_bytes()
}

/// One of some thousands of names.
fn name(n: usize) -> String {
    const FIRST: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜";
    const GIVEN: &str = "建国志强海燕春梅秀兰晓明文博丽娟永胜玉红立新桂芳宏伟雪琴";
    let pick = |list: &str, at: usize| list.chars().nth(at % list.chars().count()).unwrap_or('某');
    [pick(FIRST, n), pick(GIVEN, n / 31 + n), pick(GIVEN, n / 7)]
        .iter()
        .collect()
}
