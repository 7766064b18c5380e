// Measures, prints a table, and with `--json FILE` writes the figures too. `ratio` is ours ÷ reference:
// lower is better.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { freshProfile, startBrowser } from "../browser/profile.mjs";
import { hostFolders } from "../browser/static_host.mjs";
import { editing, merging, opening } from "./below_the_pages.mjs";
import { fillApp, filtering, firstData, tapping } from "./in_the_app.mjs";

const { SITE, BENCH_PAGE } = process.env;
const { values } = parseArgs({ options: { json: { type: "string" }, only: { type: "string", default: "" } } });

const wanted = (name) => name.includes(values.only) || values.only.includes(name);
const lines = [];

function show(line) {
  const { name, ours, reference, ratio, unit, runs } = line;
  lines.push(line);
  console.log(`${name.padEnd(14)} ${String(ours).padStart(9)} ${String(reference).padStart(9)} ${unit}  × ${ratio}  (${runs} runs)`);
}

const folder = (path) => new URL(path, import.meta.url).pathname;
const host = await hostFolders({ "/": SITE, "/bench/": folder("page"), "/bench/module/": BENCH_PAGE });
const bench = `${host.origin}/bench/`;

console.log(`${"".padEnd(14)} ${"ours".padStart(9)} ${"reference".padStart(9)}`);

async function withBrowser(args, work) {
  const profile = await freshProfile();
  const context = await startBrowser(profile, { args, viewport: { width: 1180, height: 820 }, locale: "zh-CN" });
  context.setDefaultTimeout(120_000);
  try {
    await work(context);
  } finally {
    await context.close();
    await profile.remove();
  }
}

// Frames are drawn as soon as they are ready: waiting for the screen's next beat is not the app's doing.
const AT_ONCE = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

try {
  if (["boot", "edit", "join"].some(wanted)) {
    await withBrowser([], async (context) => {
      if (wanted("boot") || wanted("edit")) for await (const line of opening(context, bench)) show(line);
      if (wanted("edit")) show(await editing(context, bench));
      if (wanted("join")) for await (const line of merging(context, bench)) show(line);
    });
  }
  if (wanted("first_data")) {
    await withBrowser(AT_ONCE, async (context) => {
      await fillApp(context, bench, 10_000);
      show(await firstData(context, host.origin));
    });
  }
  if (wanted("filter") || wanted("tap")) {
    await withBrowser(AT_ONCE, async (context) => {
      await fillApp(context, bench, 100_000);
      if (wanted("filter")) show(await filtering(context, host.origin));
      if (wanted("tap")) show(await tapping(context, host.origin));
    });
  }
} finally {
  await host.stop();
}
if (values.json) await writeFile(values.json, `${JSON.stringify(lines, null, 2)}\n`);
