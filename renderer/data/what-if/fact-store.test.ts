import { expect, test } from 'vitest';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { createFactStore } from './fact-store.ts';

const visitData = { count: 1, grants: [] };

function event(
  id: string,
  change: Partial<Omit<LedgerEvent, 'id' | 'member'>> & { member?: string } = {},
): LedgerEvent {
  const envelope = {
    v: 1,
    id,
    wall: 0,
    tz: 'UTC',
    day: '2026-03-01',
    member: 'ada',
    type: 'visit',
    data: visitData,
  };
  return { ...envelope, ...change } as unknown as LedgerEvent;
}

const storeOf = (newestFirst: readonly LedgerEvent[]) => {
  const facts = createFactStore({
    program: 'coffee',
    from: '2026-03-01' as PlainDay,
    to: '2026-03-31' as PlainDay,
  });
  for (const one of newestFirst) facts.add(one);
  return facts;
};

test('given newest first, a member’s facts come in ledger order, with their own moments and amounts', () => {
  const sale = (amount: number | null) => ({ ...visitData, sale: { amount, lines: [], type: null } });
  const facts = storeOf([
    event('4', { wall: 4, day: '2026-03-03' as PlainDay, data: sale(null) }),
    event('3', { wall: 3, member: 'bob' }),
    event('2', { wall: 2, data: sale(450) }),
    event('1', { wall: 1, type: 'enrolment', data: { by: 'phone', visit: 0, grants: [] } }),
  ]);
  expect(facts.members()).toBe(2);
  expect(facts.factsOf(0)).toMatchObject([
    { kind: 'joined', wall: 1, count: 0, sale: undefined },
    { kind: 'visit', wall: 2, day: '2026-03-01', sale: { amount: 450 } },
    { kind: 'visit', wall: 4, day: '2026-03-03', sale: { amount: null } },
  ]);
  expect(facts.factsOf(1)).toMatchObject([{ kind: 'visit', wall: 3 }]);
});

test('what a later void names is left out, whatever its day; a void is never undone itself', () => {
  const facts = storeOf([
    event('3', { type: 'void', data: { target: '2' }, day: '2026-04-02' as PlainDay }),
    event('2', { type: 'void', data: { target: '1' } }),
    event('1'),
    event('0'),
  ]);
  expect(facts.factsOf(0)).toHaveLength(1);
});

test('other days, members read from a file, and another program’s actions are not facts', () => {
  const action = (program: string) => ({ program, version: 1, action: 'cup', grants: [] });
  const facts = storeOf([
    event('6', { day: '2026-04-01' as PlainDay }),
    event('5', { type: 'action', data: action('other') }),
    event('4', { type: 'action', data: action('coffee') }),
    event('3', { type: 'redemption', data: { program: 'coffee', version: 1, reward: 'final', cost: 10 } }),
    event('2', { type: 'enrolment', data: { by: 'import', visit: 0, grants: [], import: 'file' } }),
    event('1', { day: '2026-02-28' as PlainDay }),
  ]);
  expect(facts.factsOf(0)).toMatchObject([{ kind: 'action', rule: 'cup' }]);
});

test('an event of a newer app is counted, not guessed at', () => {
  const facts = storeOf([event('2', { v: 2 }), event('1', { type: 'stamp-rally', data: {} })]);
  expect([facts.members(), facts.unreadable()]).toEqual([0, 2]);
});

test('thousands of facts of many kinds stay apart', () => {
  const item = (index: number) => [{ item: `item ${index % 7}`, category: null, count: 1 }];
  const newestFirst = Array.from({ length: 5000 }, (_, index) =>
    event(`${index}`, {
      wall: 5000 - index,
      member: `member-${index % 3}`,
      data: { ...visitData, sale: { amount: index, lines: item(index), type: null } },
    }),
  );
  const facts = storeOf(newestFirst).factsOf(1);
  expect(facts).toHaveLength(1667);
  expect(facts.map(({ sale }) => sale?.amount)).toEqual(
    Array.from({ length: 1667 }, (_, index) => 1 + 3 * (1666 - index)),
  );
  expect(facts.every(({ sale }) => sale?.lines[0]?.item === `item ${(sale?.amount ?? 0) % 7}`)).toBe(true);
});
