//! Activity records join to the same activity in any order, and are read back as written.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tongxing_sync::activity::{
    Activity, Change, Identity, Subject, WINDOW_MS, read_back, window_of,
};
use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::row::RowKey;

use crate::given;

fn change() -> impl Strategy<Value = Change> {
    (
        prop::option::of(given::value()),
        given::value(),
        given::stamp(),
        given::stamp(),
    )
        .prop_map(|(old, new, first, last)| Change {
            old: old.map(Into::into),
            new: new.into(),
            first,
            last,
        })
}

fn identity() -> impl Strategy<Value = Identity> {
    (0..2u8, 0..2u32, given::row_key(), 0..2u64, "[a-b同]{0,2}").prop_map(
        |(subject, window, row, device, author)| Identity {
            subject: Subject([subject; 16]),
            window,
            row,
            device: DeviceId(device),
            author,
        },
    )
}

fn activity(identity: Identity) -> impl Strategy<Value = Activity> {
    btree_map(given::field(), change(), 1..5).prop_map(move |changes| Activity {
        identity: identity.clone(),
        changes,
    })
}

fn three_of_one() -> impl Strategy<Value = (Activity, Activity, Activity)> {
    identity().prop_flat_map(|identity| {
        (
            activity(identity.clone()),
            activity(identity.clone()),
            activity(identity),
        )
    })
}

fn joined(a: &Activity, b: &Activity) -> Activity {
    let mut activity = a.clone();
    assert!(activity.join(b));
    activity
}

proptest! {
    #[test]
    fn joining_is_a_semilattice((a, b, c) in three_of_one()) {
        prop_assert_eq!(joined(&a, &b), joined(&b, &a));
        prop_assert_eq!(joined(&joined(&a, &b), &c), joined(&a, &joined(&b, &c)));
        prop_assert_eq!(joined(&a, &a), a);
    }

    #[test]
    fn activities_are_read_back_as_they_were_written(
        activity in identity().prop_flat_map(activity)
    ) {
        prop_assert_eq!(Activity::decode(&activity.encode()), Ok(activity));
    }

    #[test]
    fn damage_is_noticed(activity in identity().prop_flat_map(activity), mask in 1..=255u8) {
        let bytes = activity.encode();
        for place in 0..bytes.len() {
            prop_assert!(Activity::decode(&bytes[..place]).is_err());
            let mut altered = bytes.clone();
            altered[place] ^= mask;
            prop_assert!(Activity::decode(&altered).is_err());
        }
    }

    #[test]
    fn reading_brings_the_records_of_one_activity_together(
        records in vec(identity().prop_flat_map(activity), 0..12)
    ) {
        let together = read_back(records.clone());
        prop_assert!(together.is_sorted_by(|a, b| a.identity < b.identity));
        let mut reversed = records.clone();
        reversed.reverse();
        prop_assert_eq!(&read_back(reversed), &together);
        for record in &records {
            let whole = together.iter().find(|at| at.identity == record.identity).unwrap();
            prop_assert_eq!(&joined(whole, record), whole);
            prop_assert!(whole.first() <= record.first() && whole.last() >= record.last());
        }
    }

    #[test]
    fn keys_begin_with_subject_and_window(activity in identity().prop_flat_map(activity)) {
        let key = activity.shelf_key(activity.first());
        prop_assert!(key.starts_with(&activity.identity.subject.0));
        prop_assert_eq!(&key[16..20], &activity.identity.window.to_be_bytes());
        prop_assert_eq!(key.len(), 16 + 4 + RowKey::BYTES + Hlc::BYTES);
    }
}

#[test]
fn windows_are_ten_minutes() {
    assert_eq!(WINDOW_MS, 600_000);
    assert_eq!(
        (window_of(0), window_of(599_999), window_of(600_000)),
        (0, 0, 1)
    );
    assert!(window_of(Hlc::MAX_MS) < u32::MAX);
}

#[test]
fn activities_of_different_identity_do_not_join() {
    let identity = |author: &str| Identity {
        subject: Subject::default(),
        window: 1,
        row: RowKey::default(),
        device: DeviceId(1),
        author: author.to_owned(),
    };
    let mut activity = Activity {
        identity: identity("a"),
        changes: Default::default(),
    };
    let other = Activity {
        identity: identity("b"),
        changes: Default::default(),
    };
    assert!(!activity.join(&other));
    assert_eq!(activity.first(), Hlc::ZERO);
}
