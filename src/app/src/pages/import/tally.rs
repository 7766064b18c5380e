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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tongxing_domain::book::Book;
    use tongxing_domain::date::parse_date;
    use tongxing_domain::import::{Mapping, decode, open};

    #[test]
    fn choices_move_rows_from_one_count_to_another() {
        let csv = "经销商名称,区域,年营业额\n甲,杭州,1\n甲,杭州,2\n乙,宁波,-3\n";
        let grid = Arc::new(open(csv.as_bytes(), &decode::gb18030).unwrap());
        let (book, today) = (Book::default(), parse_date("2026-03-10").unwrap());
        let mapping = Mapping::guess_content(&grid, &book, today);
        let mut import = Import::make(&book, grid, mapping, today).unwrap();
        let usual = Tally::of(&import);
        assert_eq!((usual.created, usual.updated, usual.wrong), (1, 1, 1));
        assert_eq!(usual.written(), 2);
        import.choose(1, Choice::Skip);
        let skipped = Tally::of(&import);
        assert_eq!((skipped.written(), skipped.skipped), (1, 1));
        import.choose(1, Choice::Create);
        assert_eq!(Tally::of(&import).created, 2);
    }
}
