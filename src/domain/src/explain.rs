//! How a figure explains itself: its inputs, its rule and its arithmetic, line by line.

use crate::date::{Date, days_between};
use crate::value::{Link, show_date};
use crate::words::{Lang, Words, words};

/// One line of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What the line tells.
    pub label: String,
    /// The input, the rule or the arithmetic.
    pub value: String,
    /// Whether it ends in the figure that is explained.
    pub is_result: bool,
    /// The record that brings the value, where one does.
    pub about: Option<Link>,
}

impl Line {
    /// An input, a rule or a step of the arithmetic.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            is_result: false,
            about: None,
        }
    }

    /// The same line, of a record that people can open.
    #[must_use]
    pub fn about(mut self, record: Link) -> Self {
        self.about = Some(record);
        self
    }
}

/// An explanation that holds several figures, as that of the one with this label.
pub fn resulting(mut lines: Vec<Line>, label: Words) -> Vec<Line> {
    for line in &mut lines {
        line.is_result = line.label == label.zh || line.label == label.en;
    }
    lines
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
        self.named(label.in_lang(self.lang), value)
    }

    /// The line that ends in the figure.
    pub(crate) fn result(&mut self, label: Words, value: impl Into<String>) -> &mut Self {
        self.line(label, value);
        if let Some(line) = self.lines.last_mut() {
            line.is_result = true;
        }
        self
    }

    /// A line whose label is a record's own name.
    pub(crate) fn named(
        &mut self,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> &mut Self {
        self.lines.push(Line::new(label, value));
        self
    }

    pub(crate) fn push(&mut self, line: Line) -> &mut Self {
        self.lines.push(line);
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

/// So many of what is counted are named.
const NAMED: usize = 24;

/// How many there are: the rule by which they are counted, each by its name, and their number.
pub fn counting(rule: Words, mut entries: Vec<Line>, lang: Lang) -> Vec<Line> {
    let count = entries.len();
    entries.truncate(NAMED);
    let mut out = Explanation::new(lang);
    out.words(words("规则", "Rule"), rule);
    for entry in entries {
        out.push(entry);
    }
    if count > NAMED {
        out.line(words("还有", "And more"), (count - NAMED).to_string());
    }
    out.result(words("合计", "Together"), count.to_string());
    out.done()
}

/// By how many days a due date has passed, or had when it was done.
pub fn lateness(due: Date, until: Date, lang: Lang) -> Vec<Line> {
    let mut out = Explanation::new(lang);
    let (due_text, until_text) = (show_date(due, lang), show_date(until, lang));
    out.line(words("到期", "Due"), due_text.clone());
    out.result(
        words("逾期", "Late by"),
        format!(
            "{until_text} − {due_text} = {}",
            show_days(days_between(due, until), lang)
        ),
    );
    out.words(
        words("规则", "Rule"),
        words(
            "到期当天不算逾期，从次日起按天数计",
            "Not late on the day itself; from the next day on, day by day",
        ),
    );
    out.done()
}

/// How many days are left to a day.
pub fn days_left(to: Date, today: Date, lang: Lang) -> Vec<Line> {
    let mut out = Explanation::new(lang);
    let (to_text, today_text) = (show_date(to, lang), show_date(today, lang));
    out.line(words("日期", "The day"), to_text.clone());
    out.result(
        words("还有", "Days left"),
        format!(
            "{to_text} − {today_text} = {}",
            show_days(days_between(today, to), lang)
        ),
    );
    out.done()
}

/// A number of days for reading: `3 天`, `1 day`.
pub fn show_days(days: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{days} 天"),
        Lang::En if days == 1 => "1 day".to_owned(),
        Lang::En => format!("{days} days"),
    }
}
