//! A figure that opens its explanation: the one way in which the app draws what it reckoned.

use super::show_more::show_more;
use crate::locales::Words;
use crate::state::route::Route;
use crate::state::scene::{Scene, scene};
use std::sync::atomic::{AtomicU32, Ordering};
use tongxing_domain::explain::{Line, counting};
use tongxing_domain::value::Link;
use tongxing_view::prelude::*;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// So many lines of an explanation are drawn at first, and so many at its end.
const AT_FIRST: usize = 60;
const AT_END: usize = 6;

/// An id that no other element on the page has.
pub fn unique_id(prefix: &str) -> String {
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A figure; a tap shows the inputs, the rule and the arithmetic, and among them the line that ends in
/// the figure. The lines are put together when they are asked for.
pub fn explain(
    figure: impl IntoView + 'static,
    title: impl Into<String>,
    lines: impl Fn() -> Vec<Line> + 'static,
) -> View {
    let id = unique_id("explain");
    let (target, title) = (id.clone(), title.into());
    let told = Later::new(move || {
        view! {
            <div class="popover" popover="" id=id role="dialog" aria-label=title.clone()>
                {told(&title, lines())}
            </div>
        }
    });
    let asked = told.clone();
    view! {
        <button
            class="explain"
            type="button"
            popovertarget=target
            aria-haspopup="dialog"
            on:click=move |_| asked.draw()
        >
            {figure.into_view()}
        </button>
        {told}
    }
}

fn told(title: &str, mut lines: Vec<Line>) -> View {
    // Where no line is said to be the result, the last one is.
    if lines.iter().all(|line| !line.is_result)
        && let Some(last) = lines.last_mut()
    {
        last.is_result = true;
    }
    // Of thousands of dealers the first are drawn, and the arithmetic after the last.
    let end = lines.split_off(lines.len().saturating_sub(AT_END));
    let (s, all, shown) = (scene(), lines.len(), RwSignal::new(AT_FIRST));
    let first = move || lines.iter().take(shown.get()).map(drawn).collect_view();
    let more = move || {
        show_more(s, all, shown, all).map(|more| {
            view! {
                <div>
                    <dt>{format!("+ {}", all - AT_FIRST)}</dt>
                    <dd>{more}</dd>
                </div>
            }
        })
    };
    view! {
        <h3>{title.to_owned()}</h3>
        <dl class="sum">
            {first}
            {more}
            {end.iter().map(drawn).collect_view()}
        </dl>
    }
}

fn drawn(line: &Line) -> View {
    view! {
        <div class=line.is_result.then_some("total")>
            <dt>{labelled(line.label.clone(), line.about)}</dt>
            <dd>{line.value.clone()}</dd>
        </div>
    }
}

/// What a line tells; it leads to the record that brings the value.
fn labelled(label: String, about: Option<Link>) -> View {
    match about.and_then(Route::of_record) {
        Some(place) => view! { <a href=place.href()>{label}</a> },
        None => label.into_view(),
    }
}

/// How many there are of what a rule counts; a tap tells the rule and names them.
pub fn counted(
    s: Scene,
    count: usize,
    title: Words,
    rule: Words,
    entries: impl Fn() -> Vec<Line> + 'static,
) -> View {
    let figure = view! { <b class="count">{count}</b> };
    explain(figure, s.t(title), move || {
        counting(rule, entries(), s.lang)
    })
}

/// A figure that is shown as somebody wrote it down: nothing was reckoned, so nothing is explained.
pub fn recorded(figure: impl IntoView + 'static) -> View {
    view! { <span data-recorded="">{figure.into_view()}</span> }
}
