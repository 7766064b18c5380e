//! Which column of a file holds what: guessed from the headings, corrected by the person.

use super::Grid;
use super::content::{Column, Content, Half, half_heading};
use super::heading::Heading;
use crate::book::Book;
use crate::date::{Date, Month};
use crate::id::Id;
use crate::schema::{FieldSpec, Record};
use crate::tables::{Contact, Dealer, Metric, Reading};
use crate::text::fold;
use crate::value::Kind;
use crate::words::{Lang, Words, words};

/// A heading that says exactly what a field is called.
const CALLED: u8 = 100;
/// A heading that another system uses for it.
const KNOWN: u8 = 90;
/// A heading that names a metric or a month.
const MEASURED: u8 = 85;
/// A heading of another system's files; below what is ours unless that system's ids are there.
const THEIRS: u8 = 80;
/// A heading that says which half of a field it is, before one that says the field.
const HALVED: u8 = 101;
/// What the ids of another system are worth.
const KEYED: u32 = 300;
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
    /// The dealer of every person whose row does not say one.
    pub dealer: Option<Id<Dealer>>,
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
        let named = named_columns(content, book);
        for (place, heading) in headings.iter().enumerate() {
            for (column, names) in &named {
                let is_called =
                    |name: &str, worth: u8| if heading.whole == name { worth } else { 0 };
                let fits = |(name, worth): &(String, u8)| match column {
                    // Part of a heading means little where half of it tells the one from the other.
                    Column::Half(..) | Column::Theirs(_) | Column::Id => is_called(name, *worth),
                    Column::Custom(_) if matches!(content, Content::Foreign(_)) => {
                        is_called(name, *worth)
                    }
                    _ => likeness(&heading.core, name, *worth),
                };
                let score = names.iter().map(fits).max().unwrap_or(0);
                if score > 0 && (*column != Column::Id || holds_ids(grid, place)) {
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
            dealer: None,
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
        let usual = [Content::Contacts, Content::Readings].into_iter();
        for content in usual.chain(Content::foreign()).chain(Content::tables()) {
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
        let sum = |scores: &[u8]| scores.iter().map(|score| u32::from(*score)).sum::<u32>();
        match self.content {
            Content::Dealers => sum(&self.scores),
            Content::Contacts if self.missing().is_empty() => sum(&self.scores),
            Content::Readings if self.has_dealer() && self.has_value() => sum(&self.scores),
            // A table of names alone could be of anything.
            Content::Table(_) if self.missing().is_empty() => {
                let sure: Vec<u8> = self
                    .scores
                    .iter()
                    .copied()
                    .filter(|s| *s >= CALLED)
                    .collect();
                if sure.len() > 1 { sum(&sure) } else { 0 }
            }
            Content::Foreign(preset) if self.missing().is_empty() => {
                // Only the other system gives its ids.
                let place = preset.key_place().map(Column::Theirs);
                let keyed = place.is_some_and(|column| self.has(column));
                sum(&self.scores) + if keyed { KEYED } else { 0 }
            }
            _ => 0,
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
            Content::Table(table) => {
                // A row that names its record needs no more.
                if self.has(Column::Id) {
                    return missing;
                }
                let needed = table.fields.iter().filter(|field| field.required);
                let lacking = needed.filter(|field| {
                    let half = |half| Column::Half(field.number, half);
                    !self.has(Column::Field(field.number)) && !self.has(half(Half::First))
                });
                return lacking.map(|field| field.label).collect();
            }
            Content::Foreign(preset) => {
                let needed = preset.columns.iter().enumerate();
                let lacking = needed
                    .filter(|(place, column)| column.needed && !self.has(Column::Theirs(*place)));
                let headers = lacking.filter_map(|(_, column)| column.headers.first());
                return headers.map(|header| words(header, header)).collect();
            }
        };
        if !self.has_dealer() && self.dealer.is_none() {
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

    /// Whether a column says to which dealer a row belongs.
    pub fn has_dealer(&self) -> bool {
        self.has(Column::DealerName) || self.has(Column::DealerCode)
    }

    fn has_value(&self) -> bool {
        self.values().next().is_some()
    }
}

type Names = Vec<(String, u8)>;

/// What stands above the ids of records in workbooks and vCards of ours.
const ID_HEADINGS: [&str; 3] = ["ID", "UID", "记录编号"];
/// So many rows are looked at for what a column holds.
const SAMPLE: usize = 20;

/// Whether a column holds ids of records, as far as its first cells tell: "ID" stands above
/// much else.
fn holds_ids(grid: &Grid, place: usize) -> bool {
    let mut cells = (0..grid.rows().min(SAMPLE)).map(|row| grid.cell(row, place).trim());
    let first = cells.find(|cell| !cell.is_empty()).unwrap_or("");
    let first = first.strip_prefix("urn:uuid:").unwrap_or(first);
    uuid::Uuid::parse_str(first).is_ok()
}

/// Every named column of a content with the folded names it goes by.
fn named_columns(content: Content, book: &Book) -> Vec<(Column, Names)> {
    if let Content::Foreign(preset) = content {
        let columns = preset.columns.iter().enumerate();
        let names = |headers: &[&str]| headers.iter().map(|name| (fold(name), THEIRS)).collect();
        // Another system has fields of the team's own as well, and they are called the same there.
        return columns
            .map(|(place, column)| (Column::Theirs(place), names(column.headers)))
            .chain(content.own(book).map(|field| {
                let name = (fold(&field.name), THEIRS);
                (Column::Custom(field.id), vec![name])
            }))
            .collect();
    }
    let mut all: Vec<(Column, Names)> = content
        .fields()
        .map(|field| (Column::Field(field.number), names_of(field)))
        .collect();
    all.push((
        Column::Id,
        ID_HEADINGS.map(|name| (fold(name), CALLED)).to_vec(),
    ));
    for field in content.own(book) {
        all.push((Column::Custom(field.id), vec![(fold(&field.name), CALLED)]));
    }
    for field in content.fields() {
        let Some([first, second]) = field.kind.halves() else {
            continue;
        };
        for (half, part) in [(Half::First, first), (Half::Second, second)] {
            let heading = |lang| fold(&half_heading(field.label.in_lang(lang), part, lang));
            let names = [Lang::Zh, Lang::En].map(|lang| (heading(lang), HALVED));
            all.push((Column::Half(field.number, half), names.to_vec()));
        }
    }
    if let Content::Table(_) = content {
        return all;
    }
    if content != Content::Dealers {
        all.push((Column::DealerName, dealer_names()));
        let code = Dealer::TABLE.position("code");
        let code = code.map(|at| names_of(&Dealer::TABLE.fields[at]));
        all.push((Column::DealerCode, code.unwrap_or_default()));
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
    let mut names: Names = own
        .iter()
        .map(|name| (fold(name), CALLED))
        .chain(field.columns.iter().map(|name| (fold(name), KNOWN)))
        .collect();
    if matches!(field.kind, Kind::Ref(Dealer::NUMBER)) && field.key == "dealer" {
        names.extend(dealer_names());
    }
    names
}

/// Headings for the name of the dealer that a row belongs to.
fn dealer_names() -> Names {
    let name = Dealer::TABLE.position("name");
    let name = name.map(|at| names_of(&Dealer::TABLE.fields[at]));
    let mut names = name.unwrap_or_default();
    // A bare "名称" or "Name" beside other content is not the dealer's.
    names.retain(|(_, worth)| *worth == KNOWN);
    names.extend(["所属经销商", "所属客户", "公司", "ORG"].map(|name| (fold(name), KNOWN)));
    names
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
