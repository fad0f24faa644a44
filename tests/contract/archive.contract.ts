import { describe, expect, test } from 'vitest';
import type { ArchivableStore, RowsPart } from '#server/store/event-store.ts';

/** What a store that can be backed up promises. */
export function describeArchive(
  name: string,
  withStore: (use: (store: ArchivableStore) => Promise<void>) => Promise<void>,
): void {
  const SHOP = 'shop-1';

  async function fill(store: ArchivableStore): Promise<void> {
    await store.createShop({ shop: SHOP, atMs: 1 });
    await store.addPairingCode({ shop: SHOP, codeHash: 'code', expiresAtMs: 9 });
    await store.pair({
      codeHash: 'code',
      till: 'till-1',
      name: 'Bär 😀',
      app: '1',
      tokenHash: 'token',
      atMs: 1,
    });
    await store.acceptBatch({ shop: SHOP, till: 'till-1', events: [null, { a: '"\\\n{}' }], atMs: 1 });
    await store.putProfiles({
      shop: SHOP,
      docs: [
        { member: 'm', hlc: '1', sealed: 'x' },
        { member: 'n', hlc: '1', erased: true },
      ],
    });
  }

  async function dump(store: ArchivableStore): Promise<RowsPart[]> {
    const parts: RowsPart[] = [];
    await store.dump(async (part) => void parts.push(part));
    return parts;
  }

  async function* each(parts: readonly RowsPart[]): AsyncGenerator<RowsPart> {
    yield* parts;
  }

  describe(`an archive: ${name}`, () => {
    test('a store read back is the same one, under another epoch', async () => {
      let parts: RowsPart[] = [];
      await withStore(async (store) => {
        await fill(store);
        parts = await dump(store);
      });
      await withStore(async (store) => {
        await store.load({ parts: each(parts), epoch: 'epoch-2' });
        expect(await dump(store)).toEqual(parts);
        expect(await store.epoch()).toBe('epoch-2');
        expect(await store.findTill('token')).toMatchObject({ name: 'Bär 😀' });
      });
    });

    test('a store that has a shop is not written over', () =>
      withStore(async (store) => {
        await fill(store);
        await expect(store.load({ parts: each([]), epoch: 'epoch-2' })).rejects.toThrow('empty');
        expect(await store.epoch()).toBe('epoch-1');
      }));

    test('half a backup leaves nothing', () =>
      withStore(async (store) => {
        const torn = async function* (): AsyncGenerator<RowsPart> {
          yield { table: 'shops', rows: [{ shop: SHOP, g: 0, p: 0, created_at: 1 }] };
          throw new Error('torn');
        };
        await expect(store.load({ parts: torn(), epoch: 'epoch-2' })).rejects.toThrow('torn');
        expect(await store.listShops()).toEqual([]);
        const foreign = each([{ table: 'pg_class', rows: [{}] }]);
        await expect(store.load({ parts: foreign, epoch: 'epoch-2' })).rejects.toThrow('unknown here');
      }));
  });
}
