// What the schema marks as internal, read from its own declarations: which fields, and what a copy of the book has in them.
import { readdir, readFile } from "node:fs/promises";

const TABLES = new URL("../../src/domain/src/tables/", import.meta.url);

/** The internal fields of each table by its key, and whether they are text. */
export async function internalFields() {
  const found = new Map();
  for (const file of await readdir(TABLES)) {
    const source = await readFile(new URL(file, TABLES), "utf8");
    for (const [, key, mark, body] of source.matchAll(/pub struct \w+ = \d+ "(\w+)" \([^)]*\)\s*(\[internal\])?\s*\{([\s\S]*?)\n    \}/g)) {
      const fields = [...body.matchAll(/^ +\d+ (\w+): ([^=]+?) = (label\([\s\S]*?);$/gm)]
        .filter(([, , , marks]) => mark !== undefined || marks.includes(".internal()"))
        .map(([, name, type, marks]) => ({ name, text: type === "String", label: /label\("([^"]+)"/.exec(marks)[1] }));
      if (fields.length > 0) found.set(key, fields);
    }
  }
  return found;
}

/** What a JSON copy of the book has in internal text fields; short words are words of the language as well. */
export function internalTexts(fields, copy) {
  const texts = new Map();
  for (const [table, own] of fields) {
    for (const row of copy.tables[table] ?? []) {
      for (const { name } of own.filter(({ text }) => text)) {
        for (const line of (row[name] ?? "").split("\n").filter((line) => line.length >= 6 && /\p{L}{4}/u.test(line))) texts.set(line, `${table}.${name}`);
      }
    }
  }
  return texts;
}
