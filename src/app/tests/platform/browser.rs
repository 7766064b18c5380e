//! The browser made to misbehave: a method or property replaced until the guard is dropped.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Reflect};
use tongxing_app::platform::idle;
use tongxing_app::platform::random_ids::fresh_id;
use wasm_bindgen::{JsCast, JsValue};

/// Puts a property back as it was when dropped.
pub(crate) struct Replaced {
    owner: JsValue,
    name: String,
    before: JsValue,
}

impl Drop for Replaced {
    fn drop(&mut self) {
        let owner: &Object = self.owner.unchecked_ref();
        if self.before.is_undefined() {
            Reflect::delete_property(owner, &self.name.as_str().into()).unwrap();
        } else {
            Object::define_property(
                owner,
                &self.name.as_str().into(),
                self.before.unchecked_ref(),
            );
        }
    }
}

/// Replaces a property until the guard is dropped.
///
/// `owner` is a script's expression such as `IDBObjectStore.prototype`; `descriptor` is one for the new
/// property's descriptor, in which `original` is the property's value so far and `log` a list to write to.
pub(crate) fn replace(owner: &str, name: &str, descriptor: &str, log: &Log) -> Replaced {
    let owner = script(owner);
    let object: &Object = owner.unchecked_ref();
    let before = Reflect::get_own_property_descriptor(object, &name.into()).unwrap();
    let original = if before.is_undefined() {
        JsValue::UNDEFINED
    } else {
        Reflect::get(&before, &"value".into()).unwrap()
    };
    let make = Function::new_with_args(
        "original, log",
        &format!("return Object.assign({{configurable: true}}, {descriptor});"),
    );
    let descriptor = make.call2(&JsValue::NULL, &original, &log.0).unwrap();
    Object::define_property(object, &name.into(), descriptor.unchecked_ref());
    Replaced {
        owner,
        name: name.to_owned(),
        before,
    }
}

/// What a replaced property wrote down.
#[derive(Clone, Default)]
pub(crate) struct Log(js_sys::Array);

impl Log {
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|line| line.as_string().unwrap())
            .collect()
    }
}

/// The value of a script's expression.
pub(crate) fn script(expression: &str) -> JsValue {
    js_sys::eval(&format!("({expression})")).unwrap()
}

/// A name that no other test uses.
pub(crate) fn fresh_name() -> String {
    format!("test:{}:", fresh_id().simple())
}

/// Tells a target of an event.
pub(crate) fn dispatch(target: &web_sys::EventTarget, event: &str) {
    target
        .dispatch_event(&web_sys::Event::new(event).unwrap())
        .unwrap();
}

pub(crate) fn window() -> web_sys::Window {
    web_sys::window().unwrap()
}

/// Waits until something is so; a test where it never is ends with the test runner's patience.
pub(crate) async fn until(mut so: impl FnMut() -> bool) {
    while !so() {
        idle::breathe().await;
    }
}

/// A list that callbacks write to.
pub(crate) struct Heard<T>(Rc<RefCell<Vec<T>>>);

impl<T> Clone for Heard<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: Clone + 'static> Heard<T> {
    pub(crate) fn new() -> Self {
        Self(Rc::default())
    }

    pub(crate) fn add(&self, heard: T) {
        self.0.borrow_mut().push(heard);
    }

    pub(crate) fn all(&self) -> Vec<T> {
        self.0.borrow().clone()
    }

    pub(crate) fn ear(&self) -> impl Fn(T) + Clone + 'static {
        let me = self.clone();
        move |heard| me.add(heard)
    }
}
