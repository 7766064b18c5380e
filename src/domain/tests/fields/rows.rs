//! A row of registers as the merge keeps it.

use std::collections::BTreeMap;
use tongxing_domain::schema::{Change, DELETED, FieldSource, YES};

#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) registers: BTreeMap<(u16, Vec<u8>), Vec<u8>>,
}

impl Row {
    pub(crate) fn of(changes: &[Change]) -> Self {
        let mut row = Self::default();
        row.write(changes);
        row
    }

    pub(crate) fn write(&mut self, changes: &[Change]) {
        for change in changes {
            self.registers
                .insert((change.field, change.member.clone()), change.value.clone());
        }
    }

    pub(crate) fn set(&mut self, field: u16, bytes: &[u8]) {
        self.registers.insert((field, Vec::new()), bytes.to_vec());
    }
}

impl FieldSource for Row {
    fn field(&self, number: u16) -> Option<&[u8]> {
        self.registers.get(&(number, Vec::new())).map(Vec::as_slice)
    }

    fn members<'a>(&'a self, number: u16, each: &mut dyn FnMut(&'a [u8])) {
        for ((field, member), value) in &self.registers {
            if *field == number && value == YES {
                each(member);
            }
        }
    }

    fn deleted(&self) -> bool {
        self.field(DELETED) == Some(YES)
    }
}
