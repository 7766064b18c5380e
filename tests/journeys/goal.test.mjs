// A goal and its readings: what the page says is what the arithmetic gives, and it shows the arithmetic.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "宁波听风厨电";
const TARGET = 1_200_000;
const READINGS = [81_000, 76_500, 92_000, 88_250, 101_000, 97_400, 90_600, 104_000];

let tablet;
let page;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  // The readings end with August; the page believes that it is the middle of September.
  await page.clock.setFixedTime(new Date(2026, 8, 14, 10, 0));
  await page.reload();
  await opened(page);
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");
const field = (name) => form().getByRole("textbox", { name, exact: true });

async function save() {
  await form().getByRole("button", { name: "保存" }).click();
  await form().waitFor({ state: "detached" });
}

test("a dealer and a goal are entered", async () => {
  await page.getByRole("button", { name: "添加第一家经销商" }).click();
  await field("名称").fill(DEALER);
  await save();
  await go(page, "#/dealers");
  await page.getByRole("link", { name: DEALER }).click();
  await page.getByRole("navigation", { name: "经销商页面" }).getByRole("link", { name: "目标" }).click();
  await page.getByRole("button", { name: "新目标" }).first().click();
  await field("目标").fill("全年进货 120 万");
  await form().getByLabel("衡量指标").selectOption({ label: "进货额" });
  await field("基线").fill("0");
  await field("目标值").fill(String(TARGET));
  await field("开始").fill("2026-01-01");
  await field("结束").fill("2026-12-31");
  await save();
  await page.getByRole("heading", { name: "全年进货 120 万", level: 1 }).waitFor();
});

test("eight months of readings are entered", async () => {
  for (const [month, amount] of READINGS.entries()) {
    await page.getByRole("button", { name: "录入数据" }).first().click();
    await form().getByLabel("月份").selectOption(`2026-${String(month + 1).padStart(2, "0")}`);
    await field("进货额").fill(String(amount));
    await save();
  }
  await saved(page);
});

test("the pace is what was achieved by what was expected, and explains itself", async () => {
  const day = 24 * 60 * 60 * 1000;
  const days = (from, to) => Math.round((to - from) / day) + 1;
  const passed = days(Date.UTC(2026, 0, 1), Date.UTC(2026, 7, 31));
  const all = days(Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31));
  const achieved = READINGS.reduce((sum, amount) => sum + amount, 0);
  const expected = (TARGET * passed) / all;
  const pace = `${Math.round((achieved / expected) * 100)}%`;

  const stat = page.locator(".stat").filter({ hasText: "进度" });
  const figure = stat.getByRole("button", { name: pace });
  await figure.waitFor();
  assert.equal(await stat.locator(".badge").innerText(), achieved / expected >= 0.95 ? "正常" : "需关注");

  await figure.click();
  const explanation = page.locator(".popover:popover-open");
  const text = await explanation.innerText();
  const digits = text.replaceAll(",", "");
  assert.ok(digits.includes(String(achieved)), `${achieved} in ${text}`);
  assert.ok(digits.includes(String(Math.trunc(expected))), `${Math.trunc(expected)} in ${text}`);
  const exact = `${Math.round((achieved / expected) * 1000) / 10}%`;
  assert.ok(text.includes(exact), `${exact} in ${text}`);
  await page.keyboard.press("Escape");
  tablet.watch.calm();
});
