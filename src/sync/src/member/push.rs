//! Requests: what is pushed, and what became of it.

use super::history::Seen;
use super::waiting::Mark;
use super::{Flight, Member, Outgoing, Ticket};
use crate::activity;
use crate::conflict::FIRST_RESERVED_TABLE;
use crate::envelope::{Nonce, SealError};
use crate::replica::Replica;
use crate::row::RowKey;
use crate::wire::{BlindId, MAX_PUSH_ROWS, PUSH_BYTES, PushResult, PushRow, Seq, SyncRequest};

/// A row that is on its way.
#[derive(Debug)]
pub(super) struct Sent {
    key: RowKey,
    blind: BlindId,
    /// What of it waited when it was sealed.
    mark: Mark,
}

/// A version of a row, as the endpoint handed it out.
pub(super) type Version = (BlindId, Seq, Vec<u8>);

impl Member {
    /// The next request, if one is due and none is on its way. Send it, and give its ticket back
    /// with the response. `now_ms` is the device's wall time; `nonce` draws random bytes.
    pub fn next_request(
        &mut self,
        replica: &Replica,
        now_ms: u64,
        nonce: &mut dyn FnMut() -> Nonce,
    ) -> Option<Outgoing> {
        if self.flight.is_some() {
            return None;
        }
        let repairs = self.repair.is_some();
        let mut push = Vec::new();
        let mut rows = Vec::new();
        let may_push = self.caught_up && !self.pull_due && !repairs && !self.read_only;
        let mut pull = !self.caught_up || self.pull_due || repairs;
        if may_push && self.has_anything() {
            if self.knows_time(now_ms) {
                pull |= self.choose(replica, now_ms, nonce, &mut push, &mut rows);
            } else {
                pull |= self.anything_to_push(replica);
            }
        }
        if !pull && push.is_empty() {
            return None;
        }
        let (cursor, buckets) = match &self.repair {
            Some(repair) => (repair.cursor, Some(repair.buckets)),
            None => (self.history.cursor, None),
        };
        self.pull_due = false;
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        self.flight = Some(Flight {
            ticket,
            sent_ms: now_ms,
            cursor,
            repairs,
            rows,
        });
        Some(Outgoing {
            ticket,
            request: SyncRequest {
                epoch: self.history.epoch,
                cursor,
                buckets,
                push,
            },
        })
    }

    fn has_anything(&self) -> bool {
        self.waiting.len() > 0 || !self.offers.is_empty() || !self.activities.read.is_empty()
    }

    /// The keys of everything that is to be pushed, some of them twice.
    fn to_push(&self) -> impl Iterator<Item = &RowKey> {
        let rows = self.waiting.keys().chain(&self.offers);
        rows.chain(self.activities.read.keys())
    }

    /// The rows to push, from where the last push ended. Conflicts come first: whoever reads what
    /// won has then read what lost. Activity comes last: no edit waits for what was edited before.
    fn candidates(&self) -> Vec<RowKey> {
        let mut keys: Vec<_> = self.to_push().copied().collect();
        keys.sort_unstable();
        keys.dedup();
        let begun = keys.partition_point(|key| *key <= self.turn);
        keys.rotate_left(begun);
        keys.sort_by_key(|key| match key.table {
            activity::rows::TABLE => 2,
            table if table < FIRST_RESERVED_TABLE => 1,
            _ => 0,
        });
        keys
    }

    /// Whether a row can be pushed at all.
    fn is_held(&self, key: RowKey, replica: &Replica) -> bool {
        let read = self.activities.read.get(&key);
        let length = read.or_else(|| replica.row(&key));
        let length = length.map(|row| row.as_bytes().len());
        let too_long = length.is_none_or(|length| {
            self.too_long
                .get(&key)
                .is_some_and(|before| length >= *before)
        });
        too_long || self.unopened.contains(self.sealer.blind(key))
    }

    fn anything_to_push(&self, replica: &Replica) -> bool {
        self.to_push().any(|key| !self.is_held(*key, replica))
    }

    /// Seals rows until the limits are reached, and says whether the time has to be learnt again
    /// because stamps have run ahead of it.
    fn choose(
        &mut self,
        replica: &Replica,
        now_ms: u64,
        nonce: &mut dyn FnMut() -> Nonce,
        push: &mut Vec<PushRow>,
        rows: &mut Vec<Sent>,
    ) -> bool {
        let corrected_ms = now_ms.saturating_add_signed(self.history.offset_ms);
        let mut bytes = 0;
        let mut ahead = false;
        for key in self.candidates() {
            let read = self.activities.read.get(&key);
            let Some(row) = read.or_else(|| replica.row(&key)) else {
                continue;
            };
            if self.is_held(key, replica) {
                continue;
            }
            if self.has_run_ahead(&key, row, corrected_ms) {
                ahead |= replica.may_fold();
                continue;
            }
            let full = bytes + row.as_bytes().len() > PUSH_BYTES;
            if rows.len() == MAX_PUSH_ROWS || (full && !rows.is_empty()) {
                break;
            }
            match self.sealer.seal(key, row, nonce()) {
                Ok(envelope) => {
                    bytes += envelope.len();
                    self.too_long.remove(&key);
                    self.turn = key;
                    let blind = self.sealer.blind(key);
                    rows.push(Sent {
                        key,
                        blind,
                        mark: self.waiting.mark(),
                    });
                    push.push(PushRow {
                        row: blind,
                        base: self.history.seen(blind).base(),
                        envelope,
                    });
                }
                Err(SealError::TooLong { .. }) => {
                    self.too_long.insert(key, row.as_bytes().len());
                }
            }
        }
        ahead
    }

    /// Notes which rows have been stored, and collects the versions that were in the way. One
    /// beyond the cursor is left for its page: what was pushed before it, a conflict perhaps, is
    /// to come first.
    pub(super) fn take_results(
        &mut self,
        rows: Vec<Sent>,
        results: Vec<PushResult>,
        cursor: Seq,
        versions: &mut Vec<Version>,
    ) {
        for (sent, result) in rows.into_iter().zip(results) {
            match result {
                PushResult::Stored { seq } => {
                    self.history.note(sent.blind, Seen::at(seq));
                    self.waiting.settle(&sent.key, sent.mark);
                    self.offers.remove(&sent.key);
                    self.activities.settle(&sent.key);
                }
                PushResult::Stale {
                    seq,
                    envelope: Some(envelope),
                } if seq <= cursor => versions.push((sent.blind, seq, envelope)),
                // It is in a later page, or had no room: then the next push is answered with it.
                PushResult::Stale { .. } => {}
            }
        }
    }
}
