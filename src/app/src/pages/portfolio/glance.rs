//! How the portfolio stands, at a glance: each figure opens to those behind it.

use super::Here;
use crate::components::explain::{explain, recorded};
use crate::locales::{Words, dealers, portfolio as texts, time};
use crate::platform::idle::when_idle;
use crate::state::kept::kept;
use crate::state::route::Route;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::explain::{Line, counting};
use tongxing_domain::quantity::{Quantity, Unit};
use tongxing_domain::reports::{Glance, Portfolio};
use tongxing_view::prelude::*;

/// The figures. They are reckoned once the page is painted, and anew after every change.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    let glance = RwSignal::new(None::<Arc<Glance>>);
    Effect::new(move |_| {
        // Whatever changes in the book; what the figures are not made from leaves them as they are.
        s.store.read(|_| ());
        when_idle(move || {
            let today = s.today;
            let now = untrack(|| kept(s, "glance", (), |book| Portfolio { book, today }.glance()));
            let stands = glance.try_with_untracked(|before| {
                before
                    .as_ref()
                    .is_some_and(|before| Arc::ptr_eq(before, &now))
            });
            // The page may have been left meanwhile.
            if stands == Some(false) {
                glance.set(Some(now));
            }
        });
    });
    (move || glance.get().map(|glance| draw(here, &glance))).into_view()
}

fn draw(here: Here, glance: &Arc<Glance>) -> View {
    let s = here.s;
    let of = |glance: &Arc<Glance>| Arc::clone(glance);
    let overdue = of(glance);
    let behind = of(glance);
    let late = of(glance);
    let days = move |days: i64| dealers::overdue(s.lang, days);
    let pace = move |pace: i64| Unit::Percent.show(Quantity(pace), s.lang);
    let overdue_lines = move || {
        let parts = overdue.overdue.iter();
        let parts = parts.map(|(dealer, by)| (dealer.name.clone(), days(*by)));
        lines(s, parts, Glance::OVERDUE_RULE)
    };
    let behind_lines = move || {
        let parts = behind.behind.iter();
        let parts = parts.map(|(dealer, by)| (dealer.name.clone(), pace(*by)));
        lines(s, parts, Glance::BEHIND_RULE)
    };
    let late_lines = move || {
        let parts = late.late.iter();
        let parts = parts.map(|(days, it)| (it.title.clone(), time::late(s.lang, *days)));
        lines(s, parts, Glance::LATE_RULE)
    };
    let sales = glance.sales.clone().map(|sales| {
        let shown = sales.unit().show_short(sales.now, s.lang);
        let change = sales.change().map(|change| change.show_fine(s.lang));
        let change = change.map(|change| texts::against_last_year(s.lang, &change));
        let title = sales.metric.title(s.lang).to_owned();
        let figure = explain(shown, title, move || sales.explain(s.lang));
        stat(s.t(texts::BOUGHT_IN_YEAR), figure, change.into_view())
    });
    let counted = |count: usize, title: Words, told: Box<dyn Fn() -> Vec<Line>>, to: Route| {
        let figure = explain(count.to_string(), s.t(title).to_owned(), told);
        let link = view! { <a href=to.href()>{s.t(texts::SEE)}</a> };
        stat(s.t(title), figure, link)
    };
    let looked_after = texts::looked_after(s.lang, glance.looked_after);
    view! {
        <dl class="stats" data-kind="glance">
            {stat(
                s.t(texts::DEALERS_ALL),
                recorded(glance.dealers.to_string()),
                looked_after.into_view(),
            )}
            {sales}
            {counted(
                glance.overdue.len(),
                texts::CONTACT_OVERDUE,
                Box::new(overdue_lines),
                Route::Dealers,
            )}
            {counted(
                glance.behind.len(),
                texts::GOALS_BEHIND,
                Box::new(behind_lines),
                Route::Dealers,
            )}
            {counted(
                glance.late.len(),
                texts::LATE_ISSUES,
                Box::new(late_lines),
                Route::Issues,
            )}
        </dl>
    }
}

fn stat(name: &'static str, figure: View, note: View) -> View {
    view! {
        <div class="stat">
            <dt>{name}</dt>
            <dd>{figure}</dd>
            <dd class="stat-note">{note}</dd>
        </div>
    }
}

/// Those behind a count, and the rule by which they are counted.
fn lines(s: Scene, parts: impl Iterator<Item = (String, String)>, rule: Words) -> Vec<Line> {
    let parts = parts.map(|(label, value)| Line::new(label, value));
    counting(rule, parts.collect(), s.lang)
}
