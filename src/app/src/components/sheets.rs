//! The one sheet or dialog that a page has open.

use super::record_form::{FormSubject, record_form};
use tongxing_domain::id::Id;
use tongxing_domain::schema::Record;
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
    pub fn form<T: Record>(self, subject: FormSubject<T>) {
        self.form_then(subject, |_| ());
    }

    /// Opens the form of a record; `then` is told the record's id when it was saved.
    pub fn form_then<T: Record>(
        self,
        subject: FormSubject<T>,
        then: impl Fn(Id<T>) + Copy + Send + Sync + 'static,
    ) {
        self.show(move || {
            let FormSubject {
                record,
                new,
                title,
                dealer,
                without,
            } = &subject;
            let subject = FormSubject {
                record: record.clone(),
                new: *new,
                title: title.clone(),
                dealer: *dealer,
                without,
            };
            record_form(
                subject,
                Callback::new(move |saved: Option<Id<T>>| {
                    self.closed();
                    if let Some(id) = saved {
                        then(id);
                    }
                }),
            )
        });
    }

    /// What is open, for the page to place.
    pub fn view(self) -> View {
        (move || self.open.get().map(|draw| untrack(|| draw.run(())))).into_view()
    }
}
