//! A store as a file, and back; a file that opens with its password alone.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use pollster::block_on;
use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_sync::backup::{self, Piece, RestoreError};
use tongxing_sync::envelope::Nonce;
use tongxing_sync::hlc::DeviceId;
use tongxing_sync::invite_link::EndpointAddress;
use tongxing_sync::membership::{Membership, TokenSecret};
use tongxing_sync::outbox::Outbox;
use tongxing_sync::sealed_file::{self, Cost, OpenFileError, Salt, SealFileError, SealingKey};
use tongxing_sync::storage::{Fault, KeyRange, MemoryStorage, Shelf, Storage, StorageError};

use crate::shop::{NOW, Shop, edit, key, opened, rows};
use crate::tablet::{TEAM, Tablet, team_key};

/// As cheap as Argon2 allows.
const CHEAP: Cost = Cost {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

fn sealed(content: &[u8]) -> Vec<u8> {
    let (salt, nonce) = (Salt([5; Salt::BYTES]), Nonce([6; Nonce::BYTES]));
    sealed_file::seal("好的 password", content, CHEAP, salt, nonce).unwrap()
}

/// A shop with folded and unfolded commits, a deleted row, an outbox and activities.
fn full_shop() -> Shop {
    let mut shop = Shop::new(1);
    for id in 0..40 {
        shop.commit(
            vec![edit(key(1, id), 1, b"a"), edit(key(2, id), 2, b"b")],
            NOW,
        );
    }
    while shop.fold(16) {}
    shop.commit(vec![edit(key(1, 3), 0, &[1])], NOW + 1);
    shop.commit(vec![edit(key(3, 1), 1, b"late")], NOW + 2);
    shop
}

#[test]
fn a_book_comes_back_whole_on_another_device() {
    let shop = full_shop();
    let taken = block_on(backup::take(&shop.storage)).unwrap();
    let storage = MemoryStorage::new();
    let restored = block_on(backup::put_back(&storage, &taken, DeviceId(77))).unwrap();
    assert_eq!((restored.rows, restored.set_aside), (81, 0));
    let again = opened(&storage, 99);
    assert_eq!(again.quarantined, []);
    assert_eq!(rows(&again.replica), shop.rows());
    assert_eq!(again.replica.device(), DeviceId(77));
    assert!(again.replica.clock().last().ms() >= shop.replica.clock().last().ms());
    for shelf in [
        Shelf::Segments,
        Shelf::Journal,
        Shelf::Outbox,
        Shelf::Activity,
    ] {
        let read = |storage: &MemoryStorage| block_on(storage.read(shelf, KeyRange::all(), None));
        assert_eq!(read(&storage), read(&shop.storage), "{shelf:?}");
    }
}

#[test]
fn neither_key_nor_token_is_in_a_backup() {
    let tablet = Tablet::joined(full_shop());
    let membership = Membership {
        team: TEAM,
        key: team_key(),
        token: TokenSecret::new([0x77; 32]),
        endpoint: EndpointAddress::from_text("https://teams.example.com").unwrap(),
    };
    let storage = &tablet.shop.storage;
    block_on(storage.write(membership.keep())).unwrap();
    let taken = block_on(backup::take(storage)).unwrap();
    for secret in [membership.key.expose(), membership.token.expose()] {
        assert!(!taken.windows(secret.len()).any(|window| window == secret));
    }
    let fresh = MemoryStorage::new();
    block_on(backup::put_back(&fresh, &taken, DeviceId(5))).unwrap();
    let meta = block_on(fresh.read(Shelf::Meta, Membership::meta_range(), None)).unwrap();
    assert_eq!(meta, []);
}

#[test]
fn a_backup_goes_into_an_empty_store_whole_or_not_at_all() {
    let shop = full_shop();
    let taken = block_on(backup::take(&shop.storage)).unwrap();
    assert_eq!(
        block_on(backup::put_back(&shop.storage, &taken, DeviceId(5))),
        Err(RestoreError::NotEmpty)
    );
    let storage = MemoryStorage::new();
    storage.fail_next(Fault::CrashAfter(20));
    assert_eq!(
        block_on(backup::put_back(&storage, &taken, DeviceId(5))),
        Err(RestoreError::Storage(StorageError::Closed))
    );
    let storage = storage.reopen();
    for shelf in Shelf::ALL {
        assert_eq!(block_on(storage.count(shelf, KeyRange::all())), Ok(0));
    }
}

#[test]
fn a_file_opens_with_its_password_alone() {
    let file = sealed(b"the book");
    assert_eq!(
        &**sealed_file::open("好的 password", &file).unwrap(),
        b"the book"
    );
    for wrong in ["", "好的 passwore", "好的 password "] {
        let opened = sealed_file::open(wrong, &file);
        assert_eq!(opened.unwrap_err(), OpenFileError::WrongPassword);
    }
    assert!(!file.windows(8).any(|window| window == b"the book"));
    assert_eq!(
        sealed_file::seal("", b"", CHEAP, Salt([0; 16]), Nonce([0; 24])),
        Err(SealFileError::NoPassword)
    );
}

#[test]
fn damage_is_told_from_a_wrong_password() {
    let file = sealed(b"the book");
    for at in 5..file.len() {
        for password in ["好的 password", "another"] {
            let mut flipped = file.clone();
            flipped[at] ^= 0x10;
            let opened = sealed_file::open(password, &flipped);
            assert_eq!(opened.unwrap_err(), OpenFileError::Damaged, "{at}");
            let cut = sealed_file::open(password, &file[..at]);
            assert_eq!(cut.unwrap_err(), OpenFileError::Damaged, "{at}");
        }
    }
    let error = |file: &[u8]| sealed_file::open("x", file).unwrap_err();
    assert_eq!(error(b"PK\x03\x04"), OpenFileError::AnotherKind);
    assert_eq!(error(b""), OpenFileError::AnotherKind);
    assert_eq!(error(b"TXSF\x02"), OpenFileError::NeedsNewerVersion(2));
}

/// A file as the header of `sealed_file` describes it, by the primitives alone.
fn by_hand(password: &str, cost: [u32; 3], content: &[u8]) -> Vec<u8> {
    let mut head = b"TXSF\x01".to_vec();
    for number in cost {
        head.extend_from_slice(&number.to_be_bytes());
    }
    head.extend_from_slice(&[9; 16]);
    let params = argon2::Params::new(8, 1, 1, Some(32)).unwrap();
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let mut secret = [0; 32];
    argon2
        .hash_password_into(password.as_bytes(), &[9; 16], &mut secret)
        .unwrap();
    let derive = |purpose: &str| {
        blake3::derive_key(
            &format!("Tongxing 2026-11-26 sealed file {purpose}"),
            &secret,
        )
    };
    let cipher = XChaCha20Poly1305::new(&derive("content").into());
    let payload = Payload {
        msg: content,
        aad: &head,
    };
    let sealed = cipher.encrypt(&XNonce::from([3; 24]), payload).unwrap();
    let mut file = head;
    file.extend_from_slice(&derive("password check")[..16]);
    file.extend_from_slice(&[3; 24]);
    file.extend_from_slice(&sealed);
    let hash = blake3::hash(&file);
    file.extend_from_slice(hash.as_bytes());
    file
}

#[test]
fn a_file_made_by_the_description_opens() {
    let file = by_hand("secret", [8, 1, 1], b"content");
    assert_eq!(&**sealed_file::open("secret", &file).unwrap(), b"content");
}

#[test]
fn a_file_does_not_decide_what_opening_it_may_cost() {
    for cost in [[u32::MAX, 1, 1], [8, u32::MAX, 1], [8, 1, 17]] {
        let file = by_hand("secret", cost, b"content");
        let opened = sealed_file::open("secret", &file);
        assert_eq!(opened.unwrap_err(), OpenFileError::TooCostly);
    }
    // Below what Argon2 allows.
    let file = by_hand("secret", [0, 0, 0], b"content");
    assert_eq!(
        sealed_file::open("secret", &file).unwrap_err(),
        OpenFileError::Damaged
    );
}

#[test]
fn argon2_agrees_with_its_reference() {
    // From the reference implementation's own tests (argon2id, version 0x13).
    let params = argon2::Params::new(1 << 16, 2, 1, Some(32)).unwrap();
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let mut secret = [0; 32];
    argon2
        .hash_password_into(b"password", b"somesalt", &mut secret)
        .unwrap();
    let hexadecimal: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        hexadecimal,
        "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"
    );
}

#[test]
fn what_a_password_led_to_seals_further_files() {
    let (salt, nonce) = (Salt([5; Salt::BYTES]), Nonce([7; Nonce::BYTES]));
    let key = SealingKey::derive("好的 password", CHEAP, salt).unwrap();
    let bytes = key.to_bytes();
    let again = SealingKey::from_bytes(&bytes).unwrap();
    let file = again.seal(b"the next book", nonce).unwrap();
    let opened = sealed_file::open("好的 password", &file).unwrap();
    assert_eq!(&**opened, b"the next book");
    let wrong = sealed_file::open("another", &file);
    assert_eq!(wrong.unwrap_err(), OpenFileError::WrongPassword);
    assert!(SealingKey::from_bytes(&bytes[1..]).is_none());
    assert!(!format!("{key:?}").contains('5'));
}

/// Takes a backup into a shop as the page does: what is not there comes as it was.
fn adopt(shop: &mut Shop, taken: &[u8]) -> usize {
    let parts = backup::in_pieces(taken, DeviceId(9)).unwrap();
    let mut come = 0;
    for bytes in &parts.pieces {
        match backup::piece(bytes).unwrap() {
            Piece::Rows(rows) => {
                let adopted = shop.replica.adopt(rows, NOW);
                come += adopted.changed.len();
                block_on(shop.storage.write(adopted.batch)).unwrap();
            }
            Piece::Record(shelf, ..) => assert!(matches!(shelf, Shelf::Activity | Shelf::Blobs)),
        }
    }
    assert_eq!(parts.set_aside, 0);
    come
}

#[test]
fn a_backup_comes_into_a_store_that_has_rows() {
    let shop = full_shop();
    let taken = block_on(backup::take(&shop.storage)).unwrap();
    let mut empty = Shop::new(5);
    assert_eq!(adopt(&mut empty, &taken), 81);
    assert_eq!(empty.rows(), shop.rows(), "with the stamps that they had");
    assert_eq!(empty.replica.device(), DeviceId(5));
    assert!(empty.replica.clock().last() > shop.replica.clock().last());
    let again = empty.reopen(6);
    assert_eq!(again.rows(), shop.rows());
    // They wait to be sent.
    let outbox = empty.records(Shelf::Outbox);
    let waiting: usize = outbox
        .iter()
        .map(|(_, bytes)| Outbox::decode(bytes).unwrap().entries.len())
        .sum();
    assert_eq!(waiting, 81);

    let mut other = Shop::new(7);
    other.commit(
        vec![edit(key(1, 3), 1, b"own"), edit(key(9, 9), 1, b"own")],
        NOW + 9,
    );
    assert_eq!(adopt(&mut other, &taken), 80);
    assert_eq!(other.value(key(1, 3), 1).unwrap(), b"own");
    assert_eq!(adopt(&mut other, &taken), 0);
    assert_eq!(backup::piece(b"\x00"), None);
    assert!(backup::in_pieces(&taken[1..], DeviceId(1)).is_err());
}

proptest! {
    #[test]
    fn any_content_comes_back(content in vec(any::<u8>(), 0..400)) {
        let opened = sealed_file::open("好的 password", &sealed(&content)).unwrap();
        prop_assert_eq!(&*opened, &content);
    }

    #[test]
    fn nothing_that_is_read_panics(mut bytes in vec(any::<u8>(), 0..200), begin in 0..3usize) {
        let kinds: [&[u8]; 3] = [b"TXSF\x01", b"TXBK\x02\x00", b""];
        bytes.splice(0..0, kinds[begin].iter().copied());
        prop_assert!(sealed_file::open("x", &bytes).is_err());
        let storage = MemoryStorage::new();
        prop_assert!(block_on(backup::put_back(&storage, &bytes, DeviceId(1))).is_err());
    }

    #[test]
    fn a_damaged_backup_changes_nothing(at in 0..4_000usize, bit in 0..8u8) {
        let mut taken = block_on(backup::take(&full_shop().storage)).unwrap();
        let at = at % taken.len();
        taken[at] ^= 1 << bit;
        let storage = MemoryStorage::new();
        prop_assert!(block_on(backup::put_back(&storage, &taken, DeviceId(1))).is_err());
        prop_assert_eq!(block_on(storage.count(Shelf::Meta, KeyRange::all())), Ok(0));
    }
}
