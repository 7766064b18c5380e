//! What is wrong with a record, field by field.

use super::{AnyRecord, WrongKind};
use crate::value::Value;
use crate::words::{Lang, Words, words};

/// What is wrong with a field's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Required and empty.
    #[error("is required")]
    Missing,
    /// Longer than this many characters.
    #[error("is longer than {0} characters")]
    TooLong(usize),
    /// Below the smallest number allowed.
    #[error("is below the smallest number allowed")]
    TooSmall,
    /// A rule of the record; the words say which.
    #[error("{}", .0.en)]
    Rule(Words),
}

impl Fault {
    /// What to tell the person.
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Missing => words("此项必填", "This is required")
                .in_lang(lang)
                .to_owned(),
            Self::TooLong(limit) => match lang {
                Lang::Zh => format!("最多 {limit} 个字，请缩短"),
                Lang::En => format!("At most {limit} characters; please shorten it"),
            },
            Self::TooSmall => words("不能为负数", "Cannot be negative")
                .in_lang(lang)
                .to_owned(),
            Self::Rule(rule) => rule.in_lang(lang).to_owned(),
        }
    }
}

/// A fault and the field it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's key.
    pub field: &'static str,
    /// What is wrong.
    pub fault: Fault,
}

/// Everything wrong with a record; empty when it may be saved.
pub fn problems(record: &dyn AnyRecord) -> Vec<Problem> {
    let mut found = Vec::new();
    for (place, spec) in record.table().fields.iter().enumerate() {
        let value = record.value(place);
        let mut say = |fault| {
            found.push(Problem {
                field: spec.key,
                fault,
            })
        };
        if value.is_empty() {
            if spec.required {
                say(Fault::Missing);
            }
            continue;
        }
        match &value {
            Value::Text(text) if text.chars().count() > spec.longest => {
                say(Fault::TooLong(spec.longest));
            }
            Value::Tags(tags) if tags.iter().any(|tag| tag.chars().count() > 40) => {
                say(Fault::TooLong(40));
            }
            Value::Number(number) if *number < spec.least => say(Fault::TooSmall),
            _ => {}
        }
    }
    record.check_rules(&mut found);
    found
}

/// What would be wrong with a record if some fields held other values, by their places.
///
/// # Errors
/// [`WrongKind`] when a value is not of its field's kind or there is no such field.
pub fn problems_with(
    record: &dyn AnyRecord,
    values: &[(usize, Value)],
) -> Result<Vec<Problem>, WrongKind> {
    let mut copy = record.copied();
    for (place, value) in values {
        copy.write(*place, value.clone())?;
    }
    Ok(problems(&*copy))
}
