//! 近亲属备案: which cadres of county, township and village are kin to a family that applies for assistance (五（四）).
//!
//! One register per bureau, on a stream of its own (`kin/<institution>`), entered by the bureau's intake by hand or from
//! an Excel file ([`import`]), all or nothing. Names and numbers are sealed. It is looked through by opening it: a
//! county's register is some thousands of entries. An entry typed wrongly is corrected or struck out ([`correct`]) and
//! stays. What it says of a case stands in [`matching`]; whether somebody is excluded is the investigators' finding,
//! never this register's.

pub mod correct;
pub mod import;
pub mod matching;
mod record;

pub use record::{Over, Slip, Version};

use crate::App;
use crate::authority::{Matter, Seat, Viewer, seat_in};
use crate::error::{Failure, Result};
use base::calendar::parse_date;
use base::id_number::IdNumber;
use base::{ActId, Date, EventId, InstitutionId, mask};
use casefile::Refusal;
use casefile::refusal::Check;
use record::Written;
use serde::{Deserialize, Serialize};
use store::{Append, StreamAppend, StreamName};

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

impl Typed {
    fn field(&self, name: &str) -> &str {
        let at = FIELDS.iter().position(|(field, ..)| *field == name);
        at.map_or("", |at| self.0[at].trim())
    }

    /// The same, with these in the fields that were left empty.
    #[must_use]
    fn or(&self, others: &[(&str, &String)]) -> Typed {
        let mut typed = self.clone();
        for (at, (field, ..)) in FIELDS.iter().enumerate() {
            let other = others.iter().find(|(name, _)| name == field);
            if let Some((_, other)) = other.filter(|_| typed.0[at].trim().is_empty()) {
                typed.0[at].clone_from(other);
            }
        }
        typed
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
    /// The register of the viewer's bureau, the latest first, families masked, what was corrected or struck out among
    /// it. That it was opened is recorded.
    ///
    /// # Errors
    /// Not found for who is not of a bureau's intake.
    pub async fn kin_register(&self, viewer: &Viewer) -> Result<Vec<Version>> {
        let seat = keeps(viewer)?;
        let mut versions = self.kin_versions(seat.capacity.institution).await?;
        self.kin_was_read(viewer, seat, versions.len()).await?;
        versions.reverse();
        Ok(versions.into_iter().map(Version::masked).collect())
    }

    /// Records one entry, typed by hand.
    ///
    /// # Errors
    /// Not found; a refusal by field.
    pub async fn record_kin(&self, viewer: &Viewer, act: ActId, typed: &Typed) -> Result<()> {
        let seat = keeps(viewer)?;
        let entry = typed.entry(self.today())?;
        self.append_kin(viewer, seat, act, None, &[Written::recorded(&entry)?])
            .await
    }

    /// Takes every row of an Excel file, or none. A row that stands in the register as it is stays; one that differs
    /// from what stands there of the same cadre and family corrects it, for the reason that is given with the file.
    ///
    /// # Errors
    /// Not found; a refusal that names row and column of what is wrong.
    pub async fn import_kin(
        &self,
        viewer: &Viewer,
        act: ActId,
        bytes: Vec<u8>,
        why: &correct::Why,
    ) -> Result<import::Imported> {
        let seat = keeps(viewer)?;
        let today = self.today();
        let read = tokio::task::spawn_blocking(move || import::entries(&bytes, today)).await;
        let rows = read.map_err(|e| Failure::Internal(e.to_string()))??;
        let events = self.store.read(&StreamName::Kin(seat.capacity.institution)).await?;
        let (written, imported) = import::against(record::versions(&events)?, rows, why, today)?;
        self.append_kin(viewer, seat, act, Some(events.len() as u64), &written)
            .await?;
        Ok(imported)
    }

    async fn kin_was_read(&self, viewer: &Viewer, seat: &Seat, entries: usize) -> Result<()> {
        let reading = store::access::RegisterReading {
            at: self.clock.now(),
            person: viewer.person,
            role: crate::codec::role_code(seat.capacity.role).into(),
            institution: seat.capacity.institution,
            entries: entries as u64,
        };
        Ok(self.store.record_register_reading(reading).await?)
    }

    /// Appends to the register of the seat's bureau, which stands at version `expected` where one is given.
    async fn append_kin(
        &self,
        viewer: &Viewer,
        seat: &Seat,
        act: ActId,
        expected: Option<u64>,
        written: &[Written],
    ) -> Result<()> {
        if written.is_empty() || self.store.find_act(act).await?.is_some() {
            return Ok(());
        }
        let now = self.clock.now();
        let event = |one: &Written| one.event(EventId::fresh(&*self.ids), act, viewer.person, seat.capacity, now);
        let stream = StreamAppend {
            stream: StreamName::Kin(seat.capacity.institution),
            expected,
            events: written.iter().map(event).collect(),
        };
        let append = Append {
            act,
            streams: vec![stream],
            ..Append::default()
        };
        match self.store.append(append).await {
            Err(store::Error::Conflict { .. }) => Err(Refusal::conflict("刚才有人改了登记。").into()),
            done => Ok(done.map(drop)?),
        }
    }

    /// The register of a bureau, the earliest first.
    pub(crate) async fn kin_versions(&self, bureau: InstitutionId) -> Result<Vec<Version>> {
        record::versions(&self.store.read(&StreamName::Kin(bureau)).await?)
    }
}

/// The seat in which the viewer keeps a register: the intake of a bureau.
fn keeps(viewer: &Viewer) -> Result<&Seat> {
    seat_in(viewer, Matter::KeepKin).ok_or_else(|| Refusal::not_found().into())
}
