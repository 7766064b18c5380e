//! Which cells of a row fill which fields of its record.

use super::cells::Row;
use super::content::{Column, Half};
use super::fault::CellFault;
use super::plan::{REASON, Scene};
use super::{Content, Grid, Mapping};
use crate::book::Book;
use crate::custom::CustomFault;
use crate::exchange::read_date;
use crate::schema::{AnyRecord, FieldSpec, Record};
use crate::tables::{CustomField, Dealer};
use crate::value::{Kind, Misread, Value};
use std::sync::Arc;

/// What fills one field.
#[derive(Debug)]
enum Cells {
    /// One cell.
    Whole(usize),
    /// Two cells; one may be missing.
    Halves(Option<usize>, Option<usize>),
}

/// Which cells of a row fill which fields of its record.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The column of the record's id.
    pub(super) id: Option<usize>,
    fields: Vec<(usize, &'static FieldSpec, Cells)>,
    customs: Vec<(usize, Arc<CustomField>)>,
    /// Whether the file is another system's, which writes dates its own way.
    is_foreign: bool,
    /// The columns that nobody takes.
    left_out: Vec<usize>,
}

/// What a row says of the team's own fields, as their kinds are typed.
pub(crate) type Customs = Vec<(Arc<CustomField>, String)>;

impl Layout {
    pub(super) fn of(book: &Book, grid: &Grid, mapping: &Mapping) -> Self {
        // What was wrong with a row before it was corrected is no content of it.
        let is_reason = |place: usize| {
            let heading = grid.headings().get(place);
            heading.is_some_and(|heading| [REASON.zh, REASON.en].contains(&heading.as_str()))
        };
        let mut layout = Self {
            id: mapping.place_of(Column::Id),
            left_out: (0..mapping.len())
                .filter(|place| mapping.get(*place).is_none() && !is_reason(*place))
                .collect(),
            is_foreign: matches!(mapping.content(), Content::Foreign(_)),
            ..Self::default()
        };
        if !layout.is_foreign {
            for (place, spec) in mapping.content().table().fields.iter().enumerate() {
                let half = |half| mapping.place_of(Column::Half(spec.number, half));
                let whole = mapping.place_of(Column::Field(spec.number));
                let cells = match (whole, half(Half::First), half(Half::Second)) {
                    (Some(whole), ..) => Cells::Whole(whole),
                    (None, None, None) => continue,
                    (None, first, second) => Cells::Halves(first, second),
                };
                layout.fields.push((place, spec, cells));
            }
        }
        for place in 0..mapping.len() {
            if let Some(Column::Custom(id)) = mapping.get(place)
                && let Some(field) = book.custom_fields.get(id)
            {
                layout.customs.push((place, Arc::clone(field)));
            }
        }
        layout
    }

    /// The tables whose records the cells name.
    pub(super) fn named_tables(&self) -> impl Iterator<Item = u16> {
        self.fields
            .iter()
            .filter_map(|(_, spec, _)| match spec.kind {
                Kind::Ref(table) | Kind::Refs(table) => Some(table),
                _ => None,
            })
    }

    /// The places of the fields that are filled.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.fields.iter().map(|(place, ..)| *place)
    }

    /// The column that fills a field, for telling where a mistake is.
    pub(super) fn column_of(&self, spec: &FieldSpec) -> Option<usize> {
        let mut fields = self.fields.iter();
        let (_, _, cells) = fields.find(|(_, other, _)| other.number == spec.number)?;
        match cells {
            Cells::Whole(place) => Some(*place),
            Cells::Halves(first, second) => first.or(*second),
        }
    }

    /// The fields that a row fills; `there` is its record, where the row names it by id.
    pub(super) fn values(
        &self,
        scene: &Scene<'_>,
        row: &mut Row<'_>,
        there: Option<&dyn AnyRecord>,
    ) -> Vec<(usize, Value)> {
        let mut values = Vec::with_capacity(self.fields.len());
        let mut dealer = None;
        for (place, spec, cells) in &self.fields {
            let value = match (cells, spec.kind) {
                (Cells::Whole(at), Kind::Ref(table)) => {
                    let text = row.text(Some(*at));
                    // Of several with one name, the record means the one that it meant before.
                    let same = there.and_then(|record| match record.value(*place) {
                        Value::Ref(id) => Some(id),
                        _ => None,
                    });
                    let same = same.filter(|id| {
                        let title = scene.book.title(table, *id);
                        title.is_some_and(|title| title == text)
                    });
                    let id = match same {
                        Some(id) => Some(id),
                        None => reference(scene, row, *at, table, text, dealer),
                    };
                    if table == Dealer::NUMBER && spec.key == "dealer" {
                        dealer = id;
                    }
                    id.map(Value::Ref)
                }
                (Cells::Whole(at), Kind::Refs(table)) => {
                    let text = row.text(Some(*at));
                    let same = there.map(|record| record.value(*place));
                    let same = same.filter(|value| names(scene, table, value) == text);
                    same.filter(|value| !value.is_empty())
                        .or_else(|| references(scene, row, *at, table, dealer))
                }
                (Cells::Whole(at), kind) => row.value(*at, kind),
                (Cells::Halves(first, second), kind) => row.halves(*first, *second, kind),
            };
            if let Some(value) = value {
                values.push((*place, value));
            }
        }
        values
    }

    /// What a row says of the team's own fields.
    pub(super) fn customs(&self, row: &mut Row<'_>) -> Customs {
        let mut out = Vec::new();
        for (place, field) in &self.customs {
            let text = row.text(Some(*place));
            if text.is_empty() {
                continue;
            }
            let kind = field.content().unwrap_or(Kind::Flag);
            let theirs = (self.is_foreign && matches!(kind, Kind::Date)).then(|| read_date(text));
            let day = theirs.flatten().map(|day| day.to_string());
            match field.read(day.as_deref().unwrap_or(text)) {
                Ok(value) => out.push((Arc::clone(field), value.input_text(kind))),
                Err(CustomFault::Misread(misread)) => row.fail(*place, misread.into()),
                Err(CustomFault::NoOption(_)) => row.fail(*place, CellFault::NoOption),
                Err(CustomFault::OtherTable | CustomFault::NeedsNewer) => {
                    row.fail(*place, Misread::NoText.into());
                }
            }
        }
        out
    }

    /// The columns that nobody takes and in which a row says something.
    pub(super) fn left_out<'a>(&'a self, row: &'a Row<'_>) -> impl Iterator<Item = usize> + 'a {
        let places = self.left_out.iter().copied();
        places.filter(|place| !row.text(Some(*place)).is_empty())
    }
}

fn reference(
    scene: &Scene<'_>,
    row: &mut Row<'_>,
    at: usize,
    table: u16,
    text: &str,
    dealer: Option<uuid::Uuid>,
) -> Option<uuid::Uuid> {
    if text.is_empty() {
        return None;
    }
    let found = scene
        .names
        .find(scene.book, scene.directory, table, text, dealer);
    found.map_err(|fault| row.fail(at, fault)).ok()
}

/// What several records are called, as files of ours have it.
fn names(scene: &Scene<'_>, table: u16, value: &Value) -> String {
    let Value::Refs(ids) = value else {
        return String::new();
    };
    let names = ids
        .iter()
        .map(|id| scene.book.title(table, *id).unwrap_or_default());
    names.collect::<Vec<_>>().join("、")
}

fn references(
    scene: &Scene<'_>,
    row: &mut Row<'_>,
    at: usize,
    table: u16,
    dealer: Option<uuid::Uuid>,
) -> Option<Value> {
    let text = row.text(Some(at));
    let mut ids: Vec<_> = text
        .split(['、', ',', '，', ';', '；'])
        .map(str::trim)
        .filter_map(|name| reference(scene, row, at, table, name, dealer))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    (!ids.is_empty()).then_some(Value::Refs(ids))
}
