//! Padding to size steps, so that lengths tell little.
//!
//! Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with
//! PURBs" (2019), section 4: Padmé. A length keeps only as many significant bits as its exponent
//! has itself; at most 12 % are added, and O(log log n) bits of the length are seen.

/// Everything short looks alike.
const SHORTEST: usize = 128;

/// The step that a length is padded to.
pub(crate) const fn padded(length: usize) -> usize {
    if length <= SHORTEST {
        return SHORTEST;
    }
    let exponent = length.ilog2();
    let significant = exponent.ilog2() + 1;
    let mask = (1 << (exponent - significant)) - 1;
    (length + mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_become_steps() {
        // Worked by hand: 622 has the exponent 9, which takes 4 bits; 9 − 4 = 5 bits are cleared.
        for (length, step) in [
            (0, 128),
            (128, 128),
            (129, 144),
            (622, 640),
            (640, 640),
            (641, 672),
            (1_000_000, 1_015_808),
        ] {
            assert_eq!(padded(length), step, "{length}");
        }
    }

    #[test]
    fn steps_are_no_more_than_an_eighth_too_long() {
        for length in 129..200_000 {
            let step = padded(length);
            assert!(step >= length && (step - length) * 8 < length, "{length}");
            assert_eq!(padded(step), step, "a step is its own");
        }
    }
}
