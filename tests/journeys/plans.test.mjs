// A plan from a template, without a network: steps on both sides that wait for each other, on a timeline; a circle is
// refused in words, and a late step moves those that wait for it. The days are counted here once more.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "杭州岸柳厨居";
const TODAY = new Date(2026, 8, 10, 10, 0);
const BEGINS = "2026-09-01";
// The template of the demo book: who does what, so many days after the beginning.
const STEPS = [
  ["定下店址和开业日", "对方", 7],
  ["出展厅图纸", "我方", 14],
  ["装修完成", "对方", 45],
  ["样机到店并调试", "我方", 52],
  ["导购培训", "我方", 60],
  ["开业活动", "对方", 70],
];

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
  await go(page, "#/dealers");
  const dealer = await page.getByRole("link", { name: DEALER }).first().getAttribute("href");
  await go(page, `${dealer}/plans`);
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");
const plan = () => page.getByRole("region", { name: "新店开业" });
const step = (title) => plan().getByRole("listitem").filter({ hasText: title }).first();
const after_ = (days) => new Date(Date.parse(BEGINS) + days * 86_400_000);
const shown = (day) => `${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;

async function look(name) {
  await page.getByRole("radio", { name }).check({ force: true });
  await settled(page);
}

test("a template becomes a plan with its steps on both sides", async () => {
  await page.getByRole("button", { name: "从模板开始" }).click();
  await form().getByRole("radio", { name: /^新店开业/ }).check();
  await form().getByLabel("从哪天开始").fill(BEGINS);
  await form().getByRole("button", { name: "保存" }).click();
  await form().waitFor({ state: "detached" });
  const rows = await plan().getByRole("listitem").allInnerTexts();
  assert.equal(rows.length, STEPS.length);
  STEPS.forEach(([title, side], at) => {
    assert.ok(rows[at].includes(title), rows[at]);
    assert.ok(rows[at].includes(side), rows[at]);
  });
});

test("the timeline tells when each begins and ends, and what it waits for", async () => {
  await look("时间线");
  const rows = await plan().getByRole("list", { name: "时间线" }).getByRole("listitem").allInnerTexts();
  assert.equal(rows.length, STEPS.length);
  STEPS.forEach(([title, , days], at) => {
    assert.ok(rows[at].includes(title) && rows[at].includes(shown(after_(days))), rows[at]);
    // A step that waits begins on the day after the one before it is due.
    if (at > 0) assert.ok(rows[at].includes(shown(after_(STEPS[at - 1][2] + 1))), rows[at]);
  });
});

test("bars lie where their days are", async () => {
  // From the first day shown, a week before the first step is due, to the last step's end; two days late already.
  const bars = await plan().locator(".gantt-bar").evaluateAll((bars) =>
    bars.map((bar) => {
      const track = bar.parentElement.getBoundingClientRect();
      const { left, right } = bar.getBoundingClientRect();
      return [(left - track.left) / track.width, (right - track.left) / track.width];
    }));
  const first = STEPS[0][2] - 6;
  const late = 2;
  const length = STEPS.at(-1)[2] + late - first + 1;
  STEPS.forEach(([title, , days], at) => {
    const end = (days - first + 1) / length;
    assert.ok(Math.abs(bars[at][1] - end) < 0.01, `${title}: ${bars[at][1]} for ${end}`);
  });
});

test("the first step is late, and moves all that wait for it", async () => {
  // It was due on the eighth; today is the tenth.
  const rows = plan().getByRole("list", { name: "时间线" }).getByRole("listitem");
  for (const row of await rows.all()) assert.match(await row.innerText(), /2 天/);
  await rows.last().locator(".explain").click();
  const why = await page.locator(".popover:popover-open").innerText();
  for (const part of [`2026年${shown(after_(70))}`, `2026年${shown(after_(72))}`, "2 天"]) assert.ok(why.includes(part), `${part} in ${why}`);
  await page.keyboard.press("Escape");
});

test("a circle is refused in words", async () => {
  await look("步骤");
  await step(STEPS[0][0]).getByRole("button", { name: /^更多/ }).click();
  await page.getByRole("menuitem", { name: "前置步骤" }).click();
  await form().getByRole("radio", { name: STEPS[3][0] }).check();
  await form().getByRole("alert").waitFor();
  assert.match(await form().getByRole("alert").innerText(), /等/);
  assert.equal(await form().getByRole("button", { name: "保存" }).isDisabled(), true);
  await page.keyboard.press("Escape");
  await form().waitFor({ state: "detached" });
});

test("done, the first step no longer holds the others up by more than it was late", async () => {
  await step(STEPS[0][0]).locator("label.tick").click();
  await look("时间线");
  const rows = plan().getByRole("list", { name: "时间线" }).getByRole("listitem");
  assert.match(await rows.first().innerText(), /2 天/);
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await saved(page);
  tablet.watch.calm();
});
