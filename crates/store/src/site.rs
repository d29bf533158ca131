//! The installation: its SM2 key pair, its id (the fingerprint of its first public key) and the first event of its
//! stream, where the fingerprint of the master key stands on record.

use crate::append::{Append, StreamAppend};
use crate::error::Error;
use crate::event::{Actor, NewEvent};
use crate::keys::{KeyRef, Keys, Random};
use crate::store::Store;
use crate::stream::StreamName;
use base::{ActId, Digest, EventId, IdSource, KeyId, SiteId, Timestamp};
use serde::{Deserialize, Serialize};
use sm2::elliptic_curve::sec1::ToSec1Point;
use zeroize::Zeroizing;

/// The kind of a site's first event.
pub const SITE_FOUNDED: &str = "site-founded/1";

/// A new site's key pair.
pub(crate) struct SiteKey {
    secret: Zeroizing<Vec<u8>>,
    public: Vec<u8>,
}

impl SiteKey {
    /// Draws a key pair.
    pub(crate) fn draw(random: &dyn Random) -> Result<SiteKey, Error> {
        let mut bytes = Zeroizing::new([0; 32]);
        loop {
            random.fill(&mut *bytes).map_err(Error::io("random"))?;
            // A draw at or above the curve's order is no key (about one in 2^32): draw again.
            if let Ok(secret) = sm2::SecretKey::from_slice(&*bytes) {
                let public = secret.public_key().to_sec1_point(false).as_bytes().to_vec();
                return Ok(SiteKey {
                    secret: Zeroizing::new(bytes.to_vec()),
                    public,
                });
            }
        }
    }

    /// The first 16 bytes of SM3(public key), the key as an uncompressed SEC1 point (65 bytes).
    pub(crate) fn site(&self) -> SiteId {
        let mut id = [0; 16];
        id.copy_from_slice(&Digest::of(&self.public).0[..16]);
        SiteId(id)
    }

    /// The first event: what the site is known by (open), and its secret key (sealed under the site's data key).
    pub(crate) async fn founding(&self, keys: &Keys, ids: &dyn IdSource, now: Timestamp) -> Result<Append, Error> {
        let site = self.site();
        let data_key = keys.obtain(KeyRef::Site, now).await?;
        let open = Founded {
            public_key: hex::encode(&self.public),
            master_key: keys.fingerprint(),
            data_key: data_key.id,
            data_key_commitment: crate::seal::commitment(data_key.id, data_key.bytes()),
        };
        let secret = Zeroizing::new(hex::encode(&*self.secret));
        let act = ActId::fresh(ids);
        Ok(Append {
            act,
            streams: vec![StreamAppend {
                stream: StreamName::Site(site),
                expected: Some(0),
                events: vec![NewEvent {
                    id: EventId::fresh(ids),
                    kind: SITE_FOUNDED.into(),
                    act,
                    actor: Actor::System,
                    capacity: "-".into(),
                    acted: now,
                    open: crate::event::encode(&open),
                    sealed: Some(crate::event::Sealing {
                        plain: format!("{{\"secret_key\":\"{}\"}}", &*secret).into_bytes(),
                        under: KeyRef::Site,
                    }),
                }],
            }],
            ..Append::default()
        })
    }
}

/// The open part of a site's first event.
#[derive(Serialize, Deserialize)]
pub(crate) struct Founded {
    /// The SM2 key as an uncompressed SEC1 point, in hexadecimal.
    public_key: String,
    /// The master key's fingerprint.
    pub(crate) master_key: Digest,
    data_key: KeyId,
    pub(crate) data_key_commitment: Digest,
}

impl Founded {
    pub(crate) fn read(open: &[u8]) -> Result<Founded, Error> {
        serde_json::from_slice(open).map_err(|e| Error::Malformed(format!("first event of the site: {e}")))
    }
}

impl Store {
    /// This installation's id.
    pub fn site(&self) -> SiteId {
        self.inner.site
    }
}
