//! Files made in another thread.

use crate::given::today;
use crate::replica::Replica;
use tongxing_domain::book::Book;
use tongxing_domain::demo;
use tongxing_domain::exchange::errand::{Answer, Errand, pack, run, unpack};
use tongxing_domain::exchange::{DateForm, PRESETS, json, outgoing};
use tongxing_domain::import;
use tongxing_domain::schema::Record;
use tongxing_domain::tables::{Contact, Dealer};
use tongxing_domain::words::Lang;

fn demo_book() -> Replica {
    let mut replica = Replica::default();
    replica.write(&demo::book(today(), 1));
    let contact = replica.book.contacts.iter().next().unwrap().id;
    replica.write(&[tongxing_domain::schema::bin::<Contact>(contact, true)]);
    replica
}

fn done(errand: &Errand, book: &Book) -> Answer {
    unpack(&run(&pack(errand, Lang::En), book).unwrap()).unwrap()
}

fn made(errand: &Errand, book: &Book) -> String {
    match done(errand, book) {
        Answer::Made { file, .. } => String::from_utf8(file).unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_book_arrives_whole_with_its_bin() {
    let demo = demo_book();
    let there = json::read(&made(&Errand::Book, &demo.book)).unwrap();
    assert_eq!(there, json::read(&json::write(&demo.book)).unwrap());
    assert_eq!(there.len(), demo.rows());
}

#[test]
fn a_table_has_a_row_for_each_record_outside_the_bin() {
    let demo = demo_book();
    let csv = made(&Errand::Table(Contact::NUMBER), &demo.book);
    assert!(csv.starts_with('\u{feff}'));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.records().count(), demo.book.contacts.len());
    let cards = made(&Errand::Contacts, &demo.book);
    assert_eq!(
        cards.matches("BEGIN:VCARD").count(),
        demo.book.contacts.len()
    );
}

#[test]
fn a_workbook_is_read_back_by_the_import() {
    let demo = demo_book();
    let workbook = |table| match done(&Errand::Workbook(table, today()), &demo.book) {
        Answer::Made { file, .. } => import::open(&file, &import::decode::gb18030).unwrap(),
        other => panic!("{other:?}"),
    };
    let contacts = workbook(Some(Contact::NUMBER));
    assert_eq!(contacts.rows(), demo.book.contacts.len());
    let fields = Contact::TABLE.fields.iter().map(|field| field.label.en);
    assert_eq!(
        contacts.headings(),
        std::iter::once("ID").chain(fields).collect::<Vec<_>>()
    );
    // The first sheet of all is that of the dealers.
    let dealers = workbook(None);
    assert_eq!(dealers.rows(), demo.book.dealers.len());
    let mapping = import::Mapping::guess_content(&dealers, &demo.book, today());
    assert_eq!(mapping.content(), import::Content::Dealers);
}

#[test]
fn a_preset_says_what_it_cannot_hold() {
    let demo = demo_book();
    let direct = outgoing(&demo.book, &PRESETS[0], DateForm::Iso, Lang::En);
    let Answer::Made {
        unheld, left_out, ..
    } = done(&Errand::Preset(0, None), &demo.book)
    else {
        panic!("a file");
    };
    assert!(!unheld.is_empty());
    assert_eq!((unheld, left_out), (direct.unheld, direct.left_out));
}

#[test]
fn a_workbook_for_another_system_has_its_headers() {
    let demo = demo_book();
    let place = PRESETS.iter().position(|preset| preset.module == "客户");
    let errand = Errand::Preset(place.unwrap(), Some(today()));
    let Answer::Made { file, .. } = done(&errand, &demo.book) else {
        panic!("a file");
    };
    let grid = import::open(&file, &import::decode::gb18030).unwrap();
    assert_eq!(grid.headings()[..2], ["唯一性ID", "客户名称"]);
    assert_eq!(grid.rows(), demo.book.dealers.len());
}

#[test]
fn a_copy_brings_the_book_back() {
    let demo = demo_book();
    let file = made(&Errand::Book, &demo.book).into_bytes();
    let Answer::Read {
        changes, records, ..
    } = done(&Errand::BringBack(file.clone()), &Book::default())
    else {
        panic!("a book");
    };
    assert_eq!(records, demo.rows());
    let mut back = Replica::default();
    back.write(&changes);
    assert_eq!(back.book.count(Dealer::NUMBER), 24);
    let there = json::read(&json::write(&back.book)).unwrap();
    assert_eq!(there, json::read(&json::write(&demo.book)).unwrap());
    // The book that it was saved from needs nothing of it.
    assert!(matches!(
        done(&Errand::BringBack(file), &demo.book),
        Answer::Read { changes, .. } if changes.is_empty()
    ));
}

#[test]
fn a_wrong_file_is_refused_in_words() {
    let refused = |file: &[u8]| match done(&Errand::BringBack(file.to_vec()), &Book::default()) {
        Answer::Refused(text) => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&[0xff, 0xfe]), "This is not a book of Tongxing");
    assert!(refused(b"{\"format\":").contains("line 1"));
    let newer = b"{\"format\":\"tongxing-book\",\"version\":2,\"tables\":{}}";
    assert!(refused(newer).contains("newer version"));
    let nameless = br#"{"format":"tongxing-book","version":1,"tables":{"dealer":[{},{},{},{}]}}"#;
    assert_eq!(refused(nameless).lines().count(), 3);
}

#[test]
fn what_is_no_errand_is_none() {
    let (packed, book) = (pack(&Errand::Table(9999), Lang::Zh), Book::default());
    assert_eq!(run(&packed, &book), None);
    assert_eq!(run(&packed[..packed.len() - 1], &book), None);
    assert_eq!(run(b"", &book), None);
    assert_eq!(unpack(b"\x84\x09"), None);
}
