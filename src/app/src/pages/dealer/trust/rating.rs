//! How far we trust the dealer, as somebody of ours feels it, and why. Internal throughout.

use super::super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, internal_mark};
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{time, trust as texts};
use std::cmp::Ordering;
use std::sync::Arc;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{TrustLevel, TrustRating};
use tongxing_domain::trust::trust_course;
use tongxing_view::prelude::*;

/// The section: the rating that counts with its reason, and those before it.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    if s.shared {
        return ().into_view();
    }
    let course = s.store.read(|book| trust_course(book, here.id, s.today));
    let head = view! {
        {internal_mark()}
        <button class="section-more btn" data-kind="quiet" type="button" on:click=move |_| add(here)>
            {Icon::Plus.draw()}
            {s.t(texts::RATE)}
        </button>
    };
    let figure = course.level().map(|level| {
        let told = course.clone();
        explain(
            badge(tone(level), s.t(level.words())),
            s.t(texts::RATING_TITLE),
            move || told.explain(s.lang),
        )
    });
    let changed = course.change().and_then(|change| match change {
        Ordering::Greater => Some(s.t(texts::BETTER)),
        Ordering::Less => Some(s.t(texts::WORSE)),
        Ordering::Equal => None,
    });
    let content = match course.ratings.split_first() {
        None => view! { <p class="help">{s.t(texts::NO_RATING)}</p> },
        Some((latest, earlier)) => {
            let before = (!earlier.is_empty()).then(|| {
                let list = rows(earlier.iter().map(|it| row(here, it, None, None)).collect());
                view! {
                    <details class="fold">
                        <summary>{s.t(texts::EARLIER)} " " <b class="count">{earlier.len()}</b></summary>
                        {list}
                    </details>
                }
            });
            view! { {rows(vec![row(here, latest, changed, figure)])}{before} }
        }
    };
    view! {
        <div data-internal="">{section(s.t(texts::RATING), None, Some(head), content)}</div>
    }
}

const fn tone(level: TrustLevel) -> Tone {
    match level {
        TrustLevel::High | TrustLevel::VeryHigh => Tone::Good,
        TrustLevel::Neutral | TrustLevel::Newer(_) => Tone::None,
        TrustLevel::Low => Tone::Watch,
        TrustLevel::VeryLow => Tone::Risk,
    }
}

/// A new rating is a new record, so that the way it went stays visible.
fn add(here: Here) {
    let s = here.s;
    here.add(
        TrustRating {
            dealer: here.id,
            on: Some(s.today),
            by: s.session.member.get_untracked(),
            ..here.fresh()
        },
        &[],
    );
}

/// A rating; of the one that counts also how it compares with the one before, and its figure.
fn row(here: Here, rating: &Arc<TrustRating>, changed: Option<&str>, figure: Option<View>) -> View {
    let s = here.s;
    let day = rating.on.map(|day| time::day(s.lang, day, s.today));
    let by = Some(rating.by.clone()).filter(|by| !by.is_empty());
    let sub: Vec<_> = [day, by, changed.map(str::to_owned)]
        .into_iter()
        .flatten()
        .collect();
    let level = |level: TrustLevel| badge(tone(level), s.t(level.words()));
    let edited = Arc::clone(rating);
    RecordRow {
        sub: sub.join(" · ").into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
        end: figure.or_else(|| rating.level.map(level)),
        acts: vec![here.edit_item(&**rating), here.bin_item(rating.id())],
        ..RecordRow::new(rating.reason.as_str())
    }
    .view()
}
