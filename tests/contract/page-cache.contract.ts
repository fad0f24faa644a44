import { describe, expect, test } from 'vitest';
import type { PageCache } from '#renderer/data/sync/page-cache.ts';

const EPOCH = 'epoch-1';
const pageOf = (after: number, through: number, serverEpoch = EPOCH) => ({
  serverEpoch,
  after,
  through,
  text: `page behind ${after} of ${serverEpoch}: ş`,
});

/** What every cache of pages keeps to. @param open a new one, with nothing in it. */
export function describePageCache(name: string, open: () => Promise<PageCache>): void {
  describe(`page cache, ${name}`, () => {
    test('a page is found by every place behind which it has events', async () => {
      const cache = await open();
      await cache.put(pageOf(0, 10));
      await cache.put(pageOf(10, 15));
      const found = await Promise.all([0, 1, 9, 10, 14, 15, 99].map((after) => cache.find(EPOCH, after)));
      const [first, second] = [pageOf(0, 10).text, pageOf(10, 15).text];
      expect(found).toEqual([first, first, first, second, second, undefined, undefined]);
    });

    test('where one is missing nothing is found, and the ones around it are', async () => {
      const cache = await open();
      await cache.put(pageOf(20, 30));
      await cache.put(pageOf(0, 10));
      expect(await cache.find(EPOCH, 10)).toBeUndefined();
      expect(await cache.find(EPOCH, 9)).toBe(pageOf(0, 10).text);
      expect(await cache.find(EPOCH, 20)).toBe(pageOf(20, 30).text);
    });

    test('another endpoint ends it all', async () => {
      const cache = await open();
      await cache.put(pageOf(0, 10));
      expect(await cache.find('epoch-2', 0)).toBeUndefined();
      expect(await cache.find(EPOCH, 0)).toBeUndefined();
      await cache.put(pageOf(0, 10, 'epoch-2'));
      expect(await cache.find('epoch-2', 5)).toBe(pageOf(0, 10, 'epoch-2').text);
    });

    test('it knows how far the last one goes', async () => {
      const cache = await open();
      expect(await cache.through()).toBe(0);
      await cache.put(pageOf(10, 15));
      await cache.put(pageOf(0, 10));
      expect(await cache.through()).toBe(15);
      await cache.clear();
      expect(await cache.through()).toBe(0);
    });

    test('the same page once more takes the place of the first', async () => {
      const cache = await open();
      await cache.put(pageOf(0, 10));
      await cache.put({ ...pageOf(0, 12), text: 'longer' });
      expect(await cache.find(EPOCH, 11)).toBe('longer');
    });

    test('cleared, it has nothing, and may be filled again', async () => {
      const cache = await open();
      expect(await cache.find(EPOCH, 0)).toBeUndefined();
      await cache.clear();
      await cache.put(pageOf(0, 10));
      await cache.clear();
      expect(await cache.find(EPOCH, 0)).toBeUndefined();
      await cache.put(pageOf(0, 10));
      expect(await cache.find(EPOCH, 0)).toBe(pageOf(0, 10).text);
    });
  });
}
