//! Settings that outlive the page, whatever happened to them.

use tongxing_app::platform::local_storage::{LocalError, LocalShelf};
use tongxing_app::platform::settings::{SettingsError, SettingsKeeper, Theme};
use wasm_bindgen_test::wasm_bindgen_test;

use super::browser::{Log, Replaced, fresh_name, replace, window};

fn raw() -> web_sys::Storage {
    window().local_storage().unwrap().unwrap()
}

fn keeper(prefix: &str) -> SettingsKeeper {
    let (keeper, trouble) = SettingsKeeper::open(LocalShelf::open(prefix));
    assert_eq!(trouble, None);
    keeper
}

pub(crate) fn no_room() -> Replaced {
    replace(
        "Storage.prototype",
        "setItem",
        "{ value() { throw new DOMException('full', 'QuotaExceededError'); } }",
        &Log::default(),
    )
}

#[wasm_bindgen_test]
fn settings_are_found_again_and_shared_by_tabs() {
    let prefix = fresh_name();
    let (here, there) = (keeper(&prefix), keeper(&prefix));
    here.update(|settings| settings.member = "李梅".to_owned())
        .unwrap();
    there
        .update(|settings| settings.theme = Theme::Dark)
        .unwrap();
    for settings in [here.get(), there.get(), keeper(&prefix).get()] {
        assert_eq!(
            (settings.member.as_str(), settings.theme),
            ("李梅", Theme::Dark)
        );
    }
}

#[wasm_bindgen_test]
fn a_damaged_field_costs_only_itself() {
    let prefix = fresh_name();
    let text =
        r#"{"lang":"en","theme":"purple","last_backup_ms":-1,"welcome_done":true,"member":7}"#;
    raw().set_item(&format!("{prefix}settings"), text).unwrap();
    let settings = keeper(&prefix).get();
    assert_eq!(settings.lang.as_deref(), Some("en"));
    assert!(settings.welcome_done);
    assert_eq!(
        (settings.theme, settings.last_backup_ms),
        (Theme::System, None)
    );
    assert_eq!(settings.member, "");
}

#[wasm_bindgen_test]
fn every_setting_is_stored_in_its_own_words() {
    let prefix = fresh_name();
    let key = format!("{prefix}settings");
    let text = concat!(
        r#"{"lang":"en","theme":"dark","member":"李梅","last_place":"/dealers","#,
        r#""recent_dealers":["a","b"],"last_backup_ms":1700000000000,"#,
        r#""backup_key":"0a","welcome_done":true,"#,
        r#""install_hint_done":true,"shared_screen":true,"reminders":true,"#,
        r#""__proto__":{"later":[1,null]}}"#
    );
    raw().set_item(&key, text).unwrap();
    keeper(&prefix).update(|_| {}).unwrap();
    assert_eq!(raw().get_item(&key).unwrap().as_deref(), Some(text));

    raw().set_item(&key, "{}").unwrap();
    keeper(&prefix).update(|_| {}).unwrap();
    let defaults = concat!(
        r#"{"lang":null,"theme":"system","member":"","last_place":"","recent_dealers":[],"#,
        r#""last_backup_ms":null,"backup_key":null,"welcome_done":false,"install_hint_done":false,"#,
        r#""shared_screen":false,"reminders":false}"#
    );
    assert_eq!(raw().get_item(&key).unwrap().as_deref(), Some(defaults));
}

#[wasm_bindgen_test]
fn what_cannot_be_read_at_all_is_put_aside_and_said() {
    for text in ["", "{\"lang\":", "[1]", "null", "\"text\""] {
        let prefix = fresh_name();
        raw().set_item(&format!("{prefix}settings"), text).unwrap();
        let (keeper, trouble) = SettingsKeeper::open(LocalShelf::open(&prefix));
        assert_eq!(trouble, Some(SettingsError::Reset), "{text}");
        assert_eq!(keeper.get().theme, Theme::System);
        let aside = LocalShelf::open(&prefix).get::<String>("settings.damaged");
        assert_eq!(aside, Ok(Some(text.to_owned())));
        keeper
            .update(|settings| settings.welcome_done = true)
            .unwrap();
        assert!(self::keeper(&prefix).get().welcome_done);
    }
}

#[wasm_bindgen_test]
fn a_newer_versions_settings_are_kept() {
    let prefix = fresh_name();
    let key = format!("{prefix}settings");
    raw()
        .set_item(&key, r#"{"font":{"size":18},"lang":"en"}"#)
        .unwrap();
    keeper(&prefix)
        .update(|settings| settings.lang = None)
        .unwrap();
    let stored = raw().get_item(&key).unwrap().unwrap();
    assert!(stored.contains(r#""font":{"size":18}"#), "{stored}");
}

#[wasm_bindgen_test]
fn without_room_a_change_holds_for_the_page_and_is_said_once() {
    let prefix = fresh_name();
    let keeper = keeper(&prefix);
    let full = no_room();
    let first = keeper.update(|settings| settings.theme = Theme::Dark);
    assert_eq!(first, Err(SettingsError::NotKept(LocalError::Full)));
    let second = keeper
        .update(|settings| settings.member = "李梅".to_owned())
        .unwrap();
    assert_eq!(
        (second.theme, second.member.as_str()),
        (Theme::Dark, "李梅")
    );
    assert_eq!(keeper.get(), second);
    drop(full);
    keeper.update(|_| {}).unwrap();
    assert_eq!(self::keeper(&prefix).get(), second);
}

#[wasm_bindgen_test]
fn where_nothing_may_be_stored_settings_hold_for_the_page() {
    let prefix = fresh_name();
    let denied = replace(
        "globalThis",
        "localStorage",
        "{ get() { throw new DOMException('no', 'SecurityError'); } }",
        &Log::default(),
    );
    let (keeper, trouble) = SettingsKeeper::open(LocalShelf::open(&prefix));
    assert_eq!(trouble, Some(SettingsError::NotKept(LocalError::Denied)));
    keeper
        .update(|settings| settings.theme = Theme::Light)
        .unwrap();
    assert_eq!(keeper.get().theme, Theme::Light);
    drop(denied);
    assert_eq!(LocalShelf::open(&prefix).names(), Vec::<String>::new());
}

#[wasm_bindgen_test]
fn storage_withdrawn_in_the_middle_is_an_error_and_no_panic() {
    let shelf = LocalShelf::open(&fresh_name());
    shelf.set("kept", &1).unwrap();
    let denied = replace(
        "globalThis",
        "localStorage",
        "{ get() { throw new DOMException('no', 'SecurityError'); } }",
        &Log::default(),
    );
    assert_eq!(shelf.set("lost", &2), Err(LocalError::Denied));
    assert_eq!(shelf.get::<u64>("kept"), Err(LocalError::Denied));
    assert_eq!(shelf.names(), Vec::<String>::new());
    shelf.remove("kept");
    drop(denied);
    assert_eq!(shelf.get("kept"), Ok(Some(1)));
    assert_eq!(shelf.names(), ["kept"]);
}
