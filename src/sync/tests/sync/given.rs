//! Generators of stamps, registers and rows for the property tests.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::row::{FieldKey, Register, Row, RowId, RowKey, TableId};

/// Few distinct stamps, so that ties and dictionaries happen; now and then any stamp at all.
pub(crate) fn stamp() -> impl Strategy<Value = Hlc> {
    prop_oneof![
        8 => (0..4u64, 0..2u16, 1..4u64).prop_map(|(ms, counter, device)| Hlc::new(
            1_700_000_000_000 + ms,
            counter,
            DeviceId(device)
        )),
        1 => any::<[u8; 16]>().prop_map(Hlc::from_bytes),
    ]
}

/// Few distinct fields, so that rows overlap; sets and wide numbers included.
pub(crate) fn field() -> impl Strategy<Value = FieldKey> {
    prop_oneof![
        6 => (0..8u16).prop_map(FieldKey::plain),
        3 => (8..10u16, vec(0..3u8, 1..3)).prop_map(|(number, member)| FieldKey::member(number, member)),
        1 => any::<u16>().prop_map(FieldKey::plain),
    ]
}

/// Short values mostly, one long enough for a two-byte length now and then.
pub(crate) fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![8 => vec(any::<u8>(), 0..4), 1 => vec(any::<u8>(), 120..140)]
}

pub(crate) fn register() -> impl Strategy<Value = Register> {
    (stamp(), value()).prop_map(|(hlc, value)| Register {
        hlc,
        value: value.into(),
    })
}

pub(crate) fn row() -> impl Strategy<Value = Row> {
    btree_map(field(), register(), 0..12)
        .prop_map(|registers| Row::from_registers(registers).unwrap_or_default())
}

pub(crate) fn row_key() -> impl Strategy<Value = RowKey> {
    (0..3u16, 0..6u8).prop_map(|(table, id)| RowKey::new(TableId(table), RowId([id; 16])))
}
