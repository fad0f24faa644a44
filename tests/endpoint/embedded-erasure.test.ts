import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBackup, writeBackup } from '#server/commands/backup-file.ts';
import { openEmbeddedStore } from '#server/embedded/embedded-store.ts';
import { readErased } from '#server/embedded/erased-list.ts';
import { logLine } from '#server/embedded/operation-log.ts';
import { restoreFolder } from '#server/embedded/restore-folder.ts';
import type { ArchivableStore } from '#server/store/event-store.ts';
import { openPGlite } from '#server/store/pglite-database.ts';
import { fill, SHOP, standInFolder } from './folder-stand.ts';

const stand = await standInFolder();
const { open, withStore, cutPower, holdDisk } = stand;

describe('an erasure', () => {
  const erase = (store: ArchivableStore, member = 'm') =>
    store.putProfiles({ shop: SHOP, docs: [{ member, hlc: '7', erased: true }] });
  const sealed = async (store: ArchivableStore) =>
    (await store.pullProfiles({ shop: SHOP, after: 0, limit: 10 })).docs.filter((doc) => 'sealed' in doc);
  const logHas = async (text: string, path = stand.folder) =>
    (await readFile(join(path, 'log'), 'utf8')).includes(text);
  const SECRET = { member: 'm', hlc: '1', sealed: 'c2VjcmV0' };

  async function fillWithSecret(store: ArchivableStore): Promise<void> {
    await fill(store);
    await store.putProfiles({ shop: SHOP, docs: [{ ...SECRET, hlc: '2' }] });
  }

  test('leaves nothing in the log either, after the next end, or the next start where a kill came first', async () => {
    const store = await open();
    await fillWithSecret(store);
    await erase(store);
    expect(await logHas(SECRET.sealed)).toBe(true);
    const after = await cutPower();
    await store.close();
    expect(await logHas(SECRET.sealed)).toBe(false);
    await (await open(after)).close();
    expect(await logHas(SECRET.sealed, after)).toBe(false);
    await withStore(async (again) => expect(await again.listErased()).toHaveLength(1), after);
  });

  test('leaves nothing in the files of the database either, which nobody else may open', async () => {
    const files = async () => {
      const found = await readdir(stand.folder, { recursive: true, withFileTypes: true });
      return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    };
    const withTrace = async () => {
      const traces: string[] = [];
      for (const path of await files()) if ((await readFile(path)).includes(SECRET.sealed)) traces.push(path);
      return traces;
    };
    const openReal = () =>
      openEmbeddedStore({
        folder: stand.folder,
        newEpoch: () => 'epoch-1',
        onBroken: () => undefined,
        openDatabase: openPGlite,
      });
    // As somebody makes it by hand.
    await mkdir(stand.folder, { mode: 0o755 });
    const store = await openReal();
    await fillWithSecret(store);
    await store.close();
    expect(await withTrace()).toContainEqual(expect.stringContaining(join('store', 'base')));
    // Its tables are in no journal of its own, so there is nothing to take out of one.
    expect(await withTrace()).not.toContainEqual(expect.stringContaining('pg_wal'));
    const again = await openReal();
    await erase(again);
    await again.close();
    expect(await withTrace()).toEqual([]);
    expect((await stat(join(stand.folder, 'store'))).mode & 0o077).toBe(0);
    const last = await openReal();
    expect(await last.listErased()).toHaveLength(1);
    await last.close();
  });

  test('is on the disk before it is answered, beside the log', async () => {
    const store = await open();
    await fillWithSecret(store);
    const disk = await holdDisk();
    let isAnswered = false;
    const answer = erase(store).then(() => (isAnswered = true));
    await disk.asked;
    for (let turn = 0; turn < 20; turn += 1) await store.heads(SHOP);
    expect(isAnswered).toBe(false);
    disk.release();
    await answer;
    await erase(store);
    expect(await readErased(join(stand.folder, 'erased'))).toEqual([{ shop: SHOP, member: 'm', hlc: '7' }]);
    await store.close();
  });

  test('holds in a backup from before it, restored into another folder', async () => {
    const backup = join(stand.parent, 'backup.gz');
    await withStore(async (store) => {
      await fillWithSecret(store);
      await writeBackup(store, backup);
      await erase(store);
      await erase(store, 'late');
    });
    const restored = join(stand.parent, 'restored');
    await mkdir(restored);
    await cp(join(stand.folder, 'erased'), join(restored, 'erased'));
    const late = { shop: SHOP, member: 'latest', hlc: '8' };
    const restore = { parts: readBackup(backup), epoch: 'epoch-2', erased: [late] };
    expect(await restoreFolder({ folder: restored, ...restore })).toBe(3);
    await withStore(async (store) => {
      expect(await sealed(store)).toEqual([]);
      expect(await store.listErased()).toHaveLength(3);
      expect(await store.heads(SHOP)).toMatchObject({ head: 9 });
    }, restored);
    expect(await logHas(SECRET.sealed, restored)).toBe(false);
    expect(await readErased(join(restored, 'erased'))).toContainEqual(late);
  });

  test('holds when an older log is put back by hand', async () => {
    const store = await open();
    await fillWithSecret(store);
    const older = await cutPower();
    await erase(store);
    await store.close();
    await cp(join(stand.folder, 'erased'), join(older, 'erased'));
    await withStore(async (again) => expect(await sealed(again)).toEqual([]), older);
    await rm(join(stand.folder, 'erased'));
    await withStore(async () => undefined);
    expect(await readErased(join(stand.folder, 'erased'))).toHaveLength(1);
  });

  test('a list that is damaged is not passed over', async () => {
    await withStore(async (store) => {
      await fillWithSecret(store);
      await erase(store);
      await erase(store, 'n');
    });
    const path = join(stand.folder, 'erased');
    const bytes = await readFile(path);
    bytes[30] = (bytes[30] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(open()).rejects.toThrow('no list of erased members');
    await writeFile(path, logLine([['begin', {}]]));
    await expect(open()).rejects.toThrow('no list of erased members');
    await rm(path);
    await withStore(async (store) => expect(await store.listErased()).toHaveLength(2));
    expect(await readErased(path)).toHaveLength(2);
  });
});
