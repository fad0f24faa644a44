import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlainDay } from './brand.ts';
import {
  addDays,
  addMonths,
  daysBetween,
  endOfYear,
  isPlainDay,
  localTimeAt,
  mondayOf,
} from './plain-day.ts';

const FIRST = Temporal.PlainDate.from('0001-01-01');
const LAST = Temporal.PlainDate.from('9990-12-31');
const date = fc.integer({ min: 0, max: FIRST.until(LAST).days }).map((days) => FIRST.add({ days }));
const dayOf = (plain: Temporal.PlainDate) => plain.toString() as PlainDay;

test('counts days as Temporal does, over all of history', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: -2000, max: 2000 }), date, (day, number, other) => {
      const later = day.add({ days: number });
      fc.pre(later.year >= 1 && later.year <= 9999);
      expect(addDays(dayOf(day), number)).toBe(later.toString());
      expect(daysBetween({ from: dayOf(day), to: dayOf(other) })).toBe(day.until(other).days);
      expect(mondayOf(dayOf(day))).toBe(day.subtract({ days: day.dayOfWeek - 1 }).toString());
    }),
  );
});

test('counts months as Temporal does, short ones and leap years included', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: -120, max: 120 }), (day, months) => {
      const later = day.add({ months });
      fc.pre(later.year >= 1 && later.year <= 9999);
      expect(addMonths(dayOf(day), months)).toBe(later.toString());
    }),
  );
  expect(addMonths('2024-02-29' as PlainDay, 12)).toBe('2025-02-28');
  expect(addMonths('2026-01-31' as PlainDay, 1)).toBe('2026-02-28');
});

test('nothing lies beyond the ends of the calendar: what comes after the last day is the last day', () => {
  const last = '9999-12-31' as PlainDay;
  expect([addDays(last, 1), addMonths(last, 12), endOfYear(10_003)]).toEqual([last, last, last]);
  expect(addDays('0000-01-02' as PlainDay, -9)).toBe('0000-01-01');
  expect(mondayOf('0000-01-01' as PlainDay)).toBe('0000-01-01');
});

test.each(['2026-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '26-01-01', '2026-1-1', ''])(
  '%s is no day',
  (text) => expect(isPlainDay(text)).toBe(false),
);

test('29 February is a day in leap years only', () => {
  expect(['2024-02-29', '2000-02-29', '1900-02-29', '2023-02-29'].map(isPlainDay)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('the wall clock of a zone, before and after it jumps', () => {
  const before = Date.UTC(2026, 2, 29, 0, 59);
  expect(localTimeAt(before, 'Europe/Paris')).toEqual({ day: '2026-03-29', weekday: 7, time: '01:59' });
  expect(localTimeAt(before + 60_000, 'Europe/Paris')).toEqual({
    day: '2026-03-29',
    weekday: 7,
    time: '03:00',
  });
});
