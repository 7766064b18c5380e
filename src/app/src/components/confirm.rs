//! Asks before something that cannot be taken back.

use super::overlay::{Overlay, overlay};
use super::sheets::Sheets;
use crate::locales::shell;
use crate::state::scene::scene;
use tongxing_view::prelude::*;

/// Asks; `act` is called once the person agrees.
pub fn confirm(
    sheets: Sheets,
    question: String,
    text: &'static str,
    agree: &'static str,
    act: impl Fn() + Send + Sync + 'static,
) {
    let act = Callback::new(move |()| act());
    sheets.show(move || {
        let s = scene();
        let closing = RwSignal::new(false);
        let submit = Callback::new(move |()| {
            closing.set(true);
            act.run(());
        });
        let foot = view! {
            <button class="btn" type="button" on:click=move |_| closing.set(true)>
                {s.t(shell::CANCEL)}
            </button>
            <button class="btn" data-kind="danger" type="submit">{agree}</button>
        };
        overlay(
            Overlay::Dialog,
            question.clone(),
            closing,
            Callback::new(move |()| sheets.closed()),
            submit,
            view! { <p>{text}</p> },
            foot,
        )
    });
}
