//! People as vCards: version 3.0 (RFC 2426), which every telephone reads, and 4.0 (RFC 6350).
//!
//! Written are name, dealer, job title, mobile, mail, WeChat, birthday, and outside the shared
//! screen the internal notes. Read are both versions, and of the older 2.1 what telephones
//! still write of it: quoted-printable values in UTF-8. What a card has beyond that is named,
//! not dropped in silence. The import reads a file of cards as a table, a card in each row.

mod card;

use crate::book::Book;
use crate::tables::Contact;
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

#[cfg(test)]
mod tests;
