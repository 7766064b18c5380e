//! Two stores and one endpoint: one book.

use serde_json::json;

use crate::endpoint::{self, Owner, Server};
use crate::given::{Device, demo_json, text};

fn joined(owner: &Owner, number: u8) -> Device {
    let device = Device::new();
    let link = owner.link(number, "member");
    device.fed(&["join"], link.as_bytes()).well();
    device
}

fn over_sqlite(test: impl FnOnce(&str)) {
    let folder = tempfile::tempdir().unwrap();
    test(text(&folder.path().join("teams.db")));
}

fn over_postgres(test: impl FnOnce(&str)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let address = runtime.block_on(crate::database::new_database());
    test(&address);
}

#[test]
fn two_stores_come_to_one_book_over_sqlite() {
    over_sqlite(two_stores_come_to_one_book);
}

#[test]
fn two_stores_come_to_one_book_over_postgres() {
    over_postgres(two_stores_come_to_one_book);
}

fn two_stores_come_to_one_book(database: &str) {
    let server = Server::start(database);
    let owner = Owner::found(&server, 1);
    // A store that has a book already, and one that has nothing.
    let first = Device::with_demo();
    let link = first.file("invite.txt", owner.link(10, "member").as_bytes());
    let joined_first = first.json(&["join", &link]);
    assert_eq!(joined_first["synced"]["waiting"], 0);
    let rows = joined_first["rows"].as_u64().unwrap();
    assert_eq!(joined_first["synced"]["sent"], rows);
    let second = joined(&owner, 11);
    // Who the other one is: its name has come.
    assert_eq!(first.json(&["pull"])["received"], 1);
    assert_eq!(second.digest(), first.digest());
    assert_eq!(second.book(), first.book());

    // Edits of different fields of one dealer, apart from each other.
    let dealer = "客户编码,名称,电话\n";
    let code = &first.json(&[
        "export",
        "--format",
        "json",
        "--out",
        text(&first.path("a.json")),
    ]);
    assert!(code["records"].as_u64().unwrap() > 500);
    let new = |device: &Device, name: &str, phone: &str| {
        let file = device.file(
            "one.csv",
            format!("{dealer}NEW-1,{name},{phone}\n").as_bytes(),
        );
        let done = device.json(&["import", &file, "--table", "dealers"]);
        assert_eq!(done["written"], 1, "{done}");
    };
    new(&first, "新城电器", "0571-1");
    assert_eq!(first.json(&["pull"])["sent"], 1);
    assert_eq!(second.json(&["pull"])["received"], 1);
    let change = |device: &Device, line: &str| {
        let file = device.file("one.csv", line.as_bytes());
        device.run(&["import", &file, "--table", "dealers"]).well();
    };
    change(&first, "客户编码,电话\nNEW-1,0571-2\n");
    change(&second, "客户编码,地址\nNEW-1,中山路 1 号\n");
    first.run(&["pull"]).well();
    let pulled = second.json(&["pull"]);
    assert_eq!(pulled["conflicts"], 0, "{pulled}");
    first.run(&["pull"]).well();
    assert_eq!(first.digest(), second.digest());
    let book = String::from_utf8(first.book()).unwrap();
    assert!(book.contains("0571-2") && book.contains("中山路 1 号"));

    // Edits of one field that did not know of each other: both are kept.
    change(&first, "客户编码,电话\nNEW-1,0571-3\n");
    change(&second, "客户编码,电话\nNEW-1,0571-4\n");
    first.run(&["pull"]).well();
    let pulled = second.json(&["pull"]);
    assert_eq!(pulled["conflicts"], 1, "{pulled}");
    first.run(&["pull"]).well();
    assert_eq!(first.digest(), second.digest());

    let verified = first.json(&["verify"]);
    assert_eq!(verified["endpoint"], "equal");
    assert_eq!(verified["waiting"], 0);
}

#[test]
fn an_invite_lets_one_device_in() {
    over_sqlite(|database| {
        let server = Server::start(database);
        let owner = Owner::found(&server, 1);
        let link = owner.link(10, "member");
        let first = Device::new();
        first
            .fed(&["join", "--name", "report server"], link.as_bytes())
            .well();
        let second = Device::new();
        let ran = second.fed(&["join", "--json"], link.as_bytes());
        assert_eq!(
            (ran.code, &ran.json()["error"]["kind"]),
            (6, &json!("refused"))
        );
        let ran = second.fed(&["join", "--lang", "zh"], link.as_bytes());
        assert!(ran.err.contains("邀请已被使用或已过期"), "{}", ran.err);
        assert_eq!(second.run(&["pull"]).code, 6);
        assert_eq!(owner.members().len(), 1);
        // A member does not join twice.
        let ran = first.fed(&["join"], owner.link(11, "member").as_bytes());
        assert_eq!(ran.code, 6);
        assert!(ran.err.contains("tongxing leave"), "{}", ran.err);
    });
}

#[test]
fn whoever_is_put_out_keeps_the_book_and_gets_no_more() {
    over_sqlite(|database| {
        let server = Server::start(database);
        let owner = Owner::found(&server, 1);
        let device = Device::with_demo();
        device
            .fed(&["join"], owner.link(10, "member").as_bytes())
            .well();
        owner.put_all_out();
        let ran = device.run(&["pull"]);
        assert_eq!(ran.code, 6, "{}", ran.err);
        assert!(
            ran.err.contains("not, or no longer, a member"),
            "{}",
            ran.err
        );
        assert!(device.book().len() > 10_000);
        device.run(&["leave"]).well();
        assert_eq!(device.run(&["pull"]).code, 6);
        device
            .fed(&["join"], owner.link(11, "member").as_bytes())
            .well();
        assert_eq!(device.json(&["verify"])["endpoint"], "equal");
    });
}

#[test]
fn a_viewer_receives_and_its_edits_wait() {
    over_sqlite(|database| {
        let server = Server::start(database);
        let owner = Owner::found(&server, 1);
        let member = Device::with_demo();
        member
            .fed(&["join"], owner.link(10, "member").as_bytes())
            .well();
        let viewer = Device::new();
        viewer
            .fed(&["join"], owner.link(11, "viewer").as_bytes())
            .well();
        assert_eq!(viewer.book(), member.book());
        let file = viewer.file("one.csv", "客户编码,名称\nV-1,访客\n".as_bytes());
        viewer.run(&["import", &file]).well();
        let pulled = viewer.json(&["pull"]);
        assert_eq!(
            (&pulled["read_only"], &pulled["waiting"]),
            (&json!(true), &json!(1))
        );
        assert_eq!(member.json(&["pull"])["received"], 0);
    });
}

#[test]
fn an_endpoint_restored_from_an_old_backup_gets_back_what_it_lost_over_sqlite() {
    over_sqlite(|database| restored(database, &format!("{database}.restored")));
}

#[test]
fn an_endpoint_restored_from_an_old_backup_gets_back_what_it_lost_over_postgres() {
    over_postgres(|database| over_postgres(|fresh| restored(database, fresh)));
}

fn restored(database: &str, fresh: &str) {
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("teams.backup");
    let server = Server::start(database);
    let owner = Owner::found(&server, 1);
    let first = joined(&owner, 10);
    let second = joined(&owner, 11);
    let import = |device: &Device, line: &str| {
        let file = device.file("one.csv", format!("客户编码,名称\n{line}\n").as_bytes());
        device.run(&["import", &file, "--table", "dealers"]).well();
        device.run(&["pull"]).well();
    };
    import(&first, "A-1,备份之前");
    second.run(&["pull"]).well();
    endpoint::run(&["backup", text(&backup)], database);
    import(&first, "A-2,备份之后");
    import(&second, "B-1,另一台的");
    let address = server.address.to_string();
    server.kill();
    endpoint::run(&["restore", text(&backup)], fresh);
    let server = Server::start_at(fresh, &address);

    let pulled = first.json(&["pull"]);
    assert_eq!(pulled["endpoint_restored"], true, "{pulled}");
    assert_eq!(second.json(&["pull"])["endpoint_restored"], true);
    first.run(&["pull"]).well();
    assert_eq!(first.digest(), second.digest());
    let book = String::from_utf8(first.book()).unwrap();
    for name in ["备份之前", "备份之后", "另一台的"] {
        assert!(book.contains(name), "{name} is lost");
    }
    assert_eq!(joined(&owner, 12).book(), second.book());
    drop(server);
}

#[test]
fn without_an_endpoint_edits_wait() {
    over_sqlite(|database| {
        let server = Server::start(database);
        let owner = Owner::found(&server, 1);
        let device = joined(&owner, 10);
        let address = server.address.to_string();
        server.kill();
        let demo = device.file("demo.json", demo_json().as_bytes());
        device.run(&["import", &demo]).well();
        let ran = device.run(&["pull", "--json"]);
        assert_eq!(
            (ran.code, &ran.json()["error"]["kind"]),
            (5, &json!("unreachable"))
        );
        let server = Server::start_at(database, &address);
        let pulled = device.json(&["pull"]);
        assert!(pulled["sent"].as_u64().unwrap() > 500, "{pulled}");
        assert_eq!(device.json(&["verify"])["endpoint"], "equal");
        drop(server);
    });
}

#[test]
fn a_key_that_is_not_the_teams_lets_nobody_stay() {
    over_sqlite(|database| {
        let server = Server::start(database);
        let owner = Owner::found(&server, 1);
        let mut invited = owner.invite(10, "member");
        invited.invite.key = tongxing_sync::team_key::TeamKey::new([1; 32]);
        let link = invited.to_text(&format!("http://{}/", server.address));
        let device = Device::new();
        let ran = device.fed(&["join"], link.as_bytes());
        assert_eq!(ran.code, 6);
        assert!(
            ran.err.contains("the key in the link is not the team's"),
            "{}",
            ran.err
        );
        assert!(owner.members().is_empty());
        assert_eq!(device.run(&["pull"]).code, 6);
    });
}
