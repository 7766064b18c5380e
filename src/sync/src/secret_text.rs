//! Secrets as text: the invite in a link's fragment and QR code, the printed recovery sheet.
//!
//! ```text
//! invite   := bech32m("txi", format:u8 team[16] key[32] code[16])
//! recovery := bech32m("txr", format:u8 team[16] key[32] code[16]), in groups of four letters
//! ```
//!
//! Source: BIP-173 and BIP-350. Case does not matter, so that a QR code may hold capitals; letters
//! that look alike are not used; the checksum finds up to four wrong letters of a recovery text.

use std::fmt;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32m, Hrp};
use thiserror::Error;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::bytes::Reader;
use crate::team_key::TeamKey;
use crate::wire::TeamId;

/// What this program writes.
const FORMAT: u8 = 1;
const INVITE: Hrp = Hrp::parse_unchecked("txi");
const RECOVERY: Hrp = Hrp::parse_unchecked("txr");
const GROUP: usize = 4;

/// What an invite's secret is derived for. The text is part of the format: it never changes.
const INVITE_CONTEXT: &str = "Tongxing 2026-11-26 invite secret";

/// The single-use secret that lets a new member in. Overwritten when dropped, never printed.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct InviteCode([u8; 16]);

impl InviteCode {
    /// Takes 16 random bytes as a code.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes, for the invite's text and the device's own store.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 16] {
        &self.0
    }

    /// What the endpoint is shown, in the form that it asks for: 32 bytes, by BLAKE3 in its mode
    /// for deriving keys. The text stays short enough to be scanned and typed.
    #[must_use]
    pub fn endpoint_secret(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(INVITE_CONTEXT, &self.0))
    }
}

impl fmt::Debug for InviteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InviteCode(not shown)")
    }
}

/// Why a text is not the secret that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SecretTextError {
    /// It is a text of another kind: an invite where a recovery text is expected, or neither.
    #[error("this is not such a text; look for the one that begins with \"{expected}\"")]
    WrongKind {
        /// What the text should begin with.
        expected: &'static str,
    },
    /// Letters are wrong, missing, or exchanged.
    #[error("a letter is wrong or missing; compare the text with the original")]
    Mistyped,
    /// A newer version of the program wrote it: update the program.
    #[error("the text has format {0}, which needs a newer version of the program")]
    NeedsNewerVersion(u8),
}

/// What an invite's link carries behind its `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// The team.
    pub team: TeamId,
    /// Its key.
    pub key: TeamKey,
    /// What the endpoint lets the new member in for.
    pub code: InviteCode,
}

impl Invite {
    /// The text for the fragment, of small letters and digits.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        self.write(INVITE)
    }

    /// Reads the text; never panics, whatever it is.
    ///
    /// # Errors
    /// What is wrong with the text, for the person to see.
    pub fn from_text(text: &str) -> Result<Self, SecretTextError> {
        Self::read(INVITE, "txi", text)
    }

    fn write(&self, kind: Hrp) -> Zeroizing<String> {
        let parts: [&[u8]; 4] = [
            &[FORMAT],
            &self.team.0,
            self.key.expose(),
            self.code.expose(),
        ];
        write(kind, &parts)
    }

    fn read(kind: Hrp, expected: &'static str, text: &str) -> Result<Self, SecretTextError> {
        let bytes = read(kind, expected, text)?;
        let mut reader = Reader::new(&bytes);
        let invite = read_invite(&mut reader).ok_or(SecretTextError::Mistyped)?;
        if reader.is_empty() {
            Ok(invite)
        } else {
            Err(SecretTextError::Mistyped)
        }
    }
}

fn read_invite(reader: &mut Reader<'_>) -> Option<Invite> {
    Some(Invite {
        team: TeamId(reader.array()?),
        key: TeamKey::new(reader.array()?),
        code: InviteCode::new(reader.array()?),
    })
}

/// What a team's recovery sheet holds: an owner's invite that waits for years. The key alone would
/// open what the endpoint has, but the endpoint gives it to members only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery(pub Invite);

impl Recovery {
    /// The text for the sheet, in groups of four letters with spaces between.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let plain = self.0.write(RECOVERY);
        let mut grouped = Zeroizing::new(String::with_capacity(plain.len() * 5 / GROUP));
        for (place, letter) in plain.chars().enumerate() {
            if place > 0 && place % GROUP == 0 {
                grouped.push(' ');
            }
            grouped.push(letter);
        }
        grouped
    }

    /// Reads the text as somebody typed it: spaces, hyphens and case do not matter.
    ///
    /// # Errors
    /// What is wrong with the text, for the person to see.
    pub fn from_text(text: &str) -> Result<Self, SecretTextError> {
        Invite::read(RECOVERY, "txr", text).map(Self)
    }
}

fn write(kind: Hrp, parts: &[&[u8]]) -> Zeroizing<String> {
    let bytes = Zeroizing::new(parts.concat());
    // Only more than a thousand letters could fail.
    Zeroizing::new(bech32::encode::<Bech32m>(kind, &bytes).unwrap_or_default())
}

/// The bytes after the format.
fn read(
    kind: Hrp,
    expected: &'static str,
    text: &str,
) -> Result<Zeroizing<Vec<u8>>, SecretTextError> {
    // Somebody who types may well mix capitals in, which BIP-173 does not allow.
    let letters: Zeroizing<String> = Zeroizing::new(
        text.chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .map(|letter| letter.to_ascii_lowercase())
            .collect(),
    );
    if !letters.starts_with(expected) {
        return Err(SecretTextError::WrongKind { expected });
    }
    let checked =
        CheckedHrpstring::new::<Bech32m>(&letters).map_err(|_| SecretTextError::Mistyped)?;
    if checked.hrp() != kind {
        return Err(SecretTextError::WrongKind { expected });
    }
    let mut bytes = checked.byte_iter();
    match bytes.next() {
        Some(FORMAT) => Ok(Zeroizing::new(bytes.collect())),
        Some(newer) if newer > FORMAT => Err(SecretTextError::NeedsNewerVersion(newer)),
        _ => Err(SecretTextError::Mistyped),
    }
}
