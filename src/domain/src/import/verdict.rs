//! What an import would do with a row.

use super::fault::{CellError, Notice};
use super::layout::Customs;
use crate::schema::FieldSpec;
use crate::value::Value;
use crate::words::{Lang, Words, words};
use uuid::Uuid;

/// What an import would do with one row.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// Something new is written.
    New,
    /// A record of the book gets other values in these fields.
    Update(Vec<&'static FieldSpec>),
    /// The book has all of it already.
    Same,
    /// It may be something that the book or an earlier row has already; the person chooses.
    Duplicate {
        /// What it may be.
        twin: Twin,
        /// What they have in common.
        likeness: Likeness,
    },
    /// It cannot be taken in.
    Error(Vec<CellError>),
}

impl Verdict {
    /// What people call it.
    pub const fn words(&self) -> Words {
        match self {
            Self::New => words("新增", "New"),
            Self::Update(_) => words("更新", "Update"),
            Self::Same => words("没有变化", "No change"),
            Self::Duplicate { .. } => words("可能重复", "Possible duplicate"),
            Self::Error(_) => words("有错误", "Error"),
        }
    }
}

/// What a row may be a second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Twin {
    /// The earlier row with this number in the file.
    Line(u32),
    /// This record of the book.
    Record(Uuid),
}

/// What a row and its twin have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// The same code.
    Code,
    /// The same name, and the same region or telephone number.
    NameAndPlace,
    /// The same name, and nothing that speaks against it.
    Name,
    /// The same name, but another region or telephone number.
    NameElsewhere,
    /// The same telephone number under another name.
    Phone,
    /// The same dealer, metric and month.
    Month,
}

impl Likeness {
    /// Why the row may be a duplicate.
    pub const fn words(self) -> Words {
        match self {
            Self::Code => words("编码相同", "Same code"),
            Self::NameAndPlace => words(
                "名称相同，区域或电话也相同",
                "Same name and same region or phone",
            ),
            Self::Name => words("名称相同", "Same name"),
            Self::NameElsewhere => words(
                "名称相同，但区域或电话不同",
                "Same name, but another region or phone",
            ),
            Self::Phone => words("电话相同，但姓名不同", "Same phone, but another name"),
            Self::Month => words(
                "同一经销商、同一指标、同一个月",
                "Same dealer, metric and month",
            ),
        }
    }

    /// What is done unless the person chooses otherwise.
    pub const fn usual(self) -> Choice {
        match self {
            Self::NameElsewhere | Self::Phone => Choice::Create,
            _ => Choice::Update,
        }
    }
}

/// What to do with a possible duplicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Write the row's filled cells over what is there.
    Update,
    /// Leave the row out.
    Skip,
    /// Write a record of its own. A reading has no second one of the same month, so there
    /// it means the same as [`Choice::Update`].
    Create,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Update, Self::Skip, Self::Create];

    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Update => words("更新已有的", "Update the existing one"),
            Self::Skip => words("跳过这一行", "Skip this row"),
            Self::Create => words("仍然新增", "Create anyway"),
        }
    }
}

/// A row and what would be done with it.
#[derive(Clone, Debug)]
pub struct PlannedRow {
    /// Its place in the grid.
    pub row: usize,
    /// Its number in the file.
    pub line: u32,
    /// What it is called.
    pub name: String,
    /// What would be done with it.
    pub verdict: Verdict,
    /// What is odd about it.
    pub notices: Vec<Notice>,
    pub(crate) drafts: Vec<Draft>,
}

impl PlannedRow {
    /// What is wrong with it.
    pub fn errors(&self) -> &[CellError] {
        match &self.verdict {
            Verdict::Error(errors) => errors,
            _ => &[],
        }
    }
}

/// One record that a row would write.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) into: Into,
    /// Places in the table's fields and their values.
    pub(crate) values: Vec<(usize, Value)>,
    /// What the team's own fields hold.
    pub(crate) customs: Customs,
    /// Its id in another system; empty for none.
    pub(crate) key: String,
}

impl Draft {
    pub(crate) fn of(into: Into, values: Vec<(usize, Value)>) -> Self {
        Self {
            into,
            values,
            customs: Customs::new(),
            key: String::new(),
        }
    }
}

/// Who holds what tells a record from others.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holder {
    /// A record of the book.
    Record(Uuid),
    /// An earlier row.
    Row(usize),
}

/// Which record a draft is written into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Into {
    /// A new one.
    Fresh,
    /// The one with this id, there or not.
    Record(Uuid),
    /// The one that this earlier row of the import is written into.
    Row(usize),
}

/// How many rows come to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Something new.
    pub new: usize,
    /// Other values for what is there.
    pub update: usize,
    /// Nothing to do.
    pub same: usize,
    /// Possible duplicates.
    pub duplicate: usize,
    /// Rows that cannot be taken in.
    pub error: usize,
    /// Cells to look at.
    pub notice: usize,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows gone through.
    pub done: usize,
    /// Rows in all.
    pub total: usize,
}

impl Progress {
    /// Whether every row was gone through.
    pub fn is_complete(self) -> bool {
        self.done == self.total
    }
}

/// Why nothing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Blocked {
    /// Not every row was gone through.
    #[error("not every row was gone through")]
    Unfinished,
    /// Rows with errors, which the person has not chosen to leave out.
    #[error("{rows} rows have errors")]
    Errors {
        /// How many.
        rows: usize,
    },
    /// The orders of a month add up to more than can be kept.
    #[error("the orders of a month add up to more than can be kept")]
    Overflow,
    /// The book would not change.
    #[error("nothing would change")]
    NothingToDo,
}

impl Blocked {
    /// What to tell the person.
    pub fn text(self, lang: Lang) -> String {
        let fixed = |zh: &'static str, en: &'static str| words(zh, en).in_lang(lang).to_owned();
        match self {
            Self::Unfinished => fixed("还没有检查完所有行", "Not every row was checked yet"),
            Self::Errors { rows } => match lang {
                Lang::Zh => format!(
                    "有 {rows} 行不能导入。请改正后重新选择文件，或选择“不导入有错误的行”。"
                ),
                Lang::En => format!(
                    "{rows} rows cannot be imported. Correct them and choose the file again, or leave them out."
                ),
            },
            Self::Overflow => fixed(
                "有一个月的订单合计太大，存不下。请核对金额。",
                "The orders of a month add up to more than can be kept. Check the amounts.",
            ),
            Self::NothingToDo => fixed(
                "没有需要写入的内容：台账里已经都有了。",
                "Nothing to write: the book has all of it already.",
            ),
        }
    }
}
