//! A file that opens with a password: what a backup is kept in.
//!
//! ```text
//! file   := head check[16] nonce[24] sealed hash[32]                      (integers big-endian)
//! head   := "TXSF" format:u8 memory:u32 passes:u32 lanes:u32 salt[16]
//! secret := Argon2id of the password, with salt, memory in KiB, passes and lanes     (32 bytes)
//! sealed := XChaCha20-Poly1305 of the content by a key derived from the secret, with head as
//!           associated data, the tag's 16 bytes last
//! check  := the first 16 bytes of another key derived from the secret
//! hash   := BLAKE3 of everything before it
//! ```
//!
//! | format | change |
//! | --- | --- |
//! | 1 | as above |
//!
//! Sources: RFC 9106 (Argon2), draft-irtf-cfrg-xchacha-03; O'Connor et al., "BLAKE3" (2020). The hash
//! tells a damaged file from one that is opened with the wrong password, before any time is spent on
//! the password; it protects from accidents alone, and the tag from everybody.

use std::fmt;

use argon2::{Algorithm, Argon2, Params};
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::bytes::Reader;
use crate::envelope::Nonce;
use crate::team_key::first_half;

const KIND: &[u8; 4] = b"TXSF";
/// What this program writes.
const FORMAT: u8 = 1;
const HEAD_BYTES: usize = 4 + 1 + 3 * 4 + Salt::BYTES;
const TAG_BYTES: usize = 16;
const HASH_BYTES: usize = 32;

/// What keys are derived for. The texts are part of the format: they never change.
const CONTENT_CONTEXT: &str = "Tongxing 2026-11-26 sealed file content";
const CHECK_CONTEXT: &str = "Tongxing 2026-11-26 sealed file password check";

/// Random bytes by which equal passwords lead to different keys. Draw them anew for each file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt(pub [u8; Self::BYTES]);

impl Salt {
    /// Length of a salt.
    pub const BYTES: usize = 16;
}

/// What it costs to try a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// How often it is gone through.
    pub passes: u32,
    /// How many parts of it could be gone through side by side.
    pub lanes: u32,
}

impl Cost {
    /// The second recommended choice of RFC 9106, with one lane, since a page has one thread: about
    /// a third of a second on a laptop.
    pub const USUAL: Self = Self {
        memory_kib: 64 << 10,
        passes: 3,
        lanes: 1,
    };

    /// The most that a file may ask for: whoever made it does not decide what opening it may take.
    pub const MOST: Self = Self {
        memory_kib: 512 << 10,
        passes: 16,
        lanes: 16,
    };

    const fn is_within(self, most: Self) -> bool {
        self.memory_kib <= most.memory_kib && self.passes <= most.passes && self.lanes <= most.lanes
    }
}

/// Why a content could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealFileError {
    /// The password has no letter.
    #[error("a password is needed")]
    NoPassword,
    /// The cost is below what Argon2 allows, or there is not so much memory.
    #[error("the key cannot be derived at this cost")]
    Cost,
    /// The content is longer than the cipher takes (256 GiB).
    #[error("the content is too long")]
    TooLong,
}

/// Why a file could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpenFileError {
    /// Another kind of file.
    #[error("this is not a sealed backup of this program")]
    AnotherKind,
    /// A newer version of the program sealed it: update the program.
    #[error("the file has format {0}, which needs a newer version of the program")]
    NeedsNewerVersion(u8),
    /// Some of its bytes are missing or were altered: take another copy of the file.
    #[error("the file is damaged; take another copy of it")]
    Damaged,
    /// It asks for more memory or time than this program spends on a password.
    #[error("the file asks for more memory or time than is sensible")]
    TooCostly,
    /// It was sealed with another password.
    #[error("the password is wrong")]
    WrongPassword,
}

/// What a password leads to, with what it took: enough to seal further files that open with the
/// password, without knowing it. Whoever has it can open those files.
#[derive(Clone)]
pub struct SealingKey {
    salt: Salt,
    cost: Cost,
    secret: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(not shown)")
    }
}

impl SealingKey {
    /// Derives the key of a password. `salt` is drawn anew for each password.
    ///
    /// # Errors
    /// [`SealFileError::NoPassword`] and [`SealFileError::Cost`].
    pub fn derive(password: &str, cost: Cost, salt: Salt) -> Result<Self, SealFileError> {
        if password.is_empty() {
            return Err(SealFileError::NoPassword);
        }
        if !cost.is_within(Cost::MOST) {
            return Err(SealFileError::Cost);
        }
        let secret = secret(password, salt, cost).ok_or(SealFileError::Cost)?;
        Ok(Self { salt, cost, secret })
    }

    /// The key as bytes, to be kept where the content itself lies.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = head(self.salt, self.cost);
        bytes.extend_from_slice(&*self.secret);
        Zeroizing::new(bytes)
    }

    /// The key of [`SealingKey::to_bytes`]; `None` for any other bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (head, secret) = bytes.split_at_checked(HEAD_BYTES)?;
        let (salt, cost) = read_head(head)?;
        Some(Self {
            salt,
            cost,
            secret: Zeroizing::new(secret.try_into().ok()?),
        })
    }

    /// Seals a content. `nonce` is drawn anew for each file.
    ///
    /// # Errors
    /// [`SealFileError::TooLong`].
    pub fn seal(&self, content: &[u8], nonce: Nonce) -> Result<Vec<u8>, SealFileError> {
        let keys = Keys::of(&self.secret);
        let head = head(self.salt, self.cost);
        let mut file = head.clone();
        file.reserve(keys.check.len() + Nonce::BYTES + content.len() + TAG_BYTES + HASH_BYTES);
        file.extend_from_slice(&keys.check);
        file.extend_from_slice(&nonce.0);
        let begin = file.len();
        file.extend_from_slice(content);
        let (_, sealed) = file.split_at_mut(begin);
        let tag = keys
            .cipher
            .encrypt_inout_detached(&XNonce::from(nonce.0), &head, sealed.into())
            .map_err(|_| SealFileError::TooLong)?;
        file.extend_from_slice(&tag);
        let hash = blake3::hash(&file);
        file.extend_from_slice(hash.as_bytes());
        Ok(file)
    }
}

/// What Argon2id makes of a password; `None` at a cost that it does not allow.
fn secret(password: &str, salt: Salt, cost: Cost) -> Option<Zeroizing<[u8; 32]>> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).ok()?;
    let mut secret = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into(password.as_bytes(), &salt.0, &mut *secret)
        .ok()?;
    Some(secret)
}

/// The keys that a secret leads to.
struct Keys {
    cipher: XChaCha20Poly1305,
    check: [u8; 16],
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(not shown)")
    }
}

impl Keys {
    fn of(secret: &[u8; 32]) -> Self {
        let content = Zeroizing::new(blake3::derive_key(CONTENT_CONTEXT, secret));
        let check = blake3::Hash::from(blake3::derive_key(CHECK_CONTEXT, secret));
        Self {
            cipher: XChaCha20Poly1305::new(&(*content).into()),
            check: first_half(&check),
        }
    }
}

/// The salt and the cost of a head, whose kind and format are looked at elsewhere.
fn read_head(head: &[u8]) -> Option<(Salt, Cost)> {
    let mut reader = Reader::new(head.get(KIND.len() + 1..)?);
    let cost = Cost {
        memory_kib: reader.u32()?,
        passes: reader.u32()?,
        lanes: reader.u32()?,
    };
    Some((Salt(reader.array()?), cost))
}

fn head(salt: Salt, cost: Cost) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    head.extend_from_slice(KIND);
    head.push(FORMAT);
    for number in [cost.memory_kib, cost.passes, cost.lanes] {
        head.extend_from_slice(&number.to_be_bytes());
    }
    head.extend_from_slice(&salt.0);
    head
}

/// Seals a content with a password. `salt` and `nonce` are drawn anew for each file.
///
/// # Errors
/// [`SealFileError`].
pub fn seal(
    password: &str,
    content: &[u8],
    cost: Cost,
    salt: Salt,
    nonce: Nonce,
) -> Result<Vec<u8>, SealFileError> {
    SealingKey::derive(password, cost, salt)?.seal(content, nonce)
}

/// Opens a file with a password; never panics, whatever the file holds.
///
/// # Errors
/// [`OpenFileError`].
pub fn open(password: &str, file: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenFileError> {
    let damaged = OpenFileError::Damaged;
    let rest = file.strip_prefix(KIND).ok_or(OpenFileError::AnotherKind)?;
    let (&format, _) = rest.split_first().ok_or(damaged)?;
    if format > FORMAT {
        return Err(OpenFileError::NeedsNewerVersion(format));
    }
    let (body, hash) = file.split_last_chunk::<HASH_BYTES>().ok_or(damaged)?;
    if blake3::hash(body) != *hash {
        return Err(damaged);
    }
    let (head, body) = body.split_at_checked(HEAD_BYTES).ok_or(damaged)?;
    let (salt, cost) = read_head(head).ok_or(damaged)?;
    if !cost.is_within(Cost::MOST) {
        return Err(OpenFileError::TooCostly);
    }
    let mut reader = Reader::new(body);
    let check: [u8; 16] = reader.array().ok_or(damaged)?;
    let nonce: [u8; Nonce::BYTES] = reader.array().ok_or(damaged)?;
    let (sealed, tag) = reader
        .rest()
        .split_last_chunk::<TAG_BYTES>()
        .ok_or(damaged)?;
    // What Argon2 does not allow was not written by this program.
    let keys = Keys::of(&*secret(password, salt, cost).ok_or(damaged)?);
    if keys.check != check {
        return Err(OpenFileError::WrongPassword);
    }
    let mut content = Zeroizing::new(sealed.to_vec());
    keys.cipher
        .decrypt_inout_detached(
            &XNonce::from(nonce),
            head,
            content.as_mut_slice().into(),
            &(*tag).into(),
        )
        .map_err(|_| damaged)?;
    Ok(content)
}
