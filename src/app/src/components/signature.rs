//! A signature: drawn with a pen, a finger or a mouse, and shown again.

use super::icon::Icon;
use crate::locales::goal as texts;
use crate::state::scene::scene;
use leptos::ev::PointerEvent;
use leptos::wasm_bindgen::JsCast as _;
use tongxing_domain::goals::{SHEET, Signature};
use tongxing_view::prelude::*;
use web_sys::Element;

/// A sheet to sign on. It takes one pointer at a time, so that a hand that rests on the screen draws
/// nothing.
pub fn signature_pad(drawn: RwSignal<Signature>) -> View {
    let s = scene();
    let pen = RwSignal::new(None::<i32>);
    let put_down = move |event: PointerEvent| {
        if pen.get_untracked().is_some() || event.button() != 0 {
            return;
        }
        let Some((sheet, (x, y))) = place_of(&event) else {
            return;
        };
        event.prevent_default();
        // Fails only for a pointer that has been lifted already.
        let _ = sheet.set_pointer_capture(event.pointer_id());
        pen.set(Some(event.pointer_id()));
        drawn.update(|drawn| drawn.put_down(x, y));
    };
    let move_on = move |event: PointerEvent| {
        if pen.get_untracked() == Some(event.pointer_id())
            && let Some((_, (x, y))) = place_of(&event)
        {
            drawn.update(|drawn| drawn.move_to(x, y));
        }
    };
    let lift = move |event: PointerEvent| {
        if pen.get_untracked() == Some(event.pointer_id()) {
            pen.set(None);
        }
    };
    let state = move || {
        s.t(if drawn.with(Signature::is_drawn) {
            texts::SIGNED
        } else {
            texts::SIGN_HERE
        })
    };
    view! {
        <div class="signature" data-empty=move || drawn.with(Signature::is_empty).then_some("")>
            <svg
                viewBox=sheet()
                role="img"
                aria-label=state
                on:pointerdown=put_down
                on:pointermove=move_on
                on:pointerup=lift
                on:pointercancel=lift
            >
                <path class="signature-line" d="M60 290L940 290"></path>
                <path class="ink" d=move || drawn.with(Signature::path)></path>
            </svg>
            <div class="signature-foot">
                <p class="help">{s.t(texts::SIGN_HINT)}</p>
                <button
                    class="btn"
                    type="button"
                    disabled=move || drawn.with(Signature::is_empty)
                    on:click=move |_| drawn.set(Signature::default())
                >
                    {Icon::Undo.draw()}
                    {s.t(texts::CLEAR_SIGNATURE)}
                </button>
            </div>
        </div>
    }
}

/// The sheet, and where on it the pointer is.
fn place_of(event: &PointerEvent) -> Option<(Element, (f64, f64))> {
    let sheet: Element = event.current_target()?.dyn_into().ok()?;
    let area = sheet.get_bounding_client_rect();
    let along = |at: i32, from: f64, length: f64, units: u16| {
        (length > 0.0).then(|| (f64::from(at) - from) / length * f64::from(units))
    };
    let x = along(event.client_x(), area.left(), area.width(), SHEET.0)?;
    let y = along(event.client_y(), area.top(), area.height(), SHEET.1)?;
    Some((sheet, (x, y)))
}

fn sheet() -> String {
    format!("0 0 {} {}", SHEET.0, SHEET.1)
}

/// The signature that is kept under an id; says so where this device does not have its drawing.
pub fn kept_signature(id: String, by: &str) -> View {
    let s = scene();
    let label = texts::signature_of(s.lang, by);
    let found = RwSignal::new(None::<Option<Signature>>);
    // It may come from the team a moment later.
    Effect::new(move |_| {
        s.store.blobs_come();
        if found.with_untracked(|found| matches!(found, Some(Some(_)))) {
            return;
        }
        let id = id.clone();
        leptos::task::spawn_local(async move {
            // A disk that does not answer shows as a drawing that is not here; the terms still are.
            let drawing = s.store.signature(&id).await.ok().flatten();
            found.try_set(Some(drawing));
        });
    });
    (move || match found.get() {
        None => ().into_view(),
        Some(None) => view! { <p class="help">{s.t(texts::DRAWING_ELSEWHERE)}</p> },
        Some(Some(drawing)) => view! {
            <svg class="signed" viewBox=sheet() role="img" aria-label=label.clone()>
                <path class="ink" d=drawing.path()></path>
            </svg>
        },
    })
    .into_view()
}
