//! What happens by itself, when the book was opened and when a new day has begun: the rules are run, and
//! what recurs becomes meetings. What is made has ids that follow from the occasion, so that running
//! twice, or on two tablets, does everything once.

use super::commit::{Act, Undo};
use super::store::Store;
use tongxing_domain::book::Book;
use tongxing_domain::calendar::coming;
use tongxing_domain::date::{Date, DateSpan, add_days};
use tongxing_domain::rules::{Facts, Fired, run};
use tongxing_domain::schema::changes;
use tongxing_domain::words::Lang;

/// What a run did, and the way back.
pub struct Ran {
    /// How many things were done.
    pub count: usize,
    /// The way back from all of them.
    pub undo: Option<Undo>,
}

/// Recurring meetings become meetings so many days ahead, so that they can be prepared.
const AHEAD_DAYS: i64 = 7;

/// What a day begins with, once the book is open: meetings that recur are made, then the rules are run.
/// Tells how many things the rules did.
pub fn begin_day(store: Store, today: Date, lang: Lang) -> usize {
    store.know(Book::WHOLE);
    // First, since a contact that is planned is not overdue.
    make_coming(store, today);
    run_rules(store, today, lang).count
}

/// Makes the meetings of what recurs within the days ahead. Made twice, they are the same meetings.
pub fn make_coming(store: Store, today: Date) {
    let Some(window) = DateSpan::new(today, add_days(today, AHEAD_DAYS)) else {
        return;
    };
    let meetings = store.peek(|book| coming(book, window));
    let writes = meetings.iter().flat_map(|meeting| changes(None, meeting));
    store.act_quietly(Act::of(writes.collect()));
}

/// Runs every rule that does not rest. Nothing is said: what is done is internal, and a dealer may be
/// looking on.
pub fn run_rules(store: Store, today: Date, lang: Lang) -> Ran {
    let fired: Vec<Fired> = store.peek(|book| run(&Facts { book, today }, lang));
    let changes = fired.iter().flat_map(Fired::changes).collect();
    Ran {
        count: fired.len(),
        undo: store.act_quietly(Act::of(changes)),
    }
}
