//! Teams to test with.

use std::sync::Arc;

use tongxing_server::refused::Failure;
use tongxing_server::secret::{Credential, Secret};
use tongxing_server::store::{Access, MemberId, Role, Store, Team};
use tongxing_server::team::members::{self, Newcomer, Welcome};
use tongxing_server::team::{Asker, Quota, ask, invites, rows};
use tongxing_sync::wire::{
    BlindId, Code, Epoch, KeyCheck, PushResult, PushRow, Seq, SyncRequest, SyncResponse, TeamId,
};

pub(crate) const NOW: u64 = 1_800_000_000_000;

pub(crate) const QUOTA: Quota = Quota {
    row_bytes: 1 << 30,
    blob_bytes: 4 << 20,
    blob_size: 3 << 20,
};

/// A team with its owner, who asks.
pub(crate) struct Given {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) owner: Asker,
    pub(crate) epoch: Epoch,
}

/// The id of row `number`: the number's last byte is its bucket.
pub(crate) fn id(number: u64) -> BlindId {
    let mut id = [0; 16];
    id[0] = number as u8;
    id[8..].copy_from_slice(&number.to_be_bytes());
    BlindId(id)
}

pub(crate) fn seq(number: u64) -> Seq {
    Seq::new(number).unwrap()
}

pub(crate) fn row(number: u64, base: u64, envelope: &[u8]) -> PushRow {
    PushRow {
        row: id(number),
        base: seq(base),
        envelope: envelope.to_vec(),
    }
}

pub(crate) fn stored(number: u64) -> PushResult {
    PushResult::Stored { seq: seq(number) }
}

pub(crate) fn stale(number: u64, envelope: &[u8]) -> PushResult {
    PushResult::Stale {
        seq: seq(number),
        envelope: Some(envelope.to_vec()),
    }
}

pub(crate) fn team_id(number: u8) -> TeamId {
    TeamId([number; 16])
}

pub(crate) fn credential(team: u8, secret: u8) -> Credential {
    Credential {
        team: team_id(team),
        secret: Secret([secret; 32]),
    }
}

pub(crate) fn newcomer(team: u8, secret: u8) -> Newcomer {
    Newcomer {
        token: credential(team, secret),
        name: vec![secret; 40],
    }
}

/// Why something was refused; fails if it was not, or for the store's reasons.
pub(crate) fn code<T>(outcome: Result<T, Failure>) -> Code {
    match outcome {
        Ok(_) => panic!("not refused"),
        Err(Failure::Refused(refused)) => refused.code,
        Err(Failure::Store(error)) => panic!("{error}"),
    }
}

impl Given {
    /// Founds team `number`, whose owner's secret is 1.
    pub(crate) async fn team(store: Arc<dyn Store>, number: u8) -> Self {
        let epoch = Epoch::first([number; 8]);
        members::found(&*store, &newcomer(number, 1), KeyCheck([7; 16]), epoch, NOW)
            .await
            .unwrap();
        let owner = ask(&*store, &credential(number, 1)).await.unwrap();
        Self {
            store,
            owner,
            epoch,
        }
    }

    pub(crate) fn over(self, store: Arc<dyn Store>) -> Self {
        Self { store, ..self }
    }

    pub(crate) fn number(&self) -> u8 {
        self.owner.team.0[0]
    }

    pub(crate) async fn now(&self) -> Team {
        let transaction = self
            .store
            .begin(self.owner.team, Access::Read)
            .await
            .unwrap();
        transaction.team().unwrap().clone()
    }

    pub(crate) async fn sync(&self, request: SyncRequest) -> SyncResponse {
        rows::sync(&*self.store, &self.owner, request, QUOTA, NOW)
            .await
            .unwrap()
    }

    pub(crate) fn request(&self, cursor: u64, push: &[PushRow]) -> SyncRequest {
        SyncRequest {
            epoch: Some(self.epoch),
            cursor: seq(cursor),
            buckets: None,
            push: push.to_vec(),
        }
    }

    pub(crate) async fn push(&self, push: &[PushRow]) -> Vec<PushResult> {
        self.sync(self.request(0, push)).await.results
    }

    pub(crate) async fn pull(&self, cursor: u64) -> SyncResponse {
        self.sync(self.request(cursor, &[])).await
    }

    /// What is there of some rows: number, version, envelope.
    pub(crate) async fn all(&self) -> Vec<(u64, u64, Vec<u8>)> {
        let response = self.pull(0).await;
        assert!(!response.more);
        response
            .page
            .into_iter()
            .map(|row| {
                let number = u64::from_be_bytes(row.row.0[8..].try_into().unwrap());
                (number, row.seq.get(), row.envelope)
            })
            .collect()
    }

    pub(crate) async fn invite(&self, secret: u8, role: Role) -> Credential {
        let secret = credential(self.number(), secret);
        invites::make(&*self.store, &self.owner, &secret, role, 3600, NOW)
            .await
            .unwrap();
        secret
    }

    /// Lets a device in.
    pub(crate) async fn admit(&self, secret: u8, role: Role) -> Asker {
        let invite = self.invite(secret, role).await;
        self.join(secret, &invite).await.unwrap();
        self.ask(secret).await.unwrap()
    }

    pub(crate) async fn join(&self, secret: u8, invite: &Credential) -> Result<Welcome, Failure> {
        members::join(&*self.store, &newcomer(self.number(), secret), invite, NOW).await
    }

    pub(crate) async fn ask(&self, secret: u8) -> Result<Asker, Failure> {
        ask(&*self.store, &credential(self.number(), secret)).await
    }

    pub(crate) fn member(&self, secret: u8) -> MemberId {
        MemberId(credential(self.number(), secret).device_hash().id())
    }
}
