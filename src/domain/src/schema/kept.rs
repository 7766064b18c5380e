//! The registers of a row as storage keeps them, for tests that write changes and read records.

use super::{Change, DELETED, FieldSource, YES};
use std::collections::BTreeMap;

/// The registers of one row by field and member.
#[derive(Default)]
pub(crate) struct Kept(BTreeMap<(u16, Vec<u8>), Vec<u8>>);

impl Kept {
    /// Takes a register in over what was there.
    pub(crate) fn write(&mut self, change: &Change) {
        let register = (change.field, change.member.clone());
        self.0.insert(register, change.value.clone());
    }
}

impl FieldSource for Kept {
    fn field(&self, number: u16) -> Option<&[u8]> {
        self.0.get(&(number, Vec::new())).map(Vec::as_slice)
    }

    fn members<'a>(&'a self, number: u16, each: &mut dyn FnMut(&'a [u8])) {
        for ((field, member), value) in &self.0 {
            if *field == number && !member.is_empty() && value == YES {
                each(member);
            }
        }
    }

    fn deleted(&self) -> bool {
        self.field(DELETED) == Some(YES)
    }
}
