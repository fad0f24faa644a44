import { afterEach, expect, test } from 'vitest';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { listCardViews } from '#shared/domain/rewards.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { PhoneNumber } from '#shared/lib/brand.ts';
import { countOpenCards } from './count-open-cards.ts';
import { createProgramCommands } from './programs.commands.ts';

const opened: TestStore[] = [];
afterEach(async () => {
  for (const { database } of opened.splice(0)) await database.delete();
});

async function open(name?: string) {
  const store = await openTestStore(name);
  opened.push(store);
  const deps = { ledger: store.ledger, ids: store.ids, staff: () => UNASSIGNED_STAFF };
  const counter = createCounterCommands(deps);
  const joins = async (phone: string, visits = 1) => {
    const member = store.ids.memberId();
    const request = { id: store.ids.eventId(), member, phone: phone as PhoneNumber, name: '', visits };
    expect((await counter.enrol(request)).ok).toBe(true);
    return member;
  };
  return { ...store, counter, joins, programs: createProgramCommands(deps) };
}

const smaller = (store: TestStore) => ({
  ...store.program,
  unit: { ...store.program.unit, size: 6 },
  rewards: store.program.rewards.map((reward) => ({ ...reward, at: 6 })),
});

test('publishing adds a version; cards already started keep their rules, new ones play by the new', async () => {
  const store = await open();
  const before = await store.joins('+33612345678');
  const id = store.ids.eventId();
  expect(await store.programs.publish({ id, program: smaller(store) })).toEqual({
    ok: true,
    value: { version: 2 },
  });
  const after = await store.joins('+33612345679');
  await store.counter.punch({ id: store.ids.eventId(), member: before, count: 1 });

  const viewOf = async (member: string) => {
    const state = (await store.database.cards.get(member)) ?? expect.fail('no card');
    return listCardViews(state, store.ledger.programs())[0];
  };
  expect(await viewOf(before)).toMatchObject({ stamps: 2, size: 10, isOldVersion: true });
  expect(await viewOf(after)).toMatchObject({ stamps: 1, size: 6, isOldVersion: false });
  expect(await store.database.programs.count()).toBe(2);
  const openCards = await countOpenCards(store.database, 'coffee');
  expect([...openCards]).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

test('a double click publishes one version', async () => {
  const store = await open();
  const request = { id: store.ids.eventId(), program: smaller(store) };
  const answers = await Promise.all([store.programs.publish(request), store.programs.publish(request)]);
  expect(answers).toEqual([
    { ok: true, value: { version: 2 } },
    { ok: true, value: { version: 2 } },
  ]);
  expect(await store.database.programs.count()).toBe(2);
});

test('a draft begun before another window published is refused, and nothing is written', async () => {
  const first = await open();
  const second = await open(first.database.name);
  await first.programs.publish({ id: first.ids.eventId(), program: smaller(first) });
  const stale = await second.programs.publish({ id: second.ids.eventId(), program: second.program });
  expect(stale).toEqual({ ok: false, error: { code: 'changed-elsewhere' } });
  expect(await first.database.programs.count()).toBe(2);
});

test('a program with a problem is refused; a new one begins at version 1', async () => {
  const store = await open();
  const draft = { ...store.program, id: store.ids.programId(), version: 0 };
  const bad = { ...draft, headStart: 10 };
  expect(await store.programs.publish({ id: store.ids.eventId(), program: bad })).toEqual({
    ok: false,
    error: { code: 'has-problems' },
  });
  expect(await store.programs.publish({ id: store.ids.eventId(), program: draft })).toEqual({
    ok: true,
    value: { version: 1 },
  });
});
