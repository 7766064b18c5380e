//! The figures of a goal: each opens its explanation.

use crate::components::explain::explain;
use crate::components::marks::{badge, rag_tone};
use crate::components::pacing_chart::month_text;
use crate::components::pane::section;
use crate::locales::{Words, goal as texts};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::explain::resulting;
use tongxing_domain::pacing::{MONTH_EXPECTED, MONTH_SHARE, Pacing, PacingFigure};
use tongxing_domain::quantity::Quantity;
use tongxing_domain::ratio::Ratio;
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// The four figures at the head of the page.
pub(super) fn stats(s: Scene, pacing: &Pacing) -> View {
    let short = |quantity: Quantity| pacing.unit.show_short(quantity, s.lang);
    let nothing = || s.t(texts::NOTHING).to_owned();
    let figure = |shown: String, which: PacingFigure| {
        let told = pacing.clone();
        explain(shown, s.t(texts::HOW), move || {
            told.explain_figure(which, s.lang)
        })
    };
    let so_far = figure(
        pacing.actual.map_or_else(nothing, short),
        PacingFigure::Actual,
    );
    let share = pacing
        .progress()
        .map(|done| texts::of_the_way(s.lang, &done.show()))
        .map(|shown| figure(shown, PacingFigure::Progress));
    let counted = pacing
        .as_of
        .map(|day| texts::as_of(s.lang, &show_date(day, s.lang)));
    let pace = figure(
        pacing.pace.map_or_else(nothing, Ratio::show),
        PacingFigure::Pace,
    );
    let end = figure(
        pacing
            .forecast
            .map_or_else(nothing, |forecast| short(forecast.mid)),
        PacingFigure::Forecast,
    );
    let range = pacing
        .forecast
        .and_then(|forecast| forecast.range)
        .map(|(low, high)| format!("{} – {}", short(low), short(high)))
        .map(|shown| figure(shown, PacingFigure::Range));
    let needed_label = if pacing.is_ceiling {
        texts::AT_MOST
    } else {
        texts::NEEDED
    };
    let needed = figure(pacing.needed_text(s.lang), PacingFigure::Needed);
    let average = pacing
        .rate_per_month
        .map(|rate| texts::average_so_far(s.lang, &short(rate)))
        .map(|shown| figure(shown, PacingFigure::Monthly));
    view! {
        <dl class="stats">
            {stat(s.t(texts::SO_FAR), so_far, share.map_or_else(|| counted.into_view(), IntoView::into_view))}
            {stat(s.t(texts::PACE), pace, badge(rag_tone(pacing.rag), s.t(pacing.rag.words())))}
            {stat(s.t(texts::AT_END), end, range.into_view())}
            {stat(s.t(needed_label), needed, average.into_view())}
        </dl>
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

/// The readings, month by month, against what was expected of each.
pub(super) fn readings(s: Scene, pacing: &Pacing) -> View {
    let months = pacing.months();
    if months.is_empty() {
        return ().into_view();
    }
    let show = |quantity: Quantity| pacing.unit.show(quantity, s.lang);
    let told = Arc::new(pacing.clone());
    let rows = months
        .iter()
        .map(|row| {
            let name = if row.complete {
                month_text(s, row.month)
            } else {
                let day = show_date(row.as_of, s.lang);
                format!(
                    "{} ({})",
                    month_text(s, row.month),
                    texts::as_of(s.lang, &day)
                )
            };
            let figure = |shown: String, label: Words| {
                let (told, month) = (Arc::clone(&told), *row);
                explain(shown, name.clone(), move || {
                    resulting(told.explain_month(&month, s.lang), label)
                })
            };
            let expected = figure(show(row.expected), MONTH_EXPECTED);
            let share = row.share.map(|share| figure(share.show(), MONTH_SHARE));
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="num" data-recorded="">{show(row.actual)}</td>
                    <td class="num">{expected}</td>
                    <td class="num">{share}</td>
                </tr>
            }
        })
        .collect_view();
    let table = view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=s.t(texts::MONTH_BY_MONTH)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{s.t(texts::MONTH)}</th>
                        <th scope="col" class="num">{s.t(texts::ACTUAL)}</th>
                        <th scope="col" class="num">{s.t(texts::EXPECTED)}</th>
                        <th scope="col" class="num">{s.t(texts::SHARE)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    section(
        s.t(texts::READINGS),
        Some(months.len()),
        None,
        table.into_view(),
    )
}
