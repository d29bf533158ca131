//! Ids: 128 random bits, written as 32 lower-case hexadecimal digits, always handed in as arguments.
//!
//! One list, so that a reader sees every kind of thing that has an identity. Institutions and persons have ids of
//! their own; codes and names are attributes that may change.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;
use std::str::FromStr;

/// Where new ids come from: the system's randomness in the binary, a seeded sequence in tests.
pub trait IdSource: Send + Sync {
    /// Sixteen fresh bytes, never handed out before.
    fn fresh(&self) -> [u8; 16];
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// A new id from `source`.
            pub fn fresh(source: &dyn IdSource) -> Self {
                $name(source.fresh())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = hex::FromHexError;
            fn from_str(text: &str) -> Result<Self, hex::FromHexError> {
                let mut bytes = [0; 16];
                hex::decode_to_slice(text, &mut bytes)?;
                Ok($name(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(D::Error::custom)
            }
        }
    )+};
}

ids! {
    /// One act by one person: the idempotency key from the browser's form to the log.
    ActId
    /// One application and all that follows from it (案件).
    CaseId
    /// One official document (文书).
    DocumentId
    /// One application not yet handed in (没写完的申请).
    DraftId
    /// One event of a stream.
    EventId
    /// One piece of evidence (证据).
    EvidenceId
    /// One institution (机构): bureau, discipline group, city body, unit.
    InstitutionId
    /// One encryption key.
    KeyId
    /// One person (人员).
    PersonId
    /// One record of an interview, a visit or fetched papers (调查笔录).
    InquiryId
    /// One argument of the applicant's statement and defence (申辩理由).
    ArgumentId
    /// One installation.
    SiteId
}
