//! When a copy of the whole book was last saved outside the browser.

use super::scene::Scene;
use crate::locales::{export as texts, time};
use crate::platform::clock;
use tongxing_domain::book::Book;
use tongxing_domain::date::Date;
use tongxing_domain::demo::is_demo;

/// A copy older than this is worth another.
const OLD_AFTER_DAYS: i64 = 14;

/// Remembers that a copy was saved now.
pub fn remember(s: Scene) {
    s.services
        .change_settings(|settings| settings.last_backup_ms = Some(clock::now_ms()));
}

/// The day on which the last copy was saved.
fn day(s: Scene) -> Option<Date> {
    let saved = s.services.settings().last_backup_ms?;
    Some(clock::minute_of(saved)?.date())
}

/// When the last copy was saved, in words.
pub fn text(s: Scene) -> String {
    match day(s) {
        Some(day) => texts::last_copy(s.lang, &time::day(s.lang, day, s.today)),
        None => s.t(texts::NO_COPY).to_owned(),
    }
}

/// Whether another copy is due: the book has dealers of one's own and the last copy is old, or
/// there is none.
pub fn is_due(s: Scene, book: &Book) -> bool {
    let old = day(s).is_none_or(|day| (s.today - day).num_days() > OLD_AFTER_DAYS);
    old && book.dealers.iter().any(|dealer| !is_demo(dealer.id.uuid()))
}
