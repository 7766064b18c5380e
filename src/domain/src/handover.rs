//! Handing work over when somebody of ours leaves the team.
//!
//! Owners are names, so that a dealer's people and colleagues without an account can own work
//! as well; names are compared without case, width and spaces. What is done keeps the name of
//! who did it. The dealer's own steps and actions are the dealer's matter and stay.

use crate::attention::link_to;
use crate::book::Book;
use crate::schema::{Change, Record, changes};
use crate::tables::{Action, Issue, Routine, Rule, Side, Step};
use crate::text::fold;
use crate::value::{Link, Value};
use std::collections::BTreeMap;

/// The open work of one of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenWork {
    /// The owner's name, as it is written most often.
    pub owner: String,
    /// Open actions and steps of ours, open issues, rules and routines.
    pub records: Vec<Link>,
}

/// Calls `each` with every record of ours that waits to be done and has an owner.
fn each_open(book: &Book, each: &mut dyn FnMut(Link, &str)) {
    let ours = |side: Option<Side>| side != Some(Side::Dealer);
    for action in book.actions.iter() {
        if action.outcome.is_open() && ours(action.side) {
            each(link_to(&**action), &action.owner);
        }
    }
    for step in book.steps.iter() {
        if step.is_open() && ours(step.side) {
            each(link_to(&**step), &step.owner);
        }
    }
    for issue in book.issues.iter().filter(|issue| issue.outcome.is_open()) {
        each(link_to(&**issue), &issue.owner);
    }
    for rule in book.rules.iter() {
        each(link_to(&**rule), &rule.owner);
    }
    for routine in book.routines.iter() {
        each(link_to(&**routine), &routine.owner);
    }
}

/// The open work of owners who are not among the members of the team, by name.
pub fn left_behind(book: &Book, members: &[&str]) -> Vec<OpenWork> {
    let members: Vec<String> = members.iter().map(|name| fold(name)).collect();
    let mut found: BTreeMap<String, (BTreeMap<String, usize>, Vec<Link>)> = BTreeMap::new();
    each_open(book, &mut |link, owner| {
        let folded = fold(owner);
        if !folded.is_empty() && !members.contains(&folded) {
            let (spellings, records) = found.entry(folded).or_default();
            *spellings.entry(owner.trim().to_owned()).or_default() += 1;
            records.push(link);
        }
    });
    found
        .into_values()
        .map(|(spellings, mut records)| {
            records.sort_by_key(|link| (link.table, link.id));
            let most = spellings
                .into_iter()
                .max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
            OpenWork {
                owner: most.map(|(owner, _)| owner).unwrap_or_default(),
                records,
            }
        })
        .collect()
}

/// What to write so that the open work of one owner belongs to another; an empty name leaves
/// it to nobody.
pub fn hand_over(book: &Book, from: &str, to: &str) -> Vec<Change> {
    let from = fold(from);
    let mut links = Vec::new();
    each_open(book, &mut |link, owner| {
        if !from.is_empty() && fold(owner) == from {
            links.push(link);
        }
    });
    links.sort_by_key(|link| (link.table, link.id));
    links
        .into_iter()
        .flat_map(|link| match link.table {
            Action::NUMBER => owned_by(&book.actions, link, to),
            Step::NUMBER => owned_by(&book.steps, link, to),
            Issue::NUMBER => owned_by(&book.issues, link, to),
            Rule::NUMBER => owned_by(&book.rules, link, to),
            Routine::NUMBER => owned_by(&book.routines, link, to),
            _ => Vec::new(),
        })
        .collect()
}

fn owned_by<T: Record>(table: &crate::book::Table<T>, link: Link, owner: &str) -> Vec<Change> {
    let before = table.get(crate::id::Id::new(link.id));
    let place = T::TABLE.position("owner");
    let Some((before, place)) = before.zip(place) else {
        return Vec::new();
    };
    let mut after = T::clone(before);
    match after.put(place, Value::Text(owner.trim().to_owned())) {
        Ok(()) => changes(Some(&**before), &after),
        // An owner is a text in each of these tables.
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::id::Id;
    use crate::value::Outcome;

    fn action(name: &str, owner: &str, side: Side, outcome: Outcome) -> Action {
        Action {
            owner: owner.into(),
            side: Some(side),
            outcome,
            ..Action::with_id(Id::natural(&["action", name]))
        }
    }

    fn book() -> Book {
        let mut book = Book::default();
        let done = Outcome::Done(parse_date("2026-03-01").unwrap());
        book.actions
            .set(action("open", "林 晓", Side::Us, Outcome::Open));
        book.actions.set(action("done", "林晓", Side::Us, done));
        book.actions
            .set(action("theirs", "林晓", Side::Dealer, Outcome::Open));
        book.actions
            .set(action("other", "周舟", Side::Us, Outcome::Open));
        book.actions
            .set(action("nobody", "", Side::Us, Outcome::Open));
        book.issues.set(Issue {
            owner: "林晓".into(),
            ..Issue::with_id(Id::natural(&["issue"]))
        });
        book.routines.set(Routine {
            owner: "林晓".into(),
            ..Routine::with_id(Id::natural(&["routine"]))
        });
        book
    }

    #[test]
    fn the_open_work_of_who_left_is_found() {
        let found = left_behind(&book(), &["周舟"]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].owner, "林晓");
        let tables: Vec<u16> = found[0].records.iter().map(|link| link.table).collect();
        assert_eq!(tables, [Action::NUMBER, Issue::NUMBER, Routine::NUMBER]);
        assert!(left_behind(&book(), &["周舟", "林晓"]).is_empty());
    }

    #[test]
    fn it_goes_to_another_and_what_is_done_stays() {
        let book = book();
        let written = hand_over(&book, "林晓", "周舟");
        assert_eq!(written.len(), 3);
        assert!(
            written
                .iter()
                .all(|change| change.id != Id::<Action>::natural(&["action", "done"]).uuid())
        );
        assert_eq!(
            hand_over(&book, "林晓", "林晓").len(),
            1,
            "only the spelling changes"
        );
        assert!(hand_over(&book, "", "周舟").is_empty());
        assert!(hand_over(&book, "没有这个人", "周舟").is_empty());
    }
}
