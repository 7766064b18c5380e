//! A tablet: a shop that is a member of a team, driven as a shell would.

use pollster::block_on;
use tongxing_sync::conflict::{self, Conflict};
use tongxing_sync::envelope::Nonce;
use tongxing_sync::hlc::DeviceId;
use tongxing_sync::member::{Member, Opened, Outgoing, Step};
use tongxing_sync::replica::{Commit, CommitRequest, Edit};
use tongxing_sync::storage::{KeyRange, MemoryStorage, Records, Shelf, Storage};
use tongxing_sync::team_key::TeamKey;
use tongxing_sync::wire::{Message, SyncResponse, TeamId};

use crate::endpoint::Endpoint;
use crate::shop::{Shop, opened, request};

pub(crate) const TEAM: TeamId = TeamId([7; 16]);

pub(crate) fn team_key() -> TeamKey {
    TeamKey::new([0x42; 32])
}

/// A member, its replica and its disk.
pub(crate) struct Tablet {
    pub(crate) shop: Shop,
    pub(crate) member: Member,
    /// The device's wall time minus the true one.
    pub(crate) skew_ms: i64,
    nonces: u64,
}

impl Tablet {
    /// A tablet that has just joined.
    pub(crate) fn new(device: u64) -> Self {
        Self::joined(Shop::new(device))
    }

    pub(crate) fn joined(shop: Shop) -> Self {
        let outbox = shop.records(Shelf::Outbox);
        let Opened { member, step } = Member::join(TEAM, &team_key(), outbox, &shop.replica);
        let mut tablet = Self {
            nonces: shop.replica.device().0 << 32,
            shop,
            member,
            skew_ms: 0,
        };
        block_on(tablet.shop.storage.write(step.batch)).unwrap();
        tablet.look_at_activities();
        tablet
    }

    /// The tablet after a restart on what its disk holds.
    pub(crate) fn restarted(&self, fresh: u64, true_ms: u64) -> Self {
        self.on_disk(&self.shop.storage.reopen(), fresh, false, true_ms)
    }

    /// The tablet after a backup of its disk has been put back.
    pub(crate) fn restored(&self, disk: &MemoryStorage, fresh: u64, true_ms: u64) -> Self {
        self.on_disk(disk, fresh, true, true_ms)
    }

    fn on_disk(&self, disk: &MemoryStorage, fresh: u64, renew: bool, true_ms: u64) -> Self {
        let storage = disk.clone();
        let mut replica = opened(&storage, fresh).replica;
        if renew {
            block_on(storage.write(replica.renew_device(DeviceId(fresh)))).unwrap();
        }
        let meta = block_on(storage.read(Shelf::Meta, Member::meta_range(), None)).unwrap();
        let outbox = crate::shop::records(&storage, Shelf::Outbox);
        let wall_ms = true_ms.saturating_add_signed(self.skew_ms);
        let Opened { member, step } =
            Member::open(TEAM, &team_key(), meta, outbox, &mut replica, wall_ms);
        block_on(storage.write(step.batch)).unwrap();
        let mut tablet = Self {
            shop: Shop { storage, replica },
            member,
            skew_ms: self.skew_ms,
            nonces: fresh << 32,
        };
        tablet.look_at_activities();
        tablet
    }

    /// Looks which records of activity there are: after opening, and in a new epoch.
    pub(crate) fn look_at_activities(&mut self) {
        let keys = self.shop.storage.keys(Shelf::Activity, KeyRange::all());
        self.member.activities_on_shelf(block_on(keys).unwrap());
    }

    /// Reads records of activity that are due; whether there were any.
    pub(crate) fn read_activities(&mut self, true_ms: u64) -> bool {
        let wall_ms = self.wall_ms(true_ms);
        let replica = &mut self.shop.replica;
        let due = self.member.activities_due(replica, wall_ms, 3);
        if due.is_empty() {
            return false;
        }
        let records = due.iter().flat_map(|key| {
            let one = KeyRange::one(key.clone());
            block_on(self.shop.storage.read(Shelf::Activity, one, None)).unwrap()
        });
        let records: Records = records.collect();
        self.member.activities_read(&due, records);
        true
    }

    pub(crate) fn wall_ms(&self, true_ms: u64) -> u64 {
        true_ms.saturating_add_signed(self.skew_ms)
    }

    /// Commits, and says whether the disk has it.
    pub(crate) fn try_commit(&mut self, edits: Vec<Edit>, true_ms: u64) -> (Commit, bool) {
        let commit = self
            .shop
            .replica
            .commit(CommitRequest {
                offset_ms: self.member.offset_ms(),
                ..request(edits, self.wall_ms(true_ms))
            })
            .unwrap();
        let written = block_on(self.shop.storage.write(commit.batch.clone())).is_ok();
        self.member.committed(&commit.batch);
        (commit, written)
    }

    pub(crate) fn commit(&mut self, edits: Vec<Edit>, true_ms: u64) -> Commit {
        let (commit, written) = self.try_commit(edits, true_ms);
        assert!(written);
        commit
    }

    pub(crate) fn next_request(&mut self, true_ms: u64) -> Option<Outgoing> {
        let wall_ms = self.wall_ms(true_ms);
        let nonces = &mut self.nonces;
        self.member
            .next_request(&self.shop.replica, wall_ms, &mut || {
                *nonces += 1;
                let mut nonce = [0; 24];
                nonce[..8].copy_from_slice(&nonces.to_be_bytes());
                Nonce(nonce)
            })
    }

    /// Takes a response in, and says whether the disk has what came of it.
    pub(crate) fn take(
        &mut self,
        outgoing: &Outgoing,
        response: &[u8],
        fresh: u64,
        true_ms: u64,
    ) -> (Step, bool) {
        let wall_ms = self.wall_ms(true_ms);
        let response = SyncResponse::decode(response).unwrap();
        let step = self
            .member
            .answered(
                &mut self.shop.replica,
                outgoing.ticket,
                response,
                wall_ms,
                DeviceId(fresh),
            )
            .unwrap();
        let written = block_on(self.shop.storage.write(step.batch.clone())).is_ok();
        (step, written)
    }

    /// Syncs until nothing is due.
    pub(crate) fn sync(&mut self, endpoint: &mut Endpoint, true_ms: u64) -> Step {
        self.member.wake();
        self.settle(endpoint, true_ms)
    }

    /// Sends what is due until nothing is, and brings the steps together.
    pub(crate) fn settle(&mut self, endpoint: &mut Endpoint, true_ms: u64) -> Step {
        let mut all = Step::default();
        for _ in 0..10_000 {
            let Some(outgoing) = self.next_request(true_ms) else {
                return all;
            };
            let response = endpoint.answer(&outgoing.request.encode(), true_ms);
            let (step, written) = self.take(&outgoing, &response, 0xF4E5, true_ms);
            assert!(written);
            all.batch.append(step.batch);
            all.changed.extend(step.changed);
            all.conflicts.extend(step.conflicts);
            all.far_future.extend(step.far_future);
            all.restamped.extend(step.restamped);
            all.unopened.extend(step.unopened);
            all.new_epoch |= step.new_epoch;
            all.look_at_activities |= step.look_at_activities;
            all.new_device = all.new_device.or(step.new_device);
        }
        panic!("syncing does not come to an end");
    }

    /// All conflicts that this tablet knows.
    pub(crate) fn conflicts(&self) -> Vec<Conflict> {
        let rows = self.shop.replica.rows(conflict::TABLE);
        rows.map(|(_, row)| Conflict::from_row(row).unwrap())
            .collect()
    }
}
