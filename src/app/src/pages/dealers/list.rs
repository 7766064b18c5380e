//! The list pane: search, filters, order, and the rows.

use super::filters::filters;
use super::kept::{self, Basis, Place};
use super::listing::{Criteria, Entries, Entry, Sort};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, glyph_hue, glyph_text};
use crate::components::menu::{MenuItem, menu};
use crate::components::pane::empty;
use crate::components::record_form::FormSubject;
use crate::components::sheets::Sheets;
use crate::components::virtual_list::{RowEnd, RowFace, VirtualList};
use crate::locales::{Words, dealers as text, time};
use crate::platform::idle::when_idle;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use leptos::html::{Input, Section};
use std::sync::Arc;
use tongxing_domain::date::days_between;
use tongxing_domain::id::Id;
use tongxing_domain::pacing::Rag;
use tongxing_domain::schema::Record as _;
use tongxing_domain::search::Query;
use tongxing_domain::tables::{Dealer, DealerStatus};
use tongxing_view::prelude::*;

/// With more dealers than this, judging them all waits until the page is painted.
const JUDGED_AT_ONCE: usize = 400;
/// A contact due within so many days is said.
const DUE_SOON_DAYS: i64 = 3;

/// The list and everything that it is narrowed by. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct List {
    s: Scene,
    sheets: Sheets,
    open: Memo<Option<Id<Dealer>>>,
    entries: RwSignal<Arc<Entries>>,
    query: RwSignal<String>,
    /// What the list is narrowed to.
    pub(super) criteria: RwSignal<Criteria>,
    sort: RwSignal<Sort>,
    shown: Memo<Arc<Vec<u32>>>,
    rows: VirtualList,
    search: NodeRef<Input>,
}

impl List {
    /// The list as it was left. `open` is the dealer beside it.
    pub(super) fn new(s: Scene, sheets: Sheets, open: Memo<Option<Id<Dealer>>>) -> Self {
        let Place {
            query,
            criteria,
            sort,
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
        judge(s, entries);
        // Laid out before the first key, so that it is answered at once.
        when_idle(move || untrack(|| s.store.search(|_, _| ())));
        let order =
            Memo::new(move |_| entries.with(|entries| Arc::new(entries.sorted(sort.get()))));
        let shown = Memo::new(move |_| {
            let found = query.with(|query| found(s, query));
            let (entries, order) = (entries.get(), order.get());
            let admitted =
                criteria.with(|criteria| entries.admitted(criteria, &order, found.as_deref()));
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
                    Some(entry) => face(s, entry, open),
                    None => RowFace::default(),
                }
            }),
            open: Callback::new(move |href: String| {
                if let Some(route) = Route::parse(&href) {
                    s.nav.go(route);
                }
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
            shown,
            rows,
            search: NodeRef::new(),
        };
        on_cleanup(move || list.keep());
        list
    }

    fn keep(self) {
        let place = || {
            Some(Place {
                query: self.query.try_get_untracked()?,
                criteria: self.criteria.try_get_untracked()?,
                sort: self.sort.try_get_untracked()?,
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
    fn show_all(self) {
        self.query.set(String::new());
        self.criteria.set(Criteria::default());
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
            </section>
        }
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

    /// What stands where no dealer is shown.
    fn nothing(self) -> View {
        let s = self.s;
        (move || {
            if self.entries.with(|entries| entries.len()) == 0 {
                let acts = view! {
                    <a class="btn" data-kind="primary" href=Route::Import.href()>
                        {s.t(text::IMPORT)}
                    </a>
                    <button class="btn" type="button" on:click=move |_| self.add(String::new())>
                        {s.t(text::NEW)}
                    </button>
                };
                let acts = Some(acts.into_view());
                return empty(
                    Icon::Dealers,
                    s.t(text::NONE_YET),
                    s.t(text::NONE_YET_HINT),
                    acts,
                );
            }
            let query = self.query.get().trim().to_owned();
            let filtered = self.criteria.with(Criteria::any);
            let mut hint = s.t(text::SEARCH_TIP).to_owned();
            if filtered {
                let all =
                    found(s, &query).map_or(self.entries.with(|e| e.len()), |found| found.len());
                hint = format!("{} {hint}", text::without_filters(s.lang, all));
            }
            let named = (!query.is_empty()).then(|| {
                let name = query.clone();
                view! {
                    <button class="btn" type="button" on:click=move |_| self.add(name.clone())>
                        {text::new_named(s.lang, &query)}
                    </button>
                }
            });
            let acts = view! {
                <button
                    class="btn"
                    data-kind="primary"
                    type="button"
                    on:click=move |_| {
                        if filtered {
                            self.criteria.set(Criteria::default());
                        } else {
                            self.show_all();
                        }
                    }
                >
                    {s.t(if filtered { text::CLEAR_FILTERS } else { text::SHOW_ALL })}
                </button>
                {named}
            };
            let title = text::nothing_found(s.lang, &self.query.get(), filtered);
            empty(Icon::Search, title, hint, Some(acts.into_view()))
        })
        .into_view()
    }
}

/// The dealers as they stand: judged, or where that would keep the page waiting, by name.
fn entries_now(s: Scene) -> Arc<Entries> {
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
fn judge(s: Scene, entries: RwSignal<Arc<Entries>>) {
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

/// The dealers that are found, best first; `None` when nothing is searched.
fn found(s: Scene, query: &str) -> Option<Vec<Id<Dealer>>> {
    let query = query.trim();
    if query.is_empty() {
        return None;
    }
    let query = Query::new(query).shared_screen(s.shared);
    let dealers = s.store.search(|_, index| index.dealers(query));
    Some(dealers.into_iter().map(|(dealer, _)| dealer).collect())
}

const fn sort_words(sort: Sort) -> Words {
    match sort {
        Sort::Pressing => text::SORT_PRESSING,
        Sort::Name => text::SORT_NAME,
        Sort::LastContact => text::SORT_LAST,
        Sort::Pace => text::SORT_PACE,
    }
}

/// What a dealer's row shows.
fn face(s: Scene, entry: &Entry, open: Option<Id<Dealer>>) -> RowFace {
    let dealer = &entry.dealer;
    RowFace {
        href: Route::Dealer(dealer.id, DealerTab::Overview).href(),
        glyph: glyph_text(&dealer.name),
        hue: glyph_hue(dealer.id.uuid()),
        title: dealer.name.clone(),
        sub: sub_line(s, dealer),
        end: end(s, entry),
        current: open == Some(dealer.id),
    }
}

/// Region, type and, where the two sides do not work together now, the status.
pub(in crate::pages) fn sub_line(s: Scene, dealer: &Dealer) -> String {
    let status = dealer
        .status
        .filter(|status| *status != DealerStatus::Active);
    let parts = [
        Some(dealer.region.as_str()).filter(|region| !region.is_empty()),
        dealer.kind.map(|kind| s.t(kind.words())),
        status.map(|status| s.t(status.words())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn end(s: Scene, entry: &Entry) -> RowEnd {
    let judged = &entry.judged;
    let last = || match judged.last {
        Some(day) => RowEnd::Text(time::day(s.lang, day, s.today)),
        None => RowEnd::Nothing,
    };
    if s.shared {
        return last();
    }
    if judged.overdue > 0 {
        return RowEnd::Badge(Tone::Risk, text::overdue(s.lang, judged.overdue));
    }
    match judged.pace {
        Some((Rag::Risk, _)) => {
            return RowEnd::Badge(Tone::Risk, s.t(text::GOAL_AT_RISK).to_owned());
        }
        Some((Rag::Watch, _)) => {
            return RowEnd::Badge(Tone::Watch, s.t(text::GOAL_SLOW).to_owned());
        }
        _ => {}
    }
    if judged.new {
        return RowEnd::Badge(Tone::None, s.t(text::NEW_DEALER).to_owned());
    }
    let due_in = judged.due.map(|due| days_between(s.today, due));
    match due_in {
        Some(days @ 0..=DUE_SOON_DAYS) => RowEnd::Badge(Tone::Watch, text::due_soon(s.lang, days)),
        _ => last(),
    }
}
