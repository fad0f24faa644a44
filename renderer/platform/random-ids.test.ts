import { expect, test } from 'vitest';
import { createRandomIds } from './random-ids.ts';

test('ids are version 7 and all different', () => {
  const ids = createRandomIds();
  const made = Array.from({ length: 1000 }, () => ids.eventId());
  expect(new Set(made).size).toBe(1000);
  expect(
    made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toBe(true);
});

test('every kind of id is made', () => {
  const ids = createRandomIds();
  const made: string[] = [
    ids.eventId(),
    ids.memberId(),
    ids.streamId(),
    ids.tillId(),
    ids.shopId(),
    ids.importId(),
  ];
  expect(new Set([...made, ids.programId()]).size).toBe(7);
});

test('draws from the incomplete last round are thrown away', () => {
  // 2^32 = 429496729 × 10 + 6: the six values from 4294967290 on would favour 0..5.
  const draws = [4_294_967_290, 4_294_967_295, 4_294_967_289, 17];
  const ids = createRandomIds((numbers) => {
    for (let index = 0; index < numbers.length; index += 1) numbers[index] = draws.shift() ?? 0;
  });
  expect(ids.randomNumbers(2, 10)).toEqual([9, 7]);
});

test('numbers are in range and about equally likely', () => {
  const counts = new Map<number, number>();
  for (const number of createRandomIds().randomNumbers(60_000, 6)) {
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5]);
  // Ten standard deviations around 10,000: fails by chance less than once in 10^20 runs.
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(913);
});

test('the edges of the range', () => {
  const ids = createRandomIds();
  expect(ids.randomNumbers(0, 10)).toEqual([]);
  expect(ids.randomNumbers(3, 1)).toEqual([0, 0, 0]);
  expect(ids.randomNumbers(20_000, 2 ** 32)).toHaveLength(20_000);
  for (const below of [0, -1, 1.5, 2 ** 32 + 1]) expect(() => ids.randomNumbers(1, below)).toThrow('below');
  expect(() => ids.randomNumbers(-1, 2)).toThrow('count');
});
