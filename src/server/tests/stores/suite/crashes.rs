//! What remains when a request ends halfway.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use async_trait::async_trait;
use bytes::Bytes;
use tongxing_server::pokes::{Change, Pokes};
use tongxing_server::refused::Failure;
use tongxing_server::store::{
    Access, Blob, BlobId, Blobs, Invite, InviteId, Member, MemberId, Membership, Page, PageQuery,
    Result, Role, RowVersion, Rows, Store, StoreError, Team, Transaction,
};
use tongxing_server::team::blobs::{self, MIN_PART_BYTES, Part};
use tongxing_server::team::{Asker, invites, members, rows};
use tongxing_sync::wire::{
    BlindId, Epoch, KeyCheck, PageRow, PushResult, Seq, SyncRequest, TeamId,
};

use crate::given::{Given, NOW, QUOTA, credential, id, newcomer, row};

/// A store whose transactions fail at the statement whose turn it is.
struct Stumbling {
    store: Arc<dyn Store>,
    left: Arc<AtomicUsize>,
}

struct StumblingTransaction {
    inner: Box<dyn Transaction>,
    left: Arc<AtomicUsize>,
}

impl StumblingTransaction {
    fn step(&self) -> Result<()> {
        let taken = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        taken
            .map(drop)
            .map_err(|_| StoreError::Damaged("a stumbling block"))
    }
}

#[async_trait]
impl Store for Stumbling {
    async fn begin(&self, team: TeamId, access: Access) -> Result<Box<dyn Transaction>> {
        Ok(Box::new(StumblingTransaction {
            inner: self.store.begin(team, access).await?,
            left: self.left.clone(),
        }))
    }

    async fn teams(&self) -> Result<Vec<TeamId>> {
        self.store.teams().await
    }

    fn pokes(&self) -> &Pokes {
        self.store.pokes()
    }

    async fn close(&self) {
        self.store.close().await;
    }
}

/// Forwards statements, each if it is not its turn to fail.
macro_rules! stumbles {
    ($($kind:ident { $($name:ident($($argument:ident: $type:ty),*) -> $outcome:ty;)* })*) => {$(
        #[async_trait]
        impl $kind for StumblingTransaction {
            $(async fn $name(&mut self, $($argument: $type),*) -> Result<$outcome> {
                self.step()?;
                self.inner.$name($($argument),*).await
            })*
        }
    )*};
}

stumbles! {
    Rows {
        versions(rows: &[BlindId]) -> Vec<RowVersion>;
        rows(rows: &[BlindId]) -> Vec<PageRow>;
        delete_rows(rows: &[BlindId]) -> ();
        insert_rows(rows: Vec<PageRow>) -> ();
        page(query: PageQuery) -> Page;
        visit_versions(visit: &mut (dyn FnMut(BlindId, Seq) + Send)) -> ();
    }
    Membership {
        member(id: MemberId) -> Option<Member>;
        members() -> Vec<Member>;
        put_member(member: &Member) -> ();
        invite(id: InviteId) -> Option<Invite>;
        invites() -> Vec<Invite>;
        put_invite(invite: &Invite) -> ();
        delete_invite(id: InviteId) -> bool;
    }
    Blobs {
        blob(id: BlobId) -> Option<Blob>;
        blobs() -> Vec<Blob>;
        put_blob(blob: &Blob) -> ();
        delete_blob(id: BlobId) -> ();
        put_blob_part(id: BlobId, offset: u64, bytes: Bytes) -> ();
        blob_part(id: BlobId, offset: u64) -> Option<(u64, Vec<u8>)>;
    }
}

#[async_trait]
impl Transaction for StumblingTransaction {
    fn team(&self) -> Option<&Team> {
        self.inner.team()
    }

    async fn put_team(&mut self, team: Team) -> Result<()> {
        self.step()?;
        self.inner.put_team(team).await
    }

    async fn announce(&mut self, change: Change) -> Result<()> {
        self.step()?;
        self.inner.announce(change).await
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        self.step()?;
        self.inner.commit().await
    }
}

type Doing<'a> = Pin<Box<dyn Future<Output = std::result::Result<(), Failure>> + Send + 'a>>;
type Request = for<'a> fn(&'a dyn Store, &'a Asker, Epoch) -> Doing<'a>;

fn part() -> Part {
    Part {
        offset: 0,
        size: MIN_PART_BYTES as u64,
        bytes: vec![5; MIN_PART_BYTES].into(),
    }
}

/// Requests that change something, each made after all before it, with the number of statements that it
/// takes at least.
const REQUESTS: [(&str, usize, Request); 8] = [
    ("push", 7, |store, asker, epoch| {
        Box::pin(async move {
            let request = SyncRequest {
                epoch: Some(epoch),
                push: vec![
                    row(1, 1, b"changed"),
                    row(2, 0, b"stale"),
                    row(3, 0, b"new"),
                ],
                ..Default::default()
            };
            rows::sync(store, asker, request, QUOTA, NOW)
                .await
                .map(drop)
        })
    }),
    ("found", 3, |store, _, _| {
        Box::pin(async move {
            let epoch = Epoch([5; 16]);
            members::found(store, &newcomer(9, 1), KeyCheck([7; 16]), epoch, NOW)
                .await
                .map(drop)
        })
    }),
    ("invite", 4, |store, asker, _| {
        Box::pin(async move {
            let secret = credential(1, 100);
            invites::make(store, asker, &secret, Role::Member, 60, NOW)
                .await
                .map(drop)
        })
    }),
    ("join", 5, |store, _, _| {
        Box::pin(async move {
            members::join(store, &newcomer(1, 2), &credential(1, 100), NOW)
                .await
                .map(drop)
        })
    }),
    ("change role", 5, |store, asker, _| {
        Box::pin(async move {
            let member = MemberId(credential(1, 2).device_hash().id());
            members::change_role(store, asker, member, Role::Viewer).await
        })
    }),
    ("put blob", 6, |store, asker, _| {
        Box::pin(async move {
            blobs::put(store, asker, BlobId([1; 32]), part(), QUOTA, NOW)
                .await
                .map(drop)
        })
    }),
    ("delete blob", 5, |store, asker, _| {
        Box::pin(async move { blobs::delete(store, asker, BlobId([1; 32])).await })
    }),
    ("revoke", 5, |store, asker, _| {
        Box::pin(async move {
            let member = MemberId(credential(1, 2).device_hash().id());
            members::revoke(store, asker, member, NOW).await
        })
    }),
];

/// Everything that a store holds of the teams that the requests touch.
async fn everything(store: &dyn Store) -> String {
    let mut all = String::new();
    for team in [1, 9] {
        let mut transaction = store.begin(TeamId([team; 16]), Access::Read).await.unwrap();
        let ids: Vec<_> = (0..5).map(id).collect();
        let mut rows = transaction.rows(&ids).await.unwrap();
        rows.sort_by_key(|row| row.seq);
        let blob = transaction.blob_part(BlobId([1; 32]), 0).await.unwrap();
        let team = transaction.team().cloned();
        all += &format!(
            "{team:?} {rows:?} {:?} {:?} {:?} {:?}\n",
            transaction.members().await.unwrap(),
            transaction.invites().await.unwrap(),
            transaction.blobs().await.unwrap(),
            blob.map(|(start, bytes)| (start, bytes.len())),
        );
    }
    all
}

pub(crate) async fn a_failure_between_any_two_statements_leaves_no_trace(store: Arc<dyn Store>) {
    let team = Given::team(store.clone(), 1).await;
    let mut heard = store.pokes().listen(team.owner.team);
    team.push(&[row(1, 0, b"one"), row(2, 0, b"two")]).await;
    for (name, at_least, request) in REQUESTS {
        let before = everything(&*store).await;
        let mut statements = 0;
        loop {
            let stumbling = Stumbling {
                store: store.clone(),
                left: Arc::new(AtomicUsize::new(statements)),
            };
            match request(&stumbling, &team.owner, team.epoch).await {
                Ok(()) => break,
                Err(Failure::Store(_)) => {}
                Err(Failure::Refused(refused)) => panic!("{name}: {}", refused.advice),
            }
            assert_eq!(
                everything(&*store).await,
                before,
                "{name}, after {statements}"
            );
            statements += 1;
        }
        assert!(
            statements >= at_least,
            "{name} took only {statements} statements"
        );
        assert_ne!(everything(&*store).await, before, "{name} changed nothing");
    }
    // Nobody was told of what did not happen: two pushes, two changes of a member.
    for head in [2, 4] {
        let Change::Head(poke) = heard.next().await else {
            panic!("not a head");
        };
        assert_eq!(poke.head.get(), head);
    }
    let member = Change::Member(team.member(2));
    assert_eq!((heard.next().await, heard.next().await), (member, member));
}

pub(crate) async fn a_request_that_is_given_up_happens_whole_or_not_at_all(store: Arc<dyn Store>) {
    let team = Given::team(store.clone(), 1).await;
    let (mut given_up, mut acknowledged) = (0, 0);
    for polls in 1..60 {
        let bases: HashMap<u64, u64> = team.all().await.iter().map(|row| (row.0, row.1)).collect();
        let envelope = format!("version {polls}");
        let push: Vec<_> = (0..4)
            .map(|n| {
                let base = bases.get(&n).copied().unwrap_or_default();
                row(n, base, envelope.as_bytes())
            })
            .collect();
        let request = team.request(0, &push);
        let mut pushing = Box::pin(rows::sync(&*store, &team.owner, request, QUOTA, NOW));
        let mut left = polls;
        let finished = poll_fn(|context| {
            let polled = pushing.as_mut().poll(context);
            left -= 1;
            match polled {
                Poll::Ready(done) => Poll::Ready(Some(done.unwrap().results)),
                Poll::Pending if left == 0 => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            }
        })
        .await;
        drop(pushing);

        let all = team.all().await;
        let ours = all
            .iter()
            .filter(|row| row.2 == envelope.as_bytes())
            .count();
        assert!(ours == 0 || ours == 4, "torn after {polls} polls: {all:?}");
        match finished {
            None => given_up += 1,
            // A commit that was given up while under way may have arrived after the bases were read.
            Some(results) if matches!(results[0], PushResult::Stale { .. }) => assert_eq!(ours, 0),
            Some(_) => {
                assert_eq!(ours, 4, "acknowledged, and not there");
                acknowledged += 1;
            }
        }
    }
    assert!(
        given_up > 3 && acknowledged > 3,
        "{given_up} given up, {acknowledged} acknowledged"
    );
}
