//! IndexedDB as the book's disk: the contract of every storage, and what is this one's own.

use futures::future::poll_immediate;
use tongxing_app::platform::indexed_db::IndexedDb;
use tongxing_sync::conformance;
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Storage, StorageError};
use wasm_bindgen_test::wasm_bindgen_test;

use super::browser::{Log, fresh_name, replace, script};

pub(crate) fn batch(keys: &[&str]) -> Batch {
    let mut batch = Batch::new();
    for key in keys {
        batch.put(Shelf::Journal, key.as_bytes(), key.as_bytes());
        batch.put(Shelf::Outbox, key.as_bytes(), key.as_bytes());
    }
    batch
}

pub(crate) async fn journal(storage: &IndexedDb) -> Vec<String> {
    let records = storage.read(Shelf::Journal, KeyRange::all(), None).await;
    let keys = records.unwrap().into_iter().map(|(key, _)| key);
    keys.map(|key| String::from_utf8(key).unwrap()).collect()
}

#[wasm_bindgen_test]
async fn keeps_the_contract_of_every_storage() {
    let run = fresh_name();
    conformance::run_all(async |name| IndexedDb::open(&format!("{run}{name}")).await.unwrap())
        .await;
}

#[wasm_bindgen_test]
async fn a_write_asks_for_strict_durability_and_waits_for_completion() {
    let storage = IndexedDb::open(&fresh_name()).await.unwrap();
    let log = Log::default();
    let watched = replace(
        "IDBDatabase.prototype",
        "transaction",
        "{ value(names, mode, options) {
            const transaction = original.call(this, names, mode, options);
            log.push(`${mode} ${transaction.durability}`);
            transaction.addEventListener('complete', () => log.push('complete'));
            return transaction;
        } }",
        &log,
    );
    storage.write(batch(&["a", "b"])).await.unwrap();
    assert_eq!(log.lines(), ["readwrite strict", "complete"]);
    drop(watched);
    assert_eq!(journal(&storage).await, ["a", "b"]);
}

#[wasm_bindgen_test]
async fn a_batch_that_fails_halfway_leaves_nothing() {
    let storage = IndexedDb::open(&fresh_name()).await.unwrap();
    storage.write(batch(&["before"])).await.unwrap();
    let full = replace(
        "IDBObjectStore.prototype",
        "put",
        "{ value(...args) {
            log.push('put');
            if (log.length > 2) throw new DOMException('no room', 'QuotaExceededError');
            return original.apply(this, args);
        } }",
        &Log::default(),
    );
    let refused = storage.write(batch(&["a", "b"])).await;
    assert_eq!(refused, Err(StorageError::QuotaExceeded));
    drop(full);
    assert_eq!(journal(&storage).await, ["before"]);
    let outbox = storage.count(Shelf::Outbox, KeyRange::all()).await;
    assert_eq!(outbox, Ok(1));

    storage.write(batch(&["a", "b"])).await.unwrap();
    assert_eq!(journal(&storage).await, ["a", "b", "before"]);
}

#[wasm_bindgen_test]
async fn a_disk_that_is_full_at_the_end_leaves_nothing() {
    let storage = IndexedDb::open(&fresh_name()).await.unwrap();
    let full = replace(
        "IDBDatabase.prototype",
        "transaction",
        "{ value(...args) {
            const transaction = original.apply(this, args);
            transaction.commit = () => setTimeout(() => {
                const error = new DOMException('no room', 'QuotaExceededError');
                Object.defineProperty(transaction, 'error', { value: error });
                transaction.abort();
            });
            const store = transaction.objectStore(args[0][0]);
            const again = () => { try { store.get(new Uint8Array()).onsuccess = again; } catch {} };
            again();
            return transaction;
        } }",
        &Log::default(),
    );
    let refused = storage.write(batch(&["a"])).await;
    assert_eq!(refused, Err(StorageError::QuotaExceeded));
    drop(full);
    assert_eq!(journal(&storage).await, Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_write_goes_on_when_nobody_waits_for_it() {
    let storage = IndexedDb::open(&fresh_name()).await.unwrap();
    let waiting = storage.write(batch(&["a"]));
    assert_eq!(poll_immediate(waiting).await, None);
    assert_eq!(journal(&storage).await, ["a"]);
}

#[wasm_bindgen_test]
async fn large_records_are_asked_for_in_small_requests_that_run_together() {
    let storage = IndexedDb::open(&fresh_name()).await.unwrap();
    let mut segments = Batch::new();
    let value = |number: u32| vec![number as u8; 40_000 + number as usize * 100];
    for number in 0..400_u32 {
        segments.put(Shelf::Segments, number.to_be_bytes(), value(number));
    }
    storage.write(segments).await.unwrap();
    let log = Log::default();
    let _watched = replace(
        "IDBObjectStore.prototype",
        "getAll",
        "{ value(...args) {
            log.push('asked');
            const request = original.apply(this, args);
            request.addEventListener('success', () => log.push('answered'));
            return request;
        } }",
        &log,
    );
    let records = storage
        .read(Shelf::Segments, KeyRange::all(), None)
        .await
        .unwrap();
    assert_eq!(records.len(), 400);
    let expected = (0..400_u32).map(|number| (number.to_be_bytes().to_vec(), value(number)));
    assert!(
        records.into_iter().eq(expected),
        "a record came back changed"
    );

    let lines = log.lines();
    let together = (lines.len() - 2) / 2;
    assert!((40..=100).contains(&together), "{together} requests");
    let expected = ["asked", "answered"].into_iter();
    let expected = expected.chain(["asked"].repeat(together));
    let expected: Vec<_> = expected.chain(["answered"].repeat(together)).collect();
    assert_eq!(lines, expected);
}

#[wasm_bindgen_test]
async fn a_value_of_another_kind_reads_as_damaged_and_not_as_an_error() {
    let name = fresh_name();
    let storage = IndexedDb::open(&name).await.unwrap();
    storage.write(batch(&["a"])).await.unwrap();
    let spoil = script(&format!(
        "new Promise((done, failed) => {{
            const request = indexedDB.open('{name}');
            request.onerror = failed;
            request.onsuccess = () => {{
                const store = request.result.transaction('journal', 'readwrite').objectStore('journal');
                store.put('text', new Uint8Array([98])).onsuccess = () => {{
                    request.result.close();
                    done();
                }};
            }};
        }})"
    ));
    wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&spoil))
        .await
        .unwrap();
    let records = storage.read(Shelf::Journal, KeyRange::all(), None).await;
    let expected = vec![(b"a".to_vec(), b"a".to_vec()), (b"b".to_vec(), vec![])];
    assert_eq!(records, Ok(expected));
}
