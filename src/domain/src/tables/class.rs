//! Classes: courses held at a time and a place.

use super::Course;
use crate::date::Slot;
use crate::id::Id;
use crate::schema::{Found, label};
use crate::value::Outcome;

crate::table! {
    /// A course held once.
    pub struct Class = 72 "class" ("场次", "Class") {
        /// The course.
        1 course: Id<Course> = label("课程", "Course").required().kept();
        /// When it is held.
        2 slot: Option<Slot> = label("时间", "Time").required();
        /// Where.
        3 place: String = label("地点", "Place").longest(200).found(Found::Text);
        /// Who teaches.
        4 trainer: String = label("讲师", "Trainer").longest(80);
        /// How many can take part; empty means any number.
        5 seats: Option<i64> = label("名额", "Seats").not_negative();
        /// Whether and when it was held or called off.
        6 outcome: Outcome = label("状态", "Status").kept();
        /// What it is called where the course's name does not say enough.
        7 title: String = label("标题", "Title").longest(120).found(Found::Text);
    }
}
