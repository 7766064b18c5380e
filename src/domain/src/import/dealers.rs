//! Rows that are dealers.

use super::cells::Row;
use super::directory::{name_key, phone_key};
use super::plan::{Reading, Scene, lay_over};
use super::verdict::{Draft, Into, Likeness, Twin, Verdict};
use crate::id::Id;
use crate::schema::{AnyRecord, Record};
use crate::tables::Dealer;
use crate::value::Value;
use std::collections::HashMap;

/// Of so many dealers with one name a row is compared with each. A file may give all its rows
/// the same name; comparing each with all others would take for ever.
const NAMESAKES: usize = 50;

/// The dealers in earlier rows.
#[derive(Debug, Default)]
pub(super) struct DealerRows {
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

/// What tells a dealer from another.
#[derive(Debug, Default)]
struct Marks {
    code: String,
    name: String,
    region: String,
    phone: String,
}

impl Marks {
    fn of(dealer: &Dealer) -> Self {
        Self {
            code: name_key(&dealer.code),
            name: name_key(&dealer.name),
            region: name_key(&dealer.region),
            phone: phone_key(&dealer.phone),
        }
    }

    fn of_values(values: &[(usize, Value)]) -> Self {
        let mut dealer = Dealer::default();
        for (place, value) in values {
            // Values were read by the kinds of the same table's fields.
            let _ = dealer.put(*place, value.clone());
        }
        Self::of(&dealer)
    }

    /// How alike two dealers of the same name are; `None` when their codes differ.
    fn likeness(&self, other: &Self) -> Option<Likeness> {
        let both = |a: &str, b: &str| !a.is_empty() && !b.is_empty();
        if both(&self.code, &other.code) && self.code != other.code {
            return None;
        }
        let pairs = [(&self.region, &other.region), (&self.phone, &other.phone)];
        Some(if pairs.iter().any(|(a, b)| both(a, b) && a == b) {
            Likeness::NameAndPlace
        } else if pairs.iter().any(|(a, b)| both(a, b)) {
            Likeness::NameElsewhere
        } else {
            Likeness::Name
        })
    }
}

impl DealerRows {
    pub(super) fn read(&mut self, scene: &Scene<'_>, row: &mut Row<'_>, at: usize) -> Reading {
        let values = scene.layout.values(scene, row, None);
        let marks = Marks::of_values(&values);
        let name = values
            .iter()
            .find_map(|(place, value)| match value {
                Value::Text(text) if Dealer::TABLE.fields[*place].key == "name" => {
                    Some(text.clone())
                }
                _ => None,
            })
            .unwrap_or_default();
        let (verdict, into) = match self.earlier(scene, &marks) {
            Some((earlier, likeness)) => {
                let before = as_written(scene, earlier);
                let before = before.as_ref().map(|dealer| dealer as &dyn AnyRecord);
                lay_over(scene, row, before, &values);
                let line = scene.rows.get(earlier).map_or(0, |row| row.line);
                let twin = Twin::Line(line);
                (Verdict::Duplicate { twin, likeness }, Into::Row(earlier))
            }
            None => judge(scene, row, &marks, &values),
        };
        if row.is_sound()
            && !matches!(
                verdict,
                Verdict::Duplicate {
                    twin: Twin::Line(_),
                    ..
                }
            )
        {
            self.remember(&marks, at);
        }
        Reading {
            name,
            verdict,
            drafts: vec![Draft::of(into, values)],
        }
    }

    /// The earlier row that this one repeats.
    fn earlier(&self, scene: &Scene<'_>, marks: &Marks) -> Option<(usize, Likeness)> {
        if let Some(earlier) = self.by_code.get(&marks.code) {
            return Some((*earlier, Likeness::Code));
        }
        self.by_name
            .get(&marks.name)?
            .iter()
            .take(NAMESAKES)
            .find_map(|earlier| {
                let other = Marks::of_values(&scene.rows.get(*earlier)?.drafts.first()?.values);
                Some((*earlier, other.likeness(marks)?))
            })
    }

    fn remember(&mut self, marks: &Marks, at: usize) {
        if !marks.code.is_empty() {
            self.by_code.insert(marks.code.clone(), at);
        }
        if !marks.name.is_empty() {
            self.by_name.entry(marks.name.clone()).or_default().push(at);
        }
    }
}

/// The dealer that an earlier row makes.
fn as_written(scene: &Scene<'_>, earlier: usize) -> Option<Dealer> {
    let draft = scene.rows.get(earlier)?.drafts.first()?;
    let known = match draft.into {
        Into::Record(id) => scene.book.dealers.get(Id::new(id)),
        _ => None,
    };
    let mut dealer = known.map_or_else(Dealer::default, |known| Dealer::clone(known));
    for (place, value) in &draft.values {
        // Values were read by the kinds of the same table's fields.
        let _ = dealer.put(*place, value.clone());
    }
    Some(dealer)
}

/// What a row is against the book.
fn judge(
    scene: &Scene<'_>,
    row: &mut Row<'_>,
    marks: &Marks,
    values: &[(usize, Value)],
) -> (Verdict, Into) {
    let coded = scene.directory.with_code(&marks.code).first();
    let twin = match coded {
        Some(id) => Some((*id, Likeness::Code)),
        None => scene
            .directory
            .with_name(&marks.name)
            .iter()
            .take(NAMESAKES)
            .filter_map(|id| {
                let dealer = scene.book.dealers.get(*id)?;
                Some((*id, Marks::of(dealer).likeness(marks)?))
            })
            .min_by_key(|(_, likeness)| match likeness {
                Likeness::NameAndPlace => 0,
                Likeness::Name => 1,
                _ => 2,
            }),
    };
    let Some((id, likeness)) = twin else {
        lay_over(scene, row, None, values);
        return (Verdict::New, Into::Fresh);
    };
    let record = scene.book.dealers.get(id);
    let record = record.map(|dealer| &**dealer as &dyn AnyRecord);
    let changed = lay_over(scene, row, record, values);
    let verdict = if changed.is_empty() {
        Verdict::Same
    } else if likeness == Likeness::Code {
        Verdict::Update(changed)
    } else {
        let twin = Twin::Record(id.uuid());
        Verdict::Duplicate { twin, likeness }
    };
    (verdict, Into::Record(id.uuid()))
}
