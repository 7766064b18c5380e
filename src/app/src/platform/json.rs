//! JSON as the browser reads and writes it: a reader of the page's own would weigh more than the little
//! that is kept as JSON.

use js_sys::{Array, JSON, Number, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What can be written as JSON.
pub trait ToJson {
    /// As the browser's own value.
    fn to_json(&self) -> JsValue;
}

/// What can be read from JSON.
pub trait FromJson: Sized {
    /// `None` when the value is of another kind.
    fn from_json(json: &JsValue) -> Option<Self>;
}

/// Reads a text; `None` when it is not JSON.
#[must_use]
pub fn parse(text: &str) -> Option<JsValue> {
    JSON::parse(text).ok()
}

/// Writes a value as text, without spaces; `None` when it has no text, as a function has not.
#[must_use]
pub fn text(json: &JsValue) -> Option<String> {
    JSON::stringify(json).ok()?.as_string()
}

/// A list of these values.
#[must_use]
pub fn list(values: impl IntoIterator<Item = JsValue>) -> JsValue {
    values.into_iter().collect::<Array>().into()
}

/// An object with these fields, in this order. A field may bear any name.
#[must_use]
pub fn object<N: AsRef<str>>(fields: impl IntoIterator<Item = (N, JsValue)>) -> JsValue {
    let entries = Array::new();
    for (name, value) in fields {
        entries.push(&Array::of2(&name.as_ref().into(), &value));
    }
    // Pairs always make an object.
    Object::from_entries(&entries).map_or(JsValue::NULL, Into::into)
}

/// The fields of an object, in its order; `None` for anything else, lists and null included.
#[must_use]
pub fn fields(json: &JsValue) -> Option<Vec<(String, JsValue)>> {
    if Array::is_array(json) {
        return None;
    }
    let entries = Object::entries(json.dyn_ref::<Object>()?);
    let field = |entry: JsValue| {
        let entry: &Array = entry.unchecked_ref();
        Some((entry.get(0).as_string()?, entry.get(1)))
    };
    entries.iter().map(field).collect()
}

/// One field of an object; undefined where it has none of that name.
#[must_use]
pub fn field(json: &JsValue, name: &str) -> JsValue {
    Reflect::get(json, &name.into()).unwrap_or_default()
}

impl ToJson for str {
    fn to_json(&self) -> JsValue {
        self.into()
    }
}

impl ToJson for String {
    fn to_json(&self) -> JsValue {
        self.as_str().into()
    }
}

impl FromJson for String {
    fn from_json(json: &JsValue) -> Option<Self> {
        json.as_string()
    }
}

impl ToJson for bool {
    fn to_json(&self) -> JsValue {
        (*self).into()
    }
}

impl FromJson for bool {
    fn from_json(json: &JsValue) -> Option<Self> {
        json.as_bool()
    }
}

impl ToJson for u64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "times and counts lie far below 2^53; JSON has no more digits"
    )]
    fn to_json(&self) -> JsValue {
        (*self as f64).into()
    }
}

impl FromJson for u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a safe integer, and not negative once it is found to lie in the range"
    )]
    fn from_json(json: &JsValue) -> Option<Self> {
        let number = json.as_f64().filter(|_| Number::is_safe_integer(json))?;
        (number >= 0.0).then_some(number as Self)
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> JsValue {
        self.as_ref().map_or(JsValue::NULL, T::to_json)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &JsValue) -> Option<Self> {
        if json.is_null() {
            Some(None)
        } else {
            T::from_json(json).map(Some)
        }
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> JsValue {
        list(self.iter().map(T::to_json))
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &JsValue) -> Option<Self> {
        let list = json.dyn_ref::<Array>()?;
        list.iter().map(|one| T::from_json(&one)).collect()
    }
}
