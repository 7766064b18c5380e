//! What is to stand on the page.

use crate::built::{Built, BuiltList};
use crate::element::Element;
use crate::later::Later;
use crate::signal::{Memo, RwSignal};
use leptos::prelude::{Get as _, Signal};
use std::borrow::Cow;

/// What is to stand on the page: a description, which costs little to make and to throw away.
pub enum View {
    /// A text; the empty one for nothing.
    Text(Cow<'static, str>),
    /// An element with what is in it.
    Element(Element),
    /// One after the other.
    Several(Vec<View>),
    /// Whatever the closure gives, again after each change of what it reads.
    Live(Box<dyn FnMut() -> View>),
    /// A list whose entries keep their elements by key; see [`keyed`](crate::keyed).
    Keyed(Box<dyn FnMut(Option<BuiltList>) -> BuiltList>),
    /// What is drawn once it is asked for.
    Later(Later),
}

impl View {
    /// Nothing.
    pub const NOTHING: Self = Self::Text(Cow::Borrowed(""));

    /// Makes the nodes.
    pub(crate) fn build(self) -> Built {
        Built::of(self)
    }
}

impl From<Element> for View {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

/// Something that can be shown.
pub trait IntoView {
    /// What is to stand on the page.
    fn into_view(self) -> View;

    /// Puts it into an element. The common kinds pass what they are instead of a [`View`] made of it,
    /// which is fewer instructions at each of a thousand places.
    #[doc(hidden)]
    #[inline(always)]
    fn put_into(self, element: &mut Element)
    where
        Self: Sized,
    {
        element.take_in(self.into_view());
    }
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for Later {
    fn into_view(self) -> View {
        View::Later(self)
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::NOTHING
    }
}

impl IntoView for &'static str {
    fn into_view(self) -> View {
        View::Text(Cow::Borrowed(self))
    }

    #[inline(always)]
    fn put_into(self, element: &mut Element) {
        element.take_in_text(self);
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        View::Text(Cow::Owned(self))
    }
}

impl<T: IntoView> IntoView for Option<T> {
    fn into_view(self) -> View {
        self.map_or(View::NOTHING, IntoView::into_view)
    }
}

impl<T: IntoView> IntoView for Vec<T> {
    fn into_view(self) -> View {
        self.into_iter().collect_view()
    }
}

impl<F, T> IntoView for F
where
    F: FnMut() -> T + 'static,
    T: IntoView,
{
    fn into_view(mut self) -> View {
        View::Live(Box::new(move || self().into_view()))
    }

    #[inline(always)]
    fn put_into(mut self, element: &mut Element) {
        element.take_in_live(Box::new(move || self().into_view()));
    }
}

macro_rules! by_its_text {
    ($($number:ty),*) => {$(
        impl IntoView for $number {
            fn into_view(self) -> View {
                View::Text(Cow::Owned(self.to_string()))
            }
        }
    )*};
}

by_its_text!(i32, u32, i64, u64, usize, char);

macro_rules! by_reading {
    ($($signal:ident),*) => {$(
        impl<T> IntoView for $signal<T>
        where
            T: IntoView + Clone + Send + Sync + 'static,
        {
            fn into_view(self) -> View {
                View::Live(Box::new(move || self.get().into_view()))
            }
        }
    )*};
}

by_reading!(Memo, RwSignal, Signal);

/// Many views as one.
pub trait CollectView {
    /// One after the other.
    fn collect_view(self) -> View;
}

impl<I> CollectView for I
where
    I: IntoIterator,
    I::Item: IntoView,
{
    fn collect_view(self) -> View {
        View::Several(self.into_iter().map(IntoView::into_view).collect())
    }
}
