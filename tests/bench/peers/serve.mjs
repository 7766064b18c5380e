// A peer's own server, with every row there is, on a free port that it prints: `serve.mjs packed|pouchdb|yjs FILE`.
// The file has a packed record of rows in each line, as `table`, a tab, and JSON.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const [, , peer, file] = process.argv;
const lines = (await readFile(file, "utf8")).split("\n").map((line) => line.split("\t"));
const rows = lines.flatMap(([table, record]) => JSON.parse(record).map((row) => ({ table, ...row })));

const allowed = (origin) => ({
  "access-control-allow-origin": origin ?? "*",
  "access-control-allow-credentials": "true",
  "access-control-allow-headers": "content-type",
  "access-control-allow-methods": "GET, HEAD, POST, PUT",
});

const servers = {
  async packed() {
    const body = Buffer.from(lines.map(([, record]) => record).join("\n"));
    return createServer((request, response) => response.writeHead(200, allowed(request.headers.origin)).end(body));
  },

  async pouchdb() {
    const { default: express } = await import("express");
    const { default: PouchDB } = await import("pouchdb");
    const { default: serve } = await import("express-pouchdb");
    const { mkdtempSync } = await import("node:fs");
    const folder = mkdtempSync(`${file}-pouchdb-`);
    const Kept = PouchDB.defaults({ prefix: `${folder}/` });
    await new Kept("rows").bulkDocs(rows.map(({ id, ...row }) => ({ _id: id, ...row })));
    const app = express();
    app.use((request, response, next) => {
      response.set(allowed(request.headers.origin));
      if (request.method === "OPTIONS") response.sendStatus(204);
      else next();
    });
    // Replication alone, nothing of the rest.
    app.use("/", serve(Kept, { mode: "minimumForPouchDB", configPath: `${folder}/config.json`, logPath: `${folder}/log.txt` }));
    return createServer(app);
  },

  async yjs() {
    const { default: WebSocket } = await import("ws");
    const { getYDoc, setupWSConnection } = await import("@y/websocket-server/utils");
    const Y = await import("yjs");
    const book = getYDoc("book");
    book.transact(() => {
      for (const { table, id, ...fields } of rows) {
        book.getMap(table).set(id, new Y.Map(Object.entries(fields)));
      }
    });
    const server = createServer();
    new WebSocket.Server({ server }).on("connection", setupWSConnection);
    return server;
  },
};

const server = await servers[peer]();
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
