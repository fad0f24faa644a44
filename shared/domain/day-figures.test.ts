import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KnownEvent } from '../ledger/event.ts';
import type { PlainDay, ProgramId } from '../lib/brand.ts';
import { createDayTally, figuresText, type DayFigures } from './day-figures.ts';
import { makePreset } from './presets.ts';
import { makeProgramBook } from './program.ts';

const DAY = '2026-11-22' as PlainDay;
const coffee = makePreset({
  key: 'coffee',
  id: 'coffee' as ProgramId,
  names: { name: 'Coffee card', finalReward: 'Free coffee' },
  currency: 'EUR',
});
const [final] = coffee.rewards;
const programs = makeProgramBook([
  { ...coffee, currency: 'EUR', rewards: [{ ...final, value: 350 }] } as typeof coffee,
]);
const reward = final?.id ?? '';

let count = 0;
const event = (type: string, data: unknown, rest: Partial<Record<string, unknown>> = {}) => {
  count += 1;
  const id = `e-${String(count).padStart(3, '0')}`;
  return {
    id,
    type,
    data,
    day: DAY,
    staff: 'ada',
    till: 'till-1',
    member: 'm-1',
    ...rest,
  } as unknown as KnownEvent;
};
const grant = (units: number) => ({ program: 'coffee', version: 1, rule: 'visit', units });
const visit = (rest: Partial<Record<string, unknown>> = {}, data = {}) =>
  event('visit', { count: 1, grants: [grant(1)], ...data }, rest);
const redemption = (rest: Partial<Record<string, unknown>> = {}) =>
  event('redemption', { program: 'coffee', version: 1, reward, cost: 10 }, rest);
const undo = (target: KnownEvent, rest: Partial<Record<string, unknown>> = {}) =>
  [event('void', { target: target.id }, rest), target] as const;

type Entry = readonly [KnownEvent, KnownEvent?];
function figuresOf(entries: readonly Entry[]): DayFigures {
  const tally = createDayTally(DAY, programs);
  for (const [one, target] of entries) tally.add(one, target);
  return tally.result();
}

describe('a day by program and by cashier', () => {
  test('of two tills and two cashiers', () => {
    const figures = figuresOf([
      [visit()],
      [visit({ staff: 'bo', till: 'till-2' })],
      [redemption({ staff: 'bo', till: 'till-2' })],
      [event('enrolment', { by: 'phone', visit: 1, grants: [grant(2)] })],
      [event('enrolment', { by: 'import', visit: 0, grants: [grant(7)] })],
      [event('adjustment', { grants: [grant(-3)], reason: 'x' }, { approvedBy: 'max' })],
      [
        event('purchase', {
          program: 'coffee',
          version: 1,
          offer: 'o',
          price: 2500,
          currency: 'EUR',
          grants: [],
        }),
      ],
      [event('merge', { other: 'm-2', by: 'manager' })],
      [event('erasure', { reason: 'asked' })],
    ]);
    expect(figures).toMatchObject({
      day: DAY,
      events: 9,
      unreadable: 0,
      whole: {
        totals: {
          visits: 3,
          enrolments: 1,
          imported: 1,
          redemptions: 1,
          programs: [{ program: 'coffee', given: 4, takenOver: 7, adjusted: -3, redemptions: 1 }],
          purchases: [{ currency: 'EUR', count: 1, amount: 2500 }],
        },
        adjustments: 1,
        approvals: 1,
        merges: 1,
        erasures: 1,
        costs: [{ currency: 'EUR', amount: 350, undone: 0 }],
      },
      tills: [
        { till: 'till-1', events: 7 },
        { till: 'till-2', events: 2 },
      ],
      rewards: [
        { program: 'coffee', reward, name: 'Free coffee', times: 1, undone: 0, currency: 'EUR', cost: 350 },
      ],
    });
    expect(
      figures.staff.map(({ staff, totals, approvals, costs }) => [
        staff,
        totals.visits,
        approvals,
        costs.length,
      ]),
    ).toEqual([
      ['ada', 2, 0, 0],
      ['bo', 1, 0, 1],
      ['max', 0, 1, 0],
    ]);
  });

  test('what is undone on the day of its own stays counted and is counted again; the cost is taken back', () => {
    const given = redemption();
    const { whole, rewards } = figuresOf([[visit()], [given], undo(given)]);
    expect(whole.totals).toMatchObject({
      visits: 1,
      redemptions: 1,
      voids: 1,
      undone: { redemptions: 1, visits: 0 },
    });
    expect(whole.costs).toEqual([{ currency: 'EUR', amount: 350, undone: 350 }]);
    expect(rewards).toMatchObject([{ times: 1, undone: 1, cost: 0 }]);
  });

  test('what yesterday gave and today takes back is today’s void, and yesterday is not touched', () => {
    const yesterday = redemption({ day: '2026-11-21', staff: 'bo' });
    const { whole, staff, rewards } = figuresOf([undo(yesterday)]);
    expect(whole.totals).toMatchObject({ redemptions: 0, voids: 1, undone: { redemptions: 1 } });
    expect(rewards).toMatchObject([{ times: 0, undone: 1, cost: -350 }]);
    expect(staff.map((one) => one.staff)).toEqual(['ada']);
  });

  test('a void that takes nothing back is a void all the same', () => {
    const { whole } = figuresOf([[event('void', { target: 'nobody' })]]);
    expect(whole.totals).toMatchObject({ voids: 1, undone: { visits: 0 } });
  });

  test('above a limit, in excess, and let stand by a manager', () => {
    const over = visit({}, { overLimit: { limits: ['per-day'], reason: 'a group' } });
    const tally = createDayTally(DAY, programs);
    tally.add(over);
    tally.add(event('approval', { target: over.id, reason: 'known' }, { staff: 'max' }));
    tally.addException({ kind: 'excess-redemption', event: 'e-x', member: 'm-9' });
    tally.addException({ kind: 'excess-redemption', event: 'e-x', member: 'm-9' });
    tally.addException({ kind: 'over-limit', event: over.id, member: 'm-1' });
    tally.addUnreadable();
    const { whole, exceptions, events, unreadable } = tally.result();
    expect(whole).toMatchObject({ overLimits: 1, approvals: 1 });
    expect(exceptions.map(({ kind }) => kind)).toEqual(['over-limit', 'excess-redemption']);
    expect({ events, unreadable }).toEqual({ events: 3, unreadable: 1 });
  });

  test('a reward whose cost nobody knows has none, and one that took an amount off cost that', () => {
    const unknown = redemption({ data: { program: 'gone', version: 4, reward: 'x', cost: 5 } });
    const off = redemption({ data: { program: 'gone', version: 4, reward: 'y', cost: 5, amount: 120 } });
    expect(figuresOf([[unknown], [off]]).rewards.map(({ cost }) => cost)).toEqual([null, 120]);
  });
});

test('any order of the same events seals the same bytes', () => {
  const given = redemption();
  const all: readonly Entry[] = [
    [visit()],
    [visit({ staff: 'bo', till: 'till-2' })],
    [given],
    undo(given, { staff: 'bo' }),
    [redemption({ data: { program: 'gone', version: 4, reward: 'y', cost: 5, amount: 120 } })],
    [visit({}, { overLimit: { limits: ['per-day'], reason: 'a group' } })],
  ];
  const text = figuresText(figuresOf(all));
  fc.assert(
    fc.property(fc.shuffledSubarray([...all], { minLength: all.length }), (shuffled) => {
      expect(figuresText(figuresOf(shuffled))).toBe(text);
    }),
  );
});
