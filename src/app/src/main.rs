//! Starts the page.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;

fn main() {
    let Some(root) = document().get_element_by_id("app") else { return };
    root.set_inner_html("");
    leptos::mount::mount_to(root.unchecked_into(), || view! { <h1>"同行"</h1> }).forget();
}
