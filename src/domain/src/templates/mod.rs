//! Texts to begin with: blanks that are filled, plans and agendas line by line.

mod lines;
#[cfg(test)]
mod tests;

pub use lines::{agenda_from, plan_from};

use crate::book::Book;
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Fault, Problem};
use crate::tables::{Contact, Dealer};
use crate::value::show_date;
use crate::words::{Lang, Words, words};

/// A blank in a text, written in braces in either language: `{经销商}`, `{dealer}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placeholder {
    /// The dealer's name.
    Dealer,
    /// The name of the person who is written to.
    Contact,
    /// What it is about.
    Subject,
    /// A number of days.
    Days,
    /// A date.
    Date,
}

impl Placeholder {
    /// Every placeholder.
    pub const ALL: [Self; 5] = [
        Self::Dealer,
        Self::Contact,
        Self::Subject,
        Self::Days,
        Self::Date,
    ];

    /// What stands between the braces.
    pub const fn words(self) -> Words {
        match self {
            Self::Dealer => words("经销商", "dealer"),
            Self::Contact => words("联系人", "contact"),
            Self::Subject => words("事项", "subject"),
            Self::Days => words("天数", "days"),
            Self::Date => words("日期", "date"),
        }
    }

    fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL.into_iter().find(|placeholder| {
            let words = placeholder.words();
            words.zh == name || words.en.eq_ignore_ascii_case(name)
        })
    }
}

/// What the blanks are filled with. It holds nothing internal, since what is filled may go to
/// the dealer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blanks {
    /// The dealer's name.
    pub dealer: String,
    /// The name of the person who is written to.
    pub contact: String,
    /// What it is about.
    pub subject: String,
    /// A number of days.
    pub days: Option<i64>,
    /// A date.
    pub date: Option<Date>,
}

impl Blanks {
    /// Blanks for a dealer and the person there: the one that is meant, else the first to
    /// call.
    pub fn of(book: &Book, dealer: Id<Dealer>, contact: Option<Id<Contact>>) -> Self {
        let name = book.dealers.get(dealer).map(|dealer| dealer.name.clone());
        let person = contact
            .or_else(|| first_contact(book, dealer))
            .and_then(|id| book.contacts.get(id));
        Self {
            dealer: name.unwrap_or_default(),
            contact: person.map(|person| person.name.clone()).unwrap_or_default(),
            ..Self::default()
        }
    }

    fn value(&self, placeholder: Placeholder, lang: Lang) -> String {
        match placeholder {
            Placeholder::Dealer => self.dealer.clone(),
            Placeholder::Contact => self.contact.clone(),
            Placeholder::Subject => self.subject.clone(),
            Placeholder::Days => self.days.map(|days| days.to_string()).unwrap_or_default(),
            Placeholder::Date => self
                .date
                .map(|day| show_date(day, lang))
                .unwrap_or_default(),
        }
    }

    /// A text with its blanks filled. What is filled in is not looked through again, and
    /// braces around anything else stay as they are.
    pub fn fill(&self, text: &str, lang: Lang) -> String {
        let mut out = String::with_capacity(text.len());
        for part in parts(text) {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Braces(name) => match Placeholder::named(name) {
                    Some(placeholder) => out.push_str(&self.value(placeholder, lang)),
                    None => out.extend(["{", name, "}"]),
                },
            }
        }
        out
    }
}

/// The first person to call at a dealer: the primary contact, else the one who was entered
/// first.
pub fn first_contact(book: &Book, dealer: Id<Dealer>) -> Option<Id<Contact>> {
    book.contacts
        .of(dealer)
        .min_by_key(|contact| (contact.primary != Some(true), contact.id))
        .map(|contact| contact.id)
}

enum Part<'a> {
    Text(&'a str),
    Braces(&'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after
            .split_once('}')
            .filter(|(name, _)| !name.contains('{'))
        else {
            // A brace that is not closed, or not yet: it is text.
            found.extend([Part::Text(before), Part::Text("{")]);
            rest = after;
            continue;
        };
        found.extend([Part::Text(before), Part::Braces(name)]);
        rest = behind;
    }
    found.push(Part::Text(rest));
    found
}

/// Says so where a text has a blank that nothing fills.
pub(crate) fn check_placeholders(text: &str, field: &'static str, found: &mut Vec<Problem>) {
    let unknown = parts(text)
        .into_iter()
        .any(|part| matches!(part, Part::Braces(name) if Placeholder::named(name).is_none()));
    if unknown {
        found.push(Problem {
            field,
            fault: Fault::Rule(words(
                "花括号里只能是 经销商、联系人、事项、天数、日期",
                "Between braces only dealer, contact, subject, days and date are known",
            )),
        });
    }
}
