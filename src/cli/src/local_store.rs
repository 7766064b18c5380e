//! The device's disk: one SQLite file, for one process at a time.
//!
//! Every record of every shelf is a row of one table. A batch is one transaction, and a commit returns
//! once it is on the disk (`synchronous = FULL`), so what was written survives a power cut. The file is
//! locked for as long as the store is open: two programs that both folded it could lose what the other
//! one wrote.

use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteLockingMode, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _};
use thiserror::Error;
use tokio::sync::Mutex;
use tongxing_sync::storage::{
    Batch, KeyRange, Records, Shelf, Storage, StorageError, Write as Step,
};

/// How long to wait for another program that has the file.
const PATIENCE: Duration = Duration::from_secs(10);
/// What SQLite files of this program carry in their header ("TXng").
const APPLICATION_ID: i32 = 0x5458_6e67;
/// The version of the tables below, in the header too.
const LAYOUT: i32 = 1;

/// The tables of version 1. Rows have ids of their own, since segments are large and large rows lie badly
/// in a tree that is sorted by another key.
const TABLES: &str = "CREATE TABLE records (
    shelf INTEGER NOT NULL,
    key BLOB NOT NULL,
    value BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX records_by_key ON records (shelf, key);";

/// Why the file cannot be used as a store.
#[derive(Debug, Error)]
pub enum OpenStoreError {
    /// There is no such file, and none was to be made.
    #[error("there is no store at {path}", path = path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Another program has it.
    #[error("another program is using the store at {path}", path = path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// Not a file of this program.
    #[error("{path} is not a store of this program", path = path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A newer version of the program has changed its tables.
    #[error("{path} was written by a newer version of the program", path = path.display())]
    NeedsNewerVersion {
        /// The file.
        path: PathBuf,
    },
    /// SQLite or the system refused.
    #[error("{path} cannot be opened: {source}", path = path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
}

/// A store in one SQLite file.
#[derive(Debug)]
pub struct LocalStore {
    connection: Mutex<SqliteConnection>,
}

impl LocalStore {
    /// How the file is opened.
    #[must_use]
    pub fn options(file: &Path) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(file)
            .locking_mode(SqliteLockingMode::Exclusive)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE)
            .disable_statement_logging()
    }

    /// Opens the store of a file, which must be there.
    ///
    /// # Errors
    /// [`OpenStoreError`].
    pub async fn open(file: &Path) -> Result<Self, OpenStoreError> {
        if !file.is_file() {
            return Err(OpenStoreError::Missing {
                path: file.to_owned(),
            });
        }
        let connection = Self::options(file).connect().await;
        Self::over(connection.map_err(|error| refused(file, error))?, file).await
    }

    /// Opens the store of a file, making it where it is missing.
    ///
    /// # Errors
    /// [`OpenStoreError`].
    pub async fn create(file: &Path) -> Result<Self, OpenStoreError> {
        let connection = Self::options(file).create_if_missing(true).connect().await;
        Self::over(connection.map_err(|error| refused(file, error))?, file).await
    }

    /// The store over a connection that is open already; `file` is named in errors.
    ///
    /// # Errors
    /// [`OpenStoreError`].
    pub async fn over(
        mut connection: SqliteConnection,
        file: &Path,
    ) -> Result<Self, OpenStoreError> {
        let failed = |error| refused(file, error);
        // The first write takes the lock, which is then held to the end.
        run(&mut connection, "BEGIN IMMEDIATE")
            .await
            .map_err(failed)?;
        let prepared = prepare(&mut connection, file).await;
        let end = if prepared.is_ok() {
            "COMMIT"
        } else {
            "ROLLBACK"
        };
        let ended = run(&mut connection, end).await.map_err(failed);
        prepared?;
        ended?;
        Ok(Self {
            connection: Mutex::new(connection),
        })
    }

    /// Closes the file, carrying its log into it.
    ///
    /// # Errors
    /// See [`StorageError`]; what was written before is safe all the same.
    pub async fn close(self) -> Result<(), StorageError> {
        self.connection.into_inner().close().await.map_err(stopped)
    }
}

/// Makes the tables of an empty file, and looks whether those of any other are known.
async fn prepare(connection: &mut SqliteConnection, file: &Path) -> Result<(), OpenStoreError> {
    let failed = |error| refused(file, error);
    let mut numbers = [0_i64; 3];
    let questions = [
        "SELECT count(*) FROM sqlite_schema",
        "PRAGMA application_id",
        "PRAGMA user_version",
    ];
    for (number, question) in numbers.iter_mut().zip(questions) {
        let row = sqlx::query(question).fetch_one(&mut *connection).await;
        *number = row.and_then(|row| row.try_get(0)).map_err(failed)?;
    }
    let [tables, application, layout] = numbers;
    let path = || file.to_owned();
    match (tables, application, layout) {
        (0, 0, 0) => {
            run(connection, TABLES).await.map_err(failed)?;
            let header =
                format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {LAYOUT}");
            run(connection, &header).await.map_err(failed)
        }
        (_, application, _) if application != i64::from(APPLICATION_ID) => {
            Err(OpenStoreError::Foreign { path: path() })
        }
        (_, _, layout) if layout == i64::from(LAYOUT) => Ok(()),
        (_, _, layout) if layout > i64::from(LAYOUT) => {
            Err(OpenStoreError::NeedsNewerVersion { path: path() })
        }
        _ => Err(OpenStoreError::Foreign { path: path() }),
    }
}

/// Runs statements of this program that take and give nothing.
async fn run(connection: &mut SqliteConnection, statements: &str) -> Result<(), sqlx::Error> {
    let done = sqlx::raw_sql(AssertSqlSafe(statements))
        .execute(connection)
        .await;
    done.map(|_| ())
}

/// SQLite's own number for an error, without what it adds to tell kinds apart.
fn number(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    Some(code.parse::<i32>().ok()? & 0xff)
}

/// SQLite's numbers (sqlite3.h): the file is busy or locked, full, may not be written, is no database.
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READ_ONLY: i32 = 8;
const FULL: i32 = 13;
const CANNOT_OPEN: i32 = 14;
const NO_DATABASE: i32 = 26;

fn refused(file: &Path, source: sqlx::Error) -> OpenStoreError {
    let path = file.to_owned();
    match number(&source) {
        Some(BUSY | LOCKED) => OpenStoreError::Busy { path },
        Some(NO_DATABASE) => OpenStoreError::Foreign { path },
        _ => OpenStoreError::Refused { path, source },
    }
}

/// What a failure means to whoever keeps a book.
fn stopped(error: sqlx::Error) -> StorageError {
    match (number(&error), &error) {
        (Some(FULL), _) => StorageError::QuotaExceeded,
        (Some(READ_ONLY | CANNOT_OPEN), _) => StorageError::Denied,
        (_, sqlx::Error::WorkerCrashed | sqlx::Error::PoolClosed) => StorageError::Closed,
        _ => StorageError::Failed {
            detail: error.to_string(),
        },
    }
}

/// The condition that a key lies in a range, with the keys to bind, which follow the shelf.
fn condition(range: &KeyRange) -> (String, Vec<&[u8]>) {
    let mut text = "shelf = ?".to_owned();
    let mut keys = Vec::new();
    for (bound, with, without) in [(&range.start, ">=", ">"), (&range.end, "<=", "<")] {
        let (key, sign) = match bound {
            Bound::Included(key) => (key, with),
            Bound::Excluded(key) => (key, without),
            Bound::Unbounded => continue,
        };
        text += &format!(" AND key {sign} ?");
        keys.push(key.as_slice());
    }
    (text, keys)
}

async fn apply(connection: &mut SqliteConnection, step: &Step) -> Result<(), sqlx::Error> {
    let (statement, keys, value);
    match step {
        Step::Put {
            key, value: record, ..
        } => {
            statement = "INSERT INTO records (shelf, key, value) VALUES (?, ?, ?)
                ON CONFLICT (shelf, key) DO UPDATE SET value = excluded.value"
                .to_owned();
            keys = vec![key.as_slice()];
            value = Some(record.as_slice());
        }
        Step::Delete { key, .. } => {
            statement = "DELETE FROM records WHERE shelf = ? AND key = ?".to_owned();
            keys = vec![key.as_slice()];
            value = None;
        }
        Step::DeleteRange { range, .. } => {
            let (condition, bounds) = condition(range);
            statement = format!("DELETE FROM records WHERE {condition}");
            keys = bounds;
            value = None;
        }
    }
    let mut query = sqlx::query(AssertSqlSafe(statement)).bind(step.shelf() as i64);
    for key in keys {
        query = query.bind(key);
    }
    if let Some(value) = value {
        query = query.bind(value);
    }
    query.execute(connection).await.map(|_| ())
}

async fn apply_all(connection: &mut SqliteConnection, batch: &Batch) -> Result<(), sqlx::Error> {
    run(connection, "BEGIN IMMEDIATE").await?;
    for step in batch.writes() {
        apply(connection, step).await?;
    }
    run(connection, "COMMIT").await
}

impl Storage for LocalStore {
    async fn read(
        &self,
        shelf: Shelf,
        range: KeyRange,
        limit: Option<usize>,
    ) -> Result<Records, StorageError> {
        let (condition, keys) = condition(&range);
        let statement =
            format!("SELECT key, value FROM records WHERE {condition} ORDER BY key LIMIT ?");
        let mut query = sqlx::query(AssertSqlSafe(statement)).bind(shelf as i64);
        for key in keys {
            query = query.bind(key);
        }
        // Less than none means all.
        let limit = limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let mut connection = self.connection.lock().await;
        let rows = query.bind(limit).fetch_all(&mut *connection).await;
        rows.map_err(stopped)?
            .into_iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .collect::<Result<_, _>>()
            .map_err(stopped)
    }

    async fn keys(&self, shelf: Shelf, range: KeyRange) -> Result<Vec<Vec<u8>>, StorageError> {
        let (condition, keys) = condition(&range);
        let statement = format!("SELECT key FROM records WHERE {condition} ORDER BY key");
        let mut query = sqlx::query_scalar(AssertSqlSafe(statement)).bind(shelf as i64);
        for key in keys {
            query = query.bind(key);
        }
        let mut connection = self.connection.lock().await;
        query.fetch_all(&mut *connection).await.map_err(stopped)
    }

    async fn count(&self, shelf: Shelf, range: KeyRange) -> Result<u64, StorageError> {
        let (condition, keys) = condition(&range);
        let statement = format!("SELECT count(*) FROM records WHERE {condition}");
        let mut query = sqlx::query_scalar(AssertSqlSafe(statement)).bind(shelf as i64);
        for key in keys {
            query = query.bind(key);
        }
        let mut connection = self.connection.lock().await;
        let count: i64 = query.fetch_one(&mut *connection).await.map_err(stopped)?;
        Ok(count.unsigned_abs())
    }

    async fn write(&self, batch: Batch) -> Result<(), StorageError> {
        if batch.is_empty() {
            return Ok(());
        }
        let mut connection = self.connection.lock().await;
        let written = apply_all(&mut connection, &batch).await;
        if written.is_err() {
            // Where SQLite has ended the transaction itself, as on a full disk, there is none to end.
            let _ = run(&mut connection, "ROLLBACK").await;
        }
        written.map_err(stopped)
    }
}
