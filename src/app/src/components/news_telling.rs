//! Telling a dealer bad news first, and noting when, how and to whom it was told.

use super::explain::explain;
use super::icon::Icon;
use super::marks::{Tone, badge};
use super::menu::MenuItem;
use super::record_form::{Asking, FormSubject, asking_form};
use super::sheets::Sheets;
use crate::locales::{dealer as text, time, trust as texts};
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::date::days_between;
use tongxing_domain::explain::days_left;
use tongxing_domain::schema::{AnyRecord, Record, changes};
use tongxing_domain::tables::News;
use tongxing_domain::trust::{self, NewsState};
use tongxing_domain::value::Outcome;
use tongxing_view::prelude::*;

/// What has to be known of the telling.
const ASKED: &[&str] = &["channel", "contact", "reaction"];

/// Asks how and whom the news was told, and how it was taken; then it counts as told today.
pub fn tell(s: Scene, sheets: Sheets, news: &Arc<News>) {
    let news = Arc::clone(news);
    sheets.show(move || {
        let before = Arc::clone(&news);
        let finish = Callback::new(move |typed: Box<dyn AnyRecord>| {
            let mut read = News::clone(&before);
            for place in 0..News::TABLE.fields.len() {
                // A value of the same field is always of its kind.
                let _ = read.put(place, typed.value(place));
            }
            let Some(channel) = read.channel else {
                return Err(("channel", s.t(texts::SAY_HOW).to_owned()));
            };
            let after = trust::tell(&before, channel, read.contact, &read.reaction, s.today);
            let said = text::said(s.lang, texts::TELL, &before.title);
            Ok((changes(Some(&*before), &after), said))
        });
        let subject = FormSubject {
            record: news.copied(),
            new: false,
            title: s.t(texts::HOW_TOLD).to_owned(),
            dealer: news.dealer.uuid(),
            without: &[],
        };
        let asking = Asking {
            fields: ASKED,
            submit: texts::TELL,
            finish,
        };
        asking_form(subject, asking, Callback::new(move |_| sheets.closed()))
    });
}

/// A menu item for news that need not be told any more.
pub fn drop_item(s: Scene, news: &Arc<News>) -> MenuItem {
    let before = Arc::clone(news);
    MenuItem::new(Icon::Close, s.t(texts::NOT_NEEDED), move || {
        let after = News {
            outcome: Outcome::Dropped(s.today),
            ..News::clone(&before)
        };
        let said = text::said(s.lang, texts::NOT_NEEDED, &before.title);
        s.store.act(Act::of(changes(Some(&*before), &after)), said);
    })
}

/// How it stands: the time that is left while it is to be told, else whether it was told first.
pub fn row_end(s: Scene, news: &News) -> View {
    let state = news.state_on(s.today);
    let tone = match state {
        NewsState::TooLate => Tone::Risk,
        NewsState::ToldFirst => Tone::Good,
        NewsState::ToldLate => Tone::Watch,
        NewsState::ToTell | NewsState::Dropped => Tone::None,
    };
    match (state, news.public_on) {
        (NewsState::ToTell, Some(public)) => {
            let days = days_between(s.today, public);
            let tone = if days <= trust::TELL_SOON_DAYS {
                Tone::Watch
            } else {
                Tone::None
            };
            let shown = badge(tone, time::in_days(s.lang, days));
            explain(shown, s.t(texts::NEWS_TODAY), move || {
                days_left(public, s.today, s.lang)
            })
        }
        _ => badge(tone, s.t(state.words())),
    }
}
