//! Teams, invites, members.

use axum::http::StatusCode;
use serde_json::json;
use tongxing_sync::wire::{Code, SyncRequest};

use crate::given::{Device, Given, founding, row, text};

const OWNER: Device = Device(1, 1);

#[tokio::test]
async fn a_team_grows_by_invites() {
    let given = Given::new().await;
    let founded = given.found(OWNER).await;
    assert_eq!(founded.status, StatusCode::CREATED);
    assert_eq!(founded.json()["role"], "owner");
    assert_eq!(founded.json()["member"], OWNER.id());
    assert_eq!(
        given.found(OWNER).await.json(),
        founded.json(),
        "asked twice, founded once"
    );

    let invite = given.invite(OWNER, 100, "member").await;
    let waiting = given.get(OWNER, "/v1/invites").await.json();
    assert_eq!(
        (waiting.as_array().unwrap().len(), &waiting[0]["role"]),
        (1, &json!("member"))
    );
    let joined = given.join(Device(1, 2), &invite).await;
    assert_eq!(joined.status, StatusCode::OK);
    assert_eq!(joined.json()["epoch"], founded.json()["epoch"]);
    assert_eq!(joined.json()["key_check"], text(&[7; 16]));
    assert_eq!(
        given.join(Device(1, 2), &invite).await.json(),
        joined.json()
    );
    assert_eq!(
        given.join(Device(1, 3), &invite).await.code(),
        Code::InviteInvalid
    );

    let me = given.get(Device(1, 2), "/v1/me").await.json();
    assert_eq!(me, json!({ "member": Device(1, 2).id(), "role": "member" }));
    let members = given.get(Device(1, 2), "/v1/members").await.json();
    let names: Vec<_> = members
        .as_array()
        .unwrap()
        .iter()
        .map(|member| &member["name"])
        .collect();
    assert_eq!(names, [&json!(text(b"sealed")); 2]);
}

#[tokio::test]
async fn owners_govern() {
    let given = Given::with_team().await;
    let second = given.admit(Device(1, 2), "viewer").await;
    let path = format!("/v1/members/{}", second.id());
    let change = async |device, role| {
        given
            .json(Some(device), "PATCH", &path, json!({ "role": role }))
            .await
    };
    let push = async || given.push(second, vec![row(1, 0, b"x")]).await;
    assert_eq!(push().await.code(), Code::Forbidden);
    assert_eq!(change(second, "owner").await.code(), Code::Forbidden);
    assert_eq!(change(OWNER, "member").await.status, StatusCode::NO_CONTENT);
    assert_eq!(push().await.status, StatusCode::OK);

    let own = format!("/v1/members/{}", OWNER.id());
    assert_eq!(given.delete(second, &own).await.code(), Code::Forbidden);
    assert_eq!(given.delete(OWNER, &own).await.code(), Code::Conflict);
    assert_eq!(given.delete(OWNER, "/v1/me").await.code(), Code::Conflict);
    assert_eq!(
        given.delete(OWNER, &path).await.status,
        StatusCode::NO_CONTENT
    );
    for path in ["/v1/me", "/v1/digest", "/v1/events", "/v1/members"] {
        assert_eq!(
            given.get(second, path).await.code(),
            Code::Unauthorized,
            "{path}"
        );
    }
    let pull = given.sync(second, &SyncRequest::default()).await;
    assert_eq!(pull.code(), Code::Unauthorized);
    assert_eq!(given.delete(OWNER, &path).await.code(), Code::NotFound);
    assert_eq!(
        given.delete(OWNER, "/v1/me").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(given.get(OWNER, "/v1/me").await.code(), Code::Unauthorized);
}

#[tokio::test]
async fn invites_can_be_taken_back() {
    let given = Given::with_team().await;
    let invite = given.invite(OWNER, 100, "owner").await;
    let waiting = given.get(OWNER, "/v1/invites").await.json();
    let path = format!("/v1/invites/{}", waiting[0]["id"].as_str().unwrap());
    assert_eq!(
        given.delete(OWNER, &path).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(given.delete(OWNER, &path).await.code(), Code::NotFound);
    assert_eq!(
        given.join(Device(1, 2), &invite).await.code(),
        Code::InviteInvalid
    );
    let member = given.admit(Device(1, 3), "member").await;
    assert_eq!(
        given.get(member, "/v1/invites").await.code(),
        Code::Forbidden
    );
}

#[tokio::test]
async fn founding_can_be_restricted() {
    let about = async |given: &Given| {
        let answer = given.send(None, "GET", "/v1/about", "").await;
        answer.json()["team_creation"].clone()
    };
    let given = Given::with(&["--team-creation", "token", "--sign-up-token", "open sesame"]).await;
    assert_eq!(about(&given).await, "token");
    assert_eq!(given.found(OWNER).await.code(), Code::Forbidden);
    for (token, status) in [("guess", 403), ("", 403), ("open sesame", 201)] {
        let mut body = founding(OWNER);
        body["sign_up_token"] = json!(token);
        let answer = given.json(None, "POST", "/v1/teams", body).await;
        assert_eq!(answer.status.as_u16(), status, "{token}");
    }
    let given = Given::with(&["--team-creation", "closed"]).await;
    assert_eq!(about(&given).await, "closed");
    assert_eq!(given.found(OWNER).await.code(), Code::Forbidden);
    assert_eq!(about(&Given::new().await).await, "open");
}

#[tokio::test]
async fn what_is_said_wrongly_is_refused_with_advice() {
    let given = Given::with_team().await;
    for (field, value) in [
        ("team", json!(text(&[1; 15]))),
        ("team", json!("=".repeat(22))),
        ("secret", json!(text(&[1; 33]))),
        ("secret", json!(5)),
        ("name", json!(text(&[1; 600]))),
        ("key_check", json!(text(&[1; 17]))),
        ("key_check", json!(null)),
    ] {
        let mut body = founding(Device(2, 1));
        body[field] = value;
        let answer = given.json(None, "POST", "/v1/teams", body).await;
        assert_eq!(answer.code(), Code::Malformed, "{field}");
    }
    let role = given.json(
        Some(OWNER),
        "POST",
        "/v1/invites",
        json!({ "secret": text(&[1; 32]), "role": "king" }),
    );
    assert_eq!(role.await.code(), Code::Malformed);
    let path = "/v1/members/short";
    assert_eq!(given.delete(OWNER, path).await.code(), Code::NotFound);
    // What is wrong is not quoted: it may be a secret.
    let body = r#"{"team": "verysecretverysecret", "secret": 1"#;
    let answer = given.send(None, "POST", "/v1/teams", body).await;
    assert!(!String::from_utf8_lossy(&answer.body).contains("verysecret"));
}
