//! Damaged records: every sound row is still read, everything else is kept aside, nothing panics.

use pollster::block_on;
use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_sync::activity::Activity;
use tongxing_sync::format::Damage;
use tongxing_sync::journal;
use tongxing_sync::outbox::Outbox;
use tongxing_sync::quarantine::Kept;
use tongxing_sync::replica::meta_key;
use tongxing_sync::row::{Row, RowId, TableId};
use tongxing_sync::segment;
use tongxing_sync::storage::{Batch, Shelf, Storage};

use crate::given;
use crate::shop::{NOW, Shop, edit, key, opened, records, rows};

const TABLE: TableId = TableId(5);

fn id(number: usize) -> RowId {
    RowId([number as u8 + 1; 16])
}

fn pack(rows: &[Row]) -> Vec<u8> {
    let rows: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| (id(at), row))
        .collect();
    segment::encode(TABLE, &rows)
}

proptest! {
    // Each case goes through every byte of its records.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_a_decoder_panic(bytes in vec(any::<u8>(), 0..400), kind in 0..6usize) {
        let mut record = match kind {
            0 => b"TXSG\x02\x00".to_vec(),
            1 => b"TXSG\x01\x00".to_vec(),
            2 => b"TXJN\x02\x00".to_vec(),
            3 => b"TXOB\x02\x00".to_vec(),
            4 => b"TXAC\x02\x00".to_vec(),
            _ => Vec::new(),
        };
        record.extend_from_slice(&bytes);
        let _ = segment::decode(&record);
        let _ = journal::decode(&record);
        let _ = Outbox::decode(&record);
        let _ = Activity::decode(&record);
        let _ = Kept::decode(&record);
    }

    /// One altered byte costs at most the row it lies in, or the record if it lies in its head.
    #[test]
    fn one_altered_byte_costs_one_row(packed in vec(given::row(), 1..6), mask in 1..=255u8) {
        let bytes = pack(&packed);
        for place in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[place] ^= mask;
            let Ok(segment) = segment::decode(&altered) else {
                prop_assert!(place < 6, "only kind and version lose the record, not byte {}", place);
                continue;
            };
            if (6..8).contains(&place) {
                // The table: no checksum fits any more, and nothing wrong is read.
                prop_assert!(segment.rows.is_empty());
                continue;
            }
            // A version byte may make it format 1, whose rows have no checksums to hold on to, or
            // a newer minor one, which is read.
            if place == 4 {
                prop_assert!(!segment.quarantined.is_empty());
                continue;
            }
            let sound = segment.rows.len();
            prop_assert!(sound + 1 >= packed.len());
            prop_assert!(sound == packed.len() || !segment.quarantined.is_empty());
            prop_assert!(place == 5 || !segment.quarantined.is_empty(), "byte {} unnoticed", place);
            for (id, row) in &segment.rows {
                prop_assert_eq!(row, &packed[id.0[0] as usize - 1]);
            }
        }
    }

    #[test]
    fn a_segment_cut_short_gives_what_is_left(packed in vec(given::row(), 1..6)) {
        let bytes = pack(&packed);
        for length in 0..bytes.len() {
            match segment::decode(&bytes[..length]) {
                Err(_) => prop_assert!(length < 12),
                Ok(segment) => {
                    prop_assert!(segment.rows.len() < packed.len());
                    prop_assert!(!segment.quarantined.is_empty());
                    for (id, row) in &segment.rows {
                        prop_assert_eq!(row, &packed[id.0[0] as usize - 1]);
                    }
                    let rows: usize =
                        segment.rows.iter().map(|(_, row)| row.as_bytes().len() + 24).sum();
                    let aside: usize = segment.quarantined.iter().map(|at| at.bytes.len()).sum();
                    prop_assert_eq!(12 + rows + aside, length, "no byte is lost");
                }
            }
        }
    }

    #[test]
    fn damage_in_a_journal_record_is_noticed(
        entries in vec((given::row_key(), given::row()), 1..4),
        mask in 1..=255u8,
    ) {
        let bytes = journal::encode(&entries);
        for place in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[place] ^= mask;
            if place == 5 { continue; } // A newer minor version is read.
            if let Ok(record) = journal::decode(&altered) {
                prop_assert!(!record.quarantined.is_empty(), "byte {}", place);
                prop_assert!(place == 4 || record.entries.len() + 1 >= entries.len());
                if place != 4 {
                    prop_assert!(record.entries.iter().all(|entry| entries.contains(entry)));
                }
            }
        }
        for length in 0..bytes.len() {
            if let Ok(record) = journal::decode(&bytes[..length]) {
                prop_assert!(!record.quarantined.is_empty());
            }
        }
    }
}

/// A store with a segment and a journal, to be damaged.
fn shop() -> Shop {
    let mut shop = Shop::new(1);
    shop.commit(
        (0..20).map(|id| edit(key(5, id), 1, b"a name")).collect(),
        NOW,
    );
    while shop.fold(10) {}
    shop.commit(
        vec![edit(key(5, 3), 2, b"journaled"), edit(key(6, 1), 1, b"new")],
        NOW + 1,
    );
    shop
}

#[test]
fn a_damaged_row_is_set_aside_and_the_rest_opens() {
    let shop = shop();
    let (segment_key, mut bytes) = shop.records(Shelf::Segments).remove(0);
    let all = shop.rows();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    let mut batch = Batch::new();
    batch.put(Shelf::Segments, segment_key, bytes);
    block_on(shop.storage.write(batch)).unwrap();

    let found = opened(&shop.storage, 2);
    let [damaged] = &found.quarantined[..] else {
        panic!("one row is damaged")
    };
    let lost = damaged.key.unwrap();
    let mut expected = all;
    expected.remove(&lost);
    assert_eq!(rows(&found.replica), expected);
    let kept = records(&shop.storage, Shelf::Quarantine);
    let kept = Kept::decode(&kept[0].1).unwrap();
    assert_eq!((kept.key, &kept.bytes), (Some(lost), &damaged.bytes));
    assert_eq!(kept.reason, Damage::Checksum.to_string());

    // The next opening finds nothing wrong and the same rows.
    let again = opened(&shop.storage, 3);
    assert_eq!((again.quarantined.len(), again.upkeep.len()), (0, 0));
    assert_eq!(rows(&again.replica), expected);
    assert_eq!(records(&shop.storage, Shelf::Quarantine).len(), 1);
}

#[test]
fn records_that_cannot_be_read_at_all_are_set_aside_whole() {
    let shop = shop();
    let expected = shop.rows();
    let segment_key = segment::SegmentKey {
        table: TABLE,
        number: 77,
        session: 1,
    }
    .to_bytes();
    let sound = segment::encode(TableId(6), &[]);
    let strange = [
        (
            Shelf::Segments,
            segment_key.clone(),
            b"not a segment".to_vec(),
            Damage::NotARecord,
        ),
        (
            Shelf::Segments,
            b"no key".to_vec(),
            sound.clone(),
            Damage::Misplaced,
        ),
        (
            Shelf::Segments,
            [&segment_key[..13], &[9]].concat(),
            sound,
            Damage::Misplaced,
        ),
        (
            Shelf::Journal,
            vec![0; 16],
            b"TXJN\x02\x00".to_vec(),
            Damage::CutShort,
        ),
        (
            Shelf::Journal,
            vec![0; 15],
            journal::encode(&[]),
            Damage::Misplaced,
        ),
        (
            Shelf::Meta,
            meta_key::CLOCK.to_vec(),
            b"TXCK".to_vec(),
            Damage::CutShort,
        ),
    ];
    let mut batch = Batch::new();
    for (shelf, key, bytes, _) in &strange {
        batch.put(*shelf, key.clone(), bytes.clone());
    }
    block_on(shop.storage.write(batch)).unwrap();

    let found = opened(&shop.storage, 2);
    assert_eq!(rows(&found.replica), expected);
    let mut reasons: Vec<_> = found.quarantined.iter().map(|at| at.reason).collect();
    let mut wanted: Vec<_> = strange.iter().map(|(_, _, _, reason)| *reason).collect();
    reasons.sort_by_key(ToString::to_string);
    wanted.sort_by_key(ToString::to_string);
    assert_eq!(reasons, wanted);
    let kept: Vec<_> = records(&shop.storage, Shelf::Quarantine)
        .iter()
        .map(|(_, bytes)| Kept::decode(bytes).unwrap().bytes)
        .collect();
    assert!(strange.iter().all(|(_, _, bytes, _)| kept.contains(bytes)));
    assert_eq!(opened(&shop.storage, 3).quarantined, []);
}

#[test]
fn a_segment_of_an_unknown_future_is_set_aside_not_lost() {
    let shop = shop();
    let (segment_key, mut bytes) = shop.records(Shelf::Segments).remove(0);
    bytes[4] = 200;
    let mut batch = Batch::new();
    batch.put(Shelf::Segments, segment_key, bytes.clone());
    block_on(shop.storage.write(batch)).unwrap();
    let found = opened(&shop.storage, 2);
    assert!(matches!(
        found.quarantined[0].reason,
        Damage::NeedsNewerVersion(_)
    ));
    assert_eq!(found.quarantined[0].bytes, bytes);
    assert_eq!(found.replica.len(), 2, "what the journal has is there");
}

#[test]
fn bytes_made_to_stall_the_search_do_not() {
    // After a damaged row, a megabyte in which every other place looks like a long entry.
    let mut bytes = pack(&[Row::default()]);
    bytes.extend([0u8, 1].repeat(500_000));
    bytes[12 + 16 + 8] ^= 1;
    let segment = segment::decode(&bytes).unwrap();
    assert!(segment.rows.is_empty());
    let aside: usize = segment.quarantined.iter().map(|at| at.bytes.len()).sum();
    assert_eq!(aside, bytes.len() - 12);
}
