//! The dealer that a page is about, and what can be done with what belongs to it.

use crate::components::icon::Icon;
use crate::components::menu::MenuItem;
use crate::components::overlay::{Overlay, overlay};
use crate::components::record_form::FormSubject;
use crate::components::record_row::Tick;
use crate::components::sheets::Sheets;
use crate::locales::{Words, dealer as text, form, shell};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route, VisitStep};
use crate::state::scene::Scene;
use tongxing_domain::date::{Date, parse_date};
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::{AnyRecord, Change, Record, bin, changes};
use tongxing_domain::settle::{Settling, put_off, settle};
use tongxing_domain::tables::{Dealer, Meeting};
use tongxing_domain::value::Link;
use tongxing_view::prelude::*;

/// The dealer that a page is about. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct Here {
    /// What the page is drawn with.
    pub(super) s: Scene,
    /// The dealer.
    pub(super) id: Id<Dealer>,
    /// Where forms open.
    pub(super) sheets: Sheets,
}

impl Here {
    /// The address of a tab.
    pub(super) fn tab(self, tab: DealerTab) -> String {
        Route::Dealer(self.id, tab).href()
    }

    /// Writes and says what was done.
    pub(super) fn write(self, changes: Vec<Change>, said: String) {
        if !changes.is_empty() {
            self.s.store.act(Act::of(changes), said);
        }
    }

    /// Settles something and says so.
    pub(super) fn settle(self, link: Link, how: Settling, did: Words, title: &str) {
        let s = self.s;
        let changes = s.store.peek(|book| settle(book, link, how, s.today));
        self.write(changes, text::said(s.lang, did, title));
    }

    /// A tick that settles something and opens it again.
    pub(super) fn tick(self, link: Link, title: &str, done: bool, did: Words) -> Tick {
        let s = self.s;
        let title = title.to_owned();
        Tick {
            done,
            label: text::said(s.lang, did, &title),
            set: Callback::new(move |now: bool| {
                if now {
                    self.settle(link, Settling::Done, did, &title);
                } else {
                    self.settle(link, Settling::Reopened, text::REOPEN, &title);
                }
            }),
        }
    }

    /// A menu item that settles something.
    pub(super) fn settle_item(
        self,
        icon: Icon,
        link: Link,
        how: Settling,
        did: Words,
        title: &str,
    ) -> MenuItem {
        let title = title.to_owned();
        MenuItem::new(icon, self.s.t(did), move || {
            self.settle(link, how, did, &title)
        })
    }

    /// A menu item that moves a due date.
    pub(super) fn put_off_item(self, link: Link, due: Option<Date>, title: &str) -> MenuItem {
        let title = title.to_owned();
        MenuItem::new(Icon::Calendar, self.s.t(text::NEW_DATE), move || {
            self.ask_new_date(link, due, title.clone());
        })
    }

    /// A menu item that moves a record into the bin.
    pub(super) fn bin_item<T: Record>(self, id: Id<T>) -> MenuItem {
        let s = self.s;
        let label = T::TABLE.label.in_lang(s.lang);
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            self.write(vec![bin(id, true)], form::binned(s.lang, label));
        })
        .danger()
    }

    /// A menu item that opens the form of a record.
    pub(super) fn edit_item(self, record: &dyn AnyRecord) -> MenuItem {
        let record = record.copied();
        MenuItem::new(Icon::Edit, self.s.t(shell::EDIT), move || {
            self.edit(&*record, &[])
        })
    }

    /// Opens the form of a record that is in the book.
    pub(super) fn edit(self, record: &dyn AnyRecord, without: &'static [&'static str]) {
        let title = text::edit(self.s.lang, record.table().label);
        self.sheets
            .form(self.subject(record.copied(), false, title, without));
    }

    /// Opens the form of a new record.
    pub(super) fn add(self, record: impl Record, without: &'static [&'static str]) {
        self.add_then(record, without, |_| ());
    }

    /// Opens the form of a new record; `then` is told its id once it was saved.
    pub(super) fn add_then(
        self,
        record: impl Record,
        without: &'static [&'static str],
        then: impl Fn(Uuid) + Send + Sync + 'static,
    ) {
        let title = text::new(self.s.lang, record.table().label);
        self.sheets
            .form_then(self.subject(Box::new(record), true, title, without), then);
    }

    fn subject(
        self,
        record: Box<dyn AnyRecord>,
        new: bool,
        title: String,
        without: &'static [&'static str],
    ) -> FormSubject {
        FormSubject {
            record,
            new,
            title,
            dealer: self.id.uuid(),
            without,
        }
    }

    /// A new record of this dealer, not in the book yet.
    pub(super) fn fresh<T: Record>(self) -> T {
        T::with_id(self.s.store.fresh())
    }

    /// Adds a meeting and goes to it.
    pub(super) fn begin(self, meeting: &Meeting, said: String) {
        self.write(changes(None, meeting), said);
        self.s
            .nav
            .go(Route::Meeting(meeting.id, VisitStep::Prepare));
    }

    /// Asks for another due date.
    fn ask_new_date(self, link: Link, due: Option<Date>, title: String) {
        let s = self.s;
        self.sheets.show(move || {
            let closing = RwSignal::new(false);
            let typed = RwSignal::new(due.unwrap_or(s.today).to_string());
            let title = StoredValue::new(title.clone());
            let save = Callback::new(move |()| {
                let Some(day) = parse_date(&typed.get_untracked()) else {
                    return;
                };
                let changes = s.store.peek(|book| put_off(book, link, day));
                let said = title.with_value(|title| text::said(s.lang, text::NEW_DATE, title));
                self.write(changes, said);
                closing.set(true);
            });
            let body = view! {
                <p>{title.get_value()}</p>
                <div class="field">
                    <label for="new-due">{s.t(text::NEW_DUE)}</label>
                    <input
                        id="new-due"
                        type="date"
                        required
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </div>
            };
            let foot = save_buttons(s, closing, move || parse_date(&typed.get()).is_some());
            overlay(
                Overlay::Dialog,
                s.t(text::NEW_DATE).to_owned(),
                closing,
                Callback::new(move |()| self.sheets.closed()),
                save,
                body,
                foot,
            )
        });
    }
}

/// The buttons of a small form: cancel, and save while `ready`.
pub(super) fn save_buttons(
    s: Scene,
    closing: RwSignal<bool>,
    ready: impl Fn() -> bool + Send + Sync + 'static,
) -> View {
    view! {
        <button class="btn" type="button" on:click=move |_| closing.set(true)>
            {s.t(shell::CANCEL)}
        </button>
        <button class="btn" data-kind="primary" type="submit" disabled=move || !ready()>
            {Icon::Check.draw()}
            {s.t(shell::SAVE)}
        </button>
    }
}
