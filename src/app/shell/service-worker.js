// The service worker: keeps one whole version of the app on the device, so that every visit from the
// second on needs no network.
//
// This is a template. After a build, xtask replaces the line that declares BUILD with the build's
// version, the page's mark and every file with the SHA-256 of its content.
//
// Contract with the app
// - Register it as "service-worker.js", relative to the document's base, scope left alone, at best once
//   the first screen is drawn. The page is served from here from its next load on.
// - A new version installs beside the running one and waits: `registration.waiting` is set, `updatefound`
//   fires on the registration. When the user agrees, post {type: "update"} to `registration.waiting`;
//   reload on `controllerchange`, and only then.
// - A version is installed completely or not at all. A file that is not the build's own (half-finished
//   deployment, a network's log-in page) fails the installation; the browser tries again later.
// - Parts for rare work are no weight on the first visit: each is kept when it is first asked for, and all
//   of them once a later visit is under way with a network.
// - Navigations get the page; a GET for a file of the build gets that file; everything else, other
//   methods and other origins included, goes to the network untouched.
"use strict";

const BUILD = { version: "development", mark: "", files: [], parts: [] };

const SCOPE = new URL(self.registration.scope);
// Several installations may share an origin below different paths; each tidies up its own caches only.
const FAMILY = `tongxing:${SCOPE.pathname}:`;
const CACHE = FAMILY + BUILD.version;
const PAGE = SCOPE.href;
const located = (files) => new Map(files.map(([path, digest]) => [new URL(path, SCOPE).href, digest]));
const FILES = located(BUILD.files);
const PARTS = located(BUILD.parts);

self.addEventListener("install", (event) => {
  // A development build keeps nothing and steps in at once.
  event.waitUntil(FILES.size === 0 ? self.skipWaiting() : install());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOtherVersions());
});

self.addEventListener("message", (event) => {
  if (event.data?.type === "update") event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || FILES.size === 0) return;
  const url = new URL(request.url);
  if (url.origin !== SCOPE.origin) return;
  url.search = "";
  url.hash = "";
  if (FILES.has(url.href)) event.respondWith(kept(url.href, request));
  else if (PARTS.has(url.href)) event.respondWith(keptPart(url.href));
  else if (request.mode === "navigate") {
    event.respondWith(kept(PAGE, request));
    // Without a network they stay away, and the next visit tries again.
    event.waitUntil(Promise.allSettled(Array.from(PARTS.keys(), keptPart)));
  }
});

// Everything is fetched and checked before anything is kept.
async function install() {
  const wanted = [keptPage(), ...Array.from(FILES, ([url, digest]) => checked(url, digest))];
  const responses = await Promise.all(wanted);
  try {
    const cache = await caches.open(CACHE);
    await Promise.all(responses.map(([url, response]) => cache.put(url, response)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

// The page, asked for by its folder: some hosts redirect away from "index.html". Hosts may also add to a
// page, so it is known by the hash of its start script rather than of the whole.
async function keptPage() {
  const response = await fetch(PAGE, { cache: "reload", credentials: "same-origin" });
  const text = await response.text();
  if (!response.ok || !text.includes(BUILD.mark)) throw new Error(`${PAGE} is not this build's page`);
  return [PAGE, plain(response, text)];
}

// One file of the build. What the first visit has just loaded is taken from the browser's own cache,
// which the digest makes safe; what is stale there is asked for anew.
async function checked(url, digest) {
  for (const cache of ["default", "reload"]) {
    const response = await fetch(url, { cache, credentials: "same-origin" });
    const body = await response.arrayBuffer();
    if (response.ok && (await sha256(body)) === digest) return [url, plain(response, body)];
  }
  throw new Error(`${url} is not this build's file`);
}

// A response without redirect history, which browsers refuse as the answer to a navigation, and without
// headers that described the transfer.
function plain(response, body) {
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length", "transfer-encoding", "vary"]) {
    headers.delete(name);
  }
  return new Response(body, { status: 200, headers });
}

async function sha256(body) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return btoa(String.fromCharCode(...digest));
}

// The browser may have emptied the cache to make room; then the network is all there is.
async function kept(url, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(url)) ?? fetch(request);
}

// A part: from the device, or else fetched, checked and kept. A device without room uses it all the same.
async function keptPart(url) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(url);
  if (found) return found;
  const [, response] = await checked(url, PARTS.get(url));
  await cache.put(url, response.clone()).catch(() => {});
  return response;
}

async function removeOtherVersions() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(FAMILY) && (name !== CACHE || FILES.size === 0));
  await Promise.all(old.map((name) => caches.delete(name)));
}
