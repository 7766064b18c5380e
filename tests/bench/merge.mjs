// The reference for `merge.rs`: the same edits into the same rows, kept as nested maps of JavaScript.
// Prints the milliseconds of the second merge: the first is a cold process's.

const ROWS = 10_000;
const FIELDS = 12;
const EDITS = 5_000;
const STRIDE = 7_919;
const BEGUN_MS = 1_790_000_000_000;

// Stamps that sort as text: milliseconds, counter, device.
const stamp = (ms, device) => `${ms.toString(16).padStart(12, "0")}-0000-${device.toString(16).padStart(16, "0")}`;
const id = (row) => row.toString(16).padStart(32, "0");

// All text is read from JSON, as it would be: text that was put together is slower to compare.
function prepare() {
  const read = (value) => JSON.parse(JSON.stringify(value));
  const rows = new Map();
  for (let row = 0; row < ROWS; row += 1) {
    const fields = [];
    for (let field = 0; field < FIELDS; field += 1) {
      fields.push([field + 1, { stamp: stamp(BEGUN_MS + (field % 3), 1), value: `value ${row}.${field}` }]);
    }
    rows.set(read(id(row)), new Map(read(fields)));
  }
  const edits = [];
  for (let edit = 0; edit < EDITS; edit += 1) {
    edits.push([id((edit * STRIDE) % ROWS), ((edit * 31) % FIELDS) + 1, stamp(BEGUN_MS + 1_000 + edit, 2), `edited ${edit}`]);
  }
  return { rows, message: JSON.stringify(edits) };
}

function merge({ rows, message }) {
  const changed = new Set();
  for (const [row, field, stamp, value] of JSON.parse(message)) {
    let fields = rows.get(row);
    if (!fields) rows.set(row, (fields = new Map()));
    const present = fields.get(field);
    if (!present || present.stamp < stamp || (present.stamp === stamp && present.value < value)) {
      fields.set(field, { stamp, value });
      changed.add(row);
    }
  }
  return changed.size;
}

let last;
for (let pass = 0; pass < 2; pass += 1) {
  const book = prepare();
  const start = performance.now();
  const changed = merge(book);
  last = performance.now() - start;
  if (changed !== EDITS) throw new Error(`${changed} rows changed, not ${EDITS}`);
}
console.log(last);
