//! What is also read on paper: a running head is printed on every page.

use leptos::ev::MouseEvent;
use tongxing_view::prelude::*;

/// A document. On paper `running` stands at the head of every page; on the screen it is not drawn.
pub fn paper(running: String, content: impl IntoView) -> View {
    view! {
        <table class="paper" role="presentation">
            <thead>
                <tr>
                    <td class="paper-head">{running}</td>
                </tr>
            </thead>
            <tbody>
                <tr>
                    <td>{content.into_view()}</td>
                </tr>
            </tbody>
        </table>
    }
}

/// Opens the browser's print dialog.
pub fn print(_: MouseEvent) {
    // A browser without printing shows nothing; there is nothing to undo.
    let _ = window().print();
}
