//! On which days each dealer's meetings stand.

use crate::book::Book;
use crate::date::{Date, DateSpan};
use crate::id::Id;
use crate::tables::{Dealer, Meeting, MeetingStage};
use crate::value::Outcome;
use std::sync::Arc;

/// A meeting's days. Most meetings lie outside any window: theirs are looked at without the meetings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dated {
    first: Date,
    last: Date,
    meeting: Id<Meeting>,
}

impl Book {
    /// A dealer's meetings that stand on a day of a window; those that were called off stand on none.
    pub(super) fn meetings_within(
        &self,
        dealer: Id<Dealer>,
        window: DateSpan,
    ) -> impl Iterator<Item = &Arc<Meeting>> {
        let revision = self.meetings.revision_of(dealer);
        let dated = self.made.dated.of(dealer, revision, || {
            let own = self.meetings.of(dealer);
            let own = own.filter(|meeting| meeting.dealer == dealer);
            own.filter_map(|meeting| dated(meeting))
                .collect::<Vec<_>>()
                .into()
        });
        (0..dated.len()).filter_map(move |at| {
            let of = dated.get(at)?;
            let within = of.first <= window.end() && window.start() <= of.last;
            within.then(|| self.meetings.get(of.meeting))?
        })
    }
}

fn dated(meeting: &Meeting) -> Option<Dated> {
    if meeting.stage() == MeetingStage::CalledOff {
        return None;
    }
    let (first, last) = match (meeting.time(), meeting.outcome) {
        (Some(slot), _) => (slot.start.date(), slot.days().last()?),
        (None, Outcome::Done(day)) => (day, day),
        (None, _) => return None,
    };
    Some(Dated {
        first,
        last,
        meeting: meeting.id,
    })
}
