// The long term, without a network: a plan over three years, an objective that becomes the goals of each year
// and quarter, a review with its minutes, and the culture check of both sides. Every share is worked out here too.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

// In its second year in the demo book; and a dealer that has no plan yet.
const PLANNED = "南京乌衣巷厨电";
const UNPLANNED = "杭州岸柳厨居";
const VISION = "三年后，新城每三户就有一户用我们的整套厨房";
const OBJECTIVE = "一年进货翻一番";
const SECRET = "暗号银杏";

let tablet;
let page;
let dealer;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(new Date(2026, 8, 10, 10, 0));
  await page.reload();
  await opened(page);
  await loadDemo(page);
  await tablet.loseNetwork(page);
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");
const button = (name) => page.getByRole("button", { name, exact: true });
const region = (name) => page.getByRole("region", { name });
const number = (text) => Number(text.replace(/[^0-9.-]/g, ""));

async function submit(name = "保存") {
  await form().getByRole("button", { name, exact: true }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
}

async function strategyOf(name) {
  await go(page, "#/dealers");
  const href = await page.getByRole("link", { name }).first().getAttribute("href");
  await go(page, href);
  await page.getByRole("navigation", { name: "经销商页面" }).getByRole("link", { name: "长期" }).click();
  await settled(page);
}

async function everything() {
  const html = await page.evaluate(() => document.documentElement.outerHTML);
  return `${html}\n${await page.locator("body").ariaSnapshot()}`;
}

test("the demo book has a plan of three years in its second", async () => {
  await strategyOf(PLANNED);
  await page.getByText("共 3 年，现在是第 2 年").waitFor();
  const years = page.locator(".stats > .stat").filter({ hasText: /第 \d 年/ });
  assert.deepEqual(await years.locator("> dt").allInnerTexts(), ["第 1 年 · 2025", "第 2 年 · 2026", "第 3 年 · 2027"]);
  assert.deepEqual(await years.locator("> dd > .explain .badge").allInnerTexts(), ["已回顾", "进行中", "未开始"]);
  const reviews = await region("战略复盘").innerText();
  for (const part of ["年度回顾 · 第 1 年", "战略复盘", "做得好的", "决定"]) assert.ok(reviews.includes(part), `${part} in ${reviews}`);
});

test("the quarters of its year make the year, and say so", async () => {
  const row = region("年度目标").getByRole("row").filter({ hasText: "第 2 年" });
  await row.getByRole("button", { name: "各季合计相符" }).click();
  const lines = page.locator(".popover:popover-open .sum > div");
  const ways = [];
  for (const line of await lines.filter({ hasText: /第 \d 季/ }).locator("dd").allInnerTexts()) {
    const [from, to] = line.split("→").map(number);
    ways.push(to - from);
  }
  const sum = ways.reduce((all, way) => all + way, 0);
  assert.equal(ways.length, 4);
  assert.equal(number(await lines.filter({ hasText: "各季合计" }).locator("dd").innerText()), sum);
  assert.equal(number(await lines.filter({ hasText: "上级目标" }).locator("dd").innerText()), sum);
  await page.keyboard.press("Escape");
});

test("both sides' answers are means of what people said", async () => {
  // The last round of the demo book: one of us, two of theirs, answers of 1 to 5.
  const us = [[5, 4, 4, 5, 5, 5]];
  const theirs = [[5, 4, 3, 5, 4, 5], [4, 4, 3, 4, 5, 5]];
  const share = (people, at) => Math.round((people.reduce((sum, answers) => sum + answers[at] - 1, 0) / (people.length * 4)) * 100);
  const rows = await region("各轮结果").locator("tbody tr").allInnerTexts();
  assert.equal(rows.length, 6);
  rows.forEach((row, at) => {
    const cells = row.split("\t").slice(1, 4).map(number);
    assert.equal(cells[0], share(us, at), row);
    assert.equal(cells[1], share(theirs, at), row);
  });
  const before = await page.locator(".radar p.sr").innerText();
  await page.getByRole("group", { name: "轮次" }).getByRole("button").first().click();
  await settled(page);
  assert.notEqual(await page.locator(".radar p.sr").innerText(), before);
});

test("a dealer without a plan gets one, from the next year on", async () => {
  await strategyOf(UNPLANNED);
  dealer = await page.evaluate(() => location.hash);
  await button("制定三年规划").click();
  assert.equal(await form().getByLabel("开始", { exact: true }).inputValue(), "2027-01-01");
  assert.equal(await form().getByLabel("结束", { exact: true }).inputValue(), "2029-12-31");
  await form().getByLabel(/^共同愿景/).fill(VISION);
  await form().getByLabel(/^内部备注/).fill(SECRET);
  await submit();
  await page.getByText(VISION).waitFor();
  await page.getByText("尚未开始").waitFor();
});

test("an objective becomes a goal for each year, in even steps; undone, they are gone", async () => {
  await button("添加战略目标").click();
  await form().getByLabel(/^战略目标/).fill(OBJECTIVE);
  await form().getByLabel(/^衡量指标/).selectOption({ label: "进货额" });
  await form().getByRole("textbox", { name: "基线" }).fill("3000000");
  await form().getByRole("textbox", { name: "目标值" }).fill("6000000");
  await submit();
  await button("分解到每年").click();
  await region("年度目标").waitFor();
  const targets = async () => region("年度目标").locator("tbody tr td:nth-child(3)").allInnerTexts();
  assert.deepEqual(await targets(), ["¥400万", "¥500万", "¥600万"]);
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await button("分解到每年").click();
  await region("年度目标").waitFor();
  assert.deepEqual(await targets(), ["¥400万", "¥500万", "¥600万"]);
});

test("a year becomes four quarters by their days", async () => {
  const row = region("年度目标").getByRole("row").filter({ hasText: "第 1 年" });
  await row.getByRole("button", { name: "分解到季度" }).click();
  await row.getByRole("button", { name: "各季合计相符" }).click();
  const days = [90, 91, 92, 92];
  const shown = await page.locator(".popover:popover-open .sum > div").filter({ hasText: /第 \d 季/ }).locator("dd").allInnerTexts();
  let passed = 0;
  let before = 0;
  days.forEach((length, at) => {
    passed += length;
    const cut = Math.round((400_000_000 * passed) / 365);
    assert.equal(number(shown[at].split("→")[1]), (cut - before) / 100);
    before = cut;
  });
  await page.keyboard.press("Escape");
});

test("a strategic review is written, and its minutes are those of a meeting", async () => {
  await button("写一次战略复盘").click();
  await form().getByLabel(/^做得好的/).fill("整套厨房卖起来了");
  await form().getByLabel(/^决定/).fill("新城先开一家");
  await submit();
  const review = region("战略复盘");
  await review.getByText("新城先开一家").waitFor();
  await review.getByRole("button", { name: /^更多/ }).first().click();
  await page.getByRole("menuitem", { name: "记纪要" }).click();
  await page.locator(".stepper").waitFor();
  await go(page, dealer);
  await review.getByRole("link", { name: "打开纪要" }).waitFor();
});

test("each side answers six statements, and the gap is told", async () => {
  const answer = async (side, by, point) => {
    await button("填问卷").last().click();
    await form().getByLabel(/^哪一方/).selectOption({ label: side });
    await form().getByLabel(/^填写人/).fill(by);
    for (const group of await form().locator(".segmented").all()) {
      await group.getByRole("radio").nth(point - 1).check({ force: true });
    }
    await submit("填问卷");
  };
  await answer("我方", "林晓", 5);
  await region("合作氛围").getByText("等另一方填写后可以比较").waitFor();
  await answer("经销商", "韩一舟", 3);
  const rows = await region("各轮结果").locator("tbody tr").allInnerTexts();
  for (const row of rows) assert.deepEqual(row.split("\t").slice(1, 4).map(number), [100, 50, 50], row);
  await region("合作氛围").first().getByRole("button", { name: "信任：50%" }).click();
  const why = await page.locator(".popover:popover-open").innerText();
  assert.ok(why.includes("4 ÷ (1 × 4) = 100%") && why.includes("2 ÷ (1 × 4) = 50%"), why);
  await page.keyboard.press("Escape");
});

test("who answers twice corrects the answers", async () => {
  await button("填问卷").last().click();
  await form().getByLabel(/^哪一方/).selectOption({ label: "经销商" });
  await form().getByLabel(/^填写人/).fill("韩 一舟");
  await form().locator(".segmented").first().getByRole("radio").nth(4).check({ force: true });
  await submit("填问卷");
  assert.equal(await region("填写记录").getByRole("listitem").count(), 2);
});

test("the dealer who looks on sees the plan without what is for the team", async () => {
  await button("记下风险").click();
  await form().getByLabel(/^风险/).fill(`${SECRET}：儿子不接手`);
  await submit();
  assert.ok((await everything()).includes(SECRET));
  await button("同屏").click();
  await button("长按结束").waitFor();
  await go(page, dealer);
  await page.waitForFunction(() => !document.querySelector(".toast"));
  const text = await everything();
  assert.ok(!text.includes(SECRET));
  assert.equal(await page.locator("[data-internal]").count(), 0);
  for (const part of [VISION, OBJECTIVE]) assert.ok(text.includes(part), part);
  await saved(page);
  tablet.watch.calm();
});
