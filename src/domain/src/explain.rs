//! How a figure explains itself: its inputs, its rule and its arithmetic, line by line.

use crate::words::{Lang, Words};

/// One line of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What the line tells.
    pub label: String,
    /// The input, the rule or the arithmetic.
    pub value: String,
}

/// Lines of an explanation in one language.
pub(crate) struct Explanation {
    lang: Lang,
    lines: Vec<Line>,
}

impl Explanation {
    pub(crate) fn new(lang: Lang) -> Self {
        Self {
            lang,
            lines: Vec::new(),
        }
    }

    pub(crate) fn line(&mut self, label: Words, value: impl Into<String>) -> &mut Self {
        self.lines.push(Line {
            label: label.in_lang(self.lang).to_owned(),
            value: value.into(),
        });
        self
    }

    /// A line whose label is a record's own name.
    pub(crate) fn named(
        &mut self,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> &mut Self {
        self.lines.push(Line {
            label: label.into(),
            value: value.into(),
        });
        self
    }

    pub(crate) fn words(&mut self, label: Words, value: Words) -> &mut Self {
        let value = value.in_lang(self.lang);
        self.line(label, value)
    }

    pub(crate) fn done(self) -> Vec<Line> {
        self.lines
    }
}

/// A number of days for reading: `3 天`, `1 day`.
pub fn show_days(days: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{days} 天"),
        Lang::En if days == 1 => "1 day".to_owned(),
        Lang::En => format!("{days} days"),
    }
}
