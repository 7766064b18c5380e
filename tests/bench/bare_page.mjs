// What the browser itself takes for a filter: a page of hand-written markup and no library, with 5,000 names in
// memory and twenty rows on the screen, measured as the app is.
import { FRAME, slowPage, timedKeys, watchPaints } from "./in_the_app.mjs";
import { tapped } from "./pages.mjs";
import { line } from "./rounds.mjs";

const TAPS = 8;

// Runs in the page: names in memory, a search, a filter, and as many rows as a screen holds.
function bareList() {
  const NAMES = 5_000;
  const ROWS = 20;
  const parts = ["hang", "yun", "ning", "lan", "suzhou", "kit", "zhu", "bei", "qing", "he"];
  const part = (at) => parts[at % parts.length];
  const all = Array.from({ length: NAMES }, (_, at) => ({
    name: `${part(at)} ${part(at * 7 + 3)} ${part(at * 3 + 1)} ${at}`,
    about: `${part(at + 5)} · ${at % 90} days`,
    late: at % 3 === 0,
  }));
  const rows = Array.from({ length: ROWS }, () => {
    const row = document.querySelector("ul").appendChild(document.createElement("li"));
    return ["b", "small"].map((tag) => row.appendChild(document.createElement(tag)));
  });
  const search = document.querySelector("input");
  const chip = document.querySelector("button");
  const draw = () => {
    const late = chip.getAttribute("aria-pressed") === "true";
    const found = all.filter((it) => it.name.includes(search.value) && (!late || it.late));
    rows.forEach(([name, about], at) => {
      name.textContent = found[at]?.name ?? "";
      about.textContent = found[at]?.about ?? "";
    });
  };
  search.addEventListener("input", draw);
  chip.addEventListener("click", () => {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    draw();
  });
  draw();
}

/** From a keystroke and from a tap to the painted list of a page that is nothing but that list. */
export async function* bareFilters(context, wanted) {
  const { page } = await slowPage(context);
  await page.addInitScript(watchPaints);
  await page.goto("data:text/html,<!doctype html><main><input type=search><button>late</button><ul></ul></main>");
  await page.evaluate(bareList);
  if (wanted("filter_bare_key_4x")) {
    await page.locator("input").click();
    const times = await timedKeys(page, page.locator("input"));
    yield line("filter_bare_key_4x", { ours: times, reference: FRAME });
  }
  if (wanted("filter_bare_tap_4x")) {
    const times = [];
    for (let tap = 0; tap < TAPS; tap += 1) times.push(await tapped(page, page.locator("button")));
    yield line("filter_bare_tap_4x", { ours: times, reference: FRAME });
  }
  await page.close();
}
