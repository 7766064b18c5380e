//! Rows keep the laws of a join, and no bytes whatever make them panic. Rows compare by their bytes.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::row::{
    FieldKey, MAX_MEMBER_BYTES, MAX_VALUE_BYTES, Register, Row, RowError, RowId, RowKey, TableId,
};

use crate::given;

fn joined(a: &Row, b: &Row) -> Row {
    let mut row = a.clone();
    let changed = row.join(b);
    assert_eq!(changed, row != *a, "join says whether it changed the row");
    row
}

fn at(ms: u64) -> Hlc {
    Hlc::new(ms, 0, DeviceId(1))
}

fn row(registers: &[(u16, u64, &[u8])]) -> Row {
    Row::from_registers(registers.iter().map(|&(number, ms, value)| {
        (
            FieldKey::plain(number),
            Register {
                hlc: at(ms),
                value: value.into(),
            },
        )
    }))
    .unwrap_or_default()
}

proptest! {
    #[test]
    fn join_is_commutative(a in given::row(), b in given::row()) {
        prop_assert_eq!(joined(&a, &b), joined(&b, &a));
    }

    #[test]
    fn join_is_associative(a in given::row(), b in given::row(), c in given::row()) {
        prop_assert_eq!(
            joined(&joined(&a, &b), &c),
            joined(&a, &joined(&b, &c))
        );
    }

    #[test]
    fn join_is_idempotent(a in given::row(), b in given::row()) {
        prop_assert_eq!(&joined(&a, &a), &a);
        let both = joined(&a, &b);
        prop_assert_eq!(&joined(&both, &b), &both);
        prop_assert_eq!(&joined(&both, &a), &both);
    }

    #[test]
    fn join_takes_the_greater_register_of_every_place(a in given::row(), b in given::row()) {
        let mut expected: BTreeMap<FieldKey, (Hlc, Vec<u8>)> = BTreeMap::new();
        for register in a.iter().chain(&b) {
            let candidate = (register.hlc, register.value.to_vec());
            let kept = expected.entry(register.field()).or_insert_with(|| candidate.clone());
            if candidate > *kept {
                *kept = candidate;
            }
        }
        let actual: BTreeMap<_, _> = joined(&a, &b)
            .iter()
            .map(|register| (register.field(), (register.hlc, register.value.to_vec())))
            .collect();
        prop_assert_eq!(actual, expected);
    }

    #[test]
    fn changed_by_lists_what_a_join_takes_over(a in given::row(), b in given::row()) {
        let both = joined(&a, &b);
        let expected: Vec<_> = both
            .iter()
            .filter(|register| a.member(register.number, register.member) != Some(*register))
            .collect();
        prop_assert_eq!(a.changed_by(&b), expected);
    }

    #[test]
    fn equal_content_has_equal_bytes(
        registers in btree_map(given::field(), given::register(), 0..12).prop_flat_map(|map| {
            let list: Vec<_> = map.into_iter().collect();
            (Just(list.clone()), Just(list).prop_shuffle())
        })
    ) {
        let (ordered, shuffled) = registers;
        let row = Row::from_registers(ordered.clone()).unwrap();
        prop_assert_eq!(&row, &Row::from_registers(shuffled).unwrap());
        prop_assert_eq!(row.len(), ordered.len());
        for (field, register) in &ordered {
            let read = row.member(field.number, &field.member).unwrap();
            prop_assert_eq!((read.hlc, read.value), (register.hlc, &register.value[..]));
        }
    }

    #[test]
    fn rows_are_read_back_as_they_were_written(row in given::row()) {
        prop_assert_eq!(Row::decode(row.as_bytes()), Ok(row));
    }

    #[test]
    fn any_bytes_are_a_canonical_row_or_an_error(bytes in vec(any::<u8>(), 0..200)) {
        if let Ok(row) = Row::decode(&bytes) {
            let registers = row.iter().map(|at| {
                (at.field(), Register { hlc: at.hlc, value: at.value.into() })
            });
            let again = Row::from_registers(registers).unwrap();
            prop_assert_eq!(again.as_bytes(), &bytes[..]);
        }
    }

    #[test]
    fn altered_rows_are_canonical_or_refused(row in given::row(), mask in 1..=255u8) {
        for place in 0..row.as_bytes().len() {
            let mut bytes = row.as_bytes().to_vec();
            bytes[place] ^= mask;
            if let Ok(read) = Row::decode(&bytes) {
                let registers = read.iter().map(|at| {
                    (at.field(), Register { hlc: at.hlc, value: at.value.into() })
                });
                prop_assert_eq!(&Row::from_registers(registers).unwrap(), &read);
            }
        }
    }

    #[test]
    fn rows_cut_short_are_refused(row in given::row()) {
        for length in 0..row.as_bytes().len() {
            prop_assert!(Row::decode(&row.as_bytes()[..length]).is_err());
        }
    }

    #[test]
    fn encoded_keys_sort_as_keys(a in given::row_key(), b in given::row_key()) {
        prop_assert_eq!(a.cmp(&b), a.to_bytes().cmp(&b.to_bytes()));
        prop_assert_eq!(RowKey::from_bytes(a.to_bytes()), a);
    }
}

#[test]
fn a_row_has_these_bytes() {
    let row = Row::from_registers([
        (
            FieldKey::plain(300),
            Register {
                hlc: at(2),
                value: (*b"ab").into(),
            },
        ),
        (
            FieldKey::member(5, *b"x"),
            Register {
                hlc: at(1),
                value: [1].into(),
            },
        ),
        (
            FieldKey::plain(5),
            Register {
                hlc: at(2),
                value: [].into(),
            },
        ),
    ])
    .unwrap();
    let expected: &[&[u8]] = &[
        &[3, 2],
        &[0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        &[0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        &[5, 0, 1, 0],
        &[5, 1, b'x', 0, 1, 1],
        &[0xAC, 2, 0, 1, 2, b'a', b'b'],
    ];
    assert_eq!(row.as_bytes(), expected.concat());
}

#[test]
fn members_are_the_set_alone() {
    let row = Row::from_registers([
        (
            FieldKey::plain(4),
            Register {
                hlc: at(1),
                value: [9].into(),
            },
        ),
        (
            FieldKey::plain(5),
            Register {
                hlc: at(1),
                value: [9].into(),
            },
        ),
        (
            FieldKey::member(5, *b"b"),
            Register {
                hlc: at(1),
                value: [0].into(),
            },
        ),
        (
            FieldKey::member(5, *b"a"),
            Register {
                hlc: at(1),
                value: [1].into(),
            },
        ),
        (
            FieldKey::member(6, *b"a"),
            Register {
                hlc: at(1),
                value: [1].into(),
            },
        ),
    ])
    .unwrap();
    let members: Vec<_> = row.members(5).map(|at| (at.member, at.value)).collect();
    assert_eq!(members, [(&b"a"[..], &[1][..]), (&b"b"[..], &[0][..])]);
    assert!(row.get(6).is_none());
    assert_eq!(row.get(5).unwrap().value, [9]);
}

#[test]
fn an_edit_does_not_revive_a_deleted_row_but_is_seen() {
    let deleted = row(&[(0, 5, &[1]), (1, 3, b"name")]);
    assert!(deleted.deleted() && !deleted.edited_after_deletion());
    let edited = joined(&deleted, &row(&[(1, 6, b"other")]));
    assert!(edited.deleted() && edited.edited_after_deletion());
    let restored = joined(&edited, &row(&[(0, 7, &[0])]));
    assert!(!restored.deleted() && !restored.edited_after_deletion());
}

#[test]
fn a_row_of_many_stamps_is_read_back() {
    let registers = (0..1_000u16).map(|number| {
        (
            FieldKey::plain(number),
            Register {
                hlc: at(2_000 - u64::from(number)),
                value: [7].into(),
            },
        )
    });
    let row = Row::from_registers(registers).unwrap();
    assert_eq!(Row::decode(row.as_bytes()), Ok(row.clone()));
    assert_eq!(row.get(999).unwrap().hlc, at(1_001));
}

#[test]
fn what_is_wrong_with_a_row_is_named() {
    const A: [u8; 16] = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const B: [u8; 16] = [0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    let cases: &[(&[&[u8]], RowError)] = &[
        (&[], RowError::Malformed),
        (&[&[0x80, 0, 0]], RowError::Malformed),
        (&[&[0, 0, 0]], RowError::TrailingBytes),
        (&[&[0, 1], &A], RowError::UnusedStamp),
        (
            &[&[2, 2], &B, &A, &[1, 0, 0, 0, 2, 0, 1, 0]],
            RowError::StampOrder,
        ),
        (&[&[1, 1], &A, &[1, 0, 1, 0]], RowError::MissingStamp(1)),
        (
            &[&[2, 1], &A, &[1, 0, 0, 0, 1, 0, 0, 0]],
            RowError::RegisterOrder(1),
        ),
        (
            &[&[1, 1], &A, &[0x80, 0x80, 4, 0, 0, 0]],
            RowError::FieldNumber(65_536),
        ),
        (&[&[0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]], RowError::Malformed),
    ];
    for (bytes, error) in cases {
        assert_eq!(Row::decode(&bytes.concat()), Err(*error), "{bytes:?}");
    }
    let long = |field, value: Vec<u8>| {
        Row::from_registers([(
            field,
            Register {
                hlc: at(1),
                value: value.into(),
            },
        )])
    };
    let member = FieldKey::member(1, vec![1; MAX_MEMBER_BYTES + 1]);
    assert_eq!(
        long(member, vec![]),
        Err(RowError::MemberTooLong(MAX_MEMBER_BYTES + 1))
    );
    let value = vec![0; MAX_VALUE_BYTES + 1];
    assert_eq!(
        long(FieldKey::plain(1), value),
        Err(RowError::ValueTooLong(MAX_VALUE_BYTES + 1))
    );
    assert!(long(FieldKey::plain(1), vec![0; MAX_VALUE_BYTES]).is_ok());
    assert_eq!(
        RowKey::new(TableId(1), RowId([2; 16])).to_bytes()[..3],
        [0, 1, 2]
    );
}
