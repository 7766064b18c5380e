//! Who edits on which device: told once, told again under another name, read by everybody.

use tongxing_sync::author;
use tongxing_sync::conflict::{self, Conflict};
use tongxing_sync::hlc::DeviceId;
use tongxing_sync::outbox::Unsent;
use tongxing_sync::row::FieldKey;

use crate::shop::{NOW, Shop, edit, key};

#[test]
fn a_name_is_told_when_it_is_new() {
    let mut shop = Shop::new(1);
    assert_eq!(author::signature(&shop.replica, ""), None);
    for name in ["Lin", "Lin Yue"] {
        let signature = author::signature(&shop.replica, name).unwrap();
        shop.commit(vec![signature], NOW);
        let row = shop.replica.row(&author::row_key(DeviceId(1))).unwrap();
        assert_eq!(author::name(row), Some(name));
        assert_eq!(author::signature(&shop.replica, name), None);
    }
}

#[test]
fn others_read_the_name_of_a_device() {
    let (mut ours, mut theirs) = (Shop::new(1), Shop::new(2));
    let signature = author::signature(&theirs.replica, "Zhou").unwrap();
    theirs.commit(vec![signature], NOW);
    let place = author::row_key(DeviceId(2));
    let row = theirs.replica.row(&place).unwrap().clone();
    ours.replica.receive(vec![(place, row)], NOW);
    let row = ours.replica.row(&place).unwrap();
    assert_eq!(author::name(row), Some("Zhou"));
    assert!(ours.replica.row(&author::row_key(DeviceId(1))).is_none());
}

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
