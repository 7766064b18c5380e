// A call or a message is written down in two taps, from the dealer or from Today; how the two sides meet is counted;
// and after a visit the message to the dealer is ready to be sent. No network anywhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examples, go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "苏州枕河灶业";
const SAID = "样机周四到，让店里留人";
const SECRET = "暗号银狐";
const MINUTES = "展厅布置谈妥了";

let tablet;
let page;
let dealer;
let found;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await loadDemo(page);
  found = await examples(page);
  await tablet.loseNetwork(page);
  await go(page, "#/dealers");
  dealer = await page.getByRole("link").filter({ hasText: DEALER }).first().getAttribute("href");
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");
const region = (name) => page.getByRole("region", { name });

/** How often each channel was used in the last year, and the sum that the page shows. */
async function mix() {
  await go(page, `${dealer}/meetings`);
  const section = region("沟通方式（近一年）");
  const parts = await section.locator(".mix-legend > li").allInnerTexts();
  const counts = Object.fromEntries(parts.map((part) => {
    const [, channel, count] = part.match(/^\s*(\S+)\s+(\d+)/);
    return [channel, Number(count)];
  }));
  const figure = section.locator(".section-more").getByRole("button");
  const total = Number((await figure.innerText()).match(/\d+/)[0]);
  await figure.click();
  const why = await page.locator(".popover:popover-open").innerText();
  await page.keyboard.press("Escape");
  return { counts, total, why };
}

test("two taps on the dealer's page write a call down", async () => {
  const before = await mix();
  await page.locator(".head-actions").getByRole("button", { name: "记一笔" }).click();
  await form().getByRole("button", { name: "电话" }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
  const now = await mix();
  assert.equal(now.counts["电话"], before.counts["电话"] + 1);
  assert.equal(now.total, before.total + 1);
});

test("how the two sides meet adds up, and says how", async () => {
  const { counts, total, why } = await mix();
  assert.equal(Object.values(counts).reduce((sum, count) => sum + count), total);
  // Halves go to the even percent.
  const rounded = (part) => (part % 1 === 0.5 ? 2 * Math.round(part / 2) : Math.round(part));
  for (const [channel, count] of Object.entries(counts)) {
    assert.ok(why.includes(`${count} ÷ ${total} = ${rounded((100 * count) / total)}%`), `${channel} in ${why}`);
  }
});

test("a few words are kept while they are typed, and go with the call", async () => {
  await page.locator(".head-actions").getByRole("button", { name: "记一笔" }).click();
  assert.equal(await form().getByLabel("和谁").locator("option:checked").innerText(), "顾长庚");
  await form().getByLabel("说了什么").fill(SAID);
  await page.waitForTimeout(400);
  await tablet.context.setOffline(false);
  await page.reload();
  await opened(page);
  await tablet.loseNetwork(page);
  await page.locator(".head-actions").getByRole("button", { name: "记一笔" }).click();
  assert.equal(await form().getByLabel("说了什么").inputValue(), SAID);
  await form().getByRole("button", { name: "消息" }).click();
  await form().waitFor({ state: "detached" });
  const past = region("以往").getByRole("listitem").first();
  assert.match(await past.innerText(), new RegExp(`^消息[^]*${SAID}`));
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await page.getByText("已撤销").first().waitFor();
  assert.equal(await region("以往").getByText(SAID).count(), 0);
});

test("a message from a template is filled in, copied, and written down", async () => {
  await go(page, dealer);
  await page.locator(".head-actions").getByRole("button", { name: `更多：${DEALER}` }).click();
  await page.getByRole("menuitem", { name: "写消息" }).click();
  const text = form().getByLabel("消息内容");
  assert.ok(await form().getByRole("button", { name: "复制" }).isDisabled());
  await form().getByRole("radio", { name: /^约拜访/ }).check({ force: true });
  assert.match(await text.inputValue(), /^顾长庚您好，想.*主要聊＿＿＿/);
  await form().getByLabel("和谁").selectOption({ label: "唐知秋" });
  assert.match(await text.inputValue(), /^唐知秋您好/);
  await text.fill((await text.inputValue()).replace("＿＿＿", SAID));
  await form().getByRole("button", { name: "复制" }).click();
  await form().waitFor({ state: "detached" });
  await go(page, `${dealer}/meetings`);
  const past = region("以往").getByRole("listitem").first();
  assert.match(await past.innerText(), new RegExp(`^消息[^]*唐知秋您好[^]*${SAID}`));
});

test("an agenda comes from a template, its blanks filled", async () => {
  await go(page, `#/meetings/${found.planned}/prepare`);
  await page.getByRole("button", { name: "用议程模板" }).first().click();
  await form().getByRole("radio", { name: /^季度回顾/ }).check({ force: true });
  await form().getByRole("button", { name: "加入" }).click();
  await form().waitFor({ state: "detached" });
  const agenda = (await page.locator("ol.agenda > li").allInnerTexts()).join("\n");
  assert.ok(agenda.includes("上季目标对照数据"), agenda);
  assert.ok(!/[{}]/.test(agenda), agenda);
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await settled(page);
});

test("on Today a dealer whose contact is overdue is called and leaves the list", async () => {
  await go(page, "#/");
  const rows = region("该联系了").getByRole("listitem");
  const row = rows.filter({ hasNotText: "须拜访" }).first();
  const name = await row.locator(".row-title").innerText();
  await row.getByRole("button", { name: `记一笔：${name}` }).click();
  await form().getByRole("heading", { name: `记一笔 · ${name}` }).waitFor();
  await form().getByRole("button", { name: "电话" }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
  assert.equal(await rows.filter({ hasText: name }).count(), 0);
});

test("after a visit the message to the dealer is ready, without what is for the team", async () => {
  await go(page, `#/meetings/${found.planned}/run`);
  await page.locator(".minutes textarea").first().click();
  await page.keyboard.type(MINUTES);
  await page.getByRole("textbox", { name: "内部备注" }).fill(SECRET);
  await page.getByRole("textbox", { name: "内部备注" }).blur();
  await saved(page);
  await go(page, `#/meetings/${found.planned}/agree`);
  const share = page.locator(".share");
  for (const name of ["发给对方", "复制", "打印"]) await share.getByRole("button", { name }).waitFor();
  const href = new URL(await share.getByRole("link", { name: "邮件" }).getAttribute("href"));
  assert.equal(href.protocol, "mailto:");
  const body = href.searchParams.get("body");
  assert.match(body, /您好：\r\n/);
  assert.ok(body.includes(MINUTES), body);
  assert.ok(!body.includes(SECRET), body);
  assert.ok(href.searchParams.get("subject").length > 0);
});

test("it is copied as it reads", async () => {
  await tablet.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator(".share").getByRole("button", { name: "复制" }).click();
  await page.getByText("已复制").first().waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await page.locator("summary").filter({ hasText: "给对方的全文" }).click();
  const shown = await page.locator(".plain").innerText();
  assert.equal(copied.replaceAll("\r", "").trim(), shown.trim());
  await saved(page);
  tablet.watch.calm();
});
