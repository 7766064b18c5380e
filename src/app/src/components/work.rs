//! Work that takes a while: it goes on in steps between frames, shows how far it has come, and
//! can be given up.

use crate::locales::{Words, import as texts, shell};
use crate::state::scene::Scene;
use gloo_timers::future::TimeoutFuture;
use std::time::Duration;
use tongxing_view::prelude::*;

/// Work shorter than this shows nothing: a flash would only unsettle.
const SHOWN_AFTER: Duration = Duration::from_millis(300);

/// Whether work that cannot ask by itself is still wanted is looked at so often.
const LOOKS_EVERY_MS: u32 = 100;

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Going {
    what: Words,
    /// Done and in all, where that can be counted.
    progress: Option<(usize, usize)>,
    shown: bool,
    /// Whether it can be given up.
    stoppable: bool,
}

/// The one piece of work that may be going on. Copies share it.
#[derive(Clone, Copy)]
pub struct Work {
    going: RwSignal<Option<Going>>,
    /// Counts the pieces of work; a piece goes on as long as it is the latest.
    latest: StoredValue<u32>,
}

/// A piece of work, for asking whether it is still wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u32);

impl Default for Work {
    fn default() -> Self {
        Self {
            going: RwSignal::new(None),
            latest: StoredValue::new(0),
        }
    }
}

impl Work {
    /// Begins a piece of work in place of any other.
    pub fn begin(self, what: Words) -> Ticket {
        let ticket = Ticket(self.latest.get_value().wrapping_add(1));
        self.latest.set_value(ticket.0);
        self.going.set(Some(Going {
            what,
            progress: None,
            shown: false,
            stoppable: true,
        }));
        set_timeout(
            move || {
                if self.wanted(ticket) {
                    self.change(|going| going.shown = true);
                }
            },
            SHOWN_AFTER,
        );
        ticket
    }

    /// Whether a piece of work is still wanted: not given up, and the page is still there.
    pub fn wanted(self, ticket: Ticket) -> bool {
        self.latest.try_get_value() == Some(ticket.0)
    }

    /// Says how far the work has come and lets the browser paint. Tells whether to go on.
    pub async fn breathe(self, ticket: Ticket, progress: Option<(usize, usize)>) -> bool {
        if !self.wanted(ticket) {
            return false;
        }
        self.change(|going| going.progress = progress);
        TimeoutFuture::new(0).await;
        self.wanted(ticket)
    }

    /// Says how far the work has come.
    pub fn tell(self, ticket: Ticket, progress: (usize, usize)) {
        if self.wanted(ticket) {
            self.change(|going| going.progress = Some(progress));
        }
    }

    /// The work takes effect now, and is not given up any more.
    pub fn cannot_stop(self, ticket: Ticket) {
        if self.wanted(ticket) {
            self.change(|going| going.stoppable = false);
        }
    }

    fn change(self, change: impl FnOnce(&mut Going)) {
        self.going.update(|going| {
            if let Some(going) = going {
                change(going);
            }
        });
    }

    /// Waits until a piece of work is given up.
    pub async fn given_up(self, ticket: Ticket) {
        while self.wanted(ticket) {
            TimeoutFuture::new(LOOKS_EVERY_MS).await;
        }
    }

    /// The work is done.
    pub fn end(self, ticket: Ticket) {
        if self.wanted(ticket) {
            self.going.set(None);
        }
    }

    /// Gives the work up.
    pub fn stop(self) {
        self.latest
            .update_value(|latest| *latest = latest.wrapping_add(1));
        self.going.set(None);
    }

    /// Whether something is going on.
    pub fn busy(self) -> bool {
        self.going.with(Option::is_some)
    }

    /// What is going on, once it takes a moment.
    pub fn view(self, s: Scene) -> View {
        let shown = Memo::new(move |_| self.going.get().filter(|going| going.shown));
        let what = Memo::new(move |_| shown.get().map(|going| (going.what, going.stoppable)));
        (move || {
            what.get().map(|(what, stoppable)| {
                let counted = move || shown.get().and_then(|going| going.progress);
                let text =
                    move || counted().map(|(done, total)| texts::so_far(s.lang, done, total));
                view! {
                    <div class="note" data-tone="info" role="status">
                        <p>
                            <strong>{s.t(what)}</strong>
                            " "
                            {text}
                        </p>
                        <progress
                            aria-label=s.t(what)
                            value=move || counted().map(|(done, _)| done.to_string())
                            max=move || counted().map(|(_, total)| total.to_string())
                        ></progress>
                        {stoppable
                            .then(|| {
                                view! {
                                    <button class="btn" type="button" on:click=move |_| self.stop()>
                                        {s.t(shell::CANCEL)}
                                    </button>
                                }
                            })}
                    </div>
                }
            })
        })
        .into_view()
    }
}
