// What was signed is renewed in time, and what may endanger the co-operation is written down for the team alone. No
// network anywhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "南京乌衣巷厨电";
const CONTRACT = "2027 年度经销合同";
const RISK = "老板想把店交给女儿";
const SUCCESSOR = "桃叶";
// 40 days before the contract of the year ends: it is to be talked about from 60 days on.
const TODAY = [2027, 10, 21];

let tablet;
let page;
let dealer;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(new Date(...TODAY, 10, 0));
  await page.reload();
  await opened(page);
  await loadDemo(page);
  await tablet.loseNetwork(page);
  await go(page, "#/dealers");
  dealer = await page.getByRole("link").filter({ hasText: DEALER }).first().getAttribute("href");
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");
const region = (name) => page.getByRole("region", { name });
const row = (section, text) => region(section).getByRole("listitem").filter({ hasText: text });

async function act(section, title, name) {
  await row(section, title).first().getByRole("button", { name: `更多：${title}` }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

async function submit(name = "保存") {
  await form().getByRole("button", { name, exact: true }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
}

async function why(figure) {
  await figure.click();
  const text = await page.locator(".popover:popover-open").innerText();
  await page.keyboard.press("Escape");
  return text;
}

test("Today reminds of a contract that ends soon, and leads to it", async () => {
  await go(page, "#/");
  const section = region("合同到期");
  await section.getByRole("button", { name: "全部" }).click();
  const ending = section.getByRole("listitem").filter({ hasText: DEALER }).filter({ hasText: CONTRACT });
  assert.match(await ending.innerText(), /12月31日 到期/);
  await ending.getByRole("link").click();
  await region("合同与授权").waitFor();
  assert.match(await page.evaluate(() => location.hash), new RegExp(`^${dealer}/profile$`));
});

test("it says why it is reminded of", async () => {
  const reason = await why(row("合同与授权", CONTRACT).getByRole("button", { name: "即将到期" }));
  // 60 days before the last day of the year.
  for (const part of ["2027年1月1日 – 2027年12月31日", "2027年11月1日", "还有 40 天"]) assert.ok(reason.includes(part), reason);
});

test("it is renewed for a year of the same length, leap day or not", async () => {
  await act("合同与授权", CONTRACT, "续签");
  assert.equal(await form().getByLabel("开始").inputValue(), "2028-01-01");
  assert.equal(await form().getByLabel("结束").inputValue(), "2028-12-31");
  await form().getByLabel("编号").fill("LC-2028-015");
  await form().getByLabel("签订日期").fill("2027-11-21");
  await submit("续签");
  const next = row("合同与授权", "LC-2028-015");
  assert.match(await next.innerText(), /未生效/);
  await region("合同与授权").locator("summary").click();
  assert.match(await row("合同与授权", "LC-2027-015").innerText(), /已了结/);
});

test("Today reminds of it no longer; undone, it does", async () => {
  const reminded = async () => {
    await go(page, "#/");
    return region("合同到期").getByRole("listitem").filter({ hasText: DEALER }).count();
  };
  assert.equal(await reminded(), 0);
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await page.getByText("已撤销").first().waitFor();
  const all = region("合同到期").getByRole("button", { name: "全部" });
  if (await all.count()) await all.click();
  assert.equal(await region("合同到期").getByRole("listitem").filter({ hasText: DEALER }).count(), 1);
});

test("who comes after the owner is noted with how likely and how grave it is", async () => {
  await go(page, `${dealer}/profile`);
  await region("接班与风险").getByRole("button", { name: "记一条" }).click();
  await form().getByLabel(/^风险/).fill(RISK);
  await form().getByLabel("类型").selectOption({ label: "接班" });
  await form().getByLabel("可能性").selectOption({ label: "高" });
  await form().getByLabel("影响").selectOption({ label: "中" });
  await form().getByLabel("接班人").selectOption({ label: SUCCESSOR });
  await submit();
  const risk = row("接班与风险", RISK);
  assert.match(await risk.innerText(), new RegExp(`接班 · 接班人 ${SUCCESSOR}`));
  assert.ok((await why(risk.getByRole("button", { name: "重大" }))).includes("3 × 2 = 6"));
});

test("a risk that is over goes below", async () => {
  await act("接班与风险", RISK, "已解除");
  await settled(page);
  await region("接班与风险").locator("summary").click();
  await row("接班与风险", RISK).waitFor();
  await act("接班与风险", RISK, "重新打开");
  await settled(page);
});

test("the dealer who looks on sees its contracts, and no risk", async () => {
  await page.getByRole("button", { name: "同屏" }).click();
  await page.getByRole("button", { name: "长按结束" }).waitFor();
  await go(page, `${dealer}/profile`);
  await page.waitForFunction(() => !document.querySelector(".toast"));
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  assert.ok(text.includes(CONTRACT));
  for (const secret of [RISK, "接班"]) assert.ok(!text.includes(secret), secret);
  await saved(page);
  tablet.watch.calm();
});
