//! What the list remembers while the app is open: coming back from a meeting, it stands where
//! it was left, and nothing is judged twice.

use super::listing::{Criteria, Entries, Sort};
use std::cell::RefCell;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::date::Date;
use tongxing_domain::id::Id;
use tongxing_domain::tables::View;

/// Where the list was left.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// What was searched.
    pub(super) query: String,
    /// What it was narrowed to.
    pub(super) criteria: Criteria,
    /// Its order.
    pub(super) sort: Sort,
    /// The saved view that it was opened as.
    pub(super) view: Option<Id<View>>,
    /// How far it was scrolled.
    pub(super) scrolled: f64,
}

/// What the judged entries were made from: they hold as long as it is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Basis {
    today: Date,
    revisions: [u64; 5],
}

impl Basis {
    /// The basis of the book as it stands.
    pub(super) fn of(book: &Book, today: Date) -> Self {
        let revisions = [
            book.dealers.revision(),
            book.meetings.revision(),
            book.goals.revision(),
            book.readings.revision(),
            book.metrics.revision(),
        ];
        Self { today, revisions }
    }
}

#[derive(Default)]
struct Kept {
    place: Place,
    entries: Option<(Basis, Arc<Entries>)>,
}

// The page's own state ends with the page; this outlives it, and only the page's thread sees it.
thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// Where the list was left.
pub(super) fn place() -> Place {
    KEPT.with_borrow(|kept| kept.place.clone())
}

/// Remembers where the list is left.
pub(super) fn keep_place(place: Place) {
    KEPT.with_borrow_mut(|kept| kept.place = place);
}

/// The judged entries, if they still hold.
pub(super) fn entries(basis: Basis) -> Option<Arc<Entries>> {
    KEPT.with_borrow(|kept| {
        let (made_from, entries) = kept.entries.as_ref()?;
        (*made_from == basis).then(|| Arc::clone(entries))
    })
}

/// Remembers judged entries.
pub(super) fn keep_entries(basis: Basis, entries: Arc<Entries>) {
    KEPT.with_borrow_mut(|kept| kept.entries = Some((basis, entries)));
}
