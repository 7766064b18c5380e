//! Storage in memory: for tests, and for a session whose browser stores nothing.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::rc::Rc;

use super::{Batch, KeyRange, Records, Shelf, Storage, StorageError, Write};

/// How a coming write is to fail, for tests of what happens then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The write is refused with this error and stores nothing.
    Refuse(StorageError),
    /// The power goes after this many of the batch's writes: the batch is undone, and every later
    /// call answers [`StorageError::Closed`] until [`MemoryStorage::reopen`].
    CrashAfter(usize),
    /// The power goes after the batch is stored and before anybody hears of it.
    CrashUnheard,
}

/// Storage in memory. Clones share their records, as handles of one database do.
#[derive(Clone, Debug, Default)]
pub struct MemoryStorage {
    disk: Rc<RefCell<Disk>>,
}

#[derive(Debug, Default)]
struct Disk {
    shelves: BTreeMap<Shelf, BTreeMap<Vec<u8>, Vec<u8>>>,
    faults: VecDeque<Option<Fault>>,
    closed: bool,
}

/// What was under a key before a write.
type Before = (Shelf, Vec<u8>, Option<Vec<u8>>);

impl MemoryStorage {
    /// Storage without records.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets the next write fail; called again, the one after that.
    pub fn fail_next(&self, fault: Fault) {
        self.disk.borrow_mut().faults.push_back(Some(fault));
    }

    /// Lets `writes` more writes succeed before the next fault of [`MemoryStorage::fail_next`].
    pub fn succeed(&self, writes: usize) {
        self.disk
            .borrow_mut()
            .faults
            .extend(std::iter::repeat_n(None, writes));
    }

    /// A new handle after a crash: what was stored is there, no fault is left.
    #[must_use]
    pub fn reopen(&self) -> Self {
        let mut disk = self.disk.borrow_mut();
        disk.closed = false;
        disk.faults.clear();
        drop(disk);
        self.clone()
    }

    /// A separate copy of everything stored, as a backup of the disk would be.
    #[must_use]
    pub fn copy(&self) -> Self {
        let shelves = self.disk.borrow().shelves.clone();
        let disk = Disk {
            shelves,
            ..Disk::default()
        };
        Self {
            disk: Rc::new(RefCell::new(disk)),
        }
    }
}

impl Disk {
    fn put(&mut self, shelf: Shelf, key: Vec<u8>, value: Option<Vec<u8>>) -> Before {
        let records = self.shelves.entry(shelf).or_default();
        let before = match value {
            Some(value) => records.insert(key.clone(), value),
            None => records.remove(&key),
        };
        (shelf, key, before)
    }

    fn apply(&mut self, write: Write, undo: &mut Vec<Before>) {
        match write {
            Write::Put { shelf, key, value } => undo.push(self.put(shelf, key, Some(value))),
            Write::Delete { shelf, key } => undo.push(self.put(shelf, key, None)),
            Write::DeleteRange { shelf, range } => {
                for key in self.keys(shelf, &range) {
                    undo.push(self.put(shelf, key, None));
                }
            }
        }
    }

    fn keys(&self, shelf: Shelf, range: &KeyRange) -> Vec<Vec<u8>> {
        self.in_range(shelf, range)
            .map(|(key, _)| key.clone())
            .collect()
    }

    fn in_range(
        &self,
        shelf: Shelf,
        range: &KeyRange,
    ) -> impl Iterator<Item = (&Vec<u8>, &Vec<u8>)> {
        let bounds: (Bound<&Vec<u8>>, Bound<&Vec<u8>>) = (range.start.as_ref(), range.end.as_ref());
        self.shelves
            .get(&shelf)
            .filter(|_| !range.is_empty())
            .into_iter()
            .flat_map(move |records| records.range::<Vec<u8>, _>(bounds))
    }

    fn check_open(&self) -> Result<(), StorageError> {
        if self.closed {
            Err(StorageError::Closed)
        } else {
            Ok(())
        }
    }

    fn write(&mut self, batch: Batch) -> Result<(), StorageError> {
        self.check_open()?;
        let fault = self.faults.pop_front().flatten();
        if let Some(Fault::Refuse(error)) = fault {
            return Err(error);
        }
        let mut undo = Vec::new();
        for (done, write) in batch.into_writes().into_iter().enumerate() {
            if fault == Some(Fault::CrashAfter(done)) {
                break;
            }
            self.apply(write, &mut undo);
        }
        match fault {
            Some(Fault::CrashAfter(_)) => {
                for (shelf, key, before) in undo.into_iter().rev() {
                    self.put(shelf, key, before);
                }
                self.closed = true;
                Err(StorageError::Closed)
            }
            Some(Fault::CrashUnheard) => {
                self.closed = true;
                Err(StorageError::Closed)
            }
            Some(Fault::Refuse(_)) | None => Ok(()),
        }
    }
}

impl Storage for MemoryStorage {
    async fn read(
        &self,
        shelf: Shelf,
        range: KeyRange,
        limit: Option<usize>,
    ) -> Result<Records, StorageError> {
        let disk = self.disk.borrow();
        disk.check_open()?;
        let records = disk
            .in_range(shelf, &range)
            .take(limit.unwrap_or(usize::MAX));
        Ok(records
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect())
    }

    async fn keys(&self, shelf: Shelf, range: KeyRange) -> Result<Vec<Vec<u8>>, StorageError> {
        let disk = self.disk.borrow();
        disk.check_open()?;
        Ok(disk.keys(shelf, &range))
    }

    async fn count(&self, shelf: Shelf, range: KeyRange) -> Result<u64, StorageError> {
        let disk = self.disk.borrow();
        disk.check_open()?;
        Ok(disk.in_range(shelf, &range).count() as u64)
    }

    async fn write(&self, batch: Batch) -> Result<(), StorageError> {
        self.disk.borrow_mut().write(batch)
    }
}
