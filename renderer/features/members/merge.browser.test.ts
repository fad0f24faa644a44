import { describe, expect, test } from 'vitest';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { findMemberFile } from '#renderer/data/member-profile.ts';
import { nativeOf } from '#renderer/data/native.ts';
import { digestProjections, rebuildProjections } from '#renderer/data/rebuild.ts';
import { findSameNumber, mergeSameNumber } from '#renderer/data/same-number.commands.ts';
import { beginComingPast, PAST_KEY } from '#renderer/data/coming-past.ts';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { balanceOf } from '#shared/domain/member-state.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { createMemberCommands } from './members.commands.ts';
import { createMergeCommands } from './merge.commands.ts';

const openStore = deletedStores();

async function open(change: Partial<ProgramDefinition> = {}) {
  const store = await openStore(undefined, change);
  const deps = { ledger: store.ledger, ids: store.ids, staff: () => UNASSIGNED_STAFF };
  const counter = createCounterCommands(deps);
  const enrol = async (phone: string | undefined, name: string, visits: number): Promise<MemberId> => {
    const member = store.ids.memberId();
    const number = phone === undefined ? {} : { phone: phone as PhoneNumber };
    const id = store.ids.eventId();
    expect(await counter.enrol({ id, member, name, visits, ...number })).toMatchObject({ ok: true });
    return member;
  };
  const punch = async (member: MemberId): Promise<EventId> => {
    const id = store.ids.eventId();
    expect(await counter.punch({ id, member, count: 1 })).toMatchObject({ ok: true });
    return id;
  };
  const stamps = async (member: MemberId) => {
    const state = await store.database.cards.get(member);
    return state?.programs.reduce((sum, program) => sum + balanceOf(program), 0);
  };
  return {
    ...store,
    counter,
    members: createMemberCommands(deps),
    merging: createMergeCommands(deps),
    enrol,
    punch,
    stamps,
  };
}
type Bench = Awaited<ReturnType<typeof open>>;

const ANNA = '+33612345678';
const ANNA_TOO = '+33698765432';

async function two(bench: Bench) {
  const first = await bench.enrol(ANNA, 'Anna', 3);
  const second = await bench.enrol(ANNA_TOO, '', 2);
  return { first, second };
}
const merge = (bench: Bench, member: MemberId, other: MemberId, reason = 'new number') =>
  bench.merging.merge({ id: bench.ids.eventId(), member, other, reason });

async function expectSameAfterRebuild({ database }: Bench): Promise<void> {
  const rows = async () =>
    canonicalJson([
      await database.cards.toArray(),
      await database.members.toArray(),
      await database.aliases.toArray(),
    ]);
  const before = { rows: await rows(), digest: await digestProjections(database) };
  await rebuildProjections(database);
  expect(await rows()).toBe(before.rows);
  expect(await digestProjections(database)).toBe(before.digest);
}

describe('one person', () => {
  test('has one card, whichever number is typed; a rebuild gives the same bytes', async () => {
    const bench = await open();
    const { first, second } = await two(bench);
    expect(await merge(bench, second, first)).toMatchObject({
      ok: true,
      value: { state: { member: first, visits: 2 }, event: { data: { by: 'manager' } } },
    });
    expect(await bench.stamps(first)).toBe(5);
    expect(await bench.stamps(second)).toBeUndefined();
    for (const text of [ANNA, ANNA_TOO, '5432', '5678', 'anna']) {
      expect(await bench.search.search(text, 5)).toMatchObject({ rows: [{ id: first, stamps: 5 }] });
    }
    expect(await bench.search.get(second)).toMatchObject({ id: first });
    await expectSameAfterRebuild(bench);
  });

  test('a screen that was open since before punches the one card', async () => {
    const bench = await open();
    const { first, second } = await two(bench);
    await merge(bench, first, second);
    const id = bench.ids.eventId();
    expect(await bench.counter.punch({ id, member: second, count: 1 })).toMatchObject({
      ok: true,
      value: { state: { member: first, visits: 3 } },
    });
    expect(await bench.stamps(first)).toBe(6);
    await expectSameAfterRebuild(bench);
  });

  test('what was done under either id can be undone, and stays undone when they are two again', async () => {
    const bench = await open();
    const { first, second } = await two(bench);
    const target = await bench.punch(second);
    await merge(bench, first, second);
    const id = bench.ids.eventId();
    expect(await bench.members.undo({ id, member: first, target })).toMatchObject({
      ok: true,
      value: { event: { type: 'void', member: second }, state: { visits: 2 } },
    });
    await expectSameAfterRebuild(bench);
    await bench.merging.unmerge({
      id: bench.ids.eventId(),
      member: first,
      other: second,
      reason: 'two people',
    });
    expect([await bench.stamps(first), await bench.stamps(second)]).toEqual([3, 2]);
    await expectSameAfterRebuild(bench);
  });

  test('an unmerge gives both cards back to the byte, and a second one finds nothing', async () => {
    const bench = await open();
    const { first, second } = await two(bench);
    const rows = async () =>
      canonicalJson([await bench.database.cards.toArray(), await bench.database.members.toArray()]);
    const before = await rows();
    await merge(bench, first, second);
    expect(await rows()).not.toBe(before);
    const pair = { member: second, other: first, reason: 'two people' };
    expect(await bench.merging.unmerge({ id: bench.ids.eventId(), ...pair })).toMatchObject({ ok: true });
    expect(await rows()).toBe(before);
    expect(await bench.database.aliases.count()).toBe(0);
    expect(await bench.merging.unmerge({ id: bench.ids.eventId(), ...pair })).toMatchObject({
      ok: false,
      error: { code: 'not-one' },
    });
  });

  test('waits while what happened before is still on its way, and nothing was written', async () => {
    const bench = await open();
    const { first, second } = await two(bench);
    const { database } = bench;
    await beginComingPast(nativeOf(database).transaction('meta', 'readwrite'));
    expect(await merge(bench, first, second)).toMatchObject({ ok: false, error: { code: 'past-coming' } });
    expect(await database.aliases.count()).toBe(0);
    await database.meta.delete(PAST_KEY);
    expect(await merge(bench, first, second)).toMatchObject({ ok: true });
  });

  test('needs a reason, another member, and says so once', async () => {
    const bench = await open();
    const { first, second } = await two(bench);
    const codeOf = async (other: MemberId, reason: string) => {
      const merged = await merge(bench, first, other, reason);
      return merged.ok ? 'merged' : merged.error.code;
    };
    expect(await codeOf(second, '  ')).toBe('no-reason');
    expect(await codeOf(first, 'same')).toBe('already-one');
    expect(await codeOf('nobody' as MemberId, 'same')).toBe('other-gone');
    expect(await codeOf(second, 'same')).toBe('merged');
    expect(await codeOf(second, 'same')).toBe('already-one');
  });

  test('is rewarded for a friend whom the other id brought, and never for themselves', async () => {
    const bench = await open({
      earn: [
        { kind: 'visit', id: 'visit', units: 1 },
        { kind: 'referral', id: 'friends', units: 4, friendUnits: 0, cap: null },
      ],
    });
    const { first, second } = await two(bench);
    const enrolFriend = async (phone: string, referredBy: MemberId) => {
      const member = bench.ids.memberId();
      const request = {
        id: bench.ids.eventId(),
        companionId: bench.ids.eventId(),
        member,
        name: '',
        visits: 0,
      };
      expect(
        await bench.counter.enrol({ ...request, phone: phone as PhoneNumber, referredBy }),
      ).toMatchObject({ ok: true });
      return member;
    };
    const friend = await enrolFriend('+33611111111', second);
    const double = await enrolFriend('+33622222222', first);
    await merge(bench, second, first);
    await merge(bench, double, first);
    const visit = (member: MemberId) =>
      bench.counter.punch({ id: bench.ids.eventId(), companionId: bench.ids.eventId(), member, count: 1 });
    expect(await visit(friend)).toMatchObject({ ok: true });
    expect(await bench.database.cards.get(first)).toMatchObject({ referrals: 1, referredBy: null });
    expect(await bench.stamps(first)).toBe(3 + 2 + 4);
    expect(await visit(double)).toMatchObject({ ok: true });
    expect(await bench.database.cards.get(first)).toMatchObject({ referrals: 1 });
    expect(await bench.stamps(first)).toBe(3 + 2 + 4 + 1);
    await expectSameAfterRebuild(bench);
  });

  test('a field that is emptied does not come back from the other document', async () => {
    const bench = await open();
    const { first, second } = await two(bench);
    const edit = (member: MemberId, change: { note?: string; name?: string }) =>
      bench.members.edit({ id: bench.ids.eventId(), member, change });
    await edit(second, { note: 'likes oat milk' });
    await merge(bench, first, second);
    expect((await findMemberFile(bench.database, second))?.profile).toMatchObject({
      name: 'Anna',
      note: 'likes oat milk',
    });
    expect(await edit(second, { note: '' })).toMatchObject({ ok: true });
    expect((await findMemberFile(bench.database, first))?.profile.note).toBe('');
    expect((await bench.database.profiles.toArray()).map(({ note }) => note)).toEqual(['', '']);
    await expectSameAfterRebuild(bench);
  });

  test('its own other number is not somebody else’s', async () => {
    const bench = await open();
    const { first, second } = await two(bench);
    await merge(bench, first, second);
    const change = { phone: ANNA_TOO as PhoneNumber };
    expect(await bench.members.edit({ id: bench.ids.eventId(), member: first, change })).toMatchObject({
      ok: true,
    });
  });
});

describe('one number at two tills', () => {
  /** As two tills would have done it that did not know of each other. */
  async function enrolTwice(bench: Bench) {
    const { first, second } = await two(bench);
    const document = await bench.database.profiles.get(second);
    if (!document) throw new Error('no document');
    await bench.database.profiles.put({ ...document, phone: ANNA as PhoneNumber });
    await bench.database.members.update(second, { phone: ANNA as PhoneNumber });
    return { first, second };
  }

  test('is merged by the till that sees it, once, and joins once', async () => {
    const bench = await open({ headStart: 2 });
    const { first, second } = await enrolTwice(bench);
    const pairs = await findSameNumber(bench.database, [second]);
    expect(pairs).toHaveLength(1);
    expect(await mergeSameNumber(bench, pairs)).toEqual({ ok: true, value: { merged: 1 } });
    expect(await bench.stamps(first)).toBe(3 + 2 + 2);
    expect(await findSameNumber(bench.database, [first, second])).toEqual([]);
    expect(await mergeSameNumber(bench, pairs)).toEqual({ ok: true, value: { merged: 0 } });
    await expectSameAfterRebuild(bench);
  });

  test('is left alone after somebody said that they are two', async () => {
    const bench = await open();
    const { first, second } = await enrolTwice(bench);
    await mergeSameNumber(bench, await findSameNumber(bench.database, [first]));
    await bench.merging.unmerge({
      id: bench.ids.eventId(),
      member: second,
      other: first,
      reason: 'a shared phone',
    });
    expect(await findSameNumber(bench.database, [first, second])).toEqual([]);
  });

  test('a number that somebody was given later is only a suggestion', async () => {
    const bench = await open();
    const { first, second } = await enrolTwice(bench);
    const card = { card: 'ABCD1234' };
    await bench.members.edit({ id: bench.ids.eventId(), member: first, change: card });
    expect(await findSameNumber(bench.database, [first])).toHaveLength(1);
    await bench.members.edit({
      id: bench.ids.eventId(),
      member: second,
      change: { phone: ANNA_TOO as PhoneNumber },
    });
    await bench.database.members.update(second, { phone: ANNA as PhoneNumber });
    expect(await findSameNumber(bench.database, [first])).toEqual([]);
  });
});

describe('somebody who is forgotten', () => {
  const traces = async ({ database }: Bench) => {
    const tables = await Promise.all(database.tables.map((table) => table.toArray()));
    const text = JSON.stringify(tables);
    return [ANNA, ANNA_TOO, 'Anna', 'oat milk', 'ABCD1234'].filter((word) => text.includes(word));
  };

  test('leaves no trace under any of their ids, and the sums stay', async () => {
    const bench = await open();
    const { first, second } = await two(bench);
    const change = { note: 'likes oat milk', card: 'ABCD1234' };
    await bench.members.edit({ id: bench.ids.eventId(), member: second, change });
    await merge(bench, first, second);
    expect(await traces(bench)).not.toEqual([]);
    const card = await bench.database.cards.get(first);
    const documents = await bench.database.profiles.toArray();
    const id = bench.ids.eventId();
    expect(await bench.merging.erase({ id, member: second, reason: 'asked' })).toMatchObject({
      ok: true,
      value: { event: { type: 'erasure', member: first, data: { also: [second] } } },
    });
    expect(await traces(bench)).toEqual([]);
    expect(await bench.database.cards.get(first)).toEqual(card);
    expect(await bench.database.unsentProfiles.toCollection().primaryKeys()).toEqual([first, second].sort());
    const erased = await bench.database.erased.toArray();
    for (const { hlc } of erased) for (const document of documents) expect(hlc > document.hlc).toBe(true);
    for (const text of [ANNA, ANNA_TOO, '5432', 'anna', 'ABCD1234']) {
      expect(await bench.search.search(text, 5)).toMatchObject({ rows: [] });
    }
    await expectSameAfterRebuild(bench);
  });

  test('can be served no name any more, nor be merged into somebody', async () => {
    const bench = await open();
    const { first, second } = await two(bench);
    const erase = () => bench.merging.erase({ id: bench.ids.eventId(), member: first, reason: 'away' });
    expect(await erase()).toMatchObject({ ok: true });
    const refused = { ok: false, error: { code: 'forgotten' } };
    expect(await erase()).toMatchObject(refused);
    expect(
      await bench.members.edit({ id: bench.ids.eventId(), member: first, change: { name: 'Anna' } }),
    ).toMatchObject(refused);
    const correction = { program: bench.program.id, units: 2, reason: 'forgot two' };
    expect(
      await bench.members.adjust({ id: bench.ids.eventId(), member: first, ...correction }),
    ).toMatchObject(refused);
    expect(await merge(bench, first, second)).toMatchObject(refused);
    expect(await merge(bench, second, first)).toMatchObject(refused);
    expect(await findMemberFile(bench.database, first)).toMatchObject({
      erased: [first],
      profile: { name: '' },
    });
  });
});
