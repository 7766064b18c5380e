//! What the dealer is to hear from us first, and how that went. Internal throughout.

use super::super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::internal_mark;
use crate::components::menu::MenuItem;
use crate::components::news_telling::{drop_item, row_end, tell};
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, Tick, rows};
use crate::locales::{dealer as text, time, trust as texts};
use std::cmp::Reverse;
use std::sync::Arc;
use tongxing_domain::schema::{Record as _, changes};
use tongxing_domain::tables::News;
use tongxing_domain::trust::{Openness, to_tell};
use tongxing_domain::value::Outcome;
use tongxing_view::prelude::*;

/// What is told only once the news is told.
const ONCE_TOLD: &[&str] = &["channel", "contact", "reaction"];

/// The section: what is still to be told, the rate, and below it what was told.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    if s.shared {
        return ().into_view();
    }
    let (open, openness, mut settled) = s.store.read(|book| {
        let settled = book.news.of(here.id).filter(|it| !it.outcome.is_open());
        (
            to_tell(book, here.id, s.today),
            Openness::of(book, here.id, s.today),
            settled.cloned().collect::<Vec<_>>(),
        )
    });
    settled.sort_by_key(|news| (Reverse(settled_on(news)), news.id));
    let rate = openness.rate().map(|rate| {
        let told = openness;
        explain(
            texts::told_first(s.lang, &rate.show()),
            s.t(texts::TOLD_FIRST_TITLE),
            move || told.explain(s.lang),
        )
    });
    let head = view! {
        {internal_mark()}
        {rate}
        <button class="section-more btn" data-kind="quiet" type="button" on:click=move |_| add(here)>
            {Icon::Plus.draw()}
            {s.t(texts::NEW_NEWS)}
        </button>
    };
    let list = match open.is_empty() {
        true => view! { <p class="help">{s.t(texts::NO_NEWS)}</p> },
        false => rows(open.iter().map(|news| row(here, news)).collect()),
    };
    let told = (!settled.is_empty()).then(|| {
        let list = rows(settled.iter().map(|news| row(here, news)).collect());
        view! {
            <details class="fold">
                <summary>{s.t(texts::TOLD)} " " <b class="count">{settled.len()}</b></summary>
                {list}
            </details>
        }
    });
    let count = (!open.is_empty()).then_some(open.len());
    let content = view! { {list}{told} };
    view! {
        <div data-internal="">{section(s.t(texts::NEWS), count, Some(head), content)}</div>
    }
}

fn settled_on(news: &News) -> Option<tongxing_domain::date::Date> {
    match news.outcome {
        Outcome::Open => None,
        Outcome::Done(day) | Outcome::Dropped(day) => Some(day),
    }
}

fn add(here: Here) {
    here.add(
        News {
            dealer: here.id,
            ..here.fresh()
        },
        ONCE_TOLD,
    );
}

fn row(here: Here, news: &Arc<News>) -> View {
    let s = here.s;
    let open = news.outcome.is_open();
    let public = news
        .public_on
        .map(|day| texts::public_on(s.lang, &time::day(s.lang, day, s.today)));
    let sub = match open {
        true => vec![public.unwrap_or_else(|| s.t(texts::NEVER_PUBLIC).to_owned())],
        false => told(here, news),
    };
    let mut acts = Vec::new();
    if open {
        let telling = Arc::clone(news);
        acts.push(MenuItem::new(Icon::Check, s.t(texts::TELL), move || {
            tell(s, here.sheets, &telling);
        }));
        acts.push(drop_item(s, news));
    } else {
        let before = Arc::clone(news);
        acts.push(MenuItem::new(Icon::Undo, s.t(text::REOPEN), move || {
            let after = News {
                outcome: Outcome::Open,
                ..News::clone(&before)
            };
            let said = text::said(s.lang, text::REOPEN, &before.title);
            here.write(changes(Some(&*before), &after), said);
        }));
    }
    acts.extend([here.edit_item(&**news), here.bin_item(news.id())]);
    let (ticked, edited) = (Arc::clone(news), Arc::clone(news));
    let tick = open.then(|| Tick {
        done: false,
        label: text::said(s.lang, texts::TELL, &news.title),
        set: Callback::new(move |_| tell(s, here.sheets, &ticked)),
    });
    RecordRow {
        tick,
        sub: sub.join(" · ").into_view(),
        opens: RowOpens::Act(Callback::new(move |()| {
            here.edit(&*edited, if open { ONCE_TOLD } else { &[] });
        })),
        end: Some(row_end(s, news)),
        acts,
        ..RecordRow::new(news.title.as_str())
    }
    .view()
}

/// When, how and whom it was told, and how it was taken.
fn told(here: Here, news: &News) -> Vec<String> {
    let s = here.s;
    let day = settled_on(news).map(|day| time::day(s.lang, day, s.today));
    let channel = news.channel.map(|channel| s.t(channel.words()).to_owned());
    let contact = s.store.peek(|book| {
        book.contacts
            .get_any(news.contact)
            .map(|it| it.name.clone())
    });
    let reaction = Some(news.reaction.clone()).filter(|text| !text.is_empty());
    [day, channel, contact, reaction]
        .into_iter()
        .flatten()
        .collect()
}
