import { describe, expect, test } from 'vitest';
import type { TestStore } from '#tests/fakes/test-store.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { balanceOf } from '#shared/domain/member-state.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId, PhoneNumber, PlainDay } from '#shared/lib/brand.ts';
import { createMemberCommands, type MemberCommands } from './members.commands.ts';

type Bench = TestStore & {
  readonly commands: MemberCommands;
  readonly counter: ReturnType<typeof createCounterCommands>;
};

const openStore = deletedStores();

async function open(change: Partial<ProgramDefinition> = {}): Promise<Bench> {
  const store = await openStore(undefined, change);
  const deps = { ledger: store.ledger, ids: store.ids, staff: () => UNASSIGNED_STAFF };
  return { ...store, commands: createMemberCommands(deps), counter: createCounterCommands(deps) };
}

const FIRST = '+33612345678' as PhoneNumber;
const SECOND = '+33698765432' as PhoneNumber;

async function enrol(bench: Bench, phone: PhoneNumber, visits = 3): Promise<MemberId> {
  const member = bench.ids.memberId();
  const id = bench.ids.eventId();
  expect((await bench.counter.enrol({ id, member, phone, name: 'Anna', visits })).ok).toBe(true);
  return member;
}

async function stampsOf(bench: Bench, member: MemberId): Promise<number | undefined> {
  const state = await bench.database.cards.get(member);
  return state?.programs.reduce((sum, program) => sum + balanceOf(program), 0);
}

describe('changing a number', () => {
  test('keeps the balance; the old number finds nobody and the new one the member', async () => {
    const bench = await open();
    const member = await enrol(bench, FIRST);
    const changed = await bench.commands.edit({
      id: bench.ids.eventId(),
      member,
      change: { phone: SECOND },
    });
    expect(changed).toMatchObject({
      ok: true,
      value: { isRepeat: false, event: { type: 'profile', data: { fields: ['phone'] } } },
    });
    expect(await stampsOf(bench, member)).toBe(3);
    expect(await bench.search.search(FIRST, 5)).toMatchObject({ rows: [], isExact: false });
    expect(await bench.search.search(SECOND, 5)).toMatchObject({
      rows: [{ id: member, name: 'Anna', stamps: 3, last4: '5432' }],
      isExact: true,
    });
    const event = await bench.database.events.orderBy('n').last();
    expect(JSON.stringify(event)).not.toContain('98765432');
  });

  test('a number held by another member is refused by name, and nothing changes', async () => {
    const bench = await open();
    const holder = await enrol(bench, FIRST);
    const member = await enrol(bench, SECOND);
    const before = await bench.database.events.count();
    const refused = await bench.commands.edit({
      id: bench.ids.eventId(),
      member,
      change: { phone: FIRST },
    });
    expect(refused).toEqual({ ok: false, error: { code: 'number-taken', holder } });
    expect(await bench.database.events.count()).toBe(before);
    expect((await bench.database.profiles.get(member))?.phone).toBe(SECOND);
  });

  test('two windows give one free number to two members at once: one gets it', async () => {
    const bench = await open();
    const members = [await enrol(bench, FIRST), await enrol(bench, SECOND)];
    const phone = '+33611111111' as PhoneNumber;
    const results = await Promise.all(
      members.map((member) => bench.commands.edit({ id: bench.ids.eventId(), member, change: { phone } })),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await bench.database.members.where('phone').equals(phone).count()).toBe(1);
  });

  test('pressed twice it is one change', async () => {
    const bench = await open();
    const member = await enrol(bench, FIRST);
    const request = { id: bench.ids.eventId(), member, change: { phone: SECOND } };
    const answers = await Promise.all([bench.commands.edit(request), bench.commands.edit(request)]);
    expect(answers.map((answer) => answer.ok && answer.value.isRepeat)).toEqual([false, true]);
    expect(await bench.database.events.where('member').equals(member).count()).toBe(2);
  });
});

describe('what is known about the person', () => {
  test('the new version of a profile carries a later stamp than the old one', async () => {
    const bench = await open();
    const member = await enrol(bench, FIRST);
    const stamp = async () => (await bench.database.profiles.get(member))?.hlc ?? '';
    const first = await stamp();
    await bench.commands.edit({ id: bench.ids.eventId(), member, change: { note: 'Oat milk' } });
    const second = await stamp();
    await bench.commands.edit({ id: bench.ids.eventId(), member, change: { name: ' Anna  Maria ' } });
    expect(second > first).toBe(true);
    expect((await stamp()) > second).toBe(true);
    expect(await bench.database.profiles.get(member)).toMatchObject({
      name: 'Anna Maria',
      note: 'Oat milk',
      phone: FIRST,
    });
    expect((await bench.search.search('maria', 5)).rows).toHaveLength(1);
  });

  test('a card code held by another member is refused; a removed one finds nobody', async () => {
    const bench = await open();
    const holder = await enrol(bench, FIRST);
    const member = await enrol(bench, SECOND);
    const card = bench.commands.newCardCode();
    const give = (to: MemberId, code: string | null) =>
      bench.commands.edit({ id: bench.ids.eventId(), member: to, change: { card: code } });
    expect((await give(holder, card)).ok).toBe(true);
    expect(await give(member, card)).toEqual({ ok: false, error: { code: 'card-taken', holder } });
    expect((await bench.search.findByCard(card))?.id).toBe(holder);
    expect((await give(holder, null)).ok).toBe(true);
    expect(await bench.search.findByCard(card)).toBeUndefined();
    expect((await give(member, card)).ok).toBe(true);
  });

  test.each([
    ['2030-01-01', 'bad-birthday'],
    ['1899-12-31', 'bad-birthday'],
    ['2023-02-29', 'bad-birthday'],
    ['2024-02-29', undefined],
  ])('birthday %s: %s', async (birthday, code) => {
    const bench = await open();
    const member = await enrol(bench, FIRST);
    const result = await bench.commands.edit({
      id: bench.ids.eventId(),
      member,
      change: { birthday: birthday as PlainDay },
    });
    expect(result.ok ? undefined : result.error.code).toBe(code);
  });

  test('saving what is already there writes nothing', async () => {
    const bench = await open();
    const member = await enrol(bench, FIRST);
    const result = await bench.commands.edit({
      id: bench.ids.eventId(),
      member,
      change: { name: 'Anna', phone: FIRST },
    });
    expect(result).toEqual({ ok: false, error: { code: 'unchanged' } });
  });

  test('the last way to find a member can’t be taken away', async () => {
    const bench = await open();
    const member = await enrol(bench, FIRST);
    const result = await bench.commands.edit({
      id: bench.ids.eventId(),
      member,
      change: { name: '', phone: null },
    });
    expect(result).toEqual({ ok: false, error: { code: 'unreachable' } });
  });

  test('a member whose enrolment was undone can’t come back through an edit', async () => {
    const bench = await open();
    const member = bench.ids.memberId();
    const target = bench.ids.eventId();
    await bench.counter.enrol({ id: target, member, phone: FIRST, name: '', visits: 0 });
    await bench.counter.undo({ id: bench.ids.eventId(), member, target });
    const result = await bench.commands.edit({
      id: bench.ids.eventId(),
      member,
      change: { name: 'Anna' },
    });
    expect(result).toEqual({ ok: false, error: { code: 'member-gone' } });
  });
});

describe('correcting stamps', () => {
  test('up and down with a reason, never below zero, undone with one key', async () => {
    const bench = await open();
    const member = await enrol(bench, FIRST);
    const adjust = (units: number, reason = 'Miscounted') =>
      bench.commands.adjust({
        id: bench.ids.eventId(),
        member,
        program: bench.program.id,
        units,
        reason,
      });
    expect((await adjust(4)).ok).toBe(true);
    expect(await stampsOf(bench, member)).toBe(7);
    expect(await adjust(-8)).toEqual({ ok: false, error: { code: 'too-few', available: 7 } });
    const down = await adjust(-7);
    expect(down.ok).toBe(true);
    expect(await stampsOf(bench, member)).toBe(0);
    expect((await bench.database.cards.get(member))?.exceptions).toEqual([]);
    expect(await adjust(1, '  ')).toEqual({ ok: false, error: { code: 'no-reason' } });
    expect(await adjust(0)).toEqual({ ok: false, error: { code: 'no-units', max: 500 } });
    expect(await adjust(Number.NaN)).toEqual({ ok: false, error: { code: 'no-units', max: 500 } });
    expect(await adjust(501)).toEqual({ ok: false, error: { code: 'no-units', max: 500 } });

    const target = down.ok ? down.value.event.id : bench.ids.eventId();
    expect((await bench.commands.undo({ id: bench.ids.eventId(), member, target })).ok).toBe(true);
    expect(await stampsOf(bench, member)).toBe(7);
  });

  test('points go further than stamps, up to what any price can be', async () => {
    const bench = await open({ unit: { kind: 'points', icon: 'bean' } });
    const member = await enrol(bench, FIRST);
    const adjust = (units: number) =>
      bench.commands.adjust({
        id: bench.ids.eventId(),
        member,
        program: bench.program.id,
        units,
        reason: 'From the old list',
      });
    expect((await adjust(1_000_000)).ok).toBe(true);
    expect(await stampsOf(bench, member)).toBe(1_000_003);
    expect(await adjust(1_000_001)).toEqual({ ok: false, error: { code: 'no-units', max: 1_000_000 } });
  });

  test('what has expired since the last visit can’t be taken off any more', async () => {
    const bench = await open({ expiry: { kind: 'after-months', months: 1 } });
    const member = await enrol(bench, FIRST);
    bench.clock.advance(60 * 24 * 60 * 60 * 1000);
    const off = await bench.commands.adjust({
      id: bench.ids.eventId(),
      member,
      program: bench.program.id,
      units: -1,
      reason: 'Miscounted',
    });
    expect(off).toEqual({ ok: false, error: { code: 'too-few', available: 0 } });
  });
});
