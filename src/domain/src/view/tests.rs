//! Saved views: order, groups, columns, and that they read back.

use super::*;
use crate::custom;
use crate::filter::Filter;
use crate::id::Id;
use crate::money::Fen;
use crate::schema::Record;
use crate::tables::{
    Channel, Contact, CustomField, CustomKind, CustomOn, CustomValue, Dealer, Meeting,
};
use crate::value::{Kind, Link, Outcome};

fn book() -> Book {
    let mut book = Book::default();
    for (name, region, turnover) in [
        ("a", "华东", Some(5)),
        ("b", "华北", Some(9)),
        ("c", "华东", None),
        ("d", "华东", Some(7)),
        ("e", "", Some(1)),
    ] {
        book.dealers.set(Dealer {
            name: name.into(),
            region: region.into(),
            turnover: turnover.map(Fen),
            ..Dealer::with_id(Id::natural(&[name]))
        });
    }
    book
}

fn names(view: &str, filter: &str) -> Vec<String> {
    let book = book();
    let view = View {
        filter: Filter::parse(filter),
        arrangement: Arrangement::parse(view),
        ..View::default()
    };
    rows(&book, &view, Date::default())
        .iter()
        .map(|group| {
            let names: Vec<_> = group
                .rows
                .iter()
                .map(|row| {
                    row.value(0)
                        .show(Kind::Text(crate::text::Lines::One), Lang::En)
                })
                .collect();
            names.join("")
        })
        .collect()
}

#[test]
fn views_sort_and_group_what_their_filter_takes() {
    assert_eq!(names("columns; sort turnover falling", "dealer"), ["bdaec"]);
    assert_eq!(names("columns; sort turnover rising", "dealer"), ["eadbc"]);
    assert_eq!(
        names("columns; sort turnover falling; group region", "dealer"),
        // 华北 (Huáběi) comes before 华东 (Huádōng); without a region last.
        ["b", "dac", "e"]
    );
    assert_eq!(
        names("columns; sort name rising", "dealer; region among \"华东\""),
        ["acd"]
    );
}

#[test]
fn columns_are_chosen_or_the_tables_own() {
    let book = book();
    let of = |table, text| -> Vec<String> {
        let arrangement = Arrangement::parse(text).unwrap();
        let columns = columns(&book, table, &arrangement);
        columns.iter().map(Column::key).collect()
    };
    assert_eq!(
        of(Dealer::TABLE, "columns region, no_such, name"),
        ["region", "name"]
    );
    assert_eq!(of(Dealer::TABLE, "columns")[..2], ["name", "region"]);
    assert!(of(Contact::TABLE, "columns").contains(&"phone".to_owned()));
    assert!(!of(Contact::TABLE, "columns").contains(&"dealer".to_owned()));
}

/// A field of the team's own, and what two dealers hold in it.
fn with_own_field(book: &mut Book) -> CustomField {
    let field = CustomField {
        name: "门头".into(),
        on: Some(CustomOn::Dealer),
        kind: Some(CustomKind::Number),
        ..CustomField::with_id(Id::natural(&["field"]))
    };
    book.custom_fields.set(field.clone());
    for (name, value) in [("a", "12.5"), ("b", "9")] {
        let dealer = Id::<Dealer>::natural(&[name]).uuid();
        book.custom_values.set(CustomValue {
            field: field.id,
            about: Some(Link {
                table: Dealer::NUMBER,
                id: dealer,
            }),
            value: value.into(),
            ..CustomValue::with_id(CustomValue::id_for(field.id, dealer))
        });
    }
    field
}

#[test]
fn columns_of_the_teams_own_sort_filter_and_go_into_files() {
    let mut book = book();
    let field = with_own_field(&mut book);
    let view = |filter: &str| View {
        filter: Filter::parse(filter),
        arrangement: Arrangement::parse(&format!(
            "columns name, own:{}; sort own:{} falling",
            field.id, field.id
        )),
        ..View::default()
    };
    let told = |book: &Book, filter: &str| -> Vec<Vec<String>> {
        sheet(book, &view(filter), Date::default(), Lang::En, false).rows
    };
    let all = told(&book, "dealer");
    assert_eq!(all[..2], [["a", "12.5"], ["b", "9"]]);
    assert!(all[2..].iter().all(|row| row[1].is_empty()) && all.len() == 5);
    let least = format!("dealer; own {} Number at least \"10\"", field.id);
    assert_eq!(told(&book, &least), [["a", "12.5"]]);
    let empty = format!("dealer; own {} Number empty", field.id);
    assert_eq!(told(&book, &empty).len(), 3);
    // A retired field is no column any more; what it holds stays.
    book.custom_fields.set(CustomField {
        retired: Some(true),
        ..field.clone()
    });
    assert_eq!(told(&book, &least), [["a"]]);
    assert_eq!(custom::used(&book, field.id), 2);
}

#[test]
fn how_dealers_stand_can_be_asked_for() {
    let mut book = book();
    let today = crate::date::parse_date("2026-06-30").unwrap();
    let dealer = Id::<Dealer>::natural(&["a"]);
    book.meetings.set(Meeting {
        dealer,
        channel: Some(Channel::Visit),
        outcome: Outcome::Done(crate::date::parse_date("2026-03-01").unwrap()),
        ..Meeting::with_id(Id::natural(&["visit"]))
    });
    let view = View {
        filter: Filter::parse("dealer; overdue"),
        arrangement: Arrangement::parse("columns name, last_contact, overdue_days"),
        ..View::default()
    };
    let told = sheet(&book, &view, today, Lang::En, false);
    assert_eq!(told.headings, ["Name", "Last contact", "Days overdue"]);
    // Thirty days after the visit, as for every dealer without a grade.
    assert!(
        told.rows
            .contains(&vec!["a".into(), "2026-03-01".into(), "91".into()]),
        "{:?}",
        told.rows
    );
    // The dealer who sees the screen reads no judgement.
    let shared = sheet(&book, &view, today, Lang::En, true);
    assert_eq!(shared.headings, ["Name"]);
}

#[test]
fn arrangements_read_back() {
    for example in Arrangement::NOTATION.examples {
        assert_eq!(Arrangement::rewritten(example).as_deref(), Some(*example));
    }
    for text in [
        "",
        "column a",
        "columns a b",
        "columns; sort a",
        "columns; sort a up",
    ] {
        assert!(Arrangement::parse(text).is_none(), "{text}");
    }
}
