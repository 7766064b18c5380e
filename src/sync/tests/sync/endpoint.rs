//! A model of the endpoint: the rules in the header of `wire`, in memory and in few lines.

use std::collections::{BTreeMap, BTreeSet};

use tongxing_sync::wire::{
    BlindId, Buckets, Digest, Epoch, MAX_PAGE_ROWS, Message, PAGE_BYTES, PageRow, PushResult,
    STALE_BYTES, Seq, SyncRequest, SyncResponse,
};

#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    pub(crate) epoch: Epoch,
    pub(crate) head: Seq,
    pub(crate) rows: BTreeMap<BlindId, (Seq, Vec<u8>)>,
    /// Bytes of envelopes in a page: small ones make many pages.
    pub(crate) page_bytes: usize,
}

impl Endpoint {
    pub(crate) fn new() -> Self {
        Self {
            epoch: Epoch::first([1; 8]),
            head: Seq::ZERO,
            rows: BTreeMap::new(),
            page_bytes: PAGE_BYTES,
        }
    }

    /// What a backup of this endpoint would be after it has been put back.
    pub(crate) fn restored(&self, random: u64) -> Self {
        Self {
            epoch: self.epoch.restored(self.head, random.to_be_bytes()),
            ..self.clone()
        }
    }

    /// Answers the bytes of a request with the bytes of a response.
    pub(crate) fn answer(&mut self, request: &[u8], now_ms: u64) -> Vec<u8> {
        let request = SyncRequest::decode(request).unwrap();
        self.sync(request, now_ms).encode()
    }

    fn sync(&mut self, request: SyncRequest, now_ms: u64) -> SyncResponse {
        let known = request.epoch == Some(self.epoch);
        let mut results = Vec::new();
        let mut stored = BTreeSet::new();
        let mut stale_bytes = 0;
        for pushed in request.push.into_iter().filter(|_| known) {
            let present = self.rows.get(&pushed.row);
            let seq = present.map_or(Seq::ZERO, |(seq, _)| *seq);
            if present.is_some_and(|(_, envelope)| *envelope == pushed.envelope) {
                results.push(PushResult::Stored { seq });
            } else if seq == pushed.base {
                self.head = self.head.next();
                self.rows.insert(pushed.row, (self.head, pushed.envelope));
                stored.insert(pushed.row);
                results.push(PushResult::Stored { seq: self.head });
            } else {
                let envelope = present.map(|(_, envelope)| envelope.clone());
                let length = envelope.as_ref().map_or(0, Vec::len);
                let room =
                    stale_bytes == 0 || stale_bytes + length <= STALE_BYTES.min(self.page_bytes);
                if room {
                    stale_bytes += length;
                }
                results.push(PushResult::Stale {
                    seq,
                    envelope: envelope.filter(|_| room),
                });
            }
        }
        let after = if known {
            request.cursor.min(self.head)
        } else {
            Seq::ZERO
        };
        let mut newer: Vec<_> = self
            .rows
            .iter()
            .filter(|(row, (seq, _))| {
                *seq > after
                    && !stored.contains(*row)
                    && request.buckets.is_none_or(|set| set.contains(row.bucket()))
            })
            .map(|(row, (seq, envelope))| (*seq, *row, envelope))
            .collect();
        newer.sort_unstable_by_key(|(seq, ..)| *seq);
        let all = newer.len();
        let mut page = Vec::new();
        let mut bytes = 0;
        for (seq, row, envelope) in newer {
            if page.len() == MAX_PAGE_ROWS
                || (!page.is_empty() && bytes + envelope.len() > self.page_bytes)
            {
                break;
            }
            bytes += envelope.len();
            page.push(PageRow {
                row,
                seq,
                envelope: envelope.clone(),
            });
        }
        let more = page.len() < all;
        let last = page.last().map_or(self.head, |row| row.seq);
        SyncResponse {
            epoch: self.epoch,
            now_ms,
            results,
            cursor: if more { last } else { self.head },
            page,
            more,
        }
    }

    pub(crate) fn digest(&self) -> Digest {
        let buckets: Buckets = self
            .rows
            .iter()
            .map(|(row, (seq, _))| (*row, *seq))
            .collect();
        Digest {
            epoch: self.epoch,
            head: self.head,
            buckets,
        }
    }
}
