import type { LedgerEvent } from '#shared/ledger/event.ts';
import { isQueued, type Held, type SyncMarks } from '#shared/sync/sync-state.ts';
import { heldOf } from '../event-of-row.ts';
import { answerOf } from '../native.ts';
import { withPlaces } from '../place-runs.ts';
import type { EventRow } from '../rows.ts';
import { inSlices, openRead, type DayReads } from './day-rows.ts';

/**
 * Everything that waits to be sent, in the local order, slice by slice. The loop reads the head of the queue only; a file and
 * a count want all of it.
 *
 * @returns the position up to which it was read.
 */
export async function readQueue(
  reads: DayReads,
  { marks, after }: { readonly marks: SyncMarks; readonly after: number },
  take: (page: readonly Held<LedgerEvent>[], part: number) => void,
): Promise<number> {
  const newest = await newestN(reads);
  const total = Math.max(0, newest - after);
  await inSlices(reads, total, async (from, to) => {
    const range = IDBKeyRange.bound(after + from + 1, after + to);
    const transaction = openRead(reads.database, 'events', 'places');
    const store = transaction.objectStore('events');
    const found = await answerOf(store.getAll(range) as IDBRequest<EventRow[]>);
    const rows = await withPlaces(transaction, found);
    take(
      rows.map(heldOf).filter((held) => isQueued(held, marks)),
      to / total,
    );
  });
  return newest;
}

/** Position of the newest event; 0 in an empty ledger. */
export async function newestN({ database }: DayReads): Promise<number> {
  const store = openRead(database, 'events').objectStore('events');
  const cursor = await answerOf(store.openKeyCursor(null, 'prev'));
  return (cursor?.primaryKey as number | undefined) ?? 0;
}
