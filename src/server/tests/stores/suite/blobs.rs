//! Blobs: sent in parts, read from anywhere.

use std::sync::Arc;

use tongxing_server::refused::Failure;
use tongxing_server::store::{BlobId, Role, Store};
use tongxing_server::team::blobs::{self, MAX_PART_BYTES, MIN_PART_BYTES, Part, PartResult};
use tongxing_server::team::{Asker, Quota};
use tongxing_sync::wire::Code;

use crate::given::{Given, NOW, QUOTA, code};

const PHOTO: BlobId = BlobId([1; 32]);
const OTHER: BlobId = BlobId([2; 32]);
const SIZE: usize = 2 * MIN_PART_BYTES + 100;
const DAY: u64 = 24 * 3_600_000;

fn content() -> Vec<u8> {
    (0..SIZE).map(|at| (at * 7 % 251) as u8).collect()
}

fn part(offset: usize, length: usize) -> Part {
    Part {
        offset: offset as u64,
        size: SIZE as u64,
        bytes: content()[offset..offset + length].to_vec().into(),
    }
}

fn taken(received: usize) -> PartResult {
    PartResult::Taken {
        received: received as u64,
    }
}

fn elsewhere(received: usize) -> PartResult {
    PartResult::Elsewhere {
        received: received as u64,
    }
}

async fn put(team: &Given, asker: &Asker, id: BlobId, part: Part) -> Result<PartResult, Failure> {
    blobs::put(&*team.store, asker, id, part, QUOTA, NOW).await
}

async fn read_all(team: &Given, asker: &Asker, mut at: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while at < SIZE as u64 {
        let rest = blobs::read(&*team.store, asker, PHOTO, at).await.unwrap();
        at += rest.len() as u64;
        bytes.extend(rest);
    }
    bytes
}

pub(crate) async fn parts_make_a_blob(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let viewer = team.admit(2, Role::Viewer).await;
    let mut offset = 0;
    for length in [MIN_PART_BYTES, MIN_PART_BYTES, 100] {
        let result = put(&team, &team.owner, PHOTO, part(offset, length))
            .await
            .unwrap();
        offset += length;
        assert_eq!(result, taken(offset));
    }
    let found = blobs::find(&*team.store, &viewer, PHOTO).await.unwrap();
    assert_eq!((found.size, found.is_whole()), (SIZE as u64, true));
    for at in [0, 1, MIN_PART_BYTES - 1, MIN_PART_BYTES, SIZE - 1] {
        assert_eq!(
            read_all(&team, &viewer, at as u64).await,
            content()[at..],
            "{at}"
        );
    }
    let beyond = blobs::read(&*team.store, &viewer, PHOTO, SIZE as u64).await;
    assert_eq!(code(beyond), Code::NotFound);
    assert_eq!(
        code(put(&team, &viewer, OTHER, part(0, SIZE)).await),
        Code::Forbidden
    );
    assert_eq!(
        code(blobs::delete(&*team.store, &viewer, PHOTO).await),
        Code::Forbidden
    );
    assert_eq!(team.now().await.blob_bytes, SIZE as u64);

    let empty = Part {
        offset: 0,
        size: 0,
        bytes: Default::default(),
    };
    assert_eq!(
        put(&team, &team.owner, OTHER, empty).await.unwrap(),
        taken(0)
    );
    assert!(
        blobs::find(&*team.store, &viewer, OTHER)
            .await
            .unwrap()
            .is_whole()
    );
}

pub(crate) async fn parts_may_be_sent_again_and_out_of_order(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let owner = &team.owner;
    let first = || part(0, MIN_PART_BYTES);
    assert_eq!(
        put(&team, owner, PHOTO, part(MIN_PART_BYTES, MIN_PART_BYTES))
            .await
            .unwrap(),
        elsewhere(0)
    );
    put(&team, owner, PHOTO, first()).await.unwrap();
    assert_eq!(
        put(&team, owner, PHOTO, first()).await.unwrap(),
        taken(MIN_PART_BYTES)
    );
    let gap = part(2 * MIN_PART_BYTES, 100);
    assert_eq!(
        put(&team, owner, PHOTO, gap).await.unwrap(),
        elsewhere(MIN_PART_BYTES)
    );
    let overlap = part(1, MIN_PART_BYTES);
    assert_eq!(
        put(&team, owner, PHOTO, overlap).await.unwrap(),
        elsewhere(MIN_PART_BYTES)
    );
    let rest = part(MIN_PART_BYTES, SIZE - MIN_PART_BYTES);
    assert_eq!(
        put(&team, owner, PHOTO, rest.clone()).await.unwrap(),
        taken(SIZE)
    );
    for again in [first(), rest, part(5, MIN_PART_BYTES)] {
        assert_eq!(put(&team, owner, PHOTO, again).await.unwrap(), taken(SIZE));
    }
    assert_eq!(read_all(&team, owner, 0).await, content());
    assert_eq!(team.now().await.blob_bytes, SIZE as u64);
}

pub(crate) async fn another_device_takes_over(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let second = team.admit(2, Role::Member).await;
    put(&team, &team.owner, PHOTO, part(0, MIN_PART_BYTES))
        .await
        .unwrap();
    let rest = || part(MIN_PART_BYTES, SIZE - MIN_PART_BYTES);
    assert_eq!(
        put(&team, &second, PHOTO, rest()).await.unwrap(),
        elsewhere(0)
    );
    put(&team, &second, PHOTO, part(0, MIN_PART_BYTES))
        .await
        .unwrap();
    assert_eq!(
        put(&team, &team.owner, PHOTO, rest()).await.unwrap(),
        elsewhere(0)
    );
    assert_eq!(
        put(&team, &second, PHOTO, rest()).await.unwrap(),
        taken(SIZE)
    );
    assert_eq!(
        put(&team, &team.owner, PHOTO, part(0, SIZE)).await.unwrap(),
        taken(SIZE)
    );
    assert_eq!(read_all(&team, &team.owner, 0).await, content());
    assert_eq!(team.now().await.blob_bytes, SIZE as u64);
}

pub(crate) async fn parts_and_blobs_are_limited(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let owner = &team.owner;
    let sized = |offset: u64, length: usize, size: u64| Part {
        offset,
        size,
        bytes: vec![0; length].into(),
    };
    let too_large = sized(0, MAX_PART_BYTES + 1, 3 << 20);
    assert_eq!(
        code(put(&team, owner, PHOTO, too_large).await),
        Code::TooLarge
    );
    let too_large = sized(0, MIN_PART_BYTES, QUOTA.blob_size + 1);
    assert_eq!(
        code(put(&team, owner, PHOTO, too_large).await),
        Code::TooLarge
    );
    for wrong in [
        sized(0, MIN_PART_BYTES - 1, 1 << 20),
        sized(1, MIN_PART_BYTES, MIN_PART_BYTES as u64),
        sized(u64::MAX, MIN_PART_BYTES, 1 << 20),
        sized(0, 0, 1),
    ] {
        assert_eq!(code(put(&team, owner, PHOTO, wrong).await), Code::Malformed);
    }
    // The space is taken when a blob begins, so that what has begun can be finished.
    put(&team, owner, PHOTO, sized(0, MIN_PART_BYTES, 3 << 20))
        .await
        .unwrap();
    let second = sized(0, MIN_PART_BYTES, (1 << 20) + 1);
    assert_eq!(
        code(put(&team, owner, OTHER, second).await),
        Code::QuotaExceeded
    );
    put(&team, owner, OTHER, sized(0, MIN_PART_BYTES, 1 << 20))
        .await
        .unwrap();
    assert_eq!(team.now().await.blob_bytes, QUOTA.blob_bytes);
}

pub(crate) async fn blobs_under_way_are_seen_by_their_sender_alone(store: Arc<dyn Store>) {
    let team = Given::team(store.clone(), 1).await;
    let stranger = Given::team(store, 2).await.owner;
    let second = team.admit(2, Role::Member).await;
    put(&team, &team.owner, PHOTO, part(0, MIN_PART_BYTES))
        .await
        .unwrap();
    let found = blobs::find(&*team.store, &team.owner, PHOTO).await.unwrap();
    assert_eq!(found.received, MIN_PART_BYTES as u64);
    for other in [&second, &stranger] {
        assert_eq!(
            code(blobs::find(&*team.store, other, PHOTO).await),
            Code::NotFound
        );
    }
    put(
        &team,
        &team.owner,
        PHOTO,
        part(MIN_PART_BYTES, SIZE - MIN_PART_BYTES),
    )
    .await
    .unwrap();
    blobs::find(&*team.store, &second, PHOTO).await.unwrap();
    assert_eq!(
        code(blobs::find(&*team.store, &stranger, PHOTO).await),
        Code::NotFound
    );
    assert_eq!(
        code(blobs::read(&*team.store, &stranger, PHOTO, 0).await),
        Code::NotFound
    );
}

pub(crate) async fn abandoned_blobs_make_room(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let quota = Quota {
        blob_bytes: SIZE as u64,
        ..QUOTA
    };
    let put_at = async |id, now| {
        blobs::put(
            &*team.store,
            &team.owner,
            id,
            part(0, MIN_PART_BYTES),
            quota,
            now,
        )
        .await
    };
    put_at(PHOTO, NOW).await.unwrap();
    assert_eq!(
        code(put_at(OTHER, NOW + 6 * DAY).await),
        Code::QuotaExceeded
    );
    put_at(OTHER, NOW + 8 * DAY).await.unwrap();
    assert_eq!(
        code(blobs::find(&*team.store, &team.owner, PHOTO).await),
        Code::NotFound
    );
    assert_eq!(team.now().await.blob_bytes, SIZE as u64);
}

pub(crate) async fn deleting_frees_space(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    put(&team, &team.owner, PHOTO, part(0, SIZE)).await.unwrap();
    for _ in 0..2 {
        blobs::delete(&*team.store, &team.owner, PHOTO)
            .await
            .unwrap();
    }
    assert_eq!(team.now().await.blob_bytes, 0);
    assert_eq!(
        code(blobs::read(&*team.store, &team.owner, PHOTO, 0).await),
        Code::NotFound
    );
    put(&team, &team.owner, PHOTO, part(0, SIZE)).await.unwrap();
    assert_eq!(read_all(&team, &team.owner, 0).await, content());
}
