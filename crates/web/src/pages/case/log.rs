//! 办案记录: the entries of the record in words, the latest first, each with what it came to where that fits a line.

use crate::words::{answer, moment};
use app::Standing;
use app::reading::CaseFile;
use casefile::Event;

/// One line of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// When, as the record has it.
    pub at: String,
    /// Who.
    pub who: String,
    /// What.
    pub what: &'static str,
    /// What it came to; empty where the title says it.
    pub detail: String,
    /// Its place in the case's stream.
    pub version: u64,
    /// It names a paper made by the entry before it.
    pub paper: bool,
}

/// The record, the latest first.
pub fn log(file: &CaseFile) -> Vec<LogLine> {
    let own = file.standing == Standing::Applicant;
    let lines = file.entries.iter().rev().map(|entry| {
        let stood = &entry.meta.stood;
        let who = if own && Some(entry.meta.actor) != file.case.applicant() {
            stood.institution.clone()
        } else {
            format!("{} {}", stood.institution, stood.name).trim().to_owned()
        };
        LogLine {
            at: moment(entry.meta.recorded),
            who: if who.is_empty() { "系统".into() } else { who },
            what: entry.event.title(),
            detail: if own { String::new() } else { detail(file, &entry.event) },
            version: entry.meta.version,
            paper: matches!(entry.event, Event::PaperMade(_)),
        }
    });
    lines.collect()
}

/// What an event came to. Nothing of an opinion: what it says stands in its box, once it is open.
fn detail(file: &CaseFile, event: &Event) -> String {
    match event {
        Event::Found(found) => {
            let question = file.pack.question(&found.question);
            let question = question.map_or(found.question.as_str(), |question| question.investigator.as_str());
            format!("“{question}”：{}", answer(found.answer))
        }
        Event::Concluded(concluded) if concluded.in_time => "在期限内".into(),
        Event::Concluded(_) => "超过期限".into(),
        Event::Determined(determined) => determined.outcome.to_string(),
        Event::Confirmed(confirmed) => confirmed.outcome.to_string(),
        _ => String::new(),
    }
}

/// The lines with those of one person doing the same thing again and again in one, without the papers made: these have
/// their own list.
pub fn gathered(lines: Vec<LogLine>) -> Vec<LogLine> {
    let mut gathered: Vec<(LogLine, usize)> = Vec::new();
    for line in lines.into_iter().filter(|line| !line.paper) {
        match gathered.last_mut() {
            Some((last, times)) if (last.who.as_str(), last.what) == (line.who.as_str(), line.what) => *times += 1,
            _ => gathered.push((line, 1)),
        }
    }
    let several = |(line, times): (LogLine, usize)| match times {
        1 => line,
        times => LogLine {
            detail: format!("{times} 次"),
            ..line
        },
    };
    gathered.into_iter().map(several).collect()
}
