//! Setting a goal together: where it begins, how far the dealer ever came, and the marks on
//! the way.
//!
//! **Baseline.** Where months add up it is 0, since the goal counts from its first day; where
//! the latest reading counts, it is the latest one before the goal begins.
//!
//! **Within reach.** The furthest target that the dealer's own best growth carries to, over as
//! many months as the goal lasts: the same growth that the SMART check measures by, so that
//! this target just passes it. Rounded towards the easier side.

use crate::book::Book;
use crate::date::{Date, DateSpan, Month, add_days};
use crate::explain::{Explanation, Line};
use crate::id::{FreshId, Id};
use crate::pacing::Schedule;
use crate::quantity::{Quantity, Unit};
use crate::ratio::Ratio;
use crate::schema::Record;
use crate::smart::{Past, better};
use crate::tables::{Dealer, Gathering, Goal, Metric, Milestone};
use crate::value::show_date;
use crate::words::{Lang, Words, words};

/// What is known when a goal is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Where it begins; `None` where the latest counts and there is no reading yet.
    pub baseline: Option<Quantity>,
    /// Where months add up: the total of as many months just before.
    pub before: Option<Quantity>,
    /// The furthest target within reach; `None` where too little is known, or where the dealer
    /// never moved the right way.
    pub within_reach: Option<Quantity>,
    best: Option<Best>,
    length: i32,
    unit: Unit,
}

/// The best that the dealer ever did over that many months.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Best {
    Growth(Ratio),
    Change(Quantity),
}

fn held(amount: i128) -> Quantity {
    Quantity(i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX }))
}

/// The figures in its explanation.
impl Setting {
    /// Where it begins.
    pub const BASELINE: Words = words("基线", "Baseline");
    /// What came in as long a time before.
    pub const BEFORE: Words = words("此前同样长度", "As long before");
    /// The furthest target within reach.
    pub const REACH: Words = words("够得着的目标", "Within reach");
}

impl Setting {
    /// What is known of a metric of a dealer before a goal over a span; `None` for a metric
    /// without a unit.
    pub fn of(book: &Book, dealer: Id<Dealer>, metric: Id<Metric>, span: DateSpan) -> Option<Self> {
        let metric = book.metric(metric)?;
        let unit = metric.unit?;
        let past = Past::of(book, dealer, metric.id, span);
        let sign = better(&metric);
        if metric.gathering == Some(Gathering::Sum) {
            let before = past.total_before();
            let best = past.best_growth(&metric);
            let reach = before.zip(best).and_then(|(before, best)| {
                let growth = best.max(Ratio::ZERO);
                let more = before.checked_mul(growth.numerator())? / growth.denominator();
                Some(held(before + sign * more))
            });
            return Some(Self {
                baseline: Some(Quantity(0)),
                before: before.map(held),
                within_reach: reach,
                best: best.map(Best::Growth),
                length: past.length,
                unit,
            });
        }
        let baseline = past.latest();
        let best = past.best_change(sign).filter(|change| *change > 0);
        Some(Self {
            baseline,
            before: None,
            within_reach: baseline
                .zip(best)
                .map(|(from, change)| held(i128::from(from.0) + sign * change)),
            best: best.map(|change| Best::Change(held(sign * change))),
            length: past.length,
            unit,
        })
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let show = |quantity| self.unit.show(quantity, lang);
        let mut out = Explanation::new(lang);
        if let Some(baseline) = self.baseline {
            out.line(Setting::BASELINE, show(baseline));
        }
        let length = self.length;
        let over = match lang {
            Lang::Zh => format!("{length} 个月"),
            Lang::En if length == 1 => "1 month".to_owned(),
            Lang::En => format!("{length} months"),
        };
        if let Some(before) = self.before {
            let value = format!("{} · {over}", show(before));
            out.line(Setting::BEFORE, value);
        }
        match self.best {
            Some(Best::Growth(growth)) => {
                out.line(
                    words("过去最好的增长", "Best growth so far"),
                    growth.show_fine(),
                );
            }
            Some(Best::Change(change)) => {
                let value = format!("{} · {over}", show(change));
                out.line(words("过去最好的变化", "Best change so far"), value);
            }
            None => {}
        }
        match self.within_reach {
            Some(reach) => {
                out.line(Setting::REACH, show(reach));
            }
            None => {
                out.words(
                    Setting::REACH,
                    words("历史数据不足，无法推算", "Too few past readings to tell"),
                );
            }
        }
        out.done()
    }
}

/// Spans that goals usually have, seen from a day: the rest of the year, the next quarter, the
/// next year. The rest of a year that ends within the month is left out.
pub fn usual_spans(today: Date) -> Vec<(Words, DateSpan)> {
    let month = Month::of(today);
    let january = month.plus(1 - month.number() as i32);
    let quarter = month.plus(3 - (month.number() as i32 - 1) % 3);
    let of =
        |first: Month, months: i32| DateSpan::new(first.first(), first.plus(months - 1).last());
    let rest = 13 - month.number() as i32;
    let list = [
        (
            words("今年余下", "Rest of the year"),
            of(month, rest).filter(|_| rest > 1),
        ),
        (words("下个季度", "Next quarter"), of(quarter, 3)),
        (
            words("明年全年", "All of next year"),
            of(january.plus(12), 12),
        ),
    ];
    list.into_iter()
        .filter_map(|(name, span)| Some((name, span?)))
        .collect()
}

/// What a goal may be called, from what it measures, how far and by when.
pub fn usual_title(book: &Book, goal: &Goal, lang: Lang) -> Option<String> {
    let metric = book.metric(goal.metric)?;
    let (unit, course, span) = (metric.unit?, goal.course?, goal.span?);
    let (name, target) = (metric.title(lang), unit.show_short(course.target, lang));
    let end = show_date(span.end(), lang);
    Some(match lang {
        Lang::Zh => format!("{end}前{name}做到 {target}"),
        Lang::En => format!("{name} of {target} by {end}"),
    })
}

/// Marks on the way to a goal: its time cut into so many parts of equal days, with what is
/// expected at the end of each. None while its metric, course or time is missing.
pub fn milestones(
    book: &Book,
    goal: &Goal,
    count: u8,
    lang: Lang,
    fresh: FreshId<'_>,
) -> Vec<Milestone> {
    let metric = book.metric(goal.metric);
    let unit = metric.as_ref().and_then(|metric| metric.unit);
    let (Some(metric), Some(unit), Some(course), Some(span)) =
        (metric, unit, goal.course, goal.span)
    else {
        return Vec::new();
    };
    let schedule = Schedule::new(course, span, goal.shape);
    // A goal of two days has no room for three marks.
    let count = i64::from(count).min(span.days());
    (1..=count)
        .map(|number| {
            let due = add_days(span.start(), span.days() * number / count - 1);
            let amount = unit.show(schedule.expected(due), lang);
            let sums = metric.gathering == Some(Gathering::Sum);
            Milestone {
                goal: goal.id,
                dealer: goal.dealer,
                title: match (lang, sums) {
                    (Lang::Zh, true) => format!("累计{}达到 {amount}", metric.title(lang)),
                    (Lang::Zh, false) => format!("{}达到 {amount}", metric.title(lang)),
                    (Lang::En, true) => format!("{} of {amount} in all", metric.title(lang)),
                    (Lang::En, false) => format!("{} at {amount}", metric.title(lang)),
                },
                due: Some(due),
                ..Milestone::with_id(Id::new(fresh()))
            }
        })
        .collect()
}
