//! What is written is read back by another program's parser, and recurs there alike.

use super::*;
use crate::book::Book;
use crate::calendar::{items, occurrence};
use crate::date::{DateSpan, parse_date};
use crate::id::Id;
use crate::schema::Record;
use crate::tables::*;
use crate::value::Outcome;
use crate::words::Lang;
use icalendar::parser::{Component, read_calendar, unfold};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn at(text: &str) -> Minute {
    Minute::parse(text).unwrap()
}

fn read(text: &str) -> Vec<Vec<(String, String)>> {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap();
    calendar.components.iter().map(properties).collect()
}

fn properties(component: &Component<'_>) -> Vec<(String, String)> {
    let own = component.properties.iter();
    let inner = component.components.iter().flat_map(properties);
    own.map(|p| (p.name.to_string(), p.val.to_string()))
        .chain(inner)
        .collect()
}

fn all<'a>(event: &'a [(String, String)], name: &'a str) -> Vec<&'a str> {
    let named = event.iter().filter(|(own, _)| own == name);
    named.map(|(_, value)| value.as_str()).collect()
}

fn one<'a>(event: &'a [(String, String)], name: &'a str) -> Option<&'a str> {
    all(event, name).first().copied()
}

/// Undoes the escaping of RFC 5545, section 3.3.11.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                other => out.extend(other),
            },
            (c, false) => out.push(c),
        }
    }
    out
}

#[test]
fn a_meeting_with_an_alarm_is_written_line_by_line() {
    let slot = Slot {
        start: at("2026-03-05T23:30"),
        minutes: 60,
    };
    let mut event = Event::new(
        "1@tongxing".into(),
        When::At(slot),
        "青禾；样机, 陈列; \\".into(),
    );
    event.description = "一\n二".into();
    event.alarm = Some(30);
    event.place = Some(Place {
        latitude: 30_274_100,
        longitude: 120_155_100,
    });
    let text = write("同行", &[event], at("2026-03-01T08:00"));
    let wanted = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tongxing//Tongxing//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:同行",
        "BEGIN:VEVENT",
        "UID:1@tongxing",
        "DTSTAMP:20260301T080000Z",
        "DTSTART:20260305T233000",
        "DTEND:20260306T003000",
        "SUMMARY:青禾；样机\\, 陈列\\; \\\\",
        "DESCRIPTION:一\\n二",
        "GEO:30.274100;120.155100",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:青禾；样机\\, 陈列\\; \\\\",
        "TRIGGER:-PT30M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    assert_eq!(text, wanted.join("\r\n"));
}

#[test]
fn whole_days_end_on_the_next_day() {
    let event = Event::new("1".into(), When::On(day("2028-02-29")), "到期".into());
    let text = write("", &[event], at("2026-03-01T08:00"));
    assert!(text.contains("\r\nDTSTART;VALUE=DATE:20280229\r\nDTEND;VALUE=DATE:20280301\r\n"));
}

/// A dealer with a weekly visit of which one was moved, one called off and one held, a single
/// call, and a promise.
fn book() -> Book {
    let mut book = Book::default();
    let dealer = Dealer {
        name: "青禾厨电".into(),
        address: "灶台路 7 号, 杭州".into(),
        internal_notes: "SECRET".into(),
        ..Dealer::with_id(Id::natural(&["dealer"]))
    };
    let series = Series {
        dealer: dealer.id,
        channel: Some(Channel::Visit),
        subject: "例行拜访".into(),
        // A Monday, though the rule says Tuesday.
        first: Some(Slot {
            start: at("2026-03-02T10:00"),
            minutes: 60,
        }),
        rule: "FREQ=WEEKLY;BYDAY=TU;COUNT=8".into(),
        internal_notes: "SECRET".into(),
        ..Series::with_id(Id::natural(&["series"]))
    };
    let mut moved = occurrence(&series, day("2026-03-10"));
    moved.planned = Some(Slot {
        start: at("2026-03-12T15:00"),
        minutes: 90,
    });
    let mut off = occurrence(&series, day("2026-03-17"));
    off.outcome = Outcome::Dropped(day("2026-03-16"));
    let mut binned = occurrence(&series, day("2026-03-31"));
    binned.state.deleted = true;
    for meeting in [moved, off, binned] {
        book.meetings.set(meeting);
    }
    book.meetings.set(Meeting {
        dealer: dealer.id,
        channel: Some(Channel::Call),
        planned: Some(Slot {
            start: at("2026-03-06T09:00"),
            minutes: 0,
        }),
        internal_notes: "SECRET".into(),
        ..Meeting::with_id(Id::natural(&["call"]))
    });
    book.promises.set(Promise {
        dealer: dealer.id,
        title: "样机".into(),
        due: Some(day("2026-03-20")),
        ..Promise::with_id(Id::natural(&["promise"]))
    });
    book.dealers.set(dealer);
    book.series.set(series);
    book
}

#[test]
fn another_parser_reads_the_same_occurrences() {
    let book = book();
    let span = DateSpan::new(day("2026-03-01"), day("2026-04-30")).unwrap();
    let shown = items(&book, span, None, day("2026-03-01"));
    let text = write(
        "同行",
        &calendar_of(&book, &shown, Some(15), Lang::Zh),
        at("2026-03-01T08:00"),
    );
    assert!(!text.contains("SECRET"));
    let events = read(&text);
    assert_eq!(events.len(), 4, "{text}");

    let mut times: Vec<String> = Vec::new();
    for event in events.iter().filter(|event| one(event, "RRULE").is_none()) {
        times.push(one(event, "DTSTART").unwrap().to_owned());
    }
    let recurring = events
        .iter()
        .find(|event| one(event, "RRULE").is_some())
        .unwrap();
    assert_eq!(one(recurring, "DTSTART"), Some("20260303T100000"));
    assert_eq!(one(recurring, "TRIGGER"), Some("-PT15M"));
    let exceptions = all(recurring, "EXDATE");
    assert_eq!(exceptions, ["20260317T100000", "20260331T100000"]);
    let replaced: Vec<&str> = events
        .iter()
        .filter_map(|event| one(event, "RECURRENCE-ID"))
        .collect();
    assert_eq!(replaced, ["20260310T100000"]);
    let set: rrule::RRuleSet = format!(
        "DTSTART:{}Z\nRRULE:{}",
        one(recurring, "DTSTART").unwrap(),
        one(recurring, "RRULE").unwrap()
    )
    .parse()
    .unwrap();
    for at in &set {
        let at = at.format("%Y%m%dT%H%M%S").to_string();
        if !exceptions.contains(&at.as_str()) && !replaced.contains(&at.as_str()) {
            times.push(at);
        }
    }
    times.sort();
    let mut wanted: Vec<String> = shown
        .iter()
        .map(|item| item.time.map_or(date(item.day), |slot| time(slot.start)))
        .collect();
    wanted.sort();
    assert_eq!(times, wanted);
}

#[test]
fn a_single_meeting_goes_out_alone() {
    let book = book();
    let call = book.meetings.get(Id::natural(&["call"])).unwrap().clone();
    let events = meeting_events(&book, &[call], None, Lang::En);
    let text = write("Tongxing", &events, at("2026-03-01T08:00"));
    let events = read(&text);
    assert_eq!(one(&events[0], "SUMMARY"), Some("青禾厨电 · Call"));
    assert_eq!(one(&events[0], "DTEND"), None, "it takes no time");
    assert_eq!(one(&events[0], "TRIGGER"), None);
}

proptest! {
    /// Any text comes back as it was; no line is longer than 75 octets, and none is cut
    /// within a character.
    #[test]
    fn any_text_comes_back(summary in "\\PC{1,120}", description in "[\\PC\n,;:\\\\\"]{0,200}") {
        let slot = Slot { start: at("2026-03-05T10:00"), minutes: 60 };
        let mut event = Event::new("u".into(), When::At(slot), summary.clone());
        event.description = description.clone();
        let text = write("n", &[event], at("2026-03-01T08:00"));
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= FOLD_AT, "{}", line);
        }
        prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        let plain = text.replace("\r\n ", "");
        let value = |name: &str| {
            let line = plain.split("\r\n").find_map(|line| line.strip_prefix(name));
            unescaped(line.unwrap_or_default())
        };
        prop_assert_eq!(value("SUMMARY:"), summary);
        prop_assert_eq!(value("DESCRIPTION:"), description);
        prop_assert_eq!(read(&text).len(), 1);
    }
}
