//! Storage in memory keeps the contract, fails when told to, and then stores nothing.

use pollster::block_on;
use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_sync::conformance;
use tongxing_sync::storage::{
    Batch, Fault, KeyRange, MemoryStorage, Records, Shelf, Storage, StorageError,
};

fn all(storage: &MemoryStorage) -> Vec<Records> {
    let read = |shelf| block_on(storage.read(shelf, KeyRange::all(), None)).unwrap();
    Shelf::ALL.into_iter().map(read).collect()
}

fn batch() -> impl Strategy<Value = Batch> {
    let shelf = || prop::sample::select(vec![Shelf::Segments, Shelf::Journal, Shelf::Meta]);
    let key = || vec(0..3u8, 0..3);
    let step = prop_oneof![
        4 => (shelf(), key(), any::<u8>()).prop_map(|(shelf, key, value)| {
            let mut batch = Batch::new();
            batch.put(shelf, key, [value]);
            batch
        }),
        1 => (shelf(), key()).prop_map(|(shelf, key)| {
            let mut batch = Batch::new();
            batch.delete(shelf, key);
            batch
        }),
        1 => (shelf(), key(), key()).prop_map(|(shelf, start, end)| {
            let mut batch = Batch::new();
            batch.delete_range(shelf, KeyRange::between(start, end));
            batch
        }),
    ];
    vec(step, 0..8).prop_map(|steps| {
        steps.into_iter().fold(Batch::new(), |mut whole, step| {
            whole.append(step);
            whole
        })
    })
}

#[test]
fn storage_in_memory_conforms() {
    let stores = std::cell::RefCell::new(std::collections::BTreeMap::new());
    block_on(conformance::run_all(async |name: &str| {
        stores
            .borrow_mut()
            .entry(name.to_owned())
            .or_insert_with(MemoryStorage::new)
            .reopen()
    }));
}

proptest! {
    #[test]
    fn a_crash_within_a_batch_leaves_nothing_of_it(before in batch(), lost in batch(), at in 0..9usize) {
        let storage = MemoryStorage::new();
        block_on(storage.write(before)).unwrap();
        let kept = all(&storage);
        storage.fail_next(Fault::CrashAfter(at));
        prop_assert_eq!(block_on(storage.write(lost)), Err(StorageError::Closed));
        prop_assert_eq!(
            block_on(storage.count(Shelf::Meta, KeyRange::all())),
            Err(StorageError::Closed)
        );
        prop_assert_eq!(all(&storage.reopen()), kept);
    }

    #[test]
    fn a_prefix_holds_exactly_what_begins_with_it(
        prefix in vec(prop::sample::select(vec![0, 1, 254, 255u8]), 0..3),
        key in vec(prop::sample::select(vec![0, 1, 254, 255u8]), 0..4),
    ) {
        prop_assert_eq!(KeyRange::prefix(prefix.clone()).contains(&key), key.starts_with(&prefix));
    }

    #[test]
    fn empty_ranges_hold_nothing(
        start in vec(0..2u8, 0..2), end in vec(0..2u8, 0..2), key in vec(0..2u8, 0..3),
    ) {
        for range in [
            KeyRange::between(start.clone(), end.clone()),
            KeyRange::between(start.clone(), end.clone()).after(start.clone()),
            KeyRange::one(end.clone()).after(start.clone()),
        ] {
            prop_assert!(!range.is_empty() || !range.contains(&key), "{:?} {:?}", range, key);
        }
    }
}

#[test]
fn a_refused_write_stores_nothing_and_the_next_one_succeeds() {
    let storage = MemoryStorage::new();
    storage.succeed(1);
    storage.fail_next(Fault::Refuse(StorageError::QuotaExceeded));
    let mut batch = Batch::new();
    batch.put(Shelf::Meta, b"a", b"1");
    block_on(storage.write(batch.clone())).unwrap();
    let stored = all(&storage);
    let mut second = Batch::new();
    second.put(Shelf::Meta, b"b", b"2");
    assert_eq!(
        block_on(storage.write(second.clone())),
        Err(StorageError::QuotaExceeded)
    );
    assert_eq!(all(&storage), stored);
    assert_eq!(block_on(storage.write(second)), Ok(()));
}

#[test]
fn a_batch_names_its_shelves_once() {
    let mut batch = Batch::new();
    batch.put(Shelf::Outbox, b"a", b"1");
    batch.delete(Shelf::Journal, b"a");
    batch.delete_range(Shelf::Outbox, KeyRange::all());
    assert_eq!(batch.shelves(), [Shelf::Journal, Shelf::Outbox]);
}

#[test]
fn a_copy_is_apart() {
    let storage = MemoryStorage::new();
    let copy = storage.copy();
    let mut batch = Batch::new();
    batch.put(Shelf::Meta, b"a", b"1");
    block_on(storage.write(batch)).unwrap();
    assert_ne!(all(&storage), all(&copy));
}
