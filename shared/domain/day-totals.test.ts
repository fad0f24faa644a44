import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventType, KnownEvent } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { addToDay, emptyDayTotals, joinDays, type DayTotals } from './day-totals.ts';

const DAY = '2026-01-05' as PlainDay;
const event = (type: EventType, data: unknown) => ({ type, data, day: DAY }) as KnownEvent;
const grant = (program: string, units: number) => ({ program, version: 1, rule: 'visit', units });
const sumUp = (events: readonly (readonly [KnownEvent, KnownEvent?])[]): DayTotals =>
  events.reduce((totals, [one, target]) => addToDay(totals, one, target), emptyDayTotals(DAY));

const visit = event('visit', {
  count: 1,
  grants: [grant('points', 40), grant('coffee', 1), grant('coffee', 1)],
  donations: [{ program: 'points', version: 1, charity: 'Lifeboats', amount: 12 }],
});
const purchase = event('purchase', {
  program: 'coffee',
  version: 1,
  offer: 'ten',
  price: 2500,
  currency: 'EUR',
  grants: [grant('coffee', 10)],
});
const donated = event('redemption', {
  program: 'points',
  version: 1,
  reward: 'boat',
  cost: 100,
  amount: 200,
  charity: 'Lifeboats',
});
const EVERYTHING = [
  visit,
  purchase,
  donated,
  event('enrolment', { by: 'phone', visit: 1, grants: [grant('coffee', 2)] }),
  event('enrolment', { by: 'import', visit: 0, grants: [grant('coffee', 7)] }),
  event('action', { program: 'points', version: 1, action: 'review', grants: [grant('points', 5)] }),
  event('referral', { friend: 'f', visit: 'v', grants: [grant('coffee', 2)] }),
  event('paper-card', { grants: [grant('coffee', 4)] }),
  event('opening', { grants: [grant('points', 300)], import: 'i' }),
  event('adjustment', { grants: [grant('coffee', -3)], reason: 'x' }),
  event('redemption', { program: 'coffee', version: 1, reward: 'final', cost: 10 }),
  event('purchase', { program: 'pass', version: 1, offer: 'p', price: 900, currency: 'CHF', grants: [] }),
  event('profile', { fields: ['name'] }),
];

describe('a day adds up', () => {
  test('units by program, never across programs; sold by currency; given by charity', () => {
    expect(sumUp(EVERYTHING.map((one) => [one]))).toEqual({
      ...emptyDayTotals(DAY),
      visits: 2,
      redemptions: 2,
      enrolments: 1,
      imported: 1,
      actions: 1,
      referrals: 1,
      programs: [
        { program: 'coffee', given: 16, takenOver: 11, adjusted: -3, redemptions: 1 },
        { program: 'points', given: 45, takenOver: 300, adjusted: 0, redemptions: 1 },
      ],
      purchases: [
        { currency: 'CHF', count: 1, amount: 900 },
        { currency: 'EUR', count: 1, amount: 2500 },
      ],
      donations: [{ charity: 'Lifeboats', amount: 212 }],
    });
  });

  test('what was taken back is counted beside what was done', () => {
    const undo = event('void', { target: 'x' });
    const totals = sumUp([[visit], [purchase], [undo, visit], [undo, purchase], [undo]]);
    const done = sumUp([[visit], [purchase]]);
    const { day, voids, undone, ...sums } = totals;
    expect([day, voids]).toEqual([DAY, 3]);
    expect(undone).toEqual(sums);
    expect(done).toEqual({ ...totals, voids: 0, undone: emptyDayTotals(DAY).undone });
  });

  test('in any order, and in any parts, to the same bytes', () => {
    const undo = event('void', { target: 'x' });
    const all = [
      ...EVERYTHING.map((one) => [one] as const),
      [undo, visit] as const,
      [undo, donated] as const,
    ];
    const whole = canonicalJson(sumUp(all));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.nat(all.length),
        (shuffled, cut) => {
          expect(canonicalJson(sumUp(shuffled))).toBe(whole);
          const parts = joinDays(sumUp(shuffled.slice(0, cut)), sumUp(shuffled.slice(cut)));
          expect(canonicalJson(parts)).toBe(whole);
        },
      ),
    );
  });
});
