//! Records written by this and earlier versions. The fixtures come from `fixtures/golden.py`,
//! which shares no code with the crate.

use pollster::block_on;
use tongxing_sync::format::{Damage, Version};
use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::journal::{self, CommitKey};
use tongxing_sync::replica::{self, OpenError, meta_key};
use tongxing_sync::row::{FieldKey, Register, Row, RowId, RowKey, TableId};
use tongxing_sync::segment::{self, SegmentKey};
use tongxing_sync::storage::{Batch, Fault, MemoryStorage, Shelf, Storage, StorageError};

use crate::shop::{opened, records, rows};

const TABLE: TableId = TableId(7);
const ONE: RowId = RowId([0x11; 16]);
const TWO: RowId = RowId([0x22; 16]);

const EARLY: Hlc = Hlc::new(1_700_000_000_000, 0, DeviceId(0xA11CE));
const LATER: Hlc = Hlc::new(1_700_000_000_000, 1, DeviceId(0xB0B));
const LAST: Hlc = Hlc::new(1_700_000_360_000, 0, DeviceId(0xA11CE));

fn row(registers: &[(FieldKey, Hlc, &[u8])]) -> Row {
    Row::from_registers(registers.iter().map(|(field, hlc, value)| {
        (
            field.clone(),
            Register {
                hlc: *hlc,
                value: (*value).into(),
            },
        )
    }))
    .unwrap_or_default()
}

fn stored_rows() -> [(RowId, Row); 2] {
    let one = row(&[
        (FieldKey::plain(1), EARLY, "同行".as_bytes()),
        (FieldKey::plain(2), LATER, &[0, 0xFF]),
        (FieldKey::member(9, *b"tag"), EARLY, &[1]),
        (FieldKey::plain(300), LATER, &[b'x'; 200]),
    ]);
    let two = row(&[
        (FieldKey::plain(0), LAST, &[1]),
        (FieldKey::plain(1), EARLY, b""),
    ]);
    [(ONE, one), (TWO, two)]
}

fn delta() -> Row {
    row(&[(FieldKey::plain(1), LAST, b"renamed")])
}

fn segment_key() -> Vec<u8> {
    SegmentKey {
        table: TABLE,
        number: 0,
        session: 1,
    }
    .to_bytes()
}

fn commit_key() -> Vec<u8> {
    CommitKey {
        sequence: 4,
        session: 1,
    }
    .to_bytes()
}

const SEGMENT_1: &[u8] = include_bytes!("../fixtures/segment.1.bin");
const SEGMENT_2: &[u8] = include_bytes!("../fixtures/segment.2.bin");
const JOURNAL_1: &[u8] = include_bytes!("../fixtures/journal.1.bin");
const JOURNAL_2: &[u8] = include_bytes!("../fixtures/journal.2.bin");
const VERSION_1: &[u8] = include_bytes!("../fixtures/version.1.bin");
const VERSION_2: &[u8] = include_bytes!("../fixtures/version.2.bin");
const CLOCK_1: &[u8] = include_bytes!("../fixtures/clock.1.bin");
const CLOCK_2: &[u8] = include_bytes!("../fixtures/clock.2.bin");

fn store(segment: &[u8], journal: &[u8], version: &[u8], clock: &[u8]) -> MemoryStorage {
    let storage = MemoryStorage::new();
    let mut batch = Batch::new();
    batch.put(Shelf::Segments, segment_key(), segment);
    batch.put(Shelf::Journal, commit_key(), journal);
    batch.put(Shelf::Meta, meta_key::FORMAT, version);
    batch.put(Shelf::Meta, meta_key::CLOCK, clock);
    batch.put(Shelf::Meta, b"cursor", b"the shell's own");
    block_on(storage.write(batch)).unwrap();
    storage
}

#[test]
fn format_2_is_written_byte_for_byte() {
    let rows = stored_rows();
    let views: Vec<_> = rows.iter().map(|(id, row)| (*id, row)).collect();
    assert_eq!(segment::encode(TABLE, &views), SEGMENT_2);
    assert_eq!(
        journal::encode(&[(RowKey::new(TABLE, ONE), delta())]),
        JOURNAL_2
    );
}

#[test]
fn both_formats_are_read() {
    for (bytes, major) in [(SEGMENT_1, 1), (SEGMENT_2, 2)] {
        let segment = segment::decode(bytes).unwrap();
        assert_eq!(segment.version, Version { major, minor: 0 });
        assert_eq!(
            (segment.table, &segment.rows[..]),
            (TABLE, &stored_rows()[..])
        );
        assert_eq!(segment.quarantined, []);
    }
    for bytes in [JOURNAL_1, JOURNAL_2] {
        let record = journal::decode(bytes).unwrap();
        assert_eq!(record.entries, [(RowKey::new(TABLE, ONE), delta())]);
        assert_eq!(record.quarantined, []);
    }
}

#[test]
fn a_store_of_format_1_is_migrated_with_equal_rows() {
    let old = store(SEGMENT_1, JOURNAL_1, VERSION_1, CLOCK_1);
    let new = store(SEGMENT_2, JOURNAL_2, VERSION_2, CLOCK_2);
    let migrated = opened(&old, 5);
    assert_eq!(migrated.migrated_from, Some(Version { major: 1, minor: 0 }));
    assert_eq!(migrated.quarantined, []);
    assert_eq!(migrated.replica.clock().last(), LAST);
    let current = opened(&new, 5);
    assert_eq!(current.migrated_from, None);
    assert_eq!(rows(&migrated.replica), rows(&current.replica));
    let renamed = migrated.replica.row(&RowKey::new(TABLE, ONE)).unwrap();
    assert_eq!(renamed.get(1).unwrap().value, b"renamed");

    // On the disk, nothing of format 1 is left but the clock, which has not moved.
    assert_eq!(
        records(&old, Shelf::Segments),
        [(segment_key(), SEGMENT_2.to_vec())]
    );
    assert_eq!(
        records(&old, Shelf::Journal),
        [(commit_key(), JOURNAL_2.to_vec())]
    );
    assert_eq!(records(&old, Shelf::Meta).len(), 3);
    assert!(records(&old, Shelf::Meta).contains(&(meta_key::FORMAT.into(), VERSION_2.to_vec())));
    let again = opened(&old, 6);
    assert_eq!((again.migrated_from, again.upkeep.len()), (None, 0));
    assert_eq!(rows(&again.replica), rows(&current.replica));
}

#[test]
fn a_migration_that_is_cut_off_goes_on_at_the_next_opening() {
    let expected = rows(&opened(&store(SEGMENT_2, JOURNAL_2, VERSION_2, CLOCK_2), 5).replica);
    for done in 0..3 {
        let storage = store(SEGMENT_1, JOURNAL_1, VERSION_1, CLOCK_1);
        storage.succeed(done);
        storage.fail_next(Fault::CrashAfter(1));
        let cut = block_on(replica::open(&storage, DeviceId(5), |_| {})).unwrap();
        assert_eq!(cut.upkeep_error, Some(StorageError::Closed));
        let storage = storage.reopen();
        let again = opened(&storage, 6);
        assert_eq!(again.upkeep_error, None);
        assert_eq!(rows(&again.replica), expected);
        assert_eq!(
            records(&storage, Shelf::Segments),
            [(segment_key(), SEGMENT_2.to_vec())]
        );
        assert_eq!(
            records(&storage, Shelf::Journal),
            [(commit_key(), JOURNAL_2.to_vec())]
        );
    }
}

#[test]
fn a_store_that_cannot_be_migrated_opens_and_is_not_folded() {
    let storage = store(SEGMENT_1, JOURNAL_1, VERSION_1, CLOCK_1);
    storage.fail_next(Fault::Refuse(StorageError::QuotaExceeded));
    let mut full = opened(&storage, 5);
    assert_eq!(full.upkeep_error, Some(StorageError::QuotaExceeded));
    assert_eq!(full.replica.len(), 2);
    assert_eq!(full.replica.fold(10), None);
    assert_eq!(
        records(&storage, Shelf::Segments),
        [(segment_key(), SEGMENT_1.to_vec())]
    );
}

#[test]
fn a_newer_minor_version_is_read() {
    for (offset, bytes) in [(5, SEGMENT_2), (5, JOURNAL_2)] {
        let mut newer = bytes.to_vec();
        newer[offset] = 9;
        let minor = Version { major: 2, minor: 9 };
        if bytes == SEGMENT_2 {
            let segment = segment::decode(&newer).unwrap();
            assert_eq!((segment.version, segment.rows.len()), (minor, 2));
            assert_eq!(segment.quarantined, []);
        } else {
            let record = journal::decode(&newer).unwrap();
            assert_eq!((record.version, record.entries.len()), (minor, 1));
        }
    }
}

#[test]
fn a_newer_major_version_is_refused_by_name() {
    let newer = Version { major: 3, minor: 0 };
    for bytes in [SEGMENT_2, JOURNAL_2] {
        let mut bytes = bytes.to_vec();
        bytes[4] = 3;
        assert_eq!(
            segment::decode(&bytes)
                .err()
                .or(journal::decode(&bytes).err()),
            {
                let not_both = if bytes.starts_with(b"TXSG") {
                    Damage::NeedsNewerVersion(newer)
                } else {
                    Damage::NotARecord
                };
                Some(not_both)
            }
        );
    }
    let mut version = b"TXVN\x03\x00".to_vec();
    version.extend_from_slice(&crc32(b"TXVN\x03\x00").to_be_bytes());
    let storage = store(SEGMENT_2, JOURNAL_2, &version, CLOCK_2);
    let before = records(&storage, Shelf::Meta);
    let refused = block_on(replica::open(&storage, DeviceId(5), |_| {}));
    assert_eq!(refused.unwrap_err(), OpenError::NeedsNewerVersion(newer));
    assert_eq!(
        records(&storage, Shelf::Meta),
        before,
        "nothing has been changed"
    );
}

#[test]
fn a_damaged_version_record_is_not_taken_for_a_newer_version() {
    let mut version = VERSION_2.to_vec();
    version[4] = 77;
    let storage = store(SEGMENT_2, JOURNAL_2, &version, CLOCK_2);
    let opened = opened(&storage, 5);
    assert_eq!(opened.replica.len(), 2);
    assert_eq!(opened.quarantined[0].reason, Damage::Checksum);
    assert!(
        records(&storage, Shelf::Meta).contains(&(meta_key::FORMAT.into(), VERSION_2.to_vec()))
    );
    assert_eq!(records(&storage, Shelf::Quarantine).len(), 1);
}

/// CRC-32 bit by bit, so that the test does not lean on the crate's own.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    })
}
