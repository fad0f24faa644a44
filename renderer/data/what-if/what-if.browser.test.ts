import { afterEach, describe, expect, test } from 'vitest';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF, type EventDraft } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PlainDay } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { createWhatIfDesk, type WhatIfDesk } from './what-if-desk.ts';
import type { WhatIfRequest } from './what-if-job.ts';

const TODAY = '2026-01-31' as PlainDay;
const DAY_MS = 86_400_000;
const stores: TestStore[] = [];
afterEach(async () => {
  for (const { database } of stores.splice(0)) await database.delete();
});

async function open() {
  const store = await openTestStore(undefined, {
    rewards: [{ kind: 'free-item', id: 'final', at: 10, name: 'Free coffee', value: 250 }],
  });
  stores.push(store);
  return { store, desk: createWhatIfDesk(store.database.name) };
}

async function write({ ledger, ids }: TestStore, draft: Pick<EventDraft, 'type' | 'data' | 'member'>) {
  const id: EventId = ids.eventId();
  const { member } = draft;
  const result = await ledger.append({
    id,
    ...(member === undefined ? {} : { member }),
    reads: { history: draft.type === 'void' },
    decide: () => ok({ draft: { ...draft, id, staff: UNASSIGNED_STAFF } as EventDraft }),
  });
  if (!result.ok) throw new Error('not written');
  return id;
}

function visit(store: TestStore, member: string): Promise<EventId> {
  const { id: program, version } = store.program;
  const grants = [{ program, version, rule: 'visit', units: 1 }];
  return write(store, { type: 'visit', member: member as MemberId, data: { count: 1, grants } });
}

const shorter = (base: ProgramDefinition): ProgramDefinition => ({
  ...base,
  version: base.version + 1,
  unit: { kind: 'stamps', size: 3, icon: 'cup' },
  rewards: [{ kind: 'free-item', id: 'final', at: 3, name: 'Free coffee', value: 250 }],
});

const requestFor = ({ program }: TestStore, change: Partial<WhatIfRequest> = {}): WhatIfRequest => ({
  draft: shorter(program),
  base: program,
  today: TODAY,
  months: 1,
  ...change,
});

/** Copies of one visit, straight into the table: a long ledger in a moment. */
async function fill({ database }: TestStore, count: number) {
  const [first] = await database.events.where('member').equals('ada').toArray();
  if (!first) throw new Error('there is a visit to copy');
  const { n: _, ...event } = first;
  const rows = Array.from({ length: count }, (_unused, index) => ({
    ...event,
    id: `copy-${index}` as EventId,
    seq: 1000 + index,
    member: `member-${index % 100}` as MemberId,
  }));
  await database.events.bulkAdd(rows as never);
}

const isSeen = (desk: WhatIfDesk, isIt: (state: ReturnType<WhatIfDesk['state']>) => boolean) =>
  new Promise<void>((resolve) => {
    const stop = desk.subscribe(() => {
      if (!isIt(desk.state())) return;
      stop();
      resolve();
    });
  });

describe('a what-if', () => {
  test('plays the ledger under both versions in a worker; what was taken back is left out', async () => {
    const { store, desk } = await open();
    for (let index = 0; index < 12; index += 1) {
      store.clock.advance(DAY_MS);
      await visit(store, 'ada');
    }
    const undone = await visit(store, 'ada');
    await write(store, { type: 'void', member: 'ada' as MemberId, data: { target: undone } });
    const result = await desk.start(requestFor(store));
    if (!result.ok) return expect.fail(result.error.code);
    expect(result.value).toMatchObject({ visits: 12, visitors: 1, events: 15, unreadable: 0 });
    expect(result.value.now).toMatchObject({ units: 12, rewards: 1, cost: 250 });
    expect(result.value.draft).toMatchObject({ units: 12, rewards: 4, cost: 1000 });
    expect(desk.state()).toMatchObject({ kind: 'finished', result });
  });

  test('an empty ledger is a result without visits', async () => {
    const { store, desk } = await open();
    expect(await desk.start(requestFor(store))).toMatchObject({
      ok: true,
      value: { visits: 0, visitors: 0, draft: { units: 0 } },
    });
  });

  test('what lies before the run-up is not read, what a newer app wrote is left out and told', async () => {
    const { store, desk } = await open();
    await visit(store, 'ada');
    const [row] = await store.database.events.where('member').equals('ada').toArray();
    if (!row) return expect.fail('there is a visit');
    await store.database.events.add({ ...row, n: row.n + 1, id: 'newer' as EventId, seq: 99, v: 2 });
    expect(await desk.start(requestFor(store))).toMatchObject({
      ok: true,
      value: { visits: 1, unreadable: 1 },
    });
    const later = requestFor(store, { today: '2030-01-31' as PlainDay });
    expect(await desk.start(later)).toMatchObject({ ok: true, value: { visits: 0, unreadable: 0 } });
  });

  test('is stopped at once, says so, and can be started again; a second start waits its turn', async () => {
    const { store, desk } = await open();
    await visit(store, 'ada');
    await fill(store, 20_000);
    const running = desk.start(requestFor(store));
    await isSeen(desk, (state) => state.kind === 'running' && state.progress !== undefined);
    expect(await desk.start(requestFor(store))).toEqual({ ok: false, error: { code: 'busy' } });
    desk.cancel();
    expect(await running).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(desk.state()).toMatchObject({ kind: 'finished', result: { error: { code: 'cancelled' } } });
    expect(await desk.start(requestFor(store))).toMatchObject({ ok: true, value: { visits: 20_001 } });
  });

  test('a visit that is written meanwhile is written, and belongs to the next replay', async () => {
    const { store, desk } = await open();
    await visit(store, 'ada');
    await fill(store, 10_000);
    const running = desk.start(requestFor(store));
    await isSeen(desk, (state) => state.kind === 'running' && state.progress !== undefined);
    await visit(store, 'ada');
    expect(await running).toMatchObject({ ok: true, value: { visits: 10_001 } });
    expect(await desk.start(requestFor(store))).toMatchObject({ ok: true, value: { visits: 10_002 } });
  });

  test('a store that is gone, before or meanwhile, is told and not made anew', async () => {
    const { store, desk } = await open();
    await visit(store, 'ada');
    await fill(store, 20_000);
    const running = desk.start(requestFor(store));
    await isSeen(desk, (state) => state.kind === 'running' && state.progress !== undefined);
    const { name } = store.database;
    await store.database.delete();
    expect(await running).toEqual({ ok: false, error: { code: 'storage', problem: 'closed' } });
    expect(await desk.start(requestFor(store))).toEqual({
      ok: false,
      error: { code: 'storage', problem: 'closed' },
    });
    expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
  });

  test('a store that a newer app has taken over is not read', async () => {
    const { store, desk } = await open();
    await store.database.meta.put({ key: 'schemaEpoch', value: 99 });
    expect(await desk.start(requestFor(store))).toEqual({ ok: false, error: { code: 'newer-data' } });
  });

  test('writes nothing', async () => {
    const { store, desk } = await open();
    await visit(store, 'ada');
    const all = () => Promise.all(store.database.tables.map((table) => table.toArray()));
    const before = await all();
    expect(await desk.start(requestFor(store))).toMatchObject({ ok: true });
    expect(await all()).toEqual(before);
  });
});
