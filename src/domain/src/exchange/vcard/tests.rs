//! vCards there and back, and as others write them.

use super::*;
use crate::date::parse_date;
use crate::id::Id;
use crate::schema::Record;
use crate::tables::Dealer;
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

#[test]
fn people_go_out_as_they_are_read() {
    for version in [Version::V3, Version::V4] {
        let card = cards_of(contact(), version, false).remove(0);
        let want = contact();
        assert_eq!(card.organisation, "青禾厨电; 杭州");
        assert_eq!(card.unheld(), []);
        assert_eq!(card.uid, Some(want.id.uuid()));
        assert_eq!(
            (card.phones, card.emails),
            (vec![want.phone], vec![want.email])
        );
        assert_eq!((card.wechat, card.birthday), (want.wechat, want.birthday));
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
    let told = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(
        cards[0].unheld(),
        [told("PHOTO", "(1 kB)"), told("TEL 2", "0571-1")]
    );
    assert_eq!(cards[1].name, "Wei Zhang");
    assert_eq!(cards[1].emails, ["w@q.cn"]);
    assert_eq!(
        cards[1].unheld(),
        [told("BDAY 2", "--0203"), told("ADR", "1 Road")]
    );
    assert_eq!((cards[0].line, cards[1].line), (1, 11));
}

#[test]
fn what_is_wrong_names_its_line() {
    let (cards, faults) = read("BEGIN:VCARD\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:a\n");
    assert_eq!((cards.len(), cards[0].name.as_str()), (1, ""));
    assert_eq!(faults, [CardFault::Open { line: 4 }]);
    assert_eq!(read("name,phone\n").1, [CardFault::NoCard]);
    assert!(faults[0].text(Lang::Zh).contains("第 4 行"));
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
