//! Dates for people and machines alike.

use crate::locales::time;
use crate::state::scene::Scene;
use leptos::prelude::*;
use tongxing_domain::date::Date;

/// A date in few characters.
pub fn day(s: Scene, date: Date) -> AnyView {
    stamp(date, time::day(s.lang, date, s.today))
}

/// How far a day is away, in words while that is short.
pub fn near(s: Scene, date: Date) -> AnyView {
    stamp(date, time::near(s.lang, date, s.today))
}

/// A date with a text of its own.
pub fn stamp(date: Date, text: String) -> AnyView {
    view! { <time datetime=date.to_string()>{text}</time> }.into_any()
}
