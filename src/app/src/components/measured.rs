//! The width that an element really has.

use leptos::html::ElementType;
use tongxing_view::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ResizeObserver};

/// Follows an element's width in CSS pixels; `first` until it is known.
pub fn width_of<E>(node: NodeRef<E>, first: f64) -> RwSignal<f64>
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    let width = RwSignal::new(first);
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut(JsValue)>)>);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let element = AsRef::<Element>::as_ref(&element).clone();
        let measured = element.clone();
        let measure = move || {
            let now = f64::from(measured.client_width());
            if now > 0.0 && (now - width.get_untracked()).abs() >= 1.0 {
                width.set(now);
            }
        };
        measure();
        let callback = Closure::<dyn FnMut(JsValue)>::new(move |_| measure());
        if let Ok(watcher) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
            watcher.observe(&element);
            observer.set_value(Some((watcher, callback)));
        }
    });
    on_cleanup(move || {
        observer.try_update_value(|held| {
            if let Some((watcher, _)) = held.take() {
                watcher.disconnect();
            }
        });
    });
    width
}
