//! A line of a dozen months in the room of a word.

use std::fmt::Write as _;
use tongxing_view::prelude::*;

const WIDTH: f64 = 96.0;
const HEIGHT: f64 = 28.0;
/// Room for the stroke and the last dot.
const EDGE: f64 = 3.0;

/// The line of a metric's last months, oldest first; months without a reading are gaps.
/// `label` says in words what it shows.
pub fn spark(values: &[Option<i64>], label: String) -> View {
    let Some((path, end)) = path(values) else {
        return ().into_view();
    };
    view! {
        <svg class="spark" viewBox="0 0 96 28" role="img" aria-label=label>
            <path class="line" data-series="actual" d=path></path>
            <circle class="dot" cx=end.0.to_string() cy=end.1.to_string() r="2.5"></circle>
        </svg>
    }
}

fn path(values: &[Option<i64>]) -> Option<(String, (f64, f64))> {
    let known = || values.iter().flatten();
    let (least, most) = (*known().min()?, *known().max()?);
    if known().count() < 2 {
        return None;
    }
    let spread = (most as f64 - least as f64).max(1.0);
    let step = (WIDTH - 2.0 * EDGE) / (values.len() - 1) as f64;
    let mut text = String::new();
    let mut end = (0.0, 0.0);
    let mut drawing = false;
    for (place, value) in values.iter().enumerate() {
        let Some(value) = value else {
            drawing = false;
            continue;
        };
        let x = EDGE + place as f64 * step;
        let y = HEIGHT - EDGE - (*value as f64 - least as f64) / spread * (HEIGHT - 2.0 * EDGE);
        let letter = if drawing { 'L' } else { 'M' };
        // Writing to a text cannot fail.
        let _ = write!(text, "{letter}{x:.1} {y:.1}");
        drawing = true;
        end = (x, y);
    }
    Some((text, end))
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_line_needs_two_points_and_leaves_gaps() {
        assert!(path(&[]).is_none());
        assert!(path(&[Some(4), None]).is_none());
        let (text, end) = path(&[Some(0), None, Some(10), Some(5)]).unwrap();
        assert_eq!(text, "M3.0 25.0M63.0 3.0L93.0 14.0");
        assert_eq!(end, (93.0, 14.0));
    }

    #[test]
    fn a_flat_line_is_drawn() {
        assert_eq!(path(&[Some(7), Some(7)]).unwrap().0, "M3.0 25.0L93.0 25.0");
    }
}
