//! vCards as a table: a card in each row.

use super::FileError;
use super::grid::{Grid, GridBuilder};
use crate::exchange::vcard::{self, Card, CardFault};

/// What every card may say, under the names that the format has for it; these are among the
/// headings that the import knows.
const COLUMNS: [&str; 9] = [
    "FN", "ORG", "TITLE", "TEL", "EMAIL", "X-WECHAT", "BDAY", "NOTE", "UID",
];

/// Whether a text is a file of cards.
pub(super) fn are_cards(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start().get(..11);
    start.is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCARD"))
}

/// Reads cards. What the book has no place for stands in columns of its own, under the names
/// that the cards give it.
pub(super) fn read(text: &str) -> Result<Grid, FileError> {
    let (cards, faults) = vcard::read(text);
    if let Some(fault) = faults.into_iter().next() {
        return Err(match fault {
            CardFault::Open { line } => FileError::OpenCard { line },
            CardFault::NoCard => FileError::NoRows,
        });
    }
    let mut more: Vec<String> = Vec::new();
    let unheld: Vec<Vec<(String, String)>> = cards.iter().map(Card::unheld).collect();
    for (name, _) in unheld.iter().flatten() {
        if !more.contains(name) {
            more.push(name.clone());
        }
    }
    let mut builder = GridBuilder::default();
    for heading in COLUMNS.into_iter().chain(more.iter().map(String::as_str)) {
        builder.cell(heading)?;
    }
    builder.end_row(0)?;
    for (card, unheld) in cards.iter().zip(&unheld) {
        let first = |list: &[String]| list.first().cloned().unwrap_or_default();
        let cells = [
            card.name.clone(),
            card.organisation.clone(),
            card.title.clone(),
            first(&card.phones),
            first(&card.emails),
            card.wechat.clone(),
            card.birthday
                .map_or_else(String::new, |day| day.to_string()),
            card.note.clone(),
            card.uid
                .map_or_else(String::new, |id| id.simple().to_string()),
        ];
        for cell in &cells {
            builder.cell(cell)?;
        }
        for name in &more {
            let texts = unheld.iter().filter(|(other, _)| other == name);
            let texts: Vec<&str> = texts.map(|(_, text)| text.as_str()).collect();
            builder.cell(&texts.join(" / "))?;
        }
        builder.end_row(card.line)?;
    }
    builder.finish()
}
