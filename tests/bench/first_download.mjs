// A first download of 10,000 rows into the browser's storage: ours from the endpoint, sealed; the peers' from
// their own servers, as their documents advise; and the limit, one fetch put packed. Code is loaded beforehand,
// the data are on the disk in the end, each time in a database that was not there before.
import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { line, timesFaster } from "./rounds.mjs";
import { bytesOf, countingBytes, inFolder, withEndpoint, withPeer } from "./server.mjs";

const ROWS = 10_000;
const ROUNDS = 7;
const BOOK = "first-download";
const PEERS = ["packed", "pouchdb", "yjs"];

/** Downloads once, into a database of a name; the milliseconds. */
async function download(context, bench, peer, address, name) {
  const page = await context.newPage();
  try {
    await page.goto(`${bench}first_download.html?peer=${peer}`);
    const ms = await page.evaluate(async ([address, name]) => (await window.ready).download(address, name), [`http://${address}`, name]);
    const rows = await page.evaluate(async (name) => (await window.ready).count(name), name);
    if (rows !== ROWS) throw new Error(`${peer} has ${rows} rows, not ${ROWS}`);
    return ms;
  } finally {
    await page.close();
  }
}

/** What a download takes on the wire and then on the disk, in a browser that has nothing else. */
async function sizes(withBrowser, bench, peer, address) {
  let wire;
  let rest;
  const kept = async (profile) => {
    rest = await bytesOf(join(profile.folder, "Default", "IndexedDB"));
  };
  await withBrowser([], async (context) => {
    await countingBytes(address, async (counted, bytes) => {
      await download(context, bench, peer, counted, "sizes");
      wire = bytes();
    });
  }, kept);
  return { wire, rest };
}

/** Fills the endpoint with the rows, and a file with the same for the peers. */
async function prepare(context, bench, endpoint, file) {
  const page = await context.newPage();
  await page.goto(`${bench}workbench.html`);
  const records = await page.evaluate(async ([name, rows, endpoint]) => {
    const bench = await window.ready;
    const founding = bench.founding(endpoint);
    const headers = { "content-type": "application/json" };
    const founded = await fetch(`${endpoint}/v1/teams`, { method: "POST", headers, body: founding });
    if (!founded.ok) throw new Error(await founded.text());
    await bench.fill(name, rows);
    await bench.syncBook(name, endpoint);
    return bench.plainRecords(rows);
  }, [BOOK, ROWS, `http://${endpoint}`]);
  await page.close();
  await writeFile(file, records.map(([table, record]) => `${table}\t${record}`).join("\n"));
}

/** Runs servers one inside the other; `work` is told the address of each. */
function withPeers(rows, work, addresses = {}) {
  const next = PEERS.find((peer) => !(peer in addresses));
  if (!next) return work(addresses);
  return withPeer(next, rows, (address) => withPeers(rows, work, { ...addresses, [next]: address }));
}

/** Times by turns, then sizes. */
export function firstDownload(withBrowser, bench) {
  return inFolder((folder) => withEndpoint(join(folder, "teams.db"), {
    origins: [new URL(bench).origin],
    async work(endpoint) {
      const file = join(folder, "rows.txt");
      await withBrowser([], (context) => prepare(context, bench, endpoint, file));
      return withPeers(file, async (peers) => {
        const sides = Object.entries({ ours: endpoint, ...peers });
        const times = Object.fromEntries(sides.map(([side]) => [side, []]));
        await withBrowser([], async (context) => {
          // The first round warms all up and does not count.
          for (let round = 0; round <= ROUNDS; round += 1) {
            for (const [side, address] of sides) {
              const ms = await download(context, bench, side, address, `${side}-${round}`);
              if (round > 0) times[side].push(ms);
            }
          }
        });
        const found = {};
        for (const [side, address] of sides) found[side] = await sizes(withBrowser, bench, side, address);
        const weigh = (kind, peer) => line(`${kind}_bytes_${peer}`, { ours: [found.ours[kind]], reference: found[peer][kind] }, "bytes");
        return [
          line("bootstrap", { ours: times.ours, reference: times.packed }),
          timesFaster("bootstrap_vs_pouchdb", { ours: times.ours, reference: times.pouchdb }),
          timesFaster("bootstrap_vs_yjs", { ours: times.ours, reference: times.yjs }),
          ...["wire", "rest"].flatMap((kind) => PEERS.map((peer) => weigh(kind, peer))),
        ];
      });
    },
  }));
}
