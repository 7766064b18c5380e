//! Later: when the page is idle, after a while, once typing pauses, after the page could paint.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The latest moment for idle work, in milliseconds: a busy page must not put it off for ever.
const AT_LATEST_MS: u32 = 5_000;
/// What stands in for idle time where the browser does not tell of it, in milliseconds: long enough
/// for a tap to be answered first.
const FALLBACK_MS: u32 = 50;

/// Does `work` once, when the page is idle.
pub fn when_idle(work: impl FnOnce() + 'static) {
    let work = Rc::new(Cell::new(Some(work)));
    let again = Rc::clone(&work);
    let function = Closure::once_into_js(move || {
        if let Some(work) = again.take() {
            work();
        }
    });
    let options = web_sys::IdleRequestOptions::new();
    options.set_timeout(AT_LATEST_MS);
    let asked = web_sys::window().is_some_and(|window| {
        // Safari has no idle callbacks, and then the call itself fails.
        window
            .request_idle_callback_with_options(function.unchecked_ref(), &options)
            .is_ok()
    });
    if !asked {
        let work = move || {
            if let Some(work) = work.take() {
                work();
            }
        };
        Timeout::new(FALLBACK_MS, work).forget();
    }
}

/// Work that waits for a time to pass; dropping it before then cancels it.
#[must_use = "dropping it cancels the work"]
pub struct Delay {
    _timer: Timeout,
}

/// Does `work` once, after `ms` milliseconds.
pub fn after(ms: u32, work: impl FnOnce() + 'static) -> Delay {
    Delay {
        _timer: Timeout::new(ms, work),
    }
}

/// Lets work wait until calls for it have paused. Clones share one pause; the last clone dropped
/// cancels what waits, so flush first what must not be lost.
#[derive(Clone)]
pub struct Debounce {
    inner: Rc<Pause>,
}

struct Pause {
    ms: u32,
    waiting: RefCell<Option<Box<dyn FnOnce()>>>,
    timer: RefCell<Option<Timeout>>,
}

impl Debounce {
    /// Work waits until `ms` milliseconds have passed without another call.
    #[must_use]
    pub fn new(ms: u32) -> Self {
        Self {
            inner: Rc::new(Pause {
                ms,
                waiting: RefCell::default(),
                timer: RefCell::default(),
            }),
        }
    }

    /// Does `work` after the pause, in place of the work that waited so far.
    pub fn call(&self, work: impl FnOnce() + 'static) {
        self.inner.waiting.replace(Some(Box::new(work)));
        let pause = Rc::downgrade(&self.inner);
        let timer = Timeout::new(self.inner.ms, move || {
            if let Some(inner) = pause.upgrade() {
                Self { inner }.flush();
            }
        });
        self.inner.timer.replace(Some(timer));
    }

    /// Does what waits at once.
    pub fn flush(&self) {
        self.inner.timer.take();
        let waiting = self.inner.waiting.take();
        if let Some(work) = waiting {
            work();
        }
    }

    /// Forgets what waits.
    pub fn cancel(&self) {
        self.inner.timer.take();
        self.inner.waiting.take();
    }
}

/// Goes on after `ms` milliseconds.
pub async fn pause(ms: u32) {
    TimeoutFuture::new(ms).await;
}

/// Lets the page answer taps and paint before the work goes on. Call it between the steps of long
/// work.
pub async fn breathe() {
    TimeoutFuture::new(0).await;
}
