//! Which edits are in conflict, seen without a team around them.

use tongxing_sync::conflict::{self, Conflict};
use tongxing_sync::outbox::Unsent;
use tongxing_sync::row::FieldKey;

use crate::shop::{NOW, Shop, edit, key, request};

#[test]
fn edits_of_one_field_on_one_base_are_in_conflict() {
    let (mut ours, mut theirs) = (Shop::new(1), Shop::new(2));
    let place = key(1, 1);
    ours.commit(vec![edit(place, 1, b"base"), edit(place, 2, b"base")], NOW);
    let base = ours.replica.row(&place).unwrap().clone();
    theirs.replica.receive(vec![(place, base.clone())], NOW);
    theirs.commit(vec![edit(place, 1, b"theirs")], NOW + 1);
    ours.commit(
        vec![edit(place, 1, b"ours"), edit(place, 2, b"ours")],
        NOW + 2,
    );
    let bases = [1, 2].map(|field| (FieldKey::plain(field), base.get(field).unwrap().hlc));
    let unsent = Unsent::Fields(bases.into());
    let (row, other) = (
        ours.replica.row(&place).unwrap(),
        theirs.replica.row(&place).unwrap(),
    );
    // The second field of the version is the base itself: nobody else wrote it.
    let found = conflict::find(place, row, Some(&unsent), other, false);
    let [
        Conflict {
            field, kept, lost, ..
        },
    ] = &found[..]
    else {
        panic!("one conflict, not {found:?}");
    };
    assert_eq!(*field, FieldKey::plain(1));
    assert_eq!((&*kept.value, &*lost.value), (&b"ours"[..], &b"theirs"[..]));
    assert_eq!(conflict::find(place, row, None, other, false), []);
    assert_eq!(Conflict::resolved_at(&found[0].to_row()), None);
}

#[test]
fn a_decision_says_when_it_was_made() {
    let mut shop = Shop::new(1);
    let place = key(1, 1);
    shop.commit(vec![edit(place, 1, b"ours")], NOW);
    let mut other = Shop::new(2);
    other.commit(vec![edit(place, 1, b"theirs")], NOW + 1);
    let (ours, theirs) = (
        shop.replica.row(&place).unwrap(),
        other.replica.row(&place).unwrap(),
    );
    let found = conflict::find(place, ours, Some(&Unsent::Whole), theirs, false);
    let [conflict] = &found[..] else {
        panic!("one conflict, not {found:?}");
    };
    let rows = vec![(conflict.row_key(), conflict.to_row())];
    shop.replica.receive(rows, NOW + 2);
    let decided = request(vec![conflict.resolution(crate::shop::SUBJECT)], NOW + 3);
    let commit = shop.replica.commit(decided).unwrap();
    let row = shop.replica.row(&conflict.row_key()).unwrap();
    assert_eq!(Conflict::resolved_at(row), Some(commit.stamp));
    // Undone, it waits again.
    shop.replica
        .commit(request(commit.inverse, NOW + 4))
        .unwrap();
    let row = shop.replica.row(&conflict.row_key()).unwrap();
    assert_eq!(Conflict::resolved_at(row), None);
}
