//! Open work of people who are not in the team, and to whom it goes.

use super::Desk;
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, rows};
use crate::locales::team as texts;
use crate::state::commit::Act;
use crate::state::team::Roster;
use std::sync::Arc;
use tongxing_domain::handover::{OpenWork, hand_over, left_behind};
use tongxing_view::prelude::*;

/// The section; nothing while everything is in hands.
pub(super) fn view(desk: Desk) -> View {
    let s = desk.s;
    (move || {
        let roster = desk.roster.get()?;
        let members: Arc<[String]> = present(&roster).into();
        let names: Vec<&str> = members.iter().map(String::as_str).collect();
        let work = s.store.read(|book| left_behind(book, &names));
        (!work.is_empty()).then(|| {
            let count = work.iter().map(|it| it.records.len()).sum();
            let lines = work.into_iter().map(|it| row(desk, it, &members));
            let content = view! {
                <p class="help">{s.t(texts::LEFT_BEHIND_TEXT)}</p>
                {rows(lines.collect())}
            };
            section(s.t(texts::LEFT_BEHIND), Some(count), None, content)
        })
    })
    .into_view()
}

/// The names of those who are in the team now.
fn present(roster: &Roster) -> Vec<String> {
    let members = roster.members.iter();
    let present = members.filter(|it| it.left_ms.is_none() && !it.name.is_empty());
    present.map(|it| it.name.clone()).collect()
}

fn row(desk: Desk, work: OpenWork, members: &[String]) -> View {
    let s = desk.s;
    let OpenWork { owner, records } = work;
    let id = unique_id("heir");
    let label = texts::hand_over(s.lang, &owner);
    let mut row = RecordRow::new(owner.clone());
    row.lead = Some(Icon::User.draw());
    row.sub = texts::open_work(s.lang, records.len()).into_view();
    let options = members
        .iter()
        .map(|name| view! { <option value=name.clone()>{name.clone()}</option> })
        .collect_view();
    let choose = move |event| {
        let heir = event_target_value(&event);
        if heir.is_empty() {
            return;
        }
        let changes = s.store.peek(|book| hand_over(book, &owner, &heir));
        let said = texts::handed_over(s.lang, &owner, &heir);
        s.store.act(Act::of(changes), said);
    };
    row.end = Some(
        view! {
            <label class="sr" for=id.clone()>{label}</label>
            <select id=id on:change=choose>
                <option value="">{s.t(texts::HAND_OVER)}</option>
                {options}
            </select>
        }
        .into_view(),
    );
    row.view()
}
