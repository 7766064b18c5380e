//! What comes with the app, and what lies in parts that are loaded when they are first needed.
//!
//! A release build cuts the linked module apart: what only the pieces of one part reach goes into a
//! module of its own, and what several parts share into further ones. A development build leaves the
//! module whole, and every piece is there from the start.

use std::future::Future;
use std::pin::Pin;
use tongxing_app::components::parts::{BeginDay, Door, Doors, Form, OpenPalette, Page};
use tongxing_app::components::record_form;
use tongxing_app::pages::{
    bin, calendar, class, dealers, evaluation, export, goal, goal_agreement, goal_setting, import,
    incentives, issue, issues, meeting, pack, portfolio, review, routines, scheme, scorecards,
    settings, statement, support, team, today,
};
use tongxing_app::shell::palette;
use tongxing_app::state::demo_book;
use tongxing_app::state::rule_runs::begin_day;
use tongxing_app::state::scene::{Scene, scene};
use tongxing_app::state::team::{StartDriving, start_driving};
use tongxing_domain::book::Book;

/// Where everything that the app shows comes from.
pub(crate) const DOORS: Doors = Doors {
    page,
    form: form::DOOR,
    palette: palette_list::DOOR,
    demo: demo::load,
    team: driver::load,
    day: day::load,
};

fn page(page: Page) -> Door<()> {
    match page {
        Page::Today => Door::Here(|()| today::page()),
        Page::Dealers => dealers_page::DOOR,
        Page::Goal => goal_page::DOOR,
        Page::SetGoal => set_goal_page::DOOR,
        Page::AgreeGoal => agree_goal_page::DOOR,
        Page::GoalSheet => goal_sheet_page::DOOR,
        Page::Routines => routines_page::DOOR,
        Page::Meeting => meeting_page::DOOR,
        Page::Calendar => calendar_page::DOOR,
        Page::Issues => issues_page::DOOR,
        Page::Issue => issue_page::DOOR,
        Page::Scorecards => scorecards_page::DOOR,
        Page::Evaluation => evaluation_page::DOOR,
        Page::Incentives => incentives_page::DOOR,
        Page::Scheme => scheme_page::DOOR,
        Page::Statement => statement_page::DOOR,
        Page::Support => support_page::DOOR,
        Page::Class => class_page::DOOR,
        Page::Portfolio => portfolio_page::DOOR,
        Page::Pack => pack_page::DOOR,
        Page::Import => import_page::DOOR,
        Page::Export => export_page::DOOR,
        Page::Bin => bin_page::DOOR,
        Page::Review => review_page::DOOR,
        Page::Team => team_page::DOOR,
        Page::Settings => settings_page::DOOR,
    }
}

/// Puts a piece into a part: its name, the part, and the function that draws it.
macro_rules! piece {
    ($piece:ident in $part:ident: |$from:ident: $type:ty| $drawn:expr) => {
        mod $piece {
            use super::*;

            #[cfg(not(feature = "parts"))]
            pub(super) const DOOR: Door<$type> = Door::Here(|$from| {
                scene().store.know(Book::WHOLE);
                $drawn
            });

            #[cfg(feature = "parts")]
            pub(super) use cut::DOOR;

            #[cfg(feature = "parts")]
            mod cut {
                #![allow(
                    unsafe_code,
                    reason = "a part exports what the app imports, and the macro that declares both sees to it \
                              that they agree"
                )]

                use super::*;
                use futures::FutureExt as _;
                use leptos::wasm_split::{SplitLoaderError, wasm_split};
                use std::cell::Cell;
                use tongxing_view::View;

                thread_local! {
                    static HERE: Cell<bool> = const { Cell::new(false) };
                }

                #[wasm_split($part, wasm_split_path = leptos::wasm_split, fallible, preload(fetch))]
                fn $piece($from: $type) -> Result<View, SplitLoaderError> {
                    scene().store.know(Book::WHOLE);
                    Ok($drawn)
                }

                pub(in super::super) const DOOR: Door<$type> = Door::Later {
                    load: || {
                        Box::pin(async {
                            HERE.set(fetch().await.is_ok());
                            HERE.get()
                        })
                    },
                    // What is here already is drawn at once.
                    draw: |from| HERE.get().then(|| $piece(from).now_or_never())??.ok(),
                };
            }
        }
    };
}

/// Puts a value into a part: code without anything to draw.
macro_rules! value {
    ($name:ident in $part:ident: $type:ty = $value:expr) => {
        mod $name {
            use super::*;

            #[cfg(not(feature = "parts"))]
            pub(super) fn load() -> Pin<Box<dyn Future<Output = Option<$type>>>> {
                Box::pin(async { Some($value as $type) })
            }

            #[cfg(feature = "parts")]
            pub(super) use cut::load;

            #[cfg(feature = "parts")]
            mod cut {
                #![allow(unsafe_code, reason = "as for pieces")]

                use super::*;
                use leptos::wasm_split::{SplitLoaderError, wasm_split};

                #[wasm_split($part, wasm_split_path = leptos::wasm_split, fallible)]
                fn $name() -> Result<$type, SplitLoaderError> {
                    Ok($value)
                }

                pub(in super::super) fn load() -> Pin<Box<dyn Future<Output = Option<$type>>>> {
                    Box::pin(async { $name().await.ok() })
                }
            }
        }
    };
}

value!(demo in dealer: fn(Scene, String) -> demo_book::Loading = demo_book::load);
value!(driver in book: StartDriving = start_driving);
value!(day in dealer: BeginDay = begin_day);

piece!(dealers_page in dealer: |_from: ()| dealers::page());
piece!(form in dealer: |from: Form| record_form::draw(from));
piece!(palette_list in dealer: |from: OpenPalette| palette::draw(from));
piece!(goal_page in visit: |_from: ()| goal::page());
piece!(set_goal_page in visit: |_from: ()| goal_setting::page());
piece!(agree_goal_page in visit: |_from: ()| goal_agreement::page());
piece!(goal_sheet_page in visit: |_from: ()| goal_agreement::sheet());
piece!(routines_page in visit: |_from: ()| routines::page());
piece!(meeting_page in visit: |_from: ()| meeting::page());
piece!(calendar_page in visit: |_from: ()| calendar::page());
piece!(issues_page in visit: |_from: ()| issues::page());
piece!(issue_page in visit: |_from: ()| issue::page());
piece!(scorecards_page in numbers: |_from: ()| scorecards::page());
piece!(evaluation_page in numbers: |_from: ()| evaluation::page());
piece!(incentives_page in numbers: |_from: ()| incentives::page());
piece!(scheme_page in numbers: |_from: ()| scheme::page());
piece!(statement_page in numbers: |_from: ()| statement::page());
piece!(support_page in numbers: |_from: ()| support::page());
piece!(class_page in numbers: |_from: ()| class::page());
piece!(portfolio_page in numbers: |_from: ()| portfolio::page());
piece!(pack_page in numbers: |_from: ()| pack::page());
piece!(import_page in book: |_from: ()| import::page());
piece!(export_page in book: |_from: ()| export::page());
piece!(bin_page in book: |_from: ()| bin::page());
piece!(review_page in book: |_from: ()| review::page());
piece!(team_page in book: |_from: ()| team::page());
piece!(settings_page in book: |_from: ()| settings::page());
