//! The outbox: what is to be sent out or done after an append's commit, written in its transaction. Rows are claimed,
//! never tailed by a global sequence: on PostgreSQL a late commit would be skipped.

use crate::dialect::{Batch, all, execute};
use crate::error::Error;
use crate::store::Store;
use crate::views::id;
use base::{EventId, Timestamp};

/// A message handed in with an append. Codes, ids and digests only: it lies open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMessage {
    /// Its id, also the receiver's key against duplicates: it may be delivered more than once.
    pub id: EventId,
    /// What it is about (code).
    pub topic: String,
    /// JSON.
    pub body: Vec<u8>,
}

/// A message claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// The message.
    pub message: OutboxMessage,
    /// When its append was recorded.
    pub created: Timestamp,
    /// How often it was claimed, this time included.
    pub attempts: u32,
}

pub(crate) fn write(batch: &mut Batch, messages: &[OutboxMessage], recorded: Timestamp) {
    let rows = messages.iter().map(|message| {
        let body = message.body.clone().into();
        let (id, topic) = (message.id.to_string().into(), message.topic.as_str().into());
        vec![id, topic, body, recorded.0.into(), recorded.0.into(), 0i64.into()]
    });
    batch.insert("outbox (id, topic, body, created, due, attempts)", rows.collect());
}

impl Store {
    /// Takes at most `limit` messages of a topic that are due; nobody else gets them before `until`. Order is not
    /// promised.
    pub async fn claim_outbox(
        &self,
        topic: &str,
        limit: u32,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<OutboxRow>, Error> {
        let dialect = self.inner.writer.dialect;
        let sql = format!(
            "update outbox set due = $2, attempts = attempts + 1
             where id in (select id from outbox where topic = $4 and due <= $1
                 order by due, id limit $3 {})
             returning id, topic, body, created, attempts",
            dialect.claim()
        );
        let values = vec![now.0.into(), until.0.into(), i64::from(limit).into(), topic.into()];
        let rows = all(&self.inner.writer.db, &sql, values).await?;
        rows.iter()
            .map(|row| {
                let attempts: i64 = row.try_get_by_index(4)?;
                Ok(OutboxRow {
                    message: OutboxMessage {
                        id: id(row, 0)?,
                        topic: row.try_get_by_index(1)?,
                        body: row.try_get_by_index(2)?,
                    },
                    created: Timestamp(row.try_get_by_index(3)?),
                    attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
                })
            })
            .collect()
    }

    /// Removes a message that was delivered.
    pub async fn finish_outbox(&self, message: EventId) -> Result<(), Error> {
        execute(
            &self.inner.writer.db,
            "delete from outbox where id = $1",
            vec![message.to_string().into()],
        )
        .await?;
        Ok(())
    }

    /// Gives a message back, to be claimed again from `at` on.
    pub async fn retry_outbox(&self, message: EventId, at: Timestamp) -> Result<(), Error> {
        let sql = "update outbox set due = $2 where id = $1";
        execute(
            &self.inner.writer.db,
            sql,
            vec![message.to_string().into(), at.0.into()],
        )
        .await?;
        Ok(())
    }
}
