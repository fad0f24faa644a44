import type { HelloAnswer } from '#shared/sync/after-hello.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { Held } from '#shared/sync/sync-state.ts';
import { MAX_BATCH_EVENTS } from '#shared/sync/wire.ts';
import { heldOf } from '../event-of-row.ts';
import { readHistories } from '../history-of.ts';
import { answerOf } from '../native.ts';
import type { EventRow } from '../rows.ts';
import { readMarks } from '../sync-marks.ts';
import { readQueue } from './queue-reading.ts';
import type { WaitingPlaces } from './waiting-places.ts';

/** What a hello is about: the head of the queue, and what the endpoint said it has and never gave a place that was pulled. */

/** As many streams as a hello names. */
const MOST_STREAMS = 50;

export type NamedStream = HelloAnswer['streams'][number] & { readonly link: string };

export async function readHelloStreams(
  transaction: IDBTransaction,
  places: WaitingPlaces,
): Promise<readonly NamedStream[]> {
  const queue = await readQueue(transaction, places, MAX_BATCH_EVENTS);
  const acknowledged = await readAcknowledged(transaction, places);
  const heads = new Map<string, NamedStream>();
  for (const { event } of [...acknowledged.slice(0, 1), ...queue, ...acknowledged]) {
    const { stream, seq, link } = event;
    if (heads.size < MOST_STREAMS && !heads.has(stream)) heads.set(stream, { stream, lastSeq: seq, link });
  }
  return [...heads.values()];
}

/** The newest ones, newest first: an endpoint that was put back has lost the end of its order. */
export async function readAcknowledged(
  transaction: IDBTransaction,
  places: WaitingPlaces,
  /** Streams that a hello named; absent: all. */
  named?: ReadonlySet<string>,
): Promise<readonly Held<LedgerEvent>[]> {
  const { uploaded } = await readMarks(transaction);
  const waiting = await places.read(transaction, await readHistories(transaction));
  // More than can be known here: looked at with the next hello.
  const positions = [...(waiting.rows?.values() ?? [])].map(({ n }) => n).filter((n) => n <= uploaded);
  const store = transaction.objectStore('events');
  const newest = positions.slice(-MOST_STREAMS).toReversed();
  const rows = await Promise.all(
    newest.map((n) => answerOf(store.get(n) as IDBRequest<EventRow | undefined>)),
  );
  return rows.flatMap((row) => (row && (!named || named.has(row.stream)) ? [heldOf(row)] : []));
}
