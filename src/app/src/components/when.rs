//! Dates for people and machines alike.

use super::explain::explain;
use super::marks::{Tone, badge};
use crate::locales::time;
use crate::state::scene::Scene;
use tongxing_domain::date::{Date, days_between};
use tongxing_domain::explain::lateness;
use tongxing_view::prelude::*;

/// A date in few characters.
pub fn day(s: Scene, date: Date) -> View {
    stamp(date, time::day(s.lang, date, s.today))
}

/// How far a day is away, in words while that is short.
pub fn near(s: Scene, date: Date) -> View {
    stamp(date, time::near(s.lang, date, s.today))
}

/// A date with a text of its own.
pub fn stamp(date: Date, text: String) -> View {
    view! { <time datetime=date.to_string()>{text}</time> }
}

/// How far a due date is away: by how many days it is late, which explains itself, else quietly.
pub fn due(s: Scene, date: Date) -> View {
    if date < s.today {
        late(s, Tone::Risk, date, s.today)
    } else {
        near(s, date)
    }
}

/// By how many days something is, or was, late; a tap tells from when to when.
pub fn late(s: Scene, tone: Tone, due: Date, until: Date) -> View {
    let shown = badge(tone, time::late(s.lang, days_between(due, until)));
    explain(shown, s.t(time::LATE), move || lateness(due, until, s.lang))
}
