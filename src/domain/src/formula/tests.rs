//! Formulas: reading, working out, circles, zero.

use super::*;
use crate::date::Month;
use crate::metrics;
use crate::quantity::Unit;
use crate::schema::Record;
use crate::tables::{Dealer, Direction, Gathering, Reading};
use crate::value::Figure;
use proptest::prelude::*;

fn dealer() -> Id<Dealer> {
    Id::natural(&["dealer"])
}

fn month() -> Month {
    Month::parse("2026-03").unwrap()
}

fn own(name: &str) -> Id<Metric> {
    Id::natural(&["own", name])
}

fn read(book: &mut Book, metric: Id<Metric>, hundredths: i64) {
    book.readings.set(Reading {
        dealer: dealer(),
        metric,
        month: Some(month()),
        figure: Some(Figure {
            amount: Quantity(hundredths),
            as_of: month().last(),
        }),
        ..Reading::with_id(Reading::id_for(dealer(), metric, month()))
    });
}

fn define(book: &mut Book, name: &str, text: &str) -> Id<Metric> {
    let formula = Formula::typed(text, book).unwrap();
    set(book, name, formula)
}

fn set(book: &mut Book, name: &str, formula: Formula) -> Id<Metric> {
    book.metrics.set(Metric {
        name: name.into(),
        unit: Some(Unit::Percent),
        direction: Some(Direction::Rising),
        gathering: Some(Gathering::Last),
        formula: Some(formula),
        ..Metric::with_id(own(name))
    });
    own(name)
}

fn value(book: &Book, metric: Id<Metric>) -> Result<i64, NoValue> {
    work_out(book, dealer(), metric, month()).map(|figure| figure.amount.0)
}

/// A book in which sales-in were ¥400 and sales-out ¥300.
fn book() -> Book {
    let mut book = Book::default();
    read(&mut book, metrics::sales_in(), 40_000);
    read(&mut book, metrics::sales_out(), 30_000);
    book
}

#[test]
fn a_share_is_one_metric_over_another() {
    let mut book = book();
    let sell_through = define(&mut book, "动销率", "[销售额] ÷ [进货额] × 100");
    assert_eq!(value(&book, sell_through), Ok(7_500));
    let lines = explain(&book, dealer(), sell_through, month(), Lang::En);
    let values: Vec<_> = lines.iter().map(|line| line.value.as_str()).collect();
    assert!(values.contains(&"[Sales-out] / [Sales-in] * 100"));
    assert!(values.contains(&"Sales-in: ¥400"));
    assert_eq!(values.last(), Some(&"75%"));
}

#[test]
fn signs_bind_as_in_school() {
    let mut book = book();
    for (text, want) in [
        ("1 + 2 * 3", 700),
        ("(1 + 2) * 3", 900),
        ("10 - 2 - 3", 500),
        ("10 / 4 / 5", 50),
        ("10 / (4 / 5)", 1250),
        ("-2 * -3", 600),
        ("-(销售额) + 进货额", 10_000),
        ("min(销售额, 进货额) − max(0, −5)", 30_000),
        ("1 / 3", 33),
        // Rounded once, at the end: 1/3 · 3 is 1.
        ("1 / 3 * 3", 100),
        ("（1＋2）×3", 900),
    ] {
        let metric = define(&mut book, "试", text);
        assert_eq!(value(&book, metric), Ok(want), "{text}");
    }
}

#[test]
fn a_renamed_metric_stays_the_same_metric() {
    let mut book = book();
    let ratio = define(&mut book, "动销率", "[销售额] / [进货额] * 100");
    book.metrics.set(Metric {
        name: "零售额（新口径）".into(),
        ..Metric::with_id(metrics::sales_out())
    });
    assert_eq!(value(&book, ratio), Ok(7_500));
    let text = book.formula(ratio).unwrap().text(&book, Lang::Zh);
    assert_eq!(text, "[零售额（新口径）] / [进货额] * 100");
    assert_eq!(
        Formula::typed(&text, &book).as_ref(),
        Ok(book.formula(ratio).unwrap())
    );
}

#[test]
fn what_has_no_value_says_why() {
    let mut book = book();
    let units = define(&mut book, "单价", "[进货额] / [销量]");
    assert_eq!(value(&book, units), Err(NoValue::Missing(metrics::units())));
    read(&mut book, metrics::units(), 0);
    assert_eq!(value(&book, units), Err(NoValue::DividedByZero(units)));
    let upon = define(&mut book, "单价二", "[单价] + 1");
    // The formula that divides is named, not the one that uses it.
    assert_eq!(value(&book, upon), Err(NoValue::DividedByZero(units)));
    let text = NoValue::DividedByZero(units).text(&book, Lang::Zh);
    assert_eq!(text, "“单价”的公式里除数为 0，没有值");
    let gone = set(&mut book, "旧", Formula(Expression::Metric(own("无"))));
    assert_eq!(value(&book, gone), Err(NoValue::Unknown(own("无"))));
    let large = define(
        &mut book,
        "大",
        "90000000000000000 * 90000000000000000 * 100000000000",
    );
    assert_eq!(value(&book, large), Err(NoValue::TooLarge(large)));
}

#[test]
fn circles_are_named_before_and_borne_after() {
    let mut book = book();
    let a = define(&mut book, "甲", "[进货额]");
    let b = define(&mut book, "乙", "[甲] + 1");
    let c = define(&mut book, "丙", "[乙] * 2");
    let back = Formula::typed("[丙] - 1", &book).unwrap();
    assert_eq!(circle(&book, a, &back), [a, c, b]);
    assert_eq!(circle(&book, a, book.formula(c).unwrap()), [a, b]);
    assert_eq!(
        circle(&book, c, &Formula::typed("[乙]", &book).unwrap()),
        []
    );
    // Two tablets can each write one half of a circle.
    set(&mut book, "甲", back);
    for metric in [a, b, c] {
        assert_eq!(value(&book, metric), Err(NoValue::Circle(metric)));
    }
    assert_eq!(
        circle(&book, own("丁"), &Formula::typed("[乙]", &book).unwrap()),
        []
    );
}

#[test]
fn what_is_wrong_is_named() {
    let book = Book::default();
    let fault = |text: &str| Formula::typed(text, &book).unwrap_err();
    assert_eq!(fault(" "), FormulaFault::Blank);
    assert_eq!(fault("1 +"), FormulaFault::Unfinished);
    assert_eq!(fault("(1 + 2"), FormulaFault::Unclosed);
    assert_eq!(fault("[进货额"), FormulaFault::Unclosed);
    assert_eq!(fault("1 2"), FormulaFault::Unexpected("2".into()));
    assert_eq!(fault("* 2"), FormulaFault::Unexpected("*".into()));
    assert_eq!(
        fault("[毛利] * 2"),
        FormulaFault::NoSuchMetric("毛利".into())
    );
    assert_eq!(fault("1.234"), FormulaFault::Number("1.234".into()));
    assert_eq!(fault(&"(".repeat(5000)), FormulaFault::TooLong);
    assert_eq!(fault(&"(".repeat(100)), FormulaFault::TooLong);
    assert_eq!(fault(&"-".repeat(150)), FormulaFault::TooLong);
    for lang in [Lang::Zh, Lang::En] {
        assert!(!fault("1 2").text(lang).is_empty());
    }
}

fn any_expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        (-100_000i64..100_000).prop_map(|number| Expression::Number(Quantity(number))),
        prop::sample::select(vec![metrics::sales_in(), metrics::units()])
            .prop_map(Expression::Metric),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        let operator = prop::sample::select(vec![
            Operator::Plus,
            Operator::Minus,
            Operator::Times,
            Operator::Over,
            Operator::Min,
            Operator::Max,
        ]);
        (operator, inner.clone(), inner).prop_map(|(operator, left, right)| {
            Expression::Both(operator, Box::new(left), Box::new(right))
        })
    })
}

proptest! {
    #[test]
    fn formulas_read_back(expression in any_expression()) {
        let formula = Formula(expression);
        prop_assert_eq!(Formula::parse(&formula.to_string()), Some(formula.clone()));
        let book = Book::default();
        for lang in [Lang::Zh, Lang::En] {
            let text = formula.text(&book, lang);
            prop_assert_eq!(Formula::typed(&text, &book), Ok(formula.clone()));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-+*/(),.0-9a-z×÷\\[\\] 进货额]{0,60}") {
        let book = Book::default();
        let _ = (Formula::typed(&text, &book), Formula::parse(&text));
    }
}

#[test]
fn a_formula_is_tried_out_before_it_is_kept() {
    let mut book = book();
    book.dealers.set(Dealer {
        name: "青禾".into(),
        ..Dealer::with_id(dealer())
    });
    let metric = own("tried");
    let tried = |text: &str| {
        let formula = Formula::typed(text, &book).unwrap();
        let lines = super::tried(&book, metric, &formula, Lang::En);
        lines.into_iter().map(|line| line.value).collect::<Vec<_>>()
    };
    let good = tried("[Sales-out] / [Sales-in] * 100");
    assert_eq!(good.first().unwrap(), "青禾 · Mar 2026");
    assert_eq!(good.last().unwrap(), "75 pcs");
    let zero = tried("[Sales-out] / 0");
    assert!(zero.last().unwrap().contains("divides by zero"), "{zero:?}");
    // Nobody has a reading of it.
    assert_eq!(tried("[Shops] * 2"), Vec::<String>::new());
}
