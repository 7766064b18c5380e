// Nothing is lost: an act can be taken back at once, and what was deleted comes back from the bin.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examples, go, loadDemo } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

let tablet;
let page;
let found;
let name;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await loadDemo(page);
  found = await examples(page);
});

after(async () => {
  await tablet.putAway();
});

const undo = () => page.locator(".toast").last().getByRole("button", { name: "撤销" });

test("a promise that was ticked as kept is open again after undo", async () => {
  await go(page, "#/");
  const due = page.getByRole("region", { name: "到期与逾期" }).getByRole("listitem");
  const before = await due.allInnerTexts();
  await due.locator("label.tick").first().click();
  await undo().click();
  await page.getByText("已撤销").first().waitFor();
  assert.deepEqual(await due.allInnerTexts(), before);
});

test("a dealer goes to the bin with its contacts, and both come back", async () => {
  await go(page, `#/dealers/${found.dealer}`);
  name = await page.locator("main article h1").innerText();
  await page.getByRole("button", { name: `更多：${name}` }).click();
  await page.getByRole("menuitem", { name: "移到回收站" }).click();
  await saved(page);
  await go(page, "#/bin");
  await page.getByText(name).first().waitFor();

  await page.reload();
  await opened(page);
  await page.getByRole("button", { name: `恢复：${name}` }).click();
  await page.getByText(`已恢复「${name}」`).first().waitFor();
  await go(page, `#/dealers/${found.dealer}/contacts`);
  assert.ok((await page.locator("main article li").count()) > 0);
});

test("a deletion can be taken back from its notice", async () => {
  await go(page, `#/dealers/${found.dealer}`);
  await page.getByRole("button", { name: `更多：${name}` }).click();
  await page.getByRole("menuitem", { name: "移到回收站" }).click();
  await undo().click();
  await page.getByText("已撤销").first().waitFor();
  await go(page, "#/bin");
  assert.equal(await page.getByRole("button", { name: `恢复：${name}` }).count(), 0);
  tablet.watch.calm();
});
