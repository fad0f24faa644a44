import type { StreamHead } from '#shared/ledger/stream.ts';
import { moveEvent, positionOf } from '#shared/ledger/stream.ts';
import type { StreamId } from '#shared/lib/brand.ts';
import type { SyncEffect } from '#shared/sync/sync-state.ts';
import { answerOf } from '../native.ts';
import { withPlaces } from '../place-runs.ts';
import type { EventRow, StreamRow } from '../rows.ts';
import { raise } from './raise.ts';
import { recountStreams } from './stream-heads.ts';

/** What a step asks of the ledger besides marks and events. `forget-places` is another matter: forget-places.ts. */

export interface Carrying {
  readonly transaction: IDBTransaction;
  readonly aside: ReadonlySet<number>;
  readonly nowMs: number;
  readonly newStream: () => StreamId;
}

/** @returns rows that stand elsewhere now, by their positions in the ledger. */
export async function carryOut(
  carrying: Carrying,
  effects: readonly SyncEffect[],
): Promise<ReadonlyMap<number, EventRow>> {
  const moved = new Map<number, EventRow>();
  for (const effect of effects) {
    if (effect.do === 'raise') await raise(carrying, effect);
    if (effect.do === 'move-tail') {
      for (const row of await moveTail(carrying, effect)) moved.set(row.n, row);
    }
  }
  return moved;
}

async function moveTail(
  { transaction, aside, newStream }: Carrying,
  { stream, fromN, all }: SyncEffect & { readonly do: 'move-tail' },
): Promise<readonly EventRow[]> {
  const store = transaction.objectStore('events');
  const whole = IDBKeyRange.bound([stream], [stream, []]);
  const found = await answerOf(store.index('[stream+seq]').getAll(whole) as IDBRequest<EventRow[]>);
  const rows = (await withPlaces(transaction, found)).toSorted((a, b) => a.n - b.n);
  const tail = rows.filter(({ n, g }) => n >= fromN && (all === true || (g === undefined && !aside.has(n))));
  const before = rows.findLast(({ n }) => n < fromN);
  let head: StreamHead = {
    stream: newStream(),
    seq: 0,
    link: '',
    ...(before ? { parent: positionOf(before) } : {}),
  };
  const { stream: next } = head;
  const moved: EventRow[] = [];
  for (const { n, g, ...event } of tail) {
    const step = moveEvent(event, head);
    ({ head } = step);
    const row = g === undefined ? { ...step.event, n } : { ...step.event, n, g };
    store.put(row);
    moved.push(row);
  }
  await recountStreams(transaction, [stream, next]);
  const placeOf = new Map(tail.map(({ seq }, index) => [seq, moved[index]]));
  return moved.concat(await nameParentsAnew(transaction, stream, (seq) => placeOf.get(seq)));
}

/** Streams that began behind something that stands elsewhere now. What they name is hashed nowhere. */
async function nameParentsAnew(
  transaction: IDBTransaction,
  stream: string,
  findMoved: (seq: number) => EventRow | undefined,
): Promise<readonly EventRow[]> {
  const streams = transaction.objectStore('streams');
  const events = transaction.objectStore('events');
  const renamed: EventRow[] = [];
  for (const row of await answerOf(streams.getAll() as IDBRequest<StreamRow[]>)) {
    const before = row.parent?.stream === stream ? findMoved(row.parent.seq) : undefined;
    if (!before) continue;
    const position = [row.stream, 1];
    const first = await answerOf(
      events.index('[stream+seq]').get(position) as IDBRequest<EventRow | undefined>,
    );
    if (first?.parent?.link !== row.parent?.link || !first) continue;
    const parent = positionOf(before);
    renamed.push({ ...first, parent });
    streams.put({ ...row, parent } satisfies StreamRow);
  }
  for (const row of renamed) events.put(row);
  return renamed;
}
