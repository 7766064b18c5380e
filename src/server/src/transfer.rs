//! Backups: every team of one store carried into another, whatever kinds they are.
//!
//! A backup is a SQLite file with the tables of the SQLite store. So a backup of a PostgreSQL database can
//! be restored into a file, and the other way round: that is how one moves.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tongxing_sync::wire::{PAGE_BYTES, Seq, TeamId};

use crate::store::{Access, PageQuery, SqliteStore, Store, StoreError, Transaction};

/// Rows carried at once.
const STEP_ROWS: usize = 1_000;

/// Why a backup was not written or read.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// A store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something is where the backup should be written.
    #[error("there is something at {path} already; name a file that is not there", path = .0.display())]
    Exists(PathBuf),
    /// There is no backup there.
    #[error("there is no file {path}; name one that `tongxing-server backup` has written", path = .0.display())]
    NoBackup(PathBuf),
    /// The backup could not be put in its place.
    #[error("cannot put the backup at {path}: {source}", path = path.display())]
    Unplaced {
        /// Where it should be.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The database to restore into is in use.
    #[error("there are teams in the database already; restore into an empty one (--database)")]
    NotEmpty,
    /// The system gives no random numbers, which an epoch needs.
    #[error("the system gives no random numbers for new epochs: {0}")]
    Random(getrandom::Error),
}

/// What has been carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// How many teams.
    pub teams: usize,
    /// How many rows.
    pub rows: u64,
    /// How many whole blobs.
    pub blobs: u64,
}

/// Writes every team into a new file. Each team is carried as it is at one moment, while others read and
/// write. The file has its name only once it is whole.
///
/// # Errors
/// Something is there already, the disk is full, or a store fails.
pub async fn backup(from: &dyn Store, file: &Path) -> Result<Carried, TransferError> {
    if file.exists() {
        return Err(TransferError::Exists(file.to_owned()));
    }
    let unfinished = beside(file, ".unfinished");
    // What is left of an earlier try.
    remove(&unfinished);
    let to = SqliteStore::open(&unfinished).await?;
    let carried = carry_all(from, &to, Purpose::Backup).await;
    // Closing carries the log into the file.
    to.close().await;
    if carried.is_err() {
        remove(&unfinished);
    }
    let carried = carried?;
    let unplaced = |source| TransferError::Unplaced {
        path: file.to_owned(),
        source,
    };
    std::fs::rename(&unfinished, file).map_err(unplaced)?;
    Ok(carried)
}

/// Reads a backup into an empty store. Every team takes a new epoch; invites that wait are left out, since
/// some may have been used after the backup.
///
/// # Errors
/// There is no such backup, the store is not empty, or a store fails.
pub async fn restore(file: &Path, to: &dyn Store) -> Result<Carried, TransferError> {
    if !file.is_file() {
        return Err(TransferError::NoBackup(file.to_owned()));
    }
    if !to.teams().await?.is_empty() {
        return Err(TransferError::NotEmpty);
    }
    let from = SqliteStore::open(file).await?;
    let carried = carry_all(&from, to, Purpose::Restore).await;
    from.close().await;
    carried
}

/// What becomes of a team on its way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Backup,
    Restore,
}

async fn carry_all(
    from: &dyn Store,
    to: &dyn Store,
    purpose: Purpose,
) -> Result<Carried, TransferError> {
    let mut carried = Carried::default();
    for team in from.teams().await? {
        carry(from, to, team, purpose, &mut carried).await?;
        carried.teams += 1;
    }
    Ok(carried)
}

/// Carries one team, in one transaction on either side.
async fn carry(
    from: &dyn Store,
    to: &dyn Store,
    id: TeamId,
    purpose: Purpose,
    carried: &mut Carried,
) -> Result<(), TransferError> {
    let mut source = from.begin(id, Access::Read).await?;
    let Some(mut team) = source.team().cloned() else {
        return Ok(());
    };
    let head = team.head;
    if purpose == Purpose::Restore {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(TransferError::Random)?;
        team.epoch = team.epoch.restored(head, random);
    }
    let mut target = to.begin(id, Access::Write).await?;
    target.put_team(team).await?;
    for member in source.members().await? {
        target.put_member(&member).await?;
    }
    for invite in source.invites().await? {
        if invite.used_by.is_some() || purpose == Purpose::Backup {
            target.put_invite(&invite).await?;
        }
    }
    let mut after = Seq::ZERO;
    loop {
        let query = PageQuery {
            after,
            up_to: head,
            buckets: None,
            max_bytes: PAGE_BYTES,
            max_rows: STEP_ROWS,
        };
        let page = source.page(query).await?;
        after = page.rows.last().map_or(head, |row| row.seq);
        carried.rows += page.rows.len() as u64;
        target.insert_rows(page.rows).await?;
        if !page.more {
            break;
        }
    }
    carry_blobs(&mut *source, &mut *target, carried).await?;
    Ok(target.commit().await?)
}

async fn carry_blobs(
    source: &mut dyn Transaction,
    target: &mut dyn Transaction,
    carried: &mut Carried,
) -> Result<(), TransferError> {
    for blob in source.blobs().await? {
        target.put_blob(&blob).await?;
        let mut at = 0;
        while at < blob.received {
            let Some((start, bytes)) = source.blob_part(blob.id, at).await? else {
                return Err(StoreError::Damaged("a blob without one of its parts").into());
            };
            let end = start + bytes.len() as u64;
            if start != at || end <= at {
                return Err(StoreError::Damaged("a blob's part").into());
            }
            target
                .put_blob_part(blob.id, start, Bytes::from(bytes))
                .await?;
            at = end;
        }
        carried.blobs += u64::from(blob.is_whole());
    }
    Ok(())
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    PathBuf::from(name)
}

/// Removes a database file with its log, where they are.
fn remove(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(beside(file, ending));
    }
}
