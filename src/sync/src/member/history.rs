//! How far a member has come in the endpoint's history: epoch, cursor, and the version of each
//! row that it has seen. Stored on the meta shelf:
//!
//! ```text
//! team/state      := "TXTM" … team[16] known:u8 epoch[16] common:u64 cursor:u64 offset:i64
//! team/seen/n:u64 := "TXSN" … entries:u32 entry[entries]       (see `format`; big-endian)
//! entry           := blind-id[16] seq:u64 flags:u8
//! ```
//!
//! Of several entries for a row the last one counts. Each step appends one small record; now and
//! then all are written anew. A lost record costs no more than asking again: a row that has no
//! entry is offered, found to be there, and noted.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::bytes::Reader;
use crate::format::{self, Damage, Kind};
use crate::storage::{Batch, KeyRange, Records, Shelf};
use crate::wire::{BlindId, Epoch, Seq, TeamId};

/// Everything a member stores begins so.
pub(super) const PREFIX: &[u8] = b"team/";
const STATE: &[u8] = b"team/state";
const SEEN: &[u8] = b"team/seen/";
const STATE_KIND: Kind = *b"TXTM";
const SEEN_KIND: Kind = *b"TXSN";

/// How many entries go into one record when all are written anew.
const ENTRIES_A_RECORD: usize = 4096;
/// With this many records more than that takes, all are written anew.
const MANY_RECORDS: usize = 64;
/// A change of the offset by less is not worth a write.
const OFFSET_STEP_MS: u64 = 1_000;

/// What is known of a row's version at the endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// The last version that has been joined in, of this epoch or of one before.
    pub(super) seq: Seq,
    /// Whether it is of this epoch.
    pub(super) current: bool,
    /// Whether the row here has something that this version has not.
    pub(super) ahead: bool,
    /// Whether the row here may hold what the endpoint lost when it was restored.
    pub(super) doubtful: bool,
    /// Whether the version has passed by without being held against what is here.
    pub(super) unread: bool,
}

impl Seen {
    const AHEAD: u8 = 1;
    const DOUBTFUL: u8 = 2;
    const CURRENT: u8 = 4;
    const UNREAD: u8 = 8;

    /// A version of this epoch; [`Seq::ZERO`] for none.
    pub(super) fn at(seq: Seq) -> Self {
        Self {
            seq,
            current: seq > Seq::ZERO,
            ..Self::default()
        }
    }

    /// The same, in an epoch in which nothing has been seen yet.
    pub(super) const fn unseen(self) -> Self {
        Self {
            current: false,
            ahead: false,
            unread: false,
            ..self
        }
    }

    /// The version of this epoch; [`Seq::ZERO`] for none.
    pub(super) const fn version(self) -> Seq {
        if self.current { self.seq } else { Seq::ZERO }
    }

    /// The version on which a push is based: one that was not read is to come as an answer to it.
    pub(super) const fn base(self) -> Seq {
        if self.unread {
            Seq::ZERO
        } else {
            self.version()
        }
    }

    /// Whether the endpoint has all of the row.
    pub(super) const fn complete(self) -> bool {
        self.current && !self.ahead
    }

    fn flags(self) -> u8 {
        let flags = [
            (self.ahead, Self::AHEAD),
            (self.doubtful, Self::DOUBTFUL),
            (self.current, Self::CURRENT),
            (self.unread, Self::UNREAD),
        ];
        let set = flags.into_iter().filter(|(is, _)| *is);
        set.fold(0, |all, (_, flag)| all | flag)
    }

    const fn from_parts(seq: Seq, flags: u8) -> Self {
        Self {
            seq,
            current: flags & Self::CURRENT != 0,
            ahead: flags & Self::AHEAD != 0,
            doubtful: flags & Self::DOUBTFUL != 0,
            unread: flags & Self::UNREAD != 0,
        }
    }
}

/// Epoch, cursor, and what has been seen.
#[derive(Debug)]
pub(super) struct History {
    team: TeamId,
    pub(super) epoch: Option<Epoch>,
    /// The last version that all epochs seen so far have in common.
    common: Seq,
    pub(super) cursor: Seq,
    /// What the endpoint's time adds to the device's.
    pub(super) offset_ms: i64,
    seen: FxHashMap<BlindId, Seen>,
    /// Entries to be written with the next batch.
    news: BTreeMap<BlindId, Seen>,
    rewrite: bool,
    records: usize,
    next_record: u64,
    /// What the state record says.
    stored: Option<Vec<u8>>,
    stored_offset_ms: i64,
}

impl History {
    pub(super) fn new(team: TeamId) -> Self {
        Self {
            team,
            epoch: None,
            common: Seq::MAX,
            cursor: Seq::ZERO,
            offset_ms: 0,
            seen: FxHashMap::default(),
            news: BTreeMap::new(),
            rewrite: false,
            records: 0,
            next_record: 0,
            stored: None,
            stored_offset_ms: 0,
        }
    }

    /// Reads what was stored for the team, and says whether all of it was legible. If not, it
    /// starts again before the first version.
    pub(super) fn read(team: TeamId, records: &Records) -> (Self, bool) {
        let mut history = Self::new(team);
        let mut legible = true;
        let mut state = None;
        for (key, bytes) in records {
            if key == STATE {
                state = read_state(bytes).ok().filter(|state| state.team == team);
            } else if let Some(number) = key.strip_prefix(SEEN) {
                history.records += 1;
                let number = number.try_into().map(u64::from_be_bytes).unwrap_or(0);
                history.next_record = history.next_record.max(number.saturating_add(1));
                legible &= history.take_seen(bytes).is_ok();
            }
        }
        if let Some(state) = state {
            history.epoch = state.epoch;
            history.common = state.common;
            history.cursor = state.cursor;
            history.offset_ms = state.offset_ms;
            history.stored_offset_ms = state.offset_ms;
            history.stored = Some(history.encode_state());
        } else {
            legible = false;
        }
        if !legible {
            history.start_over();
        }
        (history, legible)
    }

    fn take_seen(&mut self, bytes: &[u8]) -> Result<(), Damage> {
        let (version, mut reader) = format::unseal(SEEN_KIND, bytes)?;
        let entries = reader.u32().ok_or(Damage::CutShort)?;
        for _ in 0..entries {
            let (blind, seen) = read_entry(&mut reader).ok_or(Damage::Malformed)?;
            self.seen.insert(blind, seen);
        }
        format::check_end(version, &reader)
    }

    pub(super) fn seen(&self, blind: BlindId) -> Seen {
        self.seen.get(&blind).copied().unwrap_or_default()
    }

    pub(super) fn note(&mut self, blind: BlindId, seen: Seen) {
        if self.seen(blind) != seen {
            self.seen.insert(blind, seen);
            self.news.insert(blind, seen);
        }
    }

    /// All rows with a version of this epoch.
    pub(super) fn versions(&self) -> impl Iterator<Item = (BlindId, Seq)> {
        let all = self
            .seen
            .iter()
            .map(|(blind, seen)| (*blind, seen.version()));
        all.filter(|(_, seq)| *seq > Seq::ZERO)
    }

    /// Starts again before the first version of the same epoch.
    pub(super) fn start_over(&mut self) {
        self.reset(Seq::MAX);
    }

    /// Begins an epoch that shares the versions up to `origin` with those before. What was seen
    /// beyond is in doubt from now on.
    pub(super) fn begin(&mut self, epoch: Epoch, origin: Seq) {
        self.epoch = Some(epoch);
        self.common = self.common.min(origin);
        self.reset(self.common);
    }

    fn reset(&mut self, certain: Seq) {
        self.cursor = Seq::ZERO;
        for seen in self.seen.values_mut() {
            seen.doubtful |= seen.seq > certain;
            *seen = seen.unseen();
        }
        self.news.clear();
        self.rewrite = true;
    }

    /// Whether a version was written by somebody who may not have known what is in doubt here.
    pub(super) fn is_apart(&self, seq: Seq) -> bool {
        seq > self.common
    }

    /// Writes what has changed.
    pub(super) fn flush(&mut self, batch: &mut Batch) {
        let needed = self.seen.len().div_ceil(ENTRIES_A_RECORD);
        if self.rewrite || self.records > needed + MANY_RECORDS {
            batch.delete_range(Shelf::Meta, KeyRange::prefix(SEEN));
            self.records = 0;
            self.rewrite = false;
            self.news.clear();
            let mut entries: Vec<_> = self.seen.iter().map(|(id, seen)| (*id, *seen)).collect();
            entries.sort_unstable_by_key(|(blind, _)| *blind);
            for entries in entries.chunks(ENTRIES_A_RECORD) {
                self.append(entries, batch);
            }
        } else if !self.news.is_empty() {
            let news: Vec<_> = std::mem::take(&mut self.news).into_iter().collect();
            self.append(&news, batch);
        }
        if self.offset_ms.abs_diff(self.stored_offset_ms) >= OFFSET_STEP_MS {
            self.stored_offset_ms = self.offset_ms;
        }
        let state = self.encode_state();
        if self.stored.as_ref() != Some(&state) {
            batch.put(Shelf::Meta, STATE, state.clone());
            self.stored = Some(state);
        }
    }

    fn append(&mut self, entries: &[(BlindId, Seen)], batch: &mut Batch) {
        let mut body = Vec::with_capacity(4 + 25 * entries.len());
        let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        body.extend_from_slice(&count.to_be_bytes());
        for (blind, seen) in entries {
            body.extend_from_slice(&blind.0);
            body.extend_from_slice(&seen.seq.get().to_be_bytes());
            body.push(seen.flags());
        }
        let key = [SEEN, &self.next_record.to_be_bytes()].concat();
        batch.put(Shelf::Meta, key, format::seal(SEEN_KIND, &body));
        self.records += 1;
        self.next_record += 1;
    }

    fn encode_state(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(64);
        body.extend_from_slice(&self.team.0);
        body.push(u8::from(self.epoch.is_some()));
        body.extend_from_slice(&self.epoch.map_or([0; 16], |epoch| epoch.0));
        body.extend_from_slice(&self.common.get().to_be_bytes());
        body.extend_from_slice(&self.cursor.get().to_be_bytes());
        body.extend_from_slice(&self.stored_offset_ms.to_be_bytes());
        format::seal(STATE_KIND, &body)
    }
}

struct State {
    team: TeamId,
    epoch: Option<Epoch>,
    common: Seq,
    cursor: Seq,
    offset_ms: i64,
}

fn read_state(bytes: &[u8]) -> Result<State, Damage> {
    let (version, mut reader) = format::unseal(STATE_KIND, bytes)?;
    let mut read = || {
        let team = TeamId(reader.array()?);
        let [known] = reader.array()?;
        let epoch = Epoch(reader.array()?);
        let common = Seq::new(u64::from_be_bytes(reader.array()?))?;
        let cursor = Seq::new(u64::from_be_bytes(reader.array()?))?;
        let offset_ms = i64::from_be_bytes(reader.array()?);
        Some(State {
            team,
            epoch: (known == 1).then_some(epoch),
            common,
            cursor,
            offset_ms,
        })
    };
    let state = read().ok_or(Damage::Malformed)?;
    format::check_end(version, &reader)?;
    Ok(state)
}

fn read_entry(reader: &mut Reader<'_>) -> Option<(BlindId, Seen)> {
    let blind = BlindId(reader.array()?);
    let seq = Seq::new(u64::from_be_bytes(reader.array()?))?;
    let [flags] = reader.array()?;
    Some((blind, Seen::from_parts(seq, flags)))
}
