//! What lies aside: the bin, the change list, and records that could not be read.

use super::{Store, Stored};
use crate::state::rows::row_key;
use tongxing_domain::goals::Signature;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::tables::Dealer;
use tongxing_sync::activity::{Activity, Subject, read_back};
use tongxing_sync::quarantine::Kept;
use tongxing_sync::row::DELETION;
use tongxing_sync::storage::{KeyRange, Shelf, Storage, StorageError, Write};
use tongxing_view::prelude::*;

/// A record in the bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binned {
    /// Its table's number.
    pub table: u16,
    /// Its id.
    pub id: Uuid,
    /// When it was deleted, in Unix milliseconds.
    pub deleted_ms: u64,
    /// Whether it was edited after that, on another device.
    pub edited_since: bool,
}

/// A stored record that could not be read, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it lay: the table's number and the record's id, if that much was legible.
    pub record: Option<(u16, Uuid)>,
    /// What is wrong with it, in English.
    pub reason: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Store {
    /// The records in the bin, the last deleted first; tracked.
    pub fn binned(self) -> Vec<Binned> {
        self.revision.track();
        self.inner.with_value(|inner| {
            let mut found: Vec<Binned> = inner
                .book
                .binned()
                .into_iter()
                .filter_map(|(table, id)| {
                    let row = inner.replica.row(&row_key(table.number, id))?;
                    Some(Binned {
                        table: table.number,
                        id,
                        deleted_ms: row.get(DELETION)?.hlc.ms(),
                        edited_since: row.edited_after_deletion(),
                    })
                })
                .collect();
            found.sort_unstable_by_key(|binned| {
                (
                    std::cmp::Reverse(binned.deleted_ms),
                    binned.table,
                    binned.id,
                )
            });
            found
        })
    }

    /// What was changed of a dealer and of what belongs to it, the newest first.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn activity(self, dealer: Id<Dealer>) -> Result<Vec<Activity>, StorageError> {
        let disk = self.inner.with_value(|inner| inner.disk.clone());
        let subject = Subject(*dealer.uuid().as_bytes());
        let range = KeyRange::prefix(subject.0);
        let records = disk.read(Shelf::Activity, range, None).await?;
        // A damaged record of the change list hides nothing else of it.
        let whole = records
            .iter()
            .filter_map(|(_, bytes)| Activity::decode(bytes).ok());
        let mut activities = read_back(whole);
        activities.sort_by_key(|activity| std::cmp::Reverse(activity.last()));
        Ok(activities)
    }

    /// The bytes of a blob, by its id; `None` for one that is not here, or not yet: where there is a
    /// team it is asked for, and [`Store::blobs_come`] changes when it has come.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn blob(self, id: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let key = id.as_bytes();
        // What was made a moment ago may still be on its way to the disk.
        let waiting = self.inner.with_value(|inner| {
            let mut writes = inner.waiting.iter().flat_map(|one| one.batch.writes());
            writes.find_map(|write| match write {
                Write::Put {
                    shelf: Shelf::Blobs,
                    key: of,
                    value,
                } if of == key => Some(value.clone()),
                _ => None,
            })
        });
        if waiting.is_some() {
            return Ok(waiting);
        }
        let disk = self.inner.with_value(|inner| inner.disk.clone());
        let found = disk.read(Shelf::Blobs, KeyRange::one(key), Some(1)).await?;
        let found = found.into_iter().next().map(|(_, bytes)| bytes);
        if found.is_none() {
            self.inner
                .with_value(|inner| inner.told(Stored::Wanted(id)));
        }
        Ok(found)
    }

    /// Changes whenever blobs have come from the team; tracked.
    pub fn blobs_come(self) -> u64 {
        self.blobs.get()
    }

    /// The drawing of a signature, by its id; see [`Store::blob`].
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn signature(self, id: &str) -> Result<Option<Signature>, StorageError> {
        let bytes = self.blob(id).await?;
        let read = |bytes: Vec<u8>| Signature::parse(std::str::from_utf8(&bytes).ok()?);
        Ok(bytes.and_then(read))
    }

    /// The stored records that could not be read and were put aside.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn unreadable(self) -> Result<Vec<Unreadable>, StorageError> {
        let disk = self.inner.with_value(|inner| inner.disk.clone());
        let records = disk.read(Shelf::Quarantine, KeyRange::all(), None).await?;
        Ok(records.into_iter().map(|(_, bytes)| read(bytes)).collect())
    }
}

fn read(stored: Vec<u8>) -> Unreadable {
    match Kept::decode(&stored) {
        Ok(Kept { key, reason, bytes }) => Unreadable {
            record: key.map(|key| (key.table.0, Uuid::from_bytes(key.id.0))),
            reason,
            bytes,
        },
        // Its own wrapping is damaged as well; its bytes are still worth handing out.
        Err(damage) => Unreadable {
            record: None,
            reason: damage.to_string(),
            bytes: stored,
        },
    }
}
