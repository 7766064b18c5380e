//! The list pane: search, filters, order, and the rows.

use super::choosing::Choosing;
use super::filters::filters;
use super::found::{Held, entries_now, fitting, found, judge, ordered};
use super::kept::{self, Place};
use super::listing::{Criteria, Entries, Sort};
use super::row::face;
use crate::components::icon::Icon;
use crate::components::menu::{MenuItem, menu};
use crate::components::record_form::FormSubject;
use crate::components::sheets::Sheets;
use crate::components::virtual_list::{RowFace, VirtualList};
use crate::locales::{Words, bulk, dealers as text};
use crate::platform::idle::when_idle;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use leptos::html::{Input, Section};
use std::sync::Arc;
use tongxing_domain::custom;
use tongxing_domain::id::Id;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{Dealer, DealerStatus, View as Saved};
use tongxing_view::prelude::*;

/// The list and everything that it is narrowed by. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) s: Scene,
    pub(super) sheets: Sheets,
    open: Memo<Option<Id<Dealer>>>,
    pub(super) entries: RwSignal<Arc<Entries>>,
    pub(super) query: RwSignal<String>,
    /// What the list is narrowed to.
    pub(super) criteria: RwSignal<Criteria>,
    pub(super) sort: RwSignal<Sort>,
    /// The saved view that it was opened as.
    pub(super) view: RwSignal<Option<Id<Saved>>>,
    /// The dealers that are chosen, to be edited together.
    pub(super) choosing: Choosing,
    /// What dealers hold in the team's own fields, for searching.
    pub(super) held: Memo<Held>,
    shown: Memo<Arc<Vec<u32>>>,
    pub(super) rows: VirtualList,
    search: NodeRef<Input>,
}

impl List {
    /// The list as it was left. `open` is the dealer beside it.
    pub(super) fn new(s: Scene, sheets: Sheets, open: Memo<Option<Id<Dealer>>>) -> Self {
        let Place {
            query,
            criteria,
            sort,
            view,
            scrolled,
        } = kept::place();
        let criteria = if s.shared {
            criteria.without_internal()
        } else {
            criteria
        };
        let sort = if s.shared && !Sort::OPEN.contains(&sort) {
            Sort::Name
        } else {
            sort
        };
        let entries = RwSignal::new(entries_now(s));
        let query = RwSignal::new(query);
        let (criteria, sort) = (RwSignal::new(criteria), RwSignal::new(sort));
        let view = RwSignal::new(view.filter(|_| !s.shared));
        let choosing = Choosing::default();
        judge(s, entries);
        // Laid out before the first key, so that it is answered at once.
        when_idle(move || untrack(|| s.store.search(|_, _| ())));
        let order = Memo::new(move |_| {
            let entries = entries.get();
            Arc::new(match sort.get() {
                Sort::View => entries.places(&ordered(s, view.get())),
                sort => entries.sorted(sort),
            })
        });
        let fitting = fitting(s, criteria);
        // Read when something is searched for the first time, and after every change since.
        let held = Memo::new(move |_| {
            s.store
                .read(|book| Arc::new(custom::searched(book, s.shared)))
        });
        let shown = Memo::new(move |_| {
            let found = query.with(|query| found(s, query, held));
            let (entries, order, fitting) = (entries.get(), order.get(), fitting.get());
            let admitted = criteria.with(|criteria| {
                entries.admitted(criteria, &order, found.as_deref(), fitting.as_deref())
            });
            Arc::new(admitted)
        });
        let rows = VirtualList {
            pane: NodeRef::<Section>::new(),
            count: Signal::derive(move || shown.with(|shown| shown.len())),
            face: Callback::new(move |index: usize| {
                let open = open.get();
                let place = shown.with(|shown| shown.get(index).copied());
                let entries = entries.get();
                match place.and_then(|place| entries.get(place)) {
                    Some(entry) => face(s, entry, open, choosing.has(entry.dealer.id)),
                    None => RowFace::default(),
                }
            }),
            open: Callback::new(move |href: String| {
                if let Some(route) = Route::parse(&href) {
                    s.nav.go(route);
                }
            }),
            pick: Callback::new(move |(index, range): (usize, bool)| {
                let id_at = |index: usize| {
                    let place = shown.with_untracked(|shown| shown.get(index).copied())?;
                    let entries = entries.get_untracked();
                    entries.get(place).map(|entry| entry.dealer.id)
                };
                choosing.pick(index, range, &id_at)
            }),
            cursor: RwSignal::new(None),
            scrolled: StoredValue::new(scrolled),
        };
        let list = Self {
            s,
            sheets,
            open,
            entries,
            query,
            criteria,
            sort,
            view,
            choosing,
            held,
            shown,
            rows,
            search: NodeRef::new(),
        };
        list.follow_view();
        on_cleanup(move || list.keep());
        list
    }

    fn keep(self) {
        let place = || {
            Some(Place {
                query: self.query.try_get_untracked()?,
                criteria: self.criteria.try_get_untracked()?,
                sort: self.sort.try_get_untracked()?,
                view: self.view.try_get_untracked()?,
                scrolled: self.rows.scrolled.try_get_value()?,
            })
        };
        if let Some(place) = place() {
            kept::keep_place(place);
        }
    }

    /// The entries, tracked.
    pub(super) fn entries(self) -> Arc<Entries> {
        self.entries.get()
    }

    /// How many dealers are shown, tracked.
    pub(super) fn count(self) -> usize {
        self.rows.count.get()
    }

    /// Puts the keyboard into the search.
    pub(super) fn focus_search(self) {
        if let Some(input) = self.search.get_untracked() {
            let _ = input.focus();
            input.select();
        }
    }

    /// Moves the keyboard to the next or the previous row.
    pub(super) fn step(self, down: bool) {
        self.rows.step(down);
    }

    /// Opens the form of a new dealer.
    pub(super) fn add(self, name: String) {
        let s = self.s;
        let dealer = Dealer {
            name,
            status: Some(DealerStatus::Active),
            ..Dealer::with_id(s.store.fresh())
        };
        let subject = FormSubject {
            record: Box::new(dealer),
            new: true,
            title: s.t(text::NEW).to_owned(),
            dealer: Default::default(),
            without: &[],
        };
        self.sheets.form_then(subject, move |id| {
            s.nav.go(Route::Dealer(Id::new(id), DealerTab::Overview))
        });
    }

    /// Shows every dealer again.
    pub(super) fn show_all(self) {
        self.query.set(String::new());
        self.clear();
    }

    /// Takes every filter away.
    pub(super) fn clear(self) {
        self.criteria.set(Criteria::default());
        self.view.set(None);
        if self.sort.get_untracked() == Sort::View {
            self.sort.set(Sort::default());
        }
    }

    /// The pane.
    pub(super) fn view(self) -> View {
        let s = self.s;
        let title = move || {
            let name = s.t(text::TITLE);
            if self.open.with(Option::is_some) {
                view! { <h2 class="head-title">{name}</h2> }
            } else {
                view! { <h1 class="head-title">{name}</h1> }
            }
        };
        let sub = move || {
            let (all, shown) = (self.entries.with(|entries| entries.len()), self.count());
            format!(
                "{} · {}",
                text::count(s.lang, shown, all),
                s.t(sort_words(self.sort.get()))
            )
        };
        view! {
            <section class="pane" data-role="list" aria-label=s.t(text::TITLE) node_ref=self.rows.pane>
                <header class="head">
                    <div class="head-main">
                        {title}
                        <p class="head-sub" role="status">{sub}</p>
                    </div>
                    <div class="head-actions">
                        {(!s.shared).then(|| self.choose_button())}
                        {move || self.sort_menu()}
                        <button
                            class="icon-btn"
                            type="button"
                            aria-label=s.t(text::NEW)
                            aria-keyshortcuts="n"
                            on:click=move |_| self.add(String::new())
                        >
                            {Icon::Plus.draw()}
                        </button>
                    </div>
                    <div class="head-more">{self.search_box()}{self.chips()}</div>
                </header>
                <div class="body">{self.body()}</div>
                {self.choosing.bar(self)}
            </section>
        }
    }

    fn choose_button(self) -> View {
        let on = self.choosing.on;
        view! {
            <button
                class="icon-btn"
                type="button"
                aria-label=self.s.t(bulk::CHOOSE)
                aria-pressed=move || on.get().to_string()
                aria-keyshortcuts="x"
                on:click=move |_| self.choosing.turn()
            >
                {Icon::Check.draw()}
            </button>
        }
    }

    /// Chooses the row that has the keyboard, or takes the choice back.
    pub(super) fn pick_here(self) -> bool {
        if self.s.shared {
            return false;
        }
        if !self.choosing.on.get_untracked() {
            self.choosing.turn();
        }
        self.rows.pick_here()
    }

    /// Opens rows by taps again; tells whether they were chosen until now.
    pub(super) fn end_choosing(self) -> bool {
        let chose = self.choosing.on.get_untracked();
        if chose {
            self.choosing.turn();
        }
        chose
    }

    /// The dealers that are shown, in their order.
    pub(super) fn all_shown(self) -> Vec<Id<Dealer>> {
        let entries = self.entries.get_untracked();
        self.shown.with_untracked(|shown| {
            let dealers = shown.iter().filter_map(|place| entries.get(*place));
            dealers.map(|entry| entry.dealer.id).collect()
        })
    }

    fn sort_menu(self) -> View {
        let s = self.s;
        let chosen = self.sort.get();
        let sorts: &[Sort] = if s.shared { &Sort::OPEN } else { &Sort::ALL };
        let items = sorts
            .iter()
            .map(|sort| {
                let sort = *sort;
                let icon = if sort == chosen {
                    Icon::Check
                } else {
                    Icon::Sort
                };
                MenuItem::new(icon, s.t(sort_words(sort)), move || self.sort.set(sort))
            })
            .collect();
        menu(Icon::Sort, s.t(text::SORT).to_owned(), items)
    }

    fn search_box(self) -> View {
        let s = self.s;
        view! {
            <label class="search">
                {Icon::Search.draw()}
                <span class="sr">{s.t(text::SEARCH)}</span>
                <input
                    type="search"
                    node_ref=self.search
                    placeholder=s.t(text::SEARCH_HINT)
                    autocomplete="off"
                    spellcheck="false"
                    enterkeyhint="search"
                    aria-keyshortcuts="/"
                    prop:value=move || self.query.get()
                    on:input=move |event| {
                        self.query.set(event_target_value(&event));
                        self.rows.to_top();
                    }
                    on:keydown=move |event| match event.key().as_str() {
                        "ArrowDown" => {
                            event.prevent_default();
                            self.rows.cursor.set(None);
                            self.step(true);
                        }
                        "Enter" => {
                            event.prevent_default();
                            self.open_first();
                        }
                        "Escape" if !self.query.with_untracked(String::is_empty) => {
                            event.prevent_default();
                            self.query.set(String::new());
                        }
                        _ => {}
                    }
                />
                <kbd aria-hidden="true">"/"</kbd>
            </label>
        }
    }

    fn open_first(self) {
        let first = self.shown.with_untracked(|shown| shown.first().copied());
        let entries = self.entries.get_untracked();
        if let Some(entry) = first.and_then(|place| entries.get(place)) {
            self.s
                .nav
                .go(Route::Dealer(entry.dealer.id, DealerTab::Overview));
        }
    }

    fn chips(self) -> View {
        let s = self.s;
        let criteria = self.criteria;
        let chip =
            |words: Words, on: fn(&mut Criteria) -> &mut bool, count: fn(&Entries) -> usize| {
                view! {
                    <button
                        class="chip"
                        type="button"
                        data-internal=""
                        aria-pressed=move || criteria.with(|now| *on(&mut now.clone())).to_string()
                        on:click=move |_| criteria.update(|now| {
                            let on = on(now);
                            *on = !*on;
                        })
                    >
                        {s.t(words)}
                        <b class="count">{move || self.entries.with(|entries| count(entries))}</b>
                    </button>
                }
            };
        let internal = (!s.shared).then(|| {
            view! {
                {chip(text::OVERDUE, |now| &mut now.overdue, |entries| entries.overdue)}
                {chip(text::BEHIND, |now| &mut now.behind, |entries| entries.behind)}
            }
        });
        let facets = move || criteria.with(Criteria::facets);
        view! {
            <div class="chips" role="group" aria-label=s.t(text::FILTER)>
                {internal}
                {(!s.shared).then(|| self.views_chip())}
                <button
                    class="chip"
                    type="button"
                    aria-haspopup="dialog"
                    aria-pressed=move || (facets() > 0).to_string()
                    on:click=move |_| self.sheets.show(move || filters(s, self, self.sheets))
                >
                    {Icon::Filter.draw()}
                    <span class="sr">{s.t(text::MORE_FILTERS)}</span>
                    {move || (facets() > 0).then(|| view! { <b class="count">{facets()}</b> })}
                </button>
            </div>
        }
    }

    fn body(self) -> View {
        let none = Memo::new(move |_| self.count() == 0);
        (move || {
            if none.get() {
                self.nothing()
            } else {
                self.rows.view()
            }
        })
        .into_view()
    }
}

const fn sort_words(sort: Sort) -> Words {
    match sort {
        Sort::Pressing => text::SORT_PRESSING,
        Sort::Name => text::SORT_NAME,
        Sort::LastContact => text::SORT_LAST,
        Sort::Pace => text::SORT_PACE,
        Sort::View => text::SORT_VIEW,
    }
}
