//! Who changed what of a dealer and of what belongs to it, as the change list remembers it.

use super::rows::record_of;
use super::scene::Scene;
use crate::platform::clock;
use tongxing_domain::book::Book;
use tongxing_domain::date::Minute;
use tongxing_domain::field_text::field_text;
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::{DELETED, FieldSpec, TableSpec, YES};
use tongxing_domain::value::{Kind, Value};
use tongxing_domain::words::Lang;
use tongxing_sync::activity::{Activity, Change};
use tongxing_sync::row::FieldKey;

/// A shown value is cut to so many characters: the record itself has all of it.
const SHOWN: usize = 80;

/// What was done with a record as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// It was added.
    Added,
    /// Fields of it were changed.
    Changed,
    /// It was moved into the bin.
    Binned,
    /// It was taken out of the bin.
    Restored,
}

/// What one person changed in one record within ten minutes.
#[derive(Clone, Debug)]
pub struct Edited {
    /// When the last of it was changed.
    pub at: Minute,
    /// Who changed it; empty where no name was set.
    pub author: String,
    /// What was done.
    pub did: Did,
    /// The record's table.
    pub table: &'static TableSpec,
    /// What the record is called now.
    pub title: String,
    /// Field by field, from what to what.
    pub fields: Vec<FieldEdit>,
}

/// How one field changed.
#[derive(Clone, Debug)]
pub struct FieldEdit {
    /// The field.
    pub spec: &'static FieldSpec,
    /// What was there before; empty for nothing.
    pub old: String,
    /// What is there now.
    pub new: String,
}

/// Activities for reading; what the scene may not show is left out.
pub fn edits(s: Scene, activities: &[Activity]) -> Vec<Edited> {
    s.store.peek(|book| {
        activities
            .iter()
            .filter_map(|each| edited(s, book, each))
            .collect()
    })
}

fn edited(s: Scene, book: &Book, activity: &Activity) -> Option<Edited> {
    let (number, id) = record_of(activity.identity.row);
    let table = book.spec(number)?;
    if s.shared && table.internal {
        return None;
    }
    let deleted = activity
        .changes
        .iter()
        .find(|(field, _)| field.number == DELETED);
    let did = match deleted {
        None => Did::Changed,
        Some((_, change)) if *change.new == *YES => Did::Binned,
        Some((_, change)) if change.old.is_none() => Did::Added,
        Some(_) => Did::Restored,
    };
    let fields: Vec<FieldEdit> = match did {
        // Of a new record, the record itself tells what is in it.
        Did::Added | Did::Binned => Vec::new(),
        Did::Changed | Did::Restored => activity
            .changes
            .iter()
            .filter_map(|(field, change)| field_edit(s, book, table, id, field, change))
            .collect(),
    };
    if did == Did::Changed && fields.is_empty() {
        return None;
    }
    Some(Edited {
        at: clock::minute_of(activity.last().ms())?,
        author: activity.identity.author.clone(),
        did,
        table,
        title: book.title(number, id).unwrap_or_default(),
        fields,
    })
}

fn field_edit(
    s: Scene,
    book: &Book,
    table: &'static TableSpec,
    id: Uuid,
    field: &FieldKey,
    change: &Change,
) -> Option<FieldEdit> {
    // Places in a list change whenever something is moved, and say nothing to anybody.
    let spec = table
        .numbered(field.number)
        .filter(|spec| spec.key != "position")?;
    if !s.shows(spec) {
        return None;
    }
    let record = (table.number, id);
    let show = |bytes: &[u8]| match spec.kind.is_set() {
        true if bytes == YES => {
            let member = Value::from_members(spec.kind, std::iter::once(&*field.member));
            value_text(book, record, spec.kind, &member, s.lang)
        }
        true => String::new(),
        false => Value::from_bytes(spec.kind, bytes)
            .map(|value| value_text(book, record, spec.kind, &value, s.lang))
            .unwrap_or_default(),
    };
    let (mut old, new) = (
        change.old.as_deref().map(show).unwrap_or_default(),
        show(&change.new),
    );
    if spec.kind.is_set() && old.is_empty() && new.is_empty() {
        // A member was taken out before it was ever put in by this list: name it all the same.
        old = show(YES);
    }
    (old != new).then_some(FieldEdit { spec, old, new })
}

fn value_text(book: &Book, record: (u16, Uuid), kind: Kind, value: &Value, lang: Lang) -> String {
    let text = field_text(book, record, kind, value, lang);
    let mut line = text.replace('\n', " ");
    if let Some((cut, _)) = line.char_indices().nth(SHOWN) {
        line.truncate(cut);
        line.push('…');
    }
    line
}
