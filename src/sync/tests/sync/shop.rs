//! A small shop on a disk in memory: what a shell does with a replica, for the tests to drive.

use std::collections::BTreeMap;

use pollster::block_on;
use tongxing_sync::activity::Subject;
use tongxing_sync::hlc::DeviceId;
use tongxing_sync::replica::{self, Commit, CommitRequest, Edit, Opened, Replica};
use tongxing_sync::row::{FieldKey, Row, RowId, RowKey, TableId};
use tongxing_sync::storage::{KeyRange, MemoryStorage, Records, Shelf, Storage, StorageError};

/// A morning in November.
pub(crate) const NOW: u64 = 1_700_000_000_000;

pub(crate) const SUBJECT: Subject = Subject([9; 16]);

/// All rows of a book with their bytes.
pub(crate) type Rows = BTreeMap<RowKey, Row>;

pub(crate) fn key(table: u16, id: u32) -> RowKey {
    let mut bytes = [0; 16];
    bytes[12..].copy_from_slice(&id.to_be_bytes());
    RowKey::new(TableId(table), RowId(bytes))
}

pub(crate) fn edit(key: RowKey, number: u16, value: &[u8]) -> Edit {
    Edit {
        key,
        field: FieldKey::plain(number),
        value: value.into(),
        subject: SUBJECT,
    }
}

pub(crate) fn request(edits: Vec<Edit>, now_ms: u64) -> CommitRequest {
    CommitRequest {
        edits,
        author: "Li Wei".to_owned(),
        now_ms,
        offset_ms: 0,
        record_activity: true,
    }
}

pub(crate) fn rows(replica: &Replica) -> Rows {
    let tables: Vec<_> = replica.tables().collect();
    let keyed = tables.into_iter().flat_map(|table| {
        replica
            .rows(table)
            .map(move |(id, row)| (RowKey::new(table, id), row.clone()))
    });
    keyed.collect()
}

pub(crate) fn opened(storage: &MemoryStorage, fresh: u64) -> Opened {
    block_on(replica::open(storage, DeviceId(fresh), |_| {})).unwrap()
}

pub(crate) fn records(storage: &MemoryStorage, shelf: Shelf) -> Records {
    block_on(storage.read(shelf, KeyRange::all(), None)).unwrap()
}

/// A replica and its disk.
pub(crate) struct Shop {
    pub(crate) storage: MemoryStorage,
    pub(crate) replica: Replica,
}

impl Shop {
    pub(crate) fn new(device: u64) -> Self {
        let storage = MemoryStorage::new();
        let replica = opened(&storage, device).replica;
        Self { storage, replica }
    }

    /// The shop after a restart, whatever came before.
    pub(crate) fn reopen(&self, fresh: u64) -> Self {
        let storage = self.storage.reopen();
        let opened = opened(&storage, fresh);
        assert_eq!(opened.quarantined, []);
        assert_eq!(opened.upkeep_error, None);
        Self {
            storage,
            replica: opened.replica,
        }
    }

    pub(crate) fn try_commit(
        &mut self,
        edits: Vec<Edit>,
        now_ms: u64,
    ) -> Result<Commit, StorageError> {
        let commit = self.replica.commit(request(edits, now_ms)).unwrap();
        block_on(self.storage.write(commit.batch.clone())).map(|()| commit)
    }

    pub(crate) fn commit(&mut self, edits: Vec<Edit>, now_ms: u64) -> Commit {
        self.try_commit(edits, now_ms).unwrap()
    }

    pub(crate) fn fold(&mut self, limit: usize) -> bool {
        let batch = self.replica.fold(limit);
        let folded = batch.is_some();
        if let Some(batch) = batch {
            block_on(self.storage.write(batch)).unwrap();
        }
        folded
    }

    pub(crate) fn value(&self, key: RowKey, number: u16) -> Option<Vec<u8>> {
        Some(self.replica.row(&key)?.get(number)?.value.to_vec())
    }

    pub(crate) fn rows(&self) -> Rows {
        rows(&self.replica)
    }

    pub(crate) fn records(&self, shelf: Shelf) -> Records {
        records(&self.storage, shelf)
    }
}
