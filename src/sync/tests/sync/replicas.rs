//! What a replica does with commits, with received rows, and with other tabs on its disk.

use std::collections::BTreeMap;

use pollster::block_on;
use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_sync::activity::{Activity, read_back};
use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::outbox::{Outbox, Unsent};
use tongxing_sync::replica::{self, BULK_ROWS, Replica};
use tongxing_sync::row::{FieldKey, MAX_VALUE_BYTES, Register, Row, RowError};
use tongxing_sync::segment;
use tongxing_sync::storage::{Batch, Shelf, Storage};

use crate::shop::{NOW, Shop, edit, key, opened, request};

fn outbox(shop: &Shop) -> Outbox {
    let records = shop.records(Shelf::Outbox);
    Outbox::fold(
        records
            .iter()
            .map(|(_, bytes)| Outbox::decode(bytes).unwrap()),
    )
}

fn activities(shop: &Shop) -> Vec<Activity> {
    let records = shop.records(Shelf::Activity);
    read_back(
        records
            .iter()
            .map(|(_, bytes)| Activity::decode(bytes).unwrap()),
    )
}

#[test]
fn a_commit_is_in_memory_at_once_and_on_the_disk_when_written() {
    let mut shop = Shop::new(1);
    let commit = shop.commit(
        vec![edit(key(1, 2), 1, b"b"), edit(key(1, 1), 1, b"a")],
        NOW,
    );
    assert_eq!(commit.changed, [key(1, 1), key(1, 2)]);
    assert_eq!(commit.stamp, Hlc::new(NOW, 0, DeviceId(1)));
    assert_eq!(shop.value(key(1, 1), 1).unwrap(), b"a");
    let again = shop.reopen(2);
    assert_eq!(again.rows(), shop.rows());
    assert_eq!(
        again.replica.device(),
        DeviceId(1),
        "the first opening named the device"
    );
    assert_eq!(again.replica.clock(), shop.replica.clock());
    assert_eq!(again.replica.len(), 2);
}

#[test]
fn a_commit_in_pieces_is_the_same_commit() {
    let edits: Vec<_> = (0..600).map(|id| edit(key(1, id), 1, b"a")).collect();
    let (mut whole, mut pieces) = (Shop::new(1), Shop::new(1));
    whole.commit(edits.clone(), NOW);
    let prepared: Vec<_> = edits
        .chunks(256)
        .map(|piece| {
            pieces
                .replica
                .prepare(request(piece.to_vec(), NOW))
                .unwrap()
        })
        .collect();
    assert!(
        pieces.replica.is_empty(),
        "nothing is there before it is applied"
    );
    let mut batch = Batch::new();
    let mut inverse = Vec::new();
    for piece in prepared {
        let commit = pieces.replica.apply(piece, true);
        batch.append(commit.batch);
        inverse.extend(commit.inverse);
    }
    assert_eq!(inverse.len(), 600);
    block_on(pieces.storage.write(batch)).unwrap();
    assert_eq!(pieces.records(Shelf::Segments).len(), 3);
    let again = pieces.reopen(2);
    let values = |shop: &Shop| -> Vec<_> {
        let rows = shop.rows().into_iter();
        rows.map(|(key, row)| (key, row.get(1).unwrap().value.to_vec()))
            .collect()
    };
    assert_eq!(values(&again), values(&whole));
    assert_eq!(again.replica.clock(), pieces.replica.clock());
}

#[test]
fn edits_that_change_nothing_write_nothing() {
    let mut shop = Shop::new(1);
    shop.commit(vec![edit(key(1, 1), 1, b"a")], NOW);
    let clock = shop.replica.clock();
    let commit = shop.commit(
        vec![edit(key(1, 1), 1, b"a"), edit(key(1, 9), 1, b"")],
        NOW + 5,
    );
    assert!(commit.batch.is_empty() && commit.changed.is_empty() && commit.inverse.is_empty());
    assert_eq!(shop.replica.clock(), clock);
    assert!(shop.replica.row(&key(1, 9)).is_none());
}

#[test]
fn of_two_edits_of_one_field_the_last_counts() {
    let mut shop = Shop::new(1);
    let edits = vec![
        edit(key(1, 1), 1, b"a"),
        edit(key(1, 1), 2, b"x"),
        edit(key(1, 1), 1, b"b"),
    ];
    shop.commit(edits, NOW);
    assert_eq!(shop.value(key(1, 1), 1).unwrap(), b"b");
    assert_eq!(shop.value(key(1, 1), 2).unwrap(), b"x");
}

#[test]
fn a_value_too_long_is_refused_and_nothing_applied() {
    let mut shop = Shop::new(1);
    let edits = vec![
        edit(key(1, 1), 1, b"a"),
        edit(key(1, 2), 3, &vec![0; MAX_VALUE_BYTES + 1]),
    ];
    let error = shop.replica.commit(request(edits, NOW)).unwrap_err();
    assert_eq!((error.key, error.field), (key(1, 2), 3));
    assert_eq!(error.reason, RowError::ValueTooLong(MAX_VALUE_BYTES + 1));
    assert!(shop.replica.is_empty());
}

#[test]
fn the_outbox_keeps_what_each_edit_was_based_on() {
    let mut shop = Shop::new(1);
    let first = shop.commit(vec![edit(key(1, 1), 1, b"a")], NOW).stamp;
    assert_eq!(outbox(&shop).entries[&key(1, 1)], Unsent::Whole);
    // As after a push.
    let mut sent = Batch::new();
    sent.delete_range(Shelf::Outbox, tongxing_sync::storage::KeyRange::all());
    block_on(shop.storage.write(sent)).unwrap();

    shop.commit(
        vec![edit(key(1, 1), 1, b"b"), edit(key(1, 1), 2, b"x")],
        NOW + 1,
    );
    shop.commit(vec![edit(key(1, 1), 1, b"c")], NOW + 2);
    let bases = BTreeMap::from([(FieldKey::plain(1), first), (FieldKey::plain(2), Hlc::ZERO)]);
    assert_eq!(outbox(&shop).entries[&key(1, 1)], Unsent::Fields(bases));

    let folded = Replica::fold_outbox(&shop.records(Shelf::Outbox)).unwrap();
    let before = outbox(&shop);
    block_on(shop.storage.write(folded)).unwrap();
    assert_eq!(shop.records(Shelf::Outbox).len(), 1);
    assert_eq!(outbox(&shop), before);
    assert_eq!(Replica::fold_outbox(&shop.records(Shelf::Outbox)), None);
}

#[test]
fn saving_at_every_pause_leaves_one_activity() {
    let mut shop = Shop::new(1);
    let row = key(3, 1);
    shop.commit(vec![edit(row, 1, b"first")], NOW);
    for pause in 1..20u8 {
        shop.commit(vec![edit(row, 1, &[pause])], NOW + u64::from(pause) * 1_000);
    }
    assert_eq!(shop.records(Shelf::Activity).len(), 1);
    // A restart begins another record, and reading brings both together.
    let mut shop = shop.reopen(2);
    shop.commit(vec![edit(row, 1, b"last")], NOW + 30_000);
    assert_eq!(shop.records(Shelf::Activity).len(), 2);
    let [activity] = &activities(&shop)[..] else {
        panic!("one activity")
    };
    let change = &activity.changes[&FieldKey::plain(1)];
    assert_eq!(
        (change.old.as_deref(), &change.new[..]),
        (None, &b"last"[..])
    );
    assert_eq!(
        (activity.first().ms(), activity.last().ms()),
        (NOW, NOW + 30_000)
    );

    shop.commit(vec![edit(row, 1, b"later")], NOW + 700_000);
    let found = activities(&shop);
    assert_eq!(found.len(), 2);
    assert_eq!(
        found[1].changes[&FieldKey::plain(1)].old.as_deref(),
        Some(&b"last"[..])
    );
}

#[test]
fn another_author_and_a_quiet_commit_are_kept_apart() {
    let mut shop = Shop::new(1);
    shop.commit(vec![edit(key(1, 1), 1, b"a")], NOW);
    let mut other = request(vec![edit(key(1, 1), 1, b"b")], NOW + 1);
    other.author = "Zhang Min".to_owned();
    let commit = shop.replica.commit(other).unwrap();
    block_on(shop.storage.write(commit.batch)).unwrap();
    let mut quiet = request(vec![edit(key(1, 2), 1, b"b")], NOW + 2);
    quiet.record_activity = false;
    let commit = shop.replica.commit(quiet).unwrap();
    assert_eq!(commit.batch.shelves(), [Shelf::Journal, Shelf::Outbox]);
    let authors: Vec<_> = activities(&shop)
        .into_iter()
        .map(|at| at.identity.author)
        .collect();
    assert_eq!(authors, ["Li Wei", "Zhang Min"]);
}

#[test]
fn an_edit_of_a_value_from_the_future_takes_effect() {
    let mut shop = Shop::new(1);
    let future = Hlc::new(NOW + 1_000_000_000, 3, DeviceId(u64::MAX));
    let register = Register {
        hlc: future,
        value: (*b"wrong clock").into(),
    };
    let row = Row::from_registers([(FieldKey::plain(1), register)]).unwrap();
    let received = shop.replica.receive(vec![(key(1, 1), row)], NOW);
    assert_eq!(received.far_future, [key(1, 1)]);
    assert_eq!(shop.value(key(1, 1), 1).unwrap(), b"wrong clock");
    shop.commit(
        vec![edit(key(1, 1), 1, b"mine"), edit(key(1, 1), 2, b"x")],
        NOW,
    );
    assert_eq!(shop.value(key(1, 1), 1).unwrap(), b"mine");
    assert!(
        shop.replica.clock().last().ms() <= NOW + 60_000,
        "the clock did not follow"
    );
}

#[test]
fn received_rows_are_kept_and_nothing_of_them_is_sent_back() {
    let mut writer = Shop::new(1);
    let mut reader = Shop::new(2);
    writer.commit((0..20).map(|id| edit(key(4, id), 1, b"row")).collect(), NOW);
    let rows: Vec<_> = writer.rows().into_iter().collect();
    let received = reader.replica.receive(rows.clone(), NOW);
    assert_eq!(received.changed.len(), 20);
    assert_eq!(received.batch.shelves(), [Shelf::Journal, Shelf::Meta]);
    block_on(reader.storage.write(received.batch)).unwrap();
    assert_eq!(reader.reopen(3).rows(), writer.rows());
    let replayed = reader.replica.receive(rows, NOW);
    assert!(replayed.changed.is_empty() && replayed.batch.is_empty());
    let stamp = reader
        .commit(vec![edit(key(4, 1), 1, b"new")], NOW - 500)
        .stamp;
    assert!(
        stamp > writer.replica.clock().last(),
        "what comes after a received edit says so"
    );
}

#[test]
fn many_new_rows_go_straight_into_segments() {
    let count = u32::try_from(BULK_ROWS).unwrap() + 300;
    let mut shop = Shop::new(1);
    shop.commit(vec![edit(key(5, 0), 1, b"there before")], NOW);
    let edits = |value: &'static [u8]| {
        (0..count)
            .map(|id| edit(key(5, id), 1, value))
            .collect::<Vec<_>>()
    };
    let commit = shop.commit(edits(b"imported"), NOW);
    let segments = shop.records(Shelf::Segments);
    let stored: Vec<_> = segments
        .iter()
        .map(|(_, bytes)| segment::decode(bytes).unwrap().rows.len())
        .collect();
    assert!(stored.iter().all(|&rows| rows <= segment::ROWS));
    assert_eq!(stored.iter().sum::<usize>(), count as usize - 1);
    assert_eq!(
        shop.replica.unfolded(),
        2,
        "the row that was there goes through the journal"
    );
    assert_eq!(shop.reopen(2).rows(), shop.rows());

    shop.commit(commit.inverse, NOW + 1);
    assert_eq!(shop.value(key(5, 0), 1).unwrap(), b"there before");
    let deleted = shop.rows().values().filter(|row| row.deleted()).count();
    assert_eq!(deleted, count as usize - 1);
    let rows = shop.rows();
    while shop.fold(2) {}
    assert_eq!(shop.rows(), rows);
    assert_eq!(shop.reopen(3).rows(), rows);
}

#[test]
fn a_segment_of_large_rows_ends_early() {
    let mut shop = Shop::new(1);
    let large = vec![7; 200 << 10];
    for id in 0..12 {
        shop.commit(vec![edit(key(6, id), 1, &large)], NOW);
    }
    while shop.fold(100) {}
    let segments = shop.records(Shelf::Segments);
    assert!(segments.len() >= 4);
    assert!(
        segments
            .iter()
            .all(|(_, bytes)| bytes.len() < segment::FULL_BYTES + 300_000)
    );
    assert_eq!(shop.reopen(2).rows(), shop.rows());
}

#[test]
fn a_fold_takes_every_commit_that_its_segments_cover() {
    let mut shop = Shop::new(1);
    for table in 1..4 {
        shop.commit(vec![edit(key(table, 1), 1, b"start")], NOW);
    }
    while shop.fold(10) {}
    for round in 0..30u8 {
        shop.commit(
            vec![edit(key(1 + u16::from(round % 3), 1), 1, &[round])],
            NOW + 1,
        );
    }
    let left: Vec<_> =
        std::iter::from_fn(|| shop.fold(1).then(|| shop.replica.unfolded())).collect();
    assert_eq!(left, [20, 10, 0]);
}

#[test]
fn deleted_rows_stay_and_are_found_after_a_restart() {
    let mut shop = Shop::new(1);
    shop.commit(vec![edit(key(1, 1), 1, b"a")], NOW);
    let delete = shop.commit(vec![edit(key(1, 1), 0, &[1])], NOW + 1);
    shop.commit(vec![edit(key(1, 1), 1, b"b")], NOW + 2);
    let mut shop = shop.reopen(2);
    let row = shop.replica.row(&key(1, 1)).unwrap();
    assert!(row.deleted() && row.edited_after_deletion());
    shop.commit(delete.inverse, NOW + 3);
    assert!(!shop.replica.row(&key(1, 1)).unwrap().deleted());
}

#[test]
fn opening_tells_how_far_it_has_come() {
    let mut shop = Shop::new(1);
    for id in 0..700 {
        shop.commit(vec![edit(key(1, id), 1, b"a")], NOW);
    }
    shop.fold(1);
    for id in 0..5 {
        shop.commit(vec![edit(key(2, id), 1, b"a")], NOW);
    }
    let mut seen = Vec::new();
    let opening = replica::open(&shop.storage, DeviceId(2), |progress| seen.push(progress));
    let opened = block_on(opening).unwrap();
    assert_eq!(opened.replica.len(), 705);
    let last = seen.last().unwrap();
    assert!(last.done == last.total && last.total > 5);
    assert!(seen.is_sorted_by_key(|progress| progress.done));
}

/// Two tabs on one disk: the second folds only after it has caught up.
#[test]
fn two_tabs_lose_nothing_to_each_other() {
    let mut one = Shop::new(1);
    one.commit(
        (0..10).map(|id| edit(key(1, id), 1, b"start")).collect(),
        NOW,
    );
    while one.fold(10) {}
    let mut two = one.reopen(2);
    // Both write in the same millisecond, to the same rows, without hearing of each other.
    for round in 0..20u8 {
        let id = u32::from(round % 10);
        one.commit(vec![edit(key(1, id), 2, &[round])], NOW);
        two.commit(vec![edit(key(1, id), 3, &[round])], NOW);
        one.commit(vec![edit(key(1, 100 + u32::from(round)), 1, b"one")], NOW);
        two.commit(vec![edit(key(1, 200 + u32::from(round)), 1, b"two")], NOW);
    }
    let bulk = |table| {
        (0..600)
            .map(move |id| edit(key(table, id), 1, b"bulk"))
            .collect::<Vec<_>>()
    };
    one.commit(bulk(7), NOW + 1);
    two.commit(bulk(8), NOW + 1);
    two.commit(
        (600..1_200)
            .map(|id| edit(key(7, id), 1, b"bulk"))
            .collect(),
        NOW + 1,
    );
    while one.fold(10) {}
    let absorbed = block_on(replica::catch_up(&two.storage, &mut two.replica)).unwrap();
    assert!(absorbed.quarantined.is_empty() && absorbed.batch.is_empty());
    assert!(absorbed.changed.contains(&key(1, 100)));
    let together = two.rows();
    assert_eq!(together.len(), 10 + 40 + 1_800);
    assert_eq!(together[&key(1, 3)].len(), 3);
    two.commit(
        vec![
            edit(key(7, 1), 1, b"edited"),
            edit(key(1, 100), 1, b"edited"),
        ],
        NOW + 2,
    );
    while two.fold(10) {}
    let opened = two.reopen(3);
    assert_eq!(opened.rows(), two.rows());
    assert_eq!(opened.replica.unfolded(), 0);
}

#[test]
fn a_session_number_used_twice_overwrites_nothing() {
    let mut shop = Shop::new(1);
    shop.commit(vec![edit(key(1, 1), 1, b"a")], NOW);
    while shop.fold(10) {}
    let mut shop = shop.reopen(1);
    shop.commit(vec![edit(key(1, 2), 1, b"b")], NOW);
    assert_eq!(outbox(&shop).entries.len(), 2);
}

#[test]
fn unknown_tables_and_fields_are_kept() {
    let mut shop = Shop::new(1);
    shop.commit(
        vec![edit(key(65_000, 1), 60_000, b"from a newer version")],
        NOW,
    );
    while shop.fold(10) {}
    let shop = shop.reopen(2);
    assert_eq!(
        shop.value(key(65_000, 1), 60_000).unwrap(),
        b"from a newer version"
    );
    assert_eq!(shop.replica.tables().count(), 1);
}

proptest! {
    #[test]
    fn the_inverse_restores_every_value(
        first in vec((0..4u32, 1..5u16, vec(any::<u8>(), 1..4)), 1..12),
        second in vec((0..6u32, 0..5u16, vec(any::<u8>(), 0..4)), 1..12),
    ) {
        let mut shop = Shop::new(1);
        let edits = |list: Vec<(u32, u16, Vec<u8>)>| {
            list.into_iter().map(|(id, field, value)| edit(key(1, id), field, &value)).collect::<Vec<_>>()
        };
        let values = |shop: &Shop| {
            let all = (0..6u32).flat_map(|id| (0..5u16).map(move |field| (id, field)));
            all.map(|(id, field)| shop.value(key(1, id), field).unwrap_or_default()).collect::<Vec<_>>()
        };
        shop.commit(edits(first), NOW);
        let before = values(&shop);
        let existed: Vec<_> = (0..6).map(|id| shop.replica.row(&key(1, id)).is_some()).collect();
        let commit = shop.commit(edits(second), NOW + 1);
        let after = values(&shop);
        let undo = shop.commit(commit.inverse, NOW + 2);
        for id in 0..6u32 {
            let fields = id as usize * 5..id as usize * 5 + 5;
            if existed[id as usize] {
                prop_assert_eq!(&values(&shop)[fields.clone()], &before[fields]);
            } else if let Some(row) = shop.replica.row(&key(1, id)) {
                prop_assert!(row.deleted());
            }
        }
        shop.commit(undo.inverse, NOW + 3);
        prop_assert_eq!(values(&shop), after);
    }

    #[test]
    fn folding_changes_nothing_that_can_be_seen(
        commits in vec(vec((0..3u16, 0..400u32, 0..4u16, vec(any::<u8>(), 0..3)), 1..40), 1..12),
        limit in 0..5usize,
    ) {
        let mut shop = Shop::new(1);
        for (round, list) in commits.into_iter().enumerate() {
            let edits = list
                .into_iter()
                .map(|(table, id, field, value)| edit(key(table, id), field, &value))
                .collect();
            shop.commit(edits, NOW + round as u64);
            if round % 3 == 2 {
                shop.fold(limit);
            }
            let rows = shop.rows();
            prop_assert_eq!(&shop.reopen(round as u64).rows(), &rows);
        }
        let rows = shop.rows();
        while shop.fold(limit) {
            prop_assert_eq!(&shop.rows(), &rows);
        }
        prop_assert!(shop.records(Shelf::Journal).is_empty());
        prop_assert_eq!(&opened(&shop.storage, 99).replica.unfolded(), &0);
        prop_assert_eq!(&shop.reopen(100).rows(), &rows);
    }
}
