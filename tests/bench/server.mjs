// A program that serves, in a folder of its own: the endpoint, or a peer's server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A folder that is gone when `work` is done. */
export async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), "tongxing-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Bytes of all files in a folder, or of one file. */
export async function bytesOf(path) {
  const own = await stat(path);
  if (!own.isDirectory()) return own.size;
  const sizes = (await readdir(path)).map((name) => bytesOf(join(path, name)));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Runs a program until it prints its port, then does the work, and ends it. */
async function serving(program, flags, port, work, env = process.env) {
  const server = spawn(program, flags, { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  try {
    const found = await new Promise((resolve, reject) => {
      server.once("exit", () => reject(new Error(`${program} did not start:\n${log}`)));
      for (const input of [server.stdout, server.stderr]) {
        createInterface({ input }).on("line", (text) => {
          if (log.length < 10_000) log += `${text}\n`;
          const number = text.match(port)?.[1];
          if (number) resolve(Number(number));
        });
      }
    });
    return await work(found);
  } finally {
    const gone = once(server, "exit");
    if (server.exitCode === null && server.signalCode === null) {
      server.kill("SIGTERM");
      await gone;
    }
  }
}

/** The endpoint over a database, for pages of any origin given. `work` is told its address. */
export function withEndpoint(database, { origins = [], work }) {
  const flags = ["--listen", "127.0.0.1:0", "--no-site", "--database", database, "--requests-per-second", "10000"];
  const allowed = origins.flatMap((origin) => ["--allow-origin", origin]);
  const foreign = Object.entries(process.env).filter(([name]) => !name.startsWith("TONGXING_") && name !== "RUST_LOG");
  const at = (port) => work(`127.0.0.1:${port}`);
  return serving(process.env.SERVER, [...flags, ...allowed], / at http:\/\/127\.0\.0\.1:(\d+)/, at, Object.fromEntries(foreign));
}

/** A peer's server with the rows of a file; see `peers/serve.mjs`. `work` is told its address. */
export function withPeer(peer, rows, work) {
  const script = new URL("peers/serve.mjs", import.meta.url).pathname;
  return serving(process.execPath, [script, peer, rows], /^(\d+)$/, (port) => work(`127.0.0.1:${port}`));
}

/** A line to an address that counts the bytes that come along; `work` is told its address, and how to ask. */
export async function countingBytes(address, work) {
  const [host, port] = address.split(":");
  let bytes = 0;
  const line = createServer((near) => {
    const far = connect(Number(port), host);
    const end = () => {
      near.destroy();
      far.destroy();
    };
    for (const [from, to] of [[near, far], [far, near]]) {
      from.on("data", (part) => {
        bytes += part.length;
        to.write(part);
      });
      from.on("error", end).on("close", end);
    }
  }).listen(0, "127.0.0.1");
  await once(line, "listening");
  try {
    return await work(`127.0.0.1:${line.address().port}`, () => bytes);
  } finally {
    line.close();
  }
}
