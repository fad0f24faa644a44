import type { Database } from '../database.ts';
import { answerOf, committed, nativeOf } from '../native.ts';
import { PROJECTION_KEY } from '../projection-marks.ts';
import type { EventRow, MetaRow } from '../rows.ts';
import { requireRoom, type SpaceGuard } from '../space-guard.ts';

/**
 * The endpoint's order begins anew: no event has a place any more. There may be a million, so the step only notes it; the
 * places go in slices, and nothing else of sync happens before all of them are gone, also after a crash.
 */

const FORGETTING_KEY = 'forgettingPlaces';
const SLICE = 2000;

export function noteForgetting(transaction: IDBTransaction): void {
  const meta = transaction.objectStore('meta');
  noteForgotten(meta, 0);
  // Every card is due: the order of all of them changes.
  meta.delete(PROJECTION_KEY);
}

const noteForgotten = (meta: IDBObjectStore, upTo: number): void =>
  void meta.put({ key: FORGETTING_KEY, value: upTo } satisfies MetaRow);

export async function isForgetting(database: Database): Promise<boolean> {
  return (await database.meta.get(FORGETTING_KEY)) !== undefined;
}

export async function forgetPlaces(
  database: Database,
  guard: SpaceGuard | undefined,
  spoil: (transaction: IDBTransaction) => Promise<void>,
): Promise<void> {
  for (let isMore = true; isMore;) {
    await requireRoom(guard);
    const stores = ['events', 'places', 'meta'];
    const transaction = nativeOf(database).transaction(stores, 'readwrite', { durability: 'relaxed' });
    const done = committed(transaction);
    isMore = await forgetSlice(transaction);
    if (!isMore) {
      await spoil(transaction);
      transaction.objectStore('meta').delete(FORGETTING_KEY);
    }
    await done;
  }
}

/** @returns whether there may be more. */
async function forgetSlice(transaction: IDBTransaction): Promise<boolean> {
  const [meta, events] = [transaction.objectStore('meta'), transaction.objectStore('events')];
  transaction.objectStore('places').clear();
  const mark = await answerOf(meta.get(FORGETTING_KEY) as IDBRequest<MetaRow | undefined>);
  const after = typeof mark?.value === 'number' ? mark.value : 0;
  const rows = await answerOf(
    events.getAll(IDBKeyRange.lowerBound(after, true), SLICE) as IDBRequest<EventRow[]>,
  );
  for (const { g, ...row } of rows) if (g !== undefined) events.put(row);
  noteForgotten(meta, rows.at(-1)?.n ?? after);
  return rows.length === SLICE;
}
