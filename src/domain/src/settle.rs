//! Settling what is open: kept, done, given up, opened again, put off to another day.

use crate::attention::DueKind;
use crate::book::{Book, Table};
use crate::date::Date;
use crate::id::{Id, Uuid};
use crate::schema::{Change, Record, changes};
use crate::tables::*;
use crate::value::{Link, Outcome};

/// How something open is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settling {
    /// Kept, done, reached, resolved or met.
    Done,
    /// Not kept, or given up.
    Dropped,
    /// Open again.
    Reopened,
}

impl Settling {
    const fn outcome(self, today: Date) -> Outcome {
        match self {
            Self::Done => Outcome::Done(today),
            Self::Dropped => Outcome::Dropped(today),
            Self::Reopened => Outcome::Open,
        }
    }
}

impl DueKind {
    /// The kind of a record that can be due; `None` for every other table.
    pub const fn of_table(table: u16) -> Option<Self> {
        Some(match table {
            Promise::NUMBER => Self::Promise,
            Step::NUMBER => Self::Step,
            Action::NUMBER => Self::Action,
            Milestone::NUMBER => Self::Milestone,
            Issue::NUMBER => Self::Issue,
            _ => return None,
        })
    }
}

/// What to write so that a promise, step, action, milestone, issue, goal, need, contract, joint
/// business plan or risk is settled today. Nothing for a record that is not there or cannot be settled.
pub fn settle(book: &Book, link: Link, how: Settling, today: Date) -> Vec<Change> {
    let outcome = how.outcome(today);
    match link.table {
        Promise::NUMBER => changed(&book.promises, link.id, |it| it.outcome = outcome),
        Action::NUMBER => changed(&book.actions, link.id, |it| it.outcome = outcome),
        Milestone::NUMBER => changed(&book.milestones, link.id, |it| it.outcome = outcome),
        Issue::NUMBER => changed(&book.issues, link.id, |issue| {
            issue.outcome = outcome;
            // A review looks back at the last resolution, not at one before it.
            issue.reviewed_on = None;
        }),
        SupportRequest::NUMBER => {
            changed(&book.support_requests, link.id, |it| it.outcome = outcome)
        }
        Goal::NUMBER => changed(&book.goals, link.id, |it| it.outcome = outcome),
        Contract::NUMBER => changed(&book.contracts, link.id, |it| it.outcome = outcome),
        BusinessPlan::NUMBER => changed(&book.business_plans, link.id, |it| it.outcome = outcome),
        Risk::NUMBER => changed(&book.risks, link.id, |it| it.outcome = outcome),
        Step::NUMBER => changed(&book.steps, link.id, |step| {
            step.progress = Some(match how {
                Settling::Done => Progress::Done,
                Settling::Dropped => Progress::Dropped,
                Settling::Reopened => Progress::Doing,
            });
            step.done_on = (how == Settling::Done).then_some(today);
        }),
        Need::NUMBER => changed(&book.needs, link.id, |need| {
            need.status = Some(match how {
                Settling::Done => NeedStatus::Met,
                Settling::Dropped => NeedStatus::Declined,
                Settling::Reopened => NeedStatus::InProgress,
            });
        }),
        _ => Vec::new(),
    }
}

/// What to write so that a promise, step, action, milestone or issue is due on another day.
pub fn put_off(book: &Book, link: Link, due: Date) -> Vec<Change> {
    let due = Some(due);
    match link.table {
        Promise::NUMBER => changed(&book.promises, link.id, |it| it.due = due),
        Action::NUMBER => changed(&book.actions, link.id, |it| it.due = due),
        Milestone::NUMBER => changed(&book.milestones, link.id, |it| it.due = due),
        Issue::NUMBER => changed(&book.issues, link.id, |it| it.due = due),
        Step::NUMBER => changed(&book.steps, link.id, |it| it.due = due),
        SupportRequest::NUMBER => changed(&book.support_requests, link.id, |it| it.due = due),
        _ => Vec::new(),
    }
}

/// What to write so that a step stands at `progress`; finishing it notes the day.
pub fn advance(step: &Step, progress: Progress, today: Date) -> Vec<Change> {
    let mut after = step.clone();
    after.progress = Some(progress);
    after.done_on = match (progress, step.done_on) {
        (Progress::Done, Some(day)) => Some(day),
        (Progress::Done, None) => Some(today),
        _ => None,
    };
    changes(Some(step), &after)
}

fn changed<T: Record>(table: &Table<T>, id: Uuid, edit: impl FnOnce(&mut T)) -> Vec<Change> {
    let Some(before) = table.get(Id::new(id)) else {
        return Vec::new();
    };
    let mut after = T::clone(before);
    edit(&mut after);
    changes(Some(&**before), &after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::link_to;
    use crate::date::parse_date;
    use crate::schema::FieldSource;
    use std::collections::BTreeMap;

    const TODAY: &str = "2026-06-15";

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[derive(Default)]
    struct Row(BTreeMap<u16, Vec<u8>>);

    impl FieldSource for Row {
        fn field(&self, number: u16) -> Option<&[u8]> {
            self.0
                .get(&number)
                .map(Vec::as_slice)
                .filter(|v| !v.is_empty())
        }
        fn members<'a>(&'a self, _: u16, _: &mut dyn FnMut(&'a [u8])) {}
        fn deleted(&self) -> bool {
            false
        }
    }

    /// A book over plain rows, to which changes are written as they would be stored.
    #[derive(Default)]
    struct Shelf {
        book: Book,
        rows: BTreeMap<(u16, Uuid), Row>,
    }

    impl Shelf {
        fn write(&mut self, changes: Vec<Change>) -> usize {
            let number = changes.len();
            for change in changes {
                let row = self.rows.entry((change.table, change.id)).or_default();
                row.0.insert(change.field, change.value);
                self.book.take(change.table, change.id, row);
            }
            number
        }

        fn settle(&mut self, link: Link, how: Settling) -> usize {
            let changes = settle(&self.book, link, how, day(TODAY));
            self.write(changes)
        }
    }

    #[test]
    fn a_promise_is_kept_and_opened_again() {
        let mut shelf = Shelf::default();
        let promise = Promise {
            title: "six display units".into(),
            ..Promise::with_id(Id::natural(&["p"]))
        };
        shelf.write(changes(None, &promise));
        let outcome = |shelf: &Shelf| shelf.book.promises.get(promise.id).unwrap().outcome;
        shelf.settle(link_to(&promise), Settling::Done);
        assert_eq!(outcome(&shelf), Outcome::Done(day(TODAY)));
        shelf.settle(link_to(&promise), Settling::Reopened);
        assert_eq!(outcome(&shelf), Outcome::Open);
        assert_eq!(shelf.settle(link_to(&promise), Settling::Reopened), 0);
    }

    #[test]
    fn a_step_remembers_the_day_only_while_it_is_done() {
        let mut shelf = Shelf::default();
        let step = Step::with_id(Id::natural(&["s"]));
        shelf.write(changes(None, &step));
        let now = |shelf: &Shelf| {
            let step = shelf.book.steps.get(step.id).unwrap();
            (step.progress, step.done_on)
        };
        shelf.settle(link_to(&step), Settling::Done);
        assert_eq!(now(&shelf), (Some(Progress::Done), Some(day(TODAY))));
        shelf.settle(link_to(&step), Settling::Dropped);
        assert_eq!(now(&shelf), (Some(Progress::Dropped), None));
        let done = advance(
            shelf.book.steps.get(step.id).unwrap(),
            Progress::Done,
            day("2026-06-20"),
        );
        shelf.write(done);
        assert_eq!(now(&shelf), (Some(Progress::Done), Some(day("2026-06-20"))));
    }

    #[test]
    fn what_is_put_off_is_due_on_the_new_day() {
        let mut shelf = Shelf::default();
        let action = Action::with_id(Id::natural(&["a"]));
        shelf.write(changes(None, &action));
        let later = put_off(&shelf.book, link_to(&action), day("2026-07-01"));
        shelf.write(later);
        let due = shelf.book.actions.get(action.id).unwrap().due;
        assert_eq!(due, Some(day("2026-07-01")));
    }

    #[test]
    fn nothing_is_written_for_what_is_not_there() {
        let book = Book::default();
        for table in Book::TABLES {
            let link = Link {
                table: table.number,
                id: Uuid::from_u128(1),
            };
            assert!(settle(&book, link, Settling::Done, day(TODAY)).is_empty());
            assert!(put_off(&book, link, day(TODAY)).is_empty());
        }
    }
}
