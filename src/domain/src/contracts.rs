//! Contracts and authorisations: which run, which end soon, which have run out.

use crate::book::Book;
use crate::date::{Date, DateSpan, Month, add_days, add_months, days_between};
use crate::explain::{Explanation, Line, show_days};
use crate::id::{FreshId, Id};
use crate::tables::Contract;
use crate::value::{Outcome, show_date};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// Days before the end of a contract from which on it is to be talked about.
pub const NOTICE_DAYS: i64 = 60;

/// How a contract stands on a day; follows from its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContractState {
    /// Past its end, and neither renewed nor let go.
    RunOut,
    /// Ends within its notice.
    Ending,
    /// Holds.
    Running,
    /// Begins later.
    Ahead,
    /// Renewed or let go: nothing more to do.
    Settled,
}

impl ContractState {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::RunOut => words("已过期", "Run out"),
            Self::Ending => words("即将到期", "Ending soon"),
            Self::Running => words("有效", "Running"),
            Self::Ahead => words("未生效", "Not begun"),
            Self::Settled => words("已了结", "Settled"),
        }
    }
}

impl Contract {
    /// Days before its end from which on it is to be talked about.
    pub fn notice(&self) -> i64 {
        self.notice_days
            .filter(|days| (0..=366).contains(days))
            .unwrap_or(NOTICE_DAYS)
    }

    /// How it stands on a day; `None` without its dates.
    pub fn state_on(&self, today: Date) -> Option<ContractState> {
        let span = self.span?;
        let left = days_between(today, span.end());
        Some(match self.outcome {
            Outcome::Done(_) | Outcome::Dropped(_) => ContractState::Settled,
            Outcome::Open if left < 0 => ContractState::RunOut,
            Outcome::Open if today < span.start() => ContractState::Ahead,
            Outcome::Open if left <= self.notice() => ContractState::Ending,
            Outcome::Open => ContractState::Running,
        })
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, today: Date, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let Some((span, state)) = self.span.zip(self.state_on(today)) else {
            return out.done();
        };
        let (from, to) = (show_date(span.start(), lang), show_date(span.end(), lang));
        out.line(words("有效期", "Valid"), format!("{from} – {to}"));
        let reminded = show_date(add_days(span.end(), -self.notice()), lang);
        out.line(
            words("开始提醒", "Reminded from"),
            format!("{to} − {} = {reminded}", show_days(self.notice(), lang)),
        );
        let left = days_between(today, span.end());
        let left = match (left < 0, lang) {
            (true, Lang::Zh) => format!("过期 {}", show_days(-left, lang)),
            (true, Lang::En) => format!("{} past its end", show_days(-left, lang)),
            (false, Lang::Zh) => format!("还有 {}", show_days(left, lang)),
            (false, Lang::En) => format!("{} left", show_days(left, lang)),
        };
        out.line(
            words("状态", "State"),
            format!("{} · {left}", state.words().in_lang(lang)),
        );
        out.done()
    }
}

/// A contract renewed for a time that follows it: the old one as it is then settled, and the
/// new one with the same terms.
pub fn renew(
    contract: &Contract,
    span: DateSpan,
    today: Date,
    fresh: FreshId<'_>,
) -> (Contract, Contract) {
    let next = Contract {
        id: Id::new(fresh()),
        span: Some(span),
        outcome: Outcome::Open,
        number: String::new(),
        signed_on: None,
        renewed_by: Id::NIL,
        ..contract.clone()
    };
    let settled = Contract {
        outcome: Outcome::Done(today),
        renewed_by: next.id,
        ..contract.clone()
    };
    (settled, next)
}

/// The time of the same length that follows on a span: so many months where the span is whole
/// months, as years and quarters are, else so many days. `None` beyond the calendar's end.
pub fn following(span: DateSpan) -> Option<DateSpan> {
    let (start, next) = (span.start(), add_days(span.end(), 1));
    let months = Month::of(next).index() - Month::of(start).index();
    let end = if months > 0 && add_months(start, months) == next {
        add_months(next, months)
    } else {
        add_days(next, span.days())
    };
    DateSpan::new(next, add_days(end, -1))
}

/// The contracts that hold on a day and wait to be renewed or let go.
pub fn running(book: &Book, today: Date) -> impl Iterator<Item = &Arc<Contract>> {
    book.contracts.iter().filter(move |contract| {
        matches!(
            contract.state_on(today),
            Some(ContractState::Running | ContractState::Ending)
        )
    })
}

/// How contracts to renew are counted.
pub const TO_RENEW_RULE: Words = words(
    "已到提醒日或已过期、还没有续签或终止的合同和授权",
    "Contracts and authorisations past their reminder or their end that nobody renewed or ended",
);

/// The contracts to talk about on a day: those that have run out and those that end within
/// their notice, the earliest end first.
pub fn to_renew(book: &Book, today: Date) -> Vec<Arc<Contract>> {
    let mut found: Vec<_> = book
        .contracts
        .iter()
        .filter(|contract| {
            let state = contract.state_on(today);
            matches!(state, Some(ContractState::RunOut | ContractState::Ending))
                && book.dealers.get(contract.dealer).is_some()
        })
        .cloned()
        .collect();
    found.sort_by_key(|contract| (contract.span.map(|span| span.end()), contract.id));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::id::Uuid;
    use crate::schema::Record;
    use crate::tables::Dealer;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn contract() -> Contract {
        Contract {
            dealer: Id::natural(&["dealer"]),
            title: "2026 年度合同".into(),
            span: DateSpan::new(day("2026-01-01"), day("2026-12-31")),
            ..Contract::with_id(Id::natural(&["contract"]))
        }
    }

    #[test]
    fn a_contract_is_talked_about_before_it_ends() {
        let state = |text| contract().state_on(day(text)).unwrap();
        assert_eq!(state("2025-12-31"), ContractState::Ahead);
        assert_eq!(state("2026-10-31"), ContractState::Running);
        // Sixty days before 31 December.
        assert_eq!(state("2026-11-01"), ContractState::Ending);
        assert_eq!(state("2026-12-31"), ContractState::Ending);
        assert_eq!(state("2027-01-01"), ContractState::RunOut);
        let settled = Contract {
            outcome: Outcome::Done(day("2026-12-01")),
            ..contract()
        };
        assert_eq!(
            settled.state_on(day("2027-01-01")),
            Some(ContractState::Settled)
        );
        let short = Contract {
            notice_days: Some(0),
            ..contract()
        };
        assert_eq!(
            short.state_on(day("2026-12-30")),
            Some(ContractState::Running)
        );
        let lines = contract().explain(day("2027-01-10"), Lang::En);
        assert_eq!(lines[1].value, "31 Dec 2026 − 60 days = 1 Nov 2026");
        assert_eq!(lines[2].value, "Run out · 10 days past its end");
    }

    #[test]
    fn a_renewed_contract_is_settled_and_names_the_next() {
        let next_year = DateSpan::new(day("2027-01-01"), day("2027-12-31")).unwrap();
        let (old, new) = renew(&contract(), next_year, day("2026-12-01"), &mut || {
            Uuid::from_u128(1)
        });
        assert_eq!(
            old.state_on(day("2027-02-01")),
            Some(ContractState::Settled)
        );
        assert_eq!((old.renewed_by, new.span), (new.id, Some(next_year)));
        assert_eq!(
            new.state_on(day("2027-02-01")),
            Some(ContractState::Running)
        );
    }

    #[test]
    fn the_next_time_is_as_long() {
        for (from, to, next_from, next_to) in [
            // A year stays a year, whether or not it has a leap day.
            ("2027-01-01", "2027-12-31", "2028-01-01", "2028-12-31"),
            ("2028-01-01", "2028-12-31", "2029-01-01", "2029-12-31"),
            ("2026-04-01", "2026-06-30", "2026-07-01", "2026-09-30"),
            ("2025-03-15", "2026-03-14", "2026-03-15", "2027-03-14"),
            // Ten days are ten days.
            ("2026-02-20", "2026-03-01", "2026-03-02", "2026-03-11"),
        ] {
            let span = DateSpan::new(day(from), day(to)).unwrap();
            let next = DateSpan::new(day(next_from), day(next_to));
            assert_eq!(following(span), next, "{from}");
        }
    }

    #[test]
    fn those_to_renew_come_by_their_end() {
        let mut book = Book::default();
        let dealer = Dealer::with_id(Id::natural(&["dealer"]));
        book.dealers.set(dealer);
        for (name, end) in [
            ("late", "2026-11-20"),
            ("over", "2026-10-01"),
            ("far", "2027-12-31"),
        ] {
            book.contracts.set(Contract {
                span: DateSpan::new(day("2026-01-01"), day(end)),
                title: name.into(),
                ..Contract {
                    id: Id::natural(&["contract", name]),
                    ..contract()
                }
            });
        }
        let titles: Vec<_> = to_renew(&book, day("2026-11-01"))
            .iter()
            .map(|c| c.title.clone())
            .collect();
        assert_eq!(titles, ["over", "late"]);
        assert_eq!(running(&book, day("2026-11-01")).count(), 2);
    }
}
