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
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c => c,
        })
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
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
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = clean(&text, Lines::Many);
            prop_assert_eq!(clean(&once, Lines::Many), once);
        }
    }
}
