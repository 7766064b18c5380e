//! Fields that a team adds without code: declared as rows, one register for each value.

use crate::book::Book;
use crate::id::{Id, IdMap, Uuid};
use crate::schema::{Change, Record, bin, changes};
use crate::tables::{CustomField, CustomKind, CustomValue, Dealer};
use crate::text::{Lines, fold};
use crate::value::{Kind, Link, Misread, Value};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// Why a value cannot be entered; each says what to enter instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CustomFault {
    /// Not a value of the field's kind.
    #[error(transparent)]
    Misread(#[from] Misread),
    /// Not one of the options.
    #[error("{0} is not one of the options")]
    NoOption(String),
    /// The field belongs to another table.
    #[error("the field belongs to another table")]
    OtherTable,
    /// A kind that only a newer version knows.
    #[error("needs a newer version")]
    NeedsNewer,
}

impl CustomFault {
    /// What to tell the person.
    pub fn text(&self, lang: Lang) -> String {
        let told: Words = match self {
            Self::Misread(misread) => misread.words(),
            Self::NoOption(option) => {
                return match lang {
                    Lang::Zh => format!("“{option}”不在选项里，请从列表中选择"),
                    Lang::En => format!("“{option}” is not an option; choose one of the list"),
                };
            }
            Self::OtherTable => words("这个字段不用于此类记录", "This field is of other records"),
            Self::NeedsNewer => crate::quantity::NEEDS_NEWER,
        };
        told.in_lang(lang).to_owned()
    }
}

/// The team's own fields of a table that are in use, in the order that people gave them.
pub fn fields(book: &Book, table: u16) -> Vec<Arc<CustomField>> {
    let mut fields = every_field(book, table);
    fields.retain(|field| field.is_in_use());
    fields
}

/// The team's own fields of a table, the retired ones too.
pub fn every_field(book: &Book, table: u16) -> Vec<Arc<CustomField>> {
    let mut fields: Vec<_> = book
        .custom_fields
        .iter()
        .filter(|field| field.on.is_some_and(|on| on.code() == table))
        .cloned()
        .collect();
    fields.sort_by(|a, b| {
        let key = |field: &CustomField| (field.position.is_empty(), field.id);
        let (a_key, b_key) = (key(a), key(b));
        (a_key.0, &a.position, a_key.1).cmp(&(b_key.0, &b.position, b_key.1))
    });
    fields
}

impl CustomKind {
    /// What it is to forms and files; `None` for a kind that only a newer version knows.
    /// Choices are text and tags: their list is the field's own.
    pub const fn content(self) -> Option<Kind> {
        Some(match self {
            Self::Text | Self::Choice => Kind::Text(Lines::One),
            Self::LongText => Kind::Text(Lines::Many),
            Self::Number => Kind::Quantity,
            Self::Money => Kind::Money,
            Self::Date => Kind::Date,
            Self::Flag => Kind::Flag,
            Self::Choices => Kind::Tags,
            Self::Newer(_) => return None,
        })
    }

    /// Its name in files.
    pub fn key(self) -> Option<&'static str> {
        let spec = Self::SPECS.iter().find(|spec| spec.code == self.code());
        spec.map(|spec| spec.key)
    }

    /// The kind with a name.
    pub fn named(key: &str) -> Option<Self> {
        let spec = Self::SPECS.iter().find(|spec| spec.key == key);
        spec.map(|spec| Self::from_code(spec.code))
    }
}

impl CustomField {
    /// See [`CustomKind::content`].
    pub fn content(&self) -> Option<Kind> {
        self.kind?.content()
    }

    /// Whether it is asked for and shown: a retired field keeps what it holds, out of sight.
    pub fn is_in_use(&self) -> bool {
        self.retired != Some(true)
    }

    /// Reads what a person typed for the field.
    ///
    /// # Errors
    /// [`CustomFault`], which says what to enter instead.
    pub fn read(&self, text: &str) -> Result<Value, CustomFault> {
        let kind = self.content().ok_or(CustomFault::NeedsNewer)?;
        let option = |text: &str| {
            self.option_list()
                .find(|option| *option == text || fold(option) == fold(text))
                .map(str::to_owned)
                .ok_or_else(|| CustomFault::NoOption(text.to_owned()))
        };
        Ok(match (self.kind, kind.read(text)?) {
            (Some(CustomKind::Choice), Value::Text(text)) => Value::Text(option(&text)?),
            (Some(CustomKind::Choices), Value::Tags(tags)) => {
                let mut tags = tags
                    .iter()
                    .map(|tag| option(tag))
                    .collect::<Result<Vec<_>, _>>()?;
                tags.sort_unstable();
                tags.dedup();
                Value::Tags(tags)
            }
            (_, value) => value,
        })
    }
}

/// What a record holds in a field. Content that does not fit the field any more (its kind or
/// its options changed) is given as it was written, as text.
pub fn value(book: &Book, field: &CustomField, record: Uuid) -> Value {
    let Some(held) = book
        .custom_values
        .get(CustomValue::id_for(field.id, record))
    else {
        return Value::Empty;
    };
    match field.read(&held.value) {
        Ok(value) => value,
        Err(_) => Value::Text(held.value.clone()),
    }
}

/// How many records hold something in a field.
pub fn filled(book: &Book, field: &CustomField) -> usize {
    let held = book.custom_values.of(field.id);
    held.filter(|held| held.field == field.id && !held.value.is_empty())
        .count()
}

/// What to write so that a record holds what a person typed in a field.
///
/// # Errors
/// [`CustomFault`], which says what to enter instead.
pub fn set(
    book: &Book,
    field: &CustomField,
    record: Link,
    text: &str,
) -> Result<Vec<Change>, CustomFault> {
    if field.on.is_none_or(|on| on.code() != record.table) {
        return Err(CustomFault::OtherTable);
    }
    let kind = field.content().ok_or(CustomFault::NeedsNewer)?;
    let value = field.read(text)?.input_text(kind);
    let id = CustomValue::id_for(field.id, record.id);
    let before = book.custom_values.get_any(id);
    if before.is_none() && value.is_empty() {
        return Ok(Vec::new());
    }
    let after = CustomValue {
        field: field.id,
        about: Some(record),
        value,
        ..CustomValue::with_id(id)
    };
    let mut out = changes(before.map(Arc::as_ref), &after);
    if before.is_some_and(|before| before.state.deleted) {
        out.push(bin::<CustomValue>(id, false));
    }
    Ok(out)
}

/// What each dealer holds in the team's own fields, folded for searching. With the screen shared, hidden
/// fields are left out; retired ones always.
pub fn searched(book: &Book, shared: bool) -> Vec<(Id<Dealer>, String)> {
    let fields = fields(book, Dealer::NUMBER);
    let fields = fields
        .iter()
        .filter(|field| !(shared && field.hidden == Some(true)));
    let mut texts: IdMap<Id<Dealer>, String> = IdMap::default();
    for field in fields {
        for held in book.custom_values.of(field.id) {
            if let Some(about) = held.about.filter(|_| held.field == field.id) {
                let text = texts.entry(Id::new(about.id)).or_default();
                text.push_str(&fold(&held.value));
                // No folded text has it, so nothing is found across two fields.
                text.push('\0');
            }
        }
    }
    texts.into_iter().collect()
}

/// The dealers whose texts hold every word of a query, in the order of their ids.
pub fn found(texts: &[(Id<Dealer>, String)], query: &str) -> Vec<Id<Dealer>> {
    let words: Vec<String> = query.split_whitespace().map(fold).collect();
    let holds = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
    let mut found: Vec<_> = texts
        .iter()
        .filter(|(_, text)| !words.is_empty() && holds(text))
        .map(|(dealer, _)| *dealer)
        .collect();
    found.sort_unstable();
    found
}

/// How many records hold something in a field: what would be lost with it.
pub fn used(book: &Book, field: Id<CustomField>) -> usize {
    book.custom_values
        .of(field)
        .filter(|held| held.field == field && !held.value.is_empty())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::CustomOn;

    fn field(kind: CustomKind) -> CustomField {
        CustomField {
            name: "门头".into(),
            on: Some(CustomOn::Dealer),
            kind: Some(kind),
            options: "旧款\n新款 A\n\n新款 B".into(),
            ..CustomField::with_id(Id::natural(&["field"]))
        }
    }

    fn record(table: u16) -> Link {
        Link {
            table,
            id: Uuid::from_u128(5),
        }
    }

    fn written(book: &mut Book, changes: &[Change]) {
        // One row with plain registers alone.
        struct Row<'a>(&'a [Change]);
        impl crate::schema::FieldSource for Row<'_> {
            fn field(&self, number: u16) -> Option<&[u8]> {
                let found = self.0.iter().find(|change| change.field == number)?;
                Some(&found.value)
            }
            fn members<'a>(&'a self, _: u16, _: &mut dyn FnMut(&'a [u8])) {}
            fn deleted(&self) -> bool {
                false
            }
        }
        if let Some(first) = changes.first() {
            book.take(first.table, first.id, &Row(changes));
        }
    }

    #[test]
    fn values_are_read_as_their_kind_says() {
        let read = |kind, text: &str| field(kind).read(text);
        assert_eq!(
            read(CustomKind::Money, "1.2万"),
            Ok(Value::Number(1_200_000))
        );
        assert_eq!(
            read(CustomKind::Choice, "新款a"),
            Ok(Value::Text("新款 A".into()))
        );
        assert_eq!(
            read(CustomKind::Choices, "新款 B、旧款"),
            Ok(Value::Tags(vec!["新款 B".into(), "旧款".into()]))
        );
        assert_eq!(
            read(CustomKind::Choice, "金色"),
            Err(CustomFault::NoOption("金色".into()))
        );
        assert_eq!(
            read(CustomKind::Date, "2026-02-30"),
            Err(CustomFault::Misread(Misread::Date))
        );
        assert_eq!(
            read(CustomKind::Newer(99), "x"),
            Err(CustomFault::NeedsNewer)
        );
        assert_eq!(read(CustomKind::Flag, " "), Ok(Value::Empty));
    }

    #[test]
    fn dealers_are_found_by_what_they_hold() {
        let mut book = Book::default();
        let field = field(CustomKind::Choice);
        book.custom_fields.set(field.clone());
        let written_now = set(&book, &field, record(Dealer::NUMBER), "新款 A").unwrap();
        written(&mut book, &written_now);
        let dealer = Id::<Dealer>::new(record(Dealer::NUMBER).id);
        let search = |book: &Book, shared, query| found(&searched(book, shared), query);
        assert_eq!(search(&book, true, "新款 a"), [dealer]);
        assert!(search(&book, false, "旧款").is_empty());
        assert!(search(&book, false, " ").is_empty());
        book.custom_fields.set(CustomField {
            hidden: Some(true),
            ..field.clone()
        });
        assert!(search(&book, true, "新款").is_empty());
        assert_eq!(search(&book, false, "新款"), [dealer]);
        book.custom_fields.set(CustomField {
            retired: Some(true),
            ..field
        });
        assert!(search(&book, false, "新款").is_empty());
    }

    #[test]
    fn a_value_is_one_register_of_its_record() {
        let mut book = Book::default();
        let field = field(CustomKind::Choice);
        book.custom_fields.set(field.clone());
        let changes = set(&book, &field, record(Dealer::NUMBER), "旧款").unwrap();
        written(&mut book, &changes);
        let of = |book: &Book, field| value(book, field, record(Dealer::NUMBER).id);
        assert_eq!(of(&book, &field), Value::Text("旧款".into()));
        assert_eq!(used(&book, field.id), 1);
        assert_eq!(
            set(&book, &field, record(Dealer::NUMBER), "旧款"),
            Ok(vec![])
        );
        assert_eq!(
            set(&book, &field, record(2), "旧款"),
            Err(CustomFault::OtherTable)
        );
        // What an option was called stays readable when the option is gone.
        let renamed = CustomField {
            options: "新款".into(),
            ..field.clone()
        };
        assert_eq!(of(&book, &renamed), Value::Text("旧款".into()));
        let money = CustomField {
            kind: Some(CustomKind::Money),
            ..field.clone()
        };
        assert_eq!(of(&book, &money), Value::Text("旧款".into()));
        assert_eq!(fields(&book, Dealer::NUMBER).len(), 1);
        assert!(fields(&book, 2).is_empty());
    }
}
