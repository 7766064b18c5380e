//! The device's time.

use std::cell::Cell;
use std::rc::Rc;

use tongxing_app::platform::clock;
use tongxing_domain::date::{Date, add_days};
use wasm_bindgen_test::wasm_bindgen_test;

use super::browser::{Heard, dispatch, script, window};

#[wasm_bindgen_test]
fn today_and_this_minute_are_the_persons_own() {
    let said = || {
        script(
            "new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16)",
        )
        .as_string()
        .unwrap()
    };
    // A minute may end between the two: then one more look agrees.
    let (before, minute, today, after) = (said(), clock::this_minute(), clock::today(), said());
    assert!([before, after].contains(&minute.to_string()));
    assert!((0..=1).contains(&tongxing_domain::date::days_between(minute.date(), today)));
    let now = clock::now_ms();
    assert!(script("Date.now()").as_f64().unwrap() as u64 - now < 60_000);
}

#[wasm_bindgen_test]
fn a_new_day_is_told_once_whenever_the_page_looks() {
    let start = Date::from_ymd_opt(2026, 12, 31).unwrap();
    let day = Rc::new(Cell::new(start));
    let heard = Heard::new();
    let calendar = Rc::clone(&day);
    let watch = clock::watch_days_of(move || calendar.get(), heard.ear());
    let document = window().document().unwrap();
    dispatch(&document, "visibilitychange");
    assert_eq!(heard.all(), []);
    for (place, (target, event)) in [
        (
            document.as_ref() as &web_sys::EventTarget,
            "visibilitychange",
        ),
        (window().as_ref(), "focus"),
        (window().as_ref(), "pageshow"),
    ]
    .into_iter()
    .enumerate()
    {
        day.set(add_days(start, place as i64 + 1));
        dispatch(target, event);
        dispatch(target, event);
        assert_eq!(heard.all().len(), place + 1);
        assert_eq!(heard.all().last(), Some(&day.get()));
    }
    drop(watch);
    day.set(start);
    dispatch(&window(), "focus");
    assert_eq!(heard.all().len(), 3);
}
