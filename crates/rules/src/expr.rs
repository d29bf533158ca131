//! Rules as a pack writes them: expressions over questions, and clauses as conditions of outcomes.
//!
//! What they are as data and how they read in TOML; what they mean is said in `logic`.

use base::law::{ChoiceId, ClauseId, QuestionId, ReadingId};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor, value::MapAccessDeserializer};
use std::fmt;

/// A rule over questions: `all`, `any`, `not`, another clause, or a reading's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// The question is answered yes (or 不适用 where that counts as met).
    Question(QuestionId),
    /// Every part holds.
    All(Vec<Expr>),
    /// At least one part holds.
    Any(Vec<Expr>),
    /// The part does not hold.
    Not(Box<Expr>),
    /// Another clause holds.
    Clause(ClauseId),
    /// One of these choices of the reading is in force.
    Reading(Under),
}

/// A clause among an outcome's conditions, perhaps only under some choices of a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The clause.
    pub clause: ClauseId,
    /// The reading that decides whether the clause is a condition at all.
    pub under: Option<Under>,
}

/// "Under one of these choices of this reading."
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Under {
    /// The reading.
    pub reading: ReadingId,
    /// The choices under which it holds.
    pub is: Vec<ChoiceId>,
}

impl Expr {
    /// The questions it names itself (not those of clauses it refers to), each once, in the order they stand.
    pub fn questions(&self) -> Vec<QuestionId> {
        let mut found = Vec::new();
        questions_of(self, &mut found);
        found
    }
}

fn questions_of(expr: &Expr, found: &mut Vec<QuestionId>) {
    match expr {
        Expr::Question(id) if !found.contains(id) => found.push(id.clone()),
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| questions_of(part, found)),
        Expr::Not(part) => questions_of(part, found),
        Expr::Question(_) | Expr::Clause(_) | Expr::Reading(_) => {}
    }
}

impl<'de> Deserialize<'de> for Expr {
    /// `"question"`, `{ all = [ … ] }`, `{ any = [ … ] }`, `{ not = … }`, `{ clause = "s3-9" }`,
    /// `{ reading = "R3", is = ["always"] }`.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Expr, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            all: Option<Vec<Expr>>,
            any: Option<Vec<Expr>>,
            not: Option<Box<Expr>>,
            clause: Option<ClauseId>,
            reading: Option<ReadingId>,
            is: Option<Vec<ChoiceId>>,
        }
        struct Rule;
        impl<'de> Visitor<'de> for Rule {
            type Value = Expr;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("问题编号，或者 { all = […] }、{ any = […] }、{ not = … }、{ clause = … }、{ reading = …, is = […] }")
            }
            fn visit_str<E>(self, id: &str) -> Result<Expr, E> {
                Ok(Expr::Question(id.into()))
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Expr, M::Error> {
                match Table::deserialize(MapAccessDeserializer::new(map))? {
                    Table {
                        all: Some(parts),
                        any: None,
                        not: None,
                        clause: None,
                        reading: None,
                        is: None,
                    } => Ok(Expr::All(parts)),
                    Table {
                        all: None,
                        any: Some(parts),
                        not: None,
                        clause: None,
                        reading: None,
                        is: None,
                    } => Ok(Expr::Any(parts)),
                    Table {
                        all: None,
                        any: None,
                        not: Some(part),
                        clause: None,
                        reading: None,
                        is: None,
                    } => Ok(Expr::Not(part)),
                    Table {
                        all: None,
                        any: None,
                        not: None,
                        clause: Some(id),
                        reading: None,
                        is: None,
                    } => Ok(Expr::Clause(id)),
                    Table {
                        all: None,
                        any: None,
                        not: None,
                        clause: None,
                        reading: Some(reading),
                        is: Some(is),
                    } => Ok(Expr::Reading(Under { reading, is })),
                    _ => Err(M::Error::custom(
                        "规则的一层里只能写一种：all、any、not、clause，或者 reading 和 is 一起",
                    )),
                }
            }
        }
        from.deserialize_any(Rule)
    }
}

impl<'de> Deserialize<'de> for Condition {
    /// `"s3-5"`, or `{ clause = "s5-1", under = { reading = "R1", is = ["both"] } }`.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Condition, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            clause: ClauseId,
            under: Under,
        }
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Condition;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("条款编号，或者 { clause = …, under = { reading = …, is = […] } }")
            }
            fn visit_str<E>(self, clause: &str) -> Result<Condition, E> {
                Ok(Condition {
                    clause: clause.into(),
                    under: None,
                })
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Condition, M::Error> {
                let Table { clause, under } = Table::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Condition {
                    clause,
                    under: Some(under),
                })
            }
        }
        from.deserialize_any(Either)
    }
}
