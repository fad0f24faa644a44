import { appendFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBackup, writeBackup } from '#server/commands/backup-file.ts';
import { openEmbeddedStore } from '#server/embedded/embedded-store.ts';
import { logLine } from '#server/embedded/operation-log.ts';
import { restoreFolder } from '#server/embedded/restore-folder.ts';
import { fill, pull, push, SHOP, standInFolder } from './folder-stand.ts';

// The store in a folder, and what a power cut may leave of it: the log up to the last answer, a torn line behind it, and
// anything at all of the database.

const stand = await standInFolder();
const { open, openDatabase, withStore, cutPower, holdDisk } = stand;

describe('a store in a folder', () => {
  test('comes back with everything that was answered after a power cut, in the same order', async () => {
    const store = await open();
    await fill(store);
    const before = await pull(store);
    const after = await cutPower();
    await store.close();
    await withStore(async (again) => {
      expect(await pull(again)).toEqual(before);
      expect(await again.epoch()).toBe('epoch-1');
      expect(await again.heads(SHOP)).toEqual({ head: 9, docHead: 1 });
      expect((await push(again, 'd', 1))[0]).toMatchObject({ status: 'ok', g: 10 });
    }, after);
    await withStore(async (again) => expect(await again.heads(SHOP)).toMatchObject({ head: 10 }), after);
  });

  test('answers nothing and shows nothing before the disk has it', async () => {
    const store = await open();
    await store.createShop({ shop: SHOP, atMs: 0 });
    const disk = await holdDisk();
    let isAnswered = false;
    const answer = push(store, 'a', 1).then(() => (isAnswered = true));
    await disk.asked;
    // Long enough for anything that doesn't wait for the disk.
    for (let turn = 0; turn < 20; turn += 1) await store.heads(SHOP);
    expect(isAnswered).toBe(false);
    expect(await store.heads(SHOP)).toMatchObject({ head: 0 });
    disk.release();
    await answer;
    expect(await store.heads(SHOP)).toMatchObject({ head: 1 });
    await store.close();
  });

  test('a disk that fails to sync answers nothing more, until a new start', async () => {
    let isBroken = false;
    const store = await openEmbeddedStore({
      folder: stand.folder,
      newEpoch: () => 'epoch-1',
      openDatabase,
      onBroken: () => (isBroken = true),
    });
    await store.createShop({ shop: SHOP, atMs: 0 });
    const disk = await holdDisk();
    const answer = push(store, 'a', 1);
    await disk.asked;
    disk.fail();
    await expect(answer).rejects.toThrow('EIO');
    expect(isBroken).toBe(true);
    await expect(push(store, 'b', 1)).rejects.toThrow('EIO');
    expect(await store.heads(SHOP)).toMatchObject({ head: 0 });
    await store.close();
  });

  test('cuts a torn line off the end and goes on', async () => {
    await withStore(fill);
    const log = join(stand.folder, 'log');
    const { size } = await stat(log);
    await appendFile(log, logLine([['createShop', { shop: 'x', atMs: 0 }]]).slice(0, -9));
    await withStore(async (store) => expect(await store.heads(SHOP)).toEqual({ head: 9, docHead: 1 }));
    expect((await stat(log)).size).toBe(size);
  });

  test('refuses a log that is damaged in the middle, and touches nothing', async () => {
    await withStore(fill);
    const log = join(stand.folder, 'log');
    const bytes = await readFile(log);
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    await writeFile(log, bytes);
    await rm(join(stand.folder, 'clean'));
    await expect(open()).rejects.toThrow('is damaged at byte');
    expect(await readFile(log)).toEqual(bytes);
  });

  test('refuses a store whose log is gone, and a folder that is not its own', async () => {
    await withStore(fill);
    await rm(join(stand.folder, 'log'));
    await expect(open()).rejects.toThrow('no log');
    for (const foreign of ['something else\n', '', 'x'.repeat(100)]) {
      await writeFile(join(stand.folder, 'log'), foreign);
      await expect(open()).rejects.toThrow('no log of this endpoint');
      expect(await readFile(join(stand.folder, 'log'), 'utf8')).toBe(foreign);
    }
    expect((await stat(join(stand.folder, 'store'))).isDirectory()).toBe(true);
  });

  test('after an orderly end it opens as it was, without the log being read', async () => {
    await withStore(fill);
    const said: number[] = [];
    const { bytes } = JSON.parse(await readFile(join(stand.folder, 'clean'), 'utf8')) as { bytes: number };
    expect(bytes).toBe((await stat(join(stand.folder, 'log'))).size);
    const store = await open(stand.folder, (count) => said.push(count));
    expect(await store.heads(SHOP)).toEqual({ head: 9, docHead: 1 });
    expect(await store.epoch()).toBe('epoch-1');
    await store.close();
    expect(said).toEqual([]);
  });

  test('what failed once is left out when the log is read again', async () => {
    const store = await open();
    await fill(store);
    await expect(store.acceptBatch({ shop: 'none', till: 't', events: [1], atMs: 0 })).rejects.toThrow(
      'none',
    );
    await push(store, 'd', 1);
    const after = await cutPower();
    await store.close();
    await withStore(async (again) => expect(await again.heads(SHOP)).toMatchObject({ head: 10 }), after);
  });

  test('a backup read into a new folder is the same store under another epoch, and survives a power cut too', async () => {
    const backup = join(stand.parent, 'backup.gz');
    const before = await withStore(async (store) => {
      await fill(store);
      expect(await writeBackup(store, backup)).toBeGreaterThan(10);
      return pull(store);
    });
    const restored = join(stand.parent, 'restored');
    await restoreFolder({ folder: restored, parts: readBackup(backup), epoch: 'epoch-2' });
    await withStore(async (store) => {
      expect(await pull(store)).toEqual(before);
      expect(await store.epoch()).toBe('epoch-2');
      await push(store, 'd', 1);
    }, restored);
    await rm(join(restored, 'store'), { recursive: true });
    await withStore(
      async (store) => expect(await store.heads(SHOP)).toEqual({ head: 10, docHead: 1 }),
      restored,
    );
    await expect(restoreFolder({ folder: restored, parts: readBackup(backup), epoch: 'x' })).rejects.toThrow(
      'not empty',
    );
  });

  test('half a backup restores nothing', async () => {
    const backup = join(stand.parent, 'backup.gz');
    await withStore(async (store) => {
      await fill(store);
      await writeBackup(store, backup);
    });
    const whole = await readFile(backup);
    for (const bytes of [whole.subarray(0, -5), whole.subarray(0, 40), Buffer.from('x'), Buffer.alloc(0)]) {
      await writeFile(backup, bytes);
      const restored = join(stand.parent, 'restored');
      await expect(
        restoreFolder({ folder: restored, parts: readBackup(backup), epoch: 'x' }),
      ).rejects.toThrow(backup);
      await expect(stat(restored)).rejects.toThrow('ENOENT');
    }
    await expect(readBackup(join(stand.parent, 'none')).next()).rejects.toThrow('no file');
  });
});
