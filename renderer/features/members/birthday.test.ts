import { describe, expect, test } from 'vitest';
import type { PlainDay } from '#shared/lib/brand.ts';
import { findBirthdayProblem, partsOfBirthday, readBirthday } from './birthday.ts';

const TODAY = '2026-03-05' as PlainDay;

test.each([
  ['2026-03-05', undefined],
  ['2026-03-06', 'in-future'],
  ['1900-01-01', undefined],
  ['1899-12-31', 'too-early'],
  ['2024-02-29', undefined],
  ['2023-02-29', 'no-such-day'],
  ['1900-02-29', 'no-such-day'],
  ['2000-13-01', 'no-such-day'],
  ['yesterday', 'no-such-day'],
])('%s: %s', (text, problem) => {
  expect(findBirthdayProblem(text, TODAY)).toBe(problem);
});

describe('three fields', () => {
  test('become a date, with or without leading zeros', () => {
    expect(readBirthday({ year: '1991', month: '2', day: '8' }, TODAY)).toEqual({ day: '1991-02-08' });
    expect(readBirthday({ year: '1991', month: '02', day: '08' }, TODAY)).toEqual({ day: '1991-02-08' });
  });

  test('all empty means that none is known, one empty that it is not finished', () => {
    expect(readBirthday({ year: '', month: '', day: '' }, TODAY)).toEqual({ day: null });
    expect(readBirthday({ year: '1991', month: '', day: '8' }, TODAY)).toEqual({ problem: 'incomplete' });
    expect(readBirthday({ year: '91', month: '2', day: '8' }, TODAY)).toEqual({ problem: 'no-such-day' });
  });

  test('show what is stored', () => {
    const parts = partsOfBirthday('1991-02-08' as PlainDay);
    expect(parts).toEqual({ year: '1991', month: '2', day: '8' });
    expect(readBirthday(parts, TODAY)).toEqual({ day: '1991-02-08' });
    expect(partsOfBirthday(null)).toEqual({ year: '', month: '', day: '' });
  });
});
