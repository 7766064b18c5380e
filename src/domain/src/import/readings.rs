//! Rows that are readings: one in each row, or several side by side.

use super::cells::Row;
use super::contacts::find_dealer;
use super::content::Column;
use super::fault::CellFault;
use super::plan::{Reading as Read, Scene, lay_over};
use super::verdict::{Draft, Into, Likeness, Twin, Verdict};
use crate::date::{Date, Month};
use crate::id::Id;
use crate::quantity::Quantity;
use crate::schema::{AnyRecord, Fault, FieldSpec, Record};
use crate::tables::{Metric, Reading};
use crate::value::{Figure, Kind, Value};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The readings in earlier rows, and the names of metrics looked up so far.
#[derive(Debug, Default)]
pub(super) struct ReadingRows {
    seen: HashMap<Uuid, usize>,
    metrics: HashMap<String, Option<Id<Metric>>>,
}

impl ReadingRows {
    pub(super) fn read(&mut self, scene: &Scene<'_>, row: &mut Row<'_>, at: usize) -> Read {
        let dealer = find_dealer(scene, row);
        let name = dealer
            .and_then(|id| scene.book.dealers.get(id))
            .map(|dealer| dealer.name.clone())
            .unwrap_or_default();
        let row_metric = self.metric(scene, row);
        let row_month = month(scene, row);
        let common = scene.layout.values(scene, row, None);
        let mut drafts = Vec::new();
        let mut repeated = None;
        let mut changed: Vec<&'static FieldSpec> = Vec::new();
        let (mut new, mut filled) = (false, false);
        let mut own = HashSet::new();
        let alone = scene.mapping.values().count() == 1;
        for (place, metric, month) in scene.mapping.values() {
            let metric = metric.or(row_metric).or(scene.mapping.metric);
            let Some(amount) = amount(scene, row, place, metric, alone) else {
                continue;
            };
            filled = true;
            if metric.is_some_and(|id| scene.book.formula(id).is_some()) {
                row.fail(place, CellFault::FormulaMetric);
                continue;
            }
            let month = month.or(row_month).or(scene.mapping.month);
            let (Some(dealer), Some(metric), Some(month)) = (dealer, metric, month) else {
                continue;
            };
            let Some(as_of) = last_day(month, scene.today) else {
                row.fail(place, CellFault::FutureMonth);
                continue;
            };
            let id = Reading::id_for(dealer, metric, month);
            let mut values = common.clone();
            for (key, value) in [
                ("dealer", Value::Ref(dealer.uuid())),
                ("metric", Value::Ref(metric.uuid())),
                ("month", Value::Month(month)),
                ("figure", Value::Figure(Figure { amount, as_of })),
            ] {
                if let Some(place) = Reading::TABLE.position(key) {
                    values.push((place, value));
                }
            }
            match scene.book.readings.get(id) {
                None => {
                    lay_over(scene, row, None, &values);
                    new = true;
                }
                Some(known) => changed.extend(lay_over(
                    scene,
                    row,
                    Some(&**known as &dyn AnyRecord),
                    &values,
                )),
            }
            if let Some(earlier) = self.seen.get(&id.uuid()) {
                let line = scene.rows.get(*earlier).map_or(0, |row| row.line);
                repeated = Some(Twin::Line(line));
            } else if !own.insert(id.uuid()) {
                // Two columns of one row mean the same reading.
                repeated = Some(Twin::Record(id.uuid()));
            }
            drafts.push(Draft::of(Into::Record(id.uuid()), values));
        }
        if row.is_sound() {
            for id in own {
                self.seen.entry(id).or_insert(at);
            }
        }
        changed.sort_unstable_by_key(|spec| spec.number);
        changed.dedup_by_key(|spec| spec.number);
        let verdict = match repeated {
            Some(twin) => Verdict::Duplicate {
                twin,
                likeness: Likeness::Month,
            },
            None if new => Verdict::New,
            None if filled && !changed.is_empty() => Verdict::Update(changed),
            None => Verdict::Same,
        };
        Read {
            name,
            verdict,
            drafts,
        }
    }

    fn metric(&mut self, scene: &Scene<'_>, row: &mut Row<'_>) -> Option<Id<Metric>> {
        let place = scene.mapping.place_of(Column::Metric)?;
        let text = row.text(Some(place));
        if text.is_empty() {
            if scene.mapping.metric.is_none() {
                row.fail(place, Fault::Missing.into());
            }
            return None;
        }
        let found = *self
            .metrics
            .entry(text.to_owned())
            .or_insert_with(|| scene.book.metric_named(text).map(|metric| metric.id));
        if found.is_none() {
            row.fail(place, CellFault::NoSuchMetric);
        }
        found
    }
}

fn month(scene: &Scene<'_>, row: &mut Row<'_>) -> Option<Month> {
    let place = scene.mapping.place_of(Column::Month)?;
    match row.value(place, Kind::Month) {
        Some(Value::Month(month)) => Some(month),
        _ => {
            if row.text(Some(place)).is_empty() && scene.mapping.month.is_none() {
                row.fail(place, Fault::Missing.into());
            }
            None
        }
    }
}

/// The amount in a cell. A blank one is an error only where it is the row's only value; any other where
/// the metric refuses it.
fn amount(
    scene: &Scene<'_>,
    row: &mut Row<'_>,
    place: usize,
    metric: Option<Id<Metric>>,
    alone: bool,
) -> Option<Quantity> {
    if row.text(Some(place)).is_empty() {
        if alone {
            row.fail(place, Fault::Missing.into());
        }
        return None;
    }
    match row.value(place, Kind::Quantity)? {
        Value::Number(number) => {
            let amount = Quantity(number);
            // Without a known metric the row has another error, which is told instead.
            let metric = metric.and_then(|id| scene.book.metric(id));
            match metric.and_then(|metric| metric.refuses(amount)) {
                Some(fault) => {
                    row.fail(place, fault.into());
                    None
                }
                None => Some(amount),
            }
        }
        _ => None,
    }
}

/// The day up to which a month's figure counts: its last, or today while it runs.
fn last_day(month: Month, today: Date) -> Option<Date> {
    (month <= Month::of(today)).then(|| month.last().min(today))
}
