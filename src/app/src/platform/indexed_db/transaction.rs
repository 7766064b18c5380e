//! Reading and writing, each in one transaction.
//!
//! A transaction ends when control returns to the browser with no request under way, so nothing here
//! waits for anything but the transaction's own requests.

use std::cell::Cell;
use std::future::IntoFuture;
use std::ops::Bound;
use std::rc::Rc;

use futures::channel::oneshot;
use idb::{Query, Transaction, TransactionMode};
use js_sys::{ArrayBuffer, Uint8Array};
use tongxing_sync::storage::{Batch, KeyRange, Records, Shelf, StorageError, Write};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbTransaction};

use super::connection::Connection;
use super::trouble::Trouble;

/// How many records one request asks for. Segments of some 60 kB make it some 30 MB, which is still one
/// message from the browser's storage process.
const RECORDS_AT_ONCE: usize = 512;

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
        let wanted = RECORDS_AT_ONCE.min(limit - records.len());
        let count = u32::try_from(wanted).ok();
        // Both are under way before either is waited for, and both are waited for in any case: what
        // is heard of them later would find nobody.
        let keys = store.get_all_keys(rest.clone(), count)?.into_future();
        let values = store.get_all(rest, count)?.into_future();
        let (keys, values) = (keys.await, values.await);
        let (keys, values) = (keys?, values?);
        let found = keys.len();
        records.reserve(found);
        for (key, value) in keys.iter().zip(values) {
            records.push((key_bytes(key)?, value_bytes(&value)));
        }
        if found < wanted || records.len() >= limit {
            return Ok(records);
        }
        rest = match records.last() {
            Some((last, _)) => query(&range.clone().after(last.clone()))?,
            None => return Ok(records),
        };
    }
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
