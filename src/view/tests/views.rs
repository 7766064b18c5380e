//! Views in a real browser: what stands, what stays, what goes.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    reason = "tests may unwrap, and the lint does not know browser tests for tests"
)]

use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::task::tick;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tongxing_view::Built;
use tongxing_view::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

/// A place on the page that is taken away with the test.
struct Stage {
    host: Element,
    _mounted: UnmountHandle<Built>,
}

impl Stage {
    fn new(draw: impl FnOnce() -> View + 'static) -> Self {
        let host = document().create_element("section").unwrap();
        document().body().unwrap().append_child(&host).unwrap();
        let mounted = mount_to_renderer(&host, draw);
        Self {
            host,
            _mounted: mounted,
        }
    }

    fn html(&self) -> String {
        self.host.inner_html()
    }

    fn find(&self, selector: &str) -> HtmlElement {
        let found = self.host.query_selector(selector).unwrap().unwrap();
        found.unchecked_into()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.host.remove();
    }
}

#[wasm_bindgen_test]
async fn markup_stands_as_it_is_written() {
    let stage = Stage::new(|| {
        let words = vec!["a", "b"];
        view! {
            <p class="help" data-count=2 hidden=false>"One " {3} {Some("!")} {None::<String>}</p>
            <ul>{words.into_iter().map(|word| view! { <li>{word}</li> }).collect_view()}</ul>
        }
    });
    assert_eq!(
        stage.html(),
        "<p class=\"help\" data-count=\"2\">One 3!</p><ul><li>a</li><li>b</li></ul>"
    );
}

#[wasm_bindgen_test]
async fn a_change_writes_what_differs_and_leaves_the_rest() {
    let count = RwSignal::new(1);
    let stage = Stage::new(move || {
        (move || {
            let now = count.get();
            view! {
                <label data-now=now.to_string()>
                    <input type="text"/>
                    {format!("{now} times")}
                    {(now > 1).then(|| view! { <b>"more"</b> })}
                </label>
            }
        })
        .into_view()
    });
    let input: HtmlInputElement = stage.find("input").unchecked_into();
    input.set_value("half a wo");
    input.focus().unwrap();
    count.set(2);
    tick().await;
    assert_eq!(stage.find("label").get_attribute("data-now").unwrap(), "2");
    assert!(stage.html().contains("2 times<b>more</b>"));
    let still: HtmlInputElement = stage.find("input").unchecked_into();
    assert_eq!(still.value(), "half a wo");
    assert!(document().active_element().unwrap() == **still);
    count.set(1);
    tick().await;
    assert!(!stage.html().contains("more"));
}

#[wasm_bindgen_test]
async fn another_element_takes_the_place_of_one_with_its_neighbours_left_alone() {
    let link = RwSignal::new(false);
    let stage = Stage::new(move || {
        view! {
            <i>"before"</i>
            {move || if link.get() {
                view! { <a href="#x">"x"</a> }
            } else {
                view! { <span>"x"</span> }
            }}
            <i>"after"</i>
        }
    });
    assert_eq!(stage.html(), "<i>before</i><span>x</span><i>after</i>");
    link.set(true);
    tick().await;
    assert_eq!(
        stage.html(),
        "<i>before</i><a href=\"#x\">x</a><i>after</i>"
    );
}

#[wasm_bindgen_test]
async fn settings_follow_signals_and_markup_of_the_same_shape_takes_over() {
    let on = RwSignal::new(true);
    let other = RwSignal::new(false);
    let stage =
        Stage::new(move || {
            (move || if other.get() {
            view! { <button class="second" title="t" disabled=move || on.get()>"b"</button> }
        } else {
            view! { <button class="first" disabled=move || on.get()>"a"</button> }
        })
        .into_view()
        });
    assert_eq!(
        stage.html(),
        "<button class=\"first\" disabled=\"\">a</button>"
    );
    on.set(false);
    tick().await;
    assert_eq!(stage.html(), "<button class=\"first\">a</button>");
    other.set(true);
    tick().await;
    assert_eq!(
        stage.html(),
        "<button class=\"second\" title=\"t\">b</button>"
    );
    other.set(false);
    tick().await;
    assert_eq!(stage.html(), "<button class=\"first\">a</button>");
}

#[wasm_bindgen_test]
async fn a_listener_answers_as_the_last_drawing_says() {
    let round = RwSignal::new(1);
    let heard = Rc::new(RefCell::new(Vec::new()));
    let hearing = Rc::clone(&heard);
    let stage = Stage::new(move || {
        (move || {
            let (now, hearing) = (round.get(), Rc::clone(&hearing));
            view! { <button on:click=move |_| hearing.borrow_mut().push(now)>"press"</button> }
        })
        .into_view()
    });
    stage.find("button").click();
    round.set(2);
    tick().await;
    stage.find("button").click();
    assert_eq!(*heard.borrow(), [1, 2]);
}

#[wasm_bindgen_test]
async fn a_listener_may_draw_its_own_element_away() {
    let shown = RwSignal::new(true);
    let stage = Stage::new(move || {
        (move || {
            shown.get().then(|| {
                view! { <button on:click=move |_| shown.set(false)>"away"</button> }
            })
        })
        .into_view()
    });
    stage.find("button").click();
    tick().await;
    assert_eq!(stage.html(), "");
}

#[wasm_bindgen_test]
async fn entries_of_a_list_keep_their_elements_by_key() {
    let keys = RwSignal::new(vec!["a", "b", "c"]);
    let drawn = Rc::new(Cell::new(0));
    let counting = Rc::clone(&drawn);
    let stage = Stage::new(move || {
        view! {
            <ol>
                <For each=move || keys.get() key=|key| *key let:key>
                    {
                        counting.set(counting.get() + 1);
                        view! { <li><input name=key/></li> }
                    }
                </For>
            </ol>
        }
    });
    let typed: HtmlInputElement = stage.find("[name=b]").unchecked_into();
    typed.set_value("typed");
    typed.focus().unwrap();
    keys.set(vec!["d", "b", "a"]);
    tick().await;
    let names: Vec<_> = (0..3)
        .map(|place| {
            let item = stage.find("ol").children().item(place).unwrap();
            item.first_element_child()
                .unwrap()
                .get_attribute("name")
                .unwrap()
        })
        .collect();
    assert_eq!(names, ["d", "b", "a"]);
    assert_eq!(drawn.get(), 4, "only the new entry is drawn");
    let still: HtmlInputElement = stage.find("[name=b]").unchecked_into();
    assert_eq!(still.value(), "typed");
    assert!(document().active_element().unwrap() == **still);
}

/// One signal draws a page anew and is read inside of it too: what stood there before must not read what
/// went with it.
#[wasm_bindgen_test]
async fn what_is_drawn_away_reads_nothing_any_more() {
    let page = RwSignal::new(0);
    let stage = Stage::new(move || {
        (move || {
            let number = page.get();
            let own = Memo::new(move |_| page.get() + number);
            let inner = (move || {
                view! { <b data-own=move || own.get().to_string()>{move || own.get().to_string()}</b> }
            })
            .into_view();
            if number % 2 == 0 {
                view! { <div>{inner}</div> }
            } else {
                view! { <p>{inner}</p> }
            }
        })
        .into_view()
    });
    for round in 1..5 {
        page.set(round);
        tick().await;
        let twice = (2 * round).to_string();
        assert!(
            stage
                .html()
                .contains(&format!("<b data-own=\"{twice}\">{twice}</b>"))
        );
    }
}

#[wasm_bindgen_test]
async fn a_signal_outlives_its_page_without_harm_where_asked() {
    let kept: Rc<Cell<Option<RwSignal<String>>>> = Rc::default();
    let keeping = Rc::clone(&kept);
    let shown = RwSignal::new(true);
    let _stage = Stage::new(move || {
        (move || {
            shown.get().then(|| {
                let signal = RwSignal::new("here".to_owned());
                keeping.set(Some(signal));
                view! { <p>{move || signal.get()}</p> }
            })
        })
        .into_view()
    });
    let signal = kept.get().unwrap();
    assert_eq!(signal.try_get_untracked().as_deref(), Some("here"));
    assert_eq!(signal.try_set("there".to_owned()), None);
    shown.set(false);
    tick().await;
    assert_eq!(signal.try_get_untracked(), None);
    assert_eq!(signal.try_set("late".to_owned()).as_deref(), Some("late"));
}

#[wasm_bindgen_test]
async fn a_memo_tells_only_of_another_value() {
    let number = RwSignal::new(1);
    let runs = Rc::new(Cell::new(0));
    let counting = Rc::clone(&runs);
    let stage = Stage::new(move || {
        let even = Memo::new(move |_| number.get() % 2 == 0);
        (move || {
            counting.set(counting.get() + 1);
            even.get().to_string()
        })
        .into_view()
    });
    number.set(3);
    tick().await;
    assert_eq!((runs.get(), stage.html()), (1, "false".to_owned()));
    number.maybe_update(|number| {
        *number = 4;
        false
    });
    tick().await;
    assert_eq!(runs.get(), 1);
    number.update(|number| *number += 2);
    tick().await;
    assert_eq!((runs.get(), stage.html()), (2, "true".to_owned()));
}

#[wasm_bindgen_test]
async fn what_is_drawn_later_is_drawn_once_it_is_asked_for_and_stays_drawn() {
    let word = RwSignal::new("first");
    let drawings = Rc::new(Cell::new(0));
    let counting = Rc::clone(&drawings);
    let stage = Stage::new(move || {
        (move || {
            let (word, counting) = (word.get(), Rc::clone(&counting));
            let later = Later::new(move || {
                counting.set(counting.get() + 1);
                let own = RwSignal::new(word);
                view! { <i>{move || own.get()}</i> }
            });
            let asked = later.clone();
            view! {
                <button on:click=move |_| asked.draw()>"ask"</button>
                {later}
                <b>"after"</b>
            }
        })
        .into_view()
    });
    word.set("second");
    tick().await;
    assert_eq!(
        (drawings.get(), stage.html().as_str()),
        (0, "<button>ask</button><b>after</b>")
    );
    // It stands as soon as the click was answered, and is drawn once.
    stage.find("button").click();
    let drawn = "<button>ask</button><i>second</i><b>after</b>";
    assert_eq!((drawings.get(), stage.html().as_str()), (1, drawn));
    let stands = stage.find("i");
    stage.find("button").click();
    assert_eq!((drawings.get(), stage.html().as_str()), (1, drawn));
    // A later drawing keeps it drawn, in the same element.
    word.set("third");
    tick().await;
    assert_eq!(
        (drawings.get(), stage.html().as_str()),
        (2, "<button>ask</button><i>third</i><b>after</b>")
    );
    assert!(stage.find("i").is_same_node(Some(&stands)));
}
