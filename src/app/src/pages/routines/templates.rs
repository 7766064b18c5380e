//! Texts to begin with, by what they are for.

use super::Here;
use crate::components::icon::Icon;
use crate::components::menu::MenuItem;
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{form, routines as texts, shell};
use crate::state::commit::Act;
use std::sync::Arc;
use tongxing_domain::schema::{AnyRecord as _, Record as _, bin};
use tongxing_domain::tables::{Template, TemplateKind};
use tongxing_view::prelude::*;

/// The section.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    let templates = Memo::new(move |_| -> Vec<Arc<Template>> {
        s.store.read(|book| {
            let mut templates: Vec<_> = book.templates.iter().cloned().collect();
            templates.sort_by(|a, b| (a.kind, &a.name, a.id).cmp(&(b.kind, &b.name, b.id)));
            templates
        })
    });
    let add = view! {
        <button
            class="section-more btn"
            data-kind="quiet"
            type="button"
            on:click=move |_| {
                let template = Template {
                    kind: Some(TemplateKind::Plan),
                    ..Template::with_id(s.store.fresh())
                };
                here.form(Box::new(template), true);
            }
        >
            {Icon::Plus.draw()}
            {s.t(texts::NEW_TEMPLATE)}
        </button>
    };
    let content = move || {
        let templates = templates.get();
        if templates.is_empty() {
            return view! { <p class="help">{s.t(texts::NO_TEMPLATES)}</p> };
        }
        rows(
            templates
                .iter()
                .map(|template| row(here, template))
                .collect(),
        )
    };
    section(s.t(texts::TEMPLATES), None, Some(add), content)
}

fn row(here: Here, template: &Arc<Template>) -> View {
    let s = here.s;
    let icon = match template.kind {
        Some(TemplateKind::Plan) => Icon::Plan,
        Some(TemplateKind::Message) => Icon::Message,
        _ => Icon::List,
    };
    let kind = template.kind.map(|kind| s.t(kind.words()));
    let first = template.text.lines().next().unwrap_or_default();
    let sub = [kind, Some(first)];
    let (edited, again) = (Arc::clone(template), Arc::clone(template));
    let id = template.id;
    let label = s.t(Template::TABLE.label);
    RecordRow {
        lead: Some(icon.draw()),
        sub: sub
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
            .into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.form(edited.copied(), false))),
        acts: vec![
            MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
                here.form(again.copied(), false);
            }),
            MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
                s.store
                    .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
            })
            .danger(),
        ],
        ..RecordRow::new(template.name.as_str())
    }
    .view()
}
