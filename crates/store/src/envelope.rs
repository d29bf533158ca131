//! What is hashed: a text of fourteen lines that an auditor can rebuild by hand and check with `openssl dgst -sm3`.
//!
//! The first line is `jinzhi-event/1`; each further line is `key:value`; each line, the last one too, ends with LF.
//! No line is optional: `sealed` is `-` where there is no sealed part, `prev` is `-` at the head of a stream.
//! Frozen with the first release.

use crate::error::Error;
use crate::event::Actor;
use crate::stream::StreamName;
use base::{ActId, Digest, EventId, SiteId, Timestamp};
use std::str::FromStr;

/// The first line: the format and its version.
pub const FORMAT: &str = "jinzhi-event/1";

/// The fields of an envelope, in the order of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The site that sequenced the event.
    pub site: SiteId,
    /// The stream.
    pub stream: StreamName,
    /// Its place in the stream, from 1.
    pub version: u64,
    /// `name/version`.
    pub kind: String,
    /// The event.
    pub event: EventId,
    /// The act.
    pub act: ActId,
    /// Who acted.
    pub actor: Actor,
    /// `role@institution`.
    pub capacity: String,
    /// When it was done, as claimed, in microseconds.
    pub acted: Timestamp,
    /// When it was recorded, in microseconds.
    pub recorded: Timestamp,
    /// SM3 of the stored open bytes.
    pub open: Digest,
    /// SM3 of the stored ciphertext.
    pub sealed: Option<Digest>,
    /// The hash before it in its stream.
    pub prev: Option<Digest>,
}

impl Envelope {
    /// The text that is hashed.
    pub fn text(&self) -> String {
        let dash = |digest: Option<Digest>| digest.map_or_else(|| "-".to_owned(), |d| d.to_string());
        format!(
            "{FORMAT}\nsite:{}\nstream:{}\nversion:{}\nkind:{}\nevent:{}\nact:{}\nactor:{}\ncapacity:{}\nacted:{}\n\
             recorded:{}\nopen:{}\nsealed:{}\nprev:{}\n",
            self.site,
            self.stream,
            self.version,
            self.kind,
            self.event,
            self.act,
            self.actor,
            self.capacity,
            self.acted.0,
            self.recorded.0,
            self.open,
            dash(self.sealed),
            dash(self.prev),
        )
    }

    /// The event's hash.
    pub fn hash(&self) -> Digest {
        Digest::of(self.text())
    }
}

impl FromStr for Envelope {
    type Err = Error;

    /// Accepts exactly what [`Envelope::text`] writes.
    fn from_str(text: &str) -> Result<Envelope, Error> {
        let mut lines = text.split('\n');
        if lines.next() != Some(FORMAT) {
            return Err(Error::Malformed(format!("envelope does not begin with {FORMAT}")));
        }
        let mut line = |key: &'static str| {
            let value = lines
                .next()
                .and_then(|l| l.strip_prefix(key))
                .and_then(|l| l.strip_prefix(':'));
            value.ok_or_else(|| Error::Malformed(format!("envelope lacks the line {key}")))
        };
        fn value<T: FromStr>(key: &str, text: &str) -> Result<T, Error> {
            text.parse()
                .map_err(|_| Error::Malformed(format!("envelope line {key}: {text:?}")))
        }
        fn dash(key: &str, text: &str) -> Result<Option<Digest>, Error> {
            if text == "-" {
                Ok(None)
            } else {
                value(key, text).map(Some)
            }
        }
        let envelope = Envelope {
            site: value("site", line("site")?)?,
            stream: line("stream")?.parse()?,
            version: value("version", line("version")?)?,
            kind: line("kind")?.to_owned(),
            event: value("event", line("event")?)?,
            act: value("act", line("act")?)?,
            actor: line("actor")?.parse()?,
            capacity: line("capacity")?.to_owned(),
            acted: Timestamp(value("acted", line("acted")?)?),
            recorded: Timestamp(value("recorded", line("recorded")?)?),
            open: value("open", line("open")?)?,
            sealed: dash("sealed", line("sealed")?)?,
            prev: dash("prev", line("prev")?)?,
        };
        crate::event::check_kind(&envelope.kind)?;
        crate::event::check_capacity(&envelope.capacity)?;
        if envelope.text() == text {
            Ok(envelope)
        } else {
            Err(Error::Malformed("envelope is not in its one form".into()))
        }
    }
}
