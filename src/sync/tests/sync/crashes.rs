//! Whenever the power goes, the store opens with exactly what had been acknowledged.

use pollster::block_on;
use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_sync::hlc::DeviceId;
use tongxing_sync::replica::{self, OpenError};
use tongxing_sync::storage::{Fault, MemoryStorage, Shelf, Storage, StorageError};

use crate::shop::{NOW, Shop, edit, key, opened};

#[derive(Clone, Debug)]
enum Step {
    Commit(Vec<(u16, u32, u16, Vec<u8>)>),
    /// More new rows than go through the journal.
    Import {
        table: u16,
    },
    Fold {
        limit: usize,
    },
    FoldOutbox,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => vec((0..2u16, 0..30u32, 0..4u16, vec(any::<u8>(), 0..3)), 1..6).prop_map(Step::Commit),
        1 => (10..13u16).prop_map(|table| Step::Import { table }),
        4 => (0..4usize).prop_map(|limit| Step::Fold { limit }),
        1 => Just(Step::FoldOutbox),
    ]
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        6 => (0..8usize).prop_map(Fault::CrashAfter),
        2 => Just(Fault::CrashUnheard),
    ]
}

/// Writes what the step brings forth; whether there was anything to write, and how that went.
fn take(shop: &mut Shop, step: Step, now_ms: u64) -> Result<(), StorageError> {
    match step {
        Step::Commit(edits) => {
            let edits = edits
                .into_iter()
                .map(|(table, id, field, value)| edit(key(table, id), field, &value))
                .collect();
            shop.try_commit(edits, now_ms).map(|_| ())
        }
        Step::Import { table } => {
            let edits = (0..700)
                .map(|id| edit(key(table, id), 1, b"imported"))
                .collect();
            shop.try_commit(edits, now_ms).map(|_| ())
        }
        Step::Fold { limit } => {
            let batch = shop.replica.fold(limit);
            batch.map_or(Ok(()), |batch| block_on(shop.storage.write(batch)))
        }
        Step::FoldOutbox => {
            let records = shop.records(Shelf::Outbox);
            let batch = tongxing_sync::replica::Replica::fold_outbox(&records);
            batch.map_or(Ok(()), |batch| block_on(shop.storage.write(batch)))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_crash_at_any_batch_leaves_what_was_acknowledged(
        steps in vec((step(), prop::option::weighted(0.25, fault())), 1..24),
    ) {
        let mut shop = Shop::new(1);
        for (number, (step, fault)) in steps.into_iter().enumerate() {
            let acknowledged = shop.rows();
            let clock = shop.replica.clock();
            if let Some(fault) = &fault {
                shop.storage.fail_next(fault.clone());
            }
            let written = take(&mut shop, step, NOW + number as u64);
            let intended = shop.rows();
            if written.is_err() {
                shop = shop.reopen(number as u64 + 2);
                let expected =
                    if fault == Some(Fault::CrashUnheard) { &intended } else { &acknowledged };
                prop_assert_eq!(&shop.rows(), expected);
                prop_assert!(shop.replica.clock().last() >= clock.last());
            } else {
                // A fault that met no batch must not hit a later step.
                shop.storage = shop.storage.reopen();
                prop_assert_eq!(&opened(&shop.storage, 5_000).replica.len(), &intended.len());
            }
        }
        let rows = shop.rows();
        prop_assert_eq!(&shop.reopen(9_999).rows(), &rows);
    }
}

#[test]
fn a_full_disk_keeps_the_edit_in_memory_and_takes_it_later() {
    let mut shop = Shop::new(1);
    shop.commit(vec![edit(key(1, 1), 1, b"a")], NOW);
    shop.storage
        .fail_next(Fault::Refuse(StorageError::QuotaExceeded));
    let commit = shop
        .replica
        .commit(crate::shop::request(
            vec![edit(key(1, 1), 1, b"b")],
            NOW + 1,
        ))
        .unwrap();
    let refused = block_on(shop.storage.write(commit.batch.clone()));
    assert_eq!(refused, Err(StorageError::QuotaExceeded));
    assert_eq!(shop.value(key(1, 1), 1).unwrap(), b"b");
    assert_eq!(shop.reopen(2).value(key(1, 1), 1).unwrap(), b"a");
    block_on(shop.storage.write(commit.batch)).unwrap();
    assert_eq!(shop.reopen(3).value(key(1, 1), 1).unwrap(), b"b");
}

#[test]
fn a_fold_that_was_never_written_loses_nothing() {
    let mut shop = Shop::new(1);
    shop.commit(
        vec![edit(key(1, 1), 1, b"a"), edit(key(1, 2), 1, b"b")],
        NOW,
    );
    let dropped = shop.replica.fold(10);
    assert!(dropped.is_some());
    shop.commit(vec![edit(key(1, 1), 2, b"c")], NOW + 1);
    assert_eq!(shop.reopen(2).rows(), shop.rows());
    assert!(shop.fold(10));
    let rows = shop.rows();
    let mut shop = shop.reopen(3);
    assert_eq!(shop.rows(), rows);
    while shop.fold(10) {}
    assert_eq!(shop.reopen(4).rows(), rows);
}

#[test]
fn a_disk_that_is_gone_is_an_error() {
    let storage = MemoryStorage::new();
    storage.fail_next(Fault::CrashAfter(0));
    let mut shop = Shop {
        replica: opened(&MemoryStorage::new(), 1).replica,
        storage,
    };
    assert_eq!(
        shop.try_commit(vec![edit(key(1, 1), 1, b"a")], NOW),
        Err(StorageError::Closed)
    );
    let opening = block_on(replica::open(&shop.storage, DeviceId(2), |_| {}));
    assert_eq!(
        opening.unwrap_err(),
        OpenError::Storage(StorageError::Closed)
    );
}
