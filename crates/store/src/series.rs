//! Series of numbers: gapless, because a number is the version of its event in a stream of its own.
//!
//! Peek at the next number, put [`Number::issue`] into the same append as the act that bears it; where another took
//! the number first, the append is refused with a conflict and the caller peeks again.

use crate::append::StreamAppend;
use crate::error::Error;
use crate::event::{Actor, NewEvent, encode};
use crate::store::Store;
use crate::stream::StreamName;
use base::{ActId, EventId, InstitutionId, Timestamp};
use serde::Serialize;

/// The one kind of event a series holds.
pub const NUMBER_ISSUED: &str = "number-issued/1";

/// The next number of a series, not yet taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The series.
    pub stream: StreamName,
    /// The number, from 1.
    pub number: u64,
}

/// The open part of [`NUMBER_ISSUED`].
#[derive(Serialize)]
struct NumberIssued<'a> {
    number: u64,
    bearer: &'a str,
}

impl Store {
    /// Peeks at the next number of `kind` (e.g. `receipt`) of an institution in a year.
    pub async fn next_number(&self, institution: InstitutionId, year: i16, kind: &str) -> Result<Number, Error> {
        let stream = StreamName::series(institution, year, kind)?;
        let last = self.head(&stream).await?.map_or(0, |head| head.version);
        Ok(Number {
            stream,
            number: last + 1,
        })
    }
}

impl Number {
    /// What takes the number: add it to the append of the act that bears it. `bearer` is the id of the case or
    /// document numbered.
    pub fn issue(
        &self,
        event: EventId,
        act: ActId,
        actor: Actor,
        capacity: &str,
        acted: Timestamp,
        bearer: &str,
    ) -> StreamAppend {
        StreamAppend {
            stream: self.stream.clone(),
            expected: Some(self.number - 1),
            events: vec![NewEvent {
                id: event,
                kind: NUMBER_ISSUED.into(),
                act,
                actor,
                capacity: capacity.into(),
                acted,
                open: encode(&NumberIssued {
                    number: self.number,
                    bearer,
                }),
                sealed: None,
            }],
        }
    }
}
