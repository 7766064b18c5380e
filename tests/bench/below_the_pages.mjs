// What lies below the pages of the app: its book from the disk into memory, an edit on the disk, a merge.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { byTurns, line } from "./rounds.mjs";

const run = promisify(execFile);
const SIZES = { boot_1k: 1_000, boot_10k: 10_000, boot_100k: 100_000 };
const OPENINGS = 9;
const EDITS = 300;
const MERGES = 9;

/** Opens a page and gives what `work` made of it. */
async function inPage(context, address, work) {
  const page = await context.newPage();
  try {
    await page.goto(address);
    return await work(page);
  } finally {
    await page.close();
  }
}

/** From the start of the script to the whole book in memory; the reference only parses JSON. */
export async function* opening(context, bench) {
  for (const [name, count] of Object.entries(SIZES)) {
    const filled = await inPage(context, `${bench}workbench.html`, (page) =>
      page.evaluate(async ([name, count]) => (await window.ready).fill(name, count), [name, count]));
    if (filled !== count) throw new Error(`${name} has ${filled} rows, not ${count}`);
    const open = (file, name) => inPage(context, `${bench}${file}?name=${name}`, async (page) => {
      const { ms, rows } = await page.evaluate(() => window.done);
      if (rows !== count) throw new Error(`${file} found ${rows} rows, not ${count}`);
      return ms;
    });
    yield line(name, await byTurns(OPENINGS, () => open("open_book.html", name), () => open("read_json.html", `${name}-json`)));
  }
}

/** One edit of a field, until the browser says that it is on the disk; the reference is a bare strict put. */
export async function editing(context, bench) {
  return line("edit_durable", await inPage(context, `${bench}workbench.html`, (page) =>
    page.evaluate(async (count) => (await window.ready).edits("boot_10k", count), EDITS)));
}

/** 5,000 field edits into 10,000 rows of 12 fields; the reference is nested maps in a process of its own. */
export async function* merging(context, bench) {
  const printed = async (program, ...rest) => Number((await run(program, rest)).stdout);
  const reference = () => printed(process.execPath, new URL("merge.mjs", import.meta.url).pathname);
  yield line("join", await byTurns(MERGES, () => printed(process.env.BENCH_NATIVE), reference));
  const inBrowser = () => inPage(context, `${bench}workbench.html`, (page) =>
    page.evaluate(async () => (await window.ready).mergeTwice()));
  yield line("join_wasm", await byTurns(MERGES, inBrowser, reference));
}
