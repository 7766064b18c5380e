//! The suite that every [`Storage`] passes, whatever it is built on.
//!
//! It needs no runtime and no test framework: each check panics where the storage differs from
//! its contract, so it runs under `cargo test` and in a browser alike.

use crate::storage::{Batch, KeyRange, Records, Shelf, Storage, StorageError};

/// Runs every check.
///
/// `open` opens the store of a name, empty when the name is new, and again with what it held when
/// the name has been opened before; every earlier handle of that name is dropped by then.
///
/// # Panics
/// Where the storage does not keep its contract.
pub async fn run_all<S: Storage>(open: impl AsyncFn(&str) -> S) {
    new_store_is_empty(&open("conformance-empty").await).await;
    records_are_put_replaced_and_deleted(&open("conformance-put").await).await;
    shelves_are_apart(&open("conformance-shelves").await).await;
    keys_sort_bytewise(&open("conformance-order").await).await;
    ranges_are_exact(&open("conformance-ranges").await).await;
    limited_reads_go_on(&open("conformance-limits").await).await;
    batches_apply_in_order(&open("conformance-batch").await).await;
    ranges_are_deleted(&open("conformance-delete-range").await).await;
    odd_values_are_kept(&open("conformance-values").await).await;
    large_values_are_kept(&open("conformance-large").await).await;
    many_records_are_kept(&open("conformance-many").await).await;
    writes_follow_each_other(&open("conformance-follow").await).await;
    reopening_keeps_everything(open).await;
}

fn done<T>(result: Result<T, StorageError>) -> T {
    result.unwrap_or_else(|error| panic!("the storage failed: {error}"))
}

async fn read<S: Storage>(storage: &S, shelf: Shelf, range: KeyRange) -> Records {
    done(storage.read(shelf, range, None).await)
}

/// The keys of a range of the meta shelf, which are those of its records.
async fn keys<S: Storage>(storage: &S, range: KeyRange) -> Vec<Vec<u8>> {
    let keys = done(storage.keys(Shelf::Meta, range.clone()).await);
    let records = read(storage, Shelf::Meta, range).await.into_iter();
    assert_eq!(keys, records.map(|(key, _)| key).collect::<Vec<_>>());
    keys
}

/// Puts records on the meta shelf, each with its key as its value.
async fn put_keys<S: Storage>(storage: &S, keys: &[&[u8]]) {
    let mut batch = Batch::new();
    for key in keys {
        batch.put(Shelf::Meta, *key, *key);
    }
    done(storage.write(batch).await);
}

async fn new_store_is_empty<S: Storage>(storage: &S) {
    for shelf in Shelf::ALL {
        assert_eq!(read(storage, shelf, KeyRange::all()).await, [], "{shelf:?}");
        assert_eq!(
            done(storage.count(shelf, KeyRange::all()).await),
            0,
            "{shelf:?}"
        );
    }
    done(storage.write(Batch::new()).await);
}

async fn records_are_put_replaced_and_deleted<S: Storage>(storage: &S) {
    let one = || KeyRange::one(b"a");
    put_keys(storage, &[b"a", b"b"]).await;
    assert_eq!(
        read(storage, Shelf::Meta, one()).await,
        [(b"a".to_vec(), b"a".to_vec())]
    );

    let mut replace = Batch::new();
    replace.put(Shelf::Meta, b"a", b"new");
    done(storage.write(replace).await);
    assert_eq!(
        read(storage, Shelf::Meta, one()).await,
        [(b"a".to_vec(), b"new".to_vec())]
    );

    let mut delete = Batch::new();
    delete.delete(Shelf::Meta, b"a");
    delete.delete(Shelf::Meta, b"never there");
    done(storage.write(delete).await);
    assert_eq!(read(storage, Shelf::Meta, one()).await, []);
    assert_eq!(keys(storage, KeyRange::all()).await, [b"b"]);
}

async fn shelves_are_apart<S: Storage>(storage: &S) {
    let mut batch = Batch::new();
    for shelf in Shelf::ALL {
        batch.put(shelf, b"same key", shelf.name().as_bytes());
    }
    done(storage.write(batch).await);
    let mut delete = Batch::new();
    delete.delete(Shelf::Outbox, b"same key");
    done(storage.write(delete).await);
    for shelf in Shelf::ALL {
        let expected: Records = match shelf {
            Shelf::Outbox => vec![],
            _ => vec![(b"same key".to_vec(), shelf.name().into())],
        };
        assert_eq!(read(storage, shelf, KeyRange::all()).await, expected);
    }
}

async fn keys_sort_bytewise<S: Storage>(storage: &S) {
    let sorted: [&[u8]; 7] = [b"", b"\0", b"\0\0", b"\x01", b"a", b"a\0", b"\xff"];
    let mut shuffled = sorted;
    shuffled.reverse();
    shuffled.swap(1, 4);
    put_keys(storage, &shuffled).await;
    assert_eq!(keys(storage, KeyRange::all()).await, sorted);
}

async fn ranges_are_exact<S: Storage>(storage: &S) {
    put_keys(
        storage,
        &[b"a", b"b", b"ba", b"b\xff", b"c", b"\xff", b"\xff\xff"],
    )
    .await;
    let cases: [(KeyRange, &[&[u8]]); 10] = [
        (KeyRange::between(b"b", b"c"), &[b"b", b"ba", b"b\xff"]),
        (KeyRange::between(b"", b"b"), &[b"a"]),
        (KeyRange::between(b"b", b"b"), &[]),
        (KeyRange::between(b"c", b"b"), &[]),
        (KeyRange::prefix(b"b"), &[b"b", b"ba", b"b\xff"]),
        (KeyRange::prefix(b"\xff"), &[b"\xff", b"\xff\xff"]),
        (KeyRange::prefix(b"b").after(b"b"), &[b"ba", b"b\xff"]),
        (KeyRange::all().after(b"c"), &[b"\xff", b"\xff\xff"]),
        (KeyRange::one(b"c").after(b"c"), &[]),
        (KeyRange::one(b"missing"), &[]),
    ];
    for (range, expected) in cases {
        assert_eq!(keys(storage, range.clone()).await, expected, "{range:?}");
        let count = done(storage.count(Shelf::Meta, range.clone()).await);
        assert_eq!(count, expected.len() as u64, "{range:?}");
    }
    assert_eq!(keys(storage, KeyRange::prefix(b"")).await.len(), 7);
}

async fn limited_reads_go_on<S: Storage>(storage: &S) {
    let names: Vec<Vec<u8>> = (0..25u8).map(|number| vec![number]).collect();
    put_keys(
        storage,
        &names.iter().map(Vec::as_slice).collect::<Vec<_>>(),
    )
    .await;
    let range = KeyRange::between([3], [24]);
    assert_eq!(
        done(storage.read(Shelf::Meta, range.clone(), Some(0)).await),
        []
    );
    let mut seen = Vec::new();
    let mut rest = range;
    loop {
        let part = done(storage.read(Shelf::Meta, rest.clone(), Some(10)).await);
        assert!(part.len() <= 10);
        seen.extend(part.iter().map(|(key, _)| key.clone()));
        match part.last() {
            Some((last, _)) => rest = rest.after(last.clone()),
            None => break,
        }
    }
    assert_eq!(seen, names[3..24]);
}

async fn batches_apply_in_order<S: Storage>(storage: &S) {
    put_keys(storage, &[b"a", b"b"]).await;
    let mut batch = Batch::new();
    batch.delete(Shelf::Meta, b"a");
    batch.put(Shelf::Meta, b"a", b"1");
    batch.put(Shelf::Meta, b"a", b"2");
    batch.put(Shelf::Meta, b"b", b"1");
    batch.delete(Shelf::Meta, b"b");
    batch.put(Shelf::Journal, b"a", b"3");
    batch.put(Shelf::Meta, b"c", b"4");
    batch.delete_range(Shelf::Meta, KeyRange::between(b"b", b"d"));
    batch.put(Shelf::Meta, b"d", b"5");
    done(storage.write(batch).await);
    let expected = [
        (b"a".to_vec(), b"2".to_vec()),
        (b"d".to_vec(), b"5".to_vec()),
    ];
    assert_eq!(read(storage, Shelf::Meta, KeyRange::all()).await, expected);
    let expected = [(b"a".to_vec(), b"3".to_vec())];
    assert_eq!(
        read(storage, Shelf::Journal, KeyRange::all()).await,
        expected
    );
}

async fn ranges_are_deleted<S: Storage>(storage: &S) {
    put_keys(storage, &[b"a", b"b", b"b1", b"c"]).await;
    for (range, left) in [
        (
            KeyRange::between(b"x", b"b"),
            &[&b"a"[..], b"b", b"b1", b"c"][..],
        ),
        (KeyRange::prefix(b"b"), &[b"a", b"c"]),
        (KeyRange::all(), &[]),
        (KeyRange::all(), &[]),
    ] {
        let mut batch = Batch::new();
        batch.delete_range(Shelf::Meta, range);
        done(storage.write(batch).await);
        assert_eq!(keys(storage, KeyRange::all()).await, left);
    }
}

async fn odd_values_are_kept<S: Storage>(storage: &S) {
    let every_byte: Vec<u8> = (0..=255).collect();
    let mut batch = Batch::new();
    batch.put(Shelf::Blobs, every_byte.clone(), every_byte.clone());
    batch.put(Shelf::Blobs, b"empty", b"");
    done(storage.write(batch).await);
    let expected = [
        (every_byte.clone(), every_byte),
        (b"empty".to_vec(), vec![]),
    ];
    assert_eq!(read(storage, Shelf::Blobs, KeyRange::all()).await, expected);
}

async fn large_values_are_kept<S: Storage>(storage: &S) {
    let large: Vec<u8> = (0..5_000_000u32).map(|place| (place % 251) as u8).collect();
    let mut batch = Batch::new();
    batch.put(Shelf::Blobs, b"large", large.clone());
    done(storage.write(batch).await);
    let stored = read(storage, Shelf::Blobs, KeyRange::one(b"large")).await;
    assert!(
        stored == [(b"large".to_vec(), large)],
        "five megabytes came back changed"
    );
}

async fn many_records_are_kept<S: Storage>(storage: &S) {
    let mut batch = Batch::new();
    for number in 0..3_000u32 {
        batch.put(Shelf::Segments, number.to_be_bytes(), number.to_le_bytes());
    }
    done(storage.write(batch).await);
    let records = read(storage, Shelf::Segments, KeyRange::all()).await;
    let expected: Records = (0..3_000u32)
        .map(|number| (number.to_be_bytes().to_vec(), number.to_le_bytes().to_vec()))
        .collect();
    assert!(
        records == expected,
        "three thousand records came back changed"
    );
}

/// What a batch wrote is there, on all its shelves, once it is `Ok`.
async fn writes_follow_each_other<S: Storage>(storage: &S) {
    for round in 0..10u8 {
        let mut batch = Batch::new();
        batch.put(Shelf::Journal, b"round", [round]);
        batch.put(Shelf::Outbox, b"round", [round]);
        done(storage.write(batch).await);
        for shelf in [Shelf::Journal, Shelf::Outbox] {
            let expected = [(b"round".to_vec(), vec![round])];
            assert_eq!(read(storage, shelf, KeyRange::all()).await, expected);
        }
    }
}

async fn reopening_keeps_everything<S: Storage>(open: impl AsyncFn(&str) -> S) {
    let name = "conformance-reopen";
    let storage = open(name).await;
    put_keys(&storage, &[b"a", b"b"]).await;
    let mut batch = Batch::new();
    batch.delete(Shelf::Meta, b"a");
    batch.put(Shelf::Segments, b"s", b"rows");
    done(storage.write(batch).await);
    drop(storage);

    let storage = open(name).await;
    assert_eq!(keys(&storage, KeyRange::all()).await, [b"b"]);
    let expected = [(b"s".to_vec(), b"rows".to_vec())];
    assert_eq!(
        read(&storage, Shelf::Segments, KeyRange::all()).await,
        expected
    );
    let mut batch = Batch::new();
    batch.delete_range(Shelf::Meta, KeyRange::all());
    done(storage.write(batch).await);
    drop(storage);

    let storage = open(name).await;
    assert_eq!(keys(&storage, KeyRange::all()).await, Vec::<Vec<u8>>::new());
}
