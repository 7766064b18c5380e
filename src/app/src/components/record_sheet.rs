//! Opens the form of whatever a link leads to.

use super::record_form::FormSubject;
use super::sheets::Sheets;
use crate::locales::form;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::book::Table;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::Record;
use tongxing_domain::tables::{Action, Dealer, Issue, Milestone, Need, Promise, Step};
use tongxing_domain::value::Link;

/// Opens the form of the record that a link leads to; nothing happens when it is gone.
pub fn edit(s: Scene, sheets: Sheets, dealer: Id<Dealer>, link: Link) {
    let dealer = dealer.uuid();
    match link.table {
        Action::NUMBER => open(s, sheets, dealer, link, |book| &book.actions),
        Promise::NUMBER => open(s, sheets, dealer, link, |book| &book.promises),
        Step::NUMBER => open(s, sheets, dealer, link, |book| &book.steps),
        Need::NUMBER => open(s, sheets, dealer, link, |book| &book.needs),
        Issue::NUMBER => open(s, sheets, dealer, link, |book| &book.issues),
        Milestone::NUMBER => open(s, sheets, dealer, link, |book| &book.milestones),
        _ => {}
    }
}

fn open<T: Record>(
    s: Scene,
    sheets: Sheets,
    dealer: Uuid,
    link: Link,
    table: fn(&tongxing_domain::book::Book) -> &Table<T>,
) {
    let Some(record) = s
        .store
        .peek(|book| table(book).get(Id::new(link.id)).map(Arc::clone))
    else {
        return;
    };
    sheets.form(FormSubject {
        record: T::clone(&record),
        new: false,
        title: form::edit(s.lang, s.t(T::TABLE.label)),
        dealer,
        without: &[],
    });
}
