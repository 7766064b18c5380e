//! Members of one team and a model of their endpoint: each rule of `member`, by example.

use tongxing_sync::conflict::{self, Conflict};
use tongxing_sync::hlc::DeviceId;
use tongxing_sync::member::{Comparison, ProtocolError};
use tongxing_sync::row::{FieldKey, MAX_VALUE_BYTES};
use tongxing_sync::storage::{Batch, Shelf, Storage};
use tongxing_sync::wire::{Code, Message, Poke, Refusal, SyncResponse};

use crate::endpoint::Endpoint;
use crate::shop::{NOW, SUBJECT, Shop, edit, key};
use crate::tablet::Tablet;

pub(crate) fn pair() -> (Tablet, Tablet, Endpoint) {
    let mut endpoint = Endpoint::new();
    let mut one = Tablet::new(1);
    let mut two = Tablet::new(2);
    one.commit(vec![edit(key(1, 1), 1, b"first")], NOW);
    one.sync(&mut endpoint, NOW);
    two.sync(&mut endpoint, NOW);
    (one, two, endpoint)
}

pub(crate) fn same(one: &Tablet, two: &Tablet) {
    assert_eq!(one.shop.rows(), two.shop.rows());
}

#[test]
fn what_one_writes_the_other_reads() {
    let (one, two, endpoint) = pair();
    assert_eq!(two.shop.value(key(1, 1), 1).unwrap(), b"first");
    same(&one, &two);
    assert_eq!(endpoint.rows.len(), 1);
    assert_eq!(one.member.status().waiting, 0);
    assert_eq!(one.shop.records(Shelf::Outbox), []);
    assert!(two.member.status().caught_up);
}

#[test]
fn nothing_is_due_once_everything_is_said() {
    let (mut one, _, endpoint) = pair();
    assert_eq!(one.next_request(NOW + 1), None);
    let poke = |head| Poke {
        epoch: endpoint.epoch,
        head,
    };
    one.member.poked(poke(endpoint.head));
    assert_eq!(one.next_request(NOW + 1), None, "the head has not moved");
    one.member.poked(poke(endpoint.head.next()));
    assert!(one.next_request(NOW + 1).is_some());
    assert_eq!(one.next_request(NOW + 1), None, "one request at a time");
}

#[test]
fn a_full_book_is_offered_on_joining() {
    let mut shop = Shop::new(1);
    shop.commit(
        vec![edit(key(1, 1), 1, b"a"), edit(key(2, 2), 1, b"b")],
        NOW,
    );
    // The outbox may have been lost since.
    let mut lost = Batch::new();
    lost.delete_range(Shelf::Outbox, tongxing_sync::storage::KeyRange::all());
    pollster::block_on(shop.storage.write(lost)).unwrap();
    let mut one = Tablet::joined(shop);
    let mut endpoint = Endpoint::new();
    one.sync(&mut endpoint, NOW);
    let mut two = Tablet::new(2);
    two.sync(&mut endpoint, NOW);
    same(&one, &two);
    assert_eq!(two.shop.rows().len(), 2);
}

#[test]
fn edits_of_different_fields_are_no_conflict() {
    let (mut one, mut two, mut endpoint) = pair();
    one.commit(vec![edit(key(1, 1), 2, b"one")], NOW + 1);
    two.commit(vec![edit(key(1, 1), 3, b"two")], NOW + 1);
    for tablet in [&mut one, &mut two] {
        assert_eq!(tablet.sync(&mut endpoint, NOW + 2).conflicts, []);
    }
    one.sync(&mut endpoint, NOW + 3);
    same(&one, &two);
    assert_eq!(one.conflicts(), []);
}

#[test]
fn concurrent_edits_of_one_field_leave_a_conflict_everywhere() {
    let (mut one, mut two, mut endpoint) = pair();
    one.commit(vec![edit(key(1, 1), 1, b"one")], NOW + 1);
    two.commit(vec![edit(key(1, 1), 1, b"two")], NOW + 2);
    assert_eq!(one.sync(&mut endpoint, NOW + 3).conflicts, []);
    let step = two.sync(&mut endpoint, NOW + 3);
    assert_eq!(step.conflicts.len(), 1);
    one.sync(&mut endpoint, NOW + 4);
    same(&one, &two);
    assert_eq!(one.shop.value(key(1, 1), 1).unwrap(), b"two");
    let [conflict] = &one.conflicts()[..] else {
        panic!("one conflict");
    };
    assert_eq!(
        (conflict.key, &conflict.field),
        (key(1, 1), &FieldKey::plain(1))
    );
    assert_eq!(
        (&*conflict.kept.value, &*conflict.lost.value),
        (&b"two"[..], &b"one"[..])
    );
    assert_eq!(conflict.lost.hlc.device(), DeviceId(1));
    assert_eq!(conflict.lost.hlc.ms(), NOW + 1);
    assert_eq!(step.conflicts, [conflict.row_key()]);

    // Decided, it is decided everywhere.
    let row = one.shop.replica.row(&conflict.row_key()).unwrap();
    assert!(!Conflict::is_resolved(row));
    let lost = conflict.lost.value.to_vec();
    one.commit(
        vec![conflict.resolution(SUBJECT), edit(key(1, 1), 1, &lost)],
        NOW + 5,
    );
    one.sync(&mut endpoint, NOW + 5);
    let step = two.sync(&mut endpoint, NOW + 6);
    assert_eq!(step.conflicts, []);
    same(&one, &two);
    assert_eq!(two.shop.value(key(1, 1), 1).unwrap(), b"one");
    let row = two.shop.replica.row(&conflict.row_key()).unwrap();
    assert!(Conflict::is_resolved(row));
    assert_eq!(two.conflicts(), std::slice::from_ref(conflict));
}

#[test]
fn equal_edits_are_no_conflict() {
    let (mut one, mut two, mut endpoint) = pair();
    one.commit(vec![edit(key(1, 1), 1, b"same")], NOW + 1);
    two.commit(vec![edit(key(1, 1), 1, b"same")], NOW + 2);
    one.sync(&mut endpoint, NOW + 3);
    assert_eq!(two.sync(&mut endpoint, NOW + 3).conflicts, []);
}

#[test]
fn a_later_edit_of_what_was_read_is_no_conflict() {
    let (mut one, mut two, mut endpoint) = pair();
    for round in 0..5u8 {
        let now = NOW + 10 * u64::from(round);
        one.commit(vec![edit(key(1, 1), 1, &[round, 1])], now);
        one.sync(&mut endpoint, now + 1);
        assert_eq!(two.sync(&mut endpoint, now + 2).conflicts, []);
        two.commit(vec![edit(key(1, 1), 1, &[round, 2])], now + 3);
        assert_eq!(two.sync(&mut endpoint, now + 4).conflicts, []);
        assert_eq!(one.sync(&mut endpoint, now + 5).conflicts, []);
    }
    same(&one, &two);
}

#[test]
fn two_who_make_one_row_keep_both_fields() {
    let mut endpoint = Endpoint::new();
    let (mut one, mut two) = (Tablet::new(1), Tablet::new(2));
    one.commit(
        vec![edit(key(1, 5), 1, b"one"), edit(key(1, 5), 2, b"x")],
        NOW,
    );
    two.commit(
        vec![edit(key(1, 5), 1, b"two"), edit(key(1, 5), 3, b"y")],
        NOW + 1,
    );
    one.sync(&mut endpoint, NOW + 2);
    assert_eq!(two.sync(&mut endpoint, NOW + 2).conflicts.len(), 1);
    one.sync(&mut endpoint, NOW + 3);
    same(&one, &two);
    // What was taken over from the other is no longer this device's edit.
    two.commit(vec![edit(key(1, 5), 2, b"later")], NOW + 4);
    two.sync(&mut endpoint, NOW + 4);
    assert_eq!(one.sync(&mut endpoint, NOW + 5).conflicts, []);
    assert_eq!(one.conflicts().len(), 1);
}

/// Whole rows that wait take over the fields of others without ever calling them their own.
#[test]
fn a_field_taken_over_while_the_row_waits_is_not_called_a_conflict_later() {
    let mut endpoint = Endpoint::new();
    let (mut one, mut two) = (Tablet::new(1), Tablet::new(2));
    one.commit(vec![edit(key(1, 5), 1, b"one")], NOW);
    one.sync(&mut endpoint, NOW);
    two.commit(vec![edit(key(1, 5), 2, b"two")], NOW);
    two.member.set_read_only(true);
    two.sync(&mut endpoint, NOW);
    one.commit(vec![edit(key(1, 5), 1, b"one again")], NOW + 1);
    one.sync(&mut endpoint, NOW + 1);
    assert_eq!(two.sync(&mut endpoint, NOW + 2).conflicts, []);
    two.member.set_read_only(false);
    two.sync(&mut endpoint, NOW + 3);
    one.sync(&mut endpoint, NOW + 3);
    same(&one, &two);
}

#[test]
fn an_edit_made_while_another_is_on_its_way_waits_on() {
    let (mut one, mut two, mut endpoint) = pair();
    one.commit(vec![edit(key(1, 1), 1, b"sent")], NOW + 1);
    let outgoing = one.next_request(NOW + 2).unwrap();
    assert_eq!(outgoing.request.push.len(), 1);
    one.commit(vec![edit(key(1, 1), 1, b"later")], NOW + 2);
    let response = endpoint.answer(&outgoing.request.encode(), NOW + 2);
    one.take(&outgoing, &response, 9, NOW + 3);
    assert_eq!(one.member.status().waiting, 1);
    one.settle(&mut endpoint, NOW + 4);
    two.sync(&mut endpoint, NOW + 5);
    assert_eq!(two.shop.value(key(1, 1), 1).unwrap(), b"later");
    assert_eq!(one.member.status().waiting, 0);
    assert_eq!(one.shop.records(Shelf::Outbox), []);
}

#[test]
fn a_response_unheard_costs_nothing() {
    let (mut one, mut two, mut endpoint) = pair();
    one.commit(vec![edit(key(1, 1), 1, b"sent")], NOW + 1);
    let outgoing = one.next_request(NOW + 2).unwrap();
    let response = endpoint.answer(&outgoing.request.encode(), NOW + 2);
    one.member.lost(outgoing.ticket);
    let (step, _) = one.take(&outgoing, &response, 9, NOW + 3);
    assert_eq!(step, Default::default(), "too late");
    let mut one = one.restarted(10, NOW + 3);
    assert_eq!(one.sync(&mut endpoint, NOW + 4).conflicts, []);
    two.sync(&mut endpoint, NOW + 4);
    same(&one, &two);
    assert_eq!(one.member.status().waiting, 0);
}

#[test]
fn pushes_and_pages_are_bounded_by_bytes() {
    let mut endpoint = Endpoint::new();
    endpoint.page_bytes = 400_000;
    let mut one = Tablet::new(1);
    let edits: Vec<_> = (0..30)
        .map(|id| edit(key(1, id), 1, &vec![id as u8; 100_000]))
        .collect();
    one.commit(edits, NOW);
    let mut pushes = Vec::new();
    one.member.wake();
    while let Some(outgoing) = one.next_request(NOW) {
        let bytes = outgoing.request.encode();
        assert!(bytes.len() < (1 << 20) + 200_000);
        pushes.push(outgoing.request.push.len());
        let response = endpoint.answer(&bytes, NOW);
        one.take(&outgoing, &response, 9, NOW);
    }
    assert_eq!(pushes.iter().sum::<usize>(), 30);
    assert!(pushes.len() >= 4, "{pushes:?}");

    // The first download is cut off after two pages, and goes on there.
    let mut two = Tablet::new(2);
    for _ in 0..2 {
        let outgoing = two.next_request(NOW).unwrap();
        let response = endpoint.answer(&outgoing.request.encode(), NOW);
        two.take(&outgoing, &response, 9, NOW);
    }
    let so_far = two.shop.rows().len();
    let cursor = two.member.status().cursor;
    assert!((2..30).contains(&so_far) && !two.member.status().caught_up);
    let mut two = two.restarted(20, NOW);
    assert_eq!(two.member.status().cursor, cursor);
    assert_eq!(two.shop.rows().len(), so_far);
    let step = two.sync(&mut endpoint, NOW);
    assert_eq!(step.changed.len(), 30 - so_far, "nothing is fetched twice");
    same(&one, &two);
}

#[test]
fn a_row_too_long_for_an_envelope_stays_and_is_told() {
    let (mut one, mut two, mut endpoint) = pair();
    let edits = (1..6)
        .map(|field| edit(key(1, 7), field, &vec![1; MAX_VALUE_BYTES]))
        .collect();
    one.commit(edits, NOW + 1);
    one.commit(vec![edit(key(1, 8), 1, b"beside")], NOW + 1);
    one.sync(&mut endpoint, NOW + 2);
    assert_eq!(one.member.status().too_long, 1);
    assert_eq!(one.member.status().waiting, 1);
    assert_eq!(one.next_request(NOW + 3), None, "it is not tried for ever");
    one.commit(
        vec![edit(key(1, 7), 1, b""), edit(key(1, 7), 2, b"")],
        NOW + 3,
    );
    one.sync(&mut endpoint, NOW + 4);
    assert_eq!(one.member.status().too_long, 0);
    two.sync(&mut endpoint, NOW + 4);
    same(&one, &two);
}

#[test]
fn unknown_tables_and_fields_are_relayed() {
    let (mut one, mut two, mut endpoint) = pair();
    one.commit(
        vec![
            edit(key(60_000, 1), 40_000, b"newer"),
            edit(key(1, 1), 9_999, b"field"),
        ],
        NOW + 1,
    );
    one.sync(&mut endpoint, NOW + 1);
    two.sync(&mut endpoint, NOW + 2);
    same(&one, &two);
    // Edited by one who does not know the field, it is still there.
    two.commit(vec![edit(key(1, 1), 1, b"older")], NOW + 3);
    two.sync(&mut endpoint, NOW + 3);
    one.sync(&mut endpoint, NOW + 4);
    assert_eq!(one.shop.value(key(1, 1), 9_999).unwrap(), b"field");
}

#[test]
fn a_viewer_pulls_and_does_not_push() {
    let (mut one, mut two, mut endpoint) = pair();
    two.commit(vec![edit(key(1, 1), 1, b"viewer")], NOW + 1);
    let outgoing = two.next_request(NOW + 2).unwrap();
    assert_eq!(outgoing.request.push.len(), 1);
    two.member
        .refused(outgoing.ticket, &Refusal::from(Code::Forbidden));
    assert!(two.member.status().read_only);
    one.commit(vec![edit(key(1, 3), 1, b"news")], NOW + 3);
    one.sync(&mut endpoint, NOW + 3);
    two.sync(&mut endpoint, NOW + 4);
    assert_eq!(two.shop.value(key(1, 3), 1).unwrap(), b"news");
    assert_eq!(two.member.status().waiting, 1, "it is not lost either");
}

#[test]
fn a_response_that_does_not_fit_changes_nothing() {
    let (mut one, _, mut endpoint) = pair();
    one.commit(vec![edit(key(1, 1), 1, b"x")], NOW + 1);
    let outgoing = one.next_request(NOW + 1).unwrap();
    let response = endpoint.answer(&outgoing.request.encode(), NOW + 1);
    let mut response = SyncResponse::decode(&response).unwrap();
    response.results.clear();
    let error = one.member.answered(
        &mut one.shop.replica,
        outgoing.ticket,
        response,
        NOW + 1,
        DeviceId(9),
    );
    let expected = ProtocolError::Results {
        expected: 1,
        found: 0,
    };
    assert_eq!(error, Err(expected));
    assert_eq!(one.member.status().waiting, 1);
    one.settle(&mut endpoint, NOW + 2);
    assert_eq!(one.member.status().waiting, 0);
}

#[test]
fn what_is_seen_is_written_anew_before_it_grows_long() {
    let (mut one, mut two, mut endpoint) = pair();
    for round in 0..200u32 {
        let now = NOW + u64::from(round);
        one.commit(vec![edit(key(1, round % 7), 1, &round.to_be_bytes())], now);
        one.sync(&mut endpoint, now);
        two.sync(&mut endpoint, now);
    }
    let meta = two.shop.records(Shelf::Meta);
    assert!(meta.len() < 75, "{}", meta.len());
    let two = two.restarted(41, NOW + 500);
    let mut two = two;
    assert_eq!(
        two.member.status().waiting,
        0,
        "everything is known to be there"
    );
    two.sync(&mut endpoint, NOW + 500);
    assert_eq!(two.member.compare(&endpoint.digest()), Comparison::Equal);
}

#[test]
fn a_conflict_is_the_same_row_wherever_it_is_found() {
    let (mut one, mut two, mut endpoint) = pair();
    let edits = |value: &[u8]| {
        let mut edits = vec![edit(key(1, 1), 1, value)];
        edits[0].field = FieldKey::member(8, *b"member");
        edits
    };
    one.commit(edits(b"yes"), NOW + 1);
    two.commit(edits(b"no"), NOW + 2);
    // Both push, and the first one's answer is never heard: both find the conflict.
    let outgoing = one.sync_push(NOW + 3);
    endpoint.answer(&outgoing.request.encode(), NOW + 3);
    one.member.lost(outgoing.ticket);
    assert_eq!(two.sync(&mut endpoint, NOW + 4).conflicts.len(), 1);
    one.sync(&mut endpoint, NOW + 5);
    two.sync(&mut endpoint, NOW + 6);
    same(&one, &two);
    assert_eq!(one.conflicts().len(), 1);
    let conflict = &one.conflicts()[0];
    assert_eq!(conflict.field, FieldKey::member(8, *b"member"));
    assert_eq!(conflict.row_key().table, conflict::TABLE);
    let id = conflict.row_key().id.0;
    assert_eq!((id[6] >> 4, id[8] >> 6), (8, 2), "a UUID of version 8");
    let mut damaged = conflict.to_row();
    damaged = tongxing_sync::row::Row::from_registers(
        damaged
            .iter()
            .skip(1)
            .map(|register| {
                let value = register.value.into();
                (
                    register.field(),
                    tongxing_sync::row::Register {
                        hlc: register.hlc,
                        value,
                    },
                )
            })
            .collect::<Vec<_>>(),
    )
    .unwrap();
    assert_eq!(Conflict::from_row(&damaged), None);
}

impl Tablet {
    /// The next request that pushes.
    fn sync_push(&mut self, now_ms: u64) -> tongxing_sync::member::Outgoing {
        let outgoing = self.next_request(now_ms).unwrap();
        assert!(!outgoing.request.push.is_empty());
        outgoing
    }
}
