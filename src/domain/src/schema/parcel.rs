//! Registers as bytes: what a worker and the page send each other.

use super::Change;
use crate::id::Uuid;
use minicbor::{Decoder, Encoder};

/// The bytes of registers.
pub fn pack(changes: &[Change]) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    // Writing to a vector cannot fail.
    let _ = encode(changes, &mut out);
    out.into_writer()
}

/// The registers of [`pack`]; `None` for any other bytes.
pub fn unpack(bytes: &[u8]) -> Option<Vec<Change>> {
    let mut d = Decoder::new(bytes);
    let mut changes = Vec::new();
    for _ in 0..d.array().ok()?? {
        changes.push(Change {
            table: d.u16().ok()?,
            id: Uuid::from_slice(d.bytes().ok()?).ok()?,
            field: d.u16().ok()?,
            member: d.bytes().ok()?.to_vec(),
            value: d.bytes().ok()?.to_vec(),
        });
    }
    Some(changes)
}

fn encode(
    changes: &[Change],
    e: &mut Encoder<Vec<u8>>,
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    e.array(changes.len() as u64)?;
    for change in changes {
        e.u16(change.table)?
            .bytes(change.id.as_bytes())?
            .u16(change.field)?
            .bytes(&change.member)?
            .bytes(&change.value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};
    use crate::date::parse_date;
    use crate::demo::book;

    #[test]
    fn a_demo_book_arrives_as_it_was_packed() {
        let written = book(parse_date("2026-03-10").unwrap(), 1);
        assert_eq!(unpack(&pack(&written)), Some(written));
    }

    #[test]
    fn half_a_parcel_is_none() {
        let packed = pack(&book(parse_date("2026-03-10").unwrap(), 1));
        assert_eq!(unpack(&packed[..packed.len() / 2]), None);
        assert_eq!(unpack(b""), None);
    }
}
