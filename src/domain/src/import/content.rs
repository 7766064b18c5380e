//! What a file holds, and what a column of it can hold.

use crate::book::Book;
use crate::date::Month;
use crate::id::Id;
use crate::schema::{FieldSpec, Record, TableSpec};
use crate::tables::{Contact, Dealer, Metric, Reading};
use crate::value::{Kind, Value};
use crate::words::{Lang, Words, words};

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// A dealer in each row.
    Dealers,
    /// A contact in each row.
    Contacts,
    /// One reading of a dealer in each row, or several side by side.
    Readings,
}

impl Content {
    /// Every content.
    pub const ALL: [Self; 3] = [Self::Dealers, Self::Contacts, Self::Readings];

    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Dealers => words("经销商", "Dealers"),
            Self::Contacts => words("联系人", "Contacts"),
            Self::Readings => words("数据", "Readings"),
        }
    }

    /// The table that is written.
    pub const fn table(self) -> &'static TableSpec {
        match self {
            Self::Dealers => Dealer::TABLE,
            Self::Contacts => Contact::TABLE,
            Self::Readings => Reading::TABLE,
        }
    }

    /// Every column that a file of this content can have, for the person to choose from.
    pub fn columns(self, book: &Book) -> Vec<Column> {
        let fields = || {
            self.table()
                .fields
                .iter()
                .filter(|field| !field.kept && importable(field))
                .map(|field| Column::Field(field.number))
        };
        match self {
            Self::Dealers => fields().collect(),
            Self::Contacts => [Column::DealerName, Column::DealerCode]
                .into_iter()
                .chain(fields())
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
        }
    }

    /// A field of the content's table by its stored number.
    pub(super) fn field(self, number: u16) -> Option<&'static FieldSpec> {
        self.table().numbered(number)
    }
}

/// Whether a field has a text form that people write into one cell.
fn importable(field: &FieldSpec) -> bool {
    !matches!(
        field.kind,
        Kind::Ref(_)
            | Kind::Refs(_)
            | Kind::Link
            | Kind::Month
            | Kind::Figure
            | Kind::Outcome
            | Kind::Notation(_)
    )
}

/// What one column of a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The field with this number of the content's table.
    Field(u16),
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
        match self {
            Self::Field(number) => content
                .field(number)
                .map_or("", |field| field.label.in_lang(lang))
                .to_owned(),
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
