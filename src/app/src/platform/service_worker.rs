//! The service worker from the page's side: registering it, hearing of it, changing to a new version.
//!
//! What the worker itself does is said in `shell/service-worker.js`.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
};

use super::clock::now_ms;
use super::idle::when_idle;
use super::network::online;

/// Relative to the document's base, so that it is found below any path.
const SCRIPT: &str = "service-worker.js";
/// A page that stays open looks for a new version when it comes back to the front, at most this often,
/// in milliseconds.
const LOOK_AGAIN_MS: u64 = 60 * 60 * 1000;

/// What the service worker has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The app was kept on this device for the first time: from the next visit on it needs no network.
    OfflineReady,
    /// A new version is kept and waits for [`apply_update`].
    UpdateWaiting,
    /// Another tab has changed to the new version: this page goes on, and should be loaded again before
    /// it needs a part that it has not loaded yet.
    Replaced,
}

thread_local! {
    static PAGE: OnceCell<Rc<Registered>> = const { OnceCell::new() };
}

/// Registers the worker once the page has nothing better to do, and calls `on_heard` with what it has to
/// say, for as long as the page lives. Call it once, when the first screen is drawn. It does nothing in a
/// development build, nor in a browser without service workers.
pub fn register_once_drawn(on_heard: impl Fn(Heard) + 'static) {
    if !cfg!(debug_assertions) {
        when_idle(move || register_script(SCRIPT, on_heard, reload));
    }
}

/// [`register_once_drawn`] at once, of a script of another address, in any build. `reload` is called when the
/// page has to be loaded again.
pub fn register_script(
    script: &str,
    on_heard: impl Fn(Heard) + 'static,
    reload: impl Fn() + 'static,
) {
    let Some(container) = container() else { return };
    let script = script.to_owned();
    spawn_local(async move {
        // Without a network, or where the site is not allowed to store anything, there is nothing to
        // hear; the page works all the same.
        if let Ok(registration) = JsFuture::from(container.register(&script)).await {
            let registration: ServiceWorkerRegistration = registration.unchecked_into();
            let registered = Rc::new(Registered {
                first: Cell::new(registration.active().is_none()),
                container,
                registration,
                on_heard: Box::new(on_heard),
                reload: Box::new(reload),
                agreed: Cell::new(false),
                looked_ms: Cell::new(now_ms()),
                listeners: RefCell::default(),
            });
            registered.begin();
            let _ = PAGE.with(|page| page.set(registered));
        }
    });
}

/// Changes to the version that waits and loads the page again once it is in place. Does nothing when none
/// waits. Store what is typed first.
pub fn apply_update() {
    PAGE.with(|page| {
        if let Some(registered) = page.get() {
            registered.apply();
        }
    });
}

struct Registered {
    container: ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
    on_heard: Box<dyn Fn(Heard)>,
    reload: Box<dyn Fn()>,
    /// The person has agreed to change versions.
    agreed: Cell<bool>,
    /// No version has been in place yet.
    first: Cell<bool>,
    looked_ms: Cell<u64>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Registered {
    fn begin(self: &Rc<Self>) {
        // Ears first: what happens while the state is looked at is then heard, not missed.
        let me = Rc::clone(self);
        self.listen(&self.registration, "updatefound", move || {
            me.follow(me.registration.installing());
        });
        let me = Rc::clone(self);
        self.listen(&self.container, "controllerchange", move || {
            if me.agreed.get() {
                (me.reload)();
            } else {
                (me.on_heard)(Heard::Replaced);
            }
        });
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            let me = Rc::clone(self);
            let page = document.clone();
            self.listen(&document, "visibilitychange", move || {
                if !page.hidden() {
                    me.look_again();
                }
            });
        }
        self.follow(self.registration.installing());
        if self.registration.waiting().is_some() && !self.first.get() {
            (self.on_heard)(Heard::UpdateWaiting);
        }
    }

    fn listen(
        &self,
        target: &web_sys::EventTarget,
        event: &'static str,
        heard: impl Fn() + 'static,
    ) {
        let listener = EventListener::new(target, event, move |_| heard());
        self.listeners.borrow_mut().push(listener);
    }

    /// Follows a version that is being installed.
    fn follow(self: &Rc<Self>, worker: Option<ServiceWorker>) {
        let Some(worker) = worker else { return };
        let (me, version) = (Rc::clone(self), worker.clone());
        self.listen(&worker, "statechange", move || {
            let state = version.state();
            if state == ServiceWorkerState::Installed && !me.first.get() {
                (me.on_heard)(Heard::UpdateWaiting);
            } else if state == ServiceWorkerState::Activated && me.first.replace(false) {
                (me.on_heard)(Heard::OfflineReady);
            }
        });
    }

    fn look_again(&self) {
        let now = now_ms();
        if online() && now.abs_diff(self.looked_ms.get()) >= LOOK_AGAIN_MS {
            self.looked_ms.set(now);
            if let Ok(looked) = self.registration.update() {
                // A failed look is repeated an hour later.
                spawn_local(async move { drop(JsFuture::from(looked).await) });
            }
        }
    }

    fn apply(self: &Rc<Self>) {
        let Some(waiting) = self.registration.waiting() else {
            return;
        };
        self.agreed.set(true);
        if self.container.controller().is_none() {
            // A page that no version controls sees no change of controller: the version itself tells.
            let (me, version) = (Rc::clone(self), waiting.clone());
            self.listen(&waiting, "statechange", move || {
                if version.state() == ServiceWorkerState::Activated {
                    (me.reload)();
                }
            });
        }
        let message = Object::new();
        // Setting a property of a fresh object and posting it to a worker cannot fail.
        let _ = Reflect::set(&message, &"type".into(), &"update".into());
        let _ = waiting.post_message(&message);
    }
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    // Absent on pages that did not come over a safe connection.
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    container.is_object().then(|| container.unchecked_into())
}

fn reload() {
    if let Some(window) = web_sys::window() {
        // A page that is being closed refuses, and is gone anyway.
        let _ = window.location().reload();
    }
}
