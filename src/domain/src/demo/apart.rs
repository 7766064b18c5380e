//! Two tablets that edited one goal: yesterday afternoon, each without a network.
//!
//! What comes of it is not written here. The shell lets two devices make these edits and joins
//! them as it joins a team's.

use super::is_demo;
use super::stories::RECOVERING;
use crate::book::Book;
use crate::date::{Date, Minute, add_days};
use crate::metrics;
use crate::schema::{Change, Record, changes};
use crate::tables::Goal;

/// The colleague with the other tablet.
pub const COLLEAGUE: &str = "周宁";

/// When the book was last the same on both tablets, days ago.
const TOGETHER_DAYS: i64 = 3;

/// What one person wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Hand {
    /// When, where the tablet is.
    pub at: Minute,
    /// What.
    pub changes: Vec<Change>,
}

/// What two people wrote into one goal, neither knowing of the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// The goal, as both began with it.
    pub goal: Goal,
    /// What [`COLLEAGUE`] wrote.
    pub colleague: Hand,
    /// What was written on this tablet, an hour later.
    pub ours: Hand,
}

/// When the demo book's own rows were written: before anybody edited them.
pub fn written_at(today: Date) -> Option<Minute> {
    Minute::at(add_days(today, -TOGETHER_DAYS), 9, 0)
}

/// The story for a book that holds the demo; `None` for one without its goal.
pub fn apart(book: &Book, today: Date) -> Option<Apart> {
    let dealer = book
        .dealers
        .iter()
        .find(|dealer| is_demo(dealer.id.uuid()) && dealer.name == RECOVERING)?;
    let goal = book
        .goals
        .of(dealer.id)
        .find(|goal| goal.metric == metrics::sales_in() && goal.outcome.is_open())?;
    let hand = |hour: u32, minute: u32, after: &Goal| {
        Some(Hand {
            at: Minute::at(add_days(today, -1), hour, minute)?,
            changes: changes(Some(&**goal), after),
        })
    };
    let agreed = |days: i64| goal.agreed_on.map(|day| add_days(day, days));
    let colleague = Goal {
        approach: "以样机更新为主线，每两周复盘一次；城西店的样机在月底前换齐，缺货提前三天说。"
            .into(),
        agreed_on: agreed(1),
        ..(**goal).clone()
    };
    let ours = Goal {
        approach: "以样机更新为主线，每月复盘一次；城西店的样机在节前换齐，导购培训改到周三晚上。"
            .into(),
        agreed_on: agreed(2),
        ..(**goal).clone()
    };
    Some(Apart {
        goal: (**goal).clone(),
        colleague: hand(16, 40, &colleague)?,
        ours: hand(17, 25, &ours)?,
    })
}

impl Apart {
    /// The table and the id of the goal.
    pub fn place(&self) -> (u16, crate::id::Uuid) {
        (Goal::NUMBER, self.goal.id.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::demo;
    use crate::schema::rows_of;

    #[test]
    fn both_write_the_same_fields_of_one_goal_and_differ() {
        let today = parse_date("2026-03-10").unwrap();
        let mut book = Book::default();
        for ((table, id), row) in &rows_of(&demo::book(today, 1)) {
            book.take(*table, *id, row);
        }
        let Apart {
            goal,
            colleague,
            ours,
        } = apart(&book, today).unwrap();
        let fields = |hand: &Hand| -> Vec<_> {
            let places = hand.changes.iter().map(|at| (at.id, at.field));
            places.collect()
        };
        assert_eq!(fields(&colleague), fields(&ours));
        assert_eq!(fields(&ours).len(), 2);
        assert!(ours.changes.iter().all(|at| at.id == goal.id.uuid()));
        let differ = colleague.changes.iter().zip(&ours.changes);
        assert!(differ.into_iter().all(|(a, b)| a.value != b.value));
        assert!(written_at(today).unwrap() < colleague.at && colleague.at < ours.at);
        assert_eq!(apart(&Book::default(), today), None);
    }
}
