//! Rows that are records of any table without rules of its own.

use super::cells::Row;
use super::content::title_of;
use super::directory::name_key;
use super::layout::Layout;
use super::plan::{Reading, Scene, lay_over};
use super::verdict::{Draft, Holder, Into, Likeness, Twin, Verdict};
use crate::book::Book;
use crate::date::Month;
use crate::id::{Id, Uuid};
use crate::schema::{Record, TableSpec};
use crate::tables::{CultureCheck, Enrolment, Side, Target};
use crate::value::{Kind, Value};
use std::collections::HashMap;

/// The records of the book, and those of earlier rows, by what tells them apart.
#[derive(Debug)]
pub(super) struct TableRows {
    table: &'static TableSpec,
    /// The places of the fields by which records are told apart.
    identity: Vec<usize>,
    known: HashMap<String, Holder>,
}

impl TableRows {
    pub(super) fn of(book: &Book, table: &'static TableSpec, layout: &Layout) -> Self {
        let identity = identity(table, layout);
        let mut known = HashMap::new();
        for row in book.rows(table.number) {
            if let Some(key) = key(table, &identity, &|place| row.value(place)) {
                known.entry(key).or_insert(Holder::Record(row.uuid()));
            }
        }
        Self {
            table,
            identity,
            known,
        }
    }

    pub(super) fn read(&mut self, scene: &Scene<'_>, row: &mut Row<'_>, at: usize) -> Reading {
        let values = scene.layout.values(scene, row, None);
        let value = |place: usize| {
            let own = values.iter().find(|(other, _)| *other == place);
            own.map_or(Value::Empty, |(_, value)| value.clone())
        };
        let name = match title_of(self.table).map(value) {
            Some(Value::Text(text)) => text,
            _ => String::new(),
        };
        let natural = natural_id(self.table, &value);
        let key = key(self.table, &self.identity, &value);
        let holder = match (&natural, &key) {
            (Some(id), _) => Some(Holder::Record(*id)),
            (None, Some(key)) => self.known.get(key).copied(),
            (None, None) => None,
        };
        let (verdict, into) = match holder {
            None => {
                lay_over(scene, row, None, &values);
                (Verdict::New, Into::Fresh)
            }
            Some(Holder::Row(earlier)) => {
                lay_over(scene, row, None, &values);
                let twin = Twin::Line(scene.rows.get(earlier).map_or(0, |row| row.line));
                let likeness = Likeness::Name;
                (Verdict::Duplicate { twin, likeness }, Into::Row(earlier))
            }
            Some(Holder::Record(id)) => {
                let there = scene.book.any(self.table.number, id);
                let changed = lay_over(scene, row, there, &values);
                let verdict = match there {
                    None => Verdict::New,
                    Some(_) if changed.is_empty() => Verdict::Same,
                    Some(_) if natural.is_some() => Verdict::Update(changed),
                    Some(_) => Verdict::Duplicate {
                        twin: Twin::Record(id),
                        likeness: Likeness::Name,
                    },
                };
                (verdict, Into::Record(id))
            }
        };
        if row.is_sound()
            && matches!(verdict, Verdict::New)
            && let Some(key) = key
        {
            self.known.insert(key, Holder::Row(at));
        }
        Reading {
            name,
            verdict,
            drafts: vec![Draft::of(into, values)],
        }
    }
}

/// The fields by which records of a table are told apart, of those that the file has: what they
/// are called, what they belong to and when they are. A file with none of the first and the last
/// tells them apart by all that it has.
fn identity(table: &TableSpec, layout: &Layout) -> Vec<usize> {
    let title = title_of(table);
    let tells = |place: &usize| {
        let timed = |spec: &crate::schema::FieldSpec| {
            matches!(
                spec.kind,
                Kind::Month | Kind::Slot | Kind::Minute | Kind::Span
            ) || (title.is_none() && matches!(spec.kind, Kind::Date))
        };
        Some(*place) == title || table.fields.get(*place).is_some_and(timed)
    };
    if !layout.places().any(|place| tells(&place)) {
        return layout.places().collect();
    }
    let belongs = |place: &usize| {
        let spec = table.fields.get(*place);
        spec.is_some_and(|spec| spec.required && matches!(spec.kind, Kind::Ref(_)))
    };
    layout
        .places()
        .filter(|place| tells(place) || belongs(place))
        .collect()
}

/// What the fields of a record say; `None` when they say nothing.
fn key(table: &TableSpec, identity: &[usize], value: &dyn Fn(usize) -> Value) -> Option<String> {
    let mut out = String::new();
    let mut filled = false;
    for place in identity {
        let spec = table.fields.get(*place)?;
        let text = match value(*place) {
            Value::Text(text) => name_key(&text),
            value => value.input_text(spec.kind),
        };
        filled |= !text.is_empty() && !matches!(spec.kind, Kind::Ref(_));
        out.push_str(&text);
        out.push('\u{1f}');
    }
    filled.then_some(out)
}

/// The id that everyone derives for a record of which there is one for each dealer and the like.
fn natural_id(table: &TableSpec, value: &dyn Fn(usize) -> Value) -> Option<Uuid> {
    let of = |key: &str| table.position(key).map(value);
    let reference = |key: &str| match of(key) {
        Some(Value::Ref(id)) => Some(id),
        _ => None,
    };
    let month = |key: &str| -> Option<Month> {
        match of(key) {
            Some(Value::Month(month)) => Some(month),
            _ => None,
        }
    };
    let dealer = Id::new(reference("dealer")?);
    match table.number {
        Target::NUMBER => {
            let metric = Id::new(reference("metric")?);
            Some(Target::id_for(dealer, metric, month("month")?).uuid())
        }
        Enrolment::NUMBER => Some(Enrolment::id_for(dealer, Id::new(reference("scheme")?)).uuid()),
        CultureCheck::NUMBER => {
            let Some(Value::Choice(side)) = of("side") else {
                return None;
            };
            let by = match of("by") {
                Some(Value::Text(by)) => by,
                _ => String::new(),
            };
            let side = Side::from_code(side);
            Some(CultureCheck::id_for(dealer, month("round")?, side, &by).uuid())
        }
        _ => None,
    }
}
