import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { Held } from '#shared/sync/sync-state.ts';
import { heldOf } from '../event-of-row.ts';
import { answerOf } from '../native.ts';
import { withPlaces } from '../place-runs.ts';
import type { EventRow } from '../rows.ts';
import type { Waiting } from './waiting-places.ts';

/** What is here already of a page of foreign events, read with few requests before it is decided what the page does. */
export interface KnownRows {
  readonly find: (id: string) => Held<LedgerEvent> | undefined;
  readonly findAt: (stream: string, seq: number) => Held<LedgerEvent> | undefined;
  readonly row: (n: number) => EventRow | undefined;
}

interface Named {
  readonly id: string;
  readonly stream: string;
  readonly seq: number;
}

/** Most of a page stands behind each other in a few streams; else every position is asked for alone. */
const WIDEST = 4;

/**
 * @param waiting what has no place yet. Everything else that is here has one, and the endpoint gives no id two of them: so ids
 * are looked for only where they may be found. An endpoint that breaks its word meets the unique index.
 */
export async function readKnown(
  transaction: IDBTransaction,
  raw: readonly unknown[],
  waiting: Waiting | undefined,
): Promise<KnownRows> {
  const store = transaction.objectStore('events');
  const named = raw.filter(isNamed);
  const rows = await readPositions(store.index('[stream+seq]'), named);
  const byId = new Map(rows.map((row) => [row.id as string, row]));
  const hidden = named.filter(({ id }) => !byId.has(id) && (!waiting?.rows || waiting.rows.has(id)));
  const ids = store.index('id');
  const found = await Promise.all(
    hidden.map(({ id }) => answerOf(ids.get(id) as IDBRequest<EventRow | undefined>)),
  );
  for (const row of found) if (row) byId.set(row.id, row);
  const all = await withPlaces(transaction, [...byId.values()]);
  for (const row of all) byId.set(row.id, row);
  const byPosition = new Map(all.map((row) => [positionKey(row.stream, row.seq), row]));
  const byN = new Map(all.map((row) => [row.n, row]));
  const held = (row: EventRow | undefined) => row && heldOf(row);
  return {
    find: (id) => held(byId.get(id)),
    findAt: (stream, seq) => held(byPosition.get(positionKey(stream, seq))),
    row: (n) => byN.get(n),
  };
}

const positionKey = (stream: string, seq: number) => `${seq} ${stream}`;

function isNamed(raw: unknown): raw is Named {
  if (typeof raw !== 'object' || raw === null) return false;
  const { id, stream, seq } = raw as Partial<Record<keyof Named, unknown>>;
  return typeof id === 'string' && typeof stream === 'string' && Number.isSafeInteger(seq);
}

async function readPositions(index: IDBIndex, named: readonly Named[]): Promise<EventRow[]> {
  const requests: Promise<EventRow[]>[] = [];
  for (const [stream, events] of Map.groupBy(named, (event) => event.stream)) {
    const seqs = events.map(({ seq }) => seq);
    const first = seqs.reduce((least, seq) => Math.min(least, seq), Infinity);
    const last = seqs.reduce((most, seq) => Math.max(most, seq), -Infinity);
    const isDense = last - first < seqs.length * WIDEST;
    const ranges = isDense
      ? [IDBKeyRange.bound([stream, first], [stream, last])]
      : seqs.map((seq) => IDBKeyRange.only([stream, seq]));
    for (const range of ranges) requests.push(answerOf(index.getAll(range) as IDBRequest<EventRow[]>));
  }
  return (await Promise.all(requests)).flat();
}
