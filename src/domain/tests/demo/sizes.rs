//! Books of any size, and how much there is in the demo book.

use crate::replica::Replica;
use crate::{SEED, day, made};
use std::collections::BTreeMap;
use tongxing_domain::demo;
use tongxing_domain::schema::{Record, problems};

#[test]
fn there_is_enough_to_look_at_and_not_too_much() {
    let replica = made(day("2026-03-10"));
    let book = &replica.book;
    assert_eq!(book.dealers.len(), 24);
    assert!(book.contacts.len() >= 40);
    assert!(
        (300..700).contains(&book.meetings.len()),
        "{}",
        book.meetings.len()
    );
    assert!(
        (1500..3500).contains(&book.readings.len()),
        "{}",
        book.readings.len()
    );
    assert!(book.promises.len() > 80 && book.actions.len() > 100);
    assert!(book.goals.len() >= 20 && book.plans.len() >= 15 && book.steps.len() >= 100);
    assert!(book.needs.len() >= 20 && book.issues.len() >= 4);
    assert!(replica.rows() < 6000, "{}", replica.rows());
    assert!(
        book.dealers
            .iter()
            .filter(|dealer| !dealer.internal_notes.is_empty())
            .count()
            > 15
    );
    assert!(
        book.meetings
            .iter()
            .any(|meeting| !meeting.internal_notes.is_empty())
    );
}

#[test]
fn a_large_book_has_the_rows_that_were_asked_for() {
    let today = day("2026-03-10");
    let mut replica = Replica::default();
    let mut fields = BTreeMap::<u16, (usize, usize)>::new();
    for row in demo::large(100, 2000, SEED, today) {
        let (rows, registers) = fields.entry(row[0].table).or_default();
        *rows += 1;
        *registers += row.len();
        replica.write(&row);
    }
    assert_eq!((replica.rows(), replica.book.dealers.len()), (2000, 100));
    for (table, (rows, registers)) in fields {
        let reading = tongxing_domain::tables::Reading::NUMBER;
        assert!(table == reading || registers >= rows * 10, "table {table}");
    }
    let book = &replica.book;
    for dealer in book.dealers.iter() {
        assert_eq!(problems(&**dealer), []);
    }
    for meeting in book.meetings.iter() {
        assert_eq!(problems(&**meeting), []);
        assert!(book.dealers.get(meeting.dealer).is_some());
    }
    for contact in book.contacts.iter() {
        assert_eq!(problems(&**contact), []);
    }
    for reading in book.readings.iter() {
        assert_eq!(problems(&**reading), []);
    }
    let again: Vec<_> = demo::large(100, 2000, SEED, today).collect();
    let once: Vec<_> = demo::large(100, 2000, SEED, today).collect();
    assert_eq!(again, once);
}
