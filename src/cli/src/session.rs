//! A store that has been opened: its rows in memory, and the way to write.

use tongxing_domain::book::Book;
use tongxing_domain::schema::Change;
use tongxing_rows::{book_of, edit_of};
use tongxing_sync::activity::Subject;
use tongxing_sync::author;
use tongxing_sync::member::{Member, Opened};
use tongxing_sync::membership::{Joining, Membership};
use tongxing_sync::replica::{self, Commit, CommitRequest, Edit, Replica};
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Storage as _};

use crate::chance;
use crate::failure::Failure;
use crate::local_store::LocalStore;
use crate::shelter::Shelter;

/// How many commits are folded at a time.
const FOLD_AT_ONCE: usize = 256;

/// An opened store.
pub(crate) struct Session {
    pub(crate) store: LocalStore,
    pub(crate) replica: Replica,
    /// How many records could not be read and were set aside now.
    pub(crate) set_aside: usize,
}

impl Session {
    /// Opens the store that is there.
    ///
    /// # Errors
    /// The store is missing, in use, damaged, or open to others.
    pub(crate) async fn open(shelter: &Shelter) -> Result<Self, Failure> {
        shelter.check()?;
        Self::over(LocalStore::open(&shelter.file()).await?).await
    }

    /// Opens the store that is there, or makes one.
    ///
    /// # Errors
    /// As [`Session::open`], or the folder cannot be made.
    pub(crate) async fn create(shelter: &Shelter) -> Result<Self, Failure> {
        shelter.prepare()?;
        Self::over(LocalStore::create(&shelter.file()).await?).await
    }

    async fn over(store: LocalStore) -> Result<Self, Failure> {
        let opened = replica::open(&store, chance::device()?, |_| {}).await?;
        match opened.upkeep_error {
            Some(error) => Err(error.into()),
            None => Ok(Self {
                store,
                replica: opened.replica,
                set_aside: opened.quarantined.len(),
            }),
        }
    }

    /// The book as it stands.
    pub(crate) fn book(&self) -> Book {
        book_of(&self.replica)
    }

    /// The team, and an invite that is being used.
    ///
    /// # Errors
    /// [`Failure::MembershipDamaged`].
    pub(crate) async fn memberships(
        &self,
    ) -> Result<(Option<Membership>, Option<Joining>), Failure> {
        let range = Membership::meta_range();
        let records = self.store.read(Shelf::Meta, range, None).await?;
        Membership::read(records).map_err(|_| Failure::MembershipDamaged)
    }

    /// The team.
    ///
    /// # Errors
    /// [`Failure::NoMember`] if there is none.
    pub(crate) async fn membership(&self) -> Result<Membership, Failure> {
        self.memberships().await?.0.ok_or(Failure::NoMember)
    }

    /// The device's part in its team. Where rows were lost when the store was opened, everything is
    /// asked for once more.
    ///
    /// # Errors
    /// The disk failed.
    pub(crate) async fn member(&mut self, membership: &Membership) -> Result<Member, Failure> {
        let range = Member::meta_range();
        let meta = self.store.read(Shelf::Meta, range, None).await?;
        let outbox = self
            .store
            .read(Shelf::Outbox, KeyRange::all(), None)
            .await?;
        let Opened {
            mut member,
            mut step,
        } = Member::open(
            membership.team,
            &membership.key,
            meta,
            outbox,
            &mut self.replica,
            chance::now_ms()?,
        );
        if self.set_aside > 0 {
            step.batch.append(member.start_over(&self.replica));
        }
        self.store.write(step.batch).await?;
        member.activities_on_shelf(self.activities().await?);
        Ok(member)
    }

    /// The keys of all records of activity.
    ///
    /// # Errors
    /// The disk failed.
    pub(crate) async fn activities(&self) -> Result<Vec<Vec<u8>>, Failure> {
        Ok(self.store.keys(Shelf::Activity, KeyRange::all()).await?)
    }

    /// Writes changes, all or none; how many records they touch.
    ///
    /// # Errors
    /// [`Failure::TooLong`], or the disk failed; nothing is written then.
    pub(crate) async fn commit(&mut self, changes: Vec<Change>) -> Result<usize, Failure> {
        // The endpoint's time, where it is known: edits of a device whose clock is slow would lose.
        let offset_ms = match self.memberships().await?.0 {
            Some(membership) => self.member(&membership).await?.offset_ms(),
            None => 0,
        };
        let edits = changes.into_iter();
        let edits = edits.map(|change| edit_of(change, Subject::default()));
        let commit = self.commit_edits(edits.collect(), offset_ms)?;
        self.store.write(commit.batch).await?;
        Ok(commit.changed.len())
    }

    /// Tells the others what whoever edits on this device is called; `None` if they know. The batch is
    /// for the caller to write.
    ///
    /// # Errors
    /// There is no time.
    pub(crate) fn sign(&mut self, name: &str, offset_ms: i64) -> Result<Option<Batch>, Failure> {
        let Some(signature) = author::signature(&self.replica, name) else {
            return Ok(None);
        };
        let commit = self.commit_edits(vec![signature], offset_ms)?;
        Ok(Some(commit.batch))
    }

    /// Writes what is nobody's edit: what this device tells the others. The batch is for the caller to
    /// write.
    ///
    /// # Errors
    /// There is no time.
    pub(crate) fn note(&mut self, edits: Vec<Edit>, offset_ms: i64) -> Result<Batch, Failure> {
        Ok(self.commit_edits(edits, offset_ms)?.batch)
    }

    /// What whoever edits on this device is called, if the others were told.
    pub(crate) fn signed(&self) -> Option<String> {
        let row = self.replica.row(&author::row_key(self.replica.device()))?;
        author::name(row).map(str::to_owned)
    }

    fn commit_edits(&mut self, edits: Vec<Edit>, offset_ms: i64) -> Result<Commit, Failure> {
        let request = CommitRequest {
            edits,
            author: String::new(),
            now_ms: chance::now_ms()?,
            offset_ms,
            // Many records at once leave no line each in the change list, as in the app.
            record_activity: false,
        };
        self.replica.commit(request).map_err(|_| Failure::TooLong)
    }

    /// Writes a batch.
    ///
    /// # Errors
    /// The disk failed.
    pub(crate) async fn write(&self, batch: Batch) -> Result<(), Failure> {
        Ok(self.store.write(batch).await?)
    }

    /// Folds the journal and closes the file.
    ///
    /// # Errors
    /// The disk failed; what was committed before is safe all the same.
    pub(crate) async fn close(mut self) -> Result<(), Failure> {
        while let Some(batch) = self.replica.fold(FOLD_AT_ONCE) {
            self.store.write(batch).await?;
        }
        Ok(self.store.close().await?)
    }
}
