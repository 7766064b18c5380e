// Every figure of every place opens its explanation: inputs, rule and arithmetic, and a line that ends in the figure.
// The sums that explanations write out are reckoned here once more.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { drawAll, explained, fault, unexplained, wrongSums } from "../browser/figures.mjs";
import { everyPlace, examples, go, loadDemo } from "../browser/places.mjs";
import { opened, takeTablet } from "../browser/tablet.mjs";

let tablet;
let page;
const hidden = [];
const wrong = [];
const figures = new Map();
let sums = 0;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(new Date(2026, 8, 10, 8, 0));
  await page.reload();
  await opened(page);
  await loadDemo(page);
  const ways = new Map();
  for await (const place of everyPlace(page, await examples(page))) {
    await drawAll(page);
    const found = await explained(page);
    const { wrong: bare, elsewhere } = await unexplained(page);
    hidden.push(...bare.map((text) => `${place}: ${text}`));
    for (const { href, text } of elsewhere) ways.set(`${href} ${text}`, { place, href, text });
    figures.set(place, found.length);
    for (const figure of found) {
      const why = fault(figure);
      if (why) wrong.push(`${place}: ${figure.shown} ${why}`);
      const { wrong: faults, reckoned } = wrongSums(figure.lines);
      wrong.push(...faults.map((sum) => `${place}: ${sum}`));
      sums += reckoned;
    }
    try {
      tablet.watch.calm();
    } catch (trouble) {
      wrong.push(`${place}: ${trouble.message}`);
    }
  }
  // A figure in a link is explained at the place to which the link leads.
  for (const { place, href, text } of ways.values()) {
    await go(page, href);
    const there = (await explained(page)).flatMap(({ shown, lines }) => [shown, ...lines.map(({ value }) => value)]);
    const digits = text.match(/[\d.,]+/g);
    if (!digits.every((number) => there.some((other) => other.includes(number)))) hidden.push(`${place}: ${text}, at ${href}`);
  }
});

after(async () => {
  await tablet.putAway();
});

test("no figure hides where it comes from", () => {
  assert.deepEqual(hidden, []);
});

test("each opens inputs and arithmetic that end in it", () => {
  assert.deepEqual(wrong, []);
});

test("the walk met the figures that it is about", () => {
  for (const place of ["today", "dealer: overview", "dealer: scorecard", "goal", "issues", "portfolio", "routines", "quarterly review"]) {
    assert.ok(figures.get(place) >= 3, `${place}: ${figures.get(place)}`);
  }
  const all = [...figures.values()].reduce((a, b) => a + b, 0);
  assert.ok(all > 300 && sums > 300, `${all} figures, ${sums} sums`);
  tablet.watch.calm();
});
