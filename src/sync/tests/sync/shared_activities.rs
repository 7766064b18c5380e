//! Who changed what reaches all members, each record once, and none of it stays in memory.

use std::collections::BTreeMap;

use pollster::block_on;
use tongxing_sync::activity::{self, Activity, WINDOW_MS, read_back};
use tongxing_sync::storage::{KeyRange, Shelf, Storage as _};

use crate::endpoint::Endpoint;
use crate::shop::{NOW, edit, key};
use crate::tablet::Tablet;

/// Syncs as a shell does, which reads what is due until nothing is; whether a new epoch began.
fn sync(tablet: &mut Tablet, endpoint: &mut Endpoint, true_ms: u64) -> bool {
    tablet.member.wake();
    let mut new_epoch = false;
    for _ in 0..1_000 {
        let step = tablet.settle(endpoint, true_ms);
        if step.look_at_activities {
            tablet.look_at_activities();
        }
        new_epoch |= step.new_epoch;
        if !tablet.read_activities(true_ms) {
            return new_epoch;
        }
    }
    panic!("syncing does not come to an end");
}

fn all(tablet: &Tablet) -> Vec<Activity> {
    let records = tablet.shop.records(Shelf::Activity);
    read_back(
        records
            .iter()
            .map(|(_, bytes)| Activity::decode(bytes).unwrap()),
    )
}

/// Edits of several rows over several windows; what is written in the last one stays open.
fn work(tablet: &mut Tablet, from_ms: u64, name: &str) {
    for step in 0..8_u32 {
        let at = from_ms + u64::from(step) * WINDOW_MS / 2;
        let value = format!("{name} {step}");
        tablet.commit(vec![edit(key(1, step % 3), 1, value.as_bytes())], at);
    }
}

const LATER: u64 = NOW + 10 * WINDOW_MS;

#[test]
fn edits_of_one_are_in_the_history_of_the_other_once_their_window_is_over() {
    let mut endpoint = Endpoint::new();
    let (mut one, mut other) = (Tablet::new(1), Tablet::new(2));
    work(&mut one, NOW, "one");
    let now = NOW + 7 * WINDOW_MS / 2 + 1_000;
    sync(&mut one, &mut endpoint, now);
    sync(&mut other, &mut endpoint, now);
    let (ours, theirs) = (all(&one), all(&other));
    assert!(
        !theirs.is_empty() && theirs.len() < ours.len(),
        "the last window is still open"
    );
    assert!(theirs.iter().all(|activity| ours.contains(activity)));
    work(&mut other, now, "other");
    for _ in 0..2 {
        sync(&mut one, &mut endpoint, LATER);
        sync(&mut other, &mut endpoint, LATER);
    }
    assert_eq!(all(&one), all(&other));
    assert_eq!(all(&one).len(), ours.len() + 8);
    for tablet in [&one, &other] {
        let mut tables = tablet.shop.replica.tables();
        assert!(
            tables.all(|table| table != activity::rows::TABLE),
            "nothing of it is in memory"
        );
        assert_eq!(tablet.member.status().waiting, 0);
    }
}

#[test]
fn each_record_is_sent_once_whatever_is_restarted() {
    let mut endpoint = Endpoint::new();
    let mut one = Tablet::new(1);
    work(&mut one, NOW, "one");
    sync(&mut one, &mut endpoint, LATER);
    let (head, rows) = (endpoint.head, endpoint.rows.len());
    for fresh in 10..13 {
        one = one.restarted(fresh, LATER);
        sync(&mut one, &mut endpoint, LATER);
    }
    assert_eq!((endpoint.head, endpoint.rows.len()), (head, rows));
    // A lost answer costs no more than asking again.
    one.commit(vec![edit(key(1, 9), 1, b"late")], LATER);
    sync(&mut one, &mut endpoint, LATER);
    let due = one
        .member
        .activities_due(&mut one.shop.replica, LATER + WINDOW_MS, 9);
    assert_eq!(due.len(), 1);
    let one_record = KeyRange::one(due[0].clone());
    let records = block_on(one.shop.storage.read(Shelf::Activity, one_record, None)).unwrap();
    one.member.wake();
    one.settle(&mut endpoint, LATER + WINDOW_MS);
    one.member.activities_read(&due, records);
    let request = one.next_request(LATER + WINDOW_MS).unwrap();
    assert_eq!(request.request.push.len(), 1);
    endpoint.answer(
        &tongxing_sync::wire::Message::encode(&request.request),
        LATER + WINDOW_MS,
    );
    one.member.lost(request.ticket);
    let before = endpoint.rows.len();
    sync(&mut one, &mut endpoint, LATER + WINDOW_MS);
    assert_eq!(endpoint.rows.len(), before);
    assert_eq!(
        one.member
            .activities_due(&mut one.shop.replica, LATER + WINDOW_MS, 9),
        [] as [Vec<u8>; 0]
    );
}

#[test]
fn a_restored_endpoint_gets_back_what_it_lost() {
    let mut endpoint = Endpoint::new();
    let (mut one, mut other) = (Tablet::new(1), Tablet::new(2));
    work(&mut one, NOW, "one");
    sync(&mut one, &mut endpoint, LATER);
    let backup = endpoint.clone();
    work(&mut one, LATER, "more");
    let now = LATER + 10 * WINDOW_MS;
    sync(&mut one, &mut endpoint, now);
    sync(&mut other, &mut endpoint, now);
    let mut endpoint = backup.restored(5);
    assert!(sync(&mut other, &mut endpoint, now));
    let mut third = Tablet::new(3);
    sync(&mut third, &mut endpoint, now);
    assert_eq!(
        all(&third),
        all(&one),
        "others have it as well, and give it back"
    );
    sync(&mut one, &mut endpoint, now);
    sync(&mut third, &mut endpoint, now);
    assert_eq!(all(&third), all(&one));
    let by_row: BTreeMap<_, _> = all(&one)
        .into_iter()
        .map(|it| (it.identity.clone(), it))
        .collect();
    assert_eq!(by_row.len(), all(&one).len());
}

/// A record that is no record, or lies elsewhere than it says, is neither sent nor tried again.
#[test]
fn what_is_no_record_stays_where_it_is() {
    let mut endpoint = Endpoint::new();
    let mut one = Tablet::new(1);
    work(&mut one, NOW, "one");
    let good = one.shop.records(Shelf::Activity);
    let mut batch = tongxing_sync::storage::Batch::new();
    batch.put(Shelf::Activity, vec![0; 54], b"nothing");
    batch.put(Shelf::Activity, vec![1; 54], good[0].1.clone());
    batch.put(Shelf::Activity, b"short", b"");
    block_on(one.shop.storage.write(batch)).unwrap();
    one.look_at_activities();
    sync(&mut one, &mut endpoint, LATER);
    let mut other = Tablet::new(2);
    sync(&mut other, &mut endpoint, LATER);
    assert_eq!(other.shop.records(Shelf::Activity), good);
}
