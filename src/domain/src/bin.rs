//! The bin: what its records are called, and what has to come back together with one of them.

use crate::book::Book;
use crate::id::{Id, Uuid};
use crate::schema::{Change, DELETED, NO, Record, TableSpec, YES};
use crate::tables::{Dealer, Meeting, Reading};
use crate::value::{Kind, Value, show_date};
use crate::words::Lang;

/// What a record is called where it stands alone: its name or title; a meeting without a subject
/// by its channel and day; a reading by its metric and month; else the name of its table, with
/// its day where it has one.
pub fn headline(book: &Book, table: &'static TableSpec, id: Uuid, lang: Lang) -> String {
    if let Some(title) = book
        .title(table.number, id)
        .filter(|title| !title.is_empty())
    {
        return title;
    }
    let parts = match table.number {
        Meeting::NUMBER => meeting_parts(book, Id::new(id), lang),
        Reading::NUMBER => reading_parts(book, Id::new(id), lang),
        _ => dated_parts(book, table, id, lang),
    };
    if parts.is_empty() {
        table.label.in_lang(lang).to_owned()
    } else {
        parts.join(" · ")
    }
}

fn meeting_parts(book: &Book, id: Id<Meeting>, lang: Lang) -> Vec<String> {
    let Some(meeting) = book.meetings.get_any(id) else {
        return Vec::new();
    };
    let channel = meeting
        .channel
        .map(|channel| channel.words().in_lang(lang).to_owned());
    let day = meeting.day().map(|day| show_date(day, lang));
    [channel, day].into_iter().flatten().collect()
}

fn reading_parts(book: &Book, id: Id<Reading>, lang: Lang) -> Vec<String> {
    let Some(reading) = book.readings.get_any(id) else {
        return Vec::new();
    };
    let metric = book
        .metric(reading.metric)
        .map(|metric| metric.title(lang).to_owned());
    let month = reading
        .month
        .map(|month| Value::Month(month).show(Kind::Month, lang));
    [metric, month].into_iter().flatten().collect()
}

/// The name of its table and the day or month that a record is of, where it has one.
fn dated_parts(book: &Book, table: &TableSpec, id: Uuid, lang: Lang) -> Vec<String> {
    let day = ["on", "round", "fired_on"].into_iter().find_map(|key| {
        let kind = table.fields.get(table.position(key)?)?.kind;
        let value = book.value(table.number, id, key)?;
        (!value.is_empty()).then(|| value.show(kind, lang))
    });
    match day {
        Some(day) => vec![table.label.in_lang(lang).to_owned(), day],
        None => Vec::new(),
    }
}

/// The dealer that a record belongs to, directly or by what it is part of; in the bin or not.
pub fn dealer_of(book: &Book, table: u16, id: Uuid) -> Option<Id<Dealer>> {
    let (mut table, mut id) = (table, id);
    // Nothing is nested deeper than this: an agenda item in a meeting of a dealer.
    for _ in 0..4 {
        if table == Dealer::NUMBER {
            return Some(Id::new(id));
        }
        (table, id) = owners(book, table, id).next()?;
    }
    None
}

/// The changes that take a record out of the bin, together with what it belongs to where that
/// is in the bin as well: a promise without its dealer would be found nowhere.
pub fn restore(book: &Book, table: u16, id: Uuid) -> Vec<Change> {
    let mut out = vec![deletion(table, id, false)];
    let mut next = vec![(table, id)];
    while let Some((table, id)) = next.pop() {
        for (owner, of) in owners(book, table, id) {
            let change = deletion(owner, of, false);
            if book.is_binned(owner, of) && !out.contains(&change) {
                out.push(change);
                next.push((owner, of));
            }
        }
    }
    out
}

/// The register that puts a record of any table into the bin, or takes it out again.
pub fn deletion(table: u16, id: Uuid, deleted: bool) -> Change {
    Change {
        table,
        id,
        field: DELETED,
        member: Vec::new(),
        value: if deleted { YES } else { NO }.to_vec(),
    }
}

/// The records that a record cannot be without: what its required references name.
fn owners(book: &Book, table: u16, id: Uuid) -> impl Iterator<Item = (u16, Uuid)> {
    let fields = book.spec(table).map_or(&[][..], |table| table.fields);
    fields.iter().filter_map(move |field| {
        let Kind::Ref(owner) = field.kind else {
            return None;
        };
        match book.value(table, id, field.key)? {
            Value::Ref(id) if field.required && !id.is_nil() => Some((owner, id)),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{Minute, parse_date};
    use crate::schema::RowState;
    use crate::tables::{AgendaItem, Channel, Promise, TrustRating};

    const GONE: RowState = RowState {
        deleted: true,
        needs_newer: false,
    };

    fn book() -> Book {
        let mut book = Book::default();
        let mut dealer = Dealer::with_id(Id::natural(&["dealer"]));
        dealer.name = "青禾厨电".into();
        dealer.state = GONE;
        let mut meeting = Meeting::with_id(Id::natural(&["meeting"]));
        meeting.dealer = dealer.id;
        meeting.channel = Some(Channel::Visit);
        meeting.started = parse_date("2026-03-05").and_then(|day| Minute::at(day, 10, 0));
        meeting.state = GONE;
        let mut item = AgendaItem::with_id(Id::natural(&["item"]));
        item.meeting = meeting.id;
        item.title = "样机".into();
        item.state = GONE;
        let mut promise = Promise::with_id(Id::natural(&["promise"]));
        promise.dealer = dealer.id;
        book.dealers.set(dealer);
        book.meetings.set(meeting);
        book.agenda_items.set(item);
        book.promises.set(promise);
        book
    }

    fn id(name: &str) -> Uuid {
        Id::<Dealer>::natural(&[name]).uuid()
    }

    #[test]
    fn an_agenda_item_comes_back_with_its_meeting_and_dealer() {
        let book = book();
        let restored: Vec<(u16, Uuid)> = restore(&book, AgendaItem::NUMBER, id("item"))
            .iter()
            .map(|change| (change.table, change.id))
            .collect();
        assert_eq!(
            restored,
            [
                (AgendaItem::NUMBER, id("item")),
                (Meeting::NUMBER, id("meeting")),
                (Dealer::NUMBER, id("dealer")),
            ]
        );
        assert_eq!(
            dealer_of(&book, AgendaItem::NUMBER, id("item")).map(Id::uuid),
            Some(id("dealer"))
        );
    }

    #[test]
    fn what_is_in_place_is_left_alone() {
        let mut book = book();
        let mut dealer = Dealer::with_id(Id::new(id("dealer")));
        dealer.name = "青禾厨电".into();
        book.dealers.set(dealer);
        let restored = restore(&book, Promise::NUMBER, id("promise"));
        assert_eq!(restored, [deletion(Promise::NUMBER, id("promise"), false)]);
    }

    #[test]
    fn every_record_has_a_name() {
        let book = book();
        let name = |table, name: &str| headline(&book, table, id(name), Lang::Zh);
        assert_eq!(name(Dealer::TABLE, "dealer"), "青禾厨电");
        assert_eq!(name(Meeting::TABLE, "meeting"), "拜访 · 2026年3月5日");
        assert_eq!(name(Promise::TABLE, "promise"), "承诺");
        let mut book = book;
        let mut rating = TrustRating::with_id(Id::natural(&["rating"]));
        rating.on = parse_date("2026-03-05");
        book.trust_ratings.set(rating);
        let rating = headline(&book, TrustRating::TABLE, id("rating"), Lang::Zh);
        assert_eq!(rating, "信任评级 · 2026年3月5日");
    }
}
