//! A tablet's courier of blobs, driven as a shell would, over a line that may break.

use std::collections::BTreeSet;

use pollster::block_on;
use tongxing_sync::blob::{Asked, Incoming, Note, Outgoing, Sealer, Survey, survey};
use tongxing_sync::replica::{CommitRequest, Edit};
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Storage as _};

use crate::endpoint::{Elsewhere, Endpoint};
use crate::shop::request;
use crate::tablet::{TEAM, Tablet, team_key};

/// A line that carries so many requests, and then breaks: before the next one reaches the endpoint, or
/// before its answer comes back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) requests: usize,
    pub(crate) unheard: bool,
}

impl Line {
    pub(crate) const SOUND: Self = Self {
        requests: usize::MAX,
        unheard: false,
    };

    fn ask<T>(&mut self, answer: impl FnOnce() -> T) -> Result<T, Stopped> {
        if self.requests > 0 {
            self.requests -= 1;
            return Ok(answer());
        }
        if self.unheard {
            answer();
        }
        Err(Stopped::Line)
    }
}

/// What kept the courier from carrying everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// The line broke.
    Line,
    /// The disk did not take what had come.
    Disk,
}

/// What was carried.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Carried {
    pub(crate) sent: usize,
    pub(crate) fetched: usize,
    /// Blobs that a restored endpoint had lost.
    pub(crate) lacking: usize,
    /// Blobs that the endpoint was thought to have, and had not.
    pub(crate) missed: usize,
}

struct Courier<'a> {
    tablet: &'a mut Tablet,
    endpoint: &'a mut Endpoint,
    /// Who sends.
    device: usize,
    line: Line,
    true_ms: u64,
    sealer: Sealer,
    carried: Carried,
}

/// The ids of the blobs that a tablet has.
pub(crate) fn here(tablet: &Tablet) -> BTreeSet<Vec<u8>> {
    let keys = tablet.shop.storage.keys(Shelf::Blobs, KeyRange::all());
    block_on(keys).unwrap().into_iter().collect()
}

/// Carries what is to be carried, and says what came of it before something was in the way.
pub(crate) fn carry(
    tablet: &mut Tablet,
    endpoint: &mut Endpoint,
    device: usize,
    line: Line,
    true_ms: u64,
) -> (Carried, Result<(), Stopped>) {
    let mut courier = Courier {
        tablet,
        endpoint,
        device,
        line,
        true_ms,
        sealer: Sealer::new(TEAM, &team_key()),
        carried: Carried::default(),
    };
    let outcome = courier.pass();
    (courier.carried, outcome)
}

impl Courier<'_> {
    fn pass(&mut self) -> Result<(), Stopped> {
        let Some(epoch) = self.tablet.member.epoch() else {
            return Ok(());
        };
        let Survey {
            mut to_send,
            to_fetch,
            shared,
        } = survey(&self.tablet.shop.replica, here(self.tablet));
        let meta = self
            .tablet
            .shop
            .storage
            .read(Shelf::Meta, Asked::meta_range(), None);
        let asks = Asked::is_due(&block_on(meta).unwrap(), epoch);
        if asks {
            for note in shared {
                let there = self
                    .line
                    .ask(|| self.endpoint.blob(note.address, 0..1).is_some())?;
                if !there {
                    self.carried.lacking += 1;
                    to_send.push(note.id);
                }
            }
        }
        for id in to_send {
            self.send(id)?;
        }
        if asks {
            self.write(Asked::note(epoch))?;
        }
        to_fetch.into_iter().try_for_each(|note| self.fetch(note))
    }

    fn send(&mut self, id: Vec<u8>) -> Result<(), Stopped> {
        let one = KeyRange::one(id.clone());
        let found = self.tablet.shop.storage.read(Shelf::Blobs, one, Some(1));
        let (_, bytes) = block_on(found).unwrap().pop().unwrap();
        let mut outgoing = Outgoing::new(&self.sealer, id, &bytes).unwrap();
        let address = outgoing.note().address;
        while let Some(part) = outgoing.part() {
            let put = || self.endpoint.put_blob(self.device, address, part);
            match self.line.ask(put)? {
                Ok(received) => assert!(outgoing.received(received)),
                Err(Elsewhere) => outgoing.begin_again(),
            }
        }
        self.carried.sent += 1;
        self.note(outgoing.note().edits())
    }

    fn note(&mut self, edits: Vec<Edit>) -> Result<(), Stopped> {
        let commit = self.tablet.shop.replica.commit(CommitRequest {
            offset_ms: self.tablet.member.offset_ms(),
            record_activity: false,
            ..request(edits, self.tablet.wall_ms(self.true_ms))
        });
        let batch = commit.unwrap().batch;
        self.tablet.member.committed(&batch);
        self.write(batch)
    }

    fn fetch(&mut self, note: Note) -> Result<(), Stopped> {
        let mut incoming = Incoming::new(note);
        while let Some(range) = incoming.range() {
            let address = incoming.note().address;
            let bytes = self
                .line
                .ask(|| self.endpoint.blob(address, range).map(<[u8]>::to_vec))?;
            // A restored endpoint gets it back from whoever has it.
            let Some(bytes) = bytes else {
                self.carried.missed += 1;
                return self.note(incoming.note().retraction());
            };
            assert!(incoming.take(&bytes));
        }
        let bytes = incoming.open(&self.sealer).unwrap();
        self.carried.fetched += 1;
        let mut batch = Batch::new();
        batch.put(Shelf::Blobs, incoming.note().id.clone(), bytes);
        self.write(batch)
    }

    fn write(&mut self, batch: Batch) -> Result<(), Stopped> {
        let written = block_on(self.tablet.shop.storage.write(batch));
        written.map_err(|_| Stopped::Disk)
    }
}
