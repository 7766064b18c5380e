//! How the two sides meet: the channels of the last twelve months.
//!
//! **Rule.** Meetings that were held, of every channel, by the day on which they were held.
//! Those that were planned or called off do not count.

use crate::book::Book;
use crate::date::{Date, add_days, add_months};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::ratio::Ratio;
use crate::tables::{Channel, Dealer};
use crate::value::show_date;
use crate::words::{Lang, words};

/// How often each channel was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelMix {
    /// Every channel that was used, the most used first.
    pub counts: Vec<(Channel, u32)>,
    from: Date,
    today: Date,
}

impl ChannelMix {
    /// The mix of a dealer over the twelve months up to today.
    pub fn of(book: &Book, dealer: Id<Dealer>, today: Date) -> Self {
        let from = add_days(add_months(today, -12), 1);
        let mut counts: Vec<(Channel, u32)> = Vec::new();
        for meeting in book.meetings.of(dealer).filter(|m| m.dealer == dealer) {
            let (Some(day), Some(channel)) = (meeting.contact_day(), meeting.channel) else {
                continue;
            };
            if day < from || day > today {
                continue;
            }
            match counts.iter_mut().find(|(known, _)| *known == channel) {
                Some((_, count)) => *count += 1,
                None => counts.push((channel, 1)),
            }
        }
        counts.sort_by_key(|(channel, count)| (std::cmp::Reverse(*count), *channel));
        Self {
            counts,
            from,
            today,
        }
    }

    /// All meetings.
    pub fn total(&self) -> u32 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// The part of a channel; `None` without any meeting.
    pub fn share(&self, channel: Channel) -> Option<Ratio> {
        let count = self.counts.iter().find(|(known, _)| *known == channel);
        let count = count.map_or(0, |(_, count)| *count);
        Ratio::new(count.into(), self.total().into())
    }

    /// The inputs, the rule and the arithmetic, with the channel that is asked about, or with all of them
    /// together.
    pub fn explain(&self, of: Option<Channel>, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let (from, to) = (show_date(self.from, lang), show_date(self.today, lang));
        out.line(words("期间", "Period"), format!("{from} – {to}"));
        for (channel, count) in &self.counts {
            let share = self.share(*channel).unwrap_or(Ratio::ZERO).show();
            let sum = format!("{count} ÷ {} = {share}", self.total());
            if of == Some(*channel) {
                out.result(channel.words(), sum);
            } else {
                out.line(channel.words(), sum);
            }
        }
        let counts: Vec<_> = self.counts.iter().map(|(_, it)| it.to_string()).collect();
        let sum = format!("{} = {}", counts.join(" + "), self.total());
        if of.is_none() {
            out.result(words("合计", "Together"), sum);
        } else {
            out.line(words("合计", "Together"), sum);
        }
        out.words(
            words("规则", "Rule"),
            words(
                "已经发生的沟通，每次计一次；计划中和取消的不计",
                "Each meeting that was held counts once; planned and called-off ones do not",
            ),
        );
        out.done()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::schema::Record;
    use crate::tables::Meeting;
    use crate::value::Outcome;

    #[test]
    fn held_meetings_count_by_channel() {
        let today = parse_date("2026-06-01").unwrap();
        let dealer = Id::natural(&["dealer"]);
        let mut book = Book::default();
        for (number, (ago, channel, held)) in [
            (5, Channel::Visit, true),
            (40, Channel::Call, true),
            (90, Channel::Call, true),
            (364, Channel::Message, true),
            (365, Channel::Visit, true),
            (10, Channel::Video, false),
        ]
        .into_iter()
        .enumerate()
        {
            let day = add_days(today, -ago);
            book.meetings.set(Meeting {
                dealer,
                channel: Some(channel),
                outcome: if held {
                    Outcome::Done(day)
                } else {
                    Outcome::Dropped(day)
                },
                ..Meeting::with_id(Id::natural(&["m", &number.to_string()]))
            });
        }
        let mix = ChannelMix::of(&book, dealer, today);
        assert_eq!(
            mix.counts,
            [
                (Channel::Call, 2),
                (Channel::Visit, 1),
                (Channel::Message, 1)
            ]
        );
        assert_eq!(mix.share(Channel::Call), Ratio::new(1, 2));
        assert!(
            mix.explain(None, Lang::En)
                .iter()
                .any(|line| line.value == "2 ÷ 4 = 50%")
        );
        let nobody = ChannelMix::of(&book, Id::NIL, today);
        assert_eq!((nobody.total(), nobody.share(Channel::Visit)), (0, None));
    }
}
