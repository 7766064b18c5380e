// Every page of the ten areas over 5,000 dealers with three years of data, on a processor slowed down four
// times: from the tap that opens it to its content painted, and from a filter's tap to its answer.
import { median, line } from "./rounds.mjs";
import { FRAME, TAP, slowPage, watchPaints } from "./in_the_app.mjs";

export const DEALERS = 5_000;
const OPENINGS = 3;
/** A filter has answered when nothing has changed for so long, in milliseconds. */
const QUIET = 300;

// Where nothing weighs, and where every page is opened from.
const ELSEWHERE = "#/settings";

/** Fills the app's own database with the book. */
export async function fillYears(context, bench) {
  const page = await context.newPage();
  await page.goto(`${bench}workbench.html`);
  await page.evaluate(async (dealers) => (await window.ready).fillYears("tongxing:/", dealers), DEALERS);
  await page.close();
}

/** Opens the app with its book, and a link that leads wherever it is told. */
export async function openApp(context, origin) {
  const { page, session } = await slowPage(context);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await page.addInitScript(watchPaints);
  await page.goto(`${origin}/${ELSEWHERE}`);
  await page.locator("main h1").waitFor();
  await page.evaluate(() => {
    const link = document.body.appendChild(document.createElement("a"));
    link.id = "anywhere";
    link.textContent = "→";
    link.style.cssText = "position: fixed; inset: auto 0 0 auto; z-index: 9999; inline-size: 44px; block-size: 44px";
  });
  return { page, session };
}

/** Taps what a locator finds; the milliseconds to the last paint that came of it. */
export async function tapped(page, target, act = () => target.click()) {
  await page.evaluate((quiet) => {
    const begun = ["pointerdown", "change"];
    window.answered = new Promise((resolve) => {
      const look = async ({ timeStamp }) => {
        for (const kind of begun) removeEventListener(kind, look, { capture: true });
        resolve((await window.lastPaint(quiet)) - timeStamp);
      };
      for (const kind of begun) addEventListener(kind, look, { capture: true });
    });
  }, QUIET);
  await act();
  return page.evaluate(() => window.answered);
}

async function goTo(page, place) {
  await page.locator("#anywhere").evaluate((link, place) => { link.href = place; }, place);
  return tapped(page, page.locator("#anywhere"));
}

/** The places, each with its name; those of one record are found by the links that lead there. */
async function places(page) {
  const first = async (list, selector) => {
    await goTo(page, list);
    return page.locator(`main ${selector}`).first().getAttribute("href", { timeout: 30_000 });
  };
  const dealer = await first("#/dealers", "[data-role=list] a.row");
  const settled = await first("#/scorecards", "a[href^='#/dealers/']");
  return {
    today: "#/",
    calendar: "#/calendar",
    dealers: "#/dealers",
    dealer,
    ...Object.fromEntries(
      ["contacts", "trust", "goals", "plans", "strategy", "scorecard", "incentives", "support", "meetings", "timeline"].map((tab) => [`dealer_${tab}`, `${dealer}/${tab}`]),
    ),
    goal: await first(`${dealer}/goals`, "a[href^='#/goals/']"),
    issues: "#/issues",
    issue: await first("#/issues", "a[href^='#/issues/']"),
    routines: "#/routines",
    portfolio: "#/portfolio",
    quality: "#/portfolio/quality",
    report: "#/portfolio/report",
    ranking: "#/scorecards",
    readings: "#/scorecards/readings",
    incentives: "#/incentives",
    scheme: await first("#/incentives", "a[href^='#/schemes/']"),
    support: "#/support",
    materials: "#/support/materials",
    courses: "#/support/courses",
    pack: settled.replace("/scorecard", "").replace("#/dealers", "#/packs"),
  };
}

/** Pages that are reckoned from all dealers, and kept until somebody edits what they are reckoned from. */
const OVER_ALL = ["today", "calendar", "dealers", "issues", "routines", "portfolio", "quality", "report", "ranking", "incentives", "support", "courses"];

/** Types a reading in, from which much is reckoned that is shown over all dealers. */
async function edit(page) {
  await goTo(page, "#/scorecards/readings");
  const first = page.locator("main tbody input").first();
  const typed = Number(await first.inputValue()) + 1;
  await first.fill(String(typed));
  await first.blur();
  await goTo(page, ELSEWHERE);
}

/** From a tap to a page's content, painted, where nothing was edited since it was last seen; those over all
 *  dealers once more after an edit. The page's part of the app is there already. */
export async function* openings(context, origin, wanted) {
  const { page, session } = await openApp(context, origin);
  const throttle = (rate) => session.send("Emulation.setCPUThrottlingRate", { rate });
  for (const [name, place] of Object.entries(await places(page))) {
    const before = name.startsWith("dealer_") ? place.replace(/\/\w+$/, "") : ELSEWHERE;
    const kinds = { open: () => goTo(page, before), ...(OVER_ALL.includes(name) && { fresh: () => edit(page) }) };
    for (const [kind, prepare] of Object.entries(kinds)) {
      const called = `${kind}_${name}_4x`;
      if (!wanted(called)) continue;
      await goTo(page, place);
      const times = [];
      for (let opening = 0; opening < OPENINGS; opening += 1) {
        await prepare();
        await throttle(4);
        times.push(await goTo(page, place));
        await throttle(1);
      }
      yield line(called, { ours: times, reference: TAP });
    }
  }
  await page.close();
}

const FILTERS = {
  issues: "#/issues",
  dealers: "#/dealers",
  calendar: "#/calendar",
  routines: "#/routines",
  portfolio: "#/portfolio",
  ranking: "#/scorecards",
};

/** From the tap on a filter to what it leaves, painted. The slowest filter of each page counts. */
export async function* filters(context, origin, wanted) {
  const { page, session } = await openApp(context, origin);
  for (const [name, place] of Object.entries(FILTERS)) {
    const called = `filter_${name}_4x`;
    if (!wanted(called)) continue;
    await goTo(page, place);
    // The page's part of the app may only now be on its way.
    await page.locator("main .chips .chip:not([aria-haspopup]), main .segmented label, main .field-row select").first().waitFor();
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    let slowest = [];
    const take = (times) => {
      if (slowest.length === 0 || median(times) > median(slowest)) slowest = times;
    };
    // One that opens a sheet filters nothing by itself.
    const chips = page.locator("main .chips .chip:not([aria-haspopup])");
    for (let chip = 0; chip < (await chips.count()); chip += 1) {
      const times = [];
      for (let turn = 0; turn < 4; turn += 1) times.push(await tapped(page, chips.nth(chip)));
      take(times);
    }
    const radios = page.locator("main .segmented label");
    const times = [];
    for (let turn = 1; turn <= (await radios.count()); turn += 1) times.push(await tapped(page, radios.nth(turn % (await radios.count()))));
    if (times.length > 0) take(times);
    const selects = page.locator("main .field-row select");
    for (let select = 0; select < (await selects.count()); select += 1) {
      const times = [];
      for (let option = 1; option < 5; option += 1) {
        const choice = selects.nth(select);
        const options = await choice.locator("option").count();
        times.push(await tapped(page, choice, () => choice.selectOption({ index: option % options })));
      }
      await selects.nth(select).selectOption({ index: 0 });
      take(times);
    }
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    yield line(called, { ours: slowest, reference: FRAME });
  }
  await page.close();
}
