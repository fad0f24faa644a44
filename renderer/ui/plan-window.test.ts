import { expect, test } from 'vitest';
import { planMove, planWindow } from './plan-window.ts';

const list = { itemCount: 100_000, rowHeight: 64, viewportHeight: 640, overscan: 6 };

test('the window holds what is in sight and the rows around it', () => {
  expect(planWindow({ ...list, scrollTop: 0 })).toEqual({ start: 0, end: 16 });
  expect(planWindow({ ...list, scrollTop: 6_400 })).toEqual({ start: 94, end: 116 });
  expect(planWindow({ ...list, scrollTop: 100_000 * 64 - 640 })).toEqual({ start: 99_984, end: 100_000 });
});

test('a list that got shorter than its scroll position shows nothing that does not exist', () => {
  expect(planWindow({ ...list, itemCount: 3, scrollTop: 6_400 })).toEqual({ start: 3, end: 3 });
  expect(planWindow({ ...list, itemCount: 0, scrollTop: 0 })).toEqual({ start: 0, end: 0 });
});

test('keys move inside the list and never leave it', () => {
  expect(planMove('ArrowDown', -1, 10, 5)).toBe(0);
  expect(planMove('ArrowDown', 9, 10, 5)).toBe(9);
  expect(planMove('ArrowUp', 0, 10, 5)).toBe(0);
  expect(planMove('PageDown', 7, 10, 5)).toBe(9);
  expect(planMove('PageUp', 7, 10, 5)).toBe(2);
  expect(planMove('Home', 7, 10, 5)).toBe(0);
  expect(planMove('End', 7, 10, 5)).toBe(9);
  expect(planMove('a', 7, 10, 5)).toBeUndefined();
  expect(planMove('End', -1, 0, 5)).toBeUndefined();
});
