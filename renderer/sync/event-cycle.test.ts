import { expect, test } from 'vitest';
import { FAR_BEHIND, type SyncStore } from '#renderer/data/sync/sync-store.ts';
import type { Page, PullStep } from '#shared/sync/apply-pull.ts';
import { FRESH_MARKS, startRun, type SyncRun } from '#shared/sync/sync-state.ts';
import { MAX_BATCH_EVENTS, MAX_PULL_EVENTS } from '#shared/sync/wire.ts';
import { createEventCycle } from './event-cycle.ts';
import type { LoopParts } from './loop-parts.ts';
import type { OrderPages } from './order-pages.ts';

const RUN = startRun({ isPaired: true, batchLimit: MAX_BATCH_EVENTS });

/** An endpoint with so many events, and a store that takes `upTo` of each page. */
function setUp({ head, upTo = MAX_PULL_EVENTS }: { readonly head: number; readonly upTo?: number }) {
  const asked: number[] = [];
  let marks = { ...FRESH_MARKS, serverEpoch: 'epoch-1' };
  const pages = {
    find: async () => undefined,
    pull: async (after: number) => {
      asked.push(after);
      const count = Math.min(MAX_PULL_EVENTS, head - after);
      const events = Array.from({ length: count }, (_, at) => ({ g: after + at + 1 }));
      return { kind: 'answer', value: { serverEpoch: 'epoch-1', events, head } };
    },
  } as unknown as OrderPages;
  const store = {
    marks: async () => marks,
    takePage: async (page: Page, run: SyncRun): Promise<PullStep> => {
      const cursor = Math.min(page.events.at(-1)?.g ?? marks.cursor, marks.cursor + upTo);
      marks = { ...marks, cursor };
      return { marks, run: { ...run, needsHello: false }, effects: [], writes: [] };
    },
  } as unknown as SyncStore;
  const pace = {
    ready: async () => undefined,
    rows: () => MAX_PULL_EVENTS,
    measured: () => undefined,
    turn: () => Promise.resolve(),
    steadyNow: () => 0,
  };
  const board = { head: () => undefined, marks: () => undefined, report: () => undefined };
  const parts = { store, pace, chance: () => 0 } as unknown as LoopParts;
  const around = { exchange: {}, pages, board } as unknown as Parameters<typeof createEventCycle>[1];
  const cycle = createEventCycle(parts, around);
  return { asked, pull: () => cycle.pull(RUN, async () => undefined), cursor: () => marks.cursor };
}

test('while a full page is written the next one is on its way, and none is asked for twice', async () => {
  const { asked, pull, cursor } = setUp({ head: 2 * MAX_PULL_EVENTS + 1 });
  await pull();
  expect(asked).toEqual([0, MAX_PULL_EVENTS]);
  await pull();
  await pull();
  expect(asked).toEqual([0, MAX_PULL_EVENTS, 2 * MAX_PULL_EVENTS]);
  expect(cursor()).toBe(2 * MAX_PULL_EVENTS + 1);
});

test('a page that was asked for ahead is dropped where the one before it was not taken whole', async () => {
  const { asked, pull, cursor } = setUp({ head: 2 * MAX_PULL_EVENTS, upTo: 100 });
  await pull();
  await pull();
  expect(asked).toEqual([0, MAX_PULL_EVENTS, 100, MAX_PULL_EVENTS + 100]);
  expect(cursor()).toBe(200);
});

test('behind the first page of a long past nothing is on its way: it is read ahead first, and kept', async () => {
  const { asked, pull } = setUp({ head: FAR_BEHIND + MAX_PULL_EVENTS + 1 });
  await pull();
  expect(asked).toEqual([0]);
  await pull();
  expect(asked).toEqual([0, MAX_PULL_EVENTS, 2 * MAX_PULL_EVENTS]);
});
