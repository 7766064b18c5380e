//! The worker for rare and heavy work: opening files to import, making files to take away, sealing and
//! opening backups, and making the demo book. A module of its own, loaded when it is first needed, so that it neither weighs on the
//! first visit nor blocks the page.
//!
//! It says `true` when it is ready and takes one message: a file's bytes as an `ArrayBuffer`, answered
//! with the parcel of `tongxing_domain::import::parcel`; a day as text, answered with the demo book of
//! that day in the parcel of `tongxing_domain::schema::parcel`; or an array that begins with a word: an
//! errand of `tongxing_domain::exchange::errand` with the store's name, answered with what came of it,
//! or what `platform/backups.rs` asks for. The page ends it then; see `platform/workshop.rs`.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use tongxing_app::platform::text_decoder::gb18030;
use tongxing_app::platform::workshop::ERRAND;
use tongxing_app::platform::{backups, stored_book};
use tongxing_domain::date::parse_date;
use tongxing_domain::exchange::errand;
use tongxing_domain::schema::parcel;
use tongxing_domain::{demo, import};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The same demo book on every tablet.
const SEED: u64 = 20_260_101;

fn main() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(asked) = event.data().dyn_into::<Array>() {
            let answering = answering.clone();
            spawn_local(async move { hand_over(&answering, &answer_to(&asked).await) });
        } else if let Some(answer) = answer(&event.data()) {
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

/// Sends an answer. Its bytes are handed over, not copied; that fails only for what cannot be handed
/// over, and buffers can.
fn hand_over(scope: &DedicatedWorkerGlobalScope, answer: &JsValue) {
    let parts = match answer.dyn_ref::<Array>() {
        Some(parts) => parts.iter().collect(),
        None => vec![answer.clone()],
    };
    let parts = parts
        .into_iter()
        .filter_map(|part| part.dyn_into::<Uint8Array>().ok());
    let buffers: Array = parts.map(|bytes| bytes.buffer()).collect();
    let _ = scope.post_message_with_transfer(answer, &buffers);
}

/// The answer to an array.
async fn answer_to(asked: &Array) -> JsValue {
    if asked.get(0).as_string().as_deref() != Some(ERRAND) {
        return backups::answer(asked).await.into();
    }
    let store = asked.get(1).as_string().unwrap_or_default();
    let errand = Uint8Array::new(&asked.get(2)).to_vec();
    let done = match stored_book::read(&store).await {
        Ok(book) => errand::run(&errand, &book),
        Err(_) => None,
    };
    // Without an answer the page would wait for ever; an empty one says that it broke.
    Uint8Array::from(done.unwrap_or_default().as_slice()).into()
}

/// The answer to a message; `None` for what is none of the page's.
fn answer(asked: &JsValue) -> Option<Vec<u8>> {
    if let Some(file) = asked.dyn_ref::<ArrayBuffer>() {
        let bytes = Uint8Array::new(file).to_vec();
        return Some(import::parcel::pack(&import::open(&bytes, &gb18030)));
    }
    let today = parse_date(&asked.as_string()?)?;
    Some(parcel::pack(&demo::book(today, SEED)))
}
