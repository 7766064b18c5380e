// The service worker as a plain file host serves it: offline from the second visit on, a new version only
// when asked for, a damaged one never.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { ARGUMENTS } from "../../browser/profile.mjs";
import { hostFolders } from "../../browser/static_host.mjs";
import { watch } from "../../browser/watch.mjs";

const { CHROMIUM, SITE, BASE_PATH } = process.env;
let browser;
let context;
let host;
let site;

before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
});

after(async () => {
  await browser.close();
});

beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), "tongxing-site-"));
  await cp(SITE, site, { recursive: true });
  host = await hostFolders({ [BASE_PATH]: site });
  context = await browser.newContext();
});

afterEach(async () => {
  await context.close();
  await host.stop();
  await rm(site, { recursive: true });
});

// Opens the app and waits until its service worker keeps everything.
async function visit(url = host.origin + BASE_PATH) {
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("service-worker.js");
    await navigator.serviceWorker.ready;
  });
  return page;
}

// The app has taken the place of the skeleton. (Playwright's waitForFunction needs the eval that the page
// forbids.)
async function started(page) {
  await page.locator("#app > [aria-busy]").waitFor({ state: "detached" });
  assert.notEqual((await page.locator("#app").textContent()).trim(), "");
}

const cacheNames = (page) => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("tongxing:")));

// Makes the site a later build: one file changed, the service worker rewritten to match.
async function deployChange({ damaged = false } = {}) {
  const path = join(site, "service-worker.js");
  const script = await readFile(path, "utf8");
  const [line] = script.match(/^const BUILD = .*;$/m);
  const build = JSON.parse(line.slice("const BUILD = ".length, -1));
  const changed = JSON.stringify({ ...JSON.parse(await readFile(join(site, "manifest.webmanifest"), "utf8")), id: "changed" });
  await writeFile(join(site, "manifest.webmanifest"), damaged ? "<p>Please log in</p>" : changed);
  build.version = "feedfacefeedface";
  build.files.find(([name]) => name === "manifest.webmanifest")[1] = createHash("sha256").update(changed).digest("base64");
  await writeFile(path, script.replace(line, `const BUILD = ${JSON.stringify(build)};`));
}

test("the second visit and any later one need no network", async () => {
  await (await visit()).close();
  await host.stop();
  const page = await context.newPage();
  const { calm } = watch(context, host.origin);
  for (const path of ["", "index.html", "dealers/42?tab=goals"]) {
    await page.goto(host.origin + BASE_PATH + path);
    await started(page);
  }
  calm();
});

test("parts for rare work weigh nothing on the first visit, and need no network from the second on", async () => {
  const parts = (page) => page.evaluate(async () => {
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().map(({ url }) => url.split("/").at(-1)).filter((name) => name.startsWith("workshop")).sort();
  });
  const page = await visit();
  assert.deepEqual(await parts(page), []);
  await page.reload();
  await started(page);
  const wanted = ["workshop.js", "workshop_bg.wasm", "workshop_loader.js"];
  for (let tries = 0; tries < 100 && (await parts(page)).length < wanted.length; tries += 1) await page.waitForTimeout(100);
  assert.deepEqual(await parts(page), wanted);
  await host.stop();
  const answer = await page.evaluate(async () => (await fetch("workshop_loader.js")).ok);
  assert.equal(answer, true);
});

test("whatever is not a file of the build goes to the network", async () => {
  const page = await visit();
  await page.reload();
  const answers = await page.evaluate(async () => {
    const ask = async (path, options) => (await fetch(path, options)).text();
    return [await ask("v1/elsewhere"), await ask("manifest.webmanifest", { method: "POST" })];
  });
  assert.deepEqual(answers, ["GET not found", "POST not found"]);
});

test("a new version waits until it is asked for, then replaces the old one", async () => {
  const page = await visit();
  await page.reload();
  const [old] = await cacheNames(page);
  await deployChange();
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const next = registration.installing ?? registration.waiting;
    while (next.state === "installing") await new Promise((done) => next.addEventListener("statechange", done, { once: true }));
  });
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state), "installed");
  const kept = () => page.evaluate(async () => (await fetch("manifest.webmanifest")).text());
  assert.ok(!(await kept()).includes('"id":"changed"'), "the old version is served meanwhile");

  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const taken = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
    const next = registration.waiting;
    next.postMessage({ type: "update" });
    await taken;
    while (next.state !== "activated") await new Promise((done) => next.addEventListener("statechange", done, { once: true }));
  });
  // The app may answer the change of version with a reload.
  await page.waitForLoadState();
  assert.ok((await kept()).includes('"id":"changed"'));
  const names = await cacheNames(page);
  assert.deepEqual(names, [`tongxing:${BASE_PATH}:feedfacefeedface`]);
  assert.notEqual(old, names[0]);
});

test("a damaged deployment is not installed", async () => {
  const page = await visit();
  await page.reload();
  const before = await cacheNames(page);
  await deployChange({ damaged: true });
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const next = registration.installing ?? registration.waiting;
    while (next.state === "installing") await new Promise((done) => next.addEventListener("statechange", done, { once: true }));
    return next.state;
  });
  assert.equal(state, "redundant");
  assert.deepEqual(await cacheNames(page), before);
  await host.stop();
  await page.reload();
  await started(page);
});
