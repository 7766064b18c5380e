//! Everything that happened, newest first.

use super::here::Here;
use crate::components::icon::Icon;
use crate::components::pane::empty;
use crate::components::show_more::show_more;
use crate::locales::{Words, dealer as text, time};
use crate::state::activity::{Did, Edited, edits};
use crate::state::route::{Route, VisitStep};
use crate::state::scene::Scene;
use crate::state::store::SaveState;
use std::cmp::Reverse;
use tongxing_domain::date::{Date, Month};
use tongxing_domain::id::Id;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{Channel, Dealer, Goal, Issue, Meeting, Milestone};
use tongxing_domain::timeline::{Entry, EntryKind, entries};
use tongxing_domain::value::{Kind, Value};
use tongxing_view::prelude::*;

/// So many events are drawn at first, and more at a tap.
const AT_A_TIME: usize = 60;

/// What the timeline is narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Show {
    All,
    Meetings,
    Promises,
    Goals,
    Readings,
    Edits,
}

impl Show {
    const ALL: [Self; 6] = [
        Self::All,
        Self::Meetings,
        Self::Promises,
        Self::Goals,
        Self::Readings,
        Self::Edits,
    ];

    fn words(self) -> Words {
        match self {
            Self::All => text::EVERYTHING,
            Self::Meetings => text::SHOW_MEETINGS,
            Self::Promises => text::SHOW_PROMISES,
            Self::Goals => text::GOALS,
            Self::Readings => text::SHOW_READINGS,
            Self::Edits => text::EDITS,
        }
    }

    fn admits(self, kind: EntryKind) -> bool {
        use EntryKind as Of;
        match self {
            Self::All => true,
            Self::Meetings => matches!(kind, Of::Meeting(_) | Of::CalledOff),
            Self::Promises => {
                matches!(kind, Of::PromiseMade | Of::PromiseKept | Of::PromiseBroken)
            }
            Self::Goals => matches!(
                kind,
                Of::GoalSet
                    | Of::GoalReached
                    | Of::GoalDropped
                    | Of::MilestoneReached
                    | Of::StepDone
            ),
            Self::Readings => matches!(kind, Of::Readings(..)),
            Self::Edits => false,
        }
    }
}

/// The tab.
pub(super) fn tab(here: Here) -> View {
    let s = here.s;
    let show = RwSignal::new(Show::All);
    let drawn = RwSignal::new(AT_A_TIME);
    let all = Memo::new(move |_| s.store.read(|book| entries(book, here.id)));
    let edited = RwSignal::new(Vec::<Edited>::new());
    Effect::new(move |_| {
        // The change list is read from the disk, so after each time that the disk has all.
        if s.store.save_state() != SaveState::Saved {
            return;
        }
        leptos::task::spawn_local(async move {
            // What cannot be read now is shown the next time; the rest stands without it.
            if let Ok(activities) = s.store.activity(here.id).await {
                edited.try_set(edits(s, &activities));
            }
        });
    });
    let none = Memo::new(move |_| all.with(Vec::is_empty));
    let chips = move || {
        Show::ALL
            .into_iter()
            .map(|each| {
                view! {
                    <button
                        class="chip"
                        type="button"
                        aria-pressed=move || (show.get() == each).to_string()
                        on:click=move |_| {
                            show.set(each);
                            drawn.set(AT_A_TIME);
                        }
                    >
                        {s.t(each.words())}
                    </button>
                }
            })
            .collect_view()
    };
    let list =
        move || edited.with(|edited| all.with(|all| list(s, all, edited, show.get(), drawn)));
    (move || {
        if none.get() {
            let hint = s.t(text::NO_EVENTS_HINT);
            let empty = empty(Icon::Clock, s.t(text::NO_EVENTS), hint, None);
            return view! { <div class="body">{empty}</div> };
        }
        view! {
            <div class="body">
                <div class="chips" role="group" aria-label=s.t(crate::locales::dealers::FILTER)>
                    {chips()}
                </div>
                <section class="section" aria-label=s.t(text::tab(crate::state::route::DealerTab::Timeline))>
                    {list}
                </section>
            </div>
        }
    })
    .into_view()
}

/// An event, or an edit of the change list.
enum Item<'a> {
    Event(&'a Entry),
    Edit(&'a Edited),
}

impl Item<'_> {
    fn day(&self) -> Date {
        match self {
            Self::Event(entry) => entry.day,
            Self::Edit(edited) => edited.at.date(),
        }
    }
}

fn list(s: Scene, all: &[Entry], edited: &[Edited], show: Show, drawn: RwSignal<usize>) -> View {
    let edits = edited.iter().filter(|edited| match show {
        // Beside what happened, only edits of the dealer's own facts: the rest tells itself.
        Show::All => edited.did == Did::Changed && edited.table.number == Dealer::NUMBER,
        Show::Edits => true,
        _ => false,
    });
    let events = all.iter().filter(|entry| show.admits(entry.kind));
    let mut admitted: Vec<Item> = events
        .map(Item::Event)
        .chain(edits.map(Item::Edit))
        .collect();
    admitted.sort_by_key(|item| Reverse(item.day()));
    let limit = drawn.get();
    let mut month = None;
    let mut items = Vec::new();
    for item in admitted.iter().take(limit) {
        let now = Month::of(item.day());
        if month != Some(now) {
            month = Some(now);
            let name = Value::Month(now).show(Kind::Month, s.lang);
            items.push(view! { <li class="event-month"><h2>{name}</h2></li> });
        }
        items.push(match item {
            Item::Event(entry) => event(s, entry),
            Item::Edit(edited) => edit(s, edited),
        });
    }
    let more = show_more(s, admitted.len(), drawn, AT_A_TIME);
    view! { <ol class="timeline">{items}</ol>{more} }
}

/// One event.
pub(super) fn event(s: Scene, entry: &Entry) -> View {
    let (icon, kind) = mark(entry.kind);
    let (words, title) = (s.t(entry.kind.words()), entry.title_in(s.lang));
    let href = place(s, entry);
    let head = match href {
        Some(href) => view! { <a href=href>{words}</a> },
        None => words.into_view(),
    };
    let side = entry.side.map(|side| {
        view! { " · " {s.t(super::rows::side_words(Some(side)))} }
    });
    let day = short_day(s, entry.day);
    view! {
        <li class="event" data-kind=kind>
            <time class="event-when" datetime=entry.day.to_string()>{day}</time>
            <span class="event-mark">{icon.draw()}</span>
            <div class="event-body">
                <p class="event-title">{head}{side}</p>
                {(!title.is_empty()).then(|| view! { <p dir="auto">{title}</p> })}
            </div>
        </li>
    }
}

/// One edit.
fn edit(s: Scene, edited: &Edited) -> View {
    let what = text::edited(s.lang, edited.did, edited.table.label);
    let fields = edited
        .fields
        .iter()
        .map(|field| {
            let old = (!field.old.is_empty()).then(|| view! { <del>{field.old.clone()}</del> " " });
            let new = (!field.new.is_empty()).then(|| view! { <ins>{field.new.clone()}</ins> });
            view! { <p dir="auto">{s.t(field.spec.label)} " " {old} {new}</p> }
        })
        .collect_view();
    let author = (!edited.author.is_empty()).then(|| format!(" · {}", edited.author));
    let title = (!edited.title.is_empty() && edited.table.number != Dealer::NUMBER)
        .then(|| view! { <p dir="auto">{edited.title.clone()}</p> });
    let icon = match edited.did {
        Did::Added => Icon::Plus,
        Did::Changed => Icon::Edit,
        Did::Binned => Icon::Trash,
        Did::Restored => Icon::Undo,
    };
    let day = edited.at.date();
    view! {
        <li class="event" data-kind="edit">
            <time class="event-when" datetime=edited.at.to_string()>
                {short_day(s, day)}
                <small>{time::clock(edited.at)}</small>
            </time>
            <span class="event-mark">{icon.draw()}</span>
            <div class="event-body">
                <p class="event-title">{what}{author}</p>
                {title}
                {fields}
            </div>
        </li>
    }
}

/// A day below its month's heading.
fn short_day(s: Scene, day: Date) -> String {
    time::day(s.lang, day, day)
}

fn place(s: Scene, entry: &Entry) -> Option<String> {
    let id = entry.link.id;
    Some(match entry.link.table {
        Meeting::NUMBER => Route::Meeting(Id::new(id), VisitStep::Run).href(),
        Goal::NUMBER => Route::Goal(Id::new(id)).href(),
        Issue::NUMBER => Route::Issue(Id::new(id)).href(),
        Milestone::NUMBER => {
            let milestone = s
                .store
                .peek(|book| book.milestones.get(Id::new(id)).cloned())?;
            Route::Goal(milestone.goal).href()
        }
        _ => return None,
    })
}

const fn mark(kind: EntryKind) -> (Icon, &'static str) {
    match kind {
        EntryKind::Meeting(channel) => (channel_icon(channel), "visit"),
        EntryKind::CalledOff => (Icon::Close, "visit"),
        EntryKind::PromiseMade => (Icon::Promise, "promise"),
        EntryKind::PromiseKept => (Icon::Check, "promise"),
        EntryKind::PromiseBroken => (Icon::Close, "promise"),
        EntryKind::GoalSet | EntryKind::GoalReached | EntryKind::GoalDropped => {
            (Icon::Goal, "goal")
        }
        EntryKind::MilestoneReached => (Icon::Star, "goal"),
        EntryKind::Readings(..) => (Icon::Chart, "reading"),
        EntryKind::NeedRaised => (Icon::Need, "need"),
        EntryKind::IssueReported => (Icon::Issue, "issue"),
        EntryKind::IssueResolved => (Icon::Check, "issue"),
        EntryKind::StepDone => (Icon::Plan, "step"),
        EntryKind::ActionDone => (Icon::Check, "action"),
    }
}

/// A channel's icon.
pub(in crate::pages) const fn channel_icon(channel: Option<Channel>) -> Icon {
    match channel {
        Some(Channel::Visit) => Icon::Visit,
        Some(Channel::Call) => Icon::Phone,
        Some(Channel::Video) => Icon::Video,
        Some(Channel::Email) => Icon::Mail,
        Some(Channel::Message) => Icon::Message,
        Some(Channel::Workshop) => Icon::Workshop,
        Some(Channel::Newer(_)) | None => Icon::Note,
    }
}
