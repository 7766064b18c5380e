// Yjs over y-websocket into y-indexeddb: one map for each table, a map of fields for each row, so that two edits
// of one row both stay.
import { IndexeddbPersistence } from "y-indexeddb";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

export async function download(address, name) {
  const book = new Y.Doc();
  const disk = new IndexeddbPersistence(name, book);
  await disk.whenSynced;
  // Other tabs of this browser know nothing that could be had from them.
  const line = new WebsocketProvider(address.replace("http", "ws"), "book", book, { disableBc: true });
  await new Promise((resolve) => line.once("sync", resolve));
  // What came is being written: a transaction over the same store begins when that has ended.
  await new Promise((resolve, reject) => {
    const transaction = disk.db.transaction(["updates"], "readwrite");
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
    transaction.objectStore("updates").count();
  });
  line.destroy();
}

export async function count(name) {
  const book = new Y.Doc();
  await new IndexeddbPersistence(name, book).whenSynced;
  const tables = [...book.share.keys()].map((table) => book.getMap(table).size);
  return tables.reduce((sum, rows) => sum + rows, 0);
}
