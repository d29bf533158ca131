//! The master key is changed or leaves the site in two halves, on the site's record.
//!
//! Changing it: every wrapped key is wrapped anew, and the new fingerprint stands on the site's record.
//!
//! Four steps, each of which may be the last thing that happens: the next key lies on the disk before the table goes over
//! to it in one transaction; after that the next start puts it on record and in its place ([`Store::open`]). So either
//! the old or the new key works, never neither. Services still running with the old key can make no new one
//! ([`Error::MasterKeyChanged`]) and are to be started again.

use crate::append::{Append, StreamAppend};
use crate::dialect::{all, execute};
use crate::error::Error;
use crate::event::{Actor, NewEvent, encode};
use crate::keys::{TABLE, Wrapped};
use crate::master::{Master, MasterKey, next_path, put_in_place};
use crate::site::{Exported, MASTER_KEY_EXPORTED, MASTER_KEY_ROTATED, Rotated, fingerprints};
use crate::store::Store;
use crate::stream::StreamName;
use base::{ActId, Digest, EventId, PersonId};
use std::path::Path;
use zeroize::Zeroizing;

/// A change of the master key under way.
pub struct Rotation {
    store: Store,
    next: Master,
}

impl Store {
    /// First step: the next key is on the disk. One that a change broken off before has left there is taken up again.
    ///
    /// Where the master key comes from elsewhere, `handed_over` names the file with the key to change to; it is made where
    /// it is not there, for the operator to bring to where the key is kept.
    ///
    /// # Errors
    /// The key is the one in use; a file that others can read; `handed_over` missing or not called for.
    pub fn begin_rotation(&self, handed_over: Option<&Path>) -> Result<Rotation, Error> {
        let path = match (&self.inner.master_key, handed_over) {
            (MasterKey::Own, None) => next_path(&self.inner.directory),
            (MasterKey::File(_) | MasterKey::Given { .. }, Some(path)) => path.to_owned(),
            _ => return Err(Error::Malformed("file of the new master key".into())),
        };
        if !path.exists() {
            Master::draw(&*self.inner.keys.random)?.write(&path)?;
        }
        let next = Master::read(&path)?;
        if next.fingerprint() == self.inner.keys.fingerprint() {
            return Err(Error::MasterKeySame);
        }
        let store = self.clone();
        Ok(Rotation { store, next })
    }

    /// Splits the master key into two texts that give it together, for two people with their capacities; both are on record
    /// before the halves are handed out.
    ///
    /// # Errors
    /// The store; then nothing is handed out.
    pub async fn split_master_key(
        &self,
        act: ActId,
        people: [(PersonId, String); 2],
    ) -> Result<[Zeroizing<String>; 2], Error> {
        let [(first, capacity), (second, second_capacity)] = people;
        let exported = Exported {
            master_key: self.inner.keys.fingerprint(),
            second,
            second_capacity,
        };
        self.append_to_site(
            act,
            MASTER_KEY_EXPORTED,
            Actor::Person(first),
            &capacity,
            encode(&exported),
        )
        .await?;
        self.inner.keys.master.split(&*self.inner.keys.random)
    }

    /// Puts the master key's fingerprint on the site's record, where another one stands there as the last.
    pub(crate) async fn record_master_key(&self, now: Digest, actor: Actor, capacity: &str) -> Result<(), Error> {
        let on_record = fingerprints(&self.inner.read, self.site()).await?;
        let Some(before) = on_record.last().copied().filter(|last| *last != now) else {
            return Ok(());
        };
        // Of two that find the change at once, one records it.
        let named = Digest::of(format!("{MASTER_KEY_ROTATED} {} {before} {now}", on_record.len()));
        let mut act = ActId::default();
        act.0.copy_from_slice(&named.0[..16]);
        let rotated = Rotated {
            master_key: now,
            before,
        };
        self.append_to_site(act, MASTER_KEY_ROTATED, actor, capacity, encode(&rotated))
            .await
    }

    /// One event without a sealed part on the site's stream.
    async fn append_to_site(
        &self,
        act: ActId,
        kind: &str,
        actor: Actor,
        capacity: &str,
        open: Vec<u8>,
    ) -> Result<(), Error> {
        let event = NewEvent {
            id: EventId::fresh(&*self.inner.ids),
            kind: kind.into(),
            act,
            actor,
            capacity: capacity.into(),
            acted: self.inner.clock.now(),
            open,
            sealed: None,
        };
        let streams = vec![StreamAppend {
            stream: StreamName::Site(self.site()),
            expected: None,
            events: vec![event],
        }];
        self.append(Append {
            act,
            streams,
            ..Append::default()
        })
        .await?;
        Ok(())
    }
}

impl Rotation {
    /// The new key's fingerprint.
    pub fn fingerprint(&self) -> Digest {
        self.next.fingerprint()
    }

    /// Second step: all keys are wrapped under the next master key, in one transaction. Returns how many there are.
    ///
    /// # Errors
    /// A key that the old master key does not open; then nothing has changed.
    pub async fn rewrap(&self) -> Result<u64, Error> {
        let keys = &self.store.inner.keys;
        let table = keys.dialect.key_table();
        let transaction = keys.dialect.begin(&keys.db).await?;
        keys.dialect.lock(&transaction, &[TABLE]).await?;
        let sql = format!("select key_id, wrapped, scope from {table}");
        let update = format!("update {table} set wrapped = $2 where key_id = $1");
        let rows = all(&transaction, &sql, vec![]).await?;
        for row in &rows {
            let wrapped = Wrapped::read(row, row.try_get_by_index(2)?)?;
            if wrapped.under()? == self.next.fingerprint() {
                continue;
            }
            let key = wrapped.unwrap(&keys.master)?;
            let anew = Wrapped::wrap(&key, wrapped.scope, &self.next, keys.nonce()?)?;
            execute(
                &transaction,
                &update,
                vec![anew.id.to_string().into(), anew.bytes.into()],
            )
            .await?;
        }
        transaction.commit().await?;
        Ok(rows.len() as u64)
    }

    /// Third step: the new fingerprint is on the site's record.
    ///
    /// # Errors
    /// The store.
    pub async fn record(&self, actor: Actor, capacity: &str) -> Result<(), Error> {
        self.store.record_master_key(self.fingerprint(), actor, capacity).await
    }

    /// Fourth step: an own key takes the place of the old one, which is gone, and what was wrapped under the old one is
    /// wiped from the table's files.
    ///
    /// # Errors
    /// The file cannot be renamed; others are reading the table.
    pub async fn settle(&self) -> Result<(), Error> {
        if matches!(self.store.inner.master_key, MasterKey::Own) {
            put_in_place(&self.store.inner.directory, &self.next)?;
        }
        let keys = &self.store.inner.keys;
        keys.dialect.wipe(&keys.db, &[keys.dialect.key_table()]).await
    }
}
