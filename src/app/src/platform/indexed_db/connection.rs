//! Opening the database, bringing it up to date, and hearing when it is taken away.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use idb::event::VersionChangeEvent;
use idb::{Database, DatabaseEvent, Event, Factory, ObjectStoreParams, Request};
use js_sys::{Array, Object, Reflect};
use tongxing_sync::storage::{Shelf, StorageError};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransaction, IdbVersionChangeEvent};

use super::trouble::Trouble;
use super::{Notice, Shared};

/// The database's version: the number of its shelves, so that a new shelf is a new version. What the
/// records on the shelves look like has versions of its own ([`tongxing_sync::format`]).
const VERSION: u32 = Shelf::ALL.len() as u32;

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions can be asked to be durable, which is not a stable part of
    /// `web_sys`.
    #[wasm_bindgen(extends = IdbDatabase)]
    type DurableDatabase;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction_with_options(
        this: &DurableDatabase,
        shelves: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Why the database is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To begin: it is made if there is none.
    Begin,
    /// To go on with the data in it: if there is none any more, it was removed.
    GoOn,
}

/// A connection to the database; closed when dropped.
pub(super) struct Connection {
    database: Database,
    durable: DurableDatabase,
}

impl Connection {
    /// For reading.
    pub(super) const fn database(&self) -> &Database {
        &self.database
    }

    /// A transaction that writes to shelves and is complete only once the system has been told to bring
    /// its data to the disk itself.
    pub(super) fn begin_strict(&self, shelves: &[Shelf]) -> Result<IdbTransaction, Trouble> {
        let names: Array = shelves
            .iter()
            .map(|shelf| JsValue::from(shelf.name()))
            .collect();
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        Ok(self
            .durable
            .transaction_with_options(&names, "readwrite", &options)?)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Transactions that run are completed first. After this nothing is heard of it any more, so
        // its listeners can go too.
        self.database.close();
    }
}

/// Opens the database. It waits for as long as another tab keeps it blocked.
pub(super) async fn open(shared: &Rc<Shared>, purpose: Purpose) -> Result<Connection, Trouble> {
    let mut request = Factory::new()?
        .open(&shared.name, Some(VERSION))
        .map_err(|error| {
            // Private windows of some browsers say so in this way.
            let trouble = Trouble::from(error);
            if trouble.may_pass() {
                Trouble::lasting(StorageError::Denied)
            } else {
                trouble
            }
        })?;
    let refused = Rc::new(RefCell::new(None));
    let (telling, refusing) = (Rc::downgrade(shared), Rc::clone(&refused));
    request.on_upgrade_needed(move |event| {
        if let Err(trouble) = upgrade(&event, purpose, &telling) {
            // The upgrade is undone, and with it a database that was only just made.
            abort(&event);
            refusing.replace(Some(trouble));
        }
    });
    let telling = Rc::downgrade(shared);
    request.on_blocked(move |_| {
        if let Some(shared) = telling.upgrade() {
            (shared.on_notice)(Notice::Blocked);
        }
    });
    let opened = request.await;
    if let Some(trouble) = refused.take() {
        return Err(trouble);
    }
    Ok(listening(opened?, shared))
}

/// Removes the database.
pub(super) async fn remove(name: &str) -> Result<(), Trouble> {
    Ok(Factory::new()?.delete(name)?.await?)
}

/// Makes the shelves that are missing: all of a new database, the later ones of an older one.
fn upgrade(
    event: &VersionChangeEvent,
    purpose: Purpose,
    shared: &Weak<Shared>,
) -> Result<(), Trouble> {
    if event.old_version()? == 0 && purpose == Purpose::GoOn {
        if let Some(shared) = shared.upgrade() {
            shared.end(Notice::Emptied);
        }
        return Err(Trouble::lasting(StorageError::Closed));
    }
    let database = event.database()?;
    let present = database.store_names();
    for shelf in Shelf::ALL {
        if !present.iter().any(|name| name == shelf.name()) {
            database.create_object_store(shelf.name(), ObjectStoreParams::new())?;
        }
    }
    Ok(())
}

fn abort(event: &VersionChangeEvent) {
    let transaction = event
        .target()
        .ok()
        .and_then(|request| request.transaction());
    if let Some(transaction) = transaction {
        // It fails only when the browser has aborted it already.
        let _ = transaction.abort();
    }
}

fn listening(database: Database, shared: &Rc<Shared>) -> Connection {
    let raw = IdbDatabase::from(database);
    let durable: DurableDatabase = raw.clone().unchecked_into();
    let mut database = Database::from(raw);
    let told = Rc::downgrade(shared);
    database.on_close(move |_| {
        if let Some(shared) = told.upgrade() {
            shared.closed();
        }
    });
    let told = Rc::downgrade(shared);
    database.on_version_change(move |event| {
        // Who asks waits until every connection is closed, so let go at once.
        if let Some(database) = event.target() {
            database.unchecked_into::<IdbDatabase>().close();
        }
        let Some(shared) = told.upgrade() else { return };
        let newer = event
            .dyn_ref::<IdbVersionChangeEvent>()
            .is_some_and(|event| event.new_version().is_some());
        // Without a new version, the database is being removed.
        shared.end(if newer {
            Notice::NewerVersion
        } else {
            Notice::Emptied
        });
    });
    Connection { database, durable }
}
