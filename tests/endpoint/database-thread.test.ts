import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openEmbeddedStore } from '#server/embedded/embedded-store.ts';
import { DatabaseEndedError, openPGlite } from '#server/store/pglite-database.ts';
import { dump, fill, pull, push } from './folder-stand.ts';

// The database of a folder as it is: in a thread of its own, with tables that a crash of it empties.

vi.setConfig({ testTimeout: 60_000 });
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenpunch-endpoint-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const open = (onBroken: (what: string) => void = () => undefined) =>
  openEmbeddedStore({ folder, newEpoch: () => 'epoch-1', onBroken, openDatabase: openPGlite });

/** Gone with the database in whose folder it lies. */
const mark = () => join(folder, 'store', 'mark-of-the-test');

/** What the thread can't read ends it. */
async function crashThread(ask: () => Promise<unknown>): Promise<void> {
  const posts = vi.spyOn(Worker.prototype, 'postMessage');
  await ask();
  const worker = posts.mock.contexts[0] as Worker;
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.postMessage(null);
  await ended;
}

describe('a transaction', () => {
  test('has no question of others in its middle, and they see it whole', async () => {
    const database = await openPGlite();
    await database.execute('create table t (a int)');
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const first = database.transaction(async (sql) => {
      await sql.query('insert into t values (1)');
      await held;
      await sql.query('insert into t values (2)');
    });
    const count = database.query<{ n: number }>('select count(*)::int as n from t');
    const failing = database.transaction(async (sql) => {
      await sql.query('insert into t values (3)');
      await sql.query('insert into t values ($1)', ['no number']);
    });
    const refused = failing.catch((error: unknown) => (error as { readonly code?: string }).code);
    const after = database.query<{ n: number }>('select count(*)::int as n from t');
    go();
    await first;
    expect(await refused).toBe('22P02');
    expect([await count, await after]).toEqual([[{ n: 2 }], [{ n: 2 }]]);
    await database.close();
  });
});

describe('the thread', () => {
  test('crashes: that is said once, nothing is answered any more, and what was answered comes from the log', async () => {
    const onBroken = vi.fn<(what?: string) => void>();
    const store = await open(onBroken);
    await fill(store);
    const answered = await pull(store);
    await crashThread(() => store.listShops());
    expect(onBroken.mock.calls).toEqual([['database']]);
    await expect(push(store, 'late', 3)).rejects.toThrow(DatabaseEndedError);
    await expect(store.listShops()).rejects.toThrow(DatabaseEndedError);
    await expect(store.close()).rejects.toThrow(DatabaseEndedError);
    expect(onBroken).toHaveBeenCalledTimes(1);
    expect(existsSync(join(folder, 'clean'))).toBe(false);

    // The process is gone with it.
    await rm(join(folder, 'lock'));
    const again = await open();
    expect(await pull(again)).toEqual(answered);
    await again.close();
  });

  test('can’t open what is no database: said by the one who asked, not as a crash', async () => {
    const onEnded = vi.fn<(what?: string) => void>();
    await expect(openPGlite(join(folder, 'none', 'none'), onEnded)).rejects.toThrow('ENOENT');
    expect(onEnded).not.toHaveBeenCalled();
  });
});

describe('tables without a journal', () => {
  test('are kept by an orderly end', async () => {
    const store = await open();
    await fill(store);
    const before = await dump(store);
    await store.close();
    await writeFile(mark(), '');
    const again = await open();
    expect(await dump(again)).toEqual(before);
    expect(existsSync(mark())).toBe(true);
    await again.close();
  });

  test('are made again when the database was not closed in order, whatever the mark beside it says', async () => {
    const store = await open();
    await fill(store);
    const before = await dump(store);
    await store.close();
    await writeFile(mark(), '');
    // Started, and never closed.
    const raw = new PGlite(join(folder, 'store'));
    await raw.query('select version from migrations');
    expect(existsSync(join(folder, 'clean'))).toBe(true);
    const again = await open();
    expect(await dump(again)).toEqual(before);
    expect(existsSync(mark())).toBe(false);
    await again.close();
  });

  test('of an older endpoint, which had a journal, are made again without one', async () => {
    const store = await open();
    await fill(store);
    const before = await dump(store);
    await store.close();
    await writeFile(mark(), '');
    const older = await openPGlite(join(folder, 'store'));
    await older.execute('alter table migrations set logged');
    await older.close();
    const again = await open();
    expect(await dump(again)).toEqual(before);
    expect(existsSync(mark())).toBe(false);
    await again.close();
  });
});
