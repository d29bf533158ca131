//! Names of streams. A stream is the unit of order: versions, chain and conflict are per stream.

use crate::error::Error;
use base::{CaseId, Date, InstitutionId, PersonId, SiteId};
use std::fmt;
use std::str::FromStr;

/// A stream's name, written `case/<id>`, `institution/<id>`, `person/<id>`, `series/<institution>/<year>/<kind>`,
/// `access/<institution>/<day>` or `site/<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum StreamName {
    /// One case.
    Case(CaseId),
    /// One institution.
    Institution(InstitutionId),
    /// One person.
    Person(PersonId),
    /// One series of numbers. Its versions are the numbers: it holds nothing but `number-issued`, so it has no gaps.
    Series {
        /// Who numbers.
        institution: InstitutionId,
        /// The year, 1–9999.
        year: i16,
        /// What is numbered: `[a-z][a-z0-9-]{0,31}`.
        kind: SeriesKind,
    },
    /// The readings by one institution on one day.
    Access {
        /// Whose people read.
        institution: InstitutionId,
        /// The day in Asia/Shanghai.
        day: Date,
    },
    /// The register of kin (近亲属备案) that one institution keeps.
    Kin(InstitutionId),
    /// The installation itself.
    Site(SiteId),
}

/// What a series numbers, e.g. `receipt` or `report`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeriesKind(String);

impl SeriesKind {
    /// Checks `[a-z][a-z0-9-]{0,31}`.
    pub fn new(text: &str) -> Result<SeriesKind, Error> {
        let good = text.len() <= 32
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if good {
            Ok(SeriesKind(text.into()))
        } else {
            Err(Error::Malformed(format!("series kind {text:?}")))
        }
    }

    /// The kind as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The first part of a stream's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StreamKind {
    /// `case`
    Case,
    /// `institution`
    Institution,
    /// `person`
    Person,
    /// `series`
    Series,
    /// `access`
    Access,
    /// `kin`
    Kin,
    /// `site`
    Site,
}

impl StreamKind {
    /// As the name begins.
    pub fn as_str(self) -> &'static str {
        match self {
            StreamKind::Case => "case",
            StreamKind::Institution => "institution",
            StreamKind::Person => "person",
            StreamKind::Series => "series",
            StreamKind::Access => "access",
            StreamKind::Kin => "kin",
            StreamKind::Site => "site",
        }
    }
}

impl StreamName {
    /// A series' name; refuses a kind or a year that cannot be written.
    pub fn series(institution: InstitutionId, year: i16, kind: &str) -> Result<StreamName, Error> {
        if !(1..=9999).contains(&year) {
            return Err(Error::Malformed(format!("series year {year}")));
        }
        Ok(StreamName::Series {
            institution,
            year,
            kind: SeriesKind::new(kind)?,
        })
    }

    /// Which kind of stream this is.
    pub fn kind(&self) -> StreamKind {
        match self {
            StreamName::Case(_) => StreamKind::Case,
            StreamName::Institution(_) => StreamKind::Institution,
            StreamName::Person(_) => StreamKind::Person,
            StreamName::Series { .. } => StreamKind::Series,
            StreamName::Access { .. } => StreamKind::Access,
            StreamName::Kin(_) => StreamKind::Kin,
            StreamName::Site(_) => StreamKind::Site,
        }
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind().as_str();
        match self {
            StreamName::Case(id) => write!(f, "{kind}/{id}"),
            StreamName::Institution(id) => write!(f, "{kind}/{id}"),
            StreamName::Person(id) => write!(f, "{kind}/{id}"),
            StreamName::Series {
                institution,
                year,
                kind: of,
            } => {
                write!(f, "{kind}/{institution}/{year:04}/{}", of.as_str())
            }
            StreamName::Access { institution, day } => write!(f, "{kind}/{institution}/{day}"),
            StreamName::Kin(id) => write!(f, "{kind}/{id}"),
            StreamName::Site(id) => write!(f, "{kind}/{id}"),
        }
    }
}

impl FromStr for StreamName {
    type Err = Error;

    /// Accepts exactly what `Display` writes.
    fn from_str(text: &str) -> Result<StreamName, Error> {
        let malformed = || Error::Malformed(format!("stream name {text:?}"));
        let parts: Vec<&str> = text.split('/').collect();
        let name = match parts.as_slice() {
            ["case", id] => StreamName::Case(id.parse().map_err(|_| malformed())?),
            ["institution", id] => StreamName::Institution(id.parse().map_err(|_| malformed())?),
            ["person", id] => StreamName::Person(id.parse().map_err(|_| malformed())?),
            ["series", id, year, kind] => StreamName::series(
                id.parse().map_err(|_| malformed())?,
                year.parse().map_err(|_| malformed())?,
                kind,
            )?,
            ["access", id, day] => StreamName::Access {
                institution: id.parse().map_err(|_| malformed())?,
                day: day.parse().map_err(|_| malformed())?,
            },
            ["kin", id] => StreamName::Kin(id.parse().map_err(|_| malformed())?),
            ["site", id] => StreamName::Site(id.parse().map_err(|_| malformed())?),
            _ => return Err(malformed()),
        };
        if name.to_string() == text {
            Ok(name)
        } else {
            Err(malformed())
        }
    }
}
