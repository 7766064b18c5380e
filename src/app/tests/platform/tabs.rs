//! Tabs that tell each other what they stored, and elect one for the upkeep.

use tongxing_app::platform::idle;
use tongxing_app::platform::tabs::{Channel, Election};
use tongxing_sync::storage::{Batch, KeyRange, Shelf};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::BroadcastChannel;

use super::browser::{Heard, Log, fresh_name, replace, until};

#[wasm_bindgen_test]
async fn the_other_tab_hears_what_it_has_not_read() {
    let name = fresh_name();
    let (here, there) = (Channel::open(&name), Channel::open(&name));
    let (echo, heard) = (Heard::new(), Heard::new());
    here.listen(echo.ear());
    there.listen(heard.ear());

    let mut folding = Batch::new();
    folding.put(Shelf::Segments, b"s", b"rows");
    folding.delete_range(Shelf::Journal, KeyRange::prefix(b"j"));
    here.announce(&folding);
    let mut silent = Batch::new();
    silent.put(Shelf::Meta, b"m", b"");
    here.announce(&silent);
    let mut commit = Batch::new();
    commit.put(Shelf::Journal, [0, 255], b"delta");
    commit.put(Shelf::Outbox, b"o", b"");
    commit.put(Shelf::Segments, b"s", b"rows");
    commit.put(Shelf::Blobs, b"photo", b"bytes");
    here.announce(&commit);

    until(|| !heard.all().is_empty()).await;
    let expected = vec![
        (Shelf::Journal, KeyRange::one([0, 255])),
        (Shelf::Segments, KeyRange::one(b"s")),
        (Shelf::Blobs, KeyRange::one(b"photo")),
    ];
    assert_eq!(heard.all(), [expected]);
    assert!(echo.all().is_empty());
}

#[wasm_bindgen_test]
async fn the_other_tab_hears_what_is_told() {
    let name = fresh_name();
    let (here, there) = (Channel::open(&name), Channel::open(&name));
    let (echo, heard, news) = (Heard::new(), Heard::new(), Heard::new());
    here.hear(echo.ear());
    there.hear(heard.ear());
    there.listen(news.ear());
    let mut commit = Batch::new();
    commit.put(Shelf::Journal, b"j", b"delta");
    here.announce(&commit);
    here.tell("sync 1 2");
    until(|| !heard.all().is_empty()).await;
    assert_eq!(heard.all(), ["sync 1 2"]);
    assert_eq!(news.all().len(), 1);
    assert!(echo.all().is_empty());
}

#[wasm_bindgen_test]
async fn messages_of_another_version_are_not_understood_and_do_no_harm() {
    let name = fresh_name();
    let there = Channel::open(&name);
    let heard = Heard::new();
    there.listen(heard.ear());
    let raw = BroadcastChannel::new(&name).unwrap();
    for message in [
        "7",
        "'text'",
        "[7]",
        "[['journal', 'key']]",
        "[['shed', new Uint8Array(1)]]",
    ] {
        raw.post_message(&super::browser::script(message)).unwrap();
    }
    raw.post_message(&super::browser::script(
        "[['journal', new Uint8Array([9])]]",
    ))
    .unwrap();
    until(|| !heard.all().is_empty()).await;
    assert_eq!(heard.all(), [vec![(Shelf::Journal, KeyRange::one([9]))]]);
}

#[wasm_bindgen_test]
async fn one_tab_is_elected_and_the_next_when_it_leaves() {
    let name = fresh_name();
    let heard = Heard::new();
    let stand = |who: &'static str| {
        let heard = heard.clone();
        Election::stand(&name, move || heard.add(who))
    };
    let first = stand("first");
    until(|| heard.all() == ["first"]).await;
    let second = stand("second");
    let third = stand("third");
    // Long enough for a second to be elected wrongly: locks are given in the order of the requests.
    let other = Heard::new();
    let told = other.clone();
    let _elsewhere = Election::stand(&fresh_name(), move || told.add(()));
    until(|| !other.all().is_empty()).await;
    assert_eq!(heard.all(), ["first"]);

    drop(second);
    drop(first);
    until(|| heard.all().len() == 2).await;
    assert_eq!(heard.all(), ["first", "third"]);
    drop(third);
    idle::breathe().await;
    assert_eq!(heard.all(), ["first", "third"]);
}

#[wasm_bindgen_test]
fn a_browser_without_locks_elects_every_tab() {
    let _without = replace(
        "navigator",
        "locks",
        "{ value: undefined }",
        &Log::default(),
    );
    let heard = Heard::new();
    let told = heard.clone();
    let _elected = Election::stand(&fresh_name(), move || told.add(()));
    assert_eq!(heard.all(), [()]);
}
