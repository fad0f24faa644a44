import { open as openFile, type FileHandle, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { cutTorn, readLog } from '#server/embedded/operation-log.ts';
import { dump, fill, push, SHOP, standInFolder } from './folder-stand.ts';

const stand = await standInFolder();
const { open, withStore, cutPower } = stand;

describe('a checkpoint', () => {
  test('makes the log short and loses nothing: rows, places, pairing codes, what comes after', async () => {
    const store = await open();
    await fill(store);
    await store.addPairingCode({ shop: SHOP, codeHash: 'code', expiresAtMs: 9 });
    for (let round = 0; round < 50; round += 1) await push(store, 'a', 3);
    const { size } = await stat(join(stand.folder, 'log'));
    const before = await dump(store);
    await store.checkpoint?.();
    expect((await stat(join(stand.folder, 'log'))).size).toBeLessThan(size / 2);
    expect(await dump(store)).toEqual(before);
    expect((await push(store, 'd', 2)).map(({ g }) => g)).toEqual([10, 11]);
    await expect(store.acceptBatch({ shop: 'none', till: 't', events: [1], atMs: 0 })).rejects.toThrow(
      'none',
    );
    await push(store, 'e', 1);
    const whole = await dump(store);
    const after = await cutPower();
    await store.close();
    await withStore(async (again) => {
      expect(await dump(again)).toEqual(whole);
      expect(await again.epoch()).toBe('epoch-1');
    }, after);
  });

  test('holds writes back while it runs, and none is lost', async () => {
    const store = await open();
    await store.createShop({ shop: SHOP, atMs: 0 });
    const work = Array.from({ length: 20 }, async (_, index) => {
      await (index % 5 === 4 ? store.checkpoint?.() : push(store, `s${index}`, 5));
    });
    await Promise.all(work);
    const whole = await dump(store);
    const after = await cutPower();
    await store.close();
    await withStore(async (again) => {
      expect(await dump(again)).toEqual(whole);
      expect(await again.heads(SHOP)).toMatchObject({ head: 80 });
    }, after);
  });

  test('cut off at any of its writes, the store comes back as it was', async () => {
    const store = await open();
    await fill(store);
    const whole = await dump(store);
    const handle = await openFile(join(stand.parent, 'any'), 'w');
    const files = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const moments: string[] = [];
    const note = async () => void moments.push(await cutPower(`moment-${moments.length}`));
    for (const name of ['appendFile', 'sync'] as const) {
      const real = files[name] as (...args: unknown[]) => Promise<unknown>;
      vi.spyOn(files, name).mockImplementation(async function (this: FileHandle, ...args: unknown[]) {
        await note();
        const value = await real.apply(this, args);
        await note();
        return value as never;
      });
    }
    await store.checkpoint?.();
    vi.restoreAllMocks();
    await note();
    await store.close();
    expect(moments.length).toBeGreaterThan(10);
    for (const moment of moments)
      await withStore(async (again) => expect(await dump(again)).toEqual(whole), moment);
  });

  test('that the disk has no room for leaves the old log, and the endpoint goes on', async () => {
    const failed: unknown[] = [];
    const store = await open(stand.folder, undefined, {
      checkpointFromBytes: 100,
      onCheckpointFailed: (error) => failed.push(error),
    });
    await fill(store);
    const whole = await dump(store);
    await mkdir(join(stand.folder, 'log.draft'));
    await expect(store.checkpoint?.()).rejects.toThrow('EISDIR');
    expect((await push(store, 'a', 3)).map(({ status }) => status)).toEqual(['dup', 'dup', 'dup']);
    await store.close();
    expect(failed).toHaveLength(1);
    await rm(join(stand.folder, 'log.draft'), { recursive: true });
    await withStore(async (again) => expect(await dump(again)).toEqual(whole));
  });

  test('comes by itself when the log is long, at the end and at a start after a kill, and not again for nothing', async () => {
    const long = { checkpointFromBytes: 2000 };
    const sizes: number[] = [];
    const note = async () => void sizes.push((await stat(join(stand.folder, 'log'))).size);
    const store = await open(stand.folder, undefined, long);
    await fill(store);
    await note();
    const after = await cutPower();
    await store.close();
    await note();
    expect(sizes[1]).not.toBe(sizes[0]);
    await (await open(stand.folder, undefined, long)).close();
    await note();
    expect(sizes[2]).toBe(sizes[1]);
    const killed = await open(after, undefined, long);
    expect((await stat(join(after, 'log'))).size).toBe(sizes[1]);
    expect(await killed.heads(SHOP)).toEqual({ head: 9, docHead: 1 });
    await killed.close();
  });

  test('any single wrong byte in its rows is noticed', async () => {
    await withStore(async (store) => {
      await fill(store);
      await store.checkpoint?.();
      await push(store, 'd', 1);
    });
    const log = join(stand.folder, 'log');
    const bytes = await readFile(log);
    for (let at = 0; at < bytes.lastIndexOf(10, bytes.length - 2); at += 97) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 4;
      await writeFile(log, damaged);
      const reading = (async () => {
        for await (const _ of readLog(log, cutTorn(log)));
      })();
      await expect(reading).rejects.toThrow('damaged');
    }
  });
});
