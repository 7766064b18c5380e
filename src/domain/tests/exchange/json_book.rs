//! The whole book as JSON, there and back.

use crate::given::today;
use crate::replica::Replica;
use proptest::prelude::*;
use tongxing_domain::demo;
use tongxing_domain::exchange::json::{JsonFault, read, write};
use tongxing_domain::id::Id;
use tongxing_domain::money::Fen;
use tongxing_domain::schema::{Record, bin, changes};
use tongxing_domain::tables::{Dealer, Scheme};
use tongxing_domain::value::{Misread, Noted};
use tongxing_domain::words::Lang;

fn full() -> Replica {
    let mut replica = Replica::default();
    replica.write(&demo::book(today(), 7));
    let scheme = Scheme {
        name: "年度返利".into(),
        terms: tongxing_domain::incentives::Terms::parse(
            tongxing_domain::incentives::Terms::NOTATION.examples[0],
        ),
        ..Scheme::with_id(Id::natural(&["scheme"]))
    };
    replica.write(&changes(None, &scheme));
    let gone = replica.book.promises.iter().next().unwrap().id;
    replica.write(&[bin(gone, true)]);
    replica
}

#[test]
fn a_book_comes_back_whole() {
    let replica = full();
    let text = write(&replica.book);
    let read = read(&text).unwrap();
    assert!(read.unknown.is_empty());
    let mut other = Replica::default();
    other.write(&read.changes(&other.book));
    assert_eq!(other.rows(), replica.rows());
    assert_eq!(write(&other.book), text);
    assert_eq!(other.book.promises.binned().count(), 1);
    // Once it is there, there is nothing more to write.
    assert_eq!(read.changes(&other.book), []);
}

#[test]
fn a_file_lays_its_records_over_those_of_the_book() {
    let replica = full();
    let file = read(&write(&replica.book)).unwrap();
    let mut later = full();
    let mut dealer = Dealer::clone(later.book.dealers.iter().next().unwrap());
    let before = dealer.clone();
    dealer.turnover = Some(Fen(1));
    dealer.tags.insert("临时".into());
    later.write(&changes(Some(&before), &dealer));
    let own = Dealer {
        name: "后来的".into(),
        ..Dealer::with_id(Id::natural(&["own"]))
    };
    later.write(&changes(None, &own));
    let changes = file.changes(&later.book);
    later.write(&changes);
    assert_eq!(**later.book.dealers.get(dealer.id).unwrap(), before);
    assert!(later.book.dealers.get(own.id).is_some());
}

#[test]
fn what_a_newer_version_added_is_told() {
    let read = read(
        "{\"format\":\"tongxing-book\",\"version\":1,\"tables\":{\
         \"dealer\":[{\"id\":\"00000000000000000000000000000001\",\"name\":\"a\",\"mood\":\"x\"}],\
         \"dream\":[{},{}]}}",
    )
    .unwrap();
    let unknown: Vec<_> = read.unknown.into_iter().collect();
    assert_eq!(
        unknown,
        [("dealer.mood".into(), 1), ("dream".to_owned(), 2)]
    );
}

#[test]
fn what_is_wrong_names_its_place() {
    let book = |tables: &str| {
        read(&format!(
            "{{\"format\":\"tongxing-book\",\"version\":1,\"tables\":{tables}}}"
        ))
        .unwrap_err()
    };
    let faults = book(
        "{\"dealer\":[{\"name\":\"a\"},\
         {\"id\":\"00000000000000000000000000000001\",\"turnover\":12.5,\"since\":\"2026-02-30\",\"tags\":\"a\",\"staff\":1.5}]}",
    );
    let texts: Vec<_> = faults.iter().map(|fault| fault.text(Lang::En)).collect();
    assert_eq!(texts[0], "dealer[0]: the id is missing");
    assert_eq!(faults.len(), 5);
    assert!(faults.contains(&JsonFault::Field {
        place: "dealer[1].since".into(),
        misread: Misread::Date
    }));
    assert_eq!(
        read("{\"a\":").unwrap_err(),
        [JsonFault::NotJson { line: 1, column: 5 }]
    );
    assert_eq!(read("{}").unwrap_err(), [JsonFault::NotABook]);
    assert_eq!(
        read("{\"format\":\"tongxing-book\",\"version\":2}").unwrap_err(),
        [JsonFault::Newer(2)]
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        let _ = read(&text);
    }

    /// A book with one byte changed is read or refused, never half.
    #[test]
    fn altered_books_are_borne(at in any::<prop::sample::Index>(), byte in 32u8..127) {
        let mut replica = Replica::default();
        let dealer = Dealer {
            name: "杭州青禾厨电".into(),
            turnover: Some(Fen(120_050)),
            ..Dealer::with_id(Id::natural(&["one"]))
        };
        replica.write(&changes(None, &dealer));
        let mut bytes = write(&replica.book).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = read(&text).map(|read| read.changes(&replica.book));
        }
    }
}
