//! Connections that send nothing, or not enough.

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tongxing_sync::wire::Epoch;

use crate::given::{Client, Program, owner, row, text};

/// A connection from one of this machine's many own addresses.
async fn connect(from: [u8; 4], to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(IpAddr::from(from), 0)).unwrap();
    socket.connect(to).await.unwrap()
}

/// Whether the program has closed the connection.
async fn is_closed(stream: &mut TcpStream, wait: Duration) -> bool {
    let mut bytes = Vec::new();
    matches!(
        timeout(wait, stream.read_to_end(&mut bytes)).await,
        Ok(Ok(_) | Err(_))
    )
}

/// A client of the program, and the epoch of the team that it has founded.
async fn founder(program: &Program) -> (Client, Epoch) {
    let client = program.client();
    let founding = tokio::task::spawn_blocking(move || client.found());
    (client, founding.await.unwrap())
}

/// Pushes twenty times, which takes no time to speak of.
fn push_quickly(client: Client, epoch: Epoch) {
    for number in 0..20 {
        let start = Instant::now();
        client.push(epoch, &[row(number, 0, b"busy")]);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_connections_do_not_stop_others_and_are_closed() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&folder.path().join("teams.db"), &[]);
    let (client, epoch) = founder(&program).await;
    let start = Instant::now();
    let mut silent = Vec::new();
    for _ in 0..250 {
        silent.push(connect([127, 0, 0, 2], program.address).await);
    }
    // Half a head, and a head whose body never comes.
    for head in [
        "POST /v1/sync HTTP/1.1\r\nhost: en".to_owned(),
        format!(
            "POST /v1/sync HTTP/1.1\r\nhost: endpoint\r\nauthorization: Bearer {}\r\n\
             content-length: 100\r\n\r\nhalf",
            owner().to_text()
        ),
    ] {
        for _ in 0..100 {
            let mut stream = connect([127, 0, 0, 3], program.address).await;
            stream.write_all(head.as_bytes()).await.unwrap();
            silent.push(stream);
        }
    }
    // Others are served, and quickly.
    let pushing = tokio::task::spawn_blocking(move || push_quickly(client, epoch));
    pushing.await.unwrap();
    assert!(
        start.elapsed() < Duration::from_secs(12),
        "too slow to show anything"
    );
    assert!(
        !is_closed(&mut silent[0], Duration::from_millis(1)).await,
        "closed at once"
    );

    // One address has a part of the connections alone.
    let mut more = Vec::new();
    for _ in 0..20 {
        more.push(connect([127, 0, 0, 2], program.address).await);
    }
    let mut closed = 0;
    for stream in &mut more {
        closed += u32::from(is_closed(stream, Duration::from_millis(200)).await);
    }
    assert_eq!(closed, 14, "256 for each address");

    // In the end they are all closed.
    for stream in &mut silent {
        let left = Duration::from_secs(40).saturating_sub(start.elapsed());
        assert!(is_closed(stream, left).await);
    }
}

/// Lets this process, and those that it starts, open as many files as the system allows at most.
fn open_many_files() {
    let limit = getrlimit(Resource::Nofile);
    let most = Rlimit {
        current: limit.maximum,
        ..limit
    };
    setrlimit(Resource::Nofile, most).unwrap();
}

/// As many as `--max-connections` allows, and more wait at the door: none of them is heard of again, and
/// whoever has something to say is served beside them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_silent_connections_hold_up_nobody() {
    const SILENT: u16 = 10_000;
    open_many_files();
    let folder = tempfile::tempdir().unwrap();
    let token = "the metrics token of this test";
    let flags = ["--max-connections", "12000", "--metrics-token", token];
    let program = Program::start(&folder.path().join("teams.db"), &flags);
    let (client, epoch) = founder(&program).await;
    let start = Instant::now();
    let mut silent = Vec::new();
    for number in 0..SILENT {
        let [high, low] = (number % 50).to_be_bytes();
        silent.push(connect([127, 0, 1 + high, 1 + low], program.address).await);
    }
    let asking = tokio::task::spawn_blocking(move || {
        push_quickly(client, epoch);
        client.ask("GET", "/metrics", token, b"")
    });
    let figures = String::from_utf8(asking.await.unwrap().body).unwrap();
    // Those that came first may have been sent away by now, where this machine has much to do.
    if start.elapsed() < Duration::from_secs(14) {
        let open = figures
            .lines()
            .find_map(|line| line.strip_prefix("tongxing_connections "));
        let open: u16 = open.unwrap().parse().unwrap();
        assert!(open >= SILENT, "{open} are open");
    }
    for stream in &mut silent {
        let left = Duration::from_secs(60).saturating_sub(start.elapsed());
        assert!(is_closed(stream, left).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_takes_nothing_in_is_cut_off() {
    const SIZE: usize = 16 << 20;
    const PART: usize = 1 << 20;
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&folder.path().join("teams.db"), &[]);
    let client = program.client();
    let path = format!("/v1/blobs/{}", text(&[1; 32]));
    let sending = path.clone();
    tokio::task::spawn_blocking(move || {
        client.found();
        for offset in (0..SIZE).step_by(PART) {
            let path = format!("{sending}?offset={offset}&size={SIZE}");
            let answer = client.ask("PUT", &path, &owner().to_text(), &vec![1; PART]);
            assert_eq!(answer.status, 200);
        }
    })
    .await
    .unwrap();
    let mut stream = connect([127, 0, 0, 2], program.address).await;
    let head = format!(
        "GET {path} HTTP/1.1\r\nhost: endpoint\r\nauthorization: Bearer {}\r\n\r\n",
        owner().to_text()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_secs(35)).await;
    // What the system had room for is there, then it ends.
    let mut bytes = Vec::new();
    let end = timeout(Duration::from_secs(5), stream.read_to_end(&mut bytes)).await;
    assert!(end.is_ok(), "still open");
    assert!(
        !bytes.is_empty() && bytes.len() < SIZE,
        "{} bytes",
        bytes.len()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_all_places_are_taken_one_is_soon_free() {
    let folder = tempfile::tempdir().unwrap();
    let flags = ["--max-connections", "64", "--behind-proxy"];
    let program = Program::start(&folder.path().join("teams.db"), &flags);
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(connect([127, 0, 0, 2], program.address).await);
    }
    let client = program.client();
    let asked = Instant::now();
    let answer = tokio::task::spawn_blocking(move || client.ask("GET", "/v1/about", "", b""));
    assert_eq!(answer.await.unwrap().status, 200);
    // Three times 64 connections went before.
    assert!(
        asked.elapsed() < Duration::from_secs(59),
        "{:?}",
        asked.elapsed()
    );
}
