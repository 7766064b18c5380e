//! A signature drawn on the screen: strokes on a sheet of fixed size, whatever the screen's.
//!
//! It is kept as SVG path data (`M12 40L13 42`), so that it can be drawn and printed at any size,
//! under an id that follows from its content: the same drawing is stored once.

use crate::id::Id;
use crate::tables::Agreement;
use std::fmt::Write as _;

/// Width and height of the sheet.
pub const SHEET: (u16, u16) = (1000, 360);
/// A signature goes at least so far in all: a tap or a slip of the finger does not.
const LEAST_WAY: f64 = 150.0;
/// Spots closer than this to the one before tell nothing more.
const NEAR: f64 = 3.0;
/// The most spots of a drawing: minutes of scribbling.
const MOST_SPOTS: usize = 8_000;

/// A spot on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spot {
    x: u16,
    y: u16,
}

impl Spot {
    /// The nearest spot of the sheet; `NaN` is its corner.
    fn at(x: f64, y: f64) -> Self {
        let held = |value: f64, most: u16| value.clamp(0.0, most.into()).round() as u16;
        Self {
            x: held(x, SHEET.0),
            y: held(y, SHEET.1),
        }
    }

    fn away(self, other: Self) -> f64 {
        let (x, y) = (
            f64::from(self.x) - f64::from(other.x),
            f64::from(self.y) - f64::from(other.y),
        );
        x.hypot(y)
    }
}

/// A drawn signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    strokes: Vec<Vec<Spot>>,
}

impl Signature {
    /// Puts the pen down. Places count from the sheet's upper left corner, in its own units; one
    /// beyond an edge lies on the edge.
    pub fn put_down(&mut self, x: f64, y: f64) {
        if self.spots() < MOST_SPOTS {
            self.strokes.push(vec![Spot::at(x, y)]);
        }
    }

    /// Moves the pen that is down.
    pub fn move_to(&mut self, x: f64, y: f64) {
        let room = self.spots() < MOST_SPOTS;
        let Some(stroke) = self.strokes.last_mut().filter(|_| room) else {
            return;
        };
        let spot = Spot::at(x, y);
        if stroke.last().is_none_or(|last| last.away(spot) >= NEAR) {
            stroke.push(spot);
        }
    }

    /// Whether nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// Whether enough is drawn to be a signature.
    pub fn is_drawn(&self) -> bool {
        let way = |stroke: &Vec<Spot>| -> f64 {
            let pairs = stroke.windows(2);
            pairs
                .map(|pair| match pair {
                    [from, to] => from.away(*to),
                    _ => 0.0,
                })
                .sum()
        };
        self.strokes.iter().map(way).sum::<f64>() >= LEAST_WAY
    }

    /// The drawing as SVG path data on a sheet of [`SHEET`].
    pub fn path(&self) -> String {
        let mut path = String::new();
        for stroke in &self.strokes {
            for (place, spot) in stroke.iter().enumerate() {
                let letter = if place == 0 { 'M' } else { 'L' };
                // Writing into a text cannot fail.
                let _ = write!(path, "{letter}{} {}", spot.x, spot.y);
            }
            // A stroke of one spot is a dot.
            if let [spot] = stroke.as_slice() {
                let _ = write!(path, "L{} {}", spot.x, spot.y);
            }
        }
        path
    }

    /// Reads what [`Signature::path`] wrote; `None` for anything else.
    pub fn parse(path: &str) -> Option<Self> {
        let mut strokes: Vec<Vec<Spot>> = Vec::new();
        let mut spots = 0;
        let mut rest = path;
        while let Some(letter) = rest.chars().next() {
            let begins = match letter {
                'M' => true,
                'L' if !strokes.is_empty() => false,
                _ => return None,
            };
            rest = rest.get(1..)?;
            let end = rest.find(['M', 'L']).unwrap_or(rest.len());
            let (x, y) = rest.get(..end)?.split_once(' ')?;
            let spot = Spot {
                x: x.parse().ok().filter(|x| *x <= SHEET.0)?,
                y: y.parse().ok().filter(|y| *y <= SHEET.1)?,
            };
            if begins {
                strokes.push(vec![spot]);
            } else if let Some(stroke) = strokes.last_mut()
                && stroke.as_slice() != [spot]
            {
                stroke.push(spot);
            }
            rest = rest.get(end..)?;
            spots += 1;
            if spots > 2 * MOST_SPOTS {
                return None;
            }
        }
        Some(Self { strokes })
    }

    /// The id under which the drawing is stored: see [`Agreement::signature`].
    pub fn id(&self) -> String {
        Id::<Agreement>::natural(&["signature", &self.path()]).to_string()
    }

    fn spots(&self) -> usize {
        self.strokes.iter().map(Vec::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(strokes: &[&[(f64, f64)]]) -> Signature {
        let mut signature = Signature::default();
        for stroke in strokes {
            for (place, (x, y)) in stroke.iter().enumerate() {
                if place == 0 {
                    signature.put_down(*x, *y);
                } else {
                    signature.move_to(*x, *y);
                }
            }
        }
        signature
    }

    #[test]
    fn strokes_become_a_path() {
        let signature = drawn(&[
            &[(10.0, 20.0), (10.4, 21.0), (200.0, 20.0)],
            &[(50.0, 900.0)],
        ]);
        // The second spot is too near to tell anything; the last lies on the edge.
        assert_eq!(signature.path(), "M10 20L200 20M50 360L50 360");
        assert!(signature.is_drawn() && !signature.is_empty());
    }

    #[test]
    fn a_tap_is_no_signature() {
        assert!(!drawn(&[&[(10.0, 20.0)]]).is_drawn());
        assert!(!drawn(&[&[(10.0, 20.0), (60.0, 20.0)]]).is_drawn());
        assert!(!Signature::default().is_drawn());
        // Nothing is drawn before the pen is down.
        let mut signature = Signature::default();
        signature.move_to(1.0, 1.0);
        assert!(signature.is_empty());
    }

    #[test]
    fn what_is_no_drawing_is_not_read() {
        for text in [
            "L1 2", "M1", "M1 2C3 4", "M1001 0", "M1 361", "M-1 0", "<svg>", "M１ 2",
        ] {
            assert_eq!(Signature::parse(text), None, "{text}");
        }
        assert_eq!(Signature::parse(""), Some(Signature::default()));
    }

    #[test]
    fn a_drawing_never_grows_without_end() {
        let mut signature = Signature::default();
        signature.put_down(0.0, 0.0);
        for step in 0..20_000 {
            signature.move_to(f64::from(step % 2) * 900.0, 10.0);
            signature.put_down(5.0, f64::NAN);
        }
        assert_eq!(signature.spots(), MOST_SPOTS);
        assert_eq!(Signature::parse(&signature.path()), Some(signature));
    }

    proptest! {
        /// What was drawn reads back the same, and has the same id.
        #[test]
        fn drawings_read_back(spots in prop::collection::vec((any::<bool>(), -50.0..1100.0, -50.0..400.0), 0..60)) {
            let mut signature = Signature::default();
            for (down, x, y) in spots {
                if down { signature.put_down(x, y) } else { signature.move_to(x, y) }
            }
            let read = Signature::parse(&signature.path()).unwrap();
            prop_assert_eq!(read.id(), signature.id());
            prop_assert_eq!(read, signature);
        }
    }
}
