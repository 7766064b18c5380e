//! Why a store could not do what it was asked to.

use std::path::PathBuf;

use sqlx::migrate::MigrateError;

/// Why a store failed. Nothing that the failed transaction had changed remains.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The disk, or the space given to the database, is used up.
    #[error("the store's disk is full; free some space, nothing stored has been lost")]
    Full(#[source] sqlx::Error),
    /// Others hold what is needed; a second try may pass.
    #[error("the store is busy; try again")]
    Busy(#[source] sqlx::Error),
    /// The database cannot be reached or has closed the connection.
    #[error("the database cannot be reached; see that it runs, and check --database")]
    Unreachable(#[source] sqlx::Error),
    /// What is stored makes no sense.
    #[error("the store holds {0} that makes no sense; restore a backup")]
    Damaged(&'static str),
    /// The folder for the database cannot be made.
    #[error("cannot make the folder {path}: {source}; choose another with --database", path = path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The address of the database cannot be read.
    #[error(
        "not the address of a database: {0}; give postgres://user:password@host/name, or the path of a file"
    )]
    Address(String),
    /// The tables could not be brought to this version.
    #[error(
        "the database's tables could not be prepared; a newer tongxing-server may have used them: {0}"
    )]
    Migration(#[from] MigrateError),
    /// Anything else that the database reports.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
}

/// SQLite: the primary code of "database or disk is full".
const SQLITE_FULL: i32 = 13;
/// SQLite: another connection writes.
const SQLITE_BUSY: i32 = 5;
/// PostgreSQL: no room on disk.
const DISK_FULL: &str = "53100";
/// PostgreSQL: a serialisation failure, a deadlock, a lock that was not to be had; and a row that
/// somebody else has inserted first, which a second try will see.
const TRY_AGAIN: [&str; 4] = ["40001", "40P01", "55P03", "23505"];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut => Self::Busy(error),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unreachable(error),
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default();
                // SQLite's extended codes keep the primary one in their low byte.
                let primary = code.parse::<i32>().map(|code| code & 0xff);
                let is_sqlite = database
                    .try_downcast_ref::<sqlx::sqlite::SqliteError>()
                    .is_some();
                match primary {
                    Ok(SQLITE_FULL) if is_sqlite => Self::Full(error),
                    Ok(SQLITE_BUSY) if is_sqlite => Self::Busy(error),
                    _ if code == DISK_FULL => Self::Full(error),
                    _ if TRY_AGAIN.contains(&&*code) => Self::Busy(error),
                    // PostgreSQL's classes 57 (shutting down) and 08 (connection).
                    _ if !is_sqlite && (code.starts_with("57") || code.starts_with("08")) => {
                        Self::Unreachable(error)
                    }
                    _ => Self::Database(error),
                }
            }
            _ => Self::Database(error),
        }
    }
}
