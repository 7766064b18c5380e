//! When an issue is taken to the next level.
//!
//! **Rule.** An open issue goes up by the part of its working days (see
//! [`super::resolve_days`]) that has passed since the report:
//!
//! | severity | regional manager | head of sales | general management |
//! | --- | --- | --- | --- |
//! | severe | at once | 100 % | 200 % |
//! | moderate | 100 % | 200 % | 300 % |
//! | minor | 200 % | 300 % | never |
//!
//! The working days of the severity count, not a later date that was agreed: putting off the
//! date is no way to keep an issue from those who can help. The numbers are the product's own.

use super::deadline::resolve_days;
use crate::attention::link_to;
use crate::book::Book;
use crate::date::Date;
use crate::explain::{Explanation, Line};
use crate::ratio::Ratio;
use crate::schema::Record;
use crate::tables::{EscalationLevel, Issue, LogEntry, LogKind, Severity};
use crate::value::show_date;
use crate::words::{Lang, words};
use crate::working_days::{add_working_days, working_days_between};

/// From which percentage of the working days on each level is due.
const fn thresholds(severity: Severity) -> &'static [(i64, EscalationLevel)] {
    use EscalationLevel::{Company, Region, Sales};
    match severity {
        Severity::Severe => &[(0, Region), (100, Sales), (200, Company)],
        Severity::Moderate | Severity::Newer(_) => &[(100, Region), (200, Sales), (300, Company)],
        Severity::Minor => &[(200, Region), (300, Sales)],
    }
}

/// To whom an issue should have been taken by now, and to whom it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// The severity that counts.
    pub severity: Severity,
    /// Working days since the report.
    pub age: i64,
    /// Working days within which it was to be resolved.
    pub allowed: i64,
    /// The level that is due; `None` while it stays with the account manager.
    pub due: Option<EscalationLevel>,
    /// The highest level that the log says it was taken to.
    pub told: Option<EscalationLevel>,
    /// The next level and the day on which it is due.
    pub next: Option<(EscalationLevel, Date)>,
}

impl Escalation {
    /// The escalation of an open issue on a day; `None` for a settled one and for one without
    /// a day of report.
    pub fn of(book: &Book, issue: &Issue, today: Date) -> Option<Self> {
        let reported_on = issue.reported_on.filter(|_| issue.outcome.is_open())?;
        let severity = issue.weight();
        let (age, allowed) = (
            working_days_between(reported_on, today),
            resolve_days(severity),
        );
        // More than the allowed days have to have passed; "at once" is the day itself.
        let is_due = |percent: i64| percent == 0 || age * 100 > percent * allowed;
        let levels = thresholds(severity);
        Some(Self {
            severity,
            age,
            allowed,
            due: levels
                .iter()
                .filter(|(percent, _)| is_due(*percent))
                .map(|(_, level)| *level)
                .next_back(),
            told: book
                .log_entries
                .of(issue.id)
                .filter(|entry| entry.kind == Some(LogKind::Escalated))
                .filter_map(|entry| entry.level)
                .max(),
            next: levels
                .iter()
                .find(|(percent, _)| !is_due(*percent))
                .map(|(percent, level)| {
                    let days = percent * allowed / 100 + 1;
                    (*level, add_working_days(reported_on, days))
                }),
        })
    }

    /// The level to which it has to be taken now; `None` when that was done.
    pub fn outstanding(&self) -> Option<EscalationLevel> {
        self.due
            .filter(|due| self.told.is_none_or(|told| told < *due))
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        out.line(
            words("严重程度", "Severity"),
            self.severity.words().in_lang(lang),
        );
        let part = Ratio::new(self.age.into(), self.allowed.into()).unwrap_or(Ratio::ZERO);
        out.line(
            words("已用时间", "Time used"),
            match lang {
                Lang::Zh => format!("{} ÷ {} 个工作日 = {}", self.age, self.allowed, part.show()),
                Lang::En => format!(
                    "{} ÷ {} working days = {}",
                    self.age,
                    self.allowed,
                    part.show()
                ),
            },
        );
        let rule: Vec<String> = thresholds(self.severity)
            .iter()
            .map(|(percent, level)| {
                let level = level.words().in_lang(lang);
                match (lang, percent) {
                    (Lang::Zh, 0) => format!("立即：{level}"),
                    (Lang::En, 0) => format!("at once: {level}"),
                    (Lang::Zh, _) => format!("超过 {percent}%：{level}"),
                    (Lang::En, _) => format!("beyond {percent}%: {level}"),
                }
            })
            .collect();
        out.line(
            words("规则", "Rule"),
            rule.join(words("；", "; ").in_lang(lang)),
        );
        let level = |level: Option<EscalationLevel>| {
            level
                .map_or(words("无需升级", "Nobody yet"), EscalationLevel::words)
                .in_lang(lang)
        };
        out.line(words("应升级到", "Due with"), level(self.due));
        out.line(words("已升级到", "Taken to"), level(self.told));
        out.result(
            words("现在", "Now"),
            match (self.outstanding(), self.told, lang) {
                (Some(due), _, Lang::Zh) => format!("应升级到{}", due.words().zh),
                (Some(due), _, Lang::En) => format!("due with {}", due.words().en),
                (None, Some(told), Lang::Zh) => format!("已升级到{}", told.words().zh),
                (None, Some(told), Lang::En) => format!("taken to {}", told.words().en),
                (None, None, _) => level(None).to_owned(),
            },
        );
        if let Some((next, day)) = self.next {
            out.line(
                words("下一级", "Next level"),
                format!("{} · {}", show_date(day, lang), level(Some(next))),
            );
        }
        out.done()
    }
}

impl LogEntry {
    /// The entry that says that an issue was taken to a level. That it was, and why, is for
    /// the team; `text` is what the dealer may read about it.
    pub fn escalated(issue: &Issue, level: EscalationLevel, text: &str, today: Date) -> Self {
        let about = link_to(issue);
        // Two levels on one day are two entries; the same level from two tablets is one.
        let day = LogEntry::id_for(about, LogKind::Escalated, today);
        let id =
            crate::id::Id::natural(&["escalated", &day.to_string(), &level.code().to_string()]);
        Self {
            dealer: issue.dealer,
            about: Some(about),
            on: Some(today),
            kind: Some(LogKind::Escalated),
            text: text.to_owned(),
            level: Some(level),
            ..Self::with_id(id)
        }
    }
}
