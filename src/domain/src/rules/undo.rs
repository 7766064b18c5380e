//! Undoing what a rule did.

use crate::book::Book;
use crate::date::Date;
use crate::schema::{Change, Record, bin, changes};
use crate::tables::{Action, Firing, Meeting, MeetingStage};

/// What undoing a firing means.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// What to write.
    pub changes: Vec<Change>,
    /// Whether what was made stays, because somebody has worked with it since: a task that is
    /// settled, a meeting that has begun.
    pub stays: bool,
}

/// Undoes what a rule did on one occasion: what it made goes to the bin, and the rule does not
/// fire on that occasion again. Undone twice, nothing more happens.
pub fn undo(book: &Book, firing: &Firing, today: Date) -> Undone {
    let mut out = Vec::new();
    let mut stays = false;
    match firing.made {
        Some(made) if made.table == Action::NUMBER => {
            if let Some(action) = book.actions.get(crate::id::Id::new(made.id)) {
                if action.outcome.is_open() {
                    out.push(bin(action.id, true));
                } else {
                    stays = true;
                }
            }
        }
        Some(made) if made.table == Meeting::NUMBER => {
            if let Some(meeting) = book.meetings.get(crate::id::Id::new(made.id)) {
                if meeting.stage() == MeetingStage::Planned {
                    out.push(bin(meeting.id, true));
                    let items = book.agenda_items.of(meeting.id);
                    out.extend(items.map(|item| bin(item.id, true)));
                } else {
                    stays = true;
                }
            }
        }
        _ => {}
    }
    if firing.undone_on.is_none() {
        let undone = Firing {
            undone_on: Some(today),
            ..firing.clone()
        };
        out.extend(changes(Some(firing), &undone));
    }
    Undone {
        changes: out,
        stays,
    }
}
