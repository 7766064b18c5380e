//! The demo book: in with one tap, out with one tap.

use super::commit::Act;
use super::scene::Scene;
use crate::platform::workshop;
use tongxing_domain::book::Book;
use tongxing_domain::demo;

/// Whether the book holds demo dealers.
pub fn is_loaded(book: &Book) -> bool {
    demo::is_present(book)
}

/// Brings the demo book of today in and says so, with the way back; or says why it could not be made.
pub async fn load(s: Scene, said: String) {
    match workshop::make_demo(s.today).await {
        Ok(written) => {
            let changes = s.store.peek(|book| demo::loading(book, &written));
            s.store
                .act(Act::in_bulk(changes).signed(&demo::signature()), said);
        }
        Err(error) => s.toasts.warn(error.text(s.lang)),
    }
}

/// Takes the demo book away and says so, with the way back.
pub fn remove(s: Scene, said: String) {
    let changes = s.store.peek(demo::removal);
    s.store.act(Act::in_bulk(changes), said);
}
