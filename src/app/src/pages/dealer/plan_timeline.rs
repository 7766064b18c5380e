//! The timeline of a plan: a bar for each step on the scale of its months, whose it is, what it waits
//! for, and how far it slips.

use super::here::Here;
use super::rows::side_words;
use crate::components::explain::explain;
use crate::components::marks::{Tone, badge};
use crate::components::pane::note;
use crate::components::when;
use crate::locales::{dealer as text, goal, plans as texts, time};
use std::sync::Arc;
use tongxing_domain::gantt::{Bar, Gantt, Stretch, circle_text};
use tongxing_domain::id::Id;
use tongxing_domain::tables::{Plan, Progress, Side};
use tongxing_view::prelude::*;

/// A tick with less room than this, in basis points of the width, has no name.
const NAMED_FROM: i64 = 600;

/// The timeline.
pub(super) fn timeline(here: Here, plan: Id<Plan>) -> View {
    let s = here.s;
    let Some(gantt) = s.store.read(|book| Gantt::of(book, plan, s.today)) else {
        return view! { <p class="help">{s.t(texts::NO_DATES)}</p> };
    };
    let circles = gantt
        .circles
        .iter()
        .map(|circle| {
            let words = texts::circle(s.lang, &circle_text(circle));
            note(Tone::Risk, words, None)
        })
        .collect_view();
    let months = gantt
        .months
        .iter()
        .map(|tick| {
            let name = (tick.at.width >= NAMED_FROM).then(|| goal::month_tick(s.lang, tick.month));
            view! {
                <span class="gantt-month" style:--left=share(tick.at.left) style:--width=share(tick.at.width)>
                    {name}
                </span>
            }
        })
        .collect_view();
    let bars = gantt
        .rows
        .iter()
        .map(|bar| row(here, &gantt, bar))
        .collect_view();
    let undated = (!gantt.undated.is_empty()).then(|| {
        let names: Vec<&str> = gantt.undated.iter().map(|it| it.title.as_str()).collect();
        let names = names.join(", ");
        view! { <p class="help">{format!("{}: {names}", s.t(texts::UNDATED))}</p> }
    });
    view! {
        {circles}
        <div class="gantt">
            <div class="gantt-scale" aria-hidden="true">
                <span class="legend">
                    <span data-side="us">{s.t(text::BY_US)}</span>
                    <span data-side="dealer">{s.t(text::BY_DEALER)}</span>
                </span>
                <span class="gantt-track">{months}{today(here, &gantt)}</span>
            </div>
            <ol aria-label=s.t(texts::TIMELINE)>{bars}</ol>
        </div>
        {undated}
    }
}

/// Basis points of the width as a percentage.
fn share(basis_points: i64) -> String {
    (basis_points as f64 / 100.0).to_string()
}

fn today(here: Here, gantt: &Gantt) -> Option<View> {
    let at = gantt.today?;
    let title = here.s.t(texts::TODAY);
    Some(view! { <i class="gantt-today" title=title style:--left=share(at)></i> })
}

fn row(here: Here, gantt: &Gantt, bar: &Bar) -> View {
    let s = here.s;
    let step = &bar.step;
    let (side, key) = match step.side {
        Some(Side::Us) => (step.side, "us"),
        Some(Side::Dealer) => (step.side, "dealer"),
        _ => (None, "both"),
    };
    let state = match step.progress {
        Some(Progress::Done) => "done",
        Some(Progress::Doing) => "doing",
        _ if bar.blocked => "blocked",
        _ => "open",
    };
    let days = format!(
        "{} – {}",
        time::day(s.lang, bar.days.start(), s.today),
        time::day(s.lang, bar.days.end(), s.today)
    );
    let waits = bar
        .after
        .and_then(|row| gantt.rows.get(row))
        .map(|before| text::waits_for(s.lang, &before.step.title));
    let parts = [Some(s.t(side_words(side)).to_owned()), Some(days), waits];
    let sub = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let late = tongxing_domain::date::days_between(bar.days.end(), bar.ends);
    let figure = if late > 0 {
        let tone = if step.is_open() {
            Tone::Risk
        } else {
            Tone::Watch
        };
        badge(tone, text::slips(s.lang, late))
    } else {
        when::day(s, bar.ends)
    };
    let told = bar.clone();
    let end = explain(figure, s.t(texts::BAR_TITLE), move || told.explain(s.lang));
    let stretch = |class: &'static str, at: Stretch| {
        view! {
            <i class=class data-side=key data-state=state style:--left=share(at.left) style:--width=share(at.width)></i>
        }
    };
    let slip = bar.slip.map(|slip| stretch("gantt-slip", slip));
    let edited = Arc::clone(step);
    view! {
        <li>
            <button class="gantt-name" type="button" on:click=move |_| here.edit(&*edited, &["after"])>
                <span class="row-title" dir="auto">{step.title.clone()}</span>
                <span class="row-sub">{sub}</span>
            </button>
            <span class="gantt-track" aria-hidden="true">
                {stretch("gantt-bar", bar.planned)}
                {slip}
                {today(here, gantt)}
            </span>
            <span class="gantt-end">{end}</span>
        </li>
    }
}
