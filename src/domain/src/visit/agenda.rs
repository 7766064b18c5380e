//! What a meeting should talk about.

use crate::attention::{AHEAD_DAYS, link_to};
use crate::book::Book;
use crate::date::{Date, add_days, days_between};
use crate::explain::show_days;
use crate::id::{FreshId, Id};
use crate::issues;
use crate::pacing::Rag;
use crate::position;
use crate::ratio::Ratio;
use crate::schema::Record;
use crate::tables::*;
use crate::value::Link;
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// How the items that are left are counted.
pub const LEFT_RULE: Words = words("还没有谈过的议程", "Items that were not talked about yet");

/// Why something belongs on the agenda.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// Past its due date: what it is called, whose it is, days late.
    Late {
        /// Whose it is; `None` where it is both sides'.
        side: Option<Side>,
        /// Days since the due date.
        days: i64,
    },
    /// Comes due: whose it is, days to go.
    Ahead {
        /// Whose it is; `None` where it is both sides'.
        side: Option<Side>,
        /// Days to the due date.
        days: i64,
    },
    /// Open without a date.
    Open {
        /// Whose it is; `None` where it is both sides'.
        side: Option<Side>,
    },
    /// A goal behind its schedule.
    Behind {
        /// Its pace.
        pace: Option<Ratio>,
        /// Its colour.
        rag: Rag,
    },
    /// A need that waits: days since it was raised.
    Need {
        /// Days since it was raised, if that day is known.
        days: Option<i64>,
    },
    /// An issue that is not resolved: its severity, days since it was reported.
    Issue {
        /// How much it hurts.
        severity: Option<Severity>,
        /// Days since it was reported, if that day is known.
        days: Option<i64>,
    },
}

impl Why {
    /// The reason in words; fit for the dealer's eyes.
    pub fn text(&self, lang: Lang) -> String {
        let whose = |side: &Option<Side>| {
            side.map_or(String::new(), |side| {
                format!("{} · ", side.words().in_lang(lang))
            })
        };
        match self {
            Self::Late { side, days } => {
                let days = show_days(*days, lang);
                match lang {
                    Lang::Zh => format!("{}已到期 {days}", whose(side)),
                    Lang::En => format!("{}{days} past its date", whose(side)),
                }
            }
            Self::Ahead { side, days: 0 } => {
                format!(
                    "{}{}",
                    whose(side),
                    words("今天到期", "due today").in_lang(lang)
                )
            }
            Self::Ahead { side, days } => {
                let days = show_days(*days, lang);
                match lang {
                    Lang::Zh => format!("{}{days}后到期", whose(side)),
                    Lang::En => format!("{}due in {days}", whose(side)),
                }
            }
            Self::Open { side } => {
                format!("{}{}", whose(side), words("未完成", "open").in_lang(lang))
            }
            // By how much, and why, is told where the goal stands.
            Self::Behind { rag, .. } => match rag {
                Rag::Risk => words("目标落后较多", "Goal far behind"),
                _ => words("目标略有落后", "Goal slightly behind"),
            }
            .in_lang(lang)
            .to_owned(),
            Self::Need { days } => since(
                words("待响应的需求", "Need to answer").in_lang(lang),
                *days,
                lang,
            ),
            Self::Issue { severity, days } => {
                let what = words("未解决的问题", "Open issue").in_lang(lang);
                let what = severity.map_or(what.to_owned(), |severity| {
                    format!("{what} · {}", severity.words().in_lang(lang))
                });
                since(&what, *days, lang)
            }
        }
    }
}

fn since(what: &str, days: Option<i64>, lang: Lang) -> String {
    match (days.filter(|days| *days > 0), lang) {
        (None, _) => what.to_owned(),
        (Some(days), Lang::Zh) => format!("{what} · 已 {}", show_days(days, lang)),
        (Some(days), Lang::En) => format!("{what} · for {}", show_days(days, lang)),
    }
}

/// One thing that a meeting should talk about.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What to talk about, in the record's own words.
    pub title: String,
    /// The record.
    pub about: Link,
    /// Why it belongs on the agenda.
    pub why: Why,
}

/// The agenda of a meeting in its order. Items without a place come last.
pub fn agenda(book: &Book, meeting: Id<Meeting>) -> Vec<Arc<AgendaItem>> {
    let mut items: Vec<_> = book
        .agenda_items
        .of(meeting)
        .filter(|item| item.meeting == meeting)
        .cloned()
        .collect();
    items.sort_by(|a, b| {
        (a.position.is_empty(), &a.position, a.id).cmp(&(b.position.is_empty(), &b.position, b.id))
    });
    items
}

/// What a meeting should talk about and does not have on its agenda yet: late promises (ours
/// first), open actions, goals behind, steps and promises that come due, open issues, needs.
pub fn propose_agenda(book: &Book, meeting: &Meeting, today: Date) -> Vec<Proposal> {
    let dealer = meeting.dealer;
    if dealer.is_nil() {
        return Vec::new();
    }
    let horizon = add_days(
        meeting.day().map_or(today, |day| day.max(today)),
        AHEAD_DAYS,
    );
    let mut found: Vec<(Rank, Proposal)> = Vec::new();
    let mut add = |rank: Rank, title: &str, about: Link, why: Why| {
        let title = title.to_owned();
        found.push((rank, Proposal { title, about, why }));
    };

    for promise in book.promises.of(dealer).filter(|p| p.outcome.is_open()) {
        let Some(due) = promise.due else { continue };
        let why = due_why(due, today, promise.by);
        let group = match (why, promise.by) {
            (Why::Late { .. }, Some(Side::Us)) => 0,
            (Why::Late { .. }, _) => 1,
            _ if due <= horizon => 4,
            _ => continue,
        };
        add(
            Rank::by_date(group, due),
            &promise.title,
            link_to(&**promise),
            why,
        );
    }
    for action in book.actions.of(dealer).filter(|a| a.outcome.is_open()) {
        let (date, why) = match action.due {
            Some(due) => (due, due_why(due, today, action.side)),
            None => (Date::MAX, Why::Open { side: action.side }),
        };
        add(
            Rank::by_date(2, date),
            &action.title,
            link_to(&**action),
            why,
        );
    }
    let paced = book.paced_of(dealer, today);
    for (goal, pacing) in paced.iter().filter(|(_, pacing)| pacing.rag.is_behind()) {
        let rank = Rank {
            group: 3,
            order: pacing.pace.map_or(0, Ratio::basis_points),
        };
        let (pace, rag) = (pacing.pace, pacing.rag);
        add(
            rank,
            &goal.title,
            link_to(&**goal),
            Why::Behind { pace, rag },
        );
    }
    for step in book
        .plans
        .of(dealer)
        .flat_map(|plan| book.steps.of(plan.id))
    {
        let Some(due) = step.due.filter(|due| step.is_open() && *due <= horizon) else {
            continue;
        };
        let why = due_why(due, today, step.side);
        add(Rank::by_date(4, due), &step.title, link_to(&**step), why);
    }
    for issue in issues::of_dealer(book, dealer).filter(|i| i.outcome.is_open()) {
        let severity = issue.severity.map_or(u16::MAX, Severity::code);
        let days = issue.reported_on.map(|day| days_between(day, today));
        let rank = Rank {
            group: 5,
            order: i64::from(severity) * 1_000_000 - days.unwrap_or(0),
        };
        let why = Why::Issue {
            severity: issue.severity,
            days,
        };
        add(rank, &issue.title, link_to(&**issue), why);
    }
    for need in book.needs.of(dealer).filter(|need| need.is_open()) {
        let days = need.raised_on.map(|day| days_between(day, today));
        let rank = Rank {
            group: 6,
            order: -days.unwrap_or(0),
        };
        add(rank, &need.title, link_to(&**need), Why::Need { days });
    }

    let there: Vec<Link> = agenda(book, meeting.id)
        .iter()
        .filter_map(|item| item.about)
        .collect();
    found.retain(|(_, proposal)| !there.contains(&proposal.about));
    found.sort_by_key(|(rank, proposal)| (*rank, proposal.about.id));
    found.into_iter().map(|(_, proposal)| proposal).collect()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    group: u8,
    order: i64,
}

impl Rank {
    fn by_date(group: u8, date: Date) -> Self {
        Self {
            group,
            order: days_between(Date::default(), date),
        }
    }
}

fn due_why(due: Date, today: Date, side: Option<Side>) -> Why {
    match days_between(due, today) {
        days if days > 0 => Why::Late { side, days },
        days => Why::Ahead { side, days: -days },
    }
}

/// Agenda items for proposals, after those that are there.
pub fn into_items(
    book: &Book,
    meeting: &Meeting,
    proposals: &[Proposal],
    fresh: FreshId<'_>,
) -> Vec<AgendaItem> {
    let there = agenda(book, meeting.id);
    let last = there
        .iter()
        .rev()
        .map(|item| item.position.as_str())
        .find(|position| !position.is_empty());
    position::several(last, proposals.len())
        .into_iter()
        .zip(proposals)
        .map(|(position, proposal)| AgendaItem {
            meeting: meeting.id,
            title: proposal.title.clone(),
            about: Some(proposal.about),
            position,
            ..AgendaItem::with_id(Id::new(fresh()))
        })
        .collect()
}
