//! Sealed backups of this device's store, made and opened in the worker.
//!
//! The worker reads the store by itself, so that the page neither holds a copy of it nor waits. What
//! the page and the worker say to each other is an array that begins with a word.

use js_sys::{Array, Uint8Array};
use thiserror::Error;
use tongxing_domain::words::{Lang, words};
use tongxing_sync::backup::{self, InPieces, RestoreError};
use tongxing_sync::envelope::Nonce;
use tongxing_sync::hlc::DeviceId;
use tongxing_sync::sealed_file::{self, Cost, OpenFileError, Salt, SealFileError, SealingKey};
use tongxing_sync::storage::StorageError;
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use super::indexed_db::IndexedDb;
use super::random_ids::{NoRandomness, random_bytes};
use super::site;
use super::workshop::{Job, WorkshopError};

/// The file's ending.
pub const ENDING: &str = "tongxing";
/// The largest backup that is opened, in bytes.
pub const LARGEST: u64 = 500 * 1024 * 1024;
/// What a sealed file begins with.
const BEGINNING: &[u8] = b"TXSF";

const SEAL: &str = "seal";
const UNSEAL: &str = "unseal";

/// Why there is no backup, or none was opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BackupError {
    /// Another kind of file.
    #[error("this is no sealed backup")]
    AnotherKind,
    /// A newer version of the program made it.
    #[error("the backup needs a newer version")]
    NeedsNewerVersion,
    /// Bytes are missing or were altered.
    #[error("the backup is damaged")]
    Damaged,
    /// It asks for more memory or time than is sensible.
    #[error("the backup asks for too much")]
    TooCostly,
    /// It was sealed with another password.
    #[error("the password is wrong")]
    WrongPassword,
    /// The store could not be read.
    #[error("the store cannot be read")]
    Store,
    /// There is not enough memory for it.
    #[error("there is not enough memory")]
    Memory,
    /// The browser gives no random numbers.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The worker gave no answer.
    #[error(transparent)]
    Workshop(#[from] WorkshopError),
}

impl BackupError {
    /// What the worker calls what it can run into.
    const TOLD: [(&'static str, Self); 7] = [
        ("another-kind", Self::AnotherKind),
        ("newer", Self::NeedsNewerVersion),
        ("damaged", Self::Damaged),
        ("costly", Self::TooCostly),
        ("password", Self::WrongPassword),
        ("store", Self::Store),
        ("memory", Self::Memory),
    ];

    /// What to tell the person: what is wrong and what to do.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let told = match self {
            Self::AnotherKind => words(
                "这不是同行的加密备份。备份文件的结尾是 .tongxing。",
                "This is no sealed backup of Tongxing. Backup files end in .tongxing.",
            ),
            Self::NeedsNewerVersion => words(
                "备份由更新的版本写成，请先更新程序。",
                "A newer version wrote this backup; update the program first.",
            ),
            Self::Damaged => words(
                "备份文件已损坏：内容缺失或被改动过。密码没有问题，请换一份备份，或重新复制这个文件。",
                "The backup file is damaged: some of it is missing or was altered. This is not about the password; take another backup, or copy the file again.",
            ),
            Self::TooCostly => words(
                "打开这个文件要用的内存或时间超出合理范围，可能不是同行写的。",
                "Opening this file would take more memory or time than is sensible; it may not be ours.",
            ),
            Self::WrongPassword => words(
                "密码不对。文件是完整的，请再试一次。",
                "The password is wrong. The file itself is whole; try again.",
            ),
            Self::Store => words(
                "读不出本机的数据，备份没有生成。请重新打开页面再试。",
                "The data on this device cannot be read, so no backup was made. Open the page again and retry.",
            ),
            Self::Memory => words(
                "设备内存不够。请关闭其他页面后重试。",
                "The device ran out of memory. Close other pages and try again.",
            ),
            Self::Randomness(_) => words(
                "浏览器不提供随机数，不能加密。请换一个浏览器。",
                "This browser gives no random numbers, so nothing can be sealed. Use another one.",
            ),
            Self::Workshop(error) => return error.text(lang),
        };
        told.in_lang(lang).to_owned()
    }

    fn word(&self) -> &'static str {
        let known = Self::TOLD.iter().find(|(_, error)| error == self);
        known.map_or("damaged", |(word, _)| word)
    }

    fn of_word(word: &str) -> Self {
        let known = Self::TOLD.into_iter().find(|(known, _)| *known == word);
        known.map_or(Self::Damaged, |(_, error)| error)
    }
}

impl From<OpenFileError> for BackupError {
    fn from(error: OpenFileError) -> Self {
        match error {
            OpenFileError::AnotherKind => Self::AnotherKind,
            OpenFileError::NeedsNewerVersion(_) => Self::NeedsNewerVersion,
            OpenFileError::Damaged => Self::Damaged,
            OpenFileError::TooCostly => Self::TooCostly,
            OpenFileError::WrongPassword => Self::WrongPassword,
        }
    }
}

impl From<SealFileError> for BackupError {
    fn from(error: SealFileError) -> Self {
        match error {
            SealFileError::NoPassword => Self::WrongPassword,
            SealFileError::Cost | SealFileError::TooLong => Self::Memory,
        }
    }
}

impl From<RestoreError> for BackupError {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::NeedsNewerVersion(_) => Self::NeedsNewerVersion,
            RestoreError::Storage(_) => Self::Store,
            RestoreError::NotEmpty | RestoreError::Damaged(_) => Self::Damaged,
        }
    }
}

impl From<StorageError> for BackupError {
    fn from(_: StorageError) -> Self {
        Self::Store
    }
}

/// What a backup is sealed with.
#[derive(Clone, Debug)]
pub enum By {
    /// A password that the person has just chosen.
    Password(Zeroizing<String>),
    /// What an earlier password led to.
    Key(SealingKey),
}

/// A backup on its way to a file.
#[derive(Debug)]
pub struct Sealed {
    /// The file.
    pub file: Vec<u8>,
    /// What seals the next one.
    pub key: SealingKey,
}

/// Whether a file begins as a sealed backup does.
#[must_use]
pub fn is_sealed(file: &[u8]) -> bool {
    file.starts_with(BEGINNING)
}

/// Everything that is stored on this device, sealed. Dropping the future gives up and ends the worker.
///
/// # Errors
/// [`BackupError`].
pub async fn seal(by: &By) -> Result<Sealed, BackupError> {
    let asked = Array::of2(&SEAL.into(), &site::name().into());
    match by {
        By::Password(password) => {
            asked.push(&password.as_str().into());
            asked.push(&Uint8Array::from(&random_bytes::<{ Salt::BYTES }>()?[..]));
        }
        By::Key(key) => {
            asked.push(&JsValue::NULL);
            asked.push(&Uint8Array::from(key.to_bytes().as_slice()));
        }
    }
    asked.push(&Uint8Array::from(&random_bytes::<{ Nonce::BYTES }>()?[..]));
    let answer = told(Job::start(asked.into())?.value().await?)?;
    let bytes = |at| Uint8Array::new(&answer.get(at)).to_vec();
    let key = SealingKey::from_bytes(&Zeroizing::new(bytes(2)));
    Ok(Sealed {
        file: bytes(1),
        key: key.ok_or(BackupError::Damaged)?,
    })
}

/// What a sealed backup holds. Dropping the future gives up and ends the worker.
///
/// # Errors
/// [`BackupError`].
pub async fn unseal(file: &[u8], password: &str) -> Result<InPieces, BackupError> {
    let asked = Array::of3(&UNSEAL.into(), &password.into(), &Uint8Array::from(file));
    let answer = told(Job::start(asked.into())?.value().await?)?;
    let pieces = answer.iter().skip(2);
    Ok(InPieces {
        pieces: pieces
            .map(|piece| Uint8Array::new(&piece).to_vec())
            .collect(),
        set_aside: answer.get(1).as_f64().unwrap_or(0.0) as usize,
    })
}

/// An answer that is none of a refusal.
fn told(answer: JsValue) -> Result<Array, BackupError> {
    let answer = Array::from(&answer);
    match answer.get(0).as_string() {
        None => Ok(answer),
        Some(word) => Err(BackupError::of_word(&word)),
    }
}

/// What the worker answers to an array. The store is opened by its name: a worker has no page to take
/// it from.
pub async fn answer(asked: &Array) -> Array {
    let text = |at| asked.get(at).as_string();
    let bytes = |at| Zeroizing::new(Uint8Array::new(&asked.get(at)).to_vec());
    let answer = match text(0).as_deref() {
        Some(SEAL) => sealed(&text(1).unwrap_or_default(), text(2), &bytes(3), &bytes(4)).await,
        Some(UNSEAL) => opened(&text(1).unwrap_or_default(), &bytes(2)),
        _ => Err(BackupError::AnotherKind),
    };
    answer.unwrap_or_else(|error| Array::of1(&error.word().into()))
}

async fn sealed(
    store: &str,
    password: Option<String>,
    secret: &[u8],
    nonce: &[u8],
) -> Result<Array, BackupError> {
    let nonce = Nonce(nonce.try_into().map_err(|_| BackupError::Damaged)?);
    let content = Zeroizing::new(backup::take(&IndexedDb::open(store).await?).await?);
    let key = match password.map(Zeroizing::new) {
        Some(password) => {
            let salt = Salt(secret.try_into().map_err(|_| BackupError::Damaged)?);
            SealingKey::derive(&password, Cost::USUAL, salt)?
        }
        None => SealingKey::from_bytes(secret).ok_or(BackupError::Damaged)?,
    };
    let file = key.seal(&content, nonce)?;
    Ok(Array::of3(
        &JsValue::NULL,
        &Uint8Array::from(file.as_slice()),
        &Uint8Array::from(key.to_bytes().as_slice()),
    ))
}

fn opened(password: &str, file: &[u8]) -> Result<Array, BackupError> {
    let content = sealed_file::open(password, file)?;
    // The rows are taken over by the page's own store, so whose they are read as does not matter.
    let parts = backup::in_pieces(&content, DeviceId(1))?;
    let out = Array::of2(&JsValue::NULL, &(parts.set_aside as f64).into());
    for piece in &parts.pieces {
        out.push(&Uint8Array::from(piece.as_slice()));
    }
    Ok(out)
}
