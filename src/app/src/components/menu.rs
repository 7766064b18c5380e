//! A button that opens a short list of acts.

use super::explain::unique_id;
use super::icon::Icon;
use leptos::ev::KeyboardEvent;
use leptos::wasm_bindgen::JsCast as _;
use tongxing_view::prelude::*;
use web_sys::HtmlElement;

/// One act of a menu.
#[derive(Clone, Copy)]
pub struct MenuItem {
    /// Its icon.
    pub icon: Icon,
    /// Its name.
    pub name: &'static str,
    /// Whether it takes something away.
    pub danger: bool,
    /// What it does.
    pub act: Callback<()>,
}

impl MenuItem {
    /// An act.
    pub fn new(icon: Icon, name: &'static str, act: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            icon,
            name,
            danger: false,
            act: Callback::new(move |()| act()),
        }
    }

    /// Marks an act that takes something away.
    pub const fn danger(mut self) -> Self {
        self.danger = true;
        self
    }
}

/// An icon button with a menu, which is drawn when it is first opened.
pub fn menu(icon: Icon, label: String, items: Vec<MenuItem>) -> View {
    let id = unique_id("menu");
    let target = id.clone();
    let list = Later::new(move || {
        view! {
            <div
                class="menu"
                popover=""
                id=id
                role="menu"
                on:keydown=arrows
                on:toggle=move |event| focus_first(&event)
            >
                {draw(&items)}
            </div>
        }
    });
    let opened = list.clone();
    view! {
        <button
            class="icon-btn"
            type="button"
            popovertarget=target
            aria-haspopup="menu"
            aria-label=label
            on:click=move |_| opened.draw()
        >
            {icon.draw()}
        </button>
        {list}
    }
}

fn draw(items: &[MenuItem]) -> View {
    items
        .iter()
        .map(|item| {
            let act = item.act;
            view! {
                <button
                    class="menu-item"
                    role="menuitem"
                    type="button"
                    data-kind=item.danger.then_some("danger")
                    on:click=move |event| {
                        // Closed first, so that a sheet that the act opens gets the focus.
                        if let Some(menu) = menu_of(event.current_target()) {
                            let _ = menu.hide_popover();
                        }
                        act.run(());
                    }
                >
                    {item.icon.draw()}
                    {item.name}
                </button>
            }
        })
        .collect_view()
        .into_view()
}

fn menu_of(target: Option<web_sys::EventTarget>) -> Option<HtmlElement> {
    let element = target?.dyn_into::<web_sys::Element>().ok()?;
    element.closest("[popover]").ok()??.dyn_into().ok()
}

fn focus_first(event: &web_sys::Event) {
    let Some(menu) = menu_of(event.target()) else {
        return;
    };
    if let Ok(Some(first)) = menu.query_selector(":popover-open > [role=menuitem]")
        && let Some(first) = first.dyn_ref::<HtmlElement>()
    {
        let _ = first.focus();
    }
}

/// Up and down move among the items.
fn arrows(event: KeyboardEvent) {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    event.prevent_default();
    let Some(now) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return;
    };
    let beside = if down {
        now.next_element_sibling()
    } else {
        now.previous_element_sibling()
    };
    if let Some(beside) = beside.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = beside.focus();
    }
}
