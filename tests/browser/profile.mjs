// A browser with a profile on the disk: what it stores outlives it, as on a tablet.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

// Without a screen, and without traffic of the browser's own.
export const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

/** A fresh folder for a profile; `remove` deletes it. */
export async function freshProfile() {
  const folder = await mkdtemp(join(tmpdir(), "tongxing-profile-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Starts the browser on a profile. The answer is Playwright's context. */
export function startBrowser(profile, { args = [], ...options } = {}) {
  return chromium.launchPersistentContext(profile.folder, {
    executablePath: process.env.CHROMIUM,
    args: [...ARGUMENTS, ...args],
    ...options,
  });
}
