//! A meeting from its preparation to its end: prepare, check in, talk, agree, close. A closed one
//! is there to be read.

mod agenda;
mod agree;
mod came;
mod check_in;
mod close;
mod people;
mod plan_choice;
mod prepare;
mod record;
mod run;
mod share;
mod writing;

use crate::components::edited_apart::edited_apart;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::menu::{MenuItem, menu};
use crate::components::pane::{empty, note};
use crate::components::record_form::FormSubject;
use crate::components::record_sheet;
use crate::components::sheets::Sheets;
use crate::components::stepper::{StepMark, stepper};
use crate::locales::{form, meeting as texts, schedule, shell, time};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route, VisitStep};
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::id::Id;
use tongxing_domain::schema::{AnyRecord as _, Change, Record, bin, changes};
use tongxing_domain::tables::{Channel, Dealer, Issue, Meeting, MeetingStage};
use tongxing_domain::value::{Link, Outcome};
use tongxing_view::prelude::*;
use writing::Writing;

/// The meeting page.
pub fn page() -> View {
    let s = scene();
    let id = Memo::new(move |_| match s.nav.route() {
        Route::Meeting(id, _) => Some(id),
        _ => None,
    });
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one">
            {move || id.get().map(|id| untrack(|| pane(s, id)))}
        </main>
    }
}

/// What the page can do with a meeting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Missing,
    Binned,
    Open,
    Closed,
    CalledOff,
}

/// The meeting that is open on the page. Copies share it.
#[derive(Clone, Copy)]
struct Visit {
    s: Scene,
    id: Id<Meeting>,
    dealer: Id<Dealer>,
    meeting: Memo<Option<Arc<Meeting>>>,
    writing: Writing,
    sheets: Sheets,
}

impl Visit {
    /// The meeting as it stands, not tracked.
    fn now(self) -> Arc<Meeting> {
        self.meeting.get_untracked().unwrap_or_default()
    }

    /// The meeting, for what belongs to records of any table.
    fn link(self) -> Link {
        Link {
            table: Meeting::NUMBER,
            id: self.id.uuid(),
        }
    }

    /// One aspect of the meeting; what depends on it is drawn anew only when it changes.
    fn of<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&Meeting) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| {
            self.meeting
                .with(|meeting| read(meeting.as_deref().unwrap_or(&Meeting::default())))
        })
    }

    /// What to write so that the meeting becomes another.
    fn change(self, edit: impl FnOnce(&mut Meeting)) -> Vec<Change> {
        let before = self.now();
        let mut after = Meeting::clone(&before);
        edit(&mut after);
        changes(Some(&*before), &after)
    }

    /// Changes the meeting and says so.
    fn act(self, said: String, edit: impl FnOnce(&mut Meeting)) {
        self.s.store.act(Act::of(self.change(edit)), said);
    }

    /// Changes the meeting where the page itself shows the change.
    fn act_quietly(self, edit: impl FnOnce(&mut Meeting)) {
        self.s.store.act_quietly(Act::of(self.change(edit)));
    }

    fn go(self, step: VisitStep) {
        self.s.nav.go(Route::Meeting(self.id, step));
    }

    /// Opens the form with when, how and what for.
    fn edit(self) {
        self.sheets.form(FormSubject {
            record: self.now().copied(),
            new: false,
            title: self.s.t(texts::WHEN).to_owned(),
            dealer: self.dealer.uuid(),
            without: &["attendees", "guests", "internal_notes"],
        });
    }

    /// Opens a record that came of the meeting: its form, so that nobody leaves a meeting that runs; an
    /// issue's page once the meeting is over.
    fn open(self, link: Link) {
        let over = !self.now().outcome.is_open();
        if over && link.table == Issue::NUMBER {
            return self.s.nav.go(Route::Issue(Id::new(link.id)));
        }
        record_sheet::edit(self.s, self.sheets, self.dealer, link);
    }

    fn channel(self) -> Option<Channel> {
        self.now().channel
    }
}

fn pane(s: Scene, id: Id<Meeting>) -> View {
    let meeting = Memo::new(move |_| s.store.read(|book| book.meetings.get_any(id).cloned()));
    let standing = Memo::new(move |_| {
        meeting.with(|meeting| match meeting {
            None => Standing::Missing,
            Some(meeting) if meeting.state.deleted => Standing::Binned,
            Some(meeting) => match meeting.stage() {
                MeetingStage::Planned | MeetingStage::Running => Standing::Open,
                MeetingStage::Closed => Standing::Closed,
                MeetingStage::CalledOff => Standing::CalledOff,
            },
        })
    });
    // A meeting that another tab is about to bring can appear while the page is open.
    let there = Memo::new(move |_| standing.get() != Standing::Missing);
    (move || {
        if !there.get() {
            return missing(s);
        }
        let visit = untrack(|| Visit {
            s,
            id,
            dealer: meeting
                .with(|meeting| meeting.as_ref().map(|meeting| meeting.dealer))
                .unwrap_or_default(),
            meeting,
            writing: Writing::open(s, id),
            sheets: Sheets::default(),
        });
        let body = move || match standing.get() {
            Standing::Open => flow(visit),
            Standing::Closed => record::view(visit),
            Standing::CalledOff => aside(visit, texts::CALLED_OFF_TEXT, texts::RESTORE, |visit| {
                visit.act(visit.s.t(texts::RESTORED).to_owned(), |meeting| {
                    meeting.outcome = Outcome::Open
                });
            }),
            Standing::Binned => aside(visit, texts::IN_BIN, texts::RESTORE, |visit| {
                visit.s.store.act(
                    Act::of(vec![bin(visit.id, false)]),
                    visit.s.t(texts::RESTORED).to_owned(),
                );
            }),
            Standing::Missing => ().into_view(),
        };
        view! {
            {body}
            {visit.sheets.view()}
        }
    })
    .into_view()
}

/// The five steps.
fn flow(visit: Visit) -> View {
    let s = visit.s;
    let step = Memo::new(move |_| match s.nav.route() {
        Route::Meeting(_, step) => step,
        _ => VisitStep::Prepare,
    });
    Effect::new(move |before: Option<VisitStep>| {
        let now = step.get();
        if before.is_some_and(|before| before != now) {
            // Once the step is drawn.
            request_animation_frame(focus_heading);
        }
        now
    });
    let body = move || {
        let (body, dock) = match step.get() {
            VisitStep::Prepare => prepare::view(visit),
            VisitStep::CheckIn => check_in::view(visit),
            VisitStep::Run => run::view(visit),
            VisitStep::Agree => agree::view(visit),
            VisitStep::Close => close::view(visit),
        };
        view! {
            <div class="body">
                {edited_apart(Meeting::NUMBER, visit.id.uuid())}
                {dealer_note(visit)}
                {body}
            </div>
            <footer class="dock">{dock}</footer>
        }
    };
    view! {
        <section class="pane visit" data-role="page" aria-label=move || name(visit)>
            {head(visit, Some(steps(visit, step)))}
            {body}
        </section>
    }
}

/// The head with the dealer, the way back and what else can be done.
fn head(visit: Visit, more: Option<View>) -> View {
    let s = visit.s;
    let dealer = visit.dealer;
    let title = Memo::new(move |_| {
        s.store.read(|book| {
            book.dealers
                .get_any(dealer)
                .map(|dealer| dealer.name.clone())
                .unwrap_or_default()
        })
    });
    let sub = visit.of(move |meeting| {
        let mut facts = Vec::new();
        facts.extend(
            meeting
                .channel
                .map(|channel| s.t(channel.words()).to_owned()),
        );
        let slot = meeting
            .planned
            .map(|slot| schedule::slot(s.lang, slot, s.today));
        let began = meeting.started.map(|at| {
            format!(
                "{} {}",
                schedule::weekday_and_day(s.lang, at.date(), s.today),
                time::clock(at)
            )
        });
        facts.extend(
            slot.or(began)
                .or_else(|| Some(s.t(texts::NO_DATE).to_owned())),
        );
        if !meeting.subject.is_empty() {
            facts.push(meeting.subject.clone());
        }
        facts.join(" · ")
    });
    let open = matches!(
        visit.now().stage(),
        MeetingStage::Planned | MeetingStage::Running
    );
    let mut items = vec![MenuItem::new(Icon::Edit, s.t(texts::WHEN), move || {
        visit.edit()
    })];
    if open {
        items.push(MenuItem::new(
            Icon::Close,
            s.t(texts::CALL_OFF),
            move || {
                visit.act(s.t(texts::CALLED_OFF).to_owned(), |meeting| {
                    meeting.outcome = Outcome::Dropped(s.today);
                });
            },
        ));
    }
    items.push(
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            let what = form::binned(s.lang, s.t(Meeting::TABLE.label));
            s.store.act(Act::of(vec![bin(visit.id, true)]), what);
            s.nav.go(Route::Dealer(dealer, DealerTab::Overview));
        })
        .danger(),
    );
    view! {
        <header class="head">
            <a
                class="icon-btn back"
                href=Route::Dealer(dealer, DealerTab::Overview).href()
                aria-label=s.t(texts::TO_DEALER)
            >
                {Icon::ChevronLeft.draw()}
            </a>
            <div class="head-main">
                <h1 class="head-title">{move || title.get()}</h1>
                <p class="head-sub">{move || sub.get()}</p>
            </div>
            <div class="head-actions">
                {menu(Icon::More, s.t(shell::MORE).to_owned(), items)}
            </div>
            {more.map(|more| view! { <div class="head-more">{more}</div> })}
        </header>
    }
}

fn steps(visit: Visit, step: Memo<VisitStep>) -> View {
    let channel = visit.of(|meeting| meeting.channel);
    let begun = visit.of(|meeting| meeting.started.is_some());
    let at = Signal::derive(move || step.get() as usize);
    let done = Signal::derive(move || {
        let reached = if begun.get() {
            VisitStep::Run
        } else {
            VisitStep::Prepare
        };
        step.get().max(reached) as usize
    });
    (move || {
        let channel = channel.get();
        let marks = VisitStep::ALL
            .iter()
            .map(|step| StepMark {
                name: visit.s.t(texts::step(*step, channel)),
                href: Route::Meeting(visit.id, *step).href(),
            })
            .collect();
        stepper(texts::steps(visit.s.lang, channel), marks, at, done)
    })
    .into_view()
}

/// What the page is about, for those who do not see it.
fn name(visit: Visit) -> &'static str {
    let channel = visit.meeting.with(|meeting| meeting.as_ref()?.channel);
    visit
        .s
        .t(channel.map_or(Meeting::TABLE.label, Channel::words))
}

/// The button to the step before.
fn back(visit: Visit, step: VisitStep) -> View {
    view! {
        <button class="btn" type="button" on:click=move |_| visit.go(step)>
            {visit.s.t(texts::BACK)}
        </button>
    }
}

/// The button to the step after.
fn onward(visit: Visit, step: VisitStep) -> View {
    let s = visit.s;
    let name = move || texts::next_step(s.lang, s.t(texts::step(step, visit.channel())));
    view! {
        <button class="btn" data-kind="primary" type="button" on:click=move |_| visit.go(step)>
            {name}
        </button>
    }
}

/// Says when the dealer is in the bin; the meeting can go on all the same.
fn dealer_note(visit: Visit) -> View {
    let Visit { s, dealer, .. } = visit;
    let binned = Memo::new(move |_| {
        s.store.read(|book| {
            book.dealers
                .get_any(dealer)
                .is_some_and(|dealer| dealer.state.deleted)
        })
    });
    (move || {
        binned.get().then(|| {
            let restore = move |_| {
                s.store.act(
                    Act::of(vec![bin(dealer, false)]),
                    s.t(texts::RESTORED).to_owned(),
                );
            };
            let act = view! {
                <button class="btn" type="button" on:click=restore>{s.t(texts::RESTORE)}</button>
            };
            note(
                Tone::Watch,
                s.t(texts::DEALER_IN_BIN),
                Some(act.into_view()),
            )
        })
    })
    .into_view()
}

/// A page for a meeting that is not to be worked with as it stands, with the way back.
fn aside(
    visit: Visit,
    text: crate::locales::Words,
    act: crate::locales::Words,
    done: impl Fn(Visit) + Copy + Send + Sync + 'static,
) -> View {
    let s = visit.s;
    let button = view! {
        <button class="btn" data-kind="primary" type="button" on:click=move |_| done(visit)>
            {s.t(act)}
        </button>
    };
    view! {
        <section class="pane" data-role="page" aria-label=move || name(visit)>
            {head(visit, None)}
            <div class="body">{note(Tone::Info, s.t(text), Some(button.into_view()))}</div>
        </section>
    }
}

fn missing(s: Scene) -> View {
    let act = view! {
        <a class="btn" data-kind="primary" href=Route::Today.href()>{s.t(texts::TO_TODAY)}</a>
    };
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::NOT_FOUND)>
            <header class="head">
                <div class="head-main">
                    <h1 class="head-title">{s.t(Meeting::TABLE.label)}</h1>
                </div>
            </header>
            <div class="body">
                {empty(
                    Icon::Search,
                    s.t(texts::NOT_FOUND),
                    s.t(texts::NOT_FOUND_TEXT),
                    Some(act.into_view()),
                )}
            </div>
        </section>
    }
}

/// The heading of a step takes the focus, so that a keyboard and a screen reader go on there.
fn focus_heading() {
    use leptos::wasm_bindgen::JsCast as _;
    let query = |selector| document().query_selector(selector).ok().flatten();
    if let Some(pane) = query("#main > .pane") {
        pane.set_scroll_top(0);
    }
    let heading =
        query("#main .body h2").and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(heading) = heading {
        heading.set_tab_index(-1);
        // Fails only when the step was left in the meantime.
        let _ = heading.focus();
    }
}
