import type { LedgerEvent } from '#shared/ledger/event.ts';
import { isQueued, type Held } from '#shared/sync/sync-state.ts';
import { heldOf } from '../event-of-row.ts';
import { readHistories } from '../history-of.ts';
import { answerOf } from '../native.ts';
import type { EventRow } from '../rows.ts';
import { readMarks } from '../sync-marks.ts';
import type { WaitingPlaces } from './waiting-places.ts';

/** The head of the queue: in the local order, what has no place and was not acknowledged. */

const SLICE = 500;

export async function readQueue(
  transaction: IDBTransaction,
  places: WaitingPlaces,
  limit: number,
): Promise<readonly Held<LedgerEvent>[]> {
  const marks = await readMarks(transaction);
  const store = transaction.objectStore('events');
  const waiting = await places.read(transaction, await readHistories(transaction));
  if (waiting.rows) {
    const positions = [...waiting.rows.values()].map(({ n }) => n).filter((n) => n > marks.uploaded);
    const rows = await Promise.all(
      positions.slice(0, limit).map((n) => answerOf(store.get(n) as IDBRequest<EventRow>)),
    );
    return rows.map(heldOf);
  }
  const queue: Held<LedgerEvent>[] = [];
  for (let after = Math.max(marks.uploaded, waiting.upTo); queue.length < limit;) {
    const range = IDBKeyRange.lowerBound(after, true);
    const rows = await answerOf(store.getAll(range, SLICE) as IDBRequest<EventRow[]>);
    const last = rows.at(-1);
    if (!last) break;
    queue.push(...rows.map(heldOf).filter((held) => isQueued(held, marks)));
    after = last.n;
  }
  return queue.slice(0, limit);
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
  const range = IDBKeyRange.lowerBound(after, true);
  const [all, placed, first] = await Promise.all([
    answerOf(store.count(range)),
    answerOf(store.index('g').count()),
    answerOf(store.get(range) as IDBRequest<EventRow | undefined>),
  ]);
  // Whatever has a place and stands further on was pulled since; before `after` nearly everything has one.
  const further = Math.max(0, placed - waiting.upTo);
  return { count: Math.max(0, all - further), first };
}
