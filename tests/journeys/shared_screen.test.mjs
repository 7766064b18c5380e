// The dealer looks on: in shared-screen mode nothing internal is anywhere on any page, not in what it shows, not in what
// it tells assistive tools, not on paper. Only a long press ends it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { internalFields, internalTexts } from "../browser/internal.mjs";
import { everyPlace, examples, go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

// What the team writes for itself, one word for each place, and the words for its judgements of this dealer.
const SECRETS = { dealer: "暗号蓝鲸内部", contact: "暗号白鹭内部", meeting: "暗号赤狐内部" };

let tablet;
let page;
let found;
let name;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await loadDemo(page);
  found = await examples(page);
  await go(page, `#/dealers/${found.dealer}`);
  name = await page.locator("main article h1").innerText();
});

after(async () => {
  await tablet.putAway();
});

const banner = () => page.getByRole("button", { name: "长按结束" });

/** What would be on paper: the texts that print styles leave, and the accessible tree of that. */
async function printed() {
  await page.emulateMedia({ media: "print" });
  const text = await page.locator("body").innerText();
  const tree = await page.locator("body").ariaSnapshot();
  await page.emulateMedia({ media: null });
  return `${text}\n${tree}`;
}

/** Everything that the page holds, shown or not: text, attributes, what inputs contain, the title, the accessible tree. */
async function everything() {
  const held = await page.evaluate(() => [
    document.title,
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll("input, textarea, select")].map((input) => input.value),
  ].join("\n"));
  return `${held}\n${await page.locator("body").ariaSnapshot()}`;
}

test("the team writes down what is only for itself", async () => {
  const form = page.getByRole("dialog");
  await go(page, `#/dealers/${found.dealer}/profile`);
  await page.getByRole("region", { name: "内部信息" }).getByRole("button", { name: "编辑" }).click();
  await form.getByLabel(/^内部备注/).fill(SECRETS.dealer);
  await form.getByRole("button", { name: "保存" }).click();
  await form.waitFor({ state: "detached" });

  await go(page, `#/dealers/${found.dealer}/contacts`);
  await page.locator("main article li button").first().click();
  await form.getByLabel(/^内部备注/).fill(SECRETS.contact);
  await form.getByRole("button", { name: "保存" }).click();
  await form.waitFor({ state: "detached" });

  await go(page, `#/meetings/${found.planned}/run`);
  await page.getByRole("textbox", { name: "内部备注" }).fill(SECRETS.meeting);
  await page.getByRole("textbox", { name: "内部备注" }).blur();
  await saved(page);
  assert.ok((await everything()).includes(SECRETS.meeting));
  await go(page, `#/dealers/${found.dealer}`);
  assert.ok((await everything()).includes(SECRETS.dealer));
});

test("nothing internal is on any page while the screen is shared, nor on its paper", async () => {
  // Everything that any record has in a field which the schema marks as internal.
  await go(page, "#/export");
  const copying = page.waitForEvent("download");
  await page.getByRole("button", { name: "保存一份副本", exact: true }).click();
  const copy = JSON.parse(await readFile(await (await copying).path(), "utf8"));
  const fields = await internalFields();
  assert.ok(fields.size >= 12, [...fields.keys()].join());
  const texts = internalTexts(fields, copy);
  assert.ok(texts.size >= 20, `${texts.size} internal texts`);
  assert.ok(Object.values(SECRETS).every((secret) => texts.has(secret)));
  await go(page, `#/dealers/${found.dealer}`);
  await page.getByRole("button", { name: "同屏" }).click();
  await banner().waitFor();
  const leaks = [];
  for await (const place of everyPlace(page, found)) {
    const [held, paper] = [await everything(), await printed()];
    for (const [secret, field] of texts) {
      if (held.includes(secret)) leaks.push(`${place}: ${field}: ${secret}`);
      if (paper.includes(secret)) leaks.push(`${place} on paper: ${field}: ${secret}`);
    }
    const marked = await page.locator("[data-internal]").count();
    if (marked > 0) leaks.push(`${place}: ${marked} internal parts`);
  }
  assert.deepEqual(leaks, []);
});

test("neither the search nor a new start shows it", async () => {
  await page.keyboard.press("Control+k");
  for (const secret of Object.values(SECRETS)) {
    await page.getByRole("combobox").fill(secret.slice(0, 3));
    await settled(page);
    const offered = (await page.getByRole("option").allInnerTexts()).join("\n");
    assert.ok(!offered.includes(secret) && !offered.includes(name), offered);
  }
  await page.keyboard.press("Escape");
  await page.reload();
  await opened(page);
  await banner().waitFor();
  await go(page, `#/dealers/${found.dealer}`);
  assert.ok(!(await everything()).includes(SECRETS.dealer));
});

test("a tap does not end it, a long press does", async () => {
  await banner().click();
  await settled(page);
  assert.ok(await banner().isVisible());
  const { x, y, width, height } = await banner().boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await banner().waitFor({ state: "detached" });
  await page.mouse.up();
  await page.getByText(SECRETS.dealer).first().waitFor();
  tablet.watch.calm();
});
