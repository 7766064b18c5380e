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
    this.onUpstream = (bytes) => bytes;
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

  /** Records every byte in both directions; `onUpstream` tells what of that which goes to the program arrives there. */
  async listenIn() {
    this.line = createServer((near) => {
      const far = connect(this.port, "127.0.0.1");
      const end = () => {
        near.destroy();
        far.destroy();
      };
      near.on("data", (bytes) => {
        this.recorded.push(bytes);
        const passed = this.onUpstream(bytes);
        if (passed.length > 0) far.write(passed);
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

  /** Kills the program while a push of at least so many bytes is on its way to it: of what has been sent by then, one half has arrived. */
  killInPush(least = 100_000) {
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("nothing was pushed")), 60_000).unref();
      this.onUpstream = (bytes) => {
        const head = bytes.toString("latin1");
        const length = Number(head.match(/^POST \/v1\/sync [^]*?content-length: (\d+)/i)?.[1] ?? 0);
        if (length < least) return bytes;
        this.onUpstream = () => bytes.subarray(0, 0);
        // What has arrived is read before the program is gone.
        setImmediate(() => this.kill().then(() => {
          this.onUpstream = (bytes) => bytes;
          resolve();
        }));
        return bytes.subarray(0, bytes.length / 2);
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
