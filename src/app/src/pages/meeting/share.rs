//! Passing the summary on: to another app, to the clipboard, to paper.

use super::Visit;
use crate::components::icon::Icon;
use crate::locales::meeting as texts;
use crate::platform::files::{self, Shared};
use tongxing_domain::visit::summary_text;
use tongxing_view::prelude::*;

/// The buttons, and the text itself, folded.
pub(super) fn view(visit: Visit) -> View {
    let s = visit.s;
    let text = Memo::new(move |_| {
        s.store
            .read(|book| {
                book.meetings
                    .get_any(visit.id)
                    .map(|meeting| summary_text(book, meeting, s.lang))
            })
            .unwrap_or_default()
    });
    let open = RwSignal::new(false);
    let say = move |done: Result<Shared, files::NotCopied>| match done {
        Ok(Shared::PassedOn) => s.toasts.say(s.t(texts::PASSED_ON).to_owned(), None),
        Ok(Shared::Copied) => s.toasts.say(s.t(texts::COPIED).to_owned(), None),
        Ok(Shared::Cancelled) => {}
        Err(_) => {
            open.set(true);
            s.toasts.warn(s.t(texts::NOT_COPIED).to_owned());
        }
    };
    let share = move |_| {
        visit.writing.flush();
        let text = text.get_untracked();
        let title = text.lines().next().unwrap_or("").to_owned();
        leptos::task::spawn_local(async move { say(files::share(&title, &text).await) });
    };
    let copy = move |_| {
        visit.writing.flush();
        let text = text.get_untracked();
        leptos::task::spawn_local(async move {
            say(files::copy(&text).await.map(|()| Shared::Copied));
        });
    };
    let print = move |_| {
        // Printing is refused only where there is no paper to print on.
        let _ = window().print();
    };
    let button = |icon: Icon, words, act: Box<dyn Fn(leptos::ev::MouseEvent)>| {
        view! {
            <button class="btn" type="button" on:click=act>
                {icon.draw()}
                {s.t(words)}
            </button>
        }
    };
    view! {
        <div class="actions share" data-print="no">
            {button(Icon::Export, texts::SHARE, Box::new(share))}
            {button(Icon::Note, texts::COPY, Box::new(copy))}
            {button(Icon::Download, texts::PRINT, Box::new(print))}
        </div>
        <details class="fold" data-print="no" prop:open=move || open.get()>
            <summary>{s.t(texts::SUMMARY_TEXT)}</summary>
            <p class="plain" dir="auto" tabindex="0">{move || text.get()}</p>
        </details>
    }
}
