//! Which page a place shows.

use crate::components::parts::{Page, doors, page_frame, through};
use crate::state::route::Route;
use crate::state::scene::scene;
use tongxing_view::prelude::*;

/// A page stays while the person moves within it: the list of dealers keeps its place while one dealer
/// after another is opened.
const fn page_of(route: Route) -> Page {
    match route {
        Route::Today => Page::Today,
        Route::Calendar => Page::Calendar,
        Route::Dealers | Route::DealersIn(_) | Route::Dealer(..) => Page::Dealers,
        Route::SetGoal(..) => Page::SetGoal,
        Route::Goal(_) => Page::Goal,
        Route::AgreeGoal(_) => Page::AgreeGoal,
        Route::GoalSheet(_) => Page::GoalSheet,
        Route::Issues => Page::Issues,
        Route::Issue(_) => Page::Issue,
        Route::Meeting(..) => Page::Meeting,
        Route::Routines => Page::Routines,
        Route::Scorecards(_) => Page::Scorecards,
        Route::Evaluation(_) => Page::Evaluation,
        Route::Incentives => Page::Incentives,
        Route::Scheme(_) => Page::Scheme,
        Route::Statement(_) => Page::Statement,
        Route::Support(_) => Page::Support,
        Route::Class(_) => Page::Class,
        Route::Portfolio(_) | Route::View(_) => Page::Portfolio,
        Route::Pack(_) => Page::Pack,
        Route::Import => Page::Import,
        Route::Export => Page::Export,
        Route::Bin => Page::Bin,
        Route::Review(_) => Page::Review,
        Route::Team => Page::Team,
        Route::Settings => Page::Settings,
    }
}

/// The page of the present place.
pub(super) fn page() -> View {
    let s = scene();
    let doors = doors();
    let page = Memo::new(move |_| page_of(s.nav.route()));
    (move || through((doors.page)(page.get()), (), page_frame)).into_view()
}
