//! Rows for what belongs to a dealer: promises, goals, what is due.

use super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, rag_tone};
use crate::components::record_row::{RecordRow, RowOpens};
use crate::components::when;
use crate::locales::{Words, dealer as text, time};
use crate::state::route::Route;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::attention::{Due, DueKind, link_to};
use tongxing_domain::date::Date;
use tongxing_domain::pacing::{Pacing, PacingFigure};
use tongxing_domain::promises::Standing;
use tongxing_domain::settle::Settling;
use tongxing_domain::tables::{Goal, Promise, Side};
use tongxing_view::prelude::*;

/// What people call a side on a dealer's page.
pub(super) fn side_words(side: Option<Side>) -> Words {
    match side {
        Some(Side::Us) => text::BY_US,
        Some(Side::Dealer) => text::BY_DEALER,
        Some(Side::Newer(_)) | None => text::BY_BOTH,
    }
}

/// How far a due date is away: late as a badge, else quietly.
pub(super) fn due_end(s: Scene, due: Date) -> View {
    when::due(s, due)
}

/// The side and the due date of something.
pub(super) fn side_and_due(s: Scene, side: Option<Side>, due: Option<Date>) -> String {
    let side = s.t(side_words(side));
    match due {
        Some(due) => format!("{side} · {}", time::due(s.lang, due, s.today)),
        None => side.to_owned(),
    }
}

/// A promise: ticked when kept.
pub(super) fn promise_row(here: Here, promise: &Arc<Promise>) -> View {
    let s = here.s;
    let link = link_to(&**promise);
    let open = promise.outcome.is_open();
    let title = promise.title.as_str();
    let end = if open {
        promise.due.map(|due| due_end(s, due))
    } else {
        Some(standing_badge(s, promise.standing(s.today)))
    };
    let mut acts = Vec::new();
    if open {
        let kept = here.settle_item(Icon::Check, link, Settling::Done, text::KEEP, title);
        let not_kept =
            here.settle_item(Icon::Close, link, Settling::Dropped, text::NOT_KEPT, title);
        acts.extend([kept, not_kept, here.put_off_item(link, promise.due, title)]);
    } else {
        acts.push(here.settle_item(Icon::Undo, link, Settling::Reopened, text::REOPEN, title));
    }
    acts.extend([here.edit_item(&**promise), here.bin_item(promise.id)]);
    let edited = Arc::clone(promise);
    RecordRow {
        tick: Some(here.tick(link, title, !open, text::KEEP)),
        sub: side_and_due(s, promise.by, promise.due).into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
        end,
        acts,
        ..RecordRow::new(title)
    }
    .view()
}

fn standing_badge(s: Scene, standing: Standing) -> View {
    let tone = match standing {
        Standing::Kept => Tone::Good,
        Standing::Late => Tone::Watch,
        Standing::Broken | Standing::Overdue => Tone::Risk,
        Standing::Open => Tone::None,
    };
    badge(tone, s.t(standing.words()))
}

/// Something that is due: ticked when done.
pub(super) fn due_row(here: Here, due: &Due, opens: RowOpens) -> View {
    let s = here.s;
    let (link, title) = (due.link, due.title.as_str());
    let did = done_words(due.kind);
    let later = here.put_off_item(link, Some(due.due), title);
    // An issue is resolved on its page, where it is asked how.
    let (tick, lead, acts) = if due.kind == DueKind::Issue {
        (None, Some(Icon::Issue.draw()), vec![later])
    } else {
        let drop = if due.kind == DueKind::Promise {
            text::NOT_KEPT
        } else {
            text::DROP
        };
        let acts = vec![
            here.settle_item(Icon::Check, link, Settling::Done, did, title),
            later,
            here.settle_item(Icon::Close, link, Settling::Dropped, drop, title),
        ];
        (Some(here.tick(link, title, false, did)), None, acts)
    };
    let sub = format!(
        "{} · {}",
        s.t(due.kind.words()),
        side_and_due(s, due.side, Some(due.due))
    );
    RecordRow {
        tick,
        lead,
        sub: sub.into_view(),
        opens,
        end: Some(due_end(s, due.due)),
        acts,
        ..RecordRow::new(title)
    }
    .view()
}

const fn done_words(kind: DueKind) -> Words {
    match kind {
        DueKind::Promise => text::KEEP,
        DueKind::Issue => text::RESOLVED,
        DueKind::Step | DueKind::Action | DueKind::Milestone => text::DONE,
    }
}

/// A goal with how far it is and should be.
pub(super) fn goal_row(here: Here, goal: &Arc<Goal>, pacing: Option<&Pacing>) -> View {
    let s = here.s;
    let until = goal
        .span
        .map(|span| text::until(s.lang, &time::day(s.lang, span.end(), s.today)));
    let sub = match pacing {
        Some(pacing) => {
            let show = |quantity| pacing.unit.show_short(quantity, s.lang);
            let actual = pacing.actual.map_or_else(|| "–".to_owned(), show);
            let metric = pacing.metric.title(s.lang);
            let target = show(pacing.target);
            let parts = [Some(format!("{metric} {actual} / {target}")), until];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
        None => until.unwrap_or_default(),
    };
    let outcome = goal.outcome;
    let end = if outcome.is_open() {
        pacing.map(|pacing| pace(s, pacing))
    } else {
        Some(badge(Tone::None, s.t(outcome.words())))
    };
    RecordRow {
        sub: sub.into_view(),
        below: pacing
            .filter(|_| outcome.is_open())
            .and_then(|pacing| pace_bar(s, pacing)),
        opens: RowOpens::Place(Route::Goal(goal.id).href()),
        end,
        acts: Vec::new(),
        ..RecordRow::new(goal.title.as_str())
    }
    .view()
}

/// How a goal stands; a tap shows why.
pub(super) fn pace(s: Scene, pacing: &Pacing) -> View {
    let word = s.t(pacing.rag.words());
    let figure = badge(rag_tone(pacing.rag), word);
    let told = pacing.clone();
    explain(figure, s.t(text::PACE_TITLE), move || {
        told.explain_figure(PacingFigure::Judgement, s.lang)
    })
}

fn pace_bar(s: Scene, pacing: &Pacing) -> Option<View> {
    let done = pacing.progress()?;
    let expected = pacing.expected_share();
    let percent = |basis_points: i64| (basis_points as f64 / 100.0).clamp(0.0, 100.0).to_string();
    let bar = view! {
        <span
            class="bar"
            data-tone=rag_tone(pacing.rag).key()
            role="img"
            aria-label=text::progress(s.lang, &done.show(), &expected.show())
            style:--value=percent(done.basis_points())
            style:--expected=percent(expected.basis_points())
        ></span>
    };
    Some(bar.into_view())
}
