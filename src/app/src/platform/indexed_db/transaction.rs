//! Reading and writing, each in one transaction.
//!
//! A transaction ends when control returns to the browser with no request under way, so nothing here
//! waits for anything but the transaction's own requests.

use std::cell::Cell;
use std::future::IntoFuture;
use std::ops::Bound;
use std::rc::Rc;

use futures::channel::oneshot;
use idb::request::GetAllStoreRequest;
use idb::{ObjectStore, Query, Transaction, TransactionMode};
use js_sys::{ArrayBuffer, Uint8Array};
use tongxing_sync::storage::{Batch, KeyRange, Records, Shelf, StorageError, Write};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbTransaction};

use super::connection::Connection;
use super::trouble::Trouble;

/// About how many bytes one request asks for. Chromium hands over a large answer far more slowly than
/// the same records in many small ones that are under way together: 24 MB in records of 60 kB took 720 ms
/// in one request, 200 ms in 16 and 90 ms in 100.
const BYTES_A_REQUEST: usize = 256 * 1024;
/// How many records are read first, to learn how large they are.
const FIRST: usize = 4;
/// How many keys are read at once.
const KEYS_AT_ONCE: usize = 4096;

/// The records in a range, ascending, at most `limit`. The range must not be empty, nor the limit 0.
pub(super) async fn read(
    connection: &Connection,
    shelf: Shelf,
    range: &KeyRange,
    limit: Option<usize>,
) -> Result<Records, Trouble> {
    let limit = limit.unwrap_or(usize::MAX);
    let transaction = connection
        .database()
        .transaction(&[shelf.name()], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(shelf.name())?;
    let mut records = Records::new();
    let mut rest = query(range)?;
    loop {
        let wanted = KEYS_AT_ONCE.min(limit - records.len());
        let count = |records: usize| u32::try_from(records).ok();
        let keys = store.get_all_keys(rest.clone(), count(wanted))?;
        let first = store.get_all(rest, count(wanted.min(FIRST)))?;
        let (keys, first) = (keys.into_future(), first.into_future());
        // What has been asked for is waited for in any case: its answer would find nobody.
        let (keys, first) = (keys.await, first.await);
        let (keys, first) = (keys?, first?);
        let read = take(&mut records, &keys, &first)?;
        read_parts(&store, &keys[read..], part_length(&first), &mut records).await?;
        if keys.len() < wanted || records.len() >= limit {
            return Ok(records);
        }
        rest = match records.last() {
            Some((last, _)) => query(&range.clone().after(last.clone()))?,
            None => return Ok(records),
        };
    }
}

/// Reads the records under `keys`, in requests for `length` of them that are all under way together.
async fn read_parts(
    store: &ObjectStore,
    keys: &[JsValue],
    length: usize,
    records: &mut Records,
) -> Result<(), Trouble> {
    let mut asked = Vec::new();
    let mut outcome = Ok(());
    for part in keys.chunks(length) {
        match ask_for(store, part) {
            Ok(request) => asked.push((part, request.into_future())),
            Err(error) => {
                outcome = Err(error.into());
                break;
            }
        }
    }
    records.reserve(keys.len());
    for (part, answer) in asked {
        let answer = answer.await;
        outcome = outcome.and_then(|()| take(records, part, &answer?).map(drop));
    }
    outcome
}

fn ask_for(store: &ObjectStore, keys: &[JsValue]) -> Result<GetAllStoreRequest, idb::Error> {
    let range = match keys {
        [only] => idb::KeyRange::only(only)?,
        [first, .., last] => idb::KeyRange::bound(first, last, Some(false), Some(false))?,
        [] => return Err(idb::Error::KeyRangeCreateFailed(JsValue::UNDEFINED)),
    };
    store.get_all(Some(range.into()), None)
}

/// Adds values to the records, each with its key, and says how many.
fn take(records: &mut Records, keys: &[JsValue], values: &[JsValue]) -> Result<usize, Trouble> {
    for (key, value) in keys.iter().zip(values) {
        records.push((key_bytes(key)?, value_bytes(value)));
    }
    Ok(values.len().min(keys.len()))
}

/// How many records one request asks for, when they are as large as these on average.
fn part_length(values: &[JsValue]) -> usize {
    let bytes: usize = values
        .iter()
        .filter_map(|value| value.dyn_ref::<Uint8Array>())
        .map(|value| value.length() as usize)
        .sum();
    let length = BYTES_A_REQUEST * values.len() / bytes.max(1);
    length.clamp(1, KEYS_AT_ONCE)
}

/// The keys in a range, which must not be empty.
pub(super) async fn keys(
    connection: &Connection,
    shelf: Shelf,
    range: &KeyRange,
) -> Result<Vec<Vec<u8>>, Trouble> {
    let transaction = connection
        .database()
        .transaction(&[shelf.name()], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(shelf.name())?;
    let keys = store.get_all_keys(query(range)?, None)?.await?;
    keys.iter().map(key_bytes).collect()
}

/// How many records lie in a range, which must not be empty.
pub(super) async fn count(
    connection: &Connection,
    shelf: Shelf,
    range: &KeyRange,
) -> Result<u64, Trouble> {
    let transaction = connection
        .database()
        .transaction(&[shelf.name()], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(shelf.name())?;
    Ok(store.count(query(range)?)?.await?.into())
}

/// Writes a batch, all of it or nothing, and comes back once it is on the disk.
pub(super) async fn write(connection: &Connection, batch: &Batch) -> Result<(), Trouble> {
    let raw = connection.begin_strict(&batch.shelves())?;
    let mut transaction = Transaction::from(raw.clone());
    let end = end_of(&mut transaction, &raw);
    match ask(&transaction, batch) {
        Ok(()) => {
            commit(&raw);
            end.await.unwrap_or_else(|_| Err(Trouble::closed()))
        }
        Err(trouble) => {
            // It fails only when the browser has aborted it already.
            let _ = raw.abort();
            let _ = end.await;
            Err(trouble)
        }
    }
}

/// Completes once the transaction is stored, or undone.
fn end_of(
    transaction: &mut Transaction,
    raw: &IdbTransaction,
) -> oneshot::Receiver<Result<(), Trouble>> {
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(Cell::new(Some(tell)));
    let end = move |how: Result<(), Trouble>| {
        if let Some(tell) = tell.take() {
            // Nobody waits only when the page is going.
            let _ = tell.send(how);
        }
    };
    let aborted = end.clone();
    transaction.on_complete(move |_| end(Ok(())));
    let raw = raw.clone();
    // Without a reason it was the connection that went.
    transaction.on_abort(move |_| aborted(Err(raw.error().map_or_else(Trouble::closed, of))));
    told
}

fn of(reason: DomException) -> Trouble {
    JsValue::from(reason).into()
}

/// Asks for every write of a batch, in order. Each takes effect after the one before.
fn ask(transaction: &Transaction, batch: &Batch) -> Result<(), Trouble> {
    for write in batch.writes() {
        let store = transaction.object_store(write.shelf().name())?;
        match write {
            Write::Put { key, value, .. } => {
                store.put(&bytes(value), Some(&bytes(key)))?;
            }
            Write::Delete { key, .. } => {
                store.delete(bytes(key))?;
            }
            Write::DeleteRange { range, .. } if range.is_empty() => {}
            Write::DeleteRange { range, .. } => match query(range)? {
                Some(query) => {
                    store.delete(query)?;
                }
                None => {
                    store.clear()?;
                }
            },
        }
    }
    Ok(())
}

#[expect(
    deprecated,
    reason = "web_sys calls it so because IndexedDB 2.0 left it out; IndexedDB 3.0 has it again"
)]
fn commit(transaction: &IdbTransaction) {
    // Without it the transaction is committed as well, a round trip later; so an older browser that
    // does not know it does no harm.
    let _ = transaction.commit();
}

/// A range as the browser asks for it: `None` for every key.
fn query(range: &KeyRange) -> Result<Option<Query>, Trouble> {
    let open = |bound: &Bound<Vec<u8>>| Some(matches!(bound, Bound::Excluded(_)));
    let (start_open, end_open) = (open(&range.start), open(&range.end));
    let range = match (bound(&range.start), bound(&range.end)) {
        (None, None) => return Ok(None),
        (Some(start), None) => idb::KeyRange::lower_bound(&start, start_open)?,
        (None, Some(end)) => idb::KeyRange::upper_bound(&end, end_open)?,
        (Some(start), Some(end)) => idb::KeyRange::bound(&start, &end, start_open, end_open)?,
    };
    Ok(Some(range.into()))
}

fn bound(bound: &Bound<Vec<u8>>) -> Option<JsValue> {
    match bound {
        Bound::Included(key) | Bound::Excluded(key) => Some(bytes(key)),
        Bound::Unbounded => None,
    }
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn key_bytes(key: &JsValue) -> Result<Vec<u8>, Trouble> {
    match key.dyn_ref::<ArrayBuffer>() {
        Some(key) => Ok(Uint8Array::new(key).to_vec()),
        None => Err(Trouble::lasting(StorageError::Failed {
            detail: "a record lies under a key of another kind".to_owned(),
        })),
    }
}

/// A record's bytes. A value of another kind was not written by this program; it reads as no bytes, which
/// the reader sets aside as damaged.
fn value_bytes(value: &JsValue) -> Vec<u8> {
    value
        .dyn_ref::<Uint8Array>()
        .map_or_else(Vec::new, Uint8Array::to_vec)
}
