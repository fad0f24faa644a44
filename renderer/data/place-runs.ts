import type { Database } from './database.ts';
import { answerOf, nativeOf } from './native.ts';
import type { EventRow, PlaceRun } from './rows.ts';

/**
 * Places that were given to events which were here before. An event's own row is never written again for it: a row has half a
 * dozen indexes, and what a till has sent gets its places in long runs, so a run is one small row.
 */

/** As many requests as a handful of rows far from each other are worth; above it whatever lies between them is read. */
const WIDEST = 4;

/** The rows with their places, those that have one; nothing else of them changes. The transaction must span `places`. */
export async function withPlaces<Row extends EventRow>(
  transaction: IDBTransaction,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const positions = rows.filter(({ g }) => g === undefined).map(({ n }) => n);
  if (positions.length === 0) return rows;
  const find = finderOf(await readRuns(transaction, positions));
  return rows.map((row) => withPlace(row, find(row.n)));
}

/** @param g the place that was found for it; one that came with the row holds. */
export const withPlace = <Row extends EventRow>(row: Row, g: number | undefined): Row =>
  row.g !== undefined || g === undefined ? row : { ...row, g };

/** The same for rows that were read through Dexie: a place may be newer than the row. */
export const withPlacesOf = <Row extends EventRow>(
  database: Database,
  rows: readonly Row[],
): Promise<readonly Row[]> => withPlaces(nativeOf(database).transaction('places', 'readonly'), rows);

/** Every place there is, for whoever goes through the whole ledger. */
export async function readAllPlaces(transaction: IDBTransaction): Promise<(n: number) => number | undefined> {
  return finderOf(await answerOf(transaction.objectStore('places').getAll() as IDBRequest<PlaceRun[]>));
}

/** Keeps places of events that had none. Requests are not awaited, but for one read. */
export async function putPlaces(
  transaction: IDBTransaction,
  placed: readonly Omit<PlaceRun, 'count'>[],
): Promise<void> {
  const store = transaction.objectStore('places');
  const [first, ...others] = runsOf(placed);
  if (!first) return;
  const before = await runAt(store, first.n - 1);
  store.put(before && isNext(before, first) ? { ...before, count: before.count + first.count } : first);
  for (const run of others) store.put(run);
}

function runsOf(placed: readonly Omit<PlaceRun, 'count'>[]): PlaceRun[] {
  const runs: PlaceRun[] = [];
  for (const { n, g } of placed.toSorted((a, b) => a.n - b.n)) {
    const last = runs.at(-1);
    if (last && isNext(last, { n, g })) runs[runs.length - 1] = { ...last, count: last.count + 1 };
    else runs.push({ n, g, count: 1 });
  }
  return runs;
}

const isNext = (run: PlaceRun, { n, g }: Omit<PlaceRun, 'count'>): boolean =>
  run.n + run.count === n && run.g + run.count === g;

async function readRuns(transaction: IDBTransaction, positions: readonly number[]): Promise<PlaceRun[]> {
  const store = transaction.objectStore('places');
  const sorted = positions.toSorted((a, b) => a - b);
  const [least = 0] = sorted;
  const most = sorted.at(-1) ?? 0;
  if (most - least >= sorted.length * WIDEST) {
    const runs = await Promise.all(sorted.map((n) => runAt(store, n)));
    return [...new Map(runs.flatMap((run) => (run ? [[run.n, run] as const] : []))).values()];
  }
  const [before, behind] = await Promise.all([
    runAt(store, least - 1),
    answerOf(store.getAll(IDBKeyRange.bound(least, most)) as IDBRequest<PlaceRun[]>),
  ]);
  return before ? [before, ...behind] : behind;
}

/** The run in which `n` lies, if it lies in one: the last that begins there or before. */
async function runAt(store: IDBObjectStore, n: number): Promise<PlaceRun | undefined> {
  const cursor = await answerOf(store.openCursor(IDBKeyRange.upperBound(n), 'prev'));
  return cursor?.value as PlaceRun | undefined;
}

/** @param runs by rising `n`. */
function finderOf(runs: readonly PlaceRun[]): (n: number) => number | undefined {
  return (n) => {
    let [from, to] = [0, runs.length];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if ((runs[middle]?.n ?? 0) <= n) from = middle + 1;
      else to = middle;
    }
    const run = runs[from - 1];
    return run && n < run.n + run.count ? run.g + n - run.n : undefined;
  };
}
