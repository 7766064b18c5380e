//! Reminders while the app is open: a planned meeting that begins soon, and what the rules did.

use super::scene::Session;
use super::services::Services;
use super::store::Store;
use crate::locales::routines as texts;
use crate::platform::{clock, notifications};
use std::time::Duration;
use tongxing_domain::date::Minute;
use tongxing_domain::tables::MeetingStage;
use tongxing_view::prelude::*;

/// A meeting is reminded of so many minutes before it begins.
const BEFORE_MINUTES: i64 = 15;
/// How often the calendar is looked at: a reminder is at most so late.
const EVERY: Duration = Duration::from_secs(30);

/// Reminds of meetings until the page is closed, as far as the person wants it.
pub fn watch_meetings(store: Store, session: Session, services: Services) {
    let told = StoredValue::new_local(Vec::new());
    let look = move || {
        // A dealer who looks on need not see with whom the next meeting is.
        if session.shared.get_untracked() || !services.settings().reminders {
            return;
        }
        let now = clock::this_minute();
        let soon = now.plus(BEFORE_MINUTES);
        let coming: Vec<_> = store.peek(|book| {
            book.meetings
                .iter()
                .filter(|meeting| meeting.stage() == MeetingStage::Planned)
                .filter_map(|meeting| {
                    let start: Minute = meeting.planned?.start;
                    let dealer = book.dealers.get(meeting.dealer)?;
                    let due = now <= start && start <= soon;
                    due.then(|| {
                        (
                            meeting.id,
                            start,
                            dealer.name.clone(),
                            meeting.subject.clone(),
                        )
                    })
                })
                .collect()
        });
        let lang = session.lang.get_untracked();
        for (id, start, dealer, subject) in coming {
            // Moved to another time, it is reminded of again.
            if told.with_value(|told| told.contains(&(id, start))) {
                continue;
            }
            told.update_value(|told| told.push((id, start)));
            let title = texts::begins_at(lang, start, &dealer);
            notifications::show(&title, &subject, &id.to_string());
        }
    };
    look();
    // Without a timer there are no reminders; the calendar's file has alarms of its own.
    let _ = set_interval_with_handle(look, EVERY);
}

/// Tells how much the rules did, without saying what.
pub fn tell_of_rules(count: usize, session: Session, services: Services) {
    if count == 0 || session.shared.get_untracked() || !services.settings().reminders {
        return;
    }
    let lang = session.lang.get_untracked();
    let title = texts::rules_did(lang, count);
    notifications::show(&title, texts::SEE_ROUTINES.in_lang(lang), "rules");
}
