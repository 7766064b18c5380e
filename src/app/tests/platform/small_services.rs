//! Services of a few lines: network, room on the disk, decoding, the installation's name.

use tongxing_app::platform::network::{online, watch_network};
use tongxing_app::platform::persistence::{Persistence, is_kept, room};
use tongxing_app::platform::{site, text_decoder};
use wasm_bindgen_test::wasm_bindgen_test;

use super::browser::{Heard, Log, dispatch, replace, script, window};

#[wasm_bindgen_test]
fn the_network_is_told_of_as_it_goes_and_comes() {
    let heard = Heard::new();
    let watch = watch_network(heard.ear());
    let offline = replace("navigator", "onLine", "{ value: false }", &Log::default());
    assert!(!online());
    dispatch(&window(), "offline");
    drop(offline);
    dispatch(&window(), "online");
    assert_eq!(heard.all(), [false, true]);
    drop(watch);
    dispatch(&window(), "offline");
    assert_eq!(heard.all().len(), 2);
}

#[wasm_bindgen_test]
async fn the_room_on_the_disk_is_known_where_the_browser_tells() {
    let room_here = room().await.unwrap();
    assert!(room_here.used < room_here.quota);
    assert!(room_here.share() < 1.0);
    let answer = |kept: &str| format!("{{ value: {{ persisted: async () => {kept} }} }}");
    for (said, expected) in [
        (answer("true"), Persistence::Kept),
        (answer("false"), Persistence::AtRisk),
        (answer("{ throw 1; }"), Persistence::Unknown),
        ("{ value: undefined }".to_owned(), Persistence::Unknown),
    ] {
        let _replaced = replace("navigator", "storage", &said, &Log::default());
        assert_eq!(is_kept().await, expected, "{said}");
    }
    let _without = replace(
        "navigator",
        "storage",
        "{ value: undefined }",
        &Log::default(),
    );
    assert_eq!(room().await, None);
}

#[wasm_bindgen_test]
fn gb18030_is_decoded_strictly() {
    let decoded = text_decoder::gb18030(b"\xbe\xad\xcf\xfa\xc9\xcc,\x95\x32\x82\x36");
    assert_eq!(decoded.as_deref(), Some("经销商,𠀀"));
    assert_eq!(text_decoder::gb18030(b"a\xff"), None);
    assert_eq!(text_decoder::gb18030(b"\xbe"), None);
}

#[wasm_bindgen_test]
fn installations_on_one_origin_have_names_of_their_own() {
    let named = |base: &str| {
        script(&format!(
            "(() => {{
                const base = document.createElement('base');
                base.href = '{base}';
                document.head.prepend(base);
            }})()"
        ));
        let name = site::name();
        script("document.querySelector('base').remove()");
        name
    };
    assert_eq!(named("/"), "tongxing:/");
    assert_eq!(named("/field/app/"), "tongxing:/field/app/");
    assert_eq!(named("/field/app/index.html"), "tongxing:/field/app/");
}
