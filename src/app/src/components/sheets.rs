//! The one sheet or dialog that a page has open.

use super::record_form::{FormSubject, record_form};
use tongxing_domain::id::Uuid;
use tongxing_view::prelude::*;

/// The sheet that is open. Copies share it.
#[derive(Clone, Copy)]
pub struct Sheets {
    open: RwSignal<Option<Callback<(), View>>>,
}

impl Default for Sheets {
    fn default() -> Self {
        Self {
            open: RwSignal::new(None),
        }
    }
}

impl Sheets {
    /// Opens what `draw` draws.
    pub fn show(self, draw: impl Fn() -> View + Send + Sync + 'static) {
        self.open.set(Some(Callback::new(move |()| draw())));
    }

    /// Takes the sheet away once it is closed.
    pub fn closed(self) {
        self.open.set(None);
    }

    /// Opens the form of a record.
    pub fn form(self, subject: FormSubject) {
        self.form_then(subject, |_| ());
    }

    /// Opens the form of a record; `then` is told the record's id when it was saved.
    pub fn form_then(self, subject: FormSubject, then: impl Fn(Uuid) + Send + Sync + 'static) {
        let then = Callback::new(then);
        self.show(move || {
            let closed = move |saved: Option<Uuid>| {
                self.closed();
                if let Some(id) = saved {
                    then.run(id);
                }
            };
            record_form(subject.clone(), Callback::new(closed))
        });
    }

    /// What is open, for the page to place.
    pub fn view(self) -> View {
        (move || self.open.get().map(|draw| untrack(|| draw.run(())))).into_view()
    }
}
