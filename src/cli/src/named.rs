//! Finding what a person names: records, tables, presets, days.

use tongxing_domain::book::Book;
use tongxing_domain::date::{Date, Month, parse_date};
use tongxing_domain::exchange::{PRESETS, Preset};
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::{AnyRecord, Record, TableSpec};
use tongxing_domain::tables::{Dealer, OtherSystem};
use tongxing_domain::text::fold;
use tongxing_domain::value::Value;

use crate::chance;
use crate::failure::Failure;

/// The one record of a table that has this name, code or id.
///
/// # Errors
/// [`Failure::NoSuchRecord`] and [`Failure::ManyRecords`].
pub(crate) fn record<T: Record>(book: &Book, name: &str) -> Result<Id<T>, Failure> {
    let rows = book.rows(T::NUMBER);
    if let Ok(id) = Uuid::parse_str(name)
        && rows.iter().any(|row| row.uuid() == id)
    {
        return Ok(Id::new(id));
    }
    let wanted = fold(name);
    let is_called = |row: &dyn AnyRecord, key: &str| {
        let place = row.table().position(key);
        let value = place.map_or(Value::Empty, |place| row.value(place));
        matches!(value, Value::Text(text) if text == name || (!wanted.is_empty() && fold(&text) == wanted))
    };
    let found: Vec<Uuid> = rows
        .iter()
        .filter(|row| {
            ["name", "code", "title"]
                .iter()
                .any(|key| is_called(**row, key))
        })
        .map(|row| row.uuid())
        .collect();
    match found.as_slice() {
        [only] => Ok(Id::new(*only)),
        [] => Err(Failure::NoSuchRecord {
            name: name.to_owned(),
        }),
        many => {
            let ids: Vec<_> = many.iter().map(|id| id.simple().to_string()).collect();
            Err(Failure::ManyRecords {
                name: name.to_owned(),
                ids: ids.join(", "),
            })
        }
    }
}

/// The dealers that are asked for, by name: one, or all.
///
/// # Errors
/// As [`record`].
pub(crate) fn dealers(book: &Book, name: Option<&str>) -> Result<Vec<Id<Dealer>>, Failure> {
    if let Some(name) = name {
        return Ok(vec![record::<Dealer>(book, name)?]);
    }
    let mut all: Vec<_> = book.dealers.iter().collect();
    all.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(all.into_iter().map(|dealer| dealer.id).collect())
}

/// A table by its key, or by what people call it.
///
/// # Errors
/// [`Failure::NoSuchTable`].
pub(crate) fn table(name: &str) -> Result<&'static TableSpec, Failure> {
    let wanted = fold(name);
    let found = Book::TABLES.iter().copied().find(|table| {
        let names = [table.key, table.label.zh, table.label.en];
        names.iter().any(|known| fold(known) == wanted)
    });
    found.ok_or_else(|| Failure::NoSuchTable {
        name: name.to_owned(),
    })
}

/// What a preset is called on the command line: `zoho:Accounts`.
pub(crate) fn preset_name(preset: &Preset) -> String {
    let system = match preset.system {
        OtherSystem::Zoho => "zoho",
        OtherSystem::ShareCrm | OtherSystem::Newer(_) => "sharecrm",
    };
    format!("{system}:{}", preset.module)
}

/// A preset by its name.
///
/// # Errors
/// [`Failure::NoSuchPreset`].
pub(crate) fn preset(name: &str) -> Result<&'static Preset, Failure> {
    let wanted = name.to_lowercase();
    let found = PRESETS
        .iter()
        .find(|preset| preset_name(preset).to_lowercase() == wanted);
    found.ok_or_else(|| {
        let there: Vec<_> = PRESETS.iter().map(preset_name).collect();
        Failure::NoSuchPreset {
            name: name.to_owned(),
            there: there.join(", "),
        }
    })
}

/// A month such as 2026-03.
///
/// # Errors
/// [`Failure::Unreadable`].
pub(crate) fn month(text: &str) -> Result<Month, Failure> {
    Month::parse(text).ok_or_else(|| Failure::Unreadable {
        text: text.to_owned(),
        what: "month (2026-03)",
    })
}

/// A day such as 2026-03-31; today where none is given.
///
/// # Errors
/// [`Failure::Unreadable`].
pub(crate) fn day(text: Option<&str>) -> Result<Date, Failure> {
    let Some(text) = text else {
        return Ok(chance::today());
    };
    parse_date(text).ok_or_else(|| Failure::Unreadable {
        text: text.to_owned(),
        what: "date (2026-03-31)",
    })
}
