//! A bare database: a table, and as many rows in a transaction as in a push.
//!
//! No index, no versions, nobody to ask: no endpoint can be quicker. It keeps the endpoint's promise,
//! though: what is committed is on the disk.

use std::time::Instant;

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, SqliteConnection};

use super::{BATCH, ROWS, row};
use crate::Failed;

/// Rows in one statement, of as many as a transaction has: more of them are no quicker.
const STATEMENT: usize = 250;

type Rows = Vec<([u8; 16], Vec<u8>)>;

/// Fills the database of an address, or else the file of a name.
pub(crate) fn insert(database: &str) -> Result<Value, Failed> {
    let rows: Rows = (0..ROWS).map(row).collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let seconds = if database.starts_with("postgres:") {
        runtime.block_on(into_postgres(database, rows))?
    } else {
        runtime.block_on(into_sqlite(database, rows))?
    };
    Ok(json!({ "rows_per_s": ROWS as f64 / seconds }))
}

async fn into_sqlite(file: &str, rows: Rows) -> Result<f64, Failed> {
    let mut connection: SqliteConnection = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await?;
    connection
        .execute("CREATE TABLE rows (seq INTEGER PRIMARY KEY, row BLOB, envelope BLOB) STRICT")
        .await?;
    let places = vec!["(?, ?)"; STATEMENT].join(",");
    let text = format!("INSERT INTO rows (row, envelope) VALUES {places}");
    let start = Instant::now();
    let mut rows = rows.into_iter();
    for _ in 0..ROWS / BATCH {
        let mut transaction = connection.begin().await?;
        for _ in 0..BATCH / STATEMENT {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(text.as_str()));
            for (id, envelope) in rows.by_ref().take(STATEMENT) {
                query = query.bind(id.to_vec()).bind(envelope);
            }
            query.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
    }
    let seconds = start.elapsed().as_secs_f64();
    connection.close().await?;
    Ok(seconds)
}

async fn into_postgres(address: &str, rows: Rows) -> Result<f64, Failed> {
    let mut connection = PgConnection::connect(address).await?;
    connection
        .execute("CREATE TABLE bare (seq bigserial PRIMARY KEY, row_id bytea, envelope bytea)")
        .await?;
    let start = Instant::now();
    let mut rows = rows.into_iter();
    for _ in 0..ROWS / BATCH {
        let (ids, envelopes): (Vec<_>, Vec<_>) = rows
            .by_ref()
            .take(BATCH)
            .map(|(id, envelope)| (id.to_vec(), envelope))
            .unzip();
        sqlx::query(
            "INSERT INTO bare (row_id, envelope) SELECT * FROM unnest($1::bytea[], $2::bytea[])",
        )
        .bind(ids)
        .bind(envelopes)
        .execute(&mut connection)
        .await?;
    }
    let seconds = start.elapsed().as_secs_f64();
    connection.close().await?;
    Ok(seconds)
}
