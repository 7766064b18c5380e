//! `POST /v1/sync`: rows pushed, rows pulled.

use super::cbor::{Body, DecodeError, Items, Message, Out, Reader, Written, put_or_null};
use super::{BlindId, BucketSet, Epoch, MAX_PAGE_ROWS, MAX_PUSH_ROWS, Seq, VERSION};

/// Bytes that a row takes besides its envelope, at most.
const ROW_OVERHEAD: usize = 40;

/// A row that a member offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushRow {
    /// The row.
    pub row: BlindId,
    /// The version that the envelope takes in; [`Seq::ZERO`] if none is known.
    pub base: Seq,
    /// The sealed row.
    pub envelope: Vec<u8>,
}

/// What a member asks: take these rows, and give me what is new after the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncRequest {
    /// The epoch that cursor and bases belong to; `None` at first.
    pub epoch: Option<Epoch>,
    /// Everything up to this version has been received.
    pub cursor: Seq,
    /// Restricts the page to rows of these buckets, to repair drift; `None` for all.
    pub buckets: Option<BucketSet>,
    /// At most [`MAX_PUSH_ROWS`].
    pub push: Vec<PushRow>,
}

/// What became of a pushed row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PushResult {
    /// It is the row's present version.
    Stored {
        /// The version that it has become.
        seq: Seq,
    },
    /// Somebody else was quicker: join this envelope and push again.
    Stale {
        /// The present version.
        seq: Seq,
        /// Its envelope; `None` if the response had no room for it.
        envelope: Option<Vec<u8>>,
    },
}

/// A row as the endpoint has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRow {
    /// The row.
    pub row: BlindId,
    /// Its present version.
    pub seq: Seq,
    /// The sealed row.
    pub envelope: Vec<u8>,
}

/// What the endpoint answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncResponse {
    /// The endpoint's epoch. If it is not the request's, nothing has been stored.
    pub epoch: Epoch,
    /// The endpoint's time, in Unix milliseconds.
    pub now_ms: u64,
    /// One for each pushed row, in their order; empty if the epochs differ.
    pub results: Vec<PushResult>,
    /// Rows after the cursor, ascending by version.
    pub page: Vec<PageRow>,
    /// The cursor for the next request.
    pub cursor: Seq,
    /// Whether there are more rows after this page.
    pub more: bool,
}

impl Message for SyncRequest {
    const MAX_BYTES: usize = 8 << 20;
}

impl Message for SyncResponse {
    const MAX_BYTES: usize = 16 << 20;
}

impl Body for SyncRequest {
    fn size_hint(&self) -> usize {
        let rows = self.push.iter();
        96 + rows
            .map(|row| ROW_OVERHEAD + row.envelope.len())
            .sum::<usize>()
    }

    fn put(&self, out: &mut Out) -> Written {
        out.array(5)?.u64(VERSION)?;
        put_or_null(out, self.epoch.as_ref().map(|epoch| &epoch.0[..]))?;
        out.u64(self.cursor.get())?;
        put_or_null(
            out,
            self.buckets.as_ref().map(|buckets| &buckets.as_bytes()[..]),
        )?;
        out.array(self.push.len() as u64)?;
        for row in &self.push {
            out.array(3)?
                .bytes(&row.row.0)?
                .u64(row.base.get())?
                .bytes(&row.envelope)?;
        }
        Ok(())
    }

    fn take(reader: &mut Reader<'_>, items: &mut Items) -> Result<Self, DecodeError> {
        Ok(Self {
            epoch: reader.or_null(items, Reader::fixed)?.map(Epoch),
            cursor: reader.seq(items)?,
            buckets: reader
                .or_null(items, Reader::fixed)?
                .map(BucketSet::from_bytes),
            push: reader.rows(items, MAX_PUSH_ROWS, |reader, items| {
                Ok(PushRow {
                    row: BlindId(reader.fixed(items)?),
                    base: reader.seq(items)?,
                    envelope: reader.envelope(items)?,
                })
            })?,
        })
    }
}

/// The first item of a result.
const STORED: u64 = 0;
const STALE: u64 = 1;

impl Body for SyncResponse {
    fn size_hint(&self) -> usize {
        let page = self.page.iter().map(|row| row.envelope.len());
        let stale = self.results.iter().map(|result| match result {
            PushResult::Stale {
                envelope: Some(envelope),
                ..
            } => envelope.len(),
            _ => 0,
        });
        let envelopes: usize = page.chain(stale).sum();
        96 + envelopes + ROW_OVERHEAD * (self.page.len() + self.results.len())
    }

    fn put(&self, out: &mut Out) -> Written {
        out.array(7)?
            .u64(VERSION)?
            .bytes(&self.epoch.0)?
            .u64(self.now_ms)?;
        out.array(self.results.len() as u64)?;
        for result in &self.results {
            match result {
                PushResult::Stored { seq } => {
                    out.array(2)?.u64(STORED)?.u64(seq.get())?;
                }
                PushResult::Stale { seq, envelope } => {
                    out.array(3)?.u64(STALE)?.u64(seq.get())?;
                    put_or_null(out, envelope.as_deref())?;
                }
            }
        }
        out.array(self.page.len() as u64)?;
        for row in &self.page {
            out.array(3)?
                .bytes(&row.row.0)?
                .u64(row.seq.get())?
                .bytes(&row.envelope)?;
        }
        out.u64(self.cursor.get())?.bool(self.more)?;
        Ok(())
    }

    fn take(reader: &mut Reader<'_>, items: &mut Items) -> Result<Self, DecodeError> {
        Ok(Self {
            epoch: Epoch(reader.fixed(items)?),
            now_ms: reader.number(items)?,
            results: reader.rows(items, MAX_PUSH_ROWS, |reader, items| {
                match reader.number(items)? {
                    STORED => Ok(PushResult::Stored {
                        seq: reader.seq(items)?,
                    }),
                    STALE => Ok(PushResult::Stale {
                        seq: reader.seq(items)?,
                        envelope: reader.or_null(items, Reader::envelope)?,
                    }),
                    _ => Err(reader.malformed()),
                }
            })?,
            page: reader.rows(items, MAX_PAGE_ROWS, |reader, items| {
                Ok(PageRow {
                    row: BlindId(reader.fixed(items)?),
                    seq: reader.seq(items)?,
                    envelope: reader.envelope(items)?,
                })
            })?,
            cursor: reader.seq(items)?,
            more: reader.flag(items)?,
        })
    }
}
