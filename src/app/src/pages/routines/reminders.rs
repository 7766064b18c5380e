//! Reminders while the app is open, asked for by a tap; and where alarms come from otherwise.

use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::pane::{note, section};
use crate::locales::routines as texts;
use crate::platform::notifications::{Allowed, allowed, ask};
use crate::state::route::Route;
use crate::state::scene::Scene;
use tongxing_view::prelude::*;

/// The section.
pub(super) fn section_of(s: Scene) -> View {
    let state = RwSignal::new(allowed());
    let wanted = RwSignal::new(s.services.settings().reminders);
    let keep = move |want: bool| {
        wanted.set(want);
        s.services
            .change_settings(|settings| settings.reminders = want);
    };
    let switch = move |on: bool| {
        if !on {
            keep(false);
            return;
        }
        leptos::task::spawn_local(async move {
            let now = ask().await;
            state.set(now);
            keep(now == Allowed::Yes);
        });
    };
    let toggle = move || match state.get() {
        Allowed::Unknown => note(Tone::Info, s.t(texts::UNKNOWN), None),
        Allowed::No => note(Tone::Watch, s.t(texts::REFUSED), None),
        Allowed::Yes | Allowed::Unasked => view! {
            <label class="toggle">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=move || wanted.get()
                    on:change=move |event| switch(event_target_checked(&event))
                />
                <span>{s.t(texts::REMIND)}</span>
            </label>
        },
    };
    let content = view! {
        {toggle}
        <p class="help">{s.t(texts::REMINDERS_HINT)}</p>
        <p class="help">{s.t(texts::ALARMS_HINT)}</p>
        <div class="actions">
            <a class="btn" href=Route::Calendar.href()>
                {Icon::Calendar.draw()}
                {s.t(texts::TO_CALENDAR)}
            </a>
        </div>
    };
    section(s.t(texts::REMINDERS), None, None, content)
}
