//! Editing many records at once: what to write, what undoes it, and what is refused.

use crate::book::Book;
use crate::custom;
use crate::id::Uuid;
use crate::schema::{Change, Problem, Record, TableSpec, changes, problems_with, value_changes};
use crate::tables::{CustomField, CustomValue};
use crate::value::{Link, Value};

/// What is done to a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// It holds this.
    Set(Value),
    /// It holds nothing.
    Clear,
    /// A set holds these as well.
    Add(Value),
    /// A set holds these no longer.
    Remove(Value),
}

/// What a bulk edit would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BulkPlan {
    /// What to write.
    pub changes: Vec<Change>,
    /// What undoes it.
    pub undo: Vec<Change>,
    /// How many records change.
    pub changed: usize,
    /// How many are so already.
    pub unchanged: usize,
    /// Records that would break a rule by it; they are left as they are.
    pub refused: Vec<(Uuid, Vec<Problem>)>,
    /// Records that are not there, are in the bin, or hold something that only a newer version
    /// can read.
    pub passed_over: usize,
}

/// What to write so that records of a table are edited. A record is refused for what the edit
/// breaks, not for what was wrong with it before.
pub fn plan(
    book: &Book,
    table: &'static TableSpec,
    ids: &[Uuid],
    edits: &[(usize, Edit)],
) -> BulkPlan {
    let mut plan = BulkPlan::default();
    for id in ids {
        let Some(row) = book.any(table.number, *id).filter(|row| {
            let state = row.row_state();
            !state.deleted && !state.needs_newer
        }) else {
            plan.passed_over += 1;
            continue;
        };
        let values: Vec<(usize, Value)> = edits
            .iter()
            .map(|(place, edit)| (*place, edited(&row.value(*place), edit)))
            .collect();
        let before = |place| row.value(place);
        let after = |place| {
            let own = values.iter().rfind(|(other, _)| *other == place);
            own.map_or_else(|| row.value(place), |(_, value)| value.clone())
        };
        let changes = value_changes(table, *id, &before, &after);
        if changes.is_empty() {
            plan.unchanged += 1;
            continue;
        }
        let known = problems_with(row, &[]).unwrap_or_default();
        match problems_with(row, &values) {
            Ok(problems) => {
                let new: Vec<Problem> = problems
                    .into_iter()
                    .filter(|problem| !known.contains(problem))
                    .collect();
                if !new.is_empty() {
                    plan.refused.push((*id, new));
                    continue;
                }
            }
            // The value is not of the field's kind.
            Err(_) => {
                plan.passed_over += 1;
                continue;
            }
        }
        plan.undo.extend(value_changes(table, *id, &after, &before));
        plan.changes.extend(changes);
        plan.changed += 1;
    }
    plan
}

/// What to write so that records are edited in a field that the team added. A record is passed over where
/// it is not there, or where the field does not take what would become of it.
pub fn plan_own(book: &Book, field: &CustomField, ids: &[Uuid], edit: &Edit) -> BulkPlan {
    let mut plan = BulkPlan::default();
    let (Some(table), Some(kind)) = (field.on.map(|on| on.code()), field.content()) else {
        plan.passed_over = ids.len();
        return plan;
    };
    for id in ids {
        let known = book.any(table, *id);
        let there = known.is_some_and(|row| !row.row_state().deleted);
        let before = custom::value(book, field, *id);
        let text = edited(&before, edit).input_text(kind);
        let link = Link { table, id: *id };
        match custom::set(book, field, link, &text) {
            Ok(_) if !there => plan.passed_over += 1,
            Err(_) => plan.passed_over += 1,
            Ok(written) if written.is_empty() => plan.unchanged += 1,
            Ok(written) => {
                let row = CustomValue::id_for(field.id, *id);
                let holding = |value: String| CustomValue {
                    field: field.id,
                    about: Some(link),
                    value,
                    ..CustomValue::with_id(row)
                };
                let (now, then) = (holding(text), holding(before.input_text(kind)));
                plan.undo.extend(changes(Some(&now), &then));
                plan.changes.extend(written);
                plan.changed += 1;
            }
        }
    }
    plan
}

fn edited(before: &Value, edit: &Edit) -> Value {
    match edit {
        Edit::Set(value) => value.clone(),
        Edit::Clear => Value::Empty,
        Edit::Add(more) => united(before, more, true),
        Edit::Remove(less) => united(before, less, false),
    }
}

/// A set with members more, or with them taken out; anything but sets stays as it is.
fn united(before: &Value, other: &Value, more: bool) -> Value {
    fn unite<T: Ord + Clone>(own: &[T], other: &[T], more: bool) -> Vec<T> {
        let mut members = own.to_vec();
        if more {
            members.extend_from_slice(other);
        } else {
            members.retain(|member| !other.contains(member));
        }
        members.sort_unstable();
        members.dedup();
        members
    }
    match (before, other) {
        (Value::Tags(own), Value::Tags(other)) => Value::Tags(unite(own, other, more)),
        (Value::Choices(own), Value::Choices(other)) => Value::Choices(unite(own, other, more)),
        (Value::Refs(own), Value::Refs(other)) => Value::Refs(unite(own, other, more)),
        (Value::Empty, other) if more => other.clone(),
        (before, _) => before.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::schema::Record;
    use crate::tables::{CustomKind, CustomOn, Dealer, Segment};
    use std::collections::BTreeMap;

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
    }

    fn place(key: &str) -> usize {
        Dealer::TABLE.position(key).unwrap()
    }

    fn dealers(book: &Book) -> Vec<Dealer> {
        let mut all: Vec<_> = book
            .dealers
            .iter()
            .map(|dealer| Dealer::clone(dealer))
            .collect();
        all.sort_by_key(|dealer| dealer.id);
        all
    }

    #[test]
    fn many_records_change_at_once_and_back() {
        let mut kept = Shelf::default();
        let mut ids = Vec::new();
        for (name, tags, days) in [
            ("a", vec!["x"], None),
            ("b", vec!["y"], Some(7)),
            ("", vec![], None),
        ] {
            let dealer = Dealer {
                name: name.into(),
                tags: tags.into_iter().map(str::to_owned).collect(),
                cadence_days: days,
                ..Dealer::with_id(Id::natural(&["dealer", name]))
            };
            ids.push(dealer.id.uuid());
            kept.write(&crate::schema::changes(None, &dealer));
        }
        let before = dealers(&kept.book);
        ids.push(Uuid::from_u128(404));
        let plan = plan(
            &kept.book,
            Dealer::TABLE,
            &ids,
            &[
                (
                    place("tags"),
                    Edit::Add(Value::Tags(vec!["x".into(), "z".into()])),
                ),
                (
                    place("segment"),
                    Edit::Set(Value::Choice(Segment::Core.code())),
                ),
                (place("cadence_days"), Edit::Clear),
            ],
        );
        // The one without a name had that problem before.
        assert_eq!((plan.changed, plan.unchanged, plan.passed_over), (3, 0, 1));
        kept.write(&plan.changes);
        let a = kept.book.dealers.get(Id::new(ids[0])).unwrap();
        assert_eq!(a.tags, ["x".to_owned(), "z".to_owned()].into());
        let b = kept.book.dealers.get(Id::new(ids[1])).unwrap();
        assert_eq!((b.segment, b.cadence_days), (Some(Segment::Core), None));
        kept.write(&plan.undo);
        assert_eq!(dealers(&kept.book), before);
    }

    #[test]
    fn a_field_of_the_teams_own_is_edited_in_many() {
        let mut kept = Shelf::default();
        let field = CustomField {
            name: "渠道标签".into(),
            on: Some(CustomOn::Dealer),
            kind: Some(CustomKind::Choices),
            options: "直播\n团购".into(),
            ..CustomField::with_id(Id::natural(&["field"]))
        };
        kept.write(&changes(None, &field));
        let ids: Vec<Uuid> = ["a", "b"]
            .iter()
            .map(|name| {
                let dealer = Dealer {
                    name: (*name).into(),
                    ..Dealer::with_id(Id::natural(&[name]))
                };
                kept.write(&changes(None, &dealer));
                dealer.id.uuid()
            })
            .collect();
        let tags = |names: &[&str]| Value::Tags(names.iter().map(|it| (*it).to_owned()).collect());
        let plan = |book: &Book, ids: &[Uuid], edit: Edit| plan_own(book, &field, ids, &edit);
        let first = plan(&kept.book, &ids[..1], Edit::Add(tags(&["直播"])));
        kept.write(&first.changes);
        let both = plan(&kept.book, &ids, Edit::Add(tags(&["直播"])));
        assert_eq!((both.changed, both.unchanged), (1, 1));
        kept.write(&both.changes);
        let held = |book: &Book, at: usize| custom::value(book, &field, ids[at]);
        assert_eq!(held(&kept.book, 1), tags(&["直播"]));
        kept.write(&both.undo);
        assert_eq!(held(&kept.book, 1), Value::Empty);
        let gone = plan(&kept.book, &[Uuid::from_u128(404)], Edit::Clear);
        assert_eq!((gone.passed_over, gone.changes.len()), (1, 0));
        // What is no option is refused for every record.
        let wrong = plan(&kept.book, &ids, Edit::Set(tags(&["电视"])));
        assert_eq!((wrong.changed, wrong.passed_over), (0, 2));
    }

    #[test]
    fn what_the_edit_breaks_is_refused() {
        let mut book = Book::default();
        let dealer = Dealer {
            name: "a".into(),
            tags: ["x".to_owned()].into(),
            ..Dealer::with_id(Id::natural(&["a"]))
        };
        book.dealers.set(dealer.clone());
        let plan = |edit: (usize, Edit)| plan(&book, Dealer::TABLE, &[dealer.id.uuid()], &[edit]);
        let refused = plan((place("name"), Edit::Clear));
        assert_eq!((refused.changes.len(), refused.refused.len()), (0, 1));
        assert_eq!(refused.refused[0].1[0].field, "name");
        let refused = plan((place("cadence_days"), Edit::Set(Value::Number(400))));
        assert_eq!(refused.refused.len(), 1);
        let wrong = plan((place("name"), Edit::Set(Value::Number(1))));
        assert_eq!((wrong.changes.len(), wrong.passed_over), (0, 1));
        let same = plan((place("tags"), Edit::Add(Value::Tags(vec!["x".into()]))));
        assert_eq!((same.changed, same.unchanged), (0, 1));
        let gone = plan((place("tags"), Edit::Remove(Value::Tags(vec!["x".into()]))));
        assert_eq!((gone.changed, gone.changes.len()), (1, 1));
    }
}
