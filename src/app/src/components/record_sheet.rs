//! Opens the form of whatever a link leads to.

use super::record_form::FormSubject;
use super::sheets::Sheets;
use crate::locales::form;
use crate::state::scene::Scene;
use tongxing_domain::book::Table;
use tongxing_domain::id::Id;
use tongxing_domain::schema::{AnyRecord, Record};
use tongxing_domain::tables::{Action, Dealer, Issue, Milestone, Need, Promise, Step};
use tongxing_domain::value::Link;

/// Opens the form of the record that a link leads to; nothing happens when it is gone.
pub fn edit(s: Scene, sheets: Sheets, dealer: Id<Dealer>, link: Link) {
    let dealer = dealer.uuid();
    let record = s.store.peek(|book| match link.table {
        Action::NUMBER => found(&book.actions, link),
        Promise::NUMBER => found(&book.promises, link),
        Step::NUMBER => found(&book.steps, link),
        Need::NUMBER => found(&book.needs, link),
        Issue::NUMBER => found(&book.issues, link),
        Milestone::NUMBER => found(&book.milestones, link),
        _ => None,
    });
    let Some(record) = record else { return };
    let title = s.t(record.table().label);
    sheets.form(FormSubject {
        record,
        new: false,
        title: form::edit(s.lang, title),
        dealer,
        without: &[],
    });
}

fn found<T: Record>(table: &Table<T>, link: Link) -> Option<Box<dyn AnyRecord>> {
    table.get(Id::new(link.id)).map(|record| record.copied())
}
