//! What a file holds, and what a column of it can hold.

use crate::book::Book;
use crate::custom;
use crate::date::Month;
use crate::exchange::{Cell, PRESETS, Preset, Shape};
use crate::id::Id;
use crate::schema::{FieldSpec, Record, TableSpec};
use crate::tables::{Contact, CustomField, Dealer, Metric, Reading};
use crate::value::{Kind, Value};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A dealer in each row.
    Dealers,
    /// A contact in each row.
    Contacts,
    /// One reading of a dealer in each row, or several side by side.
    Readings,
    /// A record of any other table in each row.
    Table(&'static TableSpec),
    /// A record of another system in each row, as that system writes it.
    Foreign(&'static Preset),
}

impl Content {
    /// What most files hold.
    pub const USUAL: [Self; 3] = [Self::Dealers, Self::Contacts, Self::Readings];

    /// The other tables whose records can be written in a row.
    pub fn tables() -> impl Iterator<Item = Self> {
        let others = Book::TABLES.iter().copied();
        others
            .filter(|table| fits_a_row(table) && !has_content_of_its_own(table))
            .map(Self::Table)
    }

    /// The files of other systems.
    pub fn foreign() -> impl Iterator<Item = Self> {
        PRESETS.iter().map(Self::Foreign)
    }

    /// The content whose rows are records of a table; `None` where these cannot be written in a
    /// row.
    pub fn of_table(table: &'static TableSpec) -> Option<Self> {
        let usual = Self::USUAL
            .into_iter()
            .find(|content| content.table() == table);
        usual.or_else(|| fits_a_row(table).then_some(Self::Table(table)))
    }

    /// What people call it.
    pub fn words(self) -> Words {
        match self {
            Self::Dealers => words("经销商", "Dealers"),
            Self::Contacts => words("联系人", "Contacts"),
            Self::Readings => words("数据", "Readings"),
            Self::Table(table) => table.label,
            Self::Foreign(preset) => preset.label,
        }
    }

    /// The table that is written.
    pub fn table(self) -> &'static TableSpec {
        match self {
            Self::Dealers => Dealer::TABLE,
            Self::Contacts => Contact::TABLE,
            Self::Readings => Reading::TABLE,
            Self::Table(table) => table,
            // Every preset names a table of ours; a test holds them to it.
            Self::Foreign(preset) => Book::table(preset.table).unwrap_or(Dealer::TABLE),
        }
    }

    /// The fields that a column of a file of this content can fill.
    pub(super) fn fields(self) -> impl Iterator<Item = &'static FieldSpec> {
        // What the program keeps by itself is a column too where the files are our own.
        let whole = matches!(self, Self::Table(_));
        let foreign = matches!(self, Self::Foreign(_));
        let fields = self.table().fields.iter();
        let filled = move |field: &&FieldSpec| {
            if whole {
                importable(field)
            } else {
                !field.kept && fills_one_cell(field)
            }
        };
        fields.filter(move |field| !foreign && filled(field))
    }

    /// Every column that a file of this content can have, for the person to choose from.
    pub fn columns(self, book: &Book) -> Vec<Column> {
        let fields = || self.fields().map(|field| Column::Field(field.number));
        let own = || self.own(book).map(|field| Column::Custom(field.id));
        match self {
            Self::Dealers | Self::Table(_) => fields().chain(own()).collect(),
            Self::Contacts => [Column::DealerName, Column::DealerCode]
                .into_iter()
                .chain(fields())
                .chain(own())
                .collect(),
            Self::Readings => {
                let value = |metric| Column::Value {
                    metric,
                    month: None,
                };
                [
                    Column::DealerName,
                    Column::DealerCode,
                    Column::Metric,
                    Column::Month,
                    value(None),
                ]
                .into_iter()
                .chain(
                    book.all_metrics()
                        .iter()
                        .map(|metric| value(Some(metric.id))),
                )
                .chain(fields())
                .collect()
            }
            Self::Foreign(preset) => {
                let theirs = (0..preset.columns.len()).map(Column::Theirs);
                theirs.chain(own()).collect()
            }
        }
    }

    /// The team's own fields that a row of this content can fill: those of its record, where it has one.
    pub(crate) fn own(self, book: &Book) -> impl Iterator<Item = Arc<CustomField>> {
        let has_record = match self {
            Self::Foreign(preset) => preset.shape != Shape::Order,
            _ => true,
        };
        let own = has_record.then(|| custom::fields(book, self.table().number));
        own.into_iter().flatten()
    }

    /// A field of the content's table by its stored number.
    pub(super) fn field(self, number: u16) -> Option<&'static FieldSpec> {
        self.table().numbered(number)
    }
}

/// Whether a field has a text form that people write into one cell.
fn importable(field: &FieldSpec) -> bool {
    !matches!(field.kind, Kind::Link | Kind::Figure | Kind::Notation(_))
}

/// Whether people write a field into a cell of their own tables: references and the like are told
/// by columns that a content has beside its fields.
fn fills_one_cell(field: &FieldSpec) -> bool {
    let told_otherwise = matches!(
        field.kind,
        Kind::Ref(_) | Kind::Refs(_) | Kind::Month | Kind::Outcome
    );
    importable(field) && !told_otherwise
}

/// The field that says what a record of a table is called.
pub(super) fn title_of(table: &TableSpec) -> Option<usize> {
    ["name", "title", "subject"]
        .iter()
        .find_map(|key| table.position(key))
}

/// Whether a record can be written in a row: what it needs has a text form, and what it belongs
/// to has a name.
fn fits_a_row(table: &TableSpec) -> bool {
    table
        .fields
        .iter()
        .filter(|field| field.required)
        .all(|field| match field.kind {
            Kind::Ref(other) => {
                other == Metric::NUMBER || Book::table(other).is_some_and(|t| title_of(t).is_some())
            }
            _ => importable(field),
        })
}

fn has_content_of_its_own(table: &'static TableSpec) -> bool {
    Content::USUAL
        .into_iter()
        .any(|content| content.table() == table)
}

/// One of two cells that hold a field together, as workbooks of ours have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Half {
    /// Begin, baseline, amount, or how it came out.
    First,
    /// End, minutes, target, or the day.
    Second,
}

/// What one column of a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The record's id in the book.
    Id,
    /// The field with this number of the content's table.
    Field(u16),
    /// Half of the field with this number.
    Half(u16, Half),
    /// A field of the team's own.
    Custom(Id<CustomField>),
    /// What the column at this place of the preset holds.
    Theirs(usize),
    /// The name of the dealer that the row belongs to.
    DealerName,
    /// The code of the dealer that the row belongs to.
    DealerCode,
    /// The name of the metric that the row's value is of.
    Metric,
    /// The month that the row's value is of.
    Month,
    /// A measured value. What the column does not say itself, another column or the whole
    /// file's choice says.
    Value {
        /// What was measured.
        metric: Option<Id<Metric>>,
        /// In which month.
        month: Option<Month>,
    },
}

impl Column {
    /// What people call it.
    pub fn label(self, content: Content, book: &Book, lang: Lang) -> String {
        let field = |number| {
            content
                .field(number)
                .map_or("", |field| field.label.in_lang(lang))
                .to_owned()
        };
        match self {
            Self::Id => words("记录编号", "Record id").in_lang(lang).to_owned(),
            Self::Field(number) => field(number),
            Self::Half(number, half) => {
                let parts = content.field(number).and_then(|field| field.kind.halves());
                let part = parts.map_or(words("", ""), |[first, second]| match half {
                    Half::First => first,
                    Half::Second => second,
                });
                half_heading(&field(number), part, lang)
            }
            Self::Custom(id) => {
                let field = book.custom_fields.get(id);
                field.map_or_else(String::new, |field| field.name.clone())
            }
            Self::Theirs(place) => match content {
                Content::Foreign(preset) => {
                    let cell = preset.columns.get(place).map(|column| column.cell);
                    cell.map_or_else(String::new, |cell| theirs(content, cell, lang))
                }
                _ => String::new(),
            },
            Self::DealerName => words("经销商名称", "Dealer name").in_lang(lang).to_owned(),
            Self::DealerCode => words("客户编码", "Dealer code").in_lang(lang).to_owned(),
            Self::Metric => words("指标名称", "Metric").in_lang(lang).to_owned(),
            Self::Month => words("月份", "Month").in_lang(lang).to_owned(),
            Self::Value { metric, month } => {
                let metric = metric
                    .and_then(|id| book.metric(id))
                    .map(|metric| metric.title(lang).to_owned());
                let month = month.map(|month| Value::Month(month).show(Kind::Month, lang));
                match (metric, month) {
                    (None, None) => words("数值", "Value").in_lang(lang).to_owned(),
                    (metric, month) => [metric, month]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" · "),
                }
            }
        }
    }
}

/// What the heading of half a field is.
pub(crate) fn half_heading(field: &str, part: Words, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{field}（{}）", part.zh),
        Lang::En => format!("{field} ({})", part.en),
    }
}

/// What a column of another system is in the book.
fn theirs(content: Content, cell: Cell, lang: Lang) -> String {
    let told = match cell {
        Cell::Field(key) | Cell::Choice(key, _) => {
            let table = content.table();
            let field = table.position(key).and_then(|at| table.fields.get(at));
            field.map_or(words("", ""), |field| field.label)
        }
        Cell::Key => words("对方的编号", "Its id there"),
        Cell::Dealer => words("经销商名称", "Dealer name"),
        Cell::GivenName => words("名", "Given name"),
        Cell::FamilyName => words("姓，或全名", "Family name, or the whole name"),
        Cell::Start => words("计划开始", "Planned start"),
        Cell::End => words("计划结束", "Planned end"),
        Cell::Status(_) => words("状态", "Status"),
        Cell::SettledOn => words("完成时间", "When it was settled"),
        Cell::Amount => words("金额", "Amount"),
        Cell::From => words("开始日期", "First day"),
        Cell::Until => words("截止日期", "Last day"),
    };
    told.in_lang(lang).to_owned()
}
