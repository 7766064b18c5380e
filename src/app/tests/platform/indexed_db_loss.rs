//! A database taken away: closed by the browser, needed by a newer version, removed, refused.

use js_sys::Promise;
use tongxing_app::platform::indexed_db::{IndexedDb, Notice};
use tongxing_sync::storage::{KeyRange, Shelf, Storage, StorageError};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_bindgen_test::wasm_bindgen_test;

use super::browser::{Heard, Log, fresh_name, replace, script, until};
use super::indexed_db::{batch, journal};

async fn done(promise: &str) -> JsValue {
    let promise = script(promise);
    JsFuture::from(Promise::resolve(&promise)).await.unwrap()
}

/// Opens a database of a version past the program, as another program would.
async fn open_raw(name: &str, version: u32, shelves: &[&str]) -> JsValue {
    let shelves = format!("{shelves:?}");
    done(&format!(
        "new Promise((done, failed) => {{
            const request = indexedDB.open('{name}', {version});
            request.onupgradeneeded = () => {{
                for (const shelf of {shelves}) {{
                    const store = request.result.createObjectStore(shelf);
                    store.put(new Uint8Array([1]), new TextEncoder().encode(shelf));
                }}
            }};
            request.onblocked = () => failed(new Error('blocked'));
            request.onerror = () => failed(request.error);
            request.onsuccess = () => done(request.result);
        }})"
    ))
    .await
}

fn close_raw(database: &JsValue) {
    js_sys::Reflect::get(database, &"close".into())
        .map(wasm_bindgen::JsCast::unchecked_into::<js_sys::Function>)
        .unwrap()
        .call0(database)
        .unwrap();
}

#[wasm_bindgen_test]
async fn a_connection_that_the_browser_closed_is_opened_again() {
    let storage = IndexedDb::open(&fresh_name()).await.unwrap();
    storage.write(batch(&["a"])).await.unwrap();
    let log = Log::default();
    let closing = replace(
        "IDBDatabase.prototype",
        "transaction",
        "{ value(...args) {
            log.push('transaction');
            if (log.length === 1) this.close();
            return original.apply(this, args);
        } }",
        &log,
    );
    storage.write(batch(&["b"])).await.unwrap();
    assert_eq!(log.lines().len(), 2);
    drop(closing);
    assert_eq!(journal(&storage).await, ["a", "b"]);
}

#[wasm_bindgen_test]
async fn a_connection_that_never_holds_is_an_error_after_three_tries() {
    let storage = IndexedDb::open(&fresh_name()).await.unwrap();
    storage.write(batch(&["a"])).await.unwrap();
    let log = Log::default();
    let closing = replace(
        "IDBDatabase.prototype",
        "transaction",
        "{ value(...args) { log.push('transaction'); this.close(); return original.apply(this, args); } }",
        &log,
    );
    assert_eq!(
        storage.write(batch(&["b"])).await,
        Err(StorageError::Closed)
    );
    assert_eq!(log.lines().len(), 3);
    drop(closing);
    assert_eq!(journal(&storage).await, ["a"]);
    storage.write(batch(&["b"])).await.unwrap();
    assert_eq!(journal(&storage).await, ["a", "b"]);
}

#[wasm_bindgen_test]
async fn word_of_a_close_makes_the_next_call_open_again() {
    let storage = IndexedDb::open(&fresh_name()).await.unwrap();
    let log = Log::default();
    let watched = replace(
        "IDBDatabase.prototype",
        "transaction",
        "{ value(...args) { globalThis.lastDatabase = this; return original.apply(this, args); } }",
        &log,
    );
    storage.write(batch(&["a"])).await.unwrap();
    drop(watched);
    let opened = replace(
        "IDBFactory.prototype",
        "open",
        "{ value(...args) { log.push('open'); return original.apply(this, args); } }",
        &log,
    );
    script("lastDatabase.close(), lastDatabase.dispatchEvent(new Event('close'))");
    storage.write(batch(&["b"])).await.unwrap();
    assert_eq!(log.lines(), ["open"]);
    drop(opened);
    assert_eq!(journal(&storage).await, ["a", "b"]);
}

#[wasm_bindgen_test]
async fn a_newer_version_is_let_in_and_told_of() {
    let name = fresh_name();
    let heard = Heard::new();
    let storage = IndexedDb::open_telling(&name, heard.ear()).await.unwrap();
    storage.write(batch(&["a"])).await.unwrap();

    let newer = open_raw(&name, 1_000, &[]).await;
    assert_eq!(heard.all(), [Notice::NewerVersion]);
    let refused = Err(StorageError::NewerVersion);
    assert_eq!(storage.write(batch(&["b"])).await, refused);
    let read = storage.read(Shelf::Journal, KeyRange::all(), None).await;
    assert_eq!(read, Err(StorageError::NewerVersion));

    close_raw(&newer);
    let reopened = IndexedDb::open(&name).await.map(|_| ());
    assert_eq!(reopened, Err(StorageError::NewerVersion));
}

#[wasm_bindgen_test]
async fn an_older_database_gains_the_new_shelves_and_keeps_its_records() {
    let name = fresh_name();
    let older = ["segments", "journal", "outbox", "meta", "activity", "blobs"];
    close_raw(&open_raw(&name, 6, &older).await);

    let storage = IndexedDb::open(&name).await.unwrap();
    for shelf in Shelf::ALL {
        let expected = match older.contains(&shelf.name()) {
            true => vec![(shelf.name().as_bytes().to_vec(), vec![1])],
            false => vec![],
        };
        let records = storage.read(shelf, KeyRange::all(), None).await;
        assert_eq!(records, Ok(expected), "{shelf:?}");
    }
    let mut batch = tongxing_sync::storage::Batch::new();
    batch.put(Shelf::Quarantine, b"new", b"shelf");
    storage.write(batch).await.unwrap();
    assert_eq!(
        storage.count(Shelf::Quarantine, KeyRange::all()).await,
        Ok(1)
    );
}

#[wasm_bindgen_test]
async fn a_database_that_an_older_tab_holds_is_opened_once_the_tab_lets_go() {
    let name = fresh_name();
    let older = open_raw(&name, 1, &["journal"]).await;
    let heard = Heard::new();
    let opened = Heard::new();
    let (told, ready) = (heard.ear(), opened.clone());
    spawn_local(async move {
        ready.add(
            IndexedDb::open_telling(&name, told)
                .await
                .map_err(|error| error.to_string()),
        );
    });
    until(|| !heard.all().is_empty()).await;
    assert_eq!(heard.all(), [Notice::Blocked]);
    assert!(opened.all().is_empty());
    close_raw(&older);
    until(|| !opened.all().is_empty()).await;
    let storage = opened.all().remove(0).unwrap();
    assert_eq!(journal(&storage).await, ["journal"]);
}

#[wasm_bindgen_test]
async fn data_removed_from_outside_are_not_mistaken_for_an_empty_book() {
    let name = fresh_name();
    let heard = Heard::new();
    let storage = IndexedDb::open_telling(&name, heard.ear()).await.unwrap();
    storage.write(batch(&["a"])).await.unwrap();
    IndexedDb::remove(&name).await.unwrap();
    assert_eq!(heard.all(), [Notice::Emptied]);
    let refused = storage.write(batch(&["b"])).await;
    assert!(
        matches!(refused, Err(StorageError::Failed { .. })),
        "{refused:?}"
    );
    assert_gone(&name).await;
}

#[wasm_bindgen_test]
async fn data_removed_while_the_connection_was_closed_are_missed_as_well() {
    let name = fresh_name();
    let heard = Heard::new();
    let storage = IndexedDb::open_telling(&name, heard.ear()).await.unwrap();
    let watched = replace(
        "IDBDatabase.prototype",
        "transaction",
        "{ value(...args) { globalThis.lastDatabase = this; return original.apply(this, args); } }",
        &Log::default(),
    );
    storage.write(batch(&["a"])).await.unwrap();
    drop(watched);
    script("lastDatabase.close()");
    IndexedDb::remove(&name).await.unwrap();
    assert_eq!(heard.all(), []);
    let refused = storage.write(batch(&["b"])).await;
    assert!(
        matches!(refused, Err(StorageError::Failed { .. })),
        "{refused:?}"
    );
    assert_eq!(heard.all(), [Notice::Emptied]);
    assert_gone(&name).await;
}

async fn assert_gone(name: &str) {
    let names =
        done("indexedDB.databases().then(all => all.map(one => one.name).join('\\n'))").await;
    assert!(!names.as_string().unwrap().contains(name));
}

#[wasm_bindgen_test]
async fn a_browser_that_refuses_says_so() {
    let name = fresh_name();
    for (thrown, expected) in [
        ("SecurityError", StorageError::Denied),
        ("InvalidStateError", StorageError::Denied),
        ("QuotaExceededError", StorageError::QuotaExceeded),
    ] {
        let _refusing = replace(
            "IDBFactory.prototype",
            "open",
            &format!("{{ value() {{ throw new DOMException('no', '{thrown}'); }} }}"),
            &Log::default(),
        );
        assert_eq!(IndexedDb::open(&name).await.map(|_| ()), Err(expected));
    }
    let _missing = replace(
        "globalThis",
        "indexedDB",
        "{ value: undefined }",
        &Log::default(),
    );
    let denied = IndexedDb::open(&name).await.map(|_| ());
    assert_eq!(denied, Err(StorageError::Denied));
}
