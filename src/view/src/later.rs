//! What is drawn once it is asked for.

use crate::built::{Built, text_node};
use crate::view::View;
use leptos::prelude::untrack;
use leptos::reactive::owner::Owner;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Node;

/// What is drawn once it is asked for, at its place: the menu behind a button, the reasons behind a figure.
/// A long list of rows costs next to nothing for them. Copies mean the same.
#[derive(Clone)]
pub struct Later(Rc<Inner>);

struct Inner {
    /// Owns the signals of what is drawn.
    owner: Option<Owner>,
    draw: RefCell<Option<Box<dyn FnOnce() -> View>>>,
    /// What is on the page; nothing before it has a place there.
    stands: RefCell<Option<Standing>>,
}

struct Standing {
    drawn: Option<Built>,
    /// Stands after what is drawn.
    end: Node,
}

impl Later {
    /// Something that nobody asked for yet.
    pub fn new(draw: impl FnOnce() -> View + 'static) -> Self {
        Self(Rc::new(Inner {
            owner: Owner::current(),
            draw: RefCell::new(Some(Box::new(draw))),
            stands: RefCell::default(),
        }))
    }

    /// Draws it where it stands, before this returns: what the browser does after a click finds it there.
    /// Does nothing where it is drawn already, or has no place on the page.
    pub fn draw(&self) {
        if self.0.stands.borrow().is_none() {
            return;
        }
        let Some(view) = self.view() else { return };
        let built = self.owned(|| view.build());
        if let Some(stands) = &mut *self.0.stands.borrow_mut() {
            built.put_before(&stands.end);
            stands.drawn = Some(built);
        }
    }

    /// Takes its place.
    pub(crate) fn stand(&self) {
        let end = text_node("");
        self.0.stands.replace(Some(Standing { drawn: None, end }));
    }

    /// Takes the place of one that stands; what is on the page of that becomes this one's.
    pub(crate) fn take_over(&self, before: &Self) {
        if Rc::ptr_eq(&self.0, &before.0) {
            return;
        }
        let mut stands = before.0.stands.take();
        if let Some(drawn) = stands.as_mut().and_then(|it| it.drawn.as_mut())
            && let Some(view) = self.view()
        {
            self.owned(|| drawn.patch(view));
        }
        self.0.stands.replace(stands);
    }

    pub(crate) fn each(&self, act: &mut dyn FnMut(&Node)) {
        if let Some(stands) = &*self.0.stands.borrow() {
            if let Some(drawn) = &stands.drawn {
                drawn.each(act);
            }
            act(&stands.end);
        }
    }

    fn view(&self) -> Option<View> {
        let draw = self.0.draw.take()?;
        Some(self.owned(|| untrack(draw)))
    }

    fn owned<T>(&self, act: impl FnOnce() -> T) -> T {
        match &self.0.owner {
            Some(owner) => owner.with(act),
            None => act(),
        }
    }
}
