//! 近亲属备案: which cadres of county, township and village are kin to a family that applies for assistance (五（四）).
//!
//! One register per bureau, on a stream of its own (`kin/<institution>`), entered by the bureau's intake by hand or from
//! an Excel file ([`import`]), all or nothing. Names and numbers are sealed. It is looked through by opening it: a
//! county's register is some thousands of entries. What it says of a case stands in [`matching`]; whether somebody is
//! excluded is the investigators' finding, never this register's.

pub mod import;
pub mod matching;

use crate::App;
use crate::authority::{Matter, Seat, Viewer, seat_in};
use crate::codec::capacity_text;
use crate::error::{Failure, Result};
use base::calendar::parse_date;
use base::id_number::IdNumber;
use base::{ActId, Date, EventId, InstitutionId, mask};
use casefile::Refusal;
use casefile::refusal::Check;
use serde::{Deserialize, Serialize};
use store::{Actor, Append, KeyRef, NewEvent, Sealing, StoredEvent, StreamAppend, StreamName};

/// The kind of the event that records an entry.
pub const RECORDED: &str = "kin-recorded/1";

/// Where the cadre serves (县、乡、村三级).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 县级
    County,
    /// 乡镇（街道）
    Township,
    /// 村（社区）
    Village,
}

/// The rules' list of near kin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// 夫妻
    Spouse,
    /// 直系血亲
    Lineal,
    /// 三代以内旁系血亲
    Collateral,
    /// 近姻亲
    Affinity,
}

/// The levels: code, words.
pub const LEVELS: [(&str, &str, Level); 3] = [
    ("county", "县级", Level::County),
    ("township", "乡镇（街道）", Level::Township),
    ("village", "村（社区）", Level::Village),
];

/// The relations: code, words.
pub const RELATIONS: [(&str, &str, Relation); 4] = [
    ("spouse", "夫妻", Relation::Spouse),
    ("lineal", "直系血亲", Relation::Lineal),
    ("collateral", "三代以内旁系血亲", Relation::Collateral),
    ("affinity", "近姻亲", Relation::Affinity),
];

/// The fields of an entry in the order of the form and of the Excel file: name, words, the most characters.
pub const FIELDS: [(&str, &str, usize); 9] = [
    ("name", "干部姓名", 50),
    ("unit", "干部单位", 100),
    ("post", "干部职务", 100),
    ("level", "干部属于哪一级", 20),
    ("head", "户主姓名", 50),
    ("id_number", "户主身份证号", 40),
    ("village", "户所在的村（社区）", 100),
    ("relation", "干部和户主的关系", 20),
    ("recorded_on", "备案日期", 20),
];

/// An entry as somebody typed it, in the order of [`FIELDS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(pub [String; FIELDS.len()]);

/// An entry of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where the cadre serves.
    pub level: Level,
    /// How the cadre is kin to the head of the household.
    pub relation: Relation,
    /// The day it was recorded with the body that keeps it (备案日期), not the day it was entered here.
    pub recorded_on: Date,
    /// Who and which family.
    pub text: EntryText,
}

/// The sealed part of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryText {
    /// 干部姓名
    pub name: String,
    /// 干部单位
    pub unit: String,
    /// 干部职务
    pub post: String,
    /// 户主姓名
    pub head: String,
    /// 户主身份证号, checked, `X` in upper case.
    pub id_number: String,
    /// 村（社区）
    pub village: String,
}

/// The open part of an entry.
#[derive(Serialize, Deserialize)]
struct EntryCodes {
    level: Level,
    relation: Relation,
    recorded_on: Date,
}

impl Typed {
    fn field(&self, name: &str) -> &str {
        let at = FIELDS.iter().position(|(field, ..)| *field == name);
        at.map_or("", |at| self.0[at].trim())
    }

    /// The entry, checked.
    ///
    /// # Errors
    /// A refusal that names every field that is wrong.
    pub fn entry(&self, today: Date) -> std::result::Result<Entry, Refusal> {
        let mut check = Check::new();
        for (field, label, most) in FIELDS {
            check.required(field, label, self.field(field), most);
        }
        let level = one_of(&LEVELS, self.field("level"));
        let relation = one_of(&RELATIONS, self.field("relation"));
        let number = self.field("id_number").parse::<IdNumber>();
        let day = day(self.field("recorded_on"));
        // What is missing has been said.
        let given = |field: &str| !self.field(field).is_empty();
        check.that(
            !given("level") || level.is_some(),
            "level",
            listed("干部属于哪一级", &LEVELS),
        );
        if let Err(error) = &number {
            check.that(!given("id_number"), "id_number", error.to_string());
        }
        check.that(
            !given("relation") || relation.is_some(),
            "relation",
            listed("关系", &RELATIONS),
        );
        let words = "备案日期写成 2026-03-01 或者 2026年3月1日。";
        check.that(!given("recorded_on") || day.is_some(), "recorded_on", words);
        let to_come = day.is_some_and(|day| day > today);
        check.that(!to_come, "recorded_on", "备案日期不能晚于今天。请检查。");
        check.done()?;
        let (Some(level), Some(relation), Ok(number), Some(recorded_on)) = (level, relation, number, day) else {
            return Err(Refusal::field("name", "这一条没有填全。请检查。"));
        };
        let text = |field| self.field(field).to_owned();
        Ok(Entry {
            level,
            relation,
            recorded_on,
            text: EntryText {
                name: text("name"),
                unit: text("unit"),
                post: text("post"),
                head: text("head"),
                id_number: number.reveal().to_owned(),
                village: text("village"),
            },
        })
    }
}

impl Entry {
    /// The entry as lists and cases show it: the family masked.
    #[must_use]
    pub fn masked(mut self) -> Entry {
        self.text.head = mask::name(&self.text.head);
        self.text.id_number = mask::numbers(&self.text.id_number);
        self
    }
}

/// The words of a code.
pub fn words<T: PartialEq + Copy>(list: &[(&'static str, &'static str, T)], value: T) -> &'static str {
    list.iter()
        .find(|(.., one)| *one == value)
        .map_or("", |(_, words, _)| words)
}

/// By its code, as a form sends it, or by its words, as an Excel file has it.
fn one_of<T: Copy>(list: &[(&str, &str, T)], typed: &str) -> Option<T> {
    let found = list.iter().find(|(code, words, _)| *code == typed || *words == typed);
    found.map(|(.., value)| *value)
}

fn listed<T>(label: &str, list: &[(&str, &str, T)]) -> String {
    let words: Vec<&str> = list.iter().map(|(_, words, _)| *words).collect();
    format!("“{label}”只能写这几种：{}。", words.join("、"))
}

/// A day as people write it: `2026-03-01`, `2026/3/1`, `2026.3.1`, `2026年3月1日`.
fn day(typed: &str) -> Option<Date> {
    let typed = typed.trim_end_matches('日');
    if let Ok(day) = parse_date(typed) {
        return Some(day);
    }
    let parts: Vec<&str> = typed.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    let [year, month, day] = parts[..] else { return None };
    let year: i16 = year.parse().ok().filter(|year| (1900..=9999).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

impl App {
    /// The register of the viewer's bureau, the latest first, families masked. That it was opened is recorded.
    ///
    /// # Errors
    /// Not found for who is not of a bureau's intake.
    pub async fn kin_register(&self, viewer: &Viewer) -> Result<Vec<Entry>> {
        let seat = keeps(viewer)?;
        let mut entries = self.kin_entries(seat.capacity.institution).await?;
        let reading = store::access::RegisterReading {
            at: self.clock.now(),
            person: viewer.person,
            role: crate::codec::role_code(seat.capacity.role).into(),
            institution: seat.capacity.institution,
            entries: entries.len() as u64,
        };
        self.store.record_register_reading(reading).await?;
        entries.reverse();
        Ok(entries.into_iter().map(Entry::masked).collect())
    }

    /// Records one entry, typed by hand.
    ///
    /// # Errors
    /// Not found; a refusal by field.
    pub async fn record_kin(&self, viewer: &Viewer, act: ActId, typed: &Typed) -> Result<()> {
        let seat = keeps(viewer)?;
        let entry = typed.entry(self.today())?;
        self.append_kin(viewer, seat, act, &[entry]).await
    }

    /// Records every row of an Excel file, or none; how many.
    ///
    /// # Errors
    /// Not found; a refusal that names row and column of what is wrong.
    pub async fn import_kin(&self, viewer: &Viewer, act: ActId, bytes: Vec<u8>) -> Result<usize> {
        let seat = keeps(viewer)?;
        let today = self.today();
        let read = tokio::task::spawn_blocking(move || import::entries(&bytes, today)).await;
        let entries = read.map_err(|e| Failure::Internal(e.to_string()))??;
        self.append_kin(viewer, seat, act, &entries).await?;
        Ok(entries.len())
    }

    async fn append_kin(&self, viewer: &Viewer, seat: &Seat, act: ActId, entries: &[Entry]) -> Result<()> {
        let json = |e: serde_json::Error| Failure::Internal(e.to_string());
        let mut events = Vec::with_capacity(entries.len());
        for entry in entries {
            let codes = EntryCodes {
                level: entry.level,
                relation: entry.relation,
                recorded_on: entry.recorded_on,
            };
            events.push(NewEvent {
                id: EventId::fresh(&*self.ids),
                kind: RECORDED.into(),
                act,
                actor: Actor::Person(viewer.person),
                capacity: capacity_text(seat.capacity),
                acted: self.clock.now(),
                open: serde_json::to_vec(&codes).map_err(json)?,
                sealed: Some(Sealing {
                    plain: serde_json::to_vec(&entry.text).map_err(json)?,
                    under: KeyRef::Site,
                }),
            });
        }
        let stream = StreamAppend {
            stream: StreamName::Kin(seat.capacity.institution),
            expected: None,
            events,
        };
        let append = Append {
            act,
            streams: vec![stream],
            ..Append::default()
        };
        self.store.append(append).await?;
        Ok(())
    }

    /// The register of a bureau, the earliest first.
    pub(crate) async fn kin_entries(&self, bureau: InstitutionId) -> Result<Vec<Entry>> {
        let events = self.store.read(&StreamName::Kin(bureau)).await?;
        events.iter().map(entry_from).collect()
    }
}

fn entry_from(event: &StoredEvent) -> Result<Entry> {
    let broken = |e: serde_json::Error| Failure::Record(format!("{}: {}", event.kind, crate::codec::misshapen(&e)));
    if event.kind != RECORDED {
        return Err(Failure::Record(format!(
            "unknown kind {} in {}",
            event.kind, event.stream
        )));
    }
    let codes: EntryCodes = serde_json::from_slice(&event.open).map_err(broken)?;
    let text = serde_json::from_slice(event.sealed.plain().unwrap_or(b"null")).map_err(broken)?;
    Ok(Entry {
        level: codes.level,
        relation: codes.relation,
        recorded_on: codes.recorded_on,
        text,
    })
}

/// The seat in which the viewer keeps a register: the intake of a bureau.
fn keeps(viewer: &Viewer) -> Result<&Seat> {
    seat_in(viewer, Matter::KeepKin).ok_or_else(|| Refusal::not_found().into())
}
