// Measures, prints a table, and with `--json FILE` writes the figures too.
//
// `ratio` is ours ÷ reference: for milliseconds and bytes lower is better, for rows per second higher. Where a
// line's name has `_vs_` and it is about time, it tells how many times faster than the peer we are.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { freshProfile, startBrowser } from "../browser/profile.mjs";
import { hostFolders } from "../browser/static_host.mjs";
import { bareFilters } from "./bare_page.mjs";
import { editing, merging, opening } from "./below_the_pages.mjs";
import { firstDownload } from "./first_download.mjs";
import { fillApp, filtering, firstData, tapping } from "./in_the_app.mjs";
import { importing } from "./large_import.mjs";
import { ingesting, mergingAgainstPeers } from "./outside_browsers.mjs";
import { fillYears, filters, openings } from "./pages.mjs";

const { SITE, BENCH_PAGE, BENCH_PEERS_PAGE } = process.env;
const { values } = parseArgs({ options: { json: { type: "string" }, only: { type: "string", default: "" } } });

// Whether lines that begin with `name` are among those that begin with what is wanted.
const wanted = (name) => values.only.split(",").some((only) => name.startsWith(only) || only.startsWith(name));
// Whether one of the lines of these very names is.
const called = (...names) => names.some((name) => values.only.split(",").some((only) => name.startsWith(only)));
const lines = [];

function show(line) {
  const { name, ours, reference, ratio, unit, runs } = line;
  // What is measured along with it.
  if (!called(name)) return;
  lines.push(line);
  console.log(`${name.padEnd(24)} ${String(ours).padStart(9)} ${String(reference).padStart(9)} ${unit.padEnd(6)}  × ${ratio}  (${runs} runs)`);
}

const folder = (path) => new URL(path, import.meta.url).pathname;
const host = await hostFolders({
  "/": SITE,
  "/bench/": folder("page"),
  "/bench/module/": BENCH_PAGE,
  ...(BENCH_PEERS_PAGE && { "/peers/": BENCH_PEERS_PAGE }),
});
const bench = `${host.origin}/bench/`;

console.log(`${"".padEnd(24)} ${"ours".padStart(9)} ${"reference".padStart(9)}`);

/** Runs a browser with a profile of its own; `after` looks at the profile when the browser is gone. */
async function withBrowser(args, work, after = () => {}) {
  const profile = await freshProfile();
  try {
    const context = await startBrowser(profile, { args, viewport: { width: 1180, height: 820 }, locale: "zh-CN" });
    context.setDefaultTimeout(120_000);
    try {
      await work(context);
    } finally {
      await context.close();
    }
    await after(profile);
  } finally {
    await profile.remove();
  }
}

// Frames are drawn as soon as they are ready: waiting for the screen's next beat is not the app's doing.
const AT_ONCE = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

try {
  if (wanted("boot_") || called("edit_durable", "join", "join_wasm")) {
    await withBrowser([], async (context) => {
      if (wanted("boot_") || called("edit_durable")) for await (const line of opening(context, bench)) show(line);
      if (called("edit_durable")) show(await editing(context, bench));
      if (called("join", "join_wasm")) for await (const line of merging(context, bench)) show(line);
    });
  }
  if (["join_vs_", "wire_bytes_join_", "rest_bytes_join_"].some(wanted)) for (const line of await mergingAgainstPeers()) show(line);
  if (["bootstrap", "wire_bytes_", "rest_bytes_"].some(wanted)) for (const line of await firstDownload(withBrowser, bench)) show(line);
  if (["ingest_", "rest_bytes_ingest"].some(wanted)) for (const line of await ingesting()) show(line);
  if (called("first_data_4x")) {
    await withBrowser(AT_ONCE, async (context) => {
      await fillApp(context, bench, 10_000);
      show(await firstData(context, host.origin));
    });
  }
  if (called("filter_5k", "tap_4x")) {
    await withBrowser(AT_ONCE, async (context) => {
      await fillApp(context, bench, 100_000);
      if (called("filter_5k")) show(await filtering(context, host.origin));
      if (called("tap_4x")) show(await tapping(context, host.origin));
    });
  }
  if (wanted("filter_bare_")) {
    await withBrowser(AT_ONCE, async (context) => {
      for await (const line of bareFilters(context, wanted)) show(line);
    });
  }
  if (called("import_20k_longest_task")) show(await importing(withBrowser, host.origin));
  if (["open_", "fresh_", "filter_"].some(wanted)) {
    await withBrowser(AT_ONCE, async (context) => {
      await fillYears(context, bench);
      if (wanted("open_") || wanted("fresh_")) for await (const line of openings(context, host.origin, wanted)) show(line);
      if (wanted("filter_")) for await (const line of filters(context, host.origin, wanted)) show(line);
    });
  }
} finally {
  await host.stop();
}
if (values.json) await writeFile(values.json, `${JSON.stringify(lines, null, 2)}\n`);
