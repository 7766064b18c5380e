//! Photos as evidence: how large they may be, and which a record has.
//!
//! A picture is scaled down and encoded anew before it is kept, so that a book with a thousand of them stays
//! light, and so that nothing of the camera's notes (place, device) goes along unseen.

use crate::book::Book;
use crate::id::Id;
use crate::tables::{Dealer, Photo};
use crate::value::Link;
use std::fmt::Write as _;
use std::sync::Arc;

/// A kept picture is at most so many pixels wide and high.
pub const LONGEST_SIDE: u32 = 1600;
/// A kept picture has at most so many bytes.
pub const MOST_BYTES: usize = 400_000;
/// A file of more bytes is not opened.
pub const LARGEST_FILE: u64 = 40_000_000;

/// Width and height of a picture once it is scaled down to `most` pixels on its longer side: never
/// enlarged, never without a pixel. `None` for one without pixels.
pub fn fitted(width: u32, height: u32, most: u32) -> Option<(u32, u32)> {
    let longer = width.max(height);
    if width == 0 || height == 0 || most == 0 {
        return None;
    }
    if longer <= most {
        return Some((width, height));
    }
    let scaled = |side: u32| {
        let exact = (u64::from(side) * u64::from(most) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(exact).unwrap_or(most).max(1)
    };
    Some((scaled(width), scaled(height)))
}

/// The id under which a picture is kept: it follows from its bytes, so that the same picture is kept once.
pub fn picture_id(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string never fails.
        let _ = write!(text, "{byte:02x}");
    }
    Id::<Photo>::natural(&["photo", &text]).to_string()
}

/// The photos of a step or an issue of a dealer, in the order in which they were added.
pub fn photos_of(book: &Book, about: Link, dealer: Id<Dealer>) -> Vec<Arc<Photo>> {
    let mut found: Vec<_> = book
        .photos
        .of(dealer)
        .filter(|photo| photo.about == Some(about))
        .cloned()
        .collect();
    found.sort_by_key(|photo| photo.id);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_picture_is_scaled_to_its_longer_side() {
        assert_eq!(fitted(4000, 3000, 1600), Some((1600, 1200)));
        assert_eq!(fitted(3000, 4000, 1600), Some((1200, 1600)));
        assert_eq!(fitted(800, 600, 1600), Some((800, 600)));
        assert_eq!(fitted(100_000, 1, 1600), Some((1600, 1)));
        assert_eq!(fitted(0, 600, 1600), None);
    }

    #[test]
    fn a_picture_is_named_by_what_it_shows() {
        assert_eq!(picture_id(&[1, 2, 3]), picture_id(&[1, 2, 3]));
        assert_ne!(picture_id(&[1, 2, 3]), picture_id(&[1, 2, 4]));
        assert_ne!(picture_id(&[]), picture_id(&[0]));
    }

    proptest! {
        #[test]
        fn no_side_is_longer_than_it_may_be_and_the_shape_is_kept(
            width in 1u32..100_000, height in 1u32..100_000, most in 1u32..4000,
        ) {
            let (w, h) = fitted(width, height, most).unwrap();
            prop_assert!(w.max(h) <= most.max(1) && w >= 1 && h >= 1);
            prop_assert!(w <= width && h <= height);
            // Within a pixel of the exact shape.
            let exact = f64::from(height) * f64::from(w) / f64::from(width);
            prop_assert!((f64::from(h) - exact).abs() <= 1.0 + f64::from(height) / f64::from(width));
        }
    }
}
