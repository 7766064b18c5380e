//! What holds on every day.

use crate::{SEED, day, made};
use proptest::prelude::*;
use std::collections::BTreeSet;
use tongxing_domain::book::{Book, Table};
use tongxing_domain::date::{Date, Month, add_days};
use tongxing_domain::demo;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::{Record, problems};
use tongxing_domain::tables::{Dealer, MeetingStage, NeedStatus};
use tongxing_domain::value::{Kind, Outcome, Value};

/// Every record may be saved, and every reference finds its record.
fn check_table<T: Record>(book: &Book, table: &Table<T>) {
    for record in table.iter() {
        assert_eq!(problems(&**record), [], "{} {}", T::TABLE.key, record.id());
        for (place, spec) in T::TABLE.fields.iter().enumerate() {
            let refers = match (spec.kind, record.get(place)) {
                (Kind::Ref(table), Value::Ref(id)) => vec![(table, id)],
                (Kind::Refs(table), Value::Refs(ids)) => {
                    ids.into_iter().map(|id| (table, id)).collect()
                }
                (Kind::Link, Value::Link(link)) => vec![(link.table, link.id)],
                _ => vec![],
            };
            for (table, id) in refers {
                assert!(exists(book, table, id), "{}.{}", T::TABLE.key, spec.key);
            }
        }
    }
}

fn exists(book: &Book, table: u16, id: Uuid) -> bool {
    let metric = tongxing_domain::tables::Metric::NUMBER;
    if table == metric {
        return book.metric(Id::new(id)).is_some();
    }
    let table = Book::table(table).unwrap();
    book.value(table.number, id, table.fields[0].key).is_some()
}

fn check_past(outcome: Outcome, today: Date) {
    if let Outcome::Done(on) | Outcome::Dropped(on) = outcome {
        assert!(on <= today, "settled on {on}");
    }
}

fn check(today: Date) {
    let book = made(today).book;
    check_table(&book, &book.dealers);
    check_table(&book, &book.contacts);
    check_table(&book, &book.needs);
    check_table(&book, &book.promises);
    check_table(&book, &book.readings);
    check_table(&book, &book.goals);
    check_table(&book, &book.milestones);
    check_table(&book, &book.plans);
    check_table(&book, &book.steps);
    check_table(&book, &book.meetings);
    check_table(&book, &book.agenda_items);
    check_table(&book, &book.actions);
    check_table(&book, &book.issues);
    check_table(&book, &book.log_entries);
    check_table(&book, &book.series);
    check_table(&book, &book.rules);
    check_table(&book, &book.firings);
    check_table(&book, &book.routines);
    check_table(&book, &book.templates);
    check_table(&book, &book.contracts);
    check_table(&book, &book.business_plans);
    check_table(&book, &book.objectives);
    check_table(&book, &book.reviews);
    check_table(&book, &book.culture_checks);
    check_table(&book, &book.risks);
    check_table(&book, &book.revisions);
    check_table(&book, &book.agreements);
    check_table(&book, &book.news);
    check_table(&book, &book.trust_ratings);

    for reading in book.readings.iter() {
        let (month, figure) = (reading.month.unwrap(), reading.figure.unwrap());
        assert!(figure.as_of <= today && Month::of(figure.as_of) == month);
    }
    for dealer in book.dealers.iter() {
        assert!(dealer.since.is_none_or(|since| since <= today));
    }
    for promise in book.promises.iter() {
        check_past(promise.outcome, today);
        assert!(promise.made_on.unwrap() <= today);
        assert!(promise.made_on.unwrap() <= promise.due.unwrap());
        if let Outcome::Done(on) = promise.outcome {
            assert!(on >= promise.made_on.unwrap());
        }
    }
    for action in book.actions.iter() {
        check_past(action.outcome, today);
    }
    for milestone in book.milestones.iter() {
        check_past(milestone.outcome, today);
    }
    for issue in book.issues.iter() {
        check_past(issue.outcome, today);
        assert!(issue.reported_on.unwrap() <= today);
    }
    for need in book.needs.iter() {
        assert!(need.raised_on.unwrap() <= today);
        assert!(need.status != Some(NeedStatus::Met) || !need.response.is_empty());
    }
    for step in book.steps.iter() {
        assert!(step.done_on.is_none_or(|on| on <= today));
        assert_eq!(step.done_on.is_some(), !step.is_open());
    }
    for goal in book.goals.iter() {
        assert!(goal.agreed_on.unwrap() <= today);
    }
    let mut visits = 0;
    for meeting in book.meetings.iter() {
        match meeting.stage() {
            MeetingStage::Planned => {
                let planned = meeting.day().unwrap();
                assert!(planned >= today, "planned for {planned} and not held");
                visits += usize::from(planned == today);
            }
            MeetingStage::Closed => {
                assert!(meeting.day().unwrap() < today);
                assert!(!meeting.minutes.is_empty());
                let weekday = chrono::Datelike::weekday(&meeting.day().unwrap());
                assert!(!matches!(
                    weekday,
                    chrono::Weekday::Sat | chrono::Weekday::Sun
                ));
            }
            stage => panic!("{stage:?}"),
        }
    }
    assert!(visits >= 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_book_is_sound_on_any_day(ahead in 0i64..2557) {
        check(add_days(day("2024-01-01"), ahead));
    }
}

#[test]
fn the_book_is_sound_on_the_days_that_are_odd() {
    for text in [
        "2024-02-29",
        "2025-01-01",
        "2026-12-31",
        "2027-03-01",
        "2028-02-29",
        "2030-12-31",
    ] {
        check(day(text));
    }
}

#[test]
fn the_same_day_and_seed_give_the_same_bytes() {
    let today = day("2026-03-10");
    let changes = demo::book(today, SEED);
    assert_eq!(changes, demo::book(today, SEED));
    assert_ne!(changes, demo::book(today, SEED + 1));
    // FNV-1a over everything written. It changes with the texts and the arithmetic of the
    // book, and with nothing else: not with the machine, the build or the order of a map.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for change in &changes {
        let mut take = |bytes: &[u8]| {
            for byte in bytes {
                hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        };
        take(&change.table.to_be_bytes());
        take(change.id.as_bytes());
        take(&change.field.to_be_bytes());
        take(&change.member);
        take(&change.value);
    }
    assert_eq!(format!("{hash:016x}"), include_str!("golden.txt").trim());
}

#[test]
fn minutes_are_written_for_their_meetings() {
    let book = made(day("2026-03-10")).book;
    let visits: Vec<_> = book
        .meetings
        .iter()
        .filter(|meeting| meeting.minutes.lines().count() > 1)
        .collect();
    let distinct: BTreeSet<_> = visits.iter().map(|meeting| &meeting.minutes).collect();
    assert!(distinct.len() > 60, "{}", distinct.len());
    assert_eq!(distinct.len(), visits.len(), "no two visits say the same");
    for dealer in book.dealers.iter() {
        let lines: Vec<&str> = book
            .meetings
            .of(dealer.id)
            .filter(|meeting| meeting.minutes.lines().count() > 1)
            .flat_map(|meeting| meeting.minutes.lines().take(2))
            .collect();
        let distinct: BTreeSet<_> = lines.iter().collect();
        assert_eq!(
            distinct.len(),
            lines.len(),
            "{} repeats itself",
            dealer.name
        );
    }
    for meeting in book.meetings.iter() {
        assert!(
            !meeting.minutes.contains(['{', '}', '|']),
            "{}",
            meeting.minutes
        );
    }
}

#[test]
fn the_whole_book_goes_in_one_tap_and_nothing_else() {
    let today = day("2026-03-10");
    let mut replica = made(today);
    let mut own = Dealer::with_id(Id::natural(&["own"]));
    own.name = "自己的经销商".into();
    replica.write(&tongxing_domain::schema::changes(None, &own));
    let demo_dealer = replica
        .book
        .dealers
        .iter()
        .find(|d| demo::is_demo(d.id.uuid()))
        .unwrap()
        .id;
    let mut added = tongxing_domain::tables::Contact::with_id(Id::natural(&["added"]));
    added.dealer = demo_dealer;
    added.name = "后来加的".into();
    replica.write(&tongxing_domain::schema::changes(None, &added));
    assert!(demo::is_present(&replica.book));

    replica.write(&demo::removal(&replica.book));
    assert!(!demo::is_present(&replica.book));
    for table in Book::TABLES {
        let left = usize::from(table.key == "dealer");
        assert_eq!(replica.book.count(table.number), left, "{}", table.key);
    }
    assert!(replica.book.dealers.get(own.id).is_some());
    assert!(demo::removal(&replica.book).is_empty());

    // Made again, on another day, it comes back whole.
    replica.write(&demo::book(add_days(today, 30), SEED));
    assert_eq!(replica.book.dealers.len(), 25);
}
