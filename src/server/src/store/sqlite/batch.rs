//! Statements over many rows. One statement a row would spend most of its time between threads.

use std::sync::LazyLock;

/// Sizes in which rows are gathered, largest first. Few, so that each is prepared once and kept.
const SIZES: [usize; 4] = [250, 50, 10, 1];

/// The texts of one statement, one for each size.
pub(super) struct Batched([(usize, String); SIZES.len()]);

impl Batched {
    /// `head`, then `item` once for each row with commas between, then `tail`.
    fn new(head: &str, item: &str, tail: &str) -> Self {
        Self(SIZES.map(|size| {
            let items = vec![item; size].join(",");
            (size, format!("{head}{items}{tail}"))
        }))
    }

    /// How to take `count` rows: each step with its number of rows and its text.
    pub(super) fn steps(
        &'static self,
        mut count: usize,
    ) -> impl Iterator<Item = (usize, &'static str)> {
        std::iter::from_fn(move || {
            let (size, text) = self.0.iter().find(|(size, _)| *size <= count)?;
            count -= size;
            Some((*size, text.as_str()))
        })
    }
}

/// Binds the team once, then for each row its id.
pub(super) static VERSIONS: LazyLock<Batched> = LazyLock::new(|| {
    Batched::new(
        "SELECT row, position, length(envelope) FROM rows WHERE team = ? AND row IN (",
        "?",
        ")",
    )
});

/// Binds the team once, then for each row its id.
pub(super) static ROWS: LazyLock<Batched> = LazyLock::new(|| {
    Batched::new(
        "SELECT row, position, envelope FROM rows WHERE team = ? AND row IN (",
        "?",
        ")",
    )
});

/// Binds the team once, then for each row its id.
pub(super) static DELETE_ROWS: LazyLock<Batched> =
    LazyLock::new(|| Batched::new("DELETE FROM rows WHERE team = ? AND row IN (", "?", ")"));

/// Binds for each row the team, its position, id and envelope. A failure ends the transaction, so the
/// statement by itself need not be undone: without `OR FAIL` SQLite would keep a second copy of every page
/// that it changes, only to be able to.
pub(super) static INSERT_ROWS: LazyLock<Batched> = LazyLock::new(|| {
    Batched::new(
        "INSERT OR FAIL INTO rows (team, position, row, envelope) VALUES ",
        "(?, ?, ?, ?)",
        "",
    )
});

#[cfg(test)]
mod tests {
    use super::VERSIONS;

    #[test]
    fn steps_take_every_row_once() {
        for count in [0, 1, 9, 10, 499, 500, 1_000] {
            let sizes: Vec<usize> = VERSIONS.steps(count).map(|(size, _)| size).collect();
            assert_eq!(sizes.iter().sum::<usize>(), count);
            assert!(sizes.len() < 30, "{count}: {sizes:?}");
        }
    }

    #[test]
    fn a_text_has_a_place_for_each_row() {
        for (size, text) in VERSIONS.steps(311) {
            assert_eq!(text.matches('?').count(), size + 1);
        }
    }
}
