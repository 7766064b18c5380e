//! Members among wrong clocks, restored backups, drift and damage: each rule, by example.

use tongxing_sync::envelope::{OpenError, Sealer};
use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::member::Comparison;
use tongxing_sync::row::FieldKey;
use tongxing_sync::storage::{Batch, Shelf, Storage};
use tongxing_sync::wire::{Message, Seq};

use crate::members::{pair, same};
use crate::shop::{NOW, edit, key};
use crate::tablet::{TEAM, Tablet, team_key};

const YEAR_MS: i64 = 365 * 24 * 60 * 60 * 1000;

#[test]
fn a_clock_a_year_ahead_is_put_right_before_anybody_sees_it() {
    let (mut one, mut two, mut endpoint) = pair();
    one.skew_ms = YEAR_MS;
    // The offset that was learnt no longer holds.
    one.commit(
        vec![edit(key(1, 1), 1, b"a"), edit(key(1, 9), 1, b"x")],
        NOW + 1,
    );
    one.commit(vec![edit(key(1, 1), 1, b"b")], NOW + 2);
    one.commit(vec![edit(key(1, 1), 2, b"c")], NOW + 3);
    let ahead = one.shop.replica.row(&key(1, 1)).unwrap().latest().unwrap();
    assert!(ahead.ms() > NOW + YEAR_MS as u64);
    let step = one.sync(&mut endpoint, NOW + 10);
    assert_eq!(step.restamped, [key(1, 1), key(1, 9)]);
    assert_eq!(step.new_device, Some(one.shop.replica.device()));
    assert_eq!(step.conflicts, []);
    let row = one.shop.replica.row(&key(1, 1)).unwrap();
    let stamp = |number| row.get(number).unwrap().hlc;
    assert!(stamp(1) < stamp(2), "in their order");
    assert!(one.shop.replica.row(&key(1, 9)).unwrap().latest().unwrap() < stamp(1));
    assert!((NOW + 10..NOW + 20).contains(&stamp(2).ms()));
    let step = two.sync(&mut endpoint, NOW + 11);
    assert_eq!(step.far_future, []);
    same(&one, &two);
    assert_eq!(one.restarted(50, NOW).shop.rows(), one.shop.rows());
    // An edit by another comes after, as it should.
    two.commit(vec![edit(key(1, 1), 1, b"after")], NOW + 1_000);
    two.sync(&mut endpoint, NOW + 1_000);
    one.sync(&mut endpoint, NOW + 1_001);
    assert_eq!(one.shop.value(key(1, 1), 1).unwrap(), b"after");
    let next = one
        .commit(vec![edit(key(1, 1), 1, b"mine")], NOW + 2_000)
        .stamp;
    assert!(next.ms() < NOW + 3_000, "the clock itself was put right");
}

#[test]
fn a_clock_that_jumps_between_pull_and_push_is_noticed() {
    let (mut one, mut two, mut endpoint) = pair();
    one.sync(&mut endpoint, NOW + 5);
    one.skew_ms = YEAR_MS;
    one.commit(vec![edit(key(1, 1), 1, b"jumped")], NOW + 6);
    let outgoing = one.next_request(NOW + 7).unwrap();
    assert_eq!(outgoing.request.push, [], "the time comes first");
    let response = endpoint.answer(&outgoing.request.encode(), NOW + 7);
    let (step, _) = one.take(&outgoing, &response, 9, NOW + 8);
    assert_eq!(step.restamped, [key(1, 1)]);
    one.settle(&mut endpoint, NOW + 8);
    assert_eq!(two.sync(&mut endpoint, NOW + 9).far_future, []);
    same(&one, &two);
}

#[test]
fn a_clock_a_year_behind_still_writes_after_what_it_read() {
    let (mut one, mut two, mut endpoint) = pair();
    two.skew_ms = -YEAR_MS;
    two.commit(vec![edit(key(1, 1), 1, b"two")], NOW + 1);
    assert_eq!(two.sync(&mut endpoint, NOW + 2).restamped, []);
    one.sync(&mut endpoint, NOW + 3);
    same(&one, &two);
    assert_eq!(one.shop.value(key(1, 1), 1).unwrap(), b"two");
}

/// A stamp from the future that another version of the program let out.
#[test]
fn a_remote_stamp_from_the_future_is_merged_and_flagged_and_not_obeyed() {
    let (mut one, mut two, mut endpoint) = pair();
    let ahead = Hlc::new(NOW + YEAR_MS as u64, 0, DeviceId(3));
    let row = tongxing_sync::row::Row::from_registers([(
        FieldKey::plain(1),
        tongxing_sync::row::Register {
            hlc: ahead,
            value: (*b"future").into(),
        },
    )])
    .unwrap();
    let sealer = Sealer::new(TEAM, &team_key());
    let blind = sealer.blind(key(1, 1));
    let nonce = tongxing_sync::envelope::Nonce([9; 24]);
    let envelope = sealer.seal(key(1, 1), &row, nonce).unwrap();
    endpoint.head = endpoint.head.next();
    endpoint.rows.insert(blind, (endpoint.head, envelope));

    let step = one.sync(&mut endpoint, NOW + 1);
    assert_eq!(step.far_future, [key(1, 1)]);
    assert_eq!(one.shop.value(key(1, 1), 1).unwrap(), b"future");
    assert!(one.shop.replica.clock().last().ms() <= NOW + 1 + 60_000);
    // Whoever replaces it comes after it, and stays there.
    one.commit(vec![edit(key(1, 1), 1, b"present")], NOW + 2);
    assert_eq!(one.sync(&mut endpoint, NOW + 3).restamped, []);
    two.sync(&mut endpoint, NOW + 4);
    same(&one, &two);
    assert_eq!(two.shop.value(key(1, 1), 1).unwrap(), b"present");
    assert_eq!(two.conflicts(), []);
}

#[test]
fn a_restored_endpoint_gets_back_what_it_lost() {
    let (mut one, mut two, mut endpoint) = pair();
    let backup = endpoint.clone();
    one.commit(
        vec![edit(key(1, 1), 1, b"one"), edit(key(1, 2), 1, b"new")],
        NOW + 1,
    );
    one.sync(&mut endpoint, NOW + 1);
    two.sync(&mut endpoint, NOW + 2);
    let mut endpoint = backup.restored(2);
    let step = two.sync(&mut endpoint, NOW + 3);
    assert!(step.new_epoch);
    assert_eq!(step.conflicts, [], "the backup is merely older");
    assert_eq!(endpoint.rows.len(), 2);
    assert_eq!(one.sync(&mut endpoint, NOW + 4).conflicts, []);
    same(&one, &two);
    let mut three = Tablet::new(3);
    three.sync(&mut endpoint, NOW + 5);
    same(&one, &three);
}

#[test]
fn an_edit_made_after_a_restore_without_knowing_is_a_conflict() {
    let (mut one, mut two, mut endpoint) = pair();
    let backup = endpoint.clone();
    let mut three = Tablet::new(3);
    three.sync(&mut endpoint, NOW + 1);
    one.commit(vec![edit(key(1, 1), 1, b"acknowledged")], NOW + 2);
    one.sync(&mut endpoint, NOW + 2);
    two.sync(&mut endpoint, NOW + 2);
    // Three has been away, and meets the restored endpoint first.
    three.commit(vec![edit(key(1, 1), 1, b"three")], NOW + 3);
    let mut endpoint = backup.restored(2);
    assert_eq!(three.sync(&mut endpoint, NOW + 4).conflicts, []);
    let mut two = two.restarted(20, NOW + 4);
    assert_eq!(two.sync(&mut endpoint, NOW + 5).conflicts.len(), 1);
    assert_eq!(one.sync(&mut endpoint, NOW + 6).conflicts, []);
    three.sync(&mut endpoint, NOW + 7);
    same(&one, &two);
    same(&one, &three);
    assert_eq!(&*one.conflicts()[0].lost.value, b"acknowledged");
}

#[test]
fn an_endpoint_that_goes_back_unannounced_is_noticed() {
    let (mut one, mut two, mut endpoint) = pair();
    let backup = endpoint.clone();
    one.commit(vec![edit(key(1, 2), 1, b"x")], NOW + 1);
    one.sync(&mut endpoint, NOW + 1);
    two.sync(&mut endpoint, NOW + 1);
    let mut endpoint = backup;
    assert!(one.sync(&mut endpoint, NOW + 2).new_epoch);
    two.sync(&mut endpoint, NOW + 2);
    assert_eq!(endpoint.rows.len(), 2);
    same(&one, &two);
}

#[test]
fn drift_is_found_and_repaired() {
    let (mut one, mut two, mut endpoint) = pair();
    let edits = (0..40).map(|id| edit(key(3, id), 1, &[id as u8])).collect();
    one.commit(edits, NOW + 1);
    one.sync(&mut endpoint, NOW + 1);
    two.sync(&mut endpoint, NOW + 1);
    assert_eq!(one.member.compare(&endpoint.digest()), Comparison::Equal);
    let sealer = Sealer::new(TEAM, &team_key());
    let lost = sealer.blind(key(3, 5));
    endpoint.rows.remove(&lost).unwrap();
    let Comparison::Repairing(1) = one.member.compare(&endpoint.digest()) else {
        panic!("one bucket differs");
    };
    assert_eq!(one.member.compare(&endpoint.digest()), Comparison::NotNow);
    one.settle(&mut endpoint, NOW + 2);
    assert!(
        endpoint.rows.contains_key(&lost),
        "it has been offered again"
    );
    assert_eq!(one.member.compare(&endpoint.digest()), Comparison::Equal);
    assert_eq!(two.member.compare(&endpoint.digest()), Comparison::NotNow);
    two.settle(&mut endpoint, NOW + 3);
    assert_eq!(two.member.compare(&endpoint.digest()), Comparison::Equal);

    // The other way round: a row that the member never got.
    let extra = Sealer::new(TEAM, &team_key());
    let place = key(3, 99);
    let row = one.shop.replica.row(&key(3, 7)).unwrap().clone();
    let nonce = tongxing_sync::envelope::Nonce([8; 24]);
    let envelope = extra.seal(place, &row, nonce).unwrap();
    endpoint
        .rows
        .insert(extra.blind(place), (Seq::new(1).unwrap(), envelope));
    assert_eq!(
        two.member.compare(&endpoint.digest()),
        Comparison::Repairing(1)
    );
    two.settle(&mut endpoint, NOW + 4);
    assert_eq!(two.shop.replica.row(&place), Some(&row));
    assert_eq!(two.member.compare(&endpoint.digest()), Comparison::Equal);
}

#[test]
fn an_envelope_of_a_newer_format_is_kept_and_not_overwritten() {
    let (mut one, mut two, mut endpoint) = pair();
    let blind = Sealer::new(TEAM, &team_key()).blind(key(1, 1));
    let (_, sound) = endpoint.rows[&blind].clone();
    let mut newer = sound.clone();
    newer[0] = 200;
    endpoint.head = endpoint.head.next();
    endpoint.rows.insert(blind, (endpoint.head, newer.clone()));
    let step = one.sync(&mut endpoint, NOW + 1);
    assert_eq!(step.unopened, [(blind, OpenError::NeedsNewerVersion(200))]);
    one.commit(
        vec![edit(key(1, 1), 1, b"mine"), edit(key(1, 4), 1, b"other")],
        NOW + 2,
    );
    one.sync(&mut endpoint, NOW + 2);
    assert_eq!(endpoint.rows[&blind].1, newer, "not pushed over");
    assert_eq!(one.member.status().waiting, 1);
    let mut one = one.restarted(30, NOW + 3);
    assert_eq!(one.member.status().unopened, 1);
    one.sync(&mut endpoint, NOW + 3);
    assert_eq!(endpoint.rows[&blind].1, newer);
    // Somebody writes it in a form that can be read.
    endpoint.head = endpoint.head.next();
    endpoint.rows.insert(blind, (endpoint.head, sound));
    one.sync(&mut endpoint, NOW + 4);
    assert_eq!(one.member.status().unopened, 0);
    assert_eq!(one.member.status().waiting, 0);
    two.sync(&mut endpoint, NOW + 5);
    same(&one, &two);
}

#[test]
fn what_no_member_sealed_is_replaced_by_the_row() {
    let (mut one, mut two, mut endpoint) = pair();
    let blind = Sealer::new(TEAM, &team_key()).blind(key(1, 1));
    endpoint.head = endpoint.head.next();
    endpoint.rows.insert(blind, (endpoint.head, vec![1; 200]));
    assert_eq!(
        one.sync(&mut endpoint, NOW + 1).unopened,
        [(blind, OpenError::Forged)]
    );
    assert_eq!(two.sync(&mut endpoint, NOW + 1).unopened, []);
    same(&one, &two);
}

#[test]
fn a_restored_tablet_takes_a_new_id_and_catches_up() {
    let (mut one, mut two, mut endpoint) = pair();
    let backup = one.shop.storage.copy();
    one.commit(vec![edit(key(1, 1), 1, b"after the backup")], NOW + 1);
    one.sync(&mut endpoint, NOW + 1);
    let mut one = one.restored(&backup, 77, NOW + 2);
    assert_eq!(one.shop.replica.device(), DeviceId(77));
    one.commit(vec![edit(key(1, 2), 1, b"on")], NOW + 2);
    assert_eq!(one.sync(&mut endpoint, NOW + 3).conflicts, []);
    two.sync(&mut endpoint, NOW + 3);
    same(&one, &two);
    assert_eq!(one.shop.value(key(1, 1), 1).unwrap(), b"after the backup");
}

#[test]
fn a_copy_that_nobody_told_of_is_noticed() {
    let (mut one, _, mut endpoint) = pair();
    let copy = one.shop.storage.copy();
    one.commit(vec![edit(key(1, 1), 1, b"original")], NOW + 1);
    one.sync(&mut endpoint, NOW + 1);
    one.shop.storage = copy;
    let mut clone = one.restarted(88, NOW + 2);
    assert_eq!(clone.shop.replica.device(), DeviceId(1));
    let step = clone.sync(&mut endpoint, NOW + 2);
    assert_eq!(step.new_device, Some(DeviceId(0xF4E5)));
    assert_eq!(clone.shop.replica.device(), DeviceId(0xF4E5));
    let again = clone.restarted(89, NOW + 3);
    assert_eq!(again.shop.replica.device(), DeviceId(0xF4E5));
}

#[test]
fn damaged_records_of_a_member_are_made_good() {
    let (mut one, mut two, mut endpoint) = pair();
    let edits = (0..20).map(|id| edit(key(3, id), 1, &[id as u8])).collect();
    one.commit(edits, NOW + 1);
    one.sync(&mut endpoint, NOW + 1);
    one.commit(vec![edit(key(3, 1), 1, b"waits")], NOW + 2);
    two.sync(&mut endpoint, NOW + 2);
    two.commit(vec![edit(key(3, 2), 1, b"news")], NOW + 2);
    two.sync(&mut endpoint, NOW + 2);
    for shelf in [Shelf::Meta, Shelf::Outbox] {
        for (place, mut record) in one.shop.records(shelf) {
            if shelf == Shelf::Meta && !place.starts_with(b"team/") {
                continue;
            }
            let last = record.len() - 1;
            record[last] ^= 1;
            let disk = one.shop.storage.copy();
            let mut batch = Batch::new();
            batch.put(shelf, place, record);
            pollster::block_on(disk.write(batch)).unwrap();
            let mut damaged = one.restored(&disk, 300, NOW + 3);
            let mut endpoint = endpoint.clone();
            damaged.sync(&mut endpoint, NOW + 4);
            let mut other = two.restored(&two.shop.storage.copy(), 301, NOW + 4);
            other.sync(&mut endpoint, NOW + 5);
            same(&damaged, &other);
            assert_eq!(other.shop.value(key(3, 1), 1).unwrap(), b"waits");
        }
    }
}

#[test]
fn rows_lost_on_the_device_are_pulled_again() {
    let (mut one, mut two, mut endpoint) = pair();
    one.commit(vec![edit(key(3, 1), 1, b"x")], NOW + 1);
    one.sync(&mut endpoint, NOW + 1);
    two.sync(&mut endpoint, NOW + 1);
    // As if all rows had been damaged.
    for shelf in [Shelf::Segments, Shelf::Journal] {
        let mut batch = Batch::new();
        batch.delete_range(shelf, tongxing_sync::storage::KeyRange::all());
        pollster::block_on(two.shop.storage.write(batch)).unwrap();
    }
    let mut two = two.restarted(40, NOW + 2);
    assert!(two.shop.replica.is_empty());
    let batch = two.member.start_over(&two.shop.replica);
    pollster::block_on(two.shop.storage.write(batch)).unwrap();
    two.sync(&mut endpoint, NOW + 2);
    same(&one, &two);
}
