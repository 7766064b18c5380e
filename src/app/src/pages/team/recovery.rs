//! The recovery sheet: made when asked for, shown to be printed, kept nowhere.

use super::Desk;
use crate::components::icon::Icon;
use crate::components::pane::section;
use crate::components::sync_words::error_words;
use crate::locales::team as texts;
use crate::platform::clock;
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// The section. On paper nothing else of the page is printed once there is a sheet.
pub(super) fn view(desk: Desk) -> View {
    let s = desk.s;
    let sheet = RwSignal::new(None::<String>);
    let make = move |_| {
        desk.busy.set(true);
        leptos::task::spawn_local(async move {
            let made = s.team.recovery(clock::now_ms()).await;
            desk.busy.try_set(false);
            match made {
                Ok(text) => {
                    sheet.try_set(Some(text.to_string()));
                    desk.read_again();
                }
                Err(error) => s.toasts.warn(s.t(error_words(error)).to_owned()),
            }
        });
    };
    let content = move || match sheet.get() {
        None => view! {
            <p data-print="no">{s.t(texts::RECOVERY_TEXT)}</p>
            <div class="actions" data-print="no">
                <button class="btn" type="button" disabled=move || desk.busy.get() on:click=make>
                    {Icon::Lock.draw()}
                    {s.t(texts::MAKE_RECOVERY)}
                </button>
            </div>
        },
        Some(text) => view! {
            <div class="form">
                <p>{s.t(texts::RECOVERY_TEXT)}</p>
                <p>{s.t(texts::RECOVERY_USE)}</p>
                <p>
                    <strong>{s.t(texts::ADDRESS)}</strong>
                    " "
                    {s.team.endpoint().unwrap_or_default()}
                </p>
                <p class="secret card" tabindex="0" aria-label=s.t(texts::RECOVERY)>{text}</p>
                <p class="help">
                    {texts::made_on(s.lang, &show_date(s.today, s.lang))}
                </p>
                <div class="actions" data-print="no">
                    <button class="btn" data-kind="primary" type="button" on:click=move |_| {
                        // Printing is refused only where there is no paper to print on.
                        let _ = window().print();
                    }>
                        {Icon::Print.draw()}
                        {s.t(texts::PRINT)}
                    </button>
                    <button class="btn" type="button" on:click=move |_| sheet.set(None)>
                        {Icon::Check.draw()}
                        {s.t(texts::DONE)}
                    </button>
                </div>
            </div>
        },
    };
    section(s.t(texts::RECOVERY), None, None, content.into_view())
}
