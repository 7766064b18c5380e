//! The description of an element.

use crate::setting::{Kind, Setting};
use crate::value::{IntoValue, Value};
use crate::view::{IntoView, View};
use leptos::ev::EventDescriptor;
use leptos::html::ElementType;
use leptos::prelude::NodeRef;
use leptos::tachys::html::node_ref::NodeRefContainer as _;
use std::borrow::Cow;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Event;

/// What an event is answered with.
pub(crate) type Answer = Rc<dyn Fn(Event)>;

/// The description of an element: what `view!` writes. Its settings keep their order, so that the same
/// markup drawn again meets itself.
pub struct Element {
    pub(crate) name: &'static str,
    pub(crate) drawn: bool,
    pub(crate) settings: Vec<Setting>,
    pub(crate) listeners: Vec<(Cow<'static, str>, Answer)>,
    pub(crate) references: Vec<Box<dyn FnOnce(&web_sys::Element)>>,
    pub(crate) children: Vec<View>,
}

impl Element {
    /// An element of the page.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            drawn: false,
            settings: Vec::new(),
            listeners: Vec::new(),
            references: Vec::new(),
            children: Vec::new(),
        }
    }

    /// An element of a drawing.
    pub fn drawn(name: &'static str) -> Self {
        let mut element = Self::new(name);
        element.drawn = true;
        element
    }

    /// Attributes that never change.
    pub fn fixed(&mut self, attributes: &[(&'static str, &'static str)]) {
        for (name, text) in attributes {
            self.set(Kind::Attribute, name, Value::Text(Cow::Borrowed(text)));
        }
    }

    /// An attribute.
    #[inline(always)]
    pub fn attribute(&mut self, name: &'static str, value: impl IntoValue) {
        self.set(Kind::Attribute, name, value.into_value());
    }

    /// A property of the element's object.
    #[inline(always)]
    pub fn property(&mut self, name: &'static str, value: impl IntoValue) {
        self.set(Kind::Property, name, value.into_value());
    }

    /// A custom property of the element's style.
    #[inline(always)]
    pub fn style(&mut self, name: &'static str, value: impl IntoValue) {
        self.set(Kind::Style, name, value.into_value());
    }

    #[inline(never)]
    fn set(&mut self, kind: Kind, name: &'static str, value: Value) {
        self.settings.push(Setting { kind, name, value });
    }

    /// Answers an event.
    #[inline(always)]
    pub fn on<E>(&mut self, event: E, answer: impl Fn(E::EventType) + 'static)
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        self.listen(
            event.name(),
            Rc::new(move |event: Event| answer(event.unchecked_into())),
        );
    }

    #[inline(never)]
    fn listen(&mut self, name: Cow<'static, str>, answer: Answer) {
        self.listeners.push((name, answer));
    }

    /// Where the element can be reached once it is there.
    pub fn reference<T>(&mut self, reference: NodeRef<T>)
    where
        T: ElementType + 'static,
        T::Output: JsCast + Clone + 'static,
    {
        self.references
            .push(Box::new(move |element| reference.load(element)));
    }

    /// Something in the element, after what is there already.
    #[inline(always)]
    pub fn child(&mut self, child: impl IntoView) {
        self.take_in(child.into_view());
    }

    #[inline(never)]
    fn take_in(&mut self, child: View) {
        self.children.push(child);
    }
}
