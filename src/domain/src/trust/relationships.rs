//! The map of the people at a dealer: what they do, what they can decide, where they stand,
//! and when we last met them.
//!
//! A contact counts as met at a meeting that was held, in any channel in which both sides were
//! there, and at which the contact took part. Influence and stance are judgements of ours:
//! internal, as the fields are.

use crate::book::Book;
use crate::cadence::Made;
use crate::date::{Date, days_between};
use crate::explain::{Explanation, Line, show_days};
use crate::id::{Id, IdMap};
use crate::tables::{Contact, Dealer, Influence};
use crate::value::show_date;
use crate::words::{Lang, words};
use std::sync::Arc;

/// Days without meeting somebody who decides after which touch is lost.
pub const LOST_TOUCH_DAYS: i64 = 90;

/// One person on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// The person.
    pub contact: Arc<Contact>,
    /// When and how we last met.
    pub last: Option<Made>,
    /// How often we met in the last 365 days.
    pub meetings: u32,
    today: Date,
}

impl Tie {
    /// Days since we last met.
    pub fn days(&self) -> Option<i64> {
        self.last.map(|made| days_between(made.day, self.today))
    }

    /// Whether the person decides and was not met for [`LOST_TOUCH_DAYS`] days.
    pub fn lost_touch(&self) -> bool {
        self.contact.influence == Some(Influence::Decides)
            && self.days().is_none_or(|days| days > LOST_TOUCH_DAYS)
    }

    /// The inputs and the rule. Without influence and stance, which are internal.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let last = match self.last {
            None => words("还没有", "Not yet").in_lang(lang).to_owned(),
            Some(made) => {
                let days = show_days(days_between(made.day, self.today), lang);
                let channel = made.channel.words().in_lang(lang);
                let day = show_date(made.day, lang);
                match lang {
                    Lang::Zh => format!("{day} · {channel} · {days}前"),
                    Lang::En => format!("{day} · {channel} · {days} ago"),
                }
            }
        };
        out.result(words("最近一次见面", "Last met"), last);
        out.line(
            words("近一年见面次数", "Meetings in a year"),
            self.meetings.to_string(),
        );
        out.words(
            words("规则", "Rule"),
            words(
                "本人参加的拜访、电话、视频和研讨会；邮件和消息不计",
                "Visits, calls, video meetings and workshops in which the person took part; mails and messages do not count",
            ),
        );
        out.done()
    }
}

/// The people at a dealer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelationshipMap {
    /// Those who decide first, then those who advise; within them those whom we have not met
    /// for longest.
    pub ties: Vec<Tie>,
}

impl RelationshipMap {
    /// The map of a dealer on a day.
    pub fn of(book: &Book, dealer: Id<Dealer>, today: Date) -> Self {
        let mut met: IdMap<Id<Contact>, (Option<Made>, u32)> = IdMap::default();
        for meeting in book.meetings.of(dealer).filter(|m| m.dealer == dealer) {
            let (Some(day), Some(channel)) = (meeting.contact_day(), meeting.channel) else {
                continue;
            };
            if day > today || !channel.counts_as_contact() {
                continue;
            }
            for attendee in &meeting.attendees {
                let (last, count) = met.entry(*attendee).or_default();
                if last.is_none_or(|last| (last.day, last.channel.code()) < (day, channel.code())) {
                    *last = Some(Made { day, channel });
                }
                *count += u32::from(days_between(day, today) < 365);
            }
        }
        let mut ties: Vec<Tie> = book
            .contacts
            .of(dealer)
            .map(|contact| {
                let (last, meetings) = met.get(&contact.id).copied().unwrap_or_default();
                Tie {
                    contact: Arc::clone(contact),
                    last,
                    meetings,
                    today,
                }
            })
            .collect();
        ties.sort_by_key(|tie| {
            let influence = tie.contact.influence.map_or(u16::MAX, Influence::code);
            (influence, tie.last.map(|made| made.day), tie.contact.id)
        });
        Self { ties }
    }

    /// Those who decide and with whom touch is lost.
    pub fn lost_touch(&self) -> impl Iterator<Item = &Tie> {
        self.ties.iter().filter(|tie| tie.lost_touch())
    }
}
