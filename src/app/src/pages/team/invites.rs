//! Inviting somebody: a link, a code to scan, and the invites that nobody has used.

use super::Desk;
use super::members::role_place;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::MenuItem;
use crate::components::pane::section;
use crate::components::qr_code::qr_code;
use crate::components::record_row::{RecordRow, rows};
use crate::components::segmented::segmented;
use crate::components::sync_words::{error_words, moment};
use crate::locales::team as texts;
use crate::platform::files::{self, Shared};
use crate::state::team::{FreshInvite, OpenInvite, Role};
use tongxing_view::prelude::*;

const LIFETIMES_S: [u64; 3] = [3_600, 24 * 3_600, 7 * 24 * 3_600];

/// The section.
pub(super) fn view(desk: Desk) -> View {
    let s = desk.s;
    let fresh = RwSignal::new(None::<FreshInvite>);
    let content = move || match fresh.get() {
        None => form(desk, fresh),
        Some(invite) => shown(desk, fresh, &invite),
    };
    let waiting = Memo::new(move |_| {
        let roster = desk.roster.get();
        roster.map(|roster| roster.invites).unwrap_or_default()
    });
    let open = move || {
        let invites = waiting.get();
        (!invites.is_empty()).then(|| {
            let count = invites.len();
            let lines = invites.into_iter().map(|invite| row(desk, invite));
            section(
                s.t(texts::OPEN_INVITES),
                Some(count),
                None,
                rows(lines.collect()),
            )
        })
    };
    view! {
        {section(s.t(texts::INVITE), None, None, content.into_view())}
        {open}
    }
}

fn form(desk: Desk, fresh: RwSignal<Option<FreshInvite>>) -> View {
    let s = desk.s;
    let role = RwSignal::new(1_usize);
    let lifetime = RwSignal::new(2_usize);
    let names = |all: &[crate::locales::Words]| all.iter().map(|words| s.t(*words)).collect();
    let make = move |_| {
        desk.busy.set(true);
        leptos::task::spawn_local(async move {
            let role = Role::ALL.get(role.get_untracked()).copied();
            let seconds = LIFETIMES_S.get(lifetime.get_untracked()).copied();
            let (role, seconds) = (role.unwrap_or(Role::Viewer), seconds.unwrap_or(3_600));
            let made = s.team.invite(role, seconds).await;
            desk.busy.try_set(false);
            match made {
                Ok(invite) => {
                    fresh.try_set(Some(invite));
                    desk.read_again();
                }
                Err(error) => s.toasts.warn(s.t(error_words(error)).to_owned()),
            }
        });
    };
    let about = move || {
        texts::ROLES_TEXT
            .get(role.get())
            .map_or("", |words| s.t(*words))
    };
    view! {
        <div class="form">
            <p>{s.t(texts::INVITE_TEXT)}</p>
            <div class="field">
                {segmented(s.t(texts::ROLE), names(&texts::ROLES), Signal::derive(move || role.get()), Callback::new(move |place| role.set(place)))}
                <p class="help">{about}</p>
            </div>
            <div class="field">
                {segmented(s.t(texts::LIFETIME), names(&texts::LIFETIMES), Signal::derive(move || lifetime.get()), Callback::new(move |place| lifetime.set(place)))}
            </div>
            <div class="actions">
                <button
                    class="btn"
                    data-kind="primary"
                    type="button"
                    disabled=move || desk.busy.get()
                    on:click=make
                >
                    {Icon::Plus.draw()}
                    {s.t(texts::MAKE_INVITE)}
                </button>
            </div>
        </div>
    }
}

/// A fresh invite, until the person is done with it.
fn shown(desk: Desk, fresh: RwSignal<Option<FreshInvite>>, invite: &FreshInvite) -> View {
    let s = desk.s;
    let link = invite.link.clone();
    let until = texts::until(s.lang, &moment(s, invite.expires_ms));
    let say = move |done: Result<Shared, files::NotCopied>| match done {
        Ok(Shared::PassedOn | Shared::Cancelled) => {}
        Ok(Shared::Copied) => s.toasts.say(s.t(texts::COPIED).to_owned(), None),
        Err(_) => s.toasts.warn(s.t(texts::NOT_COPIED).to_owned()),
    };
    let copied = link.clone();
    let copy = move |_| {
        let link = copied.clone();
        leptos::task::spawn_local(async move {
            say(files::copy(&link).await.map(|()| Shared::Copied));
        });
    };
    let sent = link.clone();
    let send = move |_| {
        let link = sent.clone();
        leptos::task::spawn_local(async move {
            say(files::share(s.t(texts::JOIN), &link).await);
        });
    };
    view! {
        <div class="form">
            <p>{s.t(texts::INVITE_TEXT)}</p>
            {qr_code(&link, s.t(texts::CODE))}
            <div class="field">
                <label for="invite-link">{s.t(texts::LINK)}</label>
                <textarea id="invite-link" class="secret" readonly rows="3" prop:value=link.to_string()></textarea>
                <p class="help">{until}</p>
            </div>
            <div class="actions">
                <button class="btn" data-kind="primary" type="button" on:click=copy>
                    {Icon::Link.draw()}
                    {s.t(texts::COPY_LINK)}
                </button>
                <button class="btn" type="button" on:click=send>
                    {Icon::Export.draw()}
                    {s.t(texts::SHARE_LINK)}
                </button>
                <button class="btn" type="button" on:click=move |_| {
                    fresh.set(None);
                    desk.read_again();
                }>
                    {Icon::Check.draw()}
                    {s.t(texts::DONE)}
                </button>
            </div>
        </div>
    }
}

fn row(desk: Desk, invite: OpenInvite) -> View {
    let s = desk.s;
    let role = texts::ROLES
        .get(role_place(invite.role))
        .map_or("", |words| s.t(*words));
    let title = if invite.recovers {
        s.t(texts::ON_SHEET)
    } else {
        role
    };
    let mut row = RecordRow::new(title);
    row.lead = Some(Icon::Link.draw());
    row.sub = texts::until(s.lang, &moment(s, invite.expires_ms)).into_view();
    row.end = Some(badge(Tone::Info, role));
    row.acts = vec![
        MenuItem::new(Icon::Undo, s.t(texts::CANCEL_INVITE), move || {
            let id = invite.id.clone();
            let cancel = async move { s.team.cancel_invite(&id).await };
            desk.order(cancel, texts::CANCELLED);
        })
        .danger(),
    ];
    row.view()
}
