//! Notifications of the system, shown while the app is open. The browser is asked only when the person
//! has tapped for it.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether notifications may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// They may.
    Yes,
    /// Nobody has been asked yet.
    Unasked,
    /// The person has said no; only the browser's own settings can change that.
    No,
    /// This browser has none.
    Unknown,
}

/// Whether notifications may be shown now.
#[must_use]
pub fn allowed() -> Allowed {
    let known = web_sys::window()
        .and_then(|window| Reflect::has(&window, &JsValue::from_str("Notification")).ok());
    if known != Some(true) {
        return Allowed::Unknown;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Allowed::Yes,
        NotificationPermission::Denied => Allowed::No,
        _ => Allowed::Unasked,
    }
}

/// Asks the person. Browsers only do so right after a tap.
pub async fn ask() -> Allowed {
    if allowed() == Allowed::Unasked
        && let Ok(asked) = Notification::request_permission()
    {
        // Refused or put away: what holds now is told below.
        let _ = JsFuture::from(asked).await;
    }
    allowed()
}

/// Shows a notification. One with the tag of another takes its place. Where the page may not show it
/// itself, as on telephones, the service worker does.
pub fn show(title: &str, body: &str, tag: &str) {
    if allowed() != Allowed::Yes {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag(tag);
    options.set_icon("icons/icon-192.png");
    if Notification::new_with_options(title, &options).is_ok() {
        return;
    }
    let title = title.to_owned();
    wasm_bindgen_futures::spawn_local(async move {
        // Without a service worker there is no other way; the page itself still tells.
        let _ = through_worker(&title, &options).await;
    });
}

async fn through_worker(title: &str, options: &NotificationOptions) -> Option<()> {
    let navigator = web_sys::window()?.navigator();
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    let ready = Reflect::get(&container, &"ready".into()).ok()?;
    let registration = JsFuture::from(ready.dyn_into::<Promise>().ok()?)
        .await
        .ok()?;
    let show = Reflect::get(&registration, &"showNotification".into()).ok()?;
    let shown = show
        .dyn_into::<Function>()
        .ok()?
        .call2(&registration, &title.into(), options)
        .ok()?;
    JsFuture::from(shown.dyn_into::<Promise>().ok()?)
        .await
        .ok()?;
    Some(())
}
