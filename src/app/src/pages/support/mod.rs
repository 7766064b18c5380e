//! Support and training over all dealers: what was asked for, what can be handed out, what can be learned.

mod courses;
mod materials;
mod requests;

use crate::components::marks::Tone;
use crate::components::pane::note;
use crate::components::pane::to_portfolio;
use crate::components::sheets::Sheets;
use crate::locales::{Words, support as texts};
use crate::state::route::{Route, SupportPart};
use crate::state::scene::{Scene, scene};
use tongxing_view::prelude::*;

/// The page's scene and where its sheets open.
#[derive(Clone, Copy)]
struct Here {
    s: Scene,
    sheets: Sheets,
}

const fn name(part: SupportPart) -> Words {
    match part {
        SupportPart::Requests => texts::REQUESTS,
        SupportPart::Materials => texts::MATERIALS,
        SupportPart::Courses => texts::COURSES,
    }
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let here = Here {
        s,
        sheets: Sheets::default(),
    };
    let part = Memo::new(move |_| match s.nav.route() {
        Route::Support(part) => part,
        _ => SupportPart::default(),
    });
    let tabs = SupportPart::ALL
        .into_iter()
        .map(|each| {
            view! {
                <a
                    href=Route::Support(each).href()
                    aria-current=move || (part.get() == each).then_some("page")
                >
                    {s.t(name(each))}
                </a>
            }
        })
        .collect_view();
    let body = move || {
        if s.shared {
            return note(Tone::Info, s.t(texts::SHARED), None);
        }
        match part.get() {
            SupportPart::Requests => requests::part(here),
            SupportPart::Materials => materials::part(here),
            SupportPart::Courses => courses::part(here),
        }
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one">
            <section class="pane" data-role="page" aria-label=s.t(texts::SUPPORT)>
                <header class="head">
                    {to_portfolio(s)}
                    <div class="head-main"><h1 class="head-title">{s.t(texts::SUPPORT)}</h1></div>
                    <div class="head-more">
                        <nav class="tabs" aria-label=s.t(texts::PARTS)>{tabs}</nav>
                    </div>
                </header>
                <div class="body">{body}</div>
            </section>
            {here.sheets.view()}
        </main>
    }
}
