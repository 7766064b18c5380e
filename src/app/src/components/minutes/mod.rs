//! The minutes: one line for each paragraph, and what a line can become.

mod doc;
mod line;

pub use doc::{Caret, LineLink, MinutesDoc, MinutesLine};

use super::icon::Icon;
use crate::locales::meeting;
use crate::state::scene::scene;
use tongxing_domain::value::Link;
use tongxing_view::prelude::*;

/// Something that a line can become.
#[derive(Clone, Copy)]
pub struct LineChoice {
    /// Its icon.
    pub icon: Icon,
    /// What it is called.
    pub name: &'static str,
    /// Turns the line with this key into it.
    pub act: Callback<u32>,
}

/// The record that was made of a line, as the line shows it.
#[derive(Clone, PartialEq)]
pub struct LineRecord {
    /// The value of `data-kind`.
    pub kind: &'static str,
    /// Its icon.
    pub icon: Icon,
    /// What it is, who does it, by when.
    pub text: String,
}

/// An editor of minutes.
#[derive(Clone, Copy)]
pub struct MinutesEditor {
    /// What is written.
    pub doc: RwSignal<MinutesDoc>,
    /// Where the caret goes next.
    pub caret: RwSignal<Option<Caret>>,
    /// Called after every change.
    pub changed: Callback<()>,
    /// What a line can become.
    pub choices: StoredValue<Vec<LineChoice>>,
    /// How the record made of a line is shown; `None` when it is gone.
    pub record: Callback<Link, Option<LineRecord>>,
    /// Opens the record made of a line.
    pub open: Callback<Link>,
}

/// The lines, ready to be written in.
pub fn minutes(editor: MinutesEditor) -> View {
    let s = scene();
    let keys = Memo::new(move |_| {
        editor
            .doc
            .with(|doc| doc.lines().iter().map(|line| line.key).collect::<Vec<_>>())
    });
    // Only the line that is written in draws its choices.
    let active = RwSignal::new(None);
    view! {
        <ol
            class="minutes"
            aria-label=s.t(meeting::MINUTES)
            on:click=move |event| {
                // A tap on the empty part of the page goes on writing at the end.
                if event.target() == event.current_target() {
                    editor.caret.set(Some(editor.doc.with_untracked(MinutesDoc::end)));
                }
            }
        >
            <For each=move || keys.get() key=|key| *key let:key>
                {line::line(s, editor, active, key)}
            </For>
        </ol>
    }
}
