// What is measured against peers outside of any browser: merging, and filling an endpoint.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startPostgres } from "../browser/postgres.mjs";
import { byTurns, line, timesFaster } from "./rounds.mjs";
import { bytesOf, inFolder, withEndpoint } from "./server.mjs";

const run = promisify(execFile);
const MERGES = 7;
const FILLINGS = 5;

async function printed(program, ...rest) {
  const { stdout } = await run(program, rest, { maxBuffer: 64 << 20 });
  return JSON.parse(stdout);
}

const peers = (...words) => printed(process.env.BENCH_PEERS, ...words);

/** Merging a colleague's 5,000 edits into 10,000 dealers in memory; see `peers/src/join.rs`. */
export function mergingAgainstPeers() {
  return inFolder(async (folder) => {
    const file = join(folder, "dealers.json");
    await writeFile(file, JSON.stringify(await peers("dealers")));
    const yjs = () => printed(process.execPath, new URL("peers/join_yjs.mjs", import.meta.url).pathname, file);
    const sides = { ...Object.fromEntries(["automerge", "yrs", "loro"].map((peer) => [peer, () => peers("join", peer)])), yjs };
    const lines = [];
    for (const [peer, theirs] of Object.entries(sides)) {
      const sizes = {};
      const merging = (side, measure) => async () => {
        const { ms, ...found } = await measure();
        sizes[side] = found;
        return ms;
      };
      const ours = merging("ours", () => peers("join", "ours"));
      lines.push(timesFaster(`join_vs_${peer}`, await byTurns(MERGES, ours, merging("reference", theirs))));
      for (const kind of ["wire", "rest"]) {
        const of = (side) => sizes[side][`${kind}_bytes`];
        lines.push(line(`${kind}_bytes_join_${peer}`, { ours: [of("ours")], reference: of("reference") }, "bytes"));
      }
    }
    return lines;
  });
}

/** Filling an endpoint over HTTP, against a bare database; see `peers/src/rows`. Higher is better. */
export async function ingesting() {
  const atRest = {};
  const bare = () => inFolder(async (folder) => {
    const file = join(folder, "bare.db");
    const { rows_per_s: rate } = await peers("insert", file);
    atRest.reference = await bytesOf(file);
    return rate;
  });
  const ours = () => inFolder(async (folder) => {
    const file = join(folder, "teams.db");
    const rate = await withEndpoint(file, { work: async (address) => (await peers("push", address)).rows_per_s });
    atRest.ours = [await bytesOf(file)];
    return rate;
  });
  const lines = [line("ingest_vs_sqlite", await byTurns(FILLINGS, ours, bare), "rows/s")];
  lines.push(line("rest_bytes_ingest", atRest, "bytes"));
  const postgres = (work) => async () => {
    const server = await startPostgres({ logged: "none" });
    try {
      return await work(server.address);
    } finally {
      await server.stop();
    }
  };
  const oursThere = postgres((database) => withEndpoint(database, { work: async (address) => (await peers("push", address)).rows_per_s }));
  const bareThere = postgres(async (database) => (await peers("insert", database)).rows_per_s);
  lines.push(line("ingest_postgres", await byTurns(FILLINGS, oursThere, bareThere), "rows/s"));
  return lines;
}
