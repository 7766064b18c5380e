// The limit: one fetch, its records put as they are, in one transaction.
const answer = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function open(name) {
  const request = indexedDB.open(name);
  request.onupgradeneeded = () => request.result.createObjectStore("rows");
  return answer(request);
}

export async function download(address, name) {
  const database = await open(name);
  const records = (await (await fetch(address)).text()).split("\n");
  const transaction = database.transaction("rows", "readwrite", { durability: "strict" });
  records.forEach((record, key) => transaction.objectStore("rows").put(record, key));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  database.close();
}

export async function count(name) {
  const database = await open(name);
  const records = await answer(database.transaction("rows").objectStore("rows").getAll());
  return records.reduce((sum, record) => sum + JSON.parse(record).length, 0);
}
