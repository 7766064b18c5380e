//! The book that a command reads: the store's, or a JSON copy's.

use std::fs;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

use tongxing_domain::book::Book;
use tongxing_domain::exchange::json::{self, JsonBook, JsonFault};
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::{Change, DELETED, FieldSource, YES};
use zeroize::Zeroizing;

use crate::arguments::BookSource;
use crate::failure::Failure;
use crate::session::Session;
use crate::shelter::Shelter;

/// The bytes of a file; of standard input for `-`.
///
/// # Errors
/// [`Failure::File`].
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)
    } else {
        fs::read(path).map(|read| {
            bytes = read;
            bytes.len()
        })
    };
    read.map_err(Failure::file(path))?;
    Ok(bytes)
}

/// The first line that is not blank, of a file or of standard input for `-`, without the end of the
/// line: a secret, overwritten when dropped. Whoever pastes it need not end the input.
///
/// # Errors
/// [`Failure::File`].
pub(crate) fn secret_line(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let read = |mut lines: Box<dyn BufRead>| {
        let mut line = Zeroizing::new(String::new());
        while lines.read_line(&mut line)? > 0 && line.trim().is_empty() {
            line.clear();
        }
        Ok(line)
    };
    let lines: io::Result<Box<dyn BufRead>> = if path.as_os_str() == "-" {
        Ok(Box::new(io::stdin().lock()))
    } else {
        fs::File::open(path).map(|file| Box::new(BufReader::new(file)) as Box<dyn BufRead>)
    };
    let mut line = lines.and_then(read).map_err(Failure::file(path))?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(line)
}

/// A JSON copy of a book.
///
/// # Errors
/// [`Failure::NoBook`].
pub(crate) fn json_book(path: &Path, bytes: &[u8]) -> Result<JsonBook, Failure> {
    let text = std::str::from_utf8(bytes).map_err(|_| vec![JsonFault::NotABook]);
    text.and_then(json::read).map_err(|faults| Failure::NoBook {
        path: path.to_owned(),
        faults,
    })
}

/// The book.
///
/// # Errors
/// The file is no book, or the store cannot be opened.
pub(crate) async fn book(source: &BookSource, shelter: &Shelter) -> Result<Book, Failure> {
    let Some(path) = &source.book else {
        let session = Session::open(shelter).await?;
        let book = session.book();
        session.close().await?;
        return Ok(book);
    };
    let copy = json_book(path, &bytes(path)?)?;
    let mut book = Book::default();
    let mut changes = copy.changes(&book);
    changes.sort_by_key(|change| (change.table, change.id));
    for row in changes.chunk_by(|a, b| (a.table, a.id) == (b.table, b.id)) {
        if let Some(first) = row.first() {
            book.take(first.table, first.id, &Registers(row));
        }
    }
    Ok(book)
}

/// The registers of one record.
struct Registers<'a>(&'a [Change]);

impl FieldSource for Registers<'_> {
    fn field(&self, number: u16) -> Option<&[u8]> {
        let mut plain = self.0.iter().filter(|change| change.member.is_empty());
        plain
            .find(|change| change.field == number)
            .map(|change| change.value.as_slice())
    }

    fn members<'a>(&'a self, number: u16, each: &mut dyn FnMut(&'a [u8])) {
        for change in self.0 {
            if change.field == number && !change.member.is_empty() && change.value == YES {
                each(&change.member);
            }
        }
    }

    fn deleted(&self) -> bool {
        self.field(DELETED) == Some(YES)
    }
}

/// A record's id as text, as the JSON copy has it.
pub(crate) fn id_text(id: Uuid) -> String {
    id.simple().to_string()
}
