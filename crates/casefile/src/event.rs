//! Events: what acts record. One table of kinds; each kind's struct lives in the file of its act.
//!
//! An event has two parts. Its own fields are *open*: codes, dates, ids, digests, never free text and never a
//! family's data. Its `sealed` field is all else; the store encrypts it under the case's key. The names and posts of
//! those who acted, as they stood, are sealed too ([`Stood`]). JSON of fixed field order, no floats, no free keys.

use crate::acts::*;
use crate::case::File;
use crate::context::{Actor, Capacity};
use crate::paper::PaperMade;
use crate::{Case, Context};
use base::{ActId, EventId, PersonId, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// One kind of event: how it is split for the record, and what it does to the case.
pub trait Recorded: Serialize + DeserializeOwned {
    /// What is encrypted; `()` where the kind has no text.
    type Sealed: Serialize + DeserializeOwned + Default;
    /// The sealed part.
    fn sealed(&self) -> &Self::Sealed;
    /// Puts the decrypted sealed part back.
    fn unseal(&mut self, sealed: Self::Sealed);
    /// The stored files that the sealed part names. Their addresses stand in the open part as `files`, so that whoever
    /// verifies without a key knows which files have to exist (record.md 4).
    fn files(&self) -> Vec<&File> {
        Vec::new()
    }
    /// What the event does to the case. Never fails: what was recorded happened.
    fn apply(&self, case: &mut Case, meta: &Meta);
}

/// Implements the two accessors of [`Recorded`] for a struct with a `#[serde(skip)] pub sealed` field, or for one
/// without text.
#[macro_export]
macro_rules! sealed_part {
    () => {
        type Sealed = ();
        fn sealed(&self) -> &() {
            &()
        }
        fn unseal(&mut self, (): ()) {}
    };
    ($sealed:ty) => {
        type Sealed = $sealed;
        fn sealed(&self) -> &$sealed {
            &self.sealed
        }
        fn unseal(&mut self, sealed: $sealed) {
            self.sealed = sealed;
        }
    };
}

/// Everything about an event but its kind and body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// The event.
    pub event: EventId,
    /// The act that recorded it.
    pub act: ActId,
    /// Who acted.
    pub actor: PersonId,
    /// In what capacity.
    pub capacity: Capacity,
    /// Name and post as they stood.
    pub stood: Stood,
    /// When it was recorded.
    pub recorded: Timestamp,
    /// Its place in the case's stream, from 1.
    pub version: u64,
}

impl Meta {
    /// The meta of `event`, about to be recorded by this act as the `version`th of the case.
    pub fn of(ctx: &Context, event: &Event, version: u64) -> Meta {
        Meta {
            event: event.given_id().unwrap_or_else(|| EventId::fresh(ctx.ids)),
            act: ctx.act,
            actor: ctx.actor.person,
            capacity: ctx.actor.capacity,
            stood: Stood::of(ctx.actor),
            recorded: ctx.now,
            version,
        }
    }
}

/// Name and post of the actor as they stood on that day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// 姓名
    pub name: String,
    /// 职务
    pub post: String,
    /// The institution's name.
    pub institution: String,
}

impl Stood {
    /// As the actor stands now.
    pub fn of(actor: &Actor) -> Stood {
        Stood {
            name: actor.name.clone(),
            post: actor.post.clone(),
            institution: actor.institution_name.clone(),
        }
    }
}

/// The open bytes: the kind's own fields, then the files its sealed part names.
#[derive(Serialize)]
struct OpenBody<'a, T> {
    #[serde(flatten)]
    event: &'a T,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<&'a str>,
}

/// The sealed bytes: who acted, then the kind's words.
#[derive(Serialize, Deserialize)]
struct SealedBody<Who, Text> {
    by: Who,
    text: Text,
}

/// Why stored bytes are not an event this build knows.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// A kind, or a version of a kind, that this build does not know; loading stops.
    #[error("unknown kind of event: {0}")]
    UnknownKind(String),
    /// The bytes do not have the kind's shape.
    #[error("event {kind}: {source}")]
    Body {
        /// The kind.
        kind: String,
        /// What serde found.
        source: serde_json::Error,
    },
}

/// Where a file is stored, and the copy of it that is shown.
fn addresses(file: &File) -> [Option<&str>; 2] {
    [Some(&file.address), file.shown.as_deref()]
}

fn encode<T: Recorded>(event: &T, stood: &Stood) -> (Vec<u8>, Vec<u8>) {
    // Plain structs of strings and numbers: serialising them to memory has no way to fail.
    let files = event.files().into_iter().flat_map(addresses).flatten().collect();
    let open = serde_json::to_vec(&OpenBody { event, files }).unwrap_or_default();
    let sealed = serde_json::to_vec(&SealedBody {
        by: stood,
        text: event.sealed(),
    })
    .unwrap_or_default();
    (open, sealed)
}

fn decode<T: Recorded>(open: &[u8], sealed: Option<&[u8]>) -> Result<(T, Stood), serde_json::Error> {
    let mut event: T = serde_json::from_slice(open)?;
    let Some(sealed) = sealed else {
        return Ok((event, Stood::default()));
    };
    let body: SealedBody<Stood, T::Sealed> = serde_json::from_slice(sealed)?;
    event.unseal(body.text);
    Ok((event, body.by))
}

/// The event with every text of its sealed part changed.
fn with_texts<T: Recorded + Clone>(event: &T, change: &dyn Fn(&str) -> String) -> T {
    let mut sealed = serde_json::to_value(event.sealed()).unwrap_or_default();
    change_texts(&mut sealed, change);
    let mut changed = event.clone();
    // What is written in a shape is read in it; were it not, nothing would be shown rather than all.
    changed.unseal(serde_json::from_value(sealed).unwrap_or_default());
    changed
}

fn change_texts(value: &mut serde_json::Value, change: &dyn Fn(&str) -> String) {
    use serde_json::Value;
    // Ids, and addresses and digests of files, are no texts.
    let is_code = |text: &str| matches!(text.len(), 32 | 64) && text.bytes().all(|b| b.is_ascii_hexdigit());
    match value {
        Value::String(text) if !is_code(text) => *text = change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| change_texts(item, change)),
        Value::Object(fields) => fields.values_mut().for_each(|item| change_texts(item, change)),
        _ => {}
    }
}

macro_rules! events {
    ($($kind:literal $name:ident)+) => {
        /// An event of a case.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each kind is documented at its struct")]
        #[allow(clippy::large_enum_variant, reason = "events are handled one by one, and the largest is a case's first")]
        pub enum Event { $($name($name)),+ }

        impl Event {
            /// Every kind this build knows, in the order of the procedure.
            pub const KINDS: &[&str] = &[$($kind),+];

            /// The kind with its version, e.g. `accepted/1`.
            pub fn kind(&self) -> &'static str {
                match self { $(Event::$name(_) => $kind),+ }
            }

            /// The open and the sealed bytes, as they are stored.
            pub fn encode(&self, stood: &Stood) -> (Vec<u8>, Vec<u8>) {
                match self { $(Event::$name(event) => encode(event, stood)),+ }
            }

            /// The event as it is shown to those for whom its texts are changed: `change` gets each text of the sealed
            /// part. Never for the record.
            #[must_use]
            pub fn with_texts(&self, change: &dyn Fn(&str) -> String) -> Event {
                match self { $(Event::$name(event) => Event::$name(with_texts(event, change))),+ }
            }

            /// The event from its stored bytes. Without the sealed bytes (destroyed, or not for this reader) its
            /// texts are empty.
            ///
            /// # Errors
            /// An unknown kind, or bytes of another shape.
            pub fn decode(kind: &str, open: &[u8], sealed: Option<&[u8]>) -> Result<(Event, Stood), DecodeError> {
                match kind {
                    $($kind => decode::<$name>(open, sealed)
                        .map(|(event, stood)| (Event::$name(event), stood))
                        .map_err(|source| DecodeError::Body { kind: kind.into(), source }),)+
                    _ => Err(DecodeError::UnknownKind(kind.into())),
                }
            }
        }

        impl Event {
            /// The id it was given when it was decided; every other event is given one when it is recorded.
            pub fn given_id(&self) -> Option<EventId> {
                match self {
                    Event::OpinionCommitted(committed) => Some(committed.opinion),
                    _ => None,
                }
            }

            /// Whether its sealed part is encrypted under a key of its own, to be had only once an
            /// [`OpinionsOpened`] names the event (record.md 5).
            pub fn is_withheld(&self) -> bool {
                matches!(self, Event::OpinionCommitted(_))
            }
        }

        impl Case {
            /// Takes the event into the state.
            pub fn apply(&mut self, meta: &Meta, event: &Event) {
                self.version = meta.version;
                self.last_recorded = Some(meta.recorded);
                match event { $(Event::$name(event) => event.apply(self, meta)),+ }
            }
        }

        $(impl From<$name> for Event {
            fn from(event: $name) -> Event { Event::$name(event) }
        })+
    };
}

events! {
    "received/1" Received
    "supplement-requested/1" SupplementRequested
    "supplemented/1" Supplemented
    "accepted/1" Accepted
    "declined/1" Declined
    "transferred/1" ApplicationTransferred
    "clue-transferred/1" ClueTransferred
    "claim-amended/1" ClaimAmended
    "withdrawn/1" Withdrawn
    "basis-named/1" BasisNamed
    "linked/1" Linked
    "due-recomputed/1" DueRecomputed
    "lead-taken/1" LeadTaken
    "assigned/1" InvestigatorsAssigned
    "borrowed/1" BorrowingAsked
    "recusal-declared/1" RecusalDeclared
    "recusal-asked/1" RecusalAsked
    "recusal-ruled/1" RecusalRuled
    "investigator-replaced/1" InvestigatorReplaced
    "evidence-added/1" EvidenceAdded
    "investigated/1" Investigated
    "countersigned/1" Countersigned
    "found/1" Found
    "reading-chosen/1" ReadingWasChosen
    "invited/1" Invited
    "stated/1" Stated
    "statement-waived/1" StatementWaived
    "argument-answered/1" Answered
    "explained/1" Explained
    "conclusion-proposed/1" ConclusionProposed
    "conclusion-signed/1" ConclusionSigned
    "concluded/1" Concluded
    "opinion-committed/1" OpinionCommitted
    "opinions-opened/1" OpinionsOpened
    "reminded/1" Reminded
    "silence-noted/1" SilenceNoted
    "consultation-opened/1" ConsultationOpened
    "consultation-minuted/1" ConsultationMinuted
    "escalated/1" Escalated
    "coordinated/1" Coordinated
    "city-view-added/1" CityViewAdded
    "confirmed/1" Confirmed
    "reopened/1" Reopened
    "determined/1" Determined
    "deferred/1" Deferred
    "report-issued/1" ReportIssued
    "report-sent/1" ReportSent
    "report-received/1" ReportReceived
    "result-served/1" ResultServed
    "acknowledged/1" Acknowledged
    "served-otherwise/1" ServedOtherwise
    "use-recorded/1" UseRecorded
    "review-applied/1" ReviewApplied
    "reviewed/1" Reviewed
    "corrected/1" Corrected
    "filed/1" Filed
    "supplement-filed/1" SupplementFiled
    "secrecy-ordered/1" SecrecyOrdered
    "secrecy-confirmed/1" SecrecyConfirmed
    "paper-made/1" PaperMade
}
