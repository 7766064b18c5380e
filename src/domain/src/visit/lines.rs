//! A line of the minutes becomes a record with one tap.

use crate::attention::link_to;
use crate::date::{Date, add_days};
use crate::due_words;
use crate::id::{FreshId, Id};
use crate::schema::{Change, Record, changes};
use crate::tables::*;
use crate::text::{Lines, clean};
use crate::value::Link;

/// Days that our or their side gets for an action.
const ACTION_DAYS: i64 = 7;
/// Days for what takes longer: promises, steps, issues.
const LONGER_DAYS: i64 = 14;
/// The longest title, in characters; the rest of a long line goes into the details.
const TITLE_LENGTH: usize = 200;

/// What a line shall become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineInto {
    /// An action.
    Action,
    /// A promise of a side.
    Promise(Side),
    /// A step of a plan.
    Step(Id<Plan>),
    /// An issue.
    Issue,
    /// A need.
    Need,
}

/// A record made from a line, not yet saved.
#[derive(Clone, Debug, PartialEq)]
pub enum NewRecord {
    /// An action.
    Action(Action),
    /// A promise.
    Promise(Promise),
    /// A step.
    Step(Step),
    /// An issue.
    Issue(Issue),
    /// A need.
    Need(Need),
}

impl NewRecord {
    /// The registers to write.
    pub fn changes(&self) -> Vec<Change> {
        match self {
            Self::Action(record) => changes(None, record),
            Self::Promise(record) => changes(None, record),
            Self::Step(record) => changes(None, record),
            Self::Issue(record) => changes(None, record),
            Self::Need(record) => changes(None, record),
        }
    }

    /// The link to the record.
    pub fn link(&self) -> Link {
        match self {
            Self::Action(record) => link_to(record),
            Self::Promise(record) => link_to(record),
            Self::Step(record) => link_to(record),
            Self::Issue(record) => link_to(record),
            Self::Need(record) => link_to(record),
        }
    }

    /// Its title.
    pub fn title(&self) -> &str {
        match self {
            Self::Action(record) => &record.title,
            Self::Promise(record) => &record.title,
            Self::Step(record) => &record.title,
            Self::Issue(record) => &record.title,
            Self::Need(record) => &record.title,
        }
    }

    /// By when; `None` for a need.
    pub fn due(&self) -> Option<Date> {
        match self {
            Self::Action(record) => record.due,
            Self::Promise(record) => record.due,
            Self::Step(record) => record.due,
            Self::Issue(record) => record.due,
            Self::Need(_) => None,
        }
    }
}

/// A record from a line of a meeting's minutes, filled with what the line says and sensible
/// defaults; `None` for a line without text. Due words count from the day of the meeting.
/// A side that the line begins with ("经销商…", "Dealer …") is taken over, else it is ours.
pub fn turn_line(
    line: &str,
    into: LineInto,
    meeting: &Meeting,
    today: Date,
    fresh: FreshId<'_>,
) -> Option<NewRecord> {
    let text = without_bullet(&clean(line, Lines::One)).to_owned();
    if text.is_empty() {
        return None;
    }
    let said_on = meeting.day().filter(|day| *day < today).unwrap_or(today);
    let due = |days| {
        let named = due_words::find(&text, said_on).filter(|due| *due >= said_on);
        Some(named.unwrap_or_else(|| add_days(said_on, days)))
    };
    let (title, detail) = match text.char_indices().nth(TITLE_LENGTH) {
        Some((end, _)) => (text.get(..end).unwrap_or_default().to_owned(), text.clone()),
        None => (text.clone(), String::new()),
    };
    let (dealer, of_meeting, side) = (meeting.dealer, meeting.id, Some(side_of(&text)));
    let id = fresh();
    Some(match into {
        LineInto::Action => NewRecord::Action(Action {
            dealer,
            title,
            side,
            due: due(ACTION_DAYS),
            meeting: of_meeting,
            ..Action::with_id(Id::new(id))
        }),
        LineInto::Promise(by) => NewRecord::Promise(Promise {
            dealer,
            title,
            by: Some(by),
            made_on: Some(said_on),
            due: due(LONGER_DAYS),
            meeting: of_meeting,
            detail,
            ..Promise::with_id(Id::new(id))
        }),
        LineInto::Step(plan) => NewRecord::Step(Step {
            plan,
            title,
            side,
            due: due(LONGER_DAYS),
            progress: Some(Progress::Waiting),
            dealer,
            meeting: of_meeting,
            ..Step::with_id(Id::new(id))
        }),
        LineInto::Issue => NewRecord::Issue(Issue {
            dealer,
            title,
            reported_on: Some(said_on),
            detail,
            due: due(LONGER_DAYS),
            meeting: of_meeting,
            ..Issue::with_id(Id::new(id))
        }),
        LineInto::Need => NewRecord::Need(Need {
            dealer,
            title,
            kind: Some(NeedKind::Need),
            detail,
            raised_on: Some(said_on),
            status: Some(NeedStatus::Open),
            meeting: of_meeting,
            ..Need::with_id(Id::new(id))
        }),
    })
}

/// A line without its bullet, its number and its check box.
fn without_bullet(line: &str) -> &str {
    let mut rest = line.trim();
    for mark in ["[ ]", "[x]", "☐", "☑", "□"] {
        let marked = rest.trim_start_matches(['-', '*', '•', '·', '●', '○', '–', '—', ' ']);
        rest = marked.strip_prefix(mark).unwrap_or(marked).trim_start();
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits)
        && let Some(after) = rest.get(digits..)
        && let Some(after) = after.strip_prefix(['.', '、', ')', '）', '．'])
        // 3.5 is a number, not the third line.
        && !after.starts_with(|c: char| c.is_ascii_digit())
    {
        rest = after;
    }
    rest.trim()
}

fn side_of(text: &str) -> Side {
    let lower = text.to_lowercase();
    let theirs = ["经销商", "对方", "客户", "贵方", "dealer", "they "];
    if theirs.iter().any(|word| lower.starts_with(word)) {
        Side::Dealer
    } else {
        Side::Us
    }
}
