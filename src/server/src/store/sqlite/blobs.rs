//! Blobs in SQLite.

use async_trait::async_trait;
use bytes::Bytes;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::transaction::SqliteTransaction;
use crate::store::{Blob, BlobId, Blobs, MemberId, Result, array, signed, unsigned};

fn blob(row: &SqliteRow) -> Result<Blob> {
    Ok(Blob {
        id: BlobId(array(row.try_get(0)?, "a blob's id")?),
        size: unsigned(row.try_get(1)?)?,
        received: unsigned(row.try_get(2)?)?,
        sender: MemberId(array(row.try_get(3)?, "a member's id")?),
        begun_ms: unsigned(row.try_get(4)?)?,
    })
}

#[async_trait]
impl Blobs for SqliteTransaction {
    async fn blob(&mut self, id: BlobId) -> Result<Option<Blob>> {
        let row = sqlx::query(
            "SELECT blob, size, received, sender, begun_ms FROM blobs WHERE team = ? AND blob = ?",
        )
        .bind(self.number())
        .bind(id.0.to_vec())
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(blob).transpose()
    }

    async fn blobs(&mut self) -> Result<Vec<Blob>> {
        let rows =
            sqlx::query("SELECT blob, size, received, sender, begun_ms FROM blobs WHERE team = ?")
                .bind(self.number())
                .fetch_all(self.connection())
                .await?;
        rows.iter().map(blob).collect()
    }

    async fn put_blob(&mut self, blob: &Blob) -> Result<()> {
        sqlx::query(
            "INSERT INTO blobs (team, blob, size, received, sender, begun_ms) \
             VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (team, blob) DO UPDATE SET received = excluded.received",
        )
        .bind(self.number())
        .bind(blob.id.0.to_vec())
        .bind(signed(blob.size))
        .bind(signed(blob.received))
        .bind(blob.sender.0.to_vec())
        .bind(signed(blob.begun_ms))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn delete_blob(&mut self, id: BlobId) -> Result<()> {
        for text in [
            "DELETE FROM blob_parts WHERE team = ? AND blob = ?",
            "DELETE FROM blobs WHERE team = ? AND blob = ?",
        ] {
            sqlx::query(text)
                .bind(self.number())
                .bind(id.0.to_vec())
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    async fn put_blob_part(&mut self, id: BlobId, offset: u64, bytes: Bytes) -> Result<()> {
        sqlx::query("INSERT INTO blob_parts (team, blob, start, bytes) VALUES (?, ?, ?, ?)")
            .bind(self.number())
            .bind(id.0.to_vec())
            .bind(signed(offset))
            .bind(bytes.to_vec())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn blob_part(&mut self, id: BlobId, offset: u64) -> Result<Option<(u64, Vec<u8>)>> {
        let part: Option<(i64, Vec<u8>)> = sqlx::query_as(
            "SELECT start, bytes FROM blob_parts WHERE team = ? AND blob = ? AND start <= ? \
             ORDER BY start DESC LIMIT 1",
        )
        .bind(self.number())
        .bind(id.0.to_vec())
        .bind(signed(offset))
        .fetch_optional(self.connection())
        .await?;
        part.map(|(start, bytes)| Ok((unsigned(start)?, bytes)))
            .transpose()
    }
}
