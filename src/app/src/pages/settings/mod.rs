//! Settings: how the app looks, who uses it, how it sits on this device, and what it is.

mod about;
mod data;
mod device;

use crate::components::explain::unique_id;
use crate::components::pane::section;
use crate::components::segmented::segmented;
use crate::locales::{Lang, settings as texts, shell};
use crate::platform::settings::Theme;
use crate::state::scene::{Scene, scene};
use tongxing_view::prelude::*;

/// The page.
pub fn page() -> View {
    let s = scene();
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            <section class="pane" data-role="page" aria-label=s.t(shell::SETTINGS)>
                <header class="head">
                    <div class="head-main">
                        <h1 class="head-title">{s.t(shell::SETTINGS)}</h1>
                    </div>
                </header>
                <div class="body">
                    <div class="narrow">
                        {display(s)}
                        {person(s)}
                        {device::section(s)}
                        {data::section(s)}
                        {about::section(s)}
                    </div>
                </div>
            </section>
        </main>
    }
}

/// A list of settings under a heading.
fn group(title: &'static str, settings: Vec<View>) -> View {
    let list = view! { <ul class="settings">{settings}</ul> };
    section(title, None, None, list)
}

/// One setting: what it is, more about it, and its control.
fn setting(title: impl IntoView, text: impl IntoView, control: impl IntoView) -> View {
    view! {
        <li class="setting">
            <div class="setting-main">
                <strong>{title.into_view()}</strong>
                {text.into_view()}
            </div>
            {control.into_view()}
        </li>
    }
}

/// More about a setting.
fn more(text: impl IntoView) -> View {
    view! { <p>{text.into_view()}</p> }
}

fn display(s: Scene) -> View {
    const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];
    const THEMES: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];
    let lang = s.session.lang;
    let theme = s.session.theme;
    let language = segmented(
        s.t(texts::LANGUAGE),
        texts::LANGUAGES.to_vec(),
        Signal::derive(move || usize::from(lang.get() == Lang::En)),
        Callback::new(move |place: usize| {
            if let Some(chosen) = LANGS.get(place) {
                lang.set(*chosen);
            }
        }),
    );
    let look = segmented(
        s.t(texts::THEME),
        [texts::SYSTEM, texts::LIGHT, texts::DARK]
            .map(|words| s.t(words))
            .to_vec(),
        Signal::derive(move || {
            let now = theme.get();
            THEMES.iter().position(|other| *other == now).unwrap_or(0)
        }),
        Callback::new(move |place: usize| {
            if let Some(chosen) = THEMES.get(place) {
                theme.set(*chosen);
            }
        }),
    );
    group(
        s.t(texts::DISPLAY),
        vec![
            setting(s.t(texts::LANGUAGE), (), language),
            setting(s.t(texts::THEME), (), look),
        ],
    )
}

fn person(s: Scene) -> View {
    let id = unique_id("member");
    let (label, help) = (id.clone(), format!("{id}-help"));
    let described = help.clone();
    let member = s.session.member;
    let input = view! {
        <input
            id=id
            class="setting-input"
            autocomplete="name"
            maxlength="80"
            aria-describedby=described
            prop:value=move || member.get()
            on:change=move |event| member.set(event_target_value(&event).trim().to_owned())
        />
    };
    group(
        s.t(texts::PERSON),
        vec![setting(
            view! { <label for=label>{s.t(texts::NAME)}</label> },
            view! { <p id=help>{s.t(texts::NAME_TEXT)}</p> },
            input,
        )],
    )
}
