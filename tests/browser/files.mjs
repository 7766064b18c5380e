// Files that the app saves, read by other means.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

/** The name and the bytes of what a tap saves. */
export async function download(page, tap) {
  const [got] = await Promise.all([page.waitForEvent("download"), tap()]);
  return { file: got.suggestedFilename(), bytes: await readFile(await got.path()) };
}

/** The records of a CSV file (RFC 4180) as objects by its headings. */
export function csv(bytes) {
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], "a byte order mark");
  const text = bytes.subarray(3).toString("utf8");
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  assert.deepEqual(rows.pop(), []);
  const [headings, ...records] = rows;
  return records.map((record) => {
    assert.equal(record.length, headings.length);
    return Object.fromEntries(headings.map((heading, at) => [heading, record[at]]));
  });
}
