// What a person waits for in the app itself, on a processor slowed down four times.
import { line } from "./rounds.mjs";

const DEALERS_PAGE = "#/dealers";
const SLOWER = 4;
// Limits to hold the app against, in milliseconds: one frame, and what is felt as at once.
export const FRAME = 16.7;
const FIRST_DATA = 2_500;
export const TAP = 150;

const COLD_STARTS = 7;
const TAPS = 12;
const QUERIES = ["hang", "yun", "ning", "lan", "suzhou", "kit", "zhu"];

/** Fills the app's own database with so many rows. */
export async function fillApp(context, bench, count) {
  const page = await context.newPage();
  await page.goto(`${bench}workbench.html`);
  await page.evaluate(async (count) => (await window.ready).fill("tongxing:/", count), count);
  await page.close();
}

export async function slowPage(context) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  return { page, session };
}

// Runs in the page, before anything of it: `painted(when)` is the time of the first paint at which `when`
// holds, `lastPaint(quietMs)` that of the last paint after which nothing changed for so long.
export function watchPaints() {
  const afterPaint = (work) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => work(performance.now());
    port2.postMessage(null);
  });
  window.painted = (when) => new Promise((resolve) => {
    const look = () => {
      if (!when()) return;
      observer.disconnect();
      afterPaint(resolve);
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
  window.lastPaint = (quietMs) => new Promise((resolve) => {
    let last;
    let quiet;
    const look = () => afterPaint((time) => {
      last = time;
      clearTimeout(quiet);
      quiet = setTimeout(() => {
        observer.disconnect();
        resolve(last);
      }, quietMs);
    });
    const observer = new MutationObserver(look);
    observer.observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true, attributes: true });
    // Where nothing changes, the paint that follows is the answer.
    look();
  });
}

/** A cold visit: nothing of the app is cached, its data are there; until Today shows some of them. */
export async function firstData(context, origin) {
  const times = [];
  for (let run = 0; run < COLD_STARTS; run += 1) {
    const { page, session } = await slowPage(context);
    await session.send("Network.clearBrowserCache");
    await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "service_workers,cache_storage" });
    await page.addInitScript(watchPaints);
    await page.addInitScript(() => {
      window.firstData = window.painted(() => document.querySelector("main .row") !== null);
    });
    await page.goto(`${origin}/`);
    times.push(await page.evaluate(() => window.firstData));
    await page.close();
  }
  return line("first_data_4x", { ours: times, reference: FIRST_DATA });
}

/** From a keystroke in the search of 5,000 dealers to the painted list. */
export async function filtering(context, origin) {
  const { page } = await slowPage(context);
  await page.addInitScript(watchPaints);
  await page.goto(`${origin}/${DEALERS_PAGE}`);
  const search = page.getByRole("searchbox");
  await search.click();
  const times = await timedKeys(page, search);
  await page.close();
  return line("filter_5k", { ours: times, reference: FRAME });
}

/** Types into a search that has the focus; the milliseconds from each keystroke to the last paint that came of it. */
export async function timedKeys(page, search) {
  const times = [];
  for (const query of QUERIES) {
    for (const key of query) {
      await page.evaluate(() => {
        window.stroke = new Promise((resolve) => {
          addEventListener("keydown", async ({ timeStamp }) => resolve((await window.lastPaint(250)) - timeStamp), { capture: true, once: true });
        });
      });
      await page.keyboard.press(key);
      times.push(await page.evaluate(() => window.stroke));
    }
    await search.fill("");
    await page.waitForTimeout(400);
  }
  return times;
}

/** From a tap on a dealer in the list to its page, painted. */
export async function tapping(context, origin) {
  const { page } = await slowPage(context);
  await page.addInitScript(watchPaints);
  await page.goto(`${origin}/${DEALERS_PAGE}`);
  const rows = page.locator("main [data-role=list] a.row");
  await rows.first().waitFor();
  const times = [];
  for (let tap = 0; tap < TAPS; tap += 1) {
    const row = rows.nth((tap % 6) + 1);
    await page.evaluate(() => {
      window.tap = new Promise((resolve) => {
        addEventListener("pointerdown", async ({ target, timeStamp }) => {
          // The list may have moved on since it was looked at: the finger decides.
          const name = target.closest("a.row").querySelector(".row-title").textContent;
          const shown = () => {
            const detail = document.querySelector("main [data-role=detail]");
            return detail?.querySelector("h1")?.textContent === name && detail.querySelector(".body > *") !== null;
          };
          resolve((await window.painted(shown)) - timeStamp);
        }, { capture: true, once: true });
      });
    });
    await row.click();
    times.push(await page.evaluate(() => window.tap));
    await page.waitForTimeout(300);
  }
  await page.close();
  return line("tap_4x", { ours: times, reference: TAP });
}
