//! The book's disk: [`Storage`] on the browser's IndexedDB.
//!
//! One object store per shelf, keys and values as bytes. A write is one transaction that has asked for
//! strict durability, and is done when the browser says that it is complete. The browser may close a
//! connection at any moment: it is opened again, three times at most, before that is an error.

mod connection;
mod transaction;
mod trouble;

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;

use futures::channel::oneshot;
use tongxing_sync::storage::{Batch, KeyRange, Records, Shelf, Storage, StorageError};
use wasm_bindgen_futures::spawn_local;

use super::idle;
use connection::{Connection, Purpose};
use trouble::Trouble;

/// How often a connection is opened before its loss is an error.
const TRIES: u32 = 3;
/// How long the browser has to recover before the next try, in milliseconds.
const BETWEEN_TRIES_MS: u32 = 50;

/// What happens to a database behind its user's back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// An older version of the program, open in another tab, keeps the database from being opened. Ask
    /// the person to close the other tabs; opening then goes on by itself.
    Blocked,
    /// A newer version of the program needs the database: this page has let go of it and can store
    /// nothing more. Load it again.
    NewerVersion,
    /// The stored data were removed from outside, as by clearing the site's data. What is in memory is
    /// all there is: save a backup, then load the page again.
    Emptied,
}

/// A database that is open. Clones share its connection, which the last one closes.
#[derive(Clone)]
pub struct IndexedDb {
    shared: Rc<Shared>,
}

struct Shared {
    name: String,
    connection: RefCell<Option<Rc<Connection>>>,
    /// Why nothing can be stored any more.
    ended: Cell<Option<Notice>>,
    on_notice: Box<dyn Fn(Notice)>,
}

impl IndexedDb {
    /// Opens the database of a name, and makes it or brings it up to date first if need be.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn open(name: &str) -> Result<Self, StorageError> {
        Self::open_telling(name, |_| {}).await
    }

    /// [`IndexedDb::open`] that tells what happens to the database, while it is opened and later.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn open_telling(
        name: &str,
        on_notice: impl Fn(Notice) + 'static,
    ) -> Result<Self, StorageError> {
        let shared = Rc::new(Shared {
            name: name.to_owned(),
            connection: RefCell::default(),
            ended: Cell::new(None),
            on_notice: Box::new(on_notice),
        });
        let opening = Rc::clone(&shared);
        to_the_end(async move { opening.first_connection().await }).await?;
        Ok(Self { shared })
    }

    /// Removes the database of a name with everything in it, once no connection to it is open.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn remove(name: &str) -> Result<(), StorageError> {
        let name = name.to_owned();
        let removing = async move { connection::remove(&name).await.map_err(Trouble::into_error) };
        to_the_end(removing).await
    }
}

impl Storage for IndexedDb {
    async fn read(
        &self,
        shelf: Shelf,
        range: KeyRange,
        limit: Option<usize>,
    ) -> Result<Records, StorageError> {
        if range.is_empty() || limit == Some(0) {
            return Ok(Records::new());
        }
        let shared = Rc::clone(&self.shared);
        to_the_end(async move {
            let read = async |at: &Connection| transaction::read(at, shelf, &range, limit).await;
            shared.try_with(read).await
        })
        .await
    }

    async fn keys(&self, shelf: Shelf, range: KeyRange) -> Result<Vec<Vec<u8>>, StorageError> {
        if range.is_empty() {
            return Ok(Vec::new());
        }
        let shared = Rc::clone(&self.shared);
        to_the_end(async move {
            let keys = async |at: &Connection| transaction::keys(at, shelf, &range).await;
            shared.try_with(keys).await
        })
        .await
    }

    async fn count(&self, shelf: Shelf, range: KeyRange) -> Result<u64, StorageError> {
        if range.is_empty() {
            return Ok(0);
        }
        let shared = Rc::clone(&self.shared);
        to_the_end(async move {
            let count = async |at: &Connection| transaction::count(at, shelf, &range).await;
            shared.try_with(count).await
        })
        .await
    }

    async fn write(&self, batch: Batch) -> Result<(), StorageError> {
        if batch.is_empty() {
            return Ok(());
        }
        let shared = Rc::clone(&self.shared);
        to_the_end(async move {
            let write = async |at: &Connection| transaction::write(at, &batch).await;
            shared.try_with(write).await
        })
        .await
    }
}

impl Shared {
    /// Does `work` on a connection, on a new one when the browser has closed it. The work must be such
    /// that doing it twice does no harm.
    async fn try_with<T>(
        self: &Rc<Self>,
        work: impl AsyncFn(&Connection) -> Result<T, Trouble>,
    ) -> Result<T, StorageError> {
        let mut tries = 0;
        loop {
            let connection = self.connection().await?;
            let trouble = match work(&connection).await {
                Ok(done) => return Ok(done),
                Err(trouble) => trouble,
            };
            tries += 1;
            if !trouble.may_pass() || tries == TRIES {
                return Err(self.ended_error().unwrap_or_else(|| trouble.into_error()));
            }
            self.let_go(&connection);
            idle::pause(BETWEEN_TRIES_MS).await;
        }
    }

    async fn first_connection(self: &Rc<Self>) -> Result<(), StorageError> {
        let mut tries = 0;
        loop {
            match connection::open(self, Purpose::Begin).await {
                Ok(connection) => {
                    self.connection.replace(Some(Rc::new(connection)));
                    return Ok(());
                }
                Err(trouble) => {
                    tries += 1;
                    if !trouble.may_pass() || tries == TRIES {
                        return Err(trouble.into_error());
                    }
                }
            }
            idle::pause(BETWEEN_TRIES_MS).await;
        }
    }

    async fn connection(self: &Rc<Self>) -> Result<Rc<Connection>, StorageError> {
        if let Some(error) = self.ended_error() {
            return Err(error);
        }
        let present = self.connection.borrow().clone();
        if let Some(connection) = present {
            return Ok(connection);
        }
        let opened = connection::open(self, Purpose::GoOn).await;
        if let Some(error) = self.ended_error() {
            return Err(error);
        }
        let opened = Rc::new(opened.map_err(Trouble::into_error)?);
        // Two calls may have found it closed; the first to have opened it again is followed, and the
        // other connection is closed as it is dropped.
        Ok(Rc::clone(
            self.connection.borrow_mut().get_or_insert(opened),
        ))
    }

    /// Forgets a connection that the browser has closed, unless another has taken its place.
    fn let_go(&self, connection: &Rc<Connection>) {
        let mut present = self.connection.borrow_mut();
        if present
            .as_ref()
            .is_some_and(|present| Rc::ptr_eq(present, connection))
        {
            present.take();
        }
    }

    /// The connection was closed from outside.
    fn closed(&self) {
        self.connection.take();
    }

    /// The database is not this page's any more.
    fn end(&self, notice: Notice) {
        self.connection.take();
        if self.ended.replace(Some(notice)).is_none() {
            (self.on_notice)(notice);
        }
    }

    fn ended_error(&self) -> Option<StorageError> {
        Some(match self.ended.get()? {
            Notice::Emptied => StorageError::Failed {
                detail: "the stored data were removed from outside".to_owned(),
            },
            Notice::NewerVersion | Notice::Blocked => StorageError::NewerVersion,
        })
    }
}

/// Does work in a task of its own, which goes on when nobody waits for it any more: a transaction is not
/// to be cut off because a page was left.
async fn to_the_end<T: 'static>(
    work: impl Future<Output = Result<T, StorageError>> + 'static,
) -> Result<T, StorageError> {
    let (tell, told) = oneshot::channel();
    spawn_local(async move {
        // Nobody may wait for it any more.
        let _ = tell.send(work.await);
    });
    told.await.unwrap_or_else(|_| {
        Err(StorageError::Failed {
            detail: "the page gave its work up".to_owned(),
        })
    })
}
