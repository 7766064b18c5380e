//! Cross-tables: a metric over dealers by two of their sides, with the rows behind each cell.
//!
//! Where months add up, a cell is the sum of its dealers' readings in the periods; where the
//! latest reading counts, it is the mean of the dealers' latest ones, each dealer alike. A total
//! is worked out of the dealers' figures, never of the cells.

use crate::attention::link_to;
use crate::book::Book;
use crate::date::Date;
use crate::explain::{Explanation, Line};
use crate::filter::recent;
use crate::id::Id;
use crate::measured::{Covered, actuals, covered_in, figures_of};
use crate::money::div_half_even;
use crate::period::Period;
use crate::quantity::{Quantity, Unit};
use crate::scorecard::Tier;
use crate::tables::{Dealer, DealerKind, Gathering, Metric, Reading, Segment, SizeClass};
use crate::words::{Lang, Words, words};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// A side by which dealers are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// The sales region.
    Region,
    /// How they do business.
    Kind,
    /// How large they are.
    Size,
    /// What the maker wants of the relationship; internal.
    Segment,
    /// The tier of their score.
    Tier,
    /// The period.
    Period,
    /// Nothing: all in one.
    All,
}

impl Axis {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Region => words("区域", "Region"),
            Self::Kind => words("类型", "Type"),
            Self::Size => words("规模", "Size"),
            Self::Segment => words("客户分层", "Segment"),
            Self::Tier => words("档位", "Tier"),
            Self::Period => words("期间", "Period"),
            Self::All => words("全部", "All"),
        }
    }

    /// Whether shared-screen mode hides it.
    pub const fn is_internal(self) -> bool {
        matches!(self, Self::Segment)
    }
}

/// Where a dealer stands on an axis, in the order in which it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// A region.
    Region(String),
    /// A type.
    Kind(DealerKind),
    /// A size.
    Size(SizeClass),
    /// A segment.
    Segment(Segment),
    /// A tier; the highest first.
    Tier(std::cmp::Reverse<Tier>),
    /// A period.
    Period(Period),
    /// Everything.
    All,
    /// Not entered; the last.
    Unknown,
}

impl Side {
    /// What people call it.
    pub fn show(&self, lang: Lang) -> String {
        match self {
            Self::Region(region) => region.clone(),
            Self::Kind(kind) => kind.words().in_lang(lang).to_owned(),
            Self::Size(size) => size.words().in_lang(lang).to_owned(),
            Self::Segment(segment) => segment.words().in_lang(lang).to_owned(),
            Self::Tier(tier) => tier.0.words().in_lang(lang).to_owned(),
            Self::Period(period) => period.show(lang),
            Self::All => words("全部", "All").in_lang(lang).to_owned(),
            Self::Unknown => words("未填", "Not entered").in_lang(lang).to_owned(),
        }
    }
}

/// What to put into a table.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The dealers to look at.
    pub dealers: Vec<&'a Dealer>,
    /// The metric.
    pub metric: Id<Metric>,
    /// The periods.
    pub periods: Vec<Period>,
    /// What the rows are.
    pub rows: Axis,
    /// What the columns are.
    pub columns: Axis,
}

/// A cell, or a total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The sum or the mean; `None` without a reading.
    pub value: Option<Quantity>,
    /// The places of the parts that count in it.
    parts: Vec<u32>,
}

/// A cross-table.
#[derive(Clone, Debug, PartialEq)]
pub struct Crosstab {
    /// What the metric is counted in.
    pub unit: Unit,
    /// Whether cells are sums; otherwise they are means.
    pub sums: bool,
    /// The rows, in order.
    pub rows: Vec<Side>,
    /// The columns, in order.
    pub columns: Vec<Side>,
    /// The cells by row and column; empty ones are left out.
    pub cells: BTreeMap<(Side, Side), Cell>,
    /// The total of each row.
    pub row_totals: BTreeMap<Side, Cell>,
    /// The total of each column.
    pub column_totals: BTreeMap<Side, Cell>,
    /// The total of all.
    pub total: Cell,
    /// What cells are made of.
    parts: Vec<Part>,
    /// The readings of all parts, in their order.
    readings: Vec<Id<Reading>>,
}

impl Crosstab {
    /// The dealers behind a cell with what each brings, the most first, and what they come to.
    pub fn explain(
        &self,
        book: &Book,
        metric: Id<Metric>,
        cell: &Cell,
        today: Date,
        lang: Lang,
    ) -> Vec<Line> {
        let show = |quantity| self.unit.show(quantity, lang);
        let mut own: BTreeMap<Id<Dealer>, Option<i128>> = BTreeMap::new();
        for part in self.parts_of(cell) {
            let behind = self.behind(part).iter();
            let figures = behind.filter_map(|id| Some(book.readings.get(*id)?.figure?.amount.0));
            let sum = own.entry(part.dealer).or_default();
            for figure in figures {
                *sum = Some(sum.unwrap_or(0) + i128::from(figure));
            }
        }
        let mut dealers: Vec<(Option<Quantity>, &Arc<Dealer>)> = own
            .into_iter()
            .filter_map(|(id, sum)| {
                let amount = match sum {
                    Some(sum) => Some(Quantity::held(sum)),
                    // Worked out of others: no reading of its own.
                    None => recent(book, id, metric, 12, today),
                };
                Some((amount, book.dealers.get(id)?))
            })
            .collect();
        dealers.sort_by(|a, b| (b.0, &a.1.name).cmp(&(a.0, &b.1.name)));
        let mut out = Explanation::new(lang);
        for (amount, dealer) in &dealers {
            let amount = amount.map_or_else(|| "—".to_owned(), show);
            out.push(Line::new(dealer.name.clone(), amount).about(link_to(&***dealer)));
        }
        let readings = self.readings(cell).len();
        if readings > 0 {
            out.line(
                words("计入的数据", "Readings counted"),
                readings.to_string(),
            );
        }
        let label = if self.sums {
            words("合计", "Total")
        } else {
            words("平均", "Mean")
        };
        out.result(label, cell.value.map_or_else(|| "—".to_owned(), show));
        out.done()
    }
}

/// Where the tier of a dealer comes from.
pub type TierOf<'a> = &'a dyn Fn(Id<Dealer>) -> Option<Tier>;

/// One dealer's figure of one period.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    dealer: Id<Dealer>,
    period: Period,
    amount: Quantity,
    /// Where its readings lie among all.
    readings: Range<usize>,
}

/// The sides of one axis as they are met, each with a number of its own.
struct Sides {
    axis: Axis,
    numbers: BTreeMap<Side, usize>,
}

impl Sides {
    const fn of(axis: Axis) -> Self {
        Self {
            axis,
            numbers: BTreeMap::new(),
        }
    }

    /// The number of a dealer's side in each of the periods: one and the same, unless periods are the sides.
    fn numbers(&mut self, dealer: &Dealer, periods: &[Period], tier: TierOf<'_>) -> Vec<usize> {
        let several = if self.axis == Axis::Period {
            periods
        } else {
            periods.get(..1).unwrap_or_default()
        };
        let number = |period: &Period| {
            let next = self.numbers.len();
            let side = side(self.axis, dealer, *period, tier);
            *self.numbers.entry(side).or_insert(next)
        };
        several.iter().map(number).collect()
    }
}

/// What falls to some sides: the places of parts, by the sides' number.
type Falls = BTreeMap<usize, Vec<u32>>;

impl Crosstab {
    /// The table that answers a question on a day; `None` when the metric is not known.
    pub fn of(book: &Book, question: &Question<'_>, tier: TierOf<'_>, today: Date) -> Option<Self> {
        let metric = book.metric(question.metric)?;
        let gathering = metric.gathering.unwrap_or(Gathering::Last);
        let sums = gathering == Gathering::Sum;
        let periods = &question.periods;
        let first = periods.iter().map(|it| it.first()).min()?;
        let last = periods.iter().map(|it| it.last()).max()?;
        let (mut rows, mut columns) = (Sides::of(question.rows), Sides::of(question.columns));
        let (mut parts, mut behind) = (Vec::new(), Vec::new());
        let mut cells: BTreeMap<(usize, usize), Vec<u32>> = BTreeMap::new();
        let (mut by_row, mut by_column) = (Falls::new(), Falls::new());
        for dealer in &question.dealers {
            let figures = figures_of(book, dealer.id, &[metric.id], first..=last).pop()?;
            if figures.is_empty() {
                continue;
            }
            let row_numbers = rows.numbers(dealer, periods, tier);
            let column_numbers = columns.numbers(dealer, periods, tier);
            for (at, period) in periods.iter().enumerate() {
                let Some(span) = period.span() else { continue };
                let readings: Vec<Covered> = covered_in(&figures, span, gathering, today).collect();
                let amounts = actuals(&readings, Quantity(0), gathering);
                let Some(amount) = amounts.last() else {
                    continue;
                };
                let counted = if sums {
                    readings.as_slice()
                } else {
                    readings.last().map_or(&[][..], std::slice::from_ref)
                };
                let begin = behind.len();
                behind.extend(counted.iter().filter_map(|read| read.reading));
                // A book that fits into memory has no more parts than that.
                let part = parts.len() as u32;
                parts.push(Part {
                    dealer: dealer.id,
                    period: *period,
                    amount: *amount,
                    readings: begin..behind.len(),
                });
                let number = |numbers: &[usize]| numbers.get(at).or(numbers.first()).copied();
                let (row, column) = (number(&row_numbers)?, number(&column_numbers)?);
                cells.entry((row, column)).or_default().push(part);
                by_row.entry(row).or_default().push(part);
                by_column.entry(column).or_default().push(part);
            }
        }
        let cell = |of: &[u32]| cell(&parts, of, sums);
        let totals = |sides: &Sides, falls: &Falls| -> BTreeMap<Side, Cell> {
            let fallen = |(side, number): (&Side, &usize)| {
                let of = falls.get(number)?;
                Some((side.clone(), cell(of)))
            };
            sides.numbers.iter().filter_map(fallen).collect()
        };
        let (row_totals, column_totals) = (totals(&rows, &by_row), totals(&columns, &by_column));
        let mut by_sides = BTreeMap::new();
        for (row, row_number) in &rows.numbers {
            for (column, column_number) in &columns.numbers {
                if let Some(of) = cells.get(&(*row_number, *column_number)) {
                    by_sides.insert((row.clone(), column.clone()), cell(of));
                }
            }
        }
        Some(Self {
            unit: metric.unit.unwrap_or(Unit::Pieces),
            sums,
            rows: row_totals.keys().cloned().collect(),
            columns: column_totals.keys().cloned().collect(),
            cells: by_sides,
            row_totals,
            column_totals,
            total: cell(&(0..parts.len() as u32).collect::<Vec<_>>()),
            parts,
            readings: behind,
        })
    }

    /// A cell; `None` for one without readings.
    pub fn cell(&self, row: &Side, column: &Side) -> Option<&Cell> {
        self.cells.get(&(row.clone(), column.clone()))
    }

    fn parts_of<'a>(&'a self, cell: &'a Cell) -> impl Iterator<Item = &'a Part> {
        let places = cell.parts.iter();
        places.filter_map(|place| self.parts.get(*place as usize))
    }

    /// The dealers that have readings in a cell of this table.
    pub fn dealers(&self, cell: &Cell) -> BTreeSet<Id<Dealer>> {
        self.parts_of(cell).map(|part| part.dealer).collect()
    }

    /// The readings behind a cell of this table; none for a metric that is worked out of others.
    pub fn readings(&self, cell: &Cell) -> BTreeSet<Id<Reading>> {
        let parts = self.parts_of(cell);
        parts.flat_map(|part| self.behind(part)).copied().collect()
    }

    fn behind(&self, part: &Part) -> &[Id<Reading>] {
        self.readings.get(part.readings.clone()).unwrap_or_default()
    }
}

fn side(axis: Axis, dealer: &Dealer, period: Period, tier: TierOf<'_>) -> Side {
    let known = match axis {
        Axis::Region if dealer.region.is_empty() => None,
        Axis::Region => Some(Side::Region(dealer.region.clone())),
        Axis::Kind => dealer.kind.map(Side::Kind),
        Axis::Size => dealer.size.map(Side::Size),
        Axis::Segment => dealer.segment.map(Side::Segment),
        Axis::Tier => tier(dealer.id).map(|tier| Side::Tier(std::cmp::Reverse(tier))),
        Axis::Period => Some(Side::Period(period)),
        Axis::All => Some(Side::All),
    };
    known.unwrap_or(Side::Unknown)
}

/// What some parts come to. Where the latest counts, each dealer's latest period counts.
fn cell(parts: &[Part], of: &[u32], sums: bool) -> Cell {
    let mut counted: Vec<(u32, &Part)> = of
        .iter()
        .filter_map(|place| Some((*place, parts.get(*place as usize)?)))
        .collect();
    if !sums {
        counted.sort_by_key(|(_, part)| (part.dealer, std::cmp::Reverse(part.period)));
        counted.dedup_by_key(|(_, part)| part.dealer);
    }
    let sum: i128 = counted
        .iter()
        .map(|(_, part)| i128::from(part.amount.0))
        .sum();
    let value = if counted.is_empty() {
        None
    } else if sums {
        Some(Quantity::held(sum))
    } else {
        i128::try_from(counted.len())
            .ok()
            .and_then(|count| div_half_even(sum, count))
            .map(Quantity::held)
    };
    Cell {
        value,
        parts: counted.into_iter().map(|(place, _)| place).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{Month, parse_date};
    use crate::metrics;
    use crate::period::Cycle;
    use crate::schema::Record;
    use crate::value::Figure;
    use proptest::prelude::*;

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    fn read(book: &mut Book, dealer: Id<Dealer>, metric: Id<Metric>, month: Month, amount: i64) {
        book.readings.set(Reading {
            dealer,
            metric,
            month: Some(month),
            figure: Some(Figure {
                amount: Quantity(amount),
                as_of: month.last(),
            }),
            ..Reading::with_id(Reading::id_for(dealer, metric, month))
        });
    }

    fn dealer(name: &str, region: &str) -> Dealer {
        Dealer {
            name: name.into(),
            region: region.into(),
            ..Dealer::with_id(Id::natural(&[name]))
        }
    }

    fn quarters() -> Vec<Period> {
        let last = Period::of(Cycle::Quarter, month("2026-06"));
        last.with_those_before(2).collect()
    }

    fn ask(
        book: &Book,
        dealers: &[Dealer],
        metric: Id<Metric>,
        rows: Axis,
        columns: Axis,
    ) -> Crosstab {
        let question = Question {
            dealers: dealers.iter().collect(),
            metric,
            periods: quarters(),
            rows,
            columns,
        };
        let tier = |id| (id == Id::natural(&["a"])).then_some(Tier::First);
        Crosstab::of(book, &question, &tier, parse_date("2026-07-01").unwrap()).unwrap()
    }

    #[test]
    fn sums_add_up_and_open_to_their_rows() {
        let dealers = [dealer("a", "华东"), dealer("b", "华东"), dealer("c", "")];
        let sales = metrics::sales_in();
        let mut book = Book::default();
        for (at, amounts) in [[10, 20], [1, 2], [100, -40]].iter().enumerate() {
            read(
                &mut book,
                dealers[at].id,
                sales,
                month("2026-03"),
                amounts[0],
            );
            read(
                &mut book,
                dealers[at].id,
                sales,
                month("2026-04"),
                amounts[1],
            );
        }
        let table = ask(&book, &dealers, sales, Axis::Region, Axis::Period);
        let names: Vec<_> = table.rows.iter().map(|side| side.show(Lang::En)).collect();
        assert_eq!(names, ["华东", "Not entered"]);
        let east = Side::Region("华东".into());
        let second = Side::Period(quarters()[1]);
        let cell = table.cell(&east, &second).unwrap();
        assert_eq!(cell.value, Some(Quantity(22)));
        let behind = (table.dealers(cell).len(), table.readings(cell).len());
        assert_eq!(behind, (2, 2));
        assert_eq!(table.row_totals[&east].value, Some(Quantity(33)));
        assert_eq!(table.column_totals[&second].value, Some(Quantity(-18)));
        assert_eq!(table.total.value, Some(Quantity(93)));
        assert_eq!(table.readings(&table.total).len(), 6);
        let tiers = ask(&book, &dealers, sales, Axis::Tier, Axis::All);
        let first = Side::Tier(std::cmp::Reverse(Tier::First));
        assert_eq!(tiers.row_totals[&first].value, Some(Quantity(30)));
        assert_eq!(tiers.rows, [first, Side::Unknown]);
    }

    #[test]
    fn shares_are_means_of_each_dealers_latest() {
        let dealers = [dealer("a", "华东"), dealer("b", "华东")];
        let share = metrics::market_share();
        let mut book = Book::default();
        read(&mut book, dealers[0].id, share, month("2026-02"), 1000);
        read(&mut book, dealers[0].id, share, month("2026-05"), 1200);
        read(&mut book, dealers[1].id, share, month("2026-03"), 2000);
        let table = ask(&book, &dealers, share, Axis::Region, Axis::Period);
        let first = Side::Period(quarters()[0]);
        assert_eq!(table.column_totals[&first].value, Some(Quantity(1500)));
        assert_eq!(table.total.value, Some(Quantity(1600)));
        assert_eq!(table.readings(&table.total).len(), 2);
        let none = ask(&book, &dealers, metrics::units(), Axis::All, Axis::All);
        assert_eq!(none.total, Cell::default());
        assert!(none.rows.is_empty());
    }

    proptest! {
        /// Rows and columns of what adds up come to the same total.
        #[test]
        fn totals_agree(amounts in prop::collection::vec((0usize..4, 0i32..6, -1_000_000i64..1_000_000), 0..30)) {
            let dealers: Vec<_> = ["a", "b", "c", "d"]
                .iter()
                .zip(["东", "西", "东", ""])
                .map(|(name, region)| dealer(name, region))
                .collect();
            let mut book = Book::default();
            for (at, ahead, amount) in amounts {
                read(&mut book, dealers[at].id, metrics::sales_in(), month("2026-01").plus(ahead), amount);
            }
            let table = ask(&book, &dealers, metrics::sales_in(), Axis::Region, Axis::Period);
            let sum = |cells: &mut dyn Iterator<Item = &Cell>| -> i64 {
                cells.filter_map(|cell| cell.value).map(|value| value.0).sum()
            };
            let total = table.total.value.map_or(0, |value| value.0);
            prop_assert_eq!(sum(&mut table.cells.values()), total);
            prop_assert_eq!(sum(&mut table.row_totals.values()), total);
            prop_assert_eq!(sum(&mut table.column_totals.values()), total);
            let behind: usize = table.cells.values().map(|cell| table.readings(cell).len()).sum();
            prop_assert_eq!(behind, table.readings(&table.total).len());
        }
    }
}
