//! Recurring meetings.

use super::meeting::check_length;
use super::{Channel, Contact, Dealer, Meeting};
use crate::date::{Date, Slot};
use crate::id::Id;
use crate::recurrence::{NotARule, Recurrence};
use crate::schema::{Fault, Found, Problem, label};
use crate::words::words;
use std::collections::BTreeSet;

crate::table! {
    /// A meeting that recurs by a rule. Its occurrences are not stored: one that was moved,
    /// called off or prepared becomes a meeting of its own, with an id that everyone derives.
    pub struct Series = 31 "series" ("定期沟通", "Recurring meeting") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// How they meet.
        2 channel: Option<Channel> = label("方式", "Channel").required();
        /// What it is about.
        3 subject: String = label("主题", "Subject").found(Found::Text);
        /// When it starts: the first date, the time of day and the length.
        4 first: Option<Slot> = label("首次时间", "First time").required();
        /// How it recurs: an RRULE of RFC 5545, see [`crate::recurrence`].
        5 rule: String = label("重复规则", "Repeats").required().kept();
        /// Who of the dealer takes part.
        6 attendees: BTreeSet<Id<Contact>> = label("参加人", "Attendees");
        /// What shall come out of it.
        7 purpose: String = label("目的", "Purpose").prose();
        /// What only the team may read.
        8 internal_notes: String = label("内部备注", "Internal notes").internal().prose();
    }
    check check_series
}

fn check_series(series: &Series, found: &mut Vec<Problem>) {
    check_length(series.first, "first", found);
    // Whether a rule ever comes can be told once its start is known.
    let Some(first) = series.first.filter(|_| !series.rule.is_empty()) else {
        return;
    };
    let fault = match series.recurrence() {
        Err(error) => error.words(),
        Ok(rule) if rule.first(first.start.date()).is_none() => words(
            "这条规则一次也不会发生：请核对结束日期",
            "This rule never comes: check when it ends",
        ),
        Ok(_) => return,
    };
    found.push(Problem {
        field: "rule",
        fault: Fault::Rule(fault),
    });
}

impl Series {
    /// The rule.
    ///
    /// # Errors
    /// [`NotARule`] for one that this version does not understand.
    pub fn recurrence(&self) -> Result<Recurrence, NotARule> {
        Recurrence::parse(&self.rule)
    }

    /// The id that everyone derives for the meeting of one occurrence.
    pub fn occurrence_id(&self, on: Date) -> Id<Meeting> {
        Id::natural(&["occurrence", &self.id.to_string(), &on.to_string()])
    }
}
