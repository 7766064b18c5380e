// A file host as plain as they come: it knows no header but the content's kind, and answers nothing but
// the files there are.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const KINDS = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves folders by the path below which each is found: `{"/field/app/": "dist"}`. The longest path
 * that fits wins. `stop` cuts whoever is connected off; `start` serves again, at the same address.
 */
export async function hostFolders(folders) {
  const paths = Object.keys(folders).sort((a, b) => b.length - a.length);
  let server;
  let port = 0;

  async function answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const at = paths.find((start) => path.startsWith(start));
    try {
      const below = at === undefined ? "" : path.slice(at.length) || "index.html";
      if (request.method !== "GET" || !below || below.includes("..")) throw new Error("not a file");
      const body = await readFile(join(folders[at], below));
      response.writeHead(200, { "content-type": KINDS[extname(below)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404).end(`${request.method} not found`);
    }
  }

  const host = {
    get origin() {
      return `http://127.0.0.1:${port}`;
    },
    async start() {
      server = createServer(answer);
      await new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", resolve);
      });
      port = server.address().port;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
  await host.start();
  return host;
}
