//! Dealers that are in the book twice: found by code, name and telephone, and merged so that
//! both histories stay.

use crate::book::Book;
use crate::id::{Id, Uuid};
use crate::import::directory::{name_key, phone_key};
use crate::schema::{AnyRecord, Change, FieldSpec, Record, TableSpec, bin_any, value_changes};
use crate::tables::{
    CustomField, CustomValue, Dealer, Enrolment, Evaluation, Reading, Statement, Target,
};
use crate::value::{Link, Value};
use crate::words::{Words, words};
use std::collections::BTreeMap;

/// What two dealers have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alike {
    /// The code.
    Code,
    /// The name.
    Name,
    /// The telephone number.
    Phone,
}

impl Alike {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Code => words("客户编码相同", "Same code"),
            Self::Name => words("名称相同", "Same name"),
            Self::Phone => words("电话相同", "Same telephone"),
        }
    }
}

/// Two dealers that may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// One.
    pub first: Id<Dealer>,
    /// The other.
    pub second: Id<Dealer>,
    /// What they have in common; the strongest of several.
    pub alike: Alike,
}

/// Every pair of dealers that may be one, each once, the surest first. Of more than two alike,
/// each is paired with the first of them.
pub fn pairs(book: &Book) -> Vec<Pair> {
    let mut dealers: Vec<_> = book.dealers.iter().collect();
    dealers.sort_unstable_by_key(|dealer| dealer.id);
    let mut found: BTreeMap<(Id<Dealer>, Id<Dealer>), Alike> = BTreeMap::new();
    for alike in [Alike::Code, Alike::Name, Alike::Phone] {
        let mut seen: BTreeMap<String, Id<Dealer>> = BTreeMap::new();
        for dealer in &dealers {
            let key = match alike {
                Alike::Code => name_key(&dealer.code),
                Alike::Name => name_key(&dealer.name),
                Alike::Phone => phone_key(&dealer.phone),
            };
            // A few digits are an extension, which many have.
            if key.is_empty() || (alike == Alike::Phone && key.len() < 7) {
                continue;
            }
            match seen.get(&key) {
                Some(first) => {
                    found.entry((*first, dealer.id)).or_insert(alike);
                }
                None => {
                    seen.insert(key, dealer.id);
                }
            }
        }
    }
    let mut pairs: Vec<Pair> = found
        .into_iter()
        .map(|((first, second), alike)| Pair {
            first,
            second,
            alike,
        })
        .collect();
    pairs.sort_by_key(|pair| (pair.alike, pair.first, pair.second));
    pairs
}

/// A field in which both dealers hold something else.
#[derive(Clone, Debug)]
pub struct Differing {
    /// The field.
    pub field: &'static FieldSpec,
    /// What is kept.
    pub kept: Value,
    /// What the other holds, and keeps in the bin.
    pub other: Value,
}

/// What merging two dealers does.
#[derive(Clone, Debug, Default)]
pub struct Merging {
    /// What to write.
    pub changes: Vec<Change>,
    /// Empty fields of the kept dealer that the other fills.
    pub filled: Vec<&'static FieldSpec>,
    /// Fields in which both hold something else.
    pub differing: Vec<Differing>,
    /// How many records of each table move to the kept dealer, by the table's number.
    pub moved: BTreeMap<u16, usize>,
    /// Records that both have for the same month or scheme: the kept dealer's count, the
    /// other's stay with it in the bin. Table number and id of the other's.
    pub twice: Vec<(u16, Uuid)>,
}

/// What to write so that everything of `other` belongs to `kept`, and `other` is in the bin.
/// `None` when they are the same or one of them is not there.
pub fn merge(book: &Book, kept: Id<Dealer>, other: Id<Dealer>) -> Option<Merging> {
    if kept == other {
        return None;
    }
    let (into, from) = (book.dealers.get(kept)?, book.dealers.get(other)?);
    let mut merging = Merging::default();
    let united: Vec<Value> = Dealer::TABLE
        .fields
        .iter()
        .enumerate()
        .map(|(place, spec)| merging.field(spec, into.get(place), from.get(place)))
        .collect();
    let value = |place: usize| united.get(place).cloned().unwrap_or_default();
    merging.changes.extend(value_changes(
        Dealer::TABLE,
        kept.uuid(),
        &|place| into.get(place),
        &value,
    ));
    for row in book.referring(other.uuid()) {
        merging.take(book, row, other.uuid(), kept.uuid());
    }
    merging
        .changes
        .push(bin_any(Dealer::NUMBER, other.uuid(), true));
    Some(merging)
}

impl Merging {
    /// The value of one field of the kept dealer.
    fn field(&mut self, spec: &'static FieldSpec, kept: Value, other: Value) -> Value {
        match (kept, other) {
            (kept, other) if other.is_empty() || kept == other => kept,
            (kept, other) if kept.is_empty() => {
                self.filled.push(spec);
                other
            }
            (Value::Tags(kept), Value::Tags(other)) => Value::Tags(joined(kept, other)),
            (Value::Choices(kept), Value::Choices(other)) => Value::Choices(joined(kept, other)),
            (kept, other) => {
                self.differing.push(Differing {
                    field: spec,
                    kept: kept.clone(),
                    other,
                });
                kept
            }
        }
    }

    /// Moves a record that refers to the other dealer.
    fn take(&mut self, book: &Book, row: &dyn AnyRecord, other: Uuid, kept: Uuid) {
        let table = row.table();
        let before = |place| row.value(place);
        let after = |place| redirected(row.value(place), other, kept);
        let id = row.uuid();
        let Some(natural) = natural_id(table, &after).filter(|natural| *natural != id) else {
            *self.moved.entry(table.number).or_default() += 1;
            self.changes
                .extend(value_changes(table, id, &before, &after));
            return;
        };
        // The id says whose it is: the record is written anew under its new id.
        let there = book.any(table.number, natural);
        if there.is_some_and(|there| !there.row_state().deleted) {
            self.twice.push((table.number, id));
            return;
        }
        *self.moved.entry(table.number).or_default() += 1;
        let old = |place| there.map_or(Value::Empty, |there| there.value(place));
        self.changes
            .extend(value_changes(table, natural, &old, &after));
        self.changes.push(bin_any(table.number, natural, false));
        self.changes.push(bin_any(table.number, id, true));
    }
}

fn joined<T: Ord>(mut one: Vec<T>, other: Vec<T>) -> Vec<T> {
    one.extend(other);
    one.sort_unstable();
    one.dedup();
    one
}

/// A value with one record put in the place of another.
fn redirected(value: Value, from: Uuid, to: Uuid) -> Value {
    match value {
        Value::Ref(id) if id == from => Value::Ref(to),
        Value::Refs(ids) if ids.contains(&from) => {
            let others = ids.into_iter().filter(|id| *id != from).collect();
            Value::Refs(joined(others, vec![to]))
        }
        Value::Link(link) if link.id == from => Value::Link(Link { id: to, ..link }),
        value => value,
    }
}

/// The id that a record's own values give, for tables whose ids come from a natural key with
/// the dealer in it; `None` for every other table.
fn natural_id(table: &TableSpec, value: &dyn Fn(usize) -> Value) -> Option<Uuid> {
    let of = |key: &str| Some(value(table.position(key)?));
    let reference = |key: &str| match of(key) {
        Some(Value::Ref(id)) => Some(id),
        _ => None,
    };
    let month = |key: &str| match of(key) {
        Some(Value::Month(month)) => Some(month),
        _ => None,
    };
    Some(match table.number {
        Reading::NUMBER => Reading::id_for(
            Id::new(reference("dealer")?),
            Id::new(reference("metric")?),
            month("month")?,
        )
        .uuid(),
        Target::NUMBER => Target::id_for(
            Id::new(reference("dealer")?),
            Id::new(reference("metric")?),
            month("month")?,
        )
        .uuid(),
        Enrolment::NUMBER => {
            Enrolment::id_for(Id::new(reference("dealer")?), Id::new(reference("scheme")?)).uuid()
        }
        Statement::NUMBER => {
            let until = match of("until") {
                Some(Value::Date(day)) => day,
                _ => return None,
            };
            Statement::id_for(
                Id::new(reference("dealer")?),
                Id::new(reference("scheme")?),
                until,
            )
            .uuid()
        }
        Evaluation::NUMBER => Evaluation::id_for(
            Id::new(reference("dealer")?),
            Id::new(reference("version")?),
            month("period")?,
        )
        .uuid(),
        CustomValue::NUMBER => {
            let about = match of("about") {
                Some(Value::Link(link)) => link.id,
                _ => return None,
            };
            CustomValue::id_for(Id::<CustomField>::new(reference("field")?), about).uuid()
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Month;
    use crate::metrics;
    use crate::quantity::Quantity;
    use crate::schema::changes;
    use crate::tables::{Contact, Promise};
    use crate::value::Figure;

    #[derive(Default)]
    struct Shelf {
        book: Book,
        rows: BTreeMap<(u16, Uuid), crate::schema::kept::Kept>,
    }

    impl Shelf {
        fn write(&mut self, changes: &[Change]) {
            for change in changes {
                let row = self.rows.entry((change.table, change.id)).or_default();
                row.write(change);
                self.book.take(change.table, change.id, row);
            }
        }

        fn read(&mut self, dealer: Id<Dealer>, month: &str, whole: i64) {
            let (metric, month) = (metrics::sales_in(), Month::parse(month).unwrap());
            self.write(&changes(
                None,
                &Reading {
                    dealer,
                    metric,
                    month: Some(month),
                    figure: Some(Figure {
                        amount: Quantity::whole(whole),
                        as_of: month.last(),
                    }),
                    ..Reading::with_id(Reading::id_for(dealer, metric, month))
                },
            ));
        }
    }

    fn id(name: &str) -> Id<Dealer> {
        Id::natural(&[name])
    }

    #[test]
    fn both_histories_stay() {
        let mut kept = Shelf::default();
        let first = Dealer {
            name: "青禾厨电".into(),
            region: "杭州".into(),
            tags: ["样板".to_owned()].into(),
            ..Dealer::with_id(id("first"))
        };
        let second = Dealer {
            name: "青禾 厨电".into(),
            region: "浙江".into(),
            phone: "0571-8888 0000".into(),
            tags: ["新店".to_owned()].into(),
            ..Dealer::with_id(id("second"))
        };
        kept.write(&changes(None, &first));
        kept.write(&changes(None, &second));
        let promise = Promise {
            dealer: second.id,
            title: "三台样机".into(),
            ..Promise::with_id(Id::natural(&["promise"]))
        };
        kept.write(&changes(None, &promise));
        kept.read(first.id, "2026-01", 10);
        kept.read(second.id, "2026-01", 99);
        kept.read(second.id, "2026-02", 20);

        let merging = merge(&kept.book, first.id, second.id).unwrap();
        let keys = |fields: &[&FieldSpec]| fields.iter().map(|f| f.key).collect::<Vec<_>>();
        assert_eq!(keys(&merging.filled), ["phone"]);
        let differing: Vec<_> = merging.differing.iter().map(|d| d.field.key).collect();
        assert_eq!(differing, ["name", "region"]);
        assert_eq!(
            merging.moved,
            [(Promise::NUMBER, 1), (Reading::NUMBER, 1)].into()
        );
        assert_eq!(merging.twice.len(), 1);

        kept.write(&merging.changes);
        let book = &kept.book;
        assert_eq!(book.dealers.len(), 1);
        let one = book.dealers.get(first.id).unwrap();
        assert_eq!(
            (one.region.as_str(), one.phone.as_str()),
            ("杭州", "0571-8888 0000")
        );
        assert_eq!(one.tags.len(), 2);
        assert_eq!(book.promises.get(promise.id).unwrap().dealer, first.id);
        let read = |month: &str| {
            let reading = book.reading(first.id, metrics::sales_in(), Month::parse(month).unwrap());
            reading.and_then(|r| r.figure).map(|figure| figure.amount)
        };
        assert_eq!(read("2026-01"), Some(Quantity::whole(10)));
        assert_eq!(read("2026-02"), Some(Quantity::whole(20)));
        // The other's January is there still, with its dealer in the bin.
        assert_eq!(book.readings.len(), 3);
        assert!(merge(book, first.id, second.id).is_none());
        assert!(merge(book, first.id, first.id).is_none());
    }

    #[test]
    fn pairs_are_found_once_and_by_what_is_surest() {
        let mut book = Book::default();
        for (key, name, code, phone) in [
            ("1", "青禾", "D1", "0571-88880000"),
            ("2", "青 禾", "d1", "+86 571 8888 0000"),
            ("3", "木樨", "", "0571 8888 0000"),
            ("4", "云栖", "", "101"),
            ("5", "新安", "", "101"),
        ] {
            book.dealers.set(Dealer {
                name: name.into(),
                code: code.into(),
                phone: phone.into(),
                ..Dealer::with_id(id(key))
            });
        }
        book.contacts.set(Contact::with_id(Id::natural(&["c"])));
        let found = pairs(&book);
        let alike = |a, b| {
            let (a, b) = (id(a), id(b));
            found
                .iter()
                .find(|p| (p.first, p.second) == (a.min(b), a.max(b)))
                .map(|pair| pair.alike)
        };
        assert_eq!(alike("1", "2"), Some(Alike::Code));
        assert_eq!(alike("4", "5"), None);
        assert_eq!(
            found
                .iter()
                .filter(|pair| pair.alike == Alike::Phone)
                .count(),
            1
        );
        assert_eq!(found.len(), 2);
    }
}
