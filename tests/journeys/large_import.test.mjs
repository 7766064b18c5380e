// Twenty thousand rows: the import shows how far it is, can be given up and taken back, and the page answers all the while.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const ROWS = 20_000;
/** A tablet's processor beside this one: what takes it seconds would be over here before anybody sees it. */
const SLOWER = 4;
/** How long progress may keep the test waiting, in milliseconds. */
const PATIENCE = 30_000;
/** A task of the page may take so many times as long as a short loop beside it: both stretch on a busy machine. */
const AT_MOST = 20;

let tablet;
let page;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open("#/import");
});

after(async () => {
  await tablet.putAway();
});

const button = (name) => page.getByRole("button", { name });

function table() {
  const rows = ["客户编码,经销商名称,区域,类型,年营业额,合作起始日,联系电话,详细地址,标签,备注"];
  for (let at = 0; at < ROWS; at += 1) {
    rows.push(`L${at},第${at}号厨电经销商,杭州,零售商,${1000 + at},2021-05-01,0571-${1000000 + at},灶台路 ${at} 号,样板、大客户,第 ${at} 行`);
  }
  return Buffer.from(`${rows.join("\r\n")}\r\n`);
}

/** Begins to measure: every task over 50 ms, and a loop of always the same work that is run between the page's tasks. */
const begin = () =>
  page.evaluate(() => {
    const measured = { tasks: [], loops: [] };
    const loop = () => {
      const start = performance.now();
      let sum = 0;
      for (let at = 0; at < 400_000; at += 1) sum = (sum + at * at) % 1_000_003;
      measured.loops.push(performance.now() - start);
      return sum;
    };
    loop();
    measured.loops = [];
    measured.timer = setInterval(loop, 100);
    measured.observer = new PerformanceObserver((list) => {
      measured.tasks.push(...list.getEntries().map((entry) => entry.duration));
    });
    measured.observer.observe({ type: "longtask" });
    globalThis.measured = measured;
  });

const end = () =>
  page.evaluate(() => {
    const { tasks, loops, timer, observer } = globalThis.measured;
    clearInterval(timer);
    observer.disconnect();
    return { tasks: tasks.sort((a, b) => b - a), loops: loops.sort((a, b) => b - a) };
  });

/** Does something and holds it to the loop beside it. */
async function measured(what, act) {
  await begin();
  await act();
  const { tasks, loops } = await end();
  const [longest = 0] = tasks;
  const [loop] = loops;
  console.log(`${what}: ${tasks.length} tasks over 50 ms, the longest ${longest.toFixed(0)} ms; the loop ${loop.toFixed(0)} ms`);
  assert.ok(longest <= AT_MOST * loop, `${what}: a task of ${longest} ms beside a loop of ${loop} ms`);
}

async function choose() {
  await page.locator("input[type=file]").setInputFiles({ name: "large.csv", mimeType: "text/csv", buffer: table() });
  await button("检查并预览").waitFor();
}

const dealers = async () => {
  await go(page, "#/settings");
  return page.getByRole("listitem").filter({ hasText: "现有内容" }).innerText();
};

/** Taps "cancel" as soon as the page shows how far its checking is; of how many rows that was. A hand from outside may
 *  be too late. */
const givenUp = () =>
  page.evaluate(([rows, patience]) => new Promise((resolve, reject) => {
    const observer = new MutationObserver(() => {
      const status = [...document.querySelectorAll("[role=status]")].find((it) => it.innerText.includes("正在检查每一行"));
      const [, done] = new RegExp(`(\\d+) / ${rows} 行`).exec(status?.innerText ?? "") ?? [];
      const cancel = [...(status?.querySelectorAll("button") ?? [])].find((it) => it.innerText.trim() === "取消");
      if (done === undefined || !cancel) return;
      observer.disconnect();
      cancel.click();
      resolve(Number(done));
    });
    setTimeout(() => reject(new Error(`No progress was shown: ${document.querySelector("main").innerText}`)), patience);
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  }), [ROWS, PATIENCE]);

test("an import that is given up leaves nothing", async () => {
  await choose();
  const processor = await page.context().newCDPSession(page);
  await processor.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const shown = givenUp();
  await button("检查并预览").click();
  const done = await shown;
  await processor.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  assert.ok(done > 0 && done < ROWS, `given up after ${done} rows`);
  await button("检查并预览").waitFor();
  assert.ok(!/经销商/.test(await dealers()));
  await go(page, "#/import");
});

test("twenty thousand rows come in while the page answers", async () => {
  await measured("checking", async () => {
    await button("检查并预览").click();
    await page.getByRole("region", { name: "文件里的行" }).waitFor({ timeout: 120_000 });
  });
  await measured("writing", async () => {
    await page.getByRole("button", { name: `导入 ${ROWS} 行`, exact: true }).click();
    await page.getByText(`已导入经销商 ${ROWS} 条`).first().waitFor({ timeout: 120_000 });
    await saved(page);
  });
});

test("all of it is taken back as one, while the page answers", async () => {
  await measured("taking back", async () => {
    await button("撤销这次导入").click();
    await go(page, "#/settings");
    await page.waitForFunction(() => !/经销商 \d/.test(document.querySelector("main").innerText), undefined, { timeout: 120_000 });
    await saved(page);
  });
  await page.reload();
  await opened(page);
  assert.ok(!/经销商 \d/.test(await dealers()), "the disk has it as the page shows it");
  tablet.watch.calm();
});
