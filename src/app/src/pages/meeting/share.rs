//! The message to the dealer: to another app, to the clipboard, as a mail, to paper.

use super::Visit;
use crate::components::icon::Icon;
use crate::locales::meeting as texts;
use crate::platform::files::{self, Shared, mail_link};
use tongxing_domain::book::Book;
use tongxing_domain::tables::Meeting;
use tongxing_domain::visit::{FollowUp, follow_up};
use tongxing_view::prelude::*;

/// What goes to the dealer, and to which addresses a mail of it would go.
#[derive(Clone, Debug, PartialEq)]
struct Message {
    follow_up: FollowUp,
    addresses: Vec<String>,
}

/// The buttons, and the text itself, folded.
pub(super) fn view(visit: Visit) -> View {
    let s = visit.s;
    let message = Memo::new(move |_| {
        s.store.read(|book| {
            let meeting = book.meetings.get_any(visit.id)?;
            Some(Message {
                follow_up: follow_up(book, meeting, s.lang),
                addresses: addresses(book, meeting),
            })
        })
    });
    let text = move |message: Option<Message>| message.map(|it| it.follow_up.text);
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
        let Some(message) = message.get_untracked() else {
            return;
        };
        leptos::task::spawn_local(async move {
            let FollowUp { subject, text } = message.follow_up;
            say(files::share(&subject, &text).await);
        });
    };
    let copy = move |_| {
        visit.writing.flush();
        let text = text(message.get_untracked()).unwrap_or_default();
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
    let mail = move || {
        let message = message.get()?;
        let FollowUp { subject, text } = &message.follow_up;
        let href = mail_link(&message.addresses, subject, text);
        Some(view! {
            <a class="btn" href=href on:click=move |_| visit.writing.flush()>
                {Icon::Mail.draw()}
                {s.t(texts::MAIL)}
            </a>
        })
    };
    view! {
        <div class="actions share" data-print="no">
            {button(Icon::Export, texts::SHARE, Box::new(share))}
            {button(Icon::Note, texts::COPY, Box::new(copy))}
            {mail}
            {button(Icon::Print, texts::PRINT, Box::new(print))}
        </div>
        <details class="fold" data-print="no" prop:open=move || open.get()>
            <summary>{s.t(texts::SUMMARY_TEXT)}</summary>
            <p class="plain" dir="auto" tabindex="0">{move || text(message.get()).unwrap_or_default()}</p>
        </details>
    }
}

/// The mail addresses of those who took part.
fn addresses(book: &Book, meeting: &Meeting) -> Vec<String> {
    let people = meeting.attendees.iter();
    people
        .filter_map(|id| Some(book.contacts.get(*id)?.email.clone()))
        .filter(|email| !email.is_empty())
        .collect()
}
