//! One issue: how far it has come and by when it has to be resolved, its steps, its log, and what is
//! for the team alone.

mod escalation;
mod facts;
mod log;
mod moves;
mod steps;

use crate::components::edited_apart::edited_apart;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::{MenuItem, menu};
use crate::components::pane::{empty, note, section};
use crate::components::photos::Photos;
use crate::components::record_form::FormSubject;
use crate::components::sheets::Sheets;
use crate::locales::{Words, form, issue as texts, photos as photo_texts, shell, time};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::attention::link_to;
use tongxing_domain::date::Date;
use tongxing_domain::explain::resulting;
use tongxing_domain::id::Id;
use tongxing_domain::issues::Deadline;
use tongxing_domain::schema::{AnyRecord as _, Record as _, bin};
use tongxing_domain::tables::{Dealer, Issue, IssueStage, Severity};
use tongxing_domain::value::{Outcome, show_date};
use tongxing_view::prelude::*;

/// The issue that the page is about. Copies share where forms open.
#[derive(Clone)]
struct Here {
    s: Scene,
    sheets: Sheets,
    issue: Arc<Issue>,
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let sheets = Sheets::default();
    let id = Memo::new(move |_| match s.nav.route() {
        Route::Issue(id) => id,
        _ => Id::NIL,
    });
    let found = Memo::new(move |_| {
        s.store.read(|book| {
            let issue = Arc::clone(book.issues.get(id.get())?);
            let dealer = book.dealers.get_any(issue.dealer)?;
            Some((issue, Arc::clone(dealer)))
        })
    });
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            {move || match found.get() {
                Some((issue, dealer)) => filled(&Here { s, sheets, issue }, &dealer),
                None => missing(s),
            }}
            {sheets.view()}
        </main>
    }
}

fn missing(s: Scene) -> View {
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::ISSUE)>
            <header class="head">
                <div class="head-main">
                    <h1 class="head-title">{s.t(texts::ISSUE)}</h1>
                </div>
            </header>
            <div class="body">
                {empty(
                    Icon::Issue,
                    s.t(texts::MISSING),
                    s.t(texts::MISSING_TEXT),
                    Some(view! { <a class="btn" href=Route::Bin.href()>{s.t(shell::BIN)}</a> }),
                )}
            </div>
        </section>
    }
}

fn filled(here: &Here, dealer: &Dealer) -> View {
    let s = here.s;
    let set_aside = (here.issue.stage() == IssueStage::SetAside)
        .then(|| note(Tone::Info, s.t(texts::SET_ASIDE_NOTE), None));
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::ISSUE)>
            {head(here, dealer)}
            <div class="body">
                {edited_apart(Issue::NUMBER, here.issue.id.uuid())}
                {set_aside}
                {flow(here)}
                {stats(here)}
                <div class="columns">
                    <div>{steps::section_of(here)}{photos(here)}{log::section_of(here)}</div>
                    <div>{facts::section_of(here)}{facts::internal(here)}{escalation::section_of(here)}</div>
                </div>
            </div>
        </section>
    }
}

/// What shows what it is about.
fn photos(here: &Here) -> View {
    let photos = Photos {
        s: here.s,
        sheets: here.sheets,
        dealer: here.issue.dealer,
        about: link_to(&*here.issue),
    };
    let content = view! { {photos.strip()}{photos.add()} };
    section(here.s.t(photo_texts::PHOTOS), None, None, content)
}

// The head

fn head(here: &Here, dealer: &Dealer) -> View {
    let (s, issue) = (here.s, &here.issue);
    let parts = [
        issue.kind.map(|kind| s.t(kind.words()).to_owned()),
        Some(s.t(issue.stage().words()).to_owned()),
    ];
    let sub = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let of_dealer = Route::Dealer(issue.dealer, DealerTab::Trust).href();
    let edited = here.clone();
    // Setting aside and opening again are not the way on: they are in the menu.
    let ahead = issue.stage().is_open() || issue.stage() == IssueStage::Resolved;
    let onward = issue.stage().next().first().copied().filter(|_| ahead);
    let primary = onward.map(|to| {
        let moving = here.clone();
        view! {
            <button
                class="btn"
                data-kind="primary"
                type="button"
                on:click=move |_| moves::begin(&moving, to)
            >
                {Icon::ChevronRight.draw()}
                {s.t(texts::step_to(issue.stage(), to))}
            </button>
        }
    });
    view! {
        <header class="head">
            <a class="icon-btn" href=of_dealer aria-label=s.t(shell::BACK)>{Icon::ChevronLeft.draw()}</a>
            <div class="head-main">
                <h1 class="head-title" dir="auto">{issue.title.clone()}</h1>
                <p class="head-sub">
                    <a href=Route::Dealer(issue.dealer, DealerTab::Overview).href()>{dealer.name.clone()}</a>
                    " · "
                    {sub}
                </p>
            </div>
            <div class="head-actions">
                <button class="btn" type="button" on:click=move |_| edit(&edited)>
                    {Icon::Edit.draw()}
                    {s.t(shell::EDIT)}
                </button>
                {primary}
                {menu(Icon::More, shell::more_about(s.lang, &issue.title), more(here, onward))}
            </div>
        </header>
    }
}

fn edit(here: &Here) {
    here.sheets.form(FormSubject {
        record: here.issue.copied(),
        new: false,
        title: form::edit(here.s.lang, here.s.t(Issue::TABLE.label)),
        dealer: here.issue.dealer.uuid(),
        without: &[],
    });
}

fn more(here: &Here, onward: Option<IssueStage>) -> Vec<MenuItem> {
    let (s, from) = (here.s, here.issue.stage());
    let mut items: Vec<MenuItem> = from
        .next()
        .iter()
        .filter(|to| onward != Some(**to))
        .map(|to| {
            let (to, moving) = (*to, here.clone());
            let icon = if to == IssueStage::InProgress {
                Icon::Undo
            } else {
                Icon::Close
            };
            MenuItem::new(icon, s.t(texts::step_to(from, to)), move || {
                moves::begin(&moving, to);
            })
        })
        .collect();
    let (id, dealer) = (here.issue.id, here.issue.dealer);
    let gone = MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
        let label = s.t(Issue::TABLE.label);
        s.store
            .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
        s.nav.go(Route::Dealer(dealer, DealerTab::Trust));
    });
    items.push(gone.danger());
    items
}

// The flow

/// The five stages; each that is behind tells its day.
fn flow(here: &Here) -> View {
    let (s, issue) = (here.s, &here.issue);
    let resolved = match issue.outcome {
        Outcome::Done(day) => Some(day),
        Outcome::Open | Outcome::Dropped(_) => None,
    };
    let stages = [
        (IssueStage::Reported, issue.reported_on),
        (IssueStage::Confirmed, issue.confirmed_on),
        (IssueStage::InProgress, issue.begun_on),
        (IssueStage::Resolved, resolved),
        (IssueStage::Reviewed, issue.reviewed_on),
    ];
    let now = issue.stage();
    let marks = stages
        .into_iter()
        .map(|(stage, day)| {
            // An issue that was set aside stays where its dates say it came to.
            let behind = if now == IssueStage::SetAside {
                day.is_some()
            } else {
                stage < now
            };
            let day = day.filter(|_| behind || stage == now);
            view! {
                <li data-state=behind.then_some("done")>
                    <span class="step" aria-current=(stage == now).then_some("step")>
                        <span class="step-no" aria-hidden="true"></span>
                        {s.t(stage.words())}
                        {day.map(|day| view! { <small>{short_day(s, day)}</small> })}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="stepper" role="group" aria-label=s.t(texts::FLOW)>
            <ol>{marks}</ol>
        </div>
    }
}

fn short_day(s: Scene, day: Date) -> View {
    crate::components::when::day(s, day)
}

// The figures

fn stats(here: &Here) -> View {
    let (s, issue) = (here.s, &here.issue);
    let Some(deadline) = Deadline::of(issue, s.today) else {
        return note(Tone::Watch, s.t(texts::NO_DEADLINE), None);
    };
    let figure = |shown: View, label: Words| {
        explain(shown, s.t(texts::DEADLINE_TITLE), move || {
            resulting(deadline.explain(s.lang), label)
        })
    };
    let date = |day: Date, label| figure(show_date(day, s.lang).into_view(), label);
    let resolve = standing(
        s,
        deadline.resolve_by,
        deadline.settled_on,
        deadline.late_days(),
    );
    let resolve = figure(resolve, Deadline::RESOLVE);
    let answer = standing(
        s,
        deadline.answer_by,
        deadline.answered_on,
        deadline.answer_late_days(),
    );
    let answer = figure(answer, Deadline::ANSWER);
    let owner = if issue.owner.is_empty() {
        badge(Tone::Watch, s.t(texts::NO_OWNER))
    } else {
        issue.owner.clone().into_view()
    };
    view! {
        <dl class="stats">
            {stat(s.t(texts::RESOLVE_BY), date(deadline.resolve_by, Deadline::RESOLVE), resolve)}
            {stat(s.t(texts::ANSWER_BY), date(deadline.answer_by, Deadline::ANSWER), answer)}
            {stat(s.t(texts::SEVERITY), severity_badge(s, issue.weight()), ().into_view())}
            {stat(s.t(texts::OWNER), owner, ().into_view())}
        </dl>
    }
}

/// How a deadline was or is kept.
fn standing(s: Scene, by: Date, done: Option<Date>, late: i64) -> View {
    match (done, late) {
        (None, late) if late > 0 => badge(Tone::Risk, time::late(s.lang, late)),
        (None, _) => crate::components::when::near(s, by),
        (Some(_), late) if late > 0 => badge(Tone::Watch, texts::came_late(s.lang, late)),
        (Some(_), _) => badge(Tone::Good, s.t(texts::IN_TIME)),
    }
}

fn stat(name: &'static str, figure: View, remark: View) -> View {
    view! {
        <div class="stat">
            <dt>{name}</dt>
            <dd>{figure}</dd>
            <dd class="stat-note">{remark}</dd>
        </div>
    }
}

/// How much an issue hurts, in a word.
pub(super) fn severity_badge(s: Scene, severity: Severity) -> View {
    let tone = match severity {
        Severity::Severe => Tone::Risk,
        Severity::Moderate => Tone::Watch,
        Severity::Minor | Severity::Newer(_) => Tone::None,
    };
    badge(tone, s.t(severity.words()))
}
