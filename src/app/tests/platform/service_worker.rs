//! The service worker's life, played to the page by a stand-in for the browser.

use tongxing_app::platform::service_worker::{Heard as Word, apply_update, register_script};
use wasm_bindgen_test::wasm_bindgen_test;

use super::browser::{Heard, Log, replace, script, until};

#[wasm_bindgen_test]
async fn the_first_version_and_the_next_are_told_and_the_update_is_left_to_the_person() {
    script(
        "(() => {
            const target = (values) => Object.assign(new EventTarget(), values);
            const worker = (state) => target({ state, postMessage: (said) => posted.push(JSON.stringify(said)) });
            const posted = [];
            const registration = target({ active: null, waiting: null, installing: worker('installing') });
            const container = target({ controller: null, register: async () => registration });
            globalThis.standIn = {
                container, registration, posted, worker,
                become(worker, state) { worker.state = state; worker.dispatchEvent(new Event('statechange')); },
            };
        })()",
    );
    let _stand_in = replace(
        "navigator",
        "serviceWorker",
        "{ value: standIn.container }",
        &Log::default(),
    );
    let (heard, reloads) = (Heard::new(), Heard::new());
    let reload = reloads.clone();
    register_script("service-worker.js", heard.ear(), move || reload.add(()));
    let followed = || script("standIn.registration.installing.state").as_string();
    until(|| {
        script("standIn.become(standIn.registration.installing, 'activated')");
        !heard.all().is_empty()
    })
    .await;
    assert_eq!(followed().as_deref(), Some("activated"));
    assert_eq!(heard.all(), [Word::OfflineReady]);

    script(
        "(() => {
            const { registration, worker } = standIn;
            registration.active = registration.installing;
            registration.installing = worker('installing');
            registration.dispatchEvent(new Event('updatefound'));
            registration.waiting = registration.installing;
            standIn.become(registration.waiting, 'installed');
        })()",
    );
    assert_eq!(heard.all(), [Word::OfflineReady, Word::UpdateWaiting]);
    let posted = || script("standIn.posted.join()").as_string().unwrap();
    assert_eq!(posted(), "");

    // Another tab has agreed: this one is not loaded again under the person's hands.
    script("standIn.container.dispatchEvent(new Event('controllerchange'))");
    assert_eq!(heard.all().last(), Some(&Word::Replaced));
    assert_eq!(reloads.all(), []);

    apply_update();
    assert_eq!(posted(), r#"{"type":"update"}"#);
    assert_eq!(reloads.all(), []);
    script("standIn.become(standIn.registration.waiting, 'activated')");
    // No version controls this page, so the new one's own word is what it goes by.
    assert_eq!(reloads.all(), [()]);
    script("standIn.container.dispatchEvent(new Event('controllerchange'))");
    assert_eq!(reloads.all(), [(), ()]);
    assert_eq!(heard.all().len(), 3);
}

#[wasm_bindgen_test]
fn a_browser_without_service_workers_is_left_in_peace() {
    let _without = replace(
        "navigator",
        "serviceWorker",
        "{ value: undefined }",
        &Log::default(),
    );
    register_script(
        "service-worker.js",
        |word| panic!("heard {word:?}"),
        || panic!("loaded again"),
    );
}
