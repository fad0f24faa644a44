import { describe, expect, test } from 'vitest';
import type { PlainDay } from '../lib/brand.ts';
import type { UseCount } from './member-state.ts';
import { countUse, usesLeft, usesOn } from './use-count.ts';

const on = (day: string) => day as PlainDay;
const used = (...days: string[]): readonly UseCount[] =>
  days.reduce<readonly UseCount[]>((uses, day) => countUse(uses, 'cake', on(day)), []);
const capped = (times: number, per: 'day' | 'year' | 'ever') => ({ id: 'cake', cap: { times, per } });

describe('a cap', () => {
  test('counts each day and each year for itself', () => {
    const uses = used('2026-12-30', '2026-12-31', '2026-12-31', '2027-01-01');
    expect(usesLeft(uses, capped(2, 'day'), on('2026-12-31'))).toBe(0);
    expect(usesLeft(uses, capped(2, 'day'), on('2027-01-01'))).toBe(1);
    expect(usesLeft(uses, capped(5, 'year'), on('2026-12-31'))).toBe(2);
    expect(usesLeft(uses, capped(5, 'year'), on('2027-03-01'))).toBe(4);
    expect(usesLeft(uses, capped(5, 'ever'), on('2027-03-01'))).toBe(1);
    expect(usesLeft(uses, { id: 'cake' }, on('2027-03-01'))).toBe(Infinity);
  });

  test('still holds after a clock that was ahead, in the years before that day too', () => {
    const uses = used('2031-05-01', '2026-05-01', '2026-05-01', '2026-05-02');
    expect(usesLeft(uses, capped(2, 'day'), on('2026-05-01'))).toBe(0);
    expect(usesLeft(uses, capped(1, 'day'), on('2026-05-02'))).toBe(0);
    expect(usesLeft(uses, capped(4, 'year'), on('2026-05-03'))).toBe(1);
  });

  test('is the same whatever order the days of several tills come in', () => {
    const days = ['2026-05-02', '2026-05-01', '2026-05-02', '2026-05-03'];
    expect(used(...days)).toEqual(used(...days.toReversed()));
  });
});

test('an action after which the clock was set back is asked about', () => {
  const uses = used('2026-05-02', '2026-05-03', '2026-05-03');
  expect(usesOn(uses, 'cake', on('2026-05-03'))).toBe(2);
  expect(usesOn(uses, 'cake', on('2026-05-02'))).toBe(Infinity);
  expect(usesOn(uses, 'cake', on('2026-05-05'))).toBe(0);
  expect(usesOn(uses, 'tea', on('2026-05-01'))).toBe(0);
});
