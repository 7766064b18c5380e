//! Records of the disk, backups, and texts that people paste.

use pollster::block_on;
use tongxing_sync::activity::Activity;
use tongxing_sync::hlc::DeviceId;
use tongxing_sync::invite_link::InviteLink;
use tongxing_sync::membership::Membership;
use tongxing_sync::outbox::Outbox;
use tongxing_sync::secret_text::Recovery;
use tongxing_sync::segment::{self, SegmentKey};
use tongxing_sync::storage::MemoryStorage;
use tongxing_sync::{backup, journal, quarantine, sealed_file};

/// Reads bytes as every kind of record, as a backup, and as a secret's text.
pub fn at_rest(bytes: &[u8]) -> bool {
    let mut accepted = SegmentKey::from_bytes(bytes).is_some();
    if let Ok(segment) = segment::decode(bytes) {
        accepted = true;
        let rows: Vec<_> = segment.rows.iter().map(|(id, row)| (*id, row)).collect();
        let again = segment::decode(&segment::encode(segment.table, &rows));
        assert!(again.is_ok_and(|again| again.rows == segment.rows));
    }
    if let Ok(record) = journal::decode(bytes) {
        accepted = true;
        let again = journal::decode(&journal::encode(&record.entries));
        assert!(again.is_ok_and(|again| again.entries == record.entries));
    }
    if let Ok(outbox) = Outbox::decode(bytes) {
        accepted = true;
        assert_eq!(Outbox::decode(&outbox.encode()), Ok(outbox));
    }
    if let Ok(activity) = Activity::decode(bytes) {
        accepted = true;
        assert_eq!(Activity::decode(&activity.encode()), Ok(activity));
    }
    accepted |= quarantine::Kept::decode(bytes).is_ok();
    let records = vec![(b"membership".to_vec(), bytes.to_vec())];
    accepted |= Membership::read(records).is_ok_and(|(member, _)| member.is_some());
    let empty = MemoryStorage::new();
    let restored = backup::put_back(&empty, bytes, DeviceId(1));
    accepted |= block_on(restored).is_ok();
    accepted |= sealed_file::open("password", bytes).is_ok();
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Ok(link) = InviteLink::from_text(text) {
            accepted = true;
            let again = InviteLink::from_text(&link.to_text("https://tongxing.example/"));
            assert_eq!(again, Ok(link));
        }
        accepted |= Recovery::from_text(text).is_ok();
    }
    accepted
}
