//! What was reckoned from the whole book is kept while the tables that it was made from stand as they are:
//! whoever comes back to a page over all dealers finds it as it was left, and nothing is reckoned twice.

use super::scene::Scene;
use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use tongxing_domain::book::{Book, MadeFrom};
use tongxing_domain::date::Date;

/// An answer with what it was made from, and what was asked.
struct Answered<A> {
    from: MadeFrom,
    asked: A,
    answer: Arc<dyn Any + Send + Sync>,
}

// Pages end and come again; this outlives them, and only the page's thread sees it.
thread_local! {
    static KEPT: RefCell<BTreeMap<&'static str, Rc<dyn Any>>> = RefCell::default();
}

/// Forgets all answers: another book is opened, whose revisions say nothing of this one.
pub(super) fn forget() {
    KEPT.take();
}

/// The answer to a question about the whole book, one of each name: the one that is kept if the same was
/// asked of the same book, else a new one. Tracked, as any reading of the book.
pub fn kept<A, T>(s: Scene, name: &'static str, asked: A, answer: impl FnOnce(&Book) -> T) -> Arc<T>
where
    A: PartialEq + 'static,
    T: Send + Sync + 'static,
{
    s.store.read(|book| {
        let asked = (s.today, asked);
        let before = KEPT.with_borrow(|kept| kept.get(name).cloned());
        let before = before.and_then(|before| before.downcast::<Answered<(Date, A)>>().ok());
        if let Some(before) = before
            && before.asked == asked
            && book.stands(&before.from)
            && let Ok(answer) = Arc::clone(&before.answer).downcast()
        {
            return answer;
        }
        let (answer, from) = book.watched(answer);
        let answer = Arc::new(answer);
        let made = Answered {
            from,
            asked,
            answer: Arc::clone(&answer) as Arc<dyn Any + Send + Sync>,
        };
        KEPT.with_borrow_mut(|kept| kept.insert(name, Rc::new(made)));
        answer
    })
}
