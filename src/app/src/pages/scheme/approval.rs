//! Approving a draft: who approves it, and why it cannot be yet.

use super::Here;
use crate::components::marks::Tone;
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::note;
use crate::locales::{incentive as texts, shell};
use crate::state::commit::Act;
use tongxing_domain::incentives::{ApprovalFault, approve};
use tongxing_domain::quantity::Unit;
use tongxing_view::prelude::*;

/// Asks who approves the draft, and puts it in force.
pub(super) fn ask(here: &Here) {
    let here = here.clone();
    let sheets = here.sheets;
    sheets.show(move || {
        let s = here.s;
        let last = here.version.as_ref().map(|version| version.approved_by.clone());
        let closing = RwSignal::new(false);
        let name = RwSignal::new(last.unwrap_or_else(|| s.session.member.get_untracked()));
        let fault = RwSignal::new(None::<String>);
        let scheme = here.scheme.clone();
        let submit = Callback::new(move |()| {
            let written = s.store.peek(|book| approve(book, &scheme, &name.get_untracked(), s.today));
            match written {
                Ok(writes) => {
                    s.store.act(Act::of(writes), s.t(texts::APPROVED).to_owned());
                    closing.set(true);
                }
                Err(ApprovalFault::Terms(why)) => fault.set(Some(why.text(Unit::Yuan, s.lang))),
                Err(why) => fault.set(Some(s.t(why.words()).to_owned())),
            }
        });
        let body = view! {
            <div class="field">
                <label for="approved-by">{s.t(texts::APPROVER)}</label>
                <input
                    id="approved-by"
                    type="text"
                    autocomplete="off"
                    prop:value=move || name.get()
                    on:input=move |event| {
                        fault.set(None);
                        name.set(event_target_value(&event));
                    }
                />
            </div>
            <p class="help">{s.t(texts::APPROVE_TEXT)}</p>
            {move || fault.get().map(|why| note(Tone::Risk, why, None))}
        };
        let foot = view! {
            <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
            <button class="btn" data-kind="primary" type="submit">{s.t(texts::APPROVE)}</button>
        };
        overlay(
            Overlay::Dialog,
            texts::of(s.lang, texts::APPROVE, &here.scheme.name),
            closing,
            Callback::new(move |()| sheets.closed()),
            submit,
            body.into_view(),
            foot.into_view(),
        )
    });
}
