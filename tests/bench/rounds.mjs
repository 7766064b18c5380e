// Both sides by turns in one run, so that whatever else the machine does meets both; medians of each.

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs two asynchronous measures by turns. The first round warms both up and does not count. */
export async function byTurns(runs, ours, reference) {
  const times = { ours: [], reference: [] };
  for (let run = 0; run <= runs; run += 1) {
    const [first, second] = [await ours(), await reference()];
    if (run === 0) continue;
    times.ours.push(first);
    times.reference.push(second);
  }
  return times;
}

/** A line of the table: medians, and the ratio of ours to the reference: for times and sizes, lower is better. */
export function line(name, measured, unit = "ms") {
  const ours = median(measured.ours);
  const reference = typeof measured.reference === "number" ? measured.reference : median(measured.reference);
  return { name, ours: round(ours), reference: round(reference), ratio: round(ours / reference), unit, runs: measured.ours.length };
}

/** A line whose ratio tells how many times faster than the reference we are. */
export function timesFaster(name, times) {
  const { ours, reference, ...rest } = line(name, times);
  return { ...rest, ours, reference, ratio: round(reference / ours) };
}

const round = (value) => Number(value.toPrecision(4));
