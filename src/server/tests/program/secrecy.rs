//! What is written down: in the log, and in the database.

use std::fs;

use serde_json::json;
use tongxing_server::secret::{Credential, Secret};

use crate::given::{Program, owner, row, text};

#[test]
fn secrets_are_neither_logged_nor_stored() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("settings.toml");
    let lines = "team-creation = \"token\"\nsign-up-token = \"open-sesame-please\"\n\
                 metrics-token = \"figures-for-me\"\n";
    fs::write(&settings, lines).unwrap();
    let flags = ["--config", settings.to_str().unwrap()];
    let data = folder.path().join("data");
    let program = Program::start(&data.join("teams.db"), &flags);
    let client = program.client();
    let invite = Credential {
        team: owner().team,
        secret: Secret([201; 32]),
    };
    let device = Credential {
        team: owner().team,
        secret: Secret([202; 32]),
    };
    let founding = json!({
        "team": text(&owner().team.0),
        "secret": text(&owner().secret.0),
        "name": text(b"sealed name"),
        "key_check": text(&[7; 16]),
        "sign_up_token": "open-sesame-please",
    });
    let ask = |method: &str, path: &str, token: &str, body: serde_json::Value| {
        client
            .ask(method, path, token, body.to_string().as_bytes())
            .status
    };
    assert_eq!(ask("POST", "/v1/teams", "", founding), 201);
    let token = owner().to_text();
    let making = json!({ "secret": text(&invite.secret.0), "role": "member" });
    assert_eq!(ask("POST", "/v1/invites", &token, making), 201);
    let joining =
        json!({ "invite": invite.to_text(), "secret": text(&device.secret.0), "name": "" });
    assert_eq!(ask("POST", "/v1/join", "", joining), 200);
    let epoch = client.pull(tongxing_sync::wire::Seq::ZERO, None).epoch;
    client.push(epoch, &[row(1, 0, b"one")]);
    // Also where something is wrong.
    assert_eq!(ask("POST", "/v1/sync", &token, json!("nonsense")), 400);
    assert_eq!(
        ask(
            "POST",
            "/v1/join",
            &token,
            json!({ "invite": invite.to_text() })
        ),
        400
    );
    assert_eq!(
        client.ask("GET", "/metrics", "figures-for-me", b"").status,
        200
    );
    assert_eq!(
        client.ask("GET", "/metrics", "figures-for-you", b"").status,
        401
    );
    let (_, log) = program.stop();
    assert!(
        log.contains("/v1/join") && log.contains("400"),
        "nothing was logged: {log}"
    );

    let mut written = vec![("the log".to_owned(), log.into_bytes())];
    for entry in fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        written.push((path.display().to_string(), fs::read(&path).unwrap()));
    }
    assert!(written.len() > 1 && written[1].1.len() > 4096);
    for credential in [owner(), invite, device] {
        // As bytes, and as the middle of the token's text, which no neighbour can change.
        let secret = credential.secret.0;
        let encoded = text(&secret);
        assert!(credential.to_text().contains(&encoded[4..38]));
        for needle in [&secret[..], &encoded.as_bytes()[4..38]] {
            assert_nowhere(&written, needle);
        }
    }
    for operator in ["open-sesame-please", "figures-for-me", "figures-for-you"] {
        assert_nowhere(&written, operator.as_bytes());
    }
}

fn assert_nowhere(written: &[(String, Vec<u8>)], needle: &[u8]) {
    for (place, bytes) in written {
        let found = bytes.windows(needle.len()).any(|window| window == needle);
        assert!(
            !found,
            "a secret is in {place}: {}",
            String::from_utf8_lossy(needle)
        );
    }
}
