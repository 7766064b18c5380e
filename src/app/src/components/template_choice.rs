//! A choice among templates of one kind.

use super::icon::Icon;
use super::pane::empty;
use crate::locales::plans as texts;
use crate::state::route::Route;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::id::Id;
use tongxing_domain::tables::{Template, TemplateKind};
use tongxing_view::prelude::*;

/// The templates of a kind, by name.
pub fn templates_of(s: Scene, kind: TemplateKind) -> Vec<Arc<Template>> {
    let mut templates: Vec<Arc<Template>> = s.store.peek(|book| {
        let templates = book.templates.iter();
        templates
            .filter(|template| template.kind == Some(kind))
            .cloned()
            .collect()
    });
    templates.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    templates
}

/// The choice; where there is no template, the way to write one.
pub fn template_choice(
    s: Scene,
    templates: &[Arc<Template>],
    chosen: RwSignal<Option<Id<Template>>>,
) -> View {
    if templates.is_empty() {
        return empty(
            Icon::Plan,
            s.t(texts::FROM_TEMPLATE),
            s.t(texts::NO_TEMPLATES),
            Some(
                view! { <a class="btn" href=Route::Routines.href()>{s.t(texts::TO_TEMPLATES)}</a> },
            ),
        );
    }
    let options = templates
        .iter()
        .map(|template| {
            let id = template.id;
            let first = template.text.lines().next().unwrap_or_default().to_owned();
            view! {
                <label class="offer">
                    <input
                        type="radio"
                        name="template"
                        prop:checked=move || chosen.get() == Some(id)
                        on:change=move |_| chosen.set(Some(id))
                    />
                    <span class="offer-main" dir="auto">{template.name.clone()}</span>
                    <span class="row-sub" dir="auto">{first}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{s.t(texts::WHICH)}</legend>
            <div class="offers">{options}</div>
        </fieldset>
    }
}
