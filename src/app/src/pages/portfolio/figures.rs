//! A metric over all dealers by two sides, with the dealers behind every cell.

use super::Here;
use crate::components::explain::{explain, unique_id};
use crate::components::icon::Icon;
use crate::components::pane::empty_page;
use crate::components::spark::spark;
use crate::components::views::saved_views;
use crate::locales::{Words, portfolio as texts, scorecard, views};
use crate::state::kept::kept;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::crosstab::{Axis, Cell, Crosstab, Question, Side};
use tongxing_domain::date::Month;
use tongxing_domain::id::{Id, IdMap};
use tongxing_domain::metrics;
use tongxing_domain::period::{Cycle, Period};
use tongxing_domain::scorecard::{Tier, all_in_force, all_scores};
use tongxing_domain::tables::{Dealer, Metric, View as Saved};
use tongxing_view::prelude::*;

/// What rows and columns can be.
const AXES: [Axis; 7] = [
    Axis::Region,
    Axis::Kind,
    Axis::Size,
    Axis::Segment,
    Axis::Tier,
    Axis::Period,
    Axis::All,
];
/// How many periods are looked at.
const PERIODS: i32 = 6;

/// What is asked.
#[derive(Clone, Copy)]
struct Asked {
    here: Here,
    metric: RwSignal<Id<Metric>>,
    rows: RwSignal<Axis>,
    columns: RwSignal<Axis>,
    cycle: RwSignal<Cycle>,
    /// The saved view whose dealers are looked at; all of them without one.
    of: RwSignal<Option<Id<Saved>>>,
}

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    let asked = Asked {
        here,
        metric: RwSignal::new(metrics::sales_in()),
        rows: RwSignal::new(Axis::Kind),
        columns: RwSignal::new(Axis::Period),
        cycle: RwSignal::new(Cycle::Quarter),
        of: RwSignal::new(None),
    };
    let table = Memo::new(move |_| {
        let (metric, rows, columns, cycle) = (
            asked.metric.get(),
            asked.rows.get(),
            asked.columns.get(),
            asked.cycle.get(),
        );
        let of = asked.of.get();
        let table = kept(s, "crosstab", (of, metric, rows, columns, cycle), |book| {
            answer(book, s, of, metric, rows, columns, cycle).map(Arc::new)
        });
        table.as_ref().clone()
    });
    view! {
        {bar(asked)}
        {move || match table.get() {
            Some(table) if !table.rows.is_empty() => draw(asked, &table),
            _ => empty_page(Icon::Chart, s.t(texts::NO_FIGURES), s.t(texts::NO_FIGURES_TEXT), None),
        }}
    }
}

fn answer(
    book: &Book,
    s: Scene,
    of: Option<Id<Saved>>,
    metric: Id<Metric>,
    rows: Axis,
    columns: Axis,
    cycle: Cycle,
) -> Option<Crosstab> {
    let now = Period::of(cycle, Month::of(s.today));
    let tiers = if rows == Axis::Tier || columns == Axis::Tier {
        tiers(book, s)
    } else {
        IdMap::default()
    };
    let saved = of.and_then(|id| book.views.get(id)?.filter.as_ref());
    let fits = |dealer: &&Dealer| saved.is_none_or(|filter| filter.takes(book, *dealer, s.today));
    let dealers = book.dealers.iter().map(Arc::as_ref).filter(fits);
    let question = Question {
        dealers: dealers.collect(),
        metric,
        periods: now.with_those_before(PERIODS).collect(),
        rows,
        columns,
    };
    Crosstab::of(
        book,
        &question,
        &|dealer| tiers.get(&dealer).copied(),
        s.today,
    )
}

/// The tier of every dealer's last score, taken by itself.
fn tiers(book: &Book, s: Scene) -> IdMap<Id<Dealer>, Tier> {
    let first = all_in_force(book, s.today).into_iter().next();
    let Some(rubric) = first
        .as_ref()
        .and_then(|(_, version)| version.rubric.as_ref())
    else {
        return IdMap::default();
    };
    let period = Period::last_over(rubric.cycle(), s.today);
    let scores = all_scores(book, rubric, period, s.today).into_iter();
    scores
        .filter_map(|(dealer, score)| Some((dealer.id, rubric.thresholds().of(score?))))
        .collect()
}

fn bar(asked: Asked) -> View {
    let s = asked.here.s;
    let metrics = s.store.peek(|book| book.all_metrics());
    let metrics = metrics
        .iter()
        .map(|it| {
            let selected = it.id == asked.metric.get_untracked();
            view! { <option value=it.id.to_string() selected=selected>{it.title(s.lang).to_owned()}</option> }
        })
        .collect_view();
    let cycles = Cycle::ALL
        .iter()
        .map(|it| {
            let selected = *it == asked.cycle.get_untracked();
            view! { <option value=it.key() selected=selected>{s.t(it.words())}</option> }
        })
        .collect_view();
    let of_id = unique_id("of");
    let for_of = of_id.clone();
    let views = s
        .store
        .peek(saved_views)
        .into_iter()
        .map(|view| {
            let selected = Some(view.id) == asked.of.get_untracked();
            view! { <option value=view.id.to_string() selected=selected>{view.name.clone()}</option> }
        })
        .collect_view();
    let (metric_id, cycle_id) = (unique_id("metric"), unique_id("cycle"));
    let (for_metric, for_cycle) = (metric_id.clone(), cycle_id.clone());
    view! {
        <div class="field-row figures-bar">
            <div class="field">
                <label for=for_of>{s.t(texts::DEALERS)}</label>
                <select id=of_id on:change=move |event| asked.of.set(event_target_value(&event).parse().ok())>
                    <option value="">{s.t(views::EVERYONE)}</option>
                    {views}
                </select>
            </div>
            <div class="field">
                <label for=for_metric>{s.t(texts::METRIC)}</label>
                <select
                    id=metric_id
                    on:change=move |event| {
                        if let Ok(id) = event_target_value(&event).parse() {
                            asked.metric.set(id);
                        }
                    }
                >
                    {metrics}
                </select>
            </div>
            {axis(s, texts::ROWS, asked.rows)}
            {axis(s, texts::COLUMNS, asked.columns)}
            <div class="field">
                <label for=for_cycle>{s.t(texts::CYCLE)}</label>
                <select
                    id=cycle_id
                    on:change=move |event| {
                        if let Some(cycle) = Cycle::named(&event_target_value(&event)) {
                            asked.cycle.set(cycle);
                        }
                    }
                >
                    {cycles}
                </select>
            </div>
        </div>
    }
}

fn axis(s: Scene, name: Words, chosen: RwSignal<Axis>) -> View {
    let id = unique_id("axis");
    let label = id.clone();
    let options = AXES
        .iter()
        .enumerate()
        .map(|(place, axis)| {
            let selected = *axis == chosen.get_untracked();
            view! { <option value=place.to_string() selected=selected>{s.t(axis.words())}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=label>{s.t(name)}</label>
            <select
                id=id
                on:change=move |event| {
                    let place = event_target_value(&event).parse::<usize>().ok();
                    if let Some(axis) = place.and_then(|place| AXES.get(place)) {
                        chosen.set(*axis);
                    }
                }
            >
                {options}
            </select>
        </div>
    }
}

fn draw(asked: Asked, table: &Arc<Crosstab>) -> View {
    let s = asked.here.s;
    let total_words = if table.sums { texts::SUM } else { texts::MEAN };
    let by_time = asked.columns.get_untracked() == Axis::Period;
    let largest = table
        .row_totals
        .values()
        .filter_map(|cell| cell.value)
        .map(|it| it.0)
        .max();
    let largest = largest.unwrap_or(0).max(1) as f64;
    let heads = table
        .columns
        .iter()
        .map(|column| view! { <th scope="col" class="num">{column.show(s.lang)}</th> })
        .collect_view();
    let lines = table
        .rows
        .iter()
        .map(|row| {
            let cells = table
                .columns
                .iter()
                .map(|column| {
                    let title = format!("{} · {}", row.show(s.lang), column.show(s.lang));
                    view! { <td class="num">{figure(asked, table, table.cell(row, column), title)}</td> }
                })
                .collect_view();
            let total = table.row_totals.get(row);
            let share = total.and_then(|cell| cell.value).map_or(0.0, |it| it.0 as f64 / largest * 100.0);
            let course = by_time.then(|| {
                let of = |column: &Side| Some(table.cell(row, column)?.value?.0);
                // A period that still runs would look like a fall.
                let over = |column: &&Side| match column {
                    Side::Period(period) => period.last().last() <= s.today,
                    _ => true,
                };
                let values: Vec<Option<i64>> = table.columns.iter().filter(over).map(of).collect();
                spark(&values, row.show(s.lang))
            });
            view! {
                <tr>
                    <th scope="row">
                        {row.show(s.lang)}
                        <span class="bar" style:--value=share.to_string()></span>
                    </th>
                    {cells}
                    <td class="num">{figure(asked, table, total, row.show(s.lang))}</td>
                    {by_time.then(|| view! { <td>{course}</td> })}
                </tr>
            }
        })
        .collect_view();
    let sums = table
        .columns
        .iter()
        .map(|column| {
            let cell = table.column_totals.get(column);
            view! { <td class="num">{figure(asked, table, cell, column.show(s.lang))}</td> }
        })
        .collect_view();
    let all = figure(
        asked,
        table,
        Some(&table.total),
        s.t(total_words).to_owned(),
    );
    let told = if table.sums {
        texts::SUM_TEXT
    } else {
        texts::MEAN_TEXT
    };
    view! {
        <div class="table-wrap" data-kind="sheet" tabindex="0" role="region" aria-label=s.t(texts::FIGURES)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{s.t(asked.rows.get_untracked().words())}</th>
                        {heads}
                        <th scope="col" class="num">{s.t(total_words)}</th>
                        {by_time.then(|| view! { <th scope="col">{s.t(scorecard::TREND)}</th> })}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{s.t(total_words)}</th>
                        {sums}
                        <td class="num">{all}</td>
                        {by_time.then(|| view! { <td></td> })}
                    </tr>
                </tfoot>
            </table>
        </div>
        <p class="help">{s.t(told)}</p>
    }
}

/// A cell; a tap shows the dealers behind it.
fn figure(asked: Asked, table: &Arc<Crosstab>, cell: Option<&Cell>, title: String) -> View {
    let s = asked.here.s;
    let Some((cell, value)) = cell.and_then(|cell| Some((cell, cell.value?))) else {
        return ().into_view();
    };
    let shown = table.unit.show_short(value, s.lang);
    let (cell, table, metric) = (cell.clone(), Arc::clone(table), asked.metric);
    explain(shown, title, move || {
        s.store
            .peek(|book| table.explain(book, metric.get_untracked(), &cell, s.today, s.lang))
    })
}
