//! A model of the endpoint: the rules in the header of `wire`, in memory and in few lines.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use tongxing_sync::blob::{Address, Part};
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
    pub(crate) blobs: BTreeMap<Address, Blob>,
}

/// A blob, as far as it has come.
#[derive(Clone, Debug)]
pub(crate) struct Blob {
    sender: usize,
    size: usize,
    bytes: Vec<u8>,
}

/// A part does not follow what is there.
#[derive(Debug)]
pub(crate) struct Elsewhere;

impl Endpoint {
    pub(crate) fn new() -> Self {
        Self {
            epoch: Epoch::first([1; 8]),
            head: Seq::ZERO,
            rows: BTreeMap::new(),
            page_bytes: PAGE_BYTES,
            blobs: BTreeMap::new(),
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

    /// Takes a part of a blob in, and tells how many bytes of it are there.
    pub(crate) fn put_blob(
        &mut self,
        sender: usize,
        address: Address,
        part: Part<'_>,
    ) -> Result<u64, Elsewhere> {
        let known = self.blobs.get(&address);
        if let Some(whole) = known.filter(|blob| blob.bytes.len() == blob.size) {
            return Ok(whole.size as u64);
        }
        if known.is_none_or(|blob| (blob.sender, blob.size) != (sender, part.size)) {
            if part.offset > 0 {
                return Err(Elsewhere);
            }
            let begun = Blob {
                sender,
                size: part.size,
                bytes: Vec::new(),
            };
            self.blobs.insert(address, begun);
        }
        let blob = self.blobs.get_mut(&address).unwrap();
        if part.offset == blob.bytes.len() {
            blob.bytes.extend_from_slice(part.bytes);
        } else if part.offset + part.bytes.len() > blob.bytes.len() {
            return Err(Elsewhere);
        }
        Ok(blob.bytes.len() as u64)
    }

    /// Some bytes of a blob that is there, whole.
    pub(crate) fn blob(&self, address: Address, range: Range<usize>) -> Option<&[u8]> {
        let blob = self.blobs.get(&address)?;
        let whole = blob.bytes.len() == blob.size;
        whole.then(|| &blob.bytes[range])
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
