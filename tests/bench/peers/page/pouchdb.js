// PouchDB from express-pouchdb: one replication, a thousand documents at a time, as large first replications are
// advised to be done.
import PouchDB from "pouchdb/dist/pouchdb.js";

export async function download(address, name) {
  const local = new PouchDB(name);
  await PouchDB.replicate(`${address}/rows`, local, { batch_size: 1000 });
  await local.close();
}

export async function count(name) {
  return (await new PouchDB(name).info()).doc_count;
}
