import type { LedgerEvent } from '#shared/ledger/event.ts';
import { isQueued, type Held } from '#shared/sync/sync-state.ts';
import { heldOf } from '../event-of-row.ts';
import { readHistories } from '../history-of.ts';
import { answerOf } from '../native.ts';
import { withPlaces } from '../place-runs.ts';
import type { EventRow } from '../rows.ts';
import { readMarks } from '../sync-marks.ts';
import type { WaitingPlaces, WaitingRow } from './waiting-places.ts';

/** The head of the queue: in the local order, what has no place and was not acknowledged. */

const SLICE = 500;

export async function readQueue(
  transaction: IDBTransaction,
  places: WaitingPlaces,
  limit: number,
  behind = 0,
): Promise<readonly Held<LedgerEvent>[]> {
  const marks = await readMarks(transaction);
  const from = Math.max(marks.uploaded, behind);
  const store = transaction.objectStore('events');
  const waiting = await places.read(transaction, await readHistories(transaction));
  if (waiting.rows) {
    return (await readAt(store, firstOf(waiting.rows.values(), from, limit))).map(heldOf);
  }
  const queue: Held<LedgerEvent>[] = [];
  let size = Math.min(limit, SLICE);
  for (let after = Math.max(from, waiting.upTo); queue.length < limit;) {
    const range = IDBKeyRange.lowerBound(after, true);
    const found = await answerOf(store.getAll(range, size) as IDBRequest<EventRow[]>);
    // Nearly always the first ones are what is looked for; what was pulled meanwhile may stand between.
    size = Math.min(size * 4, SLICE);
    const rows = await withPlaces(transaction, found);
    const last = rows.at(-1);
    if (!last) break;
    queue.push(...rows.map(heldOf).filter((held) => isQueued(held, marks)));
    after = last.n;
  }
  return queue.slice(0, limit);
}

function firstOf(rows: Iterable<WaitingRow>, after: number, limit: number): readonly number[] {
  const positions: number[] = [];
  for (const { n } of rows) {
    if (positions.length === limit) break;
    if (n > after) positions.push(n);
  }
  return positions;
}

/** In one request where nothing lies between them, as nearly always. */
async function readAt(store: IDBObjectStore, positions: readonly number[]): Promise<EventRow[]> {
  const [first, last] = [positions.at(0), positions.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (last - first === positions.length - 1) {
    return await answerOf(store.getAll(IDBKeyRange.bound(first, last)) as IDBRequest<EventRow[]>);
  }
  return await Promise.all(positions.map((n) => answerOf(store.get(n) as IDBRequest<EventRow>)));
}

/** For a status: with more than are kept in memory, what waits is counted where it begins. */
export async function countQueue(
  transaction: IDBTransaction,
  places: WaitingPlaces,
): Promise<{ readonly count: number; readonly first: EventRow | undefined }> {
  const marks = await readMarks(transaction);
  const store = transaction.objectStore('events');
  const waiting = await places.read(transaction, await readHistories(transaction));
  if (waiting.rows) {
    const positions = [...waiting.rows.values()].map(({ n }) => n).filter((n) => n > marks.uploaded);
    const [n] = positions;
    const first =
      n === undefined ? undefined : await answerOf(store.get(n) as IDBRequest<EventRow | undefined>);
    return { count: positions.length, first };
  }
  const after = Math.max(marks.uploaded, waiting.upTo);
  const first = await answerOf(
    store.get(IDBKeyRange.lowerBound(after, true)) as IDBRequest<EventRow | undefined>,
  );
  // Whatever has a place and stands further on was pulled since; before `after` nearly everything has one.
  const further = Math.max(0, marks.cursor - waiting.upTo);
  // Positions have no gaps, and to count rows the store would go through all of them.
  return { count: Math.max(0, waiting.newestN - after - further), first };
}
