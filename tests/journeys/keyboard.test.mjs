// A whole visit by keyboard alone, from the empty book to the next date.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { settled } from "../browser/places.mjs";
import { saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "绍兴鉴湖灶台";
const MINUTES = ["老板要换两台样机", "下周三前把样机送到店"];

let tablet;
let page;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
});

after(async () => {
  await tablet.putAway();
});

/** What a screen reader would call what has the focus. */
const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement;
    const label = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
    return label.replaceAll(/\s+/g, " ").trim();
  });

/** Presses Tab until what is called so has the focus. */
async function tabTo(name) {
  const passed = [];
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const here = await focused();
    if (typeof name === "string" ? here === name : name.test(here)) return;
    passed.push(here.slice(0, 20));
  }
  assert.fail(`Tab never reaches ${name}; it passes ${passed.join(" → ")}`);
}

async function press(name) {
  await tabTo(name);
  await page.keyboard.press("Enter");
  await settled(page);
}

test("the demo book is loaded", async () => {
  await press(/^先看演示台账/);
  await page.getByText("演示台账已就绪").waitFor();
});

test("the first Tab leads past the navigation", async () => {
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await press("跳到内容");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
});

test("the palette finds the dealer", async () => {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  await page.keyboard.type("jianhu");
  await page.getByRole("option", { name: DEALER, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: DEALER, level: 1 }).waitFor();
});

test("the visit is prepared, run and closed", async () => {
  await press("准备拜访");
  await tabTo("新增议题");
  await page.keyboard.type("样机");
  await page.keyboard.press("Enter");
  await press("下一步：签到");
  await press("到店签到");
  await tabTo("第 1 行");
  await page.keyboard.type(MINUTES[0]);
  await page.keyboard.press("Enter");
  await page.keyboard.type(MINUTES[1]);
  await press("待办");
  await page.locator(".minutes [data-kind=action]").waitFor();
  await press("下一步：约定");
  await page.getByText(MINUTES[1]).first().waitFor();
  await press("下一步：收尾");
  await press("完成拜访");
  await page.getByText("拜访已完成").first().waitFor();
  await saved(page);
});

test("a dialog keeps the focus and gives it back", async () => {
  await page.evaluate(() => { location.hash = "#/dealers"; });
  await page.getByRole("searchbox").waitFor();
  await page.keyboard.press("n");
  await page.getByRole("dialog").waitFor();
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null);
    assert.ok(inside, "the focus stays within the dialog");
  }
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  tablet.watch.calm();
});
