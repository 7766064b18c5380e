//! Who is in the team, and what owners can change about it.

use super::Desk;
use crate::components::confirm::confirm;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, dotted};
use crate::components::menu::MenuItem;
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, rows};
use crate::components::sync_words::moment;
use crate::locales::team as texts;
use crate::state::team::{Role, TeamMember};
use tongxing_view::prelude::*;

/// The section.
pub(super) fn view(desk: Desk) -> View {
    let s = desk.s;
    (move || {
        let Some(roster) = desk.roster.get() else {
            return section(s.t(texts::MEMBERS), None, None, desk.no_list());
        };
        let owner = roster.role == Role::Owner;
        let present = roster
            .members
            .iter()
            .filter(|member| member.left_ms.is_none());
        let count = present.count();
        let lines = roster
            .members
            .into_iter()
            .map(|member| row(desk, member, owner));
        section(
            s.t(texts::MEMBERS),
            Some(count),
            None,
            rows(lines.collect()),
        )
    })
    .into_view()
}

fn row(desk: Desk, member: TeamMember, owner: bool) -> View {
    let s = desk.s;
    let name = match member.name.as_str() {
        "" => s.t(texts::NAMELESS).to_owned(),
        name => name.to_owned(),
    };
    let place = role_place(member.role);
    let role = texts::ROLES.get(place).map_or("", |words| s.t(*words));
    let about = texts::ROLES_TEXT.get(place).map_or("", |words| s.t(*words));
    let since = texts::since(s.lang, &moment(s, member.joined_ms));
    let mut row = RecordRow::new(name.clone());
    row.lead = Some(Icon::User.draw());
    let me = member.is_me.then(|| s.t(texts::ME).to_owned());
    row.sub = dotted(
        [me, Some(about.to_owned()), Some(since)]
            .into_iter()
            .flatten()
            .collect(),
    );
    if member.left_ms.is_some() {
        row.end = Some(badge(Tone::None, s.t(texts::GONE)));
        return row.view();
    }
    row.end = Some(badge(Tone::Info, role));
    if owner {
        row.acts = acts(desk, &member, name);
    }
    row.view()
}

/// The place of a role in the lists of texts.
pub(super) fn role_place(role: Role) -> usize {
    Role::ALL
        .iter()
        .position(|other| *other == role)
        .unwrap_or(0)
}

fn acts(desk: Desk, member: &TeamMember, name: String) -> Vec<MenuItem> {
    let s = desk.s;
    let others = Role::ALL.into_iter().zip(texts::MAKE_ROLE);
    let mut acts: Vec<_> = others
        .filter(|(role, _)| *role != member.role)
        .map(|(role, words)| {
            let id = member.id.clone();
            MenuItem::new(Icon::Edit, s.t(words), move || {
                let id = id.clone();
                let change = async move { s.team.set_role(&id, role).await };
                desk.order(change, texts::ROLE_CHANGED);
            })
        })
        .collect();
    if !member.is_me {
        let id = member.id.clone();
        let revoke = move || {
            let id = id.clone();
            confirm(
                desk.sheets,
                texts::revoke_whom(s.lang, &name),
                s.t(texts::REVOKE_TEXT),
                s.t(texts::REVOKE),
                move || {
                    let id = id.clone();
                    let revoked = async move { s.team.revoke(&id).await };
                    desk.order(revoked, texts::REVOKED);
                },
            );
        };
        acts.push(MenuItem::new(Icon::Close, s.t(texts::REVOKE), revoke).danger());
    }
    acts
}
