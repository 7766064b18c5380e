//! The file and its mapping while the person looks something up on another page.

use super::Table;
use std::cell::RefCell;
use tongxing_domain::import::Mapping;

/// An import that was left before its end.
pub(super) struct Kept {
    pub(super) table: Table,
    pub(super) mapping: Mapping,
}

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// Keeps an import until the page is opened again.
pub(super) fn keep(kept: Kept) {
    KEPT.with(|slot| slot.replace(Some(kept)));
}

/// The import that was left.
pub(super) fn take() -> Option<Kept> {
    KEPT.with(|slot| slot.take())
}
