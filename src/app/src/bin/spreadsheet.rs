//! The worker that opens files to import: a module of its own, loaded when the first file is picked, so
//! that reading workbooks neither weighs on the first visit nor blocks the page.
//!
//! It says `true` when it is ready, takes one message with a file's bytes as an `ArrayBuffer`, and
//! answers with one `ArrayBuffer`: the parcel of `tongxing_domain::import::parcel`. The page ends it then;
//! see `platform/spreadsheet.rs`.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use tongxing_app::platform::text_decoder::gb18030;
use tongxing_domain::import::{open, parcel};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(file) = event.data().dyn_into::<ArrayBuffer>() {
            let bytes = Uint8Array::new(&file).to_vec();
            let answer =
                Uint8Array::from(parcel::pack(&open(&bytes, &gb18030)).as_slice()).buffer();
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
