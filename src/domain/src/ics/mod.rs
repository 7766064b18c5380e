//! Calendars for other programs: iCalendar (RFC 5545).
//!
//! Times are floating civil times (section 3.3.5, form 1): ten o'clock stays ten o'clock in
//! whatever zone the file is opened. Text is escaped (3.3.11), lines are folded at 75 octets
//! without cutting a character (3.1), and each line ends with CRLF. Our own, since the crate at
//! hand asks the clock for stamps and draws ids by chance where none are given; a test reads
//! what is written here with that crate.

mod events;
#[cfg(test)]
mod tests;

pub use events::{calendar_of, meeting_events};

use crate::date::{Date, Minute, Slot, add_days};
use crate::value::Place;

/// When an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At a time.
    At(Slot),
    /// The whole day.
    On(Date),
}

/// One event of a calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What names it for ever, the same in each export.
    pub uid: String,
    /// When it is.
    pub when: When,
    /// What it is about, in one line.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// Where it is, in words.
    pub location: String,
    /// Where it is on the map.
    pub place: Option<Place>,
    /// The rule by which it recurs, as RRULE without its name.
    pub rule: Option<String>,
    /// Times at which it does not take place though the rule says so.
    pub except: Vec<Minute>,
    /// It takes the place of the occurrence at this time.
    pub instead_of: Option<Minute>,
    /// Minutes before it at which to ring.
    pub alarm: Option<u16>,
}

impl Event {
    /// An event without anything that is optional.
    pub fn new(uid: String, when: When, summary: String) -> Self {
        Self {
            uid,
            when,
            summary,
            description: String::new(),
            location: String::new(),
            place: None,
            rule: None,
            except: Vec::new(),
            instead_of: None,
            alarm: None,
        }
    }
}

/// A calendar with a name and its events. `stamp` is the present minute in UTC, which the
/// format asks for.
pub fn write(name: &str, events: &[Event], stamp: Minute) -> String {
    let mut out = Lines::default();
    out.plain("BEGIN", "VCALENDAR");
    out.plain("VERSION", "2.0");
    out.plain("PRODID", "-//Tongxing//Tongxing//ZH");
    out.plain("CALSCALE", "GREGORIAN");
    out.plain("METHOD", "PUBLISH");
    out.text("X-WR-CALNAME", name);
    for event in events {
        write_event(event, stamp, &mut out);
    }
    out.plain("END", "VCALENDAR");
    out.0
}

fn write_event(event: &Event, stamp: Minute, out: &mut Lines) {
    out.plain("BEGIN", "VEVENT");
    out.text("UID", &event.uid);
    out.plain("DTSTAMP", &format!("{}Z", time(stamp)));
    if let Some(original) = event.instead_of {
        out.plain("RECURRENCE-ID", &time(original));
    }
    match event.when {
        When::At(slot) => {
            out.plain("DTSTART", &time(slot.start));
            // An end has to lie after the start; without one, the event takes no time.
            if slot.minutes > 0 {
                out.plain("DTEND", &time(slot.end()));
            }
        }
        When::On(day) => {
            out.plain("DTSTART;VALUE=DATE", &date(day));
            out.plain("DTEND;VALUE=DATE", &date(add_days(day, 1)));
            out.plain("TRANSP", "TRANSPARENT");
        }
    }
    if let Some(rule) = &event.rule {
        out.plain("RRULE", rule);
    }
    for except in &event.except {
        out.plain("EXDATE", &time(*except));
    }
    out.text("SUMMARY", &event.summary);
    for (name, value) in [
        ("DESCRIPTION", &event.description),
        ("LOCATION", &event.location),
    ] {
        if !value.is_empty() {
            out.text(name, value);
        }
    }
    if let Some(place) = event.place {
        let degrees = |millionths: i32| format!("{:.6}", f64::from(millionths) / 1e6);
        out.plain(
            "GEO",
            &format!("{};{}", degrees(place.latitude), degrees(place.longitude)),
        );
    }
    if let Some(minutes) = event.alarm {
        out.plain("BEGIN", "VALARM");
        out.plain("ACTION", "DISPLAY");
        out.text("DESCRIPTION", &event.summary);
        out.plain("TRIGGER", &format!("-PT{minutes}M"));
        out.plain("END", "VALARM");
    }
    out.plain("END", "VEVENT");
}

fn date(day: Date) -> String {
    day.format("%Y%m%d").to_string()
}

fn time(minute: Minute) -> String {
    let (hour, min) = minute.time();
    format!("{}T{hour:02}{min:02}00", date(minute.date()))
}

/// The longest line in octets, without its end.
const FOLD_AT: usize = 75;

/// Content lines, folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A value that needs no escaping.
    fn plain(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{value}"));
    }

    /// A value of the type TEXT.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                '\t' => escaped.push(c),
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.line(&format!("{name}:{escaped}"));
    }

    fn line(&mut self, line: &str) {
        let mut room = FOLD_AT;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = FOLD_AT - 1;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }
}
