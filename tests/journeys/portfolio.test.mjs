// The figures of all dealers without a network: by two sides, down to the dealers behind a cell; duplicates merged with
// both histories kept; the quarterly review and the report on paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const TWINS = ["温州拾瓯厨卫", "温州 拾瓯厨卫"];

let tablet;
let page;

before(async () => {
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
});

const sheet = () => page.getByRole("dialog").last();
const button = (name) => page.getByRole("button", { name, exact: true });
const number = (text) => Number(text.replace(/[¥,]/g, "").replace(/([\d.]+)(万|亿)?.*/, (_, digits, unit) => Number(digits) * ({ 万: 1e4, 亿: 1e8 }[unit] ?? 1)));

test("the navigation leads to the figures, and from there to everything that is measured", async () => {
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "数据" }).click();
  await page.getByRole("heading", { name: "数据", level: 1 }).waitFor();
  const links = page.getByRole("navigation", { name: "更多数据" }).getByRole("link");
  assert.deepEqual(await links.allInnerTexts(), ["评分", "激励", "支持", "培训"]);
});

test("a total is the sum of its cells, and a cell the sum of its dealers", async () => {
  const table = page.getByRole("region", { name: "全盘" });
  const rows = table.locator("tbody tr");
  const count = await rows.count();
  assert.ok(count > 3);
  await rows.first().locator("td .explain").first().click();
  const told = page.locator(".popover:popover-open .sum");
  const amounts = (await told.locator("div:has(a) dd").allInnerTexts()).map(number);
  const total = number(await told.locator(".total dd").innerText());
  assert.ok(amounts.length > 0);
  assert.ok(Math.abs(amounts.reduce((a, b) => a + b, 0) - total) < 0.01, `${amounts} → ${total}`);
  await page.keyboard.press("Escape");
});

test("rows, columns and the metric can be chosen", async () => {
  await page.getByLabel("按什么分行").selectOption({ label: "区域" });
  await page.getByLabel("按什么分列").selectOption({ label: "档位" });
  await settled(page);
  const heads = await page.getByRole("region", { name: "全盘" }).locator("thead th").allInnerTexts();
  assert.equal(heads[0], "区域");
  assert.ok(heads.some((head) => /档|未填/.test(head)), heads.join());
  await page.getByLabel("指标").selectOption({ label: "客户满意度" });
  await page.getByText("每格是其中经销商最近一次数据的平均").waitFor();
});

test("what is missing is listed; duplicates are merged and both histories stay", async () => {
  await go(page, "#/portfolio/quality");
  const row = page.getByRole("listitem").filter({ hasText: TWINS[1] }).first();
  assert.match(await row.innerText(), /重复/);
  await row.getByRole("button", { name: "合并" }).click();
  await sheet().getByRole("radio", { name: TWINS[0], exact: true }).check({ force: true });
  const text = await sheet().innerText();
  assert.match(text, /会移过来的记录|两边不同|会补上/);
  await sheet().getByRole("button", { name: "合并", exact: true }).click();
  await page.getByRole("heading", { name: TWINS[0], level: 1 }).waitFor();
  await go(page, "#/portfolio/quality");
  assert.equal(await page.getByRole("listitem").filter({ hasText: "重复" }).count(), 0);
  await go(page, "#/dealers");
  assert.equal(await page.getByRole("link", { name: TWINS[1], exact: true }).count(), 0);
});

test("the quarterly review holds every part, and breaks into pages with a running head", async () => {
  await go(page, "#/dealers");
  const dealer = await page.getByRole("link", { name: "苏州枕河灶业" }).first().getAttribute("href");
  await go(page, dealer);
  await button("更多：苏州枕河灶业").click();
  await page.getByRole("menuitem", { name: "季度复盘" }).click();
  await page.getByRole("heading", { name: "季度复盘", level: 1 }).waitFor();
  for (const part of ["评分", "目标", "行动计划", "问题", "培训与支持", "激励", "下季度"]) {
    await page.getByRole("region", { name: part, exact: true }).waitFor();
  }
  const text = await page.locator("main").innerText();
  assert.ok(text.includes("2026年二季度"), text.slice(0, 200));
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".paper-head").isVisible());
  assert.equal(await page.locator(".sheet-break").first().evaluate((element) => getComputedStyle(element).breakBefore), "page");
  assert.ok(!(await page.locator(".head-actions").isVisible()));
  await page.emulateMedia({ media: "screen" });
});

test("the report shows the year, the standings and what schemes cost", async () => {
  await go(page, "#/portfolio/report");
  for (const part of ["全盘", "评分前十", "最需要关注", "激励"]) {
    await page.getByRole("region", { name: part, exact: true }).waitFor();
  }
  const best = await page.getByRole("region", { name: "评分前十" }).locator("tbody td:last-child .explain").allInnerTexts();
  const scores = best.map(Number);
  assert.deepEqual(scores, [...scores].sort((a, b) => b - a));
});

test("while the dealer looks on, no figures of others are shown", async () => {
  await button("同屏").click();
  await button("长按结束").waitFor();
  for (const place of ["#/portfolio", "#/portfolio/table", "#/portfolio/quality", "#/portfolio/report", "#/portfolio/own-fields"]) {
    await go(page, place);
    await page.getByText("同屏时不显示各家经销商的数据").waitFor();
    assert.equal(await page.locator("main table").count(), 0);
  }
  await saved(page);
  tablet.watch.calm();
});
