//! Who is in a team, and how one gets in.

use std::sync::Arc;

use tongxing_server::refused::Failure;
use tongxing_server::store::{InviteId, Role, Store};
use tongxing_server::team::{ask, invites, members, rows};
use tongxing_sync::wire::{Code, Epoch, KeyCheck};

use crate::given::{Given, NOW, QUOTA, code, credential, newcomer, row};

const HOUR: u64 = 3_600_000;

pub(crate) async fn founding_twice_is_founding_once(store: Arc<dyn Store>) {
    let team = Given::team(store.clone(), 1).await;
    let founder = newcomer(1, 1);
    let again = members::found(
        &*store,
        &founder,
        KeyCheck([7; 16]),
        Epoch([3; 16]),
        NOW + 5,
    )
    .await
    .unwrap();
    assert_eq!((again.epoch, again.role), (team.epoch, Role::Owner));
    assert_eq!(
        (again.member, again.key_check),
        (team.owner.member, KeyCheck([7; 16]))
    );
    let list = members::list(&*store, &team.owner).await.unwrap();
    assert_eq!(
        (list.len(), list[0].joined_ms, &list[0].name),
        (1, NOW, &vec![1; 40])
    );
}

pub(crate) async fn a_team_s_id_is_taken_once(store: Arc<dyn Store>) {
    let team = Given::team(store.clone(), 1).await;
    team.admit(2, Role::Member).await;
    let found = async |secret, key_check| {
        let founder = newcomer(1, secret);
        members::found(&*store, &founder, key_check, Epoch([3; 16]), NOW).await
    };
    assert_eq!(code(found(9, KeyCheck([7; 16])).await), Code::Conflict);
    assert_eq!(
        code(found(2, KeyCheck([7; 16])).await),
        Code::Conflict,
        "a member, but no owner"
    );
    assert_eq!(
        code(found(1, KeyCheck([8; 16])).await),
        Code::Conflict,
        "another key"
    );
}

pub(crate) async fn an_invite_lets_one_device_in_once(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let invite = team.invite(100, Role::Viewer).await;
    let welcome = team.join(2, &invite).await.unwrap();
    assert_eq!(
        (welcome.member, welcome.role),
        (team.member(2), Role::Viewer)
    );
    assert_eq!(
        (welcome.epoch, welcome.key_check),
        (team.epoch, KeyCheck([7; 16]))
    );
    // The answer was lost, so the device asks again; also long after.
    assert_eq!(team.join(2, &invite).await.unwrap(), welcome);
    let late = members::join(&*team.store, &newcomer(1, 2), &invite, NOW + 99 * HOUR).await;
    assert_eq!(late.unwrap(), welcome);
    assert_eq!(code(team.join(3, &invite).await), Code::InviteInvalid);
    assert_eq!(code(team.ask(3).await), Code::Unauthorized);
    // Who has been put out does not come back by the old invite.
    members::revoke(&*team.store, &team.owner, team.member(2), NOW)
        .await
        .unwrap();
    assert_eq!(code(team.join(2, &invite).await), Code::InviteInvalid);
    let new = team.invite(101, Role::Member).await;
    assert_eq!(
        code(team.join(2, &new).await),
        Code::Conflict,
        "a token is used once"
    );
    assert_eq!(team.join(4, &new).await.unwrap().role, Role::Member);
}

pub(crate) async fn invites_end(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let invite = team.invite(100, Role::Member).await;
    let at = async |now| members::join(&*team.store, &newcomer(1, 2), &invite, now).await;
    assert_eq!(code(at(NOW + HOUR).await), Code::InviteInvalid);
    assert_eq!(code(at(NOW + HOUR + 1).await), Code::InviteInvalid);
    assert_eq!(at(NOW + HOUR - 1).await.unwrap().role, Role::Member);
    let make = async |lifetime| {
        let secret = credential(1, 101);
        invites::make(
            &*team.store,
            &team.owner,
            &secret,
            Role::Member,
            lifetime,
            NOW,
        )
        .await
    };
    assert_eq!(code(make(0).await), Code::Malformed);
    assert_eq!(code(make(u64::MAX).await), Code::Malformed);
    make(invites::MAX_LIFETIME_S).await.unwrap();
}

pub(crate) async fn guessed_and_foreign_invites_open_nothing(store: Arc<dyn Store>) {
    let team = Given::team(store.clone(), 1).await;
    let other = Given::team(store, 2).await;
    team.invite(100, Role::Owner).await;
    for (device, team_number, secret) in [
        (2, 1, 99),  // no such secret
        (2, 2, 100), // the right secret in another team
        (2, 9, 100), // no such team
        (1, 1, 1),   // a device's token is no invite
    ] {
        let invite = credential(team_number, secret);
        let device = newcomer(team_number, device);
        let joined = members::join(&*team.store, &device, &invite, NOW).await;
        assert_eq!(code(joined), Code::InviteInvalid, "{team_number} {secret}");
    }
    // The token names another team than the invite.
    let across = members::join(&*other.store, &newcomer(2, 2), &credential(1, 100), NOW).await;
    assert_eq!(code(across), Code::InviteInvalid);
    assert_eq!(
        members::list(&*team.store, &team.owner)
            .await
            .unwrap()
            .len(),
        1
    );
}

pub(crate) async fn racing_for_an_invite_has_one_winner(store: Arc<dyn Store>) {
    let team = Arc::new(Given::team(store, 1).await);
    let invite = team.invite(100, Role::Member).await;
    let racers: Vec<_> = (2..12)
        .map(|device| {
            let (team, invite) = (team.clone(), invite.clone());
            tokio::spawn(async move { team.join(device, &invite).await })
        })
        .collect();
    let mut winners = 0;
    for racer in racers {
        match racer.await.unwrap() {
            Ok(_) => winners += 1,
            Err(Failure::Refused(refused)) => assert_eq!(refused.code, Code::InviteInvalid),
            Err(Failure::Store(error)) => panic!("{error}"),
        }
    }
    assert_eq!(winners, 1);
    assert_eq!(
        members::list(&*team.store, &team.owner)
            .await
            .unwrap()
            .len(),
        2
    );
}

pub(crate) async fn owners_make_and_cancel_invites(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let list = async || invites::list(&*team.store, &team.owner, NOW).await.unwrap();
    let first = team.invite(100, Role::Member).await;
    team.invite(100, Role::Viewer).await;
    assert_eq!(list().await.len(), 1, "asking twice makes one");
    assert_eq!(list().await[0].role, Role::Member);
    team.invite(101, Role::Viewer).await;
    team.join(2, &first).await.unwrap();
    let waiting = list().await;
    assert_eq!(
        (waiting.len(), waiting[0].role),
        (1, Role::Viewer),
        "used ones are not listed"
    );

    let used = InviteId(first.invite_hash().id());
    let cancel = async |id| invites::cancel(&*team.store, &team.owner, id).await;
    assert_eq!(code(cancel(used).await), Code::NotFound);
    cancel(waiting[0].id).await.unwrap();
    assert_eq!(code(cancel(waiting[0].id).await), Code::NotFound);
    assert_eq!(
        code(team.join(3, &credential(1, 101)).await),
        Code::InviteInvalid
    );

    let member = team.ask(2).await.unwrap();
    let made = invites::make(
        &*team.store,
        &member,
        &credential(1, 102),
        Role::Owner,
        60,
        NOW,
    )
    .await;
    assert_eq!(code(made), Code::Forbidden);
    assert_eq!(
        code(invites::list(&*team.store, &member, NOW).await),
        Code::Forbidden
    );
    let secret = credential(2, 1);
    let foreign = invites::make(&*team.store, &team.owner, &secret, Role::Owner, 60, NOW).await;
    assert_eq!(code(foreign), Code::Malformed);
}

pub(crate) async fn tokens_are_of_one_team(store: Arc<dyn Store>) {
    let ours = Given::team(store.clone(), 1).await;
    Given::team(store.clone(), 2).await;
    ours.admit(5, Role::Owner).await;
    for (team, secret) in [(2, 5), (1, 6), (3, 1)] {
        let asker = ask(&*store, &credential(team, secret)).await;
        assert_eq!(code(asker), Code::Unauthorized, "{team} {secret}");
    }
    assert_eq!(
        ask(&*store, &credential(1, 5)).await.unwrap().role,
        Role::Owner
    );
}

pub(crate) async fn roles_are_enforced(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    team.push(&[row(1, 0, b"one")]).await;
    let viewer = team.admit(2, Role::Viewer).await;
    let member = team.admit(3, Role::Member).await;
    let sync = async |asker, push: &[_]| {
        rows::sync(&*team.store, asker, team.request(0, push), QUOTA, NOW).await
    };
    assert_eq!(sync(&viewer, &[]).await.unwrap().page.len(), 1);
    assert_eq!(
        code(sync(&viewer, &[row(1, 1, b"x")]).await),
        Code::Forbidden
    );
    assert_eq!(
        sync(&member, &[row(1, 1, b"x")])
            .await
            .unwrap()
            .results
            .len(),
        1
    );

    let owner = team.owner.member;
    for asker in [&viewer, &member] {
        let change = members::change_role(&*team.store, asker, team.member(2), Role::Owner).await;
        assert_eq!(code(change), Code::Forbidden);
        assert_eq!(
            code(members::revoke(&*team.store, asker, owner, NOW).await),
            Code::Forbidden
        );
    }
    members::change_role(&*team.store, &team.owner, team.member(2), Role::Member)
        .await
        .unwrap();
    // A request that began before the change has the role of then at most.
    assert_eq!(
        code(sync(&viewer, &[row(2, 0, b"x")]).await),
        Code::Forbidden
    );
    let viewer = team.ask(2).await.unwrap();
    sync(&viewer, &[row(2, 0, b"x")]).await.unwrap();
    members::change_role(&*team.store, &team.owner, team.member(3), Role::Viewer)
        .await
        .unwrap();
    assert_eq!(
        code(sync(&member, &[row(3, 0, b"x")]).await),
        Code::Forbidden,
        "demoted since"
    );
}

pub(crate) async fn revocation_counts_from_the_next_request(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let member = team.admit(2, Role::Owner).await;
    members::revoke(&*team.store, &team.owner, member.member, NOW + 7)
        .await
        .unwrap();
    assert_eq!(code(team.ask(2).await), Code::Unauthorized);
    // One that had been let through just before changes nothing any more.
    let push = team.request(0, &[row(1, 0, b"x")]);
    let pushed = rows::sync(&*team.store, &member, push, QUOTA, NOW).await;
    assert_eq!(code(pushed), Code::Unauthorized);
    let revenge = members::revoke(&*team.store, &member, team.owner.member, NOW).await;
    assert_eq!(code(revenge), Code::Unauthorized);
    let list = members::list(&*team.store, &team.owner).await.unwrap();
    assert_eq!(
        (list.len(), list[1].revoked_ms.or(list[0].revoked_ms)),
        (2, Some(NOW + 7))
    );
    let again = members::revoke(&*team.store, &team.owner, member.member, NOW).await;
    assert_eq!(code(again), Code::NotFound);
}

pub(crate) async fn a_team_keeps_an_owner(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let second = team.admit(2, Role::Member).await;
    let (store, owner) = (&*team.store, &team.owner);
    assert_eq!(
        code(members::leave(store, owner, NOW).await),
        Code::Conflict
    );
    assert_eq!(
        code(members::revoke(store, owner, owner.member, NOW).await),
        Code::Conflict
    );
    let step_down = members::change_role(store, owner, owner.member, Role::Member).await;
    assert_eq!(code(step_down), Code::Conflict);
    members::change_role(store, owner, second.member, Role::Owner)
        .await
        .unwrap();
    members::leave(store, owner, NOW).await.unwrap();
    assert_eq!(code(team.ask(1).await), Code::Unauthorized);
    assert_eq!(team.ask(2).await.unwrap().role, Role::Owner);
}

pub(crate) async fn the_last_member_may_leave(store: Arc<dyn Store>) {
    let team = Given::team(store, 1).await;
    let second = team.admit(2, Role::Viewer).await;
    members::leave(&*team.store, &second, NOW).await.unwrap();
    members::leave(&*team.store, &team.owner, NOW)
        .await
        .unwrap();
    assert_eq!(code(team.ask(1).await), Code::Unauthorized);
    assert_eq!(
        code(members::leave(&*team.store, &team.owner, NOW).await),
        Code::Unauthorized
    );
}
