//! One suite, run over every store.

#![expect(
    clippy::unwrap_used,
    reason = "what cannot be unwrapped fails the test"
)]

#[path = "../database/mod.rs"]
mod database;
mod given;
mod suite;

use std::sync::Arc;

use tempfile::TempDir;
use tongxing_server::pokes::Change;
use tongxing_server::store::{PostgresStore, SqliteStore, Store};

/// Runs each check over both stores, each time over a new one.
macro_rules! over_every_store {
    ($($area:ident: $($check:ident)*;)*) => {
        mod sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    let (store, _folder) = super::sqlite_store().await;
                    crate::suite::$area::$check(store.clone()).await;
                    store.close().await;
                }
            )*)*
        }
        mod postgres {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    let store = super::postgres_store(&crate::database::new_database().await).await;
                    crate::suite::$area::$check(store.clone()).await;
                    store.close().await;
                }
            )*)*
        }
    };
}

over_every_store! {
    rows:
        new_rows_are_stored_and_read_back
        a_matching_base_replaces_the_row
        a_stale_base_is_answered_with_the_present_envelope
        a_replayed_push_has_the_same_answer
        a_row_may_occur_twice_in_a_push
        another_epoch_stores_nothing_and_begins_anew
        pages_are_bounded_by_bytes_and_by_rows
        stale_answers_are_bounded_by_bytes
        buckets_restrict_the_page
        a_cursor_beyond_the_head_is_one_at_the_head
        the_digest_is_over_every_row
        space_for_rows_is_limited
        teams_do_not_see_each_other
        pushers_on_one_row_take_turns
        no_row_is_skipped_while_others_push
        listeners_hear_of_what_is_committed;
    members:
        founding_twice_is_founding_once
        a_team_s_id_is_taken_once
        an_invite_lets_one_device_in_once
        invites_end
        guessed_and_foreign_invites_open_nothing
        racing_for_an_invite_has_one_winner
        owners_make_and_cancel_invites
        tokens_are_of_one_team
        roles_are_enforced
        revocation_counts_from_the_next_request
        a_team_keeps_an_owner
        the_last_member_may_leave;
    blobs:
        parts_make_a_blob
        parts_may_be_sent_again_and_out_of_order
        another_device_takes_over
        parts_and_blobs_are_limited
        blobs_under_way_are_seen_by_their_sender_alone
        abandoned_blobs_make_room
        deleting_frees_space;
    crashes:
        a_failure_between_any_two_statements_leaves_no_trace
        a_request_that_is_given_up_happens_whole_or_not_at_all;
    transfers:
        a_backup_holds_every_team_as_it_is
        a_restored_store_has_new_epochs
        a_backup_can_be_made_while_others_push;
}

async fn sqlite_store() -> (Arc<dyn Store>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("teams.db")).await;
    (Arc::new(store.unwrap()), folder)
}

async fn postgres_store(address: &str) -> Arc<dyn Store> {
    Arc::new(PostgresStore::connect(address).await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_on_one_database_hear_each_other() {
    let address = database::new_database().await;
    let (ours, theirs) = (
        postgres_store(&address).await,
        postgres_store(&address).await,
    );
    let team = given::Given::team(ours.clone(), 1).await;
    let mut heard = theirs.pokes().listen(team.owner.team);
    team.push(&[given::row(1, 0, b"one")]).await;
    let now = team.now().await;
    assert_eq!(heard.next().await, Change::Head(now.poke()));
    assert_eq!((now.head.get(), theirs.pokes().listeners()), (1, 1));
    ours.close().await;
    theirs.close().await;
}

#[tokio::test]
async fn a_reopened_file_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new/folder/teams.db");
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&file).await.unwrap());
    let team = given::Given::team(store.clone(), 1).await;
    team.push(&[given::row(1, 0, b"one"), given::row(2, 0, b"two")])
        .await;
    let before = (team.now().await, team.pull(0).await);
    store.close().await;
    let team = team.over(Arc::new(SqliteStore::open(&file).await.unwrap()));
    assert_eq!((team.now().await, team.pull(0).await), before);
}

#[tokio::test]
async fn what_is_no_database_is_refused_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "not a database. ".repeat(100)).unwrap();
    assert!(SqliteStore::open(&file).await.is_err());
    let below = SqliteStore::open(&file.join("teams.db")).await.unwrap_err();
    assert!(below.to_string().contains("--database"), "{below}");

    let secret = "postgres://me:verysecret@127.0.0.1:1/none";
    let away = PostgresStore::connect(secret)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        away.contains("--database") && !away.contains("verysecret"),
        "{away}"
    );
    let wrong = PostgresStore::connect("postgres://me:verysecret@[").await;
    let wrong = wrong.unwrap_err().to_string();
    assert!(
        wrong.contains("postgres://") && !wrong.contains("verysecret"),
        "{wrong}"
    );
}
