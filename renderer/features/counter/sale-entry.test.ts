import { expect, test } from 'vitest';
import { addThing, countOf, dropDigit, NO_SALE, pushDigit, saleOf } from './sale-entry.ts';

test('digits come in from the end and leave there, ten of them at most', () => {
  expect(pushDigit(45, 9)).toBe(459);
  expect(dropDigit(459)).toBe(45);
  expect(dropDigit(4)).toBe(0);
  expect(pushDigit(999_999_999, 9)).toBe(9_999_999_999);
  expect(pushDigit(9_999_999_999, 0)).toBeUndefined();
});

test('nothing said is no sale; a kind of sale alone says nothing', () => {
  expect(saleOf(NO_SALE)).toBeUndefined();
  expect(saleOf({ ...NO_SALE, type: 'Gift card', isAmountOpen: true })).toBeUndefined();
  expect(saleOf({ ...NO_SALE, amount: 5 })).toEqual({ amount: 5, lines: [], type: null });
});

test('a thing is counted under one name however it is written, and an item is not its category', () => {
  const bread = { item: 'Bread', category: 'Bakery' };
  const lines = addThing(addThing([], bread, 1), { item: 'BREAD', category: null }, 1);
  expect(lines).toEqual([{ ...bread, count: 2 }]);
  const both = addThing(lines, { item: null, category: 'Bread' }, 1);
  expect(countOf(both, bread)).toBe(2);
  expect(countOf(both, { item: null, category: 'Bread' })).toBe(1);
  expect(addThing(addThing(both, bread, -1), bread, -1)).toHaveLength(1);
  expect(addThing([], bread, -1)).toEqual([]);
});
