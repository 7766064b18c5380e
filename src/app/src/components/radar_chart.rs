//! A radar: how two sides see the same things, and how they saw them before.

use super::explain::unique_id;
use std::fmt::Write as _;
use tongxing_view::prelude::*;

const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 320.0;
const RADIUS: f64 = 112.0;
/// Names stand this far beyond the outer ring.
const BESIDE: f64 = 18.0;

/// One line of a radar: its name for the legend, what kind it is, and a value of 0–10,000 for each
/// axis, none where nobody answered.
pub struct RadarLine {
    /// What it shows.
    pub name: String,
    /// The value of `data-series`.
    pub series: &'static str,
    /// The values.
    pub values: Vec<Option<i64>>,
}

/// The drawing with its legend. `summary` says in words what it shows.
pub fn radar_chart(axes: &[&'static str], lines: &[RadarLine], summary: String) -> View {
    let count = axes.len();
    let spot = |place: usize, share: f64| {
        let turn = place as f64 / count as f64 * std::f64::consts::TAU;
        (
            WIDTH / 2.0 + turn.sin() * RADIUS * share,
            HEIGHT / 2.0 - turn.cos() * RADIUS * share,
        )
    };
    let ring = |share: f64| {
        let spots = (0..count).map(|place| spot(place, share));
        view! { <path class="grid-line" fill="none" d=closed(spots)></path> }
    };
    let names = axes
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let (x, y) = spot(place, 1.0 + BESIDE / RADIUS);
            let anchor = match x - WIDTH / 2.0 {
                across if across > 8.0 => "start",
                across if across < -8.0 => "end",
                _ => "middle",
            };
            view! {
                <text x=format!("{x:.1}") y=format!("{:.1}", y + 5.0) text-anchor=anchor>{*name}</text>
            }
        })
        .collect_view();
    let spokes = (0..count)
        .map(|place| {
            let (x, y) = spot(place, 1.0);
            let d = format!("M{} {}L{x:.1} {y:.1}", WIDTH / 2.0, HEIGHT / 2.0);
            view! { <path class="grid-line" d=d></path> }
        })
        .collect_view();
    let drawn = lines
        .iter()
        .map(|line| {
            let known: Vec<_> = line
                .values
                .iter()
                .enumerate()
                .filter_map(|(place, value)| Some(spot(place, (*value)? as f64 / 10_000.0)))
                .collect();
            let dots = known
                .iter()
                .map(|(x, y)| {
                    view! {
                        <circle
                            class="dot"
                            data-series=line.series
                            cx=format!("{x:.1}")
                            cy=format!("{y:.1}")
                            r="3"
                        ></circle>
                    }
                })
                .collect_view();
            let dots = (line.series != "before").then_some(dots);
            view! {
                <path class="line" data-series=line.series d=closed(known.into_iter())></path>
                {dots}
            }
        })
        .collect_view();
    let legend = lines
        .iter()
        .map(|line| view! { <span data-series=line.series>{line.name.clone()}</span> })
        .collect_view();
    let described = unique_id("radar");
    let id = described.clone();
    view! {
        <figure class="chart radar">
            <figcaption class="chart-head"><span class="legend">{legend}</span></figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-labelledby=described>
                {ring(0.25)}
                {ring(0.5)}
                {ring(0.75)}
                {ring(1.0)}
                {spokes}
                {drawn}
                {names}
            </svg>
            <p class="sr" id=id>{summary}</p>
        </figure>
    }
}

fn closed(spots: impl Iterator<Item = (f64, f64)>) -> String {
    let mut path = String::new();
    for (x, y) in spots {
        let letter = if path.is_empty() { 'M' } else { 'L' };
        // Writing into a text cannot fail.
        let _ = write!(path, "{letter}{x:.1} {y:.1}");
    }
    if !path.is_empty() {
        path.push('z');
    }
    path
}
