//! Saved views of lists.

use crate::filter::Filter;
use crate::schema::{Found, label};
use crate::view::Arrangement;

crate::table! {
    /// A saved view: which records of a table, and how they are shown.
    pub struct View = 76 "view" ("视图", "View") {
        /// What it is called.
        1 name: String = label("视图名称", "View").required().longest(80).found(Found::Name);
        /// Which records.
        2 filter: Option<Filter> = label("条件", "Filter").required().prose();
        /// How they are shown.
        3 arrangement: Option<Arrangement> = label("排列", "Arrangement").prose();
        /// Its place among the others: a fractional index.
        4 position: String = label("顺序", "Order").kept();
    }
}
