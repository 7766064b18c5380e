//! The device's time: today, this minute, now, and word of a new day.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::{DateTime, Local, NaiveDateTime, TimeZone, Timelike, Utc};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use tongxing_domain::date::{Date, Minute};

/// How long the page goes without looking at the date, in milliseconds. Timers stand still while a
/// tablet sleeps, so midnight's own timer alone may come hours late.
const LONGEST_WAIT_MS: u32 = 10 * 60 * 1000;

/// Today where the person is.
#[must_use]
pub fn today() -> Date {
    Local::now().date_naive()
}

/// This minute on the wall clock where the person is.
#[must_use]
pub fn this_minute() -> Minute {
    Minute::of(Local::now().naive_local())
}

/// This minute in UTC, for files that ask when they were made.
#[must_use]
pub fn this_utc_minute() -> Minute {
    Minute::of(Utc::now().naive_utc())
}

/// A moment as the wall clock here shows it; `None` beyond the calendar's end.
#[must_use]
pub fn minute_of(unix_ms: u64) -> Option<Minute> {
    let at = DateTime::from_timestamp_millis(i64::try_from(unix_ms).ok()?)?;
    Some(Minute::of(at.with_timezone(&Local).naive_local()))
}

/// When the wall clock here shows a minute, in Unix milliseconds; the earlier one of two in the
/// hour that comes twice. `None` in the hour that a change of clocks leaves out.
#[must_use]
pub fn ms_of(minute: Minute) -> Option<u64> {
    let civil = DateTime::from_timestamp(minute.index().checked_mul(60)?, 0)?.naive_utc();
    let at = Local.from_local_datetime(&civil).earliest()?;
    u64::try_from(at.timestamp_millis()).ok()
}

/// Now, in Unix milliseconds by the device's own clock.
#[must_use]
pub fn now_ms() -> u64 {
    // A cast from a float saturates, so a clock set before 1970 reads as 1970.
    js_sys::Date::now() as u64
}

/// Tells of a new day until dropped.
pub struct DayWatch {
    _watch: Rc<Watch>,
    _listeners: Vec<EventListener>,
}

struct Watch {
    last: Cell<Date>,
    today: Box<dyn Fn() -> Date>,
    on_new_day: Box<dyn Fn(Date)>,
    timer: RefCell<Option<Timeout>>,
}

/// Calls `on_new_day` with the new date after midnight, after a change of time zone, and when the
/// tablet wakes on another day.
pub fn watch_days(on_new_day: impl Fn(Date) + 'static) -> DayWatch {
    watch_days_of(today, on_new_day)
}

/// [`watch_days`] of a calendar other than the device's: `today` says what day it is.
pub fn watch_days_of(
    today: impl Fn() -> Date + 'static,
    on_new_day: impl Fn(Date) + 'static,
) -> DayWatch {
    let watch = Rc::new(Watch {
        last: Cell::new(today()),
        today: Box::new(today),
        on_new_day: Box::new(on_new_day),
        timer: RefCell::default(),
    });
    watch.wait();
    let mut listeners = Vec::new();
    if let Some(window) = web_sys::window() {
        listeners.push(watch.look_at(&window, "focus"));
        listeners.push(watch.look_at(&window, "pageshow"));
        if let Some(document) = window.document() {
            listeners.push(watch.look_at(&document, "visibilitychange"));
        }
    }
    DayWatch {
        _watch: watch,
        _listeners: listeners,
    }
}

impl Watch {
    fn look_at(
        self: &Rc<Self>,
        target: &web_sys::EventTarget,
        event: &'static str,
    ) -> EventListener {
        let watch = Rc::clone(self);
        EventListener::new(target, event, move |_| watch.look())
    }

    fn look(self: &Rc<Self>) {
        let day = (self.today)();
        if self.last.replace(day) != day {
            (self.on_new_day)(day);
        }
        self.wait();
    }

    fn wait(self: &Rc<Self>) {
        let wait = to_midnight_ms(Local::now().naive_local()).min(LONGEST_WAIT_MS);
        let watch = Rc::downgrade(self);
        let timer = Timeout::new(wait, move || {
            if let Some(watch) = watch.upgrade() {
                watch.look();
            }
        });
        self.timer.replace(Some(timer));
    }
}

/// Milliseconds until the next day has surely begun.
fn to_midnight_ms(now: NaiveDateTime) -> u32 {
    // One second late, since a timer that rings a little early would find the old day.
    86_401_u32.saturating_sub(now.num_seconds_from_midnight()) * 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_ends_within_the_first_second_of_the_next_day() {
        for (hour, minute, second) in [(0, 0, 0), (12, 30, 15), (23, 59, 59)] {
            let now = Date::MIN.and_hms_opt(hour, minute, second).unwrap();
            let then = now + chrono::Duration::milliseconds(to_midnight_ms(now).into());
            assert_eq!(
                then,
                Date::MIN.succ_opt().unwrap().and_hms_opt(0, 0, 1).unwrap()
            );
        }
    }
}
