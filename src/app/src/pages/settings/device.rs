//! How the app sits on this device: installed or not, and whether its data is kept.

use super::{group, more, setting};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::locales::settings as texts;
use crate::platform::install::Installing;
use crate::platform::persistence::{self, Persistence, Room};
use crate::state::scene::Scene;
use tongxing_view::prelude::*;

/// The section.
pub(super) fn section(s: Scene) -> View {
    group(s.t(texts::DEVICE), vec![install(s), storage(s)])
}

fn install(s: Scene) -> View {
    let state = RwSignal::new(s.services.with_install(|install| install.state()));
    let ask = move |_| {
        leptos::task::spawn_local(async move {
            s.services.ask_to_install().await;
            state.set(s.services.with_install(|install| install.state()));
        });
    };
    let text = move || {
        more(s.t(match state.get() {
            Installing::ByShareButton => texts::INSTALL_IOS,
            Installing::Unavailable => texts::INSTALL_ELSEWHERE,
            Installing::Ask | Installing::Installed => texts::INSTALL_TEXT,
        }))
    };
    let control = move || match state.get() {
        Installing::Installed => Some(badge(Tone::Good, s.t(texts::INSTALLED))),
        Installing::Ask => Some(view! {
            <button class="btn" type="button" on:click=ask>
                {Icon::Download.draw()}
                {s.t(texts::INSTALL_NOW)}
            </button>
        }),
        Installing::ByShareButton | Installing::Unavailable => None,
    };
    setting(s.t(texts::INSTALL), text, control)
}

fn storage(s: Scene) -> View {
    let kept = RwSignal::new(None::<Persistence>);
    let room = RwSignal::new(None::<Room>);
    leptos::task::spawn_local(async move {
        kept.try_set(Some(persistence::is_kept().await));
        room.try_set(persistence::room().await);
    });
    let ask = move |_| {
        leptos::task::spawn_local(async move {
            let answer = persistence::ask_to_keep().await;
            kept.try_set(Some(answer));
            if answer != Persistence::Kept {
                s.toasts.say(s.t(texts::NOT_PROMISED).to_owned(), None);
            }
        });
    };
    let text = move || {
        let used = room
            .get()
            .map(|room| texts::room(s.lang, &texts::size(room.used)));
        let kept = kept.get().map(|kept| match kept {
            Persistence::Kept => s.t(texts::KEPT).to_owned(),
            Persistence::AtRisk => s.t(texts::AT_RISK).to_owned(),
            Persistence::Unknown => s.t(texts::UNKNOWN).to_owned(),
        });
        more(
            [used, kept]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
        )
    };
    let control = move || match kept.get() {
        None => None,
        Some(Persistence::Kept) => Some(badge(Tone::Good, s.t(texts::SAFE))),
        Some(Persistence::AtRisk | Persistence::Unknown) => Some(view! {
            <button class="btn" type="button" on:click=ask>
                {s.t(texts::ASK_TO_KEEP)}
            </button>
        }),
    };
    setting(s.t(texts::STORAGE), text, control)
}
