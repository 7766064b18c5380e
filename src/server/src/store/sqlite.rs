//! One SQLite file, for one process: what most teams need.
//!
//! Written through a single connection, so that writers queue instead of racing for the file's lock, and
//! read through several that never wait for it (WAL). A commit returns once it is on disk
//! (`synchronous = FULL`): what has been acknowledged survives a power cut.

mod batch;
mod blobs;
mod membership;
mod rows;
mod transaction;

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection as _, SqlSafeStr as _, SqliteConnection};
use tongxing_sync::wire::TeamId;

use super::{Access, Result, Store, StoreError, Transaction, array};
use crate::pokes::Pokes;
use transaction::SqliteTransaction;

/// How many can read at once.
const READERS: u32 = 4;
/// How long to wait for a connection, and for another program that holds the file.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pages of memory for each connection, as SQLite counts them: negative, in KiB.
const CACHE: &str = "-65536";
/// After how many pages the log is carried into the file. Rows are spread over the index by their random
/// ids; the more of them are carried over at once, the fewer pages are written twice.
const CHECKPOINT_PAGES: &str = "8000";

/// A store in one file.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    pokes: Pokes,
}

impl SqliteStore {
    /// Opens the file, making it and its folder where they are missing, and brings its tables to this
    /// version.
    ///
    /// # Errors
    /// The folder cannot be made, or the file is no database of this program.
    pub async fn open(file: &Path) -> Result<Self> {
        Self::open_limited(file, None).await
    }

    /// As [`SqliteStore::open`], for a file that may not outgrow so many pages of 4 KiB. Beyond them it
    /// answers as on a full disk.
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub async fn open_limited(file: &Path, max_pages: Option<u32>) -> Result<Self> {
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder {
            let failed = |source| StoreError::Folder {
                path: PathBuf::from(folder),
                source,
            };
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("cache_size", CACHE)
            .pragma("temp_store", "memory")
            .pragma("wal_autocheckpoint", CHECKPOINT_PAGES);
        if let Some(pages) = max_pages {
            options = options.pragma("max_page_count", pages.to_string());
        }
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(PATIENCE)
                // Connections to a file do not go stale.
                .test_before_acquire(false)
                .idle_timeout(None)
                .max_lifetime(None)
                .after_release(|connection, _| Box::pin(is_clean(connection)))
        };
        let writer = pool(1).connect_with(options.clone()).await?;
        migrator().run(&writer).await?;
        let readers = pool(READERS)
            .connect_with(options.pragma("query_only", "true"))
            .await?;
        Ok(Self {
            writer,
            readers,
            pokes: Pokes::default(),
        })
    }
}

/// Whether a connection may be used again. Where SQLite itself has ended a transaction, as it does on a full
/// disk, there is nothing left to roll back, and sqlx goes on believing that the transaction is open.
async fn is_clean(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // A rollback may still be on its way to the connection's thread; the answer comes after it.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

fn migrator() -> Migrator {
    Migrator::with_migrations(vec![Migration::new(
        1,
        "teams".into(),
        MigrationType::Simple,
        include_str!("sqlite/migrations/0001_teams.sql").into_sql_str(),
        false,
    )])
}

#[async_trait]
impl Store for SqliteStore {
    async fn begin(&self, team: TeamId, access: Access) -> Result<Box<dyn Transaction>> {
        let inner = match access {
            Access::Read => self.readers.begin().await?,
            // A transaction that first reads and then writes could find the file changed in between.
            Access::Write => self.writer.begin_with("BEGIN IMMEDIATE").await?,
        };
        let transaction = SqliteTransaction::open(inner, team, self.pokes.clone()).await?;
        Ok(Box::new(transaction))
    }

    async fn teams(&self) -> Result<Vec<TeamId>> {
        let teams: Vec<(Vec<u8>,)> = sqlx::query_as("SELECT team FROM teams ORDER BY number")
            .fetch_all(&self.readers)
            .await?;
        teams
            .iter()
            .map(|(team,)| Ok(TeamId(array(team, "a team's id")?)))
            .collect()
    }

    fn pokes(&self) -> &Pokes {
        &self.pokes
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
