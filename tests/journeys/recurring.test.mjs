// Recurring meetings, a month at a glance and the day's route, without a network. Dates and distances are worked out
// here once more; the calendar's file is read back by another program's parser; the map app is opened by an address that
// the page only links to.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import ICAL from "ical.js";
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

/** What stands on a date: one text for each entry that says the subject. */
async function standing(date) {
  await look("日程");
  await page.getByRole("main").getByRole("button", { name: "今天", exact: true }).click();
  const on = () => page.locator("main section.calendar-day").filter({ has: page.locator(`h2 time[datetime="${date}"]`) });
  for (let turns = 0; turns < 12 && (await on().count()) === 0; turns += 1) {
    await button("更晚").click();
    await settled(page);
  }
  return on().locator("li").filter({ hasText: SUBJECT });
}

const whens = async (date) => (await (await standing(date)).locator(".row-when").allInnerTexts()).map((text) => text.replace(/\s/g, ""));

async function change(date) {
  const row = (await standing(date)).first();
  await row.getByRole("button", { name: /^更多/ }).click();
  await page.getByRole("menuitem", { name: "修改定期沟通" }).click();
  await form().waitFor();
}

async function save() {
  await form().getByRole("button", { name: "保存" }).click();
  await form().waitFor({ state: "detached" });
  await settled(page);
}

async function undo() {
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await settled(page);
}

test("one occurrence is changed alone, and back", async () => {
  await change("2026-10-08");
  assert.equal(await form().getByLabel("开始时间").inputValue(), "2026-10-08T15:00");
  assert.equal(await form().getByLabel("多久一次").count(), 0);
  await form().getByLabel("开始时间").fill("2026-10-09T16:30");
  await form().getByLabel("时长（分钟）").fill("45");
  await save();
  assert.deepEqual(await whens("2026-10-08"), []);
  assert.deepEqual(await whens("2026-10-09"), ["16:30–17:15"]);
  assert.deepEqual(await whens("2026-11-12"), ["15:00–16:00"]);
  await undo();
  assert.deepEqual(await whens("2026-10-08"), ["15:00–16:00"]);
});

test("one occurrence is called off; undone, it takes place", async () => {
  const row = (await standing("2026-10-08")).first();
  await row.getByRole("button", { name: /^更多/ }).click();
  await page.getByRole("menuitem", { name: "这一次取消" }).click();
  await settled(page);
  assert.deepEqual(await whens("2026-10-08"), []);
  await undo();
  assert.deepEqual(await whens("2026-10-08"), ["15:00–16:00"]);
});

test("from one occurrence on it recurs otherwise, as often as was left", async () => {
  await change("2026-10-08");
  await form().getByRole("radio", { name: "这次及以后" }).check({ force: true });
  await form().getByLabel("开始时间").fill("2026-10-08T10:00");
  await form().getByLabel("多久一次").selectOption({ label: "每周" });
  await save();
  assert.deepEqual(await whens("2026-09-10"), ["15:00–16:00"]);
  // Three times in all: one was held by the old rule.
  assert.deepEqual(await whens("2026-10-08"), ["10:00–11:00"]);
  assert.deepEqual(await whens("2026-10-15"), ["10:00–11:00"]);
  assert.deepEqual(await whens("2026-10-22"), []);
  assert.deepEqual(await whens("2026-11-12"), []);
  await undo();
  assert.deepEqual(await whens("2026-11-12"), ["15:00–16:00"]);
});

test("all occurrences change at once; an end before the beginning is told, not kept", async () => {
  await change("2026-10-08");
  await form().getByRole("radio", { name: "全部" }).check({ force: true });
  assert.equal(await form().getByLabel("开始时间").inputValue(), "2026-09-10T15:00");
  await form().getByLabel("到什么时候").selectOption({ label: "到某一天为止" });
  await form().getByLabel("最后一天").fill("2026-09-01");
  await form().getByRole("button", { name: "保存" }).click();
  await form().getByText("这条规则一次也不会发生").waitFor();
  await form().getByLabel("时长（分钟）").fill("0");
  await form().getByRole("button", { name: "保存" }).click();
  assert.equal(await form().count(), 1);
  await form().getByLabel("到什么时候").selectOption({ label: "一直" });
  await form().getByLabel("时长（分钟）").fill("90");
  await form().getByLabel("开始时间").fill("2026-09-10T14:00");
  await save();
  assert.deepEqual(await whens("2026-10-08"), ["14:00–15:30"]);
  assert.deepEqual(await whens("2026-12-10"), ["14:00–15:30"]);
});

test("months and years without a date are told; what crosses midnight stands on both days", async () => {
  await button("定期沟通").click();
  const preview = () => form().locator(".note").innerText();
  await form().getByLabel("首次时间").fill("2028-02-29T10:00");
  await form().getByLabel("多久一次").selectOption({ label: "每年" });
  assert.match(await preview(), /没有这一天的月份或年份会跳过/);
  await form().getByLabel("首次时间").fill("2026-10-31T23:00");
  await form().getByLabel("多久一次").selectOption({ label: "每月这一天" });
  assert.match(await preview(), /10月31日 · 12月31日[\s\S]*没有这一天的月份或年份会跳过/);
  await form().getByLabel("多久一次").selectOption({ label: "每月最后一天" });
  assert.match(await preview(), /10月31日 · 11月30日 · 12月31日/);
  assert.doesNotMatch(await preview(), /会跳过/);
  await form().getByLabel("时长（分钟）").fill("120");
  await form().getByLabel("主题").fill(SUBJECT);
  await form().getByLabel("哪家经销商").first().fill("听潮");
  await form().getByRole("radio", { name: new RegExp(DEALER) }).check({ force: true });
  await save();
  assert.deepEqual(await whens("2026-10-31"), ["23:00–01:00"]);
  assert.deepEqual(await whens("2026-11-01"), ["23:00–01:00"]);
  assert.match(await (await standing("2026-11-01")).innerText(), /接前一天/);
});

/** Every instance of a calendar file within a window, as another program has it. */
function instances(text, from, to) {
  const found = [];
  const root = new ICAL.Component(ICAL.parse(text));
  const events = root.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  const say = (start, end, item) => `${start.toString().slice(0, 16)}–${end.toString().slice(0, 16)} ${item.summary}`;
  for (const event of events.filter((event) => !event.isRecurrenceException())) {
    if (event.startDate.isDate) continue;
    for (const other of events) {
      if (other.uid === event.uid && other.isRecurrenceException()) event.relateException(other);
    }
    const walk = event.iterator();
    // A rule without an end goes on for ever.
    for (let next = walk.next(); next && next.toString().slice(0, 10) <= to; next = walk.next()) {
      const { startDate, endDate, item } = event.getOccurrenceDetails(next);
      const day = startDate.toString().slice(0, 10);
      if (endDate.toString().slice(0, 10) >= from && day <= to) found.push(say(startDate, endDate, item));
    }
  }
  return { found: found.sort(), events };
}

test("the calendar's file is the same calendar in another program", async () => {
  // One occurrence moved, one called off, a rule without an end, one that crosses midnight.
  await change("2026-10-08");
  await form().getByLabel("开始时间").fill("2026-10-09T16:30");
  await save();
  const off = (await standing("2026-11-12")).first();
  await off.getByRole("button", { name: /^更多/ }).click();
  await page.getByRole("menuitem", { name: "这一次取消" }).click();
  await settled(page);

  await page.getByRole("main").getByRole("button", { name: "今天", exact: true }).click();
  const all = [];
  let seen = 0;
  for (const [turns, from, to] of [[2, "2026-10-08", "2026-10-21"], [1, "2026-10-22", "2026-11-04"], [1, "2026-11-05", "2026-11-18"]]) {
    for (let turn = 0; turn < turns; turn += 1) await button("更晚").click();
    await settled(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("header").getByRole("button", { name: "存为 .ics" }).click(),
    ]);
    const text = await readFile(await download.path(), "utf8");
    const { found, events } = instances(text, from, to);

    const shown = await page.locator("main section:has(> header h2 time)").evaluateAll((days) => days.flatMap((day) => {
      const date = day.querySelector("h2 time").getAttribute("datetime");
      return [...day.querySelectorAll("li")].flatMap((entry) => {
        const [, start, end] = /(\d\d:\d\d)\s*–\s*(\d\d:\d\d)/.exec(entry.querySelector(".row-when")?.textContent ?? "") ?? [];
        // What goes on from the day before is the instance of that day.
        if (start === undefined || /接前一天/.test(entry.textContent)) return [];
        const next = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
        return [`${date}T${start}–${end < start ? next : date}T${end} ${entry.querySelector(".row-title").textContent}`];
      });
    })).then((all) => all.sort());
    const file = found.filter((line) => line.slice(0, 10) >= from).map((line) => line.replace(/ · .*$/, ""));
    assert.deepEqual(file, shown, `${from} to ${to}`);
    all.push(...shown);
    for (const event of events.filter((event) => !event.startDate.isDate && event.startDate.toString() >= "2026-09-11")) {
      const alarm = event.component.getFirstSubcomponent("valarm");
      assert.equal(alarm.getFirstPropertyValue("trigger").toSeconds(), -30 * 60, event.summary);
      assert.equal(alarm.getFirstPropertyValue("action"), "DISPLAY");
    }
    const rules = events.filter((event) => event.isRecurring() && event.summary.includes(SUBJECT)).map((event) => event.component.getFirstPropertyValue("rrule"));
    for (const rule of rules) {
      assert.equal(rule.freq, "MONTHLY");
      assert.equal(rule.isFinite(), false);
      assert.ok(["2TH"].includes(rule.parts.BYDAY?.[0]) || rule.parts.BYMONTHDAY?.[0] === -1, rule.toString());
    }
    seen += rules.length;
  }
  // What was moved, what goes on for ever, and what crosses midnight were among them; what was called off was not.
  for (const part of ["2026-10-09T16:30–2026-10-09T18:00", "2026-10-31T23:00–2026-11-01T01:00"]) {
    assert.equal(all.filter((line) => line.startsWith(part)).length, 1, `${part} in ${all.join("\n")}`);
  }
  assert.equal(all.some((line) => line.startsWith("2026-11-12T14:00")), false);
  assert.ok(seen > 0);
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
