//! Filters: what they take, what they refuse, and that they read back.

use super::*;
use crate::metrics;
use crate::money::Fen;
use crate::tables::{DealerKind, Reading};
use crate::value::Figure;
use crate::value::Noted;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    crate::date::parse_date(text).unwrap()
}

fn place(key: &str) -> usize {
    Dealer::TABLE.position(key).unwrap()
}

fn filter(text: &str) -> Filter {
    Filter::parse(text).unwrap()
}

fn dealer() -> Dealer {
    Dealer {
        name: "杭州青禾厨电".into(),
        region: "华东".into(),
        kind: Some(DealerKind::Retailer),
        turnover: Some(Fen(500_000_000)),
        tags: ["样板店".to_owned()].into(),
        since: Some(day("2024-03-01")),
        ..Dealer::with_id(Id::natural(&["dealer"]))
    }
}

fn takes(text: &str) -> bool {
    filter(text).takes(&Book::default(), &dealer(), day("2026-06-30"))
}

#[test]
fn every_condition_has_to_hold() {
    for (text, want) in [
        ("dealer", true),
        ("dealer; region among \"华北\", \"华东\"", true),
        ("dealer; region not among \"华东\"", false),
        ("dealer; kind among \"Retailer\"", true),
        ("dealer; turnover at least \"5000000\"", true),
        ("dealer; turnover at least \"5000000.01\"", false),
        ("dealer; since at most \"2024-03-01\"", true),
        (
            "dealer; tags among \"样板店\"; name contains \"青禾\"",
            true,
        ),
        ("dealer; tags contains \"样板\"", true),
        ("dealer; phone filled", false),
        ("dealer; phone empty; region among \"华北\"", false),
        // What is not there is neither more nor less than anything.
        ("dealer; staff at most \"5\"", false),
    ] {
        assert_eq!(takes(text), want, "{text}");
    }
    let contacts = filter("contact");
    assert!(!contacts.takes(&Book::default(), &dealer(), day("2026-06-30")));
}

#[test]
fn a_metric_is_looked_at_over_its_last_months() {
    let mut book = Book::default();
    let dealer = dealer();
    for (month, amount) in [("2026-04", 70), ("2026-05", 80), ("2026-06", 50)] {
        let month = Month::parse(month).unwrap();
        book.readings.set(Reading {
            dealer: dealer.id,
            metric: metrics::sales_in(),
            month: Some(month),
            figure: Some(Figure {
                amount: Quantity::whole(amount),
                as_of: month.last(),
            }),
            ..Reading::with_id(Reading::id_for(dealer.id, metrics::sales_in(), month))
        });
    }
    let sales = metrics::sales_in();
    let takes = |text: String| filter(&text).takes(&book, &dealer, day("2026-06-30"));
    assert!(takes(format!(
        "dealer; metric {sales} over 2 at least \"130\""
    )));
    assert!(!takes(format!(
        "dealer; metric {sales} over 2 at least \"131\""
    )));
    assert!(takes(format!(
        "dealer; metric {sales} over 3 at least \"200\""
    )));
    assert!(takes(format!(
        "dealer; metric {} over 3 empty",
        metrics::units()
    )));
    assert_eq!(
        filter(&format!("dealer; metric {sales} over 2 at least \"130\""))
            .describe(&book, Lang::En),
        ["Sales-in (last 2 months) ≥ ¥130"]
    );
}

#[test]
fn conditions_that_do_not_fit_are_refused() {
    let all = || Filter::all(Dealer::TABLE);
    let field = |key, test| {
        all().and(Condition::Field {
            place: place(key),
            test,
        })
    };
    assert_eq!(
        field("region", Test::AtLeast(Value::Number(1))),
        Err(FilterFault::WrongTest)
    );
    assert_eq!(
        field("region", Test::Among(vec![])),
        Err(FilterFault::WrongTest)
    );
    assert_eq!(
        all().and(Condition::Field {
            place: 99,
            test: Test::Filled
        }),
        Err(FilterFault::NoField)
    );
    let metric = |months| Condition::Metric {
        metric: metrics::sales_in(),
        months,
        test: Test::Filled,
    };
    assert_eq!(all().and(metric(0)), Err(FilterFault::Months));
    let contacts = Filter::all(crate::tables::Contact::TABLE);
    assert_eq!(contacts.and(metric(1)), Err(FilterFault::NotADealer));
    for text in [
        "",
        "x",
        "dealer; colour filled",
        "dealer; region among",
        "dealer; region among \"\"",
        "dealer; turnover at least \"viel\"",
        "dealer; phone filled extra",
    ] {
        assert!(Filter::parse(text).is_none(), "{text}");
    }
}

#[test]
fn a_filter_says_why_it_leaves_out() {
    let filter = filter("dealer; region among \"华东\"; turnover at least \"9000000\"");
    let failed = filter.failed_by(&Book::default(), &dealer(), day("2026-06-30"));
    assert_eq!(failed, filter.conditions().last());
    assert_eq!(
        filter.show(Lang::En),
        "Region is 华东; Yearly turnover ≥ ¥9,000,000"
    );
}

#[test]
fn only_dealers_have_contacts_that_are_overdue() {
    let contacts = || Filter::all(crate::tables::Contact::TABLE);
    for condition in [Condition::Overdue, Condition::Behind] {
        assert_eq!(contacts().and(condition), Err(FilterFault::NotADealer));
    }
    let own = |test| Condition::Own {
        field: Id::natural(&["field"]),
        kind: CustomKind::Number,
        test,
    };
    assert!(contacts().and(own(Test::AtLeast(Value::Number(5)))).is_ok());
    assert_eq!(
        contacts().and(own(Test::AtLeast(Value::Text("5".into())))),
        Err(FilterFault::WrongTest)
    );
}

proptest! {
    #[test]
    fn filters_read_back(region in "[^\\p{C}\\s]{1,12}", turnover in 0i64.., months in 1u8..=36) {
        let filter = Filter::all(Dealer::TABLE)
            .and(Condition::Field { place: place("region"), test: Test::Among(vec![Value::Text(region)]) })
            .and_then(|filter| filter.and(Condition::Field {
                place: place("turnover"),
                test: Test::AtMost(Value::Number(turnover)),
            }))
            .and_then(|filter| filter.and(Condition::Metric {
                metric: metrics::units(),
                months,
                test: Test::AtLeast(Value::Number(-turnover)),
            }))
            .unwrap();
        prop_assert_eq!(Filter::parse(&filter.to_string()), Some(filter));
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,60}") {
        let _ = Filter::parse(&text);
    }
}
