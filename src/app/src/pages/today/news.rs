//! What dealers are to hear from us first: told with one tap, with how it was told.

use super::{Cut, dealer_name};
use crate::components::explain::counted;
use crate::components::marks::internal_mark;
use crate::components::news_telling::{drop_item, row_end, tell};
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, Tick};
use crate::components::sheets::Sheets;
use crate::locales::{dealer as text, time, trust as texts};
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::explain::Line;
use tongxing_domain::tables::News;
use tongxing_domain::trust::{TO_TELL_RULE, all_to_tell};
use tongxing_view::prelude::*;

/// So many are shown at first.
const FIRST: usize = 3;

pub(super) fn view(s: Scene, sheets: Sheets) -> View {
    let cut = Cut::after(FIRST);
    let found = Memo::new(move |_| s.store.read(|book| all_to_tell(book, s.today)));
    let count = Memo::new(move |_| found.with(Vec::len));
    (move || {
        if count.get() == 0 {
            return None;
        }
        let head = view! {
            {move || {
                counted(s, count.get(), texts::NEWS_TODAY, TO_TELL_RULE, move || {
                    found.with_untracked(|found| found.iter().map(|it| line(s, it)).collect())
                })
            }}
            {internal_mark()}
            {cut.switch(s, move || count.get())}
        };
        let list = view! {
            <ul class="rows">
                {move || found.with(|found| {
                    let shown = found.iter().take(cut.shown(found.len()));
                    shown.map(|news| row(s, sheets, news)).collect_view()
                })}
            </ul>
        };
        Some(view! {
            <div data-internal="">
                {section(s.t(texts::NEWS_TODAY), None, Some(head), list)}
            </div>
        })
    })
    .into_view()
}

/// News in the explanation of their number.
fn line(s: Scene, news: &Arc<News>) -> Line {
    let dealer = s.store.peek(|book| dealer_name(book, news.dealer));
    let public = news.public_on.map(|day| time::day(s.lang, day, s.today));
    let label = format!("{dealer} · {}", news.title);
    Line::new(label, public.unwrap_or_else(|| "—".to_owned()))
}

fn row(s: Scene, sheets: Sheets, news: &Arc<News>) -> View {
    let dealer = s.store.peek(|book| dealer_name(book, news.dealer));
    let public = news
        .public_on
        .map(|day| texts::public_on(s.lang, &time::day(s.lang, day, s.today)));
    let sub: Vec<String> = [Some(dealer), public].into_iter().flatten().collect();
    let telling = Arc::clone(news);
    RecordRow {
        tick: Some(Tick {
            done: false,
            label: text::said(s.lang, texts::TELL, &news.title),
            set: Callback::new(move |_| tell(s, sheets, &telling)),
        }),
        sub: sub.join(" · ").into_view(),
        opens: RowOpens::Place(Route::Dealer(news.dealer, DealerTab::Trust).href()),
        end: Some(row_end(s, news)),
        acts: vec![drop_item(s, news)],
        ..RecordRow::new(news.title.as_str())
    }
    .view()
}
