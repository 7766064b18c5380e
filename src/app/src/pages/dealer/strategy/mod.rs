//! The long term: the joint business plan with its years and objectives, reviews, the culture check,
//! contracts, and what is for the team alone.

mod contracts;
mod culture;
mod objectives;
mod reviews;
mod risks;

use super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, internal_mark};
use crate::components::menu::menu;
use crate::components::pane::{empty_page, section};
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{shell, strategy as texts, time};
use chrono::Datelike as _;
use std::sync::Arc;
use tongxing_domain::strategy::{JointPlan, YearState, usual_years};
use tongxing_domain::tables::{BusinessPlan, ReviewKind};
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// The tab.
pub(super) fn tab(here: Here) -> View {
    let s = here.s;
    (move || {
        let mut plans: Vec<JointPlan> = s.store.read(|book| {
            let plans = book.business_plans.of(here.id);
            plans
                .filter_map(|plan| JointPlan::of(book, plan.id, s.today))
                .collect()
        });
        // The one that runs, then the one that begins last.
        plans.sort_by_key(|plan| {
            let begins = plan.plan.span.map(|span| span.start());
            (plan.year.is_none(), std::cmp::Reverse(begins), plan.plan.id)
        });
        let mut plans = plans.into_iter();
        let first = plans.next();
        let others: Vec<JointPlan> = plans.collect();
        let dock = first.as_ref().map(|first| {
            // While a plan has years to go, nobody makes the next one.
            let ends = first.year.is_none_or(|year| year == first.years.len());
            let next = ends.then(|| new_plan(here, false));
            view! { <footer class="dock">{next}{culture::answer(here)}</footer> }
        });
        view! {
            <div class="body">
                {match &first {
                    Some(plan) => draw(here, plan),
                    None => empty_page(
                        Icon::Goal,
                        s.t(texts::NO_PLAN),
                        s.t(texts::NO_PLAN_HINT),
                        Some(new_plan(here, true)),
                    ),
                }}
                {older(here, &others)}
                {culture::section_of(here)}
                <div class="columns" data-even="">
                    <div>{contracts::section_of(here)}</div>
                    <div>{risks::section_of(here)}</div>
                </div>
            </div>
            {dock}
        }
    })
    .into_view()
}

fn new_plan(here: Here, primary: bool) -> View {
    let s = here.s;
    let add = move |_| {
        let span = usual_years(s.today);
        let title =
            span.map(|span| texts::plan_title(s.lang, span.start().year(), span.end().year()));
        here.add(
            BusinessPlan {
                dealer: here.id,
                title: title.unwrap_or_default(),
                span,
                ..here.fresh()
            },
            &[],
        );
    };
    view! {
        <button class="btn" type="button" data-kind=primary.then_some("primary") on:click=add>
            {Icon::Plus.draw()}
            {s.t(texts::NEW_PLAN)}
        </button>
    }
}

fn draw(here: Here, joint: &JointPlan) -> View {
    let s = here.s;
    let plan = &joint.plan;
    let state = match joint.year {
        Some(year) => badge(Tone::Info, texts::year_of(s.lang, year, joint.years.len())),
        None if plan.span.is_some_and(|span| s.today < span.start()) => {
            badge(Tone::None, s.t(texts::AHEAD))
        }
        None => badge(Tone::None, s.t(texts::OVER)),
    };
    let span = plan.span.map(|span| {
        let show = |day| show_date(day, s.lang);
        format!("{} – {}", show(span.start()), show(span.end()))
    });
    let agreed = (!plan.agreed_by.is_empty()).then(|| {
        let on = plan.agreed_on.map(|day| show_date(day, s.lang));
        crate::locales::goal::agreed(s.lang, &plan.agreed_by, on.as_deref())
    });
    let facts = [span, agreed].into_iter().flatten().collect::<Vec<_>>();
    let vision = if plan.vision.trim().is_empty() {
        view! { <p class="help">{s.t(texts::NO_VISION)}</p> }
    } else {
        view! { <blockquote class="vision">{super::profile::lines(&plan.vision)}</blockquote> }
    };
    let notes = (!s.shared && !plan.internal_notes.trim().is_empty()).then(|| {
        view! {
            <div class="log-internal" data-internal="">
                {internal_mark()}
                {super::profile::lines(&plan.internal_notes)}
            </div>
        }
    });
    let acts = vec![here.edit_item(&**plan), here.bin_item(plan.id)];
    let heading = crate::components::explain::unique_id("plan");
    let labelled = heading.clone();
    view! {
        <section class="section" aria-labelledby=labelled>
            <header class="section-head">
                <h2 id=heading>{plan.title.clone()}</h2>
                {state}
                <span class="section-more">
                    {menu(Icon::More, shell::more_about(s.lang, &plan.title), acts)}
                </span>
            </header>
            <p class="help">{facts.join(" · ")}</p>
            {vision}
            {notes}
            {years(here, joint)}
        </section>
        {objectives::section_of(here, joint)}
        {reviews::section_of(here, joint)}
    }
}

/// The years, each with how its review stands.
fn years(here: Here, joint: &JointPlan) -> View {
    let list = joint
        .years
        .iter()
        .map(|year| one_year(here, joint, year))
        .collect_view();
    view! { <dl class="stats">{list}</dl> }
}

fn one_year(here: Here, joint: &JointPlan, year: &YearState) -> View {
    let s = here.s;
    let (tone, word) = if year.review.is_some() {
        (Tone::Good, s.t(texts::REVIEWED))
    } else if year.review_is_due(s.today) {
        (Tone::Watch, s.t(texts::REVIEW_DUE))
    } else if joint.year == Some(year.number) {
        (Tone::Info, s.t(texts::RUNNING))
    } else {
        (Tone::None, s.t(texts::TO_COME))
    };
    let told = year.clone();
    let figure = explain(badge(tone, word), s.t(texts::YEAR_TITLE), move || {
        told.explain(s.lang)
    });
    let due = year.review_is_due(s.today);
    let (plan, number) = (Arc::clone(&joint.plan), year.number);
    let write = due.then(|| {
        view! {
            <button
                class="btn"
                type="button"
                on:click=move |_| reviews::add(here, &plan, ReviewKind::Yearly, Some(number))
            >
                {Icon::Edit.draw()}
                {s.t(texts::REVIEW_YEAR)}
            </button>
        }
    });
    let by = due.then(|| texts::review_by(s.lang, &time::day(s.lang, year.review_by, s.today)));
    view! {
        <div class="stat">
            <dt>{format!("{} · {}", texts::year(s.lang, year.number), year.span.start().year())}</dt>
            <dd>{figure}</dd>
            <dd class="stat-note">{by}{write}</dd>
        </div>
    }
}

fn older(here: Here, others: &[JointPlan]) -> Option<View> {
    let s = here.s;
    if others.is_empty() {
        return None;
    }
    let list = others
        .iter()
        .map(|joint| {
            let plan = Arc::clone(&joint.plan);
            let span = plan.span.map(|span| {
                let show = |day| show_date(day, s.lang);
                format!("{} – {}", show(span.start()), show(span.end()))
            });
            let edited = Arc::clone(&plan);
            RecordRow {
                sub: span.into_view(),
                opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
                acts: vec![here.edit_item(&*plan), here.bin_item(plan.id)],
                ..RecordRow::new(plan.title.as_str())
            }
            .view()
        })
        .collect();
    Some(section(
        s.t(texts::OTHER_PLANS),
        Some(others.len()),
        None,
        rows(list),
    ))
}
