//! Backups of this device's book: sealed into a file, and brought back from one.

use super::last_copy;
use super::scene::Scene;
use super::store::{Bulk, Difference, TooLong};
use crate::platform::backups::{self, BackupError, By};
use gloo_timers::future::TimeoutFuture;
use std::collections::BTreeMap;
use tongxing_sync::backup::{InPieces, Piece, piece};
use tongxing_sync::conflict::FIRST_RESERVED_TABLE;
use tongxing_sync::sealed_file::SealingKey;

/// What seals the next backup without a password, if there was one before.
pub fn known_key(s: Scene) -> Option<SealingKey> {
    let digits = s.services.settings().backup_key?;
    let bytes: Option<Vec<u8>> = (0..digits.len() / 2)
        .map(|at| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok())
        .collect();
    SealingKey::from_bytes(&bytes?)
}

/// Everything on this device as a sealed file, once all of it is on the disk. What seals it is
/// remembered for the next one.
///
/// # Errors
/// [`BackupError`].
pub async fn make(s: Scene, by: By) -> Result<Vec<u8>, BackupError> {
    s.store.on_disk().await?;
    let sealed = backups::seal(&by).await?;
    let digits = sealed
        .key
        .to_bytes()
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    s.services
        .change_settings(|settings| settings.backup_key = Some(digits));
    Ok(sealed.file)
}

/// A backup was handed to the browser.
pub fn saved(s: Scene) {
    last_copy::remember(s);
}

/// What bringing a backup back would do.
#[derive(Debug, Default)]
pub struct Outlook {
    /// Records that are not there, and records that would change, by table.
    pub tables: BTreeMap<u16, (usize, usize)>,
    /// Records that stay as they are.
    pub same: usize,
    /// Records of the backup that could not be read.
    pub set_aside: usize,
    /// What is to take effect.
    pub bulk: Bulk,
}

impl Outlook {
    /// How many records would come or change.
    pub fn touched(&self) -> usize {
        self.tables
            .values()
            .map(|(new, changed)| new + changed)
            .sum()
    }
}

/// Compares a backup with the book, piece by piece; `breathe` is told how far it has come, and says
/// whether to go on. `None` when it was given up.
///
/// # Errors
/// [`TooLong`]; the person has been told.
pub async fn compare(
    s: Scene,
    parts: &InPieces,
    mut breathe: impl FnMut(usize) -> bool,
) -> Result<Option<Outlook>, TooLong> {
    let mut outlook = Outlook {
        set_aside: parts.set_aside,
        ..Outlook::default()
    };
    for (done, bytes) in parts.pieces.iter().enumerate() {
        match piece(bytes) {
            Some(Piece::Rows(rows)) => {
                let (tables, same) = (&mut outlook.tables, &mut outlook.same);
                s.store
                    .prepare_rows(&mut outlook.bulk, rows, |key, difference| {
                        if key.table >= FIRST_RESERVED_TABLE {
                            return;
                        }
                        match difference {
                            Difference::New => tables.entry(key.table.0).or_default().0 += 1,
                            Difference::Changed => tables.entry(key.table.0).or_default().1 += 1,
                            Difference::Same => *same += 1,
                        }
                    })?;
            }
            Some(Piece::Record(shelf, key, value)) => outlook.bulk.put(shelf, key, value),
            // The worker sends nothing else.
            None => outlook.set_aside += 1,
        }
        if !breathe(done + 1) {
            return Ok(None);
        }
        TimeoutFuture::new(0).await;
    }
    Ok(Some(outlook))
}
