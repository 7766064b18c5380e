//! Rows: pushed, replaced, pulled.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tongxing_server::pokes::Change;
use tongxing_server::store::{Access, PageQuery, Store};
use tongxing_server::team::{Quota, rows};
use tongxing_sync::wire::{
    BlindId, BucketSet, Buckets, Code, Epoch, MAX_PAGE_ROWS, PAGE_BYTES, PushResult, STALE_BYTES,
    Seq, SyncRequest,
};

use crate::given::{Given, NOW, QUOTA, code, id, row, seq, stale, stored};

pub(crate) async fn new_rows_are_stored_and_read_back(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let empty = team.pull(0).await;
    assert_eq!(
        (empty.page.len(), empty.cursor, empty.more),
        (0, Seq::ZERO, false)
    );

    // Sizes on both sides of every step in which rows are gathered.
    let rows: Vec<_> = (0..777).map(|n| row(n, 0, &n.to_be_bytes())).collect();
    let response = team.sync(team.request(0, &rows)).await;
    let expected: Vec<_> = (1..=777).map(stored).collect();
    assert_eq!(response.results, expected);
    assert_eq!(response.page, [], "what was just pushed does not come back");
    assert_eq!((response.cursor, response.now_ms), (seq(777), NOW));

    let all = team.all().await;
    assert_eq!(all.len(), 777);
    for (place, (number, version, envelope)) in (0..).zip(all) {
        assert_eq!((number, version), (place, place + 1));
        assert_eq!(envelope, place.to_be_bytes());
    }
    let now = team.now().await;
    assert_eq!((now.head, now.row_bytes), (seq(777), 777 * 8));
}

pub(crate) async fn a_matching_base_replaces_the_row(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    team.push(&[row(1, 0, b"one"), row(2, 0, b"two"), row(3, 0, b"three")])
        .await;
    let response = team
        .sync(team.request(3, &[row(2, 2, b"TWO!"), row(4, 0, b"")]))
        .await;
    assert_eq!(response.results, [stored(4), stored(5)]);
    let expected = [
        (1, 1, b"one".to_vec()),
        (3, 3, b"three".to_vec()),
        (2, 4, b"TWO!".to_vec()),
        (4, 5, Vec::new()),
    ];
    assert_eq!(team.all().await, expected);
    assert_eq!(team.now().await.row_bytes, 12);
}

pub(crate) async fn a_stale_base_is_answered_with_the_present_envelope(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    team.push(&[row(1, 0, b"one"), row(2, 0, b"two")]).await;
    let results = team
        .push(&[
            row(1, 0, b"mine"),
            row(2, 1, b"other"),
            row(2, 2, b"fits"),
            row(3, 9, b"never there"),
        ])
        .await;
    let absent = PushResult::Stale {
        seq: Seq::ZERO,
        envelope: None,
    };
    assert_eq!(results[0], stale(1, b"one"));
    // The row was replaced later in the same push: what is there in the end is what is sent.
    assert_eq!(results[2..], [stored(3), absent]);
    let PushResult::Stale { envelope, .. } = &results[1] else {
        panic!("{results:?}");
    };
    assert_eq!(envelope.as_deref(), Some(&b"fits"[..]));
    assert_eq!(team.now().await.head, seq(3));
}

pub(crate) async fn a_replayed_push_has_the_same_answer(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    team.push(&[row(1, 0, b"old")]).await;
    let push: Vec<_> = std::iter::once(row(1, 1, b"new"))
        .chain((2..400).map(|n| row(n, 0, b"the same size")))
        .collect();
    let first = team.push(&push).await;
    let before = (team.now().await, team.all().await);
    for _ in 0..3 {
        assert_eq!(team.push(&push).await, first);
    }
    assert_eq!((team.now().await, team.all().await), before);
}

pub(crate) async fn a_row_may_occur_twice_in_a_push(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let results = team
        .push(&[
            row(1, 0, b"first"),
            row(1, 0, b"second"),
            row(1, 1, b"third"),
            row(2, 0, b"x"),
        ])
        .await;
    assert_eq!(results[0], stored(1));
    assert!(
        matches!(results[1], PushResult::Stale { .. }),
        "{results:?}"
    );
    assert_eq!(results[2..], [stored(2), stored(3)]);
    assert_eq!(
        team.all().await,
        [(1, 2, b"third".to_vec()), (2, 3, b"x".to_vec())]
    );
    assert_eq!(team.now().await.row_bytes, 6);
}

pub(crate) async fn another_epoch_stores_nothing_and_begins_anew(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    team.push(&[row(1, 0, b"one")]).await;
    for epoch in [None, Some(Epoch([9; 16]))] {
        for push in [vec![], vec![row(1, 1, b"other"), row(2, 0, b"two")]] {
            let request = SyncRequest {
                epoch,
                ..team.request(1, &push)
            };
            let response = team.sync(request).await;
            assert_eq!(response.epoch, team.epoch);
            assert_eq!((response.results.len(), response.page.len()), (0, 1));
            assert_eq!(response.page[0].envelope, b"one");
        }
    }
    assert_eq!(team.now().await.head, seq(1));
}

pub(crate) async fn pages_are_bounded_by_bytes_and_by_rows(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let big = vec![1; PAGE_BYTES / 2 - 10];
    let huge = vec![2; PAGE_BYTES + 1];
    team.push(&[row(1, 0, &big), row(2, 0, &big), row(3, 0, &big)])
        .await;
    team.push(&[row(4, 0, &huge), row(5, 0, b"small")]).await;
    let mut cursor = 0;
    let mut sizes = Vec::new();
    loop {
        let response = team.pull(cursor).await;
        sizes.push(response.page.len());
        cursor = response.cursor.get();
        if !response.more {
            break;
        }
    }
    assert_eq!((sizes, cursor), (vec![2, 1, 1, 1], 5));

    let many = MAX_PAGE_ROWS as u64 + 5;
    for start in (0..many).step_by(1_000) {
        let rows: Vec<_> = (start..many.min(start + 1_000))
            .map(|n| row(100 + n, 0, b"x"))
            .collect();
        team.push(&rows).await;
    }
    let first = team.pull(5).await;
    assert_eq!((first.page.len(), first.more), (MAX_PAGE_ROWS, true));
    let rest = team.pull(first.cursor.get()).await;
    assert_eq!((rest.page.len(), rest.more), (5, false));

    // A page that is exactly full is not followed by an empty one.
    let exact = team.pull(10).await;
    assert_eq!((exact.page.len(), exact.more), (MAX_PAGE_ROWS, false));
}

pub(crate) async fn stale_answers_are_bounded_by_bytes(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let half = STALE_BYTES / 2 + 1;
    let there: Vec<_> = (1..=5).map(|n| row(n, 0, &vec![n as u8; half])).collect();
    team.push(&there).await;
    let there = [row(6, 0, &vec![6; STALE_BYTES + 1])];
    team.push(&there).await;

    let sent = |results: &[PushResult]| {
        let sent = |result: &PushResult| {
            matches!(
                result,
                PushResult::Stale {
                    envelope: Some(_),
                    ..
                }
            )
        };
        results.iter().map(sent).collect::<Vec<_>>()
    };
    let mine: Vec<_> = (1..=3).map(|n| row(n, 0, b"mine")).collect();
    assert_eq!(sent(&team.push(&mine).await), [true, false, false]);
    let mine = [row(6, 0, b"mine"), row(1, 0, b"mine")];
    assert_eq!(sent(&team.push(&mine).await), [true, false]);
    // Replays are recognised also where no envelope fits any more.
    let mut mixed = vec![row(6, 0, b"mine")];
    mixed.extend((1..=5).map(|n| row(n, 0, &vec![n as u8; half])));
    let results = team.push(&mixed).await;
    assert_eq!(
        results[1..],
        [stored(1), stored(2), stored(3), stored(4), stored(5)]
    );
}

pub(crate) async fn buckets_restrict_the_page(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let rows: Vec<_> = (0..512).map(|n| row(n, 0, b"x")).collect();
    team.push(&rows).await;
    let mut buckets = BucketSet::default();
    for bucket in [0, 10, 17, 0xA1, 255] {
        buckets.insert(bucket);
    }
    let request = SyncRequest {
        buckets: Some(buckets),
        ..team.request(0, &[])
    };
    let response = team.sync(request).await;
    let mut found: Vec<u8> = response.page.iter().map(|row| row.row.bucket()).collect();
    found.sort_unstable();
    assert_eq!(found, [0, 0, 10, 10, 17, 17, 0xA1, 0xA1, 255, 255]);
    assert_eq!((response.cursor, response.more), (seq(512), false));
    let none = SyncRequest {
        buckets: Some(BucketSet::default()),
        ..team.request(0, &[])
    };
    assert_eq!(team.sync(none).await.page, []);
}

pub(crate) async fn a_cursor_beyond_the_head_is_one_at_the_head(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    team.push(&[row(1, 0, b"one")]).await;
    for cursor in [2, u64::MAX >> 1] {
        let response = team.pull(cursor).await;
        assert_eq!((response.page.len(), response.cursor), (0, seq(1)));
    }
}

pub(crate) async fn the_digest_is_over_every_row(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let empty = rows::digest(&*team.store, &team.owner).await.unwrap();
    assert_eq!((empty.head, empty.buckets), (Seq::ZERO, Buckets::default()));
    let rows: Vec<_> = (0..300).map(|n| row(n, 0, b"x")).collect();
    team.push(&rows).await;
    team.push(&[row(5, 6, b"y")]).await;
    let expected: Buckets = (0..300)
        .map(|n| (id(n), seq(if n == 5 { 301 } else { n + 1 })))
        .collect();
    let digest = rows::digest(&*team.store, &team.owner).await.unwrap();
    assert_eq!((digest.epoch, digest.head), (team.epoch, seq(301)));
    assert!(digest.buckets.differing(&expected).is_empty());
}

pub(crate) async fn space_for_rows_is_limited(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let quota = Quota {
        row_bytes: 10,
        ..QUOTA
    };
    let push = async |rows: Vec<_>| {
        rows::sync(
            &*team.store,
            &team.owner,
            team.request(0, &rows),
            quota,
            NOW,
        )
        .await
    };
    push(vec![row(1, 0, b"12345"), row(2, 0, b"12345")])
        .await
        .unwrap();
    assert_eq!(code(push(vec![row(3, 0, b"1")]).await), Code::QuotaExceeded);
    assert_eq!(team.now().await.head, seq(2), "nothing of it was stored");
    // Making a row smaller makes room.
    push(vec![row(1, 1, b"1234"), row(3, 0, b"1")])
        .await
        .unwrap();
    assert_eq!(team.now().await.row_bytes, 10);
    // Whoever is full may still pull, replay and shrink.
    push(vec![]).await.unwrap();
    push(vec![row(2, 2, b"12345")]).await.unwrap();
    push(vec![row(2, 2, b"123")]).await.unwrap();
}

pub(crate) async fn teams_do_not_see_each_other(store: Arc<dyn Store>) {
    let ours = Given::team(store.clone(), 1).await;
    let theirs = Given::team(store, 2).await;
    ours.push(&[row(1, 0, b"ours"), row(2, 0, b"ours too")])
        .await;
    theirs.push(&[row(1, 0, b"theirs")]).await;
    assert_eq!(theirs.all().await, [(1, 1, b"theirs".to_vec())]);
    theirs.push(&[row(1, 1, b"theirs, again")]).await;
    assert_eq!(ours.all().await.len(), 2);
    assert_eq!(ours.push(&[row(1, 2, b"x")]).await, [stale(1, b"ours")]);
    let digest = rows::digest(&*theirs.store, &theirs.owner).await.unwrap();
    let expected: Buckets = [(id(1), seq(2))].into_iter().collect();
    assert!(digest.buckets.differing(&expected).is_empty());
}

pub(crate) async fn pushers_on_one_row_take_turns(store: Arc<dyn Store>) {
    const EACH: usize = 20;
    let team = Arc::new(Given::team(store, 1).await);
    let refused = Arc::new(AtomicUsize::new(0));
    let pushers = (0..5_u8).map(|pusher| {
        let (team, refused) = (team.clone(), refused.clone());
        tokio::spawn(async move {
            // Each appends its byte, as a client that joins what it is answered with.
            let (mut base, mut envelope) = (0, Vec::new());
            for _ in 0..EACH {
                loop {
                    let mine = [&envelope[..], &[pusher]].concat();
                    match team.push(&[row(1, base, &mine)]).await.remove(0) {
                        PushResult::Stored { seq } => {
                            (base, envelope) = (seq.get(), mine);
                            break;
                        }
                        PushResult::Stale { seq, envelope: now } => {
                            refused.fetch_add(1, Ordering::Relaxed);
                            (base, envelope) = (seq.get(), now.unwrap());
                        }
                    }
                }
            }
        })
    });
    for pusher in pushers.collect::<Vec<_>>() {
        pusher.await.unwrap();
    }
    let all = team.all().await;
    let [(1, version, envelope)] = &all[..] else {
        panic!("{all:?}");
    };
    assert_eq!(*version, 100, "every success took one version");
    for pusher in 0..5 {
        let times = envelope.iter().filter(|byte| **byte == pusher).count();
        assert_eq!(times, EACH, "no push that succeeded was overwritten unseen");
    }
}

pub(crate) async fn no_row_is_skipped_while_others_push(store: Arc<dyn Store>) {
    const PUSHERS: u64 = 4;
    let team = Arc::new(Given::team(store, 1).await);
    let pushers: Vec<_> = (0..PUSHERS)
        .map(|pusher| {
            let team = team.clone();
            tokio::spawn(async move {
                let mut bases = HashMap::new();
                for turn in 0..25_u64 {
                    // New rows, and rows of earlier turns that move to the front.
                    let numbers = (0..7).map(|n| pusher * 1_000 + (turn * 5 + n) % 90);
                    let push: Vec<_> = numbers
                        .map(|n| {
                            row(
                                n,
                                bases.get(&n).copied().unwrap_or_default(),
                                &[turn as u8; 50],
                            )
                        })
                        .collect();
                    for (row, result) in push.iter().zip(team.push(&push).await) {
                        let PushResult::Stored { seq } = result else {
                            panic!("{result:?}");
                        };
                        let number = u64::from_be_bytes(row.row.0[8..].try_into().unwrap());
                        bases.insert(number, seq.get());
                    }
                }
            })
        })
        .collect();

    // Follows the feed in small pages while it grows.
    let mut seen: HashMap<BlindId, Seq> = HashMap::new();
    let mut cursor = Seq::ZERO;
    loop {
        let done = pushers.iter().all(tokio::task::JoinHandle::is_finished);
        let mut transaction = team
            .store
            .begin(team.owner.team, Access::Read)
            .await
            .unwrap();
        let head = transaction.team().unwrap().head;
        let query = PageQuery {
            after: cursor,
            up_to: head,
            buckets: None,
            max_bytes: 500,
            max_rows: 8,
        };
        let page = transaction.page(query).await.unwrap();
        for row in &page.rows {
            assert!(row.seq > cursor && row.seq <= head);
            cursor = row.seq;
            seen.insert(row.row, row.seq);
        }
        if !page.more {
            cursor = head;
        }
        if done && !page.more && page.rows.is_empty() {
            break;
        }
    }
    for pusher in pushers {
        pusher.await.unwrap();
    }
    let mut there = HashMap::new();
    let mut transaction = team
        .store
        .begin(team.owner.team, Access::Read)
        .await
        .unwrap();
    transaction
        .visit_versions(&mut |row, seq| _ = there.insert(row, seq))
        .await
        .unwrap();
    assert_eq!(seen, there);
    assert_eq!(transaction.team().unwrap().head.get(), PUSHERS * 25 * 7);
}

pub(crate) async fn listeners_hear_of_what_is_committed(store: Arc<dyn Store>) {
    let team = Given::team(store.clone(), 1).await;
    let mut heard = store.pokes().listen(team.owner.team);
    team.push(&[row(1, 0, b"one")]).await;
    team.push(&[row(1, 0, b"stale: nothing moves")]).await;
    team.push(&[row(1, 1, b"two")]).await;
    for head in [1, 2] {
        let Change::Head(poke) = heard.next().await else {
            panic!("not a head");
        };
        assert_eq!((poke.epoch, poke.head), (team.epoch, seq(head)));
    }
}
