//! Later: when the page is idle, after a while, once typing pauses, after the page could paint.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// What stands in for idle time where the browser does not tell of it, in milliseconds: long enough
/// for a tap to be answered first.
const FALLBACK_MS: u32 = 50;

/// Work that waits for an idle moment; dropping it before then cancels it.
#[must_use = "dropping it cancels the work"]
pub struct IdleWork {
    waiting: Waiting,
}

enum Waiting {
    Idle { handle: u32, _work: Closure<dyn FnMut()> },
    Timer { _timer: Timeout },
}

/// Does `work` at the next idle moment, and at the latest after `at_latest_ms` milliseconds.
pub fn when_idle(at_latest_ms: u32, work: impl FnOnce() + 'static) -> IdleWork {
    let work = Rc::new(Cell::new(Some(work)));
    let again = Rc::clone(&work);
    let closure = Closure::<dyn FnMut()>::new(move || {
        if let Some(work) = again.take() {
            work();
        }
    });
    let options = web_sys::IdleRequestOptions::new();
    options.set_timeout(at_latest_ms);
    let asked = web_sys::window().and_then(|window| {
        let function = closure.as_ref().unchecked_ref();
        // Safari has no idle callbacks, and then the call itself fails.
        window
            .request_idle_callback_with_options(function, &options)
            .ok()
    });
    let waiting = match asked {
        Some(handle) => Waiting::Idle {
            handle,
            _work: closure,
        },
        None => Waiting::Timer {
            _timer: Timeout::new(FALLBACK_MS.min(at_latest_ms), move || {
                if let Some(work) = work.take() {
                    work();
                }
            }),
        },
    };
    IdleWork { waiting }
}

impl Drop for IdleWork {
    fn drop(&mut self) {
        if let Waiting::Idle { handle, .. } = self.waiting
            && let Some(window) = web_sys::window()
        {
            window.cancel_idle_callback(handle);
        }
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
