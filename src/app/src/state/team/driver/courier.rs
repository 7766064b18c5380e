//! Carries blobs between this device and the endpoint, one after another, beside the rows and after
//! them: a slow photo holds up no edit.

use super::super::error::TeamError;
use super::{Bell, Driver, Failure, Ring};
use crate::platform::{network, random_ids, tabs};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use tongxing_sync::backoff::Backoff;
use tongxing_sync::blob::{self, Address, Asked, Incoming, Note, Outgoing, Sealer, Survey};
use tongxing_sync::membership::Membership;
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Storage, Write};
use tongxing_sync::wire::{Code, Epoch};

/// How often it is looked for blobs that were not to be had, in milliseconds.
const LOOKS_MS: u32 = 10 * 60_000;

/// What carrying blobs needs, beside the driver's line and store.
pub(super) struct Courier {
    sealer: Sealer,
    bell: Bell,
    /// The blob that somebody wants to see.
    wanted: RefCell<Option<Vec<u8>>>,
    /// Blobs that cannot be sent, or not be opened: not tried again in this run.
    hopeless: RefCell<BTreeSet<Vec<u8>>>,
    /// How many wait to be sent.
    waiting: Cell<usize>,
    /// Why those that wait are not on their way, where somebody has to do something.
    held: Cell<Option<TeamError>>,
}

impl Courier {
    pub(super) fn new(membership: &Membership) -> Self {
        Self {
            sealer: Sealer::new(membership.team, &membership.key),
            bell: Bell::default(),
            wanted: RefCell::default(),
            hopeless: RefCell::default(),
            waiting: Cell::new(0),
            held: Cell::new(None),
        }
    }

    /// There may be something to carry.
    pub(super) fn ring(&self) {
        self.bell.ring(Ring::Wake);
    }

    /// There is, if this was just written here.
    pub(super) fn written(&self, batch: &Batch) {
        let mut writes = batch.writes().iter();
        let is_blob = |write: &Write| {
            matches!(
                write,
                Write::Put {
                    shelf: Shelf::Blobs,
                    ..
                }
            )
        };
        if writes.any(is_blob) {
            self.ring();
        }
    }

    /// Somebody wants to see a blob that is not here.
    pub(super) fn want(&self, id: &str) {
        self.wanted.replace(Some(id.as_bytes().to_vec()));
        self.ring();
    }

    /// How many blobs wait to be sent, and why they are not on their way, where somebody has to do
    /// something.
    pub(super) fn waiting(&self) -> (usize, Option<TeamError>) {
        (self.waiting.get(), self.held.get())
    }

    fn is_hopeless(&self, id: &[u8]) -> bool {
        self.hopeless.borrow().contains(id)
    }

    fn give_up(&self, id: &[u8]) {
        self.hopeless.borrow_mut().insert(id.to_vec());
    }
}

impl Driver {
    /// Carries for as long as the driver runs.
    pub(super) async fn carry(&self) {
        let mut backoff = Backoff::default();
        while !self.stopped.get() {
            let ms = match self.carry_what_is_due().await {
                Ok(()) => {
                    backoff.succeeded();
                    LOOKS_MS
                }
                Err(failure) => {
                    let passes = failure.error.may_pass();
                    self.courier.held.set((!passes).then_some(failure.error));
                    let random = random_ids::random_bytes().map_or(0, u32::from_be_bytes);
                    let ms = backoff.failed(random, failure.retry_after_s());
                    if passes || failure.retry_after_s().is_some() {
                        u32::try_from(ms).unwrap_or(LOOKS_MS)
                    } else {
                        LOOKS_MS
                    }
                }
            };
            self.show_again();
            self.courier.bell.wait(ms).await;
        }
    }

    async fn carry_what_is_due(&self) -> Result<(), Failure> {
        let Some((epoch, read_only)) = self.caught_up() else {
            return Ok(());
        };
        if !network::online() {
            return Ok(());
        }
        let mut survey = self.look().await?;
        let disk = self.store.disk();
        let meta = disk.read(Shelf::Meta, Asked::meta_range(), None).await?;
        let asks = Asked::is_due(&meta, epoch);
        if asks && !read_only {
            survey.to_send.extend(self.lacking(&survey.shared).await?);
        }
        self.courier.held.set(None);
        if !read_only {
            self.send(survey.to_send).await?;
        }
        if asks {
            self.note_asked(epoch).await?;
        }
        self.fetch(survey.to_fetch).await
    }

    /// What is to be carried, what is hopeless left out.
    async fn look(&self) -> Result<Survey, Failure> {
        self.store.on_disk().await?;
        let disk = self.store.disk();
        let keys = disk.keys(Shelf::Blobs, KeyRange::all()).await?;
        let here = keys.into_iter().collect();
        let survey = self
            .store
            .with_replica(|replica| blob::survey(replica, here));
        let mut survey = survey.unwrap_or_default();
        let courier = &self.courier;
        survey.to_send.retain(|id| !courier.is_hopeless(id));
        survey
            .to_fetch
            .retain(|note| !courier.is_hopeless(&note.id));
        if let Some(wanted) = courier.wanted.take() {
            survey.to_fetch.sort_by_key(|note| note.id != wanted);
        }
        Ok(survey)
    }

    /// Those that the endpoint is thought to have, and has not.
    async fn lacking(&self, shared: &[Note]) -> Result<Vec<Vec<u8>>, Failure> {
        let mut lacking = Vec::new();
        for note in shared {
            if self.link.blob(note.address, 0..1).await?.is_none() {
                lacking.push(note.id.clone());
            }
        }
        Ok(lacking)
    }

    async fn note_asked(&self, epoch: Epoch) -> Result<(), Failure> {
        Ok(self.store.disk().write(Asked::note(epoch)).await?)
    }

    async fn send(&self, ids: Vec<Vec<u8>>) -> Result<(), Failure> {
        let courier = &self.courier;
        courier.waiting.set(ids.len());
        self.show_again();
        for id in ids {
            let disk = self.store.disk();
            let found = disk.read(Shelf::Blobs, KeyRange::one(id.clone()), Some(1));
            if let Some((_, bytes)) = found.await?.pop() {
                match Outgoing::new(&courier.sealer, id.clone(), &bytes) {
                    Ok(mut outgoing) => {
                        self.send_one(&mut outgoing).await?;
                        self.store.note(outgoing.note().edits());
                    }
                    Err(_) => courier.give_up(&id),
                }
            }
            courier.waiting.set(courier.waiting.get().saturating_sub(1));
            self.show_again();
        }
        Ok(())
    }

    async fn send_one(&self, outgoing: &mut Outgoing) -> Result<(), Failure> {
        let address = outgoing.note().address;
        let mut begun_again = false;
        while let Some(part) = outgoing.part() {
            if self.stopped.get() {
                return Err(TeamError::Unreachable.into());
            }
            match self.link.put_blob(address, part).await {
                Ok(received) if outgoing.received(received) => {}
                Ok(_) => return Err(TeamError::NotAnEndpoint.into()),
                Err(failure) if is(failure, Code::Conflict) && !begun_again => {
                    begun_again = true;
                    outgoing.begin_again();
                }
                Err(failure) if is(failure, Code::TooLarge) => {
                    self.courier.give_up(&outgoing.note().id);
                    return Err(failure);
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }

    async fn fetch(&self, notes: Vec<Note>) -> Result<(), Failure> {
        for note in notes {
            let mut incoming = Incoming::new(note);
            if !self.fetch_one(&mut incoming).await? {
                continue;
            }
            let id = incoming.note().id.clone();
            match incoming.open(&self.courier.sealer) {
                Ok(bytes) => {
                    let mut batch = Batch::new();
                    batch.put(Shelf::Blobs, id, bytes);
                    self.store.disk().write(batch.clone()).await?;
                    tabs::announce(&batch);
                    self.store.blobs_have_come();
                }
                Err(_) => self.courier.give_up(&id),
            }
        }
        Ok(())
    }

    /// Fetches one; `false` if the endpoint does not have it, or what it has is no blob.
    async fn fetch_one(&self, incoming: &mut Incoming) -> Result<bool, Failure> {
        let address: Address = incoming.note().address;
        while let Some(range) = incoming.range() {
            if self.stopped.get() {
                return Err(TeamError::Unreachable.into());
            }
            let Some(bytes) = self.link.blob(address, range).await? else {
                let may_write = self.caught_up().is_some_and(|(_, read_only)| !read_only);
                if may_write {
                    self.store.note(incoming.note().retraction());
                }
                return Ok(false);
            };
            if !incoming.take(&bytes) {
                self.courier.give_up(&incoming.note().id);
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn is(failure: Failure, code: Code) -> bool {
    failure.refusal.is_some_and(|refusal| refusal.code == code)
}
