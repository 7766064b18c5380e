//! What nobody else may see.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::endpoint::{Owner, Server};
use crate::given::{Device, holds, text};

#[test]
fn the_key_is_in_a_file_of_its_owner_alone_and_is_never_said() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(text(&folder.path().join("teams.db")));
    let owner = Owner::found(&server, 1);
    let device = Device::new();
    let link = owner.link(10, "member");
    let mut said = Vec::new();
    for (arguments, input) in [
        (&["join"][..], link.as_str()),
        (&["join"], link.as_str()),
        (&["pull"], ""),
        (&["verify", "--json"], ""),
        (&["pull", "--json"], ""),
    ] {
        let ran = device.fed(arguments, input.as_bytes());
        said.extend(ran.out);
        said.extend(ran.err.into_bytes());
    }
    let key = owner.key.expose();
    let invite = link.split("/join/").nth(1).unwrap();
    let hexadecimal: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    for secret in [
        &key[..],
        invite.as_bytes(),
        URL_SAFE_NO_PAD.encode(key).as_bytes(),
        hexadecimal.as_bytes(),
    ] {
        assert!(!holds(&said, secret), "a secret was said");
    }
    for entry in fs::read_dir(device.store()).unwrap() {
        let path = entry.unwrap().path();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} is open to others", path.display());
    }
    let mode = fs::metadata(device.store()).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
}

#[test]
fn a_store_that_others_can_read_is_not_opened() {
    let device = Device::with_store();
    let file = device.store().join("book.db");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let ran = device.run(&["verify", "--offline"]);
    assert_eq!(ran.code, 4);
    assert!(ran.err.contains("chmod 600"), "{}", ran.err);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    device.run(&["verify", "--offline"]).well();
}

#[test]
fn a_link_that_was_given_as_an_argument_is_followed_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(text(&folder.path().join("teams.db")));
    let owner = Owner::found(&server, 1);
    let device = Device::new();
    let ran = device.run(&["join", &owner.link(10, "member")]).well();
    assert!(ran.err.contains("history"), "{}", ran.err);
}

#[test]
fn a_pasted_line_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(text(&folder.path().join("teams.db")));
    let owner = Owner::found(&server, 1);
    let device = Device::new();
    let mut child = device
        .command(&["join"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "\n{}", owner.link(10, "member")).unwrap();
    // The input stays open, as a terminal's does.
    assert!(child.wait().unwrap().success());
    drop(input);
}

#[test]
fn a_token_does_not_travel_in_the_open() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(text(&folder.path().join("teams.db")));
    let owner = Owner::found(&server, 1);
    let invited = owner.invite(10, "member");
    let link = invited.to_text("http://field.example.com/");
    let open = link.replace(&format!("@http://{}", server.address), "");
    let device = Device::new();
    let ran = device.fed(&["join"], open.as_bytes());
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("not https"), "{}", ran.err);
    assert!(!device.store().exists());
    let ran = device.fed(&["join"], b"https://field.example.com/");
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("invite link"), "{}", ran.err);
}
