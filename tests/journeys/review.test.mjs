// Two tablets edited one goal while neither had a network. Both edits are kept: a person sees them side by side,
// decides which one counts, can take the decision back, and finds later who wrote what.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "苏州枕河灶业";
const COLLEAGUE = "周宁";
// What each of the two wrote how the goal shall be reached; in brackets what only this one wrote.
const OURS = "以样机更新为主线，每[月]复盘一次；城西店的样机在[节]前换齐，[导购培训改到周三晚上]。";
const THEIRS = "以样机更新为主线，每[两周]复盘一次；城西店的样机在[月底]前换齐，[缺货提前三天说]。";
const MERGED = "以样机更新为主线，每两周复盘一次；导购培训改到周三晚上，缺货提前三天说。";

let tablet;
let page;
let goal;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await loadDemo(page);
  await tablet.loseNetwork(page);
});

after(async () => {
  await tablet.putAway();
});

const plain = (marked) => marked.replace(/[[\]]/g, "");
const rail = () => page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: /^核对/ });
const row = (field) => page.getByRole("link").filter({ hasText: field }).filter({ hasText: COLLEAGUE });
const version = (name) => page.getByRole("region", { name });
const edit = () => page.locator(".head-actions").getByRole("button", { name: /^(修改|编辑)/ });
const form = () => page.getByRole("dialog");
const button = (name) => page.getByRole("button", { name, exact: true });

/** The text of a version with brackets around what is marked. */
const marked = (name) =>
  version(name).locator(".version-value").evaluate((value) => {
    const copy = value.cloneNode(true);
    for (const mark of copy.querySelectorAll("mark")) mark.textContent = `[${mark.textContent}]`;
    return copy.textContent;
  });

/** The day that a version shows, as a number of days. */
async function shownDay(name) {
  const text = await version(name).locator(".version-value").innerText();
  const [, year, month, day] = text.match(/^(\d+)年(\d+)月(\d+)日$/);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** What the goal says of how it shall be reached. */
async function approach() {
  await go(page, goal);
  await edit().click();
  const text = await form().getByLabel("怎么达成").inputValue();
  await form().getByRole("button", { name: "取消" }).click();
  await form().waitFor({ state: "detached" });
  return text;
}

/** A new start; that it needs no network is shown elsewhere. */
async function startAgain() {
  await tablet.context.setOffline(false);
  await page.reload();
  await opened(page);
  await tablet.loseNetwork(page);
}

async function undo() {
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await page.getByText("已撤销").first().waitFor();
}

test("the rail tells quietly that something waits, and so does the goal itself", async () => {
  assert.equal(await rail().locator(".count .sr").innerText(), "2 项待核对");
  await rail().click();
  await row("怎么达成").click();
  await page.getByRole("link", { name: "打开记录" }).click();
  await page.getByText("有 2 处被两台设备各自改过").waitFor();
  goal = await page.evaluate(() => location.hash);
  assert.match(goal, /^#\/goals\//);
  assert.ok((await page.locator("main .head-sub").first().innerText()).includes(DEALER));
  await page.getByRole("main").getByRole("link", { name: "核对" }).click();
  await page.locator(".versions").waitFor();
});

test("both versions stand side by side, with who and when, and what differs is marked", async () => {
  await go(page, "#/review");
  await row("怎么达成").click();
  assert.equal(await marked("我（本机）"), OURS);
  assert.equal(await marked(COLLEAGUE), THEIRS);
  assert.match(await version("我（本机）").innerText(), /台账现用[^]*昨天 17:25/);
  assert.match(await version(COLLEAGUE).innerText(), /未采用[^]*昨天 16:40/);
  const [ours, theirs] = await page.locator(".version").evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().top));
  assert.equal(ours, theirs);
});

test("a date reads as a date", async () => {
  await go(page, "#/review");
  await row("确认日期").click();
  // Each moved the day by so many days from the one that both began with.
  assert.equal((await shownDay("我（本机）")) - (await shownDay(COLLEAGUE)), 1);
});

test("the colleague's version counts once it is chosen; undone, it waits again", async () => {
  await go(page, "#/review");
  await row("怎么达成").click();
  await button(`用${COLLEAGUE}的`).click();
  await settled(page);
  assert.equal(await rail().locator(".count .sr").innerText(), "1 项待核对");
  assert.equal(await approach(), plain(THEIRS));
  // The notice of the decision still stands.
  await undo();
  assert.equal(await rail().locator(".count .sr").innerText(), "2 项待核对");
  assert.equal(await approach(), plain(OURS));
});

test("what is merged by hand is kept while it is typed, and counts once it is saved", async () => {
  await go(page, "#/review");
  await row("怎么达成").click();
  await button("手工合并").click();
  const merging = page.getByLabel("怎么达成");
  assert.equal(await merging.inputValue(), plain(OURS));
  await merging.fill(MERGED);
  await page.waitForTimeout(400);
  await startAgain();
  assert.equal(await merging.inputValue(), MERGED);
  await button("保存合并结果").click();
  // The next one that waits is open at once.
  await version(COLLEAGUE).waitFor();
  assert.match(await page.locator("article .head-sub").innerText(), /^确认日期/);
  assert.equal(await approach(), MERGED);
});

test("a date that is none is refused", async () => {
  await go(page, "#/review");
  await row("确认日期").click();
  await button("手工合并").click();
  await page.getByLabel("确认日期").evaluate((input) => {
    input.type = "text";
    input.value = "下个月";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await button("保存合并结果").click();
  await page.locator(".merge .error:visible").waitFor();
  await page.locator(".merge").getByRole("button", { name: "取消" }).click();
});

test("once all is decided the rail is quiet, and what was decided can still be looked at", async () => {
  await go(page, "#/review");
  await row("确认日期").click();
  await button("用我的").click();
  await page.getByText("没有要核对的").waitFor();
  assert.equal(await rail().count(), 0);
  await saved(page);
  await startAgain();
  assert.equal(await rail().count(), 0);
  await page.locator("summary").filter({ hasText: "已核对" }).click();
  await row("怎么达成").click();
  await page.getByText(/已于 今天 .* 核对/).waitFor();
  assert.equal(await page.locator(".section").filter({ hasText: "之后又改成" }).locator(".version-value").innerText(), MERGED);
});

test("the goal's history tells who wrote what, and brings an old text back", async () => {
  await go(page, goal);
  await edit().click();
  await form().getByRole("button", { name: "修改历史" }).click();
  const lines = form().locator(".history li li").filter({ hasText: "怎么达成" });
  await lines.first().waitFor();
  const history = await form().locator(".history").innerText();
  for (const part of [plain(OURS), plain(THEIRS), MERGED, COLLEAGUE]) assert.ok(history.includes(part), `${part} in ${history}`);
  // The latest line leads from our text to the merged one.
  assert.equal(await lines.first().locator("del").innerText(), plain(OURS));
  assert.equal(await lines.first().locator("ins").innerText(), MERGED);
  await lines.first().getByRole("button", { name: /^把「怎么达成」恢复为/ }).click();
  await page.getByText("已恢复「怎么达成」的旧值").waitFor();
  await page.keyboard.press("Escape");
  await form().waitFor({ state: "detached" });
  assert.equal(await approach(), plain(OURS));
});

test("the dealer who looks on sees none of it", async () => {
  await button("同屏").click();
  await button("长按结束").waitFor();
  await go(page, "#/review");
  await page.getByText("同屏模式下不显示核对内容").waitFor();
  const text = await page.evaluate(() => document.querySelector("main").outerHTML);
  for (const secret of [COLLEAGUE, plain(THEIRS), DEALER]) assert.ok(!text.includes(secret), secret);
  await saved(page);
  tablet.watch.calm();
});
