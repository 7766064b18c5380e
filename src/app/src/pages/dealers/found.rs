//! Which dealers the list finds, and how they stand: judged where that does not keep the page waiting.

use super::kept::{self, Basis};
use super::listing::{Criteria, Entries};
use crate::platform::idle::when_idle;
use crate::state::scene::Scene;
use std::collections::BTreeSet;
use std::sync::Arc;
use tongxing_domain::custom;
use tongxing_domain::filter::Filter;
use tongxing_domain::id::Id;
use tongxing_domain::schema::Record as _;
use tongxing_domain::search::Query;
use tongxing_domain::tables::{Dealer, View as Saved};
use tongxing_domain::view::{self, Arrangement};
use tongxing_view::prelude::*;

/// With more dealers than this, judging them all waits until the page is painted.
const JUDGED_AT_ONCE: usize = 400;

/// The dealers as they stand: judged, or where that would keep the page waiting, by name.
pub(super) fn entries_now(s: Scene) -> Arc<Entries> {
    let basis = s.store.peek(|book| Basis::of(book, s.today));
    if let Some(kept) = kept::entries(basis) {
        return kept;
    }
    if s.store.peek(|book| book.dealers.len()) <= JUDGED_AT_ONCE {
        return judged(s, basis);
    }
    Arc::new(s.store.peek(Entries::named))
}

fn judged(s: Scene, basis: Basis) -> Arc<Entries> {
    let judged = Arc::new(s.store.peek(|book| Entries::judged(book, s.today)));
    kept::keep_entries(basis, Arc::clone(&judged));
    judged
}

/// Judges the dealers after every change of what they are judged by; many of them only once the
/// page is painted.
pub(super) fn judge(s: Scene, entries: RwSignal<Arc<Entries>>) {
    Effect::new(move |_| {
        let basis = s.store.read(|book| Basis::of(book, s.today));
        if let Some(kept) = kept::entries(basis) {
            if !Arc::ptr_eq(&kept, &entries.get_untracked()) {
                entries.set(kept);
            }
            return;
        }
        let number = s.store.peek(|book| book.dealers.len());
        if number <= JUDGED_AT_ONCE {
            entries.set(judged(s, basis));
            return;
        }
        if entries.with_untracked(|entries| entries.len()) != number {
            entries.set(Arc::new(s.store.peek(Entries::named)));
        }
        when_idle(move || {
            // A later change waits for its own turn.
            if s.store.peek(|book| Basis::of(book, s.today)) == basis {
                entries.try_set(judged(s, basis));
            }
        });
    });
}

/// Those that the conditions beyond choices leave; `None` without such conditions.
pub(super) fn fitting(
    s: Scene,
    criteria: RwSignal<Criteria>,
) -> Memo<Option<Arc<BTreeSet<Id<Dealer>>>>> {
    let conditions = Memo::new(move |_| criteria.with(|criteria| criteria.conditions.clone()));
    Memo::new(move |_| {
        let conditions = conditions.get();
        if conditions.is_empty() {
            return None;
        }
        let filter = conditions
            .into_iter()
            .fold(Filter::all(Dealer::TABLE), |filter, condition| {
                filter.clone().and(condition).unwrap_or(filter)
            });
        let fitting = s.store.read(|book| {
            let all = book.dealers.iter();
            let fit = all.filter(|dealer| filter.takes(book, &***dealer, s.today));
            fit.map(|dealer| dealer.id).collect()
        });
        Some(Arc::new(fitting))
    })
}

/// Every dealer in the order of a saved view.
pub(super) fn ordered(s: Scene, view: Option<Id<Saved>>) -> Vec<Id<Dealer>> {
    s.store.read(|book| {
        let saved = view.and_then(|id| book.views.get(id));
        let sort = saved.and_then(|saved| saved.arrangement.as_ref()?.sort.clone());
        let every = Saved {
            filter: Some(Filter::all(Dealer::TABLE)),
            arrangement: Some(Arrangement {
                sort,
                ..Arrangement::default()
            }),
            ..Saved::default()
        };
        let groups = view::rows(book, &every, s.today);
        let rows = groups.iter().flat_map(|group| &group.rows);
        rows.map(|row| Id::new(row.uuid())).collect()
    })
}

/// What each dealer holds in the team's own fields.
pub(super) type Held = Arc<Vec<(Id<Dealer>, String)>>;

/// The dealers that are found, best first; `None` when nothing is searched.
pub(super) fn found(s: Scene, query: &str, held: Memo<Held>) -> Option<Vec<Id<Dealer>>> {
    let query = query.trim();
    if query.is_empty() {
        return None;
    }
    let asked = Query::new(query).shared_screen(s.shared);
    let dealers = s.store.search(|_, index| index.dealers(asked));
    let mut dealers: Vec<_> = dealers.into_iter().map(|(dealer, _)| dealer).collect();
    // Those that hold it in a field of the team's own come last.
    for dealer in held.with(|held| custom::found(held, query)) {
        if !dealers.contains(&dealer) {
            dealers.push(dealer);
        }
    }
    Some(dealers)
}
