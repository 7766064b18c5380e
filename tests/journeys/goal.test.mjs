// A goal and its readings: what the page says is what the arithmetic gives, and it shows the arithmetic.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { saved, takeTablet } from "../browser/tablet.mjs";

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
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");

async function save() {
  await form().getByRole("button", { name: "保存" }).click();
  await form().waitFor({ state: "detached" });
}

test("a dealer and a goal are entered", async () => {
  await page.getByRole("button", { name: "添加第一家经销商" }).click();
  await form().getByLabel("名称", { exact: true }).fill(DEALER);
  await save();
  await page.getByRole("heading", { name: DEALER, level: 1 }).waitFor();
  await page.getByRole("navigation", { name: "经销商页面" }).getByRole("link", { name: "目标" }).click();
  await page.getByRole("button", { name: "新目标" }).first().click();
  await form().getByLabel("目标", { exact: true }).fill("全年进货 120 万");
  await form().getByLabel("衡量指标").selectOption({ label: "进货额" });
  await form().getByLabel("基线", { exact: true }).fill("0");
  await form().getByLabel("目标值", { exact: true }).fill(String(TARGET));
  await form().getByLabel("开始", { exact: true }).fill("2026-01-01");
  await form().getByLabel("结束", { exact: true }).fill("2026-12-31");
  await save();
  await page.getByRole("heading", { name: "全年进货 120 万", level: 1 }).waitFor();
});

test("eight months of readings are entered", async () => {
  for (const [month, amount] of READINGS.entries()) {
    await page.getByRole("button", { name: "录入数据" }).first().click();
    await form().getByLabel("月份").selectOption(`2026-${String(month + 1).padStart(2, "0")}`);
    await form().getByLabel("进货额").fill(String(amount));
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
  await stat.getByText(achieved / expected >= 0.95 ? "正常" : "需关注").waitFor();

  await figure.click();
  const explanation = page.locator(".popover:popover-open");
  const text = await explanation.innerText();
  const digits = text.replaceAll(",", "");
  assert.ok(digits.includes(String(achieved)), `${achieved} in ${text}`);
  assert.ok(digits.includes(String(Math.trunc(expected))), `${Math.trunc(expected)} in ${text}`);
  assert.ok(text.includes(pace), `${pace} in ${text}`);
  await page.keyboard.press("Escape");
  tablet.watch.calm();
});
