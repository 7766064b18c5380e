//! Agreeing on a goal as it stands, and what was agreed on one sheet of paper.

use crate::components::agreement::{AgreementDraft, agreement_fields, writes};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pane::{empty_page, note, section};
use crate::components::signature::kept_signature;
use crate::locales::{goal as texts, shell};
use crate::state::route::Route;
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::goals::{AgreedState, as_first_set, consent_text, state};
use tongxing_domain::id::Id;
use tongxing_domain::quantity::Unit;
use tongxing_domain::tables::{Agreement, Dealer, Goal, Milestone};
use tongxing_domain::value::{Course, show_date};
use tongxing_view::prelude::*;

/// The goal of the place and its dealer.
type Found = Option<(Arc<Goal>, Arc<Dealer>)>;

/// The page on which a goal is agreed.
pub fn page() -> View {
    framed(texts::AGREE, agreeing)
}

/// The sheet of paper.
pub fn sheet() -> View {
    framed(texts::SHEET, paper)
}

fn framed(name: crate::locales::Words, draw: fn(Scene, Arc<Goal>, &Dealer) -> View) -> View {
    let s = scene();
    let found = Memo::new(move |_| -> Found {
        let id = match s.nav.route() {
            Route::AgreeGoal(id) | Route::GoalSheet(id) => id,
            _ => Id::NIL,
        };
        s.store.read(|book| {
            let goal = Arc::clone(book.goals.get(id)?);
            let dealer = Arc::clone(book.dealers.get_any(goal.dealer)?);
            Some((goal, dealer))
        })
    });
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            {move || match found.get() {
                Some((goal, dealer)) => draw(s, goal, &dealer),
                None => view! {
                    <section class="pane" data-role="page" aria-label=s.t(name)>
                        <header class="head"><div class="head-main"><h1 class="head-title">{s.t(name)}</h1></div></header>
                        <div class="body">
                            {empty_page(
                                Icon::Goal,
                                s.t(texts::MISSING),
                                s.t(texts::MISSING_TEXT),
                                Some(view! { <a class="btn" href=Route::Bin.href()>{s.t(shell::BIN)}</a> }),
                            )}
                        </div>
                    </section>
                },
            }}
        </main>
    }
}

fn head(s: Scene, title: &'static str, goal: &Goal, dealer: &Dealer, acts: View) -> View {
    view! {
        <header class="head">
            <a class="icon-btn" href=Route::Goal(goal.id).href() aria-label=s.t(shell::BACK)>
                {Icon::ChevronLeft.draw()}
            </a>
            <div class="head-main">
                <h1 class="head-title">{title}</h1>
                <p class="head-sub" dir="auto">{format!("{} · {}", dealer.name, goal.title)}</p>
            </div>
            <div class="head-actions">{acts}</div>
        </header>
    }
}

// Agreeing

fn agreeing(s: Scene, goal: Arc<Goal>, dealer: &Dealer) -> View {
    let draft = AgreementDraft::new(s, goal.dealer);
    let suggested = s.store.peek(|book| consent_text(book, &goal, s.lang));
    let shown = suggested.clone();
    let suggested_now = Signal::derive(move || shown.clone());
    let signed = Arc::clone(&goal);
    let sign = move |_| {
        if let Ok(agreed) = draft.finish(s, &signed, &suggested) {
            let act = draft.act(writes(&signed, &agreed));
            s.store.act(act, s.t(texts::AGREED_SAID).to_owned());
            s.nav.replace(Route::Goal(signed.id));
        }
    };
    let incomplete = (goal.course.is_none() || goal.span.is_none())
        .then(|| note(Tone::Watch, s.t(texts::INCOMPLETE), None));
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::AGREE)>
            {head(s, s.t(texts::AGREE), &goal, dealer, ().into_view())}
            <div class="body form">
                {incomplete}
                {terms(s, &goal, goal.course, goal.span.map(|span| (span.start(), span.end())))}
                {agreement_fields(s, goal.dealer, draft, suggested_now, Callback::new(|()| ()))}
            </div>
            <footer class="dock">
                <p class="dock-note">{s.t(texts::AGREE_NOTE)}</p>
                <a class="btn" href=Route::Goal(goal.id).href()>{s.t(shell::CANCEL)}</a>
                <button class="btn" data-kind="primary" type="button" on:click=sign>
                    {Icon::Check.draw()}
                    {s.t(texts::AGREE)}
                </button>
            </footer>
        </section>
    }
}

type Days = (tongxing_domain::date::Date, tongxing_domain::date::Date);

/// What a goal asks for, in a list of facts.
fn terms(s: Scene, goal: &Goal, course: Option<Course>, days: Option<Days>) -> View {
    let metric = s.store.peek(|book| book.metric(goal.metric));
    let unit: Option<Unit> = metric.as_ref().and_then(|metric| metric.unit);
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div><dt>{name}</dt><dd data-recorded="">{value}</dd></div> })
    };
    let way = course.zip(unit).map(|(course, unit)| {
        format!(
            "{} → {}",
            unit.show(course.baseline, s.lang),
            unit.show(course.target, s.lang)
        )
    });
    let period =
        days.map(|(from, to)| format!("{} – {}", show_date(from, s.lang), show_date(to, s.lang)));
    view! {
        <dl class="facts">
            {fact(s.t(texts::GOAL), Some(goal.title.clone()))}
            {fact(s.t(texts::MEASURED_BY), metric.map(|metric| metric.title(s.lang).to_owned()))}
            {fact(s.t(texts::FROM_TO), way)}
            {fact(s.t(texts::PERIOD), period)}
        </dl>
    }
}

// The sheet

fn paper(s: Scene, goal: Arc<Goal>, dealer: &Dealer) -> View {
    let print = view! {
        <button
            class="btn"
            data-kind="primary"
            type="button"
            on:click=move |_| {
                // Printing is refused only where there is no paper to print on.
                let _ = window().print();
            }
        >
            {Icon::Download.draw()}
            {s.t(texts::PRINT)}
        </button>
    };
    let standing = s.store.peek(|book| state(book, &goal));
    let body = match standing {
        AgreedState::Open => empty_page(
            Icon::Goal,
            s.t(texts::NOT_AGREED),
            s.t(texts::SHEET_NEEDS_AGREEMENT),
            Some(view! {
                <a class="btn" data-kind="primary" href=Route::AgreeGoal(goal.id).href()>{s.t(texts::AGREE)}</a>
            }),
        ),
        AgreedState::Holds(agreement) => agreed_sheet(s, &goal, dealer, &agreement, false),
        AgreedState::ChangedSince(agreement) => agreed_sheet(s, &goal, dealer, &agreement, true),
    };
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::SHEET)>
            {head(s, s.t(texts::SHEET), &goal, dealer, print)}
            <div class="body">{body}</div>
        </section>
    }
}

fn agreed_sheet(
    s: Scene,
    goal: &Goal,
    dealer: &Dealer,
    agreement: &Agreement,
    changed: bool,
) -> View {
    let days = agreement.span.map(|span| (span.start(), span.end()));
    let (marks, revised, first) = s.store.peek(|book| {
        let mut marks: Vec<Arc<Milestone>> = book.milestones.of(goal.id).cloned().collect();
        marks.sort_by_key(|mark| (mark.due, mark.id));
        let revised = book.revisions.of(goal.id).count();
        (marks, revised, as_first_set(book, goal))
    });
    let unit = s
        .store
        .peek(|book| book.metric(goal.metric))
        .and_then(|metric| metric.unit);
    let was = first
        .0
        .zip(unit)
        .filter(|_| revised > 0)
        .map(|(course, unit)| {
            let target = unit.show(course.target, s.lang);
            view! { <p class="help">{texts::revised_since(s.lang, revised, &target)}</p> }
        });
    let list = marks
        .iter()
        .map(|mark| {
            let due = mark.due.map(|due| show_date(due, s.lang));
            view! { <li><span>{mark.title.clone()}</span><span>{due}</span></li> }
        })
        .collect_view();
    let milestones = (!marks.is_empty()).then(|| {
        section(
            s.t(texts::MILESTONES),
            None,
            None,
            view! { <ul class="paper-list">{list}</ul> },
        )
    });
    let signature = if agreement.is_signed() {
        kept_signature(agreement.signature.clone(), &agreement.person)
    } else {
        view! { <p class="help">{s.t(texts::AGREED_BY_WORD)}</p> }
    };
    let consent = agreement
        .consent
        .lines()
        .map(|line| view! { <p dir="auto">{line.to_owned()}</p> })
        .collect_view();
    let ours = s.session.member.get_untracked();
    view! {
        {changed.then(|| note(Tone::Watch, s.t(texts::CHANGED_SINCE_SHEET), None))}
        <article class="paper">
            <h2>{s.t(texts::SHEET)}</h2>
            <p>{dealer.name.clone()}</p>
            {terms(s, goal, agreement.course, days)}
            {was}
            {milestones}
            {section(s.t(texts::CONSENT), None, None, view! { <blockquote class="consent">{consent}</blockquote> })}
            <div class="paper-sides">
                <div>
                    <p class="help">{s.t(texts::FOR_DEALER)}</p>
                    {signature}
                    <p class="paper-name">
                        {agreement.person.clone()}
                        " · "
                        {agreement.on.map(|on| show_date(on, s.lang))}
                    </p>
                </div>
                <div>
                    <p class="help">{s.t(texts::FOR_US)}</p>
                    <p class="paper-name">{if ours.is_empty() { "\u{a0}".to_owned() } else { ours }}</p>
                </div>
            </div>
            <p>{badge(if changed { Tone::Watch } else { Tone::Good }, s.t(if changed { texts::CHANGED_SINCE } else { texts::AGREEMENT_HOLDS }))}</p>
        </article>
    }
}
