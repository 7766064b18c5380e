//! When a rule has an occasion.
//!
//! | condition | subject | days | once for each |
//! | --- | --- | --- | --- |
//! | contact overdue | dealer | overdue by at least (1) | missed due date |
//! | goal behind | goal | | month |
//! | promise due | promise | due within (3), or late | due date |
//! | tier at risk | dealer | | period whose score was below the tier |
//! | contract ending | contract | ends within (the contract's own, else 60) | end |
//! | birthday | contact | within (7) | birthday |
//! | issue ageing | issue | open for at least (14) | report |
//! | data stale | dealer | latest reading at least so old (45) | latest reading |
//!
//! A birthday on 29 February is kept on the 28th in other years. Dealers that rest or have
//! ended have contracts that end, promises and issues, but neither overdue contacts, stale data
//! nor birthdays.

use crate::attention::link_to;
use crate::book::Book;
use crate::cadence::Cadence;
use crate::contracts;
use crate::date::{Date, add_days, days_between};
use crate::id::{Id, IdMap};
use crate::pacing::Pacing;
use crate::schema::Record;
use crate::scorecard::tiers_at_risk;
use crate::tables::{Contact, Dealer, Rule, RuleWhen};
use crate::value::Link;
use crate::words::Lang;
use chrono::Datelike;
use std::sync::Arc;

/// What rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The book before the run.
    pub book: &'a Book,
    /// The day.
    pub today: Date,
}

/// Something that a rule waits for and that is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// What it is about.
    pub subject: Link,
    /// What makes it another occasion than the one before.
    pub period: String,
    /// What it is called, from a field that the dealer may read.
    pub title: String,
    /// The days that were found; negative past a due date.
    pub days: Option<i64>,
    /// The date that it turns on.
    pub date: Option<Date>,
    /// The person whom it is about.
    pub contact: Option<Id<Contact>>,
    /// Whether the next contact has to be a visit.
    pub must_visit: bool,
}

/// The days of a condition where the rule has none; `None` for one that has no days, and for
/// contracts, which have their own.
pub const fn default_days(when: RuleWhen) -> Option<i64> {
    match when {
        RuleWhen::ContactOverdue => Some(1),
        RuleWhen::PromiseDue => Some(3),
        RuleWhen::Birthday => Some(7),
        RuleWhen::IssueAgeing => Some(14),
        RuleWhen::DataStale => Some(45),
        RuleWhen::GoalBehind
        | RuleWhen::TierAtRisk
        | RuleWhen::ContractEnding
        | RuleWhen::Newer(_) => None,
    }
}

/// Every occasion that a rule has on a day, whether it fired on it or not: what a rule would
/// do before it is switched on. Ordered by subject.
pub fn occasions(facts: &Facts<'_>, rule: &Rule) -> Vec<Occasion> {
    let Some(when) = rule.when else {
        return Vec::new();
    };
    let days = rule.days.or(default_days(when));
    let mut found = match when {
        RuleWhen::ContactOverdue => overdue(facts, days.unwrap_or(1).max(1)),
        RuleWhen::GoalBehind => behind(facts),
        RuleWhen::PromiseDue => promises(facts, days.unwrap_or(0)),
        RuleWhen::TierAtRisk => at_risk(facts),
        RuleWhen::ContractEnding => ending(facts, rule.days),
        RuleWhen::Birthday => birthdays(facts, days.unwrap_or(0)),
        RuleWhen::IssueAgeing => ageing(facts, days.unwrap_or(0)),
        RuleWhen::DataStale => stale(facts, days.unwrap_or(0)),
        RuleWhen::Newer(_) => Vec::new(),
    };
    found.retain(|occasion| {
        let dealer = facts.book.dealers.get(occasion.dealer);
        dealer.is_some_and(|dealer| {
            rule.grades.is_empty()
                || dealer
                    .grade
                    .is_some_and(|grade| rule.grades.contains(&grade))
        })
    });
    found.sort_by(|a, b| (a.subject.id, &a.period).cmp(&(b.subject.id, &b.period)));
    found
}

fn occasion<T: Record>(record: &T, dealer: Id<Dealer>, title: &str, period: String) -> Occasion {
    Occasion {
        dealer,
        subject: link_to(record),
        period,
        title: title.to_owned(),
        days: None,
        date: None,
        contact: None,
        must_visit: false,
    }
}

fn overdue(facts: &Facts<'_>, days: i64) -> Vec<Occasion> {
    let all = Cadence::of_all(facts.book, facts.today).into_iter();
    // Whose next contact is planned need not be reminded of it.
    all.filter(|(_, cadence)| cadence.overdue_days >= days && cadence.planned.is_none())
        .filter_map(|(dealer, cadence)| {
            let due = cadence.due?;
            Some(Occasion {
                days: Some(cadence.overdue_days),
                date: Some(due),
                must_visit: cadence.must_visit,
                ..occasion(&*dealer, dealer.id, &dealer.name, due.to_string())
            })
        })
        .collect()
}

fn behind(facts: &Facts<'_>) -> Vec<Occasion> {
    let month = crate::date::Month::of(facts.today).to_string();
    let goals = facts.book.goals.iter();
    let running = goals.filter(|goal| goal.runs_on(facts.today));
    running
        .filter(|goal| {
            Pacing::of(facts.book, goal, facts.today).is_some_and(|pacing| pacing.rag.is_behind())
        })
        .map(|goal| Occasion {
            date: goal.span.map(|span| span.end()),
            ..occasion(&**goal, goal.dealer, &goal.title, month.clone())
        })
        .collect()
}

fn promises(facts: &Facts<'_>, days: i64) -> Vec<Occasion> {
    let open = facts
        .book
        .promises
        .iter()
        .filter(|promise| promise.outcome.is_open());
    open.filter_map(|promise| {
        let due = promise.due?;
        let left = days_between(facts.today, due);
        (left <= days).then(|| Occasion {
            days: Some(left),
            date: Some(due),
            ..occasion(&**promise, promise.dealer, &promise.title, due.to_string())
        })
    })
    .collect()
}

fn at_risk(facts: &Facts<'_>) -> Vec<Occasion> {
    let known = tiers_at_risk(facts.book, facts.today).into_iter();
    known
        .filter_map(|risk| {
            let dealer = facts.book.dealers.get(risk.dealer)?;
            // The period's name in one language: what is stored is the same on every tablet.
            let period = risk.period.show(Lang::En);
            Some(occasion(&**dealer, dealer.id, &dealer.name, period))
        })
        .collect()
}

fn ending(facts: &Facts<'_>, days: Option<i64>) -> Vec<Occasion> {
    let running = contracts::running(facts.book, facts.today);
    running
        .filter_map(|contract| {
            let end = contract.span?.end();
            let left = days_between(facts.today, end);
            (left <= days.unwrap_or_else(|| contract.notice())).then(|| Occasion {
                days: Some(left),
                date: Some(end),
                ..occasion(
                    &**contract,
                    contract.dealer,
                    &contract.title,
                    end.to_string(),
                )
            })
        })
        .collect()
}

/// The next birthday from a day on.
fn next_birthday(born: Date, today: Date) -> Option<Date> {
    let in_year = |year: i32| {
        Date::from_ymd_opt(year, born.month(), born.day())
            .or_else(|| Date::from_ymd_opt(year, born.month(), born.day() - 1))
    };
    in_year(today.year())
        .filter(|day| *day >= today)
        .or_else(|| in_year(today.year() + 1))
}

fn birthdays(facts: &Facts<'_>, days: i64) -> Vec<Occasion> {
    let contacts = facts.book.contacts.iter();
    contacts
        .filter_map(|contact| {
            let next = next_birthday(contact.birthday?, facts.today)?;
            let dealer = facts.book.dealers.get(contact.dealer)?;
            let left = days_between(facts.today, next);
            (left <= days && dealer.is_looked_after()).then(|| Occasion {
                days: Some(left),
                date: Some(next),
                contact: Some(contact.id),
                ..occasion(&**contact, contact.dealer, &contact.name, next.to_string())
            })
        })
        .collect()
}

fn ageing(facts: &Facts<'_>, days: i64) -> Vec<Occasion> {
    let open = facts
        .book
        .issues
        .iter()
        .filter(|issue| issue.outcome.is_open());
    open.filter_map(|issue| {
        let reported = issue.reported_on?;
        let age = days_between(reported, facts.today);
        (age >= days).then(|| Occasion {
            days: Some(age),
            date: Some(reported),
            ..occasion(&**issue, issue.dealer, &issue.title, reported.to_string())
        })
    })
    .collect()
}

/// Dealers that ever had readings and whose latest one is old.
fn stale(facts: &Facts<'_>, days: i64) -> Vec<Occasion> {
    let mut latest: IdMap<Id<Dealer>, Date> = IdMap::default();
    for reading in facts.book.readings.iter() {
        if let Some(figure) = reading.figure {
            let known = latest.entry(reading.dealer).or_insert(figure.as_of);
            *known = figure.as_of.max(*known);
        }
    }
    let dealers = latest.into_iter().filter_map(|(id, as_of)| {
        let dealer: &Arc<Dealer> = facts.book.dealers.get(id)?;
        let age = days_between(as_of, facts.today);
        (age >= days && dealer.is_looked_after()).then(|| Occasion {
            days: Some(age),
            date: Some(as_of),
            ..occasion(&**dealer, id, &dealer.name, as_of.to_string())
        })
    });
    dealers.collect()
}

impl Occasion {
    /// The last day on which something about it makes sense, not before today.
    pub(super) fn deadline(&self, today: Date, within: i64) -> Date {
        let usual = add_days(today, within);
        match self.date {
            Some(date) if date >= today => usual.min(date),
            _ => usual,
        }
    }
}
