//! How many rows would be, or were, written.

use tongxing_domain::import::{Choice, Import, Verdict};

/// Rows by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Something new.
    pub(super) created: usize,
    /// Something that was there gets other values.
    pub(super) updated: usize,
    /// Possible duplicates that are skipped.
    pub(super) skipped: usize,
    /// Rows with errors.
    pub(super) wrong: usize,
    /// Rows that say what the book has already.
    pub(super) same: usize,
}

impl Tally {
    /// What the choices that are made so far come to.
    pub(super) fn of(import: &Import) -> Self {
        let mut tally = Self::default();
        for row in import.rows() {
            let place = match (&row.verdict, import.choice(row.row)) {
                (Verdict::New, _) | (_, Some(Choice::Create)) => &mut tally.created,
                (Verdict::Update(_), _) | (_, Some(Choice::Update)) => &mut tally.updated,
                (_, Some(Choice::Skip)) => &mut tally.skipped,
                (Verdict::Error(_), _) => &mut tally.wrong,
                (Verdict::Same | Verdict::Duplicate { .. }, _) => &mut tally.same,
            };
            *place += 1;
        }
        tally
    }

    /// Rows that are written.
    pub(super) fn written(self) -> usize {
        self.created + self.updated
    }
}
