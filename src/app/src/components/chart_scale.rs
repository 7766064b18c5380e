//! Round numbers for an axis.

/// Values for the lines of an axis from `low` to `high`, some `about` of them, in steps of 1, 2
/// or 5 times a power of ten. They reach at least as far as the data on both ends.
pub fn round_steps(low: f64, high: f64, about: u32) -> Vec<f64> {
    let (low, high) = if high > low {
        (low, high)
    } else {
        (low, low + 1.0)
    };
    let raw = (high - low) / f64::from(about.max(1));
    // By multiplying: logarithms would bring tables of eight kilobytes along.
    let mut power = 1.0;
    while power * 10.0 <= raw && power.is_finite() {
        power *= 10.0;
    }
    while power > raw {
        power /= 10.0;
    }
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= raw)
        .unwrap_or(raw);
    let first = (low / step).floor();
    let last = (high / step).ceil();
    let count = (last - first) as usize;
    (0..=count)
        .map(|place| (first + place as f64) * step)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::round_steps;

    #[test]
    fn steps_are_round_and_hold_the_data() {
        assert_eq!(
            round_steps(0.0, 480.0, 5),
            [0.0, 100.0, 200.0, 300.0, 400.0, 500.0]
        );
        assert_eq!(round_steps(12.0, 17.5, 5), [12.0, 14.0, 16.0, 18.0]);
        assert_eq!(
            round_steps(-30.0, 10.0, 4),
            [-30.0, -20.0, -10.0, 0.0, 10.0]
        );
    }

    #[test]
    fn a_flat_line_still_has_an_axis() {
        let steps = round_steps(7.0, 7.0, 4);
        assert!(steps.len() >= 2 && steps[0] <= 7.0);
    }
}
