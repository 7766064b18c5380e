//! Parts of the app that are loaded when they are first needed.
//!
//! The first visit loads what every day begins with. Each rarer piece lies in a part of its own; which
//! piece in which part is said where the program starts. A door is the way to such a piece, whether its
//! part is there already or not.

use super::icon::Icon;
use super::pane::empty_page;
use super::record_form::{Asking, FormSubject};
use super::sheets::Sheets;
use crate::locales::shell;
use crate::state::demo_book;
use crate::state::scene::{Scene, scene};
use crate::state::store::Store;
use crate::state::team::DriverLoading;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use tongxing_domain::date::Date;
use tongxing_domain::id::Uuid;
use tongxing_domain::words::Lang;
use tongxing_view::prelude::*;

/// The way to a piece of the app that is drawn from an `A`.
pub enum Door<A: 'static> {
    /// The piece came with the app.
    Here(fn(A) -> View),
    /// The piece lies in a part.
    Later {
        /// Loads the part, unless it is there; tells whether it is now.
        load: fn() -> Loading,
        /// Draws the piece once its part is there; `None` before.
        draw: fn(A) -> Option<View>,
    },
}

/// A part on its way; at the end, whether it is there.
pub type Loading = Pin<Box<dyn Future<Output = bool>>>;

impl<A> Clone for Door<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for Door<A> {}

/// A page with everything in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// What is to be done today.
    Today,
    /// What stands on each day.
    Calendar,
    /// The list of dealers, and one of them.
    Dealers,
    /// A goal that is being set.
    SetGoal,
    /// One goal.
    Goal,
    /// A goal that is being agreed.
    AgreeGoal,
    /// The sheet of an agreed goal.
    GoalSheet,
    /// The list of issues.
    Issues,
    /// One issue.
    Issue,
    /// One meeting.
    Meeting,
    /// Rules, checklists and templates.
    Routines,
    /// Scores of all dealers.
    Scorecards,
    /// One evaluation.
    Evaluation,
    /// Incentive schemes.
    Incentives,
    /// One scheme.
    Scheme,
    /// One statement.
    Statement,
    /// Support and training.
    Support,
    /// One class.
    Class,
    /// Figures of all dealers.
    Portfolio,
    /// The quarterly review of one dealer.
    Pack,
    /// Bringing data in.
    Import,
    /// Taking data out.
    Export,
    /// What was deleted.
    Bin,
    /// What two devices edited apart.
    Review,
    /// The team that shares the book.
    Team,
    /// Settings.
    Settings,
}

/// A form: what it edits, whether it only asks for something, and what is told once it is closed.
pub type Form = (FormSubject, Option<Asking>, Callback<Option<Uuid>>);

/// The open palette: what closes it, and where its commands open their sheets.
pub type OpenPalette = (RwSignal<bool>, Sheets);

/// What makes a demo book, on its way; `None` when it could not be loaded.
pub type DemoLoading =
    Pin<Box<dyn Future<Output = Option<fn(Scene, String) -> demo_book::Loading>>>>;

/// What a day begins with: it is done to a store, on a day, in a language, and tells how much it did.
pub type BeginDay = fn(Store, Date, Lang) -> usize;

/// What a day begins with, on its way; `None` when it could not be loaded.
pub type DayLoading = Pin<Box<dyn Future<Output = Option<BeginDay>>>>;

/// The doors of the app.
#[derive(Clone, Copy)]
pub struct Doors {
    /// To a page.
    pub page: fn(Page) -> Door<()>,
    /// To the form of a record.
    pub form: Door<Form>,
    /// To the command palette.
    pub palette: Door<OpenPalette>,
    /// To what makes a demo book.
    pub demo: fn() -> DemoLoading,
    /// To what syncs with a team.
    pub team: fn() -> DriverLoading,
    /// To what a day begins with.
    pub day: fn() -> DayLoading,
}

/// The doors of the running app.
pub fn doors() -> Doors {
    expect_context::<Doors>()
}

/// A part that takes longer to come shows that something is on its way.
const SHOW_WAITING_AFTER: Duration = Duration::from_millis(300);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Coming {
    Soon,
    Slowly,
    Here,
    Missing,
}

/// Draws a piece; until its part is there, what `frame` puts around a notice of waiting or failing.
pub fn through<A: Clone + 'static>(
    door: Door<A>,
    from: A,
    frame: impl Fn(Scene, View) -> View + 'static,
) -> View {
    let (load, draw) = match door {
        Door::Here(draw) => return draw(from),
        Door::Later { load, draw } => (load, draw),
    };
    if let Some(piece) = draw(from.clone()) {
        return piece;
    }
    when_loaded(load, frame, move || draw(from.clone()).into_view())
}

fn when_loaded(
    load: fn() -> Loading,
    frame: impl Fn(Scene, View) -> View + 'static,
    draw: impl Fn() -> View + 'static,
) -> View {
    let s = scene();
    let coming = RwSignal::new(Coming::Soon);
    let fetch = move || {
        coming.set(Coming::Soon);
        let slow = move || {
            // The piece may have been left meanwhile.
            if coming.try_get_untracked() == Some(Coming::Soon) {
                coming.set(Coming::Slowly);
            }
        };
        set_timeout(slow, SHOW_WAITING_AFTER);
        leptos::task::spawn_local(async move {
            let here = load().await;
            if coming.try_get_untracked().is_some() {
                coming.set(if here { Coming::Here } else { Coming::Missing });
            }
        });
    };
    fetch();
    (move || match coming.get() {
        Coming::Soon => ().into_view(),
        Coming::Slowly => frame(s, waiting()),
        Coming::Here => untrack(&draw),
        Coming::Missing => frame(s, missing(s, Callback::new(move |()| fetch()))),
    })
    .into_view()
}

fn waiting() -> View {
    view! {
        <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
    }
}

/// What to do when a part could not be loaded.
fn missing(s: Scene, again: Callback<()>) -> View {
    let act = view! {
        <button class="btn" data-kind="primary" type="button" on:click=move |_| again.run(())>
            {s.t(shell::RETRY)}
        </button>
    };
    empty_page(
        Icon::Alert,
        s.t(shell::PART_MISSING),
        s.t(shell::PART_MISSING_TEXT),
        Some(act),
    )
}

/// The frame of a whole page.
pub fn page_frame(s: Scene, notice: View) -> View {
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one">
            <section class="pane" data-role="page" aria-label=s.t(shell::PART_COMING)>
                <div class="body">{notice}</div>
            </section>
        </main>
    }
}
