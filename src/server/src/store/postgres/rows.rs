//! Rows in PostgreSQL.

use async_trait::async_trait;
use futures_util::TryStreamExt as _;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use tongxing_sync::wire::{BlindId, PageRow, Seq};

use super::transaction::PostgresTransaction;
use crate::store::{Page, PageQuery, Result, RowVersion, Rows, array, seq, signed, unsigned};

/// How many versions are looked at in one step towards a page.
const STEP_ROWS: usize = 1_000;

fn page_row(row: &PgRow) -> Result<PageRow> {
    Ok(PageRow {
        row: BlindId(array(row.try_get(0)?, "a row's id")?),
        seq: seq(row.try_get(1)?)?,
        envelope: row.try_get(2)?,
    })
}

#[async_trait]
impl Rows for PostgresTransaction {
    async fn versions(&mut self, rows: &[BlindId]) -> Result<Vec<RowVersion>> {
        let key = self.key();
        let ids: Vec<&[u8]> = rows.iter().map(|row| &row.0[..]).collect();
        let found = sqlx::query(
            "SELECT row_id, seq, octet_length(envelope)::bigint FROM rows \
             WHERE team = $1 AND row_id = ANY($2)",
        )
        .bind(key)
        .bind(ids)
        .fetch_all(self.connection())
        .await?;
        let version = |row: &PgRow| {
            Ok(RowVersion {
                row: BlindId(array(row.try_get(0)?, "a row's id")?),
                seq: seq(row.try_get(1)?)?,
                size: unsigned(row.try_get(2)?)?,
            })
        };
        found.iter().map(version).collect()
    }

    async fn rows(&mut self, rows: &[BlindId]) -> Result<Vec<PageRow>> {
        let key = self.key();
        let ids: Vec<&[u8]> = rows.iter().map(|row| &row.0[..]).collect();
        let found = sqlx::query(
            "SELECT row_id, seq, envelope FROM rows WHERE team = $1 AND row_id = ANY($2)",
        )
        .bind(key)
        .bind(ids)
        .fetch_all(self.connection())
        .await?;
        found.iter().map(page_row).collect()
    }

    async fn delete_rows(&mut self, rows: &[BlindId]) -> Result<()> {
        let key = self.key();
        let ids: Vec<&[u8]> = rows.iter().map(|row| &row.0[..]).collect();
        sqlx::query("DELETE FROM rows WHERE team = $1 AND row_id = ANY($2)")
            .bind(key)
            .bind(ids)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn insert_rows(&mut self, rows: Vec<PageRow>) -> Result<()> {
        let key = self.key();
        let ids: Vec<&[u8]> = rows.iter().map(|row| &row.row.0[..]).collect();
        let seqs: Vec<i64> = rows.iter().map(|row| signed(row.seq.get())).collect();
        let envelopes: Vec<&[u8]> = rows.iter().map(|row| &row.envelope[..]).collect();
        sqlx::query(
            "INSERT INTO rows (team, row_id, seq, envelope) \
             SELECT $1, * FROM unnest($2::bytea[], $3::bigint[], $4::bytea[])",
        )
        .bind(key)
        .bind(ids)
        .bind(seqs)
        .bind(envelopes)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn page(&mut self, query: PageQuery) -> Result<Page> {
        let key = self.key();
        let buckets: Option<Vec<i32>> = query
            .buckets
            .map(|buckets| buckets.iter().map(i32::from).collect());
        let mut page = Page::default();
        let (mut bytes, mut after) = (0, query.after);
        // A query's rows come all at once, so sizes are asked for first. Both see one snapshot.
        loop {
            let sizes: Vec<(i64, i64)> = sqlx::query_as(
                "SELECT seq, octet_length(envelope)::bigint FROM rows \
                 WHERE team = $1 AND seq > $2 AND seq <= $3 \
                 AND ($4::int[] IS NULL OR get_byte(row_id, 0) = ANY($4)) \
                 ORDER BY seq LIMIT $5",
            )
            .bind(&key)
            .bind(signed(after.get()))
            .bind(signed(query.up_to.get()))
            .bind(&buckets)
            .bind(STEP_ROWS as i64)
            .fetch_all(self.connection())
            .await?;
            let mut fits = 0;
            for (_, size) in &sizes {
                bytes += usize::try_from(*size).unwrap_or(usize::MAX);
                let rows = page.rows.len() + fits;
                if rows > 0 && (rows >= query.max_rows || bytes > query.max_bytes) {
                    page.more = true;
                    break;
                }
                fits += 1;
            }
            let Some((last, _)) = fits.checked_sub(1).and_then(|last| sizes.get(last)) else {
                return Ok(page);
            };
            let found = sqlx::query(
                "SELECT row_id, seq, envelope FROM rows \
                 WHERE team = $1 AND seq > $2 AND seq <= $3 \
                 AND ($4::int[] IS NULL OR get_byte(row_id, 0) = ANY($4)) \
                 ORDER BY seq",
            )
            .bind(&key)
            .bind(signed(after.get()))
            .bind(last)
            .bind(&buckets)
            .fetch_all(self.connection())
            .await?;
            for row in &found {
                page.rows.push(page_row(row)?);
            }
            after = seq(*last)?;
            if page.more || sizes.len() < STEP_ROWS {
                return Ok(page);
            }
        }
    }

    async fn visit_versions(&mut self, visit: &mut (dyn FnMut(BlindId, Seq) + Send)) -> Result<()> {
        let key = self.key();
        let mut found = sqlx::query("SELECT row_id, seq FROM rows WHERE team = $1")
            .bind(key)
            .fetch(self.connection());
        while let Some(row) = found.try_next().await? {
            visit(
                BlindId(array(row.try_get(0)?, "a row's id")?),
                seq(row.try_get(1)?)?,
            );
        }
        Ok(())
    }
}
