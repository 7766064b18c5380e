// An incentive scheme from the draft to the dispute, without a network: tiers are set and approved, a dealer takes
// part, its standing and what-if follow the rule, a statement is issued, printed, disputed; a later version
// changes nothing of it. The amounts are worked out here once more.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const NAME = "试点返利";
// Joined days ago: the demo book has no figures of this dealer.
const DEALER = "南昌赣岚厨房";
const READINGS = [["2026-06", 250_000], ["2026-07", 300_000]];
// From so many yuan on, so much percent of what lies within the tier.
const TIERS = [[0, 1], [400_000, 2], [1_000_000, 3]];

/** An amount as it was measured, and one as it is paid. */
const yuan = (amount) => `¥${amount.toLocaleString("en", { maximumFractionDigits: 2 })}`;
const paid = (amount) => `¥${amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
/** Each tier's rate on the part within it. */
function marginal(amount, tiers = TIERS) {
  return tiers.reduce((sum, [from, percent], at) => {
    const to = tiers[at + 1]?.[0] ?? Infinity;
    return sum + (Math.max(0, Math.min(amount, to) - from) * percent) / 100;
  }, 0);
}
const BOUGHT = READINGS.reduce((sum, [, amount]) => sum + amount, 0);

let tablet;
let page;
let dealer;
let scheme;
let statement;

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
const stat = (name) => page.locator(".stat > dt").filter({ hasText: name }).locator("..").first();

async function submit(name = "保存") {
  await form().getByRole("button", { name, exact: true }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
}

async function explanation(figure) {
  await figure.click();
  const text = await page.locator(".popover:popover-open").innerText();
  await page.keyboard.press("Escape");
  return text;
}

async function enter(month, amount) {
  await go(page, "#/scorecards/readings");
  await page.getByLabel("月份").selectOption(month);
  const cell = page.getByRole("row").filter({ hasText: DEALER }).getByLabel(/实际$/);
  await cell.fill(String(amount));
  await cell.press("Tab");
  await settled(page);
}

test("readings are there to reckon with", async () => {
  for (const [month, amount] of READINGS) await enter(month, amount);
  await go(page, "#/dealers");
  dealer = await page.getByRole("link", { name: DEALER }).first().getAttribute("href");
});

test("all schemes show what they will cost against their budgets", async () => {
  await go(page, "#/incentives");
  const shown = await stat("预计期末").getByRole("button").first().click().then(() => page.locator(".popover:popover-open").innerText());
  await page.keyboard.press("Escape");
  const amounts = [...shown.matchAll(/¥([\d,.]+)/g)].map(([, text]) => Number(text.replaceAll(",", "")));
  const total = amounts.pop();
  assert.ok(Math.abs(amounts.reduce((a, b) => a + b, 0) - total) < 0.005, shown);
});

test("a scheme is drafted: tiers, period, and who may take part", async () => {
  await button("新方案").click();
  await form().getByLabel(/^方案名称/).fill(NAME);
  await form().getByLabel(/^预算/).fill("10万");
  await submit();
  await page.getByRole("heading", { name: NAME, level: 1 }).waitFor();
  scheme = await page.evaluate(() => location.hash);
  await button("编辑规则").click();
  await form().getByLabel("计量指标").selectOption({ label: "库存天数" });
  await form().getByLabel("开始").first().fill("2026-06-01");
  await form().getByLabel("结束").first().fill("2026-05-31");
  await form().getByLabel("奖励方式").selectOption({ label: "分档累进返利" });
  const tier = (at) => form().getByRole("group", { name: `档位 ${at + 1}`, exact: true });
  for (const [at, [from, percent]] of TIERS.entries()) {
    if (at > 0) await button("添加档位").click();
    await tier(at).getByLabel("从多少起").fill(String(from));
    await tier(at).getByLabel("比例").fill(String(percent));
  }
  const save = () => form().getByRole("button", { name: "保存", exact: true }).click();
  await save();
  await form().getByText("结束不能早于开始").waitFor();
  await form().getByLabel("结束").first().fill("2026-12-31");
  await save();
  await form().getByText("这个指标越低越好").or(form().getByText(/越低越好|按比例/)).first().waitFor();
  await form().getByLabel("计量指标").selectOption({ label: "进货额" });
  // Tiers that do not rise have an amount in two of them, or in none.
  await tier(1).getByLabel("从多少起").fill("1200000");
  await save();
  assert.ok((await form().locator(".error:visible").count()) > 0);
  await tier(1).getByLabel("从多少起").fill("400000");
  await button("添加条件").click();
  const condition = form().getByRole("group", { name: "条件 1", exact: true });
  await condition.getByLabel("看什么").selectOption({ label: "类型" });
  await condition.getByLabel("怎么比").selectOption({ label: "是其中之一" });
  await condition.locator("label.chip").filter({ hasText: "专卖店" }).click();
  await submit();
  await page.getByText(/为 专卖店/).waitFor();
});

test("it is approved by somebody, and is in force", async () => {
  await button("批准").click();
  await form().getByLabel("批准人").fill("");
  await form().getByRole("button", { name: "批准", exact: true }).click();
  await form().getByText("请填写批准人").waitFor();
  await form().getByLabel("批准人").fill("陆明远");
  await submit("批准");
  await page.getByText(/陆明远/).waitFor();
  await button("批准").waitFor({ state: "detached" });
});

test("only those who fit may take part; one does", async () => {
  const could = region("符合条件、还没参加");
  assert.ok((await could.innerText()).includes(DEALER));
  assert.ok(!(await could.innerText()).includes("杭州岸柳厨居"));
  await could.getByRole("listitem").filter({ hasText: DEALER }).getByRole("button", { name: "参加" }).click();
  await settled(page);
  await region("参加的经销商").getByText(DEALER).waitFor();
  // It took part from today on; both sides agreed on the first of June.
  await button(`更多：${DEALER}`).click();
  await page.getByRole("menuitem", { name: "约定目标和基数" }).click();
  await form().getByLabel(/^加入日期/).fill("2026-06-01");
  await submit();
});

test("the standing, the next tier and what-if follow the rule", async () => {
  await go(page, `${dealer}/incentives`);
  const section = region(NAME);
  const earned = marginal(BOUGHT);
  assert.equal(await section.locator(".explain").first().innerText(), paid(earned));
  const why = await explanation(section.locator(".explain").first());
  for (const part of ["2026年6月", "2026年7月", yuan(READINGS[0][1]), yuan(READINGS[1][1]), paid(earned)]) {
    assert.ok(why.includes(part), `${part} in ${why}`);
  }
  // So much in the days from the first of June to the end of July; the next tier begins at a million.
  const days = 30 + 31;
  const missing = 1_000_000 - BOUGHT;
  const more = Math.ceil((missing * days) / BOUGHT);
  const day = new Date(Date.UTC(2026, 6, 31 + more));
  const text = await section.locator(".next-tier").innerText();
  assert.ok(text.includes(`还差 ${yuan(missing)}`), text);
  assert.ok(text.includes(`${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`), text);
  const slider = section.getByRole("slider");
  const most = Number(await slider.getAttribute("max"));
  const step = Number(await slider.getAttribute("step"));
  for (const share of [0, 0.4, 1]) {
    const at = Math.round((most * share) / step) * step;
    await slider.fill(String(at));
    await settled(page);
    assert.ok((await section.locator(".what-if-result").innerText()).includes(paid(marginal(at))), `${at}`);
  }
});

test("a statement is issued, and its lines sum to its total", async () => {
  await go(page, scheme);
  await button("开具结算单").click();
  await form().getByLabel("结算至").fill("2026-09-30");
  await form().getByRole("button", { name: "开具结算单", exact: true }).click();
  await form().getByText("结算日期还没到").waitFor();
  await form().getByLabel("结算至").fill("2026-07-31");
  await submit("开具结算单");
  await region("结算单").getByRole("link").first().click();
  await page.getByRole("heading", { name: `结算单：${NAME}`, level: 1 }).waitFor();
  statement = await page.evaluate(() => location.hash);
  assert.equal(await stat("本期应付").getByRole("button").innerText(), paid(marginal(BOUGHT)));
  const amounts = await page.locator(".table tbody .num").evaluateAll((cells) => cells.map((cell) => cell.textContent));
  const first = TIERS.filter(([from]) => from < BOUGHT).length;
  const lines = amounts.slice(0, first).map((text) => Number(text.replace(/[¥,]/g, "")));
  assert.equal(lines.reduce((a, b) => a + b, 0), marginal(BOUGHT));
});

test("on paper the statement has a running head, the terms and room to sign", async () => {
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".paper-head").isVisible());
  assert.match(await page.locator(".paper-head").innerText(), new RegExp(`${NAME} · ${DEALER}`));
  assert.ok(await page.locator(".signatures").isVisible());
  assert.ok(!(await page.locator(".head-actions").isVisible()));
  await page.emulateMedia({ media: "screen" });
});

test("another version changes nothing of what was issued", async () => {
  await go(page, scheme);
  await button("编辑规则").click();
  await form().getByRole("group", { name: "档位 1", exact: true }).getByLabel("比例").fill("5");
  await submit();
  await page.getByText("批准后才生效").waitFor();
  await button("批准").click();
  await submit("批准");
  await go(page, statement);
  assert.equal(await stat("本期应付").getByRole("button").innerText(), paid(marginal(BOUGHT)));
  const [, ...rest] = TIERS;
  await go(page, `${dealer}/incentives`);
  assert.equal(await region(NAME).locator(".explain").first().innerText(), paid(marginal(BOUGHT, [[0, 5], ...rest])));
});

test("a reading that comes late is said on the statement", async () => {
  await enter("2026-07", READINGS[1][1] + 50_000);
  await go(page, statement);
  const off = marginal(BOUGHT + 50_000) - marginal(BOUGHT);
  await page.getByText(`由下一张结算单补足或扣回：${paid(off)}`).waitFor();
});

test("a dispute opens an issue about the statement", async () => {
  await button("提出异议").click();
  await form().getByRole("button", { name: "提出异议", exact: true }).click();
  await form().getByText("请写几句话").waitFor();
  await form().getByLabel("哪里不对").fill("六月有一批货没算");
  await form().getByRole("button", { name: "提出异议", exact: true }).click();
  await page.getByRole("heading", { name: `对结算单有异议：${NAME}`, level: 1 }).waitFor();
  await go(page, statement);
  await page.getByRole("link", { name: "查看异议" }).waitFor();
  await button("标记已支付").click();
  await settled(page);
  assert.match(await stat("本期应付").innerText(), /已支付/);
});

test("the dealer who looks on sees its own standing, and neither budgets nor others", async () => {
  await button("同屏").click();
  await button("长按结束").waitFor();
  await go(page, "#/incentives");
  await page.getByText("同屏时不列出各家经销商的激励").waitFor();
  await go(page, scheme);
  const text = await page.locator("main").innerText();
  assert.ok(!text.includes("预算") && !text.includes(DEALER), text);
  await go(page, `${dealer}/incentives`);
  await region(NAME).waitFor();
  assert.equal(await page.locator("[data-internal]").count(), 0);
  await saved(page);
  tablet.watch.calm();
});
