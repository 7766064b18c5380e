// Recurring meetings, a month at a glance and the day's route, without a network. Dates and distances are worked out
// here once more; the map app is opened by an address that the page only links to.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

const DEALER = "宁波听潮厨电";
const SUBJECT = "月度对账";
// A Thursday, the second of its month.
const TODAY = new Date(2026, 8, 10, 8, 0);

let tablet;
let page;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(TODAY);
  await page.reload();
  await opened(page);
  await loadDemo(page);
  await tablet.loseNetwork(page);
  await go(page, "#/calendar");
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");
const button = (name) => page.getByRole("button", { name, exact: true });
const day = (name) => page.locator(".month-day").filter({ has: page.locator(".month-date", { hasText: new RegExp(`^${name}$`) }) });

async function look(name) {
  await page.getByRole("radio", { name, exact: true }).check({ force: true });
  await settled(page);
}

/** Metres along a great circle of the Earth's mean radius. */
function distance([lat1, lon1], [lat2, lon2]) {
  const rad = (degrees) => (degrees * Math.PI) / 180;
  const half = (a, b) => Math.sin((b - a) / 2) ** 2;
  const chord = half(rad(lat1), rad(lat2)) + Math.cos(rad(lat1)) * Math.cos(rad(lat2)) * half(rad(lon1), rad(lon2));
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(chord));
}

test("a month shows its weeks, from Monday to Sunday", async () => {
  await look("月");
  const dates = await page.locator(".month-date").allInnerTexts();
  assert.equal(dates.length, 35);
  assert.equal(dates[0], "31");
  assert.equal(dates.at(-1), "4");
  assert.equal(await page.locator(".month-day[aria-current=date] .month-date").innerText(), "10");
  await button("更晚").click();
  await page.getByText(/^9月28日 – /).waitFor();
  await button("更早").click();
});

test("a meeting recurs on the second Thursday of each month, three times", async () => {
  await button("定期沟通").click();
  await form().getByLabel("哪家经销商").first().fill("听潮");
  await form().getByRole("radio", { name: new RegExp(DEALER) }).check({ force: true });
  await form().getByLabel("主题").fill(SUBJECT);
  await form().getByLabel("首次时间").fill("2026-09-10T15:00");
  await form().getByLabel("多久一次").selectOption({ label: "每月这个星期几" });
  await form().getByLabel("到什么时候").selectOption({ label: "若干次后结束" });
  await form().getByLabel("几次").fill("0");
  await form().getByText(/1 到 999 次/).first().waitFor();
  await form().getByLabel("几次").fill("3");
  const preview = await form().locator(".note").innerText();
  for (const date of ["9月10日", "10月8日", "11月12日"]) assert.ok(preview.includes(date), `${date} in ${preview}`);
  assert.ok(!preview.includes("12月10日"), preview);
  await form().getByRole("button", { name: "保存" }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
});

test("each occurrence stands on its day, and on no other", async () => {
  for (const [date, months] of [["10", 0], ["8", 1], ["12", 1]]) {
    for (let turn = 0; turn < months; turn += 1) await button("更晚").click();
    await settled(page);
    await day(date).first().click();
    await settled(page);
    await page.getByText(SUBJECT).first().waitFor();
    await look("月");
  }
  await button("更晚").click();
  await settled(page);
  await day("10").first().click();
  await settled(page);
  assert.equal(await page.getByText(SUBJECT).count(), 0);
});

test("it is ended before a date; undone, it goes on", async () => {
  await look("月");
  await button("更早").click();
  await settled(page);
  await day("12").first().click();
  await settled(page);
  const row = page.getByRole("listitem").filter({ hasText: SUBJECT });
  await row.getByRole("button", { name: /^更多/ }).click();
  await page.getByRole("menuitem", { name: "从这次起不再重复" }).click();
  await row.waitFor({ state: "detached" });
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await row.waitFor();
});

test("the day's route goes to the nearest each time, and says how far", async () => {
  await button("今天").click();
  await look("日");
  const route = page.getByRole("region", { name: "路线" });
  const stops = route.locator("li:has(a[href^='geo:'])");
  const places = (await stops.locator("a[href^='geo:']").evaluateAll((links) => links.map((link) => link.getAttribute("href"))))
    .map((href) => href.slice(4).split(",").map(Number));
  assert.ok(places.length >= 3, `${places.length} visits`);
  const left = places.slice(1);
  let at = places[0];
  let metres = 0;
  for (const place of places.slice(1)) {
    const nearest = Math.min(...left.map((other) => distance(at, other)));
    assert.ok(Math.abs(distance(at, place) - nearest) < 1, `${place} is the nearest to ${at}`);
    left.splice(left.findIndex((other) => other === place), 1);
    metres += nearest;
    at = place;
  }
  const whole = route.locator(".section-more .explain");
  assert.equal(await whole.innerText(), `${(Math.round(metres / 100) / 10).toFixed(1)} 公里`);
  await whole.click();
  assert.ok((await page.locator(".popover:popover-open").innerText()).includes("最近的一家"));
  await page.keyboard.press("Escape");
});

test("after a new start, what recurs within a week is a meeting that can be prepared", async () => {
  await saved(page);
  await tablet.context.setOffline(false);
  await page.reload();
  await opened(page);
  await page.waitForTimeout(1500);
  await go(page, "#/calendar");
  await look("日");
  await page.getByRole("link", { name: new RegExp(DEALER) }).filter({ hasText: SUBJECT }).first().click();
  await page.locator(".stepper").waitFor();
  tablet.watch.calm();
});
