//! A sealed backup with one tap: the password is asked for once, and whenever the person wants another.

use super::explain::unique_id;
use super::overlay::{Overlay, overlay};
use super::sheets::Sheets;
use super::work::Work;
use crate::locales::{Words, backup as texts, settings, shell};
use crate::platform::backups::{By, ENDING};
use crate::platform::files;
use crate::state::backup;
use crate::state::scene::Scene;
use futures::future::{Either, select};
use std::pin::pin;
use tongxing_view::prelude::*;
use zeroize::Zeroizing;

/// The shortest password that is taken, in characters.
const SHORTEST: usize = 8;

/// Saves a sealed backup: at once where an earlier password is known, or else after asking for one.
/// `done` is called once a file was handed to the browser.
pub fn back_up(s: Scene, work: Work, sheets: Sheets, done: Callback<()>) {
    match backup::known_key(s) {
        Some(key) => leptos::task::spawn_local(save(s, work, By::Key(key), done)),
        None => with_new_password(s, work, sheets, done),
    }
}

/// Saves a sealed backup with a password that is asked for.
pub fn with_new_password(s: Scene, work: Work, sheets: Sheets, done: Callback<()>) {
    let then = move |password| {
        leptos::task::spawn_local(save(s, work, By::Password(password), done));
    };
    ask_password(s, sheets, Asked::New, then);
}

async fn save(s: Scene, work: Work, by: By, done: Callback<()>) {
    let ticket = work.begin(texts::SEALING);
    let made = {
        // Giving up ends the worker in the midst of its work.
        let making = pin!(backup::make(s, by));
        let given_up = pin!(work.given_up(ticket));
        match select(making, given_up).await {
            Either::Left((made, _)) => made,
            Either::Right(_) => return,
        }
    };
    work.end(ticket);
    let file = match made {
        Ok(file) => file,
        Err(error) => return s.toasts.warn(error.text(s.lang)),
    };
    let name = format!("{}.{ENDING}", texts::file(s.lang, &s.today.to_string()));
    if files::save(&name, "application/octet-stream", &file).is_ok() {
        backup::saved(s);
        s.toasts.say(s.t(texts::SAVED).to_owned(), None);
        done.run(());
    } else {
        s.toasts.warn(s.t(settings::NOT_SAVED).to_owned());
    }
}

/// For what a password is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To seal: it is typed twice.
    New,
    /// To open.
    Known,
}

/// Asks for a password; `then` is given it once the question is closed.
pub fn ask_password(
    s: Scene,
    sheets: Sheets,
    asked: Asked,
    then: impl Fn(Zeroizing<String>) + Send + Sync + 'static,
) {
    let then = Callback::new(then);
    sheets.show(move || {
        let closing = RwSignal::new(false);
        let going_on = StoredValue::new(false);
        let (first, second) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let fault = RwSignal::new(None);
        let submit = Callback::new(move |()| {
            match wrong(asked, &first.get_untracked(), &second.get_untracked()) {
                Some(words) => fault.set(Some(words)),
                None => {
                    going_on.set_value(true);
                    closing.set(true);
                }
            }
        });
        let closed = Callback::new(move |()| {
            let password = Zeroizing::new(first.get_untracked());
            sheets.closed();
            if going_on.get_value() {
                then.run(password);
            }
        });
        let (title, text, agree) = match asked {
            Asked::New => (texts::NEW_PASSWORD, texts::NEW_PASSWORD_TEXT, texts::SEAL),
            Asked::Known => (texts::PASSWORD, texts::PASSWORD_TEXT, texts::OPEN),
        };
        let autocomplete = match asked {
            Asked::New => "new-password",
            Asked::Known => "current-password",
        };
        let body = view! {
            <p>{s.t(text)}</p>
            {field(s, texts::PASSWORD, autocomplete, first, fault)}
            {(asked == Asked::New).then(|| field(s, texts::AGAIN, autocomplete, second, fault))}
        };
        let foot = view! {
            <p class="dock-note" role="alert">{move || fault.get().map(|words| s.t(words))}</p>
            <button class="btn" type="button" on:click=move |_| closing.set(true)>
                {s.t(shell::CANCEL)}
            </button>
            <button class="btn" data-kind="primary" type="submit">{s.t(agree)}</button>
        };
        let title = s.t(title).to_owned();
        overlay(
            Overlay::Dialog,
            title,
            closing,
            closed,
            submit,
            body.into_view(),
            foot.into_view(),
        )
    });
}

fn wrong(asked: Asked, first: &str, second: &str) -> Option<Words> {
    match asked {
        _ if first.is_empty() => Some(texts::NO_PASSWORD),
        Asked::New if first.chars().count() < SHORTEST => Some(texts::TOO_SHORT),
        Asked::New if first != second => Some(texts::NOT_THE_SAME),
        _ => None,
    }
}

fn field(
    s: Scene,
    label: Words,
    autocomplete: &'static str,
    text: RwSignal<String>,
    fault: RwSignal<Option<Words>>,
) -> View {
    let id = unique_id("password");
    let of = id.clone();
    view! {
        <div class="field">
            <label for=of>{s.t(label)}</label>
            <input
                id=id
                type="password"
                autocomplete=autocomplete
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    fault.set(None);
                }
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_password_is_long_and_typed_twice() {
        assert_eq!(wrong(Asked::New, "", ""), Some(texts::NO_PASSWORD));
        assert_eq!(
            wrong(Asked::New, "青禾厨电七个字", "青禾厨电七个字"),
            Some(texts::TOO_SHORT)
        );
        assert_eq!(
            wrong(Asked::New, "long enough", "long enougH"),
            Some(texts::NOT_THE_SAME)
        );
        assert_eq!(wrong(Asked::New, "long enough", "long enough"), None);
        assert_eq!(wrong(Asked::Known, "x", ""), None);
    }
}
