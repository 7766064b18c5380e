//! Installing the page as an app: asking for it where the browser lets it, telling how where not.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, Window};

#[wasm_bindgen]
extern "C" {
    /// The event of Chromium's browsers that carries the question (no standard yet, so it is not in
    /// `web_sys`).
    #[wasm_bindgen(extends = Event)]
    type BeforeInstallPromptEvent;

    #[wasm_bindgen(method, catch)]
    fn prompt(this: &BeforeInstallPromptEvent) -> Result<Promise, JsValue>;
}

/// How this device can install the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Installing {
    /// It runs as an installed app already.
    Installed,
    /// [`Install::ask`] shows the browser's own question.
    Ask,
    /// On an iPad or iPhone: through the share button, "Add to Home Screen". Show how.
    ByShareButton,
    /// Not here, or not yet.
    Unavailable,
}

/// What the person answered to the browser's question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is being installed.
    Accepted,
    /// Not now.
    Dismissed,
    /// The browser did not ask, as there was no question to ask any more.
    NotAsked,
}

/// Keeps the browser's question until it suits, until dropped.
pub struct Install {
    question: Rc<RefCell<Option<BeforeInstallPromptEvent>>>,
    _listeners: Vec<EventListener>,
}

/// Holds back the browser's own invitation. `on_change` is called when [`Install::state`] changes. Call
/// it early: the browser offers its question once, soon after the page has loaded.
pub fn watch_install(on_change: impl Fn() + Clone + 'static) -> Install {
    let question = Rc::new(RefCell::new(None));
    let mut listeners = Vec::new();
    if let Some(window) = web_sys::window() {
        let (kept, changed) = (Rc::clone(&question), on_change.clone());
        let options = gloo_events::EventListenerOptions::enable_prevent_default();
        let offered = move |event: &Event| {
            event.prevent_default();
            kept.replace(Some(event.clone().unchecked_into()));
            changed();
        };
        listeners.push(EventListener::new_with_options(
            &window,
            "beforeinstallprompt",
            options,
            offered,
        ));
        let kept = Rc::clone(&question);
        listeners.push(EventListener::new(&window, "appinstalled", move |_| {
            kept.take();
            on_change();
        }));
    }
    Install {
        question,
        _listeners: listeners,
    }
}

impl Install {
    /// How this device can install the page, now.
    #[must_use]
    pub fn state(&self) -> Installing {
        if standalone() {
            Installing::Installed
        } else if self.question.borrow().is_some() {
            Installing::Ask
        } else if is_ios() {
            Installing::ByShareButton
        } else {
            Installing::Unavailable
        }
    }

    /// Asks the browser's question. Call it from a tap; it can be asked once.
    pub async fn ask(&self) -> Answer {
        let Some(question) = self.question.take() else {
            return Answer::NotAsked;
        };
        let Ok(asked) = question.prompt() else {
            return Answer::NotAsked;
        };
        let Ok(choice) = JsFuture::from(asked).await else {
            return Answer::NotAsked;
        };
        let outcome = Reflect::get(&choice, &"outcome".into());
        match outcome.ok().and_then(|outcome| outcome.as_string()) {
            Some(outcome) if outcome == "accepted" => Answer::Accepted,
            _ => Answer::Dismissed,
        }
    }
}

/// Whether the page runs as an installed app, without the browser's own bars.
#[must_use]
pub fn standalone() -> bool {
    web_sys::window().is_some_and(|window| {
        let displayed = window.match_media("(display-mode: standalone)");
        displayed.is_ok_and(|query| query.is_some_and(|query| query.matches()))
            || navigator_says(&window, "standalone").is_some_and(|said| said.is_truthy())
    })
}

/// Whether this is an iPad or iPhone. An iPad calls itself a Mac, but no Mac has a touch screen.
#[must_use]
pub fn is_ios() -> bool {
    web_sys::window().is_some_and(|window| {
        let agent = window.navigator().user_agent().unwrap_or_default();
        let touches = navigator_says(&window, "maxTouchPoints").and_then(|said| said.as_f64());
        ["iPad", "iPhone", "iPod"]
            .iter()
            .any(|name| agent.contains(name))
            || (agent.contains("Macintosh") && touches.is_some_and(|points| points > 1.0))
    })
}

fn navigator_says(window: &Window, property: &str) -> Option<JsValue> {
    Reflect::get(&window.navigator(), &property.into()).ok()
}
