import { existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  open as openFile,
  rm,
  readFile,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { openEmbeddedStore, type EmbeddedOptions } from '#server/embedded/embedded-store.ts';
import type { ArchivableStore } from '#server/store/event-store.ts';
import { openPGlite } from '#server/store/pglite-database.ts';
import type { Database } from '#server/store/sql.ts';
import { visitsOf } from '#tests/fakes/visits.ts';

/** Stores in folders, and what of one a power cut leaves. */

export const SHOP = 'shop-1';

export interface FolderStand {
  /** New for each test, and gone with it. */
  readonly parent: string;
  /** In `parent`; made by the first store that is opened there. */
  readonly folder: string;
  readonly openDatabase: (path: string) => Promise<Database>;
  readonly open: (
    path?: string,
    onReplay?: (count: number) => void,
    more?: Partial<EmbeddedOptions>,
  ) => Promise<ArchivableStore>;
  readonly withStore: <Value>(
    use: (store: ArchivableStore) => Promise<Value>,
    path?: string,
  ) => Promise<Value>;
  /** What the disk has for certain at this moment: the log. Another folder, as the machine would find it after a power cut. */
  readonly cutPower: (name?: string) => Promise<string>;
  /** The next wait for the disk takes until the test says so. */
  readonly holdDisk: () => Promise<{ asked: Promise<void>; release: () => void; fail: () => void }>;
}

/** For a whole file of tests: makes and removes the folders of each. */
export async function standInFolder(): Promise<FolderStand> {
  // Real files, hundreds of them.
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

  const open: FolderStand['open'] = (path = folder, onReplay = () => undefined, more = {}) =>
    openEmbeddedStore({
      ...more,
      folder: path,
      newEpoch: () => 'epoch-1',
      onBroken: () => undefined,
      openDatabase,
      onReplay,
    });

  return {
    get parent() {
      return parent;
    },
    get folder() {
      return folder;
    },
    openDatabase,
    open,
    async withStore(use, path = folder) {
      const store = await open(path);
      try {
        return await use(store);
      } finally {
        await store.close();
      }
    },
    async cutPower(name = 'after') {
      const after = join(parent, name);
      const isOnDisk = (path: string) => !/\/(store|control|lock|clean)$/.test(path);
      await cp(folder, after, { recursive: true, filter: isOnDisk });
      return after;
    },
    async holdDisk() {
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
    },
  };
}

export const push = (store: ArchivableStore, stream: string, count: number) =>
  store.acceptBatch({ shop: SHOP, till: 'till-1', events: visitsOf({ stream, count }), atMs: 0 });
export const pull = async (store: ArchivableStore) =>
  (await store.pullEvents({ shop: SHOP, after: 0, limit: 1000 })).events;

/** Something of everything. */
export async function fill(store: ArchivableStore): Promise<void> {
  await store.createShop({ shop: SHOP, atMs: 0 });
  await Promise.all([push(store, 'a', 3), push(store, 'b', 2), push(store, 'c', 4)]);
  await store.acceptBatch({ shop: SHOP, till: 'till-1', events: [null], atMs: 0 });
  await store.putProfiles({ shop: SHOP, docs: [{ member: 'm', hlc: '1', sealed: 'x' }] });
}

export const dump = async (store: ArchivableStore): Promise<unknown[]> => {
  const parts: unknown[] = [];
  await store.dump(async (part) => void parts.push(part), { isComplete: true });
  return parts;
};
