//! The first question: what the dealer wants to solve, and why it matters.

use super::talk::Talk;
use crate::components::field_input::field_input;
use crate::components::icon::Icon;
use crate::components::pane::empty;
use crate::components::record_form::FormSubject;
use crate::locales::{dealer, goal_setting as texts};
use std::sync::Arc;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::Need;
use tongxing_view::prelude::*;

/// The needs to choose from, and the reason in words.
pub(super) fn view(talk: Talk) -> View {
    let s = talk.s;
    let needs = Memo::new(move |_| -> Vec<Arc<Need>> {
        s.store.read(|book| {
            let mut needs: Vec<_> = book
                .needs
                .of(talk.dealer)
                .filter(|need| need.is_open())
                .cloned()
                .collect();
            needs.sort_by_key(|need| need.id);
            needs
        })
    });
    let list = move || {
        let needs = needs.get();
        if needs.is_empty() {
            return empty(
                Icon::Need,
                s.t(texts::NO_NEEDS),
                s.t(texts::NO_NEEDS_TEXT),
                Some(add(talk)),
            );
        }
        let choices = needs
            .iter()
            .map(|need| {
                choice(
                    talk,
                    need.id.to_string(),
                    need.title.clone(),
                    kind(talk, need),
                )
            })
            .collect_view();
        view! {
            <fieldset class="field">
                <legend>{s.t(texts::NEEDS)}</legend>
                <div class="offers">
                    {choices}
                    {choice(talk, String::new(), s.t(texts::WITHOUT_NEED).to_owned(), None)}
                </div>
            </fieldset>
            <div class="actions">{add(talk)}</div>
        }
    };
    let reason = talk.field("reason").map(|field| {
        field_input(
            field,
            talk.dealer.uuid(),
            Callback::new(move |()| talk.keep()),
        )
    });
    view! { {list}{reason} }
}

fn kind(talk: Talk, need: &Need) -> Option<&'static str> {
    need.kind.map(|kind| talk.s.t(kind.words()))
}

fn choice(talk: Talk, key: String, name: String, more: Option<&'static str>) -> View {
    let (shown, chosen) = (key.clone(), key);
    let is_chosen = move || {
        talk.field("need")
            .is_some_and(|field| field.typing.text.with(|text| *text == shown))
    };
    view! {
        <label class="offer">
            <input
                type="radio"
                name="need"
                prop:checked=is_chosen
                on:change=move |_| talk.fill("need", chosen.clone())
            />
            <span class="offer-main">{name}</span>
            {more.map(|more| view! { <span class="tag">{more}</span> })}
        </label>
    }
}

fn add(talk: Talk) -> View {
    let s = talk.s;
    let open = move |_| {
        let subject = FormSubject {
            record: Box::new(Need {
                dealer: talk.dealer,
                ..Need::with_id(s.store.fresh())
            }),
            new: true,
            title: dealer::new(s.lang, Need::TABLE.label),
            dealer: talk.dealer.uuid(),
            without: &[],
        };
        talk.sheets
            .form_then(subject, move |id| talk.fill("need", id.to_string()));
    };
    view! {
        <button class="btn" type="button" on:click=open>
            {Icon::Plus.draw()}
            {s.t(texts::NOTE_NEED)}
        </button>
    }
}
