//! The installation: its SM2 key pair, its id (the fingerprint of its first public key) and the first event of its
//! stream, where the fingerprint of the master key stands on record.

use crate::append::{Append, StreamAppend};
use crate::dialect::all;
use crate::error::Error;
use crate::event::{Actor, NewEvent};
use crate::keys::{KeyRef, Keys, Random};
use crate::store::Store;
use crate::stream::StreamName;
use base::{ActId, Digest, EventId, IdSource, KeyId, PersonId, SiteId, Timestamp};
use sea_orm::{ConnectionTrait, QueryResult};
use serde::{Deserialize, Serialize};
use sm2::elliptic_curve::sec1::ToSec1Point;
use zeroize::Zeroizing;

/// The kind of a site's first event.
pub const SITE_FOUNDED: &str = "site-founded/1";
/// The kind of the event that says the master key was handed out in two halves.
pub const MASTER_KEY_EXPORTED: &str = "master-key-exported/1";
/// The kind of the event that names the master key's new fingerprint.
pub const MASTER_KEY_ROTATED: &str = "master-key-rotated/1";

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
    master_key: Digest,
    data_key: KeyId,
    pub(crate) data_key_commitment: Digest,
}

/// The open part of a master key handed out in two halves. The first of the two people is the event's actor.
#[derive(Serialize)]
pub(crate) struct Exported {
    /// The fingerprint of the key.
    pub(crate) master_key: Digest,
    /// Who vouched with the actor.
    pub(crate) second: PersonId,
    /// In what capacity.
    pub(crate) second_capacity: String,
}

/// The open part of a change of the master key.
#[derive(Serialize, Deserialize)]
pub(crate) struct Rotated {
    /// The fingerprint of the key that the key table is wrapped under now.
    pub(crate) master_key: Digest,
    /// The fingerprint on record before it.
    pub(crate) before: Digest,
}

/// The fingerprints of the master key that the site's stream names, the last one last.
pub(crate) async fn fingerprints(c: &impl ConnectionTrait, site: SiteId) -> Result<Vec<Digest>, Error> {
    /// What both kinds of event have.
    #[derive(Deserialize)]
    struct Named {
        master_key: Digest,
    }
    let sql = "select open from event where stream = $1 and kind in ($2, $3) order by version";
    let values = vec![
        StreamName::Site(site).to_string().into(),
        SITE_FOUNDED.into(),
        MASTER_KEY_ROTATED.into(),
    ];
    let named = |row: &QueryResult| {
        let open: Vec<u8> = row.try_get_by_index(0)?;
        let named: Named = serde_json::from_slice(&open).map_err(|e| Error::Malformed(format!("master key: {e}")))?;
        Ok(named.master_key)
    };
    all(c, sql, values).await?.iter().map(named).collect()
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
