// The calendar, without a network: a planned meeting stands on its day, is moved and moved back, and is saved for
// other calendars. The days and the lines of the file are reckoned here once more.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { go, loadDemo, settled } from "../browser/places.mjs";
import { opened, saved, takeTablet } from "../browser/tablet.mjs";

// A Thursday.
const TODAY = [2026, 8, 10];
// The meeting that is planned here, on the Saturday after, and the Sunday to which it moves.
const PLANNED = { day: "2026-09-12", time: "14:00" };
const MOVED = { day: "2026-09-13", time: "16:30" };

let tablet;
let page;
let dealer;

before(async () => {
  tablet = await takeTablet();
  page = await tablet.open();
  await page.clock.setFixedTime(new Date(...TODAY, 10, 0));
  await page.reload();
  await opened(page);
  await loadDemo(page);
  await tablet.loseNetwork(page);
});

after(async () => {
  await tablet.putAway();
});

const form = () => page.getByRole("dialog");
const button = (name) => page.getByRole("button", { name, exact: true });
const days = () => page.locator("main section[aria-labelledby]:has(> h2 > time, > header time)");
const dates = () => days().locator("h2 time").evaluateAll((times) => times.map((time) => time.getAttribute("datetime")));

/** What stands on a day, one text for each entry. */
async function entries(date) {
  await settled(page);
  const day = days().filter({ has: page.locator(`h2 time[datetime="${date}"]`) });
  return day.locator("li").allInnerTexts();
}

const stands = async (date, time) => (await entries(date)).filter((text) => text.includes(dealer) && text.includes(time)).length;

/** The days from a date on, counted by the calendar of the test. */
const following = (date, count) =>
  Array.from({ length: count }, (_, ahead) => new Date(Date.parse(date) + ahead * 86_400_000).toISOString().slice(0, 10));

/** Opens the menu of the entry that is planned here and chooses an act. */
async function choose(date, time, act) {
  const day = days().filter({ has: page.locator(`h2 time[datetime="${date}"]`) });
  const entry = day.locator("li").filter({ hasText: dealer }).filter({ hasText: time });
  await entry.getByRole("button", { name: `更多：${dealer}` }).click();
  await page.getByRole("menuitem", { name: act }).click();
}

/** The lines of the file that an act saves, unfolded, and its name. */
async function file(act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  const text = await readFile(await download.path(), "utf8");
  assert.ok(text.endsWith("\r\n"));
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
  return { name: download.suggestedFilename(), lines: text.replaceAll("\r\n ", "").split("\r\n") };
}

/** Turns back until the page says a text. */
async function backTo(text) {
  for (let turns = 0; turns < 60 && !(await page.getByText(text, { exact: true }).first().isVisible()); turns += 1) {
    await page.keyboard.press("ArrowLeft");
    await settled(page);
  }
  await page.getByText(text, { exact: true }).first().waitFor();
}

async function everything() {
  const html = await page.evaluate(() => document.documentElement.outerHTML);
  return `${html}\n${await page.locator("body").ariaSnapshot()}`;
}

test("the rail leads to the week, with today marked", async () => {
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "日历" }).click();
  await page.getByRole("heading", { name: "日历", level: 1 }).waitFor();
  assert.deepEqual(await dates(), following("2026-09-07", 7));
  const today = page.locator("main [aria-current=date] h2 time");
  assert.equal(await today.getAttribute("datetime"), "2026-09-10");
});

test("a meeting is planned and stands on its day", async () => {
  await button("新沟通").click();
  const first = form().locator(".option").first();
  dealer = await first.locator(".row-title").innerText();
  await first.click();
  await form().getByLabel("时间").fill(`${PLANNED.day}T${PLANNED.time}`);
  await form().getByRole("button", { name: "准备" }).click();
  await page.waitForFunction(() => location.hash.startsWith("#/meetings/"));
  await go(page, "#/calendar");
  assert.equal(await stands(PLANNED.day, PLANNED.time), 1);
});

test("keys and buttons turn the weeks", async () => {
  await page.keyboard.press("ArrowRight");
  await settled(page);
  assert.deepEqual(await dates(), following("2026-09-14", 7));
  await page.keyboard.press("t");
  await settled(page);
  assert.deepEqual(await dates(), following("2026-09-07", 7));
  await button("更早").click();
  await settled(page);
  assert.deepEqual(await dates(), following("2026-08-31", 7));
  await page.getByRole("main").getByRole("button", { name: "今天", exact: true }).click();
});

test("the agenda begins today and shows two weeks", async () => {
  await page.getByRole("radio", { name: "日程" }).check({ force: true });
  await settled(page);
  assert.deepEqual(await dates(), following("2026-09-10", 14));
  assert.equal(await stands(PLANNED.day, PLANNED.time), 1);
});

test("a day offers to plan a meeting on it", async () => {
  await button("在 9月14日 周一 约沟通").click();
  assert.equal(await form().getByLabel("时间").inputValue(), "2026-09-14T10:00");
  await page.keyboard.press("Escape");
  await form().waitFor({ state: "detached" });
});

test("it moves to another time, and back", async () => {
  await choose(PLANNED.day, PLANNED.time, "改时间");
  const start = form().getByLabel("新的开始时间");
  assert.equal(await start.inputValue(), `${PLANNED.day}T${PLANNED.time}`);
  await start.fill(`${MOVED.day}T${MOVED.time}`);
  await form().getByRole("button", { name: "保存" }).click();
  await form().waitFor({ state: "detached" });
  assert.equal(await stands(MOVED.day, MOVED.time), 1);
  assert.equal(await stands(PLANNED.day, PLANNED.time), 0);
  const toast = page.locator(".toast").last();
  assert.match(await toast.innerText(), /改到 9月13日 周日 16:30/);
  await toast.getByRole("button", { name: "撤销" }).click();
  assert.equal(await stands(MOVED.day, MOVED.time), 0);
  assert.equal(await stands(PLANNED.day, PLANNED.time), 1);
});

test("it is dragged to another day, at the same time, and back", async () => {
  await page.getByRole("radio", { name: "周", exact: true }).check({ force: true });
  await settled(page);
  const day = (date) => page.locator("main section.week-day").filter({ has: page.locator(`h2 time[datetime="${date}"]`) });
  const entry = day(PLANNED.day).locator("li").filter({ hasText: dealer }).filter({ hasText: PLANNED.time });
  await entry.dragTo(day("2026-09-11"));
  assert.match(await page.locator(".toast").last().innerText(), /改到 9月11日 周五 14:00/);
  assert.equal(await day("2026-09-11").locator("li").filter({ hasText: dealer }).filter({ hasText: PLANNED.time }).count(), 1);
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await entry.waitFor();
  await page.getByRole("radio", { name: "日程" }).check({ force: true });
  await settled(page);
});

test("a full day draws the rest of what is due at a tap", async () => {
  await choose(PLANNED.day, PLANNED.time, "打开经销商");
  await page.waitForFunction(() => location.hash.startsWith("#/dealers/"));
  await go(page, `${await page.evaluate(() => location.hash)}/trust`);
  for (const number of [1, 2, 3, 4, 5, 6]) {
    await button("记一条承诺").click();
    await form().getByLabel(/^承诺内容/).fill(`第 ${number} 件`);
    await form().getByLabel(/^到期日/).fill("2026-09-18");
    await form().getByRole("button", { name: "保存" }).click();
    await form().waitFor({ state: "detached" });
  }
  await go(page, "#/calendar");
  const day = days().filter({ has: page.getByRole("button", { name: /^还有 \d+ 项$/ }) }).first();
  const date = await day.locator("h2 time").getAttribute("datetime");
  const more = day.getByRole("button", { name: /^还有 \d+ 项$/ });
  const hidden = Number((await more.innerText()).match(/\d+/)[0]);
  const before = (await entries(date)).length;
  await more.click();
  assert.equal((await entries(date)).length, before + hidden);
});

test("one meeting is saved for other calendars", async () => {
  const { name, lines } = await file(() => choose(PLANNED.day, PLANNED.time, "存为 .ics"));
  assert.equal(name, `日历 ${PLANNED.day}.ics`);
  assert.equal(lines.filter((line) => line === "BEGIN:VEVENT").length, 1);
  for (const line of ["DTSTART:20260912T140000", "DTEND:20260912T150000", "TRIGGER:-PT30M"]) {
    assert.ok(lines.includes(line), `${line} in ${lines.join("\n")}`);
  }
  const summary = lines.find((line) => line.startsWith("SUMMARY:"));
  assert.equal(summary, `SUMMARY:${dealer} · 拜访`);
});

test("all that is shown is saved together", async () => {
  const { name, lines } = await file(() => page.locator("header").getByRole("button", { name: "存为 .ics" }).click());
  assert.equal(name, "日历 2026-09-10 2026-09-23.ics");
  assert.ok(lines.includes("DTSTART:20260912T140000"));
  const shown = new Set(following("2026-09-10", 14).map((day) => day.replaceAll("-", "")));
  // What recurs begins where its rule begins.
  const events = lines.join("\n").split("BEGIN:VEVENT").slice(1).filter((event) => !event.includes("RRULE"));
  assert.ok(events.length > 1);
  for (const event of events) assert.ok(shown.has(event.match(/DTSTART[^:]*:(\d{8})/)[1]), event);
});

const recurring = () => page.locator("main li").filter({ hasText: "定期" });

test("one occurrence moves alone, and back", async () => {
  await button("更晚").click();
  await settled(page);
  const before = await recurring().count();
  const occurrence = recurring().first();
  const name = await occurrence.locator(".row-title").innerText();
  assert.match(await occurrence.locator(".row-when").innerText(), /^10:00/);
  await occurrence.getByRole("button", { name: `更多：${name}` }).click();
  await page.getByRole("menuitem", { name: "改时间" }).click();
  const start = form().getByLabel("新的开始时间");
  await start.fill((await start.inputValue()).replace("T10:00", "T11:45"));
  await form().getByRole("button", { name: "保存" }).click();
  await form().waitFor({ state: "detached" });
  const moved = recurring().filter({ hasText: "11:45" });
  await moved.waitFor();
  assert.equal(await recurring().count(), before);
  await page.locator(".toast").last().getByRole("button", { name: "撤销" }).click();
  await moved.waitFor({ state: "detached" });
  assert.equal(await recurring().count(), before);
  assert.match(await recurring().filter({ hasText: name }).first().locator(".row-when").innerText(), /^10:00/);
});

test("what recurs opens as a meeting of its own", async () => {
  const occurrence = recurring().first();
  await occurrence.locator(".row-main").click();
  await page.waitForFunction(() => location.hash.startsWith("#/meetings/"));
  await page.locator("main h1").first().waitFor();
  await go(page, "#/calendar");
});

test("a tap opens the meeting; the palette and Today lead back", async () => {
  await page.keyboard.press("t");
  await settled(page);
  await page.locator("main li").filter({ hasText: dealer }).filter({ hasText: PLANNED.time }).getByRole("link").click();
  await page.waitForFunction(() => /^#\/meetings\/.*\/prepare$/.test(location.hash));
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("日历");
  await page.getByRole("option", { name: /^日历/ }).first().click();
  await page.getByRole("heading", { name: "日历", level: 1 }).waitFor();
  await go(page, "#/");
  await page.getByRole("main").getByRole("link", { name: "日历" }).click();
  await page.getByRole("heading", { name: "日历", level: 1 }).waitFor();
  assert.equal(await stands(PLANNED.day, PLANNED.time), 1);
});

test("a day without anything says so, and a stretch without anything teaches", async () => {
  await backTo("没有安排");
  await backTo("这段时间没有安排");
  await page.getByRole("main").getByRole("heading", { name: "这段时间没有安排" }).waitFor();
  assert.ok(await page.locator("header").getByRole("button", { name: "存为 .ics" }).isDisabled());
  await page.keyboard.press("t");
});

test("the dealer who looks on sees none of it", async () => {
  assert.equal(await stands(PLANNED.day, PLANNED.time), 1);
  await button("同屏").click();
  await button("长按结束").waitFor();
  await go(page, "#/calendar");
  await page.waitForFunction(() => !document.querySelector(".toast"));
  const text = await everything();
  assert.ok(!text.includes(dealer), text);
  assert.equal(await page.locator("main time").count(), 0);
  await page.getByText("同屏时不显示日历").waitFor();
  await saved(page);
  tablet.watch.calm();
});
