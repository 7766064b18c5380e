//! A plan with its steps from a template.

use super::here::{Here, save_buttons};
use crate::components::overlay::{Overlay, overlay};
use crate::components::template_choice::{template_choice, templates_of};
use crate::locales::plans as texts;
use tongxing_domain::date::parse_date;
use tongxing_domain::schema::changes;
use tongxing_domain::tables::{Plan, TemplateKind};
use tongxing_domain::templates::{Blanks, plan_from};
use tongxing_view::prelude::*;

/// Asks which template and from when on.
pub(super) fn choose(here: Here) {
    here.sheets.show(move || draw(here));
}

fn draw(here: Here) -> View {
    let s = here.s;
    let closing = RwSignal::new(false);
    let templates = templates_of(s, TemplateKind::Plan);
    let chosen = RwSignal::new(templates.first().map(|template| template.id));
    let begins = RwSignal::new(s.today.to_string());
    let choice = template_choice(s, &templates, chosen);
    let body = if templates.is_empty() {
        choice
    } else {
        view! {
            {choice}
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
