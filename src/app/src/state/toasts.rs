//! Short notices about what was just done, most with a way back.

use super::commit::Undo;
use std::time::Duration;
use tongxing_view::prelude::*;

/// How long a notice stays. Long enough to read it and reach for "undo" with one hand.
const STAYS: Duration = Duration::from_secs(8);
/// More than this many at a time would hide the page.
const AT_MOST: usize = 3;

/// A notice.
#[derive(Clone)]
pub struct Toast {
    /// Tells notices apart.
    pub number: u64,
    /// What was done.
    pub text: String,
    /// The way back, if there is one.
    pub undo: Option<Undo>,
    /// Whether it tells of something that went wrong.
    pub wrong: bool,
}

/// The notices on the screen. Copies share them.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    count: StoredValue<u64>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            count: StoredValue::new(0),
        }
    }
}

impl Toasts {
    /// The notices, tracked.
    pub fn shown(self) -> Vec<Toast> {
        self.shown.get()
    }

    /// Says that something was done.
    pub fn say(self, text: String, undo: Option<Undo>) {
        self.show(text, undo, false);
    }

    /// Says that something went wrong, and what to do.
    pub fn warn(self, text: String) {
        self.show(text, None, true);
    }

    /// Takes all notices off the screen.
    pub fn clear(self) {
        self.shown.set(Vec::new());
    }

    /// Takes a notice off the screen.
    pub fn dismiss(self, number: u64) {
        self.shown
            .update(|shown| shown.retain(|toast| toast.number != number));
    }

    fn show(self, text: String, undo: Option<Undo>, wrong: bool) {
        let number = self.count.get_value() + 1;
        self.count.set_value(number);
        self.shown.update(|shown| {
            shown.push(Toast {
                number,
                text,
                undo,
                wrong,
            });
            let extra = shown.len().saturating_sub(AT_MOST);
            shown.drain(..extra);
        });
        set_timeout(move || self.dismiss(number), STAYS);
    }
}
