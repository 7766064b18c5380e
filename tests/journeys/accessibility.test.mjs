// Nothing on any page keeps a person out: axe-core finds no violation, in both languages, light and dark.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { axeViolations } from "../browser/axe.mjs";
import { everyPlace, examples, go, loadDemo, speak } from "../browser/places.mjs";
import { takeTablet } from "../browser/tablet.mjs";

let tablet;
let page;
let found;

before(async () => {
  tablet = await takeTablet();
});

after(async () => {
  await tablet.putAway();
});

const violations = () => axeViolations(page);

async function checkEveryPlace(lang) {
  const faults = {};
  for await (const place of everyPlace(page, found, lang)) {
    const here = await violations();
    if (here.length > 0) faults[place] = here;
  }
  assert.deepEqual(faults, {});
  tablet.watch.calm();
}

test("the welcome", async () => {
  page = await tablet.open();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(), []);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await loadDemo(page);
  found = await examples(page);
});

test("every step of an import", async () => {
  const dealers = fileURLToPath(new URL("../fixtures/dealers_300.gb18030.csv", import.meta.url));
  const faults = {};
  const look = async (step) => {
    const here = await violations();
    if (here.length > 0) faults[step] = here;
  };
  await go(page, "#/import");
  await page.locator("input[type=file]").setInputFiles(dealers);
  await page.getByRole("button", { name: "检查并预览" }).waitFor();
  await look("columns");
  await page.getByRole("button", { name: "检查并预览" }).click();
  await page.getByRole("button", { name: /^导入 \d+ 行/ }).waitFor();
  await look("preview");
  await page.getByRole("button", { name: /^导入 \d+ 行/ }).click();
  await page.getByRole("button", { name: "撤销这次导入" }).waitFor();
  await look("done");
  await page.getByRole("button", { name: "撤销这次导入" }).click();
  await page.getByText("这次导入已撤销").first().waitFor();
  assert.deepEqual(faults, {});
});

test("the bin with something in it, and the keys", async () => {
  await go(page, "#/bin");
  await page.getByRole("button", { name: /^恢复：/ }).first().waitFor();
  assert.deepEqual(await violations(), []);
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  assert.deepEqual(await violations(), []);
  await page.keyboard.press("Escape");
});

test("every place, in Chinese and light", () => checkEveryPlace("zh"));

test("every place, in the dark", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  await checkEveryPlace("zh");
});

test("every place, in English and light", async () => {
  await page.emulateMedia({ colorScheme: "light" });
  await speak(page, "English");
  await checkEveryPlace("en");
});
