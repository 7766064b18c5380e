// A visit from start to finish with no network: her dealers come from a file of the office's, she prepares
// while there is still a signal, runs and closes the visit without one; while she types at the next dealer's,
// first the tab is killed, then the whole browser.
// In the morning everything is there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { go } from "../../browser/places.mjs";
import { keptForOffline, saved, takeTablet } from "../../browser/tablet.mjs";

const DEALERS = fileURLToPath(new URL("../../fixtures/dealers_300.gb18030.csv", import.meta.url));
const DEALER = "宁波华盛厨电1店";
const OTHER = "丽水㐂来顺厨电有限公司";
const MINUTES = ["双十一的样机还没到店", "样机六台下周三前到店"];
const HALF_TYPED = ["老板问明年的", "返利怎么"];

let tablet;
let page;
let next;
let half;

before(async () => {
  tablet = await takeTablet();
});

after(async () => {
  await tablet.putAway();
});

const button = (name) => page.getByRole("button", { name });
const line = (number) => page.getByRole("textbox", { name: `第 ${number} 行` });
const heading = (name) => page.getByRole("heading", { name, level: 2 });

async function openDealer(name) {
  await go(page, "#/dealers");
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("link", { name }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
}

test("the first visit keeps the app, the second is served from the tablet", async () => {
  page = await tablet.open();
  await page.getByRole("heading", { name: "和每一家经销商，同行" }).waitFor();
  await keptForOffline(page);
  await page.reload();
  await page.getByRole("heading", { name: "和每一家经销商，同行" }).waitFor();
  assert.ok(await page.evaluate(() => navigator.serviceWorker.controller !== null));
  tablet.watch.calm();
});

test("300 dealers come in from a GB18030 file", async () => {
  await page.getByRole("link", { name: "导入我的经销商" }).click();
  await page.locator("input[type=file]").setInputFiles(DEALERS);
  await button("检查并预览").click();
  await button("导入 300 行").click();
  await page.getByText("已导入经销商 300 条").first().waitFor();
  await saved(page);
  await go(page, "#/dealers");
  await page.getByText("300 家").waitFor();
  await openDealer(OTHER);
  tablet.watch.calm();
});

test("she prepares a visit", async () => {
  await openDealer(DEALER);
  await button("准备拜访").click();
  await heading("议程").waitFor();
  await page.getByRole("textbox", { name: "新增议题" }).fill("样机到店时间");
  await page.getByRole("textbox", { name: "新增议题" }).press("Enter");
  await page.getByText("样机到店时间").waitFor();
  await saved(page);
});

test("the network goes, and the server with it", async () => {
  await tablet.host.stop();
  await tablet.context.setOffline(true);
  await page.locator(".rail-status[data-state=offline]").waitFor();
});

test("she checks in, writes the minutes, and turns a line into an action", async () => {
  await button("下一步：签到").click();
  await button("到店签到").click();
  await line(1).click();
  await page.keyboard.type(MINUTES[0]);
  await page.keyboard.press("Enter");
  await page.keyboard.type(MINUTES[1]);
  await line(2).click();
  await page.getByRole("group", { name: "把这一行变成" }).getByRole("button", { name: "待办" }).click();
  await page.locator(".minutes [data-kind=action]").waitFor();
  await saved(page);
});

test("both agree, and the proposed date closes the visit", async () => {
  await button("下一步：约定").click();
  await page.getByText(MINUTES[1]).first().waitFor();
  await button("下一步：收尾").click();
  next = await page.getByLabel("日期", { exact: true }).inputValue();
  assert.match(next, /^\d{4}-\d\d-\d\d$/);
  await button("完成拜访").click();
  await page.getByText("拜访已完成").first().waitFor();
  await saved(page);
  tablet.watch.calm();
});

test("at the next dealer's the tab is killed in the middle of a line, which comes back", async () => {
  await openDealer(OTHER);
  await button("准备拜访").click();
  await button("下一步：签到").click();
  await button("到店签到").click();
  await line(1).click();
  await page.keyboard.type(HALF_TYPED[0], { delay: 15 });
  half = page.url().split("#")[1];
  await page.waitForTimeout(300);
  tablet.watch.calm();
  await tablet.killTab(page);
  page = await tablet.open(`#${half}`);
  await line(1).waitFor();
  assert.equal(await line(1).inputValue(), HALF_TYPED[0]);
});

test("she types on, and the browser is killed with everything in it", async () => {
  await line(1).click();
  await page.keyboard.press("End");
  await page.keyboard.type(HALF_TYPED[1], { delay: 15 });
  // Until here a browser may keep in memory what a page has told it to keep.
  await page.waitForTimeout(1_000);
  tablet.watch.calm();
  await tablet.kill();
});

test("in the morning, still without a server, everything is there", async () => {
  await tablet.switchOn();
  await tablet.context.setOffline(true);
  page = await tablet.open();
  await openDealer(DEALER);
  const dealer = page.url().split("#")[1];

  await go(page, `#${dealer}/meetings`);
  const upcoming = page.getByRole("region", { name: "即将进行" });
  const [, month, day] = next.split("-").map(Number);
  await upcoming.getByText(`${month}月${day}日`).first().waitFor();

  await page.getByRole("region", { name: "以往" }).getByRole("link", { name: /拜访/ }).click();
  for (const line of MINUTES) await page.getByText(line).first().waitFor();
  const agreed = page.getByRole("region", { name: "这次说好的" });
  await agreed.getByRole("button", { name: `${MINUTES[1]} 待办` }).waitFor();

  await go(page, `#${half}`);
  await line(1).waitFor();
  assert.equal(await line(1).inputValue(), HALF_TYPED.join(""));
  tablet.watch.calm();
});
