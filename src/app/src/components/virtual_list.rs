//! A long list of which only the rows on the screen exist.
//!
//! The rows' elements are made once and filled anew as the list scrolls or changes; only what
//! differs is written. A list of five thousand answers a key within one frame this way.

use super::marks::Tone;
use gloo_events::EventListener;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html::{Section, Ul};
use leptos::wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use std::cell::RefCell;
use std::rc::Rc;
use tongxing_view::prelude::*;
use web_sys::{Element, HtmlElement, ResizeObserver};

/// Rows kept ready beyond each edge of the screen.
const BEYOND: usize = 4;
/// A row's height until it can be measured, in CSS pixels; `--row` of the tokens.
const ROW_HEIGHT: f64 = 68.0;

/// What one row shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowFace {
    /// Where it leads.
    pub href: String,
    /// The glyph's text.
    pub glyph: String,
    /// The glyph's colour, 0–7.
    pub hue: u8,
    /// The first line.
    pub title: String,
    /// The second line.
    pub sub: String,
    /// What stands at its end.
    pub end: RowEnd,
    /// Whether it is the one that is open.
    pub current: bool,
    /// Whether it is chosen, while rows are chosen.
    pub picked: Option<bool>,
}

/// What stands at the end of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RowEnd {
    /// Nothing.
    #[default]
    Nothing,
    /// A word with a tone.
    Badge(Tone, String),
    /// A quiet text.
    Text(String),
}

/// A long list.
#[derive(Clone, Copy)]
pub struct VirtualList {
    /// The pane that scrolls.
    pub pane: NodeRef<Section>,
    /// How many rows there are.
    pub count: Signal<usize>,
    /// What a row shows; the signals that it reads redraw the rows on the screen.
    pub face: Callback<usize, RowFace>,
    /// Called with the address of a row that was opened.
    pub open: Callback<String>,
    /// Called with the place of a row that was tapped, and whether all rows from the last one on are
    /// meant; tells whether the tap chose something, which then opens nothing.
    pub pick: Callback<(usize, bool), bool>,
    /// The row that is to get the keyboard, until it has it.
    pub cursor: RwSignal<Option<usize>>,
    /// How far the list is scrolled, kept by the page.
    pub scrolled: StoredValue<f64>,
}

/// The elements of one row.
struct Slot {
    item: Element,
    link: HtmlElement,
    glyph: Element,
    title: Element,
    sub: Element,
    end: Element,
    shown: Option<(usize, usize, RowFace)>,
}

/// What part of the list is on the screen.
#[derive(Clone, Copy, PartialEq)]
struct Window {
    first: usize,
    rows: usize,
}

impl VirtualList {
    /// The list.
    pub fn view(self) -> View {
        let list = NodeRef::<Ul>::new();
        let window = RwSignal::new(Window { first: 0, rows: 0 });
        let slots = Rc::new(RefCell::new(Vec::<Slot>::new()));
        self.follow_pane(list, window);
        Effect::new(move |_| {
            let Some(list) = list.get() else { return };
            let (window, count) = (window.get(), self.count.get());
            let face = |index| self.face.run(index);
            fill(&list, &mut slots.borrow_mut(), window, count, &face);
            let _ = HtmlElement::style(&list).set_property("--rows", &count.to_string());
            if let Some(cursor) = self.cursor.get() {
                // A row that is scrolled to is drawn in the next frame, and focused then.
                if focus(&slots.borrow(), cursor) {
                    self.cursor.update_untracked(|cursor| *cursor = None);
                }
            }
        });
        view! {
            <ul
                class="rows virtual"
                node_ref=list
                on:click=move |event| self.clicked(&event)
                on:keydown=move |event| self.key(&event)
            ></ul>
        }
    }

    /// Moves the keyboard to the next or the previous row, from the one that has it.
    pub fn step(self, down: bool) {
        let count = self.count.get_untracked();
        if count == 0 {
            return;
        }
        let now = self.cursor.get_untracked().or_else(|| self.here());
        let next = match (now, down) {
            (None, _) => self.first_visible().min(count - 1),
            (Some(now), true) => (now + 1).min(count - 1),
            (Some(now), false) => now.saturating_sub(1),
        };
        self.show(next);
        self.cursor.set(Some(next));
    }

    /// Scrolls until a row can be seen.
    pub fn show(self, index: usize) {
        let Some(pane) = self.pane.get_untracked() else {
            return;
        };
        let (above, height) = (self.above(&pane), row_height(&pane));
        let top = above + index as f64 * height;
        let seen = (
            f64::from(pane.scroll_top()),
            f64::from(pane.client_height()),
        );
        // The head sticks to the pane's top and covers what is above.
        let scroll = if top - above < seen.0 {
            top - above
        } else if top + height > seen.0 + seen.1 {
            top + height - seen.1
        } else {
            return;
        };
        pane.set_scroll_top(scroll as i32);
    }

    /// Chooses the row that has the keyboard, or the one that is open; tells whether there is one.
    pub fn pick_here(self) -> bool {
        self.here().is_some_and(|row| self.pick.run((row, false)))
    }

    /// The row that has the keyboard, or else the one that is open.
    fn here(self) -> Option<usize> {
        let focused = document().active_element();
        let focused = focused.and_then(|it| it.closest(".virtual > li").ok().flatten());
        let row = focused.or_else(|| {
            let typing = document()
                .active_element()
                .is_some_and(|it| it.tag_name() == "INPUT");
            let pane = self.pane.get_untracked().filter(|_| !typing)?;
            pane.query_selector(".virtual > li:has([aria-current])")
                .ok()
                .flatten()
        })?;
        place_of(&row)
    }

    /// Scrolls to the top. Where it stands there already the browser is not asked, which would have it
    /// lay out the page once more at every key.
    pub fn to_top(self) {
        if self.scrolled.get_value() > 0.0
            && let Some(pane) = self.pane.get_untracked()
        {
            pane.set_scroll_top(0);
        }
    }

    fn first_visible(self) -> usize {
        let Some(pane) = self.pane.get_untracked() else {
            return 0;
        };
        (f64::from(pane.scroll_top()) / row_height(&pane))
            .ceil()
            .max(0.0) as usize
    }

    /// How far below the pane's top the list begins.
    fn above(self, pane: &HtmlElement) -> f64 {
        pane.query_selector(".virtual")
            .ok()
            .flatten()
            .map_or(0.0, |list| {
                list.get_bounding_client_rect().top() - pane.get_bounding_client_rect().top()
                    + f64::from(pane.scroll_top())
            })
    }

    /// Follows the pane's scrolling and size.
    fn follow_pane(self, list: NodeRef<Ul>, window: RwSignal<Window>) {
        // On a phone the list is not there while a dealer is, and then stands at its top.
        let hidden = StoredValue::new(false);
        let measure = move || {
            let Some(pane) = self.pane.get_untracked() else {
                return;
            };
            let seen = f64::from(pane.client_height());
            if seen <= 0.0 {
                hidden.set_value(true);
                return;
            }
            if hidden.get_value() {
                hidden.set_value(false);
                pane.set_scroll_top(self.scrolled.get_value() as i32);
            }
            let height = row_height(&pane);
            let top = f64::from(pane.scroll_top());
            self.scrolled.set_value(top);
            let now = Window {
                first: (top / height) as usize,
                rows: (seen / height).ceil() as usize + 1,
            };
            if window.get_untracked() != now {
                window.set(now);
            }
        };
        let following = StoredValue::new_local(None::<Following>);
        Effect::new(move |_| {
            let (Some(pane), Some(_)) = (self.pane.get(), list.get()) else {
                return;
            };
            let pane: &HtmlElement = &pane;
            pane.set_scroll_top(self.scrolled.get_value() as i32);
            measure();
            let scroll = EventListener::new(pane, "scroll", move |_| measure());
            let resized = Closure::<dyn Fn(JsValue)>::new(move |_| measure());
            let size = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
            if let Some(size) = &size {
                size.observe(pane);
            }
            following.set_value(Some(Following {
                _scroll: scroll,
                size,
                _resized: resized,
            }));
        });
    }

    fn clicked(self, event: &MouseEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a").ok().flatten());
        let row = link.as_ref().and_then(|link| link.parent_element());
        if let Some(place) = row.as_ref().and_then(place_of)
            && self.pick.run((place, event.shift_key()))
        {
            event.prevent_default();
            return;
        }
        if event.shift_key() {
            return;
        }
        let link = link.and_then(|link| link.get_attribute("href"));
        if let Some(href) = link {
            event.prevent_default();
            self.open.run(href);
        }
    }

    fn key(self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "ArrowDown" => self.step(true),
            "ArrowUp" => self.step(false),
            " " if self.pick_here() => {}
            _ => return,
        }
        event.prevent_default();
    }
}

/// What follows the pane; dropping it stops that.
struct Following {
    _scroll: EventListener,
    size: Option<ResizeObserver>,
    _resized: Closure<dyn Fn(JsValue)>,
}

impl Drop for Following {
    fn drop(&mut self) {
        if let Some(size) = &self.size {
            size.disconnect();
        }
    }
}

/// The place of a row, from its element.
fn place_of(row: &Element) -> Option<usize> {
    let place: usize = row.get_attribute("aria-posinset")?.parse().ok()?;
    place.checked_sub(1)
}

fn row_height(pane: &HtmlElement) -> f64 {
    pane.query_selector(".virtual > li")
        .ok()
        .flatten()
        .map(|row| row.get_bounding_client_rect().height())
        .filter(|height| *height > 0.0)
        .unwrap_or(ROW_HEIGHT)
}

/// Fills the rows on the screen. Row `i` always stands in slot `i` modulo their number, so that
/// scrolling by one row writes one slot.
fn fill(
    list: &HtmlElement,
    slots: &mut Vec<Slot>,
    window: Window,
    count: usize,
    face: &dyn Fn(usize) -> RowFace,
) {
    let first = window.first.saturating_sub(BEYOND).min(count);
    let last = (window.first + window.rows + BEYOND).min(count);
    let wanted = window.rows + 2 * BEYOND;
    while slots.len() < wanted {
        let Some(slot) = Slot::made() else { break };
        let _ = list.append_child(&slot.item);
        slots.push(slot);
    }
    let number = slots.len();
    for (place, slot) in slots.iter_mut().enumerate() {
        let index = (first..last).find(|index| index % number == place);
        match index {
            Some(index) => slot.show(index, count, face(index)),
            None => slot.hide(),
        }
    }
}

/// Puts the keyboard on a row; `false` when it is not drawn yet.
fn focus(slots: &[Slot], cursor: usize) -> bool {
    let is_row = |slot: &&Slot| {
        slot.shown
            .as_ref()
            .is_some_and(|(index, ..)| *index == cursor)
    };
    let Some(row) = slots.iter().find(is_row) else {
        return false;
    };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    row.link.focus_with_options(&options).is_ok()
}

impl Slot {
    fn made() -> Option<Self> {
        let document = document();
        let make = |tag: &str, class: &str| {
            let element = document.create_element(tag).ok()?;
            if !class.is_empty() {
                element.set_class_name(class);
            }
            Some(element)
        };
        let (item, link) = (make("li", "")?, make("a", "row")?);
        let (glyph, main) = (make("span", "glyph")?, make("span", "row-main")?);
        let (title, sub) = (make("span", "row-title")?, make("span", "row-sub")?);
        let end = make("span", "row-end")?;
        glyph.set_attribute("aria-hidden", "true").ok()?;
        for (parent, child) in [
            (&main, &title),
            (&main, &sub),
            (&link, &glyph),
            (&link, &main),
            (&link, &end),
            (&item, &link),
        ] {
            parent.append_child(child).ok()?;
        }
        let link = link.dyn_into().ok()?;
        Some(Self {
            item,
            link,
            glyph,
            title,
            sub,
            end,
            shown: None,
        })
    }

    fn hide(&mut self) {
        if self.shown.take().is_some() || !self.item.has_attribute("hidden") {
            set(&self.item, "hidden", "");
        }
    }

    fn show(&mut self, index: usize, count: usize, face: RowFace) {
        let before = self.shown.take();
        let (at, of, old) = match &before {
            Some((at, of, old)) => (Some(*at), Some(*of), Some(old)),
            None => (None, None, None),
        };
        if before.is_none() {
            let _ = self.item.remove_attribute("hidden");
        }
        if at != Some(index) {
            set(&self.item, "aria-posinset", &(index + 1).to_string());
            if let Some(item) = self.item.dyn_ref::<HtmlElement>() {
                let _ = item.style().set_property("--i", &index.to_string());
            }
        }
        if of != Some(count) {
            set(&self.item, "aria-setsize", &count.to_string());
        }
        let differs = |part: fn(&RowFace) -> &str| old.is_none_or(|old| part(old) != part(&face));
        if differs(|face| &face.href) {
            set(&self.link, "href", &face.href);
        }
        if differs(|face| &face.title) {
            self.title.set_text_content(Some(&face.title));
        }
        if differs(|face| &face.sub) {
            self.sub.set_text_content(Some(&face.sub));
        }
        if differs(|face| &face.glyph) {
            self.glyph.set_text_content(Some(&face.glyph));
        }
        if old.is_none_or(|old| old.hue != face.hue) {
            set(&self.glyph, "data-hue", &face.hue.to_string());
        }
        if old.is_none_or(|old| old.current != face.current) {
            if face.current {
                set(&self.link, "aria-current", "true");
            } else {
                let _ = self.link.remove_attribute("aria-current");
            }
        }
        if old.map_or(face.picked.is_some(), |old| old.picked != face.picked) {
            match face.picked {
                Some(picked) => {
                    set(&self.link, "role", "checkbox");
                    set(&self.link, "aria-checked", &picked.to_string());
                }
                None => {
                    let _ = self.link.remove_attribute("role");
                    let _ = self.link.remove_attribute("aria-checked");
                }
            }
        }
        if old.is_none_or(|old| old.end != face.end) {
            self.draw_end(&face.end);
        }
        self.shown = Some((index, count, face));
    }

    fn draw_end(&self, end: &RowEnd) {
        match end {
            RowEnd::Nothing => self.end.set_text_content(None),
            RowEnd::Text(text) => self.end.set_text_content(Some(text)),
            RowEnd::Badge(tone, word) => {
                self.end.set_text_content(None);
                if let Ok(badge) = document().create_element("span") {
                    badge.set_class_name("badge");
                    set(&badge, "data-tone", tone.key());
                    badge.set_text_content(Some(word));
                    let _ = self.end.append_child(&badge);
                }
            }
        }
    }
}

/// Sets an attribute; that fails only for names that are no names.
fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}
