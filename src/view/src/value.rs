//! What an attribute, a property or a style is set to.

use crate::element::Element;
use crate::setting::Kind;
use crate::signal::{Memo, RwSignal};
use leptos::prelude::{Get as _, Signal};
use std::borrow::Cow;

/// What an attribute, a property or a style is set to.
pub enum Value {
    /// Nothing: the attribute is not there, the property is left alone.
    Absent,
    /// Yes or no: the attribute is there or not.
    Flag(bool),
    /// A text.
    Text(Cow<'static, str>),
    /// Whatever the closure gives, again after each change of what it reads.
    Live(Box<dyn FnMut() -> Value>),
}

impl Value {
    /// Whether two values set the same; closures never do.
    pub(crate) fn sets_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) => true,
            (Self::Flag(one), Self::Flag(two)) => one == two,
            (Self::Text(one), Self::Text(two)) => one == two,
            _ => false,
        }
    }
}

/// Something that an attribute, a property or a style can be set to.
pub trait IntoValue {
    /// What is set.
    fn into_value(self) -> Value;

    /// Sets it on an element. The common kinds pass what they are instead of a [`Value`] made of it,
    /// which is fewer instructions at each of a thousand places.
    #[doc(hidden)]
    #[inline(always)]
    fn set_on(self, element: &mut Element, kind: Kind, name: &'static str)
    where
        Self: Sized,
    {
        element.set(kind, name, self.into_value());
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Flag(self)
    }

    #[inline(always)]
    fn set_on(self, element: &mut Element, kind: Kind, name: &'static str) {
        element.set_flag(kind, name, self);
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }

    #[inline(always)]
    fn set_on(self, element: &mut Element, kind: Kind, name: &'static str) {
        element.set_text(kind, name, self);
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Absent, IntoValue::into_value)
    }
}

impl<F, T> IntoValue for F
where
    F: FnMut() -> T + 'static,
    T: IntoValue,
{
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || self().into_value()))
    }

    #[inline(always)]
    fn set_on(mut self, element: &mut Element, kind: Kind, name: &'static str) {
        element.set_live(kind, name, Box::new(move || self().into_value()));
    }
}

macro_rules! by_its_text {
    ($($number:ty),*) => {$(
        impl IntoValue for $number {
            fn into_value(self) -> Value {
                Value::Text(Cow::Owned(self.to_string()))
            }
        }
    )*};
}

by_its_text!(i32, u32, i64, u64, usize, f64);

macro_rules! by_reading {
    ($($signal:ident),*) => {$(
        impl<T> IntoValue for $signal<T>
        where
            T: IntoValue + Clone + Send + Sync + 'static,
        {
            fn into_value(self) -> Value {
                Value::Live(Box::new(move || self.get().into_value()))
            }
        }
    )*};
}

by_reading!(Memo, RwSignal, Signal);
