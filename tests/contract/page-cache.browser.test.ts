// The cache of pages over a real IndexedDB.

import Dexie from 'dexie';
import { afterEach, expect, test } from 'vitest';
import { createSpaceGuard } from '#renderer/data/space-guard.ts';
import { emptyPageCache, openPageCache } from '#renderer/data/sync/page-cache.ts';
import { describePageCache } from './page-cache.contract.ts';

const NAME = 'page-cache-trial';
const PAGE = { serverEpoch: 'epoch-1', after: 0, through: 10, text: 'ten events' };

function openTrial({ hasRoom = true, shop = 'shop-1' } = {}) {
  const faults: unknown[] = [];
  const guard = createSpaceGuard({ hasRoom: async () => hasRoom, clock: { now: () => 0 } });
  const cache = openPageCache({
    databaseName: NAME,
    shop,
    guard,
    onFault: (error) => void faults.push(error),
  });
  return { cache, faults };
}

const isThere = () => Dexie.exists(`${NAME}-past`);

afterEach(() => Dexie.delete(`${NAME}-past`));

describePageCache('of the browser', async () => openTrial().cache);

test('the next life of the app finds what was kept', async () => {
  await openTrial().cache.put(PAGE);
  const { cache } = openTrial();
  expect(await cache.find('epoch-1', 9)).toBe(PAGE.text);
  expect(await cache.find('epoch-1', 10)).toBeUndefined();
});

test('looking makes no database, and clearing leaves no row', async () => {
  const { cache } = openTrial();
  await cache.find('epoch-1', 0);
  expect(await cache.through()).toBe(0);
  await cache.clear();
  await emptyPageCache(NAME);
  expect(await isThere()).toBe(false);
  await cache.put(PAGE);
  await openTrial().cache.clear();
  expect(await countRows()).toBe(0);
});

test('emptied from elsewhere, it finds nothing and may be filled again', async () => {
  const { cache, faults } = openTrial();
  await cache.put(PAGE);
  await emptyPageCache(NAME);
  expect(await cache.find('epoch-1', 0)).toBeUndefined();
  await cache.put(PAGE);
  expect(await cache.find('epoch-1', 0)).toBe(PAGE.text);
  expect(faults).toEqual([]);
});

test('what another shop has left is not believed', async () => {
  await openTrial({ shop: 'shop-2' }).cache.put(PAGE);
  expect(await openTrial().cache.find('epoch-1', 0)).toBeUndefined();
  expect(await countRows()).toBe(0);
});

test('asked for many things at once it does one after the other', async () => {
  const { cache, faults } = openTrial();
  const text = 'x'.repeat(1_000_000);
  const found = await Promise.all([
    cache.put({ ...PAGE, text }),
    cache.find('epoch-1', 0),
    cache.clear(),
    cache.find('epoch-1', 0),
    cache.put(PAGE),
    cache.find('epoch-1', 0),
  ]);
  expect(found.map((each) => each?.length)).toEqual([
    undefined,
    text.length,
    undefined,
    undefined,
    undefined,
    10,
  ]);
  expect(faults).toEqual([]);
});

test('what lies on the disk is a fraction of the text', async () => {
  const text = JSON.stringify(Array.from({ length: 500 }, (_, g) => ({ g, event: { id: `event ${g}` } })));
  await openTrial().cache.put({ ...PAGE, text });
  expect(await sizeOnDisk()).toBeLessThan(text.length / 3);
  expect(await openTrial().cache.find('epoch-1', 0)).toBe(text);
});

test('without room nothing is kept, and nothing is asked of the disk again', async () => {
  const { cache, faults } = openTrial({ hasRoom: false });
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
  await expect.poll(isThere).toBe(false);
  await cache.put(PAGE);
  expect(await cache.through()).toBe(0);
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

const countRows = () => withRows((pages) => pages.count());

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
