// Nothing on any page keeps a person out: axe-core finds no violation, in both languages, light and dark.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { everyPlace, examples, loadDemo, speak } from "../browser/places.mjs";
import { takeTablet } from "../browser/tablet.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// All that differs between light and dark.
const COLOURS = ["color-contrast", "link-in-text-block"];

let tablet;
let page;
let found;

before(async () => {
  tablet = await takeTablet();
});

after(async () => {
  await tablet.putAway();
});

/** What axe-core finds on the page as it stands, one line each. */
async function violations(rules) {
  // Where something moves, colours are measured half-way.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  return page.evaluate(async (rules) => {
    const options = rules ? { runOnly: { type: "rule", values: rules } } : {};
    const { violations } = await window.axe.run(document, { ...options, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} — ${failureSummary}`));
  }, rules);
}

async function checkEveryPlace(lang, rules) {
  const faults = {};
  for await (const place of everyPlace(page, found, lang)) {
    const here = await violations(rules);
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

test("every place, in Chinese and light", () => checkEveryPlace("zh"));

test("every place, in the dark", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  await checkEveryPlace("zh", COLOURS);
});

test("every place, in English and light", async () => {
  await page.emulateMedia({ colorScheme: "light" });
  await speak(page, "English");
  await checkEveryPlace("en");
});
