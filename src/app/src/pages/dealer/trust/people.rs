//! The people at the dealer: who decides, where they stand, and when we last met. Influence and
//! stance are for the team alone.

use super::super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, glyph, internal_mark};
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{Words, dealer as text, time, trust as texts};
use crate::state::route::DealerTab;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::id::Uuid;
use tongxing_domain::tables::{Contact, Influence, Stance};
use tongxing_domain::trust::{RelationshipMap, Tie};
use tongxing_view::prelude::*;

/// The section.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    let map = s
        .store
        .read(|book| RelationshipMap::of(book, here.id, s.today));
    let contacts = view! {
        <a class="section-more" href=here.tab(DealerTab::Contacts)>
            {s.t(text::tab(DealerTab::Contacts))}
        </a>
    };
    if map.ties.is_empty() {
        let help = view! { <p class="help">{s.t(text::NO_CONTACTS_HINT)}</p> };
        return section(s.t(texts::PEOPLE), None, Some(contacts), help);
    }
    let drawing = (!s.shared).then(|| drawing(here, &map));
    let lost = map.lost_touch().count();
    let lost = (lost > 0 && !s.shared)
        .then(|| view! { <p class="help" data-internal="">{texts::lost_touch(s.lang, lost)}</p> });
    let list = rows(map.ties.iter().map(|tie| row(here, tie)).collect());
    let content = view! { {drawing}{lost}{list} };
    section(s.t(texts::PEOPLE), None, Some(contacts), content)
}

/// Everybody in the square of what they can decide and where they stand.
fn drawing(here: Here, map: &RelationshipMap) -> View {
    let s = here.s;
    let judged = |tie: &Tie| (influence(&tie.contact), stance(&tie.contact));
    let some_without =
        |of: fn(&Contact) -> Option<usize>| map.ties.iter().any(|tie| of(&tie.contact).is_none());
    // From those who are against us, left, to those who speak for us.
    let mut columns: Vec<Option<usize>> = (0..Stance::ALL.len()).rev().map(Some).collect();
    columns.extend(some_without(stance).then_some(None));
    let mut lines: Vec<Option<usize>> = (0..Influence::ALL.len()).map(Some).collect();
    lines.extend(some_without(influence).then_some(None));
    let head = columns
        .iter()
        .map(|column| {
            let words = named(*column, Stance::ALL, Stance::words);
            view! { <th scope="col">{s.t(words)}</th> }
        })
        .collect_view();
    let body = lines
        .iter()
        .map(|line| {
            let words = named(*line, Influence::ALL, Influence::words);
            let cells = columns
                .iter()
                .map(|column| {
                    let here_stand = map
                        .ties
                        .iter()
                        .filter(|tie| judged(tie) == (*line, *column))
                        .map(|tie| person(here, tie))
                        .collect_view();
                    view! { <td>{here_stand}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{s.t(words)}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="map" data-internal="">
            <p class="map-note">{internal_mark()} " " {s.t(texts::MAP_NOTE)}</p>
            <table aria-label=s.t(texts::MAP)>
                <thead><tr><td></td>{head}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

/// The name of a choice, or that nobody judged.
fn named<T: Copy>(place: Option<usize>, all: &[T], words: fn(T) -> Words) -> Words {
    let choice = place.and_then(|place| all.get(place).copied());
    choice.map_or(texts::NOT_JUDGED, words)
}

fn influence(contact: &Contact) -> Option<usize> {
    let influence = contact.influence?;
    Influence::ALL.iter().position(|it| *it == influence)
}

fn stance(contact: &Contact) -> Option<usize> {
    let stance = contact.stance?;
    Stance::ALL.iter().position(|it| *it == stance)
}

fn person(here: Here, tie: &Tie) -> View {
    let s = here.s;
    let contact = Arc::clone(&tie.contact);
    let lost = tie.lost_touch();
    view! {
        <button
            class="map-person"
            type="button"
            data-state=lost.then_some("lost")
            on:click=move |_| here.edit(&*contact, &[])
        >
            {glyph(&tie.contact.name, person_hue(tie), false)}
            <span>
                <strong>{tie.contact.name.clone()}</strong>
                <small>{last_met(s, tie)}</small>
            </span>
        </button>
    }
}

fn person_hue(tie: &Tie) -> Uuid {
    tie.contact.id.uuid()
}

fn last_met(s: Scene, tie: &Tie) -> String {
    match tie.last {
        Some(made) => time::near(s.lang, made.day, s.today),
        None => s.t(texts::NEVER_MET).to_owned(),
    }
}

fn row(here: Here, tie: &Tie) -> View {
    let s = here.s;
    let contact = &tie.contact;
    let judged = [
        contact.influence.map(|it| s.t(it.words()).to_owned()),
        contact.stance.map(|it| s.t(it.words()).to_owned()),
    ];
    let judged = judged.into_iter().flatten().filter(|_| !s.shared);
    let role = contact.role.map(|role| s.t(role.words()).to_owned());
    let sub: Vec<String> = role.into_iter().chain(judged).collect();
    let last = match tie.lost_touch() && !s.shared {
        true => badge(Tone::Watch, last_met(s, tie)),
        false => last_met(s, tie).into_view(),
    };
    let told = tie.clone();
    let figure = explain(last, texts::met_title(s.lang, &contact.name), move || {
        told.explain(s.lang)
    });
    let edited = Arc::clone(contact);
    RecordRow {
        lead: Some(glyph(&contact.name, contact.id.uuid(), false)),
        sub: sub.join(" · ").into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
        end: Some(view! { {Icon::Clock.draw()} {figure} }),
        acts: vec![here.edit_item(&**contact)],
        ..RecordRow::new(contact.name.as_str())
    }
    .view()
}
