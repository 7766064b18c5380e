//! Rules: when something is so, then something is done.
//!
//! Conditions and effects are data, looked at purely over the book and the day. Each thing that
//! a rule does belongs to an occasion ([`Occasion`]), and its ids follow from rule, subject and
//! occasion: running a rule twice, or on two tablets, creates nothing twice.
//!
//! **No rule triggers another.** Two things keep it so. Within a run, every condition is
//! evaluated over the book as it was before any effect. Across runs, nothing that an effect
//! writes can switch a condition on: conditions look at contacts that were *made*, goals,
//! readings, promises, contracts, birthdays and issues; effects write actions, *planned*
//! meetings, their agendas and the record of firings. A planned meeting can only switch one
//! off: whose next contact is planned is not reminded of it. A property test holds the rules
//! to that.

mod conditions;
mod effects;
mod suggestions;
#[cfg(test)]
mod tests;
mod undo;

pub use conditions::{Facts, Occasion, default_days, occasions};
pub use effects::{Fired, Made, default_within};
pub use suggestions::suggestions;
pub use undo::{Undone, undo};

use crate::book::Book;
use crate::explain::{Explanation, Line, show_days};
use crate::tables::{Firing, Rule, RuleWhen};
use crate::value::show_date;
use crate::words::{Lang, words};
use std::sync::Arc;

/// What every rule that does not rest does on a day, and did not do before: ordered by rule,
/// then by occasion. Nothing is written; [`Fired::changes`] tells what to write.
pub fn run(facts: &Facts<'_>, lang: Lang) -> Vec<Fired> {
    let mut rules: Vec<&Arc<Rule>> = facts
        .book
        .rules
        .iter()
        .filter(|rule| rule.paused != Some(true) && !rule.state.needs_newer)
        .collect();
    rules.sort_by_key(|rule| rule.id);
    let mut fired = Vec::new();
    for rule in rules {
        let Some(then) = rule.then else { continue };
        for occasion in occasions(facts, rule) {
            let id = Firing::id_for(rule.id, occasion.subject, &occasion.period);
            // One that was undone or is in the bin has fired all the same.
            if facts.book.firings.get_any(id).is_none() {
                fired.extend(effects::fire(facts, rule, then, id, occasion, lang));
            }
        }
    }
    fired
}

/// What a rule did, the newest first.
pub fn history(book: &Book, rule: &Rule) -> Vec<Arc<Firing>> {
    let mut firings: Vec<_> = book.firings.of(rule.id).cloned().collect();
    firings.sort_by_key(|firing| (std::cmp::Reverse(firing.fired_on), firing.id));
    firings
}

/// The rule that a record came from, if one made it.
pub fn made_by(book: &Book, made: crate::value::Link) -> Option<&Arc<Firing>> {
    let id = crate::id::Id::<Firing>::new(made.id);
    book.firings.of(id).find(|firing| firing.made == Some(made))
}

impl Firing {
    /// Why it fired: the inputs and the rule.
    pub fn explain(&self, book: &Book, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        if let Some(rule) = book.rules.get_any(self.rule) {
            out.line(words("规则", "Rule"), rule.name.clone());
        }
        if let Some(when) = self.when {
            let found = match (when, self.days) {
                (when, Some(days)) => format!(
                    "{} · {}",
                    when.words().in_lang(lang),
                    days_found(when, days, lang)
                ),
                (when, None) => when.words().in_lang(lang).to_owned(),
            };
            out.line(words("当时的情况", "What it found"), found);
        }
        if let Some(subject) = self
            .subject
            .and_then(|link| book.title(link.table, link.id))
        {
            out.line(words("关联", "About"), subject);
        }
        if let Some(day) = self.fired_on {
            out.line(words("日期", "Date"), show_date(day, lang));
        }
        out.line(words("时机", "Occasion"), self.period.clone());
        if let Some(day) = self.undone_on {
            out.line(words("已撤销", "Undone"), show_date(day, lang));
        }
        out.words(
            words("只做一次", "Only once"),
            words(
                "同一规则、同一对象、同一时机只触发一次，在几台平板上也一样",
                "One rule fires once for one subject on one occasion, on however many tablets",
            ),
        );
        out.done()
    }
}

/// What the days of a condition say.
fn days_found(when: RuleWhen, days: i64, lang: Lang) -> String {
    let show = show_days(days.abs(), lang);
    match (when, days, lang) {
        (RuleWhen::ContactOverdue, _, Lang::Zh) => format!("超过 {show}"),
        (RuleWhen::ContactOverdue, _, Lang::En) => format!("{show} overdue"),
        (RuleWhen::PromiseDue, ..0, Lang::Zh) => format!("已晚 {show}"),
        (RuleWhen::PromiseDue, ..0, Lang::En) => format!("{show} late"),
        (RuleWhen::PromiseDue | RuleWhen::ContractEnding | RuleWhen::Birthday, _, Lang::Zh) => {
            format!("还有 {show}")
        }
        (RuleWhen::PromiseDue | RuleWhen::ContractEnding | RuleWhen::Birthday, _, Lang::En) => {
            format!("in {show}")
        }
        (_, _, Lang::Zh) => format!("已 {show}"),
        (_, _, Lang::En) => format!("for {show}"),
    }
}

impl Rule {
    /// The rule in a sentence: `联系超期 ≥ 7 天 → 建待办`.
    pub fn sentence(&self, lang: Lang) -> String {
        let when = self.when.map_or("—", |when| when.words().in_lang(lang));
        let then = self.then.map_or("—", |then| then.words().in_lang(lang));
        match self.when.and_then(|when| self.days.or(default_days(when))) {
            Some(days) => format!("{when} · {} → {then}", show_days(days, lang)),
            None => format!("{when} → {then}"),
        }
    }
}
