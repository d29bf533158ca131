//! People data as rows: institutions, persons with their capacities, and settings (calendar years, publication days
//! of packs). Views like those of cases, derived from the streams of institutions, persons and the site.

use crate::dialect::{Batch, all, one, placeholders};
use crate::error::Error;
use crate::store::Store;
use crate::views::{flag, id, maybe_id, truth};
use base::{InstitutionId, PersonId};
use sea_orm::QueryResult;

/// An institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstitutionRow {
    /// Its id.
    pub id: InstitutionId,
    /// Its name.
    pub name: String,
    /// Its kind (code): bureau, discipline group, city body, unit.
    pub kind: String,
    /// Its division code.
    pub division: String,
    /// The institution above it.
    pub parent: Option<InstitutionId>,
    /// Its counterpart: a bureau's discipline group, a group's bureau.
    pub counterpart: Option<InstitutionId>,
    /// What else `app` keeps of it, as JSON text (机关代字, how it is addressed …).
    pub details: String,
    /// Whether it is in use.
    pub active: bool,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their unit.
    pub unit: Option<InstitutionId>,
    /// Their post.
    pub post: String,
    /// Whether they may log in and act.
    pub active: bool,
}

/// A role a person has at an institution.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Capacity {
    /// The role (code).
    pub role: String,
    /// The institution.
    pub institution: InstitutionId,
}

/// All rows of one person; they replace those that were there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// The person.
    pub row: PersonRow,
    /// Their capacities.
    pub capacities: Vec<Capacity>,
}

/// A setting, e.g. `calendar/2027` -> the year's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingRow {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

pub(crate) fn write_person(batch: &mut Batch, view: &PersonView) {
    let person = view.row.id.to_string();
    batch.add(
        "insert into person_view (id, name, unit, post, active) values ($1, $2, $3, $4, $5)
         on conflict (id) do update set
             name = excluded.name, unit = excluded.unit, post = excluded.post, active = excluded.active",
        vec![
            person.as_str().into(),
            view.row.name.as_str().into(),
            view.row.unit.map(|u| u.to_string()).into(),
            view.row.post.as_str().into(),
            flag(view.row.active),
        ],
    );
    batch.add("delete from capacity where person = $1", vec![person.as_str().into()]);
    let rows = view.capacities.iter().enumerate().map(|(place, capacity)| {
        let institution = capacity.institution.to_string().into();
        vec![
            person.as_str().into(),
            (place as i64).into(),
            capacity.role.as_str().into(),
            institution,
        ]
    });
    batch.insert("capacity (person, place, role, institution)", rows.collect());
}

pub(crate) fn write_institution(batch: &mut Batch, row: &InstitutionRow) {
    batch.add(
        "insert into institution_view (id, name, kind, division, parent, counterpart, details, active)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set
             name = excluded.name, kind = excluded.kind, division = excluded.division, parent = excluded.parent,
             counterpart = excluded.counterpart, details = excluded.details, active = excluded.active",
        vec![
            row.id.to_string().into(),
            row.name.as_str().into(),
            row.kind.as_str().into(),
            row.division.as_str().into(),
            row.parent.map(|i| i.to_string()).into(),
            row.counterpart.map(|i| i.to_string()).into(),
            row.details.as_str().into(),
            flag(row.active),
        ],
    );
}

pub(crate) fn write_setting(batch: &mut Batch, row: &SettingRow) {
    batch.add(
        "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
        vec![row.name.as_str().into(), row.value.as_str().into()],
    );
}

const PERSON: &str = "select id, name, unit, post, active from person_view";
const INSTITUTION: &str = "select id, name, kind, division, parent, counterpart, details, active from institution_view";

impl Store {
    /// One person.
    pub async fn person(&self, person: PersonId) -> Result<Option<PersonRow>, Error> {
        let sql = format!("{PERSON} where id = $1");
        one(&self.inner.read, &sql, vec![person.to_string().into()])
            .await?
            .map(|row| person_from(&row))
            .transpose()
    }

    /// Several persons, in the order of their ids.
    pub async fn persons_named(&self, ids: &[PersonId]) -> Result<Vec<PersonRow>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!("{PERSON} where id in ({}) order by id", placeholders(1, ids.len()));
        let values = ids.iter().map(|id| id.to_string().into()).collect();
        all(&self.inner.read, &sql, values)
            .await?
            .iter()
            .map(person_from)
            .collect()
    }

    /// All persons, or those of one unit, by name.
    pub async fn persons(&self, unit: Option<InstitutionId>) -> Result<Vec<PersonRow>, Error> {
        let (filter, values) = match unit {
            Some(unit) => (" where unit = $1", vec![unit.to_string().into()]),
            None => ("", vec![]),
        };
        let sql = format!("{PERSON}{filter} order by name, id");
        all(&self.inner.read, &sql, values)
            .await?
            .iter()
            .map(person_from)
            .collect()
    }

    /// A person's capacities, in the order they were given.
    pub async fn capacities(&self, person: PersonId) -> Result<Vec<Capacity>, Error> {
        let sql = "select role, institution from capacity where person = $1 order by place";
        let rows = all(&self.inner.read, sql, vec![person.to_string().into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Capacity {
                    role: row.try_get_by_index(0)?,
                    institution: id(row, 1)?,
                })
            })
            .collect()
    }

    /// The persons who have a role at an institution, by name.
    pub async fn holders(&self, role: &str, institution: InstitutionId) -> Result<Vec<PersonRow>, Error> {
        let sql = format!(
            "{PERSON} where id in (select person from capacity where institution = $1 and role = $2) order by name, id"
        );
        let values = vec![institution.to_string().into(), role.into()];
        all(&self.inner.read, &sql, values)
            .await?
            .iter()
            .map(person_from)
            .collect()
    }

    /// Whether anybody holds `role`, at whichever institution.
    pub async fn is_held(&self, role: &str) -> Result<bool, Error> {
        let sql = "select person from capacity where role = $1 limit 1";
        Ok(one(&self.inner.read, sql, vec![role.into()]).await?.is_some())
    }

    /// Whether anybody holds a role at an institution.
    pub async fn has_holders(&self, institution: InstitutionId) -> Result<bool, Error> {
        let sql = "select person from capacity where institution = $1 limit 1";
        let values = vec![institution.to_string().into()];
        Ok(one(&self.inner.read, sql, values).await?.is_some())
    }

    /// One institution.
    pub async fn institution(&self, institution: InstitutionId) -> Result<Option<InstitutionRow>, Error> {
        let sql = format!("{INSTITUTION} where id = $1");
        let row = one(&self.inner.read, &sql, vec![institution.to_string().into()]).await?;
        row.map(|row| institution_from(&row)).transpose()
    }

    /// Those of `institutions` that are of `kind`, and those of that kind below them.
    pub async fn below(&self, institutions: &[InstitutionId], kind: &str) -> Result<Vec<InstitutionId>, Error> {
        if institutions.is_empty() {
            return Ok(Vec::new());
        }
        let (first, of) = (placeholders(2, institutions.len()), "kind = $1");
        let sql = format!(
            "with recursive below (id) as (
                 select id from institution_view where {of} and id in ({first})
                 union
                 select i.id from institution_view i join below on i.parent = below.id where i.{of})
             select id from below order by id"
        );
        let ids = institutions.iter().map(|one| one.to_string().into());
        let rows = all(
            &self.inner.read,
            &sql,
            std::iter::once(kind.into()).chain(ids).collect(),
        )
        .await?;
        rows.iter().map(|row| id(row, 0)).collect()
    }

    /// All institutions, by division, kind and name.
    pub async fn institutions(&self) -> Result<Vec<InstitutionRow>, Error> {
        let sql = format!("{INSTITUTION} order by division, kind, name, id");
        all(&self.inner.read, &sql, vec![])
            .await?
            .iter()
            .map(institution_from)
            .collect()
    }

    /// One setting.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, Error> {
        let row = one(
            &self.inner.read,
            "select value from setting where name = $1",
            vec![name.into()],
        )
        .await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
    }

    /// The settings whose names begin with `prefix`, by name.
    pub async fn settings(&self, prefix: &str) -> Result<Vec<SettingRow>, Error> {
        let rows = all(
            &self.inner.read,
            "select name, value from setting order by name",
            vec![],
        )
        .await?;
        let mut settings = Vec::new();
        for row in rows {
            let name: String = row.try_get_by_index(0)?;
            if name.starts_with(prefix) {
                settings.push(SettingRow {
                    name,
                    value: row.try_get_by_index(1)?,
                });
            }
        }
        Ok(settings)
    }
}

fn person_from(row: &QueryResult) -> Result<PersonRow, Error> {
    Ok(PersonRow {
        id: id(row, 0)?,
        name: row.try_get_by_index(1)?,
        unit: maybe_id(row, 2)?,
        post: row.try_get_by_index(3)?,
        active: truth(row, 4)?,
    })
}

fn institution_from(row: &QueryResult) -> Result<InstitutionRow, Error> {
    Ok(InstitutionRow {
        id: id(row, 0)?,
        name: row.try_get_by_index(1)?,
        kind: row.try_get_by_index(2)?,
        division: row.try_get_by_index(3)?,
        parent: maybe_id(row, 4)?,
        counterpart: maybe_id(row, 5)?,
        details: row.try_get_by_index(6)?,
        active: truth(row, 7)?,
    })
}
