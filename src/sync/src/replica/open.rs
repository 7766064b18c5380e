//! Opening a store: its records become a replica; what is damaged is set aside, what is in an
//! older format is rewritten.

use thiserror::Error;

use super::receive::Absorbed;
use super::{Replica, decode_clock, encode_clock, meta_key};
use crate::format::{self, Damage, Version};
use crate::hlc::DeviceId;
use crate::journal::{self, CommitKey};
use crate::quarantine::{self, Quarantined};
use crate::segment::{self, SegmentKey};
use crate::storage::{Batch, KeyRange, Records, Shelf, Storage, StorageError};

/// How many segments are read at a time: some ten megabytes, between which progress can show.
const SEGMENTS_A_READ: usize = 64;
/// How many journal records are read at a time.
const COMMITS_A_READ: usize = 1024;

/// Why a store could not be opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// The disk failed; see there for what to do.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A newer version of the program wrote the store: reload the page to get it. Nothing has
    /// been changed.
    #[error("the stored data has format {0}, which needs a newer version of the program")]
    NeedsNewerVersion(Version),
}

/// A store that has been opened.
#[derive(Debug)]
pub struct Opened {
    /// The book.
    pub replica: Replica,
    /// What could not be read. The upkeep moves it to the quarantine shelf.
    pub quarantined: Vec<Quarantined>,
    /// The format the store was in, if it was an older one.
    pub migrated_from: Option<Version>,
    /// Batches that set damage aside and rewrite old formats. Write them in this order and before
    /// anything else, or else drop them and call [`Replica::never_fold`].
    pub upkeep: Vec<Batch>,
    /// Why [`open`] could not write the upkeep. Everything works, but the journal stays unfolded;
    /// tell the person what the error says.
    pub upkeep_error: Option<StorageError>,
}

/// How far opening has come, in records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Read so far.
    pub done: u64,
    /// To be read in all.
    pub total: u64,
}

/// A store being opened: feed it the meta shelf first, then journal and segments in parts of any
/// size. Where several tabs may be at work, read the journal before the segments: what another
/// tab folds in between is then seen twice rather than not at all.
#[derive(Debug)]
pub struct Opening {
    replica: Replica,
    format: Option<Version>,
    clock_known: bool,
    oldest: Version,
    upkeep: Vec<Batch>,
    quarantined: Vec<Quarantined>,
}

impl Opening {
    /// Begins. `fresh` is a random number drawn for this opening: it tells its records from those
    /// of other tabs, and becomes the device's id if the store has none yet.
    #[must_use]
    pub fn new(fresh: DeviceId) -> Self {
        Self {
            replica: Replica::new(fresh),
            format: None,
            clock_known: false,
            oldest: Version::CURRENT,
            upkeep: Vec::new(),
            quarantined: Vec::new(),
        }
    }

    /// Takes the meta shelf: the clock and the store's version.
    ///
    /// # Errors
    /// [`OpenError::NeedsNewerVersion`]; read nothing else then.
    pub fn meta(&mut self, records: Records) -> Result<(), OpenError> {
        for (key, bytes) in records {
            if key == meta_key::FORMAT {
                match format::decode_store_version(&bytes) {
                    Ok(version) => {
                        self.format = Some(version);
                        self.saw(version);
                    }
                    Err(Damage::NeedsNewerVersion(version)) => {
                        return Err(OpenError::NeedsNewerVersion(version));
                    }
                    Err(reason) => self.set_aside(Shelf::Meta, key, bytes, reason),
                }
            } else if key == meta_key::CLOCK {
                match decode_clock(&bytes) {
                    Ok(clock) => {
                        self.replica.clock = clock;
                        self.clock_known = true;
                    }
                    Err(reason) => self.set_aside(Shelf::Meta, key, bytes, reason),
                }
            }
        }
        Ok(())
    }

    /// Takes records of the segment shelf.
    pub fn segments(&mut self, records: Records) {
        for (key, bytes) in records {
            let (place, segment) = match read_segment(&key, &bytes) {
                Ok(read) => read,
                Err(reason) => {
                    self.set_aside(Shelf::Segments, key, bytes, reason);
                    continue;
                }
            };
            self.saw(segment.version);
            if segment.version.outdated() || !segment.quarantined.is_empty() {
                let rows: Vec<_> = segment.rows.iter().map(|(id, row)| (*id, row)).collect();
                let sound = segment::encode(segment.table, &rows);
                self.rewrite(Shelf::Segments, key, sound, segment.quarantined);
            }
            self.replica.book.take_segment(place, segment.rows, |_| {});
        }
    }

    /// Takes records of the journal shelf.
    pub fn journal(&mut self, records: Records) {
        for (key, bytes) in records {
            let (commit, record) = match read_commit(&key, &bytes) {
                Ok(read) => read,
                Err(reason) => {
                    self.set_aside(Shelf::Journal, key, bytes, reason);
                    continue;
                }
            };
            self.saw(record.version);
            if record.version.outdated() || !record.quarantined.is_empty() {
                let sound = journal::encode(&record.entries);
                self.rewrite(Shelf::Journal, key, sound, record.quarantined);
            }
            self.replica.take_commit(commit, record.entries);
        }
    }

    /// Ends: the replica, and what the store needs before it is used.
    #[must_use]
    pub fn finish(mut self) -> Opened {
        let mut first = Batch::new();
        if self.format.is_none_or(Version::outdated) {
            first.put(
                Shelf::Meta,
                meta_key::FORMAT,
                format::encode_store_version(),
            );
        }
        if !self.clock_known {
            first.put(
                Shelf::Meta,
                meta_key::CLOCK,
                encode_clock(self.replica.clock),
            );
        }
        // Before any record is in the new format, the store says so, lest an older program open it
        // half-way. Damaged meta records have been set aside by then.
        let meta_damage = self
            .upkeep
            .extract_if(.., |batch| {
                batch.writes().iter().any(|at| at.shelf() == Shelf::Meta)
            })
            .collect::<Vec<_>>();
        let mut upkeep = meta_damage;
        if !first.is_empty() {
            upkeep.push(first);
        }
        upkeep.append(&mut self.upkeep);
        Opened {
            replica: self.replica,
            quarantined: self.quarantined,
            migrated_from: Some(self.oldest).filter(|oldest| oldest.outdated()),
            upkeep,
            upkeep_error: None,
        }
    }

    fn saw(&mut self, version: Version) {
        self.oldest = self.oldest.min(version);
    }

    /// A record that cannot be read at all goes to the quarantine shelf as it is.
    fn set_aside(&mut self, shelf: Shelf, key: Vec<u8>, bytes: Vec<u8>, reason: Damage) {
        let damaged = vec![Quarantined {
            key: None,
            bytes,
            reason,
        }];
        let mut batch = quarantine::keep(shelf, &key, &damaged);
        batch.delete(shelf, key);
        self.upkeep.push(batch);
        self.quarantined.extend(damaged);
    }

    /// The sound part of a record takes its place; the rest goes to the quarantine shelf.
    fn rewrite(&mut self, shelf: Shelf, key: Vec<u8>, sound: Vec<u8>, damaged: Vec<Quarantined>) {
        let mut batch = quarantine::keep(shelf, &key, &damaged);
        batch.put(shelf, key, sound);
        self.upkeep.push(batch);
        self.quarantined.extend(damaged);
    }
}

pub(super) fn read_segment(
    key: &[u8],
    bytes: &[u8],
) -> Result<(SegmentKey, segment::Segment), Damage> {
    let place = SegmentKey::from_bytes(key).ok_or(Damage::Misplaced)?;
    let segment = segment::decode(bytes)?;
    if segment.table == place.table {
        Ok((place, segment))
    } else {
        Err(Damage::Misplaced)
    }
}

pub(super) fn read_commit(
    key: &[u8],
    bytes: &[u8],
) -> Result<(CommitKey, journal::Record), Damage> {
    let commit = CommitKey::from_bytes(key).ok_or(Damage::Misplaced)?;
    Ok((commit, journal::decode(bytes)?))
}

/// Opens a store: reads it in parts, tells `progress` after each, and writes the upkeep.
/// `fresh` is a random number drawn for this opening, see [`Opening::new`].
///
/// # Errors
/// [`OpenError`] if the store cannot be read. Failing to write the upkeep is no error, see
/// [`Opened::upkeep_error`].
pub async fn open<S: Storage>(
    storage: &S,
    fresh: DeviceId,
    mut progress: impl FnMut(Progress),
) -> Result<Opened, OpenError> {
    let mut opening = Opening::new(fresh);
    opening.meta(storage.read(Shelf::Meta, KeyRange::all(), None).await?)?;
    let commits = storage.count(Shelf::Journal, KeyRange::all()).await?;
    let segments = storage.count(Shelf::Segments, KeyRange::all()).await?;
    // Another tab may add records while these are read.
    let mut seen = Progress {
        done: 0,
        total: commits + segments,
    };
    let mut step = |records: &Records| {
        seen.done += records.len() as u64;
        seen.total = seen.total.max(seen.done);
        progress(seen);
    };
    read_all(storage, Shelf::Journal, COMMITS_A_READ, |records| {
        step(&records);
        opening.journal(records);
    })
    .await?;
    read_all(storage, Shelf::Segments, SEGMENTS_A_READ, |records| {
        step(&records);
        opening.segments(records);
    })
    .await?;
    let mut opened = opening.finish();
    for batch in std::mem::take(&mut opened.upkeep) {
        if let Err(error) = storage.write(batch).await {
            opened.replica.never_fold();
            opened.upkeep_error = Some(error);
            break;
        }
    }
    Ok(opened)
}

/// Joins whatever other tabs have stored since the replica was opened. Call it when this tab has
/// been elected to fold, and when news of another tab's commit may have been missed.
///
/// # Errors
/// See [`StorageError`]; what was read until then has been joined.
pub async fn catch_up<S: Storage>(
    storage: &S,
    replica: &mut Replica,
) -> Result<Absorbed, StorageError> {
    let mut absorbed = Absorbed::default();
    read_all(storage, Shelf::Journal, COMMITS_A_READ, |records| {
        absorbed.append(replica.absorb_journal(records));
    })
    .await?;
    read_all(storage, Shelf::Segments, SEGMENTS_A_READ, |records| {
        absorbed.append(replica.absorb_segments(records));
    })
    .await?;
    Ok(absorbed)
}

async fn read_all<S: Storage>(
    storage: &S,
    shelf: Shelf,
    at_a_time: usize,
    mut take: impl FnMut(Records),
) -> Result<(), StorageError> {
    let mut rest = KeyRange::all();
    loop {
        let records = storage.read(shelf, rest.clone(), Some(at_a_time)).await?;
        let full = records.len() >= at_a_time;
        let last = records.last().map(|(key, _)| key.clone());
        if !records.is_empty() {
            take(records);
        }
        match last {
            Some(last) if full => rest = rest.after(last),
            _ => return Ok(()),
        }
    }
}
