// A tablet with the app on it: a browser with a profile of its own, and a plain file host somewhere.
import assert from "node:assert/strict";
import { readlink } from "node:fs/promises";
import { join } from "node:path";
import { freshProfile, startBrowser } from "./profile.mjs";
import { hostFolders } from "./static_host.mjs";
import { watch } from "./watch.mjs";

const { SITE, BASE_PATH } = process.env;

/** A tablet held upright or not, in Chinese unless said otherwise; its page comes from a plain file host of its own, or from `host`. */
export async function takeTablet(options = {}, host = undefined) {
  const own = host === undefined;
  host ??= await hostFolders({ [BASE_PATH]: SITE });
  const profile = await freshProfile();
  const tablet = new Tablet(host, own, profile, { viewport: { width: 1180, height: 820 }, locale: "zh-CN", ...options });
  await tablet.switchOn();
  return tablet;
}

class Tablet {
  constructor(host, own, profile, options) {
    Object.assign(this, { host, own, profile, options });
  }

  /** The address of a place in the app, such as "#/dealers". */
  address(place = "") {
    return `${this.host.origin}${BASE_PATH}${place}`;
  }

  /** Starts the browser; what it stored before is there. */
  async switchOn() {
    this.context = await startBrowser(this.profile, this.options);
    // An endpoint compresses what it serves, which takes its time where others build at the same time.
    this.context.setDefaultTimeout(this.own ? 15_000 : 45_000);
    this.watch = watch(this.context, this.host.origin);
  }

  /** Opens the app at a place and waits until its book is open. */
  async open(place = "") {
    const page = this.context.pages().find((page) => page.url() === "about:blank") ?? (await this.context.newPage());
    await page.goto(this.address(place));
    await opened(page);
    return page;
  }

  /** The network goes, once the tablet has the whole app: that takes a second visit. */
  async loseNetwork(page) {
    await this.keepWhole(page);
    await this.context.setOffline(true);
  }

  /** Visits a second time, unless this is one, and waits until every part of the app is kept. */
  async keepWhole(page) {
    const wanted = await page.evaluate(async (base) => {
      const script = await (await fetch(`${base}service-worker.js`)).text();
      return JSON.parse(/const BUILD = (\{"[^\n]*\});/.exec(script)?.[1] ?? '{"parts":[]}').parts.map(([path]) => path);
    }, BASE_PATH);
    // A development build is all in one piece.
    if (wanted.length === 0) return;
    await keptForOffline(page);
    if (!(await page.evaluate(() => navigator.serviceWorker.controller !== null))) {
      await page.reload();
      await opened(page);
    }
    const kept = ([base, wanted]) =>
      Promise.all(wanted.map((path) => caches.match(base + path))).then((found) => found.every(Boolean));
    await page.waitForFunction(kept, [BASE_PATH, wanted], { polling: 100 });
  }

  /** Kills a tab where it stands, as the system does when memory runs short. */
  async killTab(page) {
    const session = await this.context.newCDPSession(page);
    const gone = new Promise((resolve) => page.once("crash", resolve));
    session.send("Page.crash").catch(() => {});
    await gone;
    this.watch.expect(/crashed/);
    await page.close();
  }

  /** Kills the browser where it stands, as an empty battery would. */
  async kill() {
    // The browser locks its profile with a link that names its process.
    const id = Number((await readlink(join(this.profile.folder, "SingletonLock"))).split("-").at(-1));
    const gone = new Promise((resolve) => this.context.once("close", resolve));
    process.kill(id, "SIGKILL");
    await gone;
  }

  async putAway() {
    await this.context.close();
    await this.profile.remove();
    if (this.own) await this.host.stop();
  }
}

/** The app has taken the place of the skeleton. */
export async function opened(page) {
  await page.locator("#app > [aria-busy]").waitFor({ state: "detached" });
  await page.locator(".app").waitFor();
}

/** Everything is on the disk. */
export async function saved(page) {
  await page.locator(".rail-status:is([data-state=saved], [data-state=offline])").waitFor({ state: "attached" });
}

/** The service worker has the whole app: the next visit needs no network. */
export async function keptForOffline(page) {
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.ready).active !== null), true);
}
