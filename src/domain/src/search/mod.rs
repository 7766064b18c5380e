//! Search over the book: names as written, by pinyin and by first letters, codes, phone
//! digits, places, tags, minutes. Each word of a query has to be found; each hit tells where.
//!
//! Dealers and their contacts lie on a shelf of their own, since the list of dealers asks at
//! every key press; the rest is laid out when it is first asked for.

mod shelf;
mod sounds;
mod spelling;
#[cfg(test)]
mod tests;

use crate::book::Book;
use crate::id::{Id, Uuid};
use crate::schema::{AnyRecord, FieldSpec, Record, TableSpec};
use crate::tables::*;
use crate::text::fold;
use crate::value::{Link, Value};
use shelf::Shelf;
use std::cmp::Ordering;

/// How a word was found; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// The whole name.
    WholeName,
    /// The name begins with it.
    NameBegins,
    /// The first letters of the name's sound begin with it.
    InitialsBegin,
    /// The name's sound begins with it.
    SoundBegins,
    /// Within the name.
    WithinName,
    /// Within the first letters of the name's sound.
    WithinInitials,
    /// Within the name's sound, at a syllable.
    WithinSound,
    /// Within a phone number.
    Digits,
    /// Another text begins with it.
    TextBegins,
    /// Within another text.
    WithinText,
}

/// How good a hit is and where it lies. Ordered by how, then the dealer's own fields first.
#[derive(Clone, Copy, Debug)]
pub struct Rank {
    /// How the word was found.
    pub how: Match,
    /// In a record of which table.
    pub table: &'static TableSpec,
    /// In which field.
    pub field: &'static FieldSpec,
}

impl Rank {
    fn key(&self) -> (Match, bool, u16, u16) {
        let own = self.table.number == Dealer::NUMBER;
        (self.how, !own, self.table.number, self.field.number)
    }
}

impl PartialEq for Rank {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Rank {}
impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
    shared_screen: bool,
}

impl Query {
    /// A query as typed; each word has to be found.
    pub fn new(text: &str) -> Self {
        Self {
            words: text
                .split_whitespace()
                .map(fold)
                .filter(|word| !word.is_empty())
                .collect(),
            shared_screen: false,
        }
    }

    /// In shared-screen mode, internal fields are not searched.
    pub fn shared_screen(mut self, shared: bool) -> Self {
        self.shared_screen = shared;
        self
    }

    /// Whether it holds no word; nothing is found then.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl From<&str> for Query {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
impl From<&String> for Query {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

/// A record that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The record.
    pub link: Link,
    /// The dealer that it belongs to; a dealer belongs to itself.
    pub dealer: Id<Dealer>,
    /// How good it is and where it lies.
    pub rank: Rank,
}

/// The book laid out for searching.
#[derive(Default)]
pub struct SearchIndex {
    people: Shelf,
    rest: Option<Shelf>,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex")
            .field("people", &self.people.slots.len())
            .field("rest", &self.rest.as_ref().map(|shelf| shelf.slots.len()))
            .finish()
    }
}

macro_rules! shelves {
    (people: $($people:ident: $person:ty),+; rest: $($rest:ident: $record:ty),+;) => {
        fn lay_out_people(book: &Book) -> Shelf {
            let mut shelf = Shelf::default();
            $(for record in book.$people.iter() {
                shelf.put_on(&**record, dealer_of(book, &**record));
            })+
            shelf
        }

        fn lay_out_rest(book: &Book) -> Shelf {
            let mut shelf = Shelf::default();
            $(for record in book.$rest.iter() {
                shelf.put_on(&**record, dealer_of(book, &**record));
            })+
            shelf
        }

        impl SearchIndex {
            /// Takes in a record as the book now holds it. Tables that are not searched are
            /// passed over.
            pub fn update(&mut self, book: &Book, table: u16, id: Uuid) {
                $(if table == <$person>::NUMBER {
                    match book.$people.get(Id::new(id)) {
                        Some(record) => self.people.put_on(&**record, dealer_of(book, &**record)),
                        None => self.people.take_off(table, id),
                    }
                    if self.people.is_worn() {
                        self.people = lay_out_people(book);
                    }
                })+
                let Some(shelf) = &mut self.rest else { return };
                $(if table == <$record>::NUMBER {
                    match book.$rest.get(Id::new(id)) {
                        Some(record) => shelf.put_on(&**record, dealer_of(book, &**record)),
                        None => shelf.take_off(table, id),
                    }
                    if shelf.is_worn() {
                        *shelf = lay_out_rest(book);
                    }
                })+
            }
        }
    };
}

shelves! {
    people: dealers: Dealer, contacts: Contact;
    rest: meetings: Meeting, goals: Goal, promises: Promise, needs: Need, issues: Issue,
        actions: Action, plans: Plan, steps: Step, milestones: Milestone;
}

impl SearchIndex {
    /// Dealers and contacts laid out for searching.
    pub fn new(book: &Book) -> Self {
        Self {
            people: lay_out_people(book),
            rest: None,
        }
    }

    /// Lays out everything else too; does nothing when that was done.
    pub fn include_everything(&mut self, book: &Book) {
        if self.rest.is_none() {
            self.rest = Some(lay_out_rest(book));
        }
    }

    /// The dealers of which each word of a query is found in their own fields or in those of
    /// their contacts, the best first.
    pub fn dealers(&self, query: impl Into<Query>) -> Vec<(Id<Dealer>, Rank)> {
        let query = query.into();
        let slots = &self.people.slots;
        let mut found: Option<Vec<(usize, Rank)>> = None;
        let mut best: Vec<Option<Rank>> = Vec::new();
        for word in &query.words {
            best.clear();
            best.resize(self.people.homes(), None);
            let mut hits = Vec::new();
            self.people
                .find(word, query.shared_screen, &mut |slot, rank| {
                    let home = slots.get(slot).map(|slot| slot.home);
                    let Some((home, known)) = home.and_then(|h| Some((h, best.get_mut(h)?))) else {
                        return;
                    };
                    match known {
                        None => {
                            hits.push(home);
                            *known = Some(rank);
                        }
                        Some(before) if rank < *before => *known = Some(rank),
                        Some(_) => {}
                    }
                });
            let of_word = |home: usize| best.get(home).copied().flatten();
            found = Some(match found {
                None => hits
                    .into_iter()
                    .filter_map(|home| Some((home, of_word(home)?)))
                    .collect(),
                // A dealer is as good as the word that fits it worst.
                Some(before) => before
                    .into_iter()
                    .filter_map(|(home, rank)| Some((home, of_word(home)?.max(rank))))
                    .collect(),
            });
        }
        let mut list: Vec<_> = found
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(home, rank)| Some((slots.get(self.people.dealer_slot(home)?)?, rank)))
            .collect();
        list.sort_unstable_by_key(|(slot, rank)| (*rank, slot.name_length(), slot.id));
        list.into_iter()
            .map(|(slot, rank)| (Id::new(slot.id), rank))
            .collect()
    }

    /// Records of every kind of which each word of a query is found in the record or in the
    /// name of its dealer, and at least one in the record; the best first, at most `limit`.
    /// Records other than dealers and contacts are found once everything was included.
    pub fn anything(&self, query: impl Into<Query>, limit: usize) -> Vec<Hit> {
        let query = query.into();
        let names: Vec<Vec<Option<Rank>>> = query
            .words
            .iter()
            .map(|word| ranks(&self.people, word, query.shared_screen))
            .collect();
        let mut hits = Vec::new();
        self.hits_on(&self.people, &names, &names, &mut hits);
        if let Some(shelf) = &self.rest {
            let own: Vec<_> = query
                .words
                .iter()
                .map(|word| ranks(shelf, word, query.shared_screen))
                .collect();
            self.hits_on(shelf, &own, &names, &mut hits);
        }
        // Version 7 ids grow with time: the newest first.
        hits.sort_unstable_by(|a, b| (a.rank, b.link.id).cmp(&(b.rank, a.link.id)));
        hits.truncate(limit);
        hits
    }

    fn hits_on(
        &self,
        shelf: &Shelf,
        own: &[Vec<Option<Rank>>],
        names: &[Vec<Option<Rank>>],
        hits: &mut Vec<Hit>,
    ) {
        for (place, slot) in shelf
            .slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| !slot.gone)
        {
            if own
                .iter()
                .all(|ranks| ranks.get(place).is_none_or(Option::is_none))
            {
                continue;
            }
            // What belongs to a dealer in the bin is not shown.
            let Some(home) = self.people.slot(Dealer::NUMBER, slot.dealer) else {
                continue;
            };
            let rank_of = |word: usize| {
                let at = |list: &[Vec<Option<Rank>>], place: usize| {
                    list.get(word)?.get(place).copied().flatten()
                };
                at(own, place)
                    .or_else(|| at(names, home).filter(|rank| rank.how <= Match::WithinSound))
            };
            let worst = (0..own.len()).map(rank_of).try_fold(None, |worst, rank| {
                rank.map(|rank| Some(worst.map_or(rank, |worst: Rank| worst.max(rank))))
            });
            if let Some(Some(rank)) = worst {
                hits.push(Hit {
                    link: Link {
                        table: slot.table.number,
                        id: slot.id,
                    },
                    dealer: Id::new(slot.dealer),
                    rank,
                });
            }
        }
    }
}

/// The best rank of each record on a shelf for a word.
/// What a name is ordered by: Chinese signs by how they sound, then by the signs themselves.
pub fn name_order(name: &str) -> String {
    let folded = fold(name);
    let mut order = spelling::syllables(&folded, false).join(" ");
    order.push('\u{0}');
    order.push_str(&folded);
    order
}

fn ranks(shelf: &Shelf, word: &str, shared_screen: bool) -> Vec<Option<Rank>> {
    let mut best = vec![None; shelf.slots.len()];
    shelf.find(word, shared_screen, &mut |slot, rank| {
        if let Some(known) = best.get_mut(slot)
            && known.is_none_or(|before| rank < before)
        {
            *known = Some(rank);
        }
    });
    best
}

/// The dealer that a record belongs to: its own reference, or that of its plan or goal.
fn dealer_of(book: &Book, record: &dyn AnyRecord) -> Uuid {
    let table = record.table();
    if table.number == Dealer::NUMBER {
        return record.uuid();
    }
    let reference = |key| match record.value(table.position(key)?) {
        Value::Ref(id) => Some(id),
        _ => None,
    };
    reference("dealer")
        .or_else(|| Some(book.plans.get(Id::new(reference("plan")?))?.dealer.uuid()))
        .or_else(|| Some(book.goals.get(Id::new(reference("goal")?))?.dealer.uuid()))
        .unwrap_or_default()
}
