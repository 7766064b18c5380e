// An issue from the report to the review, without a network: what the dealer says is confirmed, worked on in
// steps, resolved and looked back at. The deadlines are counted here once more, by the rule that the page states.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const TITLE = "下沙门店收到邻市低价货";
const STEP = "核对三个货码的去向";
const RESOLUTION = "流出方收回未售的货，差价由流出方承担";
const CAUSE = "季末返利按总量算，推着人往外走货";
const ANSWER = "已查码，三件里两件不是本区域的";
const NOTED = "门店说邻市有低价货";
// What the team writes for itself.
const SECRETS = ["暗号青隼", "暗号灰鲸"];

// A Thursday.
const TODAY = [2026, 8, 10];

/** The day so many working days, Monday to Friday, after a day, as the page writes it. */
function workingDaysAfter([year, month, date], days) {
  const day = new Date(Date.UTC(year, month, date));
  while (days > 0) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() % 6 !== 0) days -= 1;
  }
  return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;
}

let tablet;
let page;
let dealer;
let issue;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(new Date(...TODAY, 10, 0));
  await page.reload();
  await opened(page);
  await loadDemo(page);
  await tablet.loseNetwork(page);
  await go(page, "#/dealers");
  dealer = await page.locator("main a[href*='#/dealers/']").first().getAttribute("href");
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");
const button = (name) => page.getByRole("button", { name, exact: true });
const region = (name) => page.getByRole("region", { name });
const stage = () => page.getByRole("group", { name: "处理进程" }).locator("[aria-current=step]").innerText();
const stat = (name) => page.locator(".stat > dt").filter({ hasText: name }).locator("..");

async function submit(name = "保存") {
  await form().getByRole("button", { name, exact: true }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
}

async function stands(name) {
  await settled(page);
  assert.match(await stage(), new RegExp(`^${name}`));
}

async function everything() {
  const html = await page.evaluate(() => document.documentElement.outerHTML);
  return `${html}\n${await page.locator("body").ariaSnapshot()}`;
}

test("one tap on the dealer's page reports an issue and opens it", async () => {
  await go(page, dealer);
  await button("报告问题").click();
  await form().getByLabel(/^问题/).fill(TITLE);
  await form().getByLabel("类型").selectOption({ label: "窜货" });
  await form().getByLabel("严重程度").selectOption({ label: "严重" });
  await form().getByLabel("负责人").fill("李岚");
  await form().getByLabel(/^内部备注/).fill(SECRETS[0]);
  await submit();
  await page.getByRole("heading", { name: TITLE, level: 1 }).waitFor();
  issue = await page.evaluate(() => location.hash);
  assert.match(issue, /^#\/issues\//);
  await stands("已报告");
});

test("a severe issue is answered within one working day and resolved within five", async () => {
  const answerBy = workingDaysAfter(TODAY, 1);
  const resolveBy = workingDaysAfter(TODAY, 5);
  assert.equal(await stat("答复期限").getByRole("button").first().innerText(), answerBy);
  const figure = stat("解决期限").getByRole("button").first();
  assert.equal(await figure.innerText(), resolveBy);
  await figure.click();
  const why = await page.locator(".popover:popover-open").innerText();
  for (const part of ["2026年9月10日", "严重", answerBy, resolveBy]) assert.ok(why.includes(part), `${part} in ${why}`);
  await page.keyboard.press("Escape");
});

test("it is confirmed; undone, it is reported again", async () => {
  await button("确认属实").click();
  await stands("已确认");
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await stands("已报告");
  await button("确认属实").click();
  await stands("已确认");
  await button("开始处理").click();
  await stands("处理中");
});

test("a step is added and ticked off", async () => {
  await button("添加步骤").click();
  await form().getByLabel(/^待办/).fill(STEP);
  await submit();
  const row = region("步骤").getByRole("listitem").filter({ hasText: STEP });
  await row.locator("label.tick").click();
  await settled(page);
  assert.equal(await row.getByRole("checkbox").isChecked(), true);
});

test("the log holds what the dealer may read beside what is for the team", async () => {
  await button("写一条记录").click();
  await form().getByLabel(/^内容/).fill(ANSWER);
  await form().getByLabel(/^内部备注/).fill(SECRETS[1]);
  await submit();
  const log = await region("处理记录").innerText();
  for (const part of [ANSWER, SECRETS[1], "已确认", "开始处理"]) assert.ok(log.includes(part), `${part} in ${log}`);
});

test("a severe issue goes to the regional manager at once, and the log says so", async () => {
  const escalation = region("升级");
  await escalation.getByRole("button", { name: "应升级到区域经理" }).waitFor();
  await escalation.getByRole("button", { name: "记下：已报区域经理" }).click();
  await escalation.getByRole("button", { name: "已升级到区域经理" }).waitFor();
  assert.ok((await region("处理记录").innerText()).includes("已升级到区域经理"));
});

test("nothing is resolved without saying how", async () => {
  await button("解决").click();
  await form().getByRole("button", { name: "解决", exact: true }).click();
  await form().getByText("先写下怎么解决的").waitFor();
  await form().getByLabel(/^解决办法/).fill(RESOLUTION);
  await form().getByLabel(/^根本原因/).fill(CAUSE);
  await submit("解决");
  await stands("已解决");
  assert.equal(await stat("解决期限").locator(".badge").innerText(), "按期");
});

test("nothing is reviewed without asking the dealer", async () => {
  await button("复盘").click();
  await form().getByRole("button", { name: "复盘", exact: true }).click();
  await form().getByText("先问经销商对处理是否满意").waitFor();
  await form().getByLabel(/^对处理的满意度/).selectOption({ label: "满意" });
  await submit("复盘");
  await stands("已复盘");
  const facts = await region("情况").first().innerText();
  for (const part of [RESOLUTION, CAUSE, "满意"]) assert.ok(facts.includes(part), `${part} in ${facts}`);
});

test("the list of issues narrows down to it", async () => {
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "问题" }).click();
  await page.getByRole("heading", { name: "问题", level: 1 }).waitFor();
  const rows = page.locator("main .rows > li");
  const before = await rows.count();
  await page.getByRole("group", { name: "进程" }).getByRole("button", { name: /^已复盘/ }).click();
  await page.getByRole("group", { name: "类型" }).getByRole("button", { name: /^窜货/ }).click();
  await settled(page);
  const left = await rows.allInnerTexts();
  assert.ok(left.length < before, `${left.length} of ${before}`);
  for (const row of left) assert.ok(row.includes("窜货") && row.includes("已复盘"), row);
  await page.getByRole("link", { name: TITLE }).click();
  await page.getByRole("heading", { name: TITLE, level: 1 }).waitFor();
});

test("the palette reports an issue too", async () => {
  await go(page, dealer);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("报告问题");
  await page.getByRole("option", { name: /^报告问题/ }).first().click();
  await form().getByRole("heading", { name: "报告问题" }).waitFor();
  await page.keyboard.press("Escape");
  await form().waitFor({ state: "detached" });
});

test("what is noted in the minutes as an issue opens from what was agreed", async () => {
  await go(page, "#/");
  const meeting = await page.locator("main a[href*='#/meetings/']").first().getAttribute("href");
  await go(page, meeting.replace(/\/[^/]*$/, "/run"));
  await page.locator(".minutes textarea").first().click();
  await page.keyboard.type(NOTED);
  await page.getByRole("main").getByRole("button", { name: "问题", exact: true }).click();
  await go(page, meeting.replace(/\/[^/]*$/, "/agree"));
  await page.getByRole("button", { name: `更多：${NOTED}` }).click();
  await page.getByRole("menuitem", { name: "打开问题" }).click();
  await page.getByRole("heading", { name: NOTED, level: 1 }).waitFor();
  await stands("已报告");
});

test("the dealer who looks on sees the issue without what is for the team", async () => {
  await go(page, issue);
  for (const secret of SECRETS) assert.ok((await everything()).includes(secret), secret);
  await button("同屏").click();
  await button("长按结束").waitFor();
  await go(page, issue);
  const text = await everything();
  for (const secret of [...SECRETS, "区域经理"]) assert.ok(!text.includes(secret), secret);
  assert.equal(await page.locator("[data-internal]").count(), 0);
  for (const part of [ANSWER, RESOLUTION, STEP]) assert.ok(text.includes(part), part);
  await go(page, "#/issues");
  await page.waitForFunction(() => !document.querySelector(".toast"));
  assert.ok(!(await everything()).includes(TITLE));
  await saved(page);
  tablet.watch.calm();
});
