//! Registers that are on their way, read as the rows that they make.

use super::{Change, DELETED, FieldSource, YES};
use crate::id::Uuid;
use std::collections::BTreeMap;

/// The registers of one row as they are to be written.
#[derive(Default)]
pub(crate) struct Written<'a>(Vec<&'a Change>);

/// The rows that some registers make, by table and id.
pub(crate) fn rows_of(written: &[Change]) -> BTreeMap<(u16, Uuid), Written<'_>> {
    let mut rows: BTreeMap<(u16, Uuid), Written<'_>> = BTreeMap::new();
    for change in written {
        let row = rows.entry((change.table, change.id)).or_default();
        row.0.push(change);
    }
    rows
}

impl FieldSource for Written<'_> {
    fn field(&self, number: u16) -> Option<&[u8]> {
        self.0
            .iter()
            .find(|change| change.field == number && change.member.is_empty())
            .map(|change| change.value.as_slice())
    }

    fn members<'a>(&'a self, number: u16, each: &mut dyn FnMut(&'a [u8])) {
        for change in &self.0 {
            if change.field == number && !change.member.is_empty() && change.value == YES {
                each(&change.member);
            }
        }
    }

    fn deleted(&self) -> bool {
        self.field(DELETED) == Some(YES)
    }
}
