//! Which plan a line's step goes into.

use super::{Visit, run};
use crate::components::icon::Icon;
use crate::components::overlay::{Overlay, overlay};
use crate::locales::{form, meeting as texts, shell};
use crate::state::commit::Act;
use tongxing_domain::id::Id;
use tongxing_domain::schema::{Record, changes};
use tongxing_domain::tables::Plan;
use tongxing_domain::text::{Lines, clean};
use tongxing_domain::visit::LineInto;
use tongxing_view::prelude::*;

/// Turns a line into a step: at once where the dealer has one plan, else after asking.
pub(super) fn ask(visit: Visit, key: u32) {
    let mut plans: Vec<(Id<Plan>, String)> = visit.s.store.peek(|book| {
        book.plans
            .of(visit.dealer)
            .map(|plan| (plan.id, plan.title.clone()))
            .collect()
    });
    plans.sort_by_key(|(id, _)| *id);
    match plans.as_slice() {
        [(only, _)] => run::turn(visit, key, LineInto::Step(*only)),
        _ => visit.sheets.show(move || dialog(visit, key, &plans)),
    }
}

fn dialog(visit: Visit, key: u32, plans: &[(Id<Plan>, String)]) -> View {
    let s = visit.s;
    let closing = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let choose = move |plan| {
        run::turn(visit, key, LineInto::Step(plan));
        closing.set(true);
    };
    let begin = Callback::new(move |()| {
        let title = clean(&name.get_untracked(), Lines::One);
        if title.is_empty() {
            return;
        }
        let plan = Plan {
            dealer: visit.dealer,
            title,
            ..Plan::with_id(s.store.fresh())
        };
        s.store.act(
            Act::of(changes(None, &plan)),
            form::added(s.lang, s.t(Plan::TABLE.label)),
        );
        choose(plan.id);
    });
    let id = crate::components::explain::unique_id("plan");
    let body = view! {
        <ul class="rows">
            {plans
                .iter()
                .map(|(plan, title)| {
                    let plan = *plan;
                    view! {
                        <li class="row">
                            <button class="row-main" type="button" on:click=move |_| choose(plan)>
                                <span class="row-title" dir="auto">{title.clone()}</span>
                            </button>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        <div class="field">
            <label for=id.clone()>{s.t(texts::NEW_PLAN)}</label>
            <input
                id=id
                type="text"
                dir="auto"
                maxlength="200"
                autocomplete="off"
                prop:value=move || name.get()
                on:input=move |event| name.set(event_target_value(&event))
            />
        </div>
    };
    let foot = view! {
        <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
        <button
            class="btn"
            data-kind="primary"
            type="submit"
            disabled=move || name.with(|name| name.trim().is_empty())
        >
            {Icon::Plus.draw()}
            {s.t(texts::NEW_PLAN)}
        </button>
    };
    overlay(
        Overlay::Dialog,
        s.t(texts::CHOOSE_PLAN).to_owned(),
        closing,
        Callback::new(move |()| visit.sheets.closed()),
        begin,
        body.into_view(),
        foot.into_view(),
    )
}
