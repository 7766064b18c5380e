//! Routines: checklists, the weekly digest, rules with what they did, templates, reminders. All of it is
//! for the team alone.

mod checklists;
mod digest;
mod reminders;
mod rules;
mod templates;

use crate::components::icon::Icon;
use crate::components::pane::empty_page;
use crate::components::record_form::FormSubject;
use crate::components::sheets::Sheets;
use crate::locales::{dealer as dealer_texts, routines as texts};
use crate::state::scene::{Scene, scene};
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::AnyRecord;
use tongxing_view::prelude::*;

/// What the page is drawn with. Copies share it.
#[derive(Clone, Copy)]
struct Here {
    s: Scene,
    sheets: Sheets,
}

impl Here {
    /// Opens the form of a record.
    fn form(self, record: Box<dyn AnyRecord>, new: bool) {
        let label = record.table().label;
        let title = if new {
            dealer_texts::new(self.s.lang, label)
        } else {
            dealer_texts::edit(self.s.lang, label)
        };
        self.sheets.form(FormSubject {
            record,
            new,
            title,
            dealer: Uuid::nil(),
            without: &[],
        });
    }
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let here = Here {
        s,
        sheets: Sheets::default(),
    };
    let body = if s.shared {
        empty_page(
            Icon::Lock,
            s.t(texts::FOR_US_ALONE),
            s.t(texts::FOR_US_HINT),
            None,
        )
    } else {
        view! {
            <div class="columns" data-even="">
                <div>{checklists::section_of(here)}{digest::section_of(s)}{templates::section_of(here)}</div>
                <div>{rules::section_of(here)}{reminders::section_of(s)}</div>
            </div>
        }
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            <section class="pane" data-role="page" aria-label=s.t(texts::ROUTINES)>
                <header class="head">
                    <div class="head-main"><h1 class="head-title">{s.t(texts::ROUTINES)}</h1></div>
                </header>
                <div class="body">{body}</div>
            </section>
            {here.sheets.view()}
        </main>
    }
}
