//! Files in, files and texts out.

use js_sys::{Array, Function, Reflect};
use tongxing_app::platform::files::{self, FileError, NotCopied, Shared};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlInputElement};

use super::browser::{Heard, Log, dispatch, replace, script};

/// An input into which a person has put a file of three bytes.
fn input() -> HtmlInputElement {
    script(
        "(() => {
            const input = document.createElement('input');
            input.type = 'file';
            const files = new DataTransfer();
            files.items.add(new File([new Uint8Array([1, 2, 255])], '经销商.csv'));
            input.files = files.files;
            return input;
        })()",
    )
    .unchecked_into()
}

fn picked() -> (HtmlInputElement, files::PickedFile) {
    let (input, heard) = (input(), Heard::new());
    let told = heard.clone();
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        files::picked(&event)
            .into_iter()
            .for_each(|file| told.add(file));
    });
    let function: &Function = listener.as_ref().unchecked_ref();
    input
        .add_event_listener_with_callback("change", function)
        .unwrap();
    dispatch(&input, "change");
    let mut files = heard.all();
    assert_eq!(files.len(), 1);
    (input, files.remove(0))
}

#[wasm_bindgen_test]
async fn a_picked_file_is_read_and_can_be_picked_again() {
    let (input, file) = picked();
    assert_eq!((file.name().as_str(), file.size()), ("经销商.csv", 3));
    assert_eq!(input.files().unwrap().length(), 0);
    assert_eq!(file.read(3).await, Ok(vec![1, 2, 255]));
}

#[wasm_bindgen_test]
async fn a_large_file_is_refused_before_it_is_read() {
    let (_, file) = picked();
    let log = Log::default();
    let _watched = replace(
        "Blob.prototype",
        "arrayBuffer",
        "{ value() { log.push('read'); return original.call(this); } }",
        &log,
    );
    assert_eq!(
        file.read(2).await,
        Err(FileError::TooLarge { size: 3, limit: 2 })
    );
    assert!(log.lines().is_empty());
    assert!(file.read(3).await.is_ok());
    assert_eq!(log.lines(), ["read"]);
}

#[wasm_bindgen_test]
async fn a_file_that_cannot_be_read_says_why() {
    let (_, file) = picked();
    let _gone = replace(
        "Blob.prototype",
        "arrayBuffer",
        "{ value() { return Promise.reject(new DOMException('it is gone', 'NotFoundError')); } }",
        &Log::default(),
    );
    let detail = "it is gone".to_owned();
    assert_eq!(file.read(3).await, Err(FileError::Unreadable { detail }));
}

#[wasm_bindgen_test]
async fn a_saved_file_has_its_name_its_kind_and_its_bytes() {
    let log = Log::default();
    let _watched = replace(
        "HTMLAnchorElement.prototype",
        "click",
        "{ value() {
            log.push(this.download);
            globalThis.savedFile = fetch(this.href).then(async (answer) =>
                [answer.headers.get('content-type'), ...new Uint8Array(await answer.arrayBuffer())]);
        } }",
        &log,
    );
    files::save("评估 2026/03.csv", "text/csv", &[239, 187, 191, 65]).unwrap();
    assert_eq!(log.lines(), ["评估 2026-03.csv"]);
    let saved = JsFuture::from(js_sys::Promise::resolve(&script("savedFile")))
        .await
        .unwrap();
    let saved: Array = saved.unchecked_into();
    assert_eq!(saved.get(0).as_string().as_deref(), Some("text/csv"));
    let bytes: Vec<_> = saved
        .iter()
        .skip(1)
        .filter_map(|byte| byte.as_f64())
        .collect();
    assert_eq!(bytes, [239.0, 187.0, 191.0, 65.0]);
}

#[wasm_bindgen_test]
async fn a_text_is_shared_or_lies_on_the_clipboard() {
    let clipboard =
        "{ value: { writeText(text) { log.push(`copied ${text}`); return Promise.resolve(); } } }";
    let log = Log::default();
    let _clipboard = replace("navigator", "clipboard", clipboard, &log);
    for (share, expected, lines) in [
        (
            "function (data) { log.push(`${data.title}: ${data.text}`); return Promise.resolve(); }",
            Shared::PassedOn,
            vec!["纪要: 正文"],
        ),
        (
            "() => Promise.reject(new DOMException('no', 'AbortError'))",
            Shared::Cancelled,
            vec![],
        ),
        (
            "() => Promise.reject(new DOMException('no', 'NotAllowedError'))",
            Shared::Copied,
            vec!["copied 正文"],
        ),
        ("undefined", Shared::Copied, vec!["copied 正文"]),
    ] {
        let before = log.lines().len();
        let _share = replace("navigator", "share", &format!("{{ value: {share} }}"), &log);
        assert_eq!(files::share("纪要", "正文").await, Ok(expected));
        assert_eq!(log.lines()[before..], lines);
    }
}

#[wasm_bindgen_test]
async fn a_text_that_cannot_be_copied_is_said_to_be_so() {
    let refused = "{ value: { writeText() { return Promise.reject(new Error('not now')); } } }";
    for (clipboard, detail) in [
        (refused, "not now"),
        ("{ value: undefined }", "no clipboard"),
    ] {
        let _clipboard = replace("navigator", "clipboard", clipboard, &Log::default());
        let detail = detail.to_owned();
        assert_eq!(files::copy("text").await, Err(NotCopied { detail }));
    }
    assert!(Reflect::has(&script("navigator"), &"clipboard".into()).unwrap());
}
