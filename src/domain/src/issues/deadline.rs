//! By when an issue has to be answered and resolved.
//!
//! **Rule.** Counted in working days after the day of the report:
//!
//! | severity | answered within | resolved within |
//! | --- | --- | --- |
//! | severe | 1 | 5 |
//! | moderate | 2 | 10 |
//! | minor | 5 | 20 |
//!
//! An issue without a severity counts as moderate. A date that was agreed by hand replaces the
//! second one. Answered means: confirmed, begun, resolved or set aside. The numbers are the
//! product's own; what a working day is, [`crate::working_days`] says.

use crate::date::{Date, days_between};
use crate::explain::{Explanation, Line, show_days};
use crate::tables::{Issue, Severity};
use crate::value::{Outcome, show_date};
use crate::words::{Lang, Words, words};
use crate::working_days::add_working_days;

/// Working days within which an issue has to be answered.
pub const fn answer_days(severity: Severity) -> i64 {
    match severity {
        Severity::Severe => 1,
        Severity::Moderate | Severity::Newer(_) => 2,
        Severity::Minor => 5,
    }
}

/// Working days within which an issue has to be resolved.
pub const fn resolve_days(severity: Severity) -> i64 {
    match severity {
        Severity::Severe => 5,
        Severity::Moderate | Severity::Newer(_) => 10,
        Severity::Minor => 20,
    }
}

/// By when an issue has to be answered and resolved, and whether it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The severity that counts.
    pub severity: Severity,
    /// The day of the report.
    pub reported_on: Date,
    /// The last day for an answer.
    pub answer_by: Date,
    /// The day on which it was answered.
    pub answered_on: Option<Date>,
    /// The last day for the resolution.
    pub resolve_by: Date,
    /// The day on which it was resolved or set aside.
    pub settled_on: Option<Date>,
    /// Whether the last day was agreed by hand.
    pub by_hand: bool,
    today: Date,
}

impl Issue {
    /// How much it hurts; moderate where nobody said.
    pub fn weight(&self) -> Severity {
        self.severity.unwrap_or(Severity::Moderate)
    }
}

/// The figures in its explanation.
impl Deadline {
    /// The day for the answer.
    pub const ANSWER: Words = words("答复期限", "Answer by");
    /// The day for the resolution.
    pub const RESOLVE: Words = words("解决期限", "Resolve by");
}

impl Deadline {
    /// The deadline of an issue on a day; `None` for one without a day of report.
    pub fn of(issue: &Issue, today: Date) -> Option<Self> {
        let reported_on = issue.reported_on?;
        let severity = issue.weight();
        let settled_on = match issue.outcome {
            Outcome::Open => None,
            Outcome::Done(day) | Outcome::Dropped(day) => Some(day),
        };
        let answered_on = [issue.confirmed_on, issue.begun_on, settled_on];
        Some(Self {
            severity,
            reported_on,
            answer_by: add_working_days(reported_on, answer_days(severity)),
            answered_on: answered_on.into_iter().flatten().min(),
            resolve_by: issue
                .due
                .unwrap_or_else(|| add_working_days(reported_on, resolve_days(severity))),
            settled_on,
            by_hand: issue.due.is_some(),
            today,
        })
    }

    /// Days by which the answer is or came late; 0 in time.
    pub fn answer_late_days(&self) -> i64 {
        days_between(self.answer_by, self.answered_on.unwrap_or(self.today)).max(0)
    }

    /// Days by which the resolution is or came late; 0 in time.
    pub fn late_days(&self) -> i64 {
        days_between(self.resolve_by, self.settled_on.unwrap_or(self.today)).max(0)
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        out.line(
            words("报告日期", "Reported on"),
            show_date(self.reported_on, lang),
        );
        out.line(
            words("严重程度", "Severity"),
            self.severity.words().in_lang(lang),
        );
        out.words(
            words("规则", "Rule"),
            words(
                "从报告次日起按工作日（周一至周五，不扣法定假日）计：严重 1 天内答复、5 天内解决；一般 2 天、10 天；轻微 5 天、20 天。双方约定了期限的，以约定为准。",
                "Working days after the report (Monday to Friday, public holidays not taken out): severe answered within 1 and resolved within 5, moderate 2 and 10, minor 5 and 20. A date agreed by hand counts instead.",
            ),
        );
        out.line(
            Deadline::ANSWER,
            with_state(
                self.answer_by,
                self.answered_on,
                self.answer_late_days(),
                self.today,
                lang,
            ),
        );
        let agreed = if self.by_hand {
            words("（约定）", " (agreed)").in_lang(lang)
        } else {
            ""
        };
        out.line(
            Deadline::RESOLVE,
            format!(
                "{}{agreed}",
                with_state(
                    self.resolve_by,
                    self.settled_on,
                    self.late_days(),
                    self.today,
                    lang
                )
            ),
        );
        out.done()
    }
}

fn with_state(by: Date, done: Option<Date>, late: i64, today: Date, lang: Lang) -> String {
    let days = days_between(today, by);
    let left = match lang {
        Lang::Zh => format!("还有 {}", show_days(days, lang)),
        Lang::En => format!("{} left", show_days(days, lang)),
    };
    let by = show_date(by, lang);
    let late_by = (late > 0).then(|| show_days(late, lang));
    match (done.map(|day| show_date(day, lang)), late_by, lang) {
        (None, None, _) => format!("{by} · {left}"),
        (None, Some(late), Lang::Zh) => format!("{by} · 已超 {late}"),
        (None, Some(late), Lang::En) => format!("{by} · {late} late"),
        (Some(done), None, Lang::Zh) => format!("{by} · {done}做到"),
        (Some(done), None, Lang::En) => format!("{by} · done {done}"),
        (Some(done), Some(late), Lang::Zh) => format!("{by} · {done}做到，晚 {late}"),
        (Some(done), Some(late), Lang::En) => format!("{by} · done {done}, {late} late"),
    }
}
