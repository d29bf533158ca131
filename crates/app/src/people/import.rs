//! People with accounts from an Excel file: read, checked row by row, registered all together or not at all.
//!
//! Each account gets a one-time password, told once to whoever imported and changed by its owner at the first login.
//! Officers of the site are never made so. Who is registered without a login name is a person alone: a village may have
//! no account at all.

use super::{Institution, PERSON, Person, Registration, administers};
use crate::App;
use crate::authority::{Matter, Viewer, seat_in};
use crate::beside::Beside;
use crate::error::Result;
use crate::excel::{self, Row};
use base::law::Party;
use base::{ActId, InstitutionId, PersonId};
use casefile::refusal::Check;
use casefile::{FieldRefusal, Refusal, Role};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use store::{Account, Actor, Append, Appended, NewEvent, PersonRow, StreamAppend, StreamName, ViewChanges};

/// On the site's stream: that people were imported, which and how many accounts.
const IMPORTED: &str = "people-imported/1";

/// The most rows of one file: each account takes a password hash, which is slow on purpose.
pub const MOST_ROWS: usize = 200;

/// The columns of the file: name, words, the most characters.
pub const COLUMNS: [(&str, &str, usize); 6] = [
    ("name", "姓名", 50),
    ("post", "职务", 100),
    ("unit", "所在单位", 100),
    ("role", "岗位", 20),
    ("at", "岗位的机构", 100),
    ("login", "登录名", 30),
];

/// The roles that can be given so, with the parties whose institutions have them; anywhere where there is none.
pub const ROLES: [(&str, Role, &[Party]); 6] = [
    ("工作人员", Role::Worker, &[]),
    ("收件岗", Role::Intake, &[Party::Bureau]),
    ("调查人", Role::Investigator, &[]),
    ("负责人", Role::Lead, &[Party::Bureau, Party::Discipline]),
    ("市级协调人", Role::Coordinator, &[Party::City, Party::CityDiscipline]),
    ("单位签收人", Role::Recipient, &[]),
];

/// One row as it was typed: its number in the file, its cells in the order of [`COLUMNS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The row's number as Excel shows it.
    pub number: usize,
    /// What its cells say.
    pub cells: [String; COLUMNS.len()],
    /// What is wrong with it before it is looked at: formulas.
    pub wrong: Vec<FieldRefusal>,
}

/// One row looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// As it was typed.
    pub typed: Typed,
    /// What is wrong, by column; empty where it can be registered.
    pub wrong: Vec<FieldRefusal>,
    unit: Option<InstitutionId>,
    seat: Option<(Role, InstitutionId)>,
}

/// One person's slip: what they are told once.
#[derive(Clone, PartialEq, Eq)]
pub struct Slip {
    /// 姓名
    pub name: String,
    /// 所在单位
    pub unit: String,
    /// 登录名
    pub login: String,
    /// The one-time password.
    pub password: String,
}

/// What an import made.
#[derive(Clone, PartialEq, Eq)]
pub struct Imported {
    /// Who has an account, in the order of the file.
    pub slips: Vec<Slip>,
    /// How many were registered without one.
    pub without: usize,
}

#[derive(Serialize)]
struct ImportedCodes {
    persons: Vec<PersonId>,
    accounts: usize,
}

/// What is registered already.
struct Known {
    /// Whether the viewer gives all roles; otherwise the worker's alone.
    grants: bool,
    institutions: Vec<Institution>,
    people: Vec<PersonRow>,
    logins: HashSet<String>,
}

impl Typed {
    fn cell(&self, field: &str) -> &str {
        let at = COLUMNS.iter().position(|(name, ..)| *name == field);
        at.map_or("", |at| self.cells[at].trim())
    }
}

impl From<Row> for Typed {
    fn from(row: Row) -> Typed {
        let wrong = row.formulas.iter().filter_map(|column| COLUMNS.get(*column));
        let wrong = wrong.map(|(field, ..)| wrong_at(field, excel::FORMULA)).collect();
        let mut cells = row.cells.into_iter();
        Typed {
            number: row.number,
            cells: std::array::from_fn(|_| cells.next().unwrap_or_default()),
            wrong,
        }
    }
}

impl App {
    /// The rows of a file.
    ///
    /// # Errors
    /// Not found; a refusal at the field `file`.
    pub async fn people_file(&self, viewer: &Viewer, bytes: Vec<u8>) -> Result<Vec<Typed>> {
        administers(viewer)?;
        let headings = COLUMNS.map(|(_, label, _)| label);
        let read = tokio::task::spawn_blocking(move || excel::rows(&bytes, &headings, MOST_ROWS)).await?;
        Ok(read?.into_iter().map(Typed::from).collect())
    }

    /// What is wrong with each row, and with the rows together.
    ///
    /// # Errors
    /// Not found; too many rows, or none.
    pub async fn check_people(&self, viewer: &Viewer, rows: Vec<Typed>) -> Result<Vec<Checked>> {
        administers(viewer)?;
        if rows.is_empty() || rows.len() > MOST_ROWS {
            return Err(Refusal::field("file", format!("一次导入 1 到 {MOST_ROWS} 行。请分成几个文件。")).into());
        }
        let accounts = self.store.accounts().await?;
        let known = Known {
            grants: seat_in(viewer, Matter::GrantRoles).is_some(),
            institutions: self.institutions().await?,
            people: self.store.persons(None).await?,
            logins: accounts.iter().map(|account| account.login.to_lowercase()).collect(),
        };
        let mut checked: Vec<Checked> = rows.into_iter().map(|row| known.checked(row)).collect();
        twice(&mut checked);
        Ok(checked)
    }

    /// Registers every row, or none; the one-time passwords are told this once.
    ///
    /// # Errors
    /// Not found; a row is wrong; sent twice.
    pub async fn import_people(&self, viewer: &Viewer, act: ActId, rows: Vec<Typed>) -> Result<Imported> {
        let capacity = administers(viewer)?;
        if self.store.find_act(act).await?.is_some() {
            return Err(shown().into());
        }
        let rows = self.check_people(viewer, rows).await?;
        if rows.iter().any(|row| !row.wrong.is_empty()) {
            return Err(Refusal::field("file", "还有不对的行，一个人也没有登记。请改好再提交。").into());
        }
        let what = Beside {
            stream: StreamName::Site(self.store.site()),
            expected: None,
            kind: IMPORTED,
            act,
            by: Actor::Person(viewer.person),
            capacity,
            views: ViewChanges::default(),
        };
        let mut persons = Vec::with_capacity(rows.len());
        let (mut accounts, mut slips) = (Vec::new(), Vec::new());
        let (mut streams, mut views) = (Vec::new(), ViewChanges::default());
        for row in &rows {
            let person = PersonId(self.fresh_act().0);
            let registration = Registration::of(row.person(person));
            let registered = self.entry(&what, PERSON, &registration.codes, Some(&registration.text))?;
            streams.push(on(StreamName::Person(person), registered));
            views.persons.extend(registration.views().persons);
            persons.push(person);
            let login = row.typed.cell("login");
            if !login.is_empty() {
                let password = crate::login::one_time(self.ids.fresh());
                accounts.push(Account {
                    login: login.into(),
                    person,
                    password: self.hash_in_turn(&password).await?,
                    must_change: true,
                    changed: self.clock.now(),
                });
                slips.push(Slip {
                    name: registration.text.name,
                    unit: row.typed.cell("unit").into(),
                    login: login.into(),
                    password,
                });
            }
        }
        let codes = ImportedCodes {
            persons,
            accounts: accounts.len(),
        };
        let imported = self.entry(&what, IMPORTED, &codes, None::<&()>)?;
        streams.push(on(what.stream, imported));
        let append = Append {
            act,
            streams,
            views,
            accounts,
            ..Append::default()
        };
        match self.store.append(append).await? {
            Appended::Now(_) => Ok(Imported {
                without: rows.len() - slips.len(),
                slips,
            }),
            Appended::AlreadyDone(_) => Err(shown().into()),
        }
    }
}

impl Checked {
    fn person(&self, id: PersonId) -> Person {
        Person {
            id,
            name: self.typed.cell("name").into(),
            unit: self.unit,
            post: self.typed.cell("post").into(),
            capacities: self.seat.into_iter().collect(),
        }
    }

    fn wrong(&mut self, field: &str, sentence: impl Into<String>) {
        self.wrong.push(wrong_at(field, sentence));
    }
}

impl Known {
    /// A row looked at by itself.
    fn checked(&self, typed: Typed) -> Checked {
        let mut check = Check::new();
        for (field, label, most) in COLUMNS {
            match field {
                "name" | "unit" => check.required(field, label, typed.cell(field), most),
                _ => check.optional(field, label, typed.cell(field), most),
            };
        }
        let mut checked = Checked {
            wrong: typed.wrong.clone(),
            unit: None,
            seat: None,
            typed,
        };
        checked
            .wrong
            .extend(check.done().err().into_iter().flat_map(|refusal| refusal.fields));
        checked.unit = self.place(&mut checked, "unit").map(|unit| unit.id);
        self.seat(&mut checked);
        self.login(&mut checked);
        let (name, unit) = (checked.typed.cell("name"), checked.unit);
        let namesake = self
            .people
            .iter()
            .find(|person| person.unit == unit && person.name == name);
        if let Some(namesake) = namesake.filter(|_| unit.is_some()) {
            checked.wrong(
                "name",
                match namesake.active {
                    true => "这个单位已经登记了同名的人。是同一个人的，把这一行删掉，到“人员”里改；是两个人的，到“人员”里单独登记。",
                    false => "这个单位有同名的人，已经离岗。是本人回来的，把这一行删掉，到“人员”里打开这个人，重新登记。",
                },
            );
        }
        checked
    }

    /// The one institution of that name; none where the cell is empty.
    fn place(&self, checked: &mut Checked, field: &str) -> Option<&Institution> {
        let typed = checked.typed.cell(field);
        let mut named = self.institutions.iter().filter(|institution| institution.name == typed);
        match (typed.is_empty(), named.next(), named.next()) {
            (true, ..) => None,
            (_, Some(one), None) => Some(one),
            (_, None, _) => {
                checked.wrong(field, "没有登记过这个机构。请写登记的全名，或者先登记机构。");
                None
            }
            (_, Some(_), Some(_)) => {
                checked.wrong(field, "有几个机构叫这个名字。请到“人员”里单独登记这个人。");
                None
            }
        }
    }

    fn seat(&self, checked: &mut Checked) {
        let typed = checked.typed.cell("role");
        let role = ROLES.iter().find(|(words, ..)| *words == typed);
        let listed = ROLES.map(|(words, ..)| words).join("、");
        match (typed.is_empty(), role, checked.typed.cell("at").is_empty()) {
            (false, Some((_, role, _)), _) if !self.grants && *role != Role::Worker => checked.wrong(
                "role",
                "办案的岗位由安全管理员给。这里写“工作人员”，或者空着，登记以后请安全管理员到“人员”里给。",
            ),
            (true, _, true) | (false, Some(_), false) => {}
            (true, _, false) => checked.wrong("role", "写了机构，没写岗位。请写上，或者两格都空着。"),
            (false, None, _) => checked.wrong(
                "role",
                format!("岗位只能写这几种：{listed}。别的岗位到“人员”里单独登记。"),
            ),
            (false, Some(_), true) => checked.wrong("at", "写了岗位，没写岗位的机构。请写上。"),
        }
        let at = self.place(checked, "at").map(|at| (at.id, at.party));
        let (Some((words, role, parties)), Some((at, party))) = (role, at) else {
            return;
        };
        if parties.is_empty() || party.is_some_and(|party| parties.contains(&party)) {
            checked.seat = Some((*role, at));
        } else {
            checked.wrong("at", format!("这个机构没有“{words}”这个岗位。请检查岗位和机构。"));
        }
    }

    fn login(&self, checked: &mut Checked) {
        let login = checked.typed.cell("login").to_owned();
        if !login.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) {
            checked.wrong("login", "登录名只能用英文字母、数字和 . _ - 。请改。");
        } else if !login.is_empty() && self.logins.contains(&login.to_lowercase()) {
            checked.wrong("login", "这个登录名已经有人用了。请换一个。");
        }
    }
}

/// Notes at the later of two rows what both have: the same person, the same login name.
fn twice(checked: &mut [Checked]) {
    let (mut people, mut logins) = (HashMap::new(), HashMap::new());
    for row in checked {
        let number = row.typed.number;
        let who = (row.typed.cell("name").to_owned(), row.typed.cell("unit").to_owned());
        if !who.0.is_empty() {
            let first = *people.entry(who).or_insert(number);
            if first != number {
                row.wrong(
                    "name",
                    format!("和第 {first} 行是同一个单位的同一个名字。一个人只能写一行。"),
                );
            }
        }
        let login = row.typed.cell("login").to_lowercase();
        if !login.is_empty() {
            let first = *logins.entry(login).or_insert(number);
            if first != number {
                row.wrong("login", format!("和第 {first} 行的登录名一样。请换一个。"));
            }
        }
    }
}

fn on(stream: StreamName, event: NewEvent) -> StreamAppend {
    StreamAppend {
        stream,
        expected: None,
        events: vec![event],
    }
}

fn wrong_at(field: &str, sentence: impl Into<String>) -> FieldRefusal {
    FieldRefusal {
        field: field.into(),
        sentence: sentence.into(),
    }
}

fn shown() -> Refusal {
    Refusal {
        next: "没有打印下来的，在“人员”里打开这个人，按“重置密码”，给本人新的一次性密码。".into(),
        ..Refusal::already("这一批已经登记过了，密码条只显示一次。")
    }
}
