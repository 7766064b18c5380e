//! One line of the minutes.

use super::{Caret, MinutesDoc, MinutesEditor, MinutesLine};
use crate::locales::meeting;
use crate::state::scene::Scene;
use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use tongxing_view::prelude::*;
use web_sys::HtmlTextAreaElement;

/// Taller than this, in CSS pixels, a line wraps, and up and down move within it first.
const ONE_ROW: i32 = 60;

pub(super) fn line(
    s: Scene,
    editor: MinutesEditor,
    active: RwSignal<Option<u32>>,
    key: u32,
) -> View {
    let MinutesEditor {
        doc,
        caret,
        changed,
        choices,
        record,
        open,
    } = editor;
    let area = NodeRef::<Textarea>::new();
    let of_line = move |read: fn(&MinutesLine) -> String| {
        doc.with(|doc| doc.line(key).map(read)).unwrap_or_default()
    };
    let text = Memo::new(move |_| of_line(|line| line.text.clone()));
    let place = Memo::new(move |_| doc.with(|doc| doc.place(key)).map_or(1, |place| place + 1));
    let link = Memo::new(move |_| doc.with(|doc| doc.line(key)?.link.as_ref().map(|link| link.to)));
    let shown = Memo::new(move |_| record.run(link.get()?));
    Effect::new(move |_| {
        if let Some(to) = caret.get().filter(|caret| caret.key == key)
            && let Some(area) = area.get()
        {
            // A box that still gets its text afterwards would put the caret at its end.
            let now = text.get_untracked();
            if area.value() != now {
                area.set_value(&now);
            }
            // Both fail only when the line left the page in the meantime.
            let _ = area.focus();
            let _ = area.set_selection_range(to.at, to.at);
            caret.set(None);
        }
    });
    let typed = move |event: web_sys::Event| {
        let area: HtmlTextAreaElement = event_target(&event);
        let text = area.value();
        let at = area.selection_end().ok().flatten().unwrap_or(u32::MAX);
        let goes = change(doc, |doc| doc.write(key, &text, at));
        if let Some(goes) = goes {
            // The box still holds all the lines that were pasted into it.
            let kept = doc.with_untracked(|doc| doc.line(key).map(|line| line.text.clone()));
            area.set_value(&kept.unwrap_or_default());
            caret.set(Some(goes));
        }
        changed.run(());
    };
    let pressed = move |event: KeyboardEvent| {
        // Enter that ends a composition chooses a word and breaks no line.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        if let Some(goes) = key_press(doc, key, &event) {
            event.prevent_default();
            caret.set(Some(goes.caret));
            if goes.changed {
                changed.run(());
            }
        }
    };
    view! {
        <li
            class="line"
            data-kind=move || shown.with(|shown| shown.as_ref().map(|record| record.kind))
            on:focusin=move |_| active.set(Some(key))
        >
            <span class="line-mark">
                {move || shown.with(|shown| shown.as_ref().map(|record| record.icon.draw()))}
            </span>
            <div class="grow" data-text=move || text.get()>
                <textarea
                    node_ref=area
                    rows="1"
                    dir="auto"
                    enterkeyhint="enter"
                    aria-label=move || meeting::line_number(s.lang, place.get())
                    prop:value=move || text.get()
                    on:input=typed
                    on:keydown=pressed
                ></textarea>
            </div>
            {move || {
                let record = shown.get()?;
                Some(
                    view! {
                        <p class="line-link">
                            <button
                                type="button"
                                on:click=move |_| {
                                    if let Some(link) = link.get_untracked() {
                                        open.run(link);
                                    }
                                }
                            >
                                {record.text}
                            </button>
                        </p>
                    },
                )
            }}
            {move || {
                let offered = active.get() == Some(key) && link.get().is_none()
                    && text.with(|text| !text.trim().is_empty());
                offered.then(|| {
                    view! {
                        <div class="line-actions" role="group" aria-label=s.t(meeting::TURN_LINE)>
                            {choices.with_value(|choices| {
                                choices
                                    .iter()
                                    .map(|choice| {
                                        let act = choice.act;
                                        view! {
                                            <button
                                                class="chip"
                                                type="button"
                                                // The caret and the keyboard on the screen stay where they are.
                                                on:mousedown=move |event| event.prevent_default()
                                                on:click=move |_| act.run(key)
                                            >
                                                {choice.icon.draw()}
                                                {choice.name}
                                            </button>
                                        }
                                    })
                                    .collect_view()
                            })}
                        </div>
                    }
                })
            }}
        </li>
    }
}

fn change<R>(
    doc: RwSignal<MinutesDoc>,
    with: impl FnOnce(&mut MinutesDoc) -> Option<R>,
) -> Option<R> {
    let mut found = None;
    doc.update(|doc| found = with(doc));
    found
}

struct Goes {
    caret: Caret,
    changed: bool,
}

/// What a key does beyond typing; `None` leaves it to the browser.
fn key_press(doc: RwSignal<MinutesDoc>, key: u32, event: &KeyboardEvent) -> Option<Goes> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let area: HtmlTextAreaElement = event_target(event);
    let from = area.selection_start().ok().flatten()?;
    let to = area.selection_end().ok().flatten()?;
    let whole = area.text_length();
    let one_row = area.offset_height() < ONE_ROW;
    let written = |caret| Goes {
        caret,
        changed: true,
    };
    let moved = |caret| Goes {
        caret,
        changed: false,
    };
    match event.key().as_str() {
        "Enter" => change(doc, |doc| doc.break_line(key, from, to)).map(written),
        "Backspace" if (from, to) == (0, 0) => change(doc, |doc| doc.join_above(key)).map(written),
        "Delete" if from == to && from == whole => {
            change(doc, |doc| doc.join_below(key)).map(written)
        }
        "ArrowUp" if !event.shift_key() && (one_row || to == 0) => {
            doc.with_untracked(|doc| doc.above(key)).map(moved)
        }
        "ArrowDown" if !event.shift_key() && (one_row || from == whole) => {
            doc.with_untracked(|doc| doc.below(key)).map(moved)
        }
        _ => None,
    }
}
