//! Backups, from and into every store.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use tempfile::TempDir;
use tongxing_server::store::{BlobId, Role, SqliteStore, Store};
use tongxing_server::team::blobs::{self, MIN_PART_BYTES, Part};
use tongxing_server::team::{invites, members};
use tongxing_server::transfer::{self, Carried, TransferError};
use tongxing_sync::wire::{Code, PushResult};

use crate::given::{Given, NOW, QUOTA, code, row, seq};

const PHOTO: BlobId = BlobId([1; 32]);

/// Two teams with everything in them: rows, members, invites, blobs whole and not.
async fn two_teams(store: Arc<dyn Store>) -> (Given, Given) {
    let first = Given::team(store.clone(), 1).await;
    let rows: Vec<_> = (0..900).map(|n| row(n, 0, &[n as u8; 2_000])).collect();
    first.push(&rows).await;
    first.push(&[row(5, 6, b"again")]).await;
    first.admit(2, Role::Viewer).await;
    first.invite(50, Role::Member).await;
    for (id, size) in [(PHOTO, 2), (BlobId([2; 32]), 3)] {
        for part in 0..2 {
            let part = Part {
                offset: part * MIN_PART_BYTES as u64,
                size: size * MIN_PART_BYTES as u64,
                bytes: Bytes::from(vec![part as u8; MIN_PART_BYTES]),
            };
            blobs::put(&*store, &first.owner, id, part, QUOTA, NOW)
                .await
                .unwrap();
        }
    }
    let second = Given::team(store, 2).await;
    second.push(&[row(1, 0, b"the second team's")]).await;
    (first, second)
}

fn somewhere() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    (folder, file)
}

pub(crate) async fn a_backup_holds_every_team_as_it_is(store: Arc<dyn Store>) {
    let (first, second) = two_teams(store.clone()).await;
    let (_folder, file) = somewhere();
    let carried = transfer::backup(&*store, &file).await.unwrap();
    let all = Carried {
        teams: 2,
        rows: 901,
        blobs: 1,
    };
    assert_eq!(carried, all);
    let again = transfer::backup(&*store, &file).await;
    assert!(
        matches!(again, Err(TransferError::Exists(_))),
        "nothing is overwritten"
    );

    let before = (first.now().await, first.pull(0).await, second.pull(0).await);
    let copy: Arc<dyn Store> = Arc::new(SqliteStore::open(&file).await.unwrap());
    let (first, second) = (first.over(copy.clone()), second.over(copy.clone()));
    assert_eq!(
        (first.now().await, first.pull(0).await, second.pull(0).await),
        before
    );
    assert_eq!(first.ask(2).await.unwrap().role, Role::Viewer);
    let waiting = invites::list(&*copy, &first.owner, NOW).await.unwrap();
    assert_eq!(waiting.len(), 1);
    copy.close().await;
}

pub(crate) async fn a_restored_store_has_new_epochs(store: Arc<dyn Store>) {
    // From a file into the store under test; the other way is the check above.
    let (_folder, file) = somewhere();
    let origin: Arc<dyn Store> = Arc::new(SqliteStore::open(&file).await.unwrap());
    let (first, second) = two_teams(origin.clone()).await;
    let before = first.pull(0).await;
    origin.close().await;
    transfer::restore(&file, &*store).await.unwrap();

    let (first, second) = (first.over(store.clone()), second.over(store.clone()));
    let epochs = [first.now().await.epoch, second.now().await.epoch];
    assert!(epochs[0] != epochs[1] && epochs[0] != first.epoch && epochs[1] != second.epoch);
    // Up to the backup's head both histories are the same.
    assert_eq!(epochs.map(|epoch| epoch.origin().get()), [901, 1]);
    // A device that comes back is told so, and stores nothing on bases of the old epoch.
    let push = first.request(901, &[row(5, 901, b"from the old epoch")]);
    let response = first.sync(push).await;
    assert_eq!((response.epoch, response.results.len()), (epochs[0], 0));
    assert_eq!(
        (response.page, response.cursor),
        (before.page, before.cursor)
    );
    let mut push = first.request(901, &[row(5, 901, b"after the restore")]);
    push.epoch = Some(epochs[0]);
    let stored = PushResult::Stored { seq: seq(902) };
    assert_eq!(first.sync(push).await.results, [stored]);

    let photo = blobs::read(&*store, &first.owner, PHOTO, 0).await.unwrap();
    assert_eq!(photo.len(), MIN_PART_BYTES);
    assert_eq!(members::list(&*store, &first.owner).await.unwrap().len(), 2);
    // Tokens go on; an invite that waited might have been used since, so it is void.
    assert_eq!(first.ask(2).await.unwrap().role, Role::Viewer);
    let late = first.join(9, &crate::given::credential(1, 50)).await;
    assert_eq!(code(late), Code::InviteInvalid);

    let again = transfer::restore(&file, &*store).await;
    assert!(
        matches!(again, Err(TransferError::NotEmpty)),
        "teams are not mixed"
    );
    let none = transfer::restore(&file.with_extension("none"), &*store).await;
    assert!(matches!(none, Err(TransferError::NoBackup(_))));
}

pub(crate) async fn a_backup_can_be_made_while_others_push(store: Arc<dyn Store>) {
    let team = Arc::new(Given::team(store.clone(), 1).await);
    let pushing = {
        let team = team.clone();
        tokio::spawn(async move {
            for turn in 0..60_u64 {
                // Ten rows that always change together.
                let base = |n| {
                    if turn == 0 {
                        0
                    } else {
                        (turn - 1) * 10 + n + 1
                    }
                };
                let rows: Vec<_> = (0..10)
                    .map(|n| row(n, base(n), &turn.to_be_bytes()))
                    .collect();
                team.push(&rows).await;
            }
        })
    };
    for _ in 0..4 {
        let (_folder, file) = somewhere();
        transfer::backup(&*store, &file).await.unwrap();
        let copy: Arc<dyn Store> = Arc::new(SqliteStore::open(&file).await.unwrap());
        let team = Given {
            store: copy.clone(),
            owner: team.owner,
            epoch: team.epoch,
        };
        let page = team.all().await;
        assert!(page.is_empty() || page.len() == 10);
        assert!(
            page.windows(2).all(|rows| rows[0].2 == rows[1].2),
            "torn: {page:?}"
        );
        copy.close().await;
    }
    pushing.await.unwrap();
}
