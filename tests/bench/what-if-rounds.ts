import { listCurrentPrograms, type ProgramDefinition } from '#shared/domain/program.ts';
import { assert } from '#shared/lib/assert.ts';
import type { Database } from '#renderer/data/database.ts';
import type { Store } from '#renderer/data/store.ts';
import { createWhatIfDesk, type WhatIfDesk } from '#renderer/data/what-if/what-if-desk.ts';
import type { WhatIfRequest } from '#renderer/data/what-if/what-if-job.ts';
import type { WhatIfRounds } from './messages.ts';
import { summarize } from './statistics.ts';

/** The whole ledger played under two versions by the app's own worker, and the same rows merely read. */

const RAW_SLICE = 1000;

export async function whatIfRounds(
  store: Store,
  { rounds }: { readonly rounds: number },
): Promise<WhatIfRounds> {
  const desk = createWhatIfDesk(store.database.name);
  const request = await requestFor(store);
  const app: number[] = [];
  const raw: number[] = [];
  const stops: number[] = [];
  let events = 0;
  for (let round = 0; round < rounds; round += 1) {
    const readAt = performance.now();
    await readAll(store.database);
    const startedAt = performance.now();
    raw.push(startedAt - readAt);
    const result = await desk.start(request);
    app.push(performance.now() - startedAt);
    assert(result.ok && result.value.visits > 0, 'the visits were played');
    ({ events } = result.value);
    stops.push(await timeStop(desk, request));
  }
  return {
    events,
    app: (1000 * events) / summarize(app).p50,
    raw: (1000 * events) / summarize(raw).p50,
    stop: summarize(stops),
  };
}

export async function playOnce(store: Store): Promise<void> {
  const result = await createWhatIfDesk(store.database.name).start(await requestFor(store));
  assert(result.ok, 'the visits were played');
}

async function requestFor({ database, ledger }: Store): Promise<WhatIfRequest> {
  const [base] = listCurrentPrograms(ledger.programs());
  const newest = await database.events.orderBy('n').last();
  assert(base && newest, 'there is a ledger to play');
  return { base, draft: shorterCard(base), today: newest.day, months: 12 };
}

/** Another card and another expiry, so that the sides have nothing in common but the visits. */
function shorterCard(base: ProgramDefinition): ProgramDefinition {
  const size = 4;
  return {
    ...base,
    version: base.version + 1,
    unit: { kind: 'stamps', size, icon: 'cup' },
    rewards: [{ kind: 'free-item', id: 'final', at: size, name: 'Free coffee', value: 250 }],
    expiry: { kind: 'after-last-visit', months: 6 },
    currency: 'EUR',
  };
}

/** From the key to the answer that it was stopped, in the middle of the reading. */
async function timeStop(desk: WhatIfDesk, request: WhatIfRequest): Promise<number> {
  const isUnderWay = new Promise<void>((resolve) => {
    const stop = desk.subscribe(() => {
      const state = desk.state();
      if (state.kind === 'running' && state.progress === undefined) return;
      stop();
      resolve();
    });
  });
  const running = desk.start(request);
  await isUnderWay;
  const stoppedAt = performance.now();
  desk.cancel();
  await running;
  return performance.now() - stoppedAt;
}

async function readAll(database: Database): Promise<void> {
  const native = database.backendDB();
  const read = (range: IDBKeyRange | null) =>
    new Promise<readonly { readonly n: number }[]>((resolve, reject) => {
      const request = native.transaction('events').objectStore('events').getAll(range, RAW_SLICE);
      request.addEventListener('success', () => resolve(request.result as { readonly n: number }[]));
      request.addEventListener('error', () => reject(request.error ?? new Error('not read')));
    });
  for (let rows = await read(null); rows.length > 0;) {
    rows = await read(IDBKeyRange.lowerBound(rows.at(-1)?.n, true));
  }
}
