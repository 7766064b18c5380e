//! PostgreSQL, or an engine that speaks its protocol: for many endpoint processes at once.
//!
//! A writer locks the team's line in `teams`, so that versions of one team are given one after another and
//! become visible in their order; a reader sees one snapshot. Teams do not wait for each other.

mod blobs;
mod membership;
mod notification;
mod rows;
mod transaction;

use std::str::FromStr as _;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, SqlSafeStr as _};
use tokio::task::AbortHandle;
use tongxing_sync::wire::TeamId;

use super::{Access, Result, Store, StoreError, Transaction, array};
use crate::pokes::Pokes;
use notification::{CHANNEL, heard};
use transaction::PostgresTransaction;

/// Connections of one process.
const CONNECTIONS: u32 = 16;
/// How long to wait for a connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pause before listening again after the connection has been lost.
const PAUSE: Duration = Duration::from_secs(1);

/// A store in a PostgreSQL database.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pool: PgPool,
    pokes: Pokes,
    listening: AbortHandle,
}

impl PostgresStore {
    /// Connects to `postgres://user:password@host/name`, brings the tables to this version, and begins to
    /// listen for what other processes change.
    ///
    /// # Errors
    /// The address makes no sense, the database cannot be reached, or its tables are not this program's.
    pub async fn connect(address: &str) -> Result<Self> {
        // The address may hold a password: what is wrong with it is said, it itself is not.
        let options = PgConnectOptions::from_str(address)
            .map_err(|error| StoreError::Address(error.to_string()))?
            .application_name("tongxing-server");
        // A pool would try again and again, and then say only that it took too long.
        let first = PgConnection::connect_with(&options).await?;
        first.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    // A process that hangs in a transaction lets go of its team.
                    let text = "SET idle_in_transaction_session_timeout = '60s'";
                    sqlx::query(text).execute(connection).await?;
                    Ok(())
                })
            })
            .connect_with(options)
            .await?;
        migrator().run(&pool).await?;
        let pokes = Pokes::default();
        // Once here, so that a database that cannot notify is found out at the start.
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.listen(CHANNEL).await?;
        let listening = tokio::spawn(listen(listener, pokes.clone())).abort_handle();
        Ok(Self {
            pool,
            pokes,
            listening,
        })
    }
}

/// Passes on what is notified, for as long as the process lives.
async fn listen(mut listener: PgListener, pokes: Pokes) {
    loop {
        match listener.try_recv().await {
            Ok(Some(notification)) => match heard(notification.payload()) {
                Some((team, change)) => pokes.tell(team, change),
                None => tracing::warn!("a notification of another program on {CHANNEL}"),
            },
            // The connection was lost and is there again; notifications in between are gone.
            Ok(None) => pokes.tell_all_unknown(),
            Err(error) => {
                tracing::warn!(%error, "not hearing of other processes' changes; trying again");
                pokes.tell_all_unknown();
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

fn migrator() -> Migrator {
    Migrator::with_migrations(vec![Migration::new(
        1,
        "teams".into(),
        MigrationType::Simple,
        include_str!("postgres/migrations/0001_teams.sql").into_sql_str(),
        false,
    )])
}

#[async_trait]
impl Store for PostgresStore {
    async fn begin(&self, team: TeamId, access: Access) -> Result<Box<dyn Transaction>> {
        let begin = match access {
            Access::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Access::Write => "BEGIN",
        };
        // On a task of its own: if the request were given up during BEGIN, the connection would go back to
        // the pool inside a transaction that nobody knows of (sqlx 0.9.0).
        let pool = self.pool.clone();
        let begun = tokio::spawn(async move { pool.begin_with(begin).await });
        let inner = begun.await.map_err(|_| sqlx::Error::WorkerCrashed)??;
        Ok(Box::new(
            PostgresTransaction::open(inner, team, access).await?,
        ))
    }

    async fn teams(&self) -> Result<Vec<TeamId>> {
        let teams: Vec<(Vec<u8>,)> = sqlx::query_as("SELECT team FROM teams ORDER BY team")
            .fetch_all(&self.pool)
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
        self.listening.abort();
        self.pool.close().await;
    }
}
