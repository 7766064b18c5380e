//! What reports hold, over the demo book.

use super::*;
use crate::book::Book;
use crate::date::parse_date;
use crate::demo;
use crate::filter::Filter;
use crate::period::{Cycle, Period};
use crate::quantity::Unit;
use crate::ratio::Ratio;
use crate::schema::rows_of;
use crate::trend::Growth;
use crate::value::Noted;

fn day() -> Date {
    parse_date("2026-08-10").unwrap()
}

fn book() -> Book {
    let mut book = Book::default();
    for ((table, id), row) in &rows_of(&demo::book(day(), 20_260_101)) {
        book.take(*table, *id, row);
    }
    book
}

#[test]
fn every_row_fits_its_columns_and_every_explanation_its_figure() {
    let book = book();
    let period = Period::last_over(Cycle::Quarter, day());
    for lang in [Lang::Zh, Lang::En] {
        let mut reports: Vec<Report> = book
            .dealers
            .iter()
            .filter_map(|dealer| Quarter::of(&book, dealer.id, period, day()))
            .map(|quarter| pack(&quarter, lang))
            .collect();
        let of = Portfolio {
            book: &book,
            today: day(),
        };
        reports.push(portfolio(&of, lang));
        let mut told = 0;
        for report in &reports {
            for section in &report.sections {
                for row in &section.rows {
                    assert!(row.cells.len() <= section.columns.len(), "{section:?}");
                    for figure in &row.told {
                        let shown = row.cells[figure.cell].show(lang);
                        assert!(!figure.lines.is_empty(), "{shown}");
                        told += 1;
                    }
                }
            }
        }
        assert!(told > 100, "{told}");
    }
}

#[test]
fn a_year_is_the_sum_of_its_dealers() {
    let book = book();
    let of = Portfolio {
        book: &book,
        today: day(),
    };
    let yearly = of.yearly();
    assert_eq!(yearly.len(), 5);
    let sales = &yearly[0];
    let sum: i64 = sales.parts.iter().map(|(_, amount)| amount.0).sum();
    assert_eq!(sum, sales.now.0);
    let lines = sales.explain(Lang::En);
    let last = lines.last().unwrap();
    assert_eq!(
        (last.label.as_str(), last.value.as_str()),
        ("Sum", sales.unit().show(sales.now, Lang::En).as_str())
    );
}

#[test]
fn a_share_changes_by_points_and_an_amount_by_a_part() {
    let book = book();
    let of = Portfolio {
        book: &book,
        today: day(),
    };
    let (mut points, mut parts) = (0, 0);
    for yearly in of.yearly() {
        let (now, then) = yearly.alike.unwrap();
        match yearly.change().unwrap() {
            Growth::Points(change) => {
                assert_eq!((yearly.unit(), change.0), (Unit::Percent, now.0 - then.0));
                points += 1;
            }
            Growth::Part(change) => {
                let expected = Ratio::new((now.0 - then.0).into(), then.0.abs().into());
                assert_eq!(
                    (Some(change), yearly.unit() == Unit::Percent),
                    (expected, false)
                );
                parts += 1;
            }
        }
    }
    assert!(points > 0 && parts > 0, "{points} {parts}");
}

#[test]
fn a_glance_counts_what_the_lists_hold() {
    let book = book();
    let of = Portfolio {
        book: &book,
        today: day(),
    };
    let glance = of.glance();
    let takes = |text: &str| {
        let filter = <Filter as Noted>::parse(text).unwrap();
        filter.rows(&book, day()).len()
    };
    assert_eq!(glance.dealers, takes("dealer"));
    assert_eq!(glance.overdue.len(), takes("dealer; overdue"));
    assert_eq!(glance.behind.len(), takes("dealer; behind"));
    assert!(!glance.overdue.is_empty() && !glance.behind.is_empty());
    assert!(glance.overdue.is_sorted_by(|a, b| a.1 >= b.1));
    assert!(glance.behind.is_sorted_by(|a, b| a.1 <= b.1));
}

#[test]
fn nothing_internal_stands_in_a_review() {
    let book = book();
    let period = Period::last_over(Cycle::Quarter, day());
    for dealer in book.dealers.iter() {
        let quarter = Quarter::of(&book, dealer.id, period, day()).unwrap();
        let told = format!("{:?}", pack(&quarter, Lang::Zh));
        for internal in [&dealer.internal_notes]
            .into_iter()
            .filter(|notes| notes.chars().count() > 4)
        {
            assert!(!told.contains(internal.as_str()), "{internal}");
        }
    }
}
