// The cache of pages over a real IndexedDB.

import Dexie from 'dexie';
import { afterEach, expect, test } from 'vitest';
import { createSpaceGuard } from '#renderer/data/space-guard.ts';
import { deletePageCache, openPageCache } from '#renderer/data/sync/page-cache.ts';
import { describePageCache } from './page-cache.contract.ts';

const NAME = 'page-cache-trial';
const PAGE = { serverEpoch: 'epoch-1', after: 0, through: 10, text: 'ten events' };

function openTrial(hasRoom = true) {
  const faults: unknown[] = [];
  const guard = createSpaceGuard({ hasRoom: async () => hasRoom, clock: { now: () => 0 } });
  const cache = openPageCache({ databaseName: NAME, guard, onFault: (error) => void faults.push(error) });
  return { cache, faults };
}

const isThere = () => Dexie.exists(`${NAME}-past`);

afterEach(() => deletePageCache(NAME));

describePageCache('of the browser', async () => openTrial().cache);

test('the next life of the app finds what was kept', async () => {
  await openTrial().cache.put(PAGE);
  const { cache } = openTrial();
  expect(await cache.find('epoch-1', 9)).toBe(PAGE.text);
  expect(await cache.find('epoch-1', 10)).toBeUndefined();
});

test('looking makes no database, and clearing leaves none', async () => {
  const { cache } = openTrial();
  await cache.find('epoch-1', 0);
  await cache.clear();
  expect(await isThere()).toBe(false);
  await cache.put(PAGE);
  expect(await isThere()).toBe(true);
  await openTrial().cache.clear();
  expect(await isThere()).toBe(false);
});

test('what lies on the disk is a fraction of the text', async () => {
  const text = JSON.stringify(Array.from({ length: 500 }, (_, g) => ({ g, event: { id: `event ${g}` } })));
  await openTrial().cache.put({ ...PAGE, text });
  expect(await sizeOnDisk()).toBeLessThan(text.length / 3);
  expect(await openTrial().cache.find('epoch-1', 0)).toBe(text);
});

test('without room nothing is kept, and nothing is asked of the disk again', async () => {
  const { cache, faults } = openTrial(false);
  await cache.put(PAGE);
  await cache.put({ ...PAGE, after: 10, through: 20 });
  expect(faults).toEqual([expect.objectContaining({ name: 'QuotaExceededError' })]);
  expect(await isThere()).toBe(false);
  expect(await cache.find('epoch-1', 0)).toBeUndefined();
});

test('a page that the disk has damaged is not believed, and the rest goes with it', async () => {
  await openTrial().cache.put(PAGE);
  await damage();
  const { cache, faults } = openTrial();
  expect(await cache.find('epoch-1', 0)).toBeUndefined();
  expect(faults).toHaveLength(1);
  expect(await isThere()).toBe(false);
});

interface Row {
  readonly zipped: ArrayBuffer;
}

async function withRows<Value>(use: (pages: Dexie.Table<Row>) => Promise<Value>): Promise<Value> {
  const database = await new Dexie(`${NAME}-past`).open();
  try {
    return await use(database.table('pages'));
  } finally {
    database.close();
  }
}

const sizeOnDisk = () =>
  withRows(async (pages) => (await pages.toArray()).reduce((sum, { zipped }) => sum + zipped.byteLength, 0));

/** One bit in the middle. */
const damage = () =>
  withRows(async (pages) => {
    const [row] = await pages.toArray();
    if (!row) throw new Error('nothing to damage');
    const bytes = new Uint8Array(row.zipped);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await pages.put({ ...row, zipped: bytes.buffer });
  });
