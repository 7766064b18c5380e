// Anyone can check a figure: the command line reckons from the page's JSON copy what the page shows, line by line.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { go, loadDemo } from "../browser/places.mjs";
import { opened, takeTablet } from "../browser/tablet.mjs";

const { CLIENT } = process.env;
const TODAY = "2026-08-10";
/** So many goals, and so many statements, are looked at one by one. */
const LOOKED_AT = 4;

let tablet;
let page;
let folder;
let copy;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "tongxing-figures-"));
  copy = join(folder, "book.json");
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(new Date(`${TODAY}T10:00:00`));
  await page.reload();
  await opened(page);
  await loadDemo(page);
  await tablet.loseNetwork(page);
});

after(async () => {
  await tablet.putAway();
  await rm(folder, { recursive: true });
});

/** What the program answers. */
function told(...words) {
  const out = execFileSync(CLIENT, [...words, "--book", copy, "--lang", "zh", "--json"], { encoding: "utf8", maxBuffer: 1 << 28 });
  return JSON.parse(out);
}

/** The lines of an explanation that the page opens. */
async function explanation(figure) {
  await figure.click();
  const lines = await page.locator(".popover:popover-open .sum > div").evaluateAll((lines) =>
    lines.map((line) => ({ label: line.querySelector("dt").textContent, value: line.querySelector("dd").textContent })));
  await page.keyboard.press("Escape");
  return lines;
}

/** Labels and values, whatever else an explanation in a file says. */
const bare = (lines) => lines.map(({ label, value }) => ({ label, value }));

test("the copy is saved by the page", async () => {
  await go(page, "#/export");
  const [got] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "保存一份副本", exact: true }).click(),
  ]);
  await got.saveAs(copy);
});

test("every score of the ranking, with places and tiers", async () => {
  const { scorecards } = told("scorecard", "--on", TODAY);
  await go(page, "#/scorecards");
  const rows = page.getByRole("region", { name: "排名", exact: true }).locator(".rows > li");
  const shown = await rows.evaluateAll((rows) => rows.map((row) => ({
    name: row.querySelector(".row-title").textContent,
    place: Number(row.querySelector(".rank").textContent),
    score: row.querySelector(".score").textContent,
  })));
  assert.ok(shown.length > 10, `${shown.length}`);
  const scored = scorecards[0].dealers.filter((dealer) => dealer.score !== null);
  assert.deepEqual(scored.map(({ dealer, place, score }) => ({ name: dealer.name, place, score })), shown);
});

test("the pace of goals, with inputs, rule and arithmetic", async () => {
  const { goals } = told("pace", "--on", TODAY);
  const paced = goals.filter((goal) => goal.pace).slice(0, LOOKED_AT);
  assert.equal(paced.length, LOOKED_AT);
  for (const goal of paced) {
    await go(page, `#/goals/${goal.id}`);
    const pace = page.locator(".stat > dt").filter({ hasText: /^进度/ }).locator("..").getByRole("button");
    assert.deepEqual(await explanation(pace.first()), bare(goal.explained), goal.title);
  }
});

test("the total of statements, to the fen, with every line", async () => {
  const { statements } = told("statement");
  assert.ok(statements.length > 0);
  for (const statement of statements.slice(0, LOOKED_AT)) {
    await go(page, `#/statements/${statement.id}`);
    const total = page.locator(".stat > dt").filter({ hasText: "本期应付" }).locator("..").getByRole("button");
    const yuan = (statement.total_fen / 100).toLocaleString("en", { minimumFractionDigits: 2 });
    assert.equal(await total.innerText(), `¥${yuan}`);
    assert.equal(statement.lines.reduce((sum, line) => sum + line.fen, 0), statement.total_fen);
    assert.deepEqual(await explanation(total), bare(statement.explained));
  }
  tablet.watch.calm();
});
