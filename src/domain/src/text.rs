//! Cleaning of text that comes from people and files.

/// Whether a text field holds one line or many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// A single line; line breaks become spaces.
    One,
    /// Prose with line breaks.
    Many,
}

/// Text as it is stored: trimmed, line breaks as `\n`, without control characters and
/// without the invisible direction overrides that can make a text read as another one
/// (Unicode Technical Report 36, section 2.5). Emoji and right-to-left text stay as they are.
pub fn clean(text: &str, lines: Lines) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous_return = false;
    for c in text.chars() {
        match c {
            '\n' if previous_return => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                out.push(if lines == Lines::Many { '\n' } else { ' ' });
            }
            '\t' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
        previous_return = c == '\r';
    }
    out.trim().to_owned()
}

/// Text for comparing names: lower case, full-width forms narrowed, without spaces and
/// punctuation.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Most signs of a dealer's name need no look into the tables of Unicode.
            'a'..='z' | '0'..='9' | '\u{4e00}'..='\u{9fff}' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => {}
            c => {
                let narrow = match c {
                    '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
                    c => c,
                };
                if narrow.is_alphanumeric() {
                    out.extend(narrow.to_lowercase());
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn control_characters_go_and_meaning_stays() {
        assert_eq!(clean(" a\u{0}b\r\nc\td ", Lines::Many), "ab\nc d");
        assert_eq!(clean("a\r\nb\rc", Lines::One), "a b c");
        assert_eq!(clean("👨‍👩‍👧 مرحبا", Lines::One), "👨‍👩‍👧 مرحبا");
        assert_eq!(clean("inv\u{202e}oice", Lines::One), "invoice");
    }

    #[test]
    fn names_fold_to_their_core() {
        assert_eq!(
            fold("Ｈｏｍｅ （杭州） Kitchen-Co."),
            fold("home杭州kitchenco")
        );
    }

    proptest! {
        /// The quick way is the plain way.
        #[test]
        fn folding_follows_unicode(text in any::<String>()) {
            let plain: String = text
                .chars()
                .map(|c| match c {
                    '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
                    c => c,
                })
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            prop_assert_eq!(fold(&text), plain);
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = clean(&text, Lines::Many);
            prop_assert_eq!(clean(&once, Lines::Many), once);
        }
    }
}
