//! The figures of a goal: each opens its explanation.

use crate::components::explain::explain;
use crate::components::marks::{badge, rag_tone};
use crate::components::pacing_chart::month_text;
use crate::components::pane::section;
use crate::locales::goal as texts;
use crate::state::scene::Scene;
use tongxing_domain::pacing::Pacing;
use tongxing_domain::quantity::Quantity;
use tongxing_domain::ratio::Ratio;
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// The four figures at the head of the page.
pub(super) fn stats(s: Scene, pacing: &Pacing) -> View {
    let short = |quantity: Quantity| pacing.unit.show_short(quantity, s.lang);
    let nothing = || s.t(texts::NOTHING).to_owned();
    let so_far = pacing.actual.map_or_else(nothing, short);
    let share = pacing
        .actual
        .and_then(|actual| Ratio::new(i128::from(actual.0), i128::from(pacing.target.0)))
        .map(|share| texts::of_target(s.lang, &share.show()));
    let counted = pacing
        .as_of
        .map(|day| texts::as_of(s.lang, &show_date(day, s.lang)));
    let pace = explain(
        pacing.pace.map_or_else(nothing, Ratio::show),
        s.t(texts::PACE).to_owned(),
        pacing.explain(s.lang),
        s.t(texts::PACE_RULE).to_owned(),
    );
    let end = pacing
        .forecast
        .map_or_else(nothing, |forecast| short(forecast.mid));
    let range = pacing
        .forecast
        .and_then(|forecast| forecast.range)
        .map(|(low, high)| format!("{} – {}", short(low), short(high)));
    let needed_label = if pacing.is_ceiling {
        texts::AT_MOST
    } else {
        texts::NEEDED
    };
    let needed = match pacing.required_per_month {
        Some(required) => short(required),
        None if pacing.reached => s.t(texts::REACHED).to_owned(),
        None => nothing(),
    };
    let average = pacing
        .rate_per_month
        .map(|rate| texts::average_so_far(s.lang, &short(rate)));
    view! {
        <dl class="stats">
            {stat(s.t(texts::SO_FAR), so_far.into_view(), share.or(counted).into_view())}
            {stat(s.t(texts::PACE), pace, badge(rag_tone(pacing.rag), s.t(pacing.rag.words())))}
            {stat(s.t(texts::AT_END), end.into_view(), range.into_view())}
            {stat(s.t(needed_label), needed.into_view(), average.into_view())}
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
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="num">{show(row.actual)}</td>
                    <td class="num">{show(row.expected)}</td>
                    <td class="num">{row.share.map(Ratio::show)}</td>
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
