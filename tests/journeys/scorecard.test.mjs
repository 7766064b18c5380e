// How dealers score, without a network: readings and targets are typed in, a score is checked by hand, the rubric
// is edited and put in force, and one evaluation goes from the draft to the review. What is expected is worked
// out here, by the rule that the page states.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

// Joined days ago: the demo book has no figures of this dealer.
const DEALER = "南昌赣岚厨房";
const MONTHS = ["2026-04", "2026-05", "2026-06"];
const BOUGHT = [100_000, 110_000, 90_000];
const AIMS = [120_000, 100_000, 100_000];
const FOCUS = 24;
// What the demo's scorecard says of both metrics, and of those without data.
const WEIGHTS = { bought: 40, focus: 20, others: 40 };
const FOCUS_AIM = 36;
const RESPONSE = "目标定得合理，七月补上";
const REVIEW = "七月已经补上";

const sum = (list) => list.reduce((a, b) => a + b, 0);
/** A number with two decimals, rounded half to even, without trailing zeros. */
function hundredths(value) {
  const scaled = value * 100;
  const down = Math.floor(scaled);
  const rest = scaled - down;
  const up = rest > 0.5 + 1e-9 || (Math.abs(rest - 0.5) < 1e-9 && down % 2 === 1);
  return String((down + (up ? 1 : 0)) / 100);
}
const bought = Number(hundredths((100 * sum(BOUGHT)) / sum(AIMS)));
const focus = Number(hundredths((100 * FOCUS) / FOCUS_AIM));
const scoreAt = (weight) => hundredths((weight * bought + WEIGHTS.focus * focus) / (weight + WEIGHTS.focus));

let tablet;
let page;
let dealer;
let evaluation;

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
const stat = (name) => page.locator(".stat > dt").filter({ hasText: name }).locator("..").first();
const popover = () => page.locator(".popover:popover-open");

async function explanation(figure) {
  await figure.click();
  const text = await popover().innerText();
  await page.keyboard.press("Escape");
  return text;
}

test("all dealers are ranked, the best first; equal scores would share a place", async () => {
  await go(page, "#/scorecards");
  await page.getByRole("status").filter({ hasText: "2026年二季度" }).waitFor();
  const rows = page.getByRole("region", { name: "排名" }).getByRole("listitem");
  const ranked = await rows.evaluateAll((items) =>
    items.map((item) => ({
      place: Number(item.querySelector(".rank").textContent),
      score: Number(item.querySelector(".score").textContent),
    })),
  );
  assert.ok(ranked.length > 15, `${ranked.length}`);
  ranked.forEach(({ place, score }, at) => {
    assert.equal(place, 1 + ranked.filter((other) => other.score > score).length, `row ${at}`);
    assert.ok(at === 0 || score <= ranked[at - 1].score);
  });
  const first = await explanation(rows.first().locator(".explain").last());
  for (const part of ["加权平均", "数据覆盖", "规则", String(ranked[0].score)]) assert.ok(first.includes(part), `${part} in ${first}`);
});

test("a peer group narrows the ranking down", async () => {
  const choice = page.getByLabel("可比经销商");
  const [, first] = await choice.getByRole("option").allInnerTexts();
  await choice.selectOption({ label: first });
  await settled(page);
  const rows = await page.getByRole("region", { name: "排名" }).getByRole("listitem").count();
  assert.equal(rows, Number(first.split(" · ").at(-1)));
  await choice.selectOption("");
});

test("readings and targets are typed into a table, a month at a time", async () => {
  await go(page, "#/scorecards/readings");
  const row = () => page.getByRole("row").filter({ hasText: DEALER });
  for (const [at, month] of MONTHS.entries()) {
    await page.getByLabel("月份").selectOption(month);
    await row().getByLabel(/实际$/).fill(String(BOUGHT[at]));
    await row().getByLabel(/实际$/).press("Tab");
    await row().getByLabel(/目标$/).fill(String(AIMS[at]));
    await row().getByLabel(/目标$/).press("Tab");
    await settled(page);
    const attained = Math.floor((100 * BOUGHT[at]) / AIMS[at]);
    assert.match(await row().innerText(), new RegExp(`${attained}%|${attained + 1}%`));
  }
  await page.getByLabel("哪个指标").selectOption({ label: "重点产品占比" });
  await row().getByLabel(/实际$/).fill("很多");
  await row().getByLabel(/实际$/).press("Tab");
  assert.equal(await row().getByLabel(/实际$/).getAttribute("aria-invalid"), "true");
  await row().getByLabel(/实际$/).fill(String(FOCUS));
  await row().getByLabel(/实际$/).press("Tab");
  await settled(page);
  assert.equal(await row().getByLabel(/实际$/).getAttribute("aria-invalid"), "false");
});

test("the dealer's score is what the rule says, down to the readings", async () => {
  await go(page, "#/dealers");
  dealer = await page.getByRole("link", { name: DEALER }).first().getAttribute("href");
  await go(page, `${dealer}/scorecard`);
  assert.equal(await stat("得分").getByRole("button").innerText(), scoreAt(WEIGHTS.bought));
  assert.match(await stat("数据覆盖").innerText(), /60%/);
  const why = await explanation(stat("得分").getByRole("button"));
  for (const part of [`${WEIGHTS.bought} × ${bought}`, `${WEIGHTS.focus} × ${focus}`, scoreAt(WEIGHTS.bought)]) {
    assert.ok(why.includes(part), `${part} in ${why}`);
  }
  const metric = page.getByRole("row").filter({ hasText: "进货额" }).first();
  const months = await explanation(metric.getByRole("button"));
  for (const amount of BOUGHT) assert.ok(months.includes(`¥${amount.toLocaleString("en")}`), `${amount} in ${months}`);
  const without = await page.getByRole("row").filter({ hasText: "库存天数" }).first().innerText();
  assert.match(without, /没有数据/);
});

test("an evaluation is begun, discussed and answered", async () => {
  await button("开始评估").click();
  await page.getByRole("heading", { name: "评估：2026年二季度", level: 1 }).waitFor();
  evaluation = await page.evaluate(() => location.hash);
  await button("写评语").click();
  await form().getByLabel("做得好的").fill("开业顺利");
  await form().getByRole("button", { name: "保存", exact: true }).click();
  await form().waitFor({ state: "detached" });
  await button("已与经销商沟通").click();
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await button("已与经销商沟通").click();
  await button("记下经销商反馈").click();
  await form().getByRole("button", { name: "记下经销商反馈", exact: true }).click();
  await form().getByText("请写几句话").waitFor();
  await form().getByLabel("经销商反馈").fill(RESPONSE);
  await form().getByRole("button", { name: "记下经销商反馈", exact: true }).click();
  await form().waitFor({ state: "detached" });
  await page.getByText(RESPONSE).waitFor();
});

test("without a plan one is made, then agreed; what came of it is reviewed", async () => {
  await button("确认改进计划").click();
  await form().getByLabel(/^行动计划|^计划|^标题/).first().fill("三季度补量");
  await form().getByRole("button", { name: "保存", exact: true }).click();
  await form().getByRole("button", { name: "确认改进计划", exact: true }).waitFor();
  await form().getByRole("combobox").selectOption({ label: "三季度补量" });
  await form().getByRole("button", { name: "确认改进计划", exact: true }).click();
  await form().waitFor({ state: "detached" });
  await page.getByRole("link", { name: "三季度补量" }).waitFor();
  await button("复盘").click();
  await form().getByLabel("复盘").fill(REVIEW);
  await form().getByRole("button", { name: "复盘", exact: true }).click();
  await form().waitFor({ state: "detached" });
  await page.getByText(REVIEW).waitFor();
  assert.match(await page.getByRole("group", { name: "评估进程" }).locator("[aria-current=step]").innerText(), /已复盘/);
});

test("the feedback sheet is on paper with a running head, and nothing of the screen", async () => {
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".paper-head").isVisible());
  assert.match(await page.locator(".paper-head").innerText(), new RegExp(`${DEALER} · 2026年二季度`));
  for (const part of [".rail", ".head-actions", ".stepper"]) assert.ok(!(await page.locator(part).first().isVisible()), part);
  await page.emulateMedia({ media: "screen" });
});

test("what was discussed stays when a reading changes; the change is said", async () => {
  await go(page, "#/scorecards/readings");
  await page.getByLabel("月份").selectOption("2026-06");
  const row = page.getByRole("row").filter({ hasText: DEALER });
  await row.getByLabel(/实际$/).fill("190000");
  await row.getByLabel(/实际$/).press("Tab");
  await settled(page);
  await go(page, evaluation);
  assert.equal(await stat("得分").getByRole("button").innerText(), scoreAt(WEIGHTS.bought));
  const by_now = Number(hundredths((100 * (sum(BOUGHT) + 100_000)) / sum(AIMS)));
  const expected = hundredths((WEIGHTS.bought * Math.min(110, by_now) + WEIGHTS.focus * focus) / 60);
  assert.equal(await page.locator(".note").getByRole("button").innerText(), expected);
});

test("a rubric is edited in a form that says what does not fit, and comes into force", async () => {
  await go(page, "#/scorecards/cards");
  await button("编辑评分规则").first().click();
  const weight = (name) => form().getByRole("group", { name, exact: true });
  await weight("指标 1").getByLabel("权重").fill("50");
  await form().getByText("权重合计 110").waitFor();
  await weight("指标 2").getByLabel("指标", { exact: true }).selectOption({ label: "进货额" });
  await form().getByRole("button", { name: "保存", exact: true }).click();
  await form().getByText("第 2 个指标前面已经有了").waitFor();
  await weight("指标 2").getByLabel("指标", { exact: true }).selectOption({ label: "重点产品占比" });
  await weight("指标 2").getByLabel("封顶").fill("0");
  await form().getByRole("button", { name: "保存", exact: true }).click();
  await form().getByText("封顶要大于 0").waitFor();
  await weight("指标 2").getByLabel("封顶").fill("120");
  await form().getByRole("button", { name: "保存", exact: true }).click();
  await form().waitFor({ state: "detached" });
  await button("发布生效").click();
  await form().getByRole("button", { name: "发布生效", exact: true }).click();
  await form().waitFor({ state: "detached" });
  await button("发布生效").waitFor({ state: "detached" });
  // The discussed period stays as it was discussed; a dealer's other periods go by the new version.
  await go(page, evaluation);
  assert.equal(await stat("得分").getByRole("button").innerText(), scoreAt(WEIGHTS.bought));
});

test("typing in the editor is not lost", async () => {
  await go(page, "#/scorecards/cards");
  await button("编辑评分规则").first().click();
  await form().getByRole("group", { name: "指标 1", exact: true }).getByLabel("权重").fill("45");
  // Away by the address, as when a link is followed from elsewhere: nobody said cancel.
  await go(page, "#/");
  await go(page, "#/scorecards/cards");
  await button("编辑评分规则").first().click();
  await form().getByText("已恢复上次没有保存的内容").waitFor();
  assert.equal(await form().getByRole("group", { name: "指标 1", exact: true }).getByLabel("权重").inputValue(), "45");
  await form().getByRole("button", { name: "取消", exact: true }).click();
  await form().waitFor({ state: "detached" });
});

test("a formula metric is tried out; circles and division by zero are said", async () => {
  await go(page, "#/scorecards/metrics");
  await button("更多：动销率").click();
  await page.getByRole("menuitem", { name: "设置公式" }).click();
  const text = form().getByLabel("公式");
  const keep = form().getByRole("button", { name: "保存", exact: true });
  await text.fill("[动销率] * 2");
  await form().getByText("公式绕回到自己：动销率 → 动销率").waitFor();
  assert.ok(await keep.isDisabled());
  await text.fill("[销售额] / 0");
  await form().getByText("除数为 0").waitFor();
  await text.fill("[销售额] / [进货额");
  await form().getByText("有一个括号没有合上").waitFor();
  await text.fill("[毛利] * 2");
  await form().getByText("没有叫“毛利”的指标").waitFor();
  await text.fill("[销售额] / [进货额] * 200");
  await form().getByText("试算对象").waitFor();
  await keep.click();
  await form().waitFor({ state: "detached" });
  await page.getByText("[销售额] / [进货额] * 200").waitFor();
});

test("the dealer who looks on sees its own score and nobody else's", async () => {
  await button("同屏").click();
  await button("长按结束").waitFor();
  await go(page, "#/scorecards");
  await page.getByText("同屏时不列出各家经销商的评分").waitFor();
  assert.equal(await page.locator(".rank").count(), 0);
  await go(page, `${dealer}/scorecard`);
  assert.equal(await page.locator(".stat > dt").filter({ hasText: "在可比经销商中" }).count(), 0);
  await stat("得分").waitFor();
  await saved(page);
  tablet.watch.calm();
});
