// Setting a goal together, without a network: need, measure, baseline, target, milestones, and a signature
// under words. Then it is revised with a reason and agreed anew. Sums and dates are worked out here once more.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "杭州岸柳厨居";
const REASON = "城西店晚开一个季度";

let tablet;
let page;
let dealer;
let goal;
let consent;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  // The next quarter is the last of the year: October to December.
  await page.clock.setFixedTime(new Date(2026, 8, 10, 10, 0));
  await page.reload();
  await opened(page);
  await loadDemo(page);
  await tablet.loseNetwork(page);
  await go(page, "#/dealers");
  dealer = await page.getByRole("link", { name: DEALER }).first().getAttribute("href");
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");
const button = (name) => page.getByRole("button", { name, exact: true });
const stat = (name) => page.locator(".stat > dt").filter({ hasText: new RegExp(`^${name}$`) }).locator("..");
const number = (text) => Number(text.replace(/[^0-9.-]/g, ""));
const question = (text) => page.getByRole("heading", { name: text, level: 2 }).waitFor();

async function next() {
  await page.getByRole("contentinfo").or(page.locator(".dock")).first().getByRole("link", { name: "下一步" }).click();
  await settled(page);
}

/** Draws on the sheet, from place to place in parts of its width and height. */
async function draw(strokes) {
  const sheet = page.locator(".signature > svg");
  await sheet.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await sheet.boundingBox();
  for (const [first, ...rest] of strokes) {
    await page.mouse.move(x + first[0] * width, y + first[1] * height);
    await page.mouse.down();
    for (const [across, down] of rest) await page.mouse.move(x + across * width, y + down * height, { steps: 4 });
    await page.mouse.up();
  }
}

const NAME = [[[0.2, 0.3], [0.3, 0.7], [0.4, 0.3]], [[0.5, 0.5], [0.7, 0.5], [0.65, 0.8]]];

test("it begins with what the dealer needs", async () => {
  await go(page, `${dealer}/goals`);
  await page.getByRole("link", { name: "一起定目标" }).click();
  await question("想解决什么？");
  await page.getByRole("group", { name: "经销商的需求" }).getByRole("radio").first().check();
  await next();
});

test("then comes what is measured, and for how long; what was answered stays", async () => {
  await question("用什么来衡量，多长时间？");
  await page.getByRole("group", { name: "已有数据的指标" }).getByRole("radio", { name: /^进货额/ }).check();
  await button("下个季度").click();
  assert.equal(await page.getByLabel("开始", { exact: true }).inputValue(), "2026-10-01");
  assert.equal(await page.getByLabel("结束", { exact: true }).inputValue(), "2026-12-31");
  const here = await page.evaluate(() => location.hash);
  await go(page, dealer);
  await go(page, here);
  assert.ok(await page.getByRole("radio", { name: /^进货额/ }).isChecked());
  await next();
});

test("the baseline comes from the readings, and the three months before add up", async () => {
  await question("现在在哪里？");
  assert.equal(number(await stat("基线").getByRole("button").innerText()), 0);
  const rows = await page.getByRole("region", { name: "最近的数据" }).getByRole("row").allInnerTexts();
  assert.equal(rows.length, 12);
  const amounts = rows.slice(0, 3).map((row) => number(row.split("\t")[1]));
  assert.match(rows[0], /^2026年9月/);
  const before = amounts.reduce((sum, amount) => sum + amount, 0);
  assert.equal(number(await stat("此前同样长度").locator("dd").innerText()), before);
  await next();
});

test("a target within reach passes; one far beyond it does not", async () => {
  await question("要走到哪里？");
  const reach = number(await stat("够得着的目标").getByRole("button").innerText());
  const target = page.getByRole("textbox", { name: "目标值" });
  const achievable = page.locator(".checks > li").filter({ hasText: "可达成" }).locator(".badge");
  const tone = async () => {
    await settled(page);
    return achievable.getAttribute("data-tone");
  };
  await target.fill(String(reach * 4));
  assert.equal(await tone(), "risk");
  await page.getByRole("button", { name: /^采用/ }).click();
  assert.equal(number(await target.inputValue()), reach);
  assert.equal(await tone(), "good");
  await stat("够得着的目标").getByRole("button").click();
  const why = await page.locator(".popover:popover-open").innerText();
  assert.ok(why.includes("3 个月") && why.includes("过去最好的增长"), why);
  await page.keyboard.press("Escape");
  await target.fill("600000");
  await next();
});

test("three marks divide the days evenly", async () => {
  await question("路上看哪几站？");
  await page.getByRole("radio", { name: "3" }).check({ force: true });
  await settled(page);
  const days = 92;
  const dates = [1, 2, 3].map((part) => {
    const due = new Date(Date.UTC(2026, 9, 1 + Math.floor((days * part) / 3) - 1));
    return due.toISOString().slice(0, 10);
  });
  const shown = await page.locator("main .rows time").evaluateAll((times) => times.map((time) => time.dateTime));
  assert.deepEqual(shown, dates);
  await next();
});

test("a signature without words is refused, and so is a dot", async () => {
  await question("双方都同意吗？");
  const text = page.getByRole("textbox", { name: "确认内容" });
  consent = await text.inputValue();
  for (const part of ["进货额", "600,000", "2026年10月1日", "2026年12月31日"]) assert.ok(consent.includes(part), `${part} in ${consent}`);
  await draw(NAME);
  await text.fill("");
  await button("双方确认并保存").click();
  await page.getByText("签名之前，先写下签名人确认的内容").waitFor();
  await text.fill(consent);
  await button("清除").click();
  await draw([[[0.5, 0.5], [0.51, 0.5]]]);
  await button("双方确认并保存").click();
  await page.getByText("签名太短").waitFor();
  await button("清除").click();
});

test("signed, it is in the book with its marks and its signature", async () => {
  await draw(NAME);
  await button("双方确认并保存").click();
  await page.getByRole("heading", { name: /进货额做到/, level: 1 }).waitFor();
  goal = await page.evaluate(() => location.hash);
  const agreement = page.getByRole("region", { name: "双方确认" });
  await agreement.getByText("确认有效").waitFor();
  await agreement.locator("svg.signed path").waitFor();
  assert.equal(await page.getByRole("region", { name: "里程碑" }).getByRole("listitem").count(), 3);
  await saved(page);
});

test("the signed sheet can be printed, with the terms, the words and the signature", async () => {
  await page.getByRole("link", { name: "目标确认书" }).click();
  const paper = page.locator(".paper");
  await paper.locator("svg.signed path").waitFor();
  const text = await paper.innerText();
  for (const part of [DEALER, consent.split("。")[0], "2026年9月10日"]) assert.ok(text.includes(part), `${part} in ${text}`);
  await page.emulateMedia({ media: "print" });
  assert.ok(await paper.locator("svg.signed").isVisible());
  assert.equal(await button("打印").isVisible(), false);
  assert.equal(await page.getByRole("navigation", { name: "主导航" }).isVisible(), false);
  await page.emulateMedia({ media: "screen" });
});

test("it is revised with a reason; both readings stay, and the agreement no longer holds", async () => {
  await go(page, goal);
  await button("更多").click();
  await page.getByRole("menuitem", { name: "调整目标" }).click();
  await form().getByRole("textbox", { name: "目标值" }).fill("540000");
  await form().getByRole("button", { name: "调整目标" }).click();
  await form().getByText("必填").or(form().getByText("写下为什么调整")).first().waitFor();
  await form().getByLabel(/^调整原因/).fill(REASON);
  await form().getByRole("button", { name: "调整目标" }).click();
  await form().waitFor({ state: "detached" });
  const history = await page.getByRole("region", { name: "调整记录" }).innerText();
  for (const part of [REASON, "600,000", "540,000"]) assert.ok(history.includes(part), `${part} in ${history}`);
  await page.getByRole("region", { name: "双方确认" }).getByText("确认后有调整").waitFor();
});

test("it is agreed anew, this time by word", async () => {
  await page.getByRole("link", { name: "重新确认" }).click();
  await page.getByRole("heading", { name: "双方确认", level: 1 }).waitFor();
  await page.getByLabel("经销商确认人").fill("");
  await button("双方确认").click();
  await page.getByText("填写经销商的确认人").waitFor();
  await page.getByLabel("经销商确认人").fill("沈妙");
  await button("双方确认").click();
  const agreement = page.getByRole("region", { name: "双方确认" });
  await agreement.getByText("确认有效").waitFor();
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await agreement.getByText("确认后有调整").waitFor();
});

test("after a new start the first signature is still there", async () => {
  await saved(page);
  await tablet.context.setOffline(false);
  await page.reload();
  await opened(page);
  await go(page, goal);
  await page.getByRole("region", { name: "双方确认" }).locator("svg.signed path").waitFor();
  tablet.watch.calm();
});

test("the demo book tells of a goal that was signed and revised once", async () => {
  await go(page, `${dealer}/goals`);
  const year = page.locator("main a[href*='#/goals/']").filter({ hasText: "进货" });
  for (const href of await year.evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
    await go(page, href);
    const history = page.getByRole("region", { name: "调整记录" });
    if ((await history.count()) === 0 || href === goal) continue;
    assert.equal(await history.getByRole("listitem").count(), 1);
    await page.getByRole("region", { name: "双方确认" }).locator("svg.signed path").waitFor();
    return;
  }
  assert.fail("no goal of the demo book was revised");
});
