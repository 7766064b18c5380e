//! Photos taken as evidence.

use super::Dealer;
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Found, label};
use crate::value::Link;

crate::table! {
    /// A photo that shows how a step was done or what an issue is about. The picture itself is a blob; both
    /// sides may see it.
    pub struct Photo = 78 "photo" ("照片", "Photo") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The step or issue.
        2 about: Option<Link> = label("关联", "About").required().kept();
        /// What it shows.
        3 caption: String = label("说明", "Caption").longest(200).found(Found::Text);
        /// The picture: the id of a blob.
        4 picture: String = label("图片", "Picture").required().longest(128).kept();
        /// The day on which it was added.
        5 taken_on: Option<Date> = label("日期", "Date").kept();
        /// Who added it.
        6 by: String = label("拍摄人", "Added by").longest(80).kept();
    }
}
