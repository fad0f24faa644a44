import { setImmediate as nextTurn } from 'node:timers/promises';
import { readBatch, type ReadEvent } from '#shared/sync/judge-batch.ts';
import type { EventVerdict, ProfileDoc } from '#shared/sync/wire.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { hashText } from '#server/store/hash-text.ts';
import type { Operation, OperationLog } from './operation-log.ts';

/**
 * A store whose every write is in the log first. The order of the log is the order of the writes, and nothing that is not in
 * the log can be read: a till never holds a place (`g`) that a power cut could give to another event.
 */

/** What changes a store. Each gives the same again when it is done again in the same order. */
const WRITES = [
  'createShop',
  'acceptBatch',
  'putProfiles',
  'addPairingCode',
  'pair',
  'noteApp',
  'revokeTill',
] as const satisfies readonly (keyof EventStore)[];
type Write = (typeof WRITES)[number];

/** An operation that reached the log and then not the store: it is left out when the log is read again. */
export const LEFT_OUT = 'left-out';

export interface LoggedStore<Store extends EventStore> {
  readonly store: Store;
  /** Runs while nothing is being written; what comes meanwhile waits. */
  pause<Value>(run: () => Promise<Value>): Promise<Value>;
}

export function createLoggedStore<Store extends EventStore>(
  store: Store,
  log: Pick<OperationLog, 'append'>,
): LoggedStore<Store> {
  let queue: Promise<unknown> = Promise.resolve();
  const prepare = createPreparation();
  /** There while somebody holds the writes back. */
  let gate: { readonly opened: Promise<void> } | undefined;

  async function write(name: Write, request: unknown, text?: string): Promise<unknown> {
    for (let closed = gate; closed; closed = gate) await closed.opened;
    const logged = log.append([name, request], text);
    logged.catch(() => undefined);
    const turn = queue.then(async () => {
      const number = await logged;
      try {
        return await applyTo(store, [name, request]);
      } catch (error) {
        await log.append([LEFT_OUT, { number }]);
        throw error;
      }
    });
    queue = turn.catch(() => undefined);
    return turn;
  }

  const writes = Object.fromEntries(WRITES.map((name) => [name, (request: unknown) => write(name, request)]));
  return {
    store: {
      ...store,
      ...writes,
      async acceptBatch({ events, ...request }) {
        // The larger part of the log: written out once, for the log and for the store.
        const read = await prepare(events);
        const frame = JSON.stringify(request).slice(0, -1);
        const text = `["acceptBatch",${frame},"events":[${read.map(({ json }) => json).join(',')}]}]`;
        return write('acceptBatch', { ...request, events, read }, text) as Promise<readonly EventVerdict[]>;
      },
      async close() {
        await prepare([]);
        await queue;
        await store.close();
      },
    },
    async pause(run) {
      for (let closed = gate; closed; closed = gate) await closed.opened;
      let open = (): void => undefined;
      gate = { opened: new Promise((resolve) => (open = resolve)) };
      try {
        // Nothing joins the queue any more.
        await queue;
        return await run();
      } finally {
        gate = undefined;
        open();
      }
    },
  };
}

/** Between two slices the thread does what others wait for, the database first of all. */
const SLICE = 50;

/**
 * Reads batches, which takes as long as storing them does, while the ones before are stored. One after the other: read all
 * together, all would be ready for the database at once, and it would stand still before.
 */
function createPreparation(): (events: readonly unknown[]) => Promise<readonly ReadEvent[]> {
  let turn: Promise<unknown> = Promise.resolve();

  async function readInSlices(events: readonly unknown[]): Promise<readonly ReadEvent[]> {
    const read: ReadEvent[] = [];
    while (read.length < events.length) {
      await nextTurn();
      read.push(...readBatch(events.slice(read.length, read.length + SLICE), hashText));
    }
    return read;
  }

  return (events) => {
    const reading = turn.then(() => readInSlices(events));
    turn = reading.catch(() => undefined);
    return reading;
  };
}

/** Whether it erased somebody: what it took away is still in the log before it. */
export function hasErasure([name, request]: Operation): boolean {
  if (name !== 'putProfiles') return false;
  return (request as { readonly docs: readonly ProfileDoc[] }).docs.some((doc) => 'erased' in doc);
}

const isWrite = (name: string): name is Write => WRITES.some((write) => write === name);

export async function applyTo(store: EventStore, [name, request]: Operation): Promise<unknown> {
  if (!isWrite(name))
    throw new Error(`The log has an operation ${JSON.stringify(name)}: it is of a newer endpoint.`);
  return await (store[name] as (request: unknown) => Promise<unknown>)(request);
}
