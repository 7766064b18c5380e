// An import of 20,000 rows: how long the page's longest task is while rows are checked, written and taken back.
// Nothing that a person does meanwhile waits longer for its turn.
import { line } from "./rounds.mjs";

const ROWS = 20_000;
const IMPORTS = 3;
/** A longer task is felt, in milliseconds; shorter ones are not told of. */
const LIMIT = 50;

function table() {
  const rows = ["客户编码,经销商名称,区域,类型,年营业额,合作起始日,联系电话,详细地址,标签,备注"];
  for (let at = 0; at < ROWS; at += 1) {
    rows.push(`L${at},第${at}号厨电经销商,杭州,零售商,${1000 + at},2021-05-01,0571-${1000000 + at},灶台路 ${at} 号,样板、大客户,第 ${at} 行`);
  }
  return Buffer.from(`${rows.join("\r\n")}\r\n`);
}

/** The longest task of the page while something is done; the limit where all are shorter. */
async function longestTask(page, act) {
  await page.evaluate(() => {
    window.tasks = [];
    window.longTasks = new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((entry) => entry.duration)));
    window.longTasks.observe({ type: "longtask" });
  });
  await act();
  // What was observed last is told in a task of its own.
  return page.evaluate((limit) => new Promise((resolve) => {
    setTimeout(() => {
      window.longTasks.disconnect();
      resolve(Math.max(limit, ...window.tasks));
    }, 100);
  }), LIMIT);
}

/** Imports in a browser that knows nothing, and takes it back. */
async function once(context, origin) {
  const page = await context.newPage();
  await page.goto(`${origin}/#/import`);
  const file = page.locator("input[type=file]");
  await file.setInputFiles({ name: "large.csv", mimeType: "text/csv", buffer: table() });
  const button = (name) => page.getByRole("button", { name });
  const check = button("检查并预览");
  await check.waitFor();
  const longest = await longestTask(page, async () => {
    await check.click();
    await page.getByRole("button", { name: `导入 ${ROWS} 行`, exact: true }).click();
    await page.getByText(new RegExp(`${ROWS} 条`)).first().waitFor();
    await button("撤销这次导入").click();
    await page.getByText("这次导入已撤销").first().waitFor();
  });
  await page.close();
  return longest;
}

export async function importing(withBrowser, origin) {
  const longest = [];
  for (let round = 0; round < IMPORTS; round += 1) {
    await withBrowser([], async (context) => longest.push(await once(context, origin)));
  }
  return line("import_20k_longest_task", { ours: longest, reference: LIMIT });
}
