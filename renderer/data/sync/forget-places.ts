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
  meta.put({ key: FORGETTING_KEY, value: true } satisfies MetaRow);
  // Every card is due: the order of all of them changes.
  meta.delete(PROJECTION_KEY);
}

export async function isForgetting(database: Database): Promise<boolean> {
  return (await database.meta.get(FORGETTING_KEY)) !== undefined;
}

export async function forgetPlaces(
  database: Database,
  guard: SpaceGuard | undefined,
  spoil: (transaction: IDBTransaction) => Promise<void>,
): Promise<void> {
  for (let left = SLICE; left === SLICE;) {
    await requireRoom(guard);
    const transaction = nativeOf(database).transaction(['events', 'meta'], 'readwrite', {
      durability: 'relaxed',
    });
    const done = committed(transaction);
    const events = transaction.objectStore('events');
    const placed = await answerOf(events.index('g').getAll(undefined, SLICE) as IDBRequest<EventRow[]>);
    for (const { g: _g, ...row } of placed) events.put(row);
    left = placed.length;
    if (left < SLICE) {
      await spoil(transaction);
      transaction.objectStore('meta').delete(FORGETTING_KEY);
    }
    await done;
  }
}
