//! Who edits on which device: told once, told again under another name, read by everybody.

use tongxing_sync::author;
use tongxing_sync::hlc::DeviceId;

use crate::shop::{NOW, Shop};

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
