//! A contact that was just made, noted in two taps.

use super::here::{Here, save_buttons};
use crate::components::overlay::{Overlay, overlay};
use crate::locales::{dealer as text, form};
use crate::platform::clock;
use tongxing_domain::schema::{Record as _, changes};
use tongxing_domain::tables::{Channel, Meeting};
use tongxing_domain::value::Outcome;
use tongxing_view::prelude::*;

/// How a short contact is made.
const CHANNELS: [Channel; 4] = [
    Channel::Call,
    Channel::Message,
    Channel::Video,
    Channel::Email,
];

/// Opens the note.
pub(super) fn open(here: Here) {
    here.sheets.show(move || draw(here));
}

fn draw(here: Here) -> View {
    let s = here.s;
    let closing = RwSignal::new(false);
    let channel = RwSignal::new(Channel::Call);
    let said = RwSignal::new(String::new());
    let save = Callback::new(move |()| {
        let meeting = noted(here, channel.get_untracked(), said.get_untracked());
        let label = Meeting::TABLE.label.in_lang(s.lang);
        here.write(changes(None, &meeting), form::added(s.lang, label));
        closing.set(true);
    });
    let choices = CHANNELS
        .into_iter()
        .map(|each| {
            view! {
                <label>
                    <input
                        type="radio"
                        name="note-channel"
                        prop:checked=move || channel.get() == each
                        on:change=move |_| channel.set(each)
                    />
                    <span>{s.t(each.words())}</span>
                </label>
            }
        })
        .collect_view();
    let body = view! {
        <fieldset class="segmented">
            <legend class="sr">{s.t(text::CHANNEL)}</legend>
            {choices}
        </fieldset>
        <div class="field">
            <label for="note-text">{s.t(text::NOTE_TEXT)}</label>
            <textarea
                id="note-text"
                rows="4"
                dir="auto"
                aria-describedby="note-help"
                prop:value=move || said.get()
                on:input=move |event| said.set(event_target_value(&event))
            ></textarea>
            <p class="help" id="note-help">{s.t(text::NOTE_HINT)}</p>
        </div>
    };
    overlay(
        Overlay::Dialog,
        s.t(text::NOTE).to_owned(),
        closing,
        Callback::new(move |()| here.sheets.closed()),
        save,
        body,
        save_buttons(s, closing, || true),
    )
}

fn noted(here: Here, channel: Channel, minutes: String) -> Meeting {
    let now = clock::this_minute();
    Meeting {
        dealer: here.id,
        channel: Some(channel),
        started: Some(now),
        ended: Some(now),
        minutes: minutes.trim().to_owned(),
        outcome: Outcome::Done(now.date()),
        ..here.fresh()
    }
}
