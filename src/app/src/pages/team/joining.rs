//! Joining a team: by a link that was opened or pasted, or by the text of a recovery sheet.

use super::outside::{demo_note, fault, line, named};
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::pane::{note, section};
use crate::components::sync_words::error_words;
use crate::locales::{Words, team as texts};
use crate::platform::{files, workshop};
use crate::state::scene::Scene;
use crate::state::team::{OwnBook, origin};
use tongxing_domain::exchange::errand::{Answer, Errand};
use tongxing_sync::invite_link::{EndpointAddress, FRAGMENT, InviteLink, LinkError};
use tongxing_sync::secret_text::{Invite, Recovery, SecretTextError};
use tongxing_view::prelude::*;

/// The section.
pub(super) fn view(s: Scene) -> View {
    let link = RwSignal::new(String::new());
    let address = RwSignal::new(origin());
    let name = RwSignal::new(s.session.member.get_untracked());
    let own = RwSignal::new(OwnBook::BroughtIn);
    let wrong = RwSignal::new(None::<Words>);
    let busy = RwSignal::new(false);
    // A link may be opened while the page is there.
    Effect::new(move |_| {
        if s.team.is_invited()
            && let Some(invited) = s.team.invite_link()
        {
            link.set(invited.to_string());
        }
    });
    let has_book = Memo::new(move |_| s.store.read(|book| !book.dealers.is_empty()));
    let bare = Memo::new(move |_| link.with(|link| is_bare(link)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let ready = read(&link.get_untracked(), &address.get_untracked())
            .and_then(|link| Ok((link, named(s, name)?)));
        let (link, name) = match ready {
            Ok(ready) => ready,
            Err(words) => return wrong.set(Some(words)),
        };
        wrong.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let own = match has_book.get_untracked() {
                true => own.get_untracked(),
                false => OwnBook::BroughtIn,
            };
            let failed = join(s, &link, &name, own).await;
            busy.try_set(false);
            match failed {
                Ok(()) => s.toasts.say(s.t(texts::JOINED).to_owned(), None),
                Err(words) => {
                    wrong.try_set(Some(words));
                }
            }
        });
    };
    let id = unique_id("invite");
    let named_by = id.clone();
    let content = view! {
        <form class="form" novalidate on:submit=submit>
            {move || s.team.is_invited().then(|| note(Tone::Good, s.t(texts::INVITED), None))}
            <p>{s.t(texts::JOIN_TEXT)}</p>
            <div class="field">
                <label for=named_by>{s.t(texts::INVITE_FIELD)}</label>
                <textarea
                    id=id
                    class="secret"
                    rows="3"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    prop:value=move || link.get()
                    on:input=move |event| link.set(event_target_value(&event))
                ></textarea>
            </div>
            {move || bare.get().then(|| line(s.t(texts::ADDRESS), s.t(texts::ADDRESS_HELP), address, "url"))}
            {line(s.t(texts::YOUR_NAME), s.t(texts::YOUR_NAME_HELP), name, "text")}
            {move || has_book.get().then(|| view! {
                {choice(s, own)}
                {demo_note(s)}
            })}
            {fault(s, wrong)}
            <div class="actions">
                <button class="btn" data-kind="primary" type="submit" disabled=move || busy.get()>
                    {Icon::Check.draw()}
                    {move || s.t(if busy.get() { texts::ASKING } else { texts::JOIN })}
                </button>
            </div>
        </form>
    };
    section(s.t(texts::JOIN), None, None, content)
}

/// What becomes of the book that is here.
fn choice(s: Scene, own: RwSignal<OwnBook>) -> View {
    let group = unique_id("own-book");
    let choices = [
        (OwnBook::BroughtIn, texts::BRING_IN, texts::BRING_IN_TEXT),
        (OwnBook::Removed, texts::REMOVE_OWN, texts::REMOVE_OWN_TEXT),
    ];
    let option = |(meaning, name, about): (OwnBook, Words, Words)| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name=group.clone()
                    prop:checked=move || own.get() == meaning
                    on:change=move |_| own.set(meaning)
                />
                <span>
                    <strong>{s.t(name)}</strong>
                    <span class="help">{s.t(about)}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend>{s.t(texts::OWN_BOOK)}</legend>
            {choices.map(option).into_iter().collect_view()}
        </fieldset>
    }
}

/// Joins; before anything is taken away, it is saved as a file.
async fn join(s: Scene, link: &InviteLink, name: &str, own: OwnBook) -> Result<(), Words> {
    if own == OwnBook::Removed && !save_own_book(s).await {
        return Err(texts::COPY_FAILED);
    }
    s.team.join(link, name, own).await.map_err(error_words)
}

async fn save_own_book(s: Scene) -> bool {
    if s.store.on_disk().await.is_err() {
        return false;
    }
    let Ok(Answer::Made { file, .. }) = workshop::run(&Errand::Book, s.lang).await else {
        return false;
    };
    let name = texts::own_book_file(s.lang, &s.today.to_string());
    files::save(&name, "application/json", &file).is_ok()
}

/// Whether a text is a secret without a link around it.
fn is_bare(text: &str) -> bool {
    let text = text.trim_start().to_ascii_lowercase();
    !text.contains(FRAGMENT) && (text.starts_with("txr") || text.starts_with("txi"))
}

/// What was pasted or typed.
fn read(text: &str, address: &str) -> Result<InviteLink, Words> {
    if !is_bare(text) {
        return InviteLink::from_text(text).map_err(|error| match error {
            LinkError::Invite(error) => secret_words(error),
            LinkError::Address(_) => texts::ADDRESS_WRONG,
        });
    }
    let invite = match Recovery::from_text(text) {
        Ok(Recovery(invite)) => Ok(invite),
        Err(SecretTextError::WrongKind { .. }) => Invite::from_text(text),
        Err(error) => Err(error),
    };
    Ok(InviteLink {
        invite: invite.map_err(secret_words)?,
        endpoint: EndpointAddress::from_text(address).map_err(|_| texts::ADDRESS_WRONG)?,
    })
}

const fn secret_words(error: SecretTextError) -> Words {
    match error {
        SecretTextError::WrongKind { .. } => texts::NOT_AN_INVITE,
        SecretTextError::Mistyped => texts::MISTYPED,
        SecretTextError::NeedsNewerVersion(_) => texts::INVITE_NEWER,
    }
}
