//! Sheets and dialogs over the page.

use super::explain::unique_id;
use super::icon::Icon;
use crate::locales::shell;
use crate::state::scene::{Scene, scene};
use leptos::html::Dialog;
use tongxing_view::prelude::*;

/// Which form an overlay takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// From the side; the whole screen on a phone.
    Sheet,
    /// In the middle.
    Dialog,
}

/// An open overlay. It closes by its button, by Escape, or when `closing` becomes true; each way
/// calls `on_close` once, and the focus returns to where it was. `foot` holds the buttons; a submit
/// button or Enter in a field calls `on_submit`.
pub fn overlay(
    form: Overlay,
    title: String,
    closing: RwSignal<bool>,
    on_close: Callback<()>,
    on_submit: Callback<()>,
    body: View,
    foot: View,
) -> View {
    let s = scene();
    let dialog = NodeRef::<Dialog>::new();
    let id = unique_id("overlay");
    let heading = id.clone();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            // Fails only when the element left the page in the meantime.
            let _ = dialog.show_modal();
            focus_first(&dialog);
        }
    });
    Effect::new(move |_| {
        if closing.get()
            && let Some(dialog) = dialog.get_untracked()
        {
            dialog.close();
        }
    });
    let class = match form {
        Overlay::Sheet => "sheet",
        Overlay::Dialog => "dialog",
    };
    view! {
        <dialog class=class node_ref=dialog aria-labelledby=heading on:close=move |_| on_close.run(())>
            <form
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    on_submit.run(());
                }
            >
                <header class="sheet-head">
                    <h2 id=id>{title}</h2>
                    <button class="icon-btn" type="button" aria-label=s.t(shell::CLOSE) on:click=move |_| closing.set(true)>
                        {Icon::Close.draw()}
                    </button>
                </header>
                <div class="sheet-body form">{body}</div>
                <footer class="sheet-foot">{foot}</footer>
            </form>
        </dialog>
    }
}

/// The frame of what waits for a part that draws an overlay.
pub fn overlay_frame(form: Overlay, on_close: Callback<()>) -> impl Fn(Scene, View) -> View {
    move |s, notice| {
        overlay(
            form,
            s.t(shell::PART_COMING).to_owned(),
            RwSignal::new(false),
            on_close,
            Callback::new(|()| ()),
            notice,
            ().into_view(),
        )
    }
}

/// The focus goes to the first field, not to the button that closes.
fn focus_first(dialog: &web_sys::HtmlDialogElement) {
    use leptos::wasm_bindgen::JsCast as _;
    let first = ".sheet-body :is(input, select, textarea, button)";
    if let Ok(Some(first)) = dialog.query_selector(first)
        && let Some(first) = first.dyn_ref::<web_sys::HtmlElement>()
    {
        // Fails only when the element left the page in the meantime.
        let _ = first.focus();
    }
}
