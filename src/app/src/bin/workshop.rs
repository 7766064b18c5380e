//! The worker for rare and heavy work: opening files to import, making files to take away, and making
//! the demo book. A module of its own, loaded when it is first needed, so that it neither weighs on the
//! first visit nor blocks the page.
//!
//! It says `true` when it is ready and takes one message: a file's bytes as an `ArrayBuffer`, answered
//! with the parcel of `tongxing_domain::import::parcel`; an errand of
//! `tongxing_domain::exchange::errand` as a `Uint8Array`, answered with what came of it; or a day as text, answered with the demo book of
//! that day in the parcel of `tongxing_domain::schema::parcel`. The page ends it then; see
//! `platform/workshop.rs`.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use tongxing_app::platform::text_decoder::gb18030;
use tongxing_domain::date::parse_date;
use tongxing_domain::exchange::errand;
use tongxing_domain::schema::parcel;
use tongxing_domain::{demo, import};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The same demo book on every tablet.
const SEED: u64 = 20_260_101;

fn main() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(answer) = answer(&event.data()) {
            let answer = Uint8Array::from(answer.as_slice()).buffer();
            // Handed over, not copied. It fails only for what cannot be handed over, and a buffer can.
            let _ = answering.post_message_with_transfer(&answer, &Array::of1(&answer));
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker lives until the page ends it.
    on_message.forget();
    // Told only now: what is posted earlier would find nobody listening.
    let _ = scope.post_message(&JsValue::TRUE);
}

/// The answer to a message; `None` for what is none of the page's.
fn answer(asked: &JsValue) -> Option<Vec<u8>> {
    if let Some(file) = asked.dyn_ref::<ArrayBuffer>() {
        let bytes = Uint8Array::new(file).to_vec();
        return Some(import::parcel::pack(&import::open(&bytes, &gb18030)));
    }
    if let Some(errand) = asked.dyn_ref::<Uint8Array>() {
        // Without an answer the page would wait for ever; an empty one says that it broke.
        return Some(errand::run(&errand.to_vec()).unwrap_or_default());
    }
    let today = parse_date(&asked.as_string()?)?;
    Some(parcel::pack(&demo::book(today, SEED)))
}
