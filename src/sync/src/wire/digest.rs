//! `GET /v1/digest`: 256 hashes over everything an endpoint has, to find drift.
//!
//! A row lies in the bucket of its [`BlindId`]'s first byte. A bucket's hash is the exclusive-or,
//! over its rows, of the first 16 bytes of BLAKE3(blind-id ‖ seq), the `seq` as 8 big-endian bytes. So it can be
//! kept up to date row by row, and an empty bucket has the hash of zeros. It finds accidents; it
//! is no proof against an endpoint that means to deceive.

use super::cbor::{Body, DecodeError, Items, Message, Out, Reader, Written};
use super::{BlindId, Epoch, Seq, VERSION};

/// How many buckets there are.
pub const BUCKETS: usize = 256;
const HASH_BYTES: usize = 16;

/// The first byte of a [`BlindId`].
pub type Bucket = u8;

impl BlindId {
    /// The bucket in which the row lies.
    #[must_use]
    pub const fn bucket(self) -> Bucket {
        self.0[0]
    }
}

/// A bucket's hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BucketHash([u8; HASH_BYTES]);

/// The hashes of all buckets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buckets([BucketHash; BUCKETS]);

impl Default for Buckets {
    /// Those of an endpoint without rows.
    fn default() -> Self {
        Self([BucketHash::default(); BUCKETS])
    }
}

impl Buckets {
    /// Takes a row's version in, or takes one out that had been taken in: either is the same.
    pub fn toggle(&mut self, row: BlindId, seq: Seq) {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&row.0).update(&seq.get().to_be_bytes());
        let hash = hasher.finalize();
        if let Some(bucket) = self.0.get_mut(usize::from(row.bucket())) {
            for (ours, theirs) in bucket.0.iter_mut().zip(hash.as_bytes()) {
                *ours ^= theirs;
            }
        }
    }

    /// The hash of one bucket.
    #[must_use]
    pub const fn get(&self, bucket: Bucket) -> BucketHash {
        self.0[bucket as usize]
    }

    /// The buckets in which the two differ.
    #[must_use]
    pub fn differing(&self, other: &Self) -> BucketSet {
        let mut set = BucketSet::default();
        for bucket in 0..=Bucket::MAX {
            if self.get(bucket) != other.get(bucket) {
                set.insert(bucket);
            }
        }
        set
    }
}

impl FromIterator<(BlindId, Seq)> for Buckets {
    fn from_iter<T: IntoIterator<Item = (BlindId, Seq)>>(rows: T) -> Self {
        let mut buckets = Self::default();
        for (row, seq) in rows {
            buckets.toggle(row, seq);
        }
        buckets
    }
}

/// Some of the buckets: bit `b % 8` of byte `b / 8` stands for bucket `b`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct BucketSet([u8; BUCKETS / 8]);

impl BucketSet {
    /// The set of these 256 bits.
    #[must_use]
    pub const fn from_bytes(bits: [u8; BUCKETS / 8]) -> Self {
        Self(bits)
    }

    /// The 256 bits.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; BUCKETS / 8] {
        &self.0
    }

    /// Adds a bucket.
    pub const fn insert(&mut self, bucket: Bucket) {
        self.0[bucket as usize / 8] |= 1 << (bucket % 8);
    }

    /// Whether a bucket is among them.
    #[must_use]
    pub const fn contains(&self, bucket: Bucket) -> bool {
        self.0[bucket as usize / 8] >> (bucket % 8) & 1 == 1
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// Those that are among them, ascending.
    pub fn iter(&self) -> impl Iterator<Item = Bucket> {
        (0..=Bucket::MAX).filter(|bucket| self.contains(*bucket))
    }
}

/// What an endpoint has, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The endpoint's epoch.
    pub epoch: Epoch,
    /// The last version given: only a member whose cursor stands here can compare.
    pub head: Seq,
    /// The hashes of all buckets.
    pub buckets: Buckets,
}

impl Message for Digest {
    const MAX_BYTES: usize = 16 << 10;
}

impl Body for Digest {
    fn size_hint(&self) -> usize {
        64 + BUCKETS * HASH_BYTES
    }

    fn put(&self, out: &mut Out) -> Written {
        let hashes: Vec<u8> = self.buckets.0.iter().flat_map(|hash| hash.0).collect();
        out.array(4)?
            .u64(VERSION)?
            .bytes(&self.epoch.0)?
            .u64(self.head.get())?
            .bytes(&hashes)?;
        Ok(())
    }

    fn take(reader: &mut Reader<'_>, items: &mut Items) -> Result<Self, DecodeError> {
        let epoch = Epoch(reader.fixed(items)?);
        let head = reader.seq(items)?;
        let hashes = reader.fixed::<{ BUCKETS * HASH_BYTES }>(items)?;
        let mut buckets = Buckets::default();
        for (bucket, hash) in buckets.0.iter_mut().zip(hashes.as_chunks().0) {
            *bucket = BucketHash(*hash);
        }
        Ok(Self {
            epoch,
            head,
            buckets,
        })
    }
}
