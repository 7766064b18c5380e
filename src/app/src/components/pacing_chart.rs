//! The pacing chart: what is expected, what is there, and where it goes.

use super::chart_scale::round_steps;
use super::explain::unique_id;
use super::measured::width_of;
use crate::locales::goal;
use crate::state::scene::{Scene, scene};
use leptos::html::Figure;
use std::fmt::Write;
use std::sync::Arc;
use tongxing_domain::date::{Date, Month, days_between};
use tongxing_domain::pacing::{Pacing, Point};
use tongxing_domain::quantity::Quantity;
use tongxing_domain::value::{Value, show_date};
use tongxing_view::prelude::*;

/// The drawing's height; its width is the figure's own, so that text is never scaled.
const HEIGHT: f64 = 220.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 26.0;
const RIGHT: f64 = 14.0;
/// Room that a month's name needs.
const MONTH_ROOM: f64 = 44.0;

/// The chart of a goal's pacing, with its data as a table.
pub fn pacing_chart(pacing: Arc<Pacing>) -> View {
    let s = scene();
    let figure = NodeRef::<Figure>::new();
    let width = width_of(figure, 600.0);
    let summary = unique_id("chart");
    let described = summary.clone();
    let drawn = Arc::clone(&pacing);
    view! {
        <figure class="chart" node_ref=figure>
            <figcaption class="chart-head">
                <span class="chart-title">{pacing.metric.title(s.lang).to_owned()}</span>
                <span class="legend">
                    <span data-series="actual">{s.t(goal::ACTUAL)}</span>
                    <span data-series="expected">{s.t(goal::EXPECTED)}</span>
                    <span data-series="forecast">{s.t(goal::FORECAST)}</span>
                </span>
            </figcaption>
            {move || Drawing::new(&drawn, width.get()).draw(s, &drawn, &described)}
            <p class="sr" id=summary>{goal::chart_summary(s.lang, &pacing)}</p>
            {table(s, &pacing)}
        </figure>
    }
}

struct Drawing {
    width: f64,
    left: f64,
    first: Date,
    days: f64,
    steps: Vec<f64>,
    points: Vec<Point>,
}

impl Drawing {
    fn new(pacing: &Pacing, width: f64) -> Self {
        let points = pacing.series();
        let span = pacing.schedule().span();
        let mut values = vec![pacing.baseline.0 as f64, pacing.target.0 as f64];
        for point in &points {
            values.extend(point.actual.map(|q| q.0 as f64));
            if let Some(forecast) = point.forecast {
                values.push(forecast.mid.0 as f64);
                values.extend(
                    forecast
                        .range
                        .into_iter()
                        .flat_map(|(low, high)| [low.0 as f64, high.0 as f64]),
                );
            }
        }
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // An axis from zero where zero is near: a course from 0 to 480 should look like one.
        let low = if low > 0.0 && low < high * 0.5 {
            0.0
        } else {
            low
        };
        Self {
            width: width.max(240.0),
            left: 52.0,
            first: span.start(),
            days: (span.days() as f64).max(1.0),
            steps: round_steps(low, high, 5),
            points,
        }
    }

    fn x(&self, day: Date) -> f64 {
        let passed = (days_between(self.first, day) + 1) as f64 / self.days;
        self.left + passed.clamp(0.0, 1.0) * (self.width - self.left - RIGHT)
    }

    fn y(&self, value: f64) -> f64 {
        let (low, high) = (
            self.steps.first().copied().unwrap_or(0.0),
            self.steps.last().copied().unwrap_or(1.0),
        );
        HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
    }

    fn path(&self, value: impl Fn(&Point) -> Option<Quantity>) -> String {
        let mut path = String::new();
        for point in &self.points {
            if let Some(value) = value(point) {
                let letter = if path.is_empty() { 'M' } else { 'L' };
                let _ = write!(
                    path,
                    "{letter}{:.1} {:.1}",
                    self.x(point.day),
                    self.y(value.0 as f64)
                );
            }
        }
        path
    }

    /// The forecast's range: along the highest, back along the lowest.
    fn band(&self) -> String {
        let ranged: Vec<_> = self
            .points
            .iter()
            .filter_map(|point| Some((self.x(point.day), point.forecast?.range?)))
            .collect();
        let mut path = String::new();
        for (x, (_, high)) in &ranged {
            let letter = if path.is_empty() { 'M' } else { 'L' };
            let _ = write!(path, "{letter}{x:.1} {:.1}", self.y(high.0 as f64));
        }
        for (x, (low, _)) in ranged.iter().rev() {
            let _ = write!(path, "L{x:.1} {:.1}", self.y(low.0 as f64));
        }
        if !path.is_empty() {
            path.push('z');
        }
        path
    }

    fn draw(&self, s: Scene, pacing: &Pacing, described: &str) -> View {
        let right = self.width - RIGHT;
        let floor = HEIGHT - BOTTOM;
        let grid = self
            .steps
            .iter()
            .enumerate()
            .map(|(place, step)| {
                let y = self.y(*step);
                let class = if place == 0 { "axis" } else { "grid-line" };
                let text = pacing.unit.show_short(Quantity(*step as i64), s.lang);
                view! {
                    <line class=class x1=self.left x2=right y1=y y2=y></line>
                    <text class="tick-label" x=self.left - 8.0 y=y + 4.0 text-anchor="end">{text}</text>
                }
            })
            .collect_view();
        let months: Vec<Month> = pacing.schedule().span().months().collect();
        let every = (months.len() as f64 * MONTH_ROOM / (right - self.left))
            .ceil()
            .max(1.0) as usize;
        let names = months
            .into_iter()
            .step_by(every)
            .map(|month| {
                let middle = (self.x(month.first()) + self.x(month.last())) / 2.0;
                view! {
                    <text class="tick-label" x=middle y=HEIGHT - 6.0 text-anchor="middle">
                        {goal::month_tick(s.lang, month)}
                    </text>
                }
            })
            .collect_view();
        let target_y = self.y(pacing.target.0 as f64);
        let today = pacing.as_of.zip(pacing.actual).map(|(day, actual)| {
            let (x, y) = (self.x(day), self.y(actual.0 as f64));
            let anchor = if x > self.width / 2.0 { "end" } else { "start" };
            let label_x = if x > self.width / 2.0 {
                x - 6.0
            } else {
                x + 6.0
            };
            view! {
                <line class="today-line" x1=x x2=x y1=TOP - 6.0 y2=floor></line>
                <text class="today-label" x=label_x y=TOP - 2.0 text-anchor=anchor>
                    {pacing.unit.show_short(actual, s.lang)}
                </text>
                <circle class="dot" cx=x cy=y r="4.5"></circle>
            }
        });
        view! {
            <svg
                viewBox=format!("0 0 {} {HEIGHT}", self.width)
                role="img"
                aria-labelledby=described.to_owned()
            >
                {grid}
                {names}
                <path class="band" d=self.band()></path>
                <line class="target-line" x1=right - 28.0 x2=right + 4.0 y1=target_y y2=target_y></line>
                <text class="value-label" x=right y=target_y - 8.0 text-anchor="end">
                    {goal::target_label(s.lang, &pacing.unit.show_short(pacing.target, s.lang))}
                </text>
                <path class="line" data-series="expected" d=self.path(|point| Some(point.expected))></path>
                <path
                    class="line"
                    data-series="forecast"
                    d=self.path(|point| point.forecast.map(|forecast| forecast.mid))
                ></path>
                <path class="line" data-series="actual" d=self.path(|point| point.actual)></path>
                {today}
            </svg>
        }
    }
}

fn table(s: Scene, pacing: &Pacing) -> View {
    let show = |quantity: Quantity| pacing.unit.show(quantity, s.lang);
    let rows = pacing
        .series()
        .into_iter()
        .map(|point| {
            view! {
                <tr>
                    <th scope="row">{show_date(point.day, s.lang)}</th>
                    <td class="num">{point.actual.map(show)}</td>
                    <td class="num">{show(point.expected)}</td>
                    <td class="num">{point.forecast.map(|forecast| show(forecast.mid))}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="fold chart-data">
            <summary>{s.t(goal::CHART_DATA)}</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label=s.t(goal::CHART_DATA)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{s.t(goal::DAY)}</th>
                            <th scope="col" class="num">{s.t(goal::ACTUAL)}</th>
                            <th scope="col" class="num">{s.t(goal::EXPECTED)}</th>
                            <th scope="col" class="num">{s.t(goal::FORECAST)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

/// A month's name for reading.
pub fn month_text(s: Scene, month: Month) -> String {
    Value::Month(month).show(tongxing_domain::value::Kind::Month, s.lang)
}
