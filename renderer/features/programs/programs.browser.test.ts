import { expect, test } from 'vitest';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import type { TestStore } from '#tests/fakes/test-store.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { writeProgramFile } from '#shared/domain/program-file.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { listProgramViews, listReadyRewards } from '#shared/domain/rewards.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { PhoneNumber } from '#shared/lib/brand.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { countHoldings } from './count-holdings.ts';
import { createProgramCommands } from './programs.commands.ts';

const openStore = deletedStores();

async function open(name?: string) {
  const store = await openStore(name);
  const deps = { ledger: store.ledger, ids: store.ids, staff: () => UNASSIGNED_STAFF };
  const counter = createCounterCommands(deps);
  const joins = async (phone: string, visits = 1) => {
    const member = store.ids.memberId();
    const request = { id: store.ids.eventId(), member, phone: phone as PhoneNumber, name: '', visits };
    expect((await counter.enrol(request)).ok).toBe(true);
    return member;
  };
  const today = () => plainDayAt(store.clock.now(), store.clock.timeZone());
  const stateOf = async (member: string) =>
    (await store.database.cards.get(member)) ?? expect.fail('no card');
  return {
    ...store,
    counter,
    joins,
    today,
    stateOf,
    programs: createProgramCommands(deps),
    viewOf: async (member: string) =>
      listProgramViews(await stateOf(member), store.ledger.programs(), today())[0],
    holdings: async (program: string) =>
      countHoldings(store.database, program, { day: today(), programs: store.ledger.programs() }),
  };
}

const smaller = (store: TestStore): ProgramDefinition => ({
  ...store.program,
  unit: { kind: 'stamps', size: 6, icon: 'cup' },
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

  expect(await store.viewOf(before)).toMatchObject({ stamps: 2, size: 10, isOldVersion: true });
  expect(await store.viewOf(after)).toMatchObject({ stamps: 1, size: 6, isOldVersion: false });
  expect(await store.database.programs.count()).toBe(2);
  const { openCards, holders, passes } = await store.holdings('coffee');
  expect([[...openCards], holders, passes]).toEqual([
    [
      [1, 1],
      [2, 1],
    ],
    2,
    0,
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
  const stale = { ok: false, error: { code: 'changed-elsewhere' } };
  const id = () => second.ids.eventId();
  expect(await second.programs.publish({ id: id(), program: second.program })).toEqual(stale);
  expect(await second.programs.withdraw({ id: id(), program: 'coffee', version: 1 })).toEqual(stale);
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

test('what members hold stays of one kind: stamps never become points under them', async () => {
  const store = await open();
  const program: ProgramDefinition = { ...store.program, unit: { kind: 'points', icon: 'cup' } };
  expect(await store.programs.publish({ id: store.ids.eventId(), program })).toEqual({
    ok: false,
    error: { code: 'other-unit' },
  });
});

test('all programs of a shop count in one currency', async () => {
  const store = await open();
  const publish = (currency: string) =>
    store.programs.publish({
      id: store.ids.eventId(),
      program: { ...store.program, id: store.ids.programId(), version: 0, currency },
    });
  expect(await publish('EUR')).toEqual({ ok: true, value: { version: 1 } });
  expect(await publish('JPY')).toEqual({ ok: false, error: { code: 'other-currency' } });
  expect(await publish('EUR')).toEqual({ ok: true, value: { version: 1 } });
});

test('withdrawn: nothing more is earned, full cards can be used, open ones stay; a new version brings it back', async () => {
  const store = await open();
  const full = await store.joins('+33612345678', 5);
  await store.counter.punch({ id: store.ids.eventId(), member: full, count: 5 });
  const half = await store.joins('+33612345679', 3);
  expect(await store.programs.withdraw({ id: store.ids.eventId(), program: 'coffee', version: 1 })).toEqual({
    ok: true,
    value: { version: 2 },
  });

  const punched = await store.counter.punch({ id: store.ids.eventId(), member: half, count: 1 });
  expect(punched.ok).toBe(false);
  expect(await store.viewOf(half)).toMatchObject({ stamps: 3, size: 10 });
  const ready = listReadyRewards(await store.stateOf(full), store.ledger.programs(), {
    day: store.today(),
    birthday: null,
  });
  expect(ready).toHaveLength(1);

  const back = { ...store.program, version: 2 };
  expect(await store.programs.publish({ id: store.ids.eventId(), program: back })).toEqual({
    ok: true,
    value: { version: 3 },
  });
  expect((await store.counter.punch({ id: store.ids.eventId(), member: half, count: 1 })).ok).toBe(true);
  expect(await store.viewOf(half)).toMatchObject({ stamps: 4 });
});

test('a file is published as a new program, or as the next version of the one it came from', async () => {
  const store = await open();
  const text = writeProgramFile({ program: { ...smaller(store), version: 9 }, app: '1.0.0', atMs: 0 });
  const fresh = store.ids.programId();
  expect(
    await store.programs.importFile({
      id: store.ids.eventId(),
      text,
      into: { program: fresh, version: 0 },
    }),
  ).toEqual({ ok: true, value: { version: 1 } });
  expect(
    await store.programs.importFile({
      id: store.ids.eventId(),
      text,
      into: { program: 'coffee', version: 1 },
    }),
  ).toEqual({ ok: true, value: { version: 2 } });
  expect(store.ledger.programs().get(fresh)).toEqual([{ ...smaller(store), id: fresh, version: 1 }]);
  expect(store.ledger.programs().get('coffee')?.at(-1)).toEqual({ ...smaller(store), version: 2 });
});

test('a file that can’t be used writes nothing', async () => {
  const store = await open();
  const before = await store.database.events.count();
  const nonsense = writeProgramFile({ program: { ...store.program, headStart: 10 }, app: '1.0.0', atMs: 0 });
  for (const text of ['', 'ten stamps', nonsense]) {
    const into = { program: store.ids.programId(), version: 0 };
    expect(await store.programs.importFile({ id: store.ids.eventId(), text, into })).toEqual({
      ok: false,
      error: { code: 'bad-file' },
    });
  }
  expect(await store.database.events.count()).toBe(before);
});
