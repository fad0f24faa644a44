import Dexie from 'dexie';
import { describe, expect, test } from 'vitest';
import type { TestStore } from '#tests/fakes/test-store.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { createCounterCommands, type CounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { balanceOf } from '#shared/domain/member-state.ts';
import { listReadyRewards } from '#shared/domain/rewards.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { findChainFault } from '#shared/ledger/stream.ts';
import type { MemberId, PhoneNumber, PlainDay } from '#shared/lib/brand.ts';
import { openDatabase, SCHEMA_EPOCH } from './database.ts';
import { digestProjections, needsRebuild, rebuildProjections } from './rebuild.ts';

const openStore = deletedStores();

async function open(
  ...args: Parameters<typeof openStore>
): Promise<TestStore & { commands: CounterCommands }> {
  const store = await openStore(...args);
  const commands = createCounterCommands({
    ledger: store.ledger,
    ids: store.ids,
    staff: () => UNASSIGNED_STAFF,
  });
  return { ...store, commands };
}

async function enrol(
  store: TestStore & { commands: CounterCommands },
  phone: string,
  name = '',
): Promise<MemberId> {
  const member = store.ids.memberId();
  const result = await store.commands.enrol({
    id: store.ids.eventId(),
    member,
    phone: phone as PhoneNumber,
    name,
    visits: 1,
  });
  expect(result.ok).toBe(true);
  return member;
}

const stampsOf = async (store: TestStore, member: MemberId) =>
  (await store.database.cards.get(member))?.programs.reduce((sum, program) => sum + balanceOf(program), 0);

describe('one intent counts once', () => {
  test('the same id again changes nothing and answers like the first time', async () => {
    const store = await open();
    const member = await enrol(store, '+33612345678');
    const request = { id: store.ids.eventId(), member, count: 1 };
    const answers = await Promise.all([
      store.commands.punch(request),
      store.commands.punch(request),
      store.commands.punch(request),
    ]);
    expect(answers.map((answer) => answer.ok && answer.value.isRepeat)).toEqual([false, true, true]);
    expect(await stampsOf(store, member)).toBe(2);
  });

  test('a repeated enrolment does not meet its own number as taken', async () => {
    const store = await open();
    const request = {
      id: store.ids.eventId(),
      member: store.ids.memberId(),
      phone: '+33612345678' as PhoneNumber,
      name: 'Anna',
      visits: 1,
    };
    expect(await store.commands.enrol(request)).toMatchObject({ ok: true, value: { isRepeat: false } });
    expect(await store.commands.enrol(request)).toMatchObject({ ok: true, value: { isRepeat: true } });
    expect(await store.database.members.count()).toBe(1);
  });

  test('another member can’t take the same number', async () => {
    const store = await open();
    const holder = await enrol(store, '+33612345678');
    const second = await store.commands.enrol({
      id: store.ids.eventId(),
      member: store.ids.memberId(),
      phone: '+33612345678' as PhoneNumber,
      name: '',
      visits: 0,
    });
    expect(second).toEqual({ ok: false, error: { code: 'number-taken', holder } });
  });

  test('two windows punch at once: both stamps survive, no position is used twice', async () => {
    const first = await open();
    const second = await open(first.database.name);
    const member = await enrol(first, '+33612345678');
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const { commands, ids } = index % 2 === 0 ? first : second;
        return commands.punch({ id: ids.eventId(), member, count: 1 });
      }),
    );
    expect(await stampsOf(first, member)).toBe(21);
    const events = await first.database.events.toArray();
    expect(new Set(events.map(({ stream }) => stream)).size).toBe(2);
    for (const stream of Map.groupBy(events, (event) => event.stream).values()) {
      const chain = stream.map(({ n: _, ...event }) => event);
      expect(findChainFault(chain.sort((a, b) => a.seq - b.seq))).toBeUndefined();
    }
  });
});

describe('rules inside the commit', () => {
  test('a limit refuses, nothing is written, and a reason passes it as an exception', async () => {
    const store = await open(undefined, { limits: { perVisit: 2, perDay: null, minutesBetween: null } });
    const member = await enrol(store, '+33612345678');
    const before = await store.database.events.count();
    const request = { id: store.ids.eventId(), member, count: 5 };
    expect(await store.commands.punch(request)).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(await store.database.events.count()).toBe(before);
    const passed = await store.commands.punch({ ...request, overLimitReason: 'office round' });
    expect(passed.ok && passed.value.state?.exceptions).toMatchObject([{ kind: 'over-limit' }]);
  });

  test('a reward is redeemed once, and undo brings it back', async () => {
    const store = await open();
    const member = await enrol(store, '+33612345678');
    await store.commands.punch({ id: store.ids.eventId(), member, count: 4 });
    await store.commands.punch({ id: store.ids.eventId(), member, count: 5 });
    const state = await store.database.cards.get(member);
    const [reward] = listReadyRewards(state ?? expect.fail('no card'), store.ledger.programs(), {
      day: '2026-01-05' as PlainDay,
      birthday: null,
    });
    if (!reward) return expect.fail('no reward is ready');
    const redeemed = await store.commands.redeem({ id: store.ids.eventId(), member, reward });
    expect(await stampsOf(store, member)).toBe(0);
    expect(await store.commands.redeem({ id: store.ids.eventId(), member, reward })).toEqual({
      ok: false,
      error: { code: 'not-ready' },
    });
    if (!redeemed.ok) return expect.fail('not redeemed');
    const undone = await store.commands.undo({
      id: store.ids.eventId(),
      target: redeemed.value.event.id,
      member,
    });
    expect(undone.ok).toBe(true);
    expect(await stampsOf(store, member)).toBe(10);
  });

  test('undo takes a stamp back once, and not after five minutes', async () => {
    const store = await open();
    const member = await enrol(store, '+33612345678');
    const punched = await store.commands.punch({ id: store.ids.eventId(), member, count: 3 });
    if (!punched.ok) return expect.fail('not punched');
    const target = punched.value.event.id;
    const undo = () => store.commands.undo({ id: store.ids.eventId(), target, member });
    expect((await undo()).ok).toBe(true);
    expect(await stampsOf(store, member)).toBe(1);
    expect(await undo()).toEqual({ ok: false, error: { code: 'undo', refusal: 'already-undone' } });
    const late = await store.commands.punch({ id: store.ids.eventId(), member, count: 1 });
    if (!late.ok) return expect.fail('not punched');
    store.clock.advance(6 * 60_000);
    expect(
      await store.commands.undo({ id: store.ids.eventId(), target: late.value.event.id, member }),
    ).toEqual({ ok: false, error: { code: 'undo', refusal: 'too-late' } });
  });

  test('undoing an enrolment takes the member and the number away, so it can be enrolled again', async () => {
    const store = await open();
    const member = store.ids.memberId();
    const phone = '+33612345678' as PhoneNumber;
    const enrolled = await store.commands.enrol({
      id: store.ids.eventId(),
      member,
      phone,
      name: 'Anna',
      visits: 1,
    });
    if (!enrolled.ok) return expect.fail('not enrolled');
    await store.commands.undo({ id: store.ids.eventId(), target: enrolled.value.event.id, member });
    expect(await store.database.members.count()).toBe(0);
    expect(await store.database.profiles.count()).toBe(0);
    expect(await store.database.events.where('member').equals(member).count()).toBe(2);
    await enrol(store, phone);
    expect(await store.database.members.count()).toBe(1);
  });
});

describe('projections', () => {
  test('a rebuild gives equal bytes, also after a crash half way', async () => {
    const store = await open();
    const members = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        enrol(store, `+3361234${String(5000 + index)}`, `Ada ${index}`),
      ),
    );
    for (const [index, member] of members.entries()) {
      const punched = await store.commands.punch({ id: store.ids.eventId(), member, count: 1 + (index % 4) });
      if (index % 3 === 0 && punched.ok) {
        await store.commands.undo({ id: store.ids.eventId(), target: punched.value.event.id, member });
      }
    }
    const before = await digestProjections(store.database);
    await rebuildProjections(store.database);
    expect(await digestProjections(store.database)).toBe(before);

    const crash = rebuildProjections(store.database, ({ doneEvents }) => {
      if (doneEvents > 60) throw new Error('the power went');
    });
    await expect(crash).rejects.toThrow('the power went');
    expect(await needsRebuild(store.database)).toBe(true);
    await rebuildProjections(store.database);
    expect(await needsRebuild(store.database)).toBe(false);
    expect(await digestProjections(store.database)).toBe(before);
  });

  test('daily sums count what happened and what was taken back', async () => {
    const store = await open();
    const member = await enrol(store, '+33612345678');
    const punched = await store.commands.punch({ id: store.ids.eventId(), member, count: 3 });
    if (!punched.ok) return expect.fail('not punched');
    await store.commands.undo({ id: store.ids.eventId(), target: punched.value.event.id, member });
    expect(await store.database.totals.toArray()).toMatchObject([
      {
        day: '2026-01-05',
        enrolments: 1,
        imported: 0,
        visits: 2,
        voids: 1,
        programs: [{ program: 'coffee', given: 4, takenOver: 0, adjusted: 0, redemptions: 0 }],
        undone: { enrolments: 0, visits: 1, programs: [{ program: 'coffee', given: 3 }] },
      },
    ]);
  });
});

describe('the store under our feet', () => {
  test('a closed connection is opened again and the stamp is given once', async () => {
    const store = await open();
    const member = await enrol(store, '+33612345678');
    store.database.backendDB().close();
    const punched = await store.commands.punch({ id: store.ids.eventId(), member, count: 1 });
    expect(punched).toMatchObject({ ok: true, value: { isRepeat: false } });
    store.database.close();
    expect(await store.commands.punch({ id: store.ids.eventId(), member, count: 1 })).toMatchObject({
      ok: true,
    });
    expect(await stampsOf(store, member)).toBe(3);
  });

  test('a store of a newer app is not opened, and not a row is written', async () => {
    const store = await open();
    await store.database.meta.put({ key: 'schemaEpoch', value: SCHEMA_EPOCH + 1 });
    store.database.close();
    expect(await openDatabase(store.database.name)).toEqual({ ok: false, error: { code: 'newer-data' } });
  });

  test('a store with a higher database version is not opened either', async () => {
    const name = `test-${crypto.randomUUID()}`;
    const newer = new Dexie(name);
    newer.version(99).stores({ events: '++n', meta: 'key', future: 'id' });
    await newer.open();
    newer.close();
    expect(await openDatabase(name)).toEqual({ ok: false, error: { code: 'newer-data' } });
    expect((await indexedDB.databases()).find((found) => found.name === name)?.version).toBe(990);
    await newer.delete();
  });

  test('every start opens a new stream that names the last event of this disk', async () => {
    const first = await open();
    const member = await enrol(first, '+33612345678');
    const last = await first.database.events.orderBy('n').last();
    first.database.close();
    const second = await open(first.database.name);
    const punched = await second.commands.punch({ id: second.ids.eventId(), member, count: 1 });
    expect(punched.ok && punched.value.event).toMatchObject({
      seq: 1,
      parent: { stream: last?.stream, seq: last?.seq, link: last?.link },
    });
  });

  test('every commit, ours and Dexie’s, asks for strict durability', async () => {
    const asked: (string | undefined)[] = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function watch(this: IDBDatabase, names, mode, options) {
      if (mode === 'readwrite') asked.push(options?.durability);
      return transaction.call(this, names, mode, options);
    };
    try {
      const store = await open();
      await enrol(store, '+33612345678');
      await store.database.settings.put({ key: 'sound', value: false });
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(asked.length).toBeGreaterThan(3);
    expect(new Set(asked)).toEqual(new Set(['strict']));
  });
});

describe('an event of a newer app', () => {
  test('is kept through a rebuild and blocks redemption only', async () => {
    const store = await open();
    const member = await enrol(store, '+33612345678');
    await store.commands.punch({ id: store.ids.eventId(), member, count: 5 });
    const known = await store.database.events.orderBy('n').last();
    if (!known) return expect.fail('no event');
    const { n: _, ...event } = known;
    await store.database.events.add({
      ...event,
      id: store.ids.eventId(),
      stream: store.ids.streamId(),
      seq: 1,
      type: 'time-travel',
      data: { years: 3 },
    } as never);
    await rebuildProjections(store.database);
    expect(await store.database.events.where('member').equals(member).count()).toBe(3);
    expect(await store.database.cards.get(member)).toMatchObject({ needsUpdate: true });
    expect(await store.commands.punch({ id: store.ids.eventId(), member, count: 1 })).toMatchObject({
      ok: true,
    });
    expect(await stampsOf(store, member)).toBe(7);
  });
});

test('a rebuild beside a busy counter in another window loses no stamp and no sum', async () => {
  const first = await open();
  const second = await open(first.database.name);
  const members = await Promise.all(
    Array.from({ length: 20 }, (_, index) => enrol(first, `+3361234${String(6000 + index)}`)),
  );
  const punching = (async () => {
    for (let round = 0; round < 6; round += 1) {
      for (const member of members) {
        await second.commands.punch({ id: second.ids.eventId(), member, count: 1 });
      }
    }
  })();
  for (let times = 0; times < 4; times += 1) await rebuildProjections(first.database);
  await punching;
  for (const member of members) expect(await stampsOf(first, member)).toBe(7);
  const kept = await digestProjections(first.database);
  await rebuildProjections(first.database);
  expect(await digestProjections(first.database)).toBe(kept);
});

test('a rebuild removes rows that no event stands behind', async () => {
  const store = await open();
  const member = await enrol(store, '+33612345678');
  const before = await digestProjections(store.database);
  const card = await store.database.cards.get(member);
  const row = await store.database.members.get(member);
  if (!card || !row) return expect.fail('no member');
  for (const ghost of ['0-ghost', 'z-ghost'] as MemberId[]) {
    await store.database.cards.put({ ...card, member: ghost });
    await store.database.members.put({ ...row, id: ghost });
  }
  await rebuildProjections(store.database);
  expect(await digestProjections(store.database)).toBe(before);
});
