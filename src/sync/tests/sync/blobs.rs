//! Blobs: sealed the same everywhere, carried over lines that break, and found missing again.

use std::collections::BTreeSet;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_sync::blob::{
    Address, Asked, Incoming, MAX_BYTES, Note, OpenError, Outgoing, PART_BYTES, Sealer, TooLong,
    survey,
};
use tongxing_sync::storage::{Shelf, Storage as _};
use tongxing_sync::team_key::TeamKey;
use tongxing_sync::wire::{Epoch, TeamId};

use crate::courier::here;
use crate::endpoint::Endpoint;
use crate::shop::{NOW, Shop};
use crate::tablet::{TEAM, Tablet, team_key};

fn sealer() -> Sealer {
    Sealer::new(TEAM, &team_key())
}

/// What the header of the format says, put together from the primitives.
#[test]
fn a_blob_is_sealed_as_its_format_says() {
    let bytes = "签名 M10 20L200 20".as_bytes();
    let derived = |context: &str| blake3::derive_key(context, team_key().expose());
    let address = blake3::keyed_hash(&derived("Tongxing 2026-11-30 blob addresses"), bytes);
    let hash = blake3::keyed_hash(&derived("Tongxing 2026-11-30 blob nonces"), bytes);
    let nonce: [u8; 24] = std::array::from_fn(|place| hash.as_bytes()[place]);
    let mut msg = (bytes.len() as u32).to_be_bytes().to_vec();
    msg.extend_from_slice(bytes);
    msg.resize(128, 0);
    let aad = [&TEAM.0[..], address.as_bytes(), &[1]].concat();
    let cipher = XChaCha20Poly1305::new(&derived("Tongxing 2026-11-30 blobs").into());
    let payload = Payload {
        msg: &msg,
        aad: &aad,
    };
    let sealed = cipher.encrypt(&nonce.into(), payload).unwrap();
    let expected = [&[1], &nonce[..], &sealed].concat();
    assert_eq!(sealer().seal(bytes).unwrap(), expected);
    assert_eq!(sealer().address(bytes), Address(*address.as_bytes()));
    assert_eq!(Sealer::sealed_length(bytes.len()), expected.len());
}

#[test]
fn a_blob_opens_for_its_team_at_its_place_alone() {
    let (one, other) = (b"one".as_slice(), b"other".as_slice());
    let sealer = sealer();
    let sealed = sealer.seal(one).unwrap();
    assert_eq!(sealer.open(sealer.address(one), &sealed), Ok(one.to_vec()));
    let elsewhere = sealer.address(other);
    assert_eq!(sealer.open(elsewhere, &sealed), Err(OpenError::Forged));
    for stranger in [
        Sealer::new(TeamId([8; 16]), &team_key()),
        Sealer::new(TEAM, &TeamKey::new([0x43; 32])),
    ] {
        let address = stranger.address(one);
        assert_eq!(stranger.open(address, &sealed), Err(OpenError::Forged));
        assert_ne!(stranger.seal(one).unwrap(), sealed);
    }
    let newer = [&[2], &sealed[1..]].concat();
    assert_eq!(
        sealer.open(sealer.address(one), &newer),
        Err(OpenError::NeedsNewerVersion(2))
    );
}

#[test]
fn what_is_too_long_is_refused() {
    let bytes = MAX_BYTES + 1;
    assert_eq!(sealer().seal(&vec![0; bytes]), Err(TooLong { bytes }));
    // As the endpoint allows by default, in megabytes.
    assert!(Sealer::sealed_length(MAX_BYTES) < 25 << 20);
}

/// What the endpoint does with parts: `src/server/src/team/blobs.rs`, in short.
#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    size: usize,
}

impl Kept {
    /// How many bytes are there then; `None` if the part does not follow.
    fn put(&mut self, offset: usize, size: usize, part: &[u8]) -> Option<u64> {
        self.size = size;
        let end = offset + part.len();
        assert!(end <= size && (end == size || part.len() >= 64 << 10));
        if end > self.bytes.len() {
            if offset != self.bytes.len() {
                return None;
            }
            self.bytes.extend_from_slice(part);
        }
        Some(self.bytes.len() as u64)
    }
}

/// What happens to a part and to its answer.
#[derive(Clone, Copy, Debug)]
enum Luck {
    Good,
    PartLost,
    AnswerLost,
    Restart,
    /// The endpoint lets go of what it has.
    Forgotten,
}

fn luck() -> impl Strategy<Value = Luck> {
    prop_oneof![
        4 => Just(Luck::Good),
        1 => Just(Luck::PartLost),
        1 => Just(Luck::AnswerLost),
        1 => Just(Luck::Restart),
        1 => Just(Luck::Forgotten),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever happens on the way, a blob arrives whole, and opens to what it was.
    #[test]
    fn blobs_arrive_over_lines_that_break(
        length in prop_oneof![0..200usize, 0..(3 * PART_BYTES)],
        fate in vec(luck(), 0..24),
    ) {
        let bytes: Vec<u8> = (0..length).map(|place| (place * 31 % 251) as u8).collect();
        let sealer = sealer();
        let begin = || Outgoing::new(&sealer, b"photo".to_vec(), &bytes).unwrap();
        let mut outgoing = begin();
        let mut kept = Kept::default();
        let mut fate = fate.into_iter();
        let mut tries = 0;
        while let Some(part) = outgoing.part() {
            tries += 1;
            prop_assert!(tries < 100, "sending does not come to an end");
            let luck = fate.next().unwrap_or(Luck::Good);
            match luck {
                Luck::PartLost => continue,
                Luck::Restart => {
                    outgoing = begin();
                    continue;
                }
                Luck::Forgotten => kept = Kept::default(),
                Luck::Good | Luck::AnswerLost => {}
            }
            match kept.put(part.offset, part.size, part.bytes) {
                _ if matches!(luck, Luck::AnswerLost) => {}
                Some(received) => prop_assert!(outgoing.received(received)),
                None => outgoing.begin_again(),
            }
        }
        prop_assert_eq!(kept.bytes.len(), kept.size);
        let mut incoming = Incoming::new(outgoing.note().clone());
        while let Some(range) = incoming.range() {
            prop_assert!(!incoming.take(&kept.bytes[range.start..range.end - 1]));
            prop_assert!(incoming.take(&kept.bytes[range]));
        }
        prop_assert!(!incoming.take(b"more"));
        prop_assert_eq!(incoming.open(&sealer), Ok(bytes));
    }

    /// Whatever an endpoint hands out in place of a blob is found out.
    #[test]
    fn altered_blobs_do_not_open(bytes in vec(any::<u8>(), 0..600), at in any::<prop::sample::Index>(), flip in 1..=255u8) {
        let sealer = sealer();
        let mut sealed = sealer.seal(&bytes).unwrap();
        let at = at.index(sealed.len());
        sealed[at] ^= flip;
        prop_assert!(sealer.open(sealer.address(&bytes), &sealed).is_err());
        sealed.truncate(at);
        prop_assert!(sealer.open(sealer.address(&bytes), &sealed).is_err());
    }

    #[test]
    fn anything_at_all_is_refused_calmly(sealed in vec(any::<u8>(), 0..300)) {
        prop_assert!(sealer().open(Address([0; 32]), &sealed).is_err());
    }
}

fn keep(tablet: &Tablet, id: &str, bytes: &[u8]) {
    let mut batch = tongxing_sync::storage::Batch::new();
    batch.put(Shelf::Blobs, id, bytes);
    pollster::block_on(tablet.shop.storage.write(batch)).unwrap();
}

/// What is here and not known to be there is sent; once that is noted, the others know what to fetch.
#[test]
fn members_hear_of_blobs_by_rows() {
    let mut endpoint = Endpoint::new();
    let mut one = Tablet::joined(Shop::new(1));
    let mut other = Tablet::joined(Shop::new(2));
    keep(&one, "photo", &[7; 5_000]);
    keep(&one, "signature", b"M10 20L200 20");
    let found = survey(&one.shop.replica, here(&one));
    assert_eq!(found.to_send, [b"photo".to_vec(), b"signature".to_vec()]);
    for id in found.to_send {
        let bytes = match id.as_slice() {
            b"photo" => vec![7; 5_000],
            _ => b"M10 20L200 20".to_vec(),
        };
        let outgoing = Outgoing::new(&sealer(), id, &bytes).unwrap();
        one.commit(outgoing.note().edits(), NOW);
    }
    assert_eq!(
        survey(&one.shop.replica, here(&one)).to_send,
        [] as [Vec<u8>; 0]
    );
    one.sync(&mut endpoint, NOW);
    other.sync(&mut endpoint, NOW);
    let found = survey(&other.shop.replica, here(&other));
    let ids: Vec<_> = found
        .to_fetch
        .iter()
        .map(|note| note.id.as_slice())
        .collect();
    // The short one does not wait for the long one.
    assert_eq!(ids, [b"signature".as_slice(), b"photo"]);
    assert_eq!(found.to_fetch[1].length, 5_000);
    keep(&other, "signature", b"M10 20L200 20");
    let found = survey(&other.shop.replica, here(&other));
    assert_eq!(found.to_fetch.len(), 1);
    assert_eq!(found.shared.len(), 1);
    // Both had sent it: that is one row, and no conflict.
    let again = Outgoing::new(&sealer(), b"signature".to_vec(), b"M10 20L200 20").unwrap();
    other.commit(again.note().edits(), NOW + 1);
    other.sync(&mut endpoint, NOW + 1);
    assert_eq!(other.conflicts(), []);
}

#[test]
fn a_note_that_says_too_much_is_passed_over() {
    let mut tablet = Tablet::joined(Shop::new(1));
    let note = |id: &str, length| Note {
        id: id.as_bytes().to_vec(),
        length,
        address: Address([1; 32]),
    };
    for note in [
        note("right", 10),
        note("long", MAX_BYTES + 1),
        note(&"n".repeat(129), 10),
    ] {
        tablet.commit(note.edits(), NOW);
    }
    let found = survey(&tablet.shop.replica, BTreeSet::new());
    assert_eq!(found.to_fetch, [note("right", 10)]);
}

#[test]
fn each_epoch_is_asked_once() {
    let tablet = Tablet::joined(Shop::new(1));
    let storage = &tablet.shop.storage;
    let meta = || {
        let read = storage.read(Shelf::Meta, Asked::meta_range(), None);
        pollster::block_on(read).unwrap()
    };
    let (first, second) = (Epoch([1; 16]), Epoch([2; 16]));
    assert!(Asked::is_due(&meta(), first));
    pollster::block_on(storage.write(Asked::note(first))).unwrap();
    assert!(!Asked::is_due(&meta(), first));
    assert!(Asked::is_due(&meta(), second));
    // Another team's endpoint is asked anew.
    pollster::block_on(storage.write(tongxing_sync::member::Member::leave())).unwrap();
    assert!(Asked::is_due(&meta(), first));
}
