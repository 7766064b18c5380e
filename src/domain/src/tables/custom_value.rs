//! What the fields that a team added hold.

use super::CustomField;
use crate::id::{Id, Uuid};
use crate::schema::label;
use crate::value::Link;

crate::table! {
    /// What one record holds in one of the team's own fields: one register.
    pub struct CustomValue = 75 "custom_value" ("自定义字段内容", "Custom value") {
        /// The field.
        1 field: Id<CustomField> = label("字段", "Field").required().kept();
        /// The record.
        2 about: Option<Link> = label("记录", "Record").required().kept();
        /// The content, as the field's kind is typed.
        3 value: String = label("内容", "Content").prose().kept();
    }
}

impl CustomValue {
    /// The number of the field with the content.
    pub const CONTENT: u16 = 3;

    /// The id that everyone derives for the same field and record.
    pub fn id_for(field: Id<CustomField>, record: Uuid) -> Id<Self> {
        Id::natural(&[
            "custom_value",
            &field.to_string(),
            &record.simple().to_string(),
        ])
    }
}
