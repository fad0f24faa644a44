import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  appendFile,
  open as openFile,
  type FileHandle,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readBackup, writeBackup } from '#server/commands/backup-file.ts';
import { openEmbeddedStore, type EmbeddedOptions } from '#server/embedded/embedded-store.ts';
import { readErased } from '#server/embedded/erased-list.ts';
import { lockFolder } from '#server/embedded/folder-lock.ts';
import { cutTorn, logLine, openLog, readLog } from '#server/embedded/operation-log.ts';
import type { ArchivableStore } from '#server/store/event-store.ts';
import { restoreFolder } from '#server/embedded/restore-folder.ts';
import { openPGlite } from '#server/store/pglite-database.ts';
import type { Database } from '#server/store/sql.ts';
import { visitsOf } from '#tests/fakes/visits.ts';

// The store in a folder, and what a power cut may leave of it: the log up to the last answer, a torn line behind it, and
// anything at all of the database.

const SHOP = 'shop-1';
/** Real files, hundreds of them. */
vi.setConfig({ testTimeout: 60_000 });
let parent = '';
let folder = '';

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tenpunch-endpoint-'));
  folder = join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

// A database in a folder takes two seconds to make; the command line's test has real ones. Here each folder is a schema.
const shared = await openPGlite();
afterAll(() => shared.close());
let schemas = 0;

async function openDatabase(path: string): Promise<Database> {
  const mark = join(path, 'schema');
  if (!existsSync(mark)) {
    await mkdir(path);
    schemas += 1;
    await shared.execute(`create schema s${schemas}`);
    await writeFile(mark, `s${schemas}`);
  }
  await shared.execute(`set search_path to ${await readFile(mark, 'utf8')}`);
  return { ...shared, close: async () => undefined };
}

const open = (
  path = folder,
  onReplay = (_count: number): void => undefined,
  more: Partial<EmbeddedOptions> = {},
) =>
  openEmbeddedStore({
    ...more,
    folder: path,
    newEpoch: () => 'epoch-1',
    onBroken: () => undefined,
    openDatabase,
    onReplay,
  });
const push = (store: ArchivableStore, stream: string, count: number) =>
  store.acceptBatch({ shop: SHOP, till: 'till-1', events: visitsOf({ stream, count }), atMs: 0 });
const pull = async (store: ArchivableStore) =>
  (await store.pullEvents({ shop: SHOP, after: 0, limit: 1000 })).events;

async function withStore<Value>(
  use: (store: ArchivableStore) => Promise<Value>,
  path = folder,
): Promise<Value> {
  const store = await open(path);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** What the disk has for certain at this moment: the log. Another folder, as the machine would find it after a power cut. */
async function cutPower(name = 'after'): Promise<string> {
  const after = join(parent, name);
  await cp(folder, after, { recursive: true, filter: (path) => !/\/(store|control|lock|clean)$/.test(path) });
  return after;
}

/** The next wait for the disk takes until the test says so. */
async function holdDisk() {
  const handle = await openFile(join(parent, 'any'), 'w');
  const files = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  let release = (): void => undefined;
  let fail = (): void => undefined;
  const asked = new Promise<void>((noteAsked) => {
    vi.spyOn(files, 'datasync').mockImplementationOnce(() => {
      noteAsked();
      return new Promise<void>((resolve, reject) => {
        release = resolve;
        fail = () => reject(new Error('EIO'));
      });
    });
  });
  return { asked, release: () => release(), fail: () => fail() };
}

async function fill(store: ArchivableStore): Promise<void> {
  await store.createShop({ shop: SHOP, atMs: 0 });
  await Promise.all([push(store, 'a', 3), push(store, 'b', 2), push(store, 'c', 4)]);
  await store.acceptBatch({ shop: SHOP, till: 'till-1', events: [null], atMs: 0 });
  await store.putProfiles({ shop: SHOP, docs: [{ member: 'm', hlc: '1', sealed: 'x' }] });
}

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
      folder,
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
    const log = join(folder, 'log');
    const { size } = await stat(log);
    await appendFile(log, logLine([['createShop', { shop: 'x', atMs: 0 }]]).slice(0, -9));
    await withStore(async (store) => expect(await store.heads(SHOP)).toEqual({ head: 9, docHead: 1 }));
    expect((await stat(log)).size).toBe(size);
  });

  test('refuses a log that is damaged in the middle, and touches nothing', async () => {
    await withStore(fill);
    const log = join(folder, 'log');
    const bytes = await readFile(log);
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    await writeFile(log, bytes);
    await rm(join(folder, 'clean'));
    await expect(open()).rejects.toThrow('is damaged at byte');
    expect(await readFile(log)).toEqual(bytes);
  });

  test('refuses a store whose log is gone, and a folder that is not its own', async () => {
    await withStore(fill);
    await rm(join(folder, 'log'));
    await expect(open()).rejects.toThrow('no log');
    for (const foreign of ['something else\n', '', 'x'.repeat(100)]) {
      await writeFile(join(folder, 'log'), foreign);
      await expect(open()).rejects.toThrow('no log of this endpoint');
      expect(await readFile(join(folder, 'log'), 'utf8')).toBe(foreign);
    }
    expect((await stat(join(folder, 'store'))).isDirectory()).toBe(true);
  });

  test('after an orderly end it opens as it was, without the log being read', async () => {
    await withStore(fill);
    const said: number[] = [];
    const { bytes } = JSON.parse(await readFile(join(folder, 'clean'), 'utf8')) as { bytes: number };
    expect(bytes).toBe((await stat(join(folder, 'log'))).size);
    const store = await open(folder, (count) => said.push(count));
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
    const backup = join(parent, 'backup.gz');
    const before = await withStore(async (store) => {
      await fill(store);
      expect(await writeBackup(store, backup)).toBeGreaterThan(10);
      return pull(store);
    });
    const restored = join(parent, 'restored');
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
    const backup = join(parent, 'backup.gz');
    await withStore(async (store) => {
      await fill(store);
      await writeBackup(store, backup);
    });
    const whole = await readFile(backup);
    for (const bytes of [whole.subarray(0, -5), whole.subarray(0, 40), Buffer.from('x'), Buffer.alloc(0)]) {
      await writeFile(backup, bytes);
      const restored = join(parent, 'restored');
      await expect(
        restoreFolder({ folder: restored, parts: readBackup(backup), epoch: 'x' }),
      ).rejects.toThrow(backup);
      await expect(stat(restored)).rejects.toThrow('ENOENT');
    }
    await expect(readBackup(join(parent, 'none')).next()).rejects.toThrow('no file');
  });
});

const dump = async (store: ArchivableStore): Promise<unknown[]> => {
  const parts: unknown[] = [];
  await store.dump(async (part) => void parts.push(part), { isComplete: true });
  return parts;
};

describe('a checkpoint', () => {
  test('makes the log short and loses nothing: rows, places, pairing codes, what comes after', async () => {
    const store = await open();
    await fill(store);
    await store.addPairingCode({ shop: SHOP, codeHash: 'code', expiresAtMs: 9 });
    for (let round = 0; round < 50; round += 1) await push(store, 'a', 3);
    const { size } = await stat(join(folder, 'log'));
    const before = await dump(store);
    await store.checkpoint?.();
    expect((await stat(join(folder, 'log'))).size).toBeLessThan(size / 2);
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
    const handle = await openFile(join(parent, 'any'), 'w');
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
    const store = await open(folder, undefined, {
      checkpointFromBytes: 100,
      onCheckpointFailed: (error) => failed.push(error),
    });
    await fill(store);
    const whole = await dump(store);
    await mkdir(join(folder, 'log.draft'));
    await expect(store.checkpoint?.()).rejects.toThrow('EISDIR');
    expect((await push(store, 'a', 3)).map(({ status }) => status)).toEqual(['dup', 'dup', 'dup']);
    await store.close();
    expect(failed).toHaveLength(1);
    await rm(join(folder, 'log.draft'), { recursive: true });
    await withStore(async (again) => expect(await dump(again)).toEqual(whole));
  });

  test('comes by itself when the log is long, at the end and at a start after a kill, and not again for nothing', async () => {
    const long = { checkpointFromBytes: 2000 };
    const sizes: number[] = [];
    const note = async () => void sizes.push((await stat(join(folder, 'log'))).size);
    const store = await open(folder, undefined, long);
    await fill(store);
    await note();
    const after = await cutPower();
    await store.close();
    await note();
    expect(sizes[1]).not.toBe(sizes[0]);
    await (await open(folder, undefined, long)).close();
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
    const log = join(folder, 'log');
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

describe('an erasure', () => {
  const erase = (store: ArchivableStore, member = 'm') =>
    store.putProfiles({ shop: SHOP, docs: [{ member, hlc: '7', erased: true }] });
  const sealed = async (store: ArchivableStore) =>
    (await store.pullProfiles({ shop: SHOP, after: 0, limit: 10 })).docs.filter((doc) => 'sealed' in doc);
  const logHas = async (text: string, path = folder) =>
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
      const found = await readdir(folder, { recursive: true, withFileTypes: true });
      return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    };
    const withTrace = async () => {
      const traces: string[] = [];
      for (const path of await files()) if ((await readFile(path)).includes(SECRET.sealed)) traces.push(path);
      return traces;
    };
    const openReal = () =>
      openEmbeddedStore({
        folder,
        newEpoch: () => 'epoch-1',
        onBroken: () => undefined,
        openDatabase: openPGlite,
      });
    // As somebody makes it by hand.
    await mkdir(folder, { mode: 0o755 });
    const store = await openReal();
    await fillWithSecret(store);
    await store.close();
    expect(await withTrace()).toContainEqual(expect.stringContaining('pg_wal'));
    const again = await openReal();
    await erase(again);
    await again.close();
    expect(await withTrace()).toEqual([]);
    expect((await stat(join(folder, 'store'))).mode & 0o077).toBe(0);
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
    expect(await readErased(join(folder, 'erased'))).toEqual([{ shop: SHOP, member: 'm', hlc: '7' }]);
    await store.close();
  });

  test('holds in a backup from before it, restored into another folder', async () => {
    const backup = join(parent, 'backup.gz');
    await withStore(async (store) => {
      await fillWithSecret(store);
      await writeBackup(store, backup);
      await erase(store);
      await erase(store, 'late');
    });
    const restored = join(parent, 'restored');
    await mkdir(restored);
    await cp(join(folder, 'erased'), join(restored, 'erased'));
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
    await cp(join(folder, 'erased'), join(older, 'erased'));
    await withStore(async (again) => expect(await sealed(again)).toEqual([]), older);
    await rm(join(folder, 'erased'));
    await withStore(async () => undefined);
    expect(await readErased(join(folder, 'erased'))).toHaveLength(1);
  });

  test('a list that is damaged is not passed over', async () => {
    await withStore(async (store) => {
      await fillWithSecret(store);
      await erase(store);
      await erase(store, 'n');
    });
    const path = join(folder, 'erased');
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

describe('the log', () => {
  test('many writes wait for the disk together, and keep their order', async () => {
    const path = join(parent, 'log');
    const log = await openLog({ path, operations: 0, onBroken: () => undefined });
    const numbers = await Promise.all(Array.from({ length: 200 }, (_, index) => log.append(['x', index])));
    await log.close();
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    const read: unknown[] = [];
    for await (const [, request] of readLog(path)) read.push(request);
    expect(read).toEqual(numbers.map((number) => number - 1));
    expect((await readFile(path, 'utf8')).split('\n').length).toBeLessThan(20);
  });

  test('whatever a power cut leaves of the last line is cut off', async () => {
    const path = join(parent, 'log');
    const kept = logLine([['x', 1]]) + logLine([['x', 2]]);
    const lost = logLine([['x', 'ä'.repeat(60)]]);
    const torn = Array.from({ length: Buffer.byteLength(lost) - 1 }, (_, index) =>
      Buffer.from(lost).subarray(0, index + 1),
    );
    for (const tail of [...torn, Buffer.alloc(700), Buffer.from(`${'0'.repeat(50)}\n\n`)]) {
      await writeFile(path, Buffer.concat([Buffer.from(kept), tail]));
      const read: unknown[] = [];
      for await (const [, request] of readLog(path, cutTorn(path))) read.push(request);
      expect(read).toEqual([1, 2]);
      expect(await readFile(path, 'utf8')).toBe(kept);
    }
  });

  test('any single wrong byte before the last line is noticed', async () => {
    const path = join(parent, 'log');
    const bytes = Buffer.from(logLine([['x', 1]]) + logLine([['x', 2]]) + logLine([['x', 3]]));
    const last = Buffer.byteLength(logLine([['x', 3]]));
    for (let at = 0; at < bytes.length - last; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 4;
      await writeFile(path, damaged);
      const reading = (async () => {
        for await (const _ of readLog(path, cutTorn(path)));
      })();
      await expect(reading).rejects.toThrow('damaged');
      expect(await readFile(path)).toEqual(damaged);
    }
  });
});

describe('the lock', () => {
  test('keeps a second one out while the first is there', async () => {
    const unlock = await lockFolder(parent);
    await expect(lockFolder(parent)).rejects.toThrow(`Process ${process.pid} works in`);
    await unlock();
    await (
      await lockFolder(parent)
    )();
  });

  test('one of a process that is gone is taken over, whatever is in it, by one only', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('exit', resolve));
    const stale = [
      JSON.stringify({ pid: gone.pid, born: '' }),
      '',
      'x',
      JSON.stringify({ pid: process.pid, born: 'other' }),
    ];
    for (const content of stale) {
      await writeFile(join(parent, 'lock'), content);
      const tries = await Promise.allSettled([lockFolder(parent)]);
      expect(tries.map(({ status }) => status)).toEqual(['fulfilled']);
      await Promise.all(tries.map(async (one) => one.status === 'fulfilled' && (await one.value())));
    }
  });
});
