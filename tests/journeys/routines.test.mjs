// Routines, without a network: a rule is switched on, does its work once, shows each act and takes it back; it does
// nothing twice, neither after a new start nor on the next day. Checklists begin anew with the week.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

// A Thursday: the week ends in four days, today counted.
const TODAY = new Date(2026, 8, 10, 10, 0);
const RULE = "联系超期就安排";
const ROUTINE = "给三家老客户打个电话";

let tablet;
let page;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(TODAY);
  await page.reload();
  await opened(page);
  await loadDemo(page);
  await tablet.loseNetwork(page);
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");
const region = (name) => page.getByRole("region", { name });
const rule = (name) => region("提醒规则").locator(".rules > li").filter({ hasText: name });
const toggle = (name) => rule(name).getByRole("switch");
const count = (text) => Number(text.match(/\d+/)[0]);
const toast = () => page.locator(".toast").last();

async function begin(day) {
  await saved(page);
  await tablet.context.setOffline(false);
  await page.clock.setFixedTime(day);
  await page.reload();
  await opened(page);
  await go(page, "#/routines");
  // Rules run once there is nothing better to do.
  await page.waitForTimeout(1500);
  await settled(page);
}

test("a resting rule tells what it would do: the dealers whose contact is overdue", async () => {
  await go(page, "#/dealers");
  const overdue = (await page.locator("[data-role=list] .row").filter({ hasText: /逾期 \d+ 天/ }).locator(".row-title").allInnerTexts()).sort();
  await go(page, "#/routines");
  await rule(RULE).getByText("开启后会做的事").click();
  const would = (await rule(RULE).locator("details .row-title").allInnerTexts()).sort();
  assert.ok(would.length > 0 && would.every((name) => overdue.includes(name)), `${would} among ${overdue}`);
});

test("switched on, it plans a contact for each, once, and shows why", async () => {
  const would = await rule(RULE).locator("details .row-title").count();
  await toggle(RULE).check({ force: true });
  await page.getByText(`规则已开启，做了 ${would} 件事`).waitFor();
  const did = rule(RULE).locator("details").filter({ hasText: "做过" });
  assert.equal(count(await did.locator("summary").innerText()), would);
  await did.locator("summary").click();
  assert.equal(await did.getByRole("button", { name: "撤销" }).count(), would);
  await did.getByRole("button", { name: "为什么" }).first().click();
  const why = await page.locator(".popover:popover-open").innerText();
  for (const part of [RULE, "联系超期", "2026年9月10日", "只做一次"]) assert.ok(why.includes(part), `${part} in ${why}`);
  await page.keyboard.press("Escape");
  // Switching off and on again finds nothing new.
  await toggle(RULE).uncheck({ force: true });
  await toggle(RULE).check({ force: true });
  await settled(page);
  assert.equal(count(await did.locator("summary").innerText()), would);
});

test("each act is taken back by itself, and stays taken back", async () => {
  const did = rule(RULE).locator("details").filter({ hasText: "做过" });
  const row = did.getByRole("listitem").first();
  const place = await row.locator("a.row-main").getAttribute("href");
  await row.getByRole("button", { name: "撤销" }).click();
  await row.locator(".badge").filter({ hasText: "已撤销" }).waitFor();
  await go(page, place);
  await page.getByText("在回收站").first().waitFor();
  await go(page, "#/routines");
  const before = await rule(RULE).locator("details summary").first().innerText();
  await begin(TODAY);
  assert.equal(await rule(RULE).locator("details summary").first().innerText(), before);
});

test("the next day it does only what is new", async () => {
  const before = count(await rule(RULE).locator("details summary").first().innerText());
  await begin(new Date(2026, 8, 11, 8, 0));
  const now = count(await rule(RULE).locator("details summary").first().innerText());
  assert.ok(now >= before, `${now} after ${before}`);
  await begin(new Date(2026, 8, 11, 9, 0));
  assert.equal(count(await rule(RULE).locator("details summary").first().innerText()), now);
});

test("a routine is ticked for this week and waits again in the next", async () => {
  await page.getByRole("button", { name: "添加例行任务" }).click();
  await form().getByLabel(/^例行任务/).fill(ROUTINE);
  await form().getByRole("button", { name: "保存" }).click();
  await form().waitFor({ state: "detached" });
  const row = region("检查表").getByRole("listitem").filter({ hasText: ROUTINE });
  await row.locator("label.tick").click();
  await settled(page);
  assert.equal(await row.getByRole("checkbox").isChecked(), true);
  await begin(new Date(2026, 8, 14, 8, 0));
  assert.equal(await row.getByRole("checkbox").isChecked(), false);
  await region("检查表").getByText("本期还有 7 天").waitFor();
});

test("the digest tells what the week brought, and how it was counted", async () => {
  const digest = region("本周小结");
  await digest.getByText("2026年9月14日 – 2026年9月20日").first().waitFor();
  await digest.locator(".stat").first().getByRole("button").click();
  const why = await page.locator(".popover:popover-open").innerText();
  assert.ok(why.includes("按发生的日期计入本周"), why);
  await page.keyboard.press("Escape");
});

test("reminders are asked for by a tap alone", async () => {
  assert.equal(await page.evaluate(() => Notification.permission), "default");
  await tablet.context.grantPermissions(["notifications"]);
  await page.evaluate(() => {
    window.shown = [];
    window.Notification = class { constructor(title, options) { window.shown.push([title, options.body]); } static permission = "granted"; static requestPermission = async () => "granted"; };
  });
  await page.getByRole("region", { name: "提醒", exact: true }).getByRole("switch").check({ force: true });
  await settled(page);
  assert.equal(await page.getByRole("region", { name: "提醒", exact: true }).getByRole("switch").isChecked(), true);
});

test("the dealer who looks on sees nothing of it", async () => {
  await page.getByRole("button", { name: "同屏", exact: true }).click();
  await page.getByRole("button", { name: "长按结束" }).waitFor();
  await go(page, "#/routines");
  await page.waitForFunction(() => !document.querySelector(".toast"));
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  for (const part of [RULE, ROUTINE, "做过"]) assert.ok(!text.includes(part), part);
  await page.getByText("例行工作只给自己看").waitFor();
  assert.equal(await toast().count(), 0);
  tablet.watch.calm();
});
