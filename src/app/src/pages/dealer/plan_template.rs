//! A plan with its steps from a template.

use super::here::{Here, save_buttons};
use crate::components::icon::Icon;
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::empty;
use crate::locales::plans as texts;
use crate::state::route::Route;
use std::sync::Arc;
use tongxing_domain::date::parse_date;
use tongxing_domain::schema::changes;
use tongxing_domain::tables::{Plan, Template, TemplateKind};
use tongxing_domain::templates::{Blanks, plan_from};
use tongxing_view::prelude::*;

/// Asks which template and from when on.
pub(super) fn choose(here: Here) {
    here.sheets.show(move || draw(here));
}

fn draw(here: Here) -> View {
    let s = here.s;
    let closing = RwSignal::new(false);
    let mut templates: Vec<Arc<Template>> = s.store.peek(|book| {
        let templates = book.templates.iter();
        templates
            .filter(|template| template.kind == Some(TemplateKind::Plan))
            .cloned()
            .collect()
    });
    templates.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let chosen = RwSignal::new(templates.first().map(|template| template.id));
    let begins = RwSignal::new(s.today.to_string());
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
                    <span class="offer-main">{template.name.clone()}</span>
                    <span class="row-sub">{first}</span>
                </label>
            }
        })
        .collect_view();
    let body = if templates.is_empty() {
        empty(
            Icon::Plan,
            s.t(texts::FROM_TEMPLATE),
            s.t(texts::NO_TEMPLATES),
            Some(
                view! { <a class="btn" href=Route::Routines.href()>{s.t(texts::TO_TEMPLATES)}</a> },
            ),
        )
    } else {
        view! {
            <fieldset class="field">
                <legend>{s.t(texts::WHICH)}</legend>
                <div class="offers">{options}</div>
            </fieldset>
            <div class="field">
                <label for="plan-begins">{s.t(texts::BEGINS)}</label>
                <input
                    id="plan-begins"
                    type="date"
                    required
                    prop:value=move || begins.get()
                    on:input=move |event| begins.set(event_target_value(&event))
                />
            </div>
        }
    };
    let save = Callback::new(move |()| {
        let Some(start) = parse_date(&begins.get_untracked()) else {
            return;
        };
        let made = s.store.peek(|book| {
            let template = book.templates.get(chosen.get_untracked()?)?;
            let blanks = Blanks::of(book, here.id, None);
            let mut fresh = || s.store.fresh::<Plan>().uuid();
            Some(plan_from(
                template, here.id, start, &blanks, s.lang, &mut fresh,
            ))
        });
        let Some((plan, steps)) = made else { return };
        let mut writes = changes(None, &plan);
        writes.extend(steps.iter().flat_map(|step| changes(None, step)));
        here.write(writes, texts::made(s.lang, &plan.title, steps.len()));
        closing.set(true);
    });
    let ready = move || chosen.get().is_some() && parse_date(&begins.get()).is_some();
    overlay(
        Overlay::Dialog,
        s.t(texts::FROM_TEMPLATE).to_owned(),
        closing,
        Callback::new(move |()| here.sheets.closed()),
        save,
        body,
        save_buttons(s, closing, ready),
    )
}
