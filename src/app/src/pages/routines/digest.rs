//! The weekly digest: what the week brought, and what the next one brings.

use crate::components::explain::explain;
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::when;
use crate::locales::{Words, routines as texts};
use crate::state::kept::kept;
use crate::state::route::{DealerTab, Route, VisitStep};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::digest::{Digest, DigestFigure};
use tongxing_domain::id::Id;
use tongxing_domain::pacing::PacingFigure;
use tongxing_domain::tables::Dealer;
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// So many of each list are shown; the rest is one tap away on its own page.
const SHOWN: usize = 5;

/// The section.
pub(super) fn section_of(s: Scene) -> View {
    let digest = Memo::new(move |_| kept(s, "digest", (), |book| Digest::of(book, s.today)));
    let content = move || draw(s, &digest.get());
    section(s.t(texts::DIGEST), None, None, content)
}

fn draw(s: Scene, digest: &Arc<Digest>) -> View {
    let stat = |name: Words, which: DigestFigure| {
        let told = Arc::clone(digest);
        let figure = explain(digest.shown(which), s.t(texts::DIGEST_TITLE), move || {
            told.explain(which, s.lang)
        });
        view! { <div class="stat"><dt>{s.t(name)}</dt><dd>{figure}</dd></div> }
    };
    let week = format!(
        "{} – {}",
        show_date(digest.week.start(), s.lang),
        show_date(digest.week.end(), s.lang)
    );
    view! {
        <p class="help">{week}</p>
        <dl class="stats" data-pairs="">
            {stat(texts::HELD, DigestFigure::Held)}
            {stat(texts::RESOLVED, DigestFigure::Resolved)}
            {stat(texts::KEPT, DigestFigure::Kept)}
            {stat(texts::RULES_DID, DigestFigure::Fired)}
        </dl>
        {planned(s, digest)}
        {due(s, digest)}
        {behind(s, digest)}
        {escalating(s, digest)}
        {renewing(s, digest)}
    }
}

/// One list, folded; nothing while there is nothing in it.
fn list(s: Scene, name: Words, count: usize, entries: Vec<View>) -> Option<View> {
    (count > 0).then(|| {
        view! {
            <details class="fold">
                <summary>{texts::titled(s.t(name), count)}</summary>
                {rows(entries)}
            </details>
        }
    })
}

fn dealer(s: Scene, dealer: Id<Dealer>) -> String {
    s.store.peek(|book| {
        let dealer = book.dealers.get_any(dealer);
        dealer.map(|dealer| dealer.name.clone()).unwrap_or_default()
    })
}

fn planned(s: Scene, digest: &Digest) -> Option<View> {
    let entries = digest.planned.iter().take(SHOWN).map(|meeting| {
        RecordRow {
            sub: meeting.subject.clone().into_view(),
            opens: RowOpens::Place(Route::Meeting(meeting.id, VisitStep::Prepare).href()),
            end: meeting.day().map(|day| when::day(s, day)),
            ..RecordRow::new(dealer(s, meeting.dealer))
        }
        .view()
    });
    list(s, texts::PLANNED, digest.planned.len(), entries.collect())
}

fn due(s: Scene, digest: &Digest) -> Option<View> {
    let entries = digest.due.iter().take(SHOWN).map(|due| {
        RecordRow {
            sub: format!("{} · {}", s.t(due.kind.words()), dealer(s, due.dealer)).into_view(),
            opens: RowOpens::Place(Route::Dealer(due.dealer, DealerTab::Overview).href()),
            end: Some(when::near(s, due.due)),
            ..RecordRow::new(due.title.as_str())
        }
        .view()
    });
    list(s, texts::DUE, digest.due.len(), entries.collect())
}

fn behind(s: Scene, digest: &Digest) -> Option<View> {
    let entries = digest.behind.iter().take(SHOWN).map(|(goal, pacing)| {
        let pace = pacing.pace.map(tongxing_domain::ratio::Ratio::show);
        let told = pacing.clone();
        RecordRow {
            sub: dealer(s, goal.dealer).into_view(),
            opens: RowOpens::Place(Route::Goal(goal.id).href()),
            end: Some(explain(
                pace.unwrap_or_default(),
                s.t(crate::locales::goal::PACE),
                move || told.explain_figure(PacingFigure::Pace, s.lang),
            )),
            ..RecordRow::new(goal.title.as_str())
        }
        .view()
    });
    list(s, texts::BEHIND, digest.behind.len(), entries.collect())
}

fn escalating(s: Scene, digest: &Digest) -> Option<View> {
    let entries = digest.to_escalate.iter().take(SHOWN).map(|issue| {
        RecordRow {
            sub: dealer(s, issue.dealer).into_view(),
            opens: RowOpens::Place(Route::Issue(issue.id).href()),
            ..RecordRow::new(issue.title.as_str())
        }
        .view()
    });
    list(
        s,
        texts::TO_ESCALATE,
        digest.to_escalate.len(),
        entries.collect(),
    )
}

fn renewing(s: Scene, digest: &Digest) -> Option<View> {
    let entries = digest.contracts.iter().take(SHOWN).map(|contract| {
        RecordRow {
            sub: dealer(s, contract.dealer).into_view(),
            opens: RowOpens::Place(Route::Dealer(contract.dealer, DealerTab::Strategy).href()),
            end: contract.span.map(|span| when::near(s, span.end())),
            ..RecordRow::new(contract.title.as_str())
        }
        .view()
    });
    list(
        s,
        texts::TO_RENEW,
        digest.contracts.len(),
        entries.collect(),
    )
}
