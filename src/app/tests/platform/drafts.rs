//! Unsaved typing survives whatever ends the tab.

use tongxing_app::platform::drafts::{ALL_DRAFTS, DraftError, DraftKey, Drafts, LONGEST_DRAFT};
use tongxing_app::platform::idle;
use tongxing_app::platform::local_storage::{LocalError, LocalShelf};
use tongxing_app::platform::random_ids::fresh_id;
use wasm_bindgen_test::wasm_bindgen_test;

use super::browser::{Heard, dispatch, fresh_name, until, window};
use super::settings::no_room;

fn minutes() -> DraftKey {
    DraftKey::Minutes {
        meeting: fresh_id(),
    }
}

fn open(prefix: &str) -> Drafts {
    Drafts::open(LocalShelf::open(prefix), |error| {
        panic!("not kept: {error}")
    })
}

/// What a tab that is opened now would find.
fn found(prefix: &str, key: &DraftKey) -> Option<String> {
    open(prefix).get(key).map(|draft| draft.text)
}

#[wasm_bindgen_test]
async fn typing_is_stored_without_being_asked_even_while_it_goes_on() {
    let prefix = fresh_name();
    let (drafts, key) = (open(&prefix), minutes());
    let mut letters = String::new();
    while found(&prefix, &key).is_none() {
        letters.push('字');
        drafts.keep(key.clone(), &letters);
        idle::pause(20).await;
    }
    until(|| found(&prefix, &key).as_ref() == Some(&letters)).await;
}

#[wasm_bindgen_test]
fn typing_is_stored_at_once_when_the_tab_is_hidden_or_closed() {
    let prefix = fresh_name();
    let (drafts, key) = (open(&prefix), minutes());
    let document = window().document().unwrap();
    for (target, event, text) in [
        (document.as_ref(), "visibilitychange", "hidden"),
        (
            window().as_ref() as &web_sys::EventTarget,
            "pagehide",
            "closed",
        ),
    ] {
        drafts.keep(key.clone(), text);
        assert_ne!(found(&prefix, &key).as_deref(), Some(text));
        dispatch(target, event);
        assert_eq!(found(&prefix, &key).as_deref(), Some(text));
    }
    drafts.keep(key.clone(), "dropped");
    drop(drafts);
    assert_eq!(found(&prefix, &key).as_deref(), Some("dropped"));
}

#[wasm_bindgen_test]
fn what_was_saved_or_thrown_away_does_not_come_back() {
    let prefix = fresh_name();
    let (drafts, stored, waiting) = (open(&prefix), minutes(), minutes());
    drafts.keep(stored.clone(), "stored");
    drafts.store();
    drafts.keep(waiting.clone(), "waiting");
    assert_eq!(drafts.take(&waiting).unwrap().text, "waiting");
    drafts.clear(&stored);
    drafts.store();
    assert_eq!((drafts.list(), open(&prefix).list()), (vec![], vec![]));
}

#[wasm_bindgen_test]
async fn drafts_are_listed_the_latest_first_and_only_drafts() {
    let prefix = fresh_name();
    LocalShelf::open(&prefix)
        .set("settings", "not a draft")
        .unwrap();
    let drafts = open(&prefix);
    let forms: Vec<_> = [(None, Some(fresh_id())), (Some(fresh_id()), None)]
        .map(|(id, parent)| DraftKey::Form {
            table: "contact".to_owned(),
            id,
            parent,
        })
        .into();
    let (first, last) = (minutes(), minutes());
    drafts.keep(first.clone(), "1");
    for (place, key) in forms.iter().enumerate() {
        idle::pause(2).await;
        drafts.keep(key.clone(), (place + 2).to_string());
    }
    drafts.store();
    idle::pause(2).await;
    drafts.keep(last, "4");
    let texts: Vec<_> = drafts.list().into_iter().map(|draft| draft.text).collect();
    assert_eq!(texts, ["4", "3", "2", "1"]);
    idle::pause(2).await;
    drafts.keep(first, "5");
    assert_eq!(drafts.list()[0].text, "5");
    assert_eq!(drafts.list().len(), 4);
}

#[wasm_bindgen_test]
fn keys_read_back_and_nothing_else_is_a_key() {
    let id = fresh_id();
    let form = |id, parent| DraftKey::Form {
        table: "dealer".to_owned(),
        id,
        parent,
    };
    for key in [
        form(None, None),
        form(Some(id), None),
        form(None, Some(id)),
        form(Some(id), Some(id)),
        DraftKey::Minutes { meeting: id },
    ] {
        assert_eq!(key.to_string().parse(), Ok(key));
    }
    for text in [
        "",
        "form",
        "form::new:",
        "form:dealer:old:",
        "minutes:",
        "settings",
        "form:a:new::",
    ] {
        assert!(text.parse::<DraftKey>().is_err(), "{text}");
    }
}

#[wasm_bindgen_test]
fn without_room_typing_is_held_told_of_once_and_stored_later() {
    let prefix = fresh_name();
    let heard = Heard::new();
    let drafts = Drafts::open(LocalShelf::open(&prefix), heard.ear());
    let key = minutes();
    let full = no_room();
    for text in ["a", "ab"] {
        drafts.keep(key.clone(), text);
        drafts.store();
    }
    assert_eq!(heard.all(), [DraftError::NotKept(LocalError::Full)]);
    assert_eq!(drafts.get(&key).unwrap().text, "ab");
    assert_eq!(found(&prefix, &key), None);
    drop(full);
    drafts.store();
    assert_eq!(found(&prefix, &key).as_deref(), Some("ab"));

    let _full = no_room();
    drafts.keep(key, "abc");
    drafts.store();
    assert_eq!(heard.all().len(), 2);
}

#[wasm_bindgen_test]
fn drafts_are_bounded_one_by_one_and_together() {
    let prefix = fresh_name();
    let heard = Heard::new();
    let drafts = Drafts::open(LocalShelf::open(&prefix), heard.ear());
    let long = "x".repeat(LONGEST_DRAFT);
    let too_long = minutes();
    drafts.keep(too_long.clone(), format!("{long}x"));
    drafts.store();
    assert_eq!(heard.all(), [DraftError::TooLong]);
    assert_eq!(
        drafts.take(&too_long).unwrap().text.len(),
        LONGEST_DRAFT + 1
    );

    let keys: Vec<_> = (0..ALL_DRAFTS / LONGEST_DRAFT).map(|_| minutes()).collect();
    for key in &keys {
        drafts.keep(key.clone(), &long);
        drafts.store();
    }
    assert_eq!(heard.all(), [DraftError::TooLong]);
    let one_more = minutes();
    drafts.keep(one_more.clone(), "x");
    drafts.store();
    assert_eq!(heard.all(), [DraftError::TooLong, DraftError::TooMany]);
    drafts.clear(&keys[0]);
    drafts.store();
    assert_eq!(found(&prefix, &one_more).as_deref(), Some("x"));
    for key in keys {
        drafts.clear(&key);
    }
}

#[wasm_bindgen_test]
fn drafts_are_stored_as_earlier_versions_stored_them() {
    let prefix = fresh_name();
    let key = minutes();
    let raw = window().local_storage().unwrap().unwrap();
    let name = format!("{prefix}{key}");
    raw.set_item(&name, r#"{"text":"半\n句","typed_ms":1700000000000}"#)
        .unwrap();
    let draft = open(&prefix).get(&key).unwrap();
    assert_eq!(
        (draft.text.as_str(), draft.typed_ms),
        ("半\n句", 1_700_000_000_000)
    );
    let drafts = open(&prefix);
    drafts.keep(key, "整句\"");
    drafts.store();
    let stored = raw.get_item(&name).unwrap().unwrap();
    assert!(
        stored.starts_with(r#"{"text":"整句\"","typed_ms":1"#),
        "{stored}"
    );
}

#[wasm_bindgen_test]
fn a_damaged_draft_is_shown_as_it_was_found() {
    let prefix = fresh_name();
    let key = minutes();
    let raw = window().local_storage().unwrap().unwrap();
    raw.set_item(&format!("{prefix}{key}"), "{\"text\":\"半句")
        .unwrap();
    let draft = open(&prefix).get(&key).unwrap();
    assert_eq!(
        (draft.text.as_str(), draft.typed_ms),
        ("{\"text\":\"半句", 0)
    );
}
