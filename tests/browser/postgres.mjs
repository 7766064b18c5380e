// A PostgreSQL server from the distribution's package: on a free port, in a folder of its own, gone when the tests are.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { once } from "node:events";
import { createInterface } from "node:readline";

// Ends, and takes its folder along, when this process' end of the pipe is closed: also when it is killed.
const SCRIPT = `
set -eu
folder=$(mktemp -d "\${TMPDIR:-/tmp}/tongxing-postgres.XXXXXX")
trap 'rm -rf "$folder"' EXIT
"$BIN/initdb" --pgdata "$folder/data" --username tongxing --auth trust --encoding UTF8 --locale C --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
"$BIN/postgres" -D "$folder/data" -c listen_addresses=127.0.0.1 -c port="$PORT" -c unix_socket_directories= -c log_statement="$LOGGED" >"$folder/log" 2>&1 </dev/null &
server=$!
tries=0
until "$BIN/pg_isready" --quiet --host 127.0.0.1 --port "$PORT" --username tongxing; do
  kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
  tries=$((tries + 1)); [ "$tries" -lt 300 ] || { cat "$folder/log" >&2; exit 1; }
  sleep 0.1
done
echo "$folder"
cat >/dev/null
kill -INT "$server"
wait "$server" || true
`;

/** The folder with the programs: on the PATH, or where Debian puts them. */
function programs() {
  const packaged = "/usr/lib/postgresql";
  const versions = existsSync(packaged) ? readdirSync(packaged).map((version) => join(packaged, version, "bin")) : [];
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...versions.sort().reverse()];
  const folder = folders.find((folder) => ["initdb", "postgres", "pg_isready"].every((name) => existsSync(join(folder, name))));
  if (!folder) throw new Error("this journey needs PostgreSQL: run `apt-get install postgresql`");
  return folder;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Starts the server. Its `folder` holds its data and its log, of all statements unless told otherwise. */
export async function startPostgres({ logged = "all" } = {}) {
  const port = await freePort();
  const command = ["sh", "-c", SCRIPT];
  // It refuses to run as root.
  if (process.getuid() === 0) {
    const packaged = spawnSync("id", ["-un", "postgres"]).status === 0;
    command.unshift("runuser", "-u", packaged ? "postgres" : "nobody", "--");
  }
  const [program, ...words] = command;
  const env = { ...process.env, BIN: programs(), PORT: String(port), LOGGED: logged };
  const server = spawn(program, words, { cwd: "/", env, stdio: ["pipe", "pipe", "inherit"] });
  const folder = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once("line", resolve);
    server.once("exit", () => reject(new Error("PostgreSQL did not start")));
  });
  return {
    address: `postgres://tongxing@127.0.0.1:${port}/postgres`,
    folder,
    async stop() {
      const gone = once(server, "exit");
      server.stdin.end();
      await gone;
    },
  };
}
