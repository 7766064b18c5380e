//! A figure that opens its explanation.

use std::sync::atomic::{AtomicU32, Ordering};
use tongxing_domain::explain::Line;
use tongxing_view::prelude::*;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An id that no other element on the page has.
pub fn unique_id(prefix: &str) -> String {
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A figure; a tap shows the inputs, the rule and the arithmetic. The last line is the result.
pub fn explain(
    figure: impl IntoView + 'static,
    title: String,
    lines: Vec<Line>,
    rule: String,
) -> View {
    let id = unique_id("explain");
    let heading = format!("{id}-h");
    let (target, heading_id) = (id.clone(), heading.clone());
    let last = lines.len().saturating_sub(1);
    view! {
        <button class="explain" type="button" popovertarget=target aria-haspopup="dialog">
            {figure.into_view()}
        </button>
        <div class="popover" popover="" id=id role="dialog" aria-labelledby=heading>
            <h3 id=heading_id>{title}</h3>
            <dl class="sum">
                {lines
                    .into_iter()
                    .enumerate()
                    .map(|(place, line)| {
                        view! {
                            <div class=(place == last).then_some("total")>
                                <dt>{line.label}</dt>
                                <dd>{line.value}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
            {(!rule.is_empty()).then(|| view! { <p>{rule}</p> })}
        </div>
    }
}

/// As [`explain`], where there are many: the lines are put together when they are asked for.
pub fn explain_when_asked(
    figure: impl IntoView + 'static,
    title: String,
    lines: impl Fn() -> Vec<Line> + 'static,
) -> View {
    let id = unique_id("explain");
    let heading = format!("{id}-h");
    let (target, heading_id) = (id.clone(), heading.clone());
    let asked = RwSignal::new(false);
    let told = move || {
        asked.get().then(|| {
            let lines = untrack(&lines);
            let last = lines.len().saturating_sub(1);
            lines
                .into_iter()
                .enumerate()
                .map(|(place, line)| {
                    view! {
                        <div class=(place == last).then_some("total")>
                            <dt>{line.label}</dt>
                            <dd>{line.value}</dd>
                        </div>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <button
            class="explain"
            type="button"
            popovertarget=target
            aria-haspopup="dialog"
            on:click=move |_| asked.set(true)
        >
            {figure.into_view()}
        </button>
        <div class="popover" popover="" id=id role="dialog" aria-labelledby=heading>
            <h3 id=heading_id>{title}</h3>
            <dl class="sum">{told}</dl>
        </div>
    }
}
