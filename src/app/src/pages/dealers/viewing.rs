//! The saved view that the list shows: opened by its address, altered, saved.

use super::list::List;
use super::listing::{Criteria, Sort};
use crate::components::icon::Icon;
use crate::components::views::{Views, show_views};
use crate::locales::views;
use crate::state::route::Route;
use std::sync::Arc;
use tongxing_domain::tables::View as Saved;
use tongxing_view::prelude::*;

impl List {
    /// Shows what a saved view says, once the address names one.
    pub(super) fn follow_view(self) {
        let s = self.s;
        Effect::new(move |_| match s.nav.route() {
            Route::DealersIn(id) if !s.shared => {
                let saved = s.store.peek(|book| book.views.get(id).cloned());
                let Some(filter) = saved.as_ref().and_then(|saved| saved.filter.as_ref()) else {
                    s.toasts.warn(s.t(views::GONE).to_owned());
                    s.nav.replace(Route::Dealers);
                    return;
                };
                let arrangement = saved.as_ref().and_then(|it| it.arrangement.as_ref());
                let sort = arrangement.and_then(|it| it.sort.as_ref());
                self.query.set(String::new());
                self.criteria.set(Criteria::of(filter));
                self.view.set(Some(id));
                self.sort.set(Sort::of(sort));
                self.rows.to_top();
            }
            _ => {}
        });
    }

    /// The saved view that is shown, tracked.
    fn saved(self) -> Option<Arc<Saved>> {
        let id = self.view.get()?;
        self.s.store.read(|book| book.views.get(id).cloned())
    }

    /// What is shown as a view that is not saved yet; `None` where it is one as it stands.
    fn unsaved(self) -> Option<Saved> {
        let saved = self.saved();
        let (filter, sort) = (self.criteria.with(Criteria::filter), self.sort.get());
        let mut arrangement = saved.as_ref().and_then(|it| it.arrangement.clone());
        if let Some((key, falling)) = sort.column() {
            arrangement.get_or_insert_default().sort = Some((key.to_owned(), falling));
        }
        let kept = saved.as_deref().cloned().unwrap_or_default();
        let now = Saved {
            filter: Some(filter),
            arrangement,
            ..kept.clone()
        };
        let same_sort = |a: &Saved, b: &Saved| {
            let sort =
                |it: &Saved| Sort::of(it.arrangement.as_ref().and_then(|it| it.sort.as_ref()));
            sort(a) == sort(b)
        };
        let same_filter = kept
            .filter
            .as_ref()
            .is_some_and(|kept| Criteria::of(kept) == self.criteria.get());
        (saved.is_none() || !same_filter || !same_sort(&now, &kept)).then_some(now)
    }

    fn show_views(self) {
        let of = untrack(|| Views {
            shown: self.view.get(),
            unsaved: self.unsaved(),
            open: Route::DealersIn,
            elsewhere: (views::AS_TABLE, Route::View),
            all: Callback::new(move |()| {
                self.show_all();
                self.s.nav.go(Route::Dealers);
            }),
        });
        show_views(self.s, self.sheets, of);
    }

    /// The way to the saved views: the name of the one that is shown, and whether it was altered.
    pub(super) fn views_chip(self) -> View {
        let s = self.s;
        let name = move || match self.saved() {
            Some(saved) => saved.name.clone(),
            None => s.t(views::VIEWS).to_owned(),
        };
        let altered = move || self.saved().is_some() && self.unsaved().is_some();
        view! {
            <button
                class="chip"
                type="button"
                data-internal=""
                aria-haspopup="dialog"
                aria-pressed=move || self.saved().is_some().to_string()
                on:click=move |_| self.show_views()
            >
                {Icon::Star.draw()}
                {name}
                {move || altered().then(|| view! { <b class="count">{s.t(views::ALTERED)}</b> })}
            </button>
        }
    }
}
