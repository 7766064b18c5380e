//! Fields that a team adds itself.

use crate::schema::{Fault, Found, Problem, label};
use crate::words::words;

crate::choices! {
    /// The table that a field of the team's own belongs to. The codes are the tables' numbers.
    pub enum CustomOn: "custom_on" {
        /// Dealers.
        1 Dealer ("经销商", "Dealer"),
        /// Contacts.
        2 Contact ("联系人", "Contact"),
        /// Goals.
        7 Goal ("目标", "Goal"),
        /// Meetings.
        11 Meeting ("沟通", "Meeting"),
        /// Issues.
        14 Issue ("问题", "Issue"),
        /// Support requests.
        68 SupportRequest ("支持申请", "Support request"),
    }
}

crate::choices! {
    /// What a field of the team's own holds.
    pub enum CustomKind: "custom_kind" {
        /// A line of text.
        1 Text ("单行文字", "Text"),
        /// Text of many lines.
        2 LongText ("多行文字", "Long text"),
        /// A number with at most two decimals.
        3 Number ("数字", "Number"),
        /// An amount of money.
        4 Money ("金额", "Money"),
        /// A date.
        5 Date ("日期", "Date"),
        /// Yes or no.
        6 Flag ("是或否", "Yes or no"),
        /// One of a list.
        7 Choice ("单选", "Choice"),
        /// Several of a list.
        8 Choices ("多选", "Choices"),
    }
}

crate::table! {
    /// A field that the team added.
    pub struct CustomField = 74 "custom_field" ("自定义字段", "Custom field") {
        /// What it is called.
        1 name: String = label("字段名称", "Field").required().longest(60).found(Found::Name);
        /// The table that it belongs to.
        2 on: Option<CustomOn> = label("用于", "On").required();
        /// What it holds.
        3 kind: Option<CustomKind> = label("类型", "Kind").required();
        /// What can be chosen, one in each line.
        4 options: String = label("选项（每行一个）", "Options (one a line)").prose();
        /// Whether shared-screen mode hides it.
        5 hidden: Option<bool> = label("同屏模式下隐藏", "Hidden in shared-screen mode");
        /// What to write in it.
        6 hint: String = label("提示", "Hint").longest(120);
        /// Its place among the others: a fractional index.
        7 position: String = label("顺序", "Order").kept();
        /// Whether it is asked for no longer; what it holds stays.
        8 retired: Option<bool> = label("已停用", "Retired").kept();
    }
    check check_field
}

fn check_field(field: &CustomField, found: &mut Vec<Problem>) {
    let chooses = matches!(field.kind, Some(CustomKind::Choice | CustomKind::Choices));
    if chooses && field.option_list().next().is_none() {
        found.push(Problem {
            field: "options",
            fault: Fault::Rule(words("请填选项，每行一个", "Enter the options, one a line")),
        });
    }
}

impl CustomField {
    /// What can be chosen, in order, without blank lines.
    pub fn option_list(&self) -> impl Iterator<Item = &str> {
        self.options
            .lines()
            .map(str::trim)
            .filter(|option| !option.is_empty())
    }
}
