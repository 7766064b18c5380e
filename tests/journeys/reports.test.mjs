// The quarterly review and the report over all dealers, without a network: saved as workbooks that another program's
// reader opens, with the figures of the page, and on paper, page by page.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "苏州枕河灶业";
const EXPLAINED = "数字怎么来的";

/** Prints a workbook as JSON: for each sheet its rows of values; a formula stays the text that it is. */
const READER = `
import datetime, json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
def value(cell):
    v = cell.value
    if isinstance(v, datetime.datetime): return v.date().isoformat()
    return v
print(json.dumps({s.title: [[value(c) for c in row] for row in s.iter_rows()] for s in book}))
`;

let tablet;
let page;
let folder;
let dealer;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "tongxing-reports-"));
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(new Date(2026, 7, 10, 10, 0));
  await page.reload();
  await opened(page);
  await loadDemo(page);
  await tablet.loseNetwork(page);
});

after(async () => {
  await tablet.putAway();
  await rm(folder, { recursive: true });
});

const region = (name) => page.getByRole("region", { name, exact: true });
const number = (text) => Number(text.replace(/[¥,%]| 个百分点$/g, "").replace("−", "-"));

/** A Python that has openpyxl: the one on the PATH, or the distribution's. */
function reader() {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      execFileSync(python, ["-c", "import openpyxl"], { stdio: "ignore" });
      return python;
    } catch {
      // The next one may have it.
    }
  }
  throw new Error("this journey needs openpyxl: run `apt-get install python3-openpyxl`");
}

/** The workbook that the page saves, by its sheets; no cell of it is a formula. */
async function workbook() {
  const button = page.getByRole("button", { name: "存为 XLSX", exact: true });
  const [got] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const file = join(folder, "report.xlsx");
  await got.saveAs(file);
  const book = JSON.parse(execFileSync(reader(), ["-c", READER, file], { encoding: "utf8" }));
  const formulas = Object.values(book).flat(2).filter((cell) => typeof cell === "string" && cell.startsWith("="));
  assert.deepEqual(formulas, []);
  return { name: got.suggestedFilename(), book };
}

/** How a figure came about, from the sheet that tells it: labels and values. */
const told = (book, sheet, row) =>
  book[EXPLAINED].slice(1).filter(([of, name]) => of === sheet && name === row).map((line) => line.slice(4));

/** How many pages a document has on paper. */
async function pages() {
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b/g).length;
}

test("the report over all dealers has the page's figures, as values", async () => {
  await go(page, "#/portfolio/report");
  const { name, book } = await workbook();
  assert.match(name, /2026-08-10\.xlsx$/);
  assert.deepEqual(Object.keys(book), ["全盘", "评分前十", "最需要关注", "激励", "超期的问题", EXPLAINED]);
  const best = await region("评分前十").locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("th").textContent, Number(row.querySelector(":scope > td:last-child .explain").textContent)]));
  assert.ok(best.length > 5);
  assert.deepEqual(book["评分前十"].slice(1).map((row) => [row[0], row[4]]), best);
  const changes = await region("全盘").locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("th").textContent, row.querySelector("td:last-child").textContent]));
  for (const [metric, change] of changes) {
    const row = book["全盘"].find(([title]) => title === metric);
    assert.ok(Math.abs(row[5] * 100 - number(change)) < 0.06, `${metric}: ${row[5]} and ${change}`);
  }
});

test("the sheet that explains has inputs, rule and arithmetic of every figure", async () => {
  const { book } = await workbook();
  const [, sales] = book["全盘"];
  const lines = told(book, "全盘", sales[0]);
  assert.equal(number(lines.at(-1)[1]), sales[1]);
  // The largest dealers and all others sum to the figure.
  const parts = lines.filter(([label]) => !["合计", "有数据的经销商"].includes(label) && !label.startsWith("比去年"));
  const sum = parts.reduce((all, [, text]) => all + number(text.replace(/^.*共 /, "")), 0);
  assert.ok(Math.abs(sum - sales[1]) < 0.005, `${sum} and ${sales[1]}`);
  for (const [name, , , , score] of book["评分前十"].slice(1)) {
    assert.ok(told(book, "评分前十", name).some(([, text]) => text.includes(String(score))), `${name}: ${score}`);
  }
  for (const [name, , , expected] of book["激励"].slice(1)) {
    const texts = told(book, "激励", name).map(([, text]) => text);
    assert.ok(texts.some((text) => number(text.replace(/ .*/, "")) === expected), `${name}: ${expected}`);
  }
});

test("the quarterly review of a dealer has the page's figures, and the explanation that the page gives", async () => {
  await go(page, "#/dealers");
  dealer = (await page.getByRole("link", { name: DEALER }).first().getAttribute("href")).split("/")[2];
  await go(page, `#/packs/${dealer}`);
  const { name, book } = await workbook();
  assert.ok(name.includes(DEALER) && name.includes("2026年二季度"), name);
  assert.deepEqual(Object.keys(book), ["评分", "目标", "行动计划", "问题", "培训", "支持", "激励", "下季度", EXPLAINED]);
  const score = Number(await region("评分").locator(".stat .explain").first().innerText());
  const total = book["评分"].at(-1);
  assert.equal(total[5], score);
  // The weighted mean of the metrics' scores, less what was deducted, worked out once more.
  const metrics = book["评分"].slice(1, -1).filter((row) => row[4] !== null && row[5] !== null);
  const deducted = book["评分"].slice(1, -1).filter((row) => row[4] === null && row[5] !== null);
  const weights = metrics.reduce((sum, row) => sum + row[4], 0);
  const mean = metrics.reduce((sum, row) => sum + row[4] * row[5], 0) / weights;
  const less = deducted.reduce((sum, row) => sum + row[5], 0);
  assert.ok(Math.abs(Math.max(0, mean + less) - score) < 0.011, `${mean} ${less} and ${score}`);
  for (const [scheme, earned] of await incentives()) {
    assert.equal(book["激励"].find(([title]) => title === scheme)[2], earned);
  }
});

/** Schemes and what was earned in them, as the page shows. */
async function incentives() {
  const rows = await region("激励").locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("th").firstChild.textContent, row.querySelector(".explain").textContent]));
  return rows.map(([title, text]) => [title, number(text)]);
}

test("on paper every part begins where it should, under a head that runs on", async () => {
  assert.ok((await pages()) >= 4, "the review breaks into its parts");
  await go(page, "#/portfolio/report");
  assert.ok((await pages()) >= 2, "the report breaks between its parts");
  await page.emulateMedia({ media: "print" });
  // A head runs on only in a table, and only as its header.
  assert.equal(await page.locator(".paper").evaluate((paper) => getComputedStyle(paper).display), "table");
  assert.equal(await page.locator(".paper-head").evaluate((head) => getComputedStyle(head.closest("thead")).display), "table-header-group");
  assert.ok(!(await page.getByRole("button", { name: "存为 XLSX" }).isVisible()));
  await page.emulateMedia({ media: "screen" });
  await settled(page);
  await saved(page);
  tablet.watch.calm();
});
