//! The demo book: in with one tap, out with one tap.

use super::commit::Act;
use super::scene::Scene;
use tongxing_domain::book::Book;
use tongxing_domain::demo;

/// The same demo book on every tablet.
const SEED: u64 = 20_260_101;

/// Whether the book holds demo dealers.
pub fn is_loaded(book: &Book) -> bool {
    demo::is_present(book)
}

/// Brings the demo book of today in and says so, with the way back.
pub fn load(s: Scene, said: String) {
    let changes = s.store.peek(|book| demo::loading(book, s.today, SEED));
    s.store.act(Act::in_bulk(changes), said);
}

/// Takes the demo book away and says so, with the way back.
pub fn remove(s: Scene, said: String) {
    let changes = s.store.peek(demo::removal);
    s.store.act(Act::in_bulk(changes), said);
}
