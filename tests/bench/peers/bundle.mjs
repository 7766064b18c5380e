// Makes modules for the browser of what the peers run there: `bundle.mjs FOLDER`.
import { readdir } from "node:fs/promises";
import { build } from "esbuild";

const page = new URL("page/", import.meta.url);
const entryPoints = (await readdir(page)).map((name) => new URL(name, page).pathname);
await build({ entryPoints, bundle: true, format: "esm", minify: true, outdir: process.argv[2], logLevel: "warning" });
