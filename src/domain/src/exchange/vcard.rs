//! People as vCards: version 3.0 (RFC 2426), which every telephone reads, and 4.0 (RFC 6350).
//!
//! Written are name, dealer, job title, mobile, mail, WeChat, birthday, and outside the shared
//! screen the internal notes. Read are both versions, and of the older 2.1 what telephones
//! still write of it: quoted-printable values in UTF-8. What a card has beyond that is named,
//! not dropped in silence.

mod card;

use crate::book::Book;
use crate::id::{FreshId, Id};
use crate::import::directory::{Directory, name_key, phone_key};
use crate::schema::{Change, Record, bin, changes};
use crate::tables::{Contact, Dealer};
use std::sync::Arc;

pub use card::{Card, CardFault, read};

/// A version of the format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// RFC 2426.
    #[default]
    V3,
    /// RFC 6350.
    V4,
}

/// The longest line in bytes, without its break.
const LINE: usize = 75;

/// Contacts as vCards. With the screen shared, internal notes stay out.
pub fn write(book: &Book, contacts: &[Arc<Contact>], version: Version, shared: bool) -> String {
    let mut out = String::new();
    for contact in contacts {
        let mut line = |name: &str, value: &str| push_line(&mut out, name, value);
        line("BEGIN", "VCARD");
        line(
            "VERSION",
            match version {
                Version::V3 => "3.0",
                Version::V4 => "4.0",
            },
        );
        line(
            "UID",
            &format!("urn:uuid:{}", contact.id.uuid().hyphenated()),
        );
        line("FN", &escaped(&contact.name));
        let (given, family) = match contact.name.rsplit_once(' ') {
            Some((given, family)) if contact.name.is_ascii() => (given, family),
            _ => ("", contact.name.as_str()),
        };
        line("N", &format!("{};{};;;", escaped(family), escaped(given)));
        if let Some(dealer) = book.dealers.get(contact.dealer) {
            line("ORG", &escaped(&dealer.name));
        }
        let mut filled = |name: &str, value: &str| {
            if !value.is_empty() {
                line(name, &escaped(value));
            }
        };
        filled("TITLE", &contact.position);
        match version {
            Version::V3 => filled("TEL;TYPE=CELL", &contact.phone),
            Version::V4 => filled("TEL;TYPE=cell", &contact.phone),
        }
        filled("EMAIL", &contact.email);
        filled("X-WECHAT", &contact.wechat);
        if let Some(birthday) = contact.birthday {
            let text = match version {
                Version::V3 => birthday.to_string(),
                Version::V4 => birthday.format("%Y%m%d").to_string(),
            };
            filled("BDAY", &text);
        }
        if !shared {
            filled("NOTE", &contact.internal_notes);
        }
        line("END", "VCARD");
    }
    out
}

/// One property, folded into lines of at most 75 bytes between whole characters.
fn push_line(out: &mut String, name: &str, value: &str) {
    let whole = format!("{name}:{value}");
    let mut length = 0;
    for c in whole.chars() {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ',' => out.push_str("\\,"),
            ';' => out.push_str("\\;"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

/// Cards on their way into the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardsIn {
    /// Every register to write.
    pub changes: Vec<Change>,
    /// People that are new.
    pub new: usize,
    /// People of whom something changes.
    pub updated: usize,
    /// People that are there already.
    pub same: usize,
    /// Names whose dealer is not known; they are left out.
    pub unplaced: Vec<String>,
    /// What has no place in the book: name and property.
    pub unheld: Vec<(String, String)>,
}

/// What to write so that the people of some cards are contacts: of a dealer that was chosen, or
/// else of the dealer that a card's organisation names. A person is known by id, name or
/// telephone number within the dealer; what a card leaves blank stays.
pub fn cards_in(
    book: &Book,
    cards: &[Card],
    chosen: Option<Id<Dealer>>,
    fresh: FreshId<'_>,
) -> CardsIn {
    let directory = Directory::of(book);
    let mut out = CardsIn::default();
    for card in cards {
        let named = || directory.find(&card.organisation, "").ok();
        let own = card.uid.and_then(|uid| book.contacts.get_any(Id::new(uid)));
        let Some(dealer) = chosen.or_else(named).or(own.map(|own| own.dealer)) else {
            out.unplaced.push(card.name.clone());
            continue;
        };
        let phone = card.phones.first().cloned().unwrap_or_default();
        let mut people: Vec<_> = book
            .contacts
            .of(dealer)
            .filter(|contact| contact.dealer == dealer)
            .collect();
        people.sort_unstable_by_key(|contact| contact.id);
        let by_name = || {
            let found = |contact: &&&Arc<Contact>| name_key(&contact.name) == name_key(&card.name);
            people.iter().find(found).copied()
        };
        let by_phone = || {
            let key = phone_key(&phone);
            let found = |contact: &&&Arc<Contact>| phone_key(&contact.phone) == key;
            people.iter().find(|c| !key.is_empty() && found(c)).copied()
        };
        let before = own.or_else(by_name).or_else(by_phone);
        let mut after = match before {
            Some(before) => Contact::clone(before),
            None => Contact::with_id(Id::new(fresh())),
        };
        after.dealer = dealer;
        let lay = |field: &mut String, text: &str| {
            if !text.is_empty() {
                text.clone_into(field);
            }
        };
        lay(&mut after.name, &card.name);
        lay(&mut after.position, &card.title);
        lay(&mut after.phone, &phone);
        lay(
            &mut after.email,
            card.emails.first().map_or("", String::as_str),
        );
        lay(&mut after.wechat, &card.wechat);
        lay(&mut after.internal_notes, &card.note);
        after.birthday = card.birthday.or(after.birthday);
        let written = changes(before.map(Arc::as_ref), &after);
        let binned = before.is_some_and(|before| before.state.deleted);
        match before {
            None => out.new += 1,
            Some(_) if written.is_empty() && !binned => out.same += 1,
            Some(_) => out.updated += 1,
        }
        out.changes.extend(written);
        if binned {
            out.changes.push(bin::<Contact>(after.id, false));
        }
        let name = &card.name;
        out.unheld
            .extend(card.unheld().into_iter().map(|what| (name.clone(), what)));
    }
    out
}

#[cfg(test)]
mod tests;
