//! Who takes part: contacts as chips, others by name.

use super::Visit;
use crate::components::icon::Icon;
use crate::components::pane::section;
use crate::locales::{Words, meeting as texts};
use tongxing_domain::id::Id;
use tongxing_domain::tables::Contact;
use tongxing_domain::text::{Lines, clean};
use tongxing_view::prelude::*;

/// The people as a section.
pub(super) fn view(visit: Visit, heading: Words) -> View {
    let s = visit.s;
    let contacts = Memo::new(move |_| {
        s.store.read(|book| {
            let mut found: Vec<(Id<Contact>, String)> = book
                .contacts
                .of(visit.dealer)
                .map(|contact| (contact.id, contact.name.clone()))
                .collect();
            found.sort_by_key(|(id, _)| *id);
            found
        })
    });
    let guests = visit.of(|meeting| meeting.guests.iter().cloned().collect::<Vec<String>>());
    let text = RwSignal::new(String::new());
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = clean(&text.get_untracked(), Lines::One);
        if !name.is_empty() {
            visit.act_quietly(|meeting| {
                meeting.guests.insert(name);
            });
            text.set(String::new());
        }
    };
    let content = view! {
        <div class="chips" role="group" aria-label=s.t(heading)>
            <For each=move || contacts.get() key=|contact| contact.clone() let:contact>
                {chip(visit, contact)}
            </For>
            <For each=move || guests.get() key=|name| name.clone() let:name>
                {guest(visit, name)}
            </For>
        </div>
        {move || {
            contacts.with(Vec::is_empty).then(|| view! { <p class="help">{s.t(texts::NO_CONTACTS)}</p> })
        }}
        <form class="add" data-print="no" on:submit=add>
            <input
                type="text"
                dir="auto"
                autocomplete="off"
                maxlength="40"
                aria-label=s.t(texts::GUEST)
                placeholder=s.t(texts::GUEST)
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <button class="icon-btn" type="submit" aria-label=s.t(texts::ADD)>{Icon::Plus.draw()}</button>
        </form>
    };
    section(s.t(heading), None, None, content.into_view())
}

fn chip(visit: Visit, (id, name): (Id<Contact>, String)) -> View {
    let chosen = visit.of(move |meeting| meeting.attendees.contains(&id));
    let set = move |event: web_sys::Event| {
        let now = event_target_checked(&event);
        visit.act_quietly(|meeting| {
            if now {
                meeting.attendees.insert(id);
            } else {
                meeting.attendees.remove(&id);
            }
        });
    };
    view! {
        <label class="chip">
            <input type="checkbox" prop:checked=move || chosen.get() on:change=set/>
            <span>{name}</span>
        </label>
    }
}

fn guest(visit: Visit, name: String) -> View {
    let label = texts::remove_guest(visit.s.lang, &name);
    let shown = name.clone();
    let remove = move |_| {
        visit.act_quietly(|meeting| {
            meeting.guests.remove(&name);
        });
    };
    view! {
        <button class="chip" type="button" aria-label=label on:click=remove>
            {shown}
            {Icon::Close.draw()}
        </button>
    }
}
