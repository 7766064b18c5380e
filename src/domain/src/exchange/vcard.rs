//! People as vCards: version 3.0 (RFC 2426), which every telephone reads, and 4.0 (RFC 6350).
//!
//! Written are name, dealer, job title, mobile, mail, WeChat, birthday, and outside the shared
//! screen the internal notes. Read are both versions, and of the older 2.1 what telephones
//! still write of it: quoted-printable values in UTF-8. What a card has beyond that is named,
//! not dropped in silence.

use crate::book::Book;
use crate::date::{Date, parse_date};
use crate::id::{FreshId, Id, Uuid};
use crate::import::directory::{Directory, name_key, phone_key};
use crate::schema::{Change, Record, bin, changes};
use crate::tables::{Contact, Dealer};
use crate::text::{Lines, clean};
use crate::words::Lang;
use std::sync::Arc;

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

/// A person read from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Its id, where it is one of ours.
    pub uid: Option<Uuid>,
    /// The name.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// The job title.
    pub title: String,
    /// Telephone numbers, mobile ones first.
    pub phones: Vec<String>,
    /// Mail addresses.
    pub emails: Vec<String>,
    /// WeChat name.
    pub wechat: String,
    /// Birthday.
    pub birthday: Option<Date>,
    /// Notes.
    pub note: String,
    /// Properties that have no place in the book.
    pub unheld: Vec<String>,
}

/// Why a part of a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardFault {
    /// A card without a name.
    #[error("line {line}: a card without a name")]
    NoName {
        /// Where it ends.
        line: u32,
    },
    /// A card that is not closed.
    #[error("line {line}: a card that is not closed")]
    Open {
        /// Where it begins.
        line: u32,
    },
    /// There is no card.
    #[error("there is no card in the file")]
    NoCard,
}

impl CardFault {
    /// What to tell the person.
    pub fn text(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NoName { line }, Lang::Zh) => format!("到第 {line} 行的名片没有姓名"),
            (Self::NoName { line }, Lang::En) => {
                format!("The card that ends in line {line} has no name")
            }
            (Self::Open { line }, Lang::Zh) => {
                format!("第 {line} 行开始的名片不完整，文件可能被截断")
            }
            (Self::Open { line }, Lang::En) => {
                format!("The card that begins in line {line} is cut off; get the file again")
            }
            (Self::NoCard, Lang::Zh) => "文件里没有名片（vCard）".to_owned(),
            (Self::NoCard, Lang::En) => "There is no vCard in the file".to_owned(),
        }
    }
}

/// Reads a file: its cards, and what is wrong with the others.
pub fn read(text: &str) -> (Vec<Card>, Vec<CardFault>) {
    let (mut cards, mut faults) = (Vec::new(), Vec::new());
    let mut open: Option<(u32, Card)> = None;
    let mut found = false;
    for (line, property) in unfolded(text) {
        let Some(property) = Property::read(&property) else {
            continue;
        };
        match (property.name.as_str(), property.value.trim()) {
            ("BEGIN", value) if value.eq_ignore_ascii_case("VCARD") => {
                found = true;
                if let Some((line, _)) = open.replace((line, Card::default())) {
                    faults.push(CardFault::Open { line });
                }
            }
            ("END", value) if value.eq_ignore_ascii_case("VCARD") => {
                if let Some((_, card)) = open.take() {
                    if card.name.is_empty() {
                        faults.push(CardFault::NoName { line });
                    } else {
                        cards.push(card);
                    }
                }
            }
            _ => {
                if let Some((_, card)) = &mut open {
                    card.take(&property);
                }
            }
        }
    }
    if let Some((line, _)) = open {
        faults.push(CardFault::Open { line });
    }
    if !found {
        faults.push(CardFault::NoCard);
    }
    (cards, faults)
}

/// The lines of a file with their continuations, and where each begins.
fn unfolded(text: &str) -> Vec<(u32, String)> {
    let mut lines: Vec<(u32, String)> = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    let mut soft = false;
    for (number, raw) in (1u32..).zip(text.split('\n')) {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        let goes_on = raw.starts_with([' ', '\t']);
        match lines.last_mut() {
            // Quoted-printable breaks its lines with an equals sign of its own.
            Some((_, last)) if soft => {
                last.pop();
                last.push_str(raw.trim_start());
            }
            Some((_, last)) if goes_on => last.push_str(raw.get(1..).unwrap_or("")),
            _ => lines.push((number, raw.to_owned())),
        }
        soft = raw.ends_with('=')
            && lines
                .last()
                .is_some_and(|(_, line)| line.to_ascii_uppercase().contains("QUOTED-PRINTABLE"));
    }
    lines
}

struct Property {
    name: String,
    /// The parameters in capitals.
    parameters: String,
    value: String,
}

impl Property {
    fn read(line: &str) -> Option<Self> {
        // A colon between quotation marks belongs to a parameter.
        let mut quoted = false;
        let colon = line.char_indices().find_map(|(at, c)| {
            quoted ^= c == '"';
            (c == ':' && !quoted).then_some(at)
        })?;
        let (head, value) = (line.get(..colon)?, line.get(colon + 1..)?);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        // A group such as `item1.` says only which properties belong together.
        let name = name.rsplit('.').next()?.trim().to_ascii_uppercase();
        let parameters = parameters.to_ascii_uppercase();
        let value = if parameters.contains("QUOTED-PRINTABLE") {
            unquoted(value)
        } else {
            value.to_owned()
        };
        Some(Self {
            name,
            parameters,
            value,
        })
    }

    /// The value as text, without its escapes.
    fn text(&self) -> String {
        self.parts(&[]).join("")
    }

    /// The value cut at a sign that is not escaped, each part without its escapes.
    fn parts(&self, at: &[char]) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            let add = match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => '\n',
                    Some(c) => c,
                    None => break,
                },
                c if at.contains(&c) => {
                    parts.push(String::new());
                    continue;
                }
                c => c,
            };
            if let Some(last) = parts.last_mut() {
                last.push(add);
            }
        }
        parts
    }
}

/// Quoted-printable (RFC 2045 section 6.7) in UTF-8; what is not stays as it is.
fn unquoted(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut left = value.as_bytes();
    while let Some((first, rest)) = left.split_first() {
        let hex = rest.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'=' => {
                bytes.push(byte);
                left = rest.get(2..).unwrap_or(&[]);
            }
            _ => {
                bytes.push(*first);
                left = rest;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| value.to_owned())
}

impl Card {
    fn take(&mut self, property: &Property) {
        let one = |lines| clean(&property.text(), lines);
        match property.name.as_str() {
            "VERSION" | "PRODID" | "REV" | "KIND" => {}
            "UID" => {
                let text = property.text();
                let text = text.trim().trim_start_matches("urn:uuid:");
                self.uid = Uuid::parse_str(text).ok();
            }
            "FN" => self.name = one(Lines::One),
            "N" if self.name.is_empty() => {
                let parts = property.parts(&[';']);
                let part = |at: usize| {
                    let text = parts.get(at).map_or("", String::as_str);
                    clean(text, Lines::One)
                };
                let (family, given) = (part(0), part(1));
                self.name = if given.is_ascii() && !given.is_empty() {
                    format!("{given} {family}").trim().to_owned()
                } else {
                    format!("{family}{given}")
                };
            }
            "N" => {}
            "ORG" => {
                let parts = property.parts(&[';']);
                let first = parts.first().map_or("", String::as_str);
                self.organisation = clean(first, Lines::One);
            }
            "TITLE" | "ROLE" if self.title.is_empty() => self.title = one(Lines::One),
            "TEL" => {
                let number = one(Lines::One);
                let number = number.trim_start_matches("tel:").to_owned();
                if property.parameters.contains("CELL") {
                    self.phones.insert(0, number);
                } else {
                    self.phones.push(number);
                }
            }
            "EMAIL" => self.emails.push(one(Lines::One)),
            "X-WECHAT" => self.wechat = one(Lines::One),
            "BDAY" => match parse_date(one(Lines::One).trim()) {
                Some(day) => self.birthday = Some(day),
                None => self.unheld.push(format!("BDAY: {}", one(Lines::One))),
            },
            "NOTE" => self.note = one(Lines::Many),
            name => self.unheld.push(name.to_owned()),
        }
    }

    /// What has no place in the book: unknown properties, and telephone numbers and mail
    /// addresses beyond the first.
    pub fn unheld(&self) -> Vec<String> {
        let more_phones = self
            .phones
            .iter()
            .skip(1)
            .map(|phone| format!("TEL: {phone}"));
        let more_mails = self
            .emails
            .iter()
            .skip(1)
            .map(|mail| format!("EMAIL: {mail}"));
        self.unheld
            .iter()
            .cloned()
            .chain(more_phones)
            .chain(more_mails)
            .collect()
    }
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
