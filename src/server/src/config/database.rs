//! Where teams are kept.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use crate::store::{PostgresStore, SqliteStore, Store, StoreError};

/// A database to open.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A SQLite file.
    File(PathBuf),
    /// The address of a PostgreSQL database, which may hold a password.
    Postgres(String),
}

impl Database {
    /// Opens it and brings its tables to this version.
    ///
    /// # Errors
    /// It cannot be reached, or is not this program's.
    pub async fn open(&self) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match self {
            Self::File(file) => Arc::new(SqliteStore::open(file).await?),
            Self::Postgres(address) => Arc::new(PostgresStore::connect(address).await?),
        })
    }
}

impl FromStr for Database {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let is_postgres = ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| text.starts_with(scheme));
        Ok(if is_postgres {
            Self::Postgres(text.to_owned())
        } else {
            Self::File(PathBuf::from(text))
        })
    }
}

impl fmt::Display for Database {
    /// What may be logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => file.display().fmt(f),
            Self::Postgres(_) => f.write_str("PostgreSQL"),
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
