//! Blobs: photos, signatures, files. Sealed, named by a keyed hash of their content, sent in parts.
//!
//! A blob grows from its beginning and never changes. One that is under way belongs to the device that
//! sends it; another device that begins at the beginning takes over, for two devices seal the same photo
//! to different bytes.

use bytes::Bytes;
use tongxing_sync::wire::Code;

use super::{Asker, Quota, begin, require, role_now};
use crate::refused::Failure;
use crate::store::{Access, Blob, BlobId, Role, Store, Team, Transaction};

/// Longest part, in bytes.
pub const MAX_PART_BYTES: usize = 1 << 20;
/// Shortest part, in bytes, unless it is the last one.
pub const MIN_PART_BYTES: usize = 64 << 10;
/// After how long a blob that was never finished makes room for others.
const ABANDONED_MS: u64 = 7 * 24 * 3600 * 1_000;

/// A part of a blob.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where it begins.
    pub offset: u64,
    /// How many bytes the blob has in all.
    pub size: u64,
    /// The part's bytes.
    pub bytes: Bytes,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartResult {
    /// It is there, now or already. The next part begins at `received`.
    Taken {
        /// How many bytes are there.
        received: u64,
    },
    /// It does not follow what is there. Go on at `received`.
    Elsewhere {
        /// How many bytes are there that this device may go on from.
        received: u64,
    },
}

/// What is known of a blob: for the device that sends it, and for all once it is whole.
///
/// # Errors
/// There is none, or the store fails.
pub async fn find(store: &dyn Store, asker: &Asker, id: BlobId) -> Result<Blob, Failure> {
    let (mut transaction, _) = begin(store, asker.team, Access::Read).await?;
    let blob = transaction.blob(id).await?;
    blob.filter(|blob| blob.is_whole() || blob.sender == asker.member)
        .ok_or_else(unknown)
}

/// The part that holds the byte at `offset`, from that byte on.
///
/// # Errors
/// The blob has been deleted meanwhile, or the store fails.
pub async fn read(
    store: &dyn Store,
    asker: &Asker,
    id: BlobId,
    offset: u64,
) -> Result<Vec<u8>, Failure> {
    let (mut transaction, _) = begin(store, asker.team, Access::Read).await?;
    let part = transaction.blob_part(id, offset).await?;
    let rest = part.and_then(|(start, mut bytes)| {
        let skip = usize::try_from(offset.checked_sub(start)?).ok()?;
        (skip < bytes.len()).then(|| bytes.split_off(skip))
    });
    rest.ok_or_else(unknown)
}

/// Takes a part. Sending one again is harmless.
///
/// # Errors
/// A viewer sends, the part or the blob is too large, the size is another than before, the team's space is
/// used up, or the store fails.
pub async fn put(
    store: &dyn Store,
    asker: &Asker,
    id: BlobId,
    part: Part,
    quota: Quota,
    now_ms: u64,
) -> Result<PartResult, Failure> {
    require(asker.role, Role::Member)?;
    let end = check(&part, quota)?;
    let (mut transaction, mut team) = begin(store, asker.team, Access::Write).await?;
    require(
        role_now(&mut *transaction, asker.member).await?,
        Role::Member,
    )?;
    let known = transaction.blob(id).await?;
    let mut blob = match known {
        Some(blob) if blob.is_whole() => {
            return Ok(PartResult::Taken {
                received: blob.size,
            });
        }
        Some(blob) if blob.sender == asker.member && blob.size == part.size => blob,
        _ if part.offset > 0 => return Ok(PartResult::Elsewhere { received: 0 }),
        other => {
            if let Some(other) = other {
                remove(&mut *transaction, &mut team, &other).await?;
            }
            make_room(&mut *transaction, &mut team, part.size, quota, now_ms).await?;
            Blob {
                id,
                size: part.size,
                received: 0,
                sender: asker.member,
                begun_ms: now_ms,
            }
        }
    };
    if end <= blob.received && end > 0 {
        return Ok(PartResult::Taken {
            received: blob.received,
        });
    }
    if part.offset != blob.received {
        return Ok(PartResult::Elsewhere {
            received: blob.received,
        });
    }
    blob.received = end;
    transaction.put_blob(&blob).await?;
    if !part.bytes.is_empty() {
        transaction
            .put_blob_part(id, part.offset, part.bytes)
            .await?;
    }
    transaction.commit().await?;
    Ok(PartResult::Taken { received: end })
}

/// Deletes a blob. One that is not there is deleted already.
///
/// # Errors
/// A viewer deletes, or the store fails.
pub async fn delete(store: &dyn Store, asker: &Asker, id: BlobId) -> Result<(), Failure> {
    require(asker.role, Role::Member)?;
    let (mut transaction, mut team) = begin(store, asker.team, Access::Write).await?;
    require(
        role_now(&mut *transaction, asker.member).await?,
        Role::Member,
    )?;
    if let Some(blob) = transaction.blob(id).await? {
        remove(&mut *transaction, &mut team, &blob).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Where the part ends, if it may be so large.
fn check(part: &Part, quota: Quota) -> Result<u64, Failure> {
    let length = part.bytes.len();
    if part.size > quota.blob_size || length > MAX_PART_BYTES {
        return Err(Failure::refused(
            Code::TooLarge,
            format!(
                "a blob has at most {} bytes, a part of it at most {MAX_PART_BYTES}",
                quota.blob_size
            ),
        ));
    }
    let end = part.offset.saturating_add(length as u64);
    if end > part.size || (end < part.size && length < MIN_PART_BYTES) {
        return Err(Failure::refused(
            Code::Malformed,
            format!(
                "a part ends within its blob, and has at least {MIN_PART_BYTES} bytes unless it is the last"
            ),
        ));
    }
    Ok(end)
}

/// Counts a new blob's bytes, after letting go of blobs that were never finished.
async fn make_room(
    transaction: &mut dyn Transaction,
    team: &mut Team,
    size: u64,
    quota: Quota,
    now_ms: u64,
) -> Result<(), Failure> {
    if team.blob_bytes.saturating_add(size) > quota.blob_bytes {
        for blob in transaction.blobs().await? {
            if !blob.is_whole() && blob.begun_ms.saturating_add(ABANDONED_MS) < now_ms {
                remove(transaction, team, &blob).await?;
            }
        }
    }
    if team.blob_bytes.saturating_add(size) > quota.blob_bytes {
        return Err(Failure::refused(
            Code::QuotaExceeded,
            "the team's space for photos and files is full; delete some, or ask whoever runs the \
             endpoint to allow more (--team-blob-megabytes)",
        ));
    }
    team.blob_bytes += size;
    Ok(transaction.put_team(team.clone()).await?)
}

async fn remove(
    transaction: &mut dyn Transaction,
    team: &mut Team,
    blob: &Blob,
) -> Result<(), Failure> {
    transaction.delete_blob(blob.id).await?;
    team.blob_bytes = team.blob_bytes.saturating_sub(blob.size);
    Ok(transaction.put_team(team.clone()).await?)
}

fn unknown() -> Failure {
    Failure::refused(
        Code::NotFound,
        "the endpoint has no such blob, or not yet all of it; ask again later",
    )
}
