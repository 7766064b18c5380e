//! Several tabs of one book: what one stores the others read, and one of them does the upkeep.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Write};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, Event, MessageEvent};

use super::site;

/// Records that another tab has stored: read them.
pub type News = Vec<(Shelf, KeyRange)>;

thread_local! {
    static PAGE: OnceCell<Channel> = const { OnceCell::new() };
    static PAGE_ELECTION: RefCell<Option<Election>> = const { RefCell::new(None) };
}

/// Tells the other tabs what a stored batch holds that they have not read.
pub fn announce(batch: &Batch) {
    with_page(|channel| channel.announce(batch));
}

/// Calls `on_news` with what other tabs have stored, for as long as the page lives.
pub fn listen(on_news: impl Fn(News) + 'static) {
    with_page(|channel| channel.listen(on_news));
}

/// Calls `on_elected` once this tab is the only one that does the upkeep, at once or when the tab that
/// does it now is closed. It stays so for as long as the page lives.
pub fn when_elected(on_elected: impl FnOnce() + 'static) {
    PAGE_ELECTION.set(Some(Election::stand(&site::name(), on_elected)));
}

/// Says something short to the other tabs that is not about stored records.
pub fn tell(note: &str) {
    with_page(|channel| channel.tell(note));
}

/// Calls `on_note` with what other tabs tell, for as long as the page lives.
pub fn hear(on_note: impl Fn(String) + 'static) {
    with_page(|channel| channel.hear(on_note));
}

fn with_page(act: impl FnOnce(&Channel)) {
    PAGE.with(|page| act(page.get_or_init(|| Channel::open(&site::name()))));
}

/// A line to the other tabs. In a browser without one, each tab hears of the others' work when it is
/// next opened.
pub struct Channel {
    channel: Option<BroadcastChannel>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Channel {
    /// The line of this name.
    #[must_use]
    pub fn open(name: &str) -> Self {
        Self {
            channel: BroadcastChannel::new(name).ok(),
            listeners: RefCell::default(),
        }
    }

    /// Tells the other tabs what a stored batch holds that they have not read: its journal records,
    /// the segments of a large commit, and blobs. Folding says nothing new, so it is not told.
    pub fn announce(&self, batch: &Batch) {
        let folds = batch
            .writes()
            .iter()
            .any(|write| write.shelf() == Shelf::Journal && !matches!(write, Write::Put { .. }));
        if folds {
            return;
        }
        let message: Array = batch
            .writes()
            .iter()
            .filter_map(|write| match write {
                Write::Put { shelf, key, .. } if is_news(*shelf) => Some(encode(*shelf, key)),
                _ => None,
            })
            .collect();
        if message.length() > 0
            && let Some(channel) = &self.channel
        {
            // A closed line is the only failure, and then nobody listens either.
            let _ = channel.post_message(&message);
        }
    }

    /// Says something short to the other tabs.
    pub fn tell(&self, note: &str) {
        if let Some(channel) = &self.channel {
            // A closed line is the only failure, and then nobody listens either.
            let _ = channel.post_message(&note.into());
        }
    }

    /// Calls `on_note` with what other tabs tell, until the line is dropped.
    pub fn hear(&self, on_note: impl Fn(String) + 'static) {
        let Some(channel) = &self.channel else { return };
        let heard = move |event: &Event| {
            let message = event.dyn_ref::<MessageEvent>();
            if let Some(note) = message.and_then(|message| message.data().as_string()) {
                on_note(note);
            }
        };
        let listener = EventListener::new(channel, "message", heard);
        self.listeners.borrow_mut().push(listener);
    }

    /// Calls `on_news` with what other tabs announce, until the line is dropped.
    pub fn listen(&self, on_news: impl Fn(News) + 'static) {
        let Some(channel) = &self.channel else { return };
        let heard = move |event: &Event| {
            let news = event.dyn_ref().and_then(decode);
            if let Some(news) = news {
                on_news(news);
            }
        };
        let listener = EventListener::new(channel, "message", heard);
        self.listeners.borrow_mut().push(listener);
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

fn is_news(shelf: Shelf) -> bool {
    matches!(shelf, Shelf::Journal | Shelf::Segments | Shelf::Blobs)
}

fn encode(shelf: Shelf, key: &[u8]) -> JsValue {
    Array::of2(&shelf.name().into(), &Uint8Array::from(key)).into()
}

/// What a message says. `None` for one of another version, whose sender announces to its own kind.
fn decode(event: &MessageEvent) -> Option<News> {
    let records = event.data().dyn_into::<Array>().ok()?;
    records
        .iter()
        .map(|record| decode_record(&record))
        .collect()
}

fn decode_record(record: &JsValue) -> Option<(Shelf, KeyRange)> {
    let record = record.dyn_ref::<Array>()?;
    let name = record.get(0).as_string()?;
    let shelf = Shelf::ALL.into_iter().find(|shelf| shelf.name() == name)?;
    let key = record.get(1).dyn_into::<Uint8Array>().ok()?;
    is_news(shelf).then(|| (shelf, KeyRange::one(key.to_vec())))
}

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks` (Web Locks API), which is not a stable part of `web_sys`.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, granted: &Function) -> Result<Promise, JsValue>;
}

/// One tab's candidacy for doing the upkeep; dropping it gives the office up.
pub struct Election {
    state: Rc<Candidate>,
}

#[derive(Default)]
struct Candidate {
    withdrawn: Cell<bool>,
    /// Ends the lock when called.
    release: RefCell<Option<Function>>,
}

impl Election {
    /// Stands for the office of this name: `on_elected` is called once no other tab holds it. In a
    /// browser without locks this tab is elected at once.
    pub fn stand(name: &str, on_elected: impl FnOnce() + 'static) -> Self {
        let state = Rc::new(Candidate::default());
        let Some(locks) = locks() else {
            on_elected();
            return Self { state };
        };
        let candidate = Rc::clone(&state);
        let granted = Closure::once_into_js(move |_lock: JsValue| {
            if candidate.withdrawn.get() {
                return JsValue::UNDEFINED;
            }
            // The lock is held until this promise is settled: never, unless the office is given up.
            let term = Promise::new(&mut |release, _| {
                candidate.release.replace(Some(release));
            });
            on_elected();
            term.into()
        });
        if let Ok(held) = locks.request(name, granted.unchecked_ref()) {
            // It fails when the page is closed, and then nobody asks any more.
            let ignore = Closure::once_into_js(|_error: JsValue| {});
            let _ = Reflect::get(&held, &"catch".into())
                .and_then(|catch| catch.unchecked_into::<Function>().call1(&held, &ignore));
        }
        Self { state }
    }
}

impl Drop for Election {
    fn drop(&mut self) {
        self.state.withdrawn.set(true);
        if let Some(release) = self.state.release.take() {
            // Settling a promise cannot fail.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

fn locks() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}
