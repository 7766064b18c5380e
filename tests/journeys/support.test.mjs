// Support and training without a network: a request from the asking to the answer, materials handed out as far as
// the stock goes, a class with invitations, attendance and scores. The sums are made here once more.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "杭州岸柳厨居";
const REQUEST = "旺季驻店导购两周";
const MATERIAL = "体验台围挡";
const COURSE = "成套方案演练";

let tablet;
let page;
let dealer;

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

const form = () => page.getByRole("dialog").last();
const button = (name) => page.getByRole("button", { name, exact: true });
const region = (name) => page.getByRole("region", { name, exact: true });
const row = (text) => page.getByRole("listitem").filter({ hasText: text }).first();

async function submit(name = "保存") {
  await form().getByRole("button", { name, exact: true }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
}

async function choose(name) {
  await form().getByRole("searchbox").fill(name);
  await form().getByRole("radio", { name }).first().check({ force: true });
}

async function menu(of, item) {
  await button(`更多：${of}`).first().click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

test("a request is written down for a dealer, with its day and who takes care", async () => {
  await go(page, "#/support");
  await button("新申请").click();
  await choose(DEALER);
  await form().getByRole("button", { name: "下一步" }).click();
  await form().getByLabel(/^支持申请/).fill(REQUEST);
  await form().getByRole("button", { name: "保存", exact: true }).click();
  await form().locator(".error:visible").first().waitFor();
  await form().getByLabel(/^类型/).selectOption({ label: "驻店人员" });
  await form().getByLabel("需要日期").fill("2026-08-05");
  await form().getByLabel("负责人").fill("陈晓");
  await submit();
  assert.match(await row(REQUEST).innerText(), /逾期 5 天/);
});

test("it is given; how content the dealer is counts in the mean", async () => {
  const figure = page.locator(".stat").filter({ hasText: "满意度" }).getByRole("button");
  const read = async () => {
    await figure.click();
    const text = await page.locator(".popover:popover-open").innerText();
    await page.keyboard.press("Escape");
    const [, sum, count] = text.match(/(\d+) ÷ (\d+) = [\d.]+\s*$/);
    return [Number(sum), Number(count)];
  };
  const [sum, count] = await read();
  await menu(REQUEST, "已满足");
  await form().getByLabel("答复").fill("两位老师到店");
  await form().getByLabel("满意度").selectOption({ label: "很满意" });
  await submit("已满足");
  assert.deepEqual(await read(), [sum + 5, count + 1]);
  assert.match(await row(REQUEST).innerText(), /很满意/);
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await settled(page);
  assert.deepEqual(await read(), [sum, count]);
});

test("materials come in and are handed out, never more than there are", async () => {
  await go(page, "#/support/materials");
  await button("新物料").click();
  await form().getByLabel(/^物料名称/).fill(MATERIAL);
  await form().getByLabel("单位").fill("组");
  await form().getByLabel(/^补货线/).fill("3");
  await submit();
  await menu(MATERIAL, "入库");
  await form().getByLabel(/^数量/).fill("5");
  await submit();
  await menu(MATERIAL, "发放");
  await choose(DEALER);
  await form().getByLabel("数量").fill("6");
  await form().getByRole("button", { name: "发放", exact: true }).click();
  await form().getByText(/只.*5|5/).first().waitFor();
  await form().getByLabel("数量").fill("2");
  await submit("发放");
  assert.match(await row(MATERIAL).innerText(), /该补货[\s\S]*3 组/);
  await row(MATERIAL).locator(".explain").click();
  const why = await page.locator(".popover:popover-open").innerText();
  await page.keyboard.press("Escape");
  for (const part of ["入库", "发放", "5", "2", "3"]) assert.ok(why.includes(part), `${part} in ${why}`);
});

test("a course answers needs; a class is scheduled and people are invited", async () => {
  await go(page, "#/support/courses");
  await button("新课程").click();
  await form().getByLabel(/^课程名称/).fill(COURSE);
  await submit();
  await row(COURSE).getByRole("button", { name: "安排一场" }).click();
  await form().getByLabel("开始时间").fill("2026-08-07T13:30");
  await form().getByLabel("时长（分钟）").fill("120");
  await form().getByLabel("名额").fill("2");
  await submit();
  await page.getByRole("heading", { name: COURSE, level: 1 }).waitFor();
  await button("邀请").click();
  await form().getByRole("button", { name: "邀请", exact: true }).click();
  await form().getByText("先选至少一位联系人").waitFor();
  await choose(DEALER);
  const people = form().getByRole("group", { name: "邀请谁" }).getByRole("checkbox");
  await people.nth(0).check({ force: true });
  await people.nth(1).check({ force: true });
  await submit("邀请");
  assert.equal(await region("邀请与出勤").getByRole("listitem").count(), 2);
  await page.getByText("2 / 2 个名额").waitFor();
});

test("who came, scores before and after, and what they say", async () => {
  await button("已举办").click();
  await settled(page);
  const people = region("邀请与出勤").getByRole("listitem");
  for (const [at, [before, after]] of [[50, 70], [60, 90]].entries()) {
    await people.nth(at).locator(".row-main").click();
    await form().getByLabel("到场").check({ force: true });
    await form().getByLabel("课前得分").fill(String(before));
    await form().getByLabel("课后得分").fill(at === 0 ? "170" : String(after));
    if (at === 0) {
      await form().getByRole("button", { name: "保存", exact: true }).click();
      await form().getByText("请填 0 到 100 分").waitFor();
      await form().getByLabel("课后得分").fill(String(after));
    }
    await form().getByLabel(/^评价/).fill("5");
    await submit();
  }
  const stat = (name) => page.locator(".stat").filter({ hasText: name });
  assert.match(await stat("到场率").innerText(), /100%/);
  // (20 + 30) ÷ 2 points.
  assert.match(await stat("平均提分").innerText(), /\+25/);
  assert.match(await stat("评价").innerText(), /5/);
});

test("a class that was held shows a metric before and after at each dealer", async () => {
  await go(page, "#/support/courses");
  const held = region("已举办").getByRole("link").filter({ hasText: "库存与资金周转" }).first();
  await held.click();
  const effect = page.locator(".effect .explain").first();
  const [before, after] = (await effect.innerText()).match(/[\d.]+/g).map(Number);
  await effect.click();
  const text = await page.locator(".popover:popover-open").innerText();
  await page.keyboard.press("Escape");
  const months = (label) => [...text.matchAll(new RegExp(`^${label}\\s+\\S+: ([\\d.]+)`, "gm"))].map(([, number]) => Number(number));
  for (const [label, mean] of [["培训前", before], ["培训后", after]]) {
    const numbers = months(label);
    assert.ok(numbers.length >= 1, text);
    assert.ok(Math.abs(numbers.reduce((a, b) => a + b, 0) / numbers.length - mean) < 0.01, `${numbers} → ${mean}`);
  }
});

test("all of it stands on the dealer's page, and the dealer sees nobody else's", async () => {
  await go(page, "#/dealers");
  dealer = await page.getByRole("link", { name: DEALER }).first().getAttribute("href");
  await go(page, `${dealer}/support`);
  const text = await page.locator("main").innerText();
  for (const part of [REQUEST, MATERIAL, COURSE]) assert.ok(text.includes(part), part);
  await button("同屏").click();
  await button("长按结束").waitFor();
  await go(page, "#/support");
  await page.getByText("同屏时不列出各家经销商的支持和培训").waitFor();
  await go(page, `${dealer}/support`);
  await page.getByText(COURSE).first().waitFor();
  await saved(page);
  tablet.watch.calm();
});
