//! A figure that opens its explanation.

use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An id that no other element on the page has.
pub fn unique_id(prefix: &str) -> String {
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// One line of an explanation: what it is and how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumLine {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: String,
    /// Whether it is the result.
    pub total: bool,
}

/// A figure; a tap shows the inputs, the rule and the arithmetic.
pub fn explain(
    figure: impl IntoAny + 'static,
    title: String,
    lines: Vec<SumLine>,
    rule: String,
) -> AnyView {
    let id = unique_id("explain");
    let heading = format!("{id}-h");
    view! {
        <button class="explain" type="button" popovertarget=id.clone() aria-haspopup="dialog">
            {figure.into_any()}
        </button>
        <div class="popover" popover="" id=id role="dialog" aria-labelledby=heading.clone()>
            <h3 id=heading>{title}</h3>
            <dl class="sum">
                {lines
                    .into_iter()
                    .map(|line| {
                        view! {
                            <div class=line.total.then_some("total")>
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
    .into_any()
}
