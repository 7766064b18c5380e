//! The outbox keeps the earliest base of every field, however its records are brought together.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tongxing_sync::hlc::Hlc;
use tongxing_sync::outbox::{Outbox, Unsent};
use tongxing_sync::row::{FieldKey, RowKey};

use crate::given;

fn unsent() -> impl Strategy<Value = Unsent> {
    let base = prop_oneof![given::stamp(), Just(Hlc::ZERO)];
    prop_oneof![
        1 => Just(Unsent::Whole),
        4 => btree_map(given::field(), base, 1..5).prop_map(Unsent::Fields),
    ]
}

fn outbox() -> impl Strategy<Value = Outbox> {
    btree_map(given::row_key(), unsent(), 0..5).prop_map(|entries| Outbox { entries })
}

proptest! {
    #[test]
    fn outboxes_are_read_back_as_they_were_written(outbox in outbox()) {
        prop_assert_eq!(Outbox::decode(&outbox.encode()), Ok(outbox));
    }

    #[test]
    fn damage_is_noticed(outbox in outbox(), mask in 1..=255u8) {
        let bytes = outbox.encode();
        for place in 0..bytes.len() {
            prop_assert!(Outbox::decode(&bytes[..place]).is_err());
            let mut altered = bytes.clone();
            altered[place] ^= mask;
            prop_assert!(Outbox::decode(&altered).is_err());
        }
    }

    #[test]
    fn folding_keeps_the_earliest_base(records in vec(outbox(), 0..5)) {
        let folded = Outbox::fold(records.clone());
        let mut whole: Vec<RowKey> = Vec::new();
        let mut bases: BTreeMap<(RowKey, FieldKey), Hlc> = BTreeMap::new();
        for (key, unsent) in records.iter().flat_map(|record| &record.entries) {
            match unsent {
                Unsent::Whole => whole.push(*key),
                Unsent::Fields(fields) => for (field, base) in fields {
                    let kept = bases.entry((*key, field.clone())).or_insert(*base);
                    *kept = (*kept).min(*base);
                }
            }
        }
        for (key, unsent) in &folded.entries {
            prop_assert_eq!(*unsent == Unsent::Whole, whole.contains(key));
        }
        for ((key, field), base) in bases {
            let expected = if whole.contains(&key) { Hlc::ZERO } else { base };
            prop_assert_eq!(folded.entries[&key].base(&field), Some(expected));
        }
        let mut reversed = records.clone();
        reversed.reverse();
        prop_assert_eq!(&Outbox::fold(reversed), &folded);
        prop_assert_eq!(&Outbox::fold([folded.clone(), folded.clone()]), &folded);
    }
}

#[test]
fn a_row_without_waiting_fields_is_left_out() {
    let key = RowKey::default();
    let outbox = Outbox {
        entries: BTreeMap::from([(key, Unsent::Fields(BTreeMap::new()))]),
    };
    assert_eq!(Outbox::decode(&outbox.encode()), Ok(Outbox::default()));
    assert_eq!(outbox.entries[&key].base(&FieldKey::plain(1)), None);
}
