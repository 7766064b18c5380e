//! Values whose parts hold only together, such as a scheme's whole rule: one register, one
//! text in a notation of its own.
//!
//! A notation is read strictly and written in one way alone, so that equal values have equal
//! bytes, and so that a text which only a newer version understands is kept as it is.

use crate::words::Lang;
use std::fmt::{self, Display};

/// A notation.
pub struct Notation {
    /// Reads a text and writes it in the one way; `None` when it is not of the notation.
    pub read: fn(&str) -> Option<String>,
    /// The value for reading, in a language.
    pub show: fn(&str, Lang) -> Option<String>,
    /// Texts as they are written.
    pub examples: &'static [&'static str],
}

impl fmt::Debug for Notation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Notation").field(&self.examples).finish()
    }
}

/// A type that is stored in its notation, which [`Display`] writes.
pub trait Noted: Clone + PartialEq + Display + Sized + 'static {
    /// Its notation.
    const NOTATION: &'static Notation;

    /// Reads it; `None` for any other text.
    fn parse(text: &str) -> Option<Self>;

    /// For people.
    fn show(&self, lang: Lang) -> String;

    /// What [`Notation::read`] is for the type.
    fn rewritten(text: &str) -> Option<String> {
        Self::parse(text).map(|noted| noted.to_string())
    }

    /// What [`Notation::show`] is for the type.
    fn shown(text: &str, lang: Lang) -> Option<String> {
        Self::parse(text).map(|noted| noted.show(lang))
    }
}

/// A piece of a notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A run of signs without blanks: a word, a number, a date.
    Word(String),
    /// Any text between quotation marks.
    Quoted(String),
    /// A sign between the others.
    Sign(Sign),
}

/// A sign between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `;` ends a clause.
    Semicolon,
    /// `,` separates the parts of a list.
    Comma,
}

/// A notation's text taken apart, read from left to right.
#[derive(Clone, Debug)]
pub struct Tokens {
    left: std::collections::VecDeque<Token>,
}

impl Tokens {
    /// Takes a text apart; `None` when a quotation mark is not closed.
    pub fn of(text: &str) -> Option<Self> {
        let mut left = std::collections::VecDeque::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                ';' => left.push_back(Token::Sign(Sign::Semicolon)),
                ',' => left.push_back(Token::Sign(Sign::Comma)),
                '"' => {
                    let mut quoted = String::new();
                    loop {
                        match chars.next()? {
                            '"' => break,
                            '\\' => quoted.push(chars.next()?),
                            c => quoted.push(c),
                        }
                    }
                    left.push_back(Token::Quoted(quoted));
                }
                c if c.is_whitespace() => {}
                c => {
                    let mut word = String::from(c);
                    while let Some(c) =
                        chars.next_if(|c| !c.is_whitespace() && !matches!(c, ';' | ',' | '"'))
                    {
                        word.push(c);
                    }
                    left.push_back(Token::Word(word));
                }
            }
        }
        Some(Self { left })
    }

    /// Whether everything was read.
    pub fn is_done(&self) -> bool {
        self.left.is_empty()
    }

    /// Takes the next word, if one is next.
    pub fn word(&mut self) -> Option<String> {
        match self.left.front() {
            Some(Token::Word(_)) => match self.left.pop_front() {
                Some(Token::Word(word)) => Some(word),
                _ => None,
            },
            _ => None,
        }
    }

    /// Takes the next quoted text, if one is next.
    pub fn quoted(&mut self) -> Option<String> {
        match self.left.front() {
            Some(Token::Quoted(_)) => match self.left.pop_front() {
                Some(Token::Quoted(text)) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// Takes a word if it is this one.
    pub fn take(&mut self, word: &str) -> bool {
        let next = matches!(self.left.front(), Some(Token::Word(next)) if next == word);
        if next {
            self.left.pop_front();
        }
        next
    }

    /// Takes a word that has to be this one.
    pub fn need(&mut self, word: &str) -> Option<()> {
        self.take(word).then_some(())
    }

    /// Takes a sign if it is next.
    pub fn sign(&mut self, sign: Sign) -> bool {
        let next = self.left.front() == Some(&Token::Sign(sign));
        if next {
            self.left.pop_front();
        }
        next
    }

    /// Takes a word and reads it.
    pub fn read<T>(&mut self, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        read(&self.word()?)
    }
}

/// A text between quotation marks, as [`Tokens`] reads it back.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_falls_into_words_quotes_and_signs() {
        let mut tokens = Tokens::of("cap 20000; tag \"a; \\\"b\\\"\", x").unwrap();
        assert!(tokens.take("cap"));
        assert_eq!(tokens.read(|word| word.parse().ok()), Some(20_000));
        assert!(tokens.sign(Sign::Semicolon));
        assert_eq!((tokens.take("no"), tokens.quoted()), (false, None));
        assert_eq!(tokens.need("tag"), Some(()));
        assert_eq!(tokens.quoted().as_deref(), Some("a; \"b\""));
        assert!(tokens.sign(Sign::Comma) && !tokens.is_done());
        assert_eq!(
            (tokens.word().as_deref(), tokens.is_done()),
            (Some("x"), true)
        );
        assert!(Tokens::of("\"open").is_none());
    }

    proptest! {
        #[test]
        fn any_text_can_be_quoted(text in any::<String>()) {
            let mut tokens = Tokens::of(&quoted(&text)).unwrap();
            prop_assert_eq!(tokens.quoted(), Some(text));
            prop_assert!(tokens.is_done());
        }

        #[test]
        fn any_text_is_taken_apart_or_refused(text in any::<String>()) {
            let _ = Tokens::of(&text);
        }
    }
}
