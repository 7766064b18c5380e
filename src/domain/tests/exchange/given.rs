//! What the tests start from.

use crate::replica::Replica;
use std::sync::Arc;
use tongxing_domain::date::{Date, parse_date};
use tongxing_domain::exchange::{
    DateForm, Incoming, Outgoing, PRESETS, Preset, Sheet, incoming, outgoing,
};
use tongxing_domain::id::Uuid;
use tongxing_domain::import::{self, Grid};
use tongxing_domain::words::Lang;

pub(crate) fn today() -> Date {
    parse_date("2026-03-10").unwrap()
}

pub(crate) fn preset(module: &str) -> &'static Preset {
    let mut found = PRESETS.iter().filter(|preset| preset.module == module);
    found.next().unwrap()
}

pub(crate) fn grid(csv: &str) -> Arc<Grid> {
    Arc::new(import::open(csv.as_bytes(), &import::decode::gb18030).unwrap())
}

impl Replica {
    /// Reads a file by a preset without writing it.
    pub(crate) fn try_take(&self, module: &str, csv: &str) -> Incoming {
        // Ids that no earlier file gave.
        let mut next = self.rows() as u128 * 1000;
        incoming(&self.book, preset(module), &grid(csv), today(), &mut || {
            next += 1;
            Uuid::from_u128(next)
        })
        .unwrap()
    }

    /// Reads a file by a preset and writes it.
    pub(crate) fn take(&mut self, module: &str, csv: &str) -> Incoming {
        let incoming = self.try_take(module, csv);
        assert_eq!(incoming.errors, [], "{module}");
        self.write(&incoming.changes);
        incoming
    }

    pub(crate) fn give(&self, module: &str, form: DateForm) -> Outgoing {
        outgoing(&self.book, preset(module), form, Lang::En)
    }
}

/// The rows of a sheet in order, each as heading and cell, without blank cells.
pub(crate) fn filled(sheet: &Sheet) -> Vec<Vec<(String, String)>> {
    let mut rows: Vec<Vec<(String, String)>> = sheet
        .rows
        .iter()
        .map(|row| {
            let cells = sheet.headings.iter().cloned().zip(row.iter().cloned());
            cells.filter(|(_, cell)| !cell.is_empty()).collect()
        })
        .collect();
    rows.sort();
    rows
}
