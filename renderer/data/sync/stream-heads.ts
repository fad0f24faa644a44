import type { LedgerEvent } from '#shared/ledger/event.ts';
import { answerOf } from '../native.ts';
import type { EventRow, StreamRow } from '../rows.ts';
import { readAll } from './fold-changes.ts';

/** The note of where every stream ends, kept beside the events. */

/** Events were added: each stream ends where its last one stands. */
export async function followStreams(
  transaction: IDBTransaction,
  added: readonly LedgerEvent[],
): Promise<void> {
  const store = transaction.objectStore('streams');
  const byStream = Map.groupBy(added, ({ stream }) => stream);
  const ids = [...byStream.keys()];
  const before = await readAll<StreamRow>(store, ids);
  for (const [index, stream] of ids.entries()) {
    const events = byStream.get(stream) ?? [];
    const row = events.reduce(streamRowAfter, before[index]);
    if (row && row !== before[index]) store.put(row);
  }
}

/** Also out of order: the last position ends a stream, and the first one says where it began. */
export function streamRowAfter(before: StreamRow | undefined, event: LedgerEvent): StreamRow {
  const { stream, seq, link } = event;
  const parent = seq === 1 ? (event.parent ?? null) : (before?.parent ?? null);
  if (before && before.seq > seq) return before.parent === parent ? before : { ...before, parent };
  return { stream, seq, link, parent };
}

/** Events left these streams, or changed in them: read anew. */
export async function recountStreams(transaction: IDBTransaction, streams: Iterable<string>): Promise<void> {
  const store = transaction.objectStore('streams');
  const positions = transaction.objectStore('events').index('[stream+seq]');
  for (const stream of new Set(streams)) {
    const whole = IDBKeyRange.bound([stream], [stream, []]);
    const [cursor, first] = await Promise.all([
      answerOf(positions.openCursor(whole, 'prev')),
      answerOf(positions.get([stream, 1]) as IDBRequest<EventRow | undefined>),
    ]);
    const last = cursor?.value as EventRow | undefined;
    if (!last) store.delete(stream);
    else {
      const { seq, link } = last;
      store.put({ stream: last.stream, seq, link, parent: first?.parent ?? null } satisfies StreamRow);
    }
  }
}
