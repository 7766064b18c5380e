//! Work for later.

use tongxing_app::platform::idle::{Debounce, after, breathe, pause, when_idle};
use wasm_bindgen_test::wasm_bindgen_test;

use super::browser::{Heard, Log, replace, until};

#[wasm_bindgen_test]
async fn idle_work_is_done_once_also_where_the_browser_knows_no_idling() {
    for missing in [false, true] {
        let _without = missing.then(|| {
            replace(
                "globalThis",
                "requestIdleCallback",
                "{ value: undefined }",
                &Log::default(),
            )
        });
        let heard = Heard::new();
        let told = heard.clone();
        when_idle(move || told.add(()));
        assert!(heard.all().is_empty());
        until(|| !heard.all().is_empty()).await;
        breathe().await;
        assert_eq!(heard.all().len(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_delay_that_is_dropped_does_nothing() {
    let heard = Heard::new();
    let (kept, dropped) = (heard.clone(), heard.clone());
    drop(after(1, move || dropped.add("dropped")));
    let _kept = after(2, move || kept.add("kept"));
    until(|| !heard.all().is_empty()).await;
    assert_eq!(heard.all(), ["kept"]);
}

#[wasm_bindgen_test]
async fn only_the_last_call_before_a_pause_is_done() {
    let heard = Heard::new();
    let debounce = Debounce::new(5);
    let call = |what: &'static str| {
        let heard = heard.clone();
        debounce.call(move || heard.add(what));
    };
    call("a");
    call("ab");
    until(|| !heard.all().is_empty()).await;
    assert_eq!(heard.all(), ["ab"]);

    call("flushed");
    debounce.flush();
    debounce.flush();
    assert_eq!(heard.all(), ["ab", "flushed"]);

    call("cancelled");
    debounce.cancel();
    call("dropped");
    drop(debounce);
    pause(10).await;
    assert_eq!(heard.all(), ["ab", "flushed"]);
}
