//! Today: whom to see, what is due, who has not been heard from, which goals fall behind. Each is
//! one tap from being dealt with.

mod behind;
mod contracts;
mod due;
pub(super) mod new_meeting;
mod news;
mod overdue;
mod visits;

use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::pane::{empty, note};
use crate::components::sheets::Sheets;
use crate::locales::{Words, calendar, schedule, today as texts};
use crate::platform::clock;
use crate::state::kept::kept;
use crate::state::route::Route;
use crate::state::scene::{Scene, scene};
use tongxing_domain::attention::Attention;
use tongxing_domain::book::Book;
use tongxing_domain::id::Id;
use tongxing_domain::tables::Dealer;
use tongxing_view::prelude::*;

/// The Today page.
pub fn page() -> View {
    let s = scene();
    let sheets = Sheets::default();
    let is_empty = Memo::new(move |_| s.store.read(|book| book.dealers.is_empty()));
    let body = move || {
        if is_empty.get() {
            super::welcome::view()
        } else {
            untrack(|| busy(s, sheets))
        }
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one">
            {body}
            {sheets.view()}
        </main>
    }
}

fn busy(s: Scene, sheets: Sheets) -> View {
    let found = Memo::new(move |_| kept(s, "attention", (), |book| Attention::of(book, s.today)));
    let summary = move || {
        let (visits, due) = found.with(|found| (found.visits.len(), found.due.len()));
        let due = if s.shared { 0 } else { due };
        let (hour, _) = clock::this_minute().time();
        let greeting = s
            .session
            .member
            .with(|name| texts::greeting(s.lang, hour, name));
        format!("{greeting} · {}", texts::summary(s.lang, visits, due))
    };
    let clear = Memo::new(move |_| {
        found.with(|found| {
            found.visits.is_empty()
                && found.due.is_empty()
                && found.overdue.is_empty()
                && found.behind.is_empty()
        })
    });
    let main = move || {
        if s.shared {
            return view! {
                {visits::today(s, found)}
                {note(Tone::Info, s.t(texts::SHARED), None)}
            };
        }
        if clear.get() {
            return all_clear(s);
        }
        view! {
            {visits::today(s, found)}
            {due::view(s, sheets, found)}
        }
    };
    let beside = (!s.shared).then(|| {
        view! {
            <aside aria-label=s.t(texts::ASIDE)>
                {overdue::view(s, sheets, found)}
                {news::view(s, sheets)}
                {contracts::view(s)}
                {behind::view(s, found)}
                {visits::upcoming(s)}
            </aside>
        }
    });
    view! {
        <section class="pane" data-role="page" aria-label=schedule::heading(s.lang, s.today)>
            <header class="head">
                <div class="head-main">
                    <h1 class="head-title">
                        <time datetime=s.today.to_string()>{schedule::heading(s.lang, s.today)}</time>
                    </h1>
                    <p class="head-sub">{summary}</p>
                </div>
                <div class="head-actions">
                    <a class="btn" href=Route::Calendar.href()>
                        {Icon::Calendar.draw()}
                        {s.t(calendar::CALENDAR)}
                    </a>
                    {open(s, sheets, Icon::Note, texts::NOTE, false, true)}
                    {open(s, sheets, Icon::Plus, texts::NEW_MEETING, true, false)}
                </div>
            </header>
            <div class="body">
                <div class="columns">
                    <div>{main}</div>
                    {beside}
                </div>
            </div>
        </section>
    }
}

/// A button that opens the dialog for a new meeting.
fn open(s: Scene, sheets: Sheets, icon: Icon, words: Words, primary: bool, now: bool) -> View {
    view! {
        <button
            class="btn"
            data-kind=primary.then_some("primary")
            type="button"
            on:click=move |_| sheets.show(move || new_meeting::dialog(s, sheets, now))
        >
            {icon.draw()}
            {s.t(words)}
        </button>
    }
}

fn all_clear(s: Scene) -> View {
    let act = view! {
        <a class="btn" data-kind="primary" href=Route::Dealers.href()>{s.t(texts::SEE_DEALERS)}</a>
    };
    empty(
        Icon::Check,
        s.t(texts::ALL_CLEAR),
        s.t(texts::ALL_CLEAR_TEXT),
        Some(act.into_view()),
    )
}

/// The name of a dealer, in the bin or not.
fn dealer_name(book: &Book, dealer: Id<Dealer>) -> String {
    book.dealers
        .get_any(dealer)
        .map(|dealer| dealer.name.clone())
        .unwrap_or_default()
}

/// A list that begins with its first entries and shows all on demand.
#[derive(Clone, Copy)]
struct Cut {
    all: RwSignal<bool>,
    first: usize,
}

impl Cut {
    fn after(first: usize) -> Self {
        Self {
            all: RwSignal::new(false),
            first,
        }
    }

    /// How many entries are shown, tracked.
    fn shown(self, count: usize) -> usize {
        if self.all.get() {
            count
        } else {
            count.min(self.first)
        }
    }

    /// The switch between both; nothing where the list is short.
    fn switch(self, s: Scene, count: impl Fn() -> usize + Send + Sync + 'static) -> View {
        (move || {
            (count() > self.first).then(|| {
                let words = if self.all.get() {
                    texts::SHOW_LESS
                } else {
                    texts::SHOW_ALL
                };
                view! {
                    <button
                        class="section-more"
                        type="button"
                        aria-expanded=move || self.all.get().to_string()
                        on:click=move |_| self.all.update(|all| *all = !*all)
                    >
                        {s.t(words)}
                    </button>
                }
            })
        })
        .into_view()
    }
}
