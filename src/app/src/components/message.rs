//! A message to a dealer, from a template or from nothing: to another app, to the clipboard, as a mail. What
//! was passed on is written down as a contact.

use super::explain::unique_id;
use super::icon::Icon;
use super::overlay::{Overlay, overlay};
use super::quick_log::{choice_of, people};
use super::sheets::Sheets;
use super::template_choice::{template_choice, templates_of};
use crate::locales::{form, meeting, message as texts, shell};
use crate::platform::clock;
use crate::platform::drafts::DraftKey;
use crate::platform::files::{self, Shared, mail_link};
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::id::Id;
use tongxing_domain::schema::changes;
use tongxing_domain::tables::{Channel, Contact, Dealer, Template, TemplateKind};
use tongxing_domain::templates::Blanks;
use tongxing_domain::visit::quick_log;
use tongxing_view::prelude::*;

/// Opens a message to a dealer.
pub fn open(s: Scene, sheets: Sheets, dealer: Id<Dealer>) {
    sheets.show(move || draw(s, sheets, dealer));
}

/// A message as it is being written.
#[derive(Clone, Copy)]
struct Message {
    s: Scene,
    dealer: Id<Dealer>,
    with: RwSignal<Option<Id<Contact>>>,
    text: RwSignal<String>,
    closing: RwSignal<bool>,
    key: StoredValue<DraftKey>,
}

impl Message {
    /// Keeps what is typed, so that a killed tab loses nothing.
    fn write(self, text: String) {
        let drafts = self.s.services.drafts();
        drafts.keep(self.key.get_value(), text.clone());
        self.text.set(text);
    }

    fn forget(self) {
        let drafts = self.s.services.drafts();
        self.key.with_value(|key| drafts.clear(key));
    }

    /// The text of a template for whom is written to.
    fn fill(self, template: &Template) {
        let s = self.s;
        let blanks = Blanks {
            // What it is about is for the person to say.
            subject: "＿＿＿".to_owned(),
            ..s.store
                .peek(|book| Blanks::of(book, self.dealer, self.with.get_untracked()))
        };
        self.write(blanks.fill(&template.text, s.lang));
    }

    /// Writes the message down as a contact that was made.
    fn log(self, channel: Channel) {
        let s = self.s;
        let made = quick_log(
            s.store.fresh(),
            self.dealer,
            channel,
            self.with.get_untracked(),
            &self.text.get_untracked(),
            clock::this_minute(),
        );
        let done = form::added(s.lang, s.t(channel.words()));
        s.store.act(Act::of(changes(None, &made)), done);
        self.forget();
        self.closing.set(true);
    }

    fn done(self, done: Result<Shared, files::NotCopied>) {
        match done {
            Ok(Shared::PassedOn | Shared::Copied) => self.log(Channel::Message),
            Ok(Shared::Cancelled) => {}
            Err(_) => {
                let s = self.s;
                s.toasts.warn(s.t(meeting::NOT_COPIED).to_owned());
            }
        }
    }
}

fn draw(s: Scene, sheets: Sheets, dealer: Id<Dealer>) -> View {
    let key = DraftKey::Form {
        table: "message".to_owned(),
        id: None,
        parent: Some(dealer.uuid()),
    };
    let kept = s.services.drafts().get(&key);
    let who = s.store.peek(|book| people(book, dealer));
    let message = Message {
        s,
        dealer,
        with: RwSignal::new(who.first().map(|contact| contact.id)),
        text: RwSignal::new(kept.map(|kept| kept.text).unwrap_or_default()),
        closing: RwSignal::new(false),
        key: StoredValue::new(key),
    };
    let templates = templates_of(s, TemplateKind::Message);
    let chosen = RwSignal::new(None::<Id<Template>>);
    let known = templates.clone();
    Effect::new(move |_| {
        // Whom it is for is filled in as well.
        message.with.track();
        let chosen = chosen.get();
        let template: Option<&Arc<Template>> = known.iter().find(|it| Some(it.id) == chosen);
        if let Some(template) = template {
            untrack(|| message.fill(template));
        }
    });
    let id = unique_id("message");
    let label = id.clone();
    let body = view! {
        {template_choice(s, &templates, chosen)}
        {(!who.is_empty()).then(|| choice_of(s, &who, message.with))}
        <div class="field">
            <label for=label>{s.t(texts::TEXT)}</label>
            <textarea
                id=id
                rows="7"
                dir="auto"
                prop:value=move || message.text.get()
                on:input=move |event| message.write(event_target_value(&event))
            ></textarea>
        </div>
        <p class="help">{s.t(texts::HINT)}</p>
    };
    let name = s.store.peek(|book| {
        let dealer = book.dealers.get_any(dealer);
        dealer.map(|it| it.name.clone()).unwrap_or_default()
    });
    let title = texts::to(s.lang, &name);
    overlay(
        Overlay::Sheet,
        title.clone(),
        message.closing,
        Callback::new(move |()| sheets.closed()),
        Callback::new(|()| ()),
        body,
        foot(message, name),
    )
}

/// The ways out.
fn foot(message: Message, subject: String) -> View {
    let s = message.s;
    let empty = move || message.text.with(|text| text.trim().is_empty());
    let of = subject.clone();
    let share = move |_| {
        let (subject, text) = (of.clone(), message.text.get_untracked());
        leptos::task::spawn_local(async move {
            message.done(files::share(&subject, &text).await);
        });
    };
    let copy = move |_| {
        let text = message.text.get_untracked();
        leptos::task::spawn_local(async move {
            message.done(files::copy(&text).await.map(|()| Shared::Copied));
        });
    };
    let mail = move || {
        let address = s.store.read(|book| {
            let contact = book.contacts.get(message.with.get()?)?;
            Some(contact.email.clone()).filter(|email| !email.is_empty())
        })?;
        let href = mail_link(&[address], &subject, &message.text.get());
        Some(view! {
            <a class="btn" href=href on:click=move |_| message.log(Channel::Email)>
                {Icon::Mail.draw()}
                {s.t(meeting::MAIL)}
            </a>
        })
    };
    view! {
        <button
            class="btn"
            type="button"
            on:click=move |_| {
                message.forget();
                message.closing.set(true);
            }
        >
            {s.t(shell::CANCEL)}
        </button>
        {mail}
        <button class="btn" type="button" disabled=empty on:click=copy>
            {Icon::Note.draw()}
            {s.t(meeting::COPY)}
        </button>
        <button class="btn" data-kind="primary" type="button" disabled=empty on:click=share>
            {Icon::Export.draw()}
            {s.t(meeting::SHARE)}
        </button>
    }
}
