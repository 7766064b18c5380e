//! Courses and workshops.

use super::{Metric, NeedKind};
use crate::id::Id;
use crate::schema::{Found, label};
use std::collections::BTreeSet;

crate::choices! {
    /// How a course is held.
    pub enum CourseKind: "course_kind" {
        /// In a room.
        1 Classroom ("集中授课", "Classroom"),
        /// At the dealer's.
        2 OnSite ("上门带教", "On site"),
        /// On the internet.
        3 Online ("线上课程", "Online"),
        /// Working together on a question.
        4 Workshop ("研讨会", "Workshop"),
    }
}

crate::table! {
    /// A course that can be held again and again.
    pub struct Course = 71 "course" ("课程", "Course") {
        /// What it is called.
        1 name: String = label("课程名称", "Course").required().longest(120).found(Found::Name);
        /// How it is held.
        2 kind: Option<CourseKind> = label("形式", "Form");
        /// What people can do afterwards.
        3 aim: String = label("学习目标", "Aim").prose();
        /// The metrics that it is meant to better.
        4 metrics: BTreeSet<Id<Metric>> = label("改善的指标", "Metrics it betters");
        /// Words in a dealer's needs that it answers.
        5 answers: BTreeSet<String> = label("对应需求的关键词", "Words of needs it answers")
            .hint("例如：洗碗机、导购、安装", "Such as dishwasher, selling, installation");
        /// The kinds of needs that it answers; empty means every kind.
        6 need_kinds: BTreeSet<NeedKind> = label("对应的需求类型", "Kinds of needs");
        /// How long it takes.
        7 minutes: Option<i64> = label("时长（分钟）", "Minutes").not_negative();
    }
}
