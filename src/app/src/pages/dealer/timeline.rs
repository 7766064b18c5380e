//! Everything that happened, newest first.

use super::here::Here;
use crate::components::icon::Icon;
use crate::components::pane::empty;
use crate::locales::{Words, dealer as text};
use crate::state::route::{Route, VisitStep};
use crate::state::scene::Scene;
use leptos::prelude::*;
use tongxing_domain::date::Month;
use tongxing_domain::id::Id;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{Channel, Goal, Meeting, Milestone, Promise, Reading};
use tongxing_domain::timeline::{Entry, EntryKind, entries};
use tongxing_domain::value::{Kind, Value, month_name};

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
}

impl Show {
    const ALL: [Self; 5] =
        [Self::All, Self::Meetings, Self::Promises, Self::Goals, Self::Readings];

    fn words(self) -> Words {
        match self {
            Self::All => text::EVERYTHING,
            Self::Meetings => Meeting::TABLE.label,
            Self::Promises => Promise::TABLE.label,
            Self::Goals => Goal::TABLE.label,
            Self::Readings => Reading::TABLE.label,
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
                Of::GoalSet | Of::GoalReached | Of::GoalDropped | Of::MilestoneReached | Of::StepDone
            ),
            Self::Readings => matches!(kind, Of::Readings(..)),
        }
    }
}

/// The tab.
pub(super) fn tab(here: Here) -> AnyView {
    let s = here.s;
    let show = RwSignal::new(Show::All);
    let drawn = RwSignal::new(AT_A_TIME);
    let all = Memo::new(move |_| s.store.read(|book| entries(book, here.id)));
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
    let list = move || all.with(|all| list(s, all, show.get(), drawn));
    (move || {
        if none.get() {
            let hint = s.t(text::NO_EVENTS_HINT);
            let empty = empty(Icon::Clock, s.t(text::NO_EVENTS), hint, None);
            return view! { <div class="body">{empty}</div> }.into_any();
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
        .into_any()
    })
    .into_any()
}

fn list(s: Scene, all: &[Entry], show: Show, drawn: RwSignal<usize>) -> AnyView {
    let admitted: Vec<&Entry> = all.iter().filter(|entry| show.admits(entry.kind)).collect();
    let limit = drawn.get();
    let mut month = None;
    let mut items = Vec::new();
    for entry in admitted.iter().take(limit) {
        let now = Month::of(entry.day);
        if month != Some(now) {
            month = Some(now);
            let name = Value::Month(now).show(Kind::Month, s.lang);
            items.push(view! { <li class="event-month"><h2>{name}</h2></li> }.into_any());
        }
        items.push(event(s, entry));
    }
    let more = (admitted.len() > limit).then(|| {
        view! {
            <button
                class="btn"
                data-size="wide"
                type="button"
                on:click=move |_| drawn.update(|drawn| *drawn += AT_A_TIME)
            >
                {s.t(text::SHOW_MORE)}
            </button>
        }
    });
    view! { <ol class="timeline">{items}</ol>{more} }.into_any()
}

/// One event.
pub(super) fn event(s: Scene, entry: &Entry) -> AnyView {
    use tongxing_domain::words::Lang;
    let (icon, kind) = mark(entry.kind);
    let (words, title) = (s.t(entry.kind.words()), entry.title_in(s.lang));
    let href = place(s, entry);
    let head = match href {
        Some(href) => view! { <a href=href>{words}</a> }.into_any(),
        None => words.into_any(),
    };
    let side = entry.side.map(|side| {
        view! { " · " {s.t(super::rows::side_words(Some(side)))} }
    });
    let day = match s.lang {
        Lang::Zh => crate::locales::time::day(s.lang, entry.day, entry.day),
        Lang::En => {
            use chrono::Datelike as _;
            format!("{} {}", entry.day.day(), month_name(entry.day.month()))
        }
    };
    view! {
        <li class="event" data-kind=kind>
            <time class="event-when" datetime=entry.day.to_string()>{day}</time>
            <span class="event-mark">{icon.draw()}</span>
            <div class="event-body">
                <p class="event-title">{head}{side}</p>
                {(!title.is_empty()).then(|| view! { <p>{title}</p> })}
            </div>
        </li>
    }
    .into_any()
}

fn place(s: Scene, entry: &Entry) -> Option<String> {
    let id = entry.link.id;
    Some(match entry.link.table {
        Meeting::NUMBER => Route::Meeting(Id::new(id), VisitStep::Run).href(),
        Goal::NUMBER => Route::Goal(Id::new(id)).href(),
        Milestone::NUMBER => {
            let milestone = s.store.peek(|book| book.milestones.get(Id::new(id)).cloned())?;
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
        EntryKind::GoalSet | EntryKind::GoalReached | EntryKind::GoalDropped => (Icon::Goal, "goal"),
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
pub(super) const fn channel_icon(channel: Option<Channel>) -> Icon {
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
