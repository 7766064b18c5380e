//! Signals, memos and effects whose machinery exists once.
//!
//! Leptos' own are generic: each type of value brings its own copy of the code that reads, writes,
//! compares and notifies. Here the value stands in a box behind one of Leptos' signals, and only the
//! few instructions that open the box are written for each type.

use leptos::prelude as reactive;
use leptos::prelude::Notify as _;
use leptos::prelude::{
    Track as _, UntrackableGuard as _, With as _, WithUntracked as _, Write as _,
};
use std::any::Any;
use std::marker::PhantomData;

/// A value of any type.
type Boxed = Box<dyn Any + Send + Sync>;

/// The value in a box; the type is the one it was put in with.
fn open<T: 'static>(boxed: &Boxed) -> &T {
    match boxed.downcast_ref() {
        Some(value) => value,
        None => unreachable!("a signal holds the type it was made with"),
    }
}

fn open_mut<T: 'static>(boxed: &mut Boxed) -> &mut T {
    match boxed.downcast_mut() {
        Some(value) => value,
        None => unreachable!("a signal holds the type it was made with"),
    }
}

/// What reads a signal after the page that made it is gone is an error of the program.
#[cold]
fn gone() -> ! {
    panic!("a signal was used after the page that made it was gone")
}

/// Calls a closure with a value and keeps its answer.
fn answer<T: 'static, U>(
    read: impl FnOnce(&T) -> U,
    visit: impl FnOnce(&mut dyn FnMut(&Boxed)),
) -> Option<U> {
    let mut read = Some(read);
    let mut found = None;
    visit(&mut |boxed| {
        if let Some(read) = read.take() {
            found = Some(read(open(boxed)));
        }
    });
    found
}

/// Reading, the same for signals and memos.
macro_rules! reading {
    ($signal:ident) => {
        impl<T: Send + Sync + 'static> $signal<T> {
            /// Reads the value; what reads it follows it.
            pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
                self.try_with(read).unwrap_or_else(|| gone())
            }

            /// Reads the value once.
            pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
                self.try_with_untracked(read).unwrap_or_else(|| gone())
            }

            /// Reads the value, if its page is still there; what reads it follows it.
            pub fn try_with<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
                answer(read, |act| self.0.visit(act))
            }

            /// Reads the value once, if its page is still there.
            pub fn try_with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
                answer(read, |act| self.0.visit_untracked(act))
            }

            /// Follows the value without reading it.
            pub fn track(self) {
                self.0.0.track();
            }
        }

        impl<T: Clone + Send + Sync + 'static> $signal<T> {
            /// The value; what reads it follows it.
            pub fn get(self) -> T {
                self.with(T::clone)
            }

            /// The value, once.
            pub fn get_untracked(self) -> T {
                self.with_untracked(T::clone)
            }

            /// The value, if its page is still there; what reads it follows it.
            pub fn try_get(self) -> Option<T> {
                self.try_with(T::clone)
            }

            /// The value once, if its page is still there.
            pub fn try_get_untracked(self) -> Option<T> {
                self.try_with_untracked(T::clone)
            }
        }

        impl<T> Clone for $signal<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $signal<T> {}
    };
}

#[derive(Clone, Copy)]
struct Cell(reactive::RwSignal<Boxed>);

impl Cell {
    #[inline(never)]
    fn new(value: Boxed) -> Self {
        Self(reactive::RwSignal::new(value))
    }

    #[inline(never)]
    fn visit(self, act: &mut dyn FnMut(&Boxed)) {
        self.0.try_with(act);
    }

    #[inline(never)]
    fn visit_untracked(self, act: &mut dyn FnMut(&Boxed)) {
        self.0.try_with_untracked(act);
    }

    /// Changes the value, if it is still there; whoever follows it is told, unless `act` says otherwise.
    #[inline(never)]
    fn change(self, act: &mut dyn FnMut(&mut Boxed) -> bool) {
        if let Some(mut guard) = self.0.try_write()
            && !act(&mut guard)
        {
            guard.untrack();
        }
    }
}

/// A value that can be read, written and followed. Copies share it.
pub struct RwSignal<T>(Cell, PhantomData<fn() -> T>);

reading!(RwSignal);

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal with its first value.
    pub fn new(value: T) -> Self {
        Self(Cell::new(Box::new(value)), PhantomData)
    }

    /// Writes a value.
    pub fn set(self, value: T) {
        if self.try_set(value).is_some() {
            gone();
        }
    }

    /// Writes a value; gives it back when the signal's page is gone.
    pub fn try_set(self, value: T) -> Option<T> {
        let mut value = Some(value);
        self.0.change(&mut |boxed| {
            if let Some(value) = value.take() {
                *open_mut(boxed) = value;
            }
            true
        });
        value
    }

    /// Changes the value where it stands.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        if self.changed(change, true).is_none() {
            gone();
        }
    }

    /// Changes the value where it stands; whoever follows it is told if `change` says that it did.
    pub fn maybe_update(self, change: impl FnOnce(&mut T) -> bool) {
        let mut change = Some(change);
        self.0
            .change(&mut |boxed| change.take().is_some_and(|change| change(open_mut(boxed))));
    }

    /// Changes the value where it stands, and tells nobody.
    pub fn update_untracked<U>(self, change: impl FnOnce(&mut T) -> U) -> U {
        self.changed(change, false).unwrap_or_else(|| gone())
    }

    /// Changes the value where it stands and tells nobody, if its page is still there.
    pub fn try_update_untracked<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.changed(change, false)
    }

    /// Tells whoever follows the value that it changed.
    pub fn notify(self) {
        self.0.0.notify();
    }

    fn changed<U>(self, change: impl FnOnce(&mut T) -> U, tell: bool) -> Option<U> {
        let mut change = Some(change);
        let mut answer = None;
        self.0.change(&mut |boxed| {
            answer = change.take().map(|change| change(open_mut(boxed)));
            tell
        });
        answer
    }
}

/// Works a value out; given the one before.
type Derive = Box<dyn Fn(Option<&Boxed>) -> Boxed + Send + Sync>;

#[derive(Clone, Copy)]
struct Derived(reactive::Memo<Boxed>);

impl Derived {
    #[inline(never)]
    fn new(derive: Derive, changed: fn(Option<&Boxed>, Option<&Boxed>) -> bool) -> Self {
        Self(reactive::Memo::new_with_compare(
            move |before| derive(before),
            changed,
        ))
    }

    #[inline(never)]
    fn visit(self, act: &mut dyn FnMut(&Boxed)) {
        self.0.try_with(act);
    }

    #[inline(never)]
    fn visit_untracked(self, act: &mut dyn FnMut(&Boxed)) {
        self.0.try_with_untracked(act);
    }
}

/// A value derived from others, worked out when it is read after one of them changed; whoever follows
/// it is told only when it is another one then. Copies share it.
pub struct Memo<T>(Derived, PhantomData<fn() -> T>);

reading!(Memo);

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// A memo; `derive` is given the value before.
    pub fn new(derive: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        let derive =
            Box::new(move |before: Option<&Boxed>| -> Boxed { Box::new(derive(before.map(open))) });
        Self(Derived::new(derive, differs::<T>), PhantomData)
    }
}

fn differs<T: PartialEq + 'static>(one: Option<&Boxed>, two: Option<&Boxed>) -> bool {
    one.map(open::<T>) != two.map(open::<T>)
}

impl<T: Clone + Send + Sync + 'static> From<Memo<T>> for reactive::Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::derive(move || memo.get())
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for reactive::Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::derive(move || signal.get())
    }
}

/// Runs a closure after the page was drawn, and again after each change of what it reads.
pub struct Effect;

impl Effect {
    /// The effect lives as long as the page that makes it; `act` is given what it answered before.
    pub fn new<T: 'static>(mut act: impl FnMut(Option<T>) -> T + 'static) -> Self {
        let mut before = None;
        run(Box::new(move || before = Some(act(before.take()))));
        Self
    }
}

#[inline(never)]
fn run(mut act: Box<dyn FnMut()>) {
    reactive::Effect::new(move |_: Option<()>| act());
}
