// Yjs merges what a colleague edited, as `src/join.rs` has the others do: `join_yjs.mjs FILE`, with the dealers and
// edits that `bench-peers dealers` prints.
import { readFile } from "node:fs/promises";
import * as Y from "yjs";

const { dealers, edits } = JSON.parse(await readFile(process.argv[2], "utf8"));

function opened(update) {
  const book = new Y.Doc();
  Y.applyUpdate(book, update);
  return book;
}

const first = new Y.Doc();
first.transact(() => {
  const map = first.getMap("dealers");
  for (const [id, fields] of Object.entries(dealers)) map.set(id, new Y.Map(Object.entries(fields)));
});
const book = Y.encodeStateAsUpdate(first);

const colleague = opened(book);
colleague.transact(() => {
  for (const [id, field, value] of edits) colleague.getMap("dealers").get(id).set(field, value);
});
const update = Y.encodeStateAsUpdate(colleague, Y.encodeStateVector(first));

let ms;
for (let pass = 0; pass < 2; pass += 1) {
  const merged = opened(book);
  const begun = performance.now();
  Y.applyUpdate(merged, update);
  ms = performance.now() - begun;
  const there = ([id, field, value]) => merged.getMap("dealers").get(id).get(field) === value;
  if (!edits.every(there)) throw new Error("an edit is missing");
}
console.log(JSON.stringify({ ms, rest_bytes: book.length, wire_bytes: update.length }));
