//! Reading vCards.

use crate::date::{Date, parse_date};
use crate::id::Uuid;
use crate::text::{Lines, clean};
use crate::words::Lang;

/// A person read from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// The line of the file in which it begins.
    pub line: u32,
    /// Its id.
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
    /// Properties that have no place in the book: the name, and the text or the size.
    pub unheld: Vec<(String, String)>,
}

/// Why a part of a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardFault {
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
    let mut open: Option<Card> = None;
    let mut found = false;
    for (line, property) in unfolded(text) {
        let Some(property) = Property::read(&property) else {
            continue;
        };
        match (property.name.as_str(), property.value.trim()) {
            ("BEGIN", value) if value.eq_ignore_ascii_case("VCARD") => {
                found = true;
                let card = Card {
                    line,
                    ..Card::default()
                };
                if let Some(Card { line, .. }) = open.replace(card) {
                    faults.push(CardFault::Open { line });
                }
            }
            ("END", value) if value.eq_ignore_ascii_case("VCARD") => {
                cards.extend(open.take());
            }
            _ => {
                if let Some(card) = &mut open {
                    card.take(&property);
                }
            }
        }
    }
    if let Some(Card { line, .. }) = open {
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
            "FN" => {
                let name = one(Lines::One);
                if !name.is_empty() {
                    self.name = name;
                }
            }
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
                let mut parts = parts.iter().map(|part| clean(part, Lines::One));
                self.organisation = parts.next().unwrap_or_default();
                let units: Vec<_> = parts.filter(|unit| !unit.is_empty()).collect();
                if !units.is_empty() {
                    self.unheld.push(("ORG 2".to_owned(), units.join(" ")));
                }
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
                // Cards may leave the year out; the book does not.
                None => self.unheld.push(("BDAY 2".to_owned(), one(Lines::One))),
            },
            "NOTE" => self.note = one(Lines::Many),
            name @ ("PHOTO" | "LOGO" | "SOUND" | "KEY") => {
                let kilobytes = property.value.len().div_ceil(1024);
                self.unheld
                    .push((name.to_owned(), format!("({kilobytes} kB)")));
            }
            name => {
                let parts = property.parts(&[';']).into_iter();
                let parts: Vec<_> = parts.filter(|part| !part.trim().is_empty()).collect();
                self.unheld
                    .push((name.to_owned(), clean(&parts.join(" "), Lines::One)));
            }
        }
    }

    /// What has no place in the book: unknown properties, and telephone numbers and mail
    /// addresses beyond the first.
    pub fn unheld(&self) -> Vec<(String, String)> {
        let more = |name: &'static str, list: &[String]| {
            let more = list.iter().enumerate().skip(1);
            more.map(|(at, text)| (format!("{name} {}", at + 1), text.clone()))
                .collect::<Vec<_>>()
        };
        let mut all = self.unheld.clone();
        all.extend(more("TEL", &self.phones));
        all.extend(more("EMAIL", &self.emails));
        all
    }
}
