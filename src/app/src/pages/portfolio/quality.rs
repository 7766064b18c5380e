//! What is missing, out of date or entered twice, dealer by dealer, and mending it.

use super::{Here, merging};
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::pane::{empty_page, section};
use crate::components::record_form::FormSubject;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::show_more::show_more;
use crate::locales::{form, portfolio as texts};
use crate::state::kept::kept;
use crate::state::route::{DealerTab, Route};
use std::sync::Arc;
use tongxing_domain::quality::{Finding, quality};
use tongxing_domain::schema::{AnyRecord as _, Record as _};
use tongxing_domain::tables::Dealer;
use tongxing_view::prelude::*;

/// So many are shown at a time.
const AT_A_TIME: usize = 40;

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    let drawn = RwSignal::new(AT_A_TIME);
    (move || {
        let found = kept(s, "quality", (), |book| quality(book, s.today));
        let all = s.store.read(|book| book.dealers.len());
        if found.findings.is_empty() {
            return empty_page(
                Icon::Check,
                s.t(texts::ALL_WELL),
                s.t(texts::ALL_WELL_TEXT),
                None,
            );
        }
        let with = found.findings.len();
        let list = found.findings.iter().take(drawn.get());
        let list = list
            .map(|(dealer, findings)| row(here, dealer, findings))
            .collect();
        let part = found.completeness.map(|part| {
            let (of_part, of_count) = (Arc::clone(&found), Arc::clone(&found));
            let figure = explain(part.show(), s.t(texts::COMPLETENESS), move || {
                of_part.explain(s.lang)
            });
            let mend = explain(with.to_string(), s.t(texts::TO_MEND), move || {
                s.store.peek(|book| of_count.explain_findings(book, s.lang))
            });
            view! {
                <dl class="stats">
                    <div class="stat"><dt>{s.t(texts::COMPLETENESS)}</dt><dd>{figure}</dd></div>
                    <div class="stat">
                        <dt>{s.t(texts::TO_MEND)}</dt>
                        <dd>{mend}</dd>
                        <dd class="stat-note">{texts::to_mend(s.lang, with, all)}</dd>
                    </div>
                </dl>
            }
        });
        let more = show_more(s, with, drawn, AT_A_TIME);
        view! {
            {part}
            {section(s.t(texts::TO_MEND), Some(with), None, rows(list))}
            {more}
        }
        .into_view()
    })
    .into_view()
}

fn row(here: Here, dealer: &Arc<Dealer>, findings: &[Finding]) -> View {
    let s = here.s;
    let told: Vec<String> = s
        .store
        .peek(|book| findings.iter().map(|it| it.text(book, s.lang)).collect());
    let twin = findings.iter().find_map(|finding| match finding {
        Finding::Duplicate { other, .. } => Some(*other),
        _ => None,
    });
    let stale = findings
        .iter()
        .any(|it| matches!(it, Finding::Stale { .. } | Finding::NoReading));
    let id = dealer.id;
    let merge = twin.map(|other| {
        view! {
            <button class="btn" type="button" on:click=move |_| merging::ask(here, id, other)>
                {s.t(texts::MERGE)}
            </button>
        }
    });
    let act = merge.unwrap_or_else(|| {
        if stale {
            let href = Route::Dealer(id, DealerTab::Scorecard).href();
            view! { <a class="btn" href=href>{s.t(texts::ENTER)}</a> }
        } else {
            let edited = Arc::clone(dealer);
            view! {
                <button class="btn" type="button" on:click=move |_| edit(here, &edited)>
                    {s.t(texts::MEND)}
                </button>
            }
        }
    });
    RecordRow {
        sub: told.join(" · ").into_view(),
        opens: RowOpens::Place(Route::Dealer(id, DealerTab::Profile).href()),
        end: Some(act),
        ..RecordRow::new(dealer.name.as_str())
    }
    .view()
}

fn edit(here: Here, dealer: &Arc<Dealer>) {
    let s = here.s;
    here.sheets.form(FormSubject {
        record: dealer.copied(),
        new: false,
        title: form::edit(s.lang, s.t(Dealer::TABLE.label)),
        dealer: dealer.id.uuid(),
        without: &[],
    });
}
