//! A code for a camera: dark squares on light ones, in both themes.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;
use tongxing_view::prelude::*;

/// Squares that stay empty around the code (ISO/IEC 18004, section 5.3.8).
const QUIET: usize = 4;

/// A text as a code; `None` if it is too long for one.
pub fn qr_code(text: &str, label: &'static str) -> Option<View> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let squares = code.to_colors();
    let all = width + 2 * QUIET;
    let path = path(width, &squares);
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {all} {all}") role="img" aria-label=label>
            <path d=path></path>
        </svg>
    })
}

/// One rectangle for each run of dark squares.
fn path(width: usize, squares: &[Color]) -> String {
    let mut path = String::new();
    for (row, line) in squares.chunks(width.max(1)).enumerate() {
        let mut at = 0;
        for run in line.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (at + QUIET, row + QUIET, run.len());
                // Writing to a text cannot fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            at += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::path;
    use qrcode::Color::{Dark, Light};

    #[test]
    fn runs_of_dark_squares_become_rectangles() {
        let squares = [Dark, Dark, Light, Light, Light, Dark, Dark, Light, Dark];
        assert_eq!(
            path(3, &squares),
            "M4 4h2v1h-2zM6 5h1v1h-1zM4 6h1v1h-1zM6 6h1v1h-1z"
        );
    }
}
