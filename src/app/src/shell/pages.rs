//! Which page a place shows.

use crate::pages;
use crate::state::route::Route;
use crate::state::scene::scene;
use tongxing_view::prelude::*;

/// A page that stays while the person moves within it: the list of dealers keeps its place while
/// one dealer after another is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    Today,
    Calendar,
    Dealers,
    Goal,
    Issues,
    Issue,
    Meeting,
    Scorecards,
    Evaluation,
    Incentives,
    Scheme,
    Statement,
    Support,
    Class,
    Portfolio,
    Pack,
    Import,
    Export,
    Bin,
    Settings,
}

const fn page_of(route: Route) -> Page {
    match route {
        Route::Today => Page::Today,
        Route::Calendar => Page::Calendar,
        Route::Dealers | Route::Dealer(..) => Page::Dealers,
        Route::Goal(_) => Page::Goal,
        Route::Issues => Page::Issues,
        Route::Issue(_) => Page::Issue,
        Route::Meeting(..) => Page::Meeting,
        Route::Scorecards(_) => Page::Scorecards,
        Route::Evaluation(_) => Page::Evaluation,
        Route::Incentives => Page::Incentives,
        Route::Scheme(_) => Page::Scheme,
        Route::Statement(_) => Page::Statement,
        Route::Support(_) => Page::Support,
        Route::Class(_) => Page::Class,
        Route::Portfolio(_) => Page::Portfolio,
        Route::Pack(_) => Page::Pack,
        Route::Import => Page::Import,
        Route::Export => Page::Export,
        Route::Bin => Page::Bin,
        Route::Settings => Page::Settings,
    }
}

/// The page of the present place.
pub(super) fn page() -> View {
    let s = scene();
    let page = Memo::new(move |_| page_of(s.nav.route()));
    (move || draw(page.get())).into_view()
}

fn draw(page: Page) -> View {
    match page {
        Page::Today => pages::today::page(),
        Page::Calendar => pages::calendar::page(),
        Page::Dealers => pages::dealers::page(),
        Page::Goal => pages::goal::page(),
        Page::Issues => pages::issues::page(),
        Page::Issue => pages::issue::page(),
        Page::Meeting => pages::meeting::page(),
        Page::Scorecards => pages::scorecards::page(),
        Page::Evaluation => pages::evaluation::page(),
        Page::Incentives => pages::incentives::page(),
        Page::Scheme => pages::scheme::page(),
        Page::Statement => pages::statement::page(),
        Page::Support => pages::support::page(),
        Page::Class => pages::class::page(),
        Page::Portfolio => pages::portfolio::page(),
        Page::Pack => pages::pack::page(),
        Page::Import => pages::import::page(),
        Page::Export => pages::export::page(),
        Page::Bin => pages::bin::page(),
        Page::Settings => pages::settings::page(),
    }
}
