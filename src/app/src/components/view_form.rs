//! Editing a saved view: which records, in which order, in which columns.

use super::entry_sheet::{EntrySheet, entry_sheet};
use super::entry_table::{Cell, Column as Entry, EntryTable};
use super::filter_rows::{filter_rows, read_filter};
use super::record_form::Written;
use super::sheets::Sheets;
use crate::locales::{filter, form, views as texts};
use crate::platform::drafts::DraftKey;
use crate::state::scene::Scene;
use tongxing_domain::filter::Filter;
use tongxing_domain::id::Id;
use tongxing_domain::schema::{Record as _, changes};
use tongxing_domain::tables::{Dealer, View as Saved};
use tongxing_domain::view::{Arrangement, offered};
use tongxing_view::prelude::*;

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    s: Scene,
    name: EntryTable,
    order: EntryTable,
    columns: EntryTable,
    conditions: EntryTable,
}

/// Opens the form of a view; `then` is told its id once it was saved.
pub fn edit_view(
    s: Scene,
    sheets: Sheets,
    view: Saved,
    new: bool,
    then: impl Fn(Id<Saved>) + Send + Sync + Clone + 'static,
) {
    sheets.show(move || {
        let typed = Typed::of(s, &view);
        let (before, then) = (view.clone(), then.clone());
        let saved = StoredValue::new(false);
        let title = if new {
            s.t(texts::NEW).to_owned()
        } else {
            form::edit(s.lang, s.t(Saved::TABLE.label))
        };
        let id = view.id;
        let sheet = EntrySheet {
            title,
            key: DraftKey::Form {
                table: "view".to_owned(),
                id: (!new).then(|| id.uuid()),
                parent: None,
            },
            tables: vec![typed.name, typed.order, typed.columns, typed.conditions],
            body: Callback::new(move |keep| typed.draw(keep)),
            read: Callback::new(move |()| -> Option<Written> {
                let after = typed.read(&before)?;
                saved.set_value(true);
                let (writes, said) = if new {
                    let said = form::added(s.lang, &after.name);
                    (changes(None, &after), said)
                } else {
                    let said = s.t(texts::UPDATED).to_owned();
                    (changes(Some(&before), &after), said)
                };
                Some((writes, said))
            }),
        };
        let closed = move |()| {
            // Asked before the sheet is gone.
            let saved = saved.get_value();
            sheets.closed();
            if saved {
                then(id);
            }
        };
        entry_sheet(sheet, Callback::new(closed))
    });
}

impl Typed {
    fn of(s: Scene, view: &Saved) -> Self {
        let arrangement = view.arrangement.clone().unwrap_or_default();
        let options: Vec<(String, String)> = s.store.peek(|book| {
            let all = offered(book, Dealer::TABLE).into_iter();
            all.filter(|column| !(s.shared && column.is_internal()))
                .map(|column| (column.key(), column.heading(s.lang)))
                .collect()
        });
        let ways = vec![
            (RISING.to_owned(), s.t(texts::RISING).to_owned()),
            (FALLING.to_owned(), s.t(texts::FALLING).to_owned()),
        ];
        let (sort, falling) = arrangement.sort.unwrap_or_default();
        let way = if falling { FALLING } else { RISING };
        let order = vec![
            Entry::new(texts::SORT, Cell::Choice(options.clone())),
            Entry::new(texts::WAY, Cell::Choice(ways)),
            Entry::new(texts::GROUP, Cell::Choice(options.clone())),
        ];
        let group = arrangement.group.unwrap_or_default();
        Self {
            s,
            name: EntryTable::new(
                vec![Entry::new(texts::NAME, Cell::Text)],
                vec![vec![view.name.clone()]],
            ),
            order: EntryTable::new(order, vec![vec![sort, way.to_owned(), group]]),
            columns: EntryTable::new(
                vec![Entry::new(texts::COLUMNS, Cell::Several(options))],
                vec![vec![arrangement.columns.join(",")]],
            ),
            conditions: filter_rows(
                s,
                Dealer::TABLE,
                view.filter.as_ref().map_or(&[], Filter::conditions),
            ),
        }
    }

    fn draw(self, keep: Callback<()>) -> View {
        let s = self.s;
        let nothing = Callback::new(|_: (usize, usize)| ());
        view! {
            {self.name.single(s, keep)}
            <fieldset class="field">
                <legend>{s.t(texts::CONDITIONS)}</legend>
                {self.conditions.view(s, filter::CONDITION, filter::ADD, keep, nothing)}
            </fieldset>
            {self.order.single(s, keep)}
            {self.columns.single(s, keep)}
        }
        .into_view()
    }

    /// The view as it reads; rows say what is wrong with them.
    fn read(self, before: &Saved) -> Option<Saved> {
        let s = self.s;
        let name = self.name.text(0, 0).trim().to_owned();
        if name.is_empty() {
            self.name.blame(0, s.t(texts::NAME_IT).to_owned());
        }
        let filter = read_filter(s, Dealer::TABLE, self.conditions).ok()?;
        if name.is_empty() {
            return None;
        }
        let named = |column: usize| Some(self.order.text(0, column)).filter(|it| !it.is_empty());
        let columns = self.columns.text(0, 0);
        let chosen = columns.split(',').filter(|key| !key.is_empty());
        Some(Saved {
            name,
            filter: Some(filter),
            arrangement: Some(Arrangement {
                columns: chosen.map(str::to_owned).collect(),
                sort: named(0).map(|key| (key, self.order.text(0, 1) == FALLING)),
                group: named(2),
            }),
            ..before.clone()
        })
    }
}

const RISING: &str = "rising";
const FALLING: &str = "falling";
