import { describe, expect, test } from 'vitest';
import type { ArchivableStore, Erasure, RowsPart } from '#server/store/event-store.ts';

/** What a store that can be backed up promises. */
export function describeArchive(
  name: string,
  withStore: (use: (store: ArchivableStore) => Promise<void>) => Promise<void>,
  /** Takes the rows out of the store in use, as for a restore. */
  emptyStore: () => Promise<void>,
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

  const docsOf = async (store: ArchivableStore) =>
    (await store.pullProfiles({ shop: SHOP, after: 0, limit: 100 })).docs;
  const erase = (store: ArchivableStore, member: string) =>
    store.putProfiles({ shop: SHOP, docs: [{ member, hlc: '5', erased: true }] });

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

    test('who was erased after the backup is erased in what is restored from it, before anybody can read it', async () => {
      let parts: RowsPart[] = [];
      let erased: readonly Erasure[] = [];
      await withStore(async (store) => {
        await fill(store);
        parts = await dump(store);
        await erase(store, 'm');
        // Enrolled and erased after the backup.
        await erase(store, 'late');
        erased = await store.listErased();
        expect(erased.map(({ member, hlc }) => [member, hlc])).toEqual([
          ['late', '5'],
          ['m', '5'],
          ['n', '1'],
        ]);
      });
      await withStore(async (store) => {
        const foreign = { shop: 'shop-2', member: 'm', hlc: '5' };
        await store.load({ parts: each(parts), epoch: 'epoch-2', erased: [...erased, foreign] });
        expect(await docsOf(store)).toMatchObject([
          { member: 'n', erased: true },
          { member: 'late', erased: true },
          { member: 'm', erased: true },
        ]);
        expect(JSON.stringify(await dump(store))).not.toContain('"sealed":"x"');
        // A till that has not heard of it offers the person again.
        expect(
          await store.putProfiles({ shop: SHOP, docs: [{ member: 'm', hlc: '9', sealed: 'x' }] }),
        ).toEqual([{ member: 'm', status: 'older' }]);
        expect(await store.listErased()).toEqual([...erased, foreign]);
      });
    });

    test('a backup restored into the database it came from can’t bring an erased member back', () =>
      withStore(async (store) => {
        await fill(store);
        const parts = await dump(store);
        await erase(store, 'm');
        await emptyStore();
        await store.load({ parts: each(parts), epoch: 'epoch-2' });
        expect(await docsOf(store)).toMatchObject([
          { member: 'n', erased: true },
          { member: 'm', erased: true },
        ]);
        expect(await store.heads(SHOP)).toMatchObject({ docHead: 3 });
      }));

    test('no backup carries the list of erased members; a copy that takes the store’s place has all of it', async () => {
      let parts: RowsPart[] = [];
      await withStore(async (store) => {
        await fill(store);
        await erase(store, 'm');
        expect((await dump(store)).map(({ table }) => table)).not.toContain('erased');
        await store.dump(async (part) => void parts.push(part), { isComplete: true });
      });
      await withStore(async (store) => {
        await store.load({ parts: each(parts), epoch: 'epoch-1' });
        const again: RowsPart[] = [];
        await store.dump(async (part) => void again.push(part), { isComplete: true });
        expect(again).toEqual(parts);
        const code = { codeHash: 'code', name: 'n', app: '1', tokenHash: 'other', atMs: 1 };
        expect(await store.pair({ ...code, till: 'till-2' })).toBe('unknown-code');
        expect(await store.pair({ ...code, till: 'till-1' })).toEqual({ shop: SHOP });
      });
    });

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
