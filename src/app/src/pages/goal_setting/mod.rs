//! Setting a goal together: need → measure → baseline → target → milestones → agreed. One question at
//! a time, and nothing is in the book before both sides are through; what is typed is kept as a draft.

mod agreed;
mod marks;
mod measure;
mod need;
mod talk;
mod target;

use crate::components::icon::Icon;
use crate::components::pane::empty_page;
use crate::components::stepper::{StepMark, stepper};
use crate::locales::{dealer as dealer_texts, goal_setting as texts, shell};
use crate::state::route::{DealerTab, GoalStep, Route};
use crate::state::scene::{Scene, scene};
use talk::Talk;
use tongxing_domain::id::Id;
use tongxing_domain::tables::Dealer;
use tongxing_view::prelude::*;

/// The page.
pub fn page() -> View {
    let s = scene();
    let dealer = Memo::new(move |_| match s.nav.route() {
        Route::SetGoal(id, _) => id,
        _ => Id::NIL,
    });
    let there = Memo::new(move |_| {
        s.store
            .read(|book| book.dealers.get(dealer.get()).is_some())
    });
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            {move || {
                if there.get() {
                    let talk = untrack(|| Talk::open(s, dealer.get_untracked()));
                    conversation(talk)
                } else {
                    missing(s)
                }
            }}
        </main>
    }
}

fn missing(s: Scene) -> View {
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::TITLE)>
            <header class="head"><div class="head-main"><h1 class="head-title">{s.t(texts::TITLE)}</h1></div></header>
            <div class="body">
                {empty_page(
                    Icon::Search,
                    s.t(dealer_texts::UNKNOWN),
                    s.t(dealer_texts::UNKNOWN_HINT),
                    Some(view! { <a class="btn" href=Route::Dealers.href()>{s.t(dealer_texts::TO_LIST)}</a> }),
                )}
            </div>
        </section>
    }
}

fn conversation(talk: Talk) -> View {
    let s = talk.s;
    let step = Memo::new(move |_| match s.nav.route() {
        Route::SetGoal(_, step) => step,
        _ => GoalStep::Need,
    });
    Effect::new(move |before: Option<GoalStep>| {
        let now = step.get();
        if before.is_some_and(|before| before != now) {
            // Once the step is drawn.
            request_animation_frame(focus_question);
        }
        now
    });
    let body = move || {
        let now = step.get();
        let asked = match now {
            GoalStep::Need => need::view(talk),
            GoalStep::Measure => measure::view(talk),
            GoalStep::Baseline => target::baseline(talk),
            GoalStep::Target => target::view(talk),
            GoalStep::Milestones => marks::view(talk),
            GoalStep::Agree => agreed::view(talk),
        };
        view! {
            <div class="body form">
                <div class="question">
                    <h2 id="question" tabindex="-1">{s.t(texts::question(now))}</h2>
                    <p class="help">{s.t(texts::hint(now))}</p>
                </div>
                {asked}
            </div>
            <footer class="dock">{dock(talk, now)}</footer>
        }
    };
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::TITLE)>
            {head(talk, step)}
            {body}
        </section>
        {talk.sheets.view()}
    }
}

fn focus_question() {
    use leptos::wasm_bindgen::JsCast as _;
    let heading = document().get_element_by_id("question");
    if let Some(heading) =
        heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // Fails only when the heading left the page in the meantime.
        let _ = heading.focus();
    }
}

fn head(talk: Talk, step: Memo<GoalStep>) -> View {
    let s = talk.s;
    let dealer: Id<Dealer> = talk.dealer;
    let name = s
        .store
        .peek(|book| book.dealers.get(dealer).map(|dealer| dealer.name.clone()));
    let steps = GoalStep::ALL
        .into_iter()
        .map(|step| StepMark {
            name: s.t(texts::step(step)),
            href: Route::SetGoal(dealer, step).href(),
        })
        .collect();
    let at = Signal::derive(move || step.get() as usize);
    let done = Signal::derive(move || talk.answered());
    view! {
        <header class="head">
            <a
                class="icon-btn"
                href=Route::Dealer(dealer, DealerTab::Goals).href()
                aria-label=s.t(shell::BACK)
            >
                {Icon::ChevronLeft.draw()}
            </a>
            <div class="head-main">
                <h1 class="head-title">{s.t(texts::TITLE)}</h1>
                <p class="head-sub">{name}</p>
            </div>
            <div class="head-actions">
                <button
                    class="icon-btn"
                    type="button"
                    aria-label=s.t(texts::START_ANEW)
                    on:click=move |_| talk.start_anew()
                >
                    {Icon::Undo.draw()}
                </button>
            </div>
            <div class="head-more">{stepper(s.t(texts::STEPS).to_owned(), steps, at, done)}</div>
        </header>
    }
}

fn dock(talk: Talk, now: GoalStep) -> View {
    let s = talk.s;
    let to = |step: Option<&GoalStep>| step.map(|step| Route::SetGoal(talk.dealer, *step).href());
    let place = now as usize;
    let back = place
        .checked_sub(1)
        .and_then(|before| to(GoalStep::ALL.get(before)))
        .map(|href| {
            view! { <a class="btn" href=href>{Icon::ChevronLeft.draw()}{s.t(texts::BEFORE_STEP)}</a> }
        });
    let onward = match to(GoalStep::ALL.get(place + 1)) {
        Some(href) => view! {
            <a class="btn" data-kind="primary" href=href>{s.t(texts::NEXT)}{Icon::ChevronRight.draw()}</a>
        },
        None => agreed::acts(talk),
    };
    view! {
        <p class="dock-note">{s.t(texts::KEPT)}</p>
        {back}
        {onward}
    }
}
