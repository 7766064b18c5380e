//! Who edits on which device, for all members to read.
//!
//! A stamp names its device alone. What people call whoever edits there is a row of a reserved
//! table, so that it is stored, sent and joined as all rows are. Its id follows from the device,
//! so there is one row for each.
//!
//! | number | field | value |
//! | --- | --- | --- |
//! | 1 | name | UTF-8 |

use crate::activity::Subject;
use crate::hlc::DeviceId;
use crate::replica::{Edit, Replica};
use crate::row::{FieldKey, Row, RowId, RowKey, TableId};

/// The table of authors.
pub const TABLE: TableId = TableId(0xFFFE);

const NAME: u16 = 1;

/// Where the name of whoever edits on a device lies.
#[must_use]
pub fn row_key(device: DeviceId) -> RowKey {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&device.0.to_be_bytes());
    RowKey::new(TABLE, RowId(id))
}

/// The name in a row of [`TABLE`]; `None` where it holds none.
#[must_use]
pub fn name(row: &Row) -> Option<&str> {
    let name = std::str::from_utf8(row.get(NAME)?.value).ok()?;
    (!name.is_empty()).then_some(name)
}

/// The edit that tells the others who edits on the replica's device; `None` while they know.
/// A device without a name tells nothing.
#[must_use]
pub fn signature(replica: &Replica, author: &str) -> Option<Edit> {
    let key = row_key(replica.device());
    let known = replica.row(&key).and_then(name);
    (!author.is_empty() && known != Some(author)).then(|| Edit {
        key,
        field: FieldKey::plain(NAME),
        value: author.as_bytes().to_vec(),
        subject: Subject::default(),
    })
}
