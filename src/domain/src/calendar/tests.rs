//! Worked examples and laws of the calendar.

use super::*;
use crate::date::{Minute, parse_date};
use crate::id::FreshId;
use crate::recurrence::Recurrence;
use crate::schema::{Record, RowState, changes, problems, rows_of};
use crate::tables::{Channel, Promise, Side};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn window(from: &str, to: &str) -> DateSpan {
    DateSpan::new(day(from), day(to)).unwrap()
}

fn at(text: &str) -> Minute {
    Minute::parse(text).unwrap()
}

fn dealer() -> Dealer {
    Dealer::with_id(Id::natural(&["dealer"]))
}

/// Every Tuesday at ten from 3 March 2026, for an hour.
fn tuesdays() -> Series {
    Series {
        dealer: dealer().id,
        channel: Some(Channel::Visit),
        subject: "例行拜访".into(),
        first: Some(Slot {
            start: at("2026-03-03T10:00"),
            minutes: 60,
        }),
        rule: "FREQ=WEEKLY;BYDAY=TU".into(),
        ..Series::with_id(Id::natural(&["series"]))
    }
}

fn book(series: &Series) -> Book {
    let mut book = Book::default();
    book.dealers.set(dealer());
    book.series.set(series.clone());
    book
}

fn days(book: &Book, window: DateSpan) -> Vec<String> {
    items(book, window, None, day("2026-03-01"))
        .iter()
        .map(|item| match item.time {
            Some(slot) => format!("{} {}", item.day, slot.start),
            None => item.day.to_string(),
        })
        .collect()
}

#[test]
fn a_slot_runs_from_start_to_end_and_no_other_way() {
    let between = |a, b| Slot::between(at(a), at(b));
    assert_eq!(
        between("2026-02-28T23:30", "2026-03-01T00:30")
            .unwrap()
            .minutes,
        60
    );
    assert_eq!(
        between("2028-02-29T23:00", "2028-03-01T01:00")
            .unwrap()
            .minutes,
        120
    );
    assert_eq!(
        between("2026-03-05T10:00", "2026-03-05T10:00")
            .unwrap()
            .minutes,
        0
    );
    assert_eq!(
        between("2026-03-05T10:00", "2026-03-05T09:59"),
        Err(NotASlot::EndsBeforeItStarts)
    );
    assert_eq!(
        between("2026-03-05T10:00", "2026-04-05T10:00"),
        Err(NotASlot::TooLong)
    );
    assert_eq!(
        between("2026-03-05T10:00", "1990-03-05T10:00"),
        Err(NotASlot::EndsBeforeItStarts)
    );
    let slot = between("2026-03-05T22:00", "2026-03-06T00:00").unwrap();
    assert_eq!(
        slot.days().count(),
        1,
        "midnight belongs to the day that ends"
    );
}

#[test]
fn weeks_begin_on_monday_and_months_show_whole_weeks() {
    assert_eq!(
        week_of(day("2026-03-08")),
        window("2026-03-02", "2026-03-08")
    );
    let february = weeks_of(Month::new(2027, 2).unwrap());
    assert_eq!(february, window("2027-02-01", "2027-02-28"));
    let march = weeks_of(Month::new(2026, 3).unwrap());
    assert_eq!(march, window("2026-02-23", "2026-04-05"));
}

#[test]
fn one_occurrence_moves_alone() {
    let series = tuesdays();
    let mut book = book(&series);
    let march = window("2026-03-01", "2026-03-31");
    assert_eq!(items(&book, march, None, day("2026-03-01")).len(), 5);
    let what = What::Occurrence(Arc::new(series.clone()), day("2026-03-10"));
    let written = move_to(&book, &what, at("2026-03-12T15:00"));
    assert_eq!(written, move_to(&book, &what, at("2026-03-12T15:00")));
    assert!(
        written
            .iter()
            .all(|change| change.id == series.occurrence_id(day("2026-03-10")).uuid())
    );
    let mut moved = occurrence(&series, day("2026-03-10"));
    moved.planned = moved.planned.map(|slot| Slot {
        start: at("2026-03-12T15:00"),
        ..slot
    });
    assert_eq!(written, crate::schema::changes(None, &moved));
    book.meetings.set(moved.clone());
    assert_eq!(
        days(&book, march),
        [
            "2026-03-03 2026-03-03T10:00",
            "2026-03-12 2026-03-12T15:00",
            "2026-03-17 2026-03-17T10:00",
            "2026-03-24 2026-03-24T10:00",
            "2026-03-31 2026-03-31T10:00",
        ]
    );
    // Called off or binned, it does not come back by its rule.
    moved.outcome = Outcome::Dropped(day("2026-03-09"));
    book.meetings.set(moved.clone());
    assert_eq!(items(&book, march, None, day("2026-03-01")).len(), 4);
    moved.state = RowState {
        deleted: true,
        ..RowState::default()
    };
    book.meetings.set(moved);
    assert_eq!(items(&book, march, None, day("2026-03-01")).len(), 4);
}

#[test]
fn what_happened_cannot_be_moved() {
    let book = book(&tuesdays());
    let mut held = occurrence(&tuesdays(), day("2026-03-10"));
    held.started = Some(at("2026-03-10T10:05"));
    let what = What::Meeting(Arc::new(held));
    assert_eq!(move_to(&book, &what, at("2026-03-12T15:00")), []);
}

#[test]
fn what_crosses_midnight_stands_on_both_days() {
    let mut series = tuesdays();
    series.first = Some(Slot {
        start: at("2026-03-03T23:00"),
        minutes: 120,
    });
    let book = book(&series);
    let found = items(
        &book,
        window("2026-03-04", "2026-03-10"),
        None,
        day("2026-03-01"),
    );
    let seen: Vec<_> = found
        .iter()
        .map(|item| (item.day, item.is_continued()))
        .collect();
    assert_eq!(
        seen,
        [(day("2026-03-04"), true), (day("2026-03-10"), false)]
    );
}

#[test]
fn due_items_stand_before_the_hours() {
    let mut book = book(&tuesdays());
    book.promises.set(Promise {
        dealer: dealer().id,
        title: "样机".into(),
        by: Some(Side::Us),
        due: Some(day("2026-03-03")),
        ..Promise::with_id(Id::natural(&["p"]))
    });
    let found = items(
        &book,
        DateSpan::day(day("2026-03-03")),
        None,
        day("2026-03-05"),
    );
    assert!(matches!(&found[0].what, What::Due(due) if due.days_late == 2));
    assert!(matches!(&found[1].what, What::Occurrence(..)));
    let moved = move_to(&book, &found[0].what, at("2026-03-09T00:00"));
    assert_eq!(moved.len(), 1);
    let nobody = Some(Id::natural(&["somebody else"]));
    assert!(
        items(
            &book,
            window("2026-03-01", "2026-03-31"),
            nobody,
            day("2026-03-05")
        )
        .is_empty()
    );
}

#[test]
fn what_comes_is_made_once_whoever_makes_it() {
    let mut book = book(&tuesdays());
    let fortnight = window("2026-03-02", "2026-03-15");
    let made = coming(&book, fortnight);
    assert_eq!(made, coming(&book, fortnight));
    assert_eq!(made.len(), 2);
    assert!(made.iter().all(|meeting| problems(meeting).is_empty()));
    for meeting in made {
        book.meetings.set(meeting);
    }
    assert!(coming(&book, fortnight).is_empty());
}

fn sequence() -> impl FnMut() -> Uuid {
    let mut next = 0;
    move || {
        next += 1;
        Uuid::from_u128(next)
    }
}

#[test]
fn a_series_changes_from_a_date_on() {
    let mut fresh = sequence();
    let fresh: FreshId<'_> = &mut fresh;
    let mut series = tuesdays();
    series.rule = "FREQ=WEEKLY;BYDAY=TU;COUNT=6".into();
    let mut changed = series.clone();
    changed.first = Some(Slot {
        start: at("2026-03-18T14:00"),
        minutes: 90,
    });
    changed.rule = "FREQ=WEEKLY;BYDAY=WE;COUNT=6".into();
    let (before, after) = change_from(&series, day("2026-03-18"), &changed, fresh);
    let year = window("2026-01-01", "2026-12-31");
    let dates = |series: &Series| -> Vec<String> {
        series.dates(year).iter().map(Date::to_string).collect()
    };
    assert_eq!(
        dates(&before.unwrap()),
        ["2026-03-03", "2026-03-10", "2026-03-17"]
    );
    assert_eq!(dates(&after), ["2026-03-18", "2026-03-25", "2026-04-01"]);
    assert_ne!(after.id, series.id);
    // From its first date on nothing of the old one is left.
    assert_eq!(end_before(&series, day("2026-03-03")), None);
}

/// What a change of a series writes: the meetings in the book afterwards, and the dates of each series.
fn revised(
    series: &Series,
    made: &[Meeting],
    (on, reach): (&str, Reach),
    changed: &Series,
) -> (BTreeMap<Id<Meeting>, Meeting>, Vec<Series>) {
    let mut book = book(series);
    for meeting in made {
        book.meetings.set(meeting.clone());
    }
    let mut fresh = sequence();
    let today = day("2026-03-05");
    let writes = revise(&book, series, day(on), reach, changed, today, &mut fresh);
    // Of two values of a register the first is taken.
    let mut all = writes;
    all.extend(made.iter().flat_map(|meeting| changes(None, meeting)));
    all.extend(changes(None, series));
    for ((table, id), row) in rows_of(&all) {
        book.take(table, id, &row);
    }
    let meetings = book.meetings.iter().map(|it| (it.id, Meeting::clone(it)));
    (
        meetings.collect(),
        book.series.iter().map(|it| Series::clone(it)).collect(),
    )
}

/// Wednesdays at two for ninety minutes.
fn wednesdays(from: &str) -> Series {
    Series {
        subject: "月度对账".into(),
        first: Some(Slot {
            start: at(from),
            minutes: 90,
        }),
        rule: "FREQ=WEEKLY;BYDAY=WE".into(),
        ..tuesdays()
    }
}

fn dates_in_march(series: &Series) -> Vec<String> {
    let dates = series.dates(window("2026-03-01", "2026-03-31"));
    dates
        .iter()
        .map(|day| day.to_string()[8..].to_owned())
        .collect()
}

#[test]
fn one_occurrence_changes_alone() {
    let series = tuesdays();
    let changed = wednesdays("2026-03-11T14:00");
    let (meetings, kept) = revised(&series, &[], ("2026-03-10", Reach::One), &changed);
    assert_eq!(kept.as_slice(), std::slice::from_ref(&series));
    let meeting = &meetings[&series.occurrence_id(day("2026-03-10"))];
    assert_eq!(meetings.len(), 1);
    assert_eq!(meeting.planned, changed.first);
    assert_eq!(meeting.subject, "月度对账");
    assert_eq!(meeting.occurrence, Some(day("2026-03-10")));
}

#[test]
fn this_and_following_change_and_what_was_prepared_stays() {
    let series = tuesdays();
    let untouched = occurrence(&series, day("2026-03-17"));
    let prepared = Meeting {
        purpose: "谈价格".into(),
        ..occurrence(&series, day("2026-03-24"))
    };
    let changed = wednesdays("2026-03-11T14:00");
    let made = [untouched.clone(), prepared.clone()];
    let (meetings, all) = revised(&series, &made, ("2026-03-10", Reach::Following), &changed);
    assert_eq!(meetings.keys().copied().collect::<Vec<_>>(), [prepared.id]);
    let old = all.iter().find(|it| it.id == series.id).unwrap();
    let new = all.iter().find(|it| it.id != series.id).unwrap();
    assert_eq!(dates_in_march(old), ["03"]);
    assert_eq!(dates_in_march(new), ["11", "18", "25"]);
    assert_eq!(new.subject, "月度对账");
}

#[test]
fn all_occurrences_change_with_the_meetings_that_nobody_touched() {
    let series = tuesdays();
    let held = Meeting {
        outcome: Outcome::Done(day("2026-03-03")),
        ..occurrence(&series, day("2026-03-03"))
    };
    let coming = occurrence(&series, day("2026-03-10"));
    // At another time on the same days: the meeting that was made moves along.
    let later = Series {
        first: Some(Slot {
            start: at("2026-03-03T16:30"),
            minutes: 30,
        }),
        ..series.clone()
    };
    let made = [held.clone(), coming.clone()];
    let (meetings, all) = revised(&series, &made, ("2026-03-10", Reach::All), &later);
    assert_eq!(all.as_slice(), std::slice::from_ref(&later));
    assert_eq!(
        meetings[&coming.id].planned,
        later.slot_on(day("2026-03-10"))
    );
    assert_eq!(meetings[&held.id], held);
    // On other days: it goes.
    let changed = wednesdays("2026-03-04T14:00");
    let (meetings, _) = revised(&series, &made, ("2026-03-10", Reach::All), &changed);
    assert_eq!(meetings.keys().copied().collect::<Vec<_>>(), [held.id]);
}

#[test]
fn from_the_first_occurrence_on_is_all_of_it() {
    let series = tuesdays();
    let changed = wednesdays("2026-03-04T14:00");
    let (_, all) = revised(&series, &[], ("2026-03-03", Reach::Following), &changed);
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].id, &all[0].rule), (series.id, &changed.rule));
}

#[test]
fn bad_rules_and_times_are_named() {
    let faults = |series: &Series| -> Vec<&'static str> {
        problems(series)
            .iter()
            .map(|problem| problem.field)
            .collect()
    };
    let mut series = tuesdays();
    assert_eq!(faults(&series), [] as [&str; 0]);
    series.rule = "FREQ=FORTNIGHTLY".into();
    assert_eq!(faults(&series), ["rule"]);
    assert!(series.dates(window("2026-01-01", "2026-12-31")).is_empty());
    series.rule = "FREQ=DAILY;UNTIL=20260101".into();
    assert_eq!(faults(&series), ["rule"]);
    series.rule = "FREQ=DAILY".into();
    series.first = Some(Slot {
        start: at("2026-03-03T10:00"),
        minutes: u16::MAX,
    });
    assert_eq!(faults(&series), ["first"]);
}

proptest! {
    /// Whatever was moved to wherever, each occurrence stands in the calendar exactly once.
    #[test]
    fn every_occurrence_stands_once(
        interval in 1u16..4, touched in prop::collection::btree_map(0usize..12, -40i64..40, 0..6),
    ) {
        let mut series = tuesdays();
        series.rule = Recurrence::parse(&format!("FREQ=WEEKLY;INTERVAL={interval}")).unwrap().to_string();
        let mut book = book(&series);
        let wide = window("2026-01-01", "2027-03-31");
        let year = window("2026-01-01", "2026-12-31");
        let dates = series.dates(year);
        for (place, days) in touched {
            if let Some(on) = dates.get(place) {
                let mut meeting = occurrence(&series, *on);
                meeting.planned = meeting.planned.map(|slot| Slot { start: slot.start.plus(days * 1440), ..slot });
                book.meetings.set(meeting);
            }
        }
        let mut seen: Vec<Date> = items(&book, wide, None, day("2026-03-01")).iter().map(|item| match &item.what {
            What::Occurrence(_, on) => *on,
            What::Meeting(meeting) => meeting.occurrence.unwrap(),
            What::Due(_) | What::ContractEnd(_) => unreachable!(),
        }).filter(|on| year.contains(*on)).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, dates);
    }
}

#[test]
fn the_calendar_follows_every_change_of_a_meeting() {
    let mut book = book(&tuesdays());
    let march = window("2026-03-02", "2026-03-02");
    let planned = |start: &str| Meeting {
        dealer: dealer().id,
        planned: Some(Slot {
            start: at(start),
            minutes: 60,
        }),
        ..Meeting::with_id(Id::natural(&["meeting"]))
    };
    assert!(days(&book, march).is_empty());
    book.meetings.set(planned("2026-03-02T09:00"));
    assert_eq!(days(&book, march), ["2026-03-02 2026-03-02T09:00"]);
    // Found once, it is not looked for among all others again; what changed is seen all the same.
    book.meetings.set(planned("2026-03-05T09:00"));
    assert!(days(&book, march).is_empty());
    book.meetings.set(planned("2026-03-01T23:30"));
    assert_eq!(days(&book, march), ["2026-03-02 2026-03-01T23:30"]);
    book.meetings.set(Meeting {
        outcome: Outcome::Dropped(day("2026-03-01")),
        ..planned("2026-03-02T09:00")
    });
    assert!(days(&book, march).is_empty());
    book.meetings.set(planned("2026-03-02T09:00"));
    let mut binned = dealer();
    binned.state.deleted = true;
    book.dealers.set(binned);
    assert!(days(&book, march).is_empty());
}
