//! What the endpoint keeps, and the boundary behind which it is kept.
//!
//! A [`Store`] opens [`Transaction`]s, each of one team: every statement is keyed by it. A transaction
//! that is dropped before [`Transaction::commit`] leaves no trace. What a push or an invite means is
//! decided above, once for all stores (`crate::team`); here are only plain statements.

mod failure;
mod postgres;
mod sqlite;

use async_trait::async_trait;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tongxing_sync::wire::{BlindId, BucketSet, Epoch, KeyCheck, PageRow, Poke, Seq, TeamId};

use crate::pokes::{Change, Pokes};
use crate::secret::SecretHash;

pub use failure::StoreError;
pub use postgres::PostgresStore;
pub use sqlite::SqliteStore;

/// The outcome of a statement.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// What a transaction may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads one state of the store, whatever others write meanwhile.
    Read,
    /// Reads and writes. Holds the team: other writers of the same team wait.
    Write,
}

/// A team, apart from its rows, members and blobs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Which history of the rows this is.
    pub epoch: Epoch,
    /// The last version given.
    pub head: Seq,
    /// Bytes of all envelopes.
    pub row_bytes: u64,
    /// Bytes of all blobs, counting those under way with their whole size.
    pub blob_bytes: u64,
    /// By which a device finds out that its key is wrong.
    pub key_check: KeyCheck,
    /// When it was founded, in Unix milliseconds.
    pub founded_ms: u64,
}

/// Names a member. A device is a member: whoever has two has joined twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemberId(pub [u8; 16]);

/// Names an invite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InviteId(pub [u8; 16]);

/// Names a blob: a keyed hash of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlobId(pub [u8; 32]);

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Reads and writes.
    Member,
    /// Reads, writes, invites, and says who is a member.
    Owner,
}

/// A device that is, or was, in the team.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name here: the first half of its token's hash.
    pub id: MemberId,
    /// The hash of its token.
    pub token: SecretHash,
    /// What it may do.
    pub role: Role,
    /// How people call it, sealed by the team's key; opaque here.
    pub name: Vec<u8>,
    /// When it joined, in Unix milliseconds.
    pub joined_ms: u64,
    /// When it left or was put out, if so.
    pub revoked_ms: Option<u64>,
}

/// A way into the team, for one device.
#[derive(Clone, Debug)]
pub struct Invite {
    /// Its name: the first half of its secret's hash.
    pub id: InviteId,
    /// The hash of its secret.
    pub secret: SecretHash,
    /// The role that it gives.
    pub role: Role,
    /// When it ends, in Unix milliseconds.
    pub expires_ms: u64,
    /// Who joined by it, if somebody has.
    pub used_by: Option<MemberId>,
}

/// A photo, a signature, a file; sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Its name.
    pub id: BlobId,
    /// How many bytes it has in the end.
    pub size: u64,
    /// How many bytes of it are here.
    pub received: u64,
    /// Who sends it.
    pub sender: MemberId,
    /// When it was begun, in Unix milliseconds.
    pub begun_ms: u64,
}

impl Blob {
    /// Whether all of it is here.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.received == self.size
    }
}

/// The present version of a row, without its envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowVersion {
    /// The row.
    pub row: BlindId,
    /// Its version.
    pub seq: Seq,
    /// Bytes of its envelope.
    pub size: u64,
}

/// Which rows to read.
#[derive(Clone, Copy, Debug)]
pub struct PageQuery {
    /// Only versions after this one.
    pub after: Seq,
    /// Only versions up to this one.
    pub up_to: Seq,
    /// Only rows in these buckets, if given.
    pub buckets: Option<BucketSet>,
    /// Envelopes of at most so many bytes; the first row is read whatever its size.
    pub max_bytes: usize,
    /// At most so many rows, at least one.
    pub max_rows: usize,
}

/// Rows, ascending by version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<PageRow>,
    /// Whether more of them would have been read without the limits.
    pub more: bool,
}

/// A database of teams.
#[async_trait]
pub trait Store: Send + Sync {
    /// Opens a transaction over one team, which need not exist.
    async fn begin(&self, team: TeamId, access: Access) -> Result<Box<dyn Transaction>>;

    /// Every team there is, for backups and restores alone.
    async fn teams(&self) -> Result<Vec<TeamId>>;

    /// Where changes are told to whoever listens in this process.
    fn pokes(&self) -> &Pokes;

    /// Lets go of every connection, after the transactions that are under way.
    async fn close(&self);
}

/// Statements over one team that happen all or not at all.
#[async_trait]
pub trait Transaction: Rows + Membership + Blobs {
    /// The team as it is, with what this transaction has changed.
    fn team(&self) -> Option<&Team>;

    /// Writes the team, which is new or not. Comes before any statement about a new team.
    async fn put_team(&mut self, team: Team) -> Result<()>;

    /// Tells everybody who listens, in any process, once this transaction is committed.
    async fn announce(&mut self, change: Change) -> Result<()>;

    /// Makes it happen. Only after this returns is it there for good.
    async fn commit(self: Box<Self>) -> Result<()>;
}

/// Statements over a team's rows.
#[async_trait]
pub trait Rows: Send {
    /// The present versions of those of `rows` that are there, in no order.
    async fn versions(&mut self, rows: &[BlindId]) -> Result<Vec<RowVersion>>;

    /// Those of `rows` that are there, in no order.
    async fn rows(&mut self, rows: &[BlindId]) -> Result<Vec<PageRow>>;

    /// Removes those of `rows` that are there: they are about to be written anew.
    async fn delete_rows(&mut self, rows: &[BlindId]) -> Result<()>;

    /// Writes rows that are not there. Each row occurs once.
    async fn insert_rows(&mut self, rows: Vec<PageRow>) -> Result<()>;

    /// Reads rows by version.
    async fn page(&mut self, query: PageQuery) -> Result<Page>;

    /// Shows every row's present version to `visit`, in no order.
    async fn visit_versions(&mut self, visit: &mut (dyn FnMut(BlindId, Seq) + Send)) -> Result<()>;
}

/// Statements over its members and invites.
#[async_trait]
pub trait Membership: Send {
    /// The member of a name, whether revoked or not.
    async fn member(&mut self, id: MemberId) -> Result<Option<Member>>;

    /// All members, those revoked too, by when they joined.
    async fn members(&mut self) -> Result<Vec<Member>>;

    /// Writes a member, who is new or not.
    async fn put_member(&mut self, member: &Member) -> Result<()>;

    /// The invite of a name, whether it is still good or not.
    async fn invite(&mut self, id: InviteId) -> Result<Option<Invite>>;

    /// All invites, by when they end.
    async fn invites(&mut self) -> Result<Vec<Invite>>;

    /// Writes an invite, which is new or not.
    async fn put_invite(&mut self, invite: &Invite) -> Result<()>;

    /// Removes an invite; whether it was there.
    async fn delete_invite(&mut self, id: InviteId) -> Result<bool>;
}

/// Statements over its blobs.
#[async_trait]
pub trait Blobs: Send {
    /// What is known of a blob.
    async fn blob(&mut self, id: BlobId) -> Result<Option<Blob>>;

    /// All blobs, in no order.
    async fn blobs(&mut self) -> Result<Vec<Blob>>;

    /// Writes what is known of a blob, which is new or not.
    async fn put_blob(&mut self, blob: &Blob) -> Result<()>;

    /// Removes a blob with its parts.
    async fn delete_blob(&mut self, id: BlobId) -> Result<()>;

    /// Writes the part of a blob that begins at `offset`.
    async fn put_blob_part(&mut self, id: BlobId, offset: u64, bytes: Bytes) -> Result<()>;

    /// The part of a blob that holds the byte at `offset`, and where that part begins.
    async fn blob_part(&mut self, id: BlobId, offset: u64) -> Result<Option<(u64, Vec<u8>)>>;
}

impl Team {
    /// What a stream of events says of the team.
    #[must_use]
    pub const fn poke(&self) -> Poke {
        Poke {
            epoch: self.epoch,
            head: self.head,
        }
    }
}

impl Role {
    const fn number(self) -> i16 {
        match self {
            Self::Viewer => 0,
            Self::Member => 1,
            Self::Owner => 2,
        }
    }

    fn from_number(number: i16) -> Result<Self> {
        match number {
            0 => Ok(Self::Viewer),
            1 => Ok(Self::Member),
            2 => Ok(Self::Owner),
            _ => Err(StoreError::Damaged("a role")),
        }
    }
}

/// A number as databases count: in signed integers of 64 bits.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> Result<u64> {
    u64::try_from(number).map_err(|_| StoreError::Damaged("a count"))
}

fn seq(number: i64) -> Result<Seq> {
    Seq::new(unsigned(number)?).ok_or(StoreError::Damaged("a version"))
}

fn array<const N: usize>(bytes: &[u8], what: &'static str) -> Result<[u8; N]> {
    bytes.try_into().map_err(|_| StoreError::Damaged(what))
}
