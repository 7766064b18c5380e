//! How a metric of a dealer goes: the year so far, the last twelve months, the year before.
//!
//! **Which figure.** Where months add up (sales), the figure is the sum of this year's
//! readings; where the latest counts (a share), it is the latest reading.
//!
//! **Against last year.** Sums are compared over those complete months of the year that have
//! a reading in both years, so that neither a month that is still running nor a gap looks
//! like a loss; the latest reading is compared with the same month a year before. The change
//! is (now − before) ÷ |before|; for percentages it is the difference in points.

use crate::book::Book;
use crate::date::{Date, Month};
use crate::explain::{Explanation, Line, resulting};
use crate::id::Id;
use crate::measured::figures;
use crate::quantity::{Quantity, Unit};
use crate::ratio::Ratio;
use crate::tables::{Dealer, Direction, Gathering, Metric};
use crate::value::{Figure, Kind, Value, show_date};
use crate::words::{Lang, Words, words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Months that the line shows.
pub const MONTHS: usize = 12;

/// How much a figure changed against the year before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Growth {
    /// By this part of what was.
    Part(Ratio),
    /// By so many points, for percentages.
    Points(Quantity),
}

impl Growth {
    /// From one figure to another: the difference in points for percentages, otherwise
    /// (now − before) ÷ |before|; `None` where nothing was before.
    pub fn between(now: Quantity, before: Quantity, unit: Unit) -> Option<Self> {
        let change = i128::from(now.0) - i128::from(before.0);
        if unit == Unit::Percent {
            let points = i64::try_from(change).ok()?;
            return Some(Self::Points(Quantity(points)));
        }
        Ratio::new(change, i128::from(before.0).abs()).map(Self::Part)
    }

    /// Up, down or the same.
    pub fn sign(self) -> i8 {
        match self {
            Self::Part(ratio) => ratio.numerator().signum() as i8,
            Self::Points(points) => points.0.signum() as i8,
        }
    }

    /// Its size without the sign, for reading: `12%`, `1.5 个百分点`.
    pub fn show(self, lang: Lang) -> String {
        match self {
            Self::Part(ratio) => Ratio::new(ratio.numerator().abs(), ratio.denominator())
                .unwrap_or(Ratio::ZERO)
                .show(),
            Self::Points(points) => {
                let size = Quantity(points.0.saturating_abs());
                match lang {
                    Lang::Zh => format!("{size} 个百分点"),
                    Lang::En => format!("{size} pts"),
                }
            }
        }
    }

    /// With its sign and at most one decimal, for reading: `+12.4%`, `−1.5 个百分点`.
    pub fn show_fine(self, lang: Lang) -> String {
        match self {
            Self::Part(ratio) if self.sign() > 0 => format!("+{}", ratio.show_fine()),
            Self::Part(ratio) => ratio.show_fine(),
            Self::Points(_) => self.show_signed(lang),
        }
    }

    fn show_signed(self, lang: Lang) -> String {
        let sign = match self.sign() {
            1 => "+",
            -1 => "−",
            _ => "",
        };
        format!("{sign}{}", self.show(lang))
    }

    /// How a change was worked out, as it is shown: `(120 − 100) ÷ 100 = +20%`, `34% − 31% = +3 个百分点`.
    pub fn worked_out(self, now: &str, before: &str, shown: &str) -> String {
        match self {
            Self::Part(_) => format!("({now} − {before}) ÷ {before} = {shown}"),
            Self::Points(_) => format!("{now} − {before} = {shown}"),
        }
    }
}

/// A figure of a trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrendFigure {
    /// The year's sum or the latest reading.
    Figure,
    /// The change against the year before.
    Growth,
}

const CHANGE: Words = words("变化", "Change");

/// How a metric of a dealer goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// What is measured.
    pub metric: Arc<Metric>,
    /// What it is counted in.
    pub unit: Unit,
    /// The year's sum or the latest reading.
    pub figure: Quantity,
    /// The last day that the figure covers.
    pub as_of: Date,
    /// The month of the latest reading.
    pub latest: Month,
    /// The last [`MONTHS`] months up to the latest, oldest first.
    pub months: Vec<Option<Quantity>>,
    /// The change against the year before, where it can be told.
    pub growth: Option<Growth>,
    compared: Option<Compared>,
    /// The readings that the figure is the sum of; empty where the latest counts.
    year: Vec<Quantity>,
    sums: bool,
}

/// What was compared: now and a year before.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Compared {
    now: Quantity,
    before: Quantity,
    /// The last month compared.
    last: Month,
    /// How many months were compared.
    months: usize,
}

impl Trend {
    /// The trend of one metric; `None` without a reading up to today.
    pub fn of(book: &Book, dealer: Id<Dealer>, metric: Id<Metric>, today: Date) -> Option<Self> {
        all(book, dealer, today, |id| id == metric).pop()
    }

    /// The trends of every metric that the dealer has readings of, in the order in which
    /// metrics are listed.
    pub fn all(book: &Book, dealer: Id<Dealer>, today: Date) -> Vec<Self> {
        all(book, dealer, today, |_| true)
    }

    /// Whether the change is one for the better; `None` without a change.
    pub fn is_better(&self) -> Option<bool> {
        let sign = self.growth?.sign();
        let falling = self.metric.direction == Some(Direction::Falling);
        (sign != 0).then_some((sign > 0) != falling)
    }

    /// Whether the figure is the sum of the year so far.
    pub const fn is_sum(&self) -> bool {
        self.sums
    }

    /// The inputs, the rule and the arithmetic, with the figure that is asked about.
    pub fn explain(&self, figure: TrendFigure, lang: Lang) -> Vec<Line> {
        let label = match figure {
            TrendFigure::Figure => self.label(),
            TrendFigure::Growth => CHANGE,
        };
        resulting(self.lines(lang), label)
    }

    const fn label(&self) -> Words {
        if self.sums {
            words("本年累计", "This year so far")
        } else {
            words("最新", "Latest")
        }
    }

    fn lines(&self, lang: Lang) -> Vec<Line> {
        let show = |quantity| self.unit.show(quantity, lang);
        let mut out = Explanation::new(lang);
        let definition = self.metric.definition_in(lang);
        if !definition.is_empty() {
            out.line(words("口径", "Definition"), definition);
        }
        if self.sums {
            // Gaps are left out, as they add nothing.
            let year: Vec<String> = self.year.iter().map(|amount| show(*amount)).collect();
            out.line(
                self.label(),
                format!("{} = {}", year.join(" + "), show(self.figure)),
            );
        } else {
            out.line(self.label(), show(self.figure));
        }
        out.line(
            words("数据截至", "Readings up to"),
            show_date(self.as_of, lang),
        );
        let (Some(compared), Some(growth)) = (self.compared, self.growth) else {
            out.words(
                words("与上年相比", "Against last year"),
                words(
                    "上年没有可比的数据",
                    "No readings of last year to compare with",
                ),
            );
            return out.done();
        };
        let month = Value::Month(compared.last).show(Kind::Month, lang);
        if self.sums {
            let count = compared.months;
            out.line(
                words("可比月份", "Months compared"),
                match lang {
                    Lang::Zh => format!("{count} 个完整月份，至 {month}"),
                    Lang::En if count == 1 => format!("1 full month, {month}"),
                    Lang::En => format!("{count} full months, to {month}"),
                },
            );
        } else {
            out.line(words("月份", "Month"), month);
        }
        out.line(words("今年", "This year"), show(compared.now));
        out.line(words("上年同期", "The year before"), show(compared.before));
        let (now, before) = (show(compared.now), show(compared.before));
        let change = growth.show_signed(lang);
        out.line(CHANGE, growth.worked_out(&now, &before, &change));
        out.done()
    }
}

/// A month's reading: its amount, the last day it covers, and whether that is the month's end.
type Read = (Quantity, Date, bool);

fn read_until(month: Month, figure: Figure, today: Date) -> Read {
    // A day outside its month is a slip of another system: the whole month is meant.
    let named = if Month::of(figure.as_of) == month {
        figure.as_of
    } else {
        month.last()
    };
    let as_of = named.min(today);
    (figure.amount, as_of, as_of == month.last())
}

fn all(
    book: &Book,
    dealer: Id<Dealer>,
    today: Date,
    wanted: impl Fn(Id<Metric>) -> bool,
) -> Vec<Trend> {
    let metrics = book.all_metrics().into_iter();
    metrics
        .filter(|metric| wanted(metric.id))
        .filter_map(|metric| {
            let figures = figures(book, dealer, metric.id);
            let known = figures.iter().filter(|it| it.month.first() <= today);
            let months = known.map(|it| (it.month, read_until(it.month, it.figure, today)));
            trend(metric, &months.collect())
        })
        .collect()
}

fn trend(metric: Arc<Metric>, readings: &BTreeMap<Month, Read>) -> Option<Trend> {
    let (&latest, &(newest, as_of, _)) = readings.last_key_value()?;
    let unit = metric.unit?;
    let sums = metric.gathering == Some(Gathering::Sum);
    let january = latest.plus(1 - latest.number() as i32);
    let sum = |amounts: &mut dyn Iterator<Item = Quantity>| {
        Quantity(amounts.fold(0i64, |sum, amount| sum.saturating_add(amount.0)))
    };
    let figure = if sums {
        sum(&mut readings.range(january..).map(|(_, read)| read.0))
    } else {
        newest
    };
    let compared = if sums {
        let pairs: Vec<_> = readings
            .range(january..)
            .filter(|(_, read)| read.2)
            .filter_map(|(month, read)| Some((*month, read.0, readings.get(&month.plus(-12))?.0)))
            .collect();
        pairs.last().map(|&(last, ..)| Compared {
            now: sum(&mut pairs.iter().map(|pair| pair.1)),
            before: sum(&mut pairs.iter().map(|pair| pair.2)),
            last,
            months: pairs.len(),
        })
    } else {
        readings.get(&latest.plus(-12)).map(|before| Compared {
            now: newest,
            before: before.0,
            last: latest,
            months: 1,
        })
    };
    let growth =
        compared.and_then(|Compared { now, before, .. }| Growth::between(now, before, unit));
    let first = 1 - MONTHS as i32;
    let months = (first..=0)
        .map(|back| readings.get(&latest.plus(back)).map(|read| read.0))
        .collect();
    Some(Trend {
        metric,
        unit,
        figure,
        as_of,
        latest,
        months,
        growth,
        compared,
        year: if sums {
            readings.range(january..).map(|(_, read)| read.0).collect()
        } else {
            Vec::new()
        },
        sums,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::metrics;
    use crate::schema::Record;
    use crate::tables::Reading;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn dealer() -> Id<Dealer> {
        Id::natural(&["dealer"])
    }

    fn read(book: &mut Book, metric: Id<Metric>, month: &str, amount: i64, as_of: Option<&str>) {
        let month = Month::parse(month).unwrap();
        let as_of = as_of.map_or(month.last(), day);
        book.readings.set(Reading {
            dealer: dealer(),
            metric,
            month: Some(month),
            figure: Some(Figure {
                amount: Quantity::whole(amount),
                as_of,
            }),
            ..Reading::with_id(Reading::id_for(dealer(), metric, month))
        });
    }

    #[test]
    fn a_running_month_does_not_look_like_a_loss() {
        let mut book = Book::default();
        let sales = metrics::sales_in();
        for (month, amount) in [("2025-01", 100), ("2025-02", 100), ("2025-03", 100)] {
            read(&mut book, sales, month, amount, None);
        }
        read(&mut book, sales, "2026-01", 120, None);
        read(&mut book, sales, "2026-02", 104, None);
        read(&mut book, sales, "2026-03", 10, Some("2026-03-05"));
        let trend = Trend::of(&book, dealer(), sales, day("2026-03-20")).unwrap();
        assert_eq!(trend.figure, Quantity::whole(234));
        assert_eq!(trend.as_of, day("2026-03-05"));
        // (120 + 104 − 200) ÷ 200
        assert_eq!(trend.growth, Some(Growth::Part(Ratio::percent(12))));
        assert_eq!(trend.growth.unwrap().show(Lang::Zh), "12%");
        assert_eq!(trend.is_better(), Some(true));
        assert_eq!(trend.months.len(), MONTHS);
        assert_eq!(trend.months[11], Some(Quantity::whole(10)));
        assert_eq!(trend.months[8], None);
    }

    #[test]
    fn percentages_change_by_points_and_fewer_days_are_better() {
        let mut book = Book::default();
        let (share, days) = (metrics::market_share(), metrics::receivable_days());
        for (month, percent, count) in [("2025-05", 12, 60), ("2026-05", 15, 45)] {
            read(&mut book, share, month, percent, None);
            read(&mut book, days, month, count, None);
        }
        let all = Trend::all(&book, dealer(), day("2026-06-10"));
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].growth, Some(Growth::Points(Quantity::whole(3))));
        assert_eq!(all[0].growth.unwrap().show(Lang::En), "3 pts");
        assert_eq!(
            all[1].growth,
            Some(Growth::Part(Ratio::new(-1, 4).unwrap()))
        );
        assert_eq!(all[1].is_better(), Some(true));
    }

    #[test]
    fn what_is_to_come_does_not_count() {
        let mut book = Book::default();
        let sales = metrics::sales_in();
        read(&mut book, sales, "2026-07", 100, None);
        assert_eq!(Trend::of(&book, dealer(), sales, day("2026-06-30")), None);
        let trend = Trend::of(&book, dealer(), sales, day("2026-07-10")).unwrap();
        assert_eq!((trend.as_of, trend.growth), (day("2026-07-10"), None));
    }

    #[test]
    fn a_metric_that_follows_from_others_goes_as_they_go() {
        let mut book = Book::default();
        let formula = crate::formula::Formula::typed("[销售额] / [进货额] * 100", &book);
        let ratio = Metric {
            name: "动销率".into(),
            unit: Some(Unit::Percent),
            gathering: Some(Gathering::Last),
            formula: formula.ok(),
            ..Metric::with_id(Id::natural(&["own"]))
        };
        book.metrics.set(ratio.clone());
        for (month, out, bought) in [("2025-05", 90, 100), ("2026-05", 60, 50), ("2026-06", 7, 0)] {
            read(&mut book, metrics::sales_out(), month, out, None);
            read(&mut book, metrics::sales_in(), month, bought, None);
        }
        // Nothing can be divided by June's zero.
        let trend = Trend::of(&book, dealer(), ratio.id, day("2026-07-10")).unwrap();
        assert_eq!(trend.figure, Quantity::whole(120));
        assert_eq!(trend.as_of, day("2026-05-31"));
        assert_eq!(trend.growth, Some(Growth::Points(Quantity::whole(30))));
        assert_eq!(Trend::all(&book, dealer(), day("2026-07-10")).len(), 3);
    }

    #[test]
    fn nothing_before_is_no_growth() {
        let mut book = Book::default();
        let sales = metrics::sales_in();
        read(&mut book, sales, "2025-06", 0, None);
        read(&mut book, sales, "2026-06", 50, None);
        let trend = Trend::of(&book, dealer(), sales, day("2026-07-01")).unwrap();
        assert_eq!(trend.growth, None);
        assert!(!trend.explain(TrendFigure::Growth, Lang::En).is_empty());
    }
}
