//! JSON by way of the browser.

use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_app::platform::json::{self, FromJson, ToJson};
use wasm_bindgen_test::wasm_bindgen_test;

/// A value after it was written as text and read again.
fn again<T: ToJson + FromJson>(value: &T) -> Option<T> {
    T::from_json(&json::parse(&json::text(&value.to_json())?)?)
}

fn read<T: FromJson>(text: &str) -> Option<T> {
    T::from_json(&json::parse(text).unwrap())
}

#[wasm_bindgen_test]
fn whatever_is_written_reads_back_the_same() {
    proptest!(|(texts in vec(any::<String>(), 0..4), number in 0_u64..1 << 53, yes: bool)| {
        prop_assert_eq!(again(&texts), Some(texts.clone()));
        prop_assert_eq!(again(&Some(number)), Some(Some(number)));
        prop_assert_eq!(again(&yes), Some(yes));
    });
    assert_eq!(again(&None::<String>), Some(None));
}

#[wasm_bindgen_test]
fn texts_stand_as_they_always_stood() {
    let written = json::object([
        ("text", "引号\" 反斜\\ 换行\n 𠀀 \u{1}".to_json()),
        ("typed_ms", 1_700_000_000_000_u64.to_json()),
        ("none", None::<u64>.to_json()),
        ("list", json::list([true.to_json(), "a".to_json()])),
    ]);
    let text = concat!(
        r#"{"text":"引号\" 反斜\\ 换行\n 𠀀 \u0001","typed_ms":1700000000000,"#,
        r#""none":null,"list":[true,"a"]}"#
    );
    assert_eq!(json::text(&written).as_deref(), Some(text));
}

#[wasm_bindgen_test]
fn a_value_of_another_kind_is_none() {
    for text in ["-1", "1.5", "1e300", "9007199254740992", "\"1\"", "null"] {
        assert_eq!(read::<u64>(text), None, "{text}");
    }
    assert_eq!(read::<u64>("9007199254740991"), Some(9_007_199_254_740_991));
    assert_eq!(read::<String>("1"), None);
    assert_eq!(read::<bool>("0"), None);
    assert_eq!(read::<Option<u64>>("\"1\""), None);
    assert_eq!(read::<Vec<String>>("[\"a\",1]"), None);
    assert_eq!(read::<Vec<String>>("{}"), None);
    for text in ["", "{", "{\"a\":}", "undefined", "'a'", "[1] 2"] {
        assert!(json::parse(text).is_none(), "{text}");
    }
}

#[wasm_bindgen_test]
fn fields_of_any_name_are_kept_and_only_objects_have_them() {
    let text = r#"{"__proto__":{"a":1},"toString":"b","":[null]}"#;
    let fields = json::fields(&json::parse(text).unwrap()).unwrap();
    let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["__proto__", "toString", ""]);
    assert_eq!(json::text(&json::object(fields)).as_deref(), Some(text));
    for text in ["[1]", "null", "\"text\"", "7", "true"] {
        assert_eq!(json::fields(&json::parse(text).unwrap()), None, "{text}");
    }
    let number = json::parse("7").unwrap();
    for of in [number, json::parse("null").unwrap()] {
        assert!(json::field(&of, "a").is_undefined());
    }
}
