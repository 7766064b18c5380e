//! The demo book: in with one tap, out with one tap.

use super::commit::Act;
use super::scene::Scene;
use crate::platform::{clock, workshop};
use std::future::Future;
use std::pin::Pin;
use tongxing_domain::book::Book;
use tongxing_domain::demo;

/// Whether the book holds demo dealers.
pub fn is_loaded(book: &Book) -> bool {
    demo::is_present(book)
}

/// A demo book that is being made, and said to be there.
pub type Loading = Pin<Box<dyn Future<Output = ()>>>;

/// Brings the demo book of today in and says so, with the way back; or says why it could not be made.
pub fn load(s: Scene, said: String) -> Loading {
    s.store.know(Book::WHOLE);
    Box::pin(make(s, said))
}

async fn make(s: Scene, said: String) {
    match workshop::make_demo(s.today).await {
        Ok(written) => {
            let changes = s.store.peek(|book| demo::loading(book, &written));
            let act = Act::in_bulk(changes).signed(&demo::signature());
            let undo = match demo::apart::written_at(s.today).and_then(clock::ms_of) {
                Some(written_ms) => s.store.act_at(act, written_ms),
                None => s.store.act_quietly(act),
            };
            if let Some(story) = s.store.peek(|book| demo::apart::apart(book, s.today)) {
                s.store.edit_apart(&story);
            }
            s.toasts.say(said, undo);
        }
        Err(error) => s.toasts.warn(error.text(s.lang)),
    }
}

/// Takes the demo book away and says so, with the way back.
pub fn remove(s: Scene, said: String) {
    let mut changes = s.store.peek(demo::removal);
    // What was edited apart in it has nothing left to be decided.
    let undecided = s.store.undecided().into_iter();
    let contested = undecided.filter(|contested| demo::is_demo(contested.place.record));
    changes.extend(contested.filter_map(|contested| s.store.decision(contested.id)));
    s.store.act(Act::in_bulk(changes), said);
}
