//! What could not be read: kept aside byte for byte, so that it can be exported and looked into.

use crate::bytes::{Reader, put_slice};
use crate::format::{self, Damage, Kind};
use crate::row::RowKey;
use crate::storage::{Batch, Shelf};

/// Bytes of a row or of a whole record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// The row, if that much is legible.
    pub key: Option<RowKey>,
    /// The bytes as they were found.
    pub bytes: Vec<u8>,
    /// What is wrong with them.
    pub reason: Damage,
}

/// An entry of the quarantine shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The row, if that much was legible.
    pub key: Option<RowKey>,
    /// What was wrong, in English, for a report.
    pub reason: String,
    /// The bytes as they were found.
    pub bytes: Vec<u8>,
}

const KIND: Kind = *b"TXQU";

impl Quarantined {
    /// The entry's key on the quarantine shelf: the same damage found again lies in the same
    /// place. `record` is the key of the record on `shelf`, `index` counts within it.
    #[must_use]
    pub fn shelf_key(&self, shelf: Shelf, record: &[u8], index: usize) -> Vec<u8> {
        let mut key = vec![shelf as u8];
        key.extend_from_slice(record);
        key.extend_from_slice(&format::checksum(&[&self.bytes]).to_be_bytes());
        key.extend_from_slice(&u32::try_from(index).unwrap_or(u32::MAX).to_be_bytes());
        key
    }

    /// The entry as it is stored.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(self.bytes.len() + 64);
        match &self.key {
            Some(key) => put_slice(&mut body, &key.to_bytes()),
            None => put_slice(&mut body, &[]),
        }
        put_slice(&mut body, self.reason.to_string().as_bytes());
        put_slice(&mut body, &self.bytes);
        format::seal(KIND, &body)
    }
}

impl Kept {
    /// Reads an entry of the quarantine shelf.
    ///
    /// # Errors
    /// What is wrong with the entry itself.
    pub fn decode(bytes: &[u8]) -> Result<Self, Damage> {
        let (version, mut reader) = format::unseal(KIND, bytes)?;
        let kept = read(&mut reader).ok_or(Damage::Malformed)?;
        format::check_end(version, &reader)?;
        Ok(kept)
    }
}

/// A batch that keeps aside what was damaged in a record of `shelf`.
pub(crate) fn keep(shelf: Shelf, record: &[u8], damaged: &[Quarantined]) -> Batch {
    let mut batch = Batch::new();
    for (index, quarantined) in damaged.iter().enumerate() {
        let key = quarantined.shelf_key(shelf, record, index);
        batch.put(Shelf::Quarantine, key, quarantined.encode());
    }
    batch
}

fn read(reader: &mut Reader<'_>) -> Option<Kept> {
    let key = match reader.slice()? {
        [] => None,
        key => Some(RowKey::from_bytes(key.try_into().ok()?)),
    };
    let reason = String::from_utf8(reader.slice()?.to_vec()).ok()?;
    Some(Kept {
        key,
        reason,
        bytes: reader.slice()?.to_vec(),
    })
}
