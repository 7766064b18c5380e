//! What members of a team and their endpoint say to each other. This header is the protocol.
//!
//! The endpoint is a blind, versioned row store with a change feed. It merges nothing and can
//! read nothing: rows reach it under [`BlindId`]s and inside sealed envelopes.
//!
//! # Messages
//!
//! Version 1. Bodies are CBOR (RFC 8949) of definite lengths, with the content type
//! [`CONTENT_TYPE`]. Every body is an array whose first item is the version.
//!
//! | request | asks with | answers with |
//! | --- | --- | --- |
//! | `POST /v1/sync` | [`SyncRequest`] | [`SyncResponse`] |
//! | `GET /v1/digest` | nothing | [`Digest`] |
//! | `GET /v1/events` | nothing | a stream (SSE) of [`Poke`]s, as text |
//! | any of them | | [`Refusal`], with a status that is not 2xx |
//!
//! ```text
//! sync-request  = [1, epoch / null, cursor, buckets / null, [* push-row]]
//! push-row      = [blind-id, base, envelope]          base: 0 when the row is thought to be new
//! sync-response = [1, epoch, now, [* result], [* page-row], cursor, more]
//! result        = [0, seq]                            stored
//!               / [1, seq, envelope / null]           stale: this is the current version
//! page-row      = [blind-id, seq, envelope]
//! digest        = [1, epoch, head, hashes]            hashes: 256 times 16 bytes
//! refusal       = [1, code, seconds / null]           code: see `Code`; when to try again
//!
//! epoch, blind-id = 16 bytes     seq, base, cursor, head = 0 .. 2⁶³ − 1
//! buckets = 32 bytes             now = Unix milliseconds
//! more    = true / false         envelope = bytes
//! ```
//!
//! Any array may be longer than this version knows; what follows is skipped. A version number
//! greater than 1 announces a change that cannot be skipped and is refused.
//!
//! # Rules for the endpoint
//!
//! 1. Everything below happens in one transaction that holds the team's head.
//! 2. If the request's epoch is not the endpoint's own, or null, nothing is stored, the results
//!    are empty, and the page begins after 0 whatever the cursor says.
//! 3. Pushed rows are taken in order. One whose `base` is the row's present `seq` (0 if the row
//!    is not there) replaces it and takes the next `seq` of the team: *stored*. Otherwise, if the
//!    present envelope has the very same bytes, the answer is *stored* with its `seq`, so that a
//!    replay is harmless. Otherwise it is *stale*. There is one result for each pushed row.
//! 4. A stale result carries the present envelope as long as those of one response do not exceed
//!    [`STALE_BYTES`]; the first always does. One without is pushed again.
//! 5. The page holds rows whose `seq` is greater than the cursor, ascending, one version of each,
//!    up to [`PAGE_BYTES`] of envelopes and [`MAX_PAGE_ROWS`] rows; the first row always. Rows that this
//!    request has stored may be left out. With `buckets`, only rows in those [`Bucket`]s count.
//! 6. `more` says that rows are left. The new cursor is then the `seq` of the page's last row,
//!    otherwise the head. A cursor beyond the head is answered as one at the head.
//! 7. A new team has a first epoch ([`Epoch::first`]). A server restored from a backup gives every
//!    team a new one ([`Epoch::restored`]), made from the epoch and the head in the backup, and
//!    goes on counting from that head.
//!
//! # Limits
//!
//! | what | limit |
//! | --- | --- |
//! | an envelope | [`MAX_ENVELOPE_BYTES`] |
//! | rows pushed at once | [`MAX_PUSH_ROWS`] |
//! | rows in a page | [`MAX_PAGE_ROWS`] |
//! | a request's body | [`SyncRequest::MAX_BYTES`](Message::MAX_BYTES) |
//! | a response's body | [`SyncResponse::MAX_BYTES`](Message::MAX_BYTES) |
//!
//! Decoding never panics, whatever the bytes are, and takes no more memory than a small multiple
//! of theirs.

mod cbor;
mod digest;
mod poke;
mod refusal;
mod sync;

use std::fmt;

pub use cbor::{DecodeError, Message};
pub use digest::{BUCKETS, Bucket, BucketHash, BucketSet, Buckets, Digest};
pub use poke::{NotAPoke, Poke, PokeReader};
pub use refusal::{Code, Refusal};
pub use sync::{PageRow, PushResult, PushRow, SyncRequest, SyncResponse};

/// The version that this program speaks.
pub const VERSION: u64 = 1;
/// The content type of every body.
pub const CONTENT_TYPE: &str = "application/vnd.tongxing+cbor";
/// Longest envelope, in bytes.
pub const MAX_ENVELOPE_BYTES: usize = 4 << 20;
/// Most rows in one push.
pub const MAX_PUSH_ROWS: usize = 1_000;
/// Most rows in one page.
pub const MAX_PAGE_ROWS: usize = 4_000;
/// How many bytes of envelopes a member pushes at once, unless one row alone has more.
pub const PUSH_BYTES: usize = 1 << 20;
/// How many bytes of envelopes an endpoint puts into one page, unless one row alone has more.
pub const PAGE_BYTES: usize = 1 << 20;
/// How many bytes of envelopes the stale results of one response carry, unless one alone has more.
pub const STALE_BYTES: usize = 1 << 20;

/// Names a team; drawn at random when it is founded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TeamId(pub [u8; 16]);

/// Names one history of an endpoint's rows: 8 random bytes, then its origin in 8 big-endian bytes.
///
/// A server that is restored from a backup forgets what came after it and gives the same numbers
/// to other versions: a new epoch branches off. Two epochs of a team have their versions up to the
/// smaller origin in common, whichever backups lie between them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(pub [u8; 16]);

impl Epoch {
    /// A new team's epoch; `random` is drawn anew for each.
    #[must_use]
    pub fn first(random: [u8; 8]) -> Self {
        Self::with_origin(random, Seq::MAX)
    }

    /// The epoch that follows when a backup made in this one, at `head`, has been put back;
    /// `random` is drawn anew for each.
    #[must_use]
    pub fn restored(self, head: Seq, random: [u8; 8]) -> Self {
        Self::with_origin(random, self.origin().min(head))
    }

    fn with_origin(random: [u8; 8], origin: Seq) -> Self {
        let both = u128::from(u64::from_be_bytes(random)) << 64 | u128::from(origin.0);
        Self(both.to_be_bytes())
    }

    /// The last version that this epoch shares with every other that it branched off from;
    /// [`Seq::MAX`] if there is none, [`Seq::ZERO`] if it does not say so in its form.
    #[must_use]
    pub fn origin(self) -> Seq {
        Seq::new(u128::from_be_bytes(self.0) as u64).unwrap_or_default()
    }
}

/// A row's id as the endpoint sees it: a keyed hash of table and row id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlindId(pub [u8; 16]);

/// Tells a wrong key from the right one without telling the key: members give it to the endpoint
/// when they found a team, and compare it when they join.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyCheck(pub [u8; 16]);

/// Place of a row's version in its team's history; 0 is before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seq(u64);

impl Seq {
    /// Before the first version: a cursor that has seen nothing, the base of a new row.
    pub const ZERO: Self = Self(0);
    /// The last one: databases count in signed integers of 64 bits.
    pub const MAX: Self = Self(i64::MAX as u64);

    /// The number, if it is not beyond [`Seq::MAX`].
    #[must_use]
    pub const fn new(number: u64) -> Option<Self> {
        if number <= Self::MAX.0 {
            Some(Self(number))
        } else {
            None
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The next one; the last one stays.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.0 < Self::MAX.0 {
            Self(self.0 + 1)
        } else {
            self
        }
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Sixteen bytes as 32 lower-case hexadecimal digits.
fn hexadecimal(f: &mut fmt::Formatter<'_>, bytes: [u8; 16]) -> fmt::Result {
    write!(f, "{:032x}", u128::from_be_bytes(bytes))
}

macro_rules! shown_in_hexadecimal {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                hexadecimal(f, self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                hexadecimal(f, self.0)
            }
        }
    )*};
}

shown_in_hexadecimal!(TeamId Epoch BlindId KeyCheck);
