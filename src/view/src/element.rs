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

/// What is told of the element once it is there.
pub(crate) type Reference = Box<dyn FnOnce(&web_sys::Element)>;

/// What never changes about an element: kept as data, so that making it is one call.
pub struct Tag {
    /// The element's name.
    pub name: &'static str,
    /// Whether it is part of a drawing.
    pub drawn: bool,
    /// Attributes that never change.
    pub fixed: &'static [(&'static str, &'static str)],
}

/// The description of an element: what `view!` writes. Its settings keep their order, so that the same
/// markup drawn again meets itself.
pub struct Element(pub(crate) Box<Description>);

pub(crate) struct Description {
    pub(crate) tag: &'static Tag,
    pub(crate) settings: Vec<Setting>,
    pub(crate) listeners: Vec<(Cow<'static, str>, Answer)>,
    pub(crate) references: Vec<Reference>,
    pub(crate) children: Vec<View>,
}

impl Element {
    /// An element with nothing in it.
    #[inline(never)]
    pub fn new(tag: &'static Tag) -> Self {
        Self(Box::new(Description {
            tag,
            settings: Vec::new(),
            listeners: Vec::new(),
            references: Vec::new(),
            children: Vec::new(),
        }))
    }

    /// An attribute.
    #[inline(always)]
    pub fn attribute(&mut self, name: &'static str, value: impl IntoValue) {
        value.set_on(self, Kind::Attribute, name);
    }

    /// A property of the element's object.
    #[inline(always)]
    pub fn property(&mut self, name: &'static str, value: impl IntoValue) {
        value.set_on(self, Kind::Property, name);
    }

    /// A custom property of the element's style.
    #[inline(always)]
    pub fn style(&mut self, name: &'static str, value: impl IntoValue) {
        value.set_on(self, Kind::Style, name);
    }

    #[inline(never)]
    pub(crate) fn set(&mut self, kind: Kind, name: &'static str, value: Value) {
        self.0.settings.push(Setting { kind, name, value });
    }

    #[inline(never)]
    pub(crate) fn set_text(&mut self, kind: Kind, name: &'static str, text: &'static str) {
        self.set(kind, name, Value::Text(Cow::Borrowed(text)));
    }

    #[inline(never)]
    pub(crate) fn set_flag(&mut self, kind: Kind, name: &'static str, flag: bool) {
        self.set(kind, name, Value::Flag(flag));
    }

    #[inline(never)]
    pub(crate) fn set_live(
        &mut self,
        kind: Kind,
        name: &'static str,
        read: Box<dyn FnMut() -> Value>,
    ) {
        self.set(kind, name, Value::Live(read));
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
        self.0.listeners.push((name, answer));
    }

    /// Where the element can be reached once it is there.
    pub fn reference<T>(&mut self, reference: NodeRef<T>)
    where
        T: ElementType + 'static,
        T::Output: JsCast + Clone + 'static,
    {
        self.0
            .references
            .push(Box::new(move |element| reference.load(element)));
    }

    /// Something in the element, after what is there already.
    #[inline(always)]
    pub fn child(&mut self, child: impl IntoView) {
        child.put_into(self);
    }

    #[inline(never)]
    pub(crate) fn take_in(&mut self, child: View) {
        self.0.children.push(child);
    }

    #[inline(never)]
    pub(crate) fn take_in_text(&mut self, text: &'static str) {
        self.take_in(View::Text(Cow::Borrowed(text)));
    }

    #[inline(never)]
    pub(crate) fn take_in_live(&mut self, draw: Box<dyn FnMut() -> View>) {
        self.take_in(View::Live(draw));
    }
}
