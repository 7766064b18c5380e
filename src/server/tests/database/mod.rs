//! A PostgreSQL server for tests, from the distribution's package: on a free port, in a folder of its own,
//! as a user without rights, gone when the tests are.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Starts the server and ends it, and its folder, when the tests' end of the pipe is closed: also when
/// they are killed. It says where its folder is, so that one knows that it has come so far.
const SCRIPT: &str = r#"
set -eu
folder=$(mktemp -d "${TMPDIR:-/tmp}/tongxing-postgres.XXXXXX")
trap 'rm -rf "$folder"' EXIT
"$BIN/initdb" --pgdata "$folder/data" --username tongxing --auth trust --encoding UTF8 \
    --locale C --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
"$BIN/postgres" -D "$folder/data" -c listen_addresses=127.0.0.1 -c port="$PORT" \
    -c unix_socket_directories= -c fsync=off -c max_connections=200 >"$folder/log" 2>&1 </dev/null &
server=$!
tries=0
until "$BIN/pg_isready" --quiet --host 127.0.0.1 --port "$PORT" --username tongxing; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { cat "$folder/log" >&2; exit 1; }
    sleep 0.1
done
echo ready
cat >/dev/null
kill -INT "$server"
wait "$server" || true
"#;

struct Server {
    port: u16,
    /// Holds the pipe open.
    _process: Child,
}

/// The address of a new, empty database.
pub(crate) async fn new_database() -> String {
    static SERVER: OnceLock<Server> = OnceLock::new();
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let server = SERVER.get_or_init(start);
    let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let address = |name: &str| format!("postgres://tongxing@127.0.0.1:{}/{name}", server.port);
    let pool = sqlx::PgPool::connect(&address("postgres")).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    address(&name)
}

fn start() -> Server {
    let programs = programs().unwrap_or_else(|| {
        panic!(
            "these tests need PostgreSQL: run `apt-get install postgresql`, or put `postgres` and \
             `initdb` on the PATH"
        )
    });
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .unwrap()
        .port();
    let mut process = as_nobody_special()
        .args(["sh", "-c", SCRIPT])
        .env("BIN", &programs)
        .env("PORT", port.to_string())
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(process.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    assert_eq!(
        line,
        "ready\n",
        "PostgreSQL from {} did not start; see above",
        programs.display()
    );
    Server {
        port,
        _process: process,
    }
}

/// PostgreSQL refuses to run as root.
fn as_nobody_special() -> Command {
    let text = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output();
        output.is_ok_and(|output| {
            output.status.success() && (arguments != ["-u"] || output.stdout == b"0\n")
        })
    };
    if !text("id", &["-u"]) {
        return Command::new("env");
    }
    let user = if text("id", &["-un", "postgres"]) {
        "postgres"
    } else {
        "nobody"
    };
    let mut command = Command::new("runuser");
    command.args(["-u", user, "--"]);
    command
}

/// The folder with the server's programs: beside `initdb` on the PATH, or where Debian puts them.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let has_all = |folder: &Path| {
        ["initdb", "postgres", "pg_isready"]
            .iter()
            .all(|program| folder.join(program).is_file())
    };
    let versions = Path::new("/usr/lib/postgresql")
        .read_dir()
        .into_iter()
        .flatten();
    let mut packaged: Vec<PathBuf> = versions
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    packaged.sort();
    std::env::split_paths(&path)
        .chain(packaged.into_iter().rev())
        .find(|folder| has_all(folder))
}
