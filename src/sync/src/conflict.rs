//! Conflicts: rows that keep what lost when two members edited one field apart.
//!
//! A conflict is a row like any other, so it is stored, sent and joined as all rows are. Its
//! table, its id and all of its registers but the last follow from the two edits: whichever
//! devices find the conflict, they write the same row, byte for byte.
//!
//! | number | field | value |
//! | --- | --- | --- |
//! | 1 | place | `table:u16 id[16] number:u16 member` of the field, big-endian |
//! | 2 | kept stamp | 16 bytes |
//! | 3 | kept value | as it was in the field |
//! | 4 | lost stamp | 16 bytes |
//! | 5 | lost value | as it was in the field |
//! | 6 | resolved | `1` once a person has decided |
//!
//! The first five are stamped with the kept stamp. The row's id is a UUID (version 8) from the
//! first bytes of BLAKE3 over both stamps, the lost one first, then the place.

use crate::activity::Subject;
use crate::bytes::Reader;
use crate::hlc::Hlc;
use crate::outbox::Unsent;
use crate::replica::Edit;
use crate::row::{FieldKey, Register, RegisterRef, Row, RowId, RowKey, TableId};
use crate::team_key::first_half;

/// Tables from here on belong to this crate; whoever declares tables keeps below.
pub const FIRST_RESERVED_TABLE: TableId = TableId(0xFF00);
/// The table of conflicts.
pub const TABLE: TableId = TableId(0xFFFF);

const PLACE: u16 = 1;
const KEPT_STAMP: u16 = 2;
const KEPT_VALUE: u16 = 3;
const LOST_STAMP: u16 = 4;
const LOST_VALUE: u16 = 5;
const RESOLVED: u16 = 6;

/// The conflicts between a row as it is here, with what of it is still `unsent`, and another
/// version of it that comes. A field that waits to be sent is in conflict where the version has a
/// stamp greater than the base of what waits. `doubtful` counts every difference instead, for a
/// row of which it is not known what others have seen.
#[must_use]
pub fn find(
    key: RowKey,
    ours: &Row,
    unsent: Option<&Unsent>,
    theirs: &Row,
    doubtful: bool,
) -> Vec<Conflict> {
    let conflicts = theirs.iter().filter_map(|theirs| {
        let ours = ours.member(theirs.number, theirs.member)?;
        // Two stamps of one device are never concurrent.
        if ours.value == theirs.value || ours.hlc.device() == theirs.hlc.device() {
            return None;
        }
        let base = unsent.and_then(|of| of.base(&theirs.field()));
        let concurrent = doubtful || base.is_some_and(|base| theirs.hlc > base);
        concurrent.then(|| Conflict::between(key, &ours, &theirs))
    });
    conflicts.collect()
}

/// Two edits of one field, neither of which knew of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The row that was edited.
    pub key: RowKey,
    /// The field.
    pub field: FieldKey,
    /// The edit that the join kept; its stamp tells when and on which device.
    pub kept: Register,
    /// The edit that it did not keep.
    pub lost: Register,
}

impl Conflict {
    /// The conflict of two edits of a field, given in either order.
    pub(crate) fn between(key: RowKey, a: &RegisterRef<'_>, b: &RegisterRef<'_>) -> Self {
        let register = |of: &RegisterRef<'_>| Register {
            hlc: of.hlc,
            value: of.value.into(),
        };
        let (kept, lost) = if a.beats(b) { (a, b) } else { (b, a) };
        Self {
            key,
            field: a.field(),
            kept: register(kept),
            lost: register(lost),
        }
    }

    fn place(&self) -> Vec<u8> {
        let mut place = self.key.to_bytes().to_vec();
        place.extend_from_slice(&self.field.number.to_be_bytes());
        place.extend_from_slice(&self.field.member);
        place
    }

    /// Where the conflict's own row lies.
    #[must_use]
    pub fn row_key(&self) -> RowKey {
        let mut hasher = blake3::Hasher::new();
        hasher
            .update(&self.lost.hlc.to_bytes())
            .update(&self.kept.hlc.to_bytes())
            .update(&self.place());
        let mut id = first_half(&hasher.finalize());
        id[6] = id[6] & 0x0F | 0x80;
        id[8] = id[8] & 0x3F | 0x80;
        RowKey::new(TABLE, RowId(id))
    }

    /// The conflict's own row, unresolved.
    #[must_use]
    pub fn to_row(&self) -> Row {
        let (place, kept, lost) = (
            self.place(),
            self.kept.hlc.to_bytes(),
            self.lost.hlc.to_bytes(),
        );
        let fields: [(u16, &[u8]); 5] = [
            (PLACE, &place),
            (KEPT_STAMP, &kept),
            (KEPT_VALUE, &self.kept.value),
            (LOST_STAMP, &lost),
            (LOST_VALUE, &self.lost.value),
        ];
        let registers = fields.map(|(number, value)| RegisterRef {
            number,
            member: &[],
            hlc: self.kept.hlc,
            value,
        });
        Row::pack(&registers)
    }

    /// Reads a row of [`TABLE`]; `None` if a newer version wrote it in another form.
    #[must_use]
    pub fn from_row(row: &Row) -> Option<Self> {
        let value = |number| row.get(number).map(|register| register.value);
        let stamp = |number| Some(Hlc::from_bytes(value(number)?.try_into().ok()?));
        let mut place = Reader::new(value(PLACE)?);
        let key = RowKey::from_bytes(place.array()?);
        let number = u16::from_be_bytes(place.array()?);
        Some(Self {
            key,
            field: FieldKey::member(number, place.rest()),
            kept: Register {
                hlc: stamp(KEPT_STAMP)?,
                value: value(KEPT_VALUE)?.into(),
            },
            lost: Register {
                hlc: stamp(LOST_STAMP)?,
                value: value(LOST_VALUE)?.into(),
            },
        })
    }

    /// Whether a person has decided the conflict of a row of [`TABLE`].
    #[must_use]
    pub fn is_resolved(row: &Row) -> bool {
        row.get(RESOLVED)
            .is_some_and(|register| register.value == [1])
    }

    /// The stamp of the decision; `None` while a row of [`TABLE`] waits for one.
    #[must_use]
    pub fn resolved_at(row: &Row) -> Option<Hlc> {
        let register = row.get(RESOLVED)?;
        (register.value == [1]).then_some(register.hlc)
    }

    /// The edit that notes a person's decision. It belongs into one commit with the edit that
    /// writes what was decided, if that is not what the field holds already.
    #[must_use]
    pub fn resolution(&self, subject: Subject) -> Edit {
        Edit {
            key: self.row_key(),
            field: FieldKey::plain(RESOLVED),
            value: vec![1],
            subject,
        }
    }
}
