//! Where a goal will end if it goes on as it went, and how sure that is.

use super::schedule::Schedule;
use crate::date::{Date, add_days};
use crate::measured::Covered;
use crate::quantity::Quantity;
use crate::ratio::Ratio;
use crate::tables::Gathering;

/// A forecast: the middle, and the range in which it lies in four cases of five.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// At the pace so far.
    pub mid: Quantity,
    /// Lowest and highest; `None` until two whole months show how much months differ.
    pub range: Option<(Quantity, Quantity)>,
}

/// Student's t for 80 % between both sides, by degrees of freedom from 1 (NIST/SEMATECH
/// e-Handbook of Statistical Methods, table 1.3.6.7.2, column 0.90).
const T_80: [f64; 12] = [
    3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356,
];

/// The pace so far carried on.
///
/// mid(t) = actual + (target − baseline) · (share(t) − share(now)) · pace.
/// The range is the prediction interval of the mean of m future months given n past ones
/// (Hahn and Meeker, "Statistical Intervals", 1991): ± t · s · √(1/n + 1/m) on the pace of the months
/// to come, where s is the standard deviation of the monthly paces. Where months add up, the
/// range does not go back behind what is already there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Outlook {
    actual: Quantity,
    as_of: Date,
    pace: f64,
    /// Standard deviation of the monthly paces and how many there are.
    spread: Option<(f64, usize)>,
    gathering: Gathering,
}

impl Outlook {
    pub(super) fn new(
        schedule: &Schedule,
        readings: &[Covered],
        actual: Quantity,
        as_of: Date,
        pace: Ratio,
        gathering: Gathering,
    ) -> Self {
        Self {
            actual,
            as_of,
            pace: pace.as_f64(),
            spread: spread(&monthly_paces(schedule, readings, gathering)),
            gathering,
        }
    }

    pub(super) fn months_seen(&self) -> usize {
        self.spread.map_or(0, |(_, months)| months)
    }

    pub(super) fn at(&self, schedule: &Schedule, day: Date) -> Forecast {
        let way = way(schedule);
        let ahead = schedule.share(day).as_f64() - schedule.share(self.as_of).as_f64();
        let start = self.actual.0 as f64;
        let mid = start + way * ahead * self.pace;
        let range = self.spread.map(|(deviation, seen)| {
            let months = schedule.months(self.as_of, day).as_f64().max(1.0);
            let t = T_80[(seen - 2).min(T_80.len() - 1)];
            let error = t * deviation * (1.0 / seen as f64 + 1.0 / months).sqrt();
            let half = (way * ahead * error).abs();
            let (low, high) = (mid - half, mid + half);
            match self.gathering {
                Gathering::Sum if way >= 0.0 => (low.max(start.min(mid)), high),
                Gathering::Sum => (low, high.min(start.max(mid))),
                _ => (low, high),
            }
        });
        // `as` on a float saturates.
        let whole = |value: f64| Quantity::held(value.round_ties_even() as i128);
        Forecast {
            mid: whole(mid),
            range: range.map(|(low, high)| (whole(low), whole(high))),
        }
    }
}

fn way(schedule: &Schedule) -> f64 {
    let course = schedule.course();
    course.target.0 as f64 - course.baseline.0 as f64
}

/// Each whole month's own pace: what it brought ÷ what it was to bring.
fn monthly_paces(schedule: &Schedule, readings: &[Covered], gathering: Gathering) -> Vec<f64> {
    let span = schedule.span();
    let mut paces = Vec::new();
    for (place, reading) in readings.iter().enumerate() {
        let begin = reading.month.first().max(span.start());
        let before = schedule.share(add_days(begin, -1)).as_f64();
        let expected = way(schedule) * (schedule.share(reading.as_of).as_f64() - before);
        if !reading.complete || expected == 0.0 {
            continue;
        }
        let brought = match gathering {
            Gathering::Sum => reading.amount.0 as f64,
            Gathering::Last | Gathering::Newer(_) => {
                let previous = match place.checked_sub(1).and_then(|p| readings.get(p)) {
                    Some(last) if last.complete && last.month.plus(1) == reading.month => {
                        last.amount
                    }
                    None if begin == span.start() => schedule.course().baseline,
                    // After a gap nobody knows in which month the change came.
                    _ => continue,
                };
                reading.amount.0 as f64 - previous.0 as f64
            }
        };
        paces.push(brought / expected);
    }
    paces
}

fn spread(paces: &[f64]) -> Option<(f64, usize)> {
    if paces.len() < 2 {
        return None;
    }
    let count = paces.len() as f64;
    let mean = paces.iter().sum::<f64>() / count;
    let squares: f64 = paces.iter().map(|pace| (pace - mean).powi(2)).sum();
    Some(((squares / (count - 1.0)).sqrt(), paces.len()))
}
