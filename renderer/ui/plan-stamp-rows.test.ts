import { describe, expect, test } from 'vitest';
import { longestRow, planStampRows, staggerMs, stampStateAt, type StampRowSize } from './plan-stamp-rows.ts';

const lengths = (total: number, size: StampRowSize) =>
  planStampRows(total, longestRow(total, size)).map((row) => row.length);

test('large cards are set like printed punch cards', () => {
  expect(lengths(5, 'lg')).toEqual([5]);
  expect(lengths(8, 'lg')).toEqual([4, 4]);
  expect(lengths(10, 'lg')).toEqual([5, 5]);
  expect(lengths(11, 'lg')).toEqual([6, 5]);
  expect(lengths(12, 'lg')).toEqual([6, 6]);
  expect(lengths(20, 'lg')).toEqual([10, 10]);
  expect(lengths(50, 'lg')).toEqual([10, 10, 10, 10, 10]);
});

test('up to ten small stamps stay on one line', () => {
  expect(lengths(10, 'sm')).toEqual([10]);
  expect(lengths(12, 'sm')).toEqual([6, 6]);
});

describe.each(['sm', 'md', 'lg'] as const)('size %s, any total', (size) => {
  test.each(Array.from({ length: 50 }, (_, index) => index + 1))(
    '%i holes: even rows, none alone',
    (total) => {
      const rows = planStampRows(total, longestRow(total, size));
      const rowLengths = rows.map((row) => row.length);
      expect(rowLengths.reduce((sum, length) => sum + length, 0)).toBe(total);
      expect(Math.max(...rowLengths) - Math.min(...rowLengths)).toBeLessThanOrEqual(1);
      expect(Math.max(...rowLengths)).toBeLessThanOrEqual(10);
      if (total > 1) expect(Math.min(...rowLengths)).toBeGreaterThan(1);
      let next = 1;
      for (const row of rows) {
        expect(row.first).toBe(next);
        next += row.length;
      }
    },
  );
});

test('nothing to plan for a card without holes', () => {
  expect(planStampRows(0, 6)).toEqual([]);
});

test('the newest stamps are fresh, the preview follows them', () => {
  const count = { total: 8, filled: 4, fresh: 2, pending: 1 };
  const states = Array.from({ length: 8 }, (_, index) => stampStateAt(index + 1, count));
  expect(states).toEqual(['filled', 'filled', 'fresh', 'fresh', 'pending', 'empty', 'empty', 'empty']);
});

test('all fresh stamps have landed within 400 ms, whatever their number', () => {
  const pressMs = 260;
  for (const fresh of [1, 2, 3, 10, 50]) {
    expect(staggerMs(fresh - 1, fresh) + pressMs).toBeLessThanOrEqual(400);
  }
});
