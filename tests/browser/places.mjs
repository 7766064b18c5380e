// Every place in the app, with the demo book loaded: where it is and how a person gets there.
import { opened, saved } from "./tablet.mjs";

const WORDS = {
  zh: {
    demo: "先看演示台账",
    ready: "演示台账已就绪",
    newDealer: "新建经销商",
    choose: "选择多家",
    editTogether: "批量修改",
    views: "视图",
    newMeeting: "新沟通",
    agenda: "日程",
    note: "记一笔",
    message: "写消息",
    photos: "照片",
    recurring: "定期沟通",
    layouts: ["日", "月", "日程"],
    timeline: "时间线",
  },
  en: {
    demo: "Look at a demo book first",
    ready: "The demo book is ready",
    newDealer: "New dealer",
    choose: "Choose several",
    editTogether: "Edit together",
    views: "Views",
    newMeeting: "New meeting",
    agenda: "Agenda",
    note: "Note",
    message: "Write a message",
    photos: "Photos",
    recurring: "Recurring meeting",
    layouts: ["Day", "Month", "Agenda"],
    timeline: "Timeline",
  },
};

const TABS = [
  "overview",
  "profile",
  "contacts",
  "trust",
  "goals",
  "plans",
  "strategy",
  "scorecard",
  "incentives",
  "support",
  "meetings",
  "timeline",
];
const STEPS = ["prepare", "check-in", "run", "agree", "close"];

/** Loads the demo book from the welcome page. */
export async function loadDemo(page, lang = "zh") {
  await page.getByRole("button", { name: WORDS[lang].demo }).click();
  await page.getByText(WORDS[lang].ready).waitFor();
  await saved(page);
}

/** Goes to a place by its address and waits until it is drawn. */
export async function go(page, place) {
  await page.evaluate((place) => { location.hash = place; }, place);
  await settled(page);
  // A part of the app that is loaded for the first time leaves its place empty for a moment.
  await page.locator("main h1").first().waitFor();
  await settled(page);
}

/** The page has painted what it was asked for. */
export const settled = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50)))));

/** The ids of a dealer, a goal, an issue, an open and a closed meeting of the demo book, from the links that lead there. */
export async function examples(page) {
  const ids = async (selector) =>
    page.locator(selector).evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href").split("/")[2]))]);
  await go(page, "#/");
  const [planned] = await ids("main section a[href*='#/meetings/']");
  await page.locator("main a[href*='#/meetings/']").first().waitFor();
  await go(page, "#/issues");
  const [issue] = await ids("main a[href*='#/issues/']");
  await go(page, "#/dealers");
  const dealers = await ids("main a[href*='#/dealers/']");
  for (const dealer of dealers) {
    await go(page, `#/dealers/${dealer}/meetings`);
    const [closed] = await ids("main a[href*='#/meetings/'][href$='/run']");
    await go(page, `#/dealers/${dealer}/goals`);
    const [goal] = await ids("main a[href*='#/goals/']");
    if (closed && goal) return { dealer, goal, issue, planned, closed };
  }
  throw new Error("the demo book has no dealer with a goal and a closed meeting");
}

/** Visits every place of these examples and yields its name while the page shows it. */
export async function* everyPlace(page, { dealer, goal, issue, planned, closed }, lang = "zh") {
  const words = WORDS[lang];
  const button = (name) => page.getByRole("button", { name, exact: true }).first();

  await go(page, "#/");
  yield "today";
  await button(words.newMeeting).click();
  await page.getByRole("dialog").waitFor();
  yield "today: a new meeting";
  await page.keyboard.press("Escape");

  await go(page, "#/calendar");
  yield "calendar";
  for (const layout of words.layouts) {
    const radio = page.getByRole("radio", { name: layout, exact: true });
    // While the dealer looks on there is nothing to choose from.
    if ((await radio.count()) === 0) continue;
    await radio.check({ force: true });
    await settled(page);
    yield `calendar: ${layout}`;
  }

  const recurring = button(words.recurring);
  if ((await recurring.count()) > 0) {
    await recurring.click();
    await page.getByRole("dialog").waitFor();
    yield "calendar: a recurring meeting";
    await page.keyboard.press("Escape");
  }

  await go(page, "#/dealers");
  yield "dealers";
  await button(words.newDealer).click();
  await page.getByRole("dialog").waitFor();
  yield "dealers: the form";
  await page.keyboard.press("Escape");
  // While the dealer looks on, dealers are neither chosen nor seen by saved views.
  if ((await page.getByRole("button", { name: words.choose, exact: true }).count()) > 0) {
    await button(words.choose).click();
    await page.locator(".virtual .row").first().click();
    yield "dealers: choosing";
    await button(words.editTogether).click();
    await page.getByRole("dialog").waitFor();
    yield "dealers: editing together";
    await page.keyboard.press("Escape");
    await button(words.choose).click();
    await button(words.views).click();
    await page.getByRole("dialog").waitFor();
    yield "dealers: views";
    await page.keyboard.press("Escape");
  }

  for (const tab of TABS) {
    await go(page, `#/dealers/${dealer}${tab === "overview" ? "" : `/${tab}`}`);
    yield `dealer: ${tab}`;
  }
  await go(page, `#/dealers/${dealer}`);
  await page.locator(".head-actions").getByRole("button", { name: words.note }).click();
  await page.getByRole("dialog").waitFor();
  yield "dealer: a note";
  await page.keyboard.press("Escape");
  await page.locator(".head-actions [popovertarget]").last().click();
  await page.getByRole("menuitem", { name: words.message }).click();
  await page.getByRole("dialog").waitFor();
  yield "dealer: a message";
  await page.keyboard.press("Escape");
  await go(page, `#/goals/${goal}`);
  yield "goal";
  await go(page, `#/dealers/${dealer}/plans`);
  const step = page.locator("main li.row [popovertarget]:not(.explain)").first();
  if ((await step.count()) > 0) {
    await step.click();
    await page.getByRole("menuitem", { name: words.photos }).click();
    await page.getByRole("dialog").waitFor();
    yield "dealer: photos of a step";
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  const timeline = page.getByRole("radio", { name: words.timeline });
  if ((await timeline.count()) > 0) {
    await timeline.check({ force: true });
    await settled(page);
    yield "dealer: plans: timeline";
  }
  for (const step of ["need", "measure", "baseline", "target", "milestones", "agree"]) {
    await go(page, `#/dealers/${dealer}/set-goal/${step}`);
    yield `setting a goal: ${step}`;
  }
  for (const part of ["", "/agree", "/sheet"]) {
    await go(page, `#/goals/${goal}${part}`);
    yield `goal${part}`;
  }
  await go(page, "#/issues");
  yield "issues";
  await go(page, `#/issues/${issue}`);
  yield "issue";
  for (const step of STEPS) {
    await go(page, `#/meetings/${planned}/${step}`);
    yield `meeting: ${step}`;
  }
  await go(page, `#/meetings/${closed}/run`);
  yield "meeting: closed";
  await go(page, "#/review");
  const conflict = page.locator("main .rows a[href*='#/review/']").first();
  // While the dealer looks on there is nothing to choose from.
  if ((await conflict.count()) > 0) {
    yield "review";
    await conflict.click();
    await page.locator("main .versions").waitFor();
    yield "review: a conflict";
  }
  for (const place of [
    "portfolio",
    "portfolio/table",
    "portfolio/quality",
    "portfolio/report",
    "portfolio/own-fields",
    "scorecards",
    "scorecards/cards",
    "scorecards/metrics",
    "scorecards/readings",
    "incentives",
    "support",
    "support/materials",
    "support/courses",
  ]) {
    await go(page, `#/${place}`);
    yield place;
  }
  await go(page, `#/packs/${dealer}`);
  yield "quarterly review";
  for (const [name, list, part] of [
    ["scheme", "#/incentives", "#/schemes/"],
    ["class", "#/support/courses", "#/classes/"],
    ["statement", `#/dealers/${dealer}/incentives`, "#/statements/"],
    ["evaluation", `#/dealers/${dealer}/scorecard`, "#/evaluations/"],
  ]) {
    await go(page, list);
    const link = page.locator(`main a[href^='${part}']`).first();
    // Lists over all dealers are empty while the dealer looks on, and not every dealer has one of each.
    if ((await link.count()) === 0) continue;
    await go(page, await link.getAttribute("href"));
    yield name;
  }
  for (const place of ["routines", "import", "export", "bin", "settings", "team"]) {
    await go(page, `#/${place}`);
    yield place;
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  yield "palette";
  await page.keyboard.press("Escape");
  await page.getByRole("combobox").waitFor({ state: "detached" });
}

/** Chooses a language in the settings. */
export async function speak(page, language) {
  await go(page, "#/settings");
  await page.getByRole("radio", { name: language }).check({ force: true });
  await opened(page);
}
