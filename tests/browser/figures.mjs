// The figures on a page: which of them explain themselves, how, and which do not.
//
// A figure is what the app reckoned: a score, a rate, a sum, days late, a count by a rule. It is drawn by one
// component, a button of class `explain`. What somebody wrote down is marked as recorded, or stands in a field; what
// people named has `dir`; dates are times. Digits with none of these marks are figures that hide where they come from.

/** Draws the rest of every list of which only the first entries are drawn. */
export async function drawAll(page) {
  const more = page.locator("main").getByRole("button", { name: /^(显示更多|Show more)$/ });
  while ((await more.count()) > 0) await more.first().click();
}

/** Opens every explanation on the page: the figure as it is shown, and the lines of its explanation. */
export async function explained(page) {
  return page.evaluate(async () => {
    const found = [];
    for (const figure of document.querySelectorAll(":is(main, dialog[open]) .explain")) {
      // What a narrow page leaves out is not there to be tapped.
      if (!figure.checkVisibility()) continue;
      figure.click();
      const told = document.getElementById(figure.getAttribute("popovertarget"));
      for (let turn = 0; turn < 50 && !told?.querySelector(".sum"); turn += 1) await new Promise((done) => setTimeout(done));
      found.push({
        // A drawn line has no digits of its own.
        shown: figure.textContent.trim(),
        open: told?.matches(":popover-open") ?? false,
        lines: [...(told?.querySelectorAll(".sum > div") ?? [])].map((line) => ({
          label: line.querySelector("dt").textContent.trim(),
          value: line.querySelector("dd").textContent.trim(),
          result: line.classList.contains("total"),
        })),
      });
      told?.hidePopover();
    }
    return found;
  });
}

/**
 * Digits on the page that look reckoned and do not explain themselves, with where they stand; and those in a link that
 * leads to where they are explained. To be asked once every explanation of the page was opened.
 */
export async function unexplained(page) {
  return page.evaluate(() => {
    const FIGURE = ".stat > dd:not(.stat-note), .num, .count, .badge, .delta, .rank, .score, output";
    const NO_FIGURE = [
      ".explain", ".popover", "[data-recorded]", "[dir]", "time", "figure.chart", "svg", "nav", ".chip", ".toast", "form",
      "input", "select", "textarea", "label", ".minutes", ".prose", ".stat-words", ".gantt",
      // The tests of a goal are sentences with inputs and outcome.
      ".checks",
    ].join();
    const sizes = { 万: 1e4, 亿: 1e8 };
    const numbers = (text) =>
      [...text.replaceAll(",", "").matchAll(/([\d.]*\d)\s*(万|亿)?/g)].map(([, digits, size]) => Number(digits) * (sizes[size] ?? 1));
    /** How many there are of what stands right below a heading. */
    const below = (count) => {
      const whole = count.closest("details, section");
      const entries = whole?.querySelectorAll(":scope .rows > li:not(:has(> details)), :scope .agenda > li, :scope tbody > tr");
      return [...(entries ?? [])].filter((entry) => entry.closest("details, section") === whole || count.closest("details")).length;
    };
    const wrong = [];
    const elsewhere = [];
    for (const root of document.querySelectorAll("main, dialog[open]")) {
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const text = walk.currentNode.textContent.trim();
        const element = walk.currentNode.parentElement;
        if (!/\d/.test(text) || !element.checkVisibility() || element.closest(NO_FIGURE)) continue;
        const share = /[\d.]+\s*%|[¥$]\s*[\d.]/.test(text);
        const figure = element.closest(FIGURE);
        if (!share && !figure) continue;
        // Dates are no figures.
        const rest = text.replace(/\d+年|\d+月(\d+日)?|\d+日|第\d季度|Q\d|H\d|\d{1,2}:\d\d|\d{4}-\d\d(-\d\d)?/g, "");
        if (!/\d/.test(rest)) continue;
        // A count stands right over what it counts.
        if (figure?.matches(".count") && below(figure) === Number(text)) continue;
        // What a row says in passing is in the explanation of the figure at its end.
        const row = element.closest("li, tr, .stat");
        const told = [...(row?.querySelectorAll(".popover") ?? [])].map((told) => told.textContent).join(" ");
        const known = numbers(told);
        const near = (number) => known.some((other) => Math.abs(other - number) <= Math.max(Math.abs(number) * 0.006, 0.5));
        if (known.length > 0 && numbers(rest).every(near)) continue;
        const way = element.closest("a[href^='#/']");
        if (way) elsewhere.push({ href: way.getAttribute("href"), text });
        else wrong.push(`${figure?.matches(".count") ? `over ${below(figure)}: ` : ""}${element.tagName.toLowerCase()}.${element.className} in ${row?.tagName ?? figure?.className}: ${text.slice(0, 80)}`);
      }
    }
    return { wrong, elsewhere };
  });
}

const DATE = /(\d{4})年(\d{1,2})月(\d{1,2})日/g;

/** A text as numbers: grouped digits, 万 and 亿, percent, dates as days. */
function plain(text) {
  return text
    .replace(DATE, (_, year, month, day) => String(Date.UTC(year, month - 1, day) / 86_400_000))
    .replaceAll(",", "")
    .replaceAll("−", "-")
    .replace(/([\d.]+)\s*万/g, (_, digits) => String(Math.round(Number(digits) * 1e6) / 100))
    .replace(/([\d.]+)\s*亿/g, (_, digits) => String(Math.round(Number(digits) * 1e10) / 100))
    .replace(/([\d.]+)\s*%/g, (_, digits) => `(${digits}/100)`);
}

/** By how much a number may differ from the one that its digits stand for. */
function grain(text) {
  const [, digits = "0", , size] = /([\d.,]*\d)\s*(%)?\s*(万|亿)?/.exec(text) ?? [];
  const places = digits.split(".")[1]?.length ?? 0;
  return 10 ** -places * ({ 万: 1e4, 亿: 1e8 }[size] ?? 1) * (/%/.test(text) ? 0.01 : 1);
}

/** The value of a sum of numbers; none for a text that says anything else. */
function reckon(text) {
  const sum = plain(text)
    .replaceAll("÷", "/")
    .replaceAll("×", "*")
    .replace(/[¥]|天|个月|个工作日|个间隔|公里|米|件|分|人|次/g, "")
    .replace(/^[^\d(-]*[：:]/, "");
  if (!/^[\d.+\-*/() ]+$/.test(sum) || !/\d/.test(sum)) return undefined;
  const value = Number(Function(`"use strict"; return (${sum});`)());
  return Number.isFinite(value) ? value : undefined;
}

/** The sums that an explanation writes out and that do not come out as it says, and how many were reckoned. */
export function wrongSums(lines) {
  const wrong = [];
  let reckoned = 0;
  for (const { label, value } of lines) {
    const [left, right, ...more] = value.split(" · ").find((part) => part.includes(" = "))?.split(" = ") ?? [];
    if (right === undefined || more.length > 0) continue;
    const [sum, said] = [reckon(left), reckon(right.replace(/（.*$/, ""))];
    if (sum === undefined || said === undefined) continue;
    reckoned += 1;
    // Inputs are rounded for reading as well.
    const allowed = grain(right) * 0.51 + Math.abs(sum) * 0.006;
    if (Math.abs(sum - said) > allowed) wrong.push(`${label}: ${value} (${sum})`);
  }
  return { wrong, reckoned };
}

const every = (text) => [...text.matchAll(/−?[¥]?([\d.,]*\d)\s*(%)?\s*(万|亿)?/g)].map(([whole]) => whole);

/** What is wrong with an explanation, or nothing. */
export function fault({ shown, open, lines }) {
  if (!open) return "does not open";
  if (lines.length < 2) return `has ${lines.length} lines`;
  const empty = lines.find((line) => line.label === "" || line.value === "");
  if (empty) return `leaves ${JSON.stringify(empty)} empty`;
  const results = lines.filter((line) => line.result);
  if (results.length !== 1) return `has ${results.length} results`;
  const said = results[0].value;
  const digits = every(shown.replace(DATE, ""));
  if (digits.length === 0) return undefined;
  const known = every(said).map((text) => Math.abs(reckon(text.replace("¥", "")) ?? NaN));
  for (const text of digits) {
    const number = Math.abs(reckon(text.replace("¥", "")) ?? NaN);
    if (!known.some((other) => Math.abs(other - number) <= grain(text) * 0.51)) return `shows ${shown} and says ${said}`;
  }
  return undefined;
}
