//! What came of a meeting: actions, promises, steps, needs and issues.

use crate::components::icon::Icon;
use crate::locales::{Lang, Words, meeting, time};
use tongxing_domain::attention::link_to;
use tongxing_domain::book::Book;
use tongxing_domain::date::Date;
use tongxing_domain::id::Id;
use tongxing_domain::tables::{Meeting, Side};
use tongxing_domain::value::Link;

/// What kind of thing came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CameKind {
    Action,
    Promise,
    Step,
    Need,
    Issue,
}

impl CameKind {
    /// The value of `data-kind`.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Promise => "promise",
            Self::Step => "step",
            Self::Need => "need",
            Self::Issue => "issue",
        }
    }

    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::Action => Icon::Check,
            Self::Promise => Icon::Promise,
            Self::Step => Icon::Plan,
            Self::Need => Icon::Need,
            Self::Issue => Icon::Issue,
        }
    }
}

/// One thing that came of a meeting.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Came {
    pub(super) link: Link,
    pub(super) kind: CameKind,
    pub(super) title: String,
    /// Whose it is; `None` where both sides look after it.
    pub(super) side: Option<Side>,
    /// Who does it; `None` where nobody is named in such a record.
    pub(super) owner: Option<String>,
    pub(super) due: Option<Date>,
    /// Whether it is settled already.
    pub(super) settled: bool,
}

impl Came {
    /// What it is called.
    pub(super) const fn words(&self) -> Words {
        match self.kind {
            CameKind::Action => meeting::ACTION,
            CameKind::Promise => meeting::promise_by(self.side),
            CameKind::Step => meeting::STEP,
            CameKind::Need => meeting::NEED,
            CameKind::Issue => meeting::ISSUE,
        }
    }

    /// What it is, who does it and, if asked for, by when.
    pub(super) fn facts(&self, lang: Lang, today: Option<Date>) -> String {
        let mut facts = self.words().in_lang(lang).to_owned();
        let owner = self.owner.clone().filter(|owner| !owner.is_empty());
        let due = today
            .zip(self.due)
            .map(|(today, due)| time::day(lang, due, today));
        for fact in owner.into_iter().chain(due) {
            facts.push_str(" · ");
            facts.push_str(&fact);
        }
        facts
    }

    /// Whether a date belongs to it that nobody has set.
    pub(super) fn lacks_due(&self) -> bool {
        self.due.is_none() && self.kind != CameKind::Need
    }

    /// Whether a name belongs to it that nobody has set.
    pub(super) fn lacks_owner(&self) -> bool {
        self.owner.as_deref() == Some("")
    }
}

/// What came of a meeting, in the order in which it was written down.
pub(super) fn came(book: &Book, meeting: Id<Meeting>) -> Vec<Came> {
    let mut found = Vec::new();
    for record in book.actions.of(meeting) {
        found.push(Came {
            link: link_to(&**record),
            kind: CameKind::Action,
            title: record.title.clone(),
            side: record.side,
            owner: Some(record.owner.clone()),
            due: record.due,
            settled: !record.outcome.is_open(),
        });
    }
    for record in book.promises.of(meeting) {
        found.push(Came {
            link: link_to(&**record),
            kind: CameKind::Promise,
            title: record.title.clone(),
            side: record.by,
            owner: None,
            due: record.due,
            settled: !record.outcome.is_open(),
        });
    }
    for record in book.steps.of(meeting) {
        found.push(Came {
            link: link_to(&**record),
            kind: CameKind::Step,
            title: record.title.clone(),
            side: record.side,
            owner: Some(record.owner.clone()),
            due: record.due,
            settled: !record.is_open(),
        });
    }
    for record in book.needs.of(meeting) {
        found.push(Came {
            link: link_to(&**record),
            kind: CameKind::Need,
            title: record.title.clone(),
            side: None,
            owner: None,
            due: None,
            settled: !record.is_open(),
        });
    }
    for record in book.issues.of(meeting) {
        found.push(Came {
            link: link_to(&**record),
            kind: CameKind::Issue,
            title: record.title.clone(),
            side: None,
            owner: None,
            due: record.due,
            settled: !record.outcome.is_open(),
        });
    }
    // Fresh ids grow with time.
    found.sort_by_key(|came| came.link.id);
    found
}

/// The records that came of a meeting with their titles.
pub(super) fn titles(book: &Book, meeting: Id<Meeting>) -> Vec<(Link, String)> {
    came(book, meeting)
        .into_iter()
        .map(|came| (came.link, came.title))
        .collect()
}
