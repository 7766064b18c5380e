//! The parts of a pane: sections, empty states, notes.

use super::explain::unique_id;
use super::icon::Icon;
use super::marks::Tone;
use crate::locales::shell;
use crate::state::route::{PortfolioPart, Route};
use crate::state::scene::Scene;
use tongxing_view::prelude::*;

/// A section of a page with its heading, how many it holds, and an act at its end.
pub fn section(
    title: impl Into<String>,
    count: Option<usize>,
    act: Option<View>,
    content: impl IntoView,
) -> View {
    let id = unique_id("section");
    let heading = id.clone();
    view! {
        <section class="section" aria-labelledby=heading>
            <header class="section-head">
                <h2 id=id>{title.into()}</h2>
                {count.map(|count| view! { <b class="count">{count}</b> })}
                {act}
            </header>
            {content.into_view()}
        </section>
    }
}

/// What stands where nothing is yet: what belongs here, and the next step.
pub fn empty(
    icon: Icon,
    title: impl Into<String>,
    text: impl Into<String>,
    act: Option<View>,
) -> View {
    let heading = view! { <h3>{title.into()}</h3> };
    empty_under(icon, heading.into_view(), text.into(), act)
}

/// [`empty`] right beneath the page's own heading, outside of any section.
pub fn empty_page(
    icon: Icon,
    title: impl Into<String>,
    text: impl Into<String>,
    act: Option<View>,
) -> View {
    let heading = view! { <h2>{title.into()}</h2> };
    empty_under(icon, heading.into_view(), text.into(), act)
}

fn empty_under(icon: Icon, heading: View, text: String, act: Option<View>) -> View {
    view! {
        <div class="empty">
            {icon.draw()}
            {heading}
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            {act.map(|act| view! { <div class="actions">{act}</div> })}
        </div>
    }
}

/// A calm notice within a page.
pub fn note(tone: Tone, text: impl Into<String>, act: Option<View>) -> View {
    let icon = match tone {
        Tone::Risk | Tone::Watch => Icon::Alert,
        Tone::Good => Icon::Check,
        Tone::Info | Tone::None => Icon::Info,
    };
    view! {
        <div class="note" data-tone=tone.key() role=(tone == Tone::Risk).then_some("alert")>
            {icon.draw()}
            <p>{text.into()}</p>
            {act}
        </div>
    }
}

/// The way back to the figures of all dealers.
pub fn to_portfolio(s: Scene) -> View {
    let href = Route::Portfolio(PortfolioPart::Figures).href();
    view! {
        <a class="icon-btn" href=href aria-label=s.t(shell::BACK)>{Icon::ChevronLeft.draw()}</a>
    }
}
