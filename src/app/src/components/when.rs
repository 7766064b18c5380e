//! Dates for people and machines alike.

use crate::locales::time;
use crate::state::scene::Scene;
use tongxing_domain::date::Date;
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
