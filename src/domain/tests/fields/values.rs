//! Values: bytes and text read back, nothing makes them panic.

use super::generated::{kinds, value};
use proptest::prelude::*;
use tongxing_domain::book::Book;
use tongxing_domain::value::{Kind, Misread, Value};
use tongxing_domain::words::Lang;

fn any_kind() -> impl Strategy<Value = Kind> {
    (0..kinds().len()).prop_map(|place| kinds()[place])
}

fn kind_and_value() -> impl Strategy<Value = (Kind, Value)> {
    any_kind().prop_flat_map(|kind| (Just(kind), value(kind)))
}

/// A value after it was stored and read.
fn stored(kind: Kind, value: &Value) -> Option<Value> {
    if kind.is_set() {
        let members = value.members();
        Some(Value::from_members(kind, members.iter().map(Vec::as_slice)))
    } else {
        Value::from_bytes(kind, &value.to_bytes())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn bytes_read_back((kind, value) in kind_and_value()) {
        prop_assert_eq!(stored(kind, &value), Some(value));
    }

    #[test]
    fn text_reads_back((kind, value) in kind_and_value()) {
        prop_assert_eq!(kind.read(&value.input_text(kind)), Ok(value));
    }

    /// Whatever a person types: once it was understood, it stays as it was understood.
    #[test]
    fn typed_text_settles(kind in any_kind(), text in "\\PC{0,30}|[-0-9./:,@+年月日 ]{0,20}") {
        if let Ok(value) = kind.read(&text) {
            prop_assert_eq!(kind.read(&value.input_text(kind)), Ok(value.clone()));
            prop_assert_eq!(stored(kind, &value).unwrap_or_default().is_empty(), value.is_empty());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(kind in any_kind(), bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Some(value) = Value::from_bytes(kind, &bytes) {
            let _ = (value.input_text(kind), value.show(kind, Lang::Zh), value.show(kind, Lang::En));
            prop_assert_eq!(stored(kind, &value), Some(value));
        }
        let _ = Value::from_members(kind, bytes.chunks(3));
    }

    /// Bytes cut short or with something behind them are damaged, not another value.
    #[test]
    fn damaged_bytes_are_refused((kind, value) in kind_and_value(), cut in any::<prop::sample::Index>()) {
        if !kind.is_set() {
            let mut bytes = value.to_bytes();
            let short = cut.index(bytes.len());
            prop_assert_eq!(Value::from_bytes(kind, &bytes[..short]), None);
            bytes.push(0);
            prop_assert_eq!(Value::from_bytes(kind, &bytes), None);
        }
    }

    #[test]
    fn filled_values_show_something((kind, value) in kind_and_value()) {
        let silent = matches!(value, Value::Ref(_) | Value::Refs(_) | Value::Link(_));
        for lang in [Lang::Zh, Lang::En] {
            prop_assert_eq!(value.show(kind, lang).is_empty(), silent);
        }
    }
}

#[test]
fn nothing_is_empty_in_every_kind() {
    for kind in kinds() {
        assert_eq!(kind.read("  "), Ok(Value::Empty));
        if !kind.is_set() {
            assert_eq!(
                Value::from_bytes(kind, &Value::Empty.to_bytes()),
                Some(Value::Empty)
            );
            assert_eq!(Value::from_bytes(kind, &[0xf6, 0]), None);
        }
    }
}

#[test]
fn every_choice_is_found_by_its_key_and_its_words() {
    for field in Book::TABLES.iter().flat_map(|table| table.fields) {
        let Some(list) = field.kind.choices() else {
            continue;
        };
        for spec in list {
            for name in [spec.key, spec.words.zh, spec.words.en] {
                // A list splits at its separators; such a name is entered by its key.
                if field.kind.is_set() && name.contains(['、', ',', '/']) {
                    continue;
                }
                let read = field.kind.read(name);
                let same = [Value::Choice(spec.code), Value::Choices(vec![spec.code])];
                assert!(
                    read.as_ref().is_ok_and(|value| same.contains(value)),
                    "{} {name}",
                    field.key
                );
            }
        }
        // Neither signs that fold to nothing nor other words are a choice.
        for text in ["…", "。。", "no such choice", "#", "#99999"] {
            assert_eq!(
                field.kind.read(text),
                Err(Misread::Choice),
                "{} {text}",
                field.key
            );
        }
    }
}

#[test]
fn misreadings_say_what_to_enter() {
    for (kind, text, misread) in [
        (Kind::Date, "2026-02-30", Misread::Date),
        (Kind::Money, "=1+1", Misread::Number),
        (Kind::Money, "99999999999999999999", Misread::Number),
        (Kind::Whole, "1.5", Misread::Whole),
        (Kind::Span, "2026-05-01..2026-04-01", Misread::Span),
        (Kind::Place, "91,0", Misread::Place),
        (Kind::Place, "NaN,0", Misread::Place),
        (Kind::Flag, "maybe", Misread::Flag),
        (Kind::Shape, "1,2,3", Misread::Shape),
    ] {
        assert_eq!(kind.read(text), Err(misread));
        assert!(!misread.words().zh.is_empty() && !misread.words().en.is_empty());
    }
}

#[test]
fn what_lies_beyond_the_accepted_years_or_the_earth_is_not_read() {
    let far = Value::Date(tongxing_domain::date::Date::MAX).to_bytes();
    assert_eq!(Value::from_bytes(Kind::Date, &far), None);
    let off = Value::Place(tongxing_domain::value::Place {
        latitude: 90_000_001,
        longitude: 0,
    });
    assert_eq!(Value::from_bytes(Kind::Place, &off.to_bytes()), None);
}
