//! Installing the page as an app.

use tongxing_app::platform::install::{Answer, Installing, is_ios, standalone, watch_install};
use wasm_bindgen_test::wasm_bindgen_test;

use super::browser::{Heard, Log, dispatch, replace, script, window};

fn offer(answer: &str) -> bool {
    let offered = script(&format!(
        "(() => {{
            const event = new Event('beforeinstallprompt', {{ cancelable: true }});
            event.prompt = {answer};
            dispatchEvent(event);
            return event.defaultPrevented;
        }})()"
    ));
    offered.as_bool().unwrap()
}

#[wasm_bindgen_test]
async fn the_browsers_question_is_held_back_until_it_is_asked() {
    let heard = Heard::new();
    let told = heard.clone();
    let install = watch_install(move || told.add(()));
    assert_eq!(install.state(), Installing::Unavailable);
    assert_eq!(install.ask().await, Answer::NotAsked);
    for (answer, expected) in [
        ("async () => ({ outcome: 'accepted' })", Answer::Accepted),
        ("async () => ({ outcome: 'dismissed' })", Answer::Dismissed),
        (
            "async () => { throw new Error('asked before') }",
            Answer::NotAsked,
        ),
        (
            "() => { throw new Error('not from a tap') }",
            Answer::NotAsked,
        ),
    ] {
        assert!(offer(answer));
        assert_eq!(install.state(), Installing::Ask);
        assert_eq!(install.ask().await, expected);
        assert_eq!(install.state(), Installing::Unavailable);
    }
    assert_eq!(heard.all().len(), 4);

    assert!(offer("async () => ({ outcome: 'accepted' })"));
    dispatch(&window(), "appinstalled");
    assert_eq!(install.state(), Installing::Unavailable);
    assert_eq!(heard.all().len(), 6);
}

#[wasm_bindgen_test]
fn ipads_and_installed_apps_are_known() {
    assert!(!is_ios() && !standalone());
    let install = watch_install(|| {});
    let ipad = replace(
        "navigator",
        "userAgent",
        "{ value: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15' }",
        &Log::default(),
    );
    let mac = replace(
        "navigator",
        "maxTouchPoints",
        "{ value: 0 }",
        &Log::default(),
    );
    assert!(!is_ios());
    drop(mac);
    let touch = replace(
        "navigator",
        "maxTouchPoints",
        "{ value: 5 }",
        &Log::default(),
    );
    assert!(is_ios());
    assert_eq!(install.state(), Installing::ByShareButton);
    let installed = replace(
        "navigator",
        "standalone",
        "{ value: true }",
        &Log::default(),
    );
    assert_eq!(install.state(), Installing::Installed);
    drop((ipad, touch, installed));
}
