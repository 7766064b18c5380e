//! The notices at the foot of the page.

use crate::components::icon::Icon;
use crate::locales::shell;
use crate::state::scene::scene;
use crate::state::toasts::Toast;
use tongxing_view::prelude::*;

/// The notices, announced politely.
pub(super) fn toasts() -> View {
    let s = scene();
    // What was said among colleagues a moment ago is not for the dealer's eyes.
    Effect::new(move |_| {
        if s.session.shared.get() {
            s.toasts.clear();
        }
    });
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || s.toasts.shown() key=|toast| toast.number let:toast>
                {notice(toast)}
            </For>
        </div>
    }
}

fn notice(toast: Toast) -> View {
    let s = scene();
    let Toast {
        number,
        text,
        undo,
        wrong,
    } = toast;
    let take_back = undo.map(|undo| {
        let undo = StoredValue::new(undo);
        view! {
            <button
                class="btn"
                data-kind="quiet"
                type="button"
                on:click=move |_| {
                    s.toasts.dismiss(number);
                    s.store.undo(undo.get_value());
                    s.toasts.say(s.t(shell::UNDONE).to_owned(), None);
                }
            >
                {s.t(shell::UNDO)}
            </button>
        }
    });
    view! {
        <div class="toast" data-tone=if wrong { "risk" } else { "good" }>
            {if wrong { Icon::Alert } else { Icon::Check }.draw()}
            <p>{text}</p>
            {take_back}
        </div>
    }
}
