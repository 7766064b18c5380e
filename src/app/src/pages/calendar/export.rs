//! Saving what the calendar shows for other calendars.

use crate::locales::{calendar as texts, settings, shell};
use crate::platform::{clock, files};
use crate::state::scene::Scene;
use tongxing_domain::calendar::Item;
use tongxing_domain::date::DateSpan;
use tongxing_domain::ics::{calendar_of, write};

/// Other calendars ring so many minutes before a meeting.
const ALARM: u16 = 30;

/// Saves items as an iCalendar file. An occurrence brings its whole recurring meeting, so that
/// what is saved twice stays one meeting there.
pub(super) fn save(s: Scene, items: &[Item], span: DateSpan) {
    let events = s
        .store
        .peek(|book| calendar_of(book, items, Some(ALARM), s.lang));
    let text = write(s.t(shell::PRODUCT), &events, clock::this_utc_minute());
    let name = texts::file_name(s.lang, span) + ".ics";
    if files::save(&name, "text/calendar;charset=utf-8", text.as_bytes()).is_err() {
        s.toasts.warn(s.t(settings::NOT_SAVED).to_owned());
    }
}
