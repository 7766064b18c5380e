// A team's endpoint: the real program, which also serves the page, behind a line that is listened in on.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startPostgres } from "./postgres.mjs";

const { BASE_PATH, SERVER, SITE } = process.env;

/** Runs the endpoint over a fresh database, of SQLite or of PostgreSQL. */
export async function runEndpoint({ postgres = false, flags = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "tongxing-endpoint-"));
  const endpoint = new Endpoint(folder, postgres ? await startPostgres() : undefined, flags);
  await endpoint.start();
  await endpoint.listenIn();
  return endpoint;
}

class Endpoint {
  constructor(folder, postgres, flags) {
    Object.assign(this, { folder, postgres, flags, database: postgres?.address ?? join(folder, "teams.db") });
    this.log = "";
    this.recorded = [];
    this.onUpstream = () => true;
  }

  /** Where the page and the endpoint are found: the line that is listened in on. */
  get origin() {
    return `http://127.0.0.1:${this.line.address().port}`;
  }

  /** Starts the program; after a kill, on what its database holds. */
  async start() {
    const flags = ["--listen", "127.0.0.1:0", "--site", SITE, "--base-path", BASE_PATH, "--database", this.database];
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("TONGXING_")));
    this.program = spawn(SERVER, [...flags, ...this.flags], {
      env: { ...env, RUST_LOG: "debug", NO_COLOR: "1" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const lines = createInterface({ input: this.program.stderr });
    this.port = await new Promise((resolve, reject) => {
      this.program.once("exit", () => reject(new Error(`the endpoint did not start:\n${this.log}`)));
      lines.on("line", (line) => {
        this.log += `${line}\n`;
        const port = line.match(/ at http:\/\/127\.0\.0\.1:(\d+)/)?.[1];
        if (port) resolve(Number(port));
      });
    });
  }

  /** Ends the program without warning. */
  async kill() {
    const gone = once(this.program, "exit");
    this.program.kill("SIGKILL");
    await gone;
  }

  /** Records every byte in both directions; `onUpstream` sees what goes to the program, and may hold it back. */
  async listenIn() {
    this.line = createServer((near) => {
      const far = connect(this.port, "127.0.0.1");
      const end = () => {
        near.destroy();
        far.destroy();
      };
      near.on("data", (bytes) => {
        this.recorded.push(bytes);
        if (this.onUpstream(bytes)) far.write(bytes);
      });
      far.on("data", (bytes) => {
        this.recorded.push(bytes);
        near.write(bytes);
      });
      for (const socket of [near, far]) socket.on("error", end).on("close", end);
    });
    this.line.listen(0, "127.0.0.1");
    await once(this.line, "listening");
  }

  /** Kills the program while a push of many rows is on its way to it: its head and a part of its body have arrived. */
  killInPush() {
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("nothing was pushed")), 60_000).unref();
      let pushing = false;
      this.onUpstream = (bytes) => {
        const head = bytes.toString("latin1");
        const length = Number(head.match(/^POST \/v1\/sync [^]*?content-length: (\d+)/i)?.[1] ?? 0);
        if (length > 100_000) pushing = true;
        if (pushing) {
          this.onUpstream = () => false;
          this.kill().then(() => {
            this.onUpstream = () => true;
            resolve();
          });
        }
        return true;
      };
    });
  }

  /** Everything that went over the line. */
  traffic() {
    return Buffer.concat(this.recorded);
  }

  /** Everything that the program, or its database's, has written. */
  async stored() {
    const files = await readdir(this.postgres?.folder ?? this.folder, { recursive: true, withFileTypes: true });
    const read = files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name)));
    return Buffer.concat(await Promise.all(read));
  }

  async stop() {
    if (this.program.exitCode === null && this.program.signalCode === null) await this.kill();
    await new Promise((resolve) => this.line.close(resolve));
    await this.postgres?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
