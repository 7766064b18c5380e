//! Rows in SQLite.

use async_trait::async_trait;
use futures_util::TryStreamExt as _;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use tongxing_sync::wire::{BlindId, PageRow, Seq};

use super::batch::{DELETE_ROWS, INSERT_ROWS, ROWS, VERSIONS};
use super::transaction::{LAST_VERSION, SqliteTransaction};
use crate::store::{
    Page, PageQuery, Result, RowVersion, Rows, StoreError, array, seq, signed, unsigned,
};

fn page_row(team: &SqliteTransaction, row: &SqliteRow) -> Result<PageRow> {
    Ok(PageRow {
        row: BlindId(array(row.try_get(0)?, "a row's id")?),
        seq: team.version(row.try_get(1)?)?,
        envelope: row.try_get(2)?,
    })
}

#[async_trait]
impl Rows for SqliteTransaction {
    async fn versions(&mut self, rows: &[BlindId]) -> Result<Vec<RowVersion>> {
        let mut found = Vec::new();
        let mut left = rows;
        for (size, text) in VERSIONS.steps(rows.len()) {
            let (step, rest) = left.split_at(size);
            left = rest;
            let mut query = sqlx::query(text).bind(self.number());
            for row in step {
                query = query.bind(row.0.to_vec());
            }
            for row in query.fetch_all(self.connection()).await? {
                found.push(RowVersion {
                    row: BlindId(array(row.try_get(0)?, "a row's id")?),
                    seq: self.version(row.try_get(1)?)?,
                    size: unsigned(row.try_get(2)?)?,
                });
            }
        }
        Ok(found)
    }

    async fn rows(&mut self, rows: &[BlindId]) -> Result<Vec<PageRow>> {
        let mut found = Vec::new();
        let mut left = rows;
        for (size, text) in ROWS.steps(rows.len()) {
            let (step, rest) = left.split_at(size);
            left = rest;
            let mut query = sqlx::query(text).bind(self.number());
            for row in step {
                query = query.bind(row.0.to_vec());
            }
            for row in query.fetch_all(self.connection()).await? {
                found.push(page_row(self, &row)?);
            }
        }
        Ok(found)
    }

    async fn delete_rows(&mut self, rows: &[BlindId]) -> Result<()> {
        let mut left = rows;
        for (size, text) in DELETE_ROWS.steps(rows.len()) {
            let (step, rest) = left.split_at(size);
            left = rest;
            let mut query = sqlx::query(text).bind(self.number());
            for row in step {
                query = query.bind(row.0.to_vec());
            }
            query.execute(self.connection()).await?;
        }
        Ok(())
    }

    async fn insert_rows(&mut self, rows: Vec<PageRow>) -> Result<()> {
        let steps = INSERT_ROWS.steps(rows.len());
        let mut rows = rows.into_iter();
        for (size, text) in steps {
            let mut query = sqlx::query(text);
            for row in rows.by_ref().take(size) {
                if signed(row.seq.get()) > LAST_VERSION {
                    return Err(StoreError::Damaged("a version"));
                }
                query = query
                    .bind(self.number())
                    .bind(self.position(row.seq))
                    .bind(row.row.0.to_vec())
                    .bind(row.envelope);
            }
            query.execute(self.connection()).await?;
        }
        Ok(())
    }

    async fn page(&mut self, query: PageQuery) -> Result<Page> {
        // The buckets as ",0A,FF,", to be searched for a row's first byte; empty for all.
        let buckets = query.buckets.map_or_else(String::new, |buckets| {
            let each = buckets.iter().map(|bucket| format!("{bucket:02X},"));
            std::iter::once(",".to_owned()).chain(each).collect()
        });
        let (after, up_to) = (self.position(query.after), self.position(query.up_to));
        let shift = self.position(Seq::ZERO);
        let mut page = Page::default();
        let mut bytes = 0;
        // Rows come one by one: what lies beyond the page is not read.
        let mut found = sqlx::query(
            "SELECT row, position, envelope FROM rows \
             WHERE position > ?1 AND position <= ?2 \
             AND (?3 = '' OR instr(?3, ',' || hex(substr(row, 1, 1)) || ',') > 0) \
             ORDER BY position",
        )
        .bind(after)
        .bind(up_to)
        .bind(buckets)
        .fetch(self.connection());
        while let Some(row) = found.try_next().await? {
            let envelope: &[u8] = row.try_get(2)?;
            bytes += envelope.len();
            let full = page.rows.len() >= query.max_rows || bytes > query.max_bytes;
            if full && !page.rows.is_empty() {
                page.more = true;
                break;
            }
            page.rows.push(PageRow {
                row: BlindId(array(row.try_get(0)?, "a row's id")?),
                seq: seq(row.try_get::<i64, _>(1)? - shift)?,
                envelope: envelope.to_vec(),
            });
        }
        Ok(page)
    }

    async fn visit_versions(&mut self, visit: &mut (dyn FnMut(BlindId, Seq) + Send)) -> Result<()> {
        let (number, shift) = (self.number(), self.position(Seq::ZERO));
        let mut found = sqlx::query("SELECT row, position FROM rows WHERE team = ? ORDER BY row")
            .bind(number)
            .fetch(self.connection());
        while let Some(row) = found.try_next().await? {
            let position: i64 = row.try_get(1)?;
            visit(
                BlindId(array(row.try_get(0)?, "a row's id")?),
                seq(position - shift)?,
            );
        }
        Ok(())
    }
}
