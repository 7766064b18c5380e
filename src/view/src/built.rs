//! What stands on the page, and how it becomes what it is to be.

use crate::element::{Answer, Description, Tag};
use crate::later::Later;
use crate::setting::BuiltSetting;
use crate::view::View;
use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::{document, untrack};
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::view::{Mountable, Render};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::Node;

/// The namespace of drawings.
const SVG: &str = "http://www.w3.org/2000/svg";

thread_local! {
    /// An element of each tag, with what never changes about it and nothing else, by the tag's place in
    /// memory. To copy it is one call to the browser; to make one anew is one for each attribute too.
    static PATTERNS: RefCell<HashMap<*const Tag, web_sys::Element>> = RefCell::default();
}

/// What stands on the page. There is always a node, so that something can be put before it.
pub enum Built {
    /// A text.
    Text(BuiltText),
    /// An element.
    Element(Box<BuiltElement>),
    /// One after the other.
    Several(BuiltList),
    /// What a closure gave.
    Live(Following<Built>),
    /// A list by keys.
    Keyed(Following<BuiltList>),
    /// What is drawn once it is asked for.
    Later(Later),
}

/// What stands and follows signals. An effect that is let go of keeps what it made until its task is
/// next polled, and effects inside would still run, on signals that are gone; so what it made is let go
/// of first.
pub struct Following<T: 'static>(RenderEffect<T>);

impl<T> Following<T> {
    fn new(draw: impl FnMut(Option<T>) -> T + 'static) -> Self {
        Self(RenderEffect::new(draw))
    }

    fn with(&self, act: impl FnOnce(&T)) {
        self.0.with_value_mut(|stands| act(stands));
    }
}

impl<T> Drop for Following<T> {
    fn drop(&mut self) {
        drop(self.0.take_value());
    }
}

/// A text that stands.
pub struct BuiltText {
    node: Node,
    text: Cow<'static, str>,
}

/// An element that stands.
pub struct BuiltElement {
    node: web_sys::Element,
    tag: &'static Tag,
    settings: Vec<BuiltSetting>,
    listeners: Vec<BuiltListener>,
    children: Vec<Built>,
}

/// A list that stands, with the node that marks its end.
pub struct BuiltList {
    /// What stands in it.
    pub(crate) items: Vec<Built>,
    /// The keys of the items, where they have some.
    pub(crate) keys: Vec<u64>,
    /// Stands after the last item.
    pub(crate) end: Node,
}

/// A listener; what it answers with can be exchanged.
struct BuiltListener {
    name: Cow<'static, str>,
    answer: Rc<RefCell<Answer>>,
    _listener: EventListener,
}

pub(crate) fn text_node(text: &str) -> Node {
    document().create_text_node(text).into()
}

impl BuiltList {
    /// An empty list.
    pub(crate) fn empty() -> Self {
        Self {
            items: Vec::new(),
            keys: Vec::new(),
            end: text_node(""),
        }
    }

    fn each(&self, act: &mut dyn FnMut(&Node)) {
        for item in &self.items {
            item.each(act);
        }
        act(&self.end);
    }
}

impl Built {
    /// Makes the nodes of a view; they stand nowhere yet.
    pub(crate) fn of(view: View) -> Self {
        match view {
            View::Text(text) => Self::Text(BuiltText {
                node: text_node(&text),
                text,
            }),
            View::Element(element) => Self::Element(Box::new(BuiltElement::of(*element.0))),
            View::Several(views) => Self::Several(BuiltList {
                items: views.into_iter().map(Self::of).collect(),
                keys: Vec::new(),
                end: text_node(""),
            }),
            View::Live(mut draw) => Self::Live(Following::new(move |before: Option<Self>| {
                let view = draw();
                match before {
                    Some(mut built) => {
                        built.patch(view);
                        built
                    }
                    None => view.build(),
                }
            })),
            View::Keyed(draw) => Self::Keyed(Following::new(draw)),
            View::Later(later) => {
                later.stand();
                Self::Later(later)
            }
        }
    }

    /// Becomes another view, where it stands.
    pub(crate) fn patch(&mut self, view: View) {
        match (&mut *self, view) {
            (Self::Text(built), View::Text(text)) => {
                if built.text != text {
                    built.node.set_node_value(Some(&text));
                    built.text = text;
                }
            }
            (Self::Element(built), View::Element(element)) if built.is(&element.0) => {
                built.patch(*element.0);
            }
            (Self::Several(built), View::Several(views)) => {
                let end = built.end.clone();
                patch_all(&mut built.items, views, &|item| item.put_before(&end));
            }
            (Self::Later(before), View::Later(later)) => {
                later.take_over(before);
                *before = later;
            }
            (_, view) => {
                let new = view.build();
                if let Some(first) = self.first() {
                    new.put_before(&first);
                }
                self.remove();
                *self = new;
            }
        }
    }

    /// Calls `act` with every node at the top, in order.
    pub(crate) fn each(&self, act: &mut dyn FnMut(&Node)) {
        match self {
            Self::Text(built) => act(&built.node),
            Self::Element(built) => act(&built.node),
            Self::Several(built) => built.each(act),
            Self::Live(following) => following.with(|built| built.each(act)),
            Self::Keyed(following) => following.with(|built| built.each(act)),
            Self::Later(later) => later.each(act),
        }
    }

    /// The first node.
    pub(crate) fn first(&self) -> Option<Node> {
        let mut first = None;
        self.each(&mut |node| {
            first.get_or_insert_with(|| node.clone());
        });
        first
    }

    /// Puts all nodes before one that stands.
    pub(crate) fn put_before(&self, next: &Node) {
        if let Some(parent) = next.parent_node() {
            self.each(&mut |node| {
                // Fails only when the page was changed from outside; there is nothing to save then.
                let _ = parent.insert_before(node, Some(next));
            });
        }
    }

    /// Takes all nodes from the page.
    pub(crate) fn remove(&self) {
        self.each(&mut |node| {
            if let Some(parent) = node.parent_node() {
                let _ = parent.remove_child(node);
            }
        });
    }

    fn put_into(&self, parent: &Node) {
        self.each(&mut |node| {
            let _ = parent.append_child(node);
        });
    }
}

/// Patches what there is, puts what is more, removes what is left over.
fn patch_all(items: &mut Vec<Built>, views: Vec<View>, put: &dyn Fn(&Built)) {
    let wanted = views.len();
    for (place, view) in views.into_iter().enumerate() {
        match items.get_mut(place) {
            Some(item) => item.patch(view),
            None => {
                let item = view.build();
                put(&item);
                items.push(item);
            }
        }
    }
    for surplus in items.drain(wanted..) {
        surplus.remove();
    }
}

/// A new element of a tag.
fn copy_of(tag: &'static Tag) -> web_sys::Element {
    let copied = PATTERNS.with_borrow_mut(|patterns| {
        let pattern = patterns.entry(tag).or_insert_with(|| pattern(tag));
        pattern.clone_node()
    });
    // The browser copies every element.
    match copied {
        Ok(copy) => copy.unchecked_into(),
        Err(refused) => wasm_bindgen::throw_val(refused),
    }
}

fn pattern(tag: &Tag) -> web_sys::Element {
    let made = if tag.drawn {
        document().create_element_ns(Some(SVG), tag.name)
    } else {
        document().create_element(tag.name)
    };
    // The names are the markup's own, and the browser refuses only what is no name.
    let pattern = match made {
        Ok(pattern) => pattern,
        Err(refused) => wasm_bindgen::throw_val(refused),
    };
    for (name, text) in tag.fixed {
        // Refused only if the name were no name.
        let _ = pattern.set_attribute(name, text);
    }
    pattern
}

impl BuiltElement {
    fn of(description: Description) -> Self {
        let Description {
            tag,
            mut settings,
            listeners,
            references,
            children,
        } = description;
        let node = copy_of(tag);
        // A property may depend on what is inside: the choice of a list on its options.
        let properties = settings.split_off(
            settings
                .iter()
                .position(|setting| setting.kind == crate::setting::Kind::Property)
                .unwrap_or(settings.len()),
        );
        let mut built: Vec<_> = settings
            .into_iter()
            .map(|setting| BuiltSetting::of(setting, &node))
            .collect();
        let children: Vec<_> = children.into_iter().map(Built::of).collect();
        for child in &children {
            child.put_into(&node);
        }
        built.extend(
            properties
                .into_iter()
                .map(|setting| BuiltSetting::of(setting, &node)),
        );
        let listeners = listeners
            .into_iter()
            .map(|(name, answer)| BuiltListener::of(name, answer, &node))
            .collect();
        for reference in references {
            reference(&node);
        }
        Self {
            node,
            tag,
            settings: built,
            listeners,
            children,
        }
    }

    /// Whether a description means this element, as it was or otherwise.
    fn is(&self, element: &Description) -> bool {
        self.tag.name == element.tag.name
            && self.settings.len() == element.settings.len()
            && self.listeners.len() == element.listeners.len()
            && self
                .settings
                .iter()
                .zip(&element.settings)
                .all(|(built, setting)| built.is(setting))
            && self
                .listeners
                .iter()
                .zip(&element.listeners)
                .all(|(built, (name, _))| built.name == *name)
    }

    /// Writes the attributes of another tag over those of this one. The same markup has the same tag.
    fn fix(&mut self, tag: &'static Tag) {
        if std::ptr::eq(self.tag, tag) {
            return;
        }
        for (name, _) in self.tag.fixed {
            if tag.fixed.iter().all(|(kept, _)| kept != name) {
                let _ = self.node.remove_attribute(name);
            }
        }
        for attribute in tag.fixed {
            if !self.tag.fixed.contains(attribute) {
                let _ = self.node.set_attribute(attribute.0, attribute.1);
            }
        }
        self.tag = tag;
    }

    fn patch(&mut self, element: Description) {
        self.fix(element.tag);
        for (listener, (_, answer)) in self.listeners.iter().zip(element.listeners) {
            listener.answer.replace(answer);
        }
        let node = &self.node;
        patch_all(&mut self.children, element.children, &|child| {
            child.put_into(node);
        });
        for (built, setting) in self.settings.iter_mut().zip(element.settings) {
            built.patch(setting, node);
        }
        for reference in element.references {
            reference(node);
        }
    }
}

impl BuiltListener {
    fn of(name: Cow<'static, str>, answer: Answer, node: &web_sys::Element) -> Self {
        let answer = Rc::new(RefCell::new(answer));
        let held = Rc::clone(&answer);
        let listener = EventListener::new_with_options(
            node,
            name.clone(),
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                // Let go of before it is called: the answer may draw the element anew.
                let answer = Rc::clone(&held.borrow());
                untrack(|| answer(event.clone()));
            },
        );
        Self {
            name,
            answer,
            _listener: listener,
        }
    }
}

impl Render for View {
    type State = Built;

    fn build(self) -> Built {
        Built::of(self)
    }

    fn rebuild(self, built: &mut Built) {
        built.patch(self);
    }
}

impl Mountable for Built {
    fn unmount(&mut self) {
        self.remove();
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&Node>) {
        match marker {
            Some(marker) => self.put_before(marker),
            None => self.put_into(parent),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(first) = self.first() else {
            return false;
        };
        let parent = first.parent_element();
        if let Some(parent) = &parent {
            child.mount(parent, Some(&first));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        let mut found = Vec::new();
        self.each(&mut |node| found.extend(node.dyn_ref::<web_sys::Element>().cloned()));
        found
    }
}
