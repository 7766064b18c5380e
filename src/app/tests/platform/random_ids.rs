//! Fresh ids.

use tongxing_app::platform::random_ids::{fresh_id, random_device};
use wasm_bindgen_test::wasm_bindgen_test;

use super::browser::{Log, replace};

#[wasm_bindgen_test]
fn fresh_ids_ascend_also_when_the_clock_is_set_back() {
    let mut ids: Vec<_> = (0..5_000).map(|_| fresh_id()).collect();
    let set_back = replace(
        "Date",
        "now",
        "{ value() { return original.call(Date) - 86400000; } }",
        &Log::default(),
    );
    ids.extend((0..5_000).map(|_| fresh_id()));
    drop(set_back);
    ids.push(fresh_id());
    assert!(ids.is_sorted_by(|a, b| a < b));
    assert!(ids.iter().all(|id| id.get_version_num() == 7));
}

#[wasm_bindgen_test]
fn devices_are_told_apart() {
    let (one, other) = (random_device().unwrap(), random_device().unwrap());
    assert_ne!(one, other);
    assert!(one.0 != 0 && other.0 != 0);
    let _without = replace(
        "globalThis",
        "crypto",
        "{ get() { throw new Error('no'); } }",
        &Log::default(),
    );
    assert!(random_device().is_err());
}
