//! `jinzhi replay`: a case as its record stood at some time, made from its events alone. Codes, days, names of those who
//! acted and outcomes; no word of what anybody wrote, and no opinion that was withheld then.

use crate::Failed;
use crate::arguments::{Format, Place};
use crate::record::existing;
use crate::site;
use crate::system::SystemClock;
use app::{App, Failure, Loaded};
use base::law::Party;
use base::{Date, PersonId, Timestamp};
use casefile::case::Case;
use casefile::stage::Stage;
use casefile::waiting::{Waiting, waiting};
use serde::Serialize;
use std::sync::Arc;

/// The state and the events, as they are printed.
#[derive(Serialize)]
struct Replayed {
    number: String,
    at: String,
    version: u64,
    stage: &'static str,
    stage_text: &'static str,
    applicant: Option<PersonId>,
    claim: Option<String>,
    received_on: Option<Date>,
    due: Option<Date>,
    provisional: bool,
    concluded_on: Option<Date>,
    investigators: Vec<String>,
    findings: Vec<Found>,
    readings: Vec<(String, String)>,
    opinions: Vec<Opined>,
    outcome: Option<String>,
    report: Option<String>,
    filed_on: Option<Date>,
    waiting: Vec<Waited>,
    events: Vec<Entry>,
}

#[derive(Serialize)]
struct Found {
    question: String,
    answer: base::law::Answer,
}

#[derive(Serialize)]
struct Opined {
    party: Party,
    at: String,
    /// `None` while it is withheld.
    outcome: Option<String>,
}

#[derive(Serialize)]
struct Waited {
    act: &'static str,
    title: &'static str,
    who: String,
    due: Option<Date>,
}

#[derive(Serialize)]
struct Entry {
    version: u64,
    recorded: String,
    kind: &'static str,
    title: &'static str,
    by: String,
}

/// Replays the case of that number up to `at`, or to now.
pub fn replay(number: &str, at: Option<&str>, format: Format, place: &Place) -> Result<(), Failed> {
    let at = match at {
        Some(text) => time(text)?,
        None => Timestamp(i64::MAX),
    };
    existing(place)?;
    site::run(async {
        let app = site::open(place, Arc::new(SystemClock), &[]).await?;
        let loaded = app.case_at(number, at).await.map_err(|e| match e {
            Failure::Refused(_) => Failed::no(format!("没有编号是 {number} 的案件，或者那时候还没有收到。")),
            other => Failed::no(other),
        })?;
        let replayed = replayed(&app, number, at, &loaded)?;
        match format {
            Format::Json => say!("{}", serde_json::to_string_pretty(&replayed).map_err(Failed::no)?),
            Format::Text => print(&replayed),
        }
        Ok(())
    })
}

/// `2026-09-20`, up to the end of that day, or `2026-09-20T15:40`, up to the end of that minute.
fn time(text: &str) -> Result<Timestamp, Failed> {
    let wrong = || Failed::use_(format!("“{text}”不是时间。请写成 2026-09-20 或者 2026-09-20T15:40。"));
    let (day, clock) = text
        .split_once(['T', ' '])
        .map_or((text, None), |(day, clock)| (day, Some(clock)));
    let day = base::calendar::parse_date(day).map_err(|_| wrong())?;
    let start = match clock {
        None => Timestamp::on(day.tomorrow().map_err(|_| wrong())?, 0, 0),
        Some(clock) => {
            let (hour, minute) = clock.split_once(':').ok_or_else(wrong)?;
            let at = Timestamp::on(
                day,
                hour.parse().map_err(|_| wrong())?,
                minute.parse().map_err(|_| wrong())?,
            );
            at.map(|at| Timestamp(at.0 + 60_000_000))
        }
    };
    start.map(|after| Timestamp(after.0 - 1)).ok_or_else(wrong)
}

fn replayed(app: &App, number: &str, at: Timestamp, loaded: &Loaded) -> Result<Replayed, Failed> {
    let case = &loaded.case;
    let pack = app.packs().procedure(case).map_err(Failed::no)?;
    let last = case.last_recorded.unwrap_or_default();
    let (until, today) = match at.0 {
        i64::MAX => (last, app.today()),
        _ => (at, at.date()),
    };
    let assessment = app.assessment(case).map_err(Failed::no)?;
    let waits = waiting(case, &pack.procedure, &assessment, &app.calendar(), today);
    let receipt = case.receipt.as_ref();
    let stage = Stage::of(case);
    Ok(Replayed {
        number: number.into(),
        at: until.to_string(),
        version: case.version,
        stage: stage.code(),
        stage_text: stage.name(),
        applicant: case.applicant(),
        claim: case.claim.as_ref().map(ToString::to_string),
        received_on: receipt.map(|receipt| receipt.received_on),
        due: receipt.map(|receipt| receipt.due.due),
        provisional: receipt.is_some_and(|receipt| receipt.due.provisional),
        concluded_on: case.conclusion.as_ref().map(|conclusion| conclusion.on),
        investigators: case.active_investigators().map(|i| i.name.clone()).collect(),
        findings: findings(case),
        readings: case
            .reading_choices()
            .iter()
            .map(|(id, choice)| (id.to_string(), choice.to_string()))
            .collect(),
        opinions: opinions(case),
        outcome: case
            .determination()
            .map(|determination| determination.outcome.to_string()),
        report: case.reports.last().map(|report| report.number.clone()),
        filed_on: case.filed.as_ref().map(|filed| filed.on),
        waiting: waits.iter().map(|wait| waited(case, wait)).collect(),
        events: loaded.entries.iter().map(entry).collect(),
    })
}

fn findings(case: &Case) -> Vec<Found> {
    let answers = case.answers();
    let found = answers.iter().map(|(question, answer)| Found {
        question: question.to_string(),
        answer: *answer,
    });
    found.collect()
}

fn opinions(case: &Case) -> Vec<Opined> {
    let opined = case.opinions.iter().map(|(party, opinion)| Opined {
        party: *party,
        at: opinion.at.to_string(),
        outcome: opinion.content.as_ref().map(|content| content.outcome.to_string()),
    });
    opined.collect()
}

fn waited(case: &Case, wait: &Waiting) -> Waited {
    Waited {
        act: wait.act.code(),
        title: wait.act.title(),
        who: wait.who.text(case),
        due: wait.due,
    }
}

fn entry(entry: &app::Entry) -> Entry {
    let stood = &entry.meta.stood;
    let by = format!("{} {}", stood.institution, stood.name).trim().to_owned();
    Entry {
        version: entry.meta.version,
        recorded: entry.meta.recorded.to_string(),
        kind: entry.event.kind(),
        title: entry.event.title(),
        by: if by.is_empty() { "系统".into() } else { by },
    }
}

fn print(case: &Replayed) {
    say!("{}　到 {} 为止，共 {} 条记录", case.number, case.at, case.version);
    say!("状态：{}", case.stage_text);
    if let (Some(received), Some(due)) = (case.received_on, case.due) {
        let provisional = if case.provisional { "（暂定）" } else { "" };
        let concluded = case
            .concluded_on
            .map_or_else(String::new, |on| format!("，{on} 作出结论"));
        say!("收到 {received}，最迟 {due}{provisional} 出结论{concluded}");
    }
    if !case.investigators.is_empty() {
        say!("调查人：{}", case.investigators.join("、"));
    }
    if !case.findings.is_empty() {
        say!("查明：{} 题", case.findings.len());
    }
    for opinion in &case.opinions {
        let party = casefile::words::party(opinion.party);
        let said = opinion.outcome.as_deref().unwrap_or("还没有打开");
        say!("意见：{party}，{}：{said}", opinion.at);
    }
    if let Some(outcome) = &case.outcome {
        say!(
            "认定：{outcome}　{}",
            case.report.as_deref().unwrap_or("还没有出具报告")
        );
    }
    if let Some(on) = case.filed_on {
        say!("归档：{on}");
    }
    for wait in &case.waiting {
        let due = wait.due.map_or_else(String::new, |due| format!("，{due} 前"));
        say!("等{}：{}{due}", wait.who, wait.title);
    }
    say!("记录：");
    for event in &case.events {
        say!(
            "{:>4}  {}  {}　{}",
            event.version,
            event.recorded,
            event.title,
            event.by
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_they_are_typed() {
        let told = |text| time(text).ok().map(|at| at.to_string());
        assert_eq!(told("2026-09-20").as_deref(), Some("2026-09-20 23:59"));
        assert_eq!(told("2026-09-20T15:40").as_deref(), Some("2026-09-20 15:40"));
        assert_eq!(told("2026-09-20 15:40").as_deref(), Some("2026-09-20 15:40"));
        for wrong in ["", "昨天", "2026-02-30", "2026-09-20T25:00", "2026-09-20T15"] {
            assert!(told(wrong).is_none(), "{wrong}");
        }
    }
}
