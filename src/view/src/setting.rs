//! Settings of an element that stands on the page.

use crate::value::Value;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, HtmlElement};

/// What is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An attribute.
    Attribute,
    /// A property of the element's object.
    Property,
    /// A custom property of its style.
    Style,
}

/// A setting as it is described.
pub(crate) struct Setting {
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    pub(crate) value: Value,
}

/// A setting as it stands.
pub(crate) struct BuiltSetting {
    kind: Kind,
    name: &'static str,
    held: Held,
}

enum Held {
    Fixed(Value),
    Live(RenderEffect<Value>),
}

impl BuiltSetting {
    /// Sets for the first time.
    pub(crate) fn of(setting: Setting, element: &Element) -> Self {
        Self::after(setting, element, Value::Absent)
    }

    /// Whether a described setting is this one with another value.
    pub(crate) fn is(&self, setting: &Setting) -> bool {
        self.kind == setting.kind && self.name == setting.name
    }

    /// Sets what differs.
    pub(crate) fn patch(&mut self, setting: Setting, element: &Element) {
        let before = match &mut self.held {
            Held::Fixed(value) => std::mem::replace(value, Value::Absent),
            Held::Live(effect) => effect.take_value().unwrap_or(Value::Absent),
        };
        *self = Self::after(setting, element, before);
    }

    fn after(setting: Setting, element: &Element, before: Value) -> Self {
        let Setting { kind, name, value } = setting;
        let held = match value {
            Value::Live(mut read) => {
                let element = element.clone();
                Held::Live(RenderEffect::new_with_value(
                    move |before: Option<Value>| {
                        let now = settled(read());
                        write(&element, kind, name, &before.unwrap_or(Value::Absent), &now);
                        now
                    },
                    Some(before),
                ))
            }
            value => {
                write(element, kind, name, &before, &value);
                Held::Fixed(value)
            }
        };
        Self { kind, name, held }
    }
}

/// A closure that gives a closure is read at once: both are read in the same effect.
fn settled(mut value: Value) -> Value {
    while let Value::Live(mut read) = value {
        value = read();
    }
    value
}

/// Writes a value over another one. The browser refuses only names that are no names.
fn write(element: &Element, kind: Kind, name: &str, before: &Value, now: &Value) {
    if now.sets_same(before) {
        return;
    }
    let _ = match (kind, now) {
        (Kind::Attribute, Value::Text(text)) => element.set_attribute(name, text),
        (Kind::Attribute, Value::Flag(true)) => element.set_attribute(name, ""),
        (Kind::Attribute, _) => element.remove_attribute(name),
        (Kind::Property, Value::Text(text)) => {
            set_property(element, name, &JsValue::from_str(text))
        }
        (Kind::Property, Value::Flag(flag)) => {
            set_property(element, name, &JsValue::from_bool(*flag))
        }
        (Kind::Property, _) => Ok(()),
        (Kind::Style, Value::Text(text)) => {
            style(element).map_or(Ok(()), |style| style.set_property(name, text))
        }
        (Kind::Style, _) => {
            style(element).map_or(Ok(()), |style| style.remove_property(name).map(|_| ()))
        }
    };
}

fn set_property(element: &Element, name: &str, value: &JsValue) -> Result<(), JsValue> {
    js_sys::Reflect::set(element, &JsValue::from_str(name), value).map(|_| ())
}

fn style(element: &Element) -> Option<web_sys::CssStyleDeclaration> {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        return Some(element.style());
    }
    element
        .dyn_ref::<web_sys::SvgElement>()
        .map(web_sys::SvgElement::style)
}
