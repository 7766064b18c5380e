//! A row for a record: a tick, what it is, how it stands, and a menu of what can be done.

use super::icon::Icon;
use super::menu::{MenuItem, menu};
use crate::locales::shell;
use crate::state::scene::scene;
use tongxing_view::prelude::*;

/// What a tap on a row's text does.
#[derive(Clone)]
pub enum RowOpens {
    /// Nothing.
    Nothing,
    /// Goes to a place.
    Place(String),
    /// Opens something over the page.
    Act(Callback<()>),
}

/// What can be ticked off in a row.
#[derive(Clone)]
pub struct Tick {
    /// Whether it is ticked.
    pub done: bool,
    /// What ticking says, for those who do not see the row: "Kept: six display units".
    pub label: String,
    /// Ticks or unticks it.
    pub set: Callback<bool>,
}

/// A row for a record.
pub struct RecordRow {
    /// What can be ticked off.
    pub tick: Option<Tick>,
    /// A glyph or an icon before the text.
    pub lead: Option<View>,
    /// What it is.
    pub title: String,
    /// More about it.
    pub sub: View,
    /// A bar below the text.
    pub below: Option<View>,
    /// What a tap on the text does.
    pub opens: RowOpens,
    /// How it stands.
    pub end: Option<View>,
    /// More that can be done.
    pub acts: Vec<MenuItem>,
}

impl RecordRow {
    /// A row with only a title.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            tick: None,
            lead: None,
            title: title.into(),
            sub: ().into_view(),
            below: None,
            opens: RowOpens::Nothing,
            end: None,
            acts: Vec::new(),
        }
    }

    /// The row as an entry of a list.
    pub fn view(self) -> View {
        let s = scene();
        let Self {
            tick,
            lead,
            title,
            sub,
            below,
            opens,
            end,
            acts,
        } = self;
        let more =
            (!acts.is_empty()).then(|| menu(Icon::More, shell::more_about(s.lang, &title), acts));
        let text = view! {
            <span class="row-title" dir="auto">{title}</span>
            <span class="row-sub">{sub}</span>
            {below}
        };
        let main = match opens {
            RowOpens::Nothing => view! { <div class="row-main">{text}</div> },
            RowOpens::Place(href) => view! { <a class="row-main" href=href>{text}</a> },
            RowOpens::Act(act) => view! {
                <button class="row-main" type="button" on:click=move |_| act.run(())>{text}</button>
            },
        };
        view! {
            <li class="row">
                {tick.map(tick_box)}
                {lead}
                {main}
                {end.map(|end| view! { <span class="row-end">{end}</span> })}
                {more}
            </li>
        }
    }
}

fn tick_box(tick: Tick) -> View {
    let Tick { done, label, set } = tick;
    view! {
        <label class="tick">
            <input
                type="checkbox"
                prop:checked=done
                on:change=move |event| {
                    let now = event_target_checked(&event);
                    // The book decides what is ticked: the row may show another record next.
                    event_target::<web_sys::HtmlInputElement>(&event).set_checked(done);
                    set.run(now);
                }
            />
            <span class="sr">{label}</span>
        </label>
    }
}

/// A list of rows.
pub fn rows(rows: Vec<View>) -> View {
    view! { <ul class="rows">{rows}</ul> }
}
