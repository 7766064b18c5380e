//! Files made in another thread: what the page sends there and what comes back, as bytes.
//!
//! The page packs what it wants ([`pack`]); a worker, which has the book from the disk, does it ([`run`])
//! and the page reads what came of it ([`unpack`]). So the page carries none of the code that writes and
//! reads files, and does not wait while they are made.

use super::Unheld;
use crate::date::{Date, Month};
use crate::id::Id;
use crate::schema::{Change, parcel};
use crate::tables::Dealer;
use crate::words::Lang;
use minicbor::{Decoder, Encoder};

#[cfg(feature = "json")]
pub use worker::run;

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// The whole book as JSON.
    Book,
    /// A table, by its number, as CSV.
    Table(u16),
    /// Tables as a workbook, made on a day: one by its number, or all that have records.
    Workbook(Option<u16>, Date),
    /// A report as a workbook, made on a day.
    Report(Reported, Date),
    /// Everyone who is not in the bin, as vCards.
    Contacts,
    /// A file for another system, by the place of its preset among [`super::PRESETS`]: CSV, or a
    /// workbook made on a day.
    Preset(usize, Option<Date>),
    /// What to write so that the book holds what a JSON file has.
    BringBack(Vec<u8>),
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// All dealers.
    Portfolio,
    /// A quarter of a dealer, by one of its months.
    Quarter(Id<Dealer>, Month),
}

impl Reported {
    /// The report's words in an errand: its day, then the dealer and the month of a quarter.
    fn written(self, today: Date) -> String {
        match self {
            Self::Portfolio => today.to_string(),
            Self::Quarter(dealer, month) => format!("{today} {dealer} {month}"),
        }
    }
}

/// What came of an errand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A file.
    Made {
        /// Its bytes.
        file: Vec<u8>,
        /// What it cannot hold.
        unheld: Vec<Unheld>,
        /// Records that are of another kind there and not written.
        left_out: usize,
    },
    /// A file was read.
    Read {
        /// What to write.
        changes: Vec<Change>,
        /// Tables and fields that this version does not know.
        unknown: Vec<Unheld>,
        /// How many records it holds.
        records: usize,
    },
    /// A file cannot be used; what to tell the person.
    Refused(String),
}

/// In place of a table's number; no table has it.
const ALL_TABLES: u16 = 0;

/// The bytes of an errand, and the language of what comes of it.
pub fn pack(errand: &Errand, lang: Lang) -> Vec<u8> {
    let day;
    let (code, number, file) = match errand {
        Errand::Book => (0, 0, &[][..]),
        Errand::Workbook(table, today) => {
            day = today.to_string();
            (5, u64::from(table.unwrap_or(ALL_TABLES)), day.as_bytes())
        }
        Errand::Report(of, today) => {
            day = of.written(*today);
            (20, 0, day.as_bytes())
        }
        Errand::Table(table) => (1, u64::from(*table), &[][..]),
        Errand::Contacts => (2, 0, &[][..]),
        Errand::Preset(place, made) => {
            day = made.map_or_else(String::new, |today| today.to_string());
            (3, *place as u64, day.as_bytes())
        }
        Errand::BringBack(file) => (4, 0, file.as_slice()),
    };
    let mut out = Encoder::new(Vec::new());
    // Writing to a vector cannot fail.
    let _ = (|| {
        out.array(4)?.u8(code)?.u64(number)?.bytes(file)?;
        out.bool(lang == Lang::Zh)?;
        Written::Ok(())
    })();
    out.into_writer()
}

/// What came of an errand; `None` for any other bytes.
pub fn unpack(bytes: &[u8]) -> Option<Answer> {
    let mut d = Decoder::new(bytes);
    if d.array().ok()? != Some(4) {
        return None;
    }
    let (code, content) = (d.u8().ok()?, d.bytes().ok()?);
    let mut unheld = Vec::new();
    for _ in 0..d.array().ok()?? {
        unheld.push(Unheld {
            what: d.str().ok()?.to_owned(),
            rows: usize::try_from(d.u64().ok()?).ok()?,
        });
    }
    let records = usize::try_from(d.u64().ok()?).ok()?;
    match code {
        0 => Some(Answer::Made {
            file: content.to_vec(),
            unheld,
            left_out: records,
        }),
        1 => Some(Answer::Read {
            changes: parcel::unpack(content)?,
            unknown: unheld,
            records,
        }),
        2 => Some(Answer::Refused(str::from_utf8(content).ok()?.to_owned())),
        _ => None,
    }
}

type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

#[cfg(feature = "json")]
mod worker {
    use super::{
        ALL_TABLES, Answer, Decoder, Encoder, Errand, Lang, Month, Reported, Unheld, Written,
    };
    use crate::book::Book;
    use crate::date::parse_date;
    use crate::exchange::json::{self, JsonFault};
    use crate::exchange::{DateForm, PRESETS, listed, outgoing, vcard};
    #[cfg(feature = "workbook")]
    use crate::period::{Cycle, Period};
    #[cfg(feature = "workbook")]
    use crate::reports::{self, Portfolio, Quarter};
    use crate::schema::parcel;

    /// So many faults of a file are told.
    const FAULTS: usize = 3;

    /// Does an errand with a book: the bytes of what came of it; `None` for bytes that are no errand.
    pub fn run(bytes: &[u8], book: &Book) -> Option<Vec<u8>> {
        let mut d = Decoder::new(bytes);
        if d.array().ok()? != Some(4) {
            return None;
        }
        let (code, number) = (d.u8().ok()?, d.u64().ok()?);
        let file = d.bytes().ok()?.to_vec();
        let errand = match code {
            0 => Errand::Book,
            1 => Errand::Table(u16::try_from(number).ok()?),
            2 => Errand::Contacts,
            3 => {
                let made = parse_date(str::from_utf8(&file).ok()?);
                Errand::Preset(usize::try_from(number).ok()?, made)
            }
            4 => Errand::BringBack(file),
            5 => {
                let table = u16::try_from(number).ok()?;
                let today = parse_date(str::from_utf8(&file).ok()?)?;
                Errand::Workbook(Some(table).filter(|table| *table != ALL_TABLES), today)
            }
            20 => read_report(str::from_utf8(&file).ok()?)?,
            _ => return None,
        };
        let lang = if d.bool().ok()? { Lang::Zh } else { Lang::En };
        Some(packed(&answer(&errand, book, lang)?))
    }

    fn read_report(text: &str) -> Option<Errand> {
        let mut words = text.split(' ');
        let today = parse_date(words.next()?)?;
        let of = match words.next() {
            None => Reported::Portfolio,
            Some(dealer) => {
                let month = Month::parse(words.next()?)?;
                Reported::Quarter(dealer.parse().ok()?, month)
            }
        };
        Some(Errand::Report(of, today))
    }

    fn answer(errand: &Errand, book: &Book, lang: Lang) -> Option<Answer> {
        let made = |file: String| Answer::Made {
            file: file.into_bytes(),
            unheld: Vec::new(),
            left_out: 0,
        };
        Some(match errand {
            Errand::Book => made(json::write(book)),
            Errand::Table(number) => {
                let table = Book::table(*number)?;
                let mut rows = book.rows(*number);
                // Ids grow with time, so the oldest record comes first.
                rows.sort_unstable_by_key(|row| row.uuid());
                let columns: Vec<usize> = (0..table.fields.len()).collect();
                made(listed(book, table, &rows, &columns, lang, false).to_csv())
            }
            #[cfg(feature = "workbook")]
            Errand::Workbook(table, today) => {
                let wanted = |number: u16| match table {
                    Some(one) => *one == number,
                    None => book.count(number) > 0,
                };
                let tables = Book::TABLES.iter().copied();
                let tables: Vec<_> = tables.filter(|table| wanted(table.number)).collect();
                match crate::exchange::workbook::write(book, &tables, lang, false, *today) {
                    Ok(file) => Answer::Made {
                        file,
                        unheld: Vec::new(),
                        left_out: 0,
                    },
                    Err(error) => Answer::Refused(error.text(lang)),
                }
            }
            #[cfg(feature = "workbook")]
            Errand::Report(of, today) => {
                let report = match of {
                    Reported::Portfolio => {
                        let today = *today;
                        reports::portfolio(&Portfolio { book, today }, lang)
                    }
                    Reported::Quarter(dealer, month) => {
                        let period = Period::of(Cycle::Quarter, *month);
                        reports::pack(&Quarter::of(book, *dealer, period, *today)?, lang)
                    }
                };
                match crate::exchange::workbook::of_report(&report, lang) {
                    Ok(file) => Answer::Made {
                        file,
                        unheld: Vec::new(),
                        left_out: 0,
                    },
                    Err(error) => Answer::Refused(error.text(lang)),
                }
            }
            // Only a program without the writer comes here; its page offers no workbooks.
            #[cfg(not(feature = "workbook"))]
            Errand::Workbook(..) | Errand::Report(..) => return None,
            Errand::Contacts => {
                let mut people: Vec<_> = book.contacts.iter().cloned().collect();
                people.sort_unstable_by_key(|contact| contact.id);
                made(vcard::write(book, &people, vcard::Version::V3, false))
            }
            Errand::Preset(place, made) => {
                let preset = PRESETS.get(*place)?;
                let out = outgoing(book, preset, DateForm::Iso, lang);
                let file = match made {
                    None => out.sheet.to_csv().into_bytes(),
                    #[cfg(feature = "workbook")]
                    Some(today) => {
                        let made =
                            crate::exchange::workbook::of_sheet(preset.module, &out.sheet, *today);
                        match made {
                            Ok(file) => file,
                            Err(error) => return Some(Answer::Refused(error.text(lang))),
                        }
                    }
                    #[cfg(not(feature = "workbook"))]
                    Some(_) => return None,
                };
                Answer::Made {
                    file,
                    unheld: out.unheld,
                    left_out: out.left_out,
                }
            }
            Errand::BringBack(file) => bring_back(file, book, lang),
        })
    }

    fn bring_back(file: &[u8], book: &Book, lang: Lang) -> Answer {
        let read = str::from_utf8(file)
            .map_err(|_| vec![JsonFault::NotABook])
            .and_then(json::read);
        match read {
            Ok(copy) => Answer::Read {
                changes: copy.changes(book),
                records: copy.len(),
                unknown: (copy.unknown.into_iter())
                    .map(|(what, rows)| Unheld { what, rows })
                    .collect(),
            },
            Err(faults) => {
                let told = faults.iter().take(FAULTS).map(|fault| fault.text(lang));
                let more = if faults.len() > FAULTS { " …" } else { "" };
                Answer::Refused(told.collect::<Vec<_>>().join("\n") + more)
            }
        }
    }

    fn packed(answer: &Answer) -> Vec<u8> {
        let registers;
        let (code, content, unheld, count) = match answer {
            Answer::Made {
                file,
                unheld,
                left_out,
            } => (0, file.as_slice(), unheld.as_slice(), *left_out),
            Answer::Read {
                changes,
                unknown,
                records,
            } => {
                registers = parcel::pack(changes);
                (1, registers.as_slice(), unknown.as_slice(), *records)
            }
            Answer::Refused(text) => (2, text.as_bytes(), &[][..], 0),
        };
        let mut out = Encoder::new(Vec::new());
        // Writing to a vector cannot fail.
        let _ = (|| {
            out.array(4)?.u8(code)?.bytes(content)?;
            out.array(unheld.len() as u64)?;
            for unheld in unheld {
                out.str(&unheld.what)?.u64(unheld.rows as u64)?;
            }
            out.u64(count as u64)?;
            Written::Ok(())
        })();
        out.into_writer()
    }
}
