//! Which column of a file holds what: guessed from the headings, corrected by the person.

use super::Grid;
use super::content::{Column, Content};
use super::heading::Heading;
use crate::book::Book;
use crate::date::{Date, Month};
use crate::id::Id;
use crate::schema::{FieldSpec, Record};
use crate::tables::{Contact, Dealer, Metric, Reading};
use crate::text::fold;
use crate::words::{Words, words};

/// A heading that says exactly what a field is called.
const CALLED: u8 = 100;
/// A heading that another system uses for it.
const KNOWN: u8 = 90;
/// A heading that names a metric or a month.
const MEASURED: u8 = 85;
/// A heading that ends in, or else contains, one of the names.
const ENDS_IN: u8 = 60;
const CONTAINS: u8 = 50;

/// Which column of a file holds what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    content: Content,
    columns: Vec<Option<Column>>,
    scores: Vec<u8>,
    ten_thousands: Vec<bool>,
    /// The metric of every value whose column and row do not say one.
    pub metric: Option<Id<Metric>>,
    /// The month of every value whose column and row do not say one.
    pub month: Option<Month>,
}

impl Mapping {
    /// The mapping that the headings suggest for a content.
    pub fn guess(content: Content, grid: &Grid, book: &Book, today: Date) -> Self {
        let headings: Vec<Heading> = grid
            .headings()
            .iter()
            .map(|text| Heading::read(text))
            .collect();
        let mut found: Vec<(u8, usize, Column)> = Vec::new();
        let named = named_columns(content);
        for (place, heading) in headings.iter().enumerate() {
            for (column, names) in &named {
                let score = names
                    .iter()
                    .map(|(name, worth)| likeness(&heading.core, name, *worth))
                    .max()
                    .unwrap_or(0);
                if score > 0 {
                    found.push((score, place, *column));
                }
            }
        }
        if content == Content::Readings {
            let year = year_of_bare_months(&headings, today);
            for (place, heading) in headings.iter().enumerate() {
                let month = heading
                    .month
                    .and_then(|(own, month)| Month::new(own.unwrap_or(year), month));
                let metric = book.metric_named(&heading.rest);
                let understood = metric.is_some() || heading.rest.is_empty();
                if understood && (metric.is_some() || month.is_some()) {
                    let metric = metric.map(|metric| metric.id);
                    found.push((MEASURED, place, Column::Value { metric, month }));
                }
            }
        }
        // The best likeness chooses first; of equal ones, the leftmost column.
        found.sort_by_key(|(score, place, _)| (std::cmp::Reverse(*score), *place));
        let mut mapping = Self {
            content,
            columns: vec![None; headings.len()],
            scores: vec![0; headings.len()],
            ten_thousands: headings
                .iter()
                .map(|heading| heading.ten_thousands)
                .collect(),
            metric: None,
            month: None,
        };
        for (score, place, column) in found {
            if mapping.columns[place].is_none() && !mapping.columns.contains(&Some(column)) {
                mapping.columns[place] = Some(column);
                mapping.scores[place] = score;
            }
        }
        mapping
    }

    /// The mapping of the content that the headings fit best.
    pub fn guess_content(grid: &Grid, book: &Book, today: Date) -> Self {
        let mut best = Self::guess(Content::Dealers, grid, book, today);
        for content in [Content::Contacts, Content::Readings] {
            let other = Self::guess(content, grid, book, today);
            if other.worth() > best.worth() {
                best = other;
            }
        }
        best
    }

    /// How much of the file the mapping explains; nothing while the content's own columns are
    /// missing.
    fn worth(&self) -> u32 {
        let own = match self.content {
            Content::Dealers => true,
            Content::Contacts => self.missing().is_empty(),
            Content::Readings => self.has_dealer() && self.has_value(),
        };
        if own {
            self.scores.iter().map(|score| u32::from(*score)).sum()
        } else {
            0
        }
    }

    /// What the file holds.
    pub fn content(&self) -> Content {
        self.content
    }

    /// How many columns the file has.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether the file has no column at all.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// What a column holds; `None` when it is left out.
    pub fn get(&self, place: usize) -> Option<Column> {
        self.columns.get(place).copied().flatten()
    }

    /// How sure the guess is, 0–100; 100 for what the person chose.
    pub fn score(&self, place: usize) -> u8 {
        self.scores.get(place).copied().unwrap_or(0)
    }

    /// Says what a column holds. Another column that held the same is left out from now on.
    pub fn set(&mut self, place: usize, column: Option<Column>) {
        if column.is_some() {
            for (other, held) in self.columns.iter_mut().enumerate() {
                if *held == column && other != place {
                    *held = None;
                    self.scores[other] = 0;
                }
            }
        }
        if let Some(held) = self.columns.get_mut(place) {
            *held = column;
            self.scores[place] = if column.is_some() { 100 } else { 0 };
        }
    }

    /// Whether the numbers of a column are in ten thousands, as its heading says (万元).
    pub fn in_ten_thousands(&self, place: usize) -> bool {
        self.ten_thousands.get(place).copied().unwrap_or(false)
    }

    /// The column that holds something.
    pub fn place_of(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|held| *held == Some(column))
    }

    /// The columns that hold values: place, metric, month, as far as the column says them.
    pub(super) fn values(
        &self,
    ) -> impl Iterator<Item = (usize, Option<Id<Metric>>, Option<Month>)> {
        self.columns
            .iter()
            .enumerate()
            .filter_map(|(place, column)| match column {
                Some(Column::Value { metric, month }) => Some((place, *metric, *month)),
                _ => None,
            })
    }

    /// What still has to be mapped or chosen before rows can be read; empty when nothing.
    pub fn missing(&self) -> Vec<Words> {
        let mut missing = Vec::new();
        let name = match self.content {
            Content::Dealers => {
                let own = [
                    Dealer::TABLE.position("name"),
                    Dealer::TABLE.position("code"),
                ]
                .into_iter()
                .flatten()
                .any(|at| self.has(Column::Field(Dealer::TABLE.fields[at].number)));
                if !own {
                    missing.push(words("名称", "Name"));
                }
                return missing;
            }
            Content::Contacts => Contact::TABLE.position("name"),
            Content::Readings => None,
        };
        if !self.has_dealer() {
            missing.push(words("经销商名称或客户编码", "Dealer name or code"));
        }
        if let Some(at) = name
            && !self.has(Column::Field(Contact::TABLE.fields[at].number))
        {
            missing.push(words("姓名", "Name"));
        }
        if self.content == Content::Readings {
            if !self.has_value() {
                missing.push(words("数值", "Value"));
            }
            let metric_known = self.has(Column::Metric) || self.metric.is_some();
            if !metric_known && self.values().any(|(_, metric, _)| metric.is_none()) {
                missing.push(words("指标", "Metric"));
            }
            let month_known = self.has(Column::Month) || self.month.is_some();
            if !month_known && self.values().any(|(_, _, month)| month.is_none()) {
                missing.push(words("月份", "Month"));
            }
        }
        missing
    }

    fn has(&self, column: Column) -> bool {
        self.place_of(column).is_some()
    }

    fn has_dealer(&self) -> bool {
        self.has(Column::DealerName) || self.has(Column::DealerCode)
    }

    fn has_value(&self) -> bool {
        self.values().next().is_some()
    }
}

type Names = Vec<(String, u8)>;

/// Every named column of a content with the folded names it goes by.
fn named_columns(content: Content) -> Vec<(Column, Names)> {
    let mut all: Vec<(Column, Names)> = content
        .columns(&Book::default())
        .into_iter()
        .filter_map(|column| match column {
            Column::Field(number) => Some((column, names_of(content.field(number)?))),
            _ => None,
        })
        .collect();
    if content != Content::Dealers {
        let dealer = |key| {
            Dealer::TABLE
                .position(key)
                .map(|at| names_of(&Dealer::TABLE.fields[at]))
                .unwrap_or_default()
        };
        let mut by_name = dealer("name");
        // A bare "名称" or "Name" beside other content is not the dealer's.
        by_name.retain(|(_, worth)| *worth == KNOWN);
        by_name.extend(["所属经销商", "所属客户", "公司"].map(|name| (fold(name), KNOWN)));
        all.push((Column::DealerName, by_name));
        all.push((Column::DealerCode, dealer("code")));
    }
    if content == Content::Readings {
        for (key, column) in [
            ("metric", Column::Metric),
            ("month", Column::Month),
            (
                "figure",
                Column::Value {
                    metric: None,
                    month: None,
                },
            ),
        ] {
            if let Some(at) = Reading::TABLE.position(key) {
                all.push((column, names_of(&Reading::TABLE.fields[at])));
            }
        }
    }
    all
}

fn names_of(field: &FieldSpec) -> Names {
    let own = [field.label.zh, field.label.en, field.key];
    own.iter()
        .map(|name| (fold(name), CALLED))
        .chain(field.columns.iter().map(|name| (fold(name), KNOWN)))
        .collect()
}

/// How well a heading fits a name, 0–100. Part of a heading counts when it is long enough to
/// mean something: two Chinese characters; five Latin letters at the end.
fn likeness(heading: &str, name: &str, worth: u8) -> u8 {
    if heading.is_empty() || name.is_empty() {
        return 0;
    }
    if heading == name {
        return worth;
    }
    let length = name.chars().count();
    let latin = name.is_ascii();
    let longer = length.min(9) as u8;
    if length < if latin { 5 } else { 2 } {
        0
    } else if heading.ends_with(name) {
        ENDS_IN + longer
    } else if !latin && heading.contains(name) {
        CONTAINS + longer
    } else {
        0
    }
}

/// The year of headings such as "3月": the latest in which none of them lies ahead.
fn year_of_bare_months(headings: &[Heading], today: Date) -> i32 {
    let this = Month::of(today);
    let ahead = headings
        .iter()
        .filter_map(|heading| match heading.month {
            Some((None, month)) => Some(month),
            _ => None,
        })
        .any(|month| month > this.number());
    if ahead { this.year() - 1 } else { this.year() }
}
