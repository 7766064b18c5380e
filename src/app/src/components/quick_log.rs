//! A call or a message that has just been made, written down in two taps.

use super::explain::unique_id;
use super::icon::Icon;
use super::overlay::{Overlay, overlay};
use super::sheets::Sheets;
use crate::locales::{dealer as text, form, quick_log as texts, shell};
use crate::platform::clock;
use crate::platform::drafts::DraftKey;
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::changes;
use tongxing_domain::tables::{Channel, Contact, Dealer};
use tongxing_domain::visit::quick_log;
use tongxing_view::prelude::*;

/// How a short contact is made.
const CHANNELS: [(Channel, Icon); 4] = [
    (Channel::Call, Icon::Phone),
    (Channel::Message, Icon::Message),
    (Channel::Video, Icon::Video),
    (Channel::Email, Icon::Mail),
];

/// Opens the log of a dealer. A tap on a channel writes it down and closes.
pub fn open(s: Scene, sheets: Sheets, dealer: Id<Dealer>) {
    sheets.show(move || draw(s, sheets, dealer));
}

fn draw(s: Scene, sheets: Sheets, dealer: Id<Dealer>) -> View {
    let closing = RwSignal::new(false);
    let key = StoredValue::new(DraftKey::Form {
        table: "quick_log".to_owned(),
        id: None,
        parent: Some(dealer.uuid()),
    });
    let drafts = StoredValue::new_local(s.services.drafts());
    let kept = drafts.with_value(|drafts| key.with_value(|key| drafts.get(key)));
    let said = RwSignal::new(kept.map(|kept| kept.text).unwrap_or_default());
    let forget = move || drafts.with_value(|drafts| key.with_value(|key| drafts.clear(key)));
    let write = move |text: String| {
        drafts.with_value(|drafts| drafts.keep(key.get_value(), text.clone()));
        said.set(text);
    };
    let people = s.store.peek(|book| people(book, dealer));
    let first = people.first().map(|contact| contact.id);
    let with = RwSignal::new(first);
    let log = move |channel: Channel| {
        let meeting = quick_log(
            s.store.fresh(),
            dealer,
            channel,
            with.get_untracked(),
            &said.get_untracked(),
            clock::this_minute(),
        );
        let done = form::added(s.lang, s.t(channel.words()));
        s.store.act(Act::of(changes(None, &meeting)), done);
        forget();
        closing.set(true);
    };
    let channels = CHANNELS
        .into_iter()
        .map(|(channel, icon)| {
            view! {
                <button class="btn" type="button" on:click=move |_| log(channel)>
                    {icon.draw()}
                    {s.t(channel.words())}
                </button>
            }
        })
        .collect_view();
    let (note, help) = (unique_id("note"), unique_id("note"));
    let (note_label, described) = (note.clone(), help.clone());
    let body = view! {
        <div class="quick-log" role="group" aria-label=s.t(texts::LOG)>{channels}</div>
        <p class="help" id=help>{s.t(texts::HINT)}</p>
        {(!people.is_empty()).then(|| choice_of(s, &people, with))}
        <div class="field">
            <label for=note_label>{s.t(text::NOTE_TEXT)}</label>
            <textarea
                id=note
                rows="4"
                dir="auto"
                aria-describedby=described
                prop:value=move || said.get()
                on:input=move |event| write(event_target_value(&event))
            ></textarea>
        </div>
    };
    let foot = view! {
        <button
            class="btn"
            type="button"
            on:click=move |_| {
                forget();
                closing.set(true);
            }
        >
            {s.t(shell::CANCEL)}
        </button>
    };
    let name = s
        .store
        .peek(|book| book.dealers.get_any(dealer).map(|it| it.name.clone()));
    overlay(
        Overlay::Dialog,
        texts::with(s.lang, &name.unwrap_or_default()),
        closing,
        Callback::new(move |()| sheets.closed()),
        // Which channel it was is said by its button alone.
        Callback::new(|()| ()),
        body,
        foot,
    )
}

/// The people at the dealer, the one to call first.
pub(super) fn people(book: &Book, dealer: Id<Dealer>) -> Vec<Arc<Contact>> {
    let mut people: Vec<_> = book.contacts.of(dealer).cloned().collect();
    people.sort_by_key(|contact| (contact.primary != Some(true), contact.id));
    people
}

/// Which of them it was.
pub(super) fn choice_of(
    s: Scene,
    people: &[Arc<Contact>],
    with: RwSignal<Option<Id<Contact>>>,
) -> View {
    let id = unique_id("with");
    let label = id.clone();
    let first = with.get_untracked();
    let options = people
        .iter()
        .map(|contact| {
            let selected = Some(contact.id) == first;
            view! {
                <option value=contact.id.to_string() selected=selected>{contact.name.clone()}</option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=label>{s.t(texts::WITH)}</label>
            <select
                id=id
                on:change=move |event| {
                    let chosen = Uuid::parse_str(&event_target_value(&event)).ok();
                    with.set(chosen.map(Id::new));
                }
            >
                {options}
                <option value="">{s.t(texts::NOBODY)}</option>
            </select>
        </div>
    }
}
