import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from './database.ts';
import { committed, nativeOf } from './native.ts';
import { putPlaces, readAllPlaces, withPlaces, withPlacesOf } from './place-runs.ts';
import type { EventRow } from './rows.ts';

let database: Database;
beforeEach(async () => {
  const opened = await openDatabase(`places-${crypto.randomUUID()}`);
  if (!opened.ok) return expect.fail(opened.error.code);
  database = opened.value;
});
afterEach(() => database.delete());

const rowAt = (n: number, g?: number) => ({ n, ...(g === undefined ? {} : { g }) }) as EventRow;

async function put(placed: readonly { readonly n: number; readonly g: number }[]): Promise<void> {
  const transaction = nativeOf(database).transaction('places', 'readwrite');
  await putPlaces(transaction, placed);
  await committed(transaction);
}

const placesOf = async (positions: readonly number[]) =>
  (
    await withPlacesOf(
      database,
      positions.map((n) => rowAt(n)),
    )
  ).map(({ g }) => g);

test('what follows on here and in the shop’s order is one row, also over several batches', async () => {
  await put([5, 6, 7].map((n) => ({ n, g: n + 100 })));
  await put([8, 9].map((n) => ({ n, g: n + 100 })));
  await put([{ n: 12, g: 110 }]);
  expect(await database.places.toArray()).toEqual([
    { n: 5, g: 105, count: 5 },
    { n: 12, g: 110, count: 1 },
  ]);
  expect(await placesOf([4, 5, 9, 10, 11, 12, 13])).toEqual([
    undefined,
    105,
    109,
    undefined,
    undefined,
    110,
    undefined,
  ]);
});

test('a place that came with the row holds, and rows without any are as they were', async () => {
  await put([{ n: 1, g: 7 }]);
  const rows = [rowAt(1, 3), rowAt(2)];
  const placed = await withPlacesOf(database, rows);
  expect(placed).toEqual([rowAt(1, 3), rowAt(2)]);
});

test('whatever gets its place when, and whoever asks: near, far apart, or for all of them', async () => {
  const step = fc.record({
    skip: fc.nat({ max: 40 }),
    count: fc.integer({ min: 1, max: 6 }),
    jump: fc.nat({ max: 3 }),
  });
  const steps = fc.array(step, { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 30 }),
      async (all, asked) => {
        await database.places.clear();
        const known = new Map<number, number>();
        let [n, g] = [0, 0];
        for (const { skip, count, jump } of all) {
          n += skip;
          g += jump;
          const placed = Array.from({ length: count }, () => ({ n: (n += 1), g: (g += 1) }));
          for (const one of placed) known.set(one.n, one.g);
          await put(placed.toReversed());
        }
        const expected = asked.map((position) => known.get(position));
        expect(await placesOf(asked)).toEqual(expected);
        const find = await readAllPlaces(nativeOf(database).transaction('places'));
        expect(asked.map(find)).toEqual(expected);
        const transaction = nativeOf(database).transaction('places');
        expect((await withPlaces(transaction, [rowAt(n)])).map((row) => row.g)).toEqual([known.get(n)]);
      },
    ),
    { numRuns: 60 },
  );
});
