//! Without a team: joining one, or founding one.

use super::joining;
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::pane::{note, section};
use crate::components::sync_words::error_words;
use crate::locales::{Words, team as texts};
use crate::state::demo_book;
use crate::state::scene::Scene;
use crate::state::team::{TeamError, origin};
use tongxing_sync::invite_link::EndpointAddress;
use tongxing_view::prelude::*;

/// Both ways. An invite that was opened goes first, and founding is then out of the way.
pub(super) fn view(s: Scene) -> View {
    let invited = Memo::new(move |_| s.team.is_invited());
    view! {
        <div class="body">
            <div class="narrow">
                {joining::view(s)}
                {move || (!invited.get()).then(|| section(s.t(texts::FOUND), None, None, founding(s)))}
                {section(s.t(texts::SEES), None, None, view! { <p>{s.t(texts::SEES_TEXT)}</p> })}
            </div>
        </div>
    }
}

/// One line to fill in.
pub(super) fn line(
    label: &'static str,
    help: &'static str,
    value: RwSignal<String>,
    kind: &'static str,
) -> View {
    let id = unique_id("team");
    let (named, described) = (id.clone(), format!("{id}-help"));
    let helped = described.clone();
    view! {
        <div class="field">
            <label for=named>{label}</label>
            <input
                id=id
                type=kind
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                maxlength="400"
                aria-describedby=described
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <p class="help" id=helped>{help}</p>
        </div>
    }
}

/// What went wrong.
pub(super) fn fault(s: Scene, fault: RwSignal<Option<Words>>) -> View {
    (move || fault.get().map(|words| note(Tone::Risk, s.t(words), None))).into_view()
}

/// The name under which the others will see this device, kept in the settings too.
pub(super) fn named(s: Scene, name: RwSignal<String>) -> Result<String, Words> {
    let name = name.get_untracked().trim().to_owned();
    if name.is_empty() {
        return Err(texts::NAME_MISSING);
    }
    s.session.member.set(name.clone());
    Ok(name)
}

/// Says that the demo book would come along.
pub(super) fn demo_note(s: Scene) -> View {
    let loaded = Memo::new(move |_| s.store.read(demo_book::is_loaded));
    (move || {
        loaded.get().then(|| {
            let act = view! {
                <button
                    class="btn"
                    type="button"
                    on:click=move |_| {
                        demo_book::remove(s, s.t(crate::locales::settings::DEMO_REMOVED).to_owned());
                    }
                >
                    {s.t(texts::REMOVE_DEMO)}
                </button>
            };
            note(Tone::Info, s.t(texts::DEMO_HERE), Some(act))
        })
    })
    .into_view()
}

fn founding(s: Scene) -> View {
    let address = RwSignal::new(origin());
    let name = RwSignal::new(s.session.member.get_untracked());
    let token = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<Words>);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let ready = named(s, name).and_then(|name| {
            let endpoint = EndpointAddress::from_text(&address.get_untracked());
            Ok((name, endpoint.map_err(|_| texts::ADDRESS_WRONG)?))
        });
        let (name, endpoint) = match ready {
            Ok(ready) => ready,
            Err(words) => return wrong.set(Some(words)),
        };
        wrong.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let token = token.get_untracked();
            let founded = s.team.found(endpoint, &token, &name).await;
            busy.try_set(false);
            match founded {
                Ok(()) => s.toasts.say(s.t(texts::FOUNDED).to_owned(), None),
                Err(error) => {
                    wrong.try_set(Some(match error {
                        TeamError::Forbidden => texts::FORBIDDEN_FOUNDING,
                        error => error_words(error),
                    }));
                }
            }
        });
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <p>{s.t(texts::FOUND_TEXT)}</p>
            {line(s.t(texts::ADDRESS), s.t(texts::ADDRESS_HELP), address, "url")}
            {line(s.t(texts::YOUR_NAME), s.t(texts::YOUR_NAME_HELP), name, "text")}
            {line(s.t(texts::SIGN_UP), s.t(texts::SIGN_UP_HELP), token, "text")}
            {demo_note(s)}
            {fault(s, wrong)}
            <div class="actions">
                <button class="btn" data-kind="primary" type="submit" disabled=move || busy.get()>
                    {Icon::Plus.draw()}
                    {move || s.t(if busy.get() { texts::ASKING } else { texts::FOUND })}
                </button>
            </div>
        </form>
    }
}
