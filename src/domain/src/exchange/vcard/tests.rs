//! vCards there and back, and as others write them.

use super::*;
use crate::date::parse_date;
use crate::id::Uuid;
use crate::text::{Lines, clean};
use crate::words::Lang;
use proptest::prelude::*;

fn dealer() -> Id<Dealer> {
    Id::natural(&["dealer"])
}

fn book() -> Book {
    let mut book = Book::default();
    book.dealers.set(Dealer {
        name: "青禾厨电; 杭州".into(),
        ..Dealer::with_id(dealer())
    });
    book
}

fn contact() -> Contact {
    Contact {
        dealer: dealer(),
        name: "王小满".into(),
        position: "店长, 采购".into(),
        phone: "+86 138 0000 0000".into(),
        email: "wang@qinghe.cn".into(),
        wechat: "wxm_88".into(),
        birthday: parse_date("1985-02-28"),
        internal_notes: "爱喝茶\n不喜欢\\电话; 发微信".into(),
        ..Contact::with_id(Id::natural(&["contact"]))
    }
}

fn cards_of(contact: Contact, version: Version, shared: bool) -> Vec<Card> {
    let text = write(&book(), &[Arc::new(contact)], version, shared);
    let (cards, faults) = read(&text);
    assert_eq!(faults, []);
    cards
}

fn taken(book: &Book, cards: &[Card], chosen: Option<Id<Dealer>>) -> CardsIn {
    let mut next = 0;
    cards_in(book, cards, chosen, &mut || {
        next += 1;
        Uuid::from_u128(next)
    })
}

#[test]
fn people_go_out_and_come_in_the_same() {
    for version in [Version::V3, Version::V4] {
        let mut book = book();
        let cards = cards_of(contact(), version, false);
        assert_eq!(cards[0].organisation, "青禾厨电; 杭州");
        assert_eq!(cards[0].unheld(), Vec::<String>::new());
        book.contacts.set(contact());
        let back = taken(&book, &cards, None);
        assert_eq!((back.new, back.updated, back.same), (0, 0, 1));
        assert_eq!(back.changes, []);
    }
    assert_eq!(cards_of(contact(), Version::V3, true)[0].note, "");
}

#[test]
fn lines_are_folded_between_characters_and_end_as_the_format_wants() {
    let long = Contact {
        internal_notes: "很长的备注，".repeat(40),
        ..contact()
    };
    let text = write(&book(), &[Arc::new(long.clone())], Version::V3, false);
    assert!(text.split("\r\n").all(|line| line.len() <= LINE));
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\n"));
    assert!(text.ends_with("END:VCARD\r\n"));
    assert!(text.contains("\r\nN:王小满;;;;\r\n"));
    assert!(text.contains("\r\nTITLE:店长\\, 采购\r\n"));
    assert_eq!(
        cards_of(long.clone(), Version::V3, false)[0].note,
        long.internal_notes
    );
    let v4 = write(&book(), &[Arc::new(contact())], Version::V4, false);
    assert!(v4.contains("\r\nBDAY:19850228\r\n"));
}

#[test]
fn cards_of_telephones_are_read() {
    let text = "\u{feff}BEGIN:VCARD\r\nVERSION:2.1\r\n\
        N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E5=B0=8F=\r\n=E6=BB=A1;;;\r\n\
        TEL;WORK:0571-1\r\nTEL;CELL;PREF:138\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4A\r\n AAQ\r\n\r\n\
        END:VCARD\r\n\
        begin:vcard\nversion:4.0\nfn:Wei Zhang\nitem1.email;type=\"a:b\":w@q.cn\n\
        bday:--0203\nadr:;;1 Road;;;;\nend:vcard\n";
    let (cards, faults) = read(text);
    assert_eq!(faults, []);
    assert_eq!(cards[0].name, "王小满");
    assert_eq!(cards[0].phones, ["138", "0571-1"]);
    assert_eq!(cards[0].unheld(), ["PHOTO", "TEL: 0571-1"]);
    assert_eq!(cards[1].name, "Wei Zhang");
    assert_eq!(cards[1].emails, ["w@q.cn"]);
    assert_eq!(cards[1].unheld(), ["BDAY: --0203", "ADR"]);
}

#[test]
fn what_is_wrong_names_its_line() {
    let (cards, faults) = read("BEGIN:VCARD\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:a\n");
    assert_eq!(cards, []);
    assert_eq!(
        faults,
        [CardFault::NoName { line: 3 }, CardFault::Open { line: 4 }]
    );
    assert_eq!(read("name,phone\n").1, [CardFault::NoCard]);
    assert!(!faults[0].text(Lang::Zh).is_empty());
}

#[test]
fn people_find_their_dealer_and_themselves() {
    let mut book = book();
    book.contacts.set(contact());
    let card = |name: &str, organisation: &str, phone: &str| Card {
        name: name.into(),
        organisation: organisation.into(),
        phones: vec![phone.into()],
        ..Card::default()
    };
    let known = taken(&book, &[card("王总", "青禾厨电;杭州", "13800000000")], None);
    assert_eq!((known.new, known.updated), (0, 1));
    let new = taken(&book, &[card("李四", "", "139")], Some(dealer()));
    assert_eq!((new.new, new.updated), (1, 0));
    let nowhere = taken(&book, &[card("李四", "没有这家", "139")], None);
    assert_eq!(nowhere.unplaced, ["李四"]);
    assert_eq!(nowhere.changes, []);
}

proptest! {
    #[test]
    fn any_person_reads_back(name in "[^\\p{C}\\s][^\\p{C}]{0,20}", note in any::<String>(), position in "\\PC{0,30}") {
        let contact = Contact {
            name: clean(&name, Lines::One),
            position: clean(&position, Lines::One),
            internal_notes: clean(&note, Lines::Many),
            ..contact()
        };
        prop_assume!(!contact.name.is_empty());
        for version in [Version::V3, Version::V4] {
            let card = cards_of(contact.clone(), version, false).remove(0);
            prop_assert_eq!(&card.name, &contact.name);
            prop_assert_eq!(&card.title, &contact.position);
            prop_assert_eq!(&card.note, &contact.internal_notes);
        }
    }

    #[test]
    fn any_text_is_read(text in "(BEGIN:VCARD\n|END:VCARD\n|FN:|[A-Z]{2,4};|=|\\PC|\n| ){0,40}") {
        let _ = read(&text);
    }
}
