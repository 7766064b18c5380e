//! The parts of which the sounds of Chinese signs are made.

/// The first sign with a sound.
pub(super) const FIRST: char = '\u{4E00}';
/// The last one.
pub(super) const LAST: char = '\u{9FFF}';
/// Stands for a sign that has no sound.
pub(super) const NONE: u8 = u8::MAX;

/// What a syllable begins with; nothing for one that begins with its vowel.
pub(super) const INITIALS: [&str; 24] = [
    "", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh",
    "r", "z", "c", "s", "y", "w",
];

/// What follows, with v for ü.
pub(super) const FINALS: [&str; 38] = [
    "a", "o", "e", "i", "u", "v", "ai", "ei", "ui", "ao", "ou", "iu", "ie", "ve", "ue", "er", "an",
    "en", "in", "un", "vn", "ang", "eng", "ing", "ong", "ia", "iao", "ian", "iang", "iong", "ua",
    "uo", "uai", "uan", "uang", "m", "n", "ng",
];
