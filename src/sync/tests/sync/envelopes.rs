//! Envelopes, keys and secret texts: the primitives against published vectors, the formats against
//! `fixtures/envelope.py`, which shares no code with the crate.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_sync::envelope::{Nonce, OpenError, SealError, Sealer};
use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::row::{FieldKey, MAX_VALUE_BYTES, Register, Row, RowId, RowKey, TableId};
use tongxing_sync::secret_text::{Invite, InviteCode, Recovery, SecretTextError};
use tongxing_sync::team_key::TeamKey;
use tongxing_sync::wire::{BlindId, KeyCheck, MAX_ENVELOPE_BYTES, TeamId};

use crate::given;

const ENVELOPE_1: &[u8] = include_bytes!("../fixtures/envelope.1.bin");
/// What an invite's code becomes for the endpoint, then a sealed name.
const NAME_1: &[u8] = include_bytes!("../fixtures/name.1.bin");
const INVITE_1: &str = include_str!("../fixtures/invite.1.txt");
const RECOVERY_1: &str = include_str!("../fixtures/recovery.1.txt");

/// Bytes that count up from `first`.
fn counting<const N: usize>(first: u8) -> [u8; N] {
    std::array::from_fn(|place| first + place as u8)
}

fn team() -> TeamId {
    TeamId(counting(0x10))
}

fn key() -> TeamKey {
    TeamKey::new(counting(0x20))
}

fn sealer() -> Sealer {
    Sealer::new(team(), &key())
}

fn row_of(values: &[(u16, Hlc, Vec<u8>)]) -> Row {
    Row::from_registers(values.iter().map(|(number, hlc, value)| {
        let register = Register {
            hlc: *hlc,
            value: value.as_slice().into(),
        };
        (FieldKey::plain(*number), register)
    }))
    .unwrap()
}

const PLACE: RowKey = RowKey::new(TableId(7), RowId([0x11; 16]));
const EARLY: Hlc = Hlc::new(1_700_000_000_000, 0, DeviceId(0xA11CE));
const LATER: Hlc = Hlc::new(1_700_000_000_000, 1, DeviceId(0xB0B));

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits: Vec<u8> = hexadecimal
        .chars()
        .filter_map(|digit| digit.to_digit(16).map(|digit| digit as u8))
        .collect();
    digits
        .as_chunks::<2>()
        .0
        .iter()
        .map(|[high, low]| high << 4 | low)
        .collect()
}

/// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
#[test]
fn xchacha20_poly1305_is_the_published_one() {
    let cipher = XChaCha20Poly1305::new(&counting::<32>(0x80).into());
    let msg = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for \
                the future, sunscreen would be it.";
    let aad = bytes("50515253c0c1c2c3c4c5c6c7");
    let sealed = cipher
        .encrypt(&counting::<24>(0x40).into(), Payload { msg, aad: &aad })
        .unwrap();
    let published = "
        bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb
        731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452
        2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9
        21f9664c97637da9768812f615c68b13b52e
        c0875924c1c7987947deafd8780acf49";
    assert_eq!(sealed, bytes(published));
}

/// The official test vectors, for inputs of 0, 1 and 1025 bytes that count up to 250.
#[test]
fn blake3_is_the_published_one() {
    let key = b"whats the Elvish word for friend";
    let context = "BLAKE3 2019-12-27 16:29:52 test vectors context";
    for (length, hash, keyed, derived) in [
        (
            0,
            "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
            "92b2b75604ed3c761f9d6f62392c8a9227ad0ea3f09573e783f1498a4ed60d26",
            "2cc39783c223154fea8dfb7c1b1660f2ac2dcbd1c1de8277b0b0dd39b7e50d7d",
        ),
        (
            1,
            "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
            "6d7878dfff2f485635d39013278ae14f1454b8c0a3a2d34bc1ab38228a80c95b",
            "b3e2e340a117a499c6cf2398a19ee0d29cca2bb7404c73063382693bf66cb06c",
        ),
        (
            1025,
            "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444",
            "357dc55de0c7e382c900fd6e320acc04146be01db6a8ce7210b7189bd664ea69",
            "effaa245f065fbf82ac186839a249707c3bddf6d3fdda22d1b95a3c970379bcb",
        ),
    ] {
        let input: Vec<u8> = (0..length).map(|place| (place % 251) as u8).collect();
        assert_eq!(blake3::hash(&input).as_bytes(), &bytes(hash)[..]);
        assert_eq!(
            blake3::keyed_hash(key, &input).as_bytes(),
            &bytes(keyed)[..]
        );
        assert_eq!(blake3::derive_key(context, &input)[..], bytes(derived)[..]);
    }
}

#[test]
fn format_1_is_written_and_read_byte_for_byte() {
    let (blind, rest) = ENVELOPE_1.split_first_chunk::<16>().unwrap();
    let (check, envelope) = rest.split_first_chunk::<16>().unwrap();
    let row = row_of(&[(1, EARLY, "同行".into()), (2, LATER, vec![b'x'; 100])]);
    assert_eq!(sealer().blind(PLACE), BlindId(*blind));
    assert_eq!(key().check(team()), KeyCheck(*check));
    assert_eq!(
        sealer().seal(PLACE, &row, Nonce(counting(0x60))).unwrap(),
        envelope
    );
    assert_eq!(sealer().open(BlindId(*blind), envelope), Ok((PLACE, row)));
}

#[test]
fn another_key_team_or_row_does_not_open() {
    let row = row_of(&[(1, EARLY, b"secret".into())]);
    let sealed = sealer().seal(PLACE, &row, Nonce([1; 24])).unwrap();
    let blind = sealer().blind(PLACE);
    let other_key = Sealer::new(team(), &TeamKey::new([9; 32]));
    let other_team = Sealer::new(TeamId([9; 16]), &key());
    assert_eq!(other_key.open(blind, &sealed), Err(OpenError::Forged));
    assert_eq!(other_team.open(blind, &sealed), Err(OpenError::Forged));
    assert_ne!(other_key.blind(PLACE), blind);
    let elsewhere = sealer().blind(RowKey::new(TableId(8), PLACE.id));
    assert_ne!(elsewhere, blind);
    assert_eq!(sealer().open(elsewhere, &sealed), Err(OpenError::Forged));
    assert_ne!(key().check(team()), key().check(TeamId([9; 16])));
    assert_ne!(key().check(team()), TeamKey::new([9; 32]).check(team()));

    let mut newer = sealed.clone();
    newer[0] = 2;
    assert_eq!(
        sealer().open(blind, &newer),
        Err(OpenError::NeedsNewerVersion(2))
    );
    let mut older = sealed;
    older[0] = 0;
    assert_eq!(sealer().open(blind, &older), Err(OpenError::Forged));
}

#[test]
fn nothing_of_a_row_is_legible_and_lengths_are_steps() {
    let text = b"Li Wei promised three shelves by Friday".to_vec();
    let short = row_of(&[(1, EARLY, b"a".into())]);
    let long = row_of(&[(1, EARLY, text.clone())]);
    let sealed = sealer().seal(PLACE, &long, Nonce([2; 24])).unwrap();
    assert!(
        !sealed
            .windows(8)
            .any(|part| text.windows(8).any(|of| of == part))
    );
    assert!(!sealed.windows(16).any(|part| part == PLACE.id.0));
    let other = sealer().seal(PLACE, &short, Nonce([3; 24])).unwrap();
    assert_eq!(sealed.len(), other.len());
}

#[test]
fn a_row_beyond_the_limit_is_refused() {
    let long = |registers: u16, last: usize| {
        let mut values: Vec<_> = (1..registers)
            .map(|number| (number, EARLY, vec![7; MAX_VALUE_BYTES]))
            .collect();
        values.push((registers, EARLY, vec![7; last]));
        row_of(&values)
    };
    let largest = sealer()
        .seal(PLACE, &long(4, MAX_VALUE_BYTES - 200_000), Nonce([4; 24]))
        .unwrap();
    assert!(largest.len() <= MAX_ENVELOPE_BYTES);
    assert!(matches!(
        sealer().seal(PLACE, &long(4, MAX_VALUE_BYTES), Nonce([4; 24])),
        Err(SealError::TooLong { bytes }) if bytes > MAX_ENVELOPE_BYTES
    ));
}

#[test]
fn secrets_are_not_printed() {
    let invite = Invite {
        team: team(),
        key: key(),
        code: InviteCode::new(counting(0x40)),
    };
    let shown = format!("{invite:?} {:?} {:?}", sealer(), key());
    assert!(shown.contains("TeamKey(not shown)") && shown.contains("InviteCode(not shown)"));
    for secret in ["2021", "4041", "32, 33", "64, 65"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn secret_texts_are_written_and_read_letter_by_letter() {
    let invite = Invite {
        team: team(),
        key: key(),
        code: InviteCode::new(counting(0x40)),
    };
    assert_eq!(invite.to_text().as_str(), INVITE_1.trim_end());
    assert_eq!(Invite::from_text(INVITE_1), Ok(invite.clone()));
    assert_eq!(Invite::from_text(&INVITE_1.to_uppercase()), Ok(invite));
    let recovery = Recovery(Invite {
        team: team(),
        key: key(),
        code: InviteCode::new(counting(0x50)),
    });
    assert_eq!(recovery.to_text().as_str(), RECOVERY_1.trim_end());
    assert_eq!(Recovery::from_text(RECOVERY_1), Ok(recovery.clone()));
    let typed = RECOVERY_1.replace(' ', "-").replace('q', "Q");
    assert_eq!(Recovery::from_text(&typed), Ok(recovery));
    assert_eq!(
        Recovery::from_text(INVITE_1),
        Err(SecretTextError::WrongKind { expected: "txr" })
    );
    assert_eq!(
        Invite::from_text(""),
        Err(SecretTextError::WrongKind { expected: "txi" })
    );
    let newer = bech32::encode::<bech32::Bech32m>(
        bech32::Hrp::parse("txi").unwrap(),
        &[&[2][..], &[0; 70]].concat(),
    );
    assert_eq!(
        Invite::from_text(&newer.unwrap()),
        Err(SecretTextError::NeedsNewerVersion(2))
    );
    let short = bech32::encode::<bech32::Bech32m>(
        bech32::Hrp::parse("txi").unwrap(),
        &[&[1][..], &[0; 70]].concat(),
    );
    assert_eq!(
        Invite::from_text(&short.unwrap()),
        Err(SecretTextError::Mistyped)
    );
}

#[test]
fn a_name_is_sealed_byte_by_byte() {
    let (secret, name) = NAME_1.split_first_chunk::<32>().unwrap();
    let code = InviteCode::new(counting(0x40));
    assert_eq!(*code.endpoint_secret(), *secret);
    let sealed = sealer().seal_name("李梅 · 平板", Nonce(counting(0x60)));
    assert_eq!(sealed, name);
    assert_eq!(sealer().open_name(name).as_deref(), Some("李梅 · 平板"));
    for place in 0..name.len() {
        let mut altered = name.to_vec();
        altered[place] ^= 1;
        assert_eq!(sealer().open_name(&altered), None);
        assert_eq!(sealer().open_name(&name[..place]), None);
    }
}

#[test]
fn names_of_all_lengths_look_alike() {
    for (name, kept) in [
        (String::new(), String::new()),
        ("梅".repeat(42), "梅".repeat(42)),
        ("梅".repeat(43), "梅".repeat(42)),
        ("x".repeat(400), "x".repeat(127)),
    ] {
        let sealed = sealer().seal_name(&name, Nonce([3; 24]));
        assert_eq!(sealed.len(), 169);
        assert_eq!(sealer().open_name(&sealed), Some(kept));
    }
}

proptest! {
    #[test]
    fn what_was_sealed_is_opened(
        place in given::row_key(),
        row in given::row(),
        nonce in any::<[u8; 24]>(),
    ) {
        let sealed = sealer().seal(place, &row, Nonce(nonce)).unwrap();
        let blind = sealer().blind(place);
        prop_assert_eq!(sealer().open(blind, &sealed), Ok((place, row)));
    }

    #[test]
    fn an_altered_envelope_does_not_open(
        row in given::row(),
        place in any::<prop::sample::Index>(),
        mask in 1..=255u8,
    ) {
        let sealed = sealer().seal(PLACE, &row, Nonce([5; 24])).unwrap();
        let blind = sealer().blind(PLACE);
        let place = place.index(sealed.len());
        let mut altered = sealed.clone();
        altered[place] ^= mask;
        prop_assert!(sealer().open(blind, &altered).is_err());
        prop_assert!(sealer().open(blind, &sealed[..place]).is_err());
    }

    #[test]
    fn no_bytes_make_opening_panic(mut bytes in vec(any::<u8>(), 0..300), sound in any::<bool>()) {
        if let Some(first) = bytes.first_mut().filter(|_| sound) {
            *first = 1;
        }
        let _ = sealer().open(BlindId([0; 16]), &bytes);
    }

    /// What a member seals that is no row: the seal fits, the content does not.
    #[test]
    fn no_plaintext_makes_opening_panic(rest in vec(any::<u8>(), 0..200), length in 0..220u32) {
        let blind = sealer().blind(PLACE);
        let plaintext = [&PLACE.to_bytes()[..], &length.to_be_bytes(), &rest].concat();
        let aad = [&team().0[..], &blind.0, &[1]].concat();
        let secret = blake3::derive_key("Tongxing 2026-11-26 row envelopes", key().expose());
        let sealed = XChaCha20Poly1305::new(&secret.into())
            .encrypt(&[6; 24].into(), Payload { msg: &plaintext, aad: &aad })
            .unwrap();
        let envelope = [&[1][..], &[6; 24], &sealed].concat();
        match sealer().open(blind, &envelope) {
            Ok((place, row)) => {
                prop_assert_eq!(place, PLACE);
                prop_assert_eq!(row.as_bytes(), &rest[..length as usize]);
            }
            Err(error) => prop_assert!(error != OpenError::Forged),
        }
    }

    #[test]
    fn a_wrong_letter_is_found(place in any::<prop::sample::Index>(), letter in "[a-z0-9]") {
        let place = place.index(RECOVERY_1.trim_end().len());
        let mut altered = RECOVERY_1.trim_end().to_owned();
        altered.replace_range(place..=place, &letter);
        let read = Recovery::from_text(&altered);
        if altered == RECOVERY_1.trim_end() {
            prop_assert!(read.is_ok());
        } else {
            prop_assert!(read.is_err());
        }
    }

    #[test]
    fn no_text_makes_a_secret_panic(text in "\\PC{0,200}", kind in "(txi1|txr1|)") {
        let text = kind + &text;
        let _ = Invite::from_text(&text);
        let _ = Recovery::from_text(&text);
    }
}
