// Fields of the team's own, saved views and editing many dealers at once, without a network: declared, filled in,
// filtered by, saved under a name, opened from the list and the palette, written to a file, taken back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "苏州枕河灶业";
const VIEW = "新款门头";

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
const list = () => page.getByRole("region", { name: "经销商", exact: true });
const rows = () => list().locator(".virtual > li:not([hidden]) .row");
const chip = (name) => list().getByRole("button", { name });
const toast = (text) => page.locator(".toast").filter({ hasText: text });

async function submit(name = "保存") {
  await form().getByRole("button", { name, exact: true }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
}

async function addField(name, kind, more = async () => {}) {
  await button("新字段").click();
  await form().getByLabel(/^字段名称/).fill(name);
  await form().getByLabel(/^类型/).selectOption({ label: kind });
  await more();
  await submit();
  await page.getByRole("listitem").filter({ hasText: name }).waitFor();
}

/** How many dealers the list says it shows. */
async function shown() {
  await settled(page);
  return Number((await list().getByRole("status").first().innerText()).match(/^(\d+)/)[1]);
}

test("fields are declared without code", async () => {
  await go(page, "#/portfolio/own-fields");
  await button("新字段").click();
  await form().getByLabel(/^字段名称/).fill("门头");
  await form().getByLabel(/^类型/).selectOption({ label: "单选" });
  await form().getByRole("button", { name: "保存", exact: true }).click();
  await form().getByText("请填选项，每行一个").waitFor();
  await form().getByLabel(/^选项/).fill("旧款\n新款");
  await submit();
  await addField("月租金", "金额", () => form().getByLabel(/^同屏模式下隐藏/).check({ force: true }));
  const texts = await page.locator("main .rows").innerText();
  assert.match(texts, /旧款 \/ 新款/);
  assert.match(texts, /内部/);
});

test("a dealer's form asks for them, and its page shows them", async () => {
  await go(page, "#/dealers");
  dealer = await page.getByRole("link", { name: DEALER }).first().getAttribute("href");
  await go(page, `${dealer}/profile`);
  await page.getByRole("region", { name: "基本资料" }).getByRole("button", { name: "编辑" }).click();
  await form().getByLabel(/^月租金/).fill("很多");
  await form().getByRole("button", { name: "保存", exact: true }).click();
  await form().getByText("请先改正标出的项目").waitFor();
  assert.ok((await form().locator(".error:visible").count()) === 1);
  await form().getByLabel(/^月租金/).fill("1.2万");
  await form().getByLabel(/^门头/).selectOption("新款");
  await submit();
  const text = await page.locator("main").innerText();
  assert.match(text, /月租金\s*¥12,000/);
  assert.match(text, /门头\s*新款/);
});

test("the list is narrowed by them, and saved as a view", async () => {
  await go(page, "#/dealers");
  await chip("更多筛选").click();
  await form().getByRole("button", { name: "添加条件" }).click();
  const condition = form().getByRole("group", { name: "条件 1", exact: true });
  await condition.getByLabel("看什么").selectOption({ label: "门头" });
  await condition.getByLabel("怎么比").selectOption({ label: "是其中之一" });
  await condition.locator("label.chip").filter({ hasText: "新款" }).click();
  await submit("显示 1 家");
  assert.equal(await shown(), 1);
  assert.match(await rows().first().innerText(), new RegExp(DEALER));
  await chip("视图").click();
  await form().getByText("还没有视图").waitFor();
  await button("把当前列表存为视图").click();
  await form().getByRole("button", { name: "保存", exact: true }).click();
  await form().getByText("请填写视图名称").waitFor();
  await form().getByLabel("视图名称").fill(VIEW);
  for (const column of ["名称", "月租金"]) {
    await form().getByRole("group", { name: "列", exact: true }).locator("label.chip").filter({ hasText: new RegExp(`^${column}$`) }).click();
  }
  await submit();
  await chip(VIEW).waitFor();
  assert.equal(await shown(), 1);
});

test("it opens from the list and from the palette, says when it was altered, and is deleted with a way back", async () => {
  await chip(VIEW).click();
  await form().getByRole("button", { name: "所有经销商", exact: true }).click();
  await form().waitFor({ state: "detached" });
  const all = await shown();
  assert.ok(all > 20, `${all}`);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(VIEW);
  await page.getByRole("option", { name: VIEW, exact: true }).click();
  await chip(VIEW).waitFor();
  assert.equal(await shown(), 1);
  await chip("逾期").click();
  await chip(/已改动/).waitFor();
  await chip("逾期").click();
  await chip(/已改动/).waitFor({ state: "detached" });
  await chip(VIEW).click();
  await form().getByRole("button", { name: `更多：${VIEW}` }).click();
  await page.getByRole("menuitem", { name: "移到回收站" }).click();
  await form().getByText("还没有视图").waitFor();
  await page.keyboard.press("Escape");
  await toast("回收站").getByRole("button", { name: "撤销" }).click();
  await chip(VIEW).waitFor();
});

test("as a table it shows its columns, and goes into a file", async () => {
  await chip(VIEW).click();
  await form().getByRole("button", { name: `更多：${VIEW}` }).click();
  await page.getByRole("menuitem", { name: "以表格打开" }).click();
  const table = page.getByRole("region", { name: "视图", exact: true }).locator("table");
  await table.waitFor();
  assert.deepEqual(await table.locator("thead th").allInnerTexts(), ["名称", "月租金"]);
  assert.deepEqual(await table.locator("tbody :is(th, td)").allInnerTexts(), [DEALER, "¥12,000"]);
  const [file] = await Promise.all([page.waitForEvent("download"), button("导出 CSV").click()]);
  const text = await readFile(await file.path(), "utf8");
  assert.equal(text.replace(/^\ufeff/, "").trim(), `名称,月租金\r\n${DEALER},12000`);
});

test("many dealers are chosen by keyboard and by touch, and edited at once with one way back", async () => {
  await go(page, "#/dealers");
  await chip(/视图|新款/).first().click();
  await form().getByRole("button", { name: "所有经销商", exact: true }).click();
  await form().waitFor({ state: "detached" });
  const all = await shown();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press(" ");
  await rows().nth(4).click();
  await rows().nth(6).click({ modifiers: ["Shift"] });
  await list().getByText("已选 5 家").waitFor();
  assert.equal(await list().getByRole("checkbox", { checked: true }).count(), 5);
  await button("批量修改").click();
  await form().getByLabel("修改哪一项").selectOption({ label: "标签" });
  await form().getByLabel(/^标签/).fill("秋季重点");
  await form().getByText("5 家会改").waitFor();
  await submit("修改 5 家");
  await toast("已修改 5 家的标签").getByRole("button", { name: "撤销" }).waitFor();
  await page.getByRole("searchbox").fill("秋季重点");
  assert.equal(await shown(), 5);
  await toast("已修改 5 家的标签").getByRole("button", { name: "撤销" }).click();
  assert.equal(await shown(), 0);
  await page.getByRole("searchbox").fill("");
  assert.equal(await shown(), all);
});

test("a preview says who changes, who is so already and who cannot", async () => {
  await button("选择多家").click();
  await button("全选").click();
  await button("批量修改").click();
  await form().getByLabel("修改哪一项").selectOption({ label: "门头" });
  await form().getByLabel(/^门头/).selectOption("新款");
  await form().getByText(/家会改，1 家已是如此/).waitFor();
  await form().getByLabel("修改哪一项").selectOption({ label: "联系间隔（天）" });
  await form().getByLabel(/^联系间隔/).fill("400");
  await form().getByText("请填 1 到 366 之间的天数").first().waitFor();
  await form().getByLabel(/^联系间隔/).fill("abc");
  await form().getByLabel(/^联系间隔/).press("Enter");
  await form().locator(".error:visible").waitFor();
  await form().getByRole("button", { name: "取消" }).click();
  await button("结束选择").click();
});

test("a retired field is asked for no longer, and keeps what it holds", async () => {
  await go(page, "#/portfolio/own-fields");
  const turn = async (act) => {
    await button("更多：月租金").click();
    await page.getByRole("menuitem", { name: act }).click();
    await settled(page);
  };
  await turn("停用（内容保留）");
  await page.getByRole("listitem").filter({ hasText: "月租金" }).getByText("已停用").waitFor();
  await go(page, `${dealer}/profile`);
  assert.ok(!(await page.locator("main").innerText()).includes("月租金"));
  await go(page, "#/portfolio/own-fields");
  await turn("重新启用");
  await go(page, `${dealer}/profile`);
  assert.match(await page.locator("main").innerText(), /月租金\s*¥12,000/);
});

test("what is hidden is not there while the dealer looks on", async () => {
  await button("同屏").click();
  await button("长按结束").waitFor();
  const text = await page.locator("main").innerText();
  assert.ok(text.includes("门头") && !text.includes("月租金"), text);
  await go(page, "#/dealers");
  assert.equal(await chip(/视图/).count(), 0);
  assert.equal(await button("选择多家").count(), 0);
  await saved(page);
  tablet.watch.calm();
});
