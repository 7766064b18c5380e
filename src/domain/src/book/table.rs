//! The records of one table in memory, and how they are found: by their id, and by what they refer to.

use crate::id::{Id, IdMap, Uuid};
use crate::schema::{AnyRecord, FieldSource, Record, read};
use crate::value::{Kind, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The records of one table.
///
/// Deleted records stay, out of every listing but [`Table::binned`].
#[derive(Debug)]
pub struct Table<T: Record> {
    /// In the order they came.
    records: Vec<Arc<T>>,
    places: Places,
    living: usize,
    revision: u64,
    /// Whether the book takes this table in: reading one that it does not is a fault of the program.
    known: bool,
    /// Whether it was read since somebody began to watch; see [`Book::watched`].
    read: AtomicBool,
}

/// Where the records of a table are found.
#[derive(Debug, Default)]
struct Places {
    by_id: IdMap<Uuid, u32>,
    /// Records by the id of a record that they refer to.
    by_reference: IdMap<Uuid, Referring>,
}

/// The records that refer to another.
#[derive(Debug, Default)]
struct Referring {
    places: Vec<u32>,
    /// The table's, when one of them was last set.
    revision: u64,
}

impl Places {
    /// Notes what the record at a place refers to now, and no longer.
    fn refer(&mut self, place: u32, before: &[Uuid], now: &[Uuid], revision: u64) {
        for gone in before.iter().filter(|id| !now.contains(id)) {
            if let Some(referring) = self.by_reference.get_mut(gone) {
                referring.places.retain(|other| *other != place);
                referring.revision = revision;
            }
        }
        for present in now {
            let referring = self.by_reference.entry(*present).or_default();
            referring.revision = revision;
            if !before.contains(present) {
                referring.places.push(place);
            }
        }
    }
}

impl<T: Record> Default for Table<T> {
    fn default() -> Self {
        Self {
            records: Vec::new(),
            places: Places::default(),
            living: 0,
            revision: 0,
            known: false,
            read: AtomicBool::new(false),
        }
    }
}

impl<T: Record> Table<T> {
    /// The records, of a table that the book knows.
    fn records(&self) -> &[Arc<T>] {
        debug_assert!(
            self.known,
            "{} is read before the book knows it",
            T::TABLE.key
        );
        self.read.store(true, Ordering::Relaxed);
        &self.records
    }

    /// A record that is not in the bin.
    pub fn get(&self, id: Id<T>) -> Option<&Arc<T>> {
        self.get_any(id).filter(|record| !record.state().deleted)
    }

    /// A record, in the bin or not.
    pub fn get_any(&self, id: Id<T>) -> Option<&Arc<T>> {
        self.records()
            .get(*self.places.by_id.get(&id.uuid())? as usize)
    }

    /// Every record that is not in the bin, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<T>> {
        self.records()
            .iter()
            .filter(|record| !record.state().deleted)
    }

    /// Every record in the bin, in the order they came.
    pub fn binned(&self) -> impl Iterator<Item = &Arc<T>> {
        self.records()
            .iter()
            .filter(|record| record.state().deleted)
    }

    /// The records that refer to a record of any table, in the order they came, without
    /// those in the bin.
    pub fn of<U>(&self, referred: Id<U>) -> impl Iterator<Item = &Arc<T>> {
        let records = self.records();
        self.places
            .by_reference
            .get(&referred.uuid())
            .into_iter()
            .flat_map(|referring| &referring.places)
            .filter_map(|place| records.get(*place as usize))
            .filter(|record| !record.state().deleted)
    }

    /// How many records are not in the bin.
    pub fn len(&self) -> usize {
        self.records();
        self.living
    }

    /// Whether every record is in the bin, or there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Grows with every change of the table.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// [`Table::revision`], for whoever answers by what was made from the whole table at that revision: such an
    /// answer is made from the table too.
    pub(crate) fn revision_read(&self) -> u64 {
        self.read.store(true, Ordering::Relaxed);
        self.revision
    }

    /// Grows with every change of a record that refers to a record of any table, or did.
    pub fn revision_of<U>(&self, referred: Id<U>) -> u64 {
        self.read.store(true, Ordering::Relaxed);
        let referring = self.places.by_reference.get(&referred.uuid());
        referring.map_or(0, |referring| referring.revision)
    }

    /// Makes room for records to come.
    pub fn reserve(&mut self, more: usize) {
        self.records.reserve(more);
        self.places.by_id.reserve(more);
    }

    /// Takes in a record as its row now reads.
    pub fn set(&mut self, record: T) {
        self.revision += 1;
        self.living += usize::from(!record.state().deleted);
        let id = record.uuid();
        let references = references_of(&record);
        let record = Arc::new(record);
        let place = self.places.by_id.get(&id).copied();
        if let Some((place, standing)) =
            place.and_then(|place| Some((place, self.records.get_mut(place as usize)?)))
        {
            let before = std::mem::replace(standing, record);
            self.living -= usize::from(!before.state().deleted);
            self.places
                .refer(place, &references_of(&*before), &references, self.revision);
        } else {
            // A book of four thousand million records does not fit into a browser's memory.
            let place = self.records.len() as u32;
            self.records.push(record);
            self.places.by_id.insert(id, place);
            self.places.refer(place, &[], &references, self.revision);
        }
    }
}

/// A table whose records are known only while the app runs.
pub trait AnyTable {
    /// Makes room for records to come.
    fn make_room(&mut self, more: usize);
    /// Takes in a row as it now reads.
    fn take(&mut self, id: Uuid, source: &dyn FieldSource);
    /// A record, in the bin or not.
    fn any(&self, id: Uuid) -> Option<&dyn AnyRecord>;
    /// Every record that is not in the bin, in the order they came.
    fn rows(&self) -> Vec<&dyn AnyRecord>;
    /// The records that refer to a record of any table, without those in the bin.
    fn referring(&self, id: Uuid) -> Vec<&dyn AnyRecord>;
    /// The ids of the records in the bin.
    fn binned_ids(&self) -> Vec<Uuid>;
    /// How many records are not in the bin.
    fn count(&self) -> usize;
    /// Grows with every change of the table.
    fn changes(&self) -> u64;
    /// From now on the book takes this table in; `false` if it did before.
    fn become_known(&mut self) -> bool;
    /// Says whether the table counts as read; tells whether it did.
    fn count_as_read(&self, read: bool) -> bool;
}

impl<T: Record> AnyTable for Table<T> {
    fn make_room(&mut self, more: usize) {
        self.reserve(more);
    }

    fn take(&mut self, id: Uuid, source: &dyn FieldSource) {
        self.set(read::<T>(Id::new(id), source));
    }

    fn any(&self, id: Uuid) -> Option<&dyn AnyRecord> {
        self.get_any(Id::new(id))
            .map(|record| &**record as &dyn AnyRecord)
    }

    fn rows(&self) -> Vec<&dyn AnyRecord> {
        self.iter()
            .map(|record| &**record as &dyn AnyRecord)
            .collect()
    }

    fn referring(&self, id: Uuid) -> Vec<&dyn AnyRecord> {
        self.of(Id::<()>::new(id))
            .map(|record| &**record as &dyn AnyRecord)
            .collect()
    }

    fn binned_ids(&self) -> Vec<Uuid> {
        self.binned().map(|record| record.uuid()).collect()
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn changes(&self) -> u64 {
        self.revision()
    }

    fn become_known(&mut self) -> bool {
        !std::mem::replace(&mut self.known, true)
    }

    fn count_as_read(&self, read: bool) -> bool {
        self.read.swap(read, Ordering::Relaxed)
    }
}

/// The ids that a record refers to.
fn references_of(record: &dyn AnyRecord) -> Vec<Uuid> {
    let mut found = Vec::new();
    for (place, spec) in record.table().fields.iter().enumerate() {
        if !matches!(spec.kind, Kind::Ref(_) | Kind::Refs(_) | Kind::Link) {
            continue;
        }
        match record.value(place) {
            Value::Ref(id) => found.push(id),
            Value::Refs(ids) => found.extend(ids),
            Value::Link(link) => found.push(link.id),
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
