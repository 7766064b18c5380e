// Two tabs of one book: what one stores the other shows, and neither undoes the other's work.
import { after, before, test } from "node:test";
import { examples, go, loadDemo } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

let tablet;
let first;
let second;
let found;

before(async () => {
  tablet = await takeTablet();
  first = await tablet.open();
  await loadDemo(first);
  found = await examples(first);
  second = await tablet.context.newPage();
  await second.goto(tablet.address(`#/dealers/${found.dealer}/contacts`));
  await opened(second);
});

after(async () => {
  await tablet.putAway();
});

async function addContact(page, name) {
  await page.getByRole("button", { name: "添加联系人" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("姓名").fill(name);
  await form.getByRole("button", { name: "保存" }).click();
  await form.waitFor({ state: "detached" });
  await page.locator("main article li").filter({ hasText: name }).waitFor();
}

test("what one tab adds appears in the other", async () => {
  await go(first, `#/dealers/${found.dealer}/contacts`);
  await addContact(first, "钱塘江");
  await second.locator("main article li").filter({ hasText: "钱塘江" }).waitFor();
});

test("and the other way round", async () => {
  await addContact(second, "富春山");
  await first.locator("main article li").filter({ hasText: "富春山" }).waitFor();
});

test("both are there after a new start", async () => {
  await saved(first);
  await saved(second);
  await second.close();
  await first.reload();
  await opened(first);
  for (const name of ["钱塘江", "富春山"]) {
    await first.locator("main article li").filter({ hasText: name }).waitFor();
  }
  tablet.watch.calm();
});
