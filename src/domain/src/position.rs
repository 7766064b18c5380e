//! Places in a list that people order by hand: fractional indexes.
//!
//! A place is a fraction between 0 and 1 written in digits `0`–`9`, `a`–`z`, without trailing
//! zeros, so that places compare as their texts do and between any two there is another
//! (Figma, "Realtime editing of ordered sequences", 2017). Ties, which two tablets can make at
//! the same time, are broken by the records' ids.
//!
//! Our own, since the places come from other devices: the crates at hand panic on text that
//! is no fraction, here such text counts as no place at all.

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const BASE: u8 = 36;

/// A place after `after` and before `before`; without one of them, at that end of the list.
/// Where both are the same or the wrong way round, a place after `after`.
pub fn between(after: Option<&str>, before: Option<&str>) -> String {
    let low = after.and_then(digits);
    let high = before.and_then(digits);
    let place = match (low, high) {
        (None, None) => vec![BASE / 2],
        (Some(low), None) => following(&low),
        (None, Some(high)) => middle(&[], &high),
        (Some(low), Some(high)) if low < high => middle(&low, &high),
        (Some(low), Some(_)) => following(&low),
    };
    place
        .into_iter()
        .filter_map(|digit| DIGITS.get(digit as usize))
        .map(|digit| char::from(*digit))
        .collect()
}

/// So many places in order after `after`.
pub fn several(after: Option<&str>, count: usize) -> Vec<String> {
    let mut last = after.map(str::to_owned);
    (0..count)
        .map(|_| {
            let next = between(last.as_deref(), None);
            last = Some(next.clone());
            next
        })
        .collect()
}

/// The digits of a place; `None` for text that is no place.
fn digits(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .bytes()
        .map(|byte| {
            DIGITS
                .iter()
                .position(|digit| *digit == byte)
                .map(|d| d as u8)
        })
        .collect::<Option<_>>()?;
    digits
        .last()
        .is_some_and(|last| *last != 0)
        .then_some(digits)
}

/// A short place above `low`: the first digit that can grow does.
fn following(low: &[u8]) -> Vec<u8> {
    let mut place = Vec::with_capacity(low.len() + 1);
    for digit in low {
        if *digit < BASE - 1 {
            place.push(digit + 1);
            return place;
        }
        place.push(*digit);
    }
    place.push(1);
    place
}

/// A place between two fractions, where `low` is below `high`.
fn middle(low: &[u8], high: &[u8]) -> Vec<u8> {
    let mut place = Vec::with_capacity(high.len() + 1);
    for at in 0.. {
        let below = low.get(at).copied().unwrap_or(0);
        let above = high.get(at).copied().unwrap_or(0);
        if below == above && at < high.len() {
            place.push(below);
        } else if above > below + 1 {
            place.push(below + (above - below) / 2);
            break;
        } else {
            // Neighbouring digits: stay on the lower one and go above the rest of `low`.
            place.push(below);
            let rest = low.get(at + 1..).unwrap_or(&[]);
            if rest.is_empty() {
                place.push(BASE / 2);
            } else {
                place.extend(following(rest));
            }
            break;
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lists_grow_at_both_ends_and_within() {
        assert_eq!(between(None, None), "i");
        assert_eq!(between(Some("i"), None), "j");
        assert_eq!(between(Some("z"), None), "z1");
        assert_eq!(between(None, Some("1")), "0i");
        assert_eq!(between(Some("i"), Some("j")), "ii");
        assert_eq!(several(Some("y"), 3), ["z", "z1", "z2"]);
    }

    #[test]
    fn text_that_is_no_place_counts_as_none() {
        for text in ["", "经", "A", "i0", "i j"] {
            assert_eq!(between(Some(text), None), "i");
        }
        assert_eq!(between(Some("m"), Some("b")), "n");
    }

    #[test]
    fn a_long_list_keeps_short_places() {
        assert!(several(None, 1000).iter().all(|place| place.len() <= 30));
    }

    proptest! {
        /// However a list is ordered by hand, places stay distinct and in order.
        #[test]
        fn any_order_of_insertions_holds(at in prop::collection::vec(any::<prop::sample::Index>(), 1..60)) {
            let mut list: Vec<String> = Vec::new();
            for index in at {
                let place = index.index(list.len() + 1);
                let new = between(
                    place.checked_sub(1).map(|p| list[p].as_str()),
                    list.get(place).map(String::as_str),
                );
                list.insert(place, new);
            }
            prop_assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", list);
        }

        #[test]
        fn any_text_is_borne(a in ".{0,8}", b in "[0-9a-z]{0,6}", c in "[0-9a-z]{0,6}") {
            let _ = (between(Some(&a), None), between(None, Some(&a)));
            let place = between(Some(&b), Some(&c));
            if digits(&b).is_some() && digits(&c).is_some() && b < c {
                prop_assert!(b < place && place < c);
            }
        }
    }
}
